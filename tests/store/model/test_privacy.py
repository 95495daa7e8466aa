"""What the model says of who may read a field: of every field, and in a way that the exports understand."""

from collections.abc import Iterator, Mapping

import pytest
from pydantic import BaseModel

from store.model import RECORDS, Dissent, Moment, Observation, Participant, Pattern, Record, Text, Value
from store.model.privacy import Person, Privacy, Public, curtained, fields, mark_of, of_one_room


def parts(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A record and all classes of its parts."""
    yield kind
    for each in fields(kind):
        if each.part is not None:
            yield from parts(each.part)


def unmarked(kind: type[BaseModel]) -> list[str]:
    return [f"{part.__name__}.{each.name}" for part in parts(kind) for each in fields(part) if each.unmarked]


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_field_of_every_record_says_who_may_read_it(kind: type[Record]) -> None:
    assert unmarked(kind) == []


class Part(Value):
    by: Person[Text]
    seen: int = 0


class Kind(Record):
    number: Public[int]
    text: Text
    one: Part
    maybe: Part | None = None
    many: tuple[Part, ...] = ()
    keyed: Mapping[Public[str], Part] = {}
    private_keys: Mapping[str, Part] = {}
    mixed: Part | str = ""
    deep: tuple[tuple[Part, ...], ...] = ()
    words: Mapping[Text, int] = {}


def test_a_field_that_says_nothing_is_found_wherever_it_is() -> None:
    own = {"Kind.text", "Kind.private_keys", "Kind.mixed", "Kind.deep", "Kind.words"}
    assert set(unmarked(Kind)) == {*own, "Part.seen"}


def test_a_mark_is_read_beside_what_pydantic_checks() -> None:
    assert mark_of(Kind, "number") is Privacy.PUBLIC
    assert mark_of(Part, "by") is Privacy.PERSON
    assert mark_of(Kind, "text") is None
    assert [each.name for each in fields(Kind) if each.part is Part] == ["one", "maybe", "many", "keyed"]
    assert [each.name for each in fields(Kind) if each.keyed] == ["keyed"]


def test_what_was_written_or_said_for_one_room_is_behind_the_curtain() -> None:
    assert {kind for kind in RECORDS if of_one_room(kind)} == {Dissent, Moment, Observation}
    assert of_one_room(Kind), "a field that says nothing"


def test_a_name_or_raw_words_that_are_found_elsewhere_are_behind_the_curtain() -> None:
    assert curtained(Participant, "organisation", "alias")
    assert not curtained(Participant, "organisation")
    assert curtained(Dissent, "text")
    assert not curtained(Pattern, "text")
    assert curtained(Kind, "text")
