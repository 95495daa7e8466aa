"""Probes that come in beside ours: whose they are, and that nothing of ours changes."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from store.archive.archive import Archive, ArchiveError
from store.archive.disk.calls import Disk
from store.exchange.incoming.known_probes import whose
from store.logbook import listing
from store.model import NonNegotiables
from store.probe.non_negotiables import in_force
from tests.conftest import Shell, fails, saves
from tests.helpers.builders import NOW, facilitated
from tests.helpers.imports import OURS, THEIRS, everything, holding, out, taken
from tests.helpers.rooms import ROOM


def test_theirs_come_in_marked_and_touch_nothing_of_ours(ours: Archive, theirs: bytes) -> None:
    before = everything(ours)
    done = taken(ours, theirs)
    assert (done.own, done.group, done.theirs) == (False, "Breathers of Pellan", 1)
    assert [(each.how, each.probe, each.session) for each in done.probes] == [("new", "px1", "sx1")]
    assert ours.debrief("px1").probe.origin == "Breathers of Pellan"
    after = everything(ours)
    assert {name: after[name][: len(rows)] for name, rows in before.items()} == before
    assert after["guidelines"] == before["guidelines"]
    assert after.get("non_negotiables", []) == before.get("non_negotiables", [])
    assert ours.check()[1] == []
    assert [each.principle for each in ours.debrief("px1").amendments] == ["whoever stands at the gate speaks first"]
    assert ours.debrief("px1").probe.non_negotiables == ("Our own banner.",)
    assert ours.debrief("px1").probe.statement is None
    assert in_force(ours.group_records(NonNegotiables)) is None


def test_theirs_count_for_nothing_of_our_past_and_take_none_of_our_numbers(ours: Archive, theirs: bytes) -> None:
    fresh = (ours.new_id("probes"), ours.new_id("sessions"), ours.new_debrief(NOW).past)
    taken(ours, theirs)
    assert (ours.new_id("probes"), ours.new_id("sessions"), ours.new_debrief(NOW).past) == fresh
    assert facilitated(fresh[2])


@pytest.mark.parametrize("raw", [True, False])
def test_importing_twice_changes_nothing(ours: Archive, tmp_path: Path, raw: bool) -> None:
    data = out(holding(tmp_path / "t.json", THEIRS, ROOM), tmp_path / "e.json", raw=raw)
    taken(ours, data, fill=raw)
    before, lines = everything(ours), saves(ours.path)
    done = taken(ours, data)
    assert [each.how for each in done.probes] == ["same", "same"]
    assert everything(ours) == before
    assert saves(ours.path) == lines


@pytest.mark.parametrize("raw", [True, False])
def test_our_own_export_changes_nothing_of_ours(ours: Archive, tmp_path: Path, raw: bool) -> None:
    before = everything(ours)
    done = taken(ours, out(ours, tmp_path / "e.json", raw=raw))
    assert [(each.how, each.probe) for each in done.probes] == [("same", "p1")]
    assert done.own
    assert everything(ours) == before


def test_a_third_groups_probe_keeps_whose_it_is(ours: Archive, theirs: bytes, tmp_path: Path) -> None:
    taken(ours, theirs)
    third = holding(tmp_path / "third.json", {**ROOM, "title": "z", "our_organisation": "Third"})
    taken(third, out(ours, tmp_path / "e.json"))
    assert [row.get("origin") for row in third.rows("probes")] == [None, "Kettle and Key", "Breathers of Pellan"]


@pytest.mark.parametrize(
    ("origin", "group", "own", "wanted"),
    [
        ("", "A", "B", "A"),
        ("C", "A", "B", "C"),
        ("", "a ", "A", ""),
        ("B", "A", "b", ""),
        ("", "", "", "another group"),
        ("", "", "B", "another group"),
        ("", "A", "", "A"),
    ],
)
def test_whose_a_probe_is(origin: str, group: str, own: str, wanted: str) -> None:
    assert whose(origin, group, own) == wanted


def test_the_list_says_whose_they_are_and_asks_for_no_debrief_of_theirs(ours: Archive, tmp_path: Path) -> None:
    due = {name: value for name, value in THEIRS.items() if name in ("title", "our_organisation", "pact", "partners")}
    taken(ours, out(holding(tmp_path / "t.json", due), tmp_path / "e.json"))
    entry = next(
        each for each in listing.entries(ours, datetime.fromtimestamp(NOW).astimezone()) if each.probe == "px1"
    )
    assert entry.origin == "Breathers of Pellan"
    assert entry.when == "of Breathers of Pellan"
    assert not entry.pressing
    assert not entry.wants_debrief
    assert not entry.unfinished
    assert "breathers" in entry.searched


def test_an_import_is_one_save_and_all_or_nothing(
    ours: Archive, theirs: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, lines = everything(ours), saves(ours.path)
    with monkeypatch.context() as broken:
        broken.setattr(Disk, "write", fails(28))
        with pytest.raises(ArchiveError, match="Make room"):
            taken(ours, theirs)
    assert everything(ours) == before
    taken(ours, theirs)
    assert saves(ours.path) == lines + 1


def test_what_came_in_is_said(redraw: Shell, path: Path, tmp_path: Path, theirs: bytes) -> None:
    holding(path, OURS).close()
    file = tmp_path / "theirs-out.json"
    assert redraw("import", str(file), "--with-raw-notes").out.splitlines() == [
        "1 probe of Breathers of Pellan: 1 new (9 participants, 3 moments, 2 patterns, 12 placements, 1 amendments).",
        "Their guidelines stay theirs: each of their debriefs keeps what it amended.",
    ]
    assert "of Breathers of Pellan" in redraw("list").out
    answer = json.loads(redraw("import", str(file), "--json").out)
    assert answer["group"] == "Breathers of Pellan"
    assert answer["probes"] == [{"probe": "px1", "session": "sx1", "how": "same", "conflicts_with": None}]
