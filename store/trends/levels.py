"""How much a count says: a pattern, worth watching, or nothing more than its numbers.

Among hundreds of counts, looked at after each debrief, some stand out though nothing is going on. A pattern is therefore held to a
level at which archives without any show a false one in at most 5 of 100 cases over their whole life
(`tests/store/trends/test_by_chance.py` tries it).
"""

from collections.abc import Callable, Iterable
from statistics import NormalDist
from typing import NamedTuple

from store.matrix.statistics import by_chance, sign_test, wilson

ENOUGH = 5
"""Cases below which nothing is a pattern: here, elsewhere, where it happened and where it didn't."""

ERROR, LINES = 0.05, 154
"""Among how many archives one false pattern is accepted, and what that is shared by (C. E. Bonferroni, 1936): 14 facts over eleven
groups of probes, two for each of the five dimensions, and all.
"""

FIRST = 24
"""Cases from which the level falls. Up to there so few counts can reach it at all that looking again after each debrief costs no
more than what Bonferroni leaves over; later both the groups and the looks add up, and it falls faster than they do.
"""

WATCHED = 10
"""How many lines are worth watching, at most."""

_STANDS_OUT = 0.2
"""A count that chance brings more often than this, by itself, isn't worth watching."""

_ONE_SIDED, _TWO_SIDED = (NormalDist().inv_cdf(1 - share) ** 2 for share in (_STANDS_OUT, _STANDS_OUT / 2))


class Tally(NamedTuple):
    """A count, and what it is compared with.

    Attributes:
        here, of: in how many of how many it happened.
        elsewhere, of_elsewhere: the same over the other probes.
        against: over all probes, which have no others, in how many the opposite happened; otherwise None.
    """

    here: int
    of: int
    elsewhere: int
    of_elsewhere: int
    against: int | None = None


def chance(tally: Tally) -> float:
    """How often chance alone brings a count like this or a stronger one, 0 to 1; 1 where it doesn't stand out at all."""
    count, of, elsewhere, of_elsewhere, against = tally
    if against is not None:
        return sign_test(count, against) if count > against else 1.0
    return by_chance(count, of, elsewhere, of_elsewhere) if count * of_elsewhere > elsewhere * of else 1.0


def repeats(tally: Tally) -> bool:
    """Whether it is a pattern: it rests on enough cases on every side, and chance would hardly bring it in an archive's life.

    Over all probes it has to happen in most too: its whole interval lies above one half.
    """
    count, of, elsewhere, of_elsewhere, against = tally
    cases, happened = of + of_elsewhere, count + elsewhere
    fewest = min(of, of_elsewhere, happened, cases - happened) if against is None else count + against
    if fewest < ENOUGH or not stands_out(tally) or (against is not None and wilson(count, of)[0] <= 0.5):
        return False
    return chance(tally) <= ERROR / LINES * min(1.0, FIRST / cases) ** 3


def stands_out(tally: Tally) -> bool:
    """Whether it is worth watching: it happened twice or more, and stands out by itself, however many other counts there are.

    By the normal distribution, corrected for continuity: it is asked of every line, for every debrief that there was.
    """
    count, of, elsewhere, of_elsewhere, against = tally
    if count < 2:
        return False
    if against is not None:
        return count > against and (count - against - 1) ** 2 >= _TWO_SIDED * (count + against)
    cases, happened = of + of_elsewhere, count + elsewhere
    above = (count - 0.5) * cases - of * happened
    return above > 0 and above**2 * (cases - 1) >= _ONE_SIDED * of * of_elsewhere * happened * (cases - happened)


def since(tally: Tally, cases: Iterable[tuple[str, bool, float]], holds: Callable[[Tally], bool]) -> str:
    """The day of the debrief since which a count has been what it is without a break; empty where it isn't.

    Args:
        cases: those counted here or elsewhere, latest first: the day, whether it was here, and the figure that tells it, above zero
            where it happened and below where the opposite did.
        holds: what it is: `repeats` or `stands_out`.
    """
    found = ""
    count, of, elsewhere, of_elsewhere, against = tally
    for day, here, figure in cases:
        if not holds(Tally(count, of, elsewhere, of_elsewhere, against)):
            break
        found = day
        if not here:
            of_elsewhere -= 1
            elsewhere -= figure > 0
            continue
        of -= 1
        count -= figure > 0
        if against is not None:
            against -= figure < 0
    return found
