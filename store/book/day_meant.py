"""Reading a day from what somebody types to see the guidelines of that day."""

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date

from store.refused import Refused
from store.words import dates

_YEAR = re.compile("(?:19|20)[0-9]{2}")
_NUMBERED = re.compile("([0-9]{4})[-./]([0-9]{1,2})|([0-9]{1,2})[-./]([0-9]{4})")
_NAMED = re.compile(r"([a-z]{3,9})\.?,? ([0-9]{4})")
_FILLING = re.compile(
    "what|which|did|do|we|us|our|hold|held|have|had|stand|stood|were|was|is|are|the|guidelines|principles|in|on|at|by|of|end|last|back"
    "|then|during"
)
"""Words of a question that don't tell which day is meant."""


def day_meant(typed: str, today: date) -> date | None:
    """The day that is meant, or the last day of a month or year: `2026-03-15`, `03/2026`, `2025`, `what did we hold in March?`.

    Without a year it is the latest that has begun by `today`. None where the text names no day: then it is words to find.
    """
    text = " ".join(word for word in typed.casefold().rstrip(" ?!.").split() if not _FILLING.fullmatch(word))
    if _YEAR.fullmatch(text):
        return date(int(text), 12, 31)
    if found := _NUMBERED.fullmatch(text):
        return _end(int(found[1] or found[4]), int(found[2] or found[3]))
    if (found := _NAMED.fullmatch(text)) and (month := dates.month(found[1])):
        return _end(int(found[2]), month)
    if text in dates.MONTHS:  # in full: fewer letters begin a word
        month = dates.month(text)
        return _end(today.year - (month > today.month), month)
    for year in ("", f" {today.year}", f" {today.year - 1}"):
        with suppress(Refused):
            if (day := dates.read(text + year)) <= today or not year:
                return day
    return None


def _end(year: int, month: int) -> date | None:
    """The last day of a month, if there is such a month."""
    with suppress(ValueError):
        return date(year, month, monthrange(year, month)[1])
    return None
