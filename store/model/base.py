"""What every record and every part of one is: frozen, checked, written as a document of the archive."""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, GetPydanticSchema
from pydantic_core import core_schema

from store.model.privacy import Public, Voter
from store.ranges import Point
from store.timekeeper import FIRST, LAST

Text = Annotated[
    str,
    GetPydanticSchema(
        lambda _source, _handler: core_schema.is_instance_schema(
            str, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )
    ),
]
"""A string as somebody typed it. Unlike pydantic's own `str` it takes lone surrogates, which a broken paste holds."""


def _iso(value: str) -> str:
    try:
        year = datetime.fromisoformat(value).year
    except ValueError as error:
        raise ValueError("it should be a day and a time, as in 2026-11-07T15:30") from error
    if not FIRST.year - 1 <= year <= LAST.year + 1:  # in another zone it can be another year
        raise ValueError(f"it should be a time between {FIRST.year} and {LAST.year}")
    return value


Stamp = Annotated[str, AfterValidator(_iso)]
"""A point in time in ISO form, kept as it was written."""


Row = dict[str, Any]
"""The document of a record, as the archive and an export hold it."""


class Value(BaseModel):
    """A part of a record."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, allow_inf_nan=False)

    def but(self, **changes: object) -> Self:
        """The same with some fields changed, and checked again."""
        return type(self).model_validate({**{name: getattr(self, name) for name in type(self).model_fields}, **changes})


class Record(Value):
    """One document of one table of the archive."""

    table: ClassVar[str]
    key_fields: ClassVar[tuple[str, ...]]

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells this record from the others in its table, over the whole archive."""
        return tuple([getattr(self, name) for name in self.key_fields])

    def row(self) -> Row:
        """The document of this record."""
        return self.model_dump(mode="json")


class Mark(Value):
    """Where one person puts something on the matrix."""

    by: Voter[Text]
    autonomy: Public[Point]
    benefit: Public[Point]


def stamp(now: float) -> str:
    """`now`, in seconds since the epoch, as ISO time with the zone of this computer."""
    return datetime.fromtimestamp(now).astimezone().isoformat(timespec="seconds")
