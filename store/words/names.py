"""Finding a person by the beginning of their name, without guessing between two."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from store.refused import Refused
from store.words.text import clipped

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What is not drawn by itself: joiners, marks of direction, soft hyphens (Unicode's Default_Ignorable_Code_Point)."""

_APOSTROPHES = frozenset("'`´ʹʻʼʽʾʿˈ՚׳ߴ‘’‛′‵ꞌ＇")
QUOTES = frozenset('"“”„‟«»〝〞〟＂❝❞')
"""Double quotation marks."""

UNKNOWN = "Nobody here is called that: type the first letters of a name."
SEVERAL = "That fits several names: type more of it."
"""What the hall may read of a name that isn't found, or that several have."""

_HYPHENS = frozenset("-֊־‐‑‒–—―⁃−﹘﹣－")


class _Alike(dict[int, str]):
    """Each letter without case, in the form that all its variants share; computed on first use."""

    def __missing__(self, code: int) -> str:
        shared = chr(code)
        for _ in range(2):  # what a case folds to can have a variant again: Unicode's NFKC_Casefold does it twice too
            shared = "".join(map(_shared, unicodedata.normalize("NFKD", shared).casefold()))
        self[code] = shared
        return shared


def _shared(sign: str) -> str:
    if sign in _APOSTROPHES:
        return "'"
    if sign in _HYPHENS:
        return "-"
    if sign in QUOTES:
        return '"'
    digit = unicodedata.decimal(sign, None)
    return "i" if sign == "ı" else "" if _INVISIBLE.match(sign) else sign if digit is None else str(digit)


_ALIKE = _Alike(dict.fromkeys(map(ord, "`´"), "'"))  # an acute accent would become a blank with an accent


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """`name` in the form that finds it, however it is typed.

    It ignores case, Turkish dotted and dotless i, how accents are composed, letters that can't be seen, the width of letters, the
    script of digits, which apostrophe, quotation mark and hyphen it is, and an @ in front. A name is kept and shown as it was typed.
    """
    if name.isascii():
        alike = name.casefold().replace("`", "'")
    else:
        alike = unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).translate(_ALIKE)).replace(
            "i\u0307", "i"
        )
    return unicodedata.normalize("NFC", " ".join(alike.split())).lstrip("@ ")


_STROKES = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe"}
"""Letters that Unicode doesn't decompose into a base letter, because they have a stroke or are two."""


class _Bare(dict[int, str]):
    """Each letter as in `fold`, and without accents; computed on first use."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFD", _ALIKE[code])
        self[code] = bare = "".join(_STROKES.get(c, c) for c in apart if not unicodedata.combining(c))
        return bare


_BARE = _Bare()

SOMEBODY = "somebody"
"""Replaces a person in a record without names if their organisation can't be named."""


def is_stand_in(name: str) -> bool:
    """Whether a name stands for nobody any more: “somebody”, or “somebody B” where several placed (`store.entries.naming`)."""
    return re.fullmatch(rf"{SOMEBODY}( [a-z]{{1,2}})?", fold(name)) is not None


def letters(text: str) -> str:
    """`text` without case and accents, with its spaces as they are."""
    return text.translate(_BARE)


def bare(text: str) -> str:
    """Like `fold`, but without accents, for keyboards that have none."""
    return " ".join(letters(text).split())


def _bare_name(name: str) -> str:
    return bare(name).lstrip("@ ")


def matching(typed: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that `typed` can mean: those equal to it, else those equal without accents, else those that begin with it.

    Text without accents also matches names with them: “as” can mean Asad or Åsa, so both are returned.
    """
    known = tuple(names)
    steps: list[tuple[Callable[[str], str], Callable[[str, str], bool]]] = [
        (fold, str.__eq__),
        (_bare_name, str.__eq__),
        (_bare_name, str.startswith),
    ]
    if fold(typed) != _bare_name(typed):
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
        raise Refused(f"Nobody here is called “{clipped(name.strip(), 40)}”.", in_public=UNKNOWN)
    return found


def find(typed: str, names: Iterable[str], kind: str = "a name in the roster") -> str:
    """The one of `names` that `typed` means, as it was first typed. `kind` says what they are, for the refusal.

    Raises:
        Refused: no name fits, or several do; the sentence lists those.
    """
    found = matching(typed, names)
    shown = clipped(typed.strip(), 40)
    if not found:
        raise Refused(f"Nobody here is called “{shown}”: type the first letters of {kind}.", in_public=UNKNOWN)
    if len(found) > 1:
        offered = ", ".join(clipped(name, 30) for name in found[:6]) + (" …" if len(found) > 6 else "")
        raise Refused(f"“{shown}” fits {offered}: type more of the name.", in_public=SEVERAL)
    return found[0]
