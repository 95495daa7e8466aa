"""Answering a question about the trends in anybody's words, a newcomer's too: “do parties cost us our voice?”"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property, reduce

from store.matrix.statistics import wilson
from store.trends.case import Case
from store.trends.question_reading import RED_LINES, Reader, Reading, joined
from store.trends.trends import ENOUGH, EVERYWHERE, FACTS, PROBE, SENTENCE, ProbeGroup, Trend, figures_of, which
from store.words.names import fold


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question finds.

    Attributes:
        trends: the lines that answer it, in their order; none where something in it isn't understood.
        unknown: the words that nothing is known about, each with a known one that is spelled nearly alike, or with nothing.
        least: whether the lines where it happened least come first.
        also: by the one line that each choice gets, what else happened there.
        page: the page that answers it instead, one of `PAGES`; empty where these lines are the answer.
        said: what was understood, in plain words.
        wanting: why there are no lines, in a sentence, if every word is known.
        sizes: by line, the median gap or change of its probes, with its sign, where the lines are ranked by it.
    """

    trends: tuple[Trend, ...]
    unknown: Mapping[str, str] = field(default_factory=dict)
    least: bool = False
    also: Mapping[Trend, tuple[Trend, ...]] = field(default_factory=dict)
    page: str = ""
    said: str = ""
    wanting: str = ""
    sizes: Mapping[Trend, float] = field(default_factory=dict)


_Told = tuple[frozenset[str], frozenset[str]]
"""The probes in which a fact happened, and those of which it is known."""


class TrendSearch:
    """Answers questions from the counts that were made, and makes those that a question asks for besides."""

    def __init__(self, trends: Sequence[Trend], cases: Sequence[Case]) -> None:
        self._all = tuple(trends)
        self._cases = tuple(cases)

    @cached_property
    def _made(self) -> Mapping[tuple[ProbeGroup, str], tuple[int, Trend]]:
        return {((each.dimension, fold(each.value)), each.fact): (at, each) for at, each in enumerate(self._all)}

    @cached_property
    def _groups(self) -> Mapping[ProbeGroup, Sequence[str]]:
        """The probes of each group, oldest first; each probe is a group too."""
        found: dict[ProbeGroup, list[str]] = {}
        for case in self._cases:
            sentence = [(SENTENCE, case.issue)] if case.issue.strip() else []
            for dimension, value in (*case.groups, *sentence, (EVERYWHERE, ""), (PROBE, case.probe)):
                found.setdefault((dimension, fold(value)), []).append(case.probe)
        return found

    @cached_property
    def _known_in(self) -> Mapping[str, AbstractSet[str]]:
        """The probes whose partner, kind, issue, scope or red lines are known, by that dimension; single ones have no elsewhere."""
        found: dict[str, set[str]] = {PROBE: set()}
        for (dimension, _), probes in self._groups.items():
            if dimension != PROBE:
                found.setdefault(dimension, set()).update(probes)
        return found

    @cached_property
    def _values(self) -> Mapping[ProbeGroup, str]:
        named = {(dimension, fold(value)): value for case in self._cases for dimension, value in case.groups}
        named |= {(SENTENCE, fold(case.issue)): case.issue for case in self._cases if case.issue.strip()}
        return {**named, **{(PROBE, fold(case.probe)): case.title for case in self._cases}}

    @cached_property
    def _figures(self) -> Mapping[str, Mapping[str, float]]:
        """Each figure by its name, and by the probe."""
        found: dict[str, dict[str, float]] = {name: {} for name, _ in FACTS.values()}
        for case in self._cases:
            for name, value in figures_of(case):
                found.setdefault(name, {})[case.probe] = value
        return found

    @cached_property
    def _reader(self) -> Reader:
        return Reader({group: value for group, value in self._values.items() if group[0] != PROBE})

    def _told(self, fact: str) -> _Told:
        if fact in FACTS:
            name, sign = FACTS[fact]
            figure = self._figures[name]
            return frozenset(probe for probe, value in figure.items() if value * sign > 0), frozenset(figure)
        states = {state: frozenset(self._groups.get(("red lines", state), ())) for state in RED_LINES}
        return next(states[state] for state, said in RED_LINES.items() if said == fact), frozenset().union(
            *states.values()
        )

    def find(self, typed: str) -> Answer:
        """The lines that answer a question; all where nothing is asked, none where a word of it isn't known."""
        reading = self._reader.read(typed)
        said = self._reader.in_words(reading)
        if reading.unknown:
            return Answer((), {word: self._reader.near(word) for word in reading.unknown})
        if reading.page or reading.wanting:
            return Answer((), page=reading.page, wanting=reading.wanting)
        if reading == Reading():
            return Answer(self._all)
        lines = self._lines(reading)
        if not lines:
            return Answer((), said=said, wanting="No probe tells that.")
        ranked = reading.rank in ("most", "least") or reading.choose == (PROBE,)
        sizes = {each: size for each in lines if (size := self._size(each)) is not None} if ranked else {}
        least = reading.rank in ("least", "rare")
        if reading.choose:
            told = _one_each(lines, sizes, least)
            wanting = "" if told else "It happened in none of the probes."
            return Answer(tuple(told), {}, least, told, "", said, wanting, sizes)
        if ranked:
            lines.sort(key=lambda each: _by_size(each, sizes), reverse=not least)
        elif least:
            lines.sort(key=lambda each: (each.high, -each.of))
        else:
            lines.sort(key=lambda each: self._place(each, anywhere=not reading.places))
        return Answer(tuple(lines), {}, least, said=said, sizes=sizes)

    def _place(self, trend: Trend, anywhere: bool) -> tuple[object, ...]:
        """Patterns first; then, where no place is asked for, all probes together; then as the counts were ranked."""
        at, _ = self._made.get(((trend.dimension, fold(trend.value)), trend.fact), (len(self._all), None))
        return (
            not trend.is_pattern,
            anywhere and trend.dimension != EVERYWHERE,
            at,
            -min(trend.count, ENOUGH),
            -trend.low,
        )

    def _size(self, trend: Trend) -> float | None:
        """The median of the figure that tells a fact over the probes of a line; None where no figure does."""
        name, _ = FACTS.get(trend.fact, ("", 0))
        if not name or name.startswith("agreement"):
            return None
        return statistics.median(self._figures[name][probe] for probe in trend.cases)

    def _lines(self, reading: Reading) -> list[Trend]:
        """Every count that a question asks for."""
        first, narrowing = reading.places[:1], reading.places[1:]
        if listed := (*reading.choose, *reading.within):
            groups, narrowing = [group for group in self._groups if group[0] in listed], reading.places
        elif first:
            groups = list(first[0])
        else:
            groups = [group for group in self._groups if group[0] not in (PROBE, SENTENCE)]
        facts = {fact: self._told(fact) for fact in reading.facts or FACTS}
        if reading.also:
            both = joined(reading.facts, reading.also, reading.link).replace("there was ", "")
            facts = {both: self._joined(reading)}
        if (
            not facts.keys() <= FACTS.keys() and not first
        ):  # whose red lines were crossed tells nothing about crossed red lines
            groups = [group for group in groups if group[0] != "red lines"]
        return [
            line
            for fact, told in facts.items()
            for group in groups
            if (line := self._line(group, fact, told, narrowing))
        ]

    def _joined(self, reading: Reading) -> _Told:
        first, also = ([self._told(fact) for fact in facts] for facts in (reading.facts, reading.also))
        known = reduce(frozenset.intersection, (known for _, known in (*first, *also)))
        happened, besides = (frozenset().union(*(happened for happened, _ in told)) for told in (first, also))
        return (happened - besides if reading.link == "without" else happened & besides) & known, known

    def _line(self, group: ProbeGroup, fact: str, told: _Told, within: Sequence[Sequence[ProbeGroup]]) -> Trend | None:
        """One count, over the probes of a group that are in one of the groups of each of some others too."""
        if not within and (group, fact) in self._made:
            return self._made[group, fact][1]
        happened, known = told
        narrowed: AbstractSet[str] = known
        for those in within:
            narrowed = narrowed & {probe for each in those for probe in self._groups.get(each, ())}
        cases = tuple(probe for probe in self._groups.get(group, ()) if probe in narrowed)
        if not cases:
            return None
        probes = tuple(filter(happened.__contains__, cases))
        there = self._known_in[group[0]]
        low, high = wilson(len(probes), len(cases))
        beside = " ".join(" or ".join(which(each[0], self._values.get(each, "")) for each in those) for those in within)
        elsewhere = (len(there & known & happened) - len(probes), len(there & known) - len(cases)) if there else (0, 0)
        value = self._values.get(group, "")
        return Trend(
            group[0], value, fact, len(probes), len(cases), low, high, elsewhere, probes, cases, False, None, beside
        )


