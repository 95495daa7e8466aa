"""Figures for small rooms: medians, quartiles, van der Eijk's agreement on the eleven points of an axis, Wilson's interval."""

import math
import statistics as st
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

POINTS = 11
"""An axis of the matrix has the points 0 to 10."""

_Z = st.NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Spread:
    """One axis of one set of placements.

    Attributes:
        median, q1, q3: by linear interpolation, 0 to 10.
        agreement: van der Eijk's A, from −1 (split between the ends) over 0 (uniform) to 1 (unanimous).
        deserted: whether no placement is within one point of the median.
    """

    n: int
    median: float
    q1: float
    q3: float
    agreement: float
    deserted: bool


def spread(values: Sequence[int]) -> Spread | None:
    """The figures of one axis; None without a value. Quartiles as numpy's default (inclusive, linear)."""
    if not values:
        return None
    q1, median, q3 = st.quantiles(values, n=4, method="inclusive") if len(values) > 1 else (float(values[0]),) * 3
    counts = [0] * POINTS
    for value in values:
        counts[value] += 1
    return Spread(
        n=len(values),
        median=float(median),
        q1=float(q1),
        q3=float(q3),
        agreement=agreement(counts),
        deserted=all(abs(point - median) > 1 for point, count in enumerate(counts) if count),
    )


def agreement(counts: Sequence[int]) -> float:
    """Van der Eijk's agreement A of a frequency distribution over ordered categories.

    The distribution is split into layers in which a category is either empty or filled; A is computed for each layer, and the
    results are averaged by the layers' sizes (van der Eijk, Quality & Quantity 35, 2001, pp. 325-341).

    Raises:
        ValueError: fewer than three categories, a negative count, or no observation at all.
    """
    if len(counts) < 3 or min(counts) < 0 or not any(counts):
        raise ValueError("agreement needs three categories or more, and at least one observation")
    return _agreement(tuple(counts))


@lru_cache(maxsize=512)  # a matrix is drawn again far more often than its ballots change
def _agreement(counts: tuple[int, ...]) -> float:
    left = list(counts)
    total = sum(left)
    result = 0.0
    while any(left):
        height = min(count for count in left if count)
        pattern = tuple(count > 0 for count in left)
        result += _of_layer(pattern) * height * sum(pattern) / total
        left = [count - height if count else 0 for count in left]
    return result


@cache
def _of_layer(pattern: tuple[bool, ...]) -> float:
    """A of a layer: U·(1 − (S−1)/(K−1)), where U compares the triples that are unimodal with those that are not."""
    categories, filled = len(pattern), sum(pattern)
    if filled == 1:
        return 1.0
    if filled == categories:
        return 0.0
    triples = list(combinations(pattern, 3))
    agree = sum(t in ((True, True, False), (False, True, True)) for t in triples)
    against = sum(t == (True, False, True) for t in triples)
    unimodality = ((categories - 2) * agree - (categories - 1) * against) / ((categories - 2) * (agree + against))
    return unimodality * (1 - (filled - 1) / (categories - 1))


def wilson(count: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval for a proportion, low and high in 0 to 1 (E. B. Wilson, JASA 22, 1927, pp. 209-212).

    Unlike the textbook interval it holds for a handful of cases, and for none or all of them.

    Raises:
        ValueError: not 0 ≤ count ≤ of, or nothing was counted.
    """
    if not 0 <= count <= of or not of:
        raise ValueError("an interval needs 0 ≤ count ≤ of, and at least one case")
    share = count / of
    middle = share + _Z**2 / (2 * of)
    reach = _Z * math.sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    whole = 1 + _Z**2 / of
    # At the ends the two terms are equal, and rounding would leave a trace of them.
    low = 0.0 if count == 0 else (middle - reach) / whole
    high = 1.0 if count == of else (middle + reach) / whole
    return low, high


def by_chance(count: int, of: int, elsewhere: int, of_elsewhere: int) -> float:
    """How likely `count` of `of` or more are here, if it happens as often as elsewhere: Fisher's exact test, one-sided."""
    happened = count + elsewhere
    ways = sum(
        math.comb(of, here) * math.comb(of_elsewhere, happened - here) for here in range(count, min(of, happened) + 1)
    )
    return ways / math.comb(of + of_elsewhere, happened)
