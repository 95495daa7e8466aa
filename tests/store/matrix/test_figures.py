"""The matrix: expected against actual, nobody's vote alone, and what is to be said about both."""

import random
import statistics
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.debrief import Debrief
from store.matrix import gap
from store.matrix.figures import APART, OTHERS, as_json, completeness, figures, placed
from store.matrix.in_words import headline, recorded, remarks
from store.matrix.shown import ALONE
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


def test_the_noise_protest_is_told_by_the_people_who_placed_it_twice() -> None:
    found = figures(room("noise-protest"))
    assert found.gap is not None
    assert (found.gap.autonomy, found.gap.benefit) == (-2, -4)
    assert found.gap.length == pytest.approx(20**0.5)
    assert found.gap.paired is not None
    assert found.gap.paired.model_dump() == {
        "n": 10,
        "autonomy": {"median": -6, "lower": 10, "same": 0, "higher": 0},
        "benefit": {"median": -4, "lower": 10, "same": 0, "higher": 0},
    }
    assert headline(found) == (
        "10 of 10 placed it lower on autonomy than they expected (median −6)."
        " On benefit: 10 of 10 lower (median −4)."
        " Fewer than twelve people: it may be chance."
    )
    assert found.way == ((7, 6), (1, 2))
    assert found.expected.centre == (7, 6)
    assert found.actual.centre == (5, 2)
    assert found.partners is not None
    assert (found.partners.n, found.partners.centre) == (12, (9, 8))
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
        "Two camps on autonomy: 11 at 0 to 2, 11 at 8 to 10; nobody stands at the median of 5.",
        "Two camps on benefit: 15 at 0 to 3, 7 at 8 to 10.",
        "Clear Estuary Fund puts autonomy at 9, Tannery Lane Breathers at 1: 8 apart.",
        "Kiln and Process Workers' Union, Branch 40 puts autonomy at 8, Tannery Lane Breathers at 1: 7 apart.",
        "Clear Estuary Fund puts benefit at 9, Kiln and Process Workers' Union, Branch 40 at 1: 8 apart.",
        "Clear Estuary Fund puts benefit at 9, Tannery Lane Breathers at 2: 7 apart.",
    )


def test_the_tenants_canvass_brought_less_autonomy_and_more_benefit() -> None:
    found = figures(room("tenants-canvass"))
    assert found.gap is not None
    assert (found.gap.autonomy, found.gap.benefit) == (-1, 1)
    assert (found.expected.centre, found.actual.centre) == ((6, 6), (5, 7))
    assert found.by_organisation["Kettle and Key"].centre == (4, 7)
    assert found.by_organisation["Harrowmere Advice Trust"].centre == (6, 7)
    assert not found.late
    assert remarks(found) == ()


# ------------------------------------------------------------------------------------------------- the same people's gap


def twice(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]], *people: str) -> Debrief:
    """A revealed room in which some were asked before."""
    found = with_ballots(debrief(*people), before, round=0)
    return with_ballots(found, after).with_session(revealed=1)


def test_where_nobody_moved_and_partners_stand_higher_nothing_has_changed() -> None:
    people = [f"P{n}" for n in range(12)]
    partners = [f"Q{n}/Union" for n in range(12)]
    before = dict.fromkeys(people, (3, 4))
    found = figures(twice(before, {**before, **{f"Q{n}": (9, 9) for n in range(12)}}, *people, *partners))
    assert found.gap is not None
    assert found.gap.autonomy > 0
    assert gap.step(found.gap.model_dump()) == (0, 0)
    assert headline(found) == (
        "12 of 12 placed it where they expected on autonomy (median 0)."
        " On benefit: 12 of 12 the same (median 0). It may be chance."
    )


