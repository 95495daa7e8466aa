"""Days as people type them: every clear form is read, none that is unclear is guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.refused import Refused
from store.timekeeper import FIRST, LAST
from store.words import dates
from tests.helpers.builders import HOSTILE_LINES, LONG, in_short

THAT = date(2026, 11, 7)
TODAY = date(2026, 10, 26)
"""A Monday."""


def refused(text: str) -> str:
    with pytest.raises(Refused) as raised:
        dates.read(text, TODAY)
    return str(raised.value)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-07",
        "2026-11-7",
        "2026/11/07",
        "2026.11.07",
        "7.11.2026",
        "07.11.2026",
        "7 November 2026",
        "7. November 2026",
        "  7   NOV 2026 ",
        "7 nov. 2026",
        "07 novem 2026",
        "November 7, 2026",
        "nov 7 2026",
        "20261107",
        "7th of November 2026",
        "the 7th of nov 2026",
        "Nov 7th, 2026",
        "Sat 7 November 2026",
        "saturday, 7. Nov. 2026",
        "Sat 2026-11-07",
        "7-Nov-2026",
        "07-nov-26",
        "7 Nov 26",
        "Nov 7 '26",
        "Nov-07-2026",
        "7 November 2026.",
        "7-Nov",
        "in 12 days",
        "２０２６－１１－０７",
        "٧ november ٢٠٢٦",
        "7 Nov",
        "7nov",
        "7th of November",
        "November 7",
        "Sat 7 November",
        "on sat 7.11.",
        "7.11.",
        "7.11",
    ],
)
def test_every_clear_form_is_read(typed: str) -> None:
    assert dates.read(typed, TODAY) == THAT


@pytest.mark.parametrize("typed", ["07/11/2026", "7/11/2026", "07-11-2026"])
def test_what_can_be_read_two_ways_is_shown_both_ways_and_not_guessed(typed: str) -> None:
    said = refused(typed)
    assert "7 November 2026 or 11 July 2026" in said
    assert "type 2026-11-07 or 2026-07-11" in said


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("25/12/2026", date(2026, 12, 25)), ("12/25/2026", date(2026, 12, 25)), ("7/7/2026", date(2026, 7, 7))],
)
def test_strokes_that_can_be_read_one_way_are(typed: str, wanted: date) -> None:
    assert dates.read(typed, TODAY) == wanted


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("2026-02-30", "30 February 2026"),
        ("29.2.2026", "29 February 2026"),
        ("31 april 2026", "31 April 2026"),
        ("2026-13-07", "7 in month 13 2026"),
        ("31/31/2026", "31 in month 31 2026"),
        ("0000-01-01", "1 January 0"),
    ],
)
def test_a_day_that_there_is_not_is_named(typed: str, named: str) -> None:
    assert refused(typed).startswith(f"There is no {named}. Type a date as 2026-11-07, 7 November 2026 or Sat 7 Nov.")


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11",
        "2026117",
        "2026-11.07",
        "7 ma 2026",
        "7 x 2026",
        "7",
        "november",
        "someday",
        "sat sun",
        "fri 13",
        "a week",
        "in 2 weeks ago",
        "",
    ],
)
def test_anything_else_is_told_the_form_with_a_date_of_this_year(typed: str) -> None:
    assert refused(typed) == "Type a date as 2026-11-07, 7 November 2026 or Sat 7 Nov."
    with pytest.raises(Refused, match=r"as 2031-11-07, 7 November 2031 or Fri 7 Nov\."):
        dates.read(typed, date(2031, 1, 1))


@pytest.mark.parametrize(
    ("typed", "to_come", "was"),
    [
        ("today", date(2026, 10, 26), date(2026, 10, 26)),
        ("tonight", date(2026, 10, 26), date(2026, 10, 26)),
        ("in a week", date(2026, 11, 2), date(2026, 11, 2)),
        ("in 3 weeks", date(2026, 11, 16), date(2026, 11, 16)),
        ("in 2 months", date(2026, 12, 26), date(2026, 12, 26)),
        ("2 days ago", date(2026, 10, 24), date(2026, 10, 24)),
        ("Tomorrow", date(2026, 10, 27), date(2026, 10, 27)),
        ("yesterday", date(2026, 10, 25), date(2026, 10, 25)),
        ("Saturday", date(2026, 10, 31), date(2026, 10, 24)),
        ("sat", date(2026, 10, 31), date(2026, 10, 24)),
        ("thurs", date(2026, 10, 29), date(2026, 10, 22)),
        ("monday", date(2026, 10, 26), date(2026, 10, 26)),
        ("next monday", date(2026, 11, 2), date(2026, 11, 2)),
        ("last monday", date(2026, 10, 19), date(2026, 10, 19)),
        ("next sat", date(2026, 10, 31), date(2026, 10, 31)),
        ("last sat", date(2026, 10, 24), date(2026, 10, 24)),
        ("17 Oct", date(2027, 10, 17), date(2026, 10, 17)),
        ("26 october", date(2026, 10, 26), date(2026, 10, 26)),
        ("17.10.", date(2027, 10, 17), date(2026, 10, 17)),
        ("25/12", date(2026, 12, 25), date(2025, 12, 25)),
        ("29 feb", date(2028, 2, 29), date(2024, 2, 29)),
        ("Sat 17 October", date(2026, 10, 17), date(2026, 10, 17)),
        ("Sun 17 October", date(2027, 10, 17), date(2027, 10, 17)),
    ],
)
def test_without_a_year_it_is_the_day_that_comes_or_in_a_debrief_the_one_that_was(
    typed: str, to_come: date, was: date
) -> None:
    assert dates.read(typed, TODAY) == to_come
    assert dates.read(typed, TODAY, past=True) == was


@pytest.mark.parametrize(
    ("today", "typed", "wanted"),
    [
        (date(2026, 1, 31), "in a month", date(2026, 2, 28)),
        (date(2028, 1, 30), "in 1 month", date(2028, 2, 29)),
        (date(2026, 3, 31), "a month ago", date(2026, 2, 28)),
        (date(2026, 10, 31), "in 4 months", date(2027, 2, 28)),
        (date(2026, 10, 31), "in 2 months", date(2026, 12, 31)),
    ],
)
def test_a_month_that_is_too_short_ends_with_its_last_day(today: date, typed: str, wanted: date) -> None:
    assert dates.read(typed, today) == wanted


@pytest.mark.parametrize("typed", ["7.11.26", "07/11/26", "26-11-07", "7.11.26."])
def test_among_digits_a_year_of_two_could_be_anything(typed: str) -> None:
    assert refused(typed) == "Type the year with four digits, as in 2026-11-07 or 7 November 2026."


def test_a_date_on_another_weekday_is_asked_about() -> None:
    assert refused("Fri 7 November 2026") == "7 November 2026 is a Saturday: type the date again."
    assert "is a Sunday" in refused("Fri 17 October")


def test_without_a_year_too_what_can_be_read_two_ways_is_not_guessed() -> None:
    assert "7 November 2026 or 11 July 2027: type 2026-11-07 or 2027-07-11" in refused("7/11")


@pytest.mark.parametrize("typed", [*HOSTILE_LINES, *LONG.values()], ids=in_short)
def test_no_text_is_too_odd_to_be_refused(typed: str) -> None:
    assert "Type a date as" in refused(typed)


@given(st.dates(FIRST, LAST))
def test_a_day_is_read_as_it_is_said(day: date) -> None:
    for form in (
        f"{day:%Y%m%d}",
        f"{day:%a} {day.day} {day:%b} {day.year}",
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day} {day:%B} {day.year}",
    ):
        assert dates.read(form, TODAY) == day


@given(st.dates(FIRST, LAST))
def test_strokes_are_read_rightly_or_refused(day: date) -> None:
    try:
        assert dates.read(f"{day.day}/{day.month}/{day.year}", TODAY) == day
    except Refused:
        assert day.day <= 12
        assert day.day != day.month


@pytest.mark.parametrize(
    ("days", "away"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (12, "in 12 days"),
        (-30, "30 days ago"),
        (1500, "in 1,500 days"),
    ],
)
def test_how_a_day_was_read_is_told_with_its_weekday(days: int, away: str) -> None:
    assert dates.read_back(THAT, THAT - timedelta(days)) == f"Saturday 7 November 2026, {away}"


@pytest.mark.parametrize(
    ("year", "asked"), [(1999, True), (2000, False), (2026, False), (2031, False), (2032, True), (9999, True)]
)
def test_a_year_that_is_hardly_meant_is_asked_about(year: int, asked: bool) -> None:
    assert dates.unlikely_year(date(year, 1, 1), THAT) == (f"Is {year} the right year?" if asked else "")
