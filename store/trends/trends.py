"""What the logbook shows across probes: counts with their denominators and intervals, each with the probes behind it.

One count tells in how many of some probes (those with one partner, one kind of partner, one issue, one scope, one outcome of the
red lines) something happened that a room can learn from. A probe for which that isn't known is in neither number; one without a
partner, issue, scope or red lines isn't counted as elsewhere either.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from store.matrix.statistics import by_chance, wilson
from store.trends.case import MEASURES, Case
from store.trends.finding import Finding, split
from store.words.names import fold
from store.words.text import clipped

ENOUGH = 3
"""Cases from which a count may be called a pattern; fewer are “one case” or “two cases”."""

EVERYWHERE = "all probes"
DIMENSIONS = ("kind", "partner", "issue", "scope", "red lines", EVERYWHERE)
"""Which probes are counted together, in the order in which they are printed."""

BY_CHANCE = 0.5
"""How many false patterns to accept each time that somebody looks: fewer than one in two looks."""

FACTS: dict[str, tuple[str, int]] = {
    "less autonomy than expected": ("gap on autonomy", -1),
    "more autonomy than expected": ("gap on autonomy", 1),
    "less benefit than expected": ("gap on benefit", -1),
    "more benefit than expected": ("gap on benefit", 1),
    **{f"{name} fell": (name, -1) for name in MEASURES},
    **{f"{name} rose": (name, 1) for name in MEASURES},
    "the room was split on autonomy": ("agreement on autonomy", -1),
    "the room was split on benefit": ("agreement on benefit", -1),
}
"""What may have happened in a probe, in the order in which it is listed where the counts are equal. Each with the figure that tells
it, and the sign of that figure where it happened.
"""

ProbeGroup = tuple[str, str]
"""Probes that are counted together: a dimension and a folded value."""

_LONGEST = 60
"""Characters of a partner's name or an issue in a sentence."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One count.

    Attributes:
        dimension, value: which probes: `kind`, `party`; for all of them `all probes` and an empty text.
        fact: what happened.
        count, of: in how many of how many.
        low, high: Wilson's 95 % interval of that share, 0 to 1.
        elsewhere: the same count over the other probes whose value is known, how many of how many.
        probes: the ids of those in which it happened; `cases`: of all that were counted.
        is_pattern: whether it repeats, and more here than elsewhere; see `trends`.
        part_of: the dimension and the value of a larger pattern that this one is only a part of, if there is one.
        beside: what else is so of these probes, where a question asked for it: `about “damp”`.
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
    beside: str = ""

    @property
    def mark(self) -> str:
        """The mark beside the count, so that nobody takes a few cases for more than they are; mostly empty."""
        if self.part_of:
            return "part of it"
        return "REPEATS" if self.is_pattern else {1: "one case", 2: "two cases"}.get(self.of, "")

    @property
    def _where(self) -> str:
        return f"{which(self.dimension, self.value)} {self.beside}".rstrip()

    def in_words(self) -> str:
        """One sentence.

        “narrative clarity fell in 7 of 9 probes with partners of the kind “party” (45 to 94 of 100), elsewhere 0 of 12: it repeats
        here, not elsewhere”
        """
        count, of = self.elsewhere
        there = f", elsewhere {count} of {of}" if of else ""
        if self.of == 1:
            where = self._where
            return f"{self.fact}: {'yes' if self.count else 'no'} in the one probe {where} (one case){there}"
        few = "two cases, " if self.of == 2 else ""
        probes = f"of all {self.of} probes" if self.dimension == EVERYWHERE else f"of {self.of} probes {self._where}"
        interval = f"{self.low * 100:.0f} to {self.high * 100:.0f}"
        said = f"{self.fact} in {self.count} {probes} ({few}{interval} of 100){there}"
        if not self.is_pattern:
            return said
        if self.part_of:
            return f"{said}: part of what repeats in probes {which(*self.part_of)}"
        if not of:
            return f"{said}: it repeats"
        return f"{said}: it repeats here, {'more than' if count else 'not'} elsewhere"

    def finding(self) -> Finding:
        page = "Sovereignty" if any(self.fact.startswith(name) for name in MEASURES) else "Matrix"
        return Finding(self.in_words(), split(self.probes, self.cases, "it happened", "it did not"), page)


