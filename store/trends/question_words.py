"""The words in which people ask about trends: what they stand for, and which of them only ask."""

from store.words.question import ASKING

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
