"""Who is named in records: in those of a probe, or anywhere in an archive."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any, Self
from unicodedata import category

from pydantic import BaseModel

from store.archive.disk.changes import parsed
from store.debrief import OF_THE_GROUP
from store.exchange.bundle import LISTS, Shelf
from store.matrix.figures import OTHERS
from store.model import Probe, Record, Row, Session
from store.model.privacy import NAMES, Marked, Privacy, fields
from store.words.names import SOMEBODY, fold

Words = tuple[str, ...]
"""A name as the words it is made of, folded: it is found in a text whatever stands around it."""

GROUPS = frozenset((Privacy.ORGANISATION,))
_MEMBERS = frozenset((Privacy.MEMBER,))


class _Letters(dict[int, str]):
    """Each sign that belongs to a word as itself, any other as a blank; computed on first use.

    Vowel signs and joiners belong to words; an apostrophe or a hyphen parts them, even where Unicode calls it a letter.
    """

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        belongs = category(sign)[0] in "LMN" or category(sign) == "Cf"
        self[code] = letter = sign if belongs and fold(sign) not in ("'", "-") else " "
        return letter


_LETTERS = _Letters()


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text, folded, each with where it begins and ends."""
    for found in re.finditer(r"\S+", text.translate(_LETTERS)):
        if word := fold(found[0]):
            yield word, *found.span()


@lru_cache(maxsize=4096)
def in_words(text: str) -> Words:
    """The words of a text, folded; where it has none, all of it as one."""
    return tuple(word for word, _, _ in spans(text)) or (fold(text),)


UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\uffdc]")
"""Letters of scripts that part no words by blanks, or write particles right behind a name."""


class Naming:
    """Finds sentences in which somebody stands, wherever in them."""

    def __init__(self, known: Iterable[Words]) -> None:
        """`known` is who is named, as from `everybody`; a mere number is no name to look for."""
        self._by_first: dict[str, list[Words]] = {}
        self._anywhere = []
        for name in known:
            if not all(map(str.isdigit, name)):
                self._by_first.setdefault(name[0], []).append(name)
                if len("".join(name)) > 1 and UNSPACED.search(name[0]):
                    self._anywhere.append("".join(name))

    def in_sentence(self, text: str) -> bool:
        """Whether a text of two words or more holds a name; in scripts without blanks a text of any length."""
        words = tuple(word for word, _, _ in spans(text))
        for at, word in enumerate(words) if len(words) > 1 else ():
            if any(words[at : at + len(name)] == name for name in self._by_first.get(word, ())):
                return True
        return bool(self._anywhere) and any(map("".join(words).__contains__, self._anywhere))


@dataclass(frozen=True, slots=True)
class Everybody:
    """Who is named anywhere in an archive: a pact names people long before there is a roster.

    Each group is looked at by itself: what another one calls an organisation doesn't make organisations of our people.

    Attributes:
        group: what we call ourselves.
        people: all of them.
        both: of each group, by its folded name, the words that are a person and an organisation there, with the organisation's name.
    """

    group: str
    people: frozenset[Words]
    both: Mapping[str, Mapping[Words, str]]

    def both_in(self, probe: Row) -> Mapping[Words, str]:
        """The words that are a person and an organisation in the group of a probe."""
        return self.both.get(_group_of(probe, self.group), {})

    @property
    def both_here(self) -> Mapping[Words, str]:
        """The same in our own group."""
        return self.both.get(fold(self.group), {})


def _group_of(probe: Row, own: str) -> str:
    return fold(probe.get("origin") or probe["our_organisation"] or own)


def everybody(shelf: Shelf) -> Everybody:
    """Everybody who is named in an archive.

    Raises:
        ArchiveError: a record is damaged.
    """
    groups = {fold(shelf.group): [""]}  # the probes of each; what belongs to no probe is ours
    for id, row in shelf.probes.items():
        groups.setdefault(_group_of(row, shelf.group), []).append(id)
    people: set[Words] = set()
    both: dict[str, Mapping[Words, str]] = {}
    with shelf.archive.intact("an export"):
        for group, probes in groups.items():
            found = _Found.of(_tables(shelf, probes))
            own = found.people | _of_probes(shelf, probes, found)
            people |= own
            both[group] = {words: text for words, text in found.organisations.items() if words in own}
    return Everybody(shelf.group, frozenset(people), both)


def _of_probes(shelf: Shelf, probes: Sequence[str], found: "_Found") -> set[Words]:
    """Who is named in one probe of a group and is an organisation only in another one: people, by what the probe itself says.

    What the group calls itself is nobody's name: in a record without names it stands for its people.
    """
    doubtful = found.names & found.organisations.keys()
    doubtful -= {
        in_words(text) for text in (shelf.group, *(shelf.probes[id]["our_organisation"] for id in probes if id))
    }
    people: set[Words] = set()
    for id in probes if doubtful else ():
        one = _Found.of(_tables(shelf, [id], of_the_group=not id))
        people |= doubtful & (one.names - one.organisations.keys())
    return people


