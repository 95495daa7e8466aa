"""A group's own agenda: what is typed is what the clock, the way and the record go by; nothing is lost by skipping."""

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from store import timetable
from store.archive.archive import Archive
from store.debrief import Debrief
from store.model import Agenda, Break, Session
from store.model.agenda import LONGEST, OwnPhase
from store.phases import DISSENT_PHASES, PHASES, Phase, plan
from store.refused import Refused
from store.report.debrief_report import sections
from store.session import decisions, flow
from store.session.agenda import agenda_rule, offered
from store.session.agenda_names import phase_in
from store.timetable import Stop
from store.trends.read_cases import cases
from tests.helpers.builders import NOW, a_property, debrief, entered, in_short, ready_to_seal, refusal
from tests.helpers.imports import around
from tests.helpers.rooms import closed
from tests.helpers.zones import zone


def with_agenda(*lines: str, phase: str = "opening") -> Debrief:
    """A session whose clock was started at NOW, with an agenda."""
    return flow.start_or_pause(entered(agenda_rule, debrief("Ana", "Bo", phase=phase), *lines), NOW)


def through(found: Debrief, every: float = 60.0) -> tuple[Debrief, list[str]]:
    """Go on until the last phase, a step `every` so many seconds; the debrief and the clocks on the way."""
    now, way = NOW, [found.timed]
    while timetable.following(found):
        now += every
        found = flow.advance(found, now)
        way.append(found.timed)
    return found, way


def hours(found: Debrief, begins: str) -> list[str]:
    """When each stop begins, if the session does at that time of day."""
    at = datetime.fromisoformat(f"2026-11-07T{begins}+00:00").timestamp()
    with zone("UTC"):
        slots = timetable.planned(found, at)
        return [f"{datetime.fromtimestamp(each.begins).astimezone():%H:%M}" for each in slots]


# --------------------------------------------------------------------------------------------------------- the defaults


@pytest.mark.parametrize("phase", [*PHASES, *DISSENT_PHASES], ids=lambda phase: phase.name)
def test_without_an_agenda_every_phase_is_as_planned(phase: Phase) -> None:
    found = debrief(phase=phase.name)
    assert (found.clock().planned, found.agenda.question(phase.name)) == (phase.seconds, phase.prompt)


def test_a_session_that_was_saved_without_an_agenda_reads_as_the_default_and_writes_none() -> None:
    row = debrief().session.row()
    assert {"agenda", "resting", "ready"}.isdisjoint(row)
    assert Session.model_validate(row).agenda is None


def test_what_is_set_as_it_was_is_not_kept() -> None:
    found = entered(
        agenda_rule, debrief(), "mapping 12 Why?", "mapping 10", "mapping ?", "skip feelings", "keep feelings"
    )
    assert found.session.agenda == Agenda()


# ------------------------------------------------------------------------------------------------------------ what is typed


@pytest.mark.parametrize(
    ("line", "name", "own"),
    [
        ("small groups 25", "small_groups", OwnPhase(minutes=25)),
        ("GROUPS 25 min", "small_groups", OwnPhase(minutes=25)),
        ("rep: 7", "reposition", OwnPhase(minutes=7)),
        ("mapping 8 ¿Qué viste?", "silent_mapping", OwnPhase(minutes=8, question="¿Qué viste?")),
        ("silent mapping: What did 3 of you see?", "silent_mapping", OwnPhase(question="What did 3 of you see?")),
        ("skip decompression", "decompression", OwnPhase(skipped=True)),
        ("close １５", "close", OwnPhase(minutes=15)),
    ],
)
def test_a_line_sets_what_it_says_of_one_phase(line: str, name: str, own: OwnPhase) -> None:
    assert entered(agenda_rule, debrief(), line).agenda == Agenda(phases={name: own})


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("lunch 20", "That names no phase:"),
        ("s 5", "“s” could be silent mapping, small groups, sovereignty: type more of it."),
        ("groups", "Say how many minutes small groups takes, or its question."),
        ("groups 0", "A phase or a break takes 1 to 180 minutes, not 0."),
        ("groups 181", "A phase or a break takes 1 to 180 minutes, not 181."),
        ("groups 7.5", "Type whole minutes in figures, as in “small groups 15”."),
        ("skip opening", "Opening can't be skipped, because a session begins with it."),
        ("skip close", "Close can't be skipped, because the session is sealed in it."),
        ("skip", "Say which phase: “skip decompression”."),
        ("break 15", "Say after which phase: “break 15 after reposition”."),
        ("break 15 after close", "Nothing comes after close, so no break does."),
        ("break long after reposition", "Say how long:"),
        ("break until 25:00 after reposition", "There is no time “25:00”"),
        ("start soon", "There is no time “soon”"),
    ],
)
def test_a_line_that_can_t_be_read_says_what_to_do(line: str, why: str) -> None:
    assert refusal(agenda_rule, debrief(), line).startswith(why)