def _by_size(trend: Trend, sizes: Mapping[Trend, float]) -> tuple[float, ...]:
    """How far a line goes: by the gap, before the changes that have another scale, or else by how often it happened."""
    name, sign = FACTS.get(trend.fact, ("", 0))
    return name.startswith("gap"), sizes.get(trend, 0.0) * sign, trend.count / trend.of, trend.low


def _one_each(found: Iterable[Trend], sizes: Mapping[Trend, float], least: bool) -> dict[Trend, tuple[Trend, ...]]:
    """A line for each value, with what else happened there: the values where most happened first, or last where `least`.

    Unless `least`, values where nothing happened are left out.
    """
    values: dict[tuple[str, ...], list[Trend]] = {}
    for each in found:
        one = each.cases if each.dimension == PROBE else ()
        values.setdefault((each.dimension, fold(each.value), *one), []).append(each)
    lines = []
    for those in values.values():
        happened = [each for each in those if each.count]
        if sizes:
            happened.sort(key=lambda each: _by_size(each, sizes), reverse=True)
        if happened or least:
            lines.append((happened or those)[:1] + happened[1:])
    if sizes:
        lines.sort(key=lambda line: _by_size(line[0], sizes), reverse=not least)
    elif least:
        lines.sort(key=lambda line: (sum(each.count > 0 for each in line), line[0].high, -line[0].of))
    else:
        lines.sort(key=lambda line: (not line[0].is_pattern, -min(line[0].count, ENOUGH), -len(line), -line[0].low))
    return {line[0]: tuple(line[1:]) for line in lines}
