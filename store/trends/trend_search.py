"""Finding trends by a question in anybody's words, a newcomer's too: “do parties cost us our voice?”"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from store.trends.trends import ENOUGH, EVERYWHERE, Trend
from store.words.names import fold
from store.words.question import ASKING, WORD

PLAIN = {
    "narrative": "voice message messages story stories speak speech said say heard words media press slogan",
    "decision-making": "decide decides decided deciding decision decisions power control say",
    "skills": "learn learned learning able know knowledge training",
    "infrastructure": "tools equipment rooms space lists money resources networks",
    "autonomy": "independence independent freedom control",
    "benefit": "benefits gain gains win wins results",
    "split": "disagreement disagreed divided disagree unity",
    "partner": "organisation organisations",
    "kind": "sort sorts type types",
    "issue": "topic topics subject subjects",
    "scope": "size sizes scale",
    "fell": "worst bad cost costs lose loses lost losing loss hurt hurts harm harms drop drops dropped weaker worse down fall falls",
    "less": "worst bad cost costs lose loses lost losing loss fewer worse below disappoint disappointed",
    "rose": "best good gain gains gained grow grows grew stronger better improve improves improved up rise rises help helps",
    "more": "best good above better surprise surprised",
    "crossed": "broken broke",
    "red": "boundaries boundary",
    "expected": "gap expectation expectations",
}
"""Everyday words for a word of a fact or an outcome of the red lines; each of them finds it too."""

FILLING = ASKING | frozenset(
    [
        *("alliance", "alliances", "collaboration", "collaborations", "probe", "probes"),
        *("made", "make", "makes", "work", "worked", "working"),
    ]
)
"""Words of a question that tell no trend from another."""

NOT = frozenset(["cannot", "never", "no", "none", "not", "nothing", "without"])
"""Words that ask where something did not happen; so do those that end in n't."""

PAGES = {
    "rhythm": "rhythm rest rested resting rests pause paused pauses pausing break breaks tired exhausted reflect decompression"
    " facilitate facilitated facilitates facilitator facilitators late balance",
    "time": "time times minutes overtime",
    "record": "borne dissent impulse impulses position positions recur recurring recurs",
    "sovereignty": "sovereignty turnout",
    "matrix": "matrix",
    "guidelines": "guideline guidelines agree agreed amendment amendments principle principles rule rules work worked works",
}
"""The other pages that can answer a question, with the words that ask for each."""

_WHICH = frozenset(["best", "least", "most", "what", "which", "who", "whom", "worst"])
"""Words that ask to choose among several: “which kind” gets one line for each kind."""

_WHO = frozenset(["who", "whom"])
_COMPARABLE = ("kind", "partner", "issue", "scope")
"""The dimensions whose values a question can choose among."""

_KIND_OF = re.compile(r"\b(?:kind|sort|type)s? of (?:partner|organisation|alliance|group|ally|allie)s?\b")
"""“kind of partner” asks for a kind alone, not for partners too."""

_ALLY = re.compile(r"\b(?:ally|allies)\b")
"""Another word for partners, replaced because “all” begins it and finds all probes."""

_COMPARED = re.compile(r"\b(?:more|less|fewer|better|worse)(?= (?:\w+ )*?than (?!expected))")
"""A comparative before “than” compares two answers and finds no line itself."""