@pytest.mark.parametrize(
    "line",
    [
        "Mapping: 15'",
        "mapping 15’",
        "mapping – 15 min.",
        "mapping-15",
        "mapping15",
        "sil map 15",
        "mapping (15 min)",
        "mapping for 15 minutes",
        "set mapping to 15",
        "mapping +5",
        "mapping 5 min longer",
        "15 min silent mapping",
        "“mapping 15”",
        "- mapping 15",
        "2) Mapping\t15",
        "• the mapping, 15",
        "opening 5, mapping 15",
        "mapping ١٥",
    ],
)
def test_minutes_are_read_as_people_write_them(line: str) -> None:
    assert entered(agenda_rule, debrief(), line).agenda == Agenda(phases={"silent_mapping": OwnPhase(minutes=15)})


@pytest.mark.parametrize(
    ("line", "minutes"), [("groups 1h", 60), ("groups 1 h 15 min", 75), ("groups half an hour", 30), ("groups -5", 10)]
)
def test_hours_and_fewer_minutes_are_read_too(line: str, minutes: int) -> None:
    assert entered(agenda_rule, debrief(), line).agenda.minutes("small_groups") == minutes


@pytest.mark.parametrize(
    "line",
    [
        "break 10 after groups",
        "pause 10 minutes after groups",
        "15 min break after groups, 10 min break after groups",
        "a 10 min coffee break after small groups.",
        "break of 10 minutes after groups",
        "break after groups: 10 min",
        "break 10 before reposition",
        "after groups break 10",
        "after groups: 10' break",
    ],
)
def test_a_break_is_read_as_people_write_it(line: str) -> None:
    assert entered(agenda_rule, debrief(), line).agenda == Agenda(breaks={"small_groups": Break(minutes=10)})


@pytest.mark.parametrize(
    "line", ["break 14:20 after groups", "break until 14.20 after groups", "pause 2:20pm after groups"]
)
def test_a_break_until_a_time_of_day_is_read_as_people_write_it(line: str) -> None:
    assert entered(agenda_rule, debrief(), line).agenda == Agenda(breaks={"small_groups": Break(until=time(14, 20))})


