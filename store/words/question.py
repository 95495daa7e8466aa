"""Questions as people type them: the words that only ask, and those that say what about."""

import re

from store.words.names import bare

ASKING = frozenset(
    [
        "a",
        "about",
        "again",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "can",
        "did",
        "do",
        "does",
        "enough",
        "every",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "least",
        "many",
        "most",
        "much",
        "my",
        "of",
        "often",
        "on",
        "or",
        "our",
        "ours",
        "should",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "too",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
    ]
)
"""Words of a question that say nothing of what it is about."""

_AGREEING = frozenset(
    [
        "agree",
        "agreed",
        "decide",
        "decided",
        "happen",
        "happened",
        "hold",
        "held",
        "learn",
        "learned",
        "say",
        "said",
        "work",
        "worked",
        "works",
    ]
)
"""What a group did, which every record tells of."""

_WORDS = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


def keywords(typed: str) -> str:
    """What a question is about, each word as it is said of one: “what did we agree about cameras, and why?” is about `camera`.

    Without case and accents; empty where every word only asks.
    """
    words = (word for word in _WORDS.findall(bare(typed)) if word not in ASKING and word not in _AGREEING)
    return " ".join(map(_one, words))


def _one(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
