"""Where a room stands, in words: all where it is all, more than half where it is more, and nothing of one or two people."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.debrief import Debrief
from store.matrix import figures, in_words
from store.matrix.proposals import ranking
from store.matrix.statistics import spread
from store.model import Mark, Proposal
from store.report.matrix_in_words import matrix_page
from store.words.numbers import in_letters
from tests.helpers.builders import a_property, debrief, with_ballots

NAMES = [f"P{n:02}" for n in range(60)]


def room(*points: tuple[int, int], round: int = 1) -> Debrief:
    """A room that has placed so in a round that is revealed; before it everybody stood at the ends."""
    people = NAMES[: len(points)]
    found = debrief(*people, round=round, revealed=round)
    for earlier in range(1, round):
        found = with_ballots(found, {name: (10 * (n % 2), 5) for n, name in enumerate(people)}, earlier)
    return with_ballots(found, dict(zip(people, points, strict=True)), round)


@pytest.mark.parametrize(("n", "point", "round"), product([3, 4, 12, 13, 60], [0, 5, 10], [1, 2]))
def test_where_all_stand_at_one_point_it_is_all(n: int, point: int, round: int) -> None:
    found = room(*[(point, 10 - point)] * n, round=round)
    page = [str(line) for line in matrix_page(found)]
    for axis, at in (("autonomy", point), ("benefit", 10 - point)):
        assert f"{axis}: all {in_letters(n)} at {at}, agreement 1.00" in page
        of = getattr(figures.rounds(found)[-1].actual, axis)
        assert in_words.stands(of, axis) == f"All {in_letters(n)} stand at {at} on {axis}"


@pytest.mark.parametrize("axis", [0, 1])
def test_all_on_one_axis_says_nothing_of_the_other(axis: int) -> None:
    points = [(0, n) if axis == 0 else (n, 0) for n in (1, 5, 9, 5)]
    page = " ".join(map(str, matrix_page(room(*points))))
    same, other = ("autonomy", "benefit") if axis == 0 else ("benefit", "autonomy")
    assert f"{same}: all four at 0, agreement 1.00" in page
    assert f"{other}: half within 4 to 6" in page


@a_property
@given(
    st.lists(st.integers(0, 10), min_size=3, max_size=60)
    | st.lists(st.sampled_from([4, 4, 4, 5]), min_size=3, max_size=60)
)
def test_the_words_are_true_of_any_room(points: list[int]) -> None:
    of = spread(points)
    assert of is not None
    said, (most, count) = in_words.standing(of), Counter(points).most_common(1)[0]
    assert said.startswith("all ") == (len(set(points)) == 1)
    if said.startswith("all "):
        assert said == f"all {in_letters(len(points))} at {most}"
    elif said.startswith("more than half"):
        assert said == f"more than half at {most}"
        assert count > len(points) / 2
    else:
        low, high = (float(each) for each in said.removeprefix("half within ").split(" to "))
        assert sum(low <= each <= high for each in points) >= len(points) / 2 - 1
    assert in_words.stands(of, "autonomy").endswith(" on autonomy")


@pytest.mark.parametrize("n", [1, 2])
def test_nothing_is_said_of_one_or_two(n: int) -> None:
    page = " ".join(map(str, matrix_page(room(*[(7, 3)] * n))))
    assert "all " not in page
    assert "half" not in page
    assert in_letters(n) not in page.split()


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([(6, 6)] * 4, "A is nearest to the centre: all four of you put it 1.4 from there."),
        ([(5, 5)] * 3, "A is nearest to the centre: all three of you put it there."),
        ([(5, 5)] * 13, "A is nearest to the centre: all 13 of you put it there."),
        ([(6, 6), (4, 4), (6, 6)], "A is nearest to the centre: half of you put it 1.4 from there or nearer."),
        ([(5, 5)] * 2, "A: too few placed it to show where."),
    ],
)
def test_a_proposal_that_all_put_at_one_place_says_so(places: list[tuple[int, int]], said: str) -> None:
    marks = tuple(Mark(by=name, autonomy=x, benefit=y) for name, (x, y) in zip(NAMES, places, strict=False))
    assert ranking([Proposal(probe="p1", number=1, title="A", placements=marks)])[0].why == said


def test_a_proposal_behind_another_says_it_of_the_centre() -> None:
    def proposal(number: int, at: tuple[int, int]) -> Proposal:
        marks = tuple(Mark(by=name, autonomy=at[0], benefit=at[1]) for name in NAMES[:3])
        return Proposal(probe="p1", number=number, title="x", placements=marks)

    found = ranking([proposal(1, (5, 5)), proposal(2, (5, 9))])
    assert found[1].why == "B: all three of you put it 4.0 from the centre."
