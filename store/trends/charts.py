"""The charts across probes: all of them on one matrix, sovereignty over time, planned against used time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from store.matrix.chart import (
    ACTUAL,
    ACTUAL_MORE,
    EXPECTED,
    EXPECTED_MORE,
    HEADS,
    MANY,
    MARK,
    PATH,
    WAY,
    canvas,
    labelled,
    size_for,
)
from store.matrix.plot import Plot, Point
from store.trends.cases import Case
from store.trends.timing import Timing, in_minutes

LETTERED = 26
"""Probes that get a letter: the latest ones."""

BOTH_ENDS = 8
"""Probes up to which a small letter stands where each was expected; of more it would hide where others landed."""


def letters(cases: Sequence[Case]) -> Mapping[str, str]:
    """The sign of each probe on every chart and in every list: a letter, A for the latest, or a dot after the last letter."""
    latest = enumerate(reversed(cases))
    return {case.probe: chr(ord("A") + at) if at < LETTERED else MARK for at, case in latest}


# -------------------------------------------------------------------------------------------------------- the matrix


@dataclass(frozen=True, slots=True)
class Arrow:
    """A probe on the matrix: its sign, where it was expected and where it landed."""

    sign: str
    expected: Point
    actual: Point

    @property
    def head(self) -> str:
        """Whither it went: on one axis, or on both where it went at least half as far on the other; a dot where it stayed."""
        across, up = (actual - expected for expected, actual in zip(self.expected, self.actual, strict=True))
        far = max(abs(across), abs(up)) / 2
        return HEADS[_sign(across, far), _sign(up, far)] if far else MARK


Cell = tuple[int, int]
"""A column and a row of the plot, from its lower left corner."""


def arrows(found: Sequence[Arrow], chosen: int | None, columns: int, rows: int) -> tuple[str, ...]:
    """All probes on one matrix: the latest as letters where they landed, with the way there; older ones as arrow heads.

    Args:
        found: the probes, the latest first.
        chosen: which of them is drawn on top, as ○ and ● with the way between; None for none.
        columns, rows: the room there is; see `store.matrix.chart.size_for`.
    """
    width, height = size_for(columns, rows)
    across, up = (width - 5) // 10, (height - 5) // 10

    def cell(at: Point) -> Cell:
        return int(at[0] * across + 0.5), int(at[1] * up + 0.5)

    def place(at: Cell) -> Point:
        return at[0] / across, at[1] / up

    plot = canvas(width, height)
    ways = [(cell(each.expected), cell(each.actual)) for each in found]
    lettered = found[:LETTERED]
    moved = [(each, start, end) for each, (start, end) in zip(lettered, ways, strict=False) if start != end]
    for _, start, end in moved:
        plot.line(place(start), place(end), WAY)
    signs = _older((end, each.head) for each, (_, end) in zip(found[LETTERED:], ways[LETTERED:], strict=True))
    signs |= {_before(start, end): each.head for each, start, end in moved}
    both_ends = len(found) <= BOTH_ENDS
    if both_ends:
        signs |= _together((start, each.sign.lower()) for each, (start, _) in zip(lettered, ways, strict=False))
    signs |= _together((end, each.sign) for each, (_, end) in zip(lettered, ways, strict=False))
    if chosen is not None:
        start, end = ways[chosen]
        others = [each for at, each in enumerate(ways) if at != chosen]
        standing = {end for _, end in others} | {start for start, _ in others if both_ends}
        if start != end:
            plot.line(place(start), place(end), PATH)
            signs[start] = EXPECTED_MORE if start in standing else EXPECTED
        signs[end] = ACTUAL_MORE if end in standing else ACTUAL
    places: dict[str, list[Point]] = {}
    for at, sign in signs.items():
        places.setdefault(sign, []).append(place(at))
    for sign, those in places.items():
        plot.points(those, sign)
    return labelled(plot)


def _older(landed: Iterable[tuple[Cell, str]]) -> dict[Cell, str]:
    """Where the older ones landed: whither they went, or a dot where several came there from several sides."""
    heads: dict[Cell, set[str]] = {}
    for end, head in landed:
        heads.setdefault(end, set()).add(head)
    return {at: next(iter(those)) if len(those) == 1 else MARK for at, those in heads.items()}


def _together(standing: Iterable[tuple[Cell, str]]) -> dict[Cell, str]:
    found: dict[Cell, str] = {}
    for at, sign in standing:
        found[at] = MANY if at in found else sign
    return found


def _sign(value: float, least: float) -> int:
    return 0 if abs(value) < least else 1 if value > 0 else -1


def _before(start: Cell, end: Cell) -> Cell:
    """The last cell of a way before its end."""
    across, up = end[0] - start[0], end[1] - start[1]
    long = max(abs(across), abs(up))
    return end[0] - round(across / long), end[1] - round(up / long)


# -------------------------------------------------------------------------------------------------- sovereignty, time

UNSAID = "?"
"""Stands on the line for a probe of which nobody said how a measure changed."""

SAME = "─"
BAR, PLANNED, LONGEST = "█", "┃", "─"

_LABELS = 3
"""Columns of the labels and the axis of a measure."""

WIDEST = 12
"""Columns of a probe at the most."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How a measure changed from probe to probe.

    Attributes:
        rows: the chart: a row for each step from +2 to −2, or several; below it the signs or the months of the probes.
        zero: which of the rows is the line on which nothing changed.
        shown: how many probes are drawn, the latest.
    """

    rows: tuple[str, ...]
    zero: int
    shown: int


def changes(cases: Sequence[Case], measure: str, columns: int, rows: int) -> Changes:
    """A bar for each probe, the oldest left, up for what was gained and down for what was lost.

    Args:
        columns, rows: the room there is, at least 13 and 6; the rows are 2 + 4 n.
    """
    room = max(10, columns - _LABELS)
    shown = cases[-room:]
    step = min(WIDEST, room // max(1, len(shown)))
    bar = max(1, step - 1) if step < 4 else step - 2 if step > 6 else step - 1
    tall = max(1, (rows - 2) // 4)
    width = room // step * step
    plot = Plot(width + _LABELS, 4 * tall + 2, (0, width - 1), (-2, 2), framed=False)
    middles = [at * step + (bar - 1) / 2 for at in range(len(shown))]
    said = [case.sovereignty.get(measure) for case in shown]
    cells = [  # a bar as all of its cells at once: plotext takes ten times as long for one bar after another
        (at * step + column, row / tall if change > 0 else -row / tall)
        for at, change in enumerate(said)
        if change
        for row in range(1, abs(change) * tall + 1)
        for column in range(bar)
    ]
    plot.points(cells, BAR)
    plot.points([(x, 0) for x in range(width)], SAME)
    unsaid = [at * step + (bar - 1) // 2 for at, change in enumerate(said) if change is None]
    plot.points([(x, 0) for x in unsaid], UNSAID)
    signs = letters(cases)
    under = [(x, signs[case.probe]) for x, case in zip(middles, shown, strict=True)] if step > 1 else _months(shown)
    steps = (-2, -1, 0, 1, 2)
    plot.ticks([x for x, _ in under], steps, [said for _, said in under], ["−2", "−1", "0", "+1", "+2"])
    return Changes(plot.rows(), 2 * tall, len(shown))


def _months(cases: Sequence[Case]) -> list[tuple[float, str]]:
    """Where the bars stand too close for a sign below each: the months of some of them."""
    every = 10
    found: list[tuple[float, str]] = [
        (at, f"{date.fromisoformat(cases[at].day):%b %y}") for at in range(every // 2, len(cases) - 3, every)
    ]
    return found or [(0, " ")]  # without any label plotext leaves out their row


@dataclass(frozen=True, slots=True)
class Times:
    """How long the phases took.

    Attributes:
        phases: the rows of each phase, in their order.
        axis: the row that says how many minutes.
    """

    phases: tuple[tuple[str, ...], ...]
    axis: str


def times(found: Sequence[Timing], columns: int, rows: int) -> Times:
    """A bar for the median that was used, a mark where the median of the plan is, and a line on to the longest.

    Args:
        columns: the room there is, at least 20.
        rows: how many rows each phase has.
    """
    longest = max((in_minutes(max(each.most, each.planned)) for each in found), default=0) or 1
    top = max(1, len(found) * rows - 1)
    plot = Plot(columns, top + 2, (0, longest), (0, top), framed=False)
    for at, each in enumerate(found):
        planned, used, most = (in_minutes(seconds) for seconds in (each.planned, each.used, each.most))
        for row in range(rows):
            y = top - at * rows - row
            if row == (rows - 1) // 2:
                plot.line((0, y), (most, y), LONGEST)
            if used:
                plot.line((0, y), (used, y), BAR)
            plot.points([(planned, y)], PLANNED)
    every = next((step for step in (1, 5, 10, 15, 30, 60) if longest / step * 12 < columns), longest)
    plot.ticks([step * every for step in range(int(longest / every) + 1)], [])
    *drawn, axis = plot.rows()
    return Times(tuple(tuple(drawn[at * rows : (at + 1) * rows]) for at in range(len(found))), axis)
