"""JSON that preserves every code point of a text and is safe to print in a terminal."""

import json
import json.encoder
import re
from collections.abc import Callable, Iterable
from typing import Any

from store.words.text import clipped

# What nobody sees: control characters beyond ASCII, bidirectional and other format controls, and lone surrogates. JSON allows
# all but the last unescaped, but terminals act on them and UTF-8 can't encode a surrogate. They only occur inside strings, where
# an escape means the same. Joiners stay, as in `store.words.text.visible`.
_RISKY = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)


def _encoder() -> Callable[[object, bool], Iterable[str]]:
    """`JSONEncoder.iterencode` with a C encoder that is made only once. Making one for each value takes twice the time for a row."""
    plain = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return plain.iterencode
    pieces: Callable[[object, bool], Iterable[str]] = make(
        None, plain.default, json.encoder.encode_basestring, None, ": ", ", ", False, False, False
    )
    return pieces


_PIECES = _encoder()


def encoded(value: object, indent: int | None = None, ascii: bool = False) -> str:
    """`value` as JSON that people and `grep` can read, that is safe to print, and that parses back exactly.

    With `ascii`, everything beyond ASCII is escaped, for an output that can't encode it.
    """
    if indent is None and not ascii:
        text = "".join(_PIECES(value, False))
    else:
        text = json.dumps(value, ensure_ascii=ascii, indent=indent, allow_nan=False)
    if text.isascii() and "\x7f" not in text:  # true for most texts
        return text
    return _RISKY.sub(lambda found: json.dumps(found[0])[1:-1], text)


def unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object as JSON's decoder takes it; ValueError where a name is there twice, since one of the two would be lost silently."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"“{clipped(twice, 40)}” is there twice in one object")
    return found
