"""Dates as people type them and as Redraw writes them. An ambiguous date is never guessed."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from store.refused import Refused
from store.timekeeper import FIRST, LAST
from store.words.typed_numbers import plain

FIRST_YEAR, FAR_AHEAD = 2000, 5
"""A date before this year, or more years ahead than this, is accepted but questioned."""

_MONTHS = "january february march april may june july august september october november december"
MONTHS = tuple(_MONTHS.split())
"""The names of the months, in lower case."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

NEAR = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
"""Days that are named from today, and how many days from it they are."""

_LONGEST = 40  # characters; no date is longer
_YEAR_FIRST = re.compile(r"([0-9]{4})([-./]?)([0-9]{1,2})\2([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})(?:\2([0-9]{4}))?\.?")
_DAY_NAMED = re.compile(
    r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th)?[-.]? ?(?:of )?([a-z]{3,9})\.?[-,]? ?'?([0-9]{4}|[0-9]{2})?\.?"
)
_MONTH_NAMED = re.compile(
    r"([a-z]{3,9})[-.]? ?(?:the )?([0-9]{1,2})(?:st|nd|rd|th)?(?:[-, ]+'?([0-9]{4}|[0-9]{2}))?\.?"
)
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([-./])[0-9]{1,2}\1[0-9]{2}\.?")
_AWAY = re.compile(r"(?:(in) )?(an?|[0-9]{1,3}) (day|week|month)s?( ago)?")
_WEEKDAY = re.compile(r"(?:(next|last|this|on) )?([a-z]{3,9})\.?,? ?(.*)")


def how(today: date) -> str:
    """What to type, with examples of this year."""
    example = date(today.year, 11, 7)
    return f"Type a date as {example}, {day(example)} or {_short(example)}."


def _short(value: date) -> str:
    return f"{value:%a} {value.day} {value:%b}"


def read(text: str, today: date, past: bool = False) -> date:
    """Parse a date.

    `2026-11-07`, `20261107`, `7 November 2026`, `7th of nov`, `Sat 7 November`, `November 7`, `7.11.2026`, `7.11.`, `Saturday`,
    `next Saturday`, `today`, `tomorrow`, `yesterday`, `in 3 weeks`, `2 days ago`. Beside the name of a month two digits are enough
    for the year; among digits they could be anything.

    Args:
        text: what was typed, in digits of any script.
        today: the day from which one without a year or a month is counted.
        past: whether one without a year is the latest that was, as in a debrief, instead of the next one to come. Today is either.

    Raises:
        Refused: the format is unknown, the date doesn't exist, is another weekday or in another age, or it is ambiguous like
            07/11/2026; the sentence then shows both readings.
    """
    found = _read(text, today, past)
    if not FIRST <= found <= LAST:
        raise Refused(f"That is the year {found.year}: type one from {FIRST.year} to {LAST.year}.")
    return found


def _read(text: str, today: date, past: bool) -> date:
    typed = " ".join(plain(text).split()).casefold()
    if typed in NEAR:
        return today + timedelta(NEAR[typed])
    if len(typed) > _LONGEST:
        raise Refused(how(today))
    if (found := _AWAY.fullmatch(typed)) and bool(found[1]) != bool(found[4]):
        return _away(found[3], (int(found[2]) if found[2].isdecimal() else 1) * (-1 if found[4] else 1), today)
    if (found := _WEEKDAY.fullmatch(typed)) and (named := _weekday(found[2])) is not None:
        return _on_weekday(found, named, today, past)
    return _on_day(typed, today, past)


