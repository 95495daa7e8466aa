"""Sets texts in large letters: composes each letter of base and mark, breaks lines between words, and draws them at any size."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from screens.widgets.large_letters import ABOVE, BELOW, HORN, LETTERS

_SIXTH = 6
"""Rows of a letter without the marks above it."""

_BLANK = 2
"""Bits between two words beyond those that part their letters."""

_APART = 2
"""Rows of bits between two lines of the smallest size; in larger ones, and above marks, the sixth row parts them."""

_TOGETHER = 2
"""Marks that one letter may have above it: more are nobody's spelling."""

_HALVES = {"  ": " ", "# ": "▀", " #": "▄", "##": "█"}

_UNLIKE = {"ß": "ẞ", "ẞ": "ẞ", "µ": "µ", "ŀ": "L·", "Ŀ": "L·", "ĳ": "IJ", "Ĳ": "IJ", "\u00a0": " ", "\u202f": " "}
"""Letters whose capital, as Python gives it, would be another letter or none; and blanks that break no line."""

_WITH_TWO_I = frozenset("ıİğĞşŞ")
"""Letters that tell that a text is in a language in which i and ı are two letters: there i keeps its dot as a capital."""

_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")
"""Where a line may break."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter as it is drawn: the rows of the mark above it, if it has one, and its six own, all equally wide."""

    marks: tuple[str, ...]
    body: tuple[str, ...]

    @property
    def width(self) -> int:
        """Bits."""
        return len(self.body[0])

    @property
    def hangs(self) -> bool:
        """Whether something of it is below the line."""
        return "#" in self.body[-1]

    def rows(self, above: int) -> Iterator[str]:
        """Its rows with so many above the letter: the mark stands a row above it if there is room."""
        gap = 1 if len(self.marks) < above else 0
        blank = " " * self.width
        yield from (blank,) * (above - len(self.marks) - gap)
        yield from self.marks
        yield from (blank,) * gap
        yield from self.body


_SPACE = Glyph((), (" " * _BLANK,) * _SIXTH)

Word = tuple[Glyph, ...]


def words(text: str) -> list[Word]:
    """The words of a text as they are drawn; none if any letter of it can't be."""
    composed = unicodedata.normalize("NFC", text)
    dotted = not _WITH_TWO_I.isdisjoint(composed)
    found: list[Word] = []
    for word in filter(None, _BREAKS.split(composed)):
        drawn = [_glyph(each) for each in _letters(word, dotted)]
        known = tuple(each for each in drawn if each is not None)
        if len(known) < len(drawn):
            return []
        found.append(known)
    return found


def _letters(word: str, dotted: bool) -> Iterator[str]:
    """The capitals of a word, each with its marks decomposed; `dotted` is whether the capital of i keeps its dot."""
    letter = ""
    for each in word:
        capital = _UNLIKE.get(each) or ("İ" if each == "i" and dotted else each.upper())
        for sign in capital if capital in LETTERS else unicodedata.normalize("NFD", capital):
            if letter and not unicodedata.combining(sign):
                yield letter
                letter = ""
            letter += sign
    if letter:
        yield letter


@cache
def _glyph(letter: str) -> Glyph | None:
    """A letter of a base and its marks; None if there is no such base, or no such marks together."""
    if letter == " ":
        return _SPACE
    body = LETTERS.get(letter[0])
    below = [each for each in letter[1:] if each in BELOW]
    marks = _above("".join(each for each in letter[1:] if each not in BELOW and each != HORN))
    if body is None or marks is None or len(below) > 1:
        return None
    if HORN in letter:
        body = (f"{body[0]}#", *(f"{row} " for row in body[1:]))
    if below:
        place = (len(body[0]) - 1) // 2 if BELOW[below[0]] == "middle" else max(1, len(body[0]) - 1)
        if body[-2].strip() == "#":  # beside a stem, which it would only make longer
            place = body[-2].index("#") + 1
        width = max(len(body[0]), place + 1)
        body = (*(row.ljust(width) for row in body[:-1]), ("".ljust(place) + "#").ljust(width))
    width = max(len(body[0]), *map(len, marks), 0) if marks else len(body[0])
    return Glyph(tuple(_centred(row, width) for row in marks), tuple(_centred(row, width) for row in body))


def _above(marks: str) -> tuple[str, ...] | None:
    """The rows of the marks above a letter, side by side unless they have a form together; None if one can't be drawn."""
    if not marks or marks in ABOVE:
        return ABOVE.get(marks, ())
    if not all(mark in ABOVE for mark in marks) or len(marks) > _TOGETHER:
        return None
    rows = max(len(ABOVE[mark]) for mark in marks)
    blocks = [(*[" " * len(ABOVE[mark][0])] * (rows - len(ABOVE[mark])), *ABOVE[mark]) for mark in marks]
    return tuple(" ".join(row) for row in zip(*blocks, strict=True))


