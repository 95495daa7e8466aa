"""Markdown out of what people typed: whatever it holds, it is text, and never a link, a heading, HTML or the end of a table."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from store.words.text import visible

_BREAK = re.compile("(?:\r\n|\r|\n)+")
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&$]")
_LINKED = re.compile(r"@|(?<=\S)[.:](?=[^\s.:])")
"""What makes an address or a name with dots into a link where those are found in plain text."""

_BEGINS = re.compile(r"^[-+=:]")
_NUMBERED = re.compile(r"^(\d+)([.)])")
"""What makes a list, a rule or a heading of a line."""


def inline(text: str) -> str:
    """A text within a line. Its line ends become blanks, its control characters visible."""
    shown = visible(_BREAK.sub(" ", text)).strip()
    escaped = _LINKED.sub(r"\\\g<0>", _MARKUP.sub(r"\\\g<0>", shown))
    return _NUMBERED.sub(r"\1\\\2", _BEGINS.sub(r"\\\g<0>", escaped))


def paragraphs(text: str) -> list[str]:
    """A text of its own, each of its lines a paragraph."""
    return [line for each in _BREAK.split(text) if (line := inline(each))]


def quoted(text: str) -> str:
    """A text as a quotation."""
    return "\n>\n".join(f"> {line}" for line in paragraphs(text)) or ">"


def bullets(texts: Iterable[str]) -> str:
    """A list; the texts are Markdown already."""
    return "\n".join(f"- {text}" for text in texts)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells are Markdown already. All columns but the first hold figures or a word."""
    lines = [head, ["---", *["---"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def linked(number: int, heading: str) -> str:
    """A link to a numbered heading of this document, by the name that GitHub, Textual and others make of its text."""
    plain = f"{number}. {visible(_BREAK.sub(' ', heading)).strip().lower()}"
    name = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
    return f"[{number}. {inline(heading)}](#{quote(name, errors='replace')})"


def document(parts: Iterable[str]) -> str:
    """Blocks, one below the other."""
    return "\n\n".join(part for part in parts if part) + "\n"
