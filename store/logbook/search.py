"""Search over everything that is in the archive, as one types, and where each text was found.

All texts of a table stand in one string without case and accents, a line a record, so that a word is looked for at the speed of
`str.find`, and a record is looked at more closely only where the rarest word of what was typed is found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from store.words.names import bare, letters
from store.words.text import visible

MOST = 200
"""Results that are listed; nobody reads more, they type another word."""

Row = Mapping[str, Any]


class Rows(Protocol):
    """What this needs of an archive."""

    def each(self, table: str) -> Iterable[Row]:
        """The documents of a table, one after another."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record that holds what was typed.

    Attributes:
        kind, number: what it is: a “moment”, the 12th; 0 where it has no number.
        text: the text in which it was found, as typed.
        probe: the id of its probe; empty for what the group holds across probes.
        raw: whether it was written for one room alone, and stays behind a curtain.
    """

    kind: str
    number: int
    text: str
    probe: str
    raw: bool

    @property
    def where(self) -> str:
        """What it is, in words: “moment 12”, “red line”, “guideline 3”."""
        return f"{self.kind} {self.number}" if self.number else self.kind


@dataclass(frozen=True, slots=True)
class Behind:
    """Records of one kind and one probe that stay behind the curtain: only where they are and how many."""

    kind: str
    probe: str
    count: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What a page is opened for.

    Attributes:
        typed: the words that were looked for.
        text, number: the record in which they were found, as of `Found`; nothing where it was only counted.
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
        typed, own = set(bare(self.typed).split()), set(bare(visible(self.text)).split())

        def fitting(at: int) -> tuple[int, int, bool]:
            line = bare(lines[at])
            words = line.split()
            there = sum(word in line for word in typed)
            return there, len(own.intersection(words)), words[:1] == [str(self.number)]

        best = max(range(len(lines)), key=fitting, default=None) if own else None
        return best if best is not None and fitting(best)[0] else None


@dataclass(slots=True)
class _Texts:
    """The texts of one kind: folded in one string, and of each line where it begins and whose it is."""

    label: str
    raw: bool
    folded: str
    starts: list[int]
    owners: list[tuple[str, int, str]]  # probe, number, text


class Index:
    """The texts of an archive as it was when this was built."""

    def __init__(self, texts: Iterable[_Texts], titles: Mapping[str, str]) -> None:
        self._texts = tuple(texts)
        self.titles = titles
        """The titles of the probes, by their ids."""

    def __len__(self) -> int:
        return sum(len(each.owners) for each in self._texts)

    def find(self, typed: str, most: int = MOST) -> tuple[Found, ...]:
        """The records that hold every word of what was typed, at most `most`; none where nothing was."""
        words = sorted(bare(typed).split(), key=len, reverse=True)
        if not words:
            return ()
        found: list[Found] = []
        for texts in self._texts:
            for at in _lines_with(texts, words):
                probe, number, text = texts.owners[at]
                found.append(Found(texts.label, number, text, probe, texts.raw))
                if len(found) == most:
                    return tuple(found)
        return tuple(found)


def curtained(found: Iterable[Found]) -> tuple[Found | Behind, ...]:
    """What was found with those that were written for one room only counted, where the first of them stood."""
    listed: dict[object, Found | Behind] = {}
    for each in found:
        if not each.raw:
            listed[len(listed)] = each
            continue
        key = (each.kind, each.probe)
        before = listed.get(key)
        listed[key] = Behind(each.kind, each.probe, 1 + (before.count if isinstance(before, Behind) else 0))
    return tuple(listed.values())


def _loose(text: str) -> tuple[str, Sequence[int]]:
    """A text without case and accents, letter by letter, and of each sign in it which letter it comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    signs = [letters(letter) for letter in text]
    return "".join(signs), [at for at, found in enumerate(signs) for _ in found]


