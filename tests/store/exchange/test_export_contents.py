"""Which records an export contains, in every format."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from store import demo
from store.archive.archive import Archive
from store.exchange.bundle import Shelf
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.formats import FORMATS
from store.model import Participant, Session, stamp
from tests.helpers.exports import AT, NOW, out
from tests.helpers.rooms import PEOPLE
from tests.helpers.texts import room, telling


def test_the_sample_year_goes_out_in_every_form(archive: Archive, tmp_path: Path) -> None:
    demo.fill(archive, NOW)
    for form in FORMATS:
        for raw in (False, True):
            assert out(archive, tmp_path, form, raw=raw)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", telling(), ids=lambda text: ascii(text[:16]))
def test_every_format_takes_any_text_and_is_utf8(archive: Archive, tmp_path: Path, text: str, form: str) -> None:
    take_in(archive, read_room(room(text), AT))
    assert out(archive, tmp_path, form, raw=True)


def test_rows_of_an_earlier_form_are_brought_up_to_the_present_one(archive: Archive) -> None:
    take_in(archive, read_room(room("x"), AT))
    archive.close()
    text = archive.path.read_text("utf-8").replace(', "added_later": false', "").replace(', "paper_maps": 2', "")
    archive.path.write_text(text.replace('"scope_reason": "", ', ""), "utf-8")
    found = Shelf(Archive(archive.path)).bundle("p1")
    assert found.lists["moments"][0]["added_later"] is False
    assert found.lists["patterns"][0]["paper_maps"] == 0
    assert found.probe["scope_reason"] == ""


def test_both_sessions_of_a_probe_go_out(archive: Archive, tmp_path: Path) -> None:
    taken = take_in(archive, read_room(room("x"), AT))
    before = Session(id="s7", probe="p1", created=stamp(NOW), kind="dissent", phase="choice", sealed=stamp(NOW))
    archive.save([before, Participant(session="s7", number=1, alias="Zoë", organisation="x")])
    data = json.loads(out(archive, tmp_path, "json", raw=True))["probes"][0]
    assert [row["id"] for row in data["sessions"]] == ["s1", "s7"]
    assert [row["session"] for row in data["participants"]] == ["s1", "s1", "s1", "s7"]
    assert replace(taken).probe.id == "p1"


def test_people_of_the_sample_room_are_told_apart() -> None:
    assert len(set(PEOPLE)) == 9
