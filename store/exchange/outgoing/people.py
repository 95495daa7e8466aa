"""Who is named in a record, and what stands in the place of a name where it is handed on without names."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from pydantic import BaseModel

from store.archive.disk.changes import parsed
from store.debrief import OF_THE_GROUP
from store.exchange.bundle import LISTS, Shelf
from store.matrix.figures import ALONE, OTHERS
from store.model import Probe, Record, Row, Session
from store.model.privacy import NAMES, Marked, Privacy, fields
from store.words.names import SOMEBODY, fold

Words = tuple[str, ...]
"""A name as the words it is made of, folded: it is found in a text whatever stands around it."""

WORDS = "words said"
"""Stands for the words of decompression, which are only counted."""

GROUPS = frozenset((Privacy.ORGANISATION,))
_MEMBERS = frozenset((Privacy.MEMBER,))

_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")
_LONGEST = 6
"""Words by which somebody is looked for who is named elsewhere, at most."""

_AND = frozenset(("and", "with"))
_SAYS = re.compile(r"\s*(?<![0-9]):|\s*:(?![0-9])|\s+[-–—]+\s+")
"""What stands between who says something and what is said: a colon that is none of a time, or a dash."""


@lru_cache(maxsize=4096)
def _words(text: str) -> Words:
    return tuple(map(fold, _WORD.findall(text))) or (fold(text),)


def everybody(shelf: Shelf) -> frozenset[Words]:
    """Everybody who is named anywhere in an archive: a pact names people long before there is a roster.

    Raises:
        ArchiveError: a record is damaged.
    """

    def rows(kind: type[Record]) -> Iterator[Row]:
        for lines in shelf.lines[kind.table].values():
            data = b",".join(lines)
            try:
                yield from _spelled(kind, data) or parsed(b"[%b]" % data)
            except ValueError:
                yield from shelf.archive.each(kind.table)  # raises what is to be said of a table that is damaged
                raise

    tables: dict[type[Record], Iterable[Row]] = {Probe: shelf.probes.values()}
    tables[Session] = chain.from_iterable(shelf.sessions.values())
    tables.update((kind, shelf.archive.each(kind.table)) for kind in OF_THE_GROUP)
    tables.update((kind, rows(kind)) for kind in LISTS)
    with shelf.archive.intact("an export"):
        return named(tables)


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
    """Everybody whom some rows name in a field for a name; of somebody in a roster also the first name alone.

    Args:
        tables: the rows of each kind of record, of an archive or of one probe; only of those with names they are looked at.
    """
    names: set[str] = set()
    first: set[str] = set()
    organisations = {SOMEBODY, OTHERS, ""}
    for kind, rows in tables.items():
        found = list(rows) if naming(kind) else []
        for mark, texts in columns(kind, found, NAMES | GROUPS):
            (organisations if mark in GROUPS else names).update(texts)
        for field in naming(kind, _MEMBERS):
            pairs = {(row[field.name], row["organisation"]) for row in found}
            first.update(name for name, organisation in pairs if fold(name) != fold(organisation))
    words = {*map(_words, names), *(_words(name)[:1] for name in first)}
    return frozenset(words - set(map(_words, organisations)))


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
            yield from columns(field.part, list(_parts(values, field.keyed)), marks)


def _parts(values: Iterable[Any], keyed: bool) -> Iterator[Row]:
    """The parts in some values, each of them one part, a list of them or, where keyed, a mapping to them."""
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


class PrivateError(Exception):
    """A value that nothing can stand for: it isn't handed on."""


def _each(stands: Callable[[str], str], value: Any) -> Any:
    """What stands for a value, the same for each text in it."""
    if value is None:
        return None
    if isinstance(value, str):
        return stands(value)
    if isinstance(value, list | tuple):
        return [_each(stands, each) for each in value]
    raise PrivateError


@dataclass(frozen=True, slots=True)
class _Found:
    """Where some words name a person or an organisation, and what stands for those."""

    at: int
    end: int
    stands: str
    person: bool


def _joined(found: Iterable[_Found]) -> str:
    return " and ".join(dict.fromkeys(each.stands for each in found))


def _together(words: Words, found: Sequence[_Found]) -> str:
    """What stands for some words: for the names in them, or for all of it where there is more."""
    named = {at for each in found for at in range(each.at, each.end)}
    more = any(at not in named and word not in _AND for at, word in enumerate(words))
    return SOMEBODY if more else _joined(found)


def _leading(words: Words, found: Iterable[_Found]) -> Iterator[_Found]:
    """Those with whom the words begin."""
    end = 0
    for each in found:
        if any(word not in _AND for word in words[end : each.at]):
            return
        yield each
        end = each.end


