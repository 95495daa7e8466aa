"""Lists beside one another as large as there is room, and words that are larger the more often they were said, for the wall."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from screens.widgets.lettering import alike, fitted
from screens.widgets.paragraphs import FRESH
from store.wall.shown import Panel
from store.words.text import visible

LEAST = 26
"""Columns below which lists stand below one another rather than beside."""

GAP = 3
"""Columns between two lists."""

_CLOUDS = ((4, 2, 1), (3, 2, 1), (2, 1, 1), (2, 1, 0), (2, 0, 0), (1, 1, 0), (1, 0, 0), (0, 0, 0))
"""How large the letters of words may be that are said most often, more than once, and once; 0 are the terminal's own."""

_TALLEST = 15
"""Rows that one line of a list may take in large letters, in four lines of them; with more it is no list any more."""

_APART = (4, 6, 10, 14, 18)
"""Columns between two words, by the size of their letters."""

_HEADS = {"−": "bold $error", "+": "bold $success"}
"""The style of a heading that begins with a sign."""


def panels(lists: Sequence[Panel], columns: int, rows: int) -> Content:
    """The lists in the largest letters in which they fit into `columns` × `rows` cells: all of them, else the main one, else none.

    Where they don't fit even without space between their lines, lines of the longest list go, and it says how many.
    """
    if not lists or columns < 1 or rows < 1:
        return Content("")
    none, every, main = (False,) * len(lists), (True,) * len(lists), tuple(each.main for each in lists)
    ways = [_Way(every, heads=True), _Way(every), _Way(every, apart=False)]
    ways += [_Way(main, apart=False)] if any(main) else []
    ways += [_Way(none), _Way(none, apart=False), _Way(none, apart=False, joined=True)]
    across = _across(len(lists), columns)
    for way in ways:
        for beside in across:
            if (found := _set(lists, (0,) * len(lists), columns, beside, way)) is not None and len(found) <= rows:
                return Content("\n").join(found)
    gone = [0] * len(lists)
    while True:
        found = _set(lists, gone, columns, across[0], ways[-1]) or []
        left = [len(each.lines) - n for each, n in zip(lists, gone, strict=True)]
        longest = max(range(len(lists)), key=lambda at: left[at])
        if len(found) <= rows or left[longest] <= 1:
            return Content("\n").join(found[:rows])
        gone[longest] += 1


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to set lists: which of them in large letters, whether the headings too, with space between lines, short lines in one."""

    large: tuple[bool, ...]
    heads: bool = False
    apart: bool = True
    joined: bool = False


def _across(count: int, columns: int) -> list[int]:
    """How many lists may stand beside one another, from the most on: evenly filled rows of lists, then one below the other."""
    most = max(1, min(count, (columns + GAP) // (LEAST + GAP)))
    rows = -(-count // most)
    return [*dict.fromkeys((-(-count // rows), -(-count // (2 * rows)), 1))]


def _set(lists: Sequence[Panel], gone: Sequence[int], columns: int, across: int, way: _Way) -> list[Content] | None:
    """The rows of the lists, so many beside one another; None where a line can't be as large as it should be."""
    width = (columns - GAP * (across - 1)) // across
    blocks: list[list[Content]] = []
    for each, left_out, large in zip(lists, gone, way.large, strict=True):
        if (block := _list(each, left_out, width, large, way)) is None:
            return None
        blocks.append(block)
    found: list[Content] = []
    for at in range(0, len(blocks), across):
        band = blocks[at : at + across]
        if found and way.apart:
            found.append(Content(""))
        for row in range(max(map(len, band))):
            cells = [block[row] if row < len(block) else Content("") for block in band]
            found.append(Content(" " * GAP).join(_filled(each, width) for each in cells))
    return found