@pytest.mark.parametrize(
    "line", ["no break", "no pause after groups", "remove the break after groups", "skip break after groups"]
)
def test_a_break_is_taken_out_as_people_write_it(line: str) -> None:
    assert entered(agenda_rule, debrief(), "break 10 after groups", line).agenda == Agenda()


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("mapping 12, What did you see?", "What did you see?"),
        ("mapping 12 min: Where were you, and when?", "Where were you, and when?"),
        ("mapping question: What did you see?", "What did you see?"),
        ("mapping To 3 of you: what?", "To 3 of you: what?"),
        ("mapping ten minutes ago, where were you?", "ten minutes ago, where were you?"),
        ("mapping 🙂 What?", "🙂 What?"),
        ("mapping ماذا رأيتم؟", "ماذا رأيتم؟"),
        ("mapping 12 [b]x[/] [click=app.exit]go[/]", "[b]x[/] [click=app.exit]go[/]"),
        (f"mapping {'why ' * 1250}", ("why " * 1250).strip()),
    ],
    ids=in_short,
)
def test_a_question_is_kept_as_it_was_typed(line: str, asked: str) -> None:
    assert entered(agenda_rule, debrief(), line).agenda.question("silent_mapping") == asked


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("maping 15", "That names no phase: type “silent mapping” if you mean that one."),
        ("sovreignty 5", "That names no phase: type “sovereignty” if you mean that one."),
        ("14:05 mapping", "Times of day follow from the minutes: “small groups 25”, or “start 14:00”."),
        ("ends at 15:30", "The end follows from the minutes: change those, as in “small groups 25”."),
        ("groups 1:15", "Type whole minutes in figures, as in “small groups 15”."),
        ("groups 7,5", "Type whole minutes in figures, as in “small groups 15”."),
        ("groups ten minutes", "Type whole minutes in figures, as in “small groups 15”."),
        ("groups 99999", "A phase or a break takes 1 to 180 minutes, not 99999."),
        ("break 14:20", "Say after which phase: “break until 14:20 after reposition”."),
        ("break at 14:20 after groups", "Say how long: “break 15 after small groups”"),
        ("break 10 before opening", "Nothing comes before opening, so no break does."),
        ("break 10 after groups please", "“please” is more than the name of a phase: leave it out"),
        ("no break", "There is no break to take out."),
        ("keep", "Say which phase: “keep decompression”."),
    ],
)
def test_a_slip_is_refused_with_what_to_type(line: str, why: str) -> None:
    assert refusal(agenda_rule, debrief(), line).startswith(why)


def test_no_break_without_a_place_is_refused_where_there_are_two() -> None:
    found = entered(agenda_rule, debrief(), "break 5 after mapping", "break 5 after groups")
    assert refusal(agenda_rule, found, "no break") == "Say after which phase: “no break after silent mapping”."


@a_property
@given(st.sampled_from([*PHASES, *DISSENT_PHASES]), st.integers(1, LONGEST), st.sampled_from(["title", "short"]))
def test_every_phase_is_known_by_its_title_and_its_short_title(phase: Phase, minutes: int, called: str) -> None:
    found = debrief(phase=plan(phase.name)[0].name)
    assert entered(agenda_rule, found, f"{getattr(phase, called)} {minutes}").agenda.minutes(phase.name) == minutes


@a_property
@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(line: str) -> None:
    try:
        phase_in(debrief(), line)
        agenda_rule(debrief(), line, NOW)
    except Refused:
        pass


def test_an_agenda_of_a_file_has_only_phases_and_minutes_that_there_are() -> None:
    for broken in (
        {"phases": {"lunch": {"minutes": 5}}},
        {"phases": {"close": {"skipped": True}}},
        {"phases": {"reposition": {"minutes": 0}}},
        {"breaks": {"reposition": {"minutes": 181}}},
        {"spare": ["lunch"]},
    ):
        with pytest.raises(ValidationError):
            Agenda.model_validate(broken)


# ------------------------------------------------------------------------------------------------------- the times of day


def test_the_times_of_day_follow_from_the_agenda() -> None:
    found = entered(agenda_rule, debrief(), "groups 25", "skip sovereignty", "break 15 after reposition")
    assert hours(found, "14:00") == ["14:00", "14:05", "14:15", "14:40", "14:50", "15:05", "15:20", "15:30"]
    assert timetable.planned(found, NOW)[-1].ends == NOW + 95 * 60


def test_a_break_until_a_time_of_day_ends_then_however_late_it_begins() -> None:
    found = entered(agenda_rule, debrief(), "break until 15:10 after reposition")
    assert hours(found, "14:00")[5] == "15:10"
    assert hours(found, "14:20")[5] == "15:10"
    assert hours(found, "14:55")[5] == "15:35", "it begins late, so nothing is left of it"
    assert hours(entered(agenda_rule, debrief(), "break until 00:05 after opening"), "23:50")[2] == "00:05"
    late = entered(agenda_rule, debrief(), "break until 23:50 after opening")
    assert hours(late, "23:58")[:3] == ["23:58", "00:03", "00:03"], "midnight makes no day of it"


