"""Honest figures for small rooms: medians, quartiles, and van der Eijk's agreement."""

import math
import random
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.matrix.statistics import POINTS, agreement, camps, rank_test, sign_test, spread
from tests.helpers.builders import a_property

placements = st.lists(st.integers(0, 10), min_size=1, max_size=60)
counts = st.lists(st.integers(0, 20), min_size=POINTS, max_size=POINTS).filter(any)


def quantile(values: list[int], share: float) -> float:
    """The quantile by linear interpolation between the two values around it, as numpy has it by default."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def at(*filled: int, times: int = 1, points: int = POINTS) -> list[int]:
    """Counts with `times` placements at some points."""
    return [times if point in filled else 0 for point in range(points)]


# ------------------------------------------------------------------------------------------------------------ quartiles


@a_property
@given(placements)
def test_median_and_quartiles_are_by_linear_interpolation(values: list[int]) -> None:
    found = spread(values)
    assert found is not None
    assert found.n == len(values)
    assert found.q1 == pytest.approx(quantile(values, 0.25))
    assert found.median == pytest.approx(quantile(values, 0.5))
    assert found.q3 == pytest.approx(quantile(values, 0.75))
    assert 0 <= found.q1 <= found.median <= found.q3 <= 10


@pytest.mark.parametrize(
    ("values", "quartiles"),
    [
        ([7], (7, 7, 7)),
        ([3, 8], (4.25, 5.5, 6.75)),
        ([1, 2, 3, 4], (1.75, 2.5, 3.25)),
        ([10, 0, 5], (2.5, 5, 7.5)),
    ],
)
def test_quartiles_of_a_few_are_as_worked_out_by_hand(values: list[int], quartiles: tuple[float, float, float]) -> None:
    found = spread(values)
    assert found is not None
    assert (found.q1, found.median, found.q3) == quartiles


def test_of_nothing_there_are_no_figures() -> None:
    assert spread([]) is None


@a_property
@given(placements)
def test_the_figures_do_not_depend_on_the_order_of_the_ballots(values: list[int]) -> None:
    assert spread(values) == spread(sorted(values)) == spread(values[::-1])


@pytest.mark.parametrize(
    ("values", "deserted"),
    [
        ([5], False),
        ([0, 0, 10, 10], True),
        ([4, 6], False),
        ([3, 7], False),  # one person is no camp
        ([3, 3, 7, 7], True),
        ([3, 3, 6, 6], False),
        ([0, 0, 4, 10, 10], False),
        ([0, 0, 0, 10, 10], False),  # three of five stand at the median
        ([1, 1, 1, 8, 8, 8], True),
    ],
)
def test_nobody_stands_at_a_median_between_two_camps(values: list[int], deserted: bool) -> None:
    found = spread(values)
    assert found is not None
    assert found.deserted is deserted


# ---------------------------------------------------------------------------------------------------------------- camps


def camps_by_hand(values: list[int]) -> bool:
    """Whether somewhere three points in a row are empty, with a quarter of all and two people on each side."""
    for start in range(1, POINTS - 3):
        below = [value for value in values if value < start]
        above = [value for value in values if value > start + 2]
        if len(below) + len(above) == len(values) and min(len(below), len(above)) >= max(2, len(values) / 4):
            return True
    return False


@a_property
@given(placements)
def test_camps_are_two_with_an_empty_stretch_between(values: list[int]) -> None:
    counts = [values.count(point) for point in range(POINTS)]
    found = camps(counts)
    assert (found is not None) == camps_by_hand(values)
    if found:
        assert found.low == sum(found.low_points[0] <= value <= found.low_points[1] for value in values)
        assert found.high == sum(found.high_points[0] <= value <= found.high_points[1] for value in values)
        assert found.low + found.high == len(values)
        assert found.high_points[0] - found.low_points[1] > 3


def test_camps_of_two_give_or_take_one_and_eight_give_or_take_one_are_seen_in_every_room_of_twelve() -> None:
    chance = random.Random(12)
    for _ in range(200):
        values = [end + chance.randint(-1, 1) for end in (2, 8) for _ in range(6)]
        assert camps([values.count(point) for point in range(POINTS)]) is not None


# ---------------------------------------------------------------------------------------------------------- exact tests


@pytest.mark.parametrize("lower", range(6))
@pytest.mark.parametrize("higher", range(6))
def test_the_sign_test_counts_all_ways_to_toss_coins(lower: int, higher: int) -> None:
    tosses = [sum(way) for way in product((0, 1), repeat=lower + higher)]
    middle = (lower + higher) / 2
    as_far = sum(abs(heads - middle) >= abs(lower - middle) for heads in tosses)
    assert sign_test(lower, higher) == pytest.approx(as_far / len(tosses))


@a_property
@given(st.lists(st.integers(0, 10), min_size=1, max_size=5), st.lists(st.integers(0, 10), min_size=1, max_size=5))
def test_the_rank_test_counts_all_ways_to_share_out_the_ranks(some: list[int], others: list[int]) -> None:
    together = [*some, *others]
    ranks = [sum(b < a for b in together) + (together.count(a) + 1) / 2 for a in together]
    middle = len(some) * (len(together) + 1) / 2
    ways = [abs(sum(way) - middle) for way in combinations(ranks, len(some))]
    away = abs(sum(ranks[: len(some)]) - middle)
    assert rank_test(some, others) == pytest.approx(sum(each >= away for each in ways) / len(ways))


def test_of_many_the_rank_test_is_near_what_shuffling_gives() -> None:
    chance = random.Random(8)
    for shift in (0, 1, 2):
        some = [chance.randint(0, 8) for _ in range(25)]
        others = [min(10, chance.randint(0, 8) + shift) for _ in range(30)]
        together = [*some, *others]
        ranks = [sum(b < a for b in together) + (together.count(a) + 1) / 2 for a in together]
        middle, away = 25 * 56 / 2, abs(sum(ranks[:25]) - 25 * 56 / 2)
        shuffled = [abs(sum(chance.sample(ranks, 25)) - middle) >= away - 1e-9 for _ in range(4000)]
        assert rank_test(some, others) == pytest.approx(sum(shuffled) / 4000, abs=0.03)


# ------------------------------------------------------------------------------------------------------------ agreement


@pytest.mark.parametrize("point", range(POINTS))
@pytest.mark.parametrize("people", [1, 7, 60])
def test_unanimity_is_agreement_one(point: int, people: int) -> None:
    assert agreement(at(point, times=people)) == 1


@pytest.mark.parametrize("people", [1, 5])
def test_a_uniform_room_is_agreement_zero(people: int) -> None:
    assert agreement([people] * POINTS) == 0


@pytest.mark.parametrize("people", [1, 9, 30])
def test_half_at_each_end_is_agreement_minus_one(people: int) -> None:
    assert agreement(at(0, 10, times=people)) == pytest.approx(-1)


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        # U is (9·agreeing − 10·against) / (9·(agreeing + against)) over the triples, A is U·(1 − (S−1)/10)
        (at(4, 5), 0.9),  # nine triples agree and none is against
        (at(0, 1, 2), 0.8),
        (at(3, 5), (9 * 8 - 10 * 1) / (9 * 9) * 0.9),
        (at(*range(10)), 0.1),
        (at(0, 10), -1.0),
    ],
)
def test_the_agreement_of_one_layer_is_as_worked_out_by_hand(layer: list[int], expected: float) -> None:
    assert agreement(layer) == pytest.approx(expected)


def test_the_worked_example_of_the_method() -> None:
    """The seven categories with which the R package agrmt shows van der Eijk's measure; it gives 0.6113333."""
    assert agreement([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.6113333, abs=1e-7)


def test_layers_weigh_by_their_size() -> None:
    # one layer of two points (A = 0.9, two people), one of a single point (A = 1, three people)
    assert agreement([0, 0, 1, 4, *[0] * 7]) == pytest.approx((2 * 0.9 + 3 * 1.0) / 5)


@a_property
@given(counts)
def test_agreement_lies_between_minus_one_and_one(distribution: list[int]) -> None:
    assert -1 - 1e-9 <= agreement(distribution) <= 1 + 1e-9


@a_property
@given(counts)
def test_agreement_is_the_same_from_either_end(distribution: list[int]) -> None:
    assert agreement(distribution) == pytest.approx(agreement(distribution[::-1]))


@a_property
@given(counts, st.integers(2, 9))
def test_agreement_does_not_depend_on_how_many_people_stand_behind_each_ballot(
    distribution: list[int], times: int
) -> None:
    assert agreement([count * times for count in distribution]) == pytest.approx(agreement(distribution))


@pytest.mark.sweep
def test_agreement_over_every_layer_there_is() -> None:
    for layer in product((0, 1), repeat=POINTS):
        if any(layer):
            found = agreement(layer)
            assert -1 - 1e-9 <= found <= 1 + 1e-9
            assert found == pytest.approx(agreement(layer[::-1]))
            filled = [point for point in range(POINTS) if layer[point]]
            if filled[-1] - filled[0] == len(filled) - 1:
                assert found == pytest.approx(1 - (len(filled) - 1) / 10), "neighbours agree"


@pytest.mark.parametrize("wrong", [[1, 2], [0, 0, 0], [1, -1, 1], []])
def test_what_is_no_distribution_is_an_error(wrong: list[int]) -> None:
    with pytest.raises(ValueError, match="agreement needs"):
        agreement(wrong)


def test_a_room_has_the_agreement_of_its_counts() -> None:
    found = spread([2, 3, 3, 3, 3])
    assert found is not None
    assert found.agreement == agreement([0, 0, 1, 4, *[0] * 7])
