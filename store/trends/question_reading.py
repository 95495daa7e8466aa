"""What a question about the trends asks: read word by word, and said back in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from store.trends.case import MEASURES
from store.trends.question_words import (
    COMPARED,
    CONTRAST,
    EVERYDAY,
    FILLING,
    MEANING,
    OVER_TIME,
    PAGE,
    PHRASES,
    WEAK,
    several,
)
from store.trends.trends import EVERYWHERE, FACTS, PROBE, SENTENCE, ProbeGroup, which
from store.words.names import fold
from store.words.question import WORD
from store.words.text import clipped

RED_LINES = {
    "held": "all red lines held",
    "strained": "a red line was strained",
    "crossed": "a red line was crossed",
}
"""What can be asked of the red lines, by the state of the worst of them."""

_CHOICES = ("kind", "partner", "issue", "scope", PROBE)
_TOPICS = ("autonomy", "benefit", *MEASURES)
_LONGEST = 40
"""Characters of a name in what is said back."""

_MOST_WORDS = 20
"""Words of a name by which it is found; nobody types more of it."""


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded, without its punctuation."""
    return tuple(WORD.findall(fold(text)))


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a question.

    Attributes:
        facts: what is counted; empty where the question names nothing that happened.
        also: what the same probes are asked for besides, as in “benefit but less autonomy”; empty mostly.
        link: how the two are joined: `but` or `without`.
        places: which partners, kinds, issues, scopes or states of the red lines; a probe is of one of each of these. Empty for any.
        within: dimensions that are named as such: “with our partners”.
        choose: dimensions of which each value gets one line.
        rank: `most` and `least` by the size of the gap or the change; `rare` where it happened least often.
        unknown: words that nothing is known about. Then nothing else is read.
        page: the page that tells it instead.
        wanting: what the question doesn't say, in a sentence.
    """

    facts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    link: str = ""
    places: tuple[tuple[ProbeGroup, ...], ...] = ()
    within: tuple[str, ...] = ()
    choose: tuple[str, ...] = ()
    rank: str = ""
    unknown: tuple[str, ...] = ()
    page: str = ""
    wanting: str = ""


class Reader:
    """Reads questions over the names of one archive.

    Args:
        values: the partners, kinds, issues, scopes and states of the red lines, as they are written, by their group.
    """

    def __init__(self, values: Mapping[ProbeGroup, str]) -> None:
        self._values = values

    @cached_property
    def _lengths(self) -> Mapping[ProbeGroup, int]:
        return {
            group: min(len(words_of(value)), _MOST_WORDS)
            for group, value in self._values.items()
            if group[0] in (*_CHOICES, SENTENCE)
        }

    @cached_property
    def _standing(self) -> Mapping[str, set[tuple[ProbeGroup, int]]]:
        """Where each word stands in the names, also under its plural."""
        found: dict[str, set[tuple[ProbeGroup, int]]] = {}
        for group in self._lengths:
            for at, word in enumerate(words_of(self._values[group])[:_MOST_WORDS]):
                for form in (word, several(word)):
                    found.setdefault(form, set()).add((group, at))
        return found

    def _standing_at(self, word: str) -> set[tuple[ProbeGroup, int]]:
        return self._standing.get(word, set()) | self._standing.get(several(word), set())

    def _named(self, words: Sequence[str]) -> tuple[int, tuple[ProbeGroup, ...]]:
        """The names that the first words of some stand in, one after the other, and how many words those are.

        As many words as possible are taken. A name that is typed in full goes before those that are typed in part, and a word
        that has a meaning of its own is only a name in full.
        """
        run, length = self._standing_at(words[0]), 0
        while run and (length := length + 1) < len(words):
            following = self._standing_at(words[length])
            longer = {(group, at) for group, at in run if (group, at + length) in following}
            if not longer:
                break
            run = longer
        if not run:
            return 0, ()
        full = {group for group, at in run if at == 0 and self._lengths[group] == length}
        typed = words[:length]
        told = any(
            not _means(word) and word not in EVERYDAY and (len(word) > 2 or not word.isalpha()) for word in typed
        )
        if not told and (not full or FILLING.issuperset(typed)):
            return 0, ()
        if not told and length < len(words) and not MEANING.get(words[length], frozenset()).isdisjoint(_TOPICS):
            return 0, ()  # “building skills” is no building
        meant = full or {group for group, _ in run}
        return length, tuple(group for group in self._lengths if group in meant)

    def read(self, typed: str) -> Reading:
        """What a question asks. A last word that is still being typed is left out while it can become a known one."""
        text = " ".join(word.removesuffix("'s").removesuffix("’s") for word in words_of(typed))
        for pattern, word in PHRASES:
            text = pattern.sub(word, text)
        words = COMPARED.sub("", text).split()
        places: list[tuple[ProbeGroup, ...]] = []
        said: list[str] = []
        at = 0
        while at < len(words):
            length, named = self._named(words[at : at + _MOST_WORDS])
            if named:
                places.append(named)
            else:
                said.append(words[at])
            at += length or 1
        unknown = [word for word in said if not _means(word)]
        if unknown and unknown[-1] == words[-1] and typed[-1:].isalnum() and self._begins(unknown[-1]):
            unknown.pop()
        if unknown:
            return Reading(unknown=tuple(dict.fromkeys(unknown)))
        return self._understood(said, _compared(places), bool(OVER_TIME.search(text)))

    def _begins(self, word: str) -> bool:
        return any(
            each.startswith(word) for known in (MEANING, PAGE, FILLING, CONTRAST, self._standing) for each in known
        )

    def near(self, word: str) -> str:
        """A known word that is spelled nearly alike; empty if there is none."""
        names = {each for group in self._lengths for each in words_of(self._values[group])}
        known = [
            each
            for each in {*MEANING, *names} - EVERYDAY
            if each[0] == word[0]
            and len(each) > 4
            and abs(len(each) - len(word)) < 3  # comparing all would take too long
        ]
        return next(iter(get_close_matches(word, sorted(known), 1, 0.8)), "") if len(word) < _LONGEST else ""

    def _understood(self, said: Sequence[str], places: tuple[tuple[ProbeGroup, ...], ...], course: bool) -> Reading:
        first, also, link = _clauses(said)
        means = _meanings(said)
        choose = _choice(said)
        rank = _rank(means)
        if also and rank == "rare":
            rank = ""
        within = () if places or choose else tuple(name for name in _CHOICES[:-1] if name in means)
        if rank and not choose and PROBE in means:
            choose = (PROBE,)
        if "overall" in means and not places:
            places = (((EVERYWHERE, ""),),)
        if "worth" in means:
            first, also, link = ("more benefit than expected",), ("less autonomy than expected",), "without"
        if "again" in means and choose and not first:
            first, rank = _facts({"rose"}), "most"
        asked = bool(first or places or choose or within)
        if page := _page(said, means, asked, course):
            return Reading(page=page)
        loose = tuple(word for word in said if word in WEAK and word not in FILLING)
        if asked and loose:
            return Reading(unknown=loose)
        happened = not means.isdisjoint((*_TOPICS, "fell", "rose", "gap", "split", "worth"))
        states = tuple(("red lines", state) for state in RED_LINES if state in means and _of_lines(means, state))
        if happened and states and not also:
            places = (*places, states)
        reading = Reading(first, also, link, places, within, choose, rank)
        if {"most", "least"} <= means:
            return replace(reading, wanting="Ask for the most or for the least, one at a time.")
        if (rank or choose) and not first:
            wanting = "Say what happened there: autonomy, benefit, voice, skills, the red lines; lost or gained."
            return replace(reading, wanting=wanting)
        return reading

    def in_words(self, reading: Reading) -> str:
        """What was understood: “Probes with parties where narrative clarity fell”. Empty if nothing is asked."""
        if reading == Reading():
            return ""
        which = [
            " or ".join(_place(each[0], self._values.get(each, each[1])) for each in those) for those in reading.places
        ]
        which += [f"by {name}" for name in reading.within]
        probes = " ".join(["Probes", *filter(None, which)]) if which != [""] else "All probes"
        facts = joined(reading.facts, reading.also, reading.link)
        if reading.choose == (PROBE,):
            probes = " ".join(["Each of the probes", *which])
        elif reading.choose:
            probes = f"For each {' and '.join(reading.choose)}, probes {' '.join(which)}".rstrip()
        order = {
            "most": f", {_size_of(reading)} first",
            "least": f", {_size_of(reading, least=True)} first",
            "rare": ", least often first",
        }.get(reading.rank, "")
        return f"{probes}{f' where {facts}' if facts else ''}{order}"


def _means(word: str) -> bool:
    return word in MEANING or word in PAGE or word in FILLING or word in CONTRAST or word.endswith(("n't", "n’t"))


def _meanings(words: Iterable[str]) -> set[str]:
    found = {meaning for word in words for meaning in MEANING.get(word, ())}
    return found | {"not"} if any(word.endswith(("n't", "n’t")) for word in words) else found


def _way(means: Set[str]) -> int:
    """Which way something went: −1 it fell, 1 it rose, 0 either. A verb tells more than “more” and “less”."""
    if "fell" in means or "rose" in means:
        return ("rose" in means) - ("fell" in means)
    if "less" in means or "more" in means:
        return ("more" in means) - ("less" in means)
    return 1 if not {"most", "least"}.isdisjoint(means) and "gap" not in means else 0


def _of_lines(means: Set[str], state: str) -> bool:
    """Whether a state is one of the red lines: everything can hold, only they are crossed."""
    return state != "held" or "red lines" in means or set(_TOPICS).isdisjoint(means)


def _facts(means: Set[str]) -> tuple[str, ...]:
    """What some meanings count together; empty where they name nothing that happens."""
    topics = [name for name in _TOPICS if name in means]
    way = _way(means)
    states = tuple(said for state, said in RED_LINES.items() if state in means and _of_lines(means, state))
    if "split" in means:
        wanted = [topic for topic in topics if topic in _TOPICS[:2]] or _TOPICS[:2]
        return tuple(fact for fact, (name, _) in FACTS.items() if name in [f"agreement on {topic}" for topic in wanted])
    directed = bool(topics) or not {"fell", "rose", "gap"}.isdisjoint(means)
    if not topics and (states or "red lines" in means):
        if states and ("red lines" in means or not directed):
            return states
        if "red lines" in means:
            return {-1: tuple(RED_LINES.values())[1:], 1: (RED_LINES["held"],), 0: tuple(RED_LINES.values())}[way]
    if not directed:
        return ()
    names = [f"gap on {name}" if name in _TOPICS[:2] else name for name in topics or _TOPICS]
    if "gap" in means:
        names = [name for name in names if name not in MEASURES] or ["gap on autonomy", "gap on benefit"]
    return tuple(fact for fact, (name, sign) in FACTS.items() if name in names and way in (0, sign))


def _clauses(said: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """What is counted, what the same probes are asked for besides, and the word between the two."""
    for at, word in enumerate(said):
        before, after = _meanings(said[:at]), _meanings(said[at + 1 :])
        opposed = word == "and" and _way(before) * _way(after) < 0 and _topical(before) and _topical(after)
        if word not in CONTRAST and not opposed:
            continue
        if word == "without":
            after |= {"fell"} if _way(after) == 0 and _topical(after) else set()
        elif _topical(before) and not _way(before):
            before |= {"rose"}  # “benefit but less autonomy”
        first, also = _facts(before), _facts(after)
        if first and also:
            return first, also, "without" if word == "without" or "not" in after else "but"
    return _facts(_meanings(said)), (), ""


def _topical(means: Set[str]) -> bool:
    return not set(_TOPICS).isdisjoint(means)


def _choice(said: Sequence[str]) -> tuple[str, ...]:
    """The dimension that a question chooses among: the one that is named after “which”."""
    for at, word in enumerate(said):
        means = MEANING.get(word, frozenset())
        if "who" in means:
            return ("kind", "partner")
        if "choose" in means:
            for each in said[at + 1 :]:
                named = [name for name in _CHOICES if name in MEANING.get(each, ())]
                if named:
                    return (named[0],)
                if each not in FILLING:
                    break
    return ()


def _rank(means: Set[str]) -> str:
    if "least" in means or ("less" in means and ("fell" in means or "rose" in means)):
        return "least"
    if "most" in means or "measured" in means:
        return "most"
    return "rare" if "not" in means else ""


def _page(said: Sequence[str], means: Set[str], asked: bool, course: bool) -> str:
    """The page that tells what is asked; a weak word turns to one only where nothing else is asked."""
    if course and not means.isdisjoint((*_TOPICS, "fell", "rose")):
        return "matrix" if means.isdisjoint(MEASURES) and not means.isdisjoint(_TOPICS) else "sovereignty"
    if "again" in means and not asked:
        return "record"
    pages = [PAGE[word] for word in said if word in PAGE and (word not in WEAK or not asked)]
    return next(iter(pages[0]), "") if pages else ""


def _place(dimension: str, value: str) -> str:
    """As `which`, but shorter, and of a kind as people say it: “with parties”."""
    said = clipped(value, _LONGEST)
    if dimension == EVERYWHERE:
        return ""
    return f"with {several(said)}" if dimension == "kind" else which(dimension, said)


def _compared(places: Sequence[tuple[ProbeGroup, ...]]) -> tuple[tuple[ProbeGroup, ...], ...]:
    """The names, those of one dimension together: to name two kinds compares them, a kind and an issue narrow each other."""
    found: dict[frozenset[str], dict[ProbeGroup, None]] = {}
    for those in places:
        found.setdefault(frozenset(dimension for dimension, _ in those), {}).update(dict.fromkeys(those))
    return tuple(map(tuple, found.values()))


def joined(facts: Sequence[str], also: Sequence[str], link: str) -> str:
    """What is counted, in a few words: “skills rose, without less autonomy than expected”."""
    besides = _joined(also)
    if link == "without":
        besides = besides.removeprefix("there was ")
    return f"{_joined(facts)}, {link} {besides}" if also else _joined(facts)


def _joined(facts: Sequence[str]) -> str:
    """Facts in a few words: “skills or narrative clarity fell”. Those that went the same ways are told together."""
    if set(facts) in (_every(-1), _every(1)):
        return f"anything was {'lost' if set(facts) == _every(-1) else 'gained'}"
    ways: dict[str, list[str]] = {}
    for fact in facts:
        topic = FACTS.get(fact, ("", 0))[0].rpartition(" on ")[2]
        ways.setdefault(topic or fact, []).append(fact.replace(topic, "…", 1) if topic else "…")
    alike: dict[tuple[str, ...], list[str]] = {}
    for topic, way in ways.items():
        alike.setdefault(tuple(way), []).append(topic)
    return " or ".join(_together(way).replace("…", " or ".join(topics), 1) for way, topics in alike.items())


def _together(ways: Sequence[str]) -> str:
    """Several ways in one: “there was less or more … than expected”, “… fell or rose”."""
    first, *rest = ways
    if first.endswith(" than expected"):
        return f"there was {' or '.join(way.split()[0] for way in ways)} … than expected"
    return " or ".join([first, *(way.removeprefix("… ") for way in rest)])


def _every(sign: int) -> set[str]:
    return {fact for fact, (name, way) in FACTS.items() if way == sign and not name.startswith("agreement")}


def _size_of(reading: Reading, least: bool = False) -> str:
    names = {FACTS[fact][0] for fact in reading.facts if fact in FACTS}
    if not names or reading.also or any(name.startswith("agreement") for name in names):
        return "least often" if least else "most often"
    said = "gap" if any(name.startswith("gap") for name in names) else "change"
    return f"the {'smallest' if least else 'largest'} {said}"
