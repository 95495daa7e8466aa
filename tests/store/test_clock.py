"""The clock is start + pauses + extensions against a real clock, and the axis that it reads is never set."""

import math
import sys
import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.clock import Clock, Cue, digits
from store.timekeeper import AWAY_AFTER, SET_BY, Timekeeper, boot, duration, steady
from tests.helpers.builders import NOW, a_property

CLOSE = 1e-4
"""Seconds that floating point may lose over many steps at today's distance from the epoch."""

waits = st.floats(0, 4000)
steps = st.lists(
    st.tuples(waits, st.sampled_from(["start", "pause", "extend", "restart", "set"]), st.floats(-900, 900)),
    max_size=30,
)


@dataclass
class Model:
    """A stopwatch that is told how much time passes."""

    rate: float
    total: float = 600.0
    ran: float = 0.0
    running: bool = False

    def wait(self, seconds: float) -> None:
        self.ran += seconds * self.rate if self.running else 0.0

    def extend(self, seconds: float) -> None:
        self.total = max(self.total + seconds, min(self.ran, self.total))


@a_property
@given(steps, st.sampled_from([1.0, 60.0]))
def test_elapsed_and_left_add_up_over_any_sequence_of_starts_pauses_extensions_and_restarts(
    sequence: list[tuple[float, str, float]], rate: float
) -> None:
    clock, model, now = Clock(planned=600.0, rate=rate), Model(rate), NOW
    for wait, step, amount in sequence:
        now += wait
        model.wait(wait)
        match step:
            case "start":
                clock, model.running = clock.start(now), True
            case "pause":
                clock, model.running = clock.pause(now), False
            case "extend":
                clock = clock.extend(amount, now)
                model.extend(amount)
            case "restart":
                clock, model.total, model.ran = clock.restart(now), 600.0, 0.0
            case "set":
                clock, now = clock.moved(amount), now + amount
        assert clock.running is model.running
        assert clock.elapsed(now) == pytest.approx(model.ran, abs=CLOSE * rate)
        assert clock.left(now) == pytest.approx(model.total - model.ran, abs=CLOSE * rate)
        assert clock.total == pytest.approx(model.total, abs=CLOSE * rate)


@a_property
@given(st.lists(st.floats(0.001, 90), max_size=40), st.floats(0, 0.05))
def test_ten_minutes_are_right_to_fifty_milliseconds_however_late_the_clock_is_looked_at(
    looks: list[float], late: float
) -> None:
    elapsed = [100.0]
    timekeeper = Timekeeper(wall=lambda: NOW, steady=lambda: elapsed[0])
    clock = Clock(planned=600.0).start(timekeeper.now())
    for pause_between_looks in looks:
        elapsed[0] = min(elapsed[0] + pause_between_looks, 700.0)
        clock.left(timekeeper.now())
        clock.cue(timekeeper.now())
    elapsed[0] = 700.0 + late
    assert abs(clock.left(timekeeper.now()) + late) <= 1e-6
    assert digits(clock.left(timekeeper.now())) == "0:00"
    assert clock.cue(timekeeper.now()) is Cue.TIME_UP


def test_a_process_that_was_suspended_finds_the_time_that_passed() -> None:
    clock = Clock(planned=600.0).start(NOW)
    assert clock.left(NOW + 300) == 300
    assert clock.left(NOW + 300 + 7200) == 300 - 7200


def test_a_clock_survives_a_crash_in_the_archive() -> None:
    clock = Clock(planned=600.0, rate=60.0).start(NOW).pause(NOW + 17.25).extend(60, NOW + 20).start(NOW + 33.125)
    again = Clock.model_validate_json(clock.model_dump_json())
    assert again == clock
    assert again.left(NOW + 50) == clock.left(NOW + 50)


def test_a_paused_clock_stands_still() -> None:
    clock = Clock(planned=600.0).start(NOW).pause(NOW + 100)
    assert clock.elapsed(NOW + 100) == clock.elapsed(NOW + 99999) == 100
    assert not clock.running


def test_starting_a_running_clock_and_pausing_a_standing_one_change_nothing() -> None:
    running = Clock(planned=600.0).start(NOW)
    assert running.start(NOW + 5) == running
    standing = running.pause(NOW + 10)
    assert standing.pause(NOW + 20) == standing


def test_a_clock_that_was_never_started_is_untouched() -> None:
    clock = Clock(planned=600.0)
    assert clock.untouched
    assert not clock.start(NOW).untouched
    assert not clock.start(NOW).pause(NOW + 1).untouched
    assert clock.start(NOW).pause(NOW + 1).restart(NOW + 2).untouched


