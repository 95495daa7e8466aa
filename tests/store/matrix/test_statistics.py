"""Honest figures for small rooms: medians, quartiles, and van der Eijk's agreement."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.matrix.statistics import POINTS, agreement, spread
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
        ([3, 7], True),
        ([0, 0, 4, 10, 10], False),
        ([1, 8], True),
        ([4, 5], False),
    ],
)
def test_a_median_without_a_ballot_within_one_point_is_a_place_where_nobody_stands(
    values: list[int], deserted: bool
) -> None:
    found = spread(values)
    assert found is not None
    assert found.deserted is deserted


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
