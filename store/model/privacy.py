"""Who may read a field: every field of a record says here what it holds, and a field that says nothing is private.

A record says it in its annotations: `by: Person[Text]`, `number: Public[int]`. Pydantic ignores these marks. Exports without
names, the curtain and search read them with `fields`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

T = TypeVar("T")


class Privacy(Enum):
    """What a field holds. The comment says what an export without names has in its place."""

    PUBLIC = auto()  # itself
    ORGANISATION = auto()  # itself
    PERSON = auto()  # their organisation, or somebody
    MEMBER = auto()  # the organisation of this record, or somebody
    SIGNER = auto()  # the organisation of this record, however few its people are
    ASKED = auto()  # the group
    VOTER = auto()  # their organisation or others, in an order that doesn't tell who came when
    ROLE = auto()  # itself where the organisation of this record has enough people, otherwise its default
    HOLDER = auto()  # the text with organisations in place of names
    SAID = auto()  # the sentence with an organisation in place of who says it
    SPOKEN = auto()  # itself; on a screen it is behind the curtain
    RAW = auto()  # nothing
    WITHHELD = auto()  # nothing
    COUNTED = auto()  # how many there are
    HOME = auto()  # nothing, and in one with names nothing either


NAMES = frozenset((Privacy.PERSON, Privacy.MEMBER, Privacy.SIGNER, Privacy.ASKED, Privacy.VOTER))
"""The marks of a field that holds nothing but the name of a person."""

WORDS = frozenset((Privacy.RAW, Privacy.SPOKEN))
"""The marks of words that were written or said for one room alone."""

# What a field's annotation says of its values.
Public = Annotated[T, Privacy.PUBLIC]  # neither a name of a person nor raw words
Organisation = Annotated[T, Privacy.ORGANISATION]  # its name; in a text that names people it can stand for them
Person = Annotated[T, Privacy.PERSON]  # the name of a person, or several
Member = Annotated[T, Privacy.MEMBER]  # the name of a person whose `session` and `organisation` stand in the record
Signer = Annotated[T, Privacy.SIGNER]  # the name of a person who signs for the `organisation` in the same record
Asked = Annotated[T, Privacy.ASKED]  # names of people of the group whose archive it is
Voter = Annotated[T, Privacy.VOTER]  # the name of the person who placed a ballot
Role = Annotated[T, Privacy.ROLE]  # what a member does: among few people it tells who they are
Holder = Annotated[T, Privacy.HOLDER]  # a text that may name one person, several or nobody: “Ana and Pip”, “each pair”
Said = Annotated[T, Privacy.SAID]  # a sentence, or several, that may begin with who says it: “Ana: too late”
Spoken = Annotated[T, Privacy.SPOKEN]  # words said openly in one room, handed on without who said them
Raw = Annotated[T, Privacy.RAW]  # the words of one person: they stay in the room
Withheld = Annotated[T, Privacy.WITHHELD]  # neither a name nor words, yet it can tell whose a record is
Home = Annotated[T, Privacy.HOME]  # what only this archive needs, and what was hidden could be tried out against
Counted = Annotated[T, Privacy.COUNTED]  # words said aloud, with how often: only how many there were is handed on


@dataclass(frozen=True, slots=True)
class Marked:
    """A field of a record as far as privacy goes.

    Attributes:
        name: the field's name.
        mark: what it holds; None where it doesn't say, or leaves that to its parts.
        part: the class of its values, where these have fields with marks of their own.
        keyed: whether each of those values stands under a public key.
        optional: whether a record can do without it.
        default: what a row has where nothing was entered.
        sparse: whether a row has the field only where it says something.
    """

    name: str
    mark: Privacy | None
    part: type[BaseModel] | None
    keyed: bool
    optional: bool
    default: Any
    sparse: bool

    @property
    def unmarked(self) -> bool:
        """Whether nobody has said what it holds."""
        return self.mark is None and self.part is None


@cache
def fields(kind: type[BaseModel]) -> tuple[Marked, ...]:
    """The fields of a record or a part of one."""
    found = []
    for name, field in kind.model_fields.items():
        mark = _mark(field.metadata)
        part, keyed = (None, False) if mark else _part(field.annotation)
        optional = not field.is_required()
        default = to_jsonable_python(field.get_default(call_default_factory=True)) if optional else None
        found.append(Marked(name, mark, part, keyed, optional, default, field.exclude_if is not None))
    return tuple(found)


def mark_of(kind: type[BaseModel], name: str) -> Privacy | None:
    """The mark of one field."""
    return next(each.mark for each in fields(kind) if each.name == name)


def of_one_room(kind: type[BaseModel]) -> bool:
    """Whether a record holds words that were written or said for one room alone: on a screen they stay behind the curtain."""
    return any(each.mark in WORDS or each.unmarked for each in fields(kind))


def curtained(kind: type[BaseModel], *names: str) -> bool:
    """Whether some fields of a record stay behind the curtain where they are found outside of their room: words and names."""
    marks = {mark_of(kind, name) for name in names}
    return bool(marks & {*WORDS, *NAMES, None})


def _mark(metadata: Iterable[object]) -> Privacy | None:
    return next((each for each in metadata if isinstance(each, Privacy)), None)


def _part(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The class of the parts in `Part`, `Part | None`, `tuple[Part, ...]` or `Mapping[Public[str], Part]`, and whether it is the last."""
    inner = [each for each in (get_args(annotation) or (annotation,)) if each not in (type(None), ...)]
    keyed = get_origin(annotation) is Mapping
    if keyed and _mark(getattr(inner.pop(0), "__metadata__", ())) is not Privacy.PUBLIC:
        return None, False
    if len(inner) == 1 and isinstance(inner[0], type) and issubclass(inner[0], BaseModel):
        return inner[0], keyed
    return None, False