@a_property
@given(st.lists(st.tuples(points, points, points, points), min_size=3, max_size=20), st.sampled_from((0, 3, 4, 5)))
def test_the_same_people_are_compared_with_themselves(marks: list[tuple[int, int, int, int]], absent: int) -> None:
    people = [f"P{n}" for n in range(len(marks))]
    before = {name: (x, y) for name, (x, y, _, _) in zip(people, marks, strict=True)}
    after = {name: (x, y) for name, (_, _, x, y) in zip(people, marks, strict=True)}
    before |= {f"A{n}": (0, 0) for n in range(absent)}
    found = as_json(figures(twice(before, after, *people)))["paired"]
    assert isinstance(found, dict)
    assert found["n"] == len(marks)
    for axis, moved in (("autonomy", [c - a for a, _, c, _ in marks]), ("benefit", [d - b for _, b, _, d in marks])):
        assert found[axis] == {
            "median": statistics.median(moved),
            "lower": len([each for each in moved if each < 0]),
            "same": moved.count(0),
            "higher": len([each for each in moved if each > 0]),
        }


@pytest.mark.parametrize(("twice_placed", "shown"), [(2, False), (3, True)])
def test_fewer_than_three_who_placed_twice_are_not_told_and_the_medians_are_of_different_people(
    twice_placed: int, shown: bool
) -> None:
    people = [f"P{n}" for n in range(6)]
    before = {f"P{n}" if n < twice_placed else f"E{n}": (6, 6) for n in range(6)}
    found = figures(twice(before, dict.fromkeys(people, (4, 6)), *people))
    assert found.gap is not None
    assert (found.gap.paired is not None) == shown
    assert ("different people" in headline(found)) != shown
    if not shown:
        assert headline(found) == (
            "2 less autonomy than expected, as much benefit, at the medians of different people. It may be chance."
        )


@pytest.mark.parametrize(
    ("lower", "higher", "same", "autonomy"),
    [
        (11, 0, 0, True),  # fewer than twelve
        (12, 0, 0, False),
        (9, 3, 0, True),  # p = 0.146
        (10, 2, 0, False),  # p = 0.039
        (5, 0, 7, False),  # p = 0.0625
        (4, 0, 8, True),  # p = 0.125
        (0, 5, 7, False),
    ],
)
def test_what_could_be_a_coin_s_is_called_chance(lower: int, higher: int, same: int, autonomy: bool) -> None:
    moves = [-2] * lower + [2] * higher + [0] * same
    people = [f"P{n}" for n in range(len(moves))]
    after = {name: (5 + move, 5) for name, move in zip(people, moves, strict=True)}
    found = figures(twice(dict.fromkeys(people, (5, 5)), after, *people))
    assert found.chance == {"autonomy": autonomy, "benefit": True}
    assert as_json(found)["chance"] == {"autonomy": autonomy, "benefit": True}
    few = len(moves) < 12
    said = "Fewer than twelve people: it" if few else "It" if autonomy else "On benefit it"
    assert headline(found).endswith(f" {said} may be chance.")


def test_a_few_people_are_called_chance_in_every_room_of_five_that_has_not_changed_its_mind() -> None:
    chance = random.Random(5)
    people = [f"P{n}" for n in range(5)]
    for _ in range(200):
        before, after = ({name: (chance.randint(3, 7), chance.randint(3, 7)) for name in people} for _ in range(2))
        assert headline(figures(twice(before, after, *people))).endswith("it may be chance.")


def test_names_that_do_not_tell_people_apart_pair_nobody() -> None:
    found = room("noise-protest")
    nameless = replace(found, placements=tuple(each.but(by=OTHERS) for each in found.placements))
    assert figures(nameless).gap == figures(found).gap.but(paired=None)  # type: ignore[union-attr]
    kept = nameless.with_session(gap=figures(found).gap)
    assert figures(kept).gap == figures(found).gap


# ------------------------------------------------------------------------------------------------------------- the gap


@a_property
@given(st.lists(st.tuples(points, points), min_size=3, max_size=8), st.lists(st.tuples(points, points), min_size=3))
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
        (-3, 1, "3 less autonomy, 1 more benefit than expected, at the medians of different people."),
        (0.5, -2.5, "0.5 more autonomy, 2.5 less benefit than expected, at the medians of different people."),
        (0, -2, "2 less benefit than expected, as much autonomy, at the medians of different people."),
        (1, 0, "1 more autonomy than expected, as much benefit, at the medians of different people."),
        (0, 0, "It landed where it was expected, at the medians of different people."),
    ],
)
def test_the_gap_is_said_in_words(autonomy: float, benefit: float, said: str) -> None:
    assert gap.in_words({"autonomy": autonomy, "benefit": benefit}) == said