def _list(panel: Panel, left_out: int, width: int, large: bool, way: _Way) -> list[Content] | None:
    """The rows of one list."""
    block: list[Content] = []
    if panel.head:
        style = _HEADS.get(panel.head[0], "bold $accent")
        head = _large(panel.head, width, style) if way.heads else [Content.styled(_short(panel.head, width), style)]
        if head is None:
            return None
        block += head
    lines = panel.lines[left_out:] if panel.latest else panel.lines[: len(panel.lines) - left_out]
    told = [Content.styled(f"… {left_out} {'before' if panel.latest else 'more'}", "dim")] if left_out else []
    block += told if panel.latest else []
    for at, line in enumerate([", ".join(lines)] if way.joined and panel.short else lines):
        drawn = _large(line, width, "bold") if large else _plain(line, width)
        if drawn is None:
            return None
        if (way.apart and at) or (large and (at or panel.head)):
            block.append(Content(""))
        block += drawn
    return block if panel.latest else [*block, *told]


def _filled(cell: Content, width: int) -> Content:
    return cell.pad_right(max(0, width - cell.cell_length))


def _short(text: str, width: int) -> str:
    return text if cell_len(text) <= width else f"{text[: max(0, width - 1)]}…"


def _plain(line: str, width: int) -> list[Content]:
    return [each.rstrip_end(width) for each in Content.styled(visible(line), "bold").wrap(max(1, width))] or [
        Content("")
    ]


def _large(line: str, width: int, style: str) -> list[Content] | None:
    """A line in the smallest large letters, in up to four lines of them."""
    return [Content.styled(row, style) for row in fitted(line, width, _TALLEST, largest=1)] or None


def cloud(
    words: Sequence[tuple[str, int]], columns: int, rows: int, marked: Sequence[bool] = (), whole: bool = False
) -> Content:
    """Words with how often each was said, the most frequent first and largest, in lines that are centred.

    In the largest sizes for which there is room and in which every word has letters; beside one that several said stands how many. Those that are `marked` were just entered. The `whole` of it may take more rows than there are.
    """
    if columns < 1:
        return Content("")
    most = max((n for _, n in words), default=0)
    fresh = [*marked] or [False] * len(words)
    drawn: list[Content] = []
    for sizes in _CLOUDS:
        sized = [_Word(sizes[_often(n, most)], word, n, mark) for (word, n), mark in zip(words, fresh, strict=True)]
        drawn = _lines(sized, columns)
        if drawn and len(drawn) <= rows:
            break
    return Content("\n").join(drawn if whole else drawn[: max(0, rows)])


class _Word(NamedTuple):
    """A word of the cloud: the size of its letters, how often it was said, whether it was just entered."""

    size: int
    word: str
    n: int
    marked: bool


def _often(n: int, most: int) -> int:
    """0 for the words that were said most often, 1 for those said more than once, 2 for the rest; alike where all are."""
    return 0 if 2 * n > most else 1 if n > 1 else 2


def _lines(sized: Sequence[_Word], columns: int) -> list[Content]:
    """The rows of words of these sizes; none where a word can't be as large as the others of its size."""
    found: list[Content] = []
    for size, group in groupby(sized, key=lambda each: each.size):
        words = [*group]
        texts = [each.word if each.n == 1 else f"{each.word} {each.n}" for each in words]
        if size:
            drawn = alike(texts, size, columns)
            blocks = [[Content.styled(row, "bold") for row in each] for each in drawn]
        else:
            blocks = [[line.rstrip_end(columns) for line in Content(visible(each)).wrap(columns)] for each in texts]
        if not blocks:
            return []
        for block, each in zip(blocks, words, strict=True):
            if each.marked:
                block[:] = [row.stylize(FRESH) for row in block]
        for line in _flowing(blocks, columns, _APART[size]):
            if found:
                found.append(Content(""))
            for row in range(max(map(len, line))):
                cells = (_filled(each[row] if row < len(each) else Content(""), _width(each)) for each in line)
                whole = Content(" " * _APART[size]).join(cells)
                found.append(whole.pad_left(max(0, columns - whole.cell_length) // 2))
    return found


def _flowing(blocks: Iterable[list[Content]], columns: int, apart: int) -> Iterable[list[list[Content]]]:
    """Blocks in lines, as many to a line as fit."""
    line: list[list[Content]] = []
    for block in blocks:
        if line and sum(_width(each) + apart for each in line) + _width(block) > columns:
            yield line
            line = []
        line.append(block)
    if line:
        yield line


def _width(block: Sequence[Content]) -> int:
    return max(each.cell_length for each in block)
