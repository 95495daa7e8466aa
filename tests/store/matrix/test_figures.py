"""The matrix: expected against actual, nobody's vote alone, and what is to be said about both."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.debrief import Debrief
from store.matrix.figures import ALONE, APART, OTHERS, as_json, figures, gap_in_words, placed, remarks
from store.model import Gap
from tests.helpers.builders import a_property, debrief, room, with_ballots

PEOPLE = ("Ana", "Bo", "Cem", "Dilys/Union", "Ged/Union", "Rosa/Union", "Tam/Fund", "Leila/Fund")

ROOM = debrief(*PEOPLE)

points = st.integers(0, 10)


def revealed(found: Debrief, **places: tuple[int, int]) -> Debrief:
    """The same after a first round with these ballots."""
    return with_ballots(found, places).with_session(revealed=1)


def all_at(x: int, y: int, *names: str) -> dict[str, tuple[int, int]]:
    """Ballots of several people at one place."""
    return dict.fromkeys(names, (x, y))


EVERYBODY = ("Ana", "Bo", "Cem", "Dilys", "Ged", "Rosa", "Tam", "Leila")


# --------------------------------------------------------------------------------------------------- the known rooms


def test_the_noise_protest_brought_two_less_autonomy_and_four_less_benefit() -> None:
    found = figures(room("noise-protest"))
    assert found.gap is not None
    assert (found.gap.autonomy, found.gap.benefit) == (-2, -4)
    assert found.gap.length == pytest.approx(20**0.5)
    assert gap_in_words(found.gap) == "2 less autonomy, 4 less benefit than expected"
    assert found.expected.centre == (7, 6)
    assert found.actual.centre == (5, 2)
    assert dict(found.counts) == {
        "Tannery Lane Breathers": 10,
        "Kiln and Process Workers' Union, Branch 40": 5,
        "Clear Estuary Fund": 7,
    }
    assert {name: placed.centre for name, placed in found.by_organisation.items()} == {
        "Tannery Lane Breathers": (1, 2),
        "Kiln and Process Workers' Union, Branch 40": (8, 1),
        "Clear Estuary Fund": (9, 9),
    }
    assert remarks(found) == (
        "The room is split on autonomy: agreement −0.23.",
        "Nobody stands within a point of the median autonomy of 5.",
        "Clear Estuary Fund puts autonomy at 9, Tannery Lane Breathers at 1: 8 apart.",
        "Clear Estuary Fund puts benefit at 9, Kiln and Process Workers' Union, Branch 40 at 1: 8 apart.",
    )


def test_the_tenants_canvass_brought_less_autonomy_and_more_benefit() -> None:
    found = figures(room("tenants-canvass"))
    assert gap_in_words(found.gap) == "1 less autonomy, 1 more benefit than expected"
    assert (found.expected.centre, found.actual.centre) == ((6, 6), (5, 7))
    assert found.by_organisation["Kettle and Key"].centre == (4, 7)
    assert found.by_organisation["Harrowmere Advice Trust"].centre == (6, 7)
    assert not found.reconstructed
    assert remarks(found) == ()


# ------------------------------------------------------------------------------------------------------------- the gap


@a_property
@given(st.lists(st.tuples(points, points), min_size=1, max_size=8), st.lists(st.tuples(points, points), min_size=1))
def test_the_gap_is_median_actual_minus_median_expected(
    before: list[tuple[int, int]], after: list[tuple[int, int]]
) -> None:
    found = with_ballots(ROOM, {f"E{n}": place for n, place in enumerate(before)}, round=0)
    found = with_ballots(found, {f"A{n}": place for n, place in enumerate(after)}).with_session(revealed=1)
    shown = figures(found)
    assert shown.gap is not None
    assert shown.expected.centre is not None
    assert shown.actual.centre is not None
    assert shown.gap.autonomy == shown.actual.centre[0] - shown.expected.centre[0]
    assert shown.gap.benefit == shown.actual.centre[1] - shown.expected.centre[1]
    assert shown.gap.length**2 == pytest.approx(shown.gap.autonomy**2 + shown.gap.benefit**2)


@pytest.mark.parametrize(
    ("autonomy", "benefit", "said"),
    [
        (-3, 1, "3 less autonomy, 1 more benefit than expected"),
        (0.5, -2.5, "0.5 more autonomy, 2.5 less benefit than expected"),
        (0, -2, "2 less benefit than expected, as much autonomy"),
        (1, 0, "1 more autonomy than expected, as much benefit"),
        (0, 0, "It landed where it was expected."),
    ],
)
def test_the_gap_is_said_in_words(autonomy: float, benefit: float, said: str) -> None:
    assert gap_in_words(Gap(autonomy=autonomy, benefit=benefit, length=1)) == said


def test_there_is_no_gap_where_one_side_is_missing() -> None:
    assert figures(revealed(ROOM, Ana=(3, 3))).gap is None
    assert figures(with_ballots(ROOM, {"Ana": (3, 3)}, round=0)).gap is None
    assert gap_in_words(None).startswith("No gap yet")


# ----------------------------------------------------------------------------------------------------------- blind rounds


def test_a_round_that_is_not_revealed_gives_no_figures_at_all() -> None:
    found = figures(with_ballots(ROOM, all_at(3, 3, *EVERYBODY)))
    assert found.actual == placed([])
    assert (found.gap, dict(found.by_organisation), dict(found.counts)) == (None, {}, {})
    assert remarks(found) == ()
    assert as_json(found)["actual"] == as_json(figures(ROOM))["actual"]


def test_a_second_round_stays_blind_while_the_first_is_shown() -> None:
    found = with_ballots(revealed(ROOM, Ana=(3, 3)), {"Ana": (9, 9)}, round=2).with_session(round=2)
    assert figures(found, 1).actual.centre == (3, 3)
    assert figures(found, 2).actual.centre is None
    shown = found.with_session(revealed=2)
    assert figures(shown, 2).actual.centre == (9, 9)
    assert figures(shown, 1).actual.centre == (3, 3)


# ---------------------------------------------------------------------------------------------------------- organisations


def test_an_organisation_with_three_ballots_is_shown_and_one_with_fewer_is_not() -> None:
    found = figures(revealed(ROOM, **all_at(2, 3, "Ana", "Bo", "Cem"), **all_at(9, 9, "Tam", "Leila")))
    assert {name: placed.centre for name, placed in found.by_organisation.items()} == {"Breathers": (2, 3)}
    assert dict(found.counts) == {"Breathers": 3, "Fund": 2}


def test_small_organisations_stand_together_as_others_where_they_are_three_or_more() -> None:
    found = figures(revealed(ROOM, **all_at(2, 3, "Ana", "Bo"), **all_at(9, 9, "Tam", "Leila")))
    assert {name: placed.n for name, placed in found.by_organisation.items()} == {OTHERS: 4}


@pytest.mark.parametrize("name", [OTHERS, "Fund"])
def test_an_organisation_that_is_called_others_is_not_taken_apart_from_them(name: str) -> None:
    found = debrief("Ana", "Bo", "Cem", f"Tam/{name}", f"Leila/{name}")
    shown = figures(revealed(found, **all_at(2, 3, "Ana", "Bo", "Cem"), **all_at(9, 9, "Tam", "Leila")))
    assert set(shown.by_organisation) == {"Breathers"}


def test_who_is_in_no_roster_stands_with_the_others() -> None:
    found = figures(revealed(ROOM, Zoe=(1, 1), Tam=(9, 9), Leila=(9, 9)))
    assert {name: placed.n for name, placed in found.by_organisation.items()} == {OTHERS: 3}
    assert as_json(figures(revealed(ROOM, Zoe=(1, 1))))["by_organisation"] == {}


@a_property
@given(st.lists(st.sampled_from("ABCDE"), max_size=20), st.data())
def test_no_figure_rests_on_fewer_than_three_ballots(organisations: list[str], data: st.DataObject) -> None:
    found = debrief(*(f"P{n}/{organisation}" for n, organisation in enumerate(organisations)))
    places = {f"P{n}": (data.draw(points), data.draw(points)) for n in range(len(organisations))}
    shown = figures(with_ballots(found, places).with_session(revealed=1))
    assert all(placed.n >= ALONE for placed in shown.by_organisation.values())
    listed = as_json(shown)["by_organisation"]
    assert isinstance(listed, dict)
    for name, axes in listed.items():
        small = name != OTHERS and organisations.count(name) < ALONE
        assert (axes["autonomy"]["median"] is None) == small
        assert (axes["benefit"]["median"] is None) == small
        assert axes["autonomy"]["n"] == organisations.count(name) or name == OTHERS
    said = " ".join(remarks(shown))
    assert not [name for name in "ABCDE" if organisations.count(name) < ALONE and f"{name} puts" in said]


# ------------------------------------------------------------------------------------------------------------ the remarks


def test_a_room_that_is_split_is_told_so_and_one_that_agrees_is_not() -> None:
    split = figures(revealed(ROOM, **all_at(0, 5, "Ana", "Bo", "Cem", "Tam"), **all_at(10, 5, "Dilys", "Ged", "Rosa")))
    assert remarks(split)[0].startswith("The room is split on autonomy: agreement −0.")
    assert "benefit" not in " ".join(remarks(split))
    assert remarks(figures(revealed(ROOM, **all_at(5, 5, *EVERYBODY)))) == ()


@pytest.mark.parametrize(("apart", "named"), [(APART - 1, False), (APART, True), (APART + 1, True)])
def test_organisations_whose_medians_differ_by_three_or_more_are_named(apart: int, named: bool) -> None:
    found = figures(revealed(ROOM, **all_at(4, 5, "Ana", "Bo", "Cem"), **all_at(4 + apart, 5, "Dilys", "Ged", "Rosa")))
    said = f"Union puts autonomy at {4 + apart}, Breathers at 4: {apart} apart."
    assert (said in remarks(found)) == named


def test_others_are_never_named_against_an_organisation() -> None:
    people = debrief("Ana", "Bo", "Cem", "Tam/Fund", "Leila/Fund", "Ged/Union")
    found = figures(revealed(people, **all_at(0, 5, "Ana", "Bo", "Cem"), **all_at(10, 5, "Tam", "Leila", "Ged")))
    assert OTHERS in found.by_organisation
    assert "apart" not in " ".join(remarks(found))


# ---------------------------------------------------------------------------------------------------- what was rebuilt


def test_an_expected_placement_made_after_the_action_marks_the_figures_as_reconstructed() -> None:
    before = with_ballots(ROOM, {"Ana": (6, 6)}, round=0)
    assert not figures(before).reconstructed
    later = with_ballots(ROOM, {"Ana": (6, 6), "Bo": (5, 5)}, round=0, reconstructed=True)
    assert figures(later).reconstructed
    assert as_json(figures(later))["reconstructed"] is True
    mixed = replace(later, placements=(later.placements[0].but(reconstructed=False), later.placements[1]))
    assert figures(mixed).reconstructed


# ---------------------------------------------------------------------------------------------------------- the contract


def test_the_figures_in_json_have_the_form_of_the_contract() -> None:
    found = with_ballots(ROOM, {"Ana": (6, 6), "Bo": (8, 6)}, round=0)
    shown = as_json(figures(revealed(found, **all_at(2, 3, "Ana", "Bo", "Cem"), Tam=(9, 9))))
    assert shown == {
        "expected": {
            "autonomy": {"n": 2, "median": 7, "q1": 6.5, "q3": 7.5, "agreement": pytest.approx(0.9 * 62 / 81)},
            "benefit": {"n": 2, "median": 6, "q1": 6, "q3": 6, "agreement": 1},
        },
        "actual": {
            "autonomy": {"n": 4, "median": 2, "q1": 2, "q3": 3.75, "agreement": pytest.approx((1 - 0.9 * 33 / 81) / 2)},
            "benefit": {"n": 4, "median": 3, "q1": 3, "q3": 4.5, "agreement": pytest.approx((1 - 0.9 * 14 / 81) / 2)},
        },
        "gap": {"autonomy": -5, "benefit": -3, "length": pytest.approx(34**0.5)},
        "by_organisation": {
            "Breathers": {"autonomy": {"n": 3, "median": 2}, "benefit": {"n": 3, "median": 3}},
            "Fund": {"autonomy": {"n": 1, "median": None}, "benefit": {"n": 1, "median": None}},
        },
        "reconstructed": False,
    }


def test_where_nothing_was_placed_every_figure_is_null() -> None:
    nothing = {"n": 0, "median": None, "q1": None, "q3": None, "agreement": None}
    assert as_json(figures(ROOM)) == {
        "expected": {"autonomy": nothing, "benefit": nothing},
        "actual": {"autonomy": nothing, "benefit": nothing},
        "gap": None,
        "by_organisation": {},
        "reconstructed": False,
    }


def test_the_others_are_in_the_json_with_their_figures() -> None:
    shown = as_json(figures(revealed(ROOM, **all_at(2, 3, "Ana", "Bo"), **all_at(9, 9, "Tam", "Leila"))))
    assert shown["by_organisation"] == {
        "Breathers": {"autonomy": {"n": 2, "median": None}, "benefit": {"n": 2, "median": None}},
        "Fund": {"autonomy": {"n": 2, "median": None}, "benefit": {"n": 2, "median": None}},
        OTHERS: {"autonomy": {"n": 4, "median": 5.5}, "benefit": {"n": 4, "median": 6}},
    }
