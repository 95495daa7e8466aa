"""The archive's file and those beside it: whose they are, what they are called, and that plain TinyDB reads the file."""

import errno
import os
import stat
from itertools import pairwise
from pathlib import Path

import pytest
from tinydb import TinyDB

from store.archive.archive import Archive
from store.archive.disk.calls import Disk
from store.archive.following import BACKUPS
from store.archive.signs import KEPT, SignOfLife
from store.debrief import Debrief
from store.exchange.incoming import rooms
from store.exchange.incoming.importing import take_in
from store.exchange.outgoing.json_document import as_json
from store.model import Probe, Session
from tests.conftest import beside, fails, files
from tests.helpers.small_archives import AT, NOW, ballot, debrief_of, kept, moment, new_probe, same
from tests.helpers.texts import HOSTILE, room


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_the_archive_its_folder_and_all_beside_it_are_for_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "logbook.json"
    umask = os.umask(0)
    try:
        archive = Archive(path)
        for number in range(BACKUPS + 2):
            new_probe(archive, f"{number}", NOW)
            archive.checkpoint()
        new_probe(archive, "in the journal", NOW)
        archive.beat(NOW)
        archive.keep_drafts({("s1", "opening"): {"text": "half a"}})
        archive.copy_to(path.with_name("copy.json"))
        del archive
        with beside(path, "journal").open("ab") as journal:
            journal.write(b"7 torn")
        archive = Archive(path)
        new_probe(archive, "more", NOW)
    finally:
        os.umask(umask)
    names = ("journal", "lock", "reserve", "torn", "alive", "draft", "backup-1", "backup-2", "backup-3")
    assert {each.name for each in path.parent.iterdir()} == {
        path.name,
        "copy.json",
        *(beside(path, name).name for name in names),
    }
    for each in path.parent.iterdir():
        assert stat.S_IMODE(each.stat().st_mode) == 0o600, each.name
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert archive.loose() == []


def test_a_repair_says_how_much_of_the_journal_was_no_whole_line(archive: Archive, path: Path) -> None:
    new_probe(archive, "x", NOW)
    archive._storage._lock.release()  # as when the process is killed
    journal = beside(path, "journal")
    journal.write_bytes(journal.read_bytes().rstrip(b" ") + b"2 half a line")
    said = Archive(path, salvage=True).repair()
    assert said[0] == f"The journal's last 13 bytes are no whole line; they are kept in {path.name}.torn."
    assert "1 save(s) were brought" in said[1]
    assert beside(path, "torn").read_bytes() == b"2 half a line"


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_notes_that_others_can_read_are_named_and_a_repair_leaves_them_usable(archive: Archive, path: Path) -> None:
    new_probe(archive, "x", NOW)
    folder = beside(path, "notes")
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    assert archive.loose() == [folder]
    assert archive.repair()[-1] == f"{folder.name} could be read by others; now it is yours alone."
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert archive.loose() == []


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_what_others_can_read_is_named_and_a_checkpoint_mends_it(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.checkpoint()
    new_probe(archive, "x", NOW)
    for each in (path, beside(path, "journal")):
        each.chmod(0o640)
    path.parent.chmod(0o755)
    assert set(archive.loose()) == {path, beside(path, "journal"), path.parent}
    path.parent.chmod(0o700)
    archive.close()
    assert path not in Archive(path).loose()
    assert archive.loose() == [beside(path, "backup-1")], "the backup is the file that others could read"


def test_three_earlier_files_are_kept_whole_the_newest_first(archive: Archive, path: Path) -> None:
    states = []
    for number in range(6):
        new_probe(archive, f"{number}", NOW)
        archive.checkpoint()
        states.append(path.read_bytes())
    archive.close()
    assert [beside(path, f"backup-{number}").read_bytes() for number in (1, 2, 3)] == states[-2:-5:-1]
    assert not beside(path, "backup-4").exists()
    assert [row["title"] for row in Archive(beside(path, "backup-2")).rows("probes")] == ["0", "1", "2", "3"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP])
