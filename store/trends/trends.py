"""What the logbook shows across probes: counts with their denominators and intervals, each with the probes behind it.

One count tells in how many of some probes (those with one partner, one kind of partner, one issue, one scope, one outcome of the
red lines) something happened that a room can learn from. A probe for which that isn't known is in neither number; one without a
partner, issue, scope or red lines isn't counted as elsewhere either.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Literal

from store.matrix.statistics import wilson
from store.trends import levels
from store.trends.case import MEASURES, Case
from store.trends.finding import Finding, split
from store.trends.levels import Tally
from store.words.dates import day
from store.words.names import fold
from store.words.text import clipped

ENOUGH = levels.ENOUGH
"""Cases from which a count may be called a pattern; one and two are called “one case” and “two cases”."""

EVERYWHERE = "all probes"
PROBE, SENTENCE = "probe", "sentence"
"""What a question can name besides, and nothing else is counted by: single probes, and issues as sentences beside their tags."""

DIMENSIONS = ("kind", "partner", "issue", "scope", "red lines", EVERYWHERE)
"""Which probes are counted together, in the order in which they are printed."""

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

_BOTH_WAYS = frozenset(name for name, sign in FACTS.values() if sign > 0)
"""The figures of which both directions are facts, so that over all probes one can be counted against the other."""

Level = Literal["pattern", "watch", "count"]

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
        is_pattern: whether it repeats, and more here than elsewhere; see `store.trends.levels`.
        part_of: the dimension and the value of a larger pattern that this one is only a part of, if there is one.
        beside: what else is so of these probes, where a question asked for it: `about “damp”`.
        against: over all probes, in how many the figure went the other way; otherwise None.
        since: of a pattern or a line worth watching, the day of the debrief since which it has been that without a break, in ISO form.
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
    against: int | None = None
    since: str = ""

    @property
    def level(self) -> Level:
        return "pattern" if self.is_pattern else "watch" if self.since else "count"

    @property
    def has_opposite(self) -> bool:
        """Whether it is counted against its opposite."""
        return self.dimension == EVERYWHERE and FACTS[self.fact][0] in _BOTH_WAYS

    @property
    def tally(self) -> Tally:
        return Tally(self.count, self.of, *self.elsewhere, self.against)

    @property
    def mark(self) -> str:
        """The mark beside the count, so that nobody takes a few cases for more than they are; mostly empty."""
        if self.part_of:
            return "part of it"
        if self.level != "count":
            return "REPEATS" if self.is_pattern else "watch"
        return {1: "one case", 2: "two cases"}.get(self.of, "")

    @property
    def _where(self) -> str:
        return f"{which(self.dimension, self.value)} {self.beside}".rstrip()

    def in_words(self) -> str:
        """One sentence.

        “narrative clarity fell in 7 of 9 probes with partners of the kind “party” (45 to 94 of 100), elsewhere 0 of 12: it repeats
        here, not elsewhere, since 3 May 2026”
        """
        count, of = self.elsewhere
        there = (
            f", elsewhere {count} of {of}" if of else f", the opposite in {self.against}" if self.has_opposite else ""
        )
        if self.of == 1:
            where = self._where
            return f"{self.fact}: {'yes' if self.count else 'no'} in the one probe {where} (one case){there}"
        few = "two cases, " if self.of == 2 else ""
        probes = f"of all {self.of} probes" if self.dimension == EVERYWHERE else f"of {self.of} probes {self._where}"
        interval = f"{self.low * 100:.0f} to {self.high * 100:.0f}"
        said = f"{self.fact} in {self.count} {probes} ({few}{interval} of 100){there}"
        if not self.since:
            return said
        since = f"since {day(date.fromisoformat(self.since))}"
        if not self.is_pattern:
            return f"{said}: worth watching {since}, may be chance"
        if self.part_of:
            return f"{said}: part of what repeats in probes {which(*self.part_of)}, {since}"
        if not of:
            return f"{said}: it repeats, {since}"
        return f"{said}: it repeats here, {'more than' if count else 'not'} elsewhere, {since}"

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
        SENTENCE: f"about “{value}”",
        "scope": f"of the scope “{value}”",
        PROBE: f"called “{value}”",
        "red lines": f"whose red lines {'all held' if value == 'held' else f'were {value}'}",
    }[dimension]


def trends(found: Iterable[Case]) -> tuple[Trend, ...]:
    """Every count that can be made of some cases, which come oldest first: patterns, what is worth watching, then the others.

    Worth watching are the strongest lines below the patterns, without those that are only a part of one.
    """
    *_, all_of_them = in_pieces(found)
    return all_of_them


def in_pieces(found: Iterable[Case]) -> Iterator[tuple[Trend, ...]]:
    """The same, with nothing handed out again and again on the way, so that the screens get a turn; all of it comes last."""
    counts = Counts(tuple(found))
    yield ()
    patterns: list[Trend] = []
    others: list[Trend] = []
    strong: list[tuple[float, int]] = []
    lines = sorted(counts.lines(), key=_rank)
    yield ()
    for each in lines:
        tally = each.tally
        if levels.repeats(tally) and (each.against is None or each.has_opposite):
            patterns.append(each)
            continue
        if levels.stands_out(tally):
            strong.append((levels.chance(tally), len(others)))
        others.append(each)
    apart = (others[at] for _, at in sorted(strong) if not any(_is_part(others[at], of) for of in patterns))
    watched = tuple(islice(apart, levels.WATCHED))
    shown = frozenset(map(id, watched))
    dated = []
    for each in (*patterns, *watched):
        yield ()
        holds = levels.stands_out if id(each) in shown else levels.repeats
        dated.append(replace(each, is_pattern=id(each) not in shown, since=counts.since(each, holds)))
    yield ()
    repeating, watching = dated[: len(patterns)], dated[len(patterns) :]
    yield *_in_parts(repeating), *watching, *(each for each in others if id(each) not in shown)


class Counts:
    """The lines that can be counted of some cases, which come oldest first."""

    def __init__(self, known: Sequence[Case]) -> None:
        self._known = known
        self._groups, self._values = _groups(known)
        self._dimensions: dict[str, set[str]] = {}
        for (dimension, _), probes in self._groups.items():
            self._dimensions.setdefault(dimension, set()).update(probes)
        self._figures = _figures(known)

    def lines(self) -> Iterator[Trend]:
        """Every count, none of them called a pattern yet, or worth watching."""
        known_in = {
            name: {group: tuple(filter(figure.__contains__, probes)) for group, probes in self._groups.items()}
            for name, figure in self._figures.items()
        }
        known = {
            name: {dimension: probes & figure.keys() for dimension, probes in self._dimensions.items()}
            for name, figure in self._figures.items()
        }
        for fact, (name, sign) in FACTS.items():
            figure = self._figures.get(name, {})
            held = {probe for probe, value in figure.items() if value * sign > 0}
            opposite = sum(value * sign < 0 for value in figure.values())
            totals = {dimension: (len(probes & held), len(probes)) for dimension, probes in known.get(name, {}).items()}
            for group, of in known_in.get(name, {}).items():
                if of:
                    those = tuple(filter(held.__contains__, of))
                    n, (happened, total) = len(those), totals[group[0]]
                    low, high = wilson(n, len(of))
                    elsewhere = happened - n, total - len(of)
                    value = self._values.get(group, "")
                    against = opposite if group[0] == EVERYWHERE else None
                    yield Trend(
                        *(group[0], value, fact, n, len(of), low, high, elsewhere, those, of), False, against=against
                    )

    def since(self, line: Trend, holds: Callable[[Tally], bool]) -> str:
        """The day of the debrief since which a line has been a pattern, or worth watching, without a break."""
        name, sign = FACTS[line.fact]
        figure, here = self._figures[name], frozenset(line.cases)
        known = self._dimensions[line.dimension] & figure.keys()
        cases = (
            (case.day, case.probe in here, figure[case.probe] * sign)
            for case in reversed(self._known)
            if case.probe in known
        )
        return levels.since(line.tally, cases, holds)


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


def _figures(known: Iterable[Case]) -> Mapping[str, Mapping[str, float]]:
    """The figures that are known, by the names that `FACTS` gives them and by the probe."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for case in known:
        for name, value in figures_of(case):
            found[name][case.probe] = value
    return found


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


def _rank(trend: Trend) -> tuple[int, int, float, int]:
    """What happened five times or more, then what happened less often, and among these what was seen in more cases; then by how far
    it surely lies above elsewhere.
    """
    count, of = trend.elsewhere
    above = trend.low - (count / of if of else 0.5)
    return -min(trend.count, ENOUGH), -min(trend.of, ENOUGH), -above, -trend.count