class People:
    """The people of a probe, and what stands for each: their organisation, or somebody.

    An organisation stands for its people only where each roster that it is in has `ALONE` of them: of one or two it would be as
    good as the name.
    """

    def __init__(
        self, rosters: Sequence[Row], organisations: Iterable[str], *names: frozenset[Words], group: str = ""
    ) -> None:
        """Those of a probe.

        Args:
            rosters: the rows of its participants.
            organisations: all that it names.
            names: who is named in it, and anywhere else.
            group: what the group whose archive it is calls itself.
        """
        self._names, self._group = names, group
        self._counts = Counter((row["session"], fold(row["organisation"])) for row in rosters)
        small = {organisation for (_, organisation), count in self._counts.items() if count < ALONE}
        self._large = {organisation for _, organisation in self._counts} - small - {""}
        self._groups = {_words(name): name for name in reversed(list(organisations)) if name.strip()}
        self._known_many: dict[tuple[str | None, str], bool] = {}
        self.organisations: dict[str, str] = {}
        """Of each alias, folded."""
        self._aliases: dict[Words, str] = {}
        for row in rosters:
            if (alias := fold(row["alias"])) != SOMEBODY:
                self.organisations[alias] = row["organisation"]
                if alias != fold(row["organisation"]):
                    self._aliases[_words(row["alias"])] = row["alias"]
        self._longest = max(_LONGEST, *map(len, (*self._groups, *self._aliases, ())))

    def stand_in(self, mark: Privacy | None, value: Any, row: Row) -> Any:
        """What stands for the value of a field in a row, by the mark of the field.

        Raises:
            PrivateError: nothing can.
        """
        match mark:
            case Privacy.MEMBER:
                return row["organisation"] if self._many(row) else SOMEBODY
            case Privacy.ROLE if self._many(row):
                return value
            case Privacy.PERSON:
                return _each(self._who, value)
            case Privacy.SIGNER:
                return row["organisation"] or SOMEBODY
            case Privacy.ASKED:
                return _each(lambda name: self._group or SOMEBODY, value)
            case Privacy.VOTER:
                return _each(lambda name: OTHERS, value)
            case Privacy.HOLDER:
                return _each(self._holder, value)
            case Privacy.SAID:
                return _each(self._said, value)
            case Privacy.COUNTED:
                count = sum(value.values())
                return {WORDS: count} if count else {}
        raise PrivateError

    def _who(self, name: str) -> str:
        """For a field that holds one name; an empty one stays so."""
        if not name.strip():
            return name
        organisation = self.organisations.get(fold(name)) or name
        return organisation if fold(organisation) in self._large else SOMEBODY

    def _many(self, row: Row) -> bool:
        """Whether the organisation in a row of a roster has enough people in it to stand for one of them."""
        session, organisation = key = row.get("session"), row.get("organisation") or ""
        if key not in self._known_many:
            self._known_many[key] = bool(organisation.strip()) and self._counts[session, fold(organisation)] >= ALONE
        return self._known_many[key]

    def _holder(self, text: str) -> str:
        """For a short text that may name one, several or nobody: “Ana and Pip”, “each pair”.

        Where it holds more than names it is replaced whole: what stands around a name can tell whose it was.
        """
        words = _words(text)
        found = self._found(words)
        return _together(words, found) if any(each.person for each in found) else text

    def _said(self, text: str) -> str:
        """For a sentence that begins with who says it: “Ana: too late”, “Ana - too late”, “Ana says it was too late”."""
        says = _SAYS.search(text)
        head = text[: says.start()] if says else text
        words, places = _words(head), [found.span() for found in _WORD.finditer(head)] or [(0, len(head))]
        found = self._found(words, owners=True)
        if says is None:
            found = list(_leading(words, found))
        if not any(each.person for each in found):
            return text
        if says is not None:
            return _together(words, found) + text[says.start() :]
        start, end = places[found[0].at][0], places[found[-1].end - 1][1]
        return text[:start] + _joined(found) + text[end:]

    def _found(self, words: Words, owners: bool = False) -> list[_Found]:
        """Everybody whom some words name.

        Args:
            words: those of a text.
            owners: whether an organisation owns what is said: then one of few people is as good as a name.
        """
        found: list[_Found] = []
        at = 0
        while at < len(words):
            runs = (self._named(words, at, length, owners) for length in range(self._longest, 0, -1))
            each = next(filter(None, runs), None)
            if each is not None:
                found.append(each)
            at = each.end if each else at + 1
        return found

    def _named(self, words: Words, at: int, length: int, owners: bool) -> _Found | None:
        run = words[at : at + length]
        if len(run) < length:
            return None
        if run in self._aliases:
            return _Found(at, at + length, self._who(self._aliases[run]), person=True)
        if run in self._groups:
            stands = self._who(self._groups[run]) if owners else self._groups[run]
            return _Found(at, at + length, stands, person=stands == SOMEBODY)
        if any(run in names for names in self._names):
            return _Found(at, at + length, SOMEBODY, person=True)
        return None