def which(dimension: str, value: str) -> str:
    """Which probes a trend is about, as it goes on after “probes”."""
    value = clipped(value, _LONGEST)
    return {
        EVERYWHERE: "in all",
        "partner": f"with {value}",
        "kind": f"with partners of the kind “{value}”",
        "issue": f"about “{value}”",
        "scope": f"of the scope “{value}”",
        "probe": f"called “{value}”",
        "red lines": f"whose red lines {'all held' if value == 'held' else f'were {value}'}",
    }[dimension]


def trends(found: Iterable[Case]) -> tuple[Trend, ...]:
    """Every count that can be made, patterns first.

    A pattern happened in `ENOUGH` cases or more, its interval lies wholly above the one elsewhere, and chance would hardly bring
    it: among hundreds of counts some stand out though nothing is going on, so that chance is multiplied by how many counts could
    have stood out, and has to stay below `BY_CHANCE`. Where there is no elsewhere, the whole interval has to lie above one half.
    """
    known = tuple(found)
    counted = list(_counted(known))
    looked_at = sum(
        each.of >= ENOUGH and each.count + each.elsewhere[0] >= ENOUGH and each.elsewhere[1] > 0 for each in counted
    )
    every = (replace(each, is_pattern=True) if _repeats(each, looked_at) else each for each in counted)
    ranked = sorted(every, key=_rank)
    patterns = tuple(_in_parts([each for each in ranked if each.is_pattern]))
    return (*patterns, *ranked[len(patterns) :])


def _groups(known: Sequence[Case]) -> tuple[Mapping[ProbeGroup, Sequence[str]], Mapping[ProbeGroup, str]]:
    """The probes of each group, oldest first, and the value of each group as it was typed last."""
    groups: dict[ProbeGroup, list[str]] = {(EVERYWHERE, ""): [case.probe for case in known]} if known else {}
    values: dict[ProbeGroup, str] = {}
    for case in known:
        for dimension, value in case.groups:
            group = dimension, fold(value)
            values[group] = value
            groups.setdefault(group, []).append(case.probe)
    return groups, values


def _counted(known: Sequence[Case]) -> Iterator[Trend]:
    """Every count, none of them called a pattern yet."""
    groups, values = _groups(known)
    dimensions: dict[str, set[str]] = {}
    for (dimension, _), probes in groups.items():
        dimensions.setdefault(dimension, set()).update(probes)
    figures: dict[str, dict[str, float]] = defaultdict(dict)
    for case in known:
        for name, value in figures_of(case):
            figures[name][case.probe] = value
    known_in = {
        name: {group: tuple(filter(figure.__contains__, probes)) for group, probes in groups.items()}
        for name, figure in figures.items()
    }
    for fact, (name, sign) in FACTS.items():
        figure = figures[name]
        held = {probe for probe, value in figure.items() if value * sign > 0}
        totals = {name: (len(probes & held), len(probes & figure.keys())) for name, probes in dimensions.items()}
        for group, of in known_in.get(name, {}).items():
            if of:
                those = tuple(filter(held.__contains__, of))
                n, (happened, total) = len(those), totals[group[0]]
                low, high = wilson(n, len(of))
                elsewhere = happened - n, total - len(of)
                yield Trend(group[0], values.get(group, ""), fact, n, len(of), low, high, elsewhere, those, of, False)


def figures_of(case: Case) -> Iterator[tuple[str, float]]:
    """The figures that are known of a case, by the names that `FACTS` gives them."""
    yield from case.sovereignty.items()
    for name, pair in (("gap", case.gap), ("agreement", case.agreement)):
        if pair:
            yield f"{name} on autonomy", pair[0]
            yield f"{name} on benefit", pair[1]


def _in_parts(patterns: Sequence[Trend]) -> Iterator[Trend]:
    """The patterns, each followed by those that are only a part of it: the same fact in some of its probes, no more than in its
    others. When two count the same probes, the one of the earlier dimension is the whole.
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


def _repeats(trend: Trend, looked_at: int) -> bool:
    count, of = trend.elsewhere
    if trend.count < ENOUGH or trend.low <= (wilson(count, of)[1] if of else 0.5):
        return False
    return not of or by_chance(trend.count, trend.of, count, of) * looked_at < BY_CHANCE


def _rank(trend: Trend) -> tuple[bool, int, int, float, int]:
    """Patterns first; then what happened three times or more, twice, once, and among these what was seen in more than one case;
    then by how far it surely lies above elsewhere.
    """
    count, of = trend.elsewhere
    above = trend.low - (count / of if of else 0.5)
    return not trend.is_pattern, -min(trend.count, ENOUGH), -min(trend.of, ENOUGH), -above, -trend.count
