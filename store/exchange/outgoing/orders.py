"""Orders and numbers that link to people: in a record without names they tell nothing, or whoever knows the roster reads it off.

A roster stands in the order in which people came, positions in that in which they spoke, ballots in that in which they were
placed. An export puts these, and the lists of people in any record, in an order made anew each time, with numbers that follow from
it. To recognise a record, whatever order it came in, the same things are sorted.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, partial
from random import Random
from typing import Any

from pydantic import BaseModel

from store.exchange.bundle import LISTS, Bundle
from store.model import Pattern, Probe, Record, Row, Session
from store.model.privacy import Privacy, fields
from store.words.json_text import encoded

Arrange = Callable[[Iterable[Any]], list[Any]]
"""Puts things in an order."""

_WHO = frozenset((Privacy.PERSON, Privacy.MEMBER, Privacy.VOTER, Privacy.ASKED))
"""Marks of fields that say whose a record is: then its number is the order in which people came."""

_OF_PEOPLE = _WHO | {Privacy.SAID, Privacy.HOLDER}
"""Marks of lists of people, or of what they said."""


def made_anew(bundle: Bundle, chance: Random) -> Bundle:
    """A probe without names, whose people are in a new order. What is referred to keeps its number, or is renumbered everywhere."""
    arrange = partial(_shuffled, chance)
    patterns = _with_other_moments(bundle.lists[Pattern.table], arrange)
    return _arranged(replace(bundle, lists={**bundle.lists, Pattern.table: patterns}), arrange)


def rows_made_anew(kind: type[Record], rows: Sequence[Row], chance: Random) -> list[Row]:
    """The same of what a group holds across probes."""
    return [_inside(kind, row, partial(_shuffled, chance)) for row in rows]


def sorted_out(bundle: Bundle) -> Bundle:
    """A probe that is the same however it was shuffled, to be compared: of the moments that a pattern rests on it has the number."""
    patterns = [{**row, "moments": len(row["moments"])} for row in bundle.lists[Pattern.table]]
    return _arranged(
        replace(bundle, lists={**bundle.lists, Pattern.table: patterns}), lambda things: sorted(things, key=encoded)
    )


def _shuffled(chance: Random, things: Iterable[Any]) -> list[Any]:
    found = list(things)
    return chance.sample(found, len(found))


def _arranged(bundle: Bundle, arrange: Arrange) -> Bundle:
    return Bundle(
        _inside(Probe, bundle.probe, arrange),
        [_inside(Session, row, arrange) for row in bundle.sessions],
        {**bundle.lists, **{kind.table: _rows(kind, bundle.lists[kind.table], arrange) for kind in LISTS}},
    )


def _rows(kind: type[Record], rows: Sequence[Row], arrange: Arrange) -> list[Row]:
    rows = [_inside(kind, row, arrange) for row in rows]
    if not ({each.mark for each in fields(kind)} & _WHO and "number" in kind.key_fields):
        return rows
    together: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        key = tuple(row[name] for name in kind.key_fields if name != "number")
        together.setdefault(key, []).append({**row, "number": 0})
    return [{**row, "number": number} for found in together.values() for number, row in enumerate(arrange(found), 1)]


@cache
def _lists(kind: type[BaseModel]) -> tuple[tuple[str, type[BaseModel] | None, bool], ...]:
    """The fields in which there may be lists of people: their names, the class of their parts, and whether these are people."""
    return tuple(
        (each.name, each.part, each.part is not None and bool({of.mark for of in fields(each.part)} & _WHO))
        for each in fields(kind)
        if each.mark in _OF_PEOPLE or (each.part is not None and not each.keyed)
    )


def _inside(kind: type[BaseModel], row: Row, arrange: Arrange) -> Row:
    """A row, or a part of one, with the lists in it arranged."""
    changed = {}
    for name, part, people in _lists(kind):
        value = row.get(name)
        if isinstance(value, list | tuple):
            parts = [_inside(part, each, arrange) for each in value] if part else value
            changed[name] = arrange(parts) if people else parts if part else _names(parts, arrange)
        elif part and value:
            changed[name] = _inside(part, value, arrange)
    return {**row, **changed} if changed else row


def _names(value: Any, arrange: Arrange) -> Any:
    """A list of texts arranged; of lists in a list each by itself: small groups keep their numbers."""
    if all(isinstance(each, str) for each in value):
        return arrange(value)
    return [_names(each, arrange) for each in value]


def _with_other_moments(patterns: Sequence[Row], arrange: Arrange) -> list[Row]:
    """Patterns that rest on moments by other numbers: those are the order in which people handed in what they wrote."""
    numbers: dict[Any, dict[int, int]] = {}
    for session in {row["session"] for row in patterns}:
        known = sorted({number for row in patterns if row["session"] == session for number in row["moments"]})
        numbers[session] = dict(zip(known, arrange(range(1, len(known) + 1)), strict=True))
    return [
        {**row, "moments": sorted(numbers[row["session"]][number] for number in row["moments"])} for row in patterns
    ]