def test_where_a_file_can_have_only_one_name_the_backup_is_a_copy(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(Disk, "link", fails(number))
    for title in "ab":
        new_probe(archive, title, NOW)
        archive.checkpoint()
    assert [row["title"] for row in kept(beside(path, "backup-1"), "probes")] == ["a"]
    assert [row["title"] for row in kept(path, "probes")] == ["a", "b"]


def test_opening_and_reading_make_no_file(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "new" / "logbook.json")
    assert list(archive.rows("probes")) == []
    assert archive.check() == ({}, [])
    assert not archive.demo
    archive.save([])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("exists", [True, False])
def test_a_symlink_stays_a_symlink_and_its_target_is_written(tmp_path: Path, exists: bool) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link.json").symlink_to(Path("disk") / "real.json")
    if exists:
        archive = Archive(tmp_path / "disk" / "real.json")
        new_probe(archive, "there", NOW)
        archive.close()
    linked = Archive(tmp_path / "link.json")
    new_probe(linked, "x", NOW)
    assert {each.name for each in tmp_path.iterdir()} == {"disk", "link.json"}
    linked.close()
    assert (tmp_path / "link.json").readlink() == Path("disk") / "real.json"
    assert [row["title"] for row in kept(tmp_path / "disk" / "real.json", "probes")] == ["there"] * exists + ["x"]
    assert files(tmp_path / "disk" / "real.json") == {"real.json"}


def test_a_path_in_somebodys_home_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    archive = Archive(Path("~/logbook.json"))
    new_probe(archive, "x", NOW)
    archive.close()
    assert (tmp_path / "logbook.json").exists()


def test_a_copy_is_whole_while_another_process_goes_on_saving(archive: Archive, path: Path, tmp_path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.checkpoint()
    archive.save([ballot(1)])
    Archive(path).copy_to(tmp_path / "copy.json")
    archive.save([ballot(2)])
    assert same(Archive(tmp_path / "copy.json").debrief("p1"), debrief_of(placements=(ballot(1),)))
    assert same(Archive(path).debrief("p1"), debrief_of(placements=(ballot(1), ballot(2))))


def test_what_was_typed_and_not_entered_is_kept_until_it_is_empty(archive: Archive, path: Path) -> None:
    drafts = {("s1", "opening"): {"text": "half a \ud800", "who": ""}}
    archive.keep_drafts(drafts)
    assert Archive(path).drafts() == drafts
    archive.keep_drafts({("s1", "opening"): {"text": "", "who": ""}})
    assert archive.drafts() == {}
    assert files(path) == set()
    for bad in (b"", b"[]", b"[1]", b'[["s1", "opening", 1]]', b"\xff", b"{"):
        beside(path, "draft").write_bytes(bad)
        assert archive.drafts() == {}


def test_a_sign_of_life_is_left_beside_the_archive_and_failing_that_is_no_harm(archive: Archive, path: Path) -> None:
    assert archive.last_beat() is None
    archive.beat(NOW)
    assert archive.last_beat() == NOW
    assert [each.name for each in path.parent.iterdir()] == ["logbook.json.alive"]
    nowhere = Archive(path.parent / "nowhere" / "logbook.json")
    nowhere.beat(NOW)
    assert nowhere.last_beat() is None


def test_the_signs_of_life_of_each_session_are_kept_apart_and_the_last_one_lives_on(
    archive: Archive, path: Path
) -> None:
    assert archive.signs() == {}
    first, second = SignOfLife(NOW, "this run", 1e9, 3), SignOfLife(NOW + 60, "another", 2e9, 0)
    archive.sign("s1", first)
    assert archive.signs() == {"s1": first}
    archive.beat(NOW + 10)
    archive.sign("s2", second)
    archive.beat(NOW + 90)
    assert Archive(path).signs() == {"s1": first._replace(at=NOW + 10), "s2": second._replace(at=NOW + 90)}
    archive.sign("s1", first)
    assert list(archive.signs()) == ["s2", "s1"]
    for n in range(2 * KEPT):
        archive.sign(f"s{n}", first)
    assert len(archive.signs()) == KEPT
    assert {each.name for each in path.parent.iterdir()} == {"logbook.json.alive"}


@pytest.mark.parametrize(
    "bad", [b"", b"{}", b"[1]", b'[["s1", 1, "", 2]]', b'[["s1", "x", "", 2, 3]]', b"\xff", b'[["s1"']
)
def test_signs_of_life_that_can_not_be_read_are_none(archive: Archive, path: Path, bad: bytes) -> None:
    archive.sign("s1", SignOfLife(NOW, "this run", 1e9, 3))
    beside(path, "alive").write_bytes(bad)
    assert archive.signs() == {}
    archive.sign("s2", SignOfLife(NOW, "this run", 1e9, 3))
    assert list(archive.signs()) == ["s2"]


def test_plain_tinydb_opens_the_file_after_every_checkpoint(archive: Archive, path: Path) -> None:
    states: list[Debrief | None] = [
        None,
        debrief_of(),
        debrief_of(moments=(moment(2, "\ud800 },\n"),), participants=()),
    ]
    for old, new in pairwise(states):
        assert new is not None
        archive.commit(old, new)
        archive.checkpoint()
        with TinyDB(path) as db:
            assert [dict(document) for document in db.table("meta")] == [{"schema": 1}]
            assert db.tables() >= {"meta", *(record.table for record in new.records())}
            for record in new.records():
                assert record.row() in [dict(document) for document in db.table(record.table)]


def test_a_demo_archive_says_so_in_its_meta_table(archive: Archive, path: Path) -> None:
    archive.save([], demo=True)
    assert kept(path, "meta") == [{"schema": 1, "demo": True}]
    assert Archive(path).demo


def test_a_file_that_plain_tinydb_wrote_again_is_read_and_saved_as_before(archive: Archive, path: Path) -> None:
    for text in HOSTILE:
        take_in(archive, rooms.read_room(room(text), AT))
    archive.commit(
        None,
        debrief_of(
            probe=Probe(id="p99", created=AT, title="x"),
            session=Session(id="s99", probe="p99", created=AT),
            moments=(),
            participants=(),
        ),
    )
    archive.close()
    wanted = {name: as_json(archive.debrief(name)) for name in (f"p{n}" for n in range(1, len(HOSTILE) + 1))}
    with TinyDB(path) as db:
        db.table("moments").update(lambda _: None)
        db.table('my own "notes"').insert({"text": "from a script"})
    assert b"\n" not in path.read_bytes()
    new_probe(archive, "saved", NOW)
    archive.close()
    again = Archive(path)
    assert {name: as_json(again.debrief(name)) for name in wanted} == wanted
    assert [row["title"] for row in again.rows("probes")][-2:] == ["x", "saved"]
    assert kept(path, 'my own "notes"') == [{"text": "from a script"}]
    assert again.check()[1] == ['The table “my own "notes"” is not one of Redraw\'s.']
