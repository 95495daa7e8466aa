"""Words that press a key when they are clicked: the mouse can do what keys do, and nothing else."""

from textual.content import Content
from textual.events import Click
from textual.style import Style

_KEY, _PLACE = "press", "place"


def _carrying(words: Content | str, **meta: object) -> Content:
    content = Content(words) if isinstance(words, str) else words
    return content.stylize(Style.from_meta(meta))


def pressing(words: Content | str, key: str) -> Content:
    """Words that press a key, as Textual spells it, when they are clicked."""
    return _carrying(words, **{_KEY: key})


def pressed(event: Click) -> str:
    """The key that a click presses; empty for none. A double click presses once: what needs a second press needs a second look."""
    return event.style.meta.get(_KEY, "") if event.chain == 1 else ""


def placed(words: Content | str, at: int) -> Content:
    """Words that are the one with that index among those that a click chooses from."""
    return _carrying(words, **{_PLACE: at})


def chosen(event: Click) -> int | None:
    """The index of the words that were clicked; None beside them."""
    return event.style.meta.get(_PLACE)