def test_of_different_people_too_it_is_said_on_which_axis_it_may_be_chance() -> None:
    people = [f"P{n}" for n in range(12)]
    before = {f"E{n}": (8, 5) for n in range(12)}
    found = figures(twice(before, {name: (2, 4 + n % 3) for n, name in enumerate(people)}, *people))
    assert found.chance == {"autonomy": False, "benefit": True}
    assert headline(found).endswith("at the medians of different people. On benefit it may be chance.")


@pytest.mark.parametrize(
    ("lower", "same", "higher", "said"),
    [
        (7, 1, 0, "7 of 8 placed it lower on autonomy than they expected, 1 the same (median −2)."),
        (3, 2, 3, "3 of 8 placed it lower on autonomy than they expected, 3 higher, 2 the same (median −2)."),
        (1, 5, 2, "5 of 8 placed it where they expected on autonomy, 2 higher, 1 lower (median −2)."),
        (1, 1, 6, "6 of 8 placed it higher on autonomy than they expected, 1 lower, 1 the same (median −2)."),
    ],
)
def test_how_the_same_people_moved_is_counted_the_most_first(lower: int, same: int, higher: int, said: str) -> None:
    shift = {"median": -2, "lower": lower, "same": same, "higher": higher}
    kept = {"autonomy": 0, "benefit": 0, "paired": {"n": 8, "autonomy": shift, "benefit": shift}}
    assert next(gap.sentences(kept)) == said
    assert gap.in_short(kept) == "−2 autonomy, −2 benefit, same 8 people"


def test_there_is_no_gap_where_one_side_is_missing() -> None:
    assert figures(revealed(ROOM, **all_at(3, 3, *EVERYBODY))).gap is None
    assert figures(with_ballots(ROOM, all_at(3, 3, *EVERYBODY), round=0)).gap is None
    assert gap.in_words(None).startswith("No gap yet")


@pytest.mark.parametrize(("n", "shown"), [(2, False), (3, True)])
def test_what_one_or_two_people_expected_is_shown_to_nobody(n: int, shown: bool) -> None:
    found = with_ballots(ROOM, dict.fromkeys(EVERYBODY[:n], (6, 6)), round=0)
    expected = figures(found).expected
    assert (expected.n, expected.centre, expected.marks) == (n, (6, 6) if shown else None, ((6, 6),) * (n * shown))
    if not shown:
        later = figures(revealed(found, **all_at(3, 3, *EVERYBODY)))
        assert headline(later) == "No gap: fewer than three recorded what they expected, too few to be shown."


# ----------------------------------------------------------------------------------------------------------- blind rounds


def test_a_round_that_is_not_revealed_gives_no_figures_at_all() -> None:
    found = figures(with_ballots(ROOM, all_at(3, 3, *EVERYBODY)))
    assert found.actual == placed([])
    assert (found.gap, dict(found.by_organisation), dict(found.counts)) == (None, {}, {})
    assert remarks(found) == ()
    assert as_json(found)["actual"] == as_json(figures(ROOM))["actual"]


def test_a_second_round_stays_blind_while_the_first_is_shown() -> None:
    first = revealed(ROOM, **all_at(3, 3, *EVERYBODY))
    found = with_ballots(first, all_at(9, 9, *EVERYBODY), round=2).with_session(round=2)
    assert figures(found, 1).actual.centre == (3, 3)
    assert figures(found, 2).actual.centre is None
    shown = found.with_session(revealed=2)
    assert figures(shown, 2).actual.centre == (9, 9)
    assert figures(shown, 1).actual.centre == (3, 3)


@pytest.mark.parametrize(
    ("second", "marks"),
    [
        (EVERYBODY, True),
        (EVERYBODY[:7], False),
        (EVERYBODY[:6], False),
        (EVERYBODY[:5], True),
        (("Zoe", *EVERYBODY[1:]), False),
        (("Zoe", "Yan", *EVERYBODY[2:]), True),
    ],
)
def test_a_round_whose_people_differ_by_one_or_two_shows_no_marks_beside_the_one_before(
    second: tuple[str, ...], marks: bool
) -> None:
    found = with_ballots(revealed(ROOM, **all_at(3, 3, *EVERYBODY)), all_at(9, 9, *second), round=2)
    shown = figures(found.with_session(round=2, revealed=2), 2).actual
    assert (shown.n, shown.centre) == (len(second), (9, 9))
    assert bool(shown.marks) == marks


