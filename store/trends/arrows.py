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
    WAY,
    head,
)
from store.matrix.plot import SOLID, PlotPoint
from store.matrix.sheet import Cell, Sheet
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


def arrows(found: Sequence[Arrow], chosen: int | None, columns: int, rows: int) -> tuple[str, ...]:
    """All probes on one matrix: the latest as letters where they landed, with the way there; older ones as arrow heads.

    Args:
        found: the probes, latest first.
        chosen: which of them is drawn on top, as ○ and ● with the way between; None for none.
        columns, rows: the room there is; see `store.matrix.sheet.size_for`.
    """
    sheet = Sheet(columns, rows)
    cell = sheet.cell
    ways = [(cell(each.expected), cell(each.actual)) for each in found]
    lettered = found[:LETTERED]
    moved = [(each, start, end) for each, (start, end) in zip(lettered, ways, strict=False) if start != end]
    for _, start, end in moved:
        sheet.line(start, end, WAY)
    signs = _older((end, each.head) for each, (_, end) in zip(found[LETTERED:], ways[LETTERED:], strict=True))
    signs |= {before(start, end): each.head for each, start, end in moved}
    both_ends = len(found) <= BOTH_ENDS
    if both_ends:
        signs |= _together((start, each.sign.lower()) for each, (start, _) in zip(lettered, ways, strict=False))
    signs |= _together((end, each.sign) for each, (_, end) in zip(lettered, ways, strict=False))
    if chosen is not None:
        start, end = ways[chosen]
        others = [each for at, each in enumerate(ways) if at != chosen]
        standing = {end for _, end in others} | {start for start, _ in others if both_ends}
        if start != end:
            sheet.line(start, end, SOLID)
            signs[start] = EXPECTED_MORE if start in standing else EXPECTED
        signs[end] = ACTUAL_MORE if end in standing else ACTUAL
    sheet.signs(signs)
    sheet.finish()
    sheet.quarter()
    return sheet.rows()


def _older(landed: Iterable[tuple[Cell, str]]) -> dict[Cell, str]:
    """Where the older ones landed: which way they went, or a dot where several came from several sides."""
    heads: dict[Cell, set[str]] = {}
    for end, sign in landed:
        heads.setdefault(end, set()).add(sign)
    return {at: next(iter(those)) if len(those) == 1 else MARK for at, those in heads.items()}


def _together(standing: Iterable[tuple[Cell, str]]) -> dict[Cell, str]:
    found: dict[Cell, str] = {}
    for at, sign in standing:
        found[at] = MANY if at in found else sign
    return found


def before(start: Cell, end: Cell) -> Cell:
    """The last cell of a way before its end."""
    across, up = end[0] - start[0], end[1] - start[1]
    long = max(abs(across), abs(up))
    return end[0] - round(across / long), end[1] - round(up / long)
