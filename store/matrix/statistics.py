"""Figures for small rooms: medians, quartiles, agreement and camps on the eleven points of an axis, intervals and exact tests."""

import math
import statistics as st
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, pairwise

POINTS = 11
"""An axis of the matrix has the points 0 to 10."""

_Z = st.NormalDist().inv_cdf(0.975)

STRETCH = 3
"""Empty points between two camps, at least."""

_VANISHING = 1e-10
"""A term of an exact test that is so small a part of the sum is the last: with a thousand probes hundreds would follow it."""

_EXACT = 40
"""Ballots up to which every way to share out ranks is counted; beyond that the normal distribution is as good."""


@dataclass(frozen=True, slots=True)
class Camps:
    """Two camps on an axis: how many stand in each, low and high, and the points from which to which."""

    low: int
    high: int
    low_points: tuple[int, int]
    high_points: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spread:
    """One axis of one set of placements.

    Attributes:
        median, q1, q3: by linear interpolation, 0 to 10.
        agreement: van der Eijk's A, from −1 (split between the ends) over 0 (uniform) to 1 (unanimous).
        camps: the two camps that the placements form, if they do.
    """

    n: int
    median: float
    q1: float
    q3: float
    agreement: float
    camps: Camps | None

    @property
    def unanimous(self) -> bool:
        """Whether all stand at one point."""
        return self.agreement == 1

    @property
    def deserted(self) -> bool:
        """Whether the median lies in the empty stretch between two camps."""
        return self.camps is not None and self.camps.low_points[1] < self.median < self.camps.high_points[0]


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of one axis, 0 to 10: all that is told of a part of a room."""

    median: float

    @classmethod
    def of(cls, values: Sequence[int]) -> "Middle":
        """That of some values, at least one."""
        return cls(float(st.median(values)))


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
        camps=camps(counts),
    )


def camps(counts: Sequence[int]) -> Camps | None:
    """Two camps, told by what they look like: an empty stretch with a quarter of all, and two people or more, on each side.

    Agreement does not tell them: it sees half around 2 and half around 8 in one room of ten (DESIGN.md, statistics). Where there
    are several such stretches the widest counts, of equals the one that parts more evenly.
    """
    total, filled = sum(counts), [point for point, count in enumerate(counts) if count]
    found = []
    for before, after in pairwise(filled):
        low = sum(counts[: before + 1])
        high = total - low
        if after - before > STRETCH and min(low, high) >= max(2, total / 4):
            halves = Camps(low, high, (filled[0], before), (after, filled[-1]))
            found.append(((after - before, min(low, high)), halves))
    return max(found, key=lambda pair: pair[0])[1] if found else None


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


def sign_test(lower: int, higher: int) -> float:
    """How likely a count as uneven as this, or more so, is if both ways are equally likely: two-sided, 1 where nobody moved."""
    moved, few = lower + higher, min(lower, higher)
    log = _log_factorials(1 << moved.bit_length())
    term = total = math.exp(log[moved] - log[few] - log[moved - few] - moved * math.log(2))
    for count in range(few, 0, -1):
        term *= count / (moved - count + 1)
        total += term
        if term < total * _VANISHING:
            break
    return min(1.0, 2 * total)


def rank_test(some: Sequence[int], others: Sequence[int]) -> float:
    """How likely ranks as far apart as these, or farther, are if both are drawn from one population: two-sided, with mid-ranks.

    The permutation test on the sum of ranks (F. Wilcoxon, Biometrics Bulletin 1, 1945, pp. 80-83). Of more than 40 placements the
    normal distribution, with its variance corrected for ties, takes the place of counting.

    Raises:
        ValueError: one side has no placement.
    """
    if not some or not others:
        raise ValueError("ranks are compared between two sides")
    return _rank_test(tuple(sorted(some)), tuple(sorted(others)))


@lru_cache(maxsize=512)
def _rank_test(some: tuple[int, ...], others: tuple[int, ...]) -> float:
    together = sorted((*some, *others))
    n, taken = len(together), len(some)
    ranks = {
        value: 2 * together.index(value) + together.count(value) + 1 for value in together
    }  # doubled: whole numbers
    middle = taken * (n + 1)
    away = abs(sum(ranks[value] for value in some) - middle)
    if n > _EXACT:
        spread = st.pvariance([ranks[value] for value in together])
        deviation = math.sqrt(spread * taken * (n - taken) / (n - 1))
        return 2 * st.NormalDist().cdf(-max(0.0, away - 1) / deviation) if deviation else 1.0
    ways: list[dict[int, int]] = [{0: 1}, *({} for _ in range(taken))]  # by how many are taken: the ways to each sum
    for value in together:
        for count in range(taken, 0, -1):
            for total, number in ways[count - 1].items():
                ways[count][total + ranks[value]] = ways[count].get(total + ranks[value], 0) + number
    far = sum(number for total, number in ways[taken].items() if abs(total - middle) >= away)
    return far / math.comb(n, taken)


def by_chance(count: int, of: int, elsewhere: int, of_elsewhere: int) -> float:
    """How likely `count` of `of` or more are here, if it happens as often as elsewhere: Fisher's exact test, one-sided."""
    happened, cases = count + elsewhere, of + of_elsewhere
    log = _log_factorials(1 << cases.bit_length())
    term = total = math.exp(
        (log[of] - log[count] - log[of - count])
        + (log[of_elsewhere] - log[elsewhere] - log[of_elsewhere - elsewhere])
        - (log[cases] - log[happened] - log[cases - happened])
    )
    apart = of_elsewhere - happened + 1
    for here in range(count, min(of, happened)):
        term *= (of - here) * (happened - here) / ((here + 1) * (here + apart))
        total += term
        if term < total * _VANISHING:
            break
    return min(1.0, total)


@cache
def _log_factorials(of: int) -> Sequence[float]:
    """The logarithms of 0! to `of`!."""
    return [math.lgamma(number + 1) for number in range(of + 1)]
