"""Days as people type them, and as they are said. What can be read two ways is never guessed."""

import re
from datetime import date, datetime

from store.refused import Refused

FAR_AHEAD = 5
"""Years ahead beyond which a day is asked about, though it is taken."""

FIRST_YEAR = 2000
"""The year before which a day is asked about, though it is taken."""

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
"""The names of the months, as they are typed."""

_LONGEST = 40  # characters; no day takes more
_YEAR_FIRST = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})")
_DAY_NAMED = re.compile(r"([0-9]{1,2})\.? ([a-z]{3,9})\.?,? ([0-9]{4})")
_MONTH_NAMED = re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")

_HOW = "Type the day as year-month-day, 2026-11-07, or as 7 November 2026."


def read(text: str) -> date:
    """The day that `text` means: `2026-11-07`, `7 November 2026`, `7 nov 2026`, `November 7, 2026` or `7.11.2026`.

    Raises:
        Refused: it has another form, there is no such day, or it can be read two ways, as 07/11/2026 can; the sentence then
            shows both.
    """
    typed = " ".join(text.split()).casefold()
    if len(typed) <= _LONGEST:
        if found := _YEAR_FIRST.fullmatch(typed):
            return _day(found[1], found[3], found[4])
        if found := _DAY_FIRST.fullmatch(typed):
            return _either(found[1], found[3], found[4]) if found[2] != "." else _day(found[4], found[3], found[1])
        if (found := _DAY_NAMED.fullmatch(typed)) and (named := month(found[2])):
            return _day(found[3], str(named), found[1])
        if (found := _MONTH_NAMED.fullmatch(typed)) and (named := month(found[1])):
            return _day(found[3], str(named), found[2])
    raise Refused(_HOW)


def month(name: str) -> int:
    """Which month begins so, from 1; 0 where none does. Three letters tell them apart."""
    return next((at for at, each in enumerate(MONTHS, 1) if each.startswith(name)), 0)


def _maybe(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _day(year: str, month: str, day: str) -> date:
    found = _maybe(year, month, day)
    if found is None:
        named = MONTHS[int(month) - 1].title() if 1 <= int(month) <= 12 else f"in a month {int(month)}"
        raise Refused(f"There is no {int(day)} {named} {int(year)}. {_HOW}")
    return found


def _either(first: str, second: str, year: str) -> date:
    """A day between strokes, which people read in two orders."""
    day_first, month_first = _maybe(year, second, first), _maybe(year, first, second)
    if day_first and month_first and day_first != month_first:
        raise Refused(
            f"That can be {day(day_first)} or {day(month_first)}: type year-month-day, {day_first} or {month_first}."
        )
    found = day_first or month_first
    return found if found is not None else _day(year, second, first)


def day(value: date) -> str:
    """A day as it is said: `2 October 2026`."""
    return f"{value.day} {value:%B %Y}"


def near(value: date, today: date) -> str:
    """A day as a list says it: without the year where that is the present one."""
    return f"{value.day} {value:%B}" if value.year == today.year else day(value)


def date_of(stamp: str) -> date:
    """The day of a point in time in ISO form."""
    return datetime.fromisoformat(stamp).date()


def weekday(value: date) -> str:
    """A day as it is said, with its weekday: `Saturday 7 November 2026`."""
    return f"{value:%A} {day(value)}"


def told(day: date, today: date) -> str:
    """How a day was read, to be checked at a glance: `Saturday 17 October 2026, in 12 days`."""
    days = (day - today).days
    away = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
    return f"{weekday(day)}, {away or (f'in {days:,} days' if days > 0 else f'{-days:,} days ago')}"


def doubt(day: date, today: date) -> str:
    """A question about a year that is hardly meant; empty where there is none."""
    if day.year < FIRST_YEAR or day.year > today.year + FAR_AHEAD:
        return f"Is {day.year} the year that you mean?"
    return ""


def sunset_in_words(decided: str, until: date | None) -> str:
    """What the close decided of the sunset, `lapse` or `renew`: “renewed until 1 December 2026”."""
    if decided != "renew":
        return "lapses at its sunset"
    return f"renewed until {day(until)}" if until else "renewed without an end, which counts as none"