def test_the_projected_end_and_what_it_is_over_go_by_the_agenda() -> None:
    found = with_agenda("groups 25", "skip feelings")
    assert flow.projection(found, NOW) == flow.Projection(NOW + 75 * 60, 0.0)
    assert flow.projection(found, NOW + 400).over == pytest.approx(100)


def test_the_current_phase_has_the_minutes_that_are_typed_now() -> None:
    found = agenda_rule(with_agenda(), "opening 8", NOW + 60)
    assert (found.clock().planned, found.clock().left(NOW + 60)) == (480, 420)
    assert flow.restart(found, NOW + 90).clock().left(NOW + 90) == 480


# -------------------------------------------------------------------------------------------------------------- skipping


def test_f8_and_f9_pass_over_what_is_skipped_and_the_record_says_so() -> None:
    found, way = through(with_agenda("skip groups, reposition", "skip feelings"))
    assert way == ["opening", "silent_mapping", "amendments", "sovereignty", "close"]
    assert [each.phase for each in found.events if each.what == "skipped"] == [
        "small_groups",
        "reposition",
        "decompression",
    ]
    assert {"small_groups", "reposition", "decompression"}.isdisjoint(found.session.clocks)
    back = flow.go_back(flow.go_back(flow.go_back(found, NOW + 900), NOW + 901), NOW + 902)
    assert back.session.phase == "silent_mapping"


def test_the_record_has_what_was_skipped_without_a_time() -> None:
    found, _ = through(with_agenda("skip feelings"))
    (lines,) = (each.lines for each in sections(found, NOW + 900) if each.title == "Time")
    said = [" ".join(str(line).split()) for line in lines]
    assert "Decompression skipped" in said
    assert not any(line.startswith("Decompression") and "min" in line for line in said)


def test_what_was_entered_can_t_be_skipped_any_more() -> None:
    found = flow.go_back(flow.advance(with_agenda(), NOW + 60), NOW + 61)
    why = "Silent mapping can't be skipped any more, because the room has entered it."
    assert refusal(agenda_rule, found, "skip mapping") == why


def test_what_was_passed_over_stays_skipped_until_the_room_goes_back() -> None:
    found = flow.advance(with_agenda("skip mapping"), NOW + 60)
    assert refusal(agenda_rule, found, "keep mapping").startswith("Silent mapping was passed over")
    kept = entered(agenda_rule, flow.go_back(found, NOW + 61), "keep mapping")
    assert flow.advance(kept, NOW + 62).session.phase == "silent_mapping"


def test_a_session_that_skips_its_amendments_still_needs_a_reason() -> None:
    found = entered(agenda_rule, debrief("Ana", phase="opening"), "skip amendments")
    there = found.with_session(phase="close", closing=ready_to_seal().session.closing, began=NOW - 60)
    with pytest.raises(Refused, match="Amendments were skipped: write why"):
        flow.seal(there, NOW)
    assert flow.seal(there.with_session(no_amendment="no time"), NOW).sealed


def test_what_is_sealed_keeps_its_agenda() -> None:
    sealed = flow.seal(ready_to_seal(), NOW)
    assert "sealed" in refusal(agenda_rule, sealed, "close 10")


# ---------------------------------------------------------------------------------------------------------------- breaks


def test_a_break_is_a_step_between_two_phases_with_a_clock_of_its_own() -> None:
    found, way = through(with_agenda("break 15 after reposition", "skip amendments"))
    assert way[3:6] == ["reposition", "reposition break", "sovereignty"]
    assert found.session.clocks["reposition break"].banked == 60
    assert ("Break", 900.0, 60.0) in flow.planned_against_used(found, NOW + 900)


def test_a_break_that_is_late_counts_up_and_going_back_leaves_its_time() -> None:
    found = with_agenda("break 1 after opening")
    rest = flow.advance(found, NOW + 10)
    assert (rest.session.phase, rest.session.resting) == ("opening", True)
    assert rest.clock().left(NOW + 250) == -180
    back = flow.go_back(rest, NOW + 20)
    assert (back.timed, back.clock().elapsed(NOW + 20)) == ("opening", 10)
    again = flow.advance(back, NOW + 30)
    assert again.clock().elapsed(NOW + 30) == 10


