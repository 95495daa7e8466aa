"""What the logbook shows across probes: counts with their denominators and intervals, each with the probes behind it.

One count says of some probes (those with one partner, one kind of partner, one issue, one scope, one fate of the red lines)
in how many something happened that a room can learn from. A probe of which that isn't known is in neither number; where
only its partner, issue, scope or red lines aren't known, it isn't elsewhere either.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from store.matrix.statistics import by_chance, wilson
from store.trends.cases import MEASURES, Case
from store.trends.counts import Count, split
from store.words.names import fold
from store.words.text import clipped

ENOUGH = 3
"""Cases from which on a count may be called a pattern; one is a case, two are two."""

EVERYWHERE = "all probes"
DIMENSIONS = ("kind", "partner", "issue", "scope", "red lines", EVERYWHERE)
"""Which probes are counted together, in the order in which they are printed."""

BY_CHANCE = 0.5
"""Counts that may be called patterns though nothing is going on: fewer than one in two times that somebody looks."""

_LONGEST = 60
"""Characters of a partner's name or an issue in a sentence."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that did or didn't happen in a probe; `holds` answers None where that isn't known."""

    name: str
    holds: Callable[[Case], bool | None]


def _gap(axis: int, sign: int) -> Callable[[Case], bool | None]:
    return lambda case: None if case.gap is None else case.gap[axis] * sign > 0


def _measure(name: str, sign: int) -> Callable[[Case], bool | None]:
    return lambda case: None if (change := case.sovereignty.get(name)) is None else change * sign > 0


def _split(axis: int) -> Callable[[Case], bool | None]:
    return lambda case: None if case.agreement is None else case.agreement[axis] < 0


FACTS: tuple[Fact, ...] = (
    Fact("less autonomy than expected", _gap(0, -1)),
    Fact("more autonomy than expected", _gap(0, 1)),
    Fact("less benefit than expected", _gap(1, -1)),
    Fact("more benefit than expected", _gap(1, 1)),
    *(Fact(f"{name} fell", _measure(name, -1)) for name in MEASURES),
    *(Fact(f"{name} rose", _measure(name, 1)) for name in MEASURES),
    Fact("the room was split on autonomy", _split(0)),
    Fact("the room was split on benefit", _split(1)),
)
"""What is counted, in the order in which it is listed where the counts are equal."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One count.

    Attributes:
        dimension, value: which probes: `kind`, `party`; of all of them `all probes` and an empty text.
        fact: what happened.
        count, of: in how many of how many.
        low, high: Wilson's 95 % interval of that share, 0 to 1.
        elsewhere: the same count over the other probes of which the value is known, how many of how many.
        probes: the ids of those in which it happened; `cases`: of all that were counted.
        is_pattern: whether it repeats, and more here than elsewhere; see `trends`.
        part_of: the dimension and the value of a larger pattern that this one is but a slice of, if there is one.
    """

    dimension: str
    value: str
    fact: str
    count: int
    of: int
    low: float
    high: float
    elsewhere: tuple[int, int]
    probes: tuple[str, ...]
    cases: tuple[str, ...]
    is_pattern: bool
    part_of: tuple[str, str] | None = None

    @property
    def mark(self) -> str:
        """What stands beside the count, so that nobody takes a few cases for more than they are; mostly empty."""
        if self.part_of:
            return "part of it"
        return "REPEATS" if self.is_pattern else {1: "one case", 2: "two cases"}.get(self.of, "")


def trends(found: Iterable[Case]) -> tuple[Trend, ...]:
    """Every count that can be made, what repeats first.

    A pattern is what happened in `ENOUGH` cases or more, where the interval here lies wholly above the one elsewhere, and
    that chance would hardly bring: who looks at hundreds of counts finds some that stand out though nothing is going on, so
    that chance is multiplied by how many counts could have stood out, and has to stay below `BY_CHANCE`. Where there is no
    elsewhere, the whole interval has to lie above one half.
    """
    known = tuple(found)
    names: dict[tuple[str, str], str] = {}
    members: dict[tuple[str, str], list[Case]] = {(EVERYWHERE, ""): list(known)} if known else {}
    placed: dict[str, dict[str, None]] = {EVERYWHERE: {case.probe: None for case in known}}
    for case in known:
        for dimension, value in case.groups:
            key = (dimension, fold(value))
            names[key] = value  # as it was typed last
            members.setdefault(key, []).append(case)
            placed.setdefault(dimension, {})[case.probe] = None
    counted: list[tuple[tuple[str, str], str, tuple[str, ...], tuple[str, ...], tuple[int, int]]] = []
    for fact in FACTS:
        held = {case.probe: answer for case in known if (answer := fact.holds(case)) is not None}
        totals = {dimension: _total(held, cases) for dimension, cases in placed.items()}
        for key, theirs in members.items():
            of = tuple(case.probe for case in theirs if case.probe in held)
            if of:
                those = tuple(id for id in of if held[id])
                happened, total = totals[key[0]]
                counted.append((key, fact.name, those, of, (happened - len(those), total - len(of))))
    looked_at = sum(
        len(of) >= ENOUGH and len(those) + elsewhere[0] >= ENOUGH and elsewhere[1] > 0
        for _, _, those, of, elsewhere in counted
    )
    every = (
        _trend(key, names.get(key, ""), fact, those, of, elsewhere, looked_at)
        for key, fact, those, of, elsewhere in counted
    )
    ranked = sorted(every, key=_rank)
    patterns = tuple(_in_parts([each for each in ranked if each.is_pattern]))
    return (*patterns, *ranked[len(patterns) :])


