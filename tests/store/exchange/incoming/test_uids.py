"""What tells a probe from any other: it goes out with every export, so it gives nothing away, and what was known stays known."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest

from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import Probe
from store.model.uids import made, without_digest
from store.words.json_text import encoded
from tests.conftest import Shell
from tests.helpers.builders import AT
from tests.helpers.imports import out, taken
from tests.helpers.rooms import ROOM

Room = dict[str, Any]

HIDDEN: dict[str, Callable[[Room], Any]] = {
    "a ballot": lambda room: room["actual"][0].update(autonomy=10),
    "what was expected": lambda room: room["expected"][0].update(benefit=0),
    "whose a ballot is": lambda room: room["actual"][0].update(by="Cuthwin") or room["actual"][2].update(by="Ayzel"),
    "a name": lambda room: room["moments"][0].update(by="Hesper"),
    "a moment": lambda room: room["moments"][0].update(text="another"),
    "a word": lambda room: room["feelings"].update(jittery=3),
    "a role": lambda room: room["participants"][0].update(role="observer"),
}
"""What an export without names doesn't show."""


def room(**changes: Any) -> Room:
    return {**copy.deepcopy(ROOM), **changes}


def came(archive: Archive, data: Room) -> tuple[str, str]:
    (only,) = taken(archive, json.dumps(data).encode()).probes
    return only.probe, only.how


def exported(archive: Archive, folder: Path, raw: bool = False) -> Any:
    """The one probe that goes out."""
    (found,) = json.loads(out(archive, folder / "out.json", raw=raw))["probes"]
    return found["probe"]


@pytest.mark.parametrize("what", HIDDEN)
def test_what_an_export_does_not_show_changes_nothing_about_the_uid_in_it(tmp_path: Path, what: str) -> None:
    uids = set()
    for at, changed in enumerate((room(), room())):
        if at:
            HIDDEN[what](changed)
        archive = Archive(tmp_path / f"{at}.json")
        assert came(archive, changed) == ("p1", "new")
        uids.add(exported(archive, tmp_path)["uid"])
    assert len(uids) == 1


def computed(file: Room) -> str:
    """The uid that a room file had until November 2026: of all that is in it."""
    return str(uuid5(NAMESPACE_OID, encoded(file)))


@pytest.fixture
def old(path: Path) -> Archive:
    """An archive as it was written then."""
    archive = Archive(path)
    came(archive, room())
    archive.close()
    tables = json.loads(path.read_text())
    row = tables["probes"]["1"]
    row["uid"] = computed(room())
    assert row.pop("file_digest") == row["uid"], "the file is recognised by the same"
    path.write_text(json.dumps(tables))
    return Archive(path)


def old_export(archive: Archive, folder: Path) -> bytes:
    """An export as it was made then, with names."""
    data = json.loads(out(archive, folder / "old.json"))
    data["probes"][0]["probe"]["uid"] = computed(room())
    return json.dumps(data).encode()


@pytest.mark.parametrize("raw", [False, True])
def test_an_old_archive_gives_its_old_uid_to_nobody(old: Archive, tmp_path: Path, raw: bool) -> None:
    said = json.dumps(exported(old, tmp_path, raw))
    assert computed(room()) not in said
    assert exported(old, tmp_path, raw)["uid"] == exported(old, tmp_path, not raw)["uid"]
    shell = Shell(old.path)
    options = ["--with-raw-notes"] if raw else []
    shell("export", "--format", "csv", "-o", str(tmp_path / "tables"), *options)
    assert computed(room()) not in (tmp_path / "tables" / "probes.csv").read_text()
    assert computed(room()) not in shell("show", "p1", "--json").out


