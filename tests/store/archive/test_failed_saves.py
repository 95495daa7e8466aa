"""Saves that go wrong: what was saved before stays, and nothing that was saved is ever lost."""

import contextlib
import errno
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from store.archive.archive import Archive, ArchiveError, InUse
from store.archive.disk.calls import Disk
from store.archive.reserve import RESERVE
from tests.conftest import Shell, beside, fails, files, saves
from tests.helpers.small_archives import NOW, ballot, debrief_of, kept, moment, new_probe, same


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
        new_probe(archive, "x", NOW)
    (tmp_path / "folder").unlink()
    new_probe(archive, "x", NOW)
    assert [row["title"] for row in kept(archive.path, "probes")] == ["x"]


@pytest.mark.parametrize("folder", [True, False])
def test_what_a_save_met_in_the_way_is_named(tmp_path: Path, folder: bool) -> None:
    path = tmp_path / "logbook.json"
    archive = Archive(path)
    beside(path, "lock").mkdir() if folder else beside(path, "lock").symlink_to("nowhere/lock")
    with pytest.raises(ArchiveError, match=r"Not saved \(.*\)|lock is a link, a pipe or something else") as raised:
        new_probe(archive, "x", NOW)
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
from tests.helpers.small_archives import new_probe
from store.archive.disk.calls import Disk
archive = Archive(Path(sys.argv[1]))
archive.claim()
if sys.argv[3:]:
    new_probe(archive, "saved before", 0.0)
    setattr(Disk, sys.argv[2], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    archive.close()
else:
    setattr(Disk, sys.argv[2], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    new_probe(archive, "never saved", 0.0)
"""


SAVES_FOR_EVER = """
import sys
from pathlib import Path
from store.archive.archive import Archive
from tests.helpers.small_archives import new_probe
archive = Archive(Path(sys.argv[1]))
for number in range(100_000):
    probe = new_probe(archive, f"{number} " + "x" * 1000, 0.0)
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
    new_probe(later, "saved", NOW)
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
    new_probe(later, "saved", NOW)
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
    assert new_probe(later, "after", NOW).id == f"p{len(names) + 1}"
