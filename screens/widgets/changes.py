"""What changed in a wording, word by word, readable without colour."""

from collections.abc import Iterable

from textual.content import Content

from store.words.changes import Part
from store.words.text import visible

SAID = {"=": ("", "", ""), "−": ("[−", "−]", "strike dim"), "+": ("[+", "+]", "bold underline")}
"""The brackets around words that stayed, went out or came in, and their style."""


def worded(parts: Iterable[Part]) -> Content:
    """A sentence with its changes."""
    drawn = []
    for sign, text in parts:
        opens, closes, style = SAID[sign]
        body = text.strip() if opens else text
        lead, tail = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "") if opens else ("", "")
        drawn += [Content(lead), Content.styled(f"{opens}{visible(body)}{closes}", style), Content(tail)]
    return Content("").join(drawn)
