"""Dates as people type them and as Redraw writes them. An ambiguous date is never guessed."""

import re
from datetime import UTC, date, datetime

from store.refused import Refused

FIRST_YEAR, FAR_AHEAD = 2000, 5
"""A date before this year, or more years ahead than this, is accepted but questioned."""

_MONTHS = "january february march april may june july august september october november december"
MONTHS = tuple(_MONTHS.split())
"""The names of the months, in lower case."""

_LONGEST = 40  # characters; no date is longer
_YEAR_FIRST = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})")
_DAY_NAMED = re.compile(r"([0-9]{1,2})\.? ([a-z]{3,9})\.?,? ([0-9]{4})")
_MONTH_NAMED = re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")

_HOW = "Type a date as 2026-11-07 or 7 November 2026."


def read(text: str) -> date:
    """Parse a date: `2026-11-07`, `7 November 2026`, `7 nov 2026`, `November 7, 2026` or `7.11.2026`.

    Raises:
        Refused: the format is unknown, the date doesn't exist, or it is ambiguous like 07/11/2026; the sentence then shows
            both readings.
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
    """The number of the month that begins with `name`, from 1, or 0 if none does. Three letters are enough."""
    return next((at for at, each in enumerate(MONTHS, 1) if each.startswith(name)), 0)


def _maybe(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _day(year: str, month: str, day: str) -> date:
    if found := _maybe(year, month, day):
        return found
    named = MONTHS[int(month) - 1].title() if 1 <= int(month) <= 12 else f"in month {int(month)}"
    raise Refused(f"There is no {int(day)} {named} {int(year)}. {_HOW}")


def _either(first: str, second: str, year: str) -> date:
    """A date with slashes or dashes, which people read in two orders."""
    day_first, month_first = _maybe(year, second, first), _maybe(year, first, second)
    if day_first and month_first and day_first != month_first:
        raise Refused(f"That could be {day(day_first)} or {day(month_first)}: type {day_first} or {month_first}.")
    return day_first or month_first or _day(year, second, first)


def day(value: date) -> str:
    """A date in words: `2 October 2026`."""
    return f"{value.day} {value:%B %Y}"


def short_day(value: date, today: date) -> str:
    """A date in words, without the year if it is the current one."""
    return f"{value.day} {value:%B}" if value.year == today.year else day(value)


def date_of(stamp: str) -> date:
    """The date of an ISO timestamp."""
    return datetime.fromisoformat(stamp).date()


def local(stamp: str) -> datetime:
    """An ISO timestamp in this computer's zone; one without a zone, as in a room file, is already in it."""
    when = datetime.fromisoformat(stamp)
    try:
        return when.astimezone()
    except (ValueError, OverflowError):  # the first and last representable days can't move to another zone
        return when.replace(tzinfo=UTC)


def weekday(value: date) -> str:
    """A date in words with its weekday: `Saturday 7 November 2026`."""
    return f"{value:%A} {day(value)}"


def read_back(day: date, today: date) -> str:
    """How a date was parsed, so that people can check it at a glance: `Saturday 17 October 2026, in 12 days`."""
    days = (day - today).days
    away = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
    return f"{weekday(day)}, {away or (f'in {days:,} days' if days > 0 else f'{-days:,} days ago')}"


def unlikely_year(day: date, today: date) -> str:
    """A question about an unlikely year; otherwise empty."""
    if day.year < FIRST_YEAR or day.year > today.year + FAR_AHEAD:
        return f"Is {day.year} the right year?"
    return ""


def sunset_in_words(decided: str, until: date | None) -> str:
    """What the close decided about the sunset, `lapse` or `renew`: “renewed until 1 December 2026”."""
    if decided != "renew":
        return "lapses at its sunset"
    return f"renewed until {day(until)}" if until else "renewed without a new end, so it still lapses"