def _away(unit: str, count: int, today: date) -> date:
    """The day so many days, weeks or months from today; a month that is too short for it ends with its last day."""
    if unit != "month":
        return today + timedelta(count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 + count
    days = (_maybe(months // 12, months % 12 + 1, day) for day in range(today.day, 27, -1))
    return next(filter(None, days), date(months // 12, months % 12 + 1, min(today.day, 28)))


def _weekday(name: str) -> int | None:
    fits = (
        at for at, each in enumerate(WEEKDAYS) if each.startswith(name) or (name, at) in (("tues", 1), ("thurs", 3))
    )
    return next(fits, None)


def _on_weekday(found: re.Match[str], named: int, today: date, past: bool) -> date:
    """A weekday by itself, or one before a date: where the year is missing, it tells the next such date from the latest."""
    if not found[3]:
        another, back = found[1] in ("last", "next"), found[1] == "last" or (past and found[1] != "next")
        away = (today.weekday() - named if back else named - today.weekday()) % 7 or 7 * another
        return today + timedelta(-away if back else away)
    readings = [_on_day(found[3], today, past), _on_day(found[3], today, not past)]
    if fits := [each for each in readings if each.weekday() == named]:
        return fits[0]
    raise Refused(f"{day(readings[0])} is a {readings[0]:%A}: type the date again.")


def _on_day(typed: str, today: date, past: bool) -> date:
    def dated(year: str | None, month: str, day: str) -> date:
        if year and len(year) == 2:
            year = f"{today.year // 100}{year}"
        return _day(year or str(_year(int(month), int(day), today, past)), month, day, today)

    if found := _YEAR_FIRST.fullmatch(typed):
        if found[2] or len(typed) == 8:
            return dated(found[1], found[3], found[4])
    elif (found := _DAY_FIRST.fullmatch(typed)) and (found[2] == "." or not typed.endswith(".")):
        day_first, month_first = (found[4], found[3], found[1]), (found[4], found[1], found[3])
        return dated(*day_first) if found[2] == "." else _either(dated, day_first, month_first)
    elif (found := _DAY_NAMED.fullmatch(typed)) and (named := month(found[2])):
        return dated(found[3], str(named), found[1])
    elif (found := _MONTH_NAMED.fullmatch(typed)) and (named := month(found[1])):
        return dated(found[3], str(named), found[2])
    elif _SHORT_YEAR.fullmatch(typed):
        raise Refused(
            f"Type the year with four digits, as in {date(today.year, 11, 7)} or {day(date(today.year, 11, 7))}."
        )
    raise Refused(how(today))


def _year(month: int, day: int, today: date, past: bool) -> int:
    """The year of a date without one: that of the next such day, or of the latest; a 29 February has to wait for its year."""
    step = -1 if past else 1
    for year in range(today.year, today.year + 9 * step, step):
        found = _maybe(year, month, day)
        if found is not None and (found <= today if past else found >= today):
            return year
    return today.year


def month(name: str) -> int:
    """The number of the month that begins with `name`, from 1, or 0 if none does. Three letters are enough."""
    return next((at for at, each in enumerate(MONTHS, 1) if each.startswith(name)), 0)


def _maybe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(year: str, month: str, day: str, today: date) -> date:
    if found := _maybe(int(year), int(month), int(day)):
        return found
    named = MONTHS[int(month) - 1].title() if 1 <= int(month) <= 12 else f"in month {int(month)}"
    raise Refused(f"There is no {int(day)} {named} {int(year)}. {how(today)}")


def _either(dated: Callable[..., date], *orders: tuple[str | None, str, str]) -> date:
    """A date with slashes or dashes, which people read in two orders: first the day, or first the month."""
    found: list[date] = []
    for order in orders:
        with suppress(Refused):
            found.append(dated(*order))
    if not found:
        return dated(*orders[0])
    first, last = found[0], found[-1]
    if first != last:
        raise Refused(f"That could be {day(first)} or {day(last)}: type {first} or {last}.")
    return first


def day(value: date) -> str:
    """A date in words: `2 October 2026`."""
    return f"{value.day} {value:%B %Y}"


def short_day(value: date, today: date) -> str:
    """A date in words, without the year if it is the current one."""
    return f"{value.day} {value:%B}" if value.year == today.year else day(value)


def day_at(now: float) -> date:
    """The date at a time in seconds since the epoch, in this computer's zone."""
    return datetime.fromtimestamp(now).astimezone().date()


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


def rhythm_in_words(rhythm: str, until: date | None) -> str:
    """What the close decided comes next: “pause until 1 December 2026”."""
    return f"{rhythm} until {day(until)}" if rhythm == "pause" and until else rhythm