def _several(word: str) -> str:
    """The plural of a word: party, parties."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded, without its punctuation."""
    return tuple(WORD.findall(fold(text)))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question finds.

    Attributes:
        trends: the lines that answer it, in their order.
        unknown: its words that are in no line.
        least: whether it asks where something did not happen; then the lines with the fewest cases come first.
        also: by the one line that each choice gets, what else happened there.
        page: the page that answers it instead, one of `PAGES`; empty where these lines are the answer.
    """

    trends: tuple[Trend, ...]
    unknown: tuple[str, ...]
    least: bool = False
    also: Mapping[Trend, tuple[Trend, ...]] = field(default_factory=dict)
    page: str = ""


class TrendSearch:
    """Trends, each with the words by which it is found."""

    def __init__(self, trends: Sequence[Trend]) -> None:
        self._trends = tuple(trends)
        known = {text: _known(text) for each in self._trends for text in (each.fact, each.value, each.dimension)}
        self._values = [known[each.value] for each in self._trends]
        self._texts = [f"{known[each.fact]}{known[each.value]}{known[each.dimension]}" for each in self._trends]
        self._all = f"{''.join(known.values())} "
        told = {text for each in self._trends for text in (each.fact, each.dimension)}
        self._told = "".join(known[text] for text in told)

    def find(self, typed: str) -> Answer:
        """The trends that have, for every word typed, a word that begins with it.

        Filling words are skipped. So are words that no trend has; these are named, except a last word that could still become a
        filling word. Where no line has all words, lines with any of the partners, kinds, issues or scopes named are found: to
        name two compares them. A line whose partner, kind, issue or scope was typed in full comes before lines that match only
        one of its words. A question that asks which partner, kind, issue or scope gets one line for each.
        """
        text = _COMPARED.sub("", " ".join(words_of(typed)))
        words = words_of(_ALLY.sub("partner", _KIND_OF.sub("kind", text)))
        typing = words[-1] if words and typed[-1:].isalnum() else ""
        negated = [word for word in words if self._negates(word) and word != typing]
        wanted = [word for word in dict.fromkeys(words) if word not in FILLING and word not in negated]
        sought = [f" {word}" for word in wanted if f" {word}" in self._all]
        unknown = tuple(word for word in wanted if f" {word}" not in self._all)
        if unknown and unknown[-1] == words[-1] and any(each.startswith(unknown[-1]) for each in FILLING | NOT):
            unknown = unknown[:-1]
        if not sought:
            page = next((page for page, told in PAGES.items() if not {*told.split()}.isdisjoint(words)), "")
            return Answer(() if unknown or page else self._trends, () if page else unknown, page=page)
        found = self._holding(sought)
        least = bool(negated) or "least" in words
        if apart := self._apart(words, sought):
            told = _one_each([each for each in found if each.dimension in apart], least)
            return Answer(tuple(told), unknown, least, told)
        if least:
            found = sorted(found, key=lambda each: (each.high, -each.of))
        return Answer(tuple(found), unknown, least)

    def _apart(self, words: Sequence[str], sought: Sequence[str]) -> Sequence[str]:
        """The dimensions whose values a question chooses among; empty where it doesn't choose."""
        if _WHICH.isdisjoint(words) or any(word not in self._told for word in sought):
            return ()
        named = [name for name in _COMPARABLE if any(word in _known(name) for word in sought)]
        return named or ([] if _WHO.isdisjoint(words) else ("kind", "partner"))

    def _negates(self, word: str) -> bool:
        return (word in NOT or word.endswith(("n't", "n’t"))) and f" {word} " not in self._all

    def _holding(self, sought: Sequence[str]) -> list[Trend]:
        """The lines that have all of some words, or where there are none, at least one of those that name a value."""
        named = [word for word in sought if word not in self._told]
        lines = list(zip(self._trends, self._texts, self._values, strict=True))
        found = [(each, value) for each, text, value in lines if all(word in text for word in sought)]
        if not found and len(named) > 1:
            rest = [word for word in sought if word in self._told]
            found = [
                (each, value)
                for each, text, value in lines
                if all(word in text for word in rest) and any(word in value for word in named)
            ]
        if named:
            found.sort(key=lambda pair: (not pair[0].is_pattern, not _in_full(pair[0].value, sought)))
        return [each for each, _ in found]


def _one_each(found: Iterable[Trend], least: bool) -> dict[Trend, tuple[Trend, ...]]:
    """A line for each value, with what else happened there: the values where most happened first, or last where `least`.

    Unless `least`, values where nothing happened are left out.
    """
    values: dict[tuple[str, str], list[Trend]] = {}
    for each in found:
        values.setdefault((each.dimension, fold(each.value)), []).append(each)
    lines = []
    for those in values.values():
        happened = [each for each in those if each.count]
        if happened or least:
            lines.append((happened or those)[:1] + happened[1:])
    if least:
        lines.sort(key=lambda line: (sum(each.count > 0 for each in line), line[0].high, -line[0].of))
    else:
        lines.sort(key=lambda line: (not line[0].is_pattern, -min(line[0].count, ENOUGH), -len(line)))
    return {line[0]: tuple(line[1:]) for line in lines}


def _in_full(value: str, sought: Sequence[str]) -> bool:
    """Whether each word of a value, or its beginning, was typed."""
    return all(any(word in _known(each) for word in sought) for each in words_of(value))


def _known(text: str) -> str:
    """Every word that finds a text, each after a blank."""
    found: list[str] = []
    for word in words_of("all everywhere overall" if text == EVERYWHERE else text):
        found += (word, _several(word), *(word.split("-") if "-" in word else ()), *PLAIN.get(word, "").split())
    return "".join(f" {word}" for word in found)