# ---------------------------------------------------------------------------------------------------------- organisations


def in_organisations(*sizes: int) -> Debrief:
    """A revealed room of organisations A, B, C … of these sizes."""
    people = [f"{name}{n}/{name}" for name, size in zip("ABCDEFGH", sizes, strict=False) for n in range(size)]
    names = [each.partition("/")[0] for each in people]
    return revealed(debrief(*people), **{name: (at % 11, at * 3 % 11) for at, name in enumerate(names)})


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((3, 3), {"A": 3, "B": 3}),
        ((3,), {"A": 3}),
        ((2, 2), {OTHERS: 4}),
        ((3, 1), {OTHERS: 4}),
        ((4, 2), {OTHERS: 6}),
        ((11, 2), {OTHERS: 13}),
        ((3, 1, 1), {OTHERS: 5}),
        ((3, 1, 1, 1), {"A": 3, OTHERS: 3}),
        ((5, 3, 1), {"A": 5, OTHERS: 4}),  # the 1 would follow from the 5 and the 3
        ((3, 5, 1), {"B": 5, OTHERS: 4}),
        ((5, 4, 3), {"A": 5, "B": 4, "C": 3}),
        ((2,), {}),
    ],
)
def test_an_organisation_is_shown_only_if_nobody_s_ballot_is_left_over(
    sizes: tuple[int, ...], shown: dict[str, int]
) -> None:
    found = figures(in_organisations(*sizes))
    assert {name: placed.n for name, placed in found.by_organisation.items()} == shown
    assert not any(
        hasattr(pool, name) for pool in found.by_organisation.values() for name in ("marks", "q1", "agreement")
    )


@pytest.mark.parametrize("name", [OTHERS, "Fund"])
def test_an_organisation_that_is_called_others_is_not_taken_apart_from_them(name: str) -> None:
    found = debrief("Ana", "Bo", "Cem", f"Tam/{name}", f"Leila/{name}", "Ged/Union")
    shown = figures(revealed(found, **all_at(2, 3, "Ana", "Bo", "Cem"), **all_at(9, 9, "Tam", "Leila", "Ged")))
    assert set(shown.by_organisation) == {"Breathers", OTHERS}


def test_who_is_in_no_roster_stands_with_the_others() -> None:
    found = figures(revealed(ROOM, Zoe=(1, 1), Tam=(9, 9), Leila=(9, 9)))
    assert {name: placed.n for name, placed in found.by_organisation.items()} == {OTHERS: 3}


def test_an_organisation_is_one_whatever_its_case_and_blanks() -> None:
    found = debrief("Ana/Union", "Bo/union ", "Cem/ UNION", "Tam/Fund", "Leila/fund", "Ged/FUND")
    shown = figures(revealed(found, **all_at(2, 3, "Ana", "Bo", "Cem"), **all_at(9, 9, "Tam", "Leila", "Ged")))
    assert {name: placed.n for name, placed in shown.by_organisation.items()} == {"Union": 3, "Fund": 3}
    assert dict(found.headcount()) == {"Union": 3, "Fund": 3}


@a_property
@given(st.lists(st.sampled_from("ABCDE"), max_size=20), st.lists(st.booleans(), min_size=20, max_size=20), st.data())
def test_no_part_of_the_room_that_follows_is_of_one_or_two(
    organisations: list[str], asked: list[bool], data: st.DataObject
) -> None:
    people = [f"P{n}/{organisation}" for n, organisation in enumerate(organisations)]
    places = {f"P{n}": (data.draw(points), data.draw(points)) for n in range(len(organisations))}
    before = {f"P{n}": (5, 5) for n in range(len(organisations)) if asked[n]}
    shown = figures(twice(before, places, *people))
    told = [{n for n in range(len(organisations)) if organisations[n] == name} for name in shown.by_organisation]
    told += [{n for n in range(len(organisations)) if asked[n]}] if shown.gap and shown.gap.paired else []
    if shown.partners:
        told.append({n for n in range(len(organisations)) if organisations[n] != "Breathers"})
    parts = Counter(tuple(n in each for each in told) for n in range(len(organisations)))
    assert len(organisations) < ALONE or min(parts.values()) >= ALONE
    listed = as_json(shown)["by_organisation"]
    assert isinstance(listed, dict)
    for name, axes in listed.items():
        hidden = name not in shown.by_organisation
        assert (axes["autonomy"]["median"] is None) == (axes["benefit"]["median"] is None) == hidden
        assert axes["autonomy"]["n"] == (organisations.count(name) if organisations.count(name) >= ALONE else None) or (
            name == OTHERS
        )


