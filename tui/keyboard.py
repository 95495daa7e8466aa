"""Key reports of the kitty keyboard protocol (https://sw.kovidgoyal.net/kitty/keyboard-protocol), in every form they come in.

Textual 8.2.8 raises at colons in a report, types a long one into the field letter by letter, and knows no layout but Latin ones.
Here a report that can't be read is dropped, letting a key go presses nothing, and Ctrl with a letter of another script is Ctrl with
the Latin letter on the same key.
"""

import re
from collections.abc import Iterable
from contextlib import suppress

from textual import _xterm_parser, events
from textual._xterm_parser import XTermParser
from textual.keys import Keys

ASK_FOR_ALTERNATE_KEYS = "\x1b[=4;2u"
"""Asks the terminal to name, beside each key, the Latin letter on it. Textual takes this mode back with its own."""

_LONGEST = 512
"""Characters in the longest report that is read: what an input method commits comes in one."""

_REPORT = re.compile(r"\x1b\[(?P<codes>[\d:;]*)(?P<end>[u~ABCDEFHPQRS])")
_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_READ_ELSEWHERE = re.compile(r"\x1b\[(?:M|<[-\d;]*[Mm]|\?\d+;\d\$y|20[01]~|[IO]|48;.*t|\d+;\d+R)")
"""Mouse, modes, pastes, focus, size, cursor: Textual reads these itself."""

_CTRL, _RELEASED = 4, "3"

_QWERTY = "qwertyuiopasdfghjklzxcvbnm"
_LAYOUTS = (
    "йцукенгшщзфывапролдячсмить",  # Russian
    "йцукенгшўзфівапролдячсмить",  # with the letters of Belarusian and Ukrainian
    ";ςερτυθιοπασδφγηξκλζχψωβνμ",  # Greek
    "ضصثقفغعهخحشسيبلاتنمئءؤرﻻىة",  # Arabic 101
    "ضصثقفغعهخحشسیبلاتنمئءؤرﻻىة",  # with the letter of Persian
    "/'קראטוןםפשדגכעיחלךזסבהנמצ",  # Hebrew SI-1452
)
LATIN = {there: key for layout in _LAYOUTS for there, key in zip(layout, _QWERTY, strict=True) if not there.isascii()}
"""The Latin letter on the key of a letter in another script, in the standard layouts."""

_AS_LETTERS = frozenset("/;")
"""What the key Q types in Hebrew and Greek; only a terminal that names the Latin letter tells them from the real ones."""


def _pressed(codes: str, end: str) -> str | None:
    """A report in the one form that Textual reads; None for a key that was let go.

    Raises:
        ValueError: it can't be read.
    """
    keys, modifiers, text, *_ = [*codes.split(";"), "", "", ""]
    (code, _, base, *_), (held, event, *_) = [*keys.split(":"), "", "", ""], [*modifiers.split(":"), "", ""]
    if event == _RELEASED:
        return None
    key = chr(int(code or "1"))
    if end == "u" and (int(held or "1") - 1) & _CTRL and not (key.isascii() and key not in _AS_LETTERS):
        named = chr(int(base)) if base else ""
        letter = named if named.isascii() and named.isalpha() else LATIN.get(key.lower(), "")
        code = str(ord(letter)) if letter else code
    for each in filter(None, text.split(":")):
        chr(int(each)).encode()  # a surrogate is no text
    texts = ":".join(filter(None, text.split(":")))
    return f"\x1b[{code};{held}{f';{texts}' if texts else ''}{end}"


class KeyParser(XTermParser):
    """Textual's parser of what the terminal sends, with all key reports."""

    def __init__(self, debug: bool = False) -> None:
        _xterm_parser._MAX_SEQUENCE_SEARCH_THRESHOLD = _LONGEST
        super().__init__(debug)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if not _SEQUENCE.fullmatch(sequence) or _READ_ELSEWHERE.fullmatch(sequence):
            return super()._sequence_to_key_events(sequence, alt)
        dropped = [events.Key(Keys.Ignore, sequence)]
        # OverflowError and UnicodeEncodeError: a code that is no character
        with suppress(ValueError, OverflowError):
            report = _REPORT.fullmatch(sequence)
            if report is None or ";" not in report["codes"]:
                return list(super()._sequence_to_key_events(sequence, alt)) or dropped
            pressed = _pressed(report["codes"], report["end"])
            return dropped if pressed is None else list(super()._sequence_to_key_events(pressed, alt)) or dropped
        return dropped
