"""A kind of record that no export knows: its names and raw words stay out of every form, and so does what isn't marked."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest

from store.archive.archive import Archive
from store.debrief import Debrief
from store.exchange import bundle
from store.exchange.bundle import LISTS
from store.exchange.outgoing import csv_tables, nameless, names
from store.exchange.outgoing.export import export
from store.exchange.outgoing.formats import FORMATS
from store.exchange.outgoing.names import named
from store.model import Record, Text, Value
from store.model.privacy import (
    Counted,
    Holder,
    Member,
    Organisation,
    Person,
    Public,
    Raw,
    Said,
    Signer,
    Spoken,
    Voter,
    Withheld,
)
from tests.helpers.exports import out, with_room
from tests.helpers.rooms import ROOM

NEVER = "Zwentibold"
"""Stands in every text that must not go out."""


class Telling(Value):
    """Part of a sighting."""

    who: Person[Text]
    what: Public[Text]
    whispered: Raw[Text] = ""
    unmarked: Text = ""


class Ballot(Value):
    """Another part: with a name that is a ballot's."""

    by: Voter[Text]
    autonomy: Public[int] = 0


class Secret(Value):
    """A part that can't do without a field that says nothing."""

    unmarked: Text


class Sighting(Record):
    """A record with a name in every way in which there can be one."""

    table: ClassVar[str] = "sightings"
    key_fields: ClassVar[tuple[str, ...]] = ("probe", "number")

    probe: Public[str]
    number: Public[int]
    by: Person[Text]
    alias: Member[Text]
    signed: Signer[Text]
    organisation: Organisation[Text]
    text: Public[Text]
    with_whom: Person[tuple[Text, ...]] = ()
    nobody: Person[Text | None] = None
    keys: Holder[Text] = ""
    reservations: Said[tuple[Text, ...]] = ()
    spoken: Spoken[Text] = ""
    raw: Raw[Text] = ""
    withheld: Withheld[Text] = ""
    words: Counted[Mapping[Text, int]] = {}
    by_name: Person[Mapping[Text, int]] = {}
    unmarked: Text = ""
    unmarked_list: tuple[Text, ...] = ()
    unmarked_keys: Mapping[str, Telling] = {}
    unmarked_or_not: Telling | str = ""
    telling: Telling
    tellings: tuple[Telling, ...] = ()
    keyed: Mapping[Public[str], Telling] = {}
    ballots: tuple[Ballot, ...] = ()
    secret: Secret | None = None
    secrets: tuple[Secret, ...] = ()


class Whisper(Record):
    """A record that is nothing without what stays in the room."""

    table: ClassVar[str] = "whispers"
    key_fields: ClassVar[tuple[str, ...]] = ("probe", "number")

    probe: Public[str]
    number: Public[int]
    title: Public[Text] = "a title that is public"
    text: Raw[Text]


class Unsaid(Whisper):
    """A record with a field that doesn't say what it is."""

    table: ClassVar[str] = "unsaid"

    unmarked: Text
    text: Public[Text]


NEW = (Sighting, Whisper, Unsaid)


def without_the_new(**lists: Any) -> Debrief:
    """A debrief, which has no lists of the new kinds."""
    return Debrief(**{name: of_kind for name, of_kind in lists.items() if name not in {kind.table for kind in NEW}})


