"""Which texts say nearly the same, and where they differ. People decide whether they do; the program never treats two texts
as the same."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeVar

from store.words.names import fold

K = TypeVar("K")

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")

_STEM = 5
"""Letters by which two forms of a word are the same: decide, decided, deciding."""

NEGATIONS = frozenset("barely cannot hardly neither never no nobody none nor not nothing nowhere without".split())  # noqa: SIM905
"""Words that turn the meaning of a sentence; so do those that end in n't."""


def _stem(word: str) -> str:
    """What is the same in all forms of a word; a negation is only itself."""
    folded = fold(word)
    if folded.endswith(("n't", "n’t")) or folded == "cannot":
        return "not"
    return folded if folded in NEGATIONS else folded.removesuffix("s")[:_STEM]


@lru_cache(maxsize=65536)
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_stem, _WORD.findall(text)))


def nearest(text: str, others: Mapping[K, str]) -> list[K]:
    """All the other texts, the nearest first; of equally near ones the last stands first.

    How near is the cosine between the words of both, in whatever order and form, each weighted by how rare it is among all of the
    texts (inverse document frequency, Spärck Jones, Journal of Documentation 28, 1972).
    """
    stems = {key: _stems(other) for key, other in others.items()}
    wanted = _stems(text)
    held = Counter(stem for each in (*stems.values(), wanted) for stem in each)
    rare = {stem: math.log((len(stems) + 2) / count) ** 2 for stem, count in held.items()}

    def likeness(key: K) -> float:
        common = sum(rare[stem] for stem in wanted & stems[key])
        return common / math.sqrt(sum(rare[stem] for stem in stems[key])) if common else 0.0

    latest_first = list(reversed(stems))
    latest_first.sort(key=likeness, reverse=True)
    return latest_first


Mark = Literal["=", "≠", "!"]
"""Words that the other text has too, that it doesn't have, and negations that it doesn't have."""


@dataclass(frozen=True, slots=True)
class Differing:
    """Where an earlier text differs from a present one.

    Attributes:
        parts: the earlier text in pieces, each with its mark; joined they are exactly the text.
        only_here: the words that only the present text has.
        negations: those of them that are negations.
    """

    parts: tuple[tuple[Mark, str], ...]
    only_here: tuple[str, ...]
    negations: tuple[str, ...]

    @property
    def turned(self) -> tuple[str, ...]:
        """The negations that only the earlier text has."""
        return tuple(word for mark, word in self.parts if mark == "!")


def differing(here: str, earlier: str) -> Differing:
    """Compare a present text with an earlier one, word by word in any order. Forms of one word don't differ."""
    known = _stems(here)
    parts: list[tuple[Mark, str]] = []
    at = 0
    for found in _WORD.finditer(earlier):
        stem = _stem(found[0])
        if stem not in known:
            parts += [("=", earlier[at : found.start()]), ("!" if stem in NEGATIONS else "≠", found[0])]
            at = found.end()
    parts.append(("=", earlier[at:]))
    missing = [word for word in dict.fromkeys(_WORD.findall(here)) if _stem(word) not in _stems(earlier)]
    return Differing(
        tuple(part for part in parts if part[1]),
        tuple(missing),
        tuple(word for word in missing if _stem(word) in NEGATIONS),
    )
