"""Texts on a page: long lines hang below their own beginning, the entries of a report are set apart, and what changed in a
wording is marked so that it can be read without colour."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from store.words.changes import Part
from store.words.text import visible

if TYPE_CHECKING:  # the logbook is shown before the models are needed
    from store.report.lines import Line

FRESH = "bold on $accent-muted"
"""The style of what was just entered."""

KEPT = "\N{NO-BREAK SPACE}"
"""A blank at which these functions break no line, though Content would."""

_STAND_IN = "\ufdd0"

_BREAKS = re.compile(r"[\n\t]|\s$")
"""What Textual changes even in a text that fits: line ends, tabs, blanks at the end."""


def _wrapped(text: Content, room: int) -> list[Content]:
    if not text.spans and text.cell_length == len(text.plain) and not _BREAKS.search(text.plain):  # many times as fast
        lines = textwrap.wrap(text.plain, room, replace_whitespace=False, break_on_hyphens=False)
        return [Content(line, strip_control_codes=False) for line in lines]
    if KEPT not in text.plain:
        return text.wrap(room)
    held = Content(text.plain.replace(KEPT, _STAND_IN), [*text.spans])
    return [Content(line.plain.replace(_STAND_IN, KEPT), [*line.spans]) for line in held.wrap(room)]


def below(text: str, width: int, indent: int) -> str:
    """A text wrapped to `width` cells, its further lines indented by `indent` cells."""
    room = max(10, width - indent)
    if cell_len(text) <= room:
        return text
    if text.isascii():  # the same, many times as fast
        wrapped = textwrap.wrap(text, room, replace_whitespace=False, break_on_hyphens=False)
    else:
        wrapped = [line.plain.rstrip() for line in _wrapped(Content(text), room)]
    return f"\n{' ' * indent}".join(wrapped)


_LABELS = 14
"""Columns for what a line is about."""


def report_lines(lines: Iterable[Line], width: int) -> Content:
    """The lines of a report, wrapped to `width` cells: labels in a column, each only once, and every entry set apart."""
    drawn: list[Content] = []
    before = ""
    for line in lines:
        if line.label:
            label = "" if line.label == before else line.label
            drawn.append(hung(Content(line.text), width, f"{label:<{_LABELS}}", "$accent"))
        else:
            lead = line.lead[: width // 2]
            text = Content(f"{lead}{below(line.text, width, len(lead))}")
            if line.head and drawn:
                drawn.append(Content(""))
            drawn.append(text.stylize("bold") if line.head else text)
        before = line.label
    return Content("\n").join(drawn)


def hung(text: Content, width: int, label: str, style: str = "bold") -> Content:
    """One styled text behind a label, wrapped to `width` cells, its further lines below where it began; `KEPT` is drawn as a blank."""
    room = max(10, width - cell_len(label))
    fits = text.cell_length <= room and not _BREAKS.search(text.plain)
    lines = [text] if fits else _wrapped(text, room)
    blank = f"\n{' ' * cell_len(label)}"
    parts = [part for line in lines for part in (blank, line)]
    wrapped = Content.assemble((label, style), *parts[1:])
    if KEPT in wrapped.plain:
        return Content(wrapped.plain.replace(KEPT, " "), [*wrapped.spans])
    return wrapped


SAID = {"=": ("", "", ""), "−": ("[−", "−]", "strike $error"), "+": ("[+", "+]", "bold underline $success")}
"""The brackets around words that stayed, went out or came in, and their style."""


def worded(parts: Iterable[Part]) -> Content:
    """A wording with what changed in it, word by word."""
    drawn = []
    for sign, text in parts:
        opens, closes, style = SAID[sign]
        body = text.strip() if opens else text
        lead, tail = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "") if opens else ("", "")
        drawn += [Content(lead), Content.styled(f"{opens}{visible(body)}{closes}", style), Content(tail)]
    return Content("").join(drawn)
