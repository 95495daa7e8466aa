"""A wording before and after, for two panels side by side: what went out stands in the one, what came in in the other."""

from collections.abc import Iterable

from textual.content import Content

from store.words.changes import Part
from store.words.text import visible

_DRAWN = {"−": ("[−", "−]", "$error"), "+": ("[+", "+]", "bold $success")}
"""The brackets around words that went out or came in, as in a history, and their style."""


def held_and_proposed(parts: Iterable[Part]) -> tuple[Content, Content]:
    """The old wording and the new one, each with what the other doesn't have in brackets of its own sign."""
    told = [*parts]
    held, proposed = (_side(told, sign) for sign in _DRAWN)
    return held, proposed


def _side(parts: Iterable[Part], own: str) -> Content:
    """What one side has. A change begins before its first word's blank, so that where the other side begins there is none."""
    drawn: list[Content] = []
    for sign, text in parts:
        if sign not in ("=", own) or not text:
            continue
        lead = " " if text[0].isspace() or drawn else ""
        opens, closes, style = _DRAWN.get(sign, ("", "", ""))
        drawn.append(Content.assemble(lead, (f"{opens}{visible(text.strip())}{closes}", style)))
    return Content("").join(drawn)
