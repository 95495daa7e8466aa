"""A session that can't be saved goes into a file elsewhere, and comes in again where the archive left off: nothing lost, nothing double."""

import json
import os
import stat
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from store.archive.disk.calls import Disk
from store.debrief import KINDS, Debrief
from store.exchange.incoming.copies_beside import to_import
from store.exchange.incoming.importing import Imported, import_file, take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.export import export
from store.exchange.outgoing.session_copy import offered, save_copy
from store.model import Event, NonNegotiables, Participant, Probe, Record, RecurringPattern, Seen, Session
from store.refused import Refused
from tests.conftest import fails, files, find_room
from tests.helpers.builders import NOW
from tests.helpers.imports import everything
from tests.helpers.small_archives import same

AT = "2026-11-07T19:00:00"


def filled(path: Path) -> Archive:
    """An archive with records of every kind: a probe with its dissent session and its debrief, and another probe."""
    archive = Archive(path)
    for name in ("noise-protest", "tenants-canvass"):
        take_in(archive, read_room(json.loads(find_room(name).read_bytes()), AT))
    found = archive.debrief("p1")
    seen = tuple(Seen(session=found.session.id, pattern=each.number) for each in found.patterns[:2])
    before = Session(id="s9", probe="p1", created=AT, kind="dissent")
    archive.save(
        [
            before,
            Participant(session="s9", number=1, alias="Ana", organisation="Ours"),
            *(Event(session=id, number=1, at=AT, phase="opening", what="began") for id in ("s9", found.session.id)),
            NonNegotiables(number=7, at=AT, principles=("Tenants decide.",), asked=("Ana", "Bo"), consents=("Ana",)),
            RecurringPattern(number=3, text="lanyards decide", seen=seen),
        ]
    )
    return archive


def handles(archive: Archive) -> list[str]:
    """What the debriefs of the first probe are loaded by."""
    return [
        "p1",
        *(row["id"] for row in archive.rows("sessions") if row["probe"] == "p1" and row.get("kind") == "dissent"),
    ]


def copied(archive: Archive, debrief: Debrief, path: Path) -> bytes:
    save_copy(archive, debrief, path)
    return path.read_bytes()


def brought(archive: Archive, copy: bytes) -> Imported:
    return import_file(archive, BytesIO(copy).read, NOW)


def without(archive: Archive, path: Path, gone: list[Record]) -> Archive:
    """The same archive without some records, as it was before they were entered."""
    archive.copy_to(path)
    found = Archive(path)
    found.save([], gone=gone)
    return found


def whole(archive: Archive) -> dict[str, list[str]]:
    """Every record of an archive, whatever their order in the file."""
    return {name: sorted(map(json.dumps, rows)) for name, rows in everything(archive).items() if rows}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
def test_what_a_copy_has_more_of_any_kind_comes_in_once_and_no_question_is_asked(
    tmp_path: Path, kind: type[Record]
) -> None:
    full = filled(tmp_path / "full.json")
    tried = 0
    for handle in handles(full):
        debrief = full.debrief(handle)
        records = getattr(debrief, kind.table)
        for count in {1, len(records)} if records else ():
            good = without(full, tmp_path / f"{handle}-{count}.json", list(records[-count:]))
            copy = copied(full, debrief, tmp_path / f"copy-{handle}-{count}.json")
            assert whole(good) != whole(full)
            done = brought(good, copy)
            assert [(each.probe, each.how) for each in done.probes] == [("p1", "continued")]
            assert whole(good) == whole(full)
            assert good.check()[1] == []
            again = brought(good, copy)
            assert [(each.probe, each.how) for each in again.probes] == [("p1", "same")]
            assert whole(good) == whole(full)
            tried += 1
    assert tried, "there are none of this kind"


def test_a_copy_brings_back_everything_into_an_archive_that_has_nothing_of_it(tmp_path: Path) -> None:
    full = filled(tmp_path / "full.json")
    for handle in handles(full):
        debrief = full.debrief(handle)
        copy = copied(full, debrief, tmp_path / f"copy-{handle}.json")
        empty = Archive(tmp_path / f"empty-{handle}.json")
        brought(empty, copy)
        for each in handles(full):
            assert same(empty.debrief(each), replace(full.debrief(each), past=empty.debrief(each).past))
        other = Archive(tmp_path / f"other-{handle}.json")
        other.save([Probe(id="p1", created=AT, title="Another", uid="another")])
        (only,) = brought(other, copy).probes
        assert (only.probe, only.how, other.debrief("p2").probe.origin) == ("p2", "new", ""), "it is ours"
        assert other.debrief("p2").participants
        assert not other.check()[1]
        assert [each.how for each in brought(other, copy).probes] == ["same"]


