"""Lines of blind placements, and placements that come as values."""

import pytest

from store.entries import placing_rule, position_rule, take_back_placing
from store.entries.placing import Places, add_placing, name_and_numbers, take_back_placings
from store.model import Mark
from store.refused import Refused
from store.session import dissent
from tests.helpers.builders import NOW, entered, refusal
from tests.helpers.dissenting import marks, session


@pytest.mark.parametrize(
    ("line", "proposals", "wanted"),
    [
        ("Ana 3 7", 5, ("Ana", (3, 7))),
        ("Ana 3, 7", 5, ("Ana", (3, 7))),
        ("Ana ３ ７", 5, ("Ana", (3, 7))),
        ("Ana：６５７４", 2, ("Ana", (6, 5, 7, 4))),
        ("ana37", 5, ("ana", (3, 7))),
        ("ana 37", 5, ("ana", (3, 7))),
        ("Ana: 10 10", 5, ("Ana", (10, 10))),
        ("Ana 6 5 7 4", 2, ("Ana", (6, 5, 7, 4))),
        ("Ana 6574", 2, ("Ana", (6, 5, 7, 4))),
        ("Ana6574", 2, ("Ana", (6, 5, 7, 4))),
        ("Ana 65 74 10 3", 3, ("Ana", (6, 5, 7, 4, 10, 3))),
        ("Ana 10 10 10 10", 2, ("Ana", (10, 10, 10, 10))),
        ("Mary Ann 3 7", 1, ("Mary Ann", (3, 7))),
        ("P1 3 7", 2, ("P1", (3, 7))),
    ],
)
def test_a_line_is_a_name_and_two_numbers_or_two_for_each(
    line: str, proposals: int, wanted: tuple[str, tuple[int, ...]]
) -> None:
    assert name_and_numbers(line, proposals) == wanted


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Ana 6 5 7", "there are 3"),
        ("Ana 6", "there is 1."),
        ("Ana", "there are none"),
        ("Ana 11 5", "from 0 to 10"),
        ("Ana 3 -1", "from 0 to 10"),
        ("Ana 11 12", "from 0 to 10"),
        ("Ana 3 " + "9" * 5000, "from 0 to 10"),
        ("Ana 6574657", "there are 7"),
        ("3 7", "Type a name"),
        ("37", "Type a name"),
        ("", "Type a name"),
    ],
)
def test_any_other_form_is_refused(line: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        name_and_numbers(line, 2)


def test_one_proposal_at_a_time_or_all_at_once() -> None:
    found = entered(placing_rule(2), session(proposals=3), "Ana 3 7", "A: Ana 1 2", "c: ana 45", "Bo 123456")
    assert marks(found) == [
        {"Ana": (1, 2), "Bo": (1, 2)},
        {"Ana": (3, 7), "Bo": (3, 4)},
        {"Ana": (4, 5), "Bo": (5, 6)},
    ]
    assert "there is A to C" in refusal(placing_rule(1), found, "F: Cem 1 2")
    assert "there are 4" in refusal(placing_rule(1), found, "A: Cem 1 2 3 4")


def test_nobody_places_twice_and_all_of_theirs_go_at_once() -> None:
    found = entered(placing_rule(1), session(proposals=2), "Ana 3 7", "Bo 1234")
    said = refusal(placing_rule(1), found, "an 1234")
    assert 'Ana has placed A already (somebody else stands in quotes, “"an"”)' in said
    assert refusal(placing_rule(1), found, "ana 1 1").count("quotes") == 0
    assert marks(entered(placing_rule(1), found, '"an" 1 1'))[0]["an"] == (1, 1)
    assert marks(entered(placing_rule(1), found, "-bo")) == [{"Ana": (3, 7)}, {}]
    assert "Nobody here" in refusal(placing_rule(1), found, "-Cem")


def test_names_are_those_of_the_voices_and_two_that_fit_are_offered() -> None:
    found = entered(position_rule("autonomy"), session(proposals=1), "@Ruth x", "@Rosa y")
    assert "fits Ruth, Rosa" in refusal(placing_rule(1), found, "r 3 7")
    placed = entered(placing_rule(1), found, "ro 3 7", "Rufus 1 1")
    assert marks(placed) == [{"Rosa": (3, 7), "Rufus": (1, 1)}]


def test_the_last_line_is_taken_back_without_being_shown() -> None:
    found = entered(placing_rule(1), session(proposals=2), "Dana 1234", "Bo 5 6")
    found = take_back_placing(found, 1)
    assert marks(found) == [{"Dana": (1, 2)}, {"Dana": (3, 4)}]
    assert marks(take_back_placing(found, 2)) == [{}, {}], "one line placed both"
    with pytest.raises(Refused, match="nothing to take back"):
        take_back_placing(session(proposals=2), 1)


def test_a_line_entered_anew_replaces_what_its_name_has_placed_of_the_same_proposals() -> None:
    found = entered(placing_rule(1), session(proposals=2), "Dana 1234", "Bo 5 6")
    assert marks(entered(placing_rule(1, True), found, "dana 9 9")) == [
        {"Bo": (5, 6), "Dana": (9, 9)},
        {"Dana": (3, 4)},
    ]
    assert marks(entered(placing_rule(1, True), found, "da 4321")) == [{"Bo": (5, 6), "Dana": (4, 3)}, {"Dana": (2, 1)}]


def test_after_the_reveal_nothing_changes() -> None:
    found = entered(placing_rule(1), session(proposals=2), "Ana 3 7", "Bo 2 2")
    with pytest.raises(Refused, match="2 ballots are too few"):
        dissent.reveal(found, NOW)
    shown = dissent.reveal(entered(placing_rule(1), found, "Cem 4 4"), NOW)
    assert shown.events[-1].what == "placements revealed"
    for rule, line in ((placing_rule(1), "Dov 1 1"), (placing_rule(1), "-Ana"), (placing_rule(1, True), "Ana 1 1")):
        assert "stay as they are" in refusal(rule, shown, line)
    with pytest.raises(Refused, match="stay as they are"):
        take_back_placing(shown, 1)
    with pytest.raises(Refused, match="revealed already"):
        dissent.reveal(shown, NOW)


def test_sixty_people_place_twelve_proposals() -> None:
    people = [f"{first}{second}" for first in "ABCDEFGHIJ" for second in ("un", "el", "or", "ix", "ad", "oz")]
    found = session(proposals=12)
    for n, name in enumerate(people):
        found = entered(placing_rule(1), found, name + " " + "".join(str((n + k) % 10) for k in range(24)))
    assert [len(each.placements) for each in found.proposals] == [60] * 12
    assert found.proposals[11].placements[-1] == Mark(by="Joz", autonomy=(59 + 22) % 10, benefit=(59 + 23) % 10)


@pytest.mark.parametrize("name", ["-Ana", '"Ana"', "B: Ana", "Ana 3 7", "An"])
def test_whoever_places_by_a_value_is_called_as_they_say(name: str) -> None:
    before = add_placing(session(proposals=2), "Ana", {1: (0, 10)})
    found = add_placing(before, name, {2: (1, 2), 1: (3, 4)})
    assert marks(found) == [{"Ana": (0, 10), name: (3, 4)}, {name: (1, 2)}]
    assert take_back_placings(found, name) == before


@pytest.mark.parametrize(
    ("by", "places", "said"),
    [
        ("Bo", {1: (11, 0)}, "from 0 to 10"),
        ("Bo", {3: (1, 1)}, "no such proposal"),
        ("Bo", {}, "no such proposal"),
        (" ", {1: (1, 1)}, "no name"),
        ("ANA", {2: (1, 1), 1: (1, 1)}, "ANA has placed A already"),
    ],
)
def test_a_placement_that_comes_as_a_value_is_checked(by: str, places: Places, said: str) -> None:
    found = add_placing(session(proposals=2), "Ana", {1: (0, 10)})
    with pytest.raises(Refused, match=said):
        add_placing(found, by, places)