def _centred(row: str, width: int) -> str:
    return row.rjust(len(row) + (width - len(row)) // 2).ljust(width)


def fitted(text: str, columns: int, rows: int, largest: int = 1000) -> tuple[str, ...]:
    """A text as large as it fits into `columns` × `rows` cells, at scale `largest` at most, its lines about equally long.

    Nothing if a letter can't be drawn, or where even in the smallest letters a word is wider than a line or the lines are too many.
    """
    drawn = (
        words(text) if len(text) <= columns * rows else []
    )  # no letter is smaller than a cell, and long texts cost time
    if not drawn:
        return ()
    widths = [_bits([word]) for word in drawn]
    for scale in range(min(largest, 2 * rows // _SIXTH), 0, -1):
        for above in _rows_above(drawn):
            ends = _even(widths, columns // scale)
            if ends and len(ends) * (_SIXTH + above) * scale <= 2 * rows + scale:
                lines = [drawn[at:end] for at, end in pairwise((0, *ends))]
                found = tuple(_cells(lines, above, scale))
                if len(found) <= rows:
                    return found
    return ()


def alike(texts: Sequence[str], scale: int, columns: int) -> list[tuple[str, ...]]:
    """Each text on a line of its own, all as large and as high as one another; nothing where one can't be drawn, or is too wide.

    At `scale` 1 a bit is a cell wide and half a row high.
    """
    drawn = [words(text) for text in texts]
    if not all(drawn) or any(_bits(line) * scale > columns for line in drawn):
        return []
    above = _rows_above([word for line in drawn for word in line])[0]
    found = [tuple(_cells([line], above, scale, whole=True)) for line in drawn]
    blank = all(not each[-1].strip() for each in found)
    return [each[:-1] for each in found] if blank and above else found


def _rows_above(drawn: Sequence[Word]) -> tuple[int, ...]:
    """How many rows a line may have above its letters, for their marks: the first is better, the next smaller."""
    most = max((len(each.marks) for word in drawn for each in word), default=0)
    return ((0,), (2,), (3, 2), (3,))[most]


def _bits(line: Sequence[Word]) -> int:
    """Bits from the first letter of a line to the last."""
    return sum(1 + each.width for word in line for each in word) + (len(line) - 1) * (_BLANK + 1) - 1


def _wrapped(widths: Sequence[int], room: int) -> list[int]:
    """Words of these widths in lines of so many bits, as the number of words up to the end of each; none if one is too long."""
    if max(widths) > room:
        return []
    ends, left = [], -1
    for at, wide in enumerate(widths):
        left -= wide + _BLANK + 2
        if left < 0:
            ends.append(at)
            left = room - wide
    return [*ends[1:], len(widths)]


def _even(widths: Sequence[int], room: int) -> list[int]:
    """The words in as few lines as the room allows, and those about equally long; as `_wrapped` returns them."""
    ends, least = _wrapped(widths, room), 0
    most = room
    while ends and most - least > 1:
        tried = _wrapped(widths, middle := (least + most) // 2)
        least, most = (least, middle) if len(tried) == len(ends) else (middle, most)
    return _wrapped(widths, most)


def _cells(lines: Sequence[Sequence[Word]], above: int, scale: int, whole: bool = False) -> Iterator[str]:
    """Lines as rows of cells, the shorter ones centred: a bit is `scale` cells wide and as many half rows high.

    A last half row that is empty is left out, unless the lines should be `whole`.
    """
    width = max(map(_bits, lines)) * scale
    hangs = any(each.hangs for line in lines[:-1] for word in line for each in word)
    apart = _APART if scale == 1 and not above else int(hangs)  # or a comma would join what is below it
    rows: list[str] = []
    for line in lines:
        if rows:
            rows += [""] * apart * scale
        for row in _line(line, above):
            wide = "".join(bit * scale for bit in row)
            rows += [_centred(wide, width) if len(lines) > 1 else wide] * scale
    if len(rows) % 2 and not rows[-1].strip() and not whole:
        rows.pop()
    elif len(rows) % 2:
        rows.append("")
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        yield "".join(_HALVES[a + b] for a, b in zip(upper.ljust(width), lower.ljust(width), strict=True))


def _line(line: Sequence[Word], above: int) -> Iterator[str]:
    """A line as rows of bits."""
    glyphs = [each for at, word in enumerate(line) for each in ((_SPACE, *word) if at else word)]
    for row in zip(*(each.rows(above) for each in glyphs), strict=True):
        yield " ".join(row)
