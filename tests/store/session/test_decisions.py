"""What the room decides: groups, reveals, amendments with their reservations, sovereignty, the close."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from store.debrief import Debrief, GroupHistory
from store.entries import ballot_rule
from store.model import DECISIONS, MEASURES, Change, Guideline, Version
from store.refused import Refused
from store.session import decisions
from store.session.decisions import AmendmentForm, amend, form_of, take_back_amendment
from tests.helpers.builders import AT, HOSTILE_LINES, NOW, a_property, debrief, entered, in_short, with_pattern
from tests.helpers.texts import ANY

OLD = Guideline(number=1, history=(Version(text="Press releases are agreed.", since=AT, session="s0"),))
OLDER = Guideline(
    number=4, history=(Version(text="Partners respect each other."), Version(text="We rotate.", since=AT))
)

ROOM = replace(with_pattern(with_pattern(debrief("Ana", "Bo", "Cem/Fund", "Dilys/Fund"))), guidelines=(OLD, OLDER))


def form(principle: str = "We read it aloud.", because: str = "1", **fields: str) -> AmendmentForm:
    """A form that can be entered."""
    return AmendmentForm(principle=principle, because=because, **fields)


def refused(found: Debrief, filled: AmendmentForm) -> str:
    """The sentence with which a form is refused."""
    with pytest.raises(Refused) as raised:
        amend(found, filled, NOW)
    return str(raised.value)


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


# --------------------------------------------------------------------------------------------------------- the amendments


def test_a_new_principle_gets_the_next_number() -> None:
    found = amend(ROOM, form(decision="vote"), NOW)
    amendment = found.amendments[0]
    assert (amendment.guideline, amendment.principle, amendment.replaces) == (5, "We read it aloud.", None)
    assert (amendment.because, amendment.decision) == ((1,), "vote")
    assert found.guidelines[-1].text == "We read it aloud."
    assert found.guidelines[:2] == ROOM.guidelines


@pytest.mark.parametrize("replaces", ["1", "#1", " 1 ", "Press releases are agreed.", "press  RELEASES are agreed. "])
def test_a_revision_names_its_guideline_by_number_or_wording_and_keeps_the_old_one(replaces: str) -> None:
    found = amend(ROOM, form(replaces=replaces), NOW)
    assert found.amendments[0].guideline == 1
    assert found.amendments[0].replaces == "Press releases are agreed."
    assert [version.text for version in found.guidelines[0].history] == [OLD.text, "We read it aloud."]
    assert found.guidelines[0].history[-1].session == "s1"
    assert found.guidelines[1:] == (OLDER,)


def test_a_wording_that_is_not_in_the_book_becomes_a_guideline_with_its_history() -> None:
    found = amend(ROOM, form(replaces="No money from anyone."), NOW)
    assert found.amendments[0].replaces == "No money from anyone."
    assert found.guidelines[-1].number == 5
    assert [(version.text, version.session) for version in found.guidelines[-1].history] == [
        ("No money from anyone.", None),
        ("We read it aloud.", "s1"),
    ]


@pytest.mark.parametrize("because", ["1 2", "1,2", "#1 #2", "1; 2 1", "  2 1 "])
def test_an_amendment_rests_on_patterns_by_their_numbers(because: str) -> None:
    assert sorted(amend(ROOM, form(because=because), NOW).amendments[0].because) == [1, 2]


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        (form(principle="  "), "Write the new principle"),
        (form(because="3"), "There is no pattern 3: they go from 1 to 2."),
        (form(because=""), "Say which patterns"),
        (form(because="the first"), "“the” is not the number of a pattern"),
        (form(because="1" * 5000), "is not the number of a pattern"),
        (form(decision="shouting"), "consensus, consent with reservations, vote"),
        (form(replaces="9"), "There is no guideline 9: they go from 1 to 4."),
        (form(replaces="2"), "There is no guideline 2"),
    ],
)
def test_an_amendment_that_cannot_be_taken_says_what_to_type_instead(filled: AmendmentForm, said: str) -> None:
    assert said in refused(ROOM, filled)


def test_where_there_are_no_guidelines_a_number_is_refused() -> None:
    assert "There are no guidelines yet" in refused(replace(ROOM, guidelines=()), form(replaces="1"))


def test_where_there_are_no_patterns_an_amendment_rests_on_none() -> None:
    assert amend(replace(ROOM, patterns=()), form(because=""), NOW).amendments[0].because == ()
    assert "There are no patterns: leave that empty" in refused(replace(ROOM, patterns=()), form(because="1"))


@pytest.mark.parametrize("decision", DECISIONS)
def test_how_it_was_decided_and_every_reservation_are_kept_word_for_word(decision: str) -> None:
    kept = amend(ROOM, form(decision=decision, reservations="Leila: no.\n\n  Ged: and [yes/0]. \r\n"), NOW)
    assert kept.amendments[0].decision == decision
    assert kept.amendments[0].reservations == ("Leila: no.", "  Ged: and [yes/0]. ")


@a_property
@given(ANY.filter(lambda text: bool(text.strip())), ANY, st.sampled_from(["", "1", "No money from anyone."]))
def test_taking_an_amendment_back_undoes_it_and_gives_its_text_back(principle: str, said: str, replaces: str) -> None:
    filled = form(principle=principle, replaces=replaces, reservations=said)
    found = amend(ROOM, filled, NOW)
    back, again = take_back_amendment(found), form_of(found.amendments[-1])
    assert back == ROOM
    assert again.principle == principle
    assert amend(back, again, NOW) == found


def test_two_revisions_of_one_guideline_are_taken_back_one_by_one() -> None:
    once = amend(ROOM, form(replaces="1"), NOW)
    twice = amend(once, form("We read it aloud, twice.", replaces="1"), NOW)
    assert twice.amendments[1].replaces == "We read it aloud."
    assert take_back_amendment(twice) == once
    assert take_back_amendment(take_back_amendment(twice)) == ROOM


def test_where_there_is_no_amendment_there_is_nothing_to_take_back() -> None:
    with pytest.raises(Refused, match="nothing to take back"):
        take_back_amendment(ROOM)


@pytest.mark.parametrize("text", HOSTILE_LINES, ids=in_short)
def test_a_hostile_amendment_is_kept_exactly_as_typed(text: str) -> None:
    kept = amend(ROOM, form(principle=text, replaces="z" + text, reservations=text), NOW).amendments[0]
    assert (kept.principle, kept.replaces, kept.reservations) == (text, "z" + text, (text,))


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
