"""Numbers as people type them: the digits of any script, at the end of a line that begins with a name."""

import re
import unicodedata

from store.refused import Refused

_SIGNS = str.maketrans("，、；：／．＃＋٫،؛·−–‐‑－﹣", ",;;:/.#+.,;.------")
"""What stands between numbers in other scripts and widths, and a minus, as on a plain keyboard."""


class _Plain(dict[int, str]):
    """Each digit and blank of any script as a plain one, any other letter as itself; computed on first use."""

    def __missing__(self, code: int) -> str:
        digit = unicodedata.decimal(chr(code), None)
        blank = unicodedata.category(chr(code)) == "Zs"
        self[code] = plain = " " if blank else chr(code) if digit is None else str(digit)
        return plain


_PLAIN = _Plain({code: chr(plain) for code, plain in _SIGNS.items()})

_WORD = re.compile(r"(?:[^\s:;/,]|(?<=[0-9]),(?=[0-9]))+")
"""What stands between blanks and other marks; a comma right between two digits may be a decimal one, and parts nothing."""

_NUMBER = re.compile(r"-?[0-9]+")
_FRACTION = re.compile(r"[0-9][.,][0-9]|[¼-¾⅐-⅞]")


def plain(text: str) -> str:
    """`text` with the digits, blanks, commas and minuses of every script as on a plain keyboard, letter for letter."""
    return text if text.isascii() else text.translate(_PLAIN)


def name_and_numbers(line: str, most: int | None = None) -> tuple[str, list[str]]:
    """What a line says before the whole numbers at its end, as typed, and those numbers in plain digits, `most` at most.

    Numbers that stand right behind a letter (`ana37`) are one number, where no others stand apart.

    Raises:
        Refused: a number has decimal places, or a comma without a blank, which may be a decimal one.
    """
    read = plain(line)
    words = list(_WORD.finditer(read))
    at = len(words)
    while at and len(words) - at != most:
        word = words[at - 1][0]
        if _FRACTION.search(word):
            raise Refused.openly("Type whole numbers, autonomy then benefit, with a space between: “Ana 3 7”.")
        if not _NUMBER.fullmatch(word):
            break
        at -= 1
    start = words[at].start() if at < len(words) else len(line.rstrip())
    written = [word[0] for word in words[at:]]
    if not written and (glued := re.search(r"(?<=[^0-9\s])[0-9]+\s*\Z", read)):
        start, written = glued.start(), [glued[0].strip()]
    return line[:start].strip(" \t,:;/，、；：／"), written
