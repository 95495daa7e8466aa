"""Lines of ballots and of what was expected, and ballots that come as values."""

import pytest

from store.entries import add_expected, ballot_rule, replacing_rule, take_back
from store.entries.ballots import NewBallot, add_ballot, take_back_ballot
from store.refused import Refused
from store.session import decisions
from tests.helpers.builders import NOW, debrief, entered, expected_rule, refusal, with_pact
from tests.store.entries.shared import ROSTER


@pytest.mark.parametrize(
    ("line", "name", "place"),
    [
        ("bo 3 7", "Bo", (3, 7)),
        ("bo37", "Bo", (3, 7)),
        ("bo 37", "Bo", (3, 7)),
        ("Bo 3, 7", "Bo", (3, 7)),
        ("bo: 3/7", "Bo", (3, 7)),
        ("bo, 3, 7", "Bo", (3, 7)),
        ("bo\t3\t7", "Bo", (3, 7)),
        ("  bo   3   7  ", "Bo", (3, 7)),
        ("bo 10 4", "Bo", (10, 4)),
        ("bo 4 10", "Bo", (4, 10)),
        ("bo 10 10", "Bo", (10, 10)),
        ("bo 0 0", "Bo", (0, 0)),
        ("bo00", "Bo", (0, 0)),
        ("ıpek 3 7", "İpek", (3, 7)),
        ("Ana 3 7", "Ana", (3, 7)),
        ("anab 3 7", "Anabel", (3, 7)),
        ("bo 03 07", "Bo", (3, 7)),
        ("bo ٣ ٧", "Bo", (3, 7)),
        ("bo ３　７", "Bo", (3, 7)),
        ("bo３７", "Bo", (3, 7)),
        ("ｂｏ：３／７", "Bo", (3, 7)),
        ("bo ३ १०", "Bo", (3, 10)),
        ("@bo 3 7", "Bo", (3, 7)),
        ("@ Bo37", "Bo", (3, 7)),
    ],
)
def test_a_ballot_is_enough_of_a_name_and_two_numbers(line: str, name: str, place: tuple[int, int]) -> None:
    ballot = entered(ballot_rule, ROSTER, line).placements[0]
    assert (ballot.by, ballot.autonomy, ballot.benefit, ballot.round) == (name, *place, 1)
    assert not ballot.reconstructed


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("bo 11 4", "from 0 to 10"),
        ("bo 4 11", "from 0 to 10"),
        ("bo -1 4", "from 0 to 10"),
        ("bo 4 -1", "from 0 to 10"),
        ("bo 100 4", "from 0 to 10"),
        ("bo 99999999999999999999 4", "from 0 to 10"),
        ("bo", "two numbers from 0 to 10"),
        ("bo 3", "two numbers"),
        ("3 7", "two numbers"),
        ("37", "two numbers"),
        ("bo 3.5 7", "whole numbers"),
        ("bo three seven", "two numbers"),
        ("bo 104", "two numbers"),
        ("bo 3 7 5", "Two numbers from 0 to 10 follow the name, autonomy then benefit"),
        ("zoe 4 7 5", "Nobody here is called “zoe”"),
        ("z4oe 7 5", "Nobody here is called “z”"),
        ("-bo 4 5", "Nobody here is called “bo”"),
        ("zoe 3 7", "Nobody here is called “zoe”"),
        ("an 3 7", "“an” fits Ana, Anabel"),
        ("-bo", "Nobody here is called “bo”"),
    ],
)
def test_a_ballot_that_cannot_be_taken_says_what_to_type_instead(line: str, said: str) -> None:
    assert said in refusal(ballot_rule, ROSTER, line)


@pytest.mark.parametrize("line", ["B2 3 7", "b2: 3/7", "B2 37"])
def test_a_name_may_end_with_a_number(line: str) -> None:
    found = debrief("B1", "B2", "17", "Person 3")
    assert entered(ballot_rule, found, line).placements[0].by == "B2"
    assert entered(ballot_rule, found, "17 10 4").placements[0].by == "17"
    assert entered(ballot_rule, found, "person 3 0 1").placements[0].by == "Person 3"


def test_a_second_ballot_from_the_same_person_is_refused() -> None:
    found = entered(ballot_rule, ROSTER, "bo 3 7")
    assert "Bo has placed already" in refusal(ballot_rule, found, "BO 5 5")
    assert found.ballots(1)[0].autonomy == 3


