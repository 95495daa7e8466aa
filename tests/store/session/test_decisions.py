"""What the room decides besides its amendments: groups, reveals, sovereignty, the close."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from store.debrief import GroupHistory
from store.entries import ballot_rule
from store.model import MEASURES, Change
from store.refused import Refused
from store.session import decisions
from tests.helpers.builders import NOW, debrief, entered, with_pattern

ROOM = with_pattern(with_pattern(debrief("Ana", "Bo", "Cem/Fund", "Dilys/Fund")))


# ------------------------------------------------------------------------------------------------------ the small groups


def test_groups_hold_everybody_and_their_making_is_recorded() -> None:
    found = decisions.mix_groups(ROOM, NOW, 2)
    assert sorted(name for group in found.session.groups for name in group) == ["Ana", "Bo", "Cem", "Dilys"]
    assert found.events[-1].what == "groups mixed"


def test_groups_part_those_who_met_in_earlier_sessions() -> None:
    known = replace(ROOM, past=GroupHistory(pairs={frozenset({"ana", "cem"}): 1}))
    first = decisions.mix_groups(ROOM, NOW, 2)
    second = decisions.mix_groups(known, NOW, 2)
    assert {"Ana", "Cem"} in map(set, first.session.groups)
    assert {"Ana", "Cem"} not in map(set, second.session.groups)


def test_without_a_roster_there_are_no_groups() -> None:
    with pytest.raises(Refused, match="Nobody is in the roster yet") as raised:
        decisions.mix_groups(debrief(), NOW)
    assert raised.value.remedy == "go back to the opening"


def test_latecomers_are_seated_without_moving_anybody() -> None:
    found = ROOM.with_session(groups=(("Ana", "Cem"), ("Dilys",)))
    seated = decisions.seat_latecomers(found)
    assert seated.session.groups == (("Ana", "Cem"), ("Dilys", "Bo"))
    assert decisions.seat_latecomers(ROOM) == ROOM


def test_groups_mixed_again_are_others_and_the_same_in_every_replay() -> None:
    people = debrief(*(f"P{n}" for n in range(12)))
    first = decisions.mix_groups(people, NOW)
    second = decisions.mix_groups(first, NOW)
    third = decisions.mix_groups(second, NOW)
    again = [set(map(frozenset, found.session.groups)) for found in (first, second, third)]
    assert not again[0] & again[1]
    assert not again[1] & again[2]
    assert decisions.mix_groups(decisions.mix_groups(first, NOW), NOW).session.groups == third.session.groups


def test_a_split_is_recorded_and_keeps_the_patterns() -> None:
    names = tuple(f"P{n}" for n in range(7))
    large = with_pattern(debrief(*names)).with_session(groups=(names,))
    split = decisions.split_groups(large, NOW)
    assert [len(group) for group in split.session.groups] == [4, 3]
    assert split.patterns == large.patterns
    assert [event.what for event in split.events] == ["groups split"]


# ------------------------------------------------------------------------------------------------------------ the rounds


def test_a_reveal_shows_the_round_and_is_recorded() -> None:
    found = decisions.reveal(entered(ballot_rule, ROOM, "ana 3 7", "bo 4 6", "cem 3 3"), NOW)
    assert found.session.revealed == 1
    assert found.events[-1].what == "round 1 revealed"
    with pytest.raises(Refused, match="revealed already"):
        decisions.reveal(found, NOW)


def test_an_empty_round_is_not_revealed() -> None:
    with pytest.raises(Refused, match="Nobody has placed yet"):
        decisions.reveal(ROOM, NOW)


def test_a_round_that_would_show_single_votes_is_not_revealed() -> None:
    one = entered(ballot_rule, ROOM, "ana 3 7")
    with pytest.raises(Refused, match="1 ballot is too few: everybody would know whose"):
        decisions.reveal(one, NOW)
    with pytest.raises(Refused, match="2 ballots are too few"):
        decisions.reveal(entered(ballot_rule, one, "bo 4 6"), NOW)


def test_a_second_round_opens_only_after_the_first_was_revealed_and_leaves_it_as_it_is() -> None:
    blind = entered(ballot_rule, ROOM, "ana 3 7", "bo 4 6", "cem 3 3")
    with pytest.raises(Refused, match="Reveal round 1 first"):
        decisions.another_round(blind, NOW)
    second = decisions.another_round(decisions.reveal(blind, NOW), NOW)
    assert (second.session.round, second.session.revealed) == (2, 1)
    assert second.ballots(1) == blind.ballots(1)
    with pytest.raises(Refused, match="Nobody has placed yet"):
        decisions.reveal(second, NOW)
    both = decisions.reveal(entered(ballot_rule, second, "ana 9 9", "bo 8 8", "dilys 9 8"), NOW)
    assert both.session.revealed == 2
    assert both.ballots(1) == blind.ballots(1)


# ----------------------------------------------------------------------------------------------- sovereignty and turnout


def test_the_four_measures_are_asked_in_their_order() -> None:
    assert MEASURES == ("decision-making capacity", "skills", "infrastructure", "narrative clarity")
    found = ROOM
    for name in reversed(MEASURES):
        found = decisions.measure(found, name, -2, "because")
    assert tuple(found.session.sovereignty) == MEASURES
    assert found.session.sovereignty["skills"] == Change(change=-2, note="because")


def test_a_measure_can_be_changed_and_taken_back() -> None:
    found = decisions.measure(decisions.measure(ROOM, "skills", 1, "x"), "skills", 2, " y ")
    assert found.session.sovereignty == {"skills": Change(change=2, note=" y ")}
    assert decisions.measure(found, "skills", None, "").session.sovereignty == {}


@pytest.mark.parametrize("change", [-3, 3])
def test_a_measure_goes_from_two_lost_to_two_gained(change: int) -> None:
    with pytest.raises(ValidationError):
        decisions.measure(ROOM, "skills", change, "")


def test_there_is_no_fifth_measure() -> None:
    with pytest.raises(KeyError):
        decisions.measure(ROOM, "turnout", 2, "")


def test_turnout_is_kept_and_never_added_in() -> None:
    measured = decisions.measure(ROOM, "skills", 1, "")
    found = decisions.count(measured, "turnout", " 138 ")
    assert found.session.turnout == 138
    assert found.session.sovereignty == measured.session.sovereignty
    assert decisions.count(found, "turnout", " ").session.turnout is None


@pytest.mark.parametrize("typed", ["-3", "many", "1.5", "1" * 5000, "12 or 13"])
def test_turnout_is_a_whole_number(typed: str) -> None:
    with pytest.raises(Refused, match="whole number"):
        decisions.count(ROOM, "turnout", typed)


# ------------------------------------------------------------------------------------------------------------- the close


def test_what_the_session_ends_with_is_kept_field_by_field() -> None:
    found = decisions.close_with(decisions.close_with(ROOM, sunset="renew"), reason=" [/0] ", rhythm="act")
    closing = found.session.closing
    assert (closing.sunset, closing.reason, closing.rhythm) == ("renew", " [/0] ", "act")
    assert decisions.explain_no_amendment(found, " later ").session.no_amendment == " later "


@pytest.mark.parametrize("changes", [{"sunset": "maybe"}, {"rhythm": "run"}])
def test_there_is_no_third_outcome_and_no_fourth_rhythm(changes: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        decisions.close_with(ROOM, **changes)


def test_whether_the_words_are_kept_can_be_changed_until_the_seal() -> None:
    found = decisions.keep_feelings(ROOM.with_session(feelings={"tired": 1}), False)
    assert not found.session.keep_feelings
    assert decisions.keep_feelings(found, True).session.feelings == {"tired": 1}