@a_property
@given(st.floats(1, 5000), st.floats(0, 1), st.sampled_from([1.0, 60.0]))
def test_time_away_that_does_not_count_leaves_the_clock_as_it_was_before(ran: float, share: float, rate: float) -> None:
    clock = Clock(planned=600.0, banked=12.0, started=NOW, rate=rate)
    now, away = NOW + ran, share * ran
    assert clock.without(away).elapsed(now) == pytest.approx(clock.elapsed(now - away), abs=CLOSE * rate)
    assert clock.without(away).running


def test_time_away_never_adds_time_and_passes_by_a_clock_that_stands() -> None:
    standing = Clock(planned=600.0, banked=30.0)
    assert standing.without(500) == standing
    running = standing.start(NOW)
    assert running.without(-500) == running


@a_property
@given(st.floats(0, 5000), st.floats(-1e6, 1e6), st.floats(0, 5000))
def test_a_clock_that_is_moved_with_its_axis_goes_on_from_what_had_run(ran: float, by: float, more: float) -> None:
    moved = Clock(planned=600.0, started=NOW).moved(by)
    assert moved.elapsed(NOW + ran + by + more) == pytest.approx(ran + more, abs=CLOSE)


def test_moving_a_standing_clock_changes_nothing() -> None:
    standing = Clock(planned=600.0, banked=30.0)
    assert standing.moved(-9999) == standing


def test_a_clock_that_was_set_back_takes_nothing_away() -> None:
    clock = Clock(planned=600.0, banked=30.0, started=NOW)
    assert clock.elapsed(NOW - 3600) == 30.0


def test_a_faster_clock_runs_faster_and_keeps_its_pace() -> None:
    clock = Clock(planned=600.0, rate=60.0).start(NOW)
    assert clock.left(NOW + 10) == 0
    assert clock.pause(NOW + 5).elapsed(NOW + 50) == 300
    assert clock.restart(NOW + 5).left(NOW + 10) == 300


@pytest.mark.parametrize("ran", [0.0, 60.0, 599.0])
def test_a_minute_more_and_a_minute_less_give_back_the_time_that_there_was(ran: float) -> None:
    clock = Clock(planned=600.0).start(NOW)
    changed = clock.extend(60, NOW + ran)
    assert changed.left(NOW + ran) == 660 - ran
    assert changed.extend(-60, NOW + ran) == clock


def test_taking_time_never_takes_what_has_run() -> None:
    clock = Clock(planned=600.0).start(NOW).extend(-60, NOW + 580)
    assert clock.total == 580
    assert clock.left(NOW + 580) == 0
    assert clock.extend(-60, NOW + 580).total == 580


def test_in_overtime_no_time_can_be_taken_and_some_can_be_given() -> None:
    clock = Clock(planned=600.0).start(NOW)
    assert clock.extend(-60, NOW + 700).total == 600
    assert clock.extend(60, NOW + 700).left(NOW + 700) == -40


def test_a_phase_can_be_ended_early_and_still_be_extended() -> None:
    clock = Clock(planned=600.0).extend(-9999, NOW)
    assert clock.total == 0
    assert clock.extend(60, NOW).left(NOW) == 60


def test_restart_gives_the_planned_time_without_its_extensions() -> None:
    clock = Clock(planned=600.0).start(NOW).extend(300, NOW + 100)
    assert clock.restart(NOW + 200).left(NOW + 200) == 600
    assert clock.restart(NOW + 200).running
    assert not clock.pause(NOW + 150).restart(NOW + 200).running


@pytest.mark.parametrize(
    ("left", "cue"),
    [
        (600, Cue.NONE),
        (120.01, Cue.NONE),
        (120, Cue.TWO_MINUTES),
        (30.01, Cue.TWO_MINUTES),
        (30, Cue.HALF_A_MINUTE),
        (0.01, Cue.HALF_A_MINUTE),
        (0, Cue.TIME_UP),
        (-500, Cue.TIME_UP),
    ],
)
def test_the_room_is_warned_at_two_minutes_at_half_a_minute_and_at_the_end(left: float, cue: Cue) -> None:
    assert Clock(planned=600.0, banked=600.0 - left).cue(NOW) is cue


def test_there_is_no_warning_before_the_start() -> None:
    assert Clock(planned=10.0).cue(NOW) is Cue.NONE
    assert Clock(planned=10.0).start(NOW).cue(NOW) is Cue.HALF_A_MINUTE


@pytest.mark.parametrize(
    ("left", "shown"),
    [
        (600, "10:00"),
        (599.999, "10:00"),
        (599, "9:59"),
        (461.5, "7:42"),
        (60, "1:00"),
        (0.001, "0:01"),
        (0, "0:00"),
        (-0.999, "0:00"),
        (-1, "+0:01"),
        (-5.9, "+0:05"),
        (-3600, "+60:00"),
    ],
)
def test_the_digits_count_down_to_zero_and_then_up_with_a_plus(left: float, shown: str) -> None:
    assert digits(left) == shown


