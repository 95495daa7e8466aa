"""The words that a question about the trends can be asked in, by what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from store.trends.case import MEASURES

MEANINGS: Mapping[str, str] = {
    "autonomy": "autonomy autonomous independence independent independently freedom self-determination",
    "benefit": "benefit beneficial result outcome impact payoff",
    MEASURES[0]: "decision-making decision decide power control capacity capacities say voice voices",
    MEASURES[1]: "skill skilled learn learnt knowledge training know-how",
    MEASURES[2]: "infrastructure tools equipment rooms money resource network",
    MEASURES[
        3
    ]: "narrative clarity voice control say message story stories media press slogan framing words speech said heard",
    "split": "split splits splitting divide division divisive disagree disagreement unity argue argument",
    "gap": "gap expect expected expectation hoped exceed overestimate underestimate disappoint disappointing disappointment"
    " surprise surprising",
    "fell": "fall fell fallen lose lost loss losses cost costly erode erosion weaken hurt harm drop decline shrink shrank reduce"
    " damage worsen sap drain undermine sacrifice fail failure suffer disappoint disappointing disappointment overestimate wrong"
    " worse worst bad badly weaker weakest down lower avoid price",
    "rose": "rise rose risen gain grow grew grown growth improve improvement strengthen raise help helpful win won boost give gave"
    " given bring brought deliver build built building increase exceed underestimate better best good well stronger strongest"
    " higher up",
    "less": "less fewer below",
    "more": "more above",
    "most": "most biggest largest greatest widest highest deepest strongest worst best bigger larger weakest avoid",
    "least": "least smallest lowest fewest smaller",
    "not": "cannot never no none not nothing without",
    "red lines": "red-line line boundary limit",
    "held": "hold held",
    "strained": "strain",
    "crossed": "cross broke broken breach violate violation overstep",
    "kind": "kind sort type",
    "partner": "partner ally allies organisation",
    "issue": "issue topic subject",
    "scope": "scope scale size rung",
    "probe": "probe alliance coalition collaboration action experiment campaign project",
    "choose": "which what who whom each per",
    "who": "who whom",
    "measured": "how-much",
    "overall": "overall",
    "worth": "worth",
    "again": "again repeat repeatedly",
}
"""What is counted, which way it went, how it is ranked and where it is looked for, each with its words.

A word can mean several things: `worst` is both `fell` and `most`. Verbs and nouns stand here once; `forms` adds their endings.
"""

PAGES: Mapping[str, str] = {
    "rhythm": "rhythm rest restful pause break tired exhausted exhausting reflect decompress decompression facilitate facilitator"
    " late balance",
    "time": "minute overtime phase agenda duration long longer longest over time",
    "record": "borne dissent impulse position recur recurring recurrence",
    "sovereignty": "sovereignty turnout attendance joined stayed organiser organisers",
    "matrix": "matrix",
    "guidelines": "guideline agree agreement amend amendment principle rule work",
}
"""The other pages that can answer a question, with the words that ask for each."""

WEAK = frozenset(
    [
        "break",
        "breaks",
        "balance",
        "work",
        "works",
        "worked",
        "working",
        "long",
        "longer",
        "longest",
        "over",
        "time",
        "times",
        "late",
        "position",
        "positions",
    ]
)
"""Words that ask for a page only where nothing else is asked for."""

_FILLING = (
    "a about actual actually all along also although always an and any anybody anyone anything anywhere are as at be became because"
    " become been being both but by came can case case come coming could debrief did do does doing done during either else end ended enough"
    " ever every everybody everyone everything far feel find for from generally get gets getting go goes going gone got group"
    " had happen happened happening happens has have having here how i if in instead into is it its itself join joined joining just"
    " keep keeping keeps kept land landed let like look made make makes making many matter matters may maybe me mean means might"
    " mostly much must my need normally o of often on one ones only or our ours own ourselves out outcome place put quite rather really right"
    " room run s see seem seems shall share should show so some somebody something somewhere still such take taken taking tell tend"
    " than that the their theirs them themselves then there these they thing things think this those thought to together too took"
    " tried true try trying turn turned turns us use used usual usually very via want was way we went were when whenever where"
    " wherever whether while whose why will with within work worked working works would yes yet you your"
)
FILLING = frozenset(_FILLING.split())
"""Words that tell no count from another. No word of time is among them: a question about last year isn't answered here."""

