"""Lists beside one another as large as there is room, and words that are larger the more often they were said, for the wall."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.cells import cell_len
from textual.content import Content

from screens.widgets.large_text import poster
from store.wall.shown import Panel
from store.words.text import visible

LEAST = 26
"""Columns below which lists stand below one another rather than beside."""

GAP = 3
"""Columns between two lists."""

LARGE = 3
"""Rows of a line of large letters."""

_TALLEST = 15
"""Rows that one line of a list may take in large letters, in four lines of them; with more it is no list any more."""

_HEADS = {"−": "bold $error", "+": "bold $success"}
"""The style of a heading that begins with a sign."""


def panels(lists: Sequence[Panel], columns: int, rows: int) -> Content:
    """The lists in the largest letters in which they fit into `columns` × `rows` cells: all of them, else the main one, else none.

    Where they don't fit even without space between their lines, the earliest lines of the longest list go, and it says how many.
    """
    if not lists or columns < 1 or rows < 1:
        return Content("")
    shown = [[*each.lines] for each in lists]
    gone = [0] * len(shown)
    main = [each.main for each in lists]

    def drawn(across: int, large: Sequence[bool], apart: bool) -> list[Content] | None:
        return _set([each.head for each in lists], shown, gone, columns, across, large, apart)

    ways: list[tuple[Sequence[bool], bool]] = [([True] * len(shown), True), ([True] * len(shown), False)]
    ways += [(main, False)] if any(main) else []
    ways += [([False] * len(shown), True), ([False] * len(shown), False)]
    for large, apart in ways:
        for across in _across(len(shown), columns):
            if (found := drawn(across, large, apart)) is not None and len(found) <= rows:
                return Content("\n").join(found)
    across = _across(len(shown), columns)[0]
    while True:
        found = drawn(across, [False] * len(shown), False) or []
        longest = max(range(len(shown)), key=lambda at: len(shown[at]))
        if len(found) <= rows or len(shown[longest]) <= 1:
            return Content("\n").join(found[:rows])
        del shown[longest][0]
        gone[longest] += 1


def _across(count: int, columns: int) -> list[int]:
    """How many lists may stand beside one another, from the most on: evenly filled rows of lists, then one below the other."""
    most = max(1, min(count, (columns + GAP) // (LEAST + GAP)))
    rows = -(-count // most)
    return [*dict.fromkeys((-(-count // rows), 1))]


def _set(
    heads: Sequence[str],
    lists: Sequence[Sequence[str]],
    gone: Sequence[int],
    columns: int,
    across: int,
    large: Sequence[bool],
    apart: bool,
) -> list[Content] | None:
    """The rows of the lists, so many beside one another; None where a line can't be as large as it should be."""
    width = (columns - GAP * (across - 1)) // across
    blocks: list[list[Content]] = []
    for head, lines, left_out, in_large in zip(heads, lists, gone, large, strict=True):
        block = [Content.styled(_short(head, width), _HEADS.get(head[0], "bold $accent"))] if head else []
        if left_out:
            block.append(Content.styled(f"… {left_out} before", "dim"))
        for at, line in enumerate(lines):
            drawn = _large(line, width) if in_large else _plain(line, width)
            if drawn is None:
                return None
            if (apart and at) or (in_large and (at or head)):
                block.append(Content(""))
            block += drawn
        blocks.append(block)
    found: list[Content] = []
    for at in range(0, len(blocks), across):
        band = blocks[at : at + across]
        if found and apart:
            found.append(Content(""))
        for row in range(max(map(len, band))):
            cells = [block[row] if row < len(block) else Content("") for block in band]
            found.append(Content(" " * GAP).join(_filled(each, width) for each in cells))
    return found


def _filled(cell: Content, width: int) -> Content:
    return cell.pad_right(max(0, width - cell.cell_length))


def _short(text: str, width: int) -> str:
    return text if cell_len(text) <= width else f"{text[: max(0, width - 1)]}…"


def _plain(line: str, width: int) -> list[Content]:
    return [each.rstrip_end(width) for each in Content.styled(visible(line), "bold").wrap(max(1, width))] or [
        Content("")
    ]


def _large(line: str, width: int) -> list[Content] | None:
    """A line in the smallest large letters, in up to four lines of them."""
    for rows in range(LARGE, _TALLEST + 1, LARGE + 1):
        drawn = poster(line, width, rows)
        if _is_large(drawn):
            return [Content.styled(row, "bold") for row in drawn]
    return None


def _is_large(drawn: Sequence[str]) -> bool:
    """Whether it is drawn of blocks rather than of letters."""
    return len(drawn) >= LARGE and not any(letter.isalnum() for row in drawn for letter in row)


def cloud(words: Sequence[tuple[str, int]], columns: int, rows: int) -> Content:
    """Words with how often each was said, the most frequent first and largest, in lines that are centred.

    In three sizes where there is room, otherwise in smaller ones; beside one that several said stands how many.
    """
    most = max((n for _, n in words), default=0)
    drawn: list[Content] = []
    for shift in range(3):
        drawn = [*_lines([(min(2, _size(n, most) + shift), word, n) for word, n in words], columns)]
        if len(drawn) <= rows:
            break
    return Content("\n").join(drawn[: max(0, rows)])


def _size(n: int, most: int) -> int:
    """0 for the words that were said most often, 1 for those said more than once, 2 for the rest; alike where all are."""
    return 0 if 2 * n > most else 1 if n > 1 else 2


def _lines(sized: Sequence[tuple[int, str, int]], columns: int) -> Iterable[Content]:
    first = True
    for size, group in groupby(sized, key=lambda each: each[0]):
        blocks = [_block(word if n == 1 else f"{word} {n}", size, columns) for _, word, n in group]
        for line in _flowing(blocks, columns):
            if not first:
                yield Content("")
            first = False
            for row in range(max(map(len, line))):
                cells = (_filled(each[row] if row < len(each) else Content(""), _width(each)) for each in line)
                whole = Content("    ").join(cells)
                yield whole.pad_left(max(0, columns - whole.cell_length) // 2)


def _block(text: str, size: int, columns: int) -> list[Content]:
    for rows in ((6, LARGE), (LARGE,), ())[size]:
        drawn = poster(text, columns, rows)
        if _is_large(drawn):
            return [Content.styled(row, "bold") for row in drawn]
    return [Content.styled(_short(visible(text), columns), "bold" if size < 2 else "")]


def _flowing(blocks: Iterable[list[Content]], columns: int) -> Iterable[list[list[Content]]]:
    """Blocks in lines, as many to a line as fit."""
    line: list[list[Content]] = []
    for block in blocks:
        if line and sum(_width(each) + 4 for each in line) + _width(block) > columns:
            yield line
            line = []
        line.append(block)
    if line:
        yield line


def _width(block: Sequence[Content]) -> int:
    return max(each.cell_length for each in block)