@a_property
@given(st.floats(-9000, 9000))
def test_the_digits_are_never_more_than_a_second_from_the_time_that_is_left(left: float) -> None:
    shown = digits(left)
    minutes, seconds = shown.lstrip("+").split(":")
    assert len(seconds) == 2
    said = int(minutes) * 60 + int(seconds)
    assert 0 <= int(seconds) < 60
    assert math.isclose(said, abs(left), abs_tol=1.0)
    assert shown.startswith("+") == (left <= -1)


@a_property
@given(st.lists(st.floats(-1e7, 1e7), min_size=1, max_size=8), st.floats(0, 1e5))
def test_a_wall_clock_that_changes_leaves_the_axis_alone(walls: list[float], passed: float) -> None:
    wall, elapsed = [NOW], [5.0]
    timekeeper = Timekeeper(wall=lambda: wall[0], steady=lambda: elapsed[0])
    assert timekeeper.now() == NOW
    elapsed[0] += passed
    for jump in walls:
        wall[0] = NOW + jump
        assert timekeeper.now() == pytest.approx(NOW + passed, abs=1e-6)


@a_property
@given(st.floats(-1e7, 1e7), st.floats(0, 1e5))
def test_the_axis_follows_a_wall_clock_that_was_set_when_it_is_told_to_and_says_how_far(
    by: float, passed: float
) -> None:
    wall, elapsed = [NOW], [5.0]
    timekeeper = Timekeeper(wall=lambda: wall[0], steady=lambda: elapsed[0])
    elapsed[0] += passed
    wall[0] += passed + by
    told = timekeeper.corrected()
    assert told == (pytest.approx(by, abs=1e-5) if abs(by) > SET_BY else 0)
    assert timekeeper.now() == pytest.approx(wall[0] if told else NOW + passed, abs=1e-5)
    assert timekeeper.corrected() == 0


def test_a_wall_clock_that_drifts_is_not_taken_for_one_that_was_set() -> None:
    timekeeper = Timekeeper()
    assert all(timekeeper.corrected() == 0 for _ in range(200))
    wall = [NOW]
    drifting = Timekeeper(wall=lambda: wall[0], steady=lambda: 5.0)
    wall[0] += SET_BY - 0.01
    assert drifting.corrected() == 0


def test_a_computer_that_sleeps_between_two_readings_is_not_taken_for_one_whose_clock_was_set() -> None:
    elapsed, naps = [5.0], [0.0]

    def wall() -> float:
        at = NOW + elapsed[0]
        elapsed[0] += naps.pop() if naps else 0.0  # it falls asleep right after it has looked
        return at

    timekeeper = Timekeeper(wall=wall, steady=lambda: elapsed[0])
    naps.append(7200.0)
    assert timekeeper.corrected() == 0
    assert timekeeper.now() == NOW + elapsed[0]


@a_property
@given(st.floats(-1e7, 1e7), st.floats(0, 1e5))
def test_two_programs_of_one_run_of_the_computer_know_by_how_much_its_clock_was_set(by: float, passed: float) -> None:
    first = Timekeeper(wall=lambda: NOW, steady=lambda: 5.0, boot=lambda: "this run")
    second = Timekeeper(wall=lambda: NOW + passed + by, steady=lambda: 5.0 + passed, boot=lambda: "this run")
    said = second.set_since(first.boot, first.offset)
    assert said == (pytest.approx(by, abs=1e-5) if abs(by) > SET_BY else 0)
    assert second.set_since("another run", first.offset) == 0


def test_this_run_of_the_computer_has_one_name() -> None:
    assert boot()
    if sys.platform == "linux":
        assert boot() == boot()


def test_the_axis_begins_at_the_wall_clock_and_never_runs_back() -> None:
    timekeeper = Timekeeper()
    assert abs(timekeeper.now() - time.time()) < 5
    readings = [timekeeper.now() for _ in range(200)]
    assert readings == sorted(readings)
    assert steady() <= steady()


def test_a_slow_save_is_no_absence() -> None:
    assert AWAY_AFTER >= 5


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (40.4, "40 seconds"),
        (59.6, "1 min"),
        (200, "3 min 20 s"),
        (-200, "3 min 20 s"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
        (47 * 3600, "47 h"),
        (48 * 3600, "2 days"),
        (3.9 * 86400, "3 days"),
    ],
)
def test_a_length_of_time_is_said_in_words(seconds: float, said: str) -> None:
    assert duration(seconds) == said