def spans(text: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Where in a text the words stand that were typed, each from its first letter to its last with that one's accents, in order."""
    loose, places = _loose(text)
    found: list[tuple[int, int]] = []
    for word in set(bare(typed).split()):
        at = loose.find(word)
        while at >= 0:
            stop = at + len(word)
            following = places[stop] if stop < len(places) else len(text)
            found.append((places[at], max(places[stop - 1] + 1, following)))
            at = loose.find(word, stop)
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


def _lines_with(texts: _Texts, words: list[str]) -> Iterator[int]:
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


_Text = tuple[str, int, str]
"""A probe's id, a record's number, a text."""


def _each(rows: Iterable[Row], probes: Mapping[str, str], *fields: str) -> Iterator[_Text]:
    """Some fields of records that belong to a probe or a session."""
    for row in rows:
        probe = row.get("probe") or probes.get(row.get("session", ""), "")
        text = "  ".join(str(row[field]) for field in fields if row.get(field))
        if text:
            yield probe, row.get("number", 0), text


def _of_probes(row: Row) -> Iterator[tuple[str, str]]:
    """The texts of a probe itself, each with its label."""
    pact = row.get("pact") or {}
    for field in ("title", "issue", "scope", "place", "context"):
        yield field, row.get(field) or ""
    for partner in row.get("partners", ()):
        yield (
            "partner",
            "  ".join(filter(None, (partner.get(name, "") for name in ("name", "kind", "power", "history")))),
        )
    yield "purpose", pact.get("purpose") or ""
    for line in pact.get("red_lines", ()):
        yield "red line", line
    for line in pact.get("messaging", ()):
        yield "messaging agreement", line
    for each in pact.get("responsibilities", ()):
        yield "responsibility", f"{each['who']}: {each['what']}"
    for answer in (row.get("independence") or {}).values():
        yield "answer before", answer


def _of_sessions(row: Row) -> Iterator[tuple[str, str]]:
    """The texts of a session itself, each with its label."""
    for name, said in (row.get("sovereignty") or {}).items():
        yield name, said.get("note") or ""
    closing = row.get("closing") or {}
    yield "close", closing.get("reason") or ""
    yield "why no amendment", row.get("no_amendment") or ""
    for answer in (row.get("independence") or {}).values():
        yield "answer after", answer


def build(archive: Rows) -> Iterator[Index | float]:
    """Build the index, a piece at a time: how much of it is done, 0 to 1, again and again, and at last the index.

    Whoever builds it beside a screen lets that go on between two pieces.
    """
    sessions = {row["id"]: row for row in archive.each("sessions")}
    probes = {id: row["probe"] for id, row in sessions.items()}
    texts: list[_Texts] = []
    labelled: dict[str, list[_Text]] = {}
    titles: dict[str, str] = {}
    for row in archive.each("probes"):
        titles[row["id"]] = row["title"]
        for label, text in _of_probes(row):
            labelled.setdefault(label, []).append((row["id"], 0, text))
    for row in sessions.values():
        for label, text in _of_sessions(row):
            labelled.setdefault(label, []).append((row["probe"], 0, text))
    kinds: list[tuple[str, bool, Iterable[_Text]]] = [
        ("guideline", False, (("", row["number"], row["history"][-1]["text"]) for row in archive.each("guidelines")))
    ]
    kinds += [(label, False, of) for label, of in labelled.items()]
    kinds += [
        ("amendment", False, _each(archive.each("amendments"), probes, "principle", "replaces")),
        ("pattern", False, _each(archive.each("patterns"), probes, "text")),
        ("proposal", False, _each(archive.each("proposals"), probes, "title")),
        ("non-negotiable", False, _principles(archive.each("non_negotiables"))),
        ("dissent", True, _each(archive.each("dissent"), probes, "text", "voice")),
        ("observation", True, _each(archive.each("observations"), probes, "text", "by")),
        ("moment", True, _each(archive.each("moments"), probes, "text")),
        ("person", True, _each(archive.each("participants"), probes, "alias", "organisation")),
    ]
    for at, (label, raw, of) in enumerate(kinds):
        made = _Texts(label, raw, "", [], [])
        for share in _fill(made, of):
            yield (at + share) / len(kinds)
        texts.append(made)
    yield Index(texts, titles)


_PIECE = 500
"""Records that are taken in before the work is laid down for a moment: some milliseconds."""


def _fill(made: _Texts, of: Iterable[_Text]) -> Iterator[float]:
    """Take in texts; after each piece something that grows towards 1."""
    lines: list[str] = []
    length = 0
    for each in of:
        if not each[2]:
            continue
        line = bare(each[2]) + "\n"
        made.starts.append(length)
        made.owners.append(each)
        lines.append(line)
        length += len(line)
        if len(lines) % _PIECE == 0:
            yield 1 - _PIECE / (len(lines) + _PIECE)
    made.folded = "".join(lines)


def _principles(rows: Iterable[Row]) -> Iterator[_Text]:
    """The principles of the last revision that was adopted."""
    adopted = [row for row in rows if row.get("adopted")]
    return iter([("", number, text) for row in adopted[-1:] for number, text in enumerate(row["principles"], 1)])


def built(archive: Rows) -> Index:
    """The index, at once."""
    made = [each for each in build(archive) if isinstance(each, Index)]
    return made[0]
