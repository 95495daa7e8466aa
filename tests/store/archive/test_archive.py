"""The archive: what is saved is exactly what changed, all of it or nothing, and nothing that was saved is ever lost."""

import contextlib
import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from store import entries
from store.archive.archive import Archive, ArchiveError, InUse, NotFound
from store.archive.checkpoint import BACKUPS
from store.archive.disk.calls import Disk
from store.archive.disk.source import Source
from store.archive.reserve import RESERVE
from store.debrief import Debrief
from store.exchange.incoming import rooms
from store.exchange.incoming.one_debrief import take_in
from store.exchange.outgoing.debrief_json import as_json
from store.model import Felt, Moment, Participant, Pattern, Placement, Probe, Record, Session
from store.refused import Refused
from store.session import decisions
from store.session.dissent import in_hand
from tests.conftest import Shell, beside, fails, files, saves
from tests.helpers.builders import facilitated
from tests.helpers.damage import BAD_FILES, DAMAGE, NOWHERE, spoil
from tests.helpers.texts import ANY, HOSTILE, room

NOW = 1_794_060_000.0
AT = "2026-11-07T19:00:00"


def debrief_of(**changes: Any) -> Debrief:
    """A small debrief with its probe `p1` and session `s1`."""
    found = Debrief(
        probe=Probe(id="p1", created=AT, title="Weekend canvass"),
        session=Session(id="s1", probe="p1", created=AT),
        participants=(Participant(session="s1", number=1, alias="Ana", organisation="Kettle"),),
        moments=(moment(1), moment(2)),
    )
    return replace(found, **changes)


def moment(number: int, text: str = "a moment", session: str = "s1") -> Moment:
    return Moment(session=session, number=number, at=AT, felt=Felt.STRENGTHENED, text=text)


def ballot(number: int, by: str = "Ana", round: int = 1, probe: str = "p1") -> Placement:
    return Placement(probe=probe, round=round, number=number, by=by, autonomy=3, benefit=7)


