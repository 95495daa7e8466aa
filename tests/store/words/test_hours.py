"""Hours as people type them, alone, behind a day, and before a text."""

import time as clock
from datetime import date, time

import pytest

from store.refused import Refused
from store.words import hours
from tests.helpers.builders import LONG

TODAY = date(2026, 11, 7)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("14:05", time(14, 5)),
        ("9:05", time(9, 5)),
        ("14h05", time(14, 5)),
        ("14 h 05", time(14, 5)),
        ("14.05", time(14, 5)),
        ("14:05:30", time(14, 5, 30)),
        ("１４：０５", time(14, 5)),
        ("3pm", time(15)),
        ("3 PM", time(15)),
        ("3:15 p.m.", time(15, 15)),
        ("3.15pm", time(15, 15)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("14:05pm", time(14, 5)),
    ],
)
def test_every_form_of_an_hour_is_read(typed: str, hour: time) -> None:
    assert hours.read(typed) == hour
    found = hours.leading(f"{typed} f: two stewards")
    assert found is not None
    assert found["day"] is None
    assert hours.read(found["hour"]) == hour


@pytest.mark.parametrize("typed", ["25:00", "14:60", "14h99", "x"])
def test_an_hour_that_there_is_not_is_refused_with_the_forms(typed: str) -> None:
    with pytest.raises(Refused, match=r"There is no time “.*”: type it as 14:05, 14h05, 14\.05 or 3pm"):
        hours.read(typed)


@pytest.mark.parametrize("text", ["24h shop", "2.50 euro", "14.05.2026", "1405 people", "5 left at 14:05", "we 14:05"])
def test_what_only_looks_like_an_hour_is_text(text: str) -> None:
    assert hours.leading(text) is None


@pytest.mark.parametrize(
    ("typed", "day", "hour"),
    [
        ("2026-11-07 15:30", date(2026, 11, 7), time(15, 30)),
        ("2026-11-07T15:30", date(2026, 11, 7), time(15, 30)),
        ("7 Nov 3pm", date(2026, 11, 7), time(15)),
        ("Sat 7 November, 15h30", date(2026, 11, 7), time(15, 30)),
        ("tomorrow 15.30", date(2026, 11, 8), time(15, 30)),
        ("17.10.2026 15.30", date(2026, 10, 17), time(15, 30)),
        ("7 Nov", date(2026, 11, 7), None),
        ("14.05", date(2027, 5, 14), None),
    ],
)
def test_a_day_with_or_without_an_hour(typed: str, day: date, hour: time | None) -> None:
    assert hours.day_and_hour(typed, TODAY, past=False) == (day, hour)


@pytest.mark.parametrize("line", [*LONG.values(), "1." * 5_000, "sat " * 2_500, "of the " * 1_500])
def test_no_line_takes_long(line: str) -> None:
    began = clock.process_time()
    hours.leading(line)
    assert clock.process_time() - began < 0.5
