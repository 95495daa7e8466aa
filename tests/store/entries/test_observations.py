"""Lines of observations: the time, whose it is and the kind are found where they stand, and all else is the text."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.debrief import Debrief
from store.entries import (
    as_read,
    last,
    line_of,
    observation_rule,
    observers,
    replacing_rule,
    take_back,
)
from store.entries.observations import NewObservation, add_observation
from store.model import OBSERVED, Observation, stamp
from store.refused import Refused
from store.report.debrief_report import sections
from store.report.lines import in_order
from store.words.dates import local
from tests.helpers.builders import (
    AT,
    HOSTILE_LINES,
    LONG,
    NOW,
    a_property,
    debrief,
    entered,
    in_short,
    one_line,
    refusal,
    with_pact,
)
from tests.helpers.zones import ZONES, zone

MENDING = replacing_rule("observations", observation_rule())

TODAY = datetime.fromtimestamp(NOW).astimezone().date()


def probe_of(*names: str, begins: int = 0, ends: int = 0) -> Debrief:
    """A probe whose action is from some days after today to some, with observers."""
    found = with_pact(debrief(), starts=TODAY + timedelta(days=begins), ends=TODAY + timedelta(days=ends))
    return replace(found, probe=found.probe.but(observers=names))


def one(line: str, found: Debrief | None = None, kind: str = "", by: str | None = None) -> Observation:
    return entered(observation_rule(kind, by), found or probe_of("Tilda", "Wojtek", "Tom Bell"), line).observations[-1]


def at(day: date, hour: str) -> str:
    return datetime.fromisoformat(f"{day}T{hour}").astimezone().isoformat(timespec="seconds")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("they speak for us", (None, None, "", "they speak for us")),
        ("f: loud", (None, None, "friction", "loud")),
        ("Narrative Shift: x", (None, None, "narrative shift", "x")),
        ("autonomy erosion:x", (None, None, "autonomy erosion", "x")),
        ("s:  two blanks", (None, None, "synergy", " two blanks")),
        (": f: quoted", (None, None, "", "f: quoted")),
        ("At the gate: they push", (None, None, "", "At the gate: they push")),
        ("Tilda said: no", (None, None, "", "Tilda said: no")),
        ("@Tilda f: x", (None, "Tilda", "friction", "x")),
        ("@til x", (None, "Tilda", "", "x")),
        ("@Tom Bell x", (None, "Tom Bell", "", "x")),
        ("@Somebody new: x", (None, "Somebody", "", "new: x")),
        ("Tilda narrative shift: x", (None, "Tilda", "narrative shift", "x")),
        ("woj f: x", (None, "Wojtek", "friction", "x")),
        ("Nobody friction: x", (None, None, "", "Nobody friction: x")),
        ("14:05 f: x", ("14:05", None, "friction", "x")),
        ("9:05 x", ("09:05", None, "", "x")),
        ("14:05: x", ("14:05", None, "", "x")),
        ("14:05, @w a: x", ("14:05", "Wojtek", "autonomy erosion", "x")),
        ("14:05 f: @w x", ("14:05", "Wojtek", "friction", "x")),
        ("@w 14:05 f: x", ("14:05", "Wojtek", "friction", "x")),
        ("@w f: 14:05 x", ("14:05", "Wojtek", "friction", "x")),
        ("f: 14:05 @w x", ("14:05", "Wojtek", "friction", "x")),
        ("f: 14:05 15:05 x", ("14:05", None, "friction", "15:05 x")),
        ("Tilda f: 14:05 x", ("14:05", "Tilda", "friction", "x")),
        ("f:: 14:05 @w x", (None, None, "friction", "14:05 @w x")),
        (": 14:05 @w x", (None, None, "", "14:05 @w x")),
        ("14:05\tTilda f: x", ("14:05", "Tilda", "friction", "x")),
        ("14:05pm x", ("14:05", None, "", "x")),
        ("14h05 f: x", ("14:05", None, "friction", "x")),
        ("14.05 f: x", ("14:05", None, "friction", "x")),
        ("2:05 pm f: x", ("14:05", None, "friction", "x")),
        ("１４：０５　ｆ：x", ("14:05", None, "friction", "x")),
        ("f：shared van", (None, None, "friction", "shared van")),
        ("@Tilda, f: shared van", (None, "Tilda", "friction", "shared van")),
        ("@Zoe, f: shared van", (None, "Zoe", "friction", "shared van")),
        ("14:05, @tom bell: f: x", ("14:05", "Tom Bell", "friction", "x")),
        ("3 14:05 x", (None, None, "", "3 14:05 x")),
        ("mon ami 14:05 x", (None, None, "", "mon ami 14:05 x")),
        ("24h shop was shut", (None, None, "", "24h shop was shut")),
        ("2026-11 x", (None, None, "", "2026-11 x")),
    ],
)
def test_a_line_is_taken_apart(line: str, expected: tuple[str | None, str | None, str, str]) -> None:
    found = one(line)
    when, *rest = expected
    assert (found.by, found.kind, found.text) == tuple(rest)
    assert found.at == (at(TODAY, when) if when else stamp(NOW))


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("2026-10-17T10:05 x", "2026-10-17T10:05"),
        ("2026-10-17 10:05 x", "2026-10-17T10:05"),
        ("2026-10-17 10:05:30 x", "2026-10-17T10:05:30"),
        ("17 Oct 10:05 x", "2026-10-17T10:05"),
        ("17 Oct at 10:05 x", "2026-10-17T10:05"),
        ("17-Oct-2026 10:05 x", "2026-10-17T10:05"),
        ("Sat 17th of October, 10h05 x", "2026-10-17T10:05"),
        ("17.10. 10.05 x", "2026-10-17T10:05"),
        ("yesterday 10:05 x", "2026-11-06T10:05"),
    ],
)
def test_a_day_before_the_time(line: str, when: str) -> None:
    assert one(line).at == datetime.fromisoformat(when).astimezone().isoformat(timespec="seconds")


def test_a_time_in_another_zone_is_the_same_moment() -> None:
    found = one("2026-10-17T10:05+05:30 x")
    assert datetime.fromisoformat(found.at) == datetime(2026, 10, 17, 4, 35, tzinfo=UTC)


@pytest.mark.parametrize(
    ("begins", "ends", "day"),
    [(0, 0, 0), (-3, 2, 0), (2, 3, 0), (-1, -1, -1)],
    ids=["today", "running", "to come", "over"],
)
def test_a_time_without_a_day_is_of_the_day_of_the_action(begins: int, ends: int, day: int) -> None:
    assert one("10:05 x", probe_of(begins=begins, ends=ends)).at == at(TODAY + timedelta(days=day), "10:05")


@pytest.mark.parametrize("zone_of", ZONES)
@pytest.mark.parametrize("begins", [-1, -3], ids=["of one day", "of several"])
@pytest.mark.parametrize(
    ("now", "typed", "day"),
    [
        ("00:30", "00:20", 0),
        ("00:30", "00:30", 0),
        ("00:30", "00:00", 0),
        ("00:30", "23:50", -1),
        ("00:30", "05:00", -1),
        ("05:59", "05:50", 0),
        ("06:00", "00:20", -1),
        ("19:00", "14:05", -1),
    ],
)
def test_in_the_night_after_the_action_an_hour_that_has_been_is_todays(
    now: str, typed: str, day: int, begins: int, zone_of: str
) -> None:
    with zone(zone_of):
        here = datetime.fromisoformat(f"2026-11-08T{now}").astimezone().timestamp()
        found = with_pact(debrief(), starts=date(2026, 11, 8 + begins), ends=date(2026, 11, 7))
        if day and begins != -1:
            with pytest.raises(Refused, match="put the day before the time"):
                observation_rule()(found, f"{typed} x", here)
            return
        seen = observation_rule()(found, f"{typed} x", here).observations[-1]
        assert seen.at == at(date(2026, 11, 8 + day), typed)
        assert MENDING(observation_rule()(found, f"{typed} x", here), line_of(seen), here).observations[-1] == seen


TWICE = [
    ("Europe/Berlin", "2026-10-25T02:{}", "+02:00", "+01:00"),
    ("America/New_York", "2026-11-01T01:{}", "-04:00", "-05:00"),
    ("America/St_Johns", "2026-11-01T01:{}", "-02:30", "-03:30"),
    ("Pacific/Auckland", "2026-04-05T02:{}", "+13:00", "+12:00"),
]
"""Zones with the hour that comes twice there, and what it is called the first and the second time."""


@pytest.mark.parametrize(("name", "hour", "summer", "winter"), TWICE)
def test_in_the_hour_that_comes_twice_the_time_nearest_before_now_is_meant(
    name: str, hour: str, summer: str, winter: str
) -> None:
    with zone(name):
        for now, offset in ((f"{hour.format(45)}{summer}", summer), (f"{hour.format(45)}{winter}", winter)):
            seen = _seen_at(hour.format(30), now)
            assert seen == f"{hour.format(30)}:00{offset}"
        assert _seen_at(hour.format(50), f"{hour.format(45)}{winter}") == f"{hour.format(50)}:00{summer}"
        later = f"{hour[:11].replace('-04-05', '-04-06')}23:00{winter}"
        assert _seen_at(hour.format(30), later) == f"{hour.format(30)}:00{winter}"


def _seen_at(when: str, now: str) -> str:
    """When a line with a time of that day was seen, typed at a time in ISO form."""
    here = datetime.fromisoformat(now)
    found = with_pact(debrief(), starts=here.date(), ends=here.date())
    line = when.replace("T", " ") if when[:10] != now[:10] else when[11:]
    return observation_rule()(found, f"{line} x", here.timestamp()).observations[-1].at


@pytest.mark.parametrize(("name", "hour", "summer", "winter"), TWICE)
def test_an_observation_of_the_hour_that_comes_twice_keeps_its_time_when_it_is_edited(
    name: str, hour: str, summer: str, winter: str
) -> None:
    with zone(name):
        now = datetime.fromisoformat(f"{hour.format(59)}{winter}").timestamp()
        for offset in (summer, winter):
            seen = Observation(probe="p1", number=1, at=f"{hour.format(30)}:00{offset}", text="x")
            found = replace(probe_of(), observations=(seen,))
            assert MENDING(found, line_of(seen), now) == found


def test_a_time_without_a_day_where_there_were_several_is_not_guessed() -> None:
    sentence = refusal(observation_rule(), probe_of(begins=-3, ends=-2), "10:05 x")
    assert f"“{TODAY - timedelta(days=2)} 14:05”" in sentence
    assert one("10:05 x", debrief()).at == at(TODAY, "10:05")


@pytest.mark.parametrize("line", ["23:59 x", "2190-01-01 10:00 x", "19:02 x"])
def test_what_is_still_to_come_was_not_observed(line: str) -> None:
    assert "still to come" in refusal(observation_rule(), probe_of(), line)


def test_another_clock_may_be_a_minute_ahead() -> None:
    assert one("19:01 x").at == at(TODAY, "19:01")


@pytest.mark.parametrize("line", ["25:00 x", "10:99 x", "2026-13-01 10:00 x", "1901-01-01T00:00+30:00 x"])
def test_a_time_that_there_is_not(line: str) -> None:
    assert "There is no " in refusal(observation_rule(), probe_of(), line)


@pytest.mark.parametrize("line", ["f:", "14:05", "14:05 @Tilda f: ", ":"])
def test_a_line_that_says_nothing(line: str) -> None:
    assert "Write what you see" in refusal(observation_rule(), probe_of("Tilda"), line)


def test_a_name_that_fits_two_is_offered_and_not_guessed() -> None:
    assert "Tilda, Tom Bell" in refusal(observation_rule(), probe_of("Tilda", "Tom Bell"), "@t x")
    assert one("T f: x", probe_of("Tilda", "Tom Bell")).text == "T f: x"


def test_what_a_line_does_not_say_is_as_the_screen_has_it() -> None:
    found = one("x", kind="synergy", by="Wojtek")
    assert (found.kind, found.by) == ("synergy", "Wojtek")
    found = one("@Tilda : x", kind="synergy", by="Wojtek")
    assert (found.kind, found.by) == ("", "Tilda")


def test_how_a_line_was_read_is_said() -> None:
    assert as_read(one("14:05 @w f: x"), NOW) == "14:05, friction, Wojtek"
    assert as_read(one("2026-10-17 10:05 x"), NOW) == "17 October 10:05, no kind"


def test_who_can_be_meant() -> None:
    found = entered(observation_rule(), probe_of("Tilda"), "@Ana x", "@TILDA x")
    assert observers(found) == ("Tilda", "Ana")


# ----------------------------------------------------------------------------------------------- mending, taking back


@a_property
@given(one_line, st.sampled_from(["", *OBSERVED]), st.sampled_from([None, "Tilda", "Tom Bell", "Tilda Grey"]))
def test_a_line_that_is_given_back_is_read_as_the_same(text: str, kind: str, by: str | None) -> None:
    seen = Observation(probe="p1", number=1, at=AT, by=by, kind=kind, text=text)
    found = replace(probe_of("Tilda", "Tom Bell"), observations=(seen,))
    assert MENDING(found, line_of(seen), NOW) == found


def test_a_text_that_begins_like_a_part_is_given_back_as_a_text() -> None:
    seen = Observation(probe="p1", number=1, at=AT, kind="friction", text="@tilda 10:05 s: x")
    found = replace(probe_of("Tilda"), observations=(seen,))
    assert MENDING(found, line_of(seen), NOW) == found


@pytest.mark.parametrize("when", ["2026-10-17T10:05", "2026-10-17T10:05:31+02:00"])
def test_the_time_of_what_is_mended_stays_to_the_second(when: str) -> None:
    seen = Observation(probe="p1", number=3, at=when, by="Tilda", kind="synergy", text="x")
    found = replace(probe_of(), observations=(seen,))
    line = line_of(seen).replace(": x", ": y")
    assert MENDING(found, line, NOW).observations == (seen.but(text="y"),)


def test_only_what_was_entered_here_is_mended_or_taken_back() -> None:
    theirs = Observation(probe="p1", number=2, at=AT, text="theirs", note="1.json")
    ours = Observation(probe="p1", number=1, at=AT, text="ours")
    found = replace(probe_of(), observations=(ours, theirs))
    assert last(found, "observations") == ours
    edited = MENDING(found, "ours, edited", NOW)
    assert [(each.number, each.text) for each in edited.observations] == [(1, "ours, edited"), (2, "theirs")]
    assert take_back(found, "observations").observations == (theirs,)
    nothing = replace(probe_of(), observations=(theirs,))
    with pytest.raises(Refused, match="nothing to take back"):
        take_back(nothing, "observations")


def test_what_was_sealed_stays_as_it_was_and_takes_what_is_added() -> None:
    found = replace(debrief(sealed=AT), observations=(Observation(probe="p1", number=1, at=AT, text="x"),))
    assert "is sealed" in refusal(MENDING, found, "y")
    assert [each.text for each in entered(observation_rule(), found, "late").observations] == ["x", "late"]


# -------------------------------------------------------------------------------------------------------------- values


@pytest.mark.parametrize("text", ["-5 degrees all night", "@ana f: x", "14:05 f: x", ": x", "# 3", " x "])
def test_the_text_of_an_observation_that_comes_as_a_value_is_kept_to_the_letter(text: str) -> None:
    new = NewObservation(text, by="Til", kind="synergy")
    seen = add_observation(probe_of("Tilda"), new, NOW).observations[-1]
    assert (seen.at, seen.by, seen.kind, seen.text) == (stamp(NOW), "Til", "synergy", text)
    with pytest.raises(Refused, match="Write what you see"):
        add_observation(probe_of(), NewObservation(" "), NOW)


# --------------------------------------------------------------------------------------------------------- in order


def test_times_with_and_without_a_zone_stand_in_one_order() -> None:
    here = at(TODAY, "10:00")
    times = [f"{TODAY}T09:59", here, f"{TODAY}T10:01", "2199-12-31T23:59", "1901-01-01T00:00"]
    seen = [Observation(probe="p1", number=n, at=when, text="x") for n, when in enumerate(times, 1)]
    assert [each.number for each in in_order(seen[::-1])] == [5, 1, 2, 3, 4]
    assert local(f"{TODAY}T09:59") < local(here)


def test_the_report_tells_them_in_the_order_of_their_times() -> None:
    found = entered(observation_rule(), probe_of("Tilda"), "12:00 @Tilda f: later", "11:00 earlier")
    lines = next(section.lines for section in sections(found, NOW) if section.title == "Observations")
    assert tuple(map(str, lines)) == (
        "7 November, 11:00",
        "    earlier",
        "7 November, 12:00  friction  Tilda",
        "    later",
    )


@pytest.mark.parametrize("text", [*HOSTILE_LINES, *LONG.values()], ids=in_short)
def test_hostile_lines_are_kept_as_they_are_typed(text: str) -> None:
    assert one(f": {text}").text == text
