"""How a session moves: nothing locks at zero, nothing is lost on the way, nothing is sealed by accident."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import entries
from store.debrief import Debrief
from store.matrix import figures, in_words
from store.model import Amendment, Change, Closing, Felt, Session
from store.phases import NAMES, PHASES
from store.refused import Refused
from store.session import amending, decisions, flow
from store.timekeeper import FIRST, LAST
from store.trends.read_cases import cases
from tests.helpers.builders import (
    AT,
    NOW,
    a_property,
    debrief,
    entered,
    expected_rule,
    ready_to_seal,
    with_ballots,
    with_moments,
    with_pact,
)
from tests.helpers.zones import ZONES, in_every_zone, zone
from tests.store.trends.test_trends import Rows

PLANNED = 75 * 60
"""Seconds of all eight phases."""


def running(phase: str = "silent_mapping") -> Debrief:
    """A session whose phase was started at NOW."""
    return flow.start_or_pause(debrief("Ana", "Bo", phase=phase), NOW)


def happened(found: Debrief) -> list[tuple[str, str, float | None]]:
    """The event record, without its times."""
    return [(event.phase, event.what, event.seconds) for event in found.events]


# ------------------------------------------------------------------------------------------------------------ the clock


def test_the_phases_take_as_long_as_the_table_says() -> None:
    assert [(each.name, each.minutes) for each in PHASES] == [
        ("opening", 5),
        ("silent_mapping", 10),
        ("small_groups", 15),
        ("reposition", 10),
        ("amendments", 15),
        ("sovereignty", 5),
        ("decompression", 10),
        ("close", 5),
    ]


def test_the_first_start_begins_the_session() -> None:
    started = running("opening")
    assert started.session.began == NOW
    assert started.clock().left(NOW + 10) == 290
    assert happened(started) == [("opening", "session began", None)]


def test_every_start_pause_and_extension_is_recorded_with_what_was_left() -> None:
    found = running()
    found = flow.start_or_pause(found, NOW + 10)
    found = flow.start_or_pause(found, NOW + 100)
    found = flow.extend(found, NOW + 110)
    found = flow.extend(found, NOW + 110, minutes=-2)
    found = flow.restart(found, NOW + 120)
    assert happened(found)[1:] == [
        ("silent_mapping", "paused", 590),
        ("silent_mapping", "went on", 590),
        ("silent_mapping", "extended", 60),
        ("silent_mapping", "shortened", -120),
        ("silent_mapping", "restarted", 30),
    ]
    assert [event.number for event in found.events] == [1, 2, 3, 4, 5, 6]
    assert found.clock().left(NOW + 120) == 600


def test_nothing_locks_at_zero() -> None:
    over = NOW + 700
    found = entered(entries.moment_rule(Felt.STRENGTHENED), running(), "still writing")
    assert found.moments[0].text == "still writing"
    assert flow.extend(found, over).clock().left(over) == -40
    assert flow.start_or_pause(found, over).clock().left(over + 99) == -100
    assert flow.advance(found, over).session.phase == "small_groups"


def test_taking_a_minute_where_none_is_left_is_refused() -> None:
    found = flow.extend(running(), NOW + 580, minutes=-1)
    assert found.clock().left(NOW + 580) == 0
    with pytest.raises(Refused, match="No time is left to take") as raised:
        flow.extend(found, NOW + 580, minutes=-1)
    assert raised.value.remedy == "go on"
    with pytest.raises(Refused, match="No time is left to take"):
        flow.extend(running(), NOW + 601, minutes=-1)


# ----------------------------------------------------------------------------------------------------------- the phases


def test_a_session_goes_through_the_eight_phases_and_back() -> None:
    found = running("opening")
    for name in NAMES[1:]:
        found = flow.advance(found, NOW)
        assert found.session.phase == name
    with pytest.raises(Refused, match="last phase"):
        flow.advance(found, NOW)
    for name in reversed(NAMES[:-1]):
        found = flow.go_back(found, NOW)
        assert found.session.phase == name
    with pytest.raises(Refused, match="first phase"):
        flow.go_back(found, NOW)


@a_property
@given(st.floats(0, 900), st.floats(0, 900), st.integers(-5, 5))
def test_back_returns_to_the_phase_with_its_content_and_the_time_that_it_had_left(
    used: float, elsewhere: float, minutes: int
) -> None:
    found = with_moments(running(), "one", "two")
    if minutes:
        found = flow.extend(found, NOW, minutes)
    left, there = found.clock().left(NOW + used), NOW + used
    back = flow.go_back(flow.advance(found, there), there + elsewhere)
    assert back.session.phase == "silent_mapping"
    assert back.clock().left(there + elsewhere) == pytest.approx(left, abs=1e-4)
    assert back.clock().running
    assert back.moments == found.moments


def test_the_phase_that_is_left_stands_still_and_the_next_one_runs() -> None:
    found = flow.advance(running(), NOW + 100)
    assert not found.clock("silent_mapping").running
    assert found.clock("silent_mapping").left(NOW + 5000) == 500
    assert found.clock().left(NOW + 160) == 15 * 60 - 60


def test_what_is_paused_stays_paused_in_the_next_phase() -> None:
    paused = flow.start_or_pause(running(), NOW + 60)
    there = flow.advance(paused, NOW + 100)
    assert not there.clock().running
    back = flow.go_back(flow.advance(there, NOW + 200), NOW + 300)
    assert not back.clock().running
    assert back.clock().left(NOW + 400) == 15 * 60
    assert flow.advance(flow.start_or_pause(back, NOW + 400), NOW + 401).clock().running


def test_advances_and_returns_are_recorded_in_the_phase_that_was_left() -> None:
    found = flow.go_back(flow.advance(running(), NOW + 640), NOW + 700)
    assert happened(found)[1:] == [("silent_mapping", "advanced", -40), ("small_groups", "returned", 840)]


def test_before_the_first_start_phases_can_be_looked_at_and_no_clock_runs() -> None:
    found = flow.advance(debrief("Ana"), NOW)
    assert found.session.began is None
    assert not found.clock().running
    assert flow.start_or_pause(found, NOW).session.began == NOW


# ------------------------------------------------------------------------------------------------------------- the away


def test_an_absence_that_counts_is_recorded_and_the_time_is_gone() -> None:
    found = flow.came_back(running(), NOW + 400, 300, counts=True)
    assert found.clock().left(NOW + 400) == 200
    assert happened(found)[-1] == ("silent_mapping", "away, counted", 300)


def test_an_absence_that_does_not_count_gives_its_time_back() -> None:
    found = flow.came_back(running(), NOW + 400, 300, counts=False)
    assert found.clock().left(NOW + 400) == 500
    assert found.clock().left(NOW + 410) == 490
    assert happened(found)[-1] == ("silent_mapping", "away, not counted", 300)


def test_a_clock_that_was_started_during_the_absence_does_not_stand_still_afterwards() -> None:
    found = flow.came_back(running(), NOW + 20, 3600, counts=False)
    assert found.clock().left(NOW + 20) == 600
    assert found.clock().left(NOW + 30) == 590


def test_an_absence_in_a_pause_changes_no_clock() -> None:
    paused = flow.start_or_pause(running(), NOW + 100)
    assert flow.came_back(paused, NOW + 900, 800, counts=False).clock() == paused.clock()


@pytest.mark.parametrize("by", [-86400.0, -3600.0, 7200.0, 3 * 86400.0])
def test_a_computer_whose_clock_was_set_goes_on_as_before_by_the_new_time(by: float) -> None:
    before = flow.advance(flow.start_or_pause(debrief("Ana", "Bo"), NOW), NOW + 100)
    found = flow.clock_set(before, NOW + 160 + by, by)
    assert found.clock().left(NOW + 160 + by) == before.clock().left(NOW + 160)
    was, now = flow.projection(before, NOW + 160), flow.projection(found, NOW + 160 + by)
    assert (now.ends, now.over) == (was.ends + by, was.over)
    assert found.session.began == NOW + by
    direction = "back" if by < 0 else "forward"
    assert happened(found)[-1] == ("silent_mapping", f"computer's clock set {direction}", by)
    assert found.events[:-1] == before.events, "what is recorded stays as it was recorded"


def test_a_clock_that_is_set_moves_nothing_in_a_session_that_has_not_begun_or_is_over() -> None:
    fresh = debrief("Ana", "Bo")
    assert flow.clock_set(fresh, NOW, 3600) == fresh
    over = flow.seal(ready_to_seal(), NOW)
    assert flow.clock_set(over, NOW, 3600) == over


def test_how_long_nobody_saw_a_clock_leaves_out_what_was_answered_for() -> None:
    found = running()
    known = flow.last_event(found)
    assert flow.last_seen(found, None, known, NOW + 900) == NOW
    assert flow.last_seen(found, NOW - 50, known, NOW + 900) == NOW
    assert flow.last_seen(found, NOW + 100, known, NOW + 900) == NOW + 100
    answered = flow.came_back(found, NOW + 700, 500, counts=True)
    assert flow.last_seen(answered, NOW + 100, known, NOW + 900) == NOW + 600
    assert flow.last_seen(answered, NOW + 702, flow.last_event(answered), NOW + 900) == NOW + 702
    paused = flow.start_or_pause(found, NOW + 60)
    assert flow.last_seen(paused, NOW + 60, known, NOW + 900) == NOW + 900


def test_by_how_much_the_clock_was_set_is_told_from_what_happened_since() -> None:
    found = running()
    known = flow.last_event(found)
    assert flow.set_since(found, known) == 0
    moved = flow.clock_set(flow.clock_set(found, NOW, 3600), NOW, -60)
    assert flow.set_since(moved, known) == 3540
    assert flow.set_since(moved, flow.last_event(moved)) == 0


# ------------------------------------------------------------------------------------------------------- the projection


def test_the_projected_end_is_the_sum_of_the_plans() -> None:
    found = running("opening")
    assert flow.projection(found, NOW) == flow.Projection(ends=NOW + PLANNED, over=0)
    assert flow.projection(found, NOW + 200) == flow.Projection(ends=NOW + PLANNED, over=0)


def test_before_the_start_the_end_moves_with_the_present() -> None:
    assert flow.projection(debrief(), NOW).ends == NOW + PLANNED
    assert flow.projection(debrief(), NOW + 60) == flow.Projection(ends=NOW + 60 + PLANNED, over=0)


def test_a_pause_pushes_the_end() -> None:
    paused = flow.start_or_pause(running("opening"), NOW + 60)
    assert flow.projection(paused, NOW + 360) == flow.Projection(ends=NOW + PLANNED + 300, over=300)


def test_overtime_pushes_the_end_and_leaving_early_brings_it_forward() -> None:
    assert flow.projection(running("opening"), NOW + 420).over == 120
    assert flow.projection(flow.advance(running("opening"), NOW + 100), NOW + 100).over == -200


@a_property
@given(st.floats(0, 1200), st.sampled_from([1, 2, 5]), st.sampled_from(NAMES))
def test_what_an_extension_does_to_the_end_is_known_before_it_is_made(used: float, minutes: int, name: str) -> None:
    found, now = running(name), NOW + used
    told = flow.projection(found, now, extra=minutes * flow.MINUTE)
    assert flow.projection(flow.extend(found, now, minutes), now).ends == pytest.approx(told.ends, abs=1e-3)


def test_a_demo_that_runs_faster_ends_sooner() -> None:
    found = flow.start_or_pause(debrief(rate=60.0), NOW)
    assert flow.projection(found, NOW) == flow.Projection(ends=NOW + 75, over=0)
    assert flow.projection(found, NOW + 7).over == pytest.approx(2)


# --------------------------------------------------------------------------------------------------------- the lateness

ENDS = datetime(2026, 11, 7, 15, 30).astimezone()


@pytest.mark.parametrize(
    ("at", "with_hour", "said"),
    [
        (ENDS + timedelta(hours=3), True, "3 h after the action, within the 24 hours."),
        (ENDS + timedelta(hours=24), True, "24 h after the action, within the 24 hours."),
        (ENDS + timedelta(hours=26), True, "26 h after the action: 2 h later than the 24 hours."),
        (ENDS - timedelta(minutes=1), True, "The action has not ended yet."),
        (ENDS + timedelta(hours=3), False, "On the day of the action, within the 24 hours."),
        (ENDS - timedelta(days=5), False, "The action has not ended yet."),
        (ENDS.replace(hour=6, minute=0) + timedelta(days=1), False, "6 h after the action, within the 24 hours."),
    ],
)
def test_how_late_the_debrief_is_against_twenty_four_hours(at: datetime, with_hour: bool, said: str) -> None:
    found = with_pact(debrief(), ends=date(2026, 11, 7), ends_at=time(15, 30) if with_hour else None)
    assert flow.lateness(found, at.timestamp()) == said


def test_the_lateness_is_that_of_the_beginning_and_not_of_the_look() -> None:
    found = with_pact(debrief(began=ENDS.timestamp() + 3600), ends=ENDS.date(), ends_at=ENDS.time())
    assert flow.lateness(found, ENDS.timestamp() + 1e6) == "1 h after the action, within the 24 hours."


def test_a_debrief_that_was_imported_is_as_late_as_its_seal_and_grows_no_later() -> None:
    found = with_pact(debrief(sealed="2026-11-07T20:00:00"), ends=ENDS.date(), ends_at=ENDS.time())
    assert flow.lateness(found, ENDS.timestamp() + 1e7) == "4 h 30 min after the action, within the 24 hours."


SEALED = [
    ("Europe/Berlin", "2026-11-07", "14:40", "2026-11-07T16:30"),
    ("Europe/Berlin", "2026-10-24", "23:00", "2026-10-25T18:00"),
    ("Europe/Berlin", "2026-11-07", None, "2026-11-07T20:00"),
    ("America/New_York", "2026-10-31", "22:00", "2026-11-01T20:30"),
    ("America/New_York", "2026-11-07", None, "2026-11-08T00:30"),
    ("Pacific/Auckland", "2026-04-04", "23:30", "2026-04-06T01:00"),
    ("Pacific/Auckland", "2026-09-26", "23:30", "2026-09-27T23:00"),
    ("Asia/Kathmandu", "2026-11-07", "23:59", "2026-11-08T00:01"),
    ("UTC", "2026-11-07", None, "2026-11-09T00:01"),
]
"""A zone, the last day of an action and its hour, and when its debrief began; some with the end of summer time between."""


@pytest.mark.parametrize(("name", "ends", "hour", "began"), SEALED)
def test_what_was_true_in_the_room_is_told_alike_in_every_zone(
    name: str, ends: str, hour: str | None, began: str
) -> None:
    with zone(name):
        at = datetime.fromisoformat(began).astimezone().timestamp()
        found = with_pact(
            ready_to_seal("Ana", began=at),
            ends=date.fromisoformat(ends),
            ends_at=time.fromisoformat(hour) if hour else None,
        )
        said = flow.lateness(found, at)
        sealed = flow.seal(found, at + 3600)
    assert said
    assert in_every_zone(lambda: flow.lateness(sealed, at + 1e6)) == [said] * len(ZONES)
    rows = Rows(probes=[sealed.probe.row()], sessions=[sealed.session.row()])
    in_time = in_every_zone(lambda: cases(rows)[0].in_time)
    assert in_time == ["later than" not in said] * len(ZONES)


@pytest.mark.parametrize(
    ("sealed", "began", "said"),
    [
        ("2026-11-07T17:20:00+01:00", "2026-11-07T16:30:00+01:00", "1 h 50 min after the action, within the 24 hours."),
        ("2026-11-07T17:20:00+13:00", "2026-11-07T16:30:00+13:00", "1 h 50 min after the action, within the 24 hours."),
        ("2026-11-07T17:20:00+01:00", None, "2 h 40 min after the action, within the 24 hours."),
        ("2026-11-07T17:20:00", None, "2 h 40 min after the action, within the 24 hours."),
    ],
    ids=["of an older record", "of the other half of the year", "of a record without its beginning", "of a room file"],
)
def test_a_record_that_keeps_less_is_told_alike_in_every_zone(sealed: str, began: str | None, said: str) -> None:
    at = datetime.fromisoformat(began).timestamp() if began else None
    found = with_pact(debrief(began=at, sealed=sealed), ends=date(2026, 11, 7), ends_at=time(14, 40))
    assert in_every_zone(lambda: flow.lateness(found, NOW + 1e6)) == [said] * len(ZONES)


def test_an_expectation_of_a_sealed_debrief_is_judged_by_the_hours_of_its_room() -> None:
    found = with_ballots(debrief("Ana", sealed="2026-11-07T17:20:00+01:00"), {"Ana": (5, 5)}, round=0)
    before = replace(found, placements=(found.placements[0].but(at="2026-11-07T14:30:00+01:00"),))
    dated = with_pact(before, ends=date(2026, 11, 7), ends_at=time(14, 40))
    judged = in_every_zone(lambda: flow.judged_anew(dated).placements[0].reconstructed)
    assert judged == [False] * len(ZONES)


def test_without_a_date_nothing_is_said_of_lateness() -> None:
    assert flow.lateness(debrief(), NOW) == ""


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_the_ends_of_the_calendar_break_nothing(day: date) -> None:
    assert flow.lateness(with_pact(debrief(), ends=day), NOW)
    assert flow.lateness(with_pact(debrief(), ends=day, ends_at=time(0, 1)), NOW)


# ------------------------------------------------------------------------------------------------------------- the seal

RENEWAL = Closing(
    sunset="renew",
    rhythm="reflect",
    reason="The lane asked for it.",
    decided_by="the lane, by consensus",
    renewed_until=date(2026, 12, 1),
)
LAPSE = Closing(sunset="lapse", rhythm="pause")


def amended(found: Debrief) -> Debrief:
    """The same with an amendment in place of the reason why there is none."""
    said = Amendment(session="s1", number=1, at=AT, guideline=1, principle="We read it aloud.", decision="vote")
    return replace(found.with_session(no_amendment=""), amendments=(said,))


def test_there_is_no_seal_without_an_amendment_or_a_reason_why_there_is_none() -> None:
    found = ready_to_seal("Ana", no_amendment="  \t ")
    with pytest.raises(Refused, match="No guideline"):
        flow.seal(found, NOW)
    assert flow.seal(amended(found), NOW).sealed
    assert flow.seal(found.with_session(no_amendment="We were too few."), NOW).sealed


@pytest.mark.parametrize(
    ("closing", "wanted"),
    [
        (Closing(rhythm="pause"), "lapses or is renewed"),
        (RENEWAL.but(reason=""), "deliberate"),
        (RENEWAL.but(reason="  "), "deliberate"),
        (RENEWAL.but(decided_by=" "), "write who decided it"),
        (RENEWAL.but(renewed_until=None), "write until when"),
        (RENEWAL.but(renewed_until=date(2026, 11, 7)), "ends after today: 7 November 2026 doesn't"),
        (Closing(sunset="lapse"), "act, reflect or pause"),
    ],
)
def test_there_is_no_seal_before_all_is_decided(closing: Closing, wanted: str) -> None:
    found = ready_to_seal("Ana", closing=closing)
    assert [wanted in str(each) for each in flow.missing(found, NOW)] == [True]
    with pytest.raises(Refused, match=wanted):
        flow.seal(found, NOW)


def test_a_renewal_with_its_reason_and_a_lapse_without_one_can_be_sealed() -> None:
    assert flow.seal(ready_to_seal(closing=RENEWAL), NOW).sealed
    assert flow.seal(ready_to_seal(closing=LAPSE), NOW).sealed


def test_a_renewal_ends_after_the_old_sunset() -> None:
    found = with_pact(ready_to_seal(closing=RENEWAL), sunset=date(2026, 12, 1))
    with pytest.raises(Refused, match="after the old sunset, 1 December 2026: 1 December 2026 doesn't"):
        flow.seal(found, NOW)
    assert flow.seal(with_pact(found, sunset=date(2026, 11, 30)), NOW).sealed


def test_the_close_says_all_that_is_missing_at_once() -> None:
    assert len(flow.missing(debrief(), NOW)) == 3


def test_the_seal_stops_the_clock_keeps_the_gap_and_is_recorded() -> None:
    found = flow.start_or_pause(ready_to_seal("Ana", "Bo", "Cem", began=None), NOW)
    found = with_ballots(found, {"Ana": (7, 6), "Bo": (7, 6), "Cem": (7, 6)}, round=0)
    found = with_ballots(found, {"Ana": (5, 2), "Bo": (5, 2), "Cem": (5, 2)}).with_session(revealed=1)
    done = flow.seal(found, NOW + 100)
    assert done.session.sealed is not None
    assert datetime.fromisoformat(done.session.sealed).timestamp() == NOW + 100
    assert not done.clock().running
    assert done.clock().elapsed(NOW + 9999) == 100
    assert done.session.gap is not None
    assert (done.session.gap.autonomy, done.session.gap.benefit) == (-2, -4)
    assert happened(done)[-1] == ("close", "sealed", None)


def test_ballots_that_the_room_has_not_seen_are_told_of_before_the_seal_shows_them() -> None:
    found = with_ballots(ready_to_seal("Ana", "Bo", "Cem"), {"Ana": (5, 2), "Bo": (5, 3), "Cem": (6, 2)})
    assert flow.blind_at_the_seal(found).startswith("3 ballots are not revealed: the seal shows them")
    assert in_words.headline(figures.figures(found)) == "No gap yet: 3 ballots are not revealed."
    assert flow.seal(found, NOW).session.revealed == 1
    assert flow.blind_at_the_seal(found.with_session(revealed=1)) == ""
    assert flow.blind_at_the_seal(ready_to_seal("Ana")) == ""
    assert flow.seal(ready_to_seal("Ana"), NOW).session.revealed == 0


def test_the_seal_shows_no_round_of_fewer_than_three_ballots() -> None:
    few = with_ballots(ready_to_seal("Ana", "Bo"), {"Ana": (5, 2), "Bo": (0, 9)})
    assert flow.blind_at_the_seal(few) == "2 ballots are too few to be shown: they stay blind."
    done = flow.seal(few, NOW)
    assert done.session.revealed == 0
    assert figures.figures(done).actual.n == 0
    second = with_ballots(few, {"Ana": (1, 1)}, round=2).with_session(round=2, revealed=1)
    assert flow.blind_at_the_seal(second) == "1 ballot is too few to be shown: it stays blind."
    assert flow.seal(second, NOW).session.revealed == 1
    assert flow.seal(few.with_session(round=2, revealed=1), NOW).session.revealed == 1


def test_feelings_are_dropped_at_the_seal_where_they_are_not_kept() -> None:
    found = ready_to_seal(feelings={"tired": 7, "proud": 2})
    assert flow.seal(found, NOW).session.feelings == {"tired": 7, "proud": 2}
    not_kept = decisions.keep_feelings(found, False)
    assert not_kept.session.feelings == {"tired": 7, "proud": 2}
    assert flow.seal(not_kept, NOW).session.feelings == {}


STEPS: dict[str, Callable[[Debrief], object]] = {
    "start": lambda d: flow.start_or_pause(d, NOW),
    "extend": lambda d: flow.extend(d, NOW),
    "restart": lambda d: flow.restart(d, NOW),
    "advance": lambda d: flow.advance(d, NOW),
    "return": lambda d: flow.go_back(d, NOW),
    "seal": lambda d: flow.seal(d, NOW),
    "participant": lambda d: entries.participant_rule(d, "Zoe, Breathers", NOW),
    "ballot": lambda d: entries.ballot_rule(d, "Ana 3 7", NOW),
    "expected": lambda d: expected_rule(d, "Ana 3 7", NOW),
    "pattern": lambda d: entries.pattern_rule(1, Felt.COMPROMISED)(d, "it was decided elsewhere # p1", NOW),
    "feeling": lambda d: entries.feeling_rule(d, "tired", NOW),
    "take back a feeling": lambda d: entries.take_back_feeling_line(d, "tired"),
    "take back a person": lambda d: entries.take_back(d, "participants"),
    "take back a moment": lambda d: entries.take_back(d, "moments"),
    "take back a pattern": lambda d: entries.take_back(d, "patterns"),
    "take back a ballot": lambda d: entries.take_back(d, "ballots"),
    "edit a moment": lambda d: entries.replacing_rule("moments", entries.moment_rule(Felt.STRENGTHENED))(
        d, "better", NOW
    ),
    "edit a person": lambda d: entries.replacing_rule("participants", entries.participant_rule)(
        d, "Zoe, Breathers", NOW
    ),
    "groups": lambda d: decisions.mix_groups(d, NOW),
    "reveal": lambda d: decisions.reveal(d, NOW),
    "another round": lambda d: decisions.another_round(d, NOW),
    "amend": lambda d: amending.amend(d, amending.AmendmentForm(principle="We read it aloud.", because="1"), NOW),
    "take back an amendment": lambda d: amending.take_back_amendment(d),
    "measure": lambda d: decisions.measure(d, "skills", 1, ""),
    "turnout": lambda d: decisions.count(d, "turnout", "12"),
    "joined": lambda d: decisions.count(d, "joined", "2"),
    "stayed": lambda d: decisions.count(d, "stayed", "0"),
    "closing": lambda d: decisions.close_with(d, rhythm="act"),
    "no amendment": lambda d: decisions.explain_no_amendment(d, "later"),
    "keep feelings": lambda d: decisions.keep_feelings(d, False),
}


@pytest.mark.parametrize("step", STEPS)
def test_what_was_said_in_a_sealed_session_stays_as_it_is(step: str) -> None:
    found = entered(entries.moment_rule(Felt.COMPROMISED), ready_to_seal("Ana", feelings={"tired": 1}), "a moment")
    found = entered(entries.pattern_rule(1, Felt.COMPROMISED), found, "a pattern # 1")
    found = flow.seal(entered(entries.ballot_rule, found, "Ana 3 7"), NOW)
    with pytest.raises(Refused, match="sealed"):
        STEPS[step](found)


def test_planned_against_used_holds_the_phases_that_were_entered() -> None:
    found = flow.advance(running("opening"), NOW + 400)
    assert flow.planned_against_used(found, NOW + 460) == (("Opening", 300, 400), ("Silent mapping", 600, 60))


def test_the_measures_stay_with_a_session_that_goes_on() -> None:
    found = running().with_session(sovereignty={"skills": Change(change=1)})
    assert flow.go_back(flow.advance(found, NOW), NOW).session.sovereignty == {"skills": Change(change=1)}
    assert isinstance(found.session, Session)