def test_a_copy_that_was_overtaken_changes_nothing(tmp_path: Path) -> None:
    full = filled(tmp_path / "full.json")
    debrief = full.debrief("p1")
    earlier = replace(debrief, amendments=debrief.amendments[:-1], observations=debrief.observations[:-1])
    copy = copied(full, earlier, tmp_path / "redraw-copy-p1.json")
    before = whole(full)
    assert [each.how for each in brought(full, copy).probes] == ["same"]
    assert whole(full) == before
    assert list(to_import(full, NOW)) == []


def test_where_both_have_gone_on_nothing_is_replaced_and_somebody_is_asked(tmp_path: Path) -> None:
    full = filled(tmp_path / "full.json")
    debrief = full.debrief("p1")
    first, *others = debrief.moments
    here = replace(debrief, moments=(*debrief.moments, first.but(number=900, text="only here")))
    full.commit(debrief, here)
    for name, moments in {
        "another": (*debrief.moments, first.but(number=901, text="only in the copy")),
        "under the same number": (*debrief.moments, first.but(number=900, text="only in the copy")),
        "reworded": (first.but(text="worded otherwise"), *others),
    }.items():
        good = without(full, tmp_path / f"{name}.json", [])
        copy = copied(full, replace(debrief, moments=moments), tmp_path / f"redraw-copy-{name}.json")
        before = whole(good)
        assert any(name in sentence for sentence in to_import(good, NOW))
        assert whole(good) == before, "looking changes nothing"
        (only,) = brought(good, copy).probes
        assert (only.how, only.ours) == ("conflict", "p1")
        assert same(good.debrief("p1"), here)


def test_ballots_that_are_blind_are_in_the_copy_and_come_in_though_nothing_else_differs(tmp_path: Path) -> None:
    full = filled(tmp_path / "full.json")
    debrief = full.debrief("p1").with_session(sealed=None, revealed=0, phase="reposition")
    full.commit(full.debrief("p1"), debrief)
    blind = [each for each in debrief.placements if each.round]
    assert blind
    for some in (blind[-1:], blind):
        good = without(full, tmp_path / f"good-{len(some)}.json", list(some))
        copy = copied(full, debrief, tmp_path / f"copy-{len(some)}.json")
        done = brought(good, copy)
        assert [each.how for each in done.probes] == ["continued"]
        assert done.counts["placements"] == 0, "nobody is told how many"
        assert whole(good) == whole(full)
    good = without(full, tmp_path / "good.json", [blind[0]])
    (only,) = brought(good, copied(full, replace(debrief, placements=tuple(blind[:-1])), tmp_path / "c.json")).probes
    assert only.how == "conflict", "each has one that the other has not"


def test_what_the_group_holds_comes_in_though_no_probe_is_in_hand(tmp_path: Path) -> None:
    full = filled(tmp_path / "full.json")
    for kind in (NonNegotiables, RecurringPattern):
        good = without(full, tmp_path / f"{kind.table}.json", list(full.group_records(kind)))
        copy = copied(full, full.new_debrief(NOW), tmp_path / f"copy-{kind.table}.json")
        brought(good, copy)
        assert whole(good) == whole(full)
        held = brought(good, copy).held
        assert not held


def test_a_draft_of_the_non_negotiables_comes_in_where_it_has_only_gained(tmp_path: Path) -> None:
    full = filled(tmp_path / "full.json")
    (draft,) = (each for each in full.group_records(NonNegotiables) if each.number == 7)
    good = Archive(tmp_path / "good.json")
    full.copy_to(good.path)
    full.save([draft.but(principles=(*draft.principles, "No logos."), consents=("Ana", "Bo"))])
    copy = copied(full, full.new_debrief(NOW), tmp_path / "copy.json")
    good = Archive(good.path)
    brought(good, copy)
    assert whole(good) == whole(full)
    good.save([draft.but(principles=("Quite another.",))])
    before = whole(good)
    brought(good, copy)
    assert whole(good) == before


def test_a_probe_that_was_never_saved_is_in_the_copy(tmp_path: Path) -> None:
    full = filled(tmp_path / "full.json")
    new = full.new_debrief(NOW)
    typed = replace(new, probe=new.probe.but(title="Choir at the dock", our_organisation="Ours"))
    copy = copied(full, typed, tmp_path / "copy.json")
    (only,) = brought(full, copy).probes
    assert (only.how, full.debrief(only.probe).probe.title) == ("new", "Choir at the dock")
    assert [each.how for each in brought(full, copy).probes] == ["same"]


