"""Rows of a table or a list as people paste them: from a spreadsheet, a form, a chat, a mail. Python's `csv` reads the cells."""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from string import whitespace

from store.words.text import BOM

DELIMITERS = "\t;|,"
"""What parts cells; the first of them that parts a row is the one that is meant."""

_DASH = re.compile(r"(?<=\s)[-‐‑‒–—―−](?=\s)")
_AROUND = (
    whitespace
    + f"\x85\u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u202f\u2060\u2066\u2067\u2068\u2069\u3000{BOM}"
)
_NUMBERED = r"\(?\d{1,3}[.)\]]\s*(?=\D)|[0-9]\ufe0f?\u20e3\s*|[①-⑳]\s*|[•◦▪▫‣∙·●○■□☐☑☒✓✔✗✘✅→➤►▶»👉🔹🔸]\ufe0f?\s*|\*\s+|\[[ xX]?\]\s+"
_LEAD = re.compile(rf"(?:{_NUMBERED})+")
_BULLET = re.compile(rf"(?:>\s*|{_NUMBERED}|\d{{1,3}}\s+[-–—]\s+|[-‐‑‒–—−]\s*|\+\s+(?=\S))+")
_QUOTED = re.compile(rf'(?:^|[{DELIMITERS}]) *"')
_RULE = re.compile(r"[\s|:+=-]*")
_MANY_LINES = 20  # a quoted cell with more line breaks has lost its second quote
_CHAT = re.compile(
    r"\[?(?:(?:DAY),?\s+(?:at\s+)?(?:HOUR)|(?:HOUR),?\s+(?:DAY))\]?\s*(?:[-–]\s*)?~?\s*(?P<sender>[^:：]{1,60})[:：]\s*(?P<said>.*)".replace(
        "DAY", r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.?\s+[^\W\d]{3,9}\.?,?\s+\d{4}"
    ).replace("HOUR", r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?"),
    re.IGNORECASE,
)


def trimmed(text: str) -> str:
    """`text` without blanks, marks of direction and byte-order marks around it."""
    return text.strip(_AROUND)


def cells(line: str, delimiter: str = "") -> list[str]:
    """The cells of a row, each without blanks around it; by default the delimiter is found.

    A dash with blanks around it parts like a comma, but only what comes first in the row: behind it, it may belong to a name.
    """
    for mark in delimiter or DELIMITERS:
        row = _parsed(line, mark)
        if len(row) > 1 and mark != ",":
            return row
    if delimiter and delimiter != ",":
        return row
    row = _bracketed(row)
    return row if delimiter or line.lstrip().startswith('"') else [*map(str.strip, _DASH.split(row[0])), *row[1:]]


def _parsed(line: str, delimiter: str) -> list[str]:
    if line.count('"') % 2 == 0:
        try:
            row = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
        except csv.Error:  # an odd control character, or a cell that is too long
            row = []
        if row and (row[0].strip() or not line.lstrip().startswith('"')):
            return [*map(str.strip, row)]
    return [*map(str.strip, line.split(delimiter))]


def _bracketed(row: Sequence[str]) -> list[str]:
    """A row by commas, with what a comma in brackets has parted, “(she, they)”, as it was."""
    found: list[str] = []
    for cell in row:
        if found and found[-1].count("(") > found[-1].count(")") and ")" in cell:
            found[-1] = f"{found[-1]}, {cell}"
        else:
            found.append(cell)
    return found


def before_dash(text: str) -> tuple[str, str]:
    """What stands before and behind the last dash with blanks around it; nothing behind where there is none."""
    dashes = list(_DASH.finditer(text))
    return (text[: dashes[-1].start()].strip(), text[dashes[-1].end() :].strip()) if dashes else (text, "")


def line_of(row: Sequence[str]) -> str:
    """A row as it would be typed: by semicolons, and with quotes where it would be read otherwise without them."""
    plain = "; ".join(row)
    if cells(unnumbered(plain)) == [*row] and not plain.startswith(("-", "+")):
        return plain
    held, delimiter = StringIO(), "\t" if any("\t" in cell for cell in row) else ";"  # `cells` looks for a tab first
    csv.writer(held, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="").writerow(row)
    return held.getvalue()


def unnumbered(line: str) -> str:
    """A line without a number or bullet in front; a dash stays, because it may say something else."""
    said = line.lstrip()
    return said[found.end() :] if (found := _LEAD.match(said)) and said[found.end() :].strip() else line


def rows(lines: Sequence[str]) -> Iterator[str]:
    """The rows of a paste: each line without bullets and the marks of quoted mail, a line of a chat as its sender and what was said.

    A line break in a quoted cell becomes a blank. Lines that only rule a table are left out.
    """
    at = 0
    while at < len(lines):
        line, at = _unindented(lines[at]), at + 1
        if found := _BULLET.match(line):
            line = line[found.end() :]
        if line.count('"') % 2 and _QUOTED.search(line):
            for end in range(at + 1, min(at + _MANY_LINES, len(lines)) + 1):
                whole = " ".join((line, *map(trimmed, lines[at:end])))
                if whole.count('"') % 2 == 0:
                    line, at = whole, end
                    break
        if not _RULE.fullmatch(line):
            yield _said(line.strip("|") if line.startswith("|") else line)


def _unindented(line: str) -> str:
    """A line without what stands around it; tabs stay where they part cells, because the first one may be empty."""
    bare = trimmed(line)
    return line.strip(_AROUND.replace("\t", "")) if "\t" in bare else bare


def _said(line: str) -> str:
    found = _CHAT.fullmatch(line)
    if found is None:
        return line
    said = trimmed(found["said"])
    return said if len(cells(said)) > 1 else f"{trimmed(found['sender'])}\t{said}"
