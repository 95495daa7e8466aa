"""Finding a person by the beginning of their name, without guessing between two."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from store.refused import Refused
from store.words.text import clipped


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """`name` in a form that ignores case, Turkish dotted and dotless i, and how accents are composed."""
    folded = unicodedata.normalize("NFD", " ".join(name.split())).casefold().replace("ı", "i").replace("i̇", "i")
    return unicodedata.normalize("NFC", folded)


_STROKES = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
"""Letters that Unicode doesn't decompose into a base letter, because they have a stroke or lack a dot."""


class _Bare(dict[int, str]):
    """Each letter without case and accents, computed on first use."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFD", unicodedata.normalize("NFD", chr(code)).casefold())
        self[code] = bare = "".join(_STROKES.get(c, c) for c in letters if not unicodedata.combining(c))
        return bare


_BARE = _Bare()

SOMEBODY = "somebody"
"""Replaces a person in a record without names if their organisation can't be named."""


def letters(text: str) -> str:
    """`text` without case and accents, with its spaces as they are."""
    return text.translate(_BARE)


def bare(text: str) -> str:
    """Like `fold`, but without accents, for keyboards that have none."""
    return letters(" ".join(text.split()))


def matching(typed: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that `typed` can mean: those equal to it, else those equal without accents, else those that begin with it.

    Text without accents also matches names with them: “as” can mean Asad or Åsa, so both are returned.
    """
    known = tuple(names)
    steps: list[tuple[Callable[[str], str], Callable[[str, str], bool]]] = [
        (fold, str.__eq__),
        (bare, str.__eq__),
        (bare, str.startswith),
    ]
    if fold(typed) != bare(typed):
        steps.insert(2, (fold, str.startswith))
    for key, fits in steps:
        wanted = key(typed)
        if wanted and (found := tuple(name for name in known if fits(key(name), wanted))):
            return found
    return ()


def whole_name(name: str, names: Iterable[str]) -> str:
    """The one of `names` that is `name`, if only by `fold`; a beginning is not enough.

    Raises:
        Refused: there is none.
    """
    known = tuple(names)
    found = name if name in known else next((each for each in known if fold(each) == fold(name)), None)
    if found is None:
        raise Refused(f"Nobody here is called “{clipped(name.strip(), 40)}”.")
    return found


def find(typed: str, names: Iterable[str], kind: str = "a name in the roster") -> str:
    """The one of `names` that `typed` means, as it was first typed. `kind` says what they are, for the refusal.

    Raises:
        Refused: no name fits, or several do; the sentence lists those.
    """
    found = matching(typed, names)
    shown = clipped(typed.strip(), 40)
    if not found:
        raise Refused(f"Nobody here is called “{shown}”: type the first letters of {kind}.")
    if len(found) > 1:
        offered = ", ".join(clipped(name, 30) for name in found[:6]) + (" …" if len(found) > 6 else "")
        raise Refused(f"“{shown}” fits {offered}: type more of the name.")
    return found[0]
