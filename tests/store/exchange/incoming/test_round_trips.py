"""What goes out comes in again as it was, to the byte."""

import json
from pathlib import Path

import pytest

from store import demo
from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import Guideline, NonNegotiables, Participant, Session, stamp
from tests.conftest import find_room
from tests.helpers.builders import NOW
from tests.helpers.imports import AT, OURS, THEIRS, around, everything, holding, out, taken
from tests.helpers.small_archives import new_probe
from tests.helpers.texts import room, telling


def test_both_rooms_go_out_in_and_out_again_byte_for_byte(archive: Archive, tmp_path: Path) -> None:
    for name in ("noise-protest", "tenants-canvass", "noise-protest"):
        take_in(archive, read_room(json.loads(find_room(name).read_text("utf-8")), AT))
    around(tmp_path, archive)


@pytest.mark.parametrize("text", telling(), ids=lambda text: ascii(text[:16]))
def test_hostile_texts_go_out_in_and_out_again_byte_for_byte(archive: Archive, tmp_path: Path, text: str) -> None:
    take_in(archive, read_room(room(text), AT))
    around(tmp_path, archive)


def test_the_sample_year_goes_out_in_and_out_again_byte_for_byte(archive: Archive, tmp_path: Path) -> None:
    demo.fill(archive, NOW)
    before = Session(id="s90", probe="p3", created=stamp(NOW), kind="dissent", phase="placing", round=2)
    archive.save([before, Participant(session="s90", number=1, alias="Zoë", organisation="x")])
    archive.save([archive.debrief("p1").probe.but(title="changed later", origin="Others")])
    archive.save([archive.debrief("p2").expected[0].but(at="2026-11-05T09:41:07")])
    around(tmp_path, archive)


def test_an_export_into_an_empty_archive_keeps_ids_and_what_the_group_holds(tmp_path: Path) -> None:
    first = holding(tmp_path / "a.json", OURS, THEIRS)
    second = Archive(tmp_path / "b.json")
    done = taken(second, out(first, tmp_path / "e.json"))
    assert done.own
    assert [each.probe for each in done.probes] == ["p1", "p2"]
    assert second.group_records(Guideline) == first.group_records(Guideline)
    assert second.group_records(NonNegotiables) == first.group_records(NonNegotiables)
    assert everything(second) == everything(first)
    assert second.new_id("probes") == "p3"


def test_what_is_saved_after_an_import_stands_beside_it(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "b.json")
    new_probe(archive, "before", NOW)  # a table remembers its highest number from here on
    taken(archive, out(holding(tmp_path / "a.json", THEIRS), tmp_path / "e.json"))
    new_probe(archive, "after", NOW)
    assert [row["title"] for row in archive.rows("probes")] == ["before", "Theirs", "after"]
    archive.close()
    assert [row["title"] for row in Archive(archive.path).rows("probes")] == ["before", "Theirs", "after"]


def test_names_in_another_order_are_no_harm(tmp_path: Path, theirs: bytes) -> None:
    data = json.dumps(json.loads(theirs), sort_keys=True, indent=1).encode()
    archive = Archive(tmp_path / "sorted.json")
    taken(archive, data)
    assert json.loads(out(archive, tmp_path / "again.json")) == json.loads(theirs)
