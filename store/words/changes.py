"""What changed between two lists of sentences, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

Sign = Literal["=", "−", "+"]
"""Words that stayed, were taken out, or came in."""

Part = tuple[Sign, str]

LONGEST = 400
"""Words up to which two wordings are compared; longer ones are shown one after the other, for it would take seconds."""

ALIKE = 0.5
"""Share of words in common from which on one wording is taken for a revision of the other."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A sentence of the newer list with its number there, or one that was taken out, which has none."""

    number: int | None
    parts: tuple[Part, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it is not as it was."""
        return any(sign != "=" for sign, _ in self.parts)


@lru_cache(maxsize=32)
def compared(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[Compared, ...]:
    """The newer list with what changed in each sentence; those that were taken out stand where they stood."""
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
    return 2 * (before & after).total() >= ALIKE * (before.total() + after.total()) > 0


def words(old: str, new: str) -> tuple[Part, ...]:
    """A wording with its changes: the `=` and `+` parts together are the new one, to the last blank.

    Blanks that changed alone are no change of words.
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