@pytest.mark.parametrize("changed", [False, True])
def test_an_old_archive_still_knows_the_room_file(old: Archive, path: Path, changed: bool) -> None:
    if changed:
        before = old.debrief("p1")
        probe = before.probe.but(title="Another title", pact=before.probe.pact.but(starts=None, ends=None))
        after = before.__class__(**{**_fields(before), "probe": probe, "moments": ()})
        old.commit(before, after)
    assert came(old, room()) == ("p1", "same")
    old.close()
    assert came(Archive(path), room()) == ("p1", "same")


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def test_what_was_exported_before_and_after_is_the_same_probe_elsewhere(old: Archive, tmp_path: Path) -> None:
    before = old_export(old, tmp_path)
    after = out(old, tmp_path / "after.json")
    for first, second in ((before, after), (after, before)):
        theirs = Archive(tmp_path / f"theirs-{first is before}.json")
        came(theirs, {"title": "Elsewhere", "our_organisation": "Elsewhere"})
        assert [each.how for each in taken(theirs, first, fill=True).probes] == ["new"]
        assert [each.how for each in taken(theirs, second, fill=True).probes] == ["same"]
    assert [each.how for each in taken(old, before).probes] == ["same"]
    assert [each.how for each in taken(old, after).probes] == ["same"]


def test_a_title_that_is_changed_later_changes_no_uid(old: Archive, tmp_path: Path) -> None:
    uid = exported(old, tmp_path)["uid"]
    before = old.debrief("p1")
    after = before.__class__(**{**_fields(before), "probe": before.probe.but(title="Another title")})
    old.commit(before, after)
    assert (exported(old, tmp_path)["uid"], exported(old, tmp_path)["title"]) == (uid, "Another title")
    again = Archive(old.path)
    assert exported(again, tmp_path)["uid"] == uid


def test_an_archive_that_took_in_an_old_export_hands_on_no_digest(old: Archive, tmp_path: Path) -> None:
    theirs = Archive(tmp_path / "theirs.json")
    taken(theirs, old_export(old, tmp_path))
    assert computed(room()).encode() not in out(theirs, tmp_path / "on.json")
    assert exported(theirs, tmp_path)["uid"] == exported(old, tmp_path)["uid"]


def test_two_rooms_of_one_title_and_day_that_are_both_kept_are_two_probes(redraw: Shell) -> None:
    redraw("import", "-", stdin=json.dumps(room()).encode())
    other = room()
    HIDDEN["a ballot"](other)
    redraw("import", "-", "--keep", "both", stdin=json.dumps(other).encode())
    data = json.loads(redraw("export", "--format", "json", "-o", "-").out)
    assert len({each["probe"]["uid"] for each in data["probes"]}) == 2


def test_a_file_without_uids_is_known_again_and_what_is_made_for_it_gives_nothing_away(tmp_path: Path) -> None:
    found = []
    for at in range(2):
        source = Archive(tmp_path / f"source-{at}.json")
        data = room()
        if at:
            HIDDEN["a ballot"](data)
        take_in(source, read_room(data, AT))
        file = json.loads(out(source, tmp_path / "out.json"))
        file["probes"][0]["probe"]["uid"] = ""
        archive = Archive(tmp_path / f"{at}.json")
        came(archive, {"title": "Ours", "our_organisation": "Ours"})
        bare = json.dumps(file).encode()
        assert [each.how for each in taken(archive, bare, fill=True).probes] == ["new"]
        assert [each.how for each in taken(archive, bare, fill=True).probes] == ["same"]
        found.append(json.loads(out(archive, tmp_path / "on.json"))["probes"][1]["probe"]["uid"])
    assert found[0] == found[1] != ""


def test_a_made_uid_is_never_taken_for_a_computed_one() -> None:
    for n in range(64):
        uid = made("x", str(n))
        assert UUID(uid).version == 4
        assert without_digest({"uid": uid}) == {"uid": uid}
    assert Probe(id="p1", created=AT, title="x", uid="uid-1").uid == "uid-1"


def test_an_open_probe_is_saved_into_an_old_archive(old: Archive) -> None:
    before = old.debrief("p1")
    after = before.__class__(**{**_fields(before), "moments": before.moments[:1]})
    old.commit(before, after)
    assert len(old.debrief("p1").moments) == 1
