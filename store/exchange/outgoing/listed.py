"""What may go out at all: the fields that the model lists and says something of. Whatever else a row holds stays at home.

That goes for exports with names as well. Nothing here leaves out by name: what nobody has listed isn't asked after.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel

from store.model import Row
from store.model.privacy import Marked, Privacy, fields


@cache
def names(kind: type[BaseModel]) -> frozenset[str]:
    """The names of a record's fields."""
    return frozenset(each.name for each in fields(kind))


def only(kind: type[BaseModel], row: Row) -> Row:
    """A row without what isn't among the fields of its kind; its parts are looked at by whoever walks them."""
    return row if row.keys() <= names(kind) else {name: row[name] for name in row if name in names(kind)}


@cache
def _looked_at(kind: type[BaseModel]) -> tuple[Marked, ...]:
    """The fields that stay at home, and those with parts of their own."""
    return tuple(each for each in fields(kind) if stays(each) or each.part is not None)


def stays(field: Marked) -> bool:
    """Whether a field goes out in no export: nobody has said what it holds, or only this archive needs it."""
    return field.unmarked or field.mark is Privacy.HOME


def with_names(kind: type[BaseModel], rows: Iterable[Row]) -> list[Row]:
    """Some records as they go out with names. A record that can't do without a field that stays doesn't go out."""
    if any(stays(each) and not each.optional for each in fields(kind)):
        return []
    return [_with_names(kind, row) for row in rows]


def _with_names(kind: type[BaseModel], row: Row) -> Row:
    found = only(kind, row)
    for field in _looked_at(kind):
        if field.name not in row:
            continue
        if stays(field):
            found = {name: value for name, value in found.items() if name != field.name or not field.sparse}
            if not field.sparse:
                found[field.name] = field.default
        elif field.part is not None:
            found = {**found, field.name: _parts(field, field.part, row[field.name])}
    return found


def _parts(field: Marked, part: type[BaseModel], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, Sequence):
        return with_names(part, value)
    if field.keyed:
        return {key: each for key, one in value.items() for each in with_names(part, [one])}
    return next(iter(with_names(part, [value])), field.default)
