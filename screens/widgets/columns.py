"""Lists in columns: how many there is room for, and which entries stand in which, so that they end at about the same height."""

from collections.abc import Sequence

GAP = 3
"""Blank cells between two columns."""


def how_many(width: int, least: int, entries: int) -> int:
    """Columns of at least `least` cells that fit side by side into `width` cells; each has two entries or more."""
    return max(1, min((width + GAP) // (least + GAP), entries // 2))


def width_of(width: int, columns: int) -> int:
    """Cells for each of so many columns."""
    return (width - GAP * (columns - 1)) // columns


def shared(heights: Sequence[int], columns: int, between: int = 0) -> list[range]:
    """Which entries stand in each column, in their order; no other way to share them out is lower.

    Args:
        heights: the rows that each entry takes.
        between: the rows between two of them.
    """
    most = max([-(-(sum(heights) + between * (len(heights) - columns)) // columns), *heights], default=0)
    while len(found := _filled(heights, most, between)) > columns:
        most += 1
    return found


def _filled(heights: Sequence[int], most: int, between: int) -> list[range]:
    """The columns where each takes as many entries as fit into so many rows."""
    found: list[range] = []
    start = rows = 0
    for at, height in enumerate(heights):
        if at > start and rows + between + height > most:
            found.append(range(start, at))
            start, rows = at, 0
        rows += height + (between if at > start else 0)
    return [*found, range(start, len(heights))] if heights else found
