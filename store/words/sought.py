"""What is looked for, as people type it: words, and phrases in quotation marks of any kind."""

import re

from store.words.names import QUOTES, letters

_DOUBLE = f"{''.join(sorted(QUOTES))}「」『』"
_WITHOUT_QUOTES = str.maketrans(dict.fromkeys(_DOUBLE))

_PHRASE = re.compile(
    rf"[{_DOUBLE}](?P<double>[^{_DOUBLE}]*)(?:[{_DOUBLE}]|\Z)"  # one that isn't closed yet is being typed
    r"|(?<!\S)['‘‚‹](?P<single>[^\s'’](?:.*?[^\s'‘])?)['’‘›](?!\S)"  # a single mark is mostly an apostrophe
)


def loose(text: str) -> str:
    """A text without case, accents and quotation marks, with its blanks as they are."""
    return letters(text.translate(_WITHOUT_QUOTES))


def folded(text: str) -> str:
    """A text in the form in which it is looked through: as `store.words.names.bare`, and without quotation marks."""
    return " ".join(loose(text).split())


def wanted(typed: str) -> tuple[str, ...]:
    """What a text has to hold, in the form of `folded`: each phrase in quotation marks as one, and all other words."""
    found = [folded(match["double"] or match["single"] or "") for match in _PHRASE.finditer(typed)]
    return tuple(filter(None, dict.fromkeys((*found, *folded(_PHRASE.sub(" ", typed)).split()))))


def has_phrase(typed: str) -> bool:
    """Whether several words are to stand together."""
    return any(" " in each for each in wanted(typed))
