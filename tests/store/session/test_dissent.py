"""The open dissent session's rules: positions verbatim, blind placements, the reveal, the choice and how it ends."""

from dataclasses import replace
from datetime import date

import pytest

from store.debrief import Debrief
from store.entries import (
    choice_rule,
    line_of_choice,
    placing_rule,
)
from store.model import Placement, Session
from store.refused import Refused
from store.session import dissent, flow
from tests.helpers.builders import (
    AT,
    NOW,
    debrief,
    entered,
    expected_rule,
    refusal,
    with_pact,
)
from tests.helpers.dissenting import session

# ----------------------------------------------------------------------------------------------------------- the opening


def test_a_probe_gets_one_open_dissent_session_and_keeps_its_title() -> None:
    found = session()
    assert (found.session.kind, found.session.phase, found.session.id) == ("dissent", "positions", "s1")
    assert found.probe.title == "Noise protest"
    assert dissent.opened(found, "s2", NOW) is found


def test_a_probe_without_a_title_is_called_after_the_day() -> None:
    bare = replace(debrief(), session=Session(id="", probe="", created=AT))
    found = dissent.opened(replace(bare, probe=bare.probe.but(title=" ")), "s1", NOW)
    assert found.probe.title == "Open dissent session, 7 November"


@pytest.mark.parametrize(
    ("fields", "said"),
    [({}, "has begun"), ({"sealed": AT}, "has been debriefed"), ({"kind": "dissent", "sealed": AT}, "is sealed")],
)
def test_none_is_opened_once_the_debrief_has_begun_or_it_is_over(fields: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        dissent.opened(debrief(**fields), "s2", NOW)


def test_none_is_opened_beside_one_that_is_there() -> None:
    over = session().with_session(sealed=AT).session
    planned = replace(debrief(), session=Session(id="", probe="p1", created=AT), dissent_session=over)
    with pytest.raises(Refused, match="has had its open dissent session"):
        dissent.opened(planned, "s2", NOW)


def test_there_must_be_something_to_reveal() -> None:
    with pytest.raises(Refused, match="no proposals"):
        dissent.reveal(session(), NOW)
    with pytest.raises(Refused, match="Nobody has placed"):
        dissent.reveal(session(proposals=1), NOW)
    assert "no proposals" in refusal(placing_rule(0), session(), "Ana 3 7")


# ------------------------------------------------------------------------------------------------------------ the choice


def placed() -> Debrief:
    """Two proposals, revealed: A is nearest to the centre; the clock of the choice runs."""
    found = entered(placing_rule(1), session("choice", proposals=2), "Ana 5 6 1 2", "Bo 5 5 3 2", "Cem 5 7 2 2")
    return flow.start_or_pause(dissent.reveal(found, NOW), NOW)


def expected(found: Debrief) -> list[tuple[int, str, int, int, bool]]:
    return [(each.number, each.by, each.autonomy, each.benefit, each.reconstructed) for each in found.expected]


def test_the_choice_gives_the_probe_its_title_and_what_is_expected() -> None:
    found = choice_rule(placed(), "a", NOW)
    assert found.probe.title == "proposal 1"
    assert found.probe.choice is not None
    assert (found.probe.choice.proposal, found.probe.choice.reason) == (1, "")
    assert expected(found) == [(1, "Ana", 5, 6, False), (2, "Bo", 5, 5, False), (3, "Cem", 5, 7, False)]
    assert {each.probe for each in found.placements} == {"p1"}


def test_another_than_the_first_needs_a_reason_and_takes_the_place_of_an_earlier_choice() -> None:
    found = choice_rule(placed(), "A", NOW)
    assert refusal(choice_rule, found, "B").startswith("A stands first. Say why the room chooses B")
    again = choice_rule(found, "B  it is colder there", NOW)
    assert again.probe.title == "proposal 2"
    assert again.probe.choice is not None
    assert again.probe.choice.reason == " it is colder there"
    assert expected(again) == [(1, "Ana", 1, 2, False), (2, "Bo", 3, 2, False), (3, "Cem", 2, 2, False)]
    assert line_of_choice(again) == "B  it is colder there"
    back = dissent.take_back_choice(again)
    assert (back.probe.title, back.probe.choice, back.expected) == ("Noise protest", None, ())
    with pytest.raises(Refused, match="nothing to take back"):
        dissent.take_back_choice(back)


def test_what_is_chosen_after_the_action_is_reconstructed_and_a_debrief_s_placements_stay() -> None:
    actual = Placement(probe="p1", round=1, number=1, by="Ana", autonomy=1, benefit=1)
    found = with_pact(replace(placed(), placements=(actual,)), ends=date(2026, 11, 1))
    chosen = choice_rule(found, "A", NOW)
    assert [each[-1] for each in expected(chosen)] == [True, True, True]
    assert actual in chosen.placements


def test_what_is_expected_in_the_form_during_the_session_is_not_reconstructed() -> None:
    found = flow.start_or_pause(session(), NOW)
    assert not expected_rule(found, "Ana 3 7", NOW).expected[0].reconstructed


def test_what_was_expected_in_the_form_stays_where_nobody_placed_what_is_chosen() -> None:
    found = expected_rule(session("choice", proposals=2), "Ana 6 5", NOW)
    chosen = choice_rule(found, "B it is colder", NOW)
    assert chosen.expected == found.expected
    assert dissent.take_back_choice(chosen).expected == found.expected


def test_none_may_be_chosen_if_the_room_says_why() -> None:
    found = choice_rule(placed(), "A", NOW)
    assert "why the room chooses none" in refusal(choice_rule, found, "none")
    none = choice_rule(found, "None, the nightshift was not here", NOW)
    assert (none.probe.choice, none.probe.title, none.expected) == (None, "Noise protest", ())
    assert none.session.closing.reason == "the nightshift was not here"
    assert line_of_choice(none) == "none the nightshift was not here"
    assert dissent.seal(none, NOW).sealed
    assert choice_rule(none, "A", NOW).session.closing.reason == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("F", "there is A to B"),
        ("because", "Choose a proposal by its letter"),
        ("7 x", "Choose a proposal by its letter"),
    ],
)
def test_a_choice_that_names_no_proposal_is_refused(line: str, said: str) -> None:
    assert said in refusal(choice_rule, placed(), line)


def test_nothing_is_chosen_blind_but_what_nobody_placed_can_be() -> None:
    blind = entered(placing_rule(1), session("choice", proposals=2), "Ana 3 7", "Bo 3 7", "Cem 3 7")
    assert "still blind" in refusal(choice_rule, blind, "A")
    few = entered(placing_rule(1), session("choice", proposals=2), "Ana 3 7", "Bo 3 7")
    assert choice_rule(few, "B", NOW).probe.choice is not None, "one or two choose by hand"
    assert choice_rule(session("choice", proposals=2), "B", NOW).expected == ()
    assert "no proposals" in refusal(choice_rule, session("choice"), "A")


def test_the_session_is_sealed_with_a_choice_or_with_the_reason_for_none() -> None:
    with pytest.raises(Refused, match="Choose a proposal by its letter"):
        dissent.seal(placed(), NOW)
    sealed = dissent.seal(choice_rule(placed(), "A", NOW), NOW + 60)
    assert sealed.sealed
    assert not sealed.clock().running
    assert sealed.events[-1].what == "sealed"
    for change in (dissent.take_back_choice, lambda d: dissent.seal(d, NOW), lambda d: dissent.reveal(d, NOW)):
        with pytest.raises(Refused, match="sealed"):
            change(sealed)
