"""Lists in columns: how many there is room for, and which entries stand in which, so that they end at about the same height."""

from collections.abc import Sequence

from textual.content import Content

GAP = 2
"""Blank cells between two columns."""

NOTHING = Content("")


def across(count: int, width: int, least: int, most: int = 99) -> tuple[int, int]:
    """How many columns of at least `least` cells, up to `most`, `count` entries take in `width` cells, evenly filled; how wide each is."""
    fit = max(1, min(count, most, (width + GAP) // (least + GAP)))
    columns = max(1, -(-count // -(-count // fit)))
    return columns, (width - GAP * (columns - 1)) // columns


def beside(blocks: Sequence[Content], columns: int, width: int) -> Content:
    """Blocks of lines in so many columns of `width` cells, in reading order: across, then down."""
    if columns < 2:
        return Content("\n").join(blocks)
    rows: list[Content] = []
    for at in range(0, len(blocks), columns):
        band = [block.split("\n", allow_blank=True) for block in blocks[at : at + columns]]
        for row in range(max(map(len, band))):
            cells = [lines[row] if row < len(lines) else NOTHING for lines in band]
            filled = (each.pad_right(max(0, width + GAP - each.cell_length)) for each in cells[:-1])
            rows.append(NOTHING.join([*filled, cells[-1]]))
    return Content("\n").join(rows)


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
