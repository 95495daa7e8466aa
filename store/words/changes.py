"""What changed between two lists of sentences, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

Part = tuple[Literal["=", "−", "+"], str]
"""Words that stayed, were removed, or were added."""

LONGEST = 400
"""The most words that are compared. Comparing longer wordings takes seconds, so they are shown one after the other."""

IN_COMMON = 0.5
"""The share of words two wordings need in common to count as revisions of each other."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A sentence of the newer list with its number, or a removed sentence, which has no number."""

    number: int | None
    parts: tuple[Part, ...]

    @property
    def changed(self) -> bool:
        return any(sign != "=" for sign, _ in self.parts)


@lru_cache(maxsize=32)
def compared(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[Compared, ...]:
    """The newer list with the changes in each sentence. Removed sentences keep their place."""
    return tuple(_compared(old, new))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Compared]:
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (Compared(at + 1, (("=", new[at]),)) for at in range(j1, j2))
            continue
        at = j1
        for gone in old[i1:i2]:
            twin = next((j for j in range(at, j2) if _alike(gone, new[j])), None)
            if twin is None:
                yield Compared(None, (("−", gone),))
                continue
            yield from (Compared(j + 1, (("+", new[j]),)) for j in range(at, twin))
            yield Compared(twin + 1, words(gone, new[twin]))
            at = twin + 1
        yield from (Compared(j + 1, (("+", new[j]),)) for j in range(at, j2))


def _alike(old: str, new: str) -> bool:
    before, after = (Counter(word.strip(".,;:!?").casefold() for word in text.split()) for text in (old, new))
    return 2 * (before & after).total() >= IN_COMMON * (before.total() + after.total()) > 0


def words(old: str, new: str) -> tuple[Part, ...]:
    """A wording with its changes. The `=` and `+` parts joined are exactly the new wording.

    A change in spaces alone doesn't count.
    """
    before, after = (re.findall(r"\s*\S+|\s+$", text) for text in (old, new))
    if max(len(before), len(after)) > LONGEST:
        return (("−", old), ("+", new))
    matcher = SequenceMatcher(None, list(map(str.strip, before)), list(map(str.strip, after)), autojunk=False)
    parts: list[Part] = []
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            parts.append(("=", "".join(after[j1:j2])))
            continue
        if i1 < i2:
            parts.append(("−", "".join(before[i1:i2])))
        if j1 < j2:
            parts.append(("+", "".join(after[j1:j2])))
    return tuple(parts)