def kept(path: Path, table: str) -> list[dict[str, Any]]:
    """The documents of a table as plain TinyDB reads them in a copy of the archive."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.json"
        Archive(path).copy_to(copy)
        with TinyDB(copy) as db:
            return [dict(document) for document in db.table(table)]


def same(found: Debrief, wanted: Debrief) -> bool:
    """Whether both hold the same records, whatever their order in the archive."""
    return set(map(repr, found.records())) == set(map(repr, wanted.records()))


# ------------------------------------------------------------------------------------------------- what a commit saves


def test_a_debrief_comes_back_as_it_was_saved(archive: Archive, path: Path) -> None:
    wanted = debrief_of()
    archive.commit(None, wanted)
    for name in ("p1", "s1"):
        assert same(archive.debrief(name), wanted)
        assert same(Archive(path).debrief(name), wanted)


NUMBERS = st.frozensets(st.integers(1, 6), max_size=6)


@settings(max_examples=40)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, st.sampled_from("abc")), min_size=1, max_size=4))
def test_commits_save_exactly_the_difference_whatever_came_and_went(
    steps: list[tuple[frozenset[int], frozenset[int], frozenset[int], str]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "logbook.json"
        archive = Archive(path)
        other = debrief_of(
            probe=Probe(id="p2", created=AT, title="Another"),
            session=Session(id="s2", probe="p2", created=AT),
            participants=(),
            moments=(moment(1, "theirs", "s2"),),
            placements=(ballot(1, probe="p2"),),
        )
        archive.commit(None, other)
        old: Debrief | None = None
        for people, moments, ballots, text in steps:
            new = debrief_of(
                probe=Probe(id="p1", created=AT, title=text),
                participants=tuple(
                    Participant(session="s1", number=n, alias=f"{n}", organisation=text) for n in people
                ),
                moments=tuple(moment(n, f"{text} {n % 2}") for n in moments),
                placements=tuple(ballot(n, f"{text}{n}") for n in ballots),
            )
            archive.commit(old, new)
            old = new
            for opened in (archive, Archive(path)):
                assert same(opened.debrief("p1"), new)
                assert same(opened.debrief("p2"), other)
        rows = [row for name in ("participants", "moments", "placements") for row in kept(path, name)]
        assert len(rows) == sum(map(len, steps[-1][:3])) + 2
        assert Archive(path).check()[1] == []


def test_a_commit_without_a_difference_writes_nothing(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    before = beside(path, "journal").read_bytes()
    archive.commit(debrief_of(), debrief_of())
    archive.save([])
    assert beside(path, "journal").read_bytes() == before


def test_a_commit_leaves_alone_what_did_not_change(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.save([moment(2, "changed in the archive meanwhile")])
    archive.commit(debrief_of(), debrief_of(moments=(moment(1, "changed here"), moment(2))))
    assert [row["text"] for row in kept(path, "moments")] == ["changed here", "changed in the archive meanwhile"]


def test_a_record_is_saved_again_in_its_own_place(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.save([moment(1, "mended")])
    archive.save([moment(3), moment(1, "mended twice")])
    archive.close()
    with TinyDB(path) as db:
        documents = {document.doc_id: document["text"] for document in db.table("moments")}
    assert documents == {1: "mended twice", 2: "a moment", 3: "a moment"}


def test_records_that_differ_in_any_part_of_their_key_are_different_records(archive: Archive, path: Path) -> None:
    records: list[Record] = [
        *(moment(number, session=session) for number in (1, 2) for session in ("s1", "s2", "s11")),
        *(ballot(n, round=turn, probe=probe) for n in (1, 2) for turn in (0, 1) for probe in ("p1", "p11")),
    ]
    archive.save(records)
    archive.save(records)
    assert len(kept(path, "moments")) == 6
    assert len(kept(path, "placements")) == 8


def test_removing_what_is_not_there_harms_nothing(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.save([], gone=[moment(9), ballot(9)])
    assert same(Archive(path).debrief("p1"), debrief_of())


def test_several_records_are_one_save(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of(placements=tuple(ballot(n) for n in range(1, 30))))
    assert saves(path) == 1
    archive.commit(debrief_of(), debrief_of(moments=(), placements=(ballot(1, by="Bo"),)))
    assert saves(path) == 2


# -------------------------------------------------------------------------------------------------- ids and references


def test_ids_count_on_from_the_highest(archive: Archive) -> None:
    assert (archive.new_id("probes"), archive.new_id("sessions")) == ("p1", "s1")
    archive.save([Probe(id=name, created=AT, title="") for name in ("p1", "p12", "p9", "px")])
    assert (archive.new_id("probes"), archive.new_id("sessions")) == ("p13", "s1")


def test_two_processes_that_take_turns_never_give_out_the_same_id(archive: Archive, path: Path) -> None:
    other = Archive(path)
    names = []
    for writer in (archive, other, archive):
        probe = writer.new_probe("x", NOW)
        names.append((probe.id, writer.open_session(probe.id, NOW).session.id))
        writer.close()
    assert names == [("p1", "s1"), ("p2", "s2"), ("p3", "s3")]
    assert [row["id"] for row in kept(path, "probes")] == ["p1", "p2", "p3"]


def test_a_probe_that_gets_its_id_late_keeps_what_was_expected_of_it(archive: Archive, path: Path) -> None:
    other = Archive(path)
    other.new_probe("theirs", NOW)
    other.close()
    new = Debrief(
        probe=Probe(id="", created=AT, title="mine"),
        session=Session(id="", probe="", created=AT),
        placements=(ballot(1, round=0, probe=""),),
    )
    named = archive.with_id(new)
    archive.commit(None, named)
    assert named.probe.id == "p2"
    assert same(Archive(path).debrief("p2"), named)
    assert len(Archive(path).debrief("p2").expected) == 1
    assert archive.check()[1] == []


def test_a_session_is_made_once(archive: Archive, path: Path) -> None:
    probe = archive.new_probe("Canvass", NOW)
    first = archive.open_session(probe.id, NOW, rate=60)
    assert (first.session.id, first.session.rate, first.session.began) == ("s1", 60, None)
    archive.close()
    assert same(Archive(path).open_session(probe.id, NOW + 60), first)
    assert len(kept(path, "sessions")) == 1


def test_what_nobody_knows_is_said_to_be_unknown(archive: Archive) -> None:
    archive.commit(None, debrief_of())
    for name in ("p2", "s2", "", "p", "\x1b[31m"):
        with pytest.raises(NotFound, match="redraw list"):
            archive.debrief(name)


def test_a_debrief_has_the_guidelines_and_what_earlier_sessions_tell(archive: Archive) -> None:
    facilitator = {"alias": "İRIS", "organisation": "us", "role": "facilitator"}
    other = {"alias": "Bo", "organisation": "them"}
    for ends, title in (("2026-05-02", "later"), ("2026-05-01", "earlier")):
        sealed = rooms.read_room(
            {**room(title), "pact": {"ends": ends}, "participants": [facilitator, other], "actual": []}, AT
        )
        take_in(archive, sealed.with_session(groups=(("İRIS", "Bo"),)))
    take_in(archive, rooms.read_room({"title": "open", "participants": [facilitator]}, AT))
    found = archive.debrief("p3")
    assert facilitated(found.past) == {"iris": 2}
    assert found.past.pairs == {frozenset(("iris", "bo")): 2}
    assert [title for title, _ in found.past.sovereignty] == ["earlier", "later"]
    assert [guideline.number for guideline in found.guidelines] == [1, 2]
    assert facilitated(archive.debrief("p1").past) == {"iris": 1}, "a session does not count itself"


# ------------------------------------------------------------------------------------------------- saves that go wrong


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("call", ["write", "sync"])
def test_a_save_that_fails_changes_neither_file_nor_memory_and_the_next_one_loses_nothing(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    first, old = debrief_of(moments=()), debrief_of()
    new = debrief_of(moments=(moment(2, "mended"), moment(3)), placements=(ballot(1),))
    archive.commit(None, first)
    archive.checkpoint()
    before = path.read_bytes()
    archive.commit(first, old)
    for _ in range(2):
        with monkeypatch.context() as broken:
            broken.setattr(Disk, call, fails(number))
            with pytest.raises(ArchiveError) as raised:
                archive.commit(old, new)
        assert str(raised.value).startswith(f"Not saved ({os.strerror(number).lower()}): ")
        assert "\n" not in str(raised.value)
        assert ("Make room" in str(raised.value)) == (number == errno.ENOSPC)
        assert path.read_bytes() == before
        assert same(archive.debrief("p1"), old)
        found = Archive(path).debrief("p1")
        assert same(found, old) or (call == "sync" and same(found, new)), "what may not be on the disk may be there"
    archive.commit(old, new)
    assert saves(path) <= 2, "nothing is there twice"
    assert same(archive.debrief("p1"), new)
    assert same(Archive(path).debrief("p1"), new)
    archive.close()
    assert same(Archive(path).debrief("p1"), new)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("call", ["open", "lock", "write", "sync", "rename"])
def test_a_first_save_that_fails_leaves_no_archive_and_the_next_one_makes_a_good_one(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Disk, call, fails(number))
        with pytest.raises(ArchiveError, match="Not saved"):
            archive.commit(None, debrief_of())
    assert not archive.exists
    assert not Archive(path).exists
    archive.commit(None, debrief_of())
    assert same(Archive(path).debrief("p1"), debrief_of())


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("call", ["open", "write", "sync", "rename", "link", "remove", "sync_folder"])
def test_a_checkpoint_that_fails_loses_nothing_and_the_next_one_is_whole(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    old, new = debrief_of(), debrief_of(moments=(moment(2, "mended"), moment(3)))
    archive.commit(None, old)
    archive.checkpoint()
    archive.commit(old, new)
    with monkeypatch.context() as broken:
        broken.setattr(Disk, call, fails(number))
        with contextlib.suppress(ArchiveError):
            archive.checkpoint()
        assert same(archive.debrief("p1"), new)
    assert same(Archive(path).debrief("p1"), new)
    assert [row["number"] for row in kept(path, "moments")] == [2, 3]
    newest = replace(new, placements=(ballot(1),))
    archive.commit(new, newest)
    archive.close()
    assert same(Archive(path).debrief("p1"), newest)
    assert not beside(path, "journal").exists()
    assert not beside(path, "new").exists()


def test_a_folder_that_can_not_be_synced_is_said_and_nothing_is_lost(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Disk, "sync_folder", fails(errno.EIO))
        with pytest.raises(ArchiveError, match="Not saved"):
            archive.commit(None, debrief_of())
    archive.commit(None, debrief_of())
    assert same(archive.debrief("p1"), debrief_of())
    assert same(Archive(path).debrief("p1"), debrief_of())


def test_a_folder_that_can_not_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ArchiveError, match="not a directory"):
        Archive(tmp_path / "file" / "logbook.json")
    archive = Archive(tmp_path / "folder" / "logbook.json")
    (tmp_path / "folder").write_text("in the way")
    with pytest.raises(ArchiveError, match="Not saved"):
        archive.new_probe("x", NOW)
    (tmp_path / "folder").unlink()
    archive.new_probe("x", NOW)
    assert [row["title"] for row in kept(archive.path, "probes")] == ["x"]


@pytest.mark.parametrize("folder", [True, False])
def test_what_a_save_met_in_the_way_is_named(tmp_path: Path, folder: bool) -> None:
    path = tmp_path / "logbook.json"
    archive = Archive(path)
    beside(path, "lock").mkdir() if folder else beside(path, "lock").symlink_to("nowhere/lock")
    with pytest.raises(ArchiveError, match=r"Not saved \(.*\)") as raised:
        archive.new_probe("x", NOW)
    assert not isinstance(raised.value, InUse)


def test_on_a_full_disk_the_reserve_is_given_back_and_the_save_succeeds_with_a_warning(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.commit(None, debrief_of())
    assert beside(path, "reserve").stat().st_size == RESERVE
    assert archive.warning == ""
    write = Disk.write

    def full(disk: Disk, fd: int, data: bytes, at: int | None = None) -> int:
        if beside(path, "reserve").exists():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(disk, fd, data, at)

    new = debrief_of(placements=(ballot(1),))
    with monkeypatch.context() as broken:
        broken.setattr(Disk, "write", full)
        archive.commit(debrief_of(), new)
        assert "make room" in archive.warning
    assert same(Archive(path).debrief("p1"), new)
    assert not beside(path, "reserve").exists()
    archive.checkpoint()
    assert archive.warning == ""
    assert beside(path, "reserve").stat().st_size == RESERVE
    archive.close()
    assert files(path) == {path.name}


KILLED_IN = """
import os, signal, sys
from pathlib import Path
from store.archive.archive import Archive
from store.archive.disk.calls import Disk
archive = Archive(Path(sys.argv[1]))
archive.claim()
if sys.argv[3:]:
    archive.new_probe("saved before", 0.0)
    setattr(Disk, sys.argv[2], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    archive.close()
else:
    setattr(Disk, sys.argv[2], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    archive.new_probe("never saved", 0.0)
"""

SAVES_FOR_EVER = """
import sys
from pathlib import Path
from store.archive.archive import Archive
archive = Archive(Path(sys.argv[1]))
for number in range(100_000):
    probe = archive.new_probe(f"{number} " + "x" * 1000, 0.0)
    print(probe.id, flush=True)
    if number % 5 == 4:
        archive.checkpoint()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_process_killed_before_its_journal_has_its_name_leaves_the_archive_as_it_was(
    archive: Archive, path: Path
) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    before = path.read_bytes()
    command = [sys.executable, "-c", KILLED_IN, str(path), "rename"]
    done = subprocess.run(command, check=False, env=Shell(path).environment(), capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert path.read_bytes() == before
    later = Archive(path)
    later.new_probe("saved", NOW)
    later.close()
    assert [row["title"] for row in kept(path, "probes")] == ["Weekend canvass", "saved"]
    assert not beside(path, "journal.new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("call", ["link", "rename", "sync_folder"])
def test_a_process_killed_in_a_checkpoint_loses_nothing(archive: Archive, path: Path, call: str) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    command = [sys.executable, "-c", KILLED_IN, str(path), call, "in the checkpoint"]
    done = subprocess.run(command, check=False, env=Shell(path).environment(), capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    later = Archive(path)
    later.new_probe("saved", NOW)
    later.close()
    assert [row["title"] for row in kept(path, "probes")] == ["Weekend canvass", "saved before", "saved"]
    assert later.check()[1] == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("number", [1, 17])
def test_a_process_killed_at_any_moment_loses_nothing_that_it_had_said_was_saved(path: Path, number: int) -> None:
    command = [sys.executable, "-c", SAVES_FOR_EVER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=Shell(path).environment()) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(number)]
        process.send_signal(signal.SIGKILL)
        said += process.stdout.readlines()
    acknowledged = [line.decode().strip() for line in said if line.endswith(b"\n")]
    assert len(acknowledged) >= number
    names = [row["id"] for row in kept(path, "probes")]
    assert names[: len(acknowledged)] == acknowledged
    assert len(names) <= len(acknowledged) + 1
    later = Archive(path)
    assert later.check()[1] == []
    assert later.new_probe("after", NOW).id == f"p{len(names) + 1}"


# ------------------------------------------------------------------------------------------- the file and its neighbours


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_the_archive_its_folder_and_all_beside_it_are_for_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "logbook.json"
    umask = os.umask(0)
    try:
        archive = Archive(path)
        for number in range(BACKUPS + 2):
            archive.new_probe(f"{number}", NOW)
            archive.checkpoint()
        archive.new_probe("in the journal", NOW)
        archive.beat(NOW)
        archive.keep_drafts({("s1", "opening"): {"text": "half a"}})
        archive.copy_to(path.with_name("copy.json"))
        del archive
        with beside(path, "journal").open("ab") as journal:
            journal.write(b"7 torn")
        archive = Archive(path)
        archive.new_probe("more", NOW)
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
    archive.new_probe("x", NOW)
    archive._storage._lock.release()  # as when the process is killed
    journal = beside(path, "journal")
    journal.write_bytes(journal.read_bytes().rstrip(b" ") + b"2 half a line")
    said = Archive(path, salvage=True).repair()
    assert said[0] == f"The journal's last 13 bytes are no whole line; they are kept in {path.name}.torn."
    assert "1 save(s) were brought" in said[1]
    assert beside(path, "torn").read_bytes() == b"2 half a line"


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_notes_that_others_can_read_are_named_and_a_repair_leaves_them_usable(archive: Archive, path: Path) -> None:
    archive.new_probe("x", NOW)
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
    archive.new_probe("x", NOW)
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
        archive.new_probe(f"{number}", NOW)
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
        archive.new_probe(title, NOW)
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
        archive.new_probe("there", NOW)
        archive.close()
    linked = Archive(tmp_path / "link.json")
    linked.new_probe("x", NOW)
    assert {each.name for each in tmp_path.iterdir()} == {"disk", "link.json"}
    linked.close()
    assert (tmp_path / "link.json").readlink() == Path("disk") / "real.json"
    assert [row["title"] for row in kept(tmp_path / "disk" / "real.json", "probes")] == ["there"] * exists + ["x"]
    assert files(tmp_path / "disk" / "real.json") == {"real.json"}


def test_a_path_in_somebodys_home_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    archive = Archive(Path("~/logbook.json"))
    archive.new_probe("x", NOW)
    archive.close()
    assert (tmp_path / "logbook.json").exists()


def test_what_another_process_wrote_in_between_is_taken_in_and_not_overwritten(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    other = Archive(path)
    mine, theirs = debrief_of(moments=(moment(1), moment(2), moment(3))), debrief_of(placements=(ballot(1),))
    archive.commit(debrief_of(), mine)
    archive.close()
    other.commit(debrief_of(), theirs)
    other.close()
    archive.new_probe("third", NOW)
    both = debrief_of(moments=mine.moments, placements=theirs.placements)
    for opened in (archive, Archive(path)):
        assert same(opened.debrief("p1"), both)
        assert [row["title"] for row in opened.rows("probes")] == ["Weekend canvass", "third"]
    assert other.follow()
    assert not other.follow()
    assert same(other.debrief("s1"), both)


def test_two_processes_that_write_to_one_table_take_turns(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    other = Archive(path)
    for number, writer in enumerate((other, archive, archive, other, archive), 3):
        writer.save([moment(number, f"{number}"), moment(1, f"mended {number}")])
        writer.close()
    other.save([], gone=[moment(5)])
    other.close()
    archive.save([moment(8, "8")])
    texts = {row["number"]: row["text"] for row in kept(path, "moments")}
    assert texts == {1: "mended 7", 2: "a moment", 3: "3", 4: "4", 6: "6", 7: "7", 8: "8"}
    assert archive.check()[1] == []


def test_a_second_archive_reads_and_follows_and_is_told_who_writes(archive: Archive, path: Path) -> None:
    reader = Archive(path)
    archive.commit(None, debrief_of())
    assert (archive.writes, reader.writes) == (True, False)
    new = debrief_of(moments=(moment(1), moment(2), moment(3)))
    steps: tuple[Callable[[], object], ...] = (
        lambda: archive.commit(debrief_of(), new),
        archive.checkpoint,
        lambda: archive.save([ballot(1)]),
        lambda: archive.save([], gone=[ballot(1)]),
    )
    for step in steps:
        step()
        assert reader.follow()
        assert same(reader.debrief("p1"), archive.debrief("p1"))
        for save in (lambda: reader.new_probe("x", NOW), reader.claim):
            with pytest.raises(InUse, match=rf"process {os.getpid()}, since \d\d \w+, \d\d:\d\d\), and only one can"):
                save()
    assert not reader.follow()
    before = beside(path, "journal").read_bytes()
    reader.close()
    assert beside(path, "journal").read_bytes() == before, "closing a reader changes nothing"
    archive.close()
    assert reader.new_probe("x", NOW).id == "p2"
    with pytest.raises(InUse):
        archive.new_probe("y", NOW)


def test_the_saves_of_an_archive_that_was_never_closed_are_there_and_its_lock_is_no_obstacle(path: Path) -> None:
    Archive(path).commit(None, debrief_of())
    assert not path.exists()
    later = Archive(path)
    assert same(later.debrief("p1"), debrief_of())
    later.new_probe("x", NOW)
    later.close()
    assert [row["title"] for row in kept(path, "probes")] == ["Weekend canvass", "x"]
    assert files(path) == {path.name}


def test_an_archive_goes_on_after_it_was_closed(archive: Archive, path: Path) -> None:
    for number in range(3):
        archive.new_probe(f"{number}", NOW)
        archive.close()
        assert (archive.writes, files(path) >= {path.name}) == (False, True)
    assert [row["id"] for row in kept(path, "probes")] == ["p1", "p2", "p3"]


@pytest.mark.parametrize("checkpoint", [True, False])
def test_an_archive_that_is_removed_meanwhile_is_written_again_whole(
    archive: Archive, path: Path, checkpoint: bool
) -> None:
    archive.commit(None, debrief_of())
    archive.checkpoint()
    archive.save([ballot(1)])
    if checkpoint:
        archive.checkpoint()
    path.unlink()
    archive.save([ballot(2)])
    archive.close()
    assert same(Archive(path).debrief("p1"), debrief_of(placements=(ballot(1), ballot(2))))


@pytest.mark.parametrize("checkpoint", [True, False])
def test_a_folder_that_is_removed_meanwhile_is_made_again_with_all_in_it(tmp_path: Path, checkpoint: bool) -> None:
    path = tmp_path / "folder" / "logbook.json"
    archive = Archive(path)
    archive.commit(None, debrief_of())
    archive.checkpoint()
    archive.save([ballot(1)])
    if checkpoint:
        archive.checkpoint()
    shutil.rmtree(path.parent)
    assert same(archive.debrief("p1"), debrief_of(placements=(ballot(1),))), "what was read before can still be shown"
    archive.save([ballot(2)])
    wanted = debrief_of(placements=(ballot(1), ballot(2)))
    assert same(Archive(path).debrief("p1"), wanted)
    with pytest.raises(InUse):
        Archive(path).claim()
    archive.close()
    assert same(Archive(path).debrief("p1"), wanted)
    assert files(path) == {path.name}


def test_a_folder_that_is_removed_before_the_end_is_made_again_by_closing(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "logbook.json"
    archive = Archive(path)
    archive.commit(None, debrief_of())
    shutil.rmtree(path.parent)
    archive.close()
    assert same(Archive(path).debrief("p1"), debrief_of())


SPOILT = (b"", b"{}", b"not JSON", b'{"meta": {"1": {"schema": 2}}}', b'{"notes": {"1": {}}}', b"[" * 100_000)


@pytest.mark.parametrize("claims", [True, False])
@pytest.mark.parametrize("in_place", [True, False])
@pytest.mark.parametrize("bad", SPOILT, ids=lambda bad: bad[:20])
def test_an_archive_that_is_spoilt_meanwhile_is_never_overwritten(
    path: Path, bad: bytes, in_place: bool, claims: bool
) -> None:
    archive = Archive(path)
    archive.commit(None, debrief_of())
    archive.close()
    if claims:
        archive.claim()
    good = path.read_bytes()
    if not in_place:
        path.rename(path.with_name("good.json"))
    path.write_bytes(bad)
    new = debrief_of(placements=(ballot(1),))
    for _ in range(2):
        with pytest.raises(ArchiveError, match="untouched"):
            archive.commit(debrief_of(), new)
        assert path.read_bytes() == bad
    assert in_place or same(archive.debrief("p1"), debrief_of()), "what was read before can still be shown"
    path.write_bytes(good)
    archive.commit(debrief_of(), new)
    assert same(Archive(path).debrief("p1"), new)


@pytest.mark.parametrize("bad", SPOILT, ids=lambda bad: bad[:20])
def test_an_archive_that_is_spoilt_while_saves_stand_in_the_journal_is_kept_beside_it(
    archive: Archive, path: Path, bad: bytes
) -> None:
    archive.commit(None, debrief_of())
    archive.checkpoint()
    archive.save([ballot(1)])
    good = path.read_bytes()
    path.write_bytes(bad)
    archive.save([ballot(2)])
    for end in (archive.checkpoint, archive.close):
        with pytest.raises(ArchiveError, match=r"was changed by another program .* what you entered is in"):
            end()
        assert path.read_bytes() == bad
    journal = beside(path, "journal").read_bytes()
    with pytest.raises(ArchiveError, match=r"was changed by another program, or removed, .* Both were left untouched"):
        Archive(path)
    assert (path.read_bytes(), beside(path, "journal").read_bytes()) == (bad, journal)
    path.write_bytes(good)
    assert same(Archive(path).debrief("p1"), debrief_of(placements=(ballot(1), ballot(2))))


def test_a_file_that_another_program_makes_where_there_was_none_is_not_overwritten(
    archive: Archive, path: Path
) -> None:
    archive.commit(None, debrief_of())
    path.write_bytes(b"theirs")
    with pytest.raises(ArchiveError, match="was changed by another program"):
        archive.close()
    assert path.read_bytes() == b"theirs"
    path.unlink()
    assert same(Archive(path).debrief("p1"), debrief_of())


@pytest.mark.parametrize("main", [True, False])
def test_a_journal_that_belongs_to_another_archive_is_refused_and_nothing_is_touched(
    archive: Archive, path: Path, tmp_path: Path, main: bool
) -> None:
    other = Archive(tmp_path / "other.json")
    other.new_probe("theirs", NOW)
    other.checkpoint()
    other.new_probe("theirs as well", NOW)
    archive.new_probe("mine", NOW)
    archive.close()
    journal = beside(other.path, "journal").read_bytes()
    beside(path, "journal").write_bytes(journal)
    if not main:
        path.unlink()
    held = {each: each.read_bytes() for each in tmp_path.iterdir()}
    with pytest.raises(ArchiveError, match=r"was changed by another program, or removed") as raised:
        Archive(path)
    assert "\n" not in str(raised.value)
    assert {each: each.read_bytes() for each in tmp_path.iterdir()} == held


@pytest.mark.parametrize("call", ["open", "lock"])
@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_a_folder_that_can_not_be_written_is_one_sentence_and_the_archive_is_read(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    before = path.read_bytes()
    opens = Disk.open

    def read_only(disk: Disk, path: Path, flags: int) -> int:
        return fails(number)() if flags & (os.O_WRONLY | os.O_RDWR) else opens(disk, path, flags)

    monkeypatch.setattr(Disk, call, read_only if call == "open" else fails(number))
    reader = Archive(path)
    assert same(reader.debrief("p1"), debrief_of())
    for save in (reader.claim, lambda: reader.new_probe("x", NOW)):
        with pytest.raises(ArchiveError, match="Check the permissions of its folder") as raised:
            save()
        assert not isinstance(raised.value, InUse)
    reader.close()
    assert path.read_bytes() == before


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


# --------------------------------------------------------------------------------------------------------- plain TinyDB


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
    archive.new_probe("saved", NOW)
    archive.close()
    again = Archive(path)
    assert {name: as_json(again.debrief(name)) for name in wanted} == wanted
    assert [row["title"] for row in again.rows("probes")][-2:] == ["x", "saved"]
    assert kept(path, 'my own "notes"') == [{"text": "from a script"}]
    assert again.check()[1] == ['The table “my own "notes"” is not one of Redraw\'s.']


# ---------------------------------------------------------------------------------------------------------- every text


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:16]))
def test_every_text_comes_back_to_the_code_point(archive: Archive, path: Path, text: str) -> None:
    taken = take_in(archive, rooms.read_room(room(text), AT))
    found = Archive(path).debrief(taken.probe.id)
    assert same(found, taken)
    assert found.probe.title == text
    assert found.session.feelings == {text: 2, f"2{text}": 1}
    assert found.amendments[0].reservations == (text, text)
    assert archive.check()[1] == []


@settings(max_examples=30)
@given(ANY)
def test_any_text_at_all_comes_back_to_the_code_point(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "logbook.json"
        taken = take_in(Archive(path), rooms.read_room(room(text), AT))
        assert same(Archive(path).debrief("s1"), taken)


# --------------------------------------------------------------------------------------------------------- bad archives


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_archive_is_refused_in_a_sentence_and_left_alone(path: Path, name: str) -> None:
    data, why = BAD_FILES[name]
    path.write_bytes(data)
    with pytest.raises(ArchiveError) as raised:
        Archive(path)
    assert why in str(raised.value)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)
    assert path.read_bytes() == data


def test_an_archive_cut_off_anywhere_is_refused_and_left_alone(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    data = path.read_bytes()
    for length in range(0, len(data) - 1, 7):
        path.write_bytes(data[:length])
        with pytest.raises(ArchiveError, match="untouched"):
            Archive(path)


def test_a_folder_a_device_a_loop_and_an_impossible_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is a folder: name a file in it"):
        Archive(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    for path in (tmp_path / "loop", tmp_path / ("x" * 300), tmp_path / "a\0b"):
        with pytest.raises(ArchiveError, match="--archive"):
            Archive(path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(ArchiveError, match="is not a file"):
            Archive(tmp_path / "pipe")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_a_file_that_can_not_be_read_is_refused(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    with monkeypatch.context() as broken:
        broken.setattr(Source, "of", fails(number))
        with pytest.raises(ArchiveError, match=f"can't be read \\({os.strerror(number).lower()}\\)"):
            Archive(path)
    other = Archive(path)
    other.new_probe("x", NOW)
    other.close()
    with monkeypatch.context() as broken:
        broken.setattr(Source, "of", fails(number))
        with pytest.raises(ArchiveError, match=os.strerror(number).lower()):
            archive.commit(debrief_of(), debrief_of(moments=()))
    archive.commit(debrief_of(), debrief_of(moments=()))
    assert same(Archive(path).debrief("p1"), debrief_of(moments=()))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
def test_permissions_are_taken_at_their_word(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    path.chmod(0)
    with pytest.raises(ArchiveError, match="can't be read"):
        Archive(path)
    path.chmod(0o600)
    beside(path, "lock").unlink()
    path.parent.chmod(0o500)
    try:
        with pytest.raises(ArchiveError, match="permissions of its folder"):
            archive.new_probe("x", NOW)
    finally:
        path.parent.chmod(0o700)


def test_a_damaged_table_is_said_by_name_copied_as_it_is_and_never_written_over(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    damaged = path.read_bytes().replace(b'"a moment"', b'"a mo"ment')
    path.write_bytes(damaged)
    opened = Archive(path)
    assert [row["title"] for row in opened.rows("probes")] == ["Weekend canvass"]
    for read in (
        lambda: opened.debrief("p1"),
        lambda: list(opened.rows("moments")),
        lambda: opened.save([moment(5)]),
        lambda: opened.save([ballot(1), moment(5)]),
    ):
        with pytest.raises(ArchiveError, match=r"The table “moments” in .* is damaged"):
            read()
        assert path.read_bytes() == damaged
    opened.new_probe("x", NOW)
    opened.close()
    assert path.read_bytes().count(b'"a mo"ment') == 2
    (sentence,) = opened.check()[1]
    assert sentence.startswith("moments, after 0 records: ")


# ------------------------------------------------------------------------------------------------------------ the check


def full(archive: Archive) -> Debrief:
    """A whole debrief, in the archive's file."""
    taken = take_in(archive, rooms.read_room(room("x"), AT))
    archive.close()
    return taken


def test_a_check_counts_every_record(archive: Archive) -> None:
    full(archive)
    counts, wrong = archive.check()
    assert wrong == []
    assert counts == {
        "probes": 1,
        "sessions": 1,
        "participants": 2,
        "moments": 2,
        "patterns": 1,
        "placements": 4,
        "amendments": 1,
        "dissent": 1,
        "proposals": 1,
        "observations": 1,
        "guidelines": 1,
        "non_negotiables": 1,
    }


@pytest.mark.parametrize("name", DAMAGE)
def test_a_check_names_the_record_and_what_is_wrong_with_it(archive: Archive, path: Path, name: str) -> None:
    full(archive)
    change, wanted = DAMAGE[name]
    spoil(path, change)
    spoilt = path.read_bytes()
    _, wrong = Archive(path).check()
    assert any(sentence.startswith(wanted) for sentence in wrong), wrong
    assert path.read_bytes() == spoilt


@pytest.mark.parametrize("name", NOWHERE)
def test_a_check_names_what_rests_on_a_number_under_which_nothing_stands(
    archive: Archive, path: Path, name: str
) -> None:
    full(archive)
    change, sentence = NOWHERE[name]
    spoil(path, change)
    assert Archive(path).check()[1] == [sentence]


def test_a_check_misses_nothing_that_was_left_out_on_purpose_nor_what_stands_in_another_groups_book(
    archive: Archive, path: Path
) -> None:
    full(archive)

    def spoilt(tables: dict[str, dict[str, Any]]) -> None:
        tables["moments"].clear()
        tables["probes"]["1"]["origin"] = "Others"
        tables["amendments"]["1"]["guideline"] = 99
        seen = [{"session": "s1", "pattern": 1}, {"session": "s77", "pattern": 1}]
        tables["recurring_patterns"] = {"1": {"number": 1, "text": "x", "seen": seen}}

    spoil(path, spoilt)
    assert Archive(path).check()[1] == []


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in DAMAGE
        if not name.startswith(("a missing s", "a missing p", "a session", "a record", "an unknown t"))
    ],
)
def test_whatever_reads_a_damaged_record_says_one_sentence(archive: Archive, path: Path, name: str) -> None:
    full(archive)
    spoil(path, DAMAGE[name][0])
    opened = Archive(path)
    with pytest.raises(ArchiveError) as raised:
        opened.debrief("p1")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (b'"number": 2,', b'"number": 3, "number": 2,', "moments, after 1 records: a name stands twice"),
        (
            b'"2": {"session"',
            b'"1": {"session"',
            "moments, after 1 records: document 1 stands in the wrong place or twice",
        ),
        (b'"2": {"session"', b'"x": {"session"', "moments, after 1 records: a line that is no document"),
        (b'"number": 2,', b'"number": NaN,', "moments, after 1 records: NaN is not JSON"),
        (b'"number": 2,', b'"number": 1e999,', "moments 2: number: "),
    ],
    ids=str,
)
def test_damage_in_a_line_is_named_by_a_check_and_no_save_is_lost_for_it(
    archive: Archive, path: Path, old: bytes, new: bytes, wanted: str
) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    good = path.read_bytes()
    path.write_bytes(good.replace(old, new))
    opened = Archive(path)
    assert any(sentence.startswith(wanted) for sentence in opened.check()[1]), opened.check()
    saved = [probe(number, opened) for number in (2, 3)]
    with contextlib.suppress(ArchiveError):
        opened.save([moment(1, "mended")])
    with contextlib.suppress(ArchiveError):
        opened.save([moment(7)])
    with contextlib.suppress(ArchiveError):
        opened.close()
    assert [row["id"] for row in Archive(path).rows("probes")] == ["p1", *saved]


def probe(number: int, archive: Archive) -> str:
    return archive.new_probe(f"{number}", NOW).id


def test_a_damaged_guideline_stops_an_import_with_a_sentence(archive: Archive, path: Path) -> None:
    full(archive)
    spoil(path, lambda tables: tables["guidelines"]["1"].update(number="one"))
    spoilt = path.read_bytes()
    with pytest.raises(ArchiveError, match="redraw check"):
        full(Archive(path))
    assert path.read_bytes() == spoilt


def test_guidelines_come_in_the_order_of_their_numbers(archive: Archive) -> None:
    book: tuple[Any, ...] = ()
    for n in range(12):
        book, _ = decisions.with_principle(book, f"Principle {n}", None, AT, "s1")
    archive.save(reversed(book))
    assert archive.guidelines() == book


def test_a_pattern_keeps_the_moments_that_it_rests_on(archive: Archive, path: Path) -> None:
    pattern = Pattern(
        session="s1", number=1, at=AT, group=1, felt=Felt.COMPROMISED, text="p", moments=(2, 1), paper_maps=3
    )
    archive.commit(None, debrief_of(patterns=(pattern,)))
    assert Archive(path).debrief("p1").patterns == (pattern,)


# ------------------------------------------------------------------------------------------------- the open dissent session


def test_an_open_dissent_session_is_saved_with_the_first_change_in_it(archive: Archive) -> None:
    before, found = in_hand(archive, None, NOW)
    assert archive.rows("probes") == archive.rows("sessions") == []
    found = archive.with_id(entries.position_rule("autonomy")(found, "ours", NOW))
    assert {each.probe for each in found.dissent} == {found.session.probe} == {found.probe.id}
    archive.commit(before, found)
    again, resumed = in_hand(archive, found.probe.id, NOW + 60)
    assert again == resumed == archive.debrief(found.session.id)
    assert replace(resumed, past=found.past) == found
    assert archive.debrief(found.probe.id).dissent_session == found.session
    assert archive.check()[1] == []


def test_no_open_dissent_session_is_opened_after_the_debrief_has_begun(archive: Archive) -> None:
    probe = archive.new_probe("x", NOW)
    archive.open_session(probe.id, NOW)
    with pytest.raises(Refused, match="has begun"):
        in_hand(archive, probe.id, NOW)
    with pytest.raises(NotFound):
        in_hand(archive, "p77", NOW)