def _in_parts(patterns: Sequence[Trend]) -> Iterator[Trend]:
    """The patterns, each followed by those that are but a part of it: the same fact in some of its probes, no more than in its
    others. Of two that count the same probes, the one of the earlier dimension is the whole.
    """
    whole: dict[Trend, Trend] = {}
    for each in patterns:
        larger = [other for other in patterns if _is_part(each, other)]
        if larger:
            whole[each] = max(larger, key=lambda other: (other.of, -DIMENSIONS.index(other.dimension)))
    for each in patterns:
        if each not in whole:
            yield each
            yield from (replace(part, part_of=(of.dimension, of.value)) for part, of in whole.items() if of is each)


def _is_part(small: Trend, large: Trend) -> bool:
    if small is large or small.fact != large.fact or not set(small.cases) <= set(large.cases):
        return False
    if small.of == large.of:
        return DIMENSIONS.index(small.dimension) > DIMENSIONS.index(large.dimension)
    rest = wilson(large.count - small.count, large.of - small.of)
    return small.low <= rest[1]


def _total(held: Mapping[str, bool], cases: Iterable[str]) -> tuple[int, int]:
    """In how many of some probes it happened, and of how many that is known."""
    answers = [held[id] for id in cases if id in held]
    return sum(answers), len(answers)


def _trend(
    key: tuple[str, str],
    value: str,
    fact: str,
    those: tuple[str, ...],
    of: tuple[str, ...],
    elsewhere: tuple[int, int],
    looked_at: int,
) -> Trend:
    low, high = wilson(len(those), len(of))
    is_pattern = False
    if len(those) >= ENOUGH:
        is_pattern = low > (wilson(*elsewhere)[1] if elsewhere[1] else 0.5)
        if is_pattern and elsewhere[1]:
            is_pattern = by_chance(len(those), len(of), *elsewhere) * looked_at < BY_CHANCE
    return Trend(key[0], value, fact, len(those), len(of), low, high, elsewhere, those, of, is_pattern)


def _rank(trend: Trend) -> tuple[bool, int, int, float, int]:
    """Patterns first; then what happened three times or more, twice, once, and of these what was seen in more than one case;
    then by how far above elsewhere it surely is.
    """
    count, of = trend.elsewhere
    above = trend.low - (count / of if of else 0.5)
    return not trend.is_pattern, -min(trend.count, ENOUGH), -min(trend.of, ENOUGH), -above, -trend.count


def which(dimension: str, value: str) -> str:
    """Which probes a count is about, as it goes on after “probes”."""
    value = clipped(value, _LONGEST)
    return {
        EVERYWHERE: "in all",
        "partner": f"with {value}",
        "kind": f"with partners of the kind “{value}”",
        "issue": f"about “{value}”",
        "scope": f"of the scope “{value}”",
        "red lines": f"whose red lines {'all held' if value == 'held' else f'were {value}'}",
    }[dimension]


def in_words(trend: Trend) -> str:
    """One sentence as a room reads it.

    “narrative clarity fell in 7 of 9 probes with partners of the kind “party” (45 to 94 of 100), elsewhere 0 of 12: it repeats
    here, not elsewhere”
    """
    count, of = trend.elsewhere
    there = f", elsewhere {count} of {of}" if of else ""
    if trend.of == 1:
        return f"{trend.fact}: {'yes' if trend.count else 'no'} in the one probe {which(trend.dimension, trend.value)} (one case){there}"
    few = "two cases, " if trend.of == 2 else ""
    probes = (
        f"of all {trend.of} probes"
        if trend.dimension == EVERYWHERE
        else f"of {trend.of} probes {which(trend.dimension, trend.value)}"
    )
    said = f"{trend.fact} in {trend.count} {probes} ({few}{interval(trend)} of 100){there}"
    if not trend.is_pattern:
        return said
    if trend.part_of:
        return f"{said}: part of what repeats in probes {which(*trend.part_of)}"
    return said + (
        ": it repeats"
        if not of
        else ": it repeats here, not elsewhere"
        if not count
        else ": it repeats here, more than elsewhere"
    )


def behind(trend: Trend) -> Count:
    """A count with its probes."""
    page = "Sovereignty" if any(trend.fact.startswith(name) for name in MEASURES) else "Matrix"
    return Count(in_words(trend), split(trend.probes, trend.cases, "it happened", "it did not"), page)


def interval(trend: Trend) -> str:
    """Wilson's interval in hundredths: “45 to 94”."""
    return f"{trend.low * 100:.0f} to {trend.high * 100:.0f}"


def as_json(counted: Iterable[Trend]) -> dict[str, object]:
    """The counts in the form of DESIGN.md's contract: each figure with its counts and the probes behind it."""
    return {
        "trends": [
            {
                "dimension": each.dimension,
                "value": each.value,
                "fact": each.fact,
                "count": each.count,
                "of": each.of,
                "interval": [each.low, each.high],
                "elsewhere": {"count": each.elsewhere[0], "of": each.elsewhere[1]},
                "pattern": each.is_pattern,
                "part_of": dict(zip(("dimension", "value"), each.part_of, strict=True)) if each.part_of else None,
                "probes": list(each.probes),
                "cases": list(each.cases),
            }
            for each in counted
        ]
    }
