"""The width of text in terminal columns, and text wrapped to a width."""

from collections.abc import Iterator
from unicodedata import category, combining, east_asian_width

_EMOJI_FORM = "\N{VARIATION SELECTOR-16}"


def width(text: str) -> int:
    """The most columns that `text` can take: two for CJK and emoji, none for an accent, one for anything else.

    A joined emoji counts as all its parts, since not every terminal joins them.
    """
    return sum(_widths(text))


def _widths(text: str) -> Iterator[int]:
    before = 0
    for sign in text:
        if sign.isascii():
            before = 1
        elif sign == _EMOJI_FORM:
            before = 1 if before == 1 else 0  # makes the character before it as wide as an emoji
        elif combining(sign) or category(sign) in ("Mn", "Me", "Cf"):
            yield 0
            continue
        else:
            before = 2 if east_asian_width(sign) in "WF" else 1
        yield before


def wrapped(text: str, columns: int, lead: str = "") -> tuple[str, ...]:
    """`text` in lines of at most `columns`. The first line begins with `lead`, and the others are indented to match.

    Lines break at spaces, and several spaces count as one. A word longer than a line is split at the end of the line.
    """
    indent = " " * width(lead)
    room = max(4, columns - len(indent))
    lines: list[str] = []
    line, used = "", 0
    for word in filter(None, text.split(" ")):
        for piece, taken in _pieces(word, room):
            if not line:
                line, used = piece, taken
            elif used + 1 + taken > room:
                lines.append(line)
                line, used = piece, taken
            else:
                line, used = f"{line} {piece}", used + 1 + taken
    lines.append(line)
    return tuple(f"{lead if not at else indent}{each}".rstrip() for at, each in enumerate(lines))


def _pieces(word: str, room: int) -> Iterator[tuple[str, int]]:
    """A word with its width, split into pieces if it is wider than `room`."""
    taken = width(word)
    if taken <= room:
        yield word, taken
        return
    start = used = 0
    for at, wide in enumerate(_widths(word)):
        if used + wide > room:
            yield word[start:at], used
            start, used = at, 0
        used += wide
    yield word[start:], used
