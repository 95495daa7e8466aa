"""Texts that say nearly the same. People decide whether they do; the program never treats two texts as the same."""

from collections.abc import Mapping
from typing import TypeVar

from store.words.names import fold

K = TypeVar("K")

ALIKE = 65.0
"""The likeness, 0 to 100, from which a text is offered. None of 2,211 pairs of patterns with different meanings reached it."""


def alike(text: str, others: Mapping[K, str], most: int = 5) -> tuple[tuple[K, float], ...]:
    """The other texts that resemble this one, most alike first, each with its likeness from `ALIKE` to 100.

    Compares the words in any order, ignoring case and how accents are composed.
    """
    from rapidfuzz import fuzz, process  # imported on first use, to keep the start fast

    folded = {key: fold(other) for key, other in others.items()}
    found = process.extract(fold(text), folded, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=most)
    return tuple((key, score) for _, score, key in found)
