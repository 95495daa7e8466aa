"""Steps go back and forth in a live session: what was taken back is nowhere any more, and what came in beside it stays."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.debrief import Debrief
from store.entries import (
    add_expected,
    ballot_rule,
    numbered_rule,
    participant_rule,
    pattern_rule,
    roster_rule,
    take_back,
    take_out_person,
)
from store.entries.ballots import NewBallot
from store.entries.moments import moment_rule
from store.entries.patterns import add_pattern
from store.live.live import NOTES, Live
from store.live.steps import REVEAL_WITHIN
from store.matrix import figures
from store.model import Felt
from store.notes.spool import Note, Spool
from store.refused import Refused
from store.session import decisions, flow
from store.timekeeper import Timekeeper
from tests.helpers.rooms import NOW, ROOM, empty_of_entries, room, taken_in

MOMENT = numbered_rule("moments", moment_rule(Felt.STRENGTHENED))
PATTERN = pattern_rule(1, Felt.STRENGTHENED)


class Operator:
    """A session in hand, and a clock that only the test moves; `wall` can be set by anybody."""

    def __init__(self, path: Path) -> None:
        self.path, self.time, self.set_by = path, NOW, 0.0
        self.live = Live(path, Timekeeper(wall=lambda: self.time + self.set_by, steady=lambda: self.time))
        self.live.writer.start()

    def saved(self) -> Debrief:
        """As another process reads it."""
        return Archive(self.path).debrief("p1")

    def moments(self) -> list[str]:
        """The moments as they are saved."""
        return [each.text for each in self.saved().moments]


@pytest.fixture
def operator(path: Path) -> Iterator[Operator]:
    """In a session whose roster is there and nothing else."""
    taken_in(path, empty_of_entries(ROOM), began=NOW - 60, phase="silent_mapping")
    operator = Operator(path)
    assert operator.live.begin("p1")
    yield operator
    operator.live.writer.close()


def test_steps_go_back_and_forth_one_by_one_and_each_is_saved(operator: Operator) -> None:
    live = operator.live
    live.shut(live.hall)  # what silent mapping has shut is saved with the first change
    states = [operator.saved()]
    for text in ("one", "- two", "three\nfour\nfive", "1: one, rather", "-2"):
        assert live.enter(MOMENT, text, "silent_mapping") == ()
        states.append(operator.saved())
    assert operator.moments() == ["one, rather", "three", "four", "five"]
    for state in reversed(states[:-1]):
        live.steps.take_back("silent_mapping")
        assert operator.saved() == state == live.debrief
    with pytest.raises(Refused, match="nothing to take back"):
        live.steps.take_back("silent_mapping")
    for state in states[1:]:
        live.steps.bring_back("silent_mapping")
        assert operator.saved() == state == live.debrief
    with pytest.raises(Refused, match="nothing to bring back"):
        live.steps.bring_back("silent_mapping")


def test_a_new_entry_ends_what_can_be_brought_back(operator: Operator) -> None:
    operator.live.enter(MOMENT, "one", "silent_mapping")
    assert operator.live.steps.take_back("silent_mapping") == "one"
    operator.live.enter(MOMENT, "two", "silent_mapping")
    with pytest.raises(Refused, match="nothing to bring back"):
        operator.live.steps.bring_back("silent_mapping")
    assert operator.moments() == ["two"]


def test_each_phase_has_steps_of_its_own_and_what_rests_on_one_holds_it(operator: Operator) -> None:
    live = operator.live
    live.enter(MOMENT, "one", "silent_mapping")
    live.change(lambda debrief, now: flow.advance(debrief, now), "silent_mapping")
    live.enter(PATTERN, "1+ seen # 1", "small_groups")
    with pytest.raises(Refused, match="A pattern rests on moment 1: take that pattern back first"):
        live.steps.take_back("silent_mapping")
    live.steps.take_back("small_groups")
    live.steps.take_back("silent_mapping")
    assert not operator.saved().moments
    assert operator.saved().session.phase == "small_groups", "the way through the phases is no step"


def test_a_paste_in_which_one_rests_on_another_goes_back_whole(operator: Operator) -> None:
    operator.live.enter(PATTERN, "m+ late\n1+ seen # 1", "small_groups")
    assert len(operator.saved().patterns) == 1
    operator.live.steps.take_back("small_groups")
    assert (operator.saved().patterns, operator.saved().moments) == ((), ())


def test_what_came_in_beside_a_step_stays_and_what_was_changed_since_is_not_overwritten(operator: Operator) -> None:
    live = operator.live
    live.enter(MOMENT, "one", "silent_mapping")
    Spool(operator.path).drop(
        Note("p1", live.debrief.probe.created, operator.saved().probe.created, "Til", "", "a note")
    )
    operator.time += NOTES
    live.tick()
    assert [each.text for each in live.debrief.observations] == ["a note"]
    live.steps.take_back("silent_mapping")
    assert [each.text for each in operator.saved().observations] == ["a note"]
    live.steps.bring_back("silent_mapping")
    live.enter(MOMENT, "1: one, mended elsewhere", "small_groups")
    with pytest.raises(Refused, match="has changed since, so it stays"):
        live.steps.take_back("silent_mapping")
    assert operator.moments() == ["one, mended elsewhere"]


def test_nobody_leaves_the_roster_by_a_step_who_sits_in_a_group_by_now(operator: Operator) -> None:
    live = operator.live
    live.enter(participant_rule, "Jorunn, Nightwatch", "opening")
    live.change(decisions.mix_groups, "small_groups")
    with pytest.raises(Refused, match="Jorunn has a moment, a ballot or a group by now"):
        live.steps.take_back("opening")
    live.steps.take_back("small_groups")
    live.steps.take_back("opening")
    assert "Jorunn" not in operator.saved().names
    live.steps.bring_back("opening")
    live.steps.bring_back("small_groups")
    live.enter(participant_rule, "-Jorunn", "opening")  # leaves the group too, and comes back into it
    live.steps.take_back("opening")
    assert any("Jorunn" in group for group in operator.saved().session.groups)
    live.steps.bring_back("opening")
    assert not any("Jorunn" in group for group in operator.saved().session.groups)


def test_a_ballot_that_went_with_somebody_does_not_come_back_into_a_round_that_was_revealed_since(
    operator: Operator,
) -> None:
    live = operator.live
    names = operator.saved().names
    live.enter(ballot_rule, "\n".join(f"{name} 5 5" for name in names), "reposition")
    live.change(lambda debrief, _: take_out_person(debrief, names[0]), "opening")
    live.steps.take_back("opening")
    live.steps.bring_back("opening")
    live.change(decisions.reveal, "reposition")
    operator.time += REVEAL_WITHIN + 1
    with pytest.raises(Refused, match="A round was revealed since"):
        live.steps.take_back("opening")
    assert len(operator.saved().ballots(1)) == len(names) - 1


def test_nothing_is_brought_back_of_somebody_who_is_out_of_the_roster_by_now(operator: Operator) -> None:
    live = operator.live
    name = operator.saved().names[0]
    live.enter(MOMENT, f"@{name} + we held", "silent_mapping")
    live.steps.take_back("silent_mapping")
    live.change(lambda debrief, _: take_out_person(debrief, name, kept=False), "opening")
    with pytest.raises(Refused, match="out of the roster, so it stays out"):
        live.steps.bring_back("silent_mapping")
    live.steps.take_back("opening")
    live.steps.bring_back("silent_mapping")
    assert [each.by for each in operator.saved().moments] == [name]


def test_a_name_that_was_mended_stays_while_something_new_stands_under_it(operator: Operator) -> None:
    live = operator.live
    name = operator.saved().names[0]
    live.enter(roster_rule, f"{name} = Zoeq", "opening")
    live.enter(MOMENT, "@Zoeq + we held", "silent_mapping")
    with pytest.raises(Refused, match="“Zoeq = …” mends the name"):
        live.steps.take_back("opening")
    live.steps.take_back("silent_mapping")
    live.steps.take_back("opening")
    assert operator.saved().names[0] == name


def test_what_is_older_than_the_session_in_hand_is_taken_back_by_its_own_rule(path: Path) -> None:
    taken_in(path, room(), began=NOW - 60, phase="decompression")
    operator = Operator(path)
    assert operator.live.begin("p1")
    before = operator.saved()

    def older(debrief: Debrief, _: float) -> Debrief:
        return take_back(debrief, "patterns")

    operator.live.steps.take_back("decompression", older)
    with pytest.raises(Refused, match="An amendment rests on pattern"):
        operator.live.steps.take_back("decompression", older)
    assert len(operator.saved().patterns) < len(before.patterns)
    while operator.live.steps.next("decompression"):
        operator.live.steps.bring_back("decompression")
    assert operator.saved().patterns == before.patterns
    operator.live.writer.close()


@pytest.fixture
def voted(path: Path) -> Iterator[Operator]:
    """Everybody has placed, and nothing is revealed."""
    taken_in(path, room(actual=None), began=NOW - 60, phase="reposition")
    operator = Operator(path)
    assert operator.live.begin("p1")
    for mark in ROOM["actual"]:
        operator.live.enter(
            ballot_rule, f"{mark['by']} {mark['autonomy']} {mark['benefit']}", "reposition", shown=False
        )
    yield operator
    operator.live.writer.close()


def test_a_reveal_is_taken_back_within_ten_seconds_and_leaves_no_trace(voted: Operator) -> None:
    before = voted.saved()
    voted.live.change(decisions.reveal, "reposition")
    assert figures.figures(voted.saved()).actual.n == len(ROOM["actual"])
    voted.time += REVEAL_WITHIN - 0.1
    assert voted.live.steps.reveal_open("reposition") == pytest.approx(0.1)
    voted.live.steps.take_back("reposition")
    assert voted.saved() == before
    assert not figures.figures(voted.saved()).actual.n, "only revealed rounds are counted"
    with pytest.raises(Refused, match="nothing to bring back"):
        voted.live.steps.bring_back("reposition")  # a reveal takes two presses
    assert b"round 1 revealed" not in b"".join(
        each.read_bytes() for each in voted.path.parent.iterdir() if each.suffix == ".json"
    )


@pytest.mark.parametrize("set_by", [0.0, -3600.0, 3600.0])
def test_after_ten_seconds_a_reveal_stays_however_the_computers_clock_is_set(voted: Operator, set_by: float) -> None:
    voted.live.change(decisions.reveal, "reposition")
    voted.set_by = set_by
    voted.time += REVEAL_WITHIN + 0.1
    assert not voted.live.steps.reveal_open("reposition")
    with pytest.raises(Refused, match="The reveal stays"):
        voted.live.steps.take_back("reposition")
    assert voted.saved().session.revealed == 1


def test_a_reveal_stays_once_something_was_entered_since(voted: Operator) -> None:
    voted.live.change(decisions.reveal, "reposition")
    voted.live.change(flow.start_or_pause)  # the clock is nothing that was entered
    assert voted.live.steps.reveal_open("reposition")
    voted.live.change(lambda debrief, now: add_expected(debrief, NewBallot("Zoe", 3, 3), now))
    with pytest.raises(Refused, match="The reveal stays"):
        voted.live.steps.take_back("reposition")


def test_a_second_round_does_not_open_the_first_again(voted: Operator) -> None:
    voted.live.change(decisions.reveal, "reposition")
    voted.time += 60
    voted.live.change(decisions.another_round, "reposition")
    voted.live.steps.take_back("reposition")
    assert (voted.saved().session.round, voted.saved().session.revealed) == (1, 1)
    with pytest.raises(Refused, match="The reveal stays"):
        voted.live.steps.take_back("reposition")


def test_the_text_of_a_blind_ballot_is_not_kept_with_its_step(voted: Operator) -> None:
    assert all(not step.text for step in voted.live.steps.made)
    assert voted.live.steps.take_back("reposition") == ""


def test_a_sealed_session_and_another_probe_have_no_steps(operator: Operator) -> None:
    operator.live.enter(MOMENT, "one", "silent_mapping")
    assert operator.live.open_new()
    assert operator.live.steps.made == []


def test_a_step_costs_little_in_a_large_room(operator: Operator) -> None:
    people = "\n".join(f"P{n}, Nightwatch" for n in range(60))
    operator.live.enter(participant_rule, people, "opening")
    operator.live.enter(MOMENT, "\n".join(f"moment {n}" for n in range(1000)), "silent_mapping")

    def spent() -> float:
        begun = time.process_time()
        operator.live.steps.last("silent_mapping")
        from store.live.steps import step_between

        after = add_pattern_to(operator.live.debrief)
        step_between(operator.live.debrief, after, "small_groups", NOW)
        return time.process_time() - begun

    def add_pattern_to(debrief: Debrief) -> Debrief:
        from store.entries.patterns import NewPattern

        return add_pattern(debrief, NewPattern(1, Felt.STRENGTHENED, "seen", (1,)), NOW)

    assert min(spent() for _ in range(5)) < 0.02
