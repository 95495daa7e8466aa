"""Reads large letters from a terminal's screen as a person would."""

from collections.abc import Iterator, Sequence

from screens.widgets.large_letters import LETTERS

_OF = {rows: letter for letter, rows in reversed([*LETTERS.items()])}  # of those drawn alike the first, which is Latin
_HALVES = {" ": (" ", " "), "▀": ("#", " "), "▄": (" ", "#"), "█": ("#", "#")}
_BETWEEN = 4
"""Empty columns of bits that separate two words."""


_SCALES = range(1, 13)


def posters(lines: Sequence[str]) -> Iterator[str]:
    """The text in large letters on a screen, line by line, in lower case. Finds only lines that fill their rows and have no marks."""
    for at in range(len(lines)):
        for scale in _SCALES:
            shown = lines[at : at + 3 * scale]
            if len(shown) == 3 * scale and shown[0].strip() and all(set(line) <= set(_HALVES) for line in shown):
                width = max(map(len, shown))
                text = _letters(_bits([line.ljust(width) for line in shown], scale))
                if any(map(str.isalnum, text)):  # a part of a larger digit can look like a quotation mark
                    yield text.lower()
                    break


def _bits(shown: Sequence[str], scale: int) -> list[str]:
    """The bits of a line, each of which is so many cells wide and half rows high."""
    first = min((len(line) - len(line.lstrip()) for line in shown if line.strip()), default=0)
    halves = ["".join(_HALVES[cell][half] for cell in line[first:]) for line in shown for half in (0, 1)]
    return [line[::scale] for line in halves[::scale]]


def _letters(bits: Sequence[str]) -> str:
    """The text of a line; empty if any sign isn't one of our letters."""
    found, empty = "", 0
    column: list[tuple[str, ...]] = []
    for at in range(len(bits[0]) + 1):
        here = tuple(row[at] for row in bits) if at < len(bits[0]) else (" ",) * len(bits)
        if set(here) != {" "}:
            found += " " if found and not column and empty >= _BETWEEN else ""
            column.append(here)
            empty = 0
            continue
        if column:
            letter = _OF.get(tuple("".join(rows) for rows in zip(*column, strict=True)))
            if letter is None:
                return ""
            found, column = found + letter, []
        empty += 1
    return found