@pytest.fixture
def sighted(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive with new kinds of record, in which all that is private holds `NEVER`."""
    with_room(archive, ROOM)
    for module in (bundle, names, nameless, csv_tables):
        monkeypatch.setattr(module, "LISTS", (*LISTS, *NEW))
    monkeypatch.setattr(bundle, "Debrief", without_the_new)
    telling = Telling(who=NEVER, what="a van", whispered=NEVER, unmarked=NEVER)
    secret = Secret(unmarked=NEVER)
    archive.save(
        [
            Sighting(
                probe="p1",
                number=1,
                by=f"{NEVER} Smith",
                alias=NEVER,
                signed=NEVER,
                organisation="Few",
                text="a van at the gate",
                with_whom=(NEVER, "Ayzel"),
                keys=f"{NEVER} and the guard",
                reservations=(f"{NEVER}: too late", "too early"),
                spoken="said for all",
                raw=NEVER,
                withheld=NEVER,
                words={NEVER: 3},
                by_name={NEVER: 1},
                unmarked=NEVER,
                unmarked_list=(NEVER,),
                unmarked_keys={NEVER: telling},
                unmarked_or_not=NEVER,
                telling=telling,
                tellings=(telling, telling),
                keyed={"gate": telling},
                ballots=(Ballot(by=NEVER, autonomy=3),) * 3,
                secret=secret,
                secrets=(secret,),
            ),
            Whisper(probe="p1", number=1, text=NEVER),
            Unsaid(probe="p1", number=1, text="x", unmarked=NEVER),
        ]
    )
    return archive


@pytest.mark.parametrize("form", FORMATS)
def test_a_new_kind_of_record_leaks_nothing_into_any_export(sighted: Archive, tmp_path: Path, form: str) -> None:
    assert NEVER not in out(sighted, tmp_path, form)
    assert NEVER not in out(sighted, tmp_path, form, "p1", "guidelines")


def test_with_raw_notes_all_of_it_goes_out_that_says_what_it_holds(sighted: Archive, tmp_path: Path) -> None:
    (found,) = json.loads(out(sighted, tmp_path, "json", raw=True))["probes"]
    (row,) = found["sightings"]
    told = {"who": NEVER, "what": "a van", "whispered": NEVER, "unmarked": ""}
    assert {name: value for name, value in row.items() if NEVER not in json.dumps(value)} == {
        **{name: row[name] for name in ("probe", "number", "organisation", "text", "nobody", "spoken")},
        "unmarked": "",
        "unmarked_list": [],
        "unmarked_keys": {},
        "unmarked_or_not": "",
        "secret": None,
        "secrets": [],
    }
    assert (row["telling"], row["keyed"]) == (told, {"gate": told})
    assert NEVER in json.dumps(found["whispers"])
    assert found["unsaid"] == [], "it can't do without a field that says nothing"
    assert NEVER in out(sighted, tmp_path, "csv", raw=True)


def test_what_is_public_in_a_new_kind_of_record_goes_out(sighted: Archive, tmp_path: Path) -> None:
    (found,) = json.loads(out(sighted, tmp_path, "json"))["probes"]
    (row,) = found["sightings"]
    told = {"who": "somebody", "what": "a van", "whispered": "", "unmarked": ""}
    assert row == {
        **Sighting.model_construct(**row).model_dump(mode="json", warnings=False),
        "by": "somebody",
        "alias": "somebody",
        "signed": "Few",
        "text": "a van at the gate",
        "with_whom": ["somebody", "Breathers of Pellan"],
        "nobody": None,
        "keys": "somebody",
        "reservations": ["somebody: too late", "too early"],
        "spoken": "said for all",
        "raw": "",
        "withheld": "",
        "words": {"words said": 3},
        "by_name": {},
        "unmarked": "",
        "unmarked_list": [],
        "unmarked_keys": {},
        "unmarked_or_not": "",
        "telling": told,
        "tellings": [told, told],
        "keyed": {"gate": told},
        "ballots": [{"by": "others", "autonomy": 3}] * 3,
        "secret": None,
        "secrets": [],
    }
    assert list(row) == list(Sighting.model_fields)
    assert (found["whispers"], found["unsaid"]) == ([], [])
    tables = {file.name for file in export(sighted, (), "csv", tmp_path / "tables").iterdir()}
    assert "sightings.csv" in tables
    assert not {"whispers.csv", "unsaid.csv"} & tables


def test_who_is_named_in_a_new_kind_of_record_is_known(sighted: Archive) -> None:
    found = named({Sighting: sighted.rows("sightings")})
    assert {("zwentibold",), ("zwentibold", "smith"), ("ayzel",)} <= found
    assert ("few",) not in found
