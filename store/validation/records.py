"""Rows, as an archive or an export holds them, validated as records of a kind and given back in the present form."""

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
    records = _all_of(kind).validate_python(rows)
    if kind in _WITH_PARTS:
        return [record.row() for record in records]
    found = [vars(record) for record in records]  # nobody else holds these records
    for name in _seldom(kind):
        for row in found:
            if not row[name]:
                del row[name]
    return found


@cache
def _seldom(kind: type[Record]) -> tuple[str, ...]:
    """The fields that a row has only where they say something."""
    return tuple(name for name, field in kind.model_fields.items() if field.exclude_if)
