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
    listed = names(kind)
    return row if listed.issuperset(row) else {name: row[name] for name in row if name in listed}


def only_all(kind: type[BaseModel], rows: Iterable[Row]) -> list[Row]:
    """The same of some rows; there are many, and most are as they should be."""
    found = list(rows)
    return found if all(map(names(kind).issuperset, found)) else [only(kind, row) for row in found]


def stays(field: Marked) -> bool:
    """Whether a field goes out in no export: nobody has said what it holds, or only this archive needs it."""
    return field.unmarked or field.mark is Privacy.HOME


@cache
def _looked_at(kind: type[BaseModel]) -> tuple[tuple[Marked, bool], ...]:
    """The fields that stay at home, and those with parts of their own; each with whether it stays."""
    return tuple((each, stays(each)) for each in fields(kind) if stays(each) or each.part is not None)


@cache
def _may_go(kind: type[BaseModel]) -> bool:
    """Whether a record can do without the fields that stay."""
    return all(field.optional for field, at_home in _looked_at(kind) if at_home)


def with_names(kind: type[BaseModel], rows: Iterable[Row]) -> list[Row]:
    """Some records as they go out with names. A record that can't do without a field that stays doesn't go out."""
    if not _may_go(kind):
        return []
    found = only_all(kind, rows)
    return [_with_names(kind, row) for row in found] if _looked_at(kind) else found


def _with_names(kind: type[BaseModel], row: Row) -> Row:
    found = dict(row)
    for field, at_home in _looked_at(kind):
        if field.name not in row:
            continue
        if not at_home:
            assert field.part is not None
            found[field.name] = _parts(field, field.part, row[field.name])
        elif field.sparse:
            del found[field.name]
        else:
            found[field.name] = field.default
    return found


def _parts(field: Marked, part: type[BaseModel], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, Sequence):
        return with_names(part, value)
    if field.keyed:
        return {key: each for key, one in value.items() for each in with_names(part, [one])}
    return next(iter(with_names(part, [value])), field.default)
