"""Which texts say nearly the same, for people to decide: nothing is ever taken for the same by the program."""

from collections.abc import Mapping
from typing import TypeVar

from store.words.names import fold

K = TypeVar("K")

ALIKE = 65.0
"""Likeness, 0 to 100, from which a text is offered: of 2,211 pairs of patterns that say different things none reached it."""


def alike(text: str, others: Mapping[K, str], most: int = 5) -> tuple[tuple[K, float], ...]:
    """Those of the other texts that are like this one, the most alike first, with their likeness of `ALIKE` to 100.

    Compared are the words, in any order, without regard to case or to how accents are composed.
    """
    from rapidfuzz import fuzz, process  # imported when it is first needed: after the first screen is there

    folded = {key: fold(other) for key, other in others.items()}
    found = process.extract(fold(text), folded, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=most)
    return tuple((key, score) for _, score, key in found)
