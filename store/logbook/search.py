"""Search over everything that is in the archive, as one types, and where each text was found.

All texts of a table stand in one string without case and accents, a line a record, so that a word is looked for at the speed of
`str.find`, and a record is looked at more closely only where the rarest word of what was typed is found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from store.words.sought import folded, loose, wanted
from store.words.text import visible

MOST = 200
"""Results that are listed; nobody reads more, they type another word."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A record that holds what was typed.

    Attributes:
        kind, number: what it is: a “moment”, the 12th; 0 where it has no number.
        text: the text in which it was found, as typed.
        probe: the id of its probe; empty for what the group holds across probes.
    """

    kind: str
    number: int
    text: str
    probe: str

    @property
    def where(self) -> str:
        """What it is, in words: “moment 12”, “red line”, “guideline 3”."""
        return f"{self.kind} {self.number}" if self.number else self.kind


@dataclass(frozen=True, slots=True)
class Sought:
    """What a page is opened for.

    Attributes:
        typed: the words that were looked for.
        text, number: the record in which they were found, as of `SearchHit`.
        curtain: whether the curtain was drawn where it was found.
    """

    typed: str
    text: str = ""
    number: int = 0
    curtain: bool = True

    def line_in(self, lines: Sequence[str]) -> int | None:
        """Which line of a page tells of the record: it holds the most words that were typed, and then the most of its own.

        Of two that read the same it is the one that begins with its number. None where nothing was found, or no line fits.
        """
        typed, own = wanted(self.typed), set(folded(visible(self.text)).split())

        def fitting(at: int) -> tuple[int, int, bool]:
            line = folded(lines[at])
            words = line.split()
            there = sum(word in line for word in typed)
            return there, len(own.intersection(words)), words[:1] == [str(self.number)]

        best = max(range(len(lines)), key=fitting, default=None) if own else None
        return best if best is not None and fitting(best)[0] else None


@dataclass(slots=True)
class Texts:
    """The texts of one kind: folded in one string, and for each line where it begins and whose it is.

    `raw` is whether they were written for one room alone, or name people: they stay behind the curtain.
    """

    label: str
    raw: bool
    folded: str
    starts: list[int]
    owners: list[SearchText]


SearchText = tuple[str, int, str]
"""A probe's id, a record's number, a text."""


class SearchIndex:
    """The texts of an archive as it was when this was built."""

    def __init__(self, texts: Iterable[Texts], titles: Mapping[str, str]) -> None:
        self._texts = tuple(texts)
        self.titles = titles
        """The titles of the probes, by their ids."""

    @cached_property
    def public(self) -> SearchIndex:
        """The part of it that may be searched in front of the hall."""
        return SearchIndex((each for each in self._texts if not each.raw), self.titles)

    def __len__(self) -> int:
        return sum(len(each.owners) for each in self._texts)

    def find(self, typed: str, most: int = MOST) -> tuple[SearchHit, ...]:
        """The records that hold every word and phrase that was typed, at most `most`; none where nothing was."""
        words = sorted(wanted(typed), key=len, reverse=True)
        if not words:
            return ()
        found: list[SearchHit] = []
        for texts in self._texts:
            for at in _lines_with(texts, words):
                probe, number, text = texts.owners[at]
                found.append(SearchHit(texts.label, number, text, probe))
                if len(found) == most:
                    return tuple(found)
        return tuple(found)


def _loose(text: str) -> tuple[str, Sequence[int]]:
    """A text as `folded`, but with its blanks, and of each sign in it which letter it comes from."""
    if text.isascii() and not {'"', "`"}.intersection(text):
        return text.lower(), range(len(text))
    signs = [loose(letter) for letter in text]
    return "".join(signs), [at for at, found in enumerate(signs) for _ in found]


def spans(text: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Where in a text the words stand that were typed, each from its first letter to its last with that one's accents, in order."""
    signs, places = _loose(text)
    found: list[tuple[int, int]] = []
    for words in wanted(typed):
        for match in re.finditer(r"\s+".join(map(re.escape, words.split())), signs):
            stop = match.end()
            following = places[stop] if stop < len(places) else len(text)
            found.append((places[match.start()], max(places[stop - 1] + 1, following)))
    return tuple(sorted(found))


def excerpt(text: str, typed: str, width: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """As much of a text as fits into `width` letters around the first word that was typed, and where the words stand in it."""
    marked = spans(text, typed)
    first = marked[0][0] if marked else 0
    start = 0 if first < width * 2 // 3 else max(0, min(first - width // 3, len(text) - width + 1))
    part = ("…" if start else "") + text[start + (1 if start else 0) :]
    if len(part) > width:
        part = part[: max(0, width - 1)] + "…"
    shown = [(max(0, a - start), min(b - start, len(part))) for a, b in marked if b > start and a - start < len(part)]
    return visible(part), tuple(shown)


def _lines_with(texts: Texts, words: list[str]) -> Iterator[int]:
    """The lines that hold all words; the longest is looked for first, the others in the lines where it stands."""
    first, *others = words
    folded, starts = texts.folded, texts.starts
    at = folded.find(first)
    while at >= 0:
        line = bisect_right(starts, at) - 1
        end = starts[line + 1] if line + 1 < len(starts) else len(folded)
        if all(folded.find(word, starts[line], end) >= 0 for word in others):
            yield line
        at = folded.find(first, end)