def test_who_has_placed_is_told_of_organisations_of_three_and_more() -> None:
    found = with_ballots(debrief("Ana", "Bo", "Cem", "Dilys/Union", "Tam/Fund", "Leila/Fund"), {"Tam": (1, 1)})
    assert list(completeness(found)) == [("Breathers", 0, 3), (OTHERS, 1, 3)]
    fewer = with_ballots(debrief("Ana", "Bo", "Cem", "Tam/Fund"), {"Tam": (1, 1)})
    assert list(completeness(fewer)) == [("Breathers", 0, 3), (OTHERS, None, 1)]


# ------------------------------------------------------------------------------------------------------------ the remarks


def test_a_room_that_is_split_is_told_so_and_one_that_agrees_is_not() -> None:
    split = figures(revealed(ROOM, **all_at(0, 5, "Ana", "Bo", "Cem", "Tam"), **all_at(10, 5, "Dilys", "Ged", "Rosa")))
    assert remarks(split)[0] == "Two camps on autonomy: 4 at 0, 3 at 10."
    assert "benefit" not in " ".join(remarks(split))
    assert remarks(figures(revealed(ROOM, **all_at(5, 5, *EVERYBODY)))) == ()
    even = figures(revealed(ROOM, **all_at(0, 5, *EVERYBODY[:4]), **all_at(10, 5, *EVERYBODY[4:])))
    assert remarks(even)[0] == "Two camps on autonomy: 4 at 0, 4 at 10; nobody stands at the median of 5."


def test_disagreement_without_camps_is_told_by_agreement() -> None:
    places = {name: (x, 5) for name, x in zip(EVERYBODY, (0, 0, 0, 3, 5, 7, 10, 10), strict=True)}
    said = remarks(figures(revealed(ROOM, **places)))
    assert said[0].startswith("The room is split on autonomy: agreement −0.")


@pytest.mark.parametrize(("apart", "named"), [(APART - 1, False), (APART, True), (APART + 1, True)])
def test_organisations_whose_medians_differ_by_three_or_more_are_named(apart: int, named: bool) -> None:
    found = figures(revealed(ROOM, **all_at(4, 5, "Ana", "Bo", "Cem"), **all_at(4 + apart, 5, "Dilys", "Ged", "Rosa")))
    said = f"Union puts autonomy at {4 + apart}, Breathers at 4: {apart} apart. Few ballots: it may be chance."
    assert (said in remarks(found)) == named


@pytest.mark.parametrize(
    ("low", "high", "chance"),
    [
        ((1, 1, 1, 1), (7, 7, 7, 7, 7), True),  # four ballots
        ((1, 1, 1, 1, 1), (7, 7, 7, 7, 7), False),  # p = 0.008
        ((0, 3, 3, 9, 10), (1, 2, 7, 7, 8), True),
    ],
)
def test_what_chance_gives_organisations_too_is_called_so(
    low: tuple[int, ...], high: tuple[int, ...], chance: bool
) -> None:
    people = {f"A{n}/A": x for n, x in enumerate(low)} | {f"B{n}/B": x for n, x in enumerate(high)}
    places = {name.partition("/")[0]: (x, 5) for name, x in people.items()}
    (said,) = (each for each in remarks(figures(revealed(debrief(*people), **places))) if "apart" in each)
    assert said.endswith("Few ballots: it may be chance.") == chance