@pytest.mark.parametrize("broken", ["gone", "replaced", "spoilt"])
def test_a_copy_needs_nothing_of_the_archive_on_the_disk(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "there" / "logbook.json"
    full = filled(path)
    full.close()
    debrief = full.debrief("p1")
    expected = copied(full, debrief, tmp_path / "expected.json")
    if broken == "gone":
        os.rename(path.parent, tmp_path / "elsewhere")
    elif broken == "replaced":
        (tmp_path / "another.json").write_bytes(b'{"meta": {"1": {"schema": 1}}}')
        os.replace(tmp_path / "another.json", path)
    else:
        path.with_name("new").write_bytes(b"spoilt")
        os.replace(path.with_name("new"), path)
    assert copied(full, debrief, tmp_path / "copy.json") == expected


# ------------------------------------------------------------------------------------------------------------ the place


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_a_copy_is_its_owners_alone_and_never_written_over_anything(tmp_path: Path) -> None:
    archive = filled(tmp_path / "logbook.json")
    debrief = archive.debrief("p1")
    save_copy(archive, debrief, tmp_path / "copy.json")
    assert stat.S_IMODE((tmp_path / "copy.json").stat().st_mode) == 0o600
    before = files(tmp_path / "logbook.json")
    for place, said in {
        "copy.json": "is there already",
        "logbook.json": "belongs to the archive",
        "logbook.json.journal": "belongs to the archive",
        "nowhere/copy.json": "There is no folder",
    }.items():
        with pytest.raises(Refused, match=said):
            save_copy(archive, debrief, tmp_path / place)
    assert files(tmp_path / "logbook.json") == before


@pytest.mark.parametrize("call", ["open", "write", "sync", "rename"])
def test_a_copy_that_can_not_be_written_is_a_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    archive = filled(tmp_path / "logbook.json")
    debrief = archive.debrief("p1")
    before = set(tmp_path.iterdir())
    with monkeypatch.context() as patch:
        patch.setattr(Disk, call, fails(28))
        with pytest.raises(Refused, match="Not written"):
            save_copy(archive, debrief, tmp_path / "copy.json")
    assert set(tmp_path.iterdir()) == before


def test_places_are_offered_that_exist_have_room_and_hold_no_file_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = filled(tmp_path / "logbook.json")
    home, here = tmp_path / "home", tmp_path / "here"
    for each in (home, here):
        each.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.chdir(here)
    debrief = archive.debrief("p1")
    first = offered(archive, debrief)
    assert [each.parent for each in first[:2]] == [home, here]
    save_copy(archive, debrief, first[0])
    second = offered(archive, debrief)
    assert second[0].parent == home
    assert second[0] != first[0]
    home.rename(tmp_path / "gone")
    assert offered(archive, debrief)[0].parent == here
    monkeypatch.setattr("shutil.disk_usage", lambda place: type("Usage", (), {"free": 0}))
    assert offered(archive, debrief) == []


# ---------------------------------------------------------------------------------------------------- beside the archive


def test_a_copy_beside_the_archive_is_named_until_it_is_in(tmp_path: Path) -> None:
    full = filled(tmp_path / "full.json")
    debrief = full.debrief("p1")
    good = without(full, tmp_path / "logbook.json", list(debrief.moments[-2:]))
    path = tmp_path / "redraw-copy-p1.json"
    copy = copied(full, debrief, path)
    (said,) = to_import(good, NOW)
    assert f"“redraw import {path}”" in said
    brought(good, copy)
    assert list(to_import(good, NOW)) == []
    path.write_bytes(b"spoilt")
    (said,) = to_import(good, NOW)
    assert said.startswith("redraw-copy-p1.json looks like a copy of a session and can't be imported: ")


@pytest.mark.skipif(os.name != "posix", reason="needs pipes")
def test_what_only_has_the_name_of_a_copy_keeps_nobody_waiting(tmp_path: Path) -> None:
    full = filled(tmp_path / "full.json")
    os.mkfifo(tmp_path / "redraw-copy-1.json")
    (tmp_path / "redraw-copy-2.json").mkdir()
    (tmp_path / "redraw-copy-3.json").symlink_to("nowhere")
    assert list(to_import(full, NOW)) == []


def test_an_export_of_somebody_else_is_never_taken_up_without_a_question(tmp_path: Path) -> None:
    full = filled(tmp_path / "full.json")
    good = without(full, tmp_path / "good.json", list(full.debrief("p1").moments[-1:]))
    data = export(full, ["p1"], "json", tmp_path / "export.json", raw=True).read_bytes()
    assert [each.how for each in brought(good, data).probes] == ["conflict"]


@pytest.mark.parametrize("value", ["yes", 1, None, []])
def test_whether_it_is_a_copy_is_true_or_false(tmp_path: Path, value: Any) -> None:
    full = filled(tmp_path / "full.json")
    data = json.loads(copied(full, full.debrief("p1"), tmp_path / "copy.json"))
    with pytest.raises(Refused, match="Fix the file at copy: it should be true or false"):
        brought(full, json.dumps({**data, "copy": value}).encode())
