"""Taking a debrief in: ids of its own, guidelines found by their wording, whole or not at all."""

import errno
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive, ArchiveError
from store.archive.disk.calls import Disk
from store.exchange.incoming.importing import import_file, take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.json_document import as_json
from store.matrix import figures
from store.model import Guideline
from store.refused import Refused
from tests.conftest import Shell, fails, find_room, saves
from tests.helpers.builders import facilitated
from tests.helpers.rooms import imported
from tests.helpers.texts import room

NOW = 1_794_060_000.0
AT = "2026-11-07T19:00:00"


def amended(*amendments: tuple[str, str | None], at: str = AT) -> Any:
    """A debriefed room with amendments: the new wording and the old one."""
    return read_room(
        {
            "title": "x",
            "amendments": [{"principle": new, "replaces": old, "decision": "vote"} for new, old in amendments],
        },
        AT,
        debriefed=at,
    )


def book(archive: Archive) -> list[list[str]]:
    """The guidelines with their history, as texts."""
    return [[version.text for version in guideline.history] for guideline in archive.group_records(Guideline)]


def test_each_import_gets_ids_of_its_own_and_touches_no_other(archive: Archive) -> None:
    first = take_in(archive, read_room(room("first"), AT))
    before = as_json(archive.debrief("p1"))
    second = take_in(archive, read_room(room("second"), AT))
    bare = take_in(archive, read_room({"title": "bare"}, AT))
    assert [(each.probe.id, each.session.id) for each in (first, second, bare)] == [
        ("p1", "s1"),
        ("p2", "s2"),
        ("p3", ""),
    ]
    assert as_json(archive.debrief("p1")) == before
    assert archive.debrief("s2").probe.title == "second"
    assert archive.check()[1] == []


def test_what_is_answered_is_what_was_saved(archive: Archive, path: Path) -> None:
    taken = take_in(archive, read_room(room("x"), AT))
    found = Archive(path).debrief("p1")
    assert set(map(repr, found.records())) == set(map(repr, taken.records()))


def test_what_came_in_is_counted_by_kind(archive: Archive) -> None:
    assert import_file(archive, BytesIO(json.dumps(room("x")).encode()).read, NOW).counts == {
        "participants": 3,
        "moments": 2,
        "patterns": 1,
        "placements": 6,
        "amendments": 1,
        "dissent": 1,
        "proposals": 1,
        "observations": 1,
    }


def test_an_import_is_one_save_and_all_or_nothing(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(archive, read_room(room("before"), AT))
    with monkeypatch.context() as broken:
        broken.setattr(Disk, "write", fails(errno.ENOSPC))
        with pytest.raises(ArchiveError, match="Make room"):
            take_in(archive, read_room(room("lost"), AT))
    assert [row["title"] for row in archive.rows("probes")] == ["before"]
    assert saves(path) == 1
    assert take_in(archive, read_room(room("after"), AT)).probe.id == "p2"
    assert saves(path) == 2
    assert [row["title"] for row in Archive(path).rows("probes")] == ["before", "after"]


def test_a_principle_without_an_old_wording_becomes_the_next_guideline(archive: Archive) -> None:
    taken = take_in(archive, amended(("Ask first.", None), ("Two observers.", None)))
    assert [amendment.guideline for amendment in taken.amendments] == [1, 2]
    assert book(archive) == [["Ask first."], ["Two observers."]]


def test_an_old_wording_that_the_archive_has_is_revised_whatever_its_case(archive: Archive) -> None:
    take_in(archive, amended(("Two observers.", None), ("Ask first.", None)))
    taken = take_in(archive, amended(("Ask twice.", " ASK  first."), at="2026-12-01T19:00:00"))
    assert taken.amendments[0].guideline == 2
    assert taken.amendments[0].replaces == " ASK  first.", "kept as typed"
    assert book(archive) == [["Two observers."], ["Ask first.", "Ask twice."]]
    version = archive.group_records(Guideline)[1].history[-1]
    assert (version.session, version.since) == ("s2", "2026-12-01T19:00:00")


def test_an_old_wording_that_no_archive_had_is_kept_as_older_than_it(archive: Archive) -> None:
    take_in(archive, amended(("Own banner, always.", "Own banner.")))
    assert book(archive) == [["Own banner.", "Own banner, always."]]
    assert archive.group_records(Guideline)[0].history[0].since is None


def test_one_session_can_revise_a_guideline_twice(archive: Archive) -> None:
    taken = take_in(archive, amended(("One.", None), ("Two.", "One."), ("Three.", "Two.")))
    assert [amendment.guideline for amendment in taken.amendments] == [1, 1, 1]
    assert book(archive) == [["One.", "Two.", "Three."]]


def test_the_gap_of_a_sealed_session_is_kept_for_the_list(archive: Archive) -> None:
    taken = take_in(archive, read_room(room("x"), AT))
    assert taken.session.gap == figures.figures(taken).gap
    assert taken.session.gap is not None
    open_one = take_in(archive, read_room(room("x"), AT).with_session(sealed=None))
    assert open_one.session.gap is None


def test_a_file_of_either_kind_is_told_by_what_it_holds(archive: Archive) -> None:
    taken = imported(archive, json.dumps(room("x")), NOW)
    again = imported(archive, json.dumps(as_json(taken)), NOW)
    assert again.probe == taken.probe
    assert imported(archive, '{"title": "bare"}', NOW).probe.title == "bare"


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity", "-Infinity"])
def test_a_clock_that_never_stops_is_refused(archive: Archive, tmp_path: Path, number: str) -> None:
    out = as_json(take_in(archive, read_room(room("x"), AT)))
    out["session"]["clocks"] = {"opening": {"planned": 300.0, "banked": 12345.5}}
    text = json.dumps(out)
    assert imported(Archive(tmp_path / "other.json"), text, NOW).clock("opening").banked == 12345.5
    with pytest.raises(Refused, match="is no number"):
        imported(archive, text.replace("12345.5", number), NOW)


def test_a_byte_order_mark_is_no_harm(redraw: Shell) -> None:
    assert (
        redraw("import", "-", stdin=b'\xef\xbb\xbf{"title": "x"}').out == "Took in p1 x: a probe without a debrief.\n"
    )


def test_both_rooms_go_into_one_archive(archive: Archive) -> None:
    for number, name in enumerate(("noise-protest", "tenants-canvass", "noise-protest"), 1):
        taken = take_in(archive, read_room(json.loads(find_room(name).read_bytes()), AT))
        assert (taken.probe.id, taken.session.id) == (f"p{number}", f"s{number}")
    assert archive.check()[1] == []
    first, again = archive.debrief("p1"), archive.debrief("p3")
    assert [moment.text for moment in first.moments] == [moment.text for moment in again.moments]
    assert facilitated(first.past) == {"saoirse": 1, "maren": 1}
