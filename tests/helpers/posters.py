"""Reads large letters from a terminal's screen as a person would."""

from collections.abc import Iterator, Sequence

from screens.widgets.large_text import LETTERS

_OF = {rows: letter for letter, rows in LETTERS.items()}
_HALVES = {" ": (" ", " "), "▀": ("#", " "), "▄": (" ", "#"), "█": ("#", "#")}
_BETWEEN = 4
"""Empty columns of bits that separate two words."""


def posters(lines: Sequence[str]) -> Iterator[str]:
    """The text in large letters on a screen, line by line, in lower case. Finds only lines that fill their rows."""
    for at in range(len(lines)):
        for rows, bits in ((3, _of_halves), (6, _of_whole)):
            shown = lines[at : at + rows]
            if len(shown) == rows and shown[0].strip() and all(set(line) <= set(_HALVES) for line in shown):
                width = max(map(len, shown))
                if text := _letters(bits([line.ljust(width) for line in shown])):
                    yield text.lower()


def _of_halves(shown: Sequence[str]) -> list[str]:
    return ["".join(_HALVES[cell][half] for cell in line) for line in shown for half in (0, 1)]


def _of_whole(shown: Sequence[str]) -> list[str]:
    first = min((line.index("█") for line in shown if "█" in line), default=0)
    return ["".join("#" if cell == "█" else " " for cell in line[first::2]) for line in shown]


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
