"""Rows, as an archive or an export holds them, validated as records of a kind; and what is wrong with one, in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Annotated, Any, NamedTuple

from pydantic import FailFast, TypeAdapter, ValidationError

from store.model import Guideline, NonNegotiables, Probe, Proposal, Record, RecurringPattern, Row, Session
from store.refused import Refused
from store.words.text import clipped

_WITH_PARTS: tuple[type[Record], ...] = (Probe, Session, Proposal, Guideline, NonNegotiables, RecurringPattern)
"""Kinds with values inside a record, which have to be dumped as well."""


@cache
def _all_of(kind: type[Record]) -> TypeAdapter[list[Any]]:
    """pydantic's own loop over a list: several times as quick as one over its records."""
    return TypeAdapter(Annotated[list[kind], FailFast()])  # type: ignore[valid-type, arg-type]


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


Path = tuple[int | str, ...]
"""Where something is: names of objects and places in lists, from the outermost in."""


class Mistake(NamedTuple):
    """Something wrong: where, and what, as the end of a sentence without its stop."""

    path: Path
    what: str


_WORDS = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such name here",
    **dict.fromkeys(("is_instance_of", "string_type", "string_unicode"), "it should be a text"),
    **dict.fromkeys(("int_type", "int_parsing", "int_parsing_size", "int_from_float"), "it should be a whole number"),
    **dict.fromkeys(("float_type", "float_parsing"), "it should be a number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "it should be true or false"),
    **dict.fromkeys(("tuple_type", "list_type"), "it should be a list"),
    **dict.fromkeys(("mapping_type", "dict_type", "model_type", "model_attributes_type"), "it should be an object"),
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
        "it should be a date, as in 2026-11-07",
    ),
    **dict.fromkeys(("time_type", "time_parsing"), "it should be a time, as in 15:30"),
    "less_than_equal": "it should be at most {le}",
    "greater_than_equal": "it should be at least {ge}",
    "greater_than": "it should be more than {gt}",
    "string_pattern_mismatch": "it should be a few plain words",
    "too_short": "it should not be empty",
    **dict.fromkeys(("literal_error", "enum"), "it should be {expected}"),
}
"""What is wrong, by pydantic's name for it."""


def first_problem(error: ValidationError) -> Mistake:
    """The first thing that pydantic found wrong."""
    first = error.errors()[0]
    known = _WORDS.get(first["type"])
    message = first["msg"].removeprefix("Value error, ")
    what = known.format(**first.get("ctx", {})) if known else message[:1].lower() + message[1:]
    return Mistake(first["loc"], clipped(what, 200))


@contextmanager
def refusing() -> Iterator[None]:
    """Say of what is typed and can be in no record that it can't, as `Refused`: a rule need not know what each field may be."""
    try:
        yield
    except ValidationError as error:
        raise Refused(f"That can't be entered: {first_problem(error).what}.") from error


def dotted(path: Path) -> str:
    """A path as a person looks it up in a file: `moments.1.text`."""
    return clipped(".".join(str(part) for part in path if part != ""), 60)
