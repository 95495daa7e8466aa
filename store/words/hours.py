"""Hours as people type them, alone or behind a day: `14:05`, `14h05`, `14.05`, `3pm`, `17 Oct 14:05`."""

import re
from datetime import date, time

from store.refused import Refused
from store.words import dates
from store.words.typed_numbers import plain

FORMS = "14:05, 14h05, 14.05 or 3pm"
"""The forms of an hour, for a refusal."""

_HOUR = (
    r"\d{1,2}(?:[:h.]\d{2}(?::\d{2})?)?\s?[ap]\.?m\b\.?"  # 3pm, 2:05 p.m.
    r"|\d{1,2}:\d{2}(?::\d{2})?|\d{1,2} ?h ?\d{2}|\d{2}\.\d{2}"
)
_NAMED = rf"(?:{'|'.join(each[:3] for each in (*dates.MONTHS, *dates.WEEKDAYS))})[a-z]*"
_WORD = rf"(?:\d[\d./-]*(?:st|nd|rd|th|{_NAMED}(?:-\d{{2,4}})?)?|{_NAMED}|{'|'.join(dates.NEAR)}|last|of|the)"
_LEADING = re.compile(
    rf"\s*(?:(?P<day>{_WORD}(?:[.,]?[ \t]+{_WORD}){{0,4}}?)[.,]?(?:T|[ \t]+(?:at[ \t]+)?))??"
    rf"(?P<hour>{_HOUR})(?P<zone>Z|[+-]\d{{2}}:?\d{{2}})?(?=[\s,;:]|\Z)",
    re.ASCII | re.IGNORECASE,
)

_PARTS = re.compile(r"(\d{1,2})(?:(?:[:.]| ?h ?)(\d{2}))?(?::(\d{2}))?\s?(?:([ap])\.?m\.?)?", re.ASCII | re.IGNORECASE)


def leading(line: str) -> re.Match[str] | None:
    """An hour with which a line begins, perhaps behind a day or with its zone, as groups with these names.

    The places of the match are those of the line.
    """
    return _LEADING.match(plain(line))


def read(text: str) -> time:
    """Parse an hour, from 0 to 23 or with am or pm.

    Raises:
        Refused: there is no such hour.
    """
    found = _PARTS.fullmatch(plain(text).strip())
    try:
        if not found:
            raise ValueError
        hour = int(found[1])
        if found[4] and hour <= 12:
            hour = hour % 12 + (12 if found[4] in "pP" else 0)
        return time(hour, int(found[2] or 0), int(found[3] or 0))
    except ValueError as error:
        raise Refused(f"There is no time “{text.strip()[:20]}”: type it as {FORMS}.") from error


def day_and_hour(text: str, today: date, past: bool) -> tuple[date, time | None]:
    """Parse a day with or without an hour behind it: `2026-11-07 15:30`, `7 Nov 3pm`; see `dates.read`.

    Raises:
        Refused: see `dates.read` and `read`.
    """
    found = _LEADING.fullmatch(plain(text).strip())
    if found is None or not found["day"]:
        return dates.read(text, today, past), None
    return dates.read(found["day"], today, past), read(found["hour"])
