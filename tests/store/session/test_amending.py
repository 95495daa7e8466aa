"""Amendments: each rests on patterns, and keeps the old wording and every reservation."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.debrief import Debrief
from store.model import DECISIONS, Guideline, Version
from store.refused import Refused
from store.session.amending import AmendmentForm, amend, form_of, take_back_amendment
from tests.helpers.builders import AT, HOSTILE_LINES, NOW, a_property, debrief, in_short, with_pattern
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
