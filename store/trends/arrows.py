"""All probes on one matrix, each as an arrow from where it was expected to where it landed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.matrix.chart import (
    ACTUAL,
    ACTUAL_MORE,
    EXPECTED,
    EXPECTED_MORE,
    MANY,
    MARK,
    PATH,
    WAY,
    canvas,
    head,
    labelled,
    size_for,
)
from store.matrix.plot import PlotPoint
from store.trends.case import LETTERED

BOTH_ENDS = 8
"""Up to so many probes, a small letter marks where each was expected; with more it would hide where others landed."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A probe on the matrix: its sign, where it was expected and where it landed."""

    sign: str
    expected: PlotPoint
    actual: PlotPoint

    @property
    def head(self) -> str:
        """Which way it went: along one axis, or both where it went at least half as far on the other; a dot where it stayed."""
        return head(self.expected, self.actual)


PlotCell = tuple[int, int]
"""A column and a row of the plot, from its lower left corner."""


def arrows(found: Sequence[Arrow], chosen: int | None, columns: int, rows: int) -> tuple[str, ...]:
    """All probes on one matrix: the latest as letters where they landed, with the way there; older ones as arrow heads.

    Args:
        found: the probes, latest first.
        chosen: which of them is drawn on top, as ○ and ● with the way between; None for none.
        columns, rows: the room there is; see `store.matrix.chart.size_for`.
    """
    width, height = size_for(columns, rows)
    across, up = (width - 5) // 10, (height - 5) // 10

    def cell(at: PlotPoint) -> PlotCell:
        return int(at[0] * across + 0.5), int(at[1] * up + 0.5)

    def place(at: PlotCell) -> PlotPoint:
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
    places: dict[str, list[PlotPoint]] = {}
    for at, sign in signs.items():
        places.setdefault(sign, []).append(place(at))
    for sign, those in places.items():
        plot.points(those, sign)
    return labelled(plot)


def _older(landed: Iterable[tuple[PlotCell, str]]) -> dict[PlotCell, str]:
    """Where the older ones landed: which way they went, or a dot where several came from several sides."""
    heads: dict[PlotCell, set[str]] = {}
    for end, sign in landed:
        heads.setdefault(end, set()).add(sign)
    return {at: next(iter(those)) if len(those) == 1 else MARK for at, those in heads.items()}


def _together(standing: Iterable[tuple[PlotCell, str]]) -> dict[PlotCell, str]:
    found: dict[PlotCell, str] = {}
    for at, sign in standing:
        found[at] = MANY if at in found else sign
    return found


def _before(start: PlotCell, end: PlotCell) -> PlotCell:
    """The last cell of a way before its end."""
    across, up = end[0] - start[0], end[1] - start[1]
    long = max(abs(across), abs(up))
    return end[0] - round(across / long), end[1] - round(up / long)
