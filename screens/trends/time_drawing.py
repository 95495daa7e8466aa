"""How the time of the phases looks: figures in columns, and bars beside them or below."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.content import Content

from store.trends import bars
from store.trends.timing import Timing, in_minutes

KEY = (
    f"{bars.BAR} used, the median",
    f"{bars.LONGEST} to the longest",
    f"{bars.PLANNED} planned",
    "over: by 1 min or more",
)
"""What the signs of the bars mean."""


def key(width: int) -> str:
    """As many of these as there is room for."""
    return next((said for n in range(len(KEY), 0, -1) if len(said := "  ".join(KEY[:n])) <= width), "")


BESIDE = 92
"""Columns from which the bars are beside the figures."""

_NAME, _OVER = 16, 10
"""Columns for the name of a phase, and for in how many debriefs it ran over."""

_FIGURES = (("planned", 9), ("used", 7), ("shortest", 10), ("longest", 9))
"""The heads of the figures, and the columns of each."""

_LEAST = 20
"""Columns of a bar at least."""


class Table(NamedTuple):
    """All phases: the heads of the columns, each phase, the axis of the bars, and whether blank lines part the phases."""

    head: Content
    rows: Sequence[Content]
    axis: Content
    apart: bool


def table(timings: Sequence[Timing], width: int, height: int, chosen: int) -> Table:
    """The phases in so many columns and rows; bars stand below the figures where these leave them too few columns."""
    figures = _FIGURES if width >= _NAME + _OVER + sum(columns for _, columns in _FIGURES) + 2 else _FIGURES[:2]
    left = 2 + _NAME + sum(columns for _, columns in figures) + _OVER + 3
    n = len(timings)
    each = max(1, (height - 2) // n)
    beside = width >= BESIDE or (each < 2 and width - left >= _LEAST)
    rows = max(1, min(5, each - (1 if beside else 2))) if each > 2 else 1
    drawn, axis = bars.phase_bars(timings, max(_LEAST, width - left) if beside else width - 2, rows)
    indent = " " * (left if beside else 2)
    lines = [
        Content("\n").join(_phase(timing, phase, figures, at == chosen, left if beside else 0))
        for at, (timing, phase) in enumerate(zip(timings, drawn, strict=True))
    ]
    heads = "".join(f"{name:>{columns}}" for name, columns in figures)
    head = Content.styled(f"{'':<{_NAME + 2}}{heads}{'over':>{_OVER}}", "dim")
    return Table(head, lines, Content.styled(indent + axis, "dim"), each > rows + (0 if beside else 1))


def _phase(
    timing: Timing, bar: Sequence[str], figures: Sequence[tuple[str, int]], chosen: bool, left: int
) -> Iterator[Content]:
    """A phase: its figures beside the middle of its bar, if they take so many columns left of it, or else above it."""
    said = _figures(timing, figures, chosen)
    middle = (len(bar) - 1) // 2 if left else 0
    if not left:
        yield said
    for at, row in enumerate(bar):
        cells = Content.assemble(*_coloured(row))
        if not left:
            yield Content.assemble("  ", cells)
        elif at == middle:
            yield Content.assemble(said, " " * (left - said.cell_length), cells)
        else:
            yield Content.assemble(" " * left, cells)


def _coloured(row: str) -> Iterator[tuple[str, str]]:
    """The plan stands out from the bar."""
    for part in row.split(bars.PLANNED, 1):
        yield part, "$primary"
        if bars.PLANNED in row:
            yield bars.PLANNED, "bold $warning"
            row = ""


def _figures(timing: Timing, figures: Sequence[tuple[str, int]], chosen: bool) -> Content:
    said = (timing.planned, timing.used, timing.least, timing.most)
    columns = "".join(f"{in_minutes(value):>{width}.1f}" for value, (_, width) in zip(said, figures, strict=False))
    over = f"{len(timing.over)} of {len(timing.sessions)}"
    return Content.assemble(
        ("▸ " if chosen else "  ", "bold $accent"),
        (f"{timing.title:<{_NAME}}", "bold"),
        columns,
        (f"{over:>{_OVER}}", "" if timing.over else "dim"),
    )
