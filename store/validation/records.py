"""Rows, as an archive or an export holds them, validated as records of a kind and given back in the present form."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from store.model import Guideline, NonNegotiables, Probe, Proposal, Record, RecurringPattern, Row, Session

_WITH_PARTS: tuple[type[Record], ...] = (Probe, Session, Proposal, Guideline, NonNegotiables, RecurringPattern)
"""Kinds with values inside a record, which have to be dumped as well."""


@cache
def _all_of(kind: type[Record]) -> TypeAdapter[list[Any]]:
    """pydantic's own loop over a list: several times as quick as one over its records."""
    return TypeAdapter(list[kind])  # type: ignore[valid-type]


def validated(kind: type[Record], rows: object) -> list[Row]:
    """Rows in the present form; pydantic's ValidationError where one of them is no record of that kind."""
    return dumped(kind, _all_of(kind).validate_python(rows))


def dumped(kind: type[Record], records: Sequence[Any]) -> list[Row]:
    """The rows of records that nobody else holds: where a record has no parts, its row is what it holds already."""
    if kind in _WITH_PARTS:
        return [record.row() for record in records]
    rows = [vars(record) for record in records]
    for name in _seldom(kind):
        for row in rows:
            if not row[name]:
                del row[name]
    return rows


@cache
def _seldom(kind: type[Record]) -> tuple[str, ...]:
    """The fields that a row has only where they say something."""
    return tuple(name for name, field in kind.model_fields.items() if field.exclude_if)