def test_a_ballot_can_be_taken_back_while_the_round_is_blind() -> None:
    found = entered(ballot_rule, ROSTER, "bo 3 7", "ana 1 1", "-bo", "bo 5 5")
    assert [(p.by, p.autonomy) for p in found.ballots(1)] == [("Ana", 1), ("Bo", 5)]
    assert take_back(found, "ballots").ballots(1)[0].by == "Ana"


def test_after_the_reveal_a_round_takes_no_ballot_and_gives_none_back() -> None:
    found = decisions.reveal(entered(ballot_rule, ROSTER, "bo 3 7", "ana 1 1", "ipek 2 2"), NOW)
    assert "Round 1 is revealed" in refusal(ballot_rule, found, "ana 3 7")
    assert "Round 1 is revealed" in refusal(ballot_rule, found, "-bo")
    with pytest.raises(Refused, match="revealed"):
        take_back(found, "ballots")
    assert "Round 1 is revealed" in refusal(replacing_rule("ballots", ballot_rule), found, "bo 5 5")


def test_a_second_round_is_a_second_round_and_the_first_is_never_changed() -> None:
    first = decisions.reveal(entered(ballot_rule, ROSTER, "bo 3 7", "ana 1 1", "ipek 2 2"), NOW)
    second = entered(ballot_rule, decisions.another_round(first, NOW), "bo 9 9", "ana 1 1", "-ana")
    assert second.ballots(1) == first.ballots(1)
    assert [(p.by, p.round, p.autonomy) for p in second.ballots(2)] == [("Bo", 2, 9)]
    assert take_back(second, "ballots").ballots(1) == first.ballots(1)


def test_an_expected_placement_before_the_action_is_as_recorded_and_after_it_is_reconstructed() -> None:
    ends = {"ends": "2026-11-07", "ends_at": "15:30"}
    before = entered(expected_rule, with_pact(ROSTER, ends="2026-11-08"), "bo 6 6")
    assert not before.expected[0].reconstructed
    assert entered(expected_rule, with_pact(ROSTER, **ends), "bo 6 6").expected[0].reconstructed
    begun = with_pact(ROSTER, ends="2026-11-08").with_session(began=NOW)
    assert entered(expected_rule, begun, "bo 6 6").expected[0].reconstructed


def test_who_expected_something_need_not_be_in_the_room_and_may_change_their_mind() -> None:
    found = entered(expected_rule, ROSTER, "Zoe 6 6", "bo 1 2", "Zoe 5 5")
    assert [(p.by, p.round, p.autonomy) for p in found.placements] == [("Bo", 0, 1), ("Zoe", 0, 5)]
    assert "“an” fits" in refusal(expected_rule, found, "an 3 3")


def test_what_was_expected_leaves_the_rounds_alone() -> None:
    found = entered(ballot_rule, ROSTER, "bo 3 7")
    assert entered(expected_rule, found, "bo 6 6").ballots(1) == found.ballots(1)


def test_a_refusal_quotes_no_digit_that_may_be_a_vote() -> None:
    placed = entered(ballot_rule, ROSTER, "bo 9 8")
    for line in ("ana 4 5 6", "ana4 5 6", "zoe 4 5 6", "-bo 4 5", "-zoe 45", "4 5 6"):
        said = refusal(ballot_rule, placed, line).replace("0 to 10", "").replace("Ana 3 7", "")
        assert not any(each.isdigit() for each in said), said


def test_a_ballot_that_comes_as_a_value_names_somebody_by_their_whole_name() -> None:
    room = debrief("-5", "Bo 3", "Bo")
    found = add_ballot(add_ballot(room, NewBallot("Bo 3", 1, 2), NOW), NewBallot("-5", 3, 4), NOW)
    assert [(each.by, each.autonomy, each.benefit) for each in found.ballots(1)] == [("Bo 3", 1, 2), ("-5", 3, 4)]
    with pytest.raises(Refused, match="Nobody here is called “B”"):
        add_ballot(room, NewBallot("B", 1, 2), NOW)
    assert [each.by for each in take_back_ballot(found, "-5").ballots(1)] == ["Bo 3"]


@pytest.mark.parametrize("place", [(11, 0), (0, -1)])
def test_a_ballot_that_comes_as_a_value_stays_on_the_matrix(place: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="from 0 to 10"):
        add_ballot(ROSTER, NewBallot("Bo", *place), NOW)
    with pytest.raises(Refused, match="from 0 to 10"):
        add_expected(ROSTER, NewBallot("Bo", *place), NOW)


def test_what_was_expected_may_come_as_a_value_under_any_name() -> None:
    found = add_expected(ROSTER, NewBallot("An", 3, 7), NOW)
    assert [(each.by, each.autonomy, each.benefit) for each in found.expected] == [("An", 3, 7)]