_EVERYDAY = (
    "bit chance day days everyone family home homes house houses life lot members money month months morning next night nobody"
    " same people person somebody stop stops time times trust way week weeks woman women year years young"
)
EVERYDAY = frozenset(_EVERYDAY.split())
"""Words that stand in many a long issue by the way, and so don't stand for it when one is typed alone."""

PHRASES = tuple(
    (re.compile(rf"\b(?:{pattern})(?:(?<= )|(?![\w-]))"), word)
    for pattern, word in (
        (r"(control|power|say|voice|split|divided?|disagreed?) over", r"\1"),
        (r"costs? (?:us )?more than (?:it|they|we) \w+", "worth"),
        (r"(?:kind|sort|type)s? of (?:partner|organisation|alliance|probe|group|ally|allie)s?", "kind"),
        (r"red[ -]lines?", "red-line"),
        (r"break(?:s|ing)? (?=(?:\w+ )?(?:red-line|line|boundar|limit))", "cross "),
        (r"(?:not )?worth (?:it|while|doing|the \w+)|worthwhile|worth|pa(?:y|ys|id|ying) off", "worth"),
        (r"g(?:i|a)v(?:e|es|en|ing) (?:up|away)|t(?:ake|akes|ook|aken|aking) (?:over|away)", "lose"),
        (r"set(?:s|ting)? (?:us )?back|pa(?:y|ys|id|ying) for", "lose"),
        (r"(?:get|gets|got|getting) (?:us )?(?:anything|something|out of|from)", "gain"),
        (r"let(?:s|ting)? us down|fall(?:s|ing)? short|fell short", "disappoint"),
        (r"at the (?:cost|expense|price) of", "but lose"),
        (r"(?:than|as) (?:we |was |had |were )*(?:expected|hoped|thought|planned)", "expected"),
        (r"how (?:much|far|big|large|wide)", "how-much"),
        (
            r"how (?:often|many)|in general|(?:in|of|across|over) all(?: (?:our )?probes)?|all (?:our )?probes",
            "overall",
        ),
        (
            r"(?:big|bigger|large|larger|small|smaller|wider) (?=(?:probe|alliance|coalition|collaboration|action|campaign)s?\b)",
            "each scope ",
        ),
        (r"(?:at|not) (?:least|most|only)|give (?:me|us a list)|most of|more or less|no longer", ""),
    )
)
"""Words that mean something only together, each with the word that it is read as."""

OVER_TIME = re.compile(
    r"\bover (?:the )?(?:time|years|months)\b|\b(?:get|grow|becom)\w* (?:better|worse|weaker|stronger)\b"
)
"""Asks for a course, which no count tells."""

CONTRAST = frozenset(["but", "without", "although", "though", "whereas", "while", "despite"])
"""Stands between two things that are asked of the same probe."""

COMPARED = re.compile(r"\b(?:more|less|fewer|better|worse)(?= (?:\w+ )*?than\b)")
"""A comparative before “than” compares two answers and counts nothing itself."""


def several(word: str) -> str:
    """The plural of a word: party, parties."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def _forms(word: str) -> Iterator[str]:
    """A word with the endings of a noun and of a regular verb, rightly spelled or not: lose, loses, losing."""
    yield from (word, several(word))
    stem = word.removesuffix("e")
    twice = f"{word}{word[-1]}" if re.search(r"[^aeiou][aeiou][bdgmnprt]$", word) else word
    yield from (f"{stem}ing", f"{twice}ing", f"{word}d" if stem != word else f"{word}ed", f"{twice}ed")
    if word.endswith("y"):
        yield f"{word[:-1]}ied"


def _by_word(meanings: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for meaning, words in meanings.items():
        for word in words.split():
            for form in _forms(word):
                found.setdefault(form, set()).add(meaning)
    return {word: frozenset(means) for word, means in found.items()}


MEANING = _by_word(MEANINGS)
"""What each word means."""

PAGE = _by_word(PAGES)
"""The page that each word asks for."""
