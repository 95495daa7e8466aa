"""JSON that gives every text back to the code point, and that is harmless when it is printed in a terminal."""

import json
import json.encoder
import re
from collections.abc import Callable

# Control characters beyond ASCII, bidirectional controls, lone surrogates: JSON allows them raw (but for the last),
# terminals act on them and UTF-8 can't hold a surrogate. They only ever stand inside texts, where an escape means the same.
_RISKY = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def _plain() -> Callable[[object], str]:
    """`JSONEncoder.encode`, which makes its encoder in C anew for each value, with one that is made once: half the time for a row."""
    plain = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return plain.encode
    pieces = make(None, plain.default, json.encoder.encode_basestring, None, ": ", ", ", False, False, False)
    return lambda value: "".join(pieces(value, 0))


_PLAIN = _plain()


def encoded(value: object, indent: int | None = None, ascii: bool = False) -> str:
    """`value` as JSON, readable by people and `grep` (letters stand as they are), safe to print, exact to read back.

    With `ascii` letters beyond ASCII are escapes too, for an output that can't hold them.
    """
    if indent is None and not ascii:
        return _harmless(_PLAIN(value))
    return _harmless(json.dumps(value, ensure_ascii=ascii, indent=indent, allow_nan=False))


def _harmless(text: str) -> str:
    if text.isascii() and "\x7f" not in text:  # most are
        return text
    return _RISKY.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