def test_every_pair_of_organisations_is_named() -> None:
    people = [f"{name}{n}/{name}" for name in "ABC" for n in range(5)]
    places = {f"{name}{n}": (x, 5) for name, x in zip("ABC", (0, 4, 8), strict=True) for n in range(5)}
    apart = [each for each in remarks(figures(revealed(debrief(*people), **places))) if "apart" in each]
    assert [each.split(":")[0] for each in apart] == [
        "C puts autonomy at 8, A at 0",
        "B puts autonomy at 4, A at 0",
        "C puts autonomy at 8, B at 4",
    ]


def test_others_are_never_named_against_an_organisation() -> None:
    people = debrief("Ana", "Bo", "Cem", "Tam/Fund", "Leila/Fund", "Ged/Union")
    found = figures(revealed(people, **all_at(0, 5, "Ana", "Bo", "Cem"), **all_at(10, 5, "Tam", "Leila", "Ged")))
    assert OTHERS in found.by_organisation
    assert "apart" not in " ".join(remarks(found))


# ---------------------------------------------------------------------------------------------------- what was rebuilt


def test_how_many_expected_placements_were_made_after_the_action_is_told() -> None:
    before = with_ballots(ROOM, all_at(6, 6, "Ana", "Bo", "Cem"), round=0)
    assert figures(before).late == 0
    later = with_ballots(ROOM, all_at(6, 6, "Ana", "Bo", "Cem"), round=0, reconstructed=True)
    assert figures(later).late == 3
    assert recorded(later) == "reconstructed"
    assert as_json(figures(later))["reconstructed"] is True
    mixed = replace(before, placements=(*before.placements[:2], later.placements[2]))
    assert figures(mixed).late == 1
    assert recorded(mixed) == "1 of 3 reconstructed"
    assert as_json(figures(mixed))["reconstructed"] is True


# ---------------------------------------------------------------------------------------------------------- the contract


def test_the_figures_in_json_have_the_form_of_the_contract() -> None:
    found = with_ballots(ROOM, {"Ana": (6, 6), "Bo": (8, 6), "Cem": (8, 6)}, round=0)
    here = all_at(2, 3, "Ana", "Bo", "Cem")
    shown = as_json(figures(revealed(found, **here, **all_at(9, 9, "Dilys", "Ged", "Tam"))))
    assert shown == {
        "expected": {
            "autonomy": {
                "n": 3,
                "median": 8,
                "q1": 7,
                "q3": 8,
                "agreement": pytest.approx((2 * 0.9 * 62 / 81 + 1) / 3),
            },
            "benefit": {"n": 3, "median": 6, "q1": 6, "q3": 6, "agreement": 1},
        },
        "actual": {
            "autonomy": {"n": 6, "median": 5.5, "q1": 2, "q3": 9, "agreement": pytest.approx(-0.9 * 33 / 81)},
            "benefit": {"n": 6, "median": 6, "q1": 3, "q3": 9, "agreement": pytest.approx(-0.9 * 14 / 81)},
        },
        "gap": {"autonomy": -2.5, "benefit": 0, "length": pytest.approx(2.5)},
        "by_organisation": {
            "Breathers": {"autonomy": {"n": 3, "median": 2}, "benefit": {"n": 3, "median": 3}},
            "Union": {"autonomy": {"n": None, "median": None}, "benefit": {"n": None, "median": None}},
            "Fund": {"autonomy": {"n": None, "median": None}, "benefit": {"n": None, "median": None}},
            OTHERS: {"autonomy": {"n": 3, "median": 9}, "benefit": {"n": 3, "median": 9}},
        },
        "reconstructed": False,
        "paired": {
            "n": 3,
            "autonomy": {"median": -6, "lower": 3, "same": 0, "higher": 0},
            "benefit": {"median": -3, "lower": 3, "same": 0, "higher": 0},
        },
        "chance": {"autonomy": True, "benefit": True},
    }


def test_where_nothing_was_placed_every_figure_is_null() -> None:
    nothing = {"n": 0, "median": None, "q1": None, "q3": None, "agreement": None}
    assert as_json(figures(ROOM)) == {
        "expected": {"autonomy": nothing, "benefit": nothing},
        "actual": {"autonomy": nothing, "benefit": nothing},
        "gap": None,
        "by_organisation": {},
        "reconstructed": False,
        "paired": None,
        "chance": {"autonomy": None, "benefit": None},
    }