def _tables(shelf: Shelf, probes: Sequence[str], of_the_group: bool = True) -> dict[type[Record], Iterable[Row]]:
    """What the archive holds of some probes, and of the group that an empty id among them stands for."""

    def rows(kind: type[Record]) -> Iterator[Row]:
        lines = shelf.lines[kind.table]
        for data in (b",".join(lines[id]) for id in probes if id in lines):
            try:
                yield from _spelled(kind, data) or parsed(b"[%b]" % data)
            except ValueError:
                yield from shelf.archive.each(kind.table)  # raises what is to be said of a table that is damaged
                raise

    def held(kind: type[Record]) -> Iterator[Row]:
        """A revision that came in with a probe belongs to the group of that probe."""
        return (row for row in shelf.archive.each(kind.table) if (row.get("source") or "") in probes)

    tables: dict[type[Record], Iterable[Row]] = {
        Probe: [shelf.probes[id] for id in probes if id],
        Session: chain.from_iterable(shelf.sessions.get(id, ()) for id in probes),
    }
    tables.update((kind, held(kind)) for kind in OF_THE_GROUP if of_the_group)
    tables.update((kind, rows(kind)) for kind in LISTS)
    return tables


def _spelled(kind: type[Record], lines: bytes) -> list[Row]:
    """The fields for names in some records, without parsing the rest; none where Redraw would spell one of them otherwise.

    A quote in a text is escaped, and so `"by": "Ana"` is nowhere but in a field `by`. Where the field's name is written with an
    escape, or its value or the space between them differs, the records have to be parsed.
    """
    if b"\\u" in lines or any(each.part for each in naming(kind)):
        return []
    names = [each.name for each in naming(kind)]
    found = _spelling(*names).findall(lines)
    if any(lines.count(b'"%b"' % name.encode()) != len(found) for name in names):
        return []
    return [dict(zip(names, map(bytes.decode, texts), strict=False)) for texts in set(found)]


@cache
def _spelling(*names: str) -> re.Pattern[bytes]:
    """Some fields of a record one after another, each a text or null; a last group keeps it from being a single one."""
    return re.compile(b", ".join(b'"%b": (?:"([^"\\\\]*)"|null)' % name.encode() for name in names) + b"()")


def named(tables: Mapping[type[Record], Iterable[Row]]) -> frozenset[Words]:
    """Everybody whom some rows name in a field for a name.

    Who stands in a roster is somebody under their first name too, even where an organisation has that name. Any other name that is
    an organisation's as well is that organisation.
    """
    return frozenset(_Found.of(tables).people)


@dataclass(frozen=True, slots=True)
class _Found:
    """Whom some rows name.

    Attributes:
        names: in a field for the name of a person.
        members: in a roster, under their whole name and the first word of it.
        organisations: in a field for an organisation, with its name as it is written.
    """

    names: set[Words]
    members: set[Words]
    organisations: dict[Words, str]

    @property
    def people(self) -> set[Words]:
        """Those who are people by these rows."""
        return self.members | (self.names - self.organisations.keys())

    @classmethod
    def of(cls, tables: Mapping[type[Record], Iterable[Row]]) -> Self:
        """Look at some rows."""
        names: set[str] = set()
        members: set[Words] = set()
        organisations: set[str] = set()
        for kind, rows in tables.items():
            found = list(rows) if naming(kind) else []
            for mark, texts in columns(kind, found, NAMES | GROUPS):
                (organisations if mark in GROUPS else names).update(texts)
            for field in naming(kind, _MEMBERS):
                pairs = {(row[field.name], row["organisation"]) for row in found}
                members.update(each for pair in pairs for each in called(*pair))
        spelled = {in_words(text): text for text in sorted(organisations) if text.strip()}
        return cls(set(map(in_words, names)) - _STAND_INS, members, spelled)


_STAND_INS = frozenset(map(in_words, (SOMEBODY, OTHERS, "")))


def called(alias: str, organisation: str) -> tuple[Words, ...]:
    """What a person in a roster is called: by their name or the first word of it.

    Not at all where the organisation stands in the person's place, as in a record without names (“Kettle”, “Kettle 2”).
    """
    words, own = in_words(alias), in_words(organisation)
    if fold(alias) in (SOMEBODY, OTHERS, "") or words[: len(own)] == own:
        return ()
    return words, words[:1]


@cache
def naming(kind: type[BaseModel], marks: frozenset[Privacy] = NAMES | GROUPS) -> tuple[Marked, ...]:
    """The fields of a record that have some of these marks, themselves or in their parts."""
    return tuple(
        each for each in fields(kind) if each.mark in marks or (each.part is not None and naming(each.part, marks))
    )


def columns(
    kind: type[BaseModel], rows: Sequence[Row], marks: frozenset[Privacy]
) -> Iterator[tuple[Privacy | None, Iterable[str]]]:
    """The texts in each field that has some of these marks: column by column, for there are many rows."""
    for field in naming(kind, marks):
        values = [value for row in rows if (value := row.get(field.name))]
        if field.part is None:
            plain = dict.fromkeys(value for value in values if isinstance(value, str))
            yield field.mark, [*plain, *_texts([value for value in values if not isinstance(value, str)])]
        else:
            yield from columns(field.part, list(parts(values, field.keyed)), marks)


def parts(values: Iterable[Any], keyed: bool) -> Iterator[Row]:
    """The parts of a record in some values, each of them one part, a list of them or, where keyed, a mapping to them."""
    for value in values:
        if isinstance(value, dict) and not keyed:
            yield value
        else:
            yield from value.values() if keyed else value


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value: itself, those of a list, the keys of a mapping."""
    if isinstance(value, str):
        yield value
    elif value is not None:
        for each in value:
            yield from _texts(each)