def test_a_break_until_a_time_of_day_is_planned_when_it_begins() -> None:
    with zone("UTC"):
        at = datetime.fromtimestamp(NOW + 600).astimezone()
        rest = flow.advance(with_agenda(f"break until {at:%H:%M} after opening"), NOW + 100)
    assert NOW + 100 + rest.clock().left(NOW + 100) == pytest.approx(NOW + 600, abs=60)


def test_a_break_that_is_taken_out_while_it_lasts_is_left_all_the_same() -> None:
    rest = flow.advance(with_agenda("break 5 after opening"), NOW + 10)
    gone = rest.with_session(agenda=Agenda())
    assert timetable.current(gone) == Stop(PHASES[0], rest=True)
    assert flow.advance(gone, NOW + 20).timed == "silent_mapping"


# ------------------------------------------------------------------------------------------------------ the group's plan


def test_the_agenda_of_the_last_session_is_the_plan_of_the_next_probe(path: Path) -> None:
    closed(path)
    archive = Archive(path)
    before = archive.debrief("p1")
    plan_of_ours = Agenda(phases={"small_groups": OwnPhase(minutes=25)}, breaks={"reposition": Break(minutes=10)})
    archive.save([before.session.but(agenda=plan_of_ours)])
    archive.save([before.probe.but(id="p2", uid="u2", title="the next one", file_digest="")])
    assert archive.debrief("p2").agenda == plan_of_ours
    planned = agenda_rule(archive.debrief("p2"), "mapping 8", NOW)
    archive.commit(archive.debrief("p2"), planned)
    assert archive.open_session("p2", NOW).session.agenda == plan_of_ours.with_phase("silent_mapping", minutes=8)
    assert archive.debrief("p1").agenda == plan_of_ours, "what was sealed keeps its own"


def test_an_agenda_goes_out_and_comes_in_as_it_was(path: Path, tmp_path: Path) -> None:
    closed(path)
    archive = Archive(path)
    found = entered(
        agenda_rule, debrief(), "mapping 8 Qué viste?", "break until 14:20 after reposition", "skip feelings"
    )
    archive.save([archive.debrief("p1").session.but(agenda=found.session.agenda)])
    around(tmp_path, archive)


def test_trends_time_a_session_by_its_own_plan_and_leave_out_what_it_skipped(path: Path) -> None:
    taken = closed(path)
    found, _ = through(with_agenda("groups 25", "skip feelings", "break 5 after opening"))
    archive = Archive(path)
    archive.save([taken.session.but(agenda=found.session.agenda, clocks=found.session.clocks)])
    (case,) = cases(archive)
    assert case.times["small_groups"] == (1500.0, 60.0)
    assert {*case.times} == {phase.name for phase in PHASES} - {"decompression"}


# ------------------------------------------------------------------------------------------- what goes first, who is ready


def test_the_groups_own_order_says_what_is_offered_to_skip() -> None:
    found = with_agenda("skip first feelings, sovereignty")
    assert [offered(found), offered(with_agenda())] == [PHASES[6], None]
    assert offered(entered(agenda_rule, found, "skip feelings")) == PHASES[5]
    there, _ = through(found)
    assert offered(there) is None, "nothing is left to skip"
    assert flow.projection(found, NOW + 7200).over > 0
    assert flow.advance(found, NOW + 7200).session.phase == "silent_mapping", "nothing is skipped by itself"


def test_groups_are_ready_and_not_ready_again_until_they_are_mixed_anew() -> None:
    found = replace(debrief("Ana", "Bo", "Cy", "Di", phase="small_groups")).with_session(
        groups=(("Ana", "Bo"), ("Cy",))
    )
    both = decisions.turn_ready(decisions.turn_ready(found, 2), 1)
    assert both.session.ready == (1, 2)
    assert decisions.turn_ready(both, 2).session.ready == (1,)
    assert decisions.mix_groups(both, NOW).session.ready == ()
    with pytest.raises(Refused, match="There is no group 3: they go from 1 to 2"):
        decisions.turn_ready(found, 3)
