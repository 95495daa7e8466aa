"""The bar charts across probes: how each measure of sovereignty changed, and planned against used time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from store.matrix.plot import Plot
from store.trends.case import Case, letters
from store.trends.timing import Timing, in_minutes

UNSAID = "?"
"""Marks a probe for which nobody said how a measure changed."""

SAME = "─"
BAR, PLANNED, LONGEST = "█", "┃", "─"

_LABELS = 3
"""Columns of the labels and the axis of a measure."""

WIDEST = 12
"""Columns of a probe at most."""


@dataclass(frozen=True, slots=True)
class MeasureBars:
    """How a measure changed from probe to probe.

    Attributes:
        rows: the chart: one row or several for each step from +2 to −2; below them the signs or the months of the probes.
        zero: the number of the row that is the line for no change.
        shown: how many probes are drawn; the latest ones.
    """

    rows: tuple[str, ...]
    zero: int
    shown: int


def measure_bars(cases: Sequence[Case], measure: str, columns: int, rows: int) -> MeasureBars:
    """A bar for each probe, oldest left, up for a gain and down for a loss.

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
    return MeasureBars(plot.rows(), 2 * tall, len(shown))


def _months(cases: Sequence[Case]) -> list[tuple[float, str]]:
    """The months of some bars, where they stand too close for a sign below each."""
    every = 10
    found: list[tuple[float, str]] = [
        (at, f"{date.fromisoformat(cases[at].day):%b %y}") for at in range(every // 2, len(cases) - 3, every)
    ]
    return found or [(0, " ")]  # without any label plotext leaves out their row


def phase_bars(found: Sequence[Timing], columns: int, rows: int) -> tuple[tuple[tuple[str, ...], ...], str]:
    """A bar for the median time used, a mark at the median planned, and a line to the longest.

    Gives the rows of each phase, in their order, and the row that says how many minutes.

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
    return tuple(tuple(drawn[at * rows : (at + 1) * rows]) for at in range(len(found))), axis


SHARE, BETWEEN, OUTSIDE = "█", "▒", "·"
"""A share on its bar, the interval around it, and where it hardly is."""

_CELLS = 10
"""Cells of the bar of a share: one for each tenth."""


def share_bar(share: float, low: float, high: float) -> str:
    """A share with its interval as a bar of ten cells: “····▒▒▒█▒▒” is 7 of 9, which may be 45 to 94 of 100.

    Args:
        share, low, high: 0 to 1.
    """
    at, first, last = (min(_CELLS - 1, int(each * _CELLS)) for each in (share, low, max(high - 1e-9, 0)))
    return "".join(SHARE if cell == at else BETWEEN if first <= cell <= last else OUTSIDE for cell in range(_CELLS))
