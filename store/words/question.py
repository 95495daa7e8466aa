"""Questions as people type them: which words only ask, and which say what the question is about."""

import re

from store.words.names import bare

_ASKING = (
    "a about again an and any are as at be been by can did do does enough every for from had has have how i if in is"
    " it least many most much my of often on or our ours should so than that the their them then there these they this"
    " those to too us was we were what when where which who why will with would"
)
ASKING = frozenset(_ASKING.split())
"""Words that say nothing about the subject of a question."""

_AGREEING = "agree agreed decide decided happen happened hold held learn learned say said work worked works"
"""Verbs for what a group did, which fit every record."""

_WORDS = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


def keywords(typed: str) -> str:
    """What a question is about, in the singular: “what did we agree about cameras, and why?” is about `camera`.

    Without case and accents. Empty if every word only asks.
    """
    left_out = ASKING.union(_AGREEING.split())
    return " ".join(_one(word) for word in _WORDS.findall(bare(typed)) if word not in left_out)


def _one(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
