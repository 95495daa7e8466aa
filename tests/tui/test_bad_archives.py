"""What every command says of an archive that is damaged, held by another or out of reach."""

import errno
import os
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.archive.disk.calls import Disk
from store.archive.disk.source import Source
from store.model import Probe
from tests.conftest import Shell, beside, fails, files, saves
from tests.helpers.command_line import room_bytes
from tests.helpers.damage import BAD_FILES, DAMAGE, spoil

AT = "2026-11-07T19:00:00"


EVERY: tuple[list[str], ...] = (
    ["list"],
    ["list", "--json"],
    ["show", "p1"],
    ["show", "s1", "--json"],
    ["matrix", "p1"],
    ["matrix", "p1", "--json"],
    ["import", "-"],
    ["check"],
    ["backup", "no such folder/copy.json"],
    ["demo"],
)


@pytest.mark.parametrize("name", BAD_FILES)
def test_every_command_refuses_a_file_that_is_no_archive_and_leaves_it_alone(
    redraw: Shell, path: Path, name: str
) -> None:
    data, why = BAD_FILES[name]
    path.write_bytes(data)
    path.chmod(0o640)
    before = path.stat()
    for arguments in EVERY:
        done = redraw(*arguments, stdin=room_bytes())
        assert why in done.sentence, arguments
        assert done.out == ""
    assert path.read_bytes() == data
    assert (path.stat().st_ino, path.stat().st_mtime_ns, path.stat().st_mode) == (
        before.st_ino,
        before.st_mtime_ns,
        before.st_mode,
    )
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("arguments", EVERY, ids=str)
def test_every_command_refuses_a_folder(redraw: Shell, path: Path, arguments: list[str]) -> None:
    path.mkdir()
    assert "is a folder: name a file in it" in redraw(*arguments, stdin=room_bytes()).sentence
    assert list(path.iterdir()) == []


@pytest.mark.parametrize("arguments", EVERY, ids=str)
def test_every_command_says_that_an_archive_can_not_be_read(
    redraw: Shell, filled: Archive, path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setattr(Source, "of", fails(errno.EACCES))
    assert redraw(*arguments, stdin=room_bytes()).sentence == (
        f"{path} can't be read (permission denied): check its permissions or name another file with --archive."
    )


def test_a_full_disk_is_said_and_leaves_the_archive_alone(
    redraw: Shell, filled: Archive, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    monkeypatch.setattr(Disk, "write", fails(errno.ENOSPC))
    assert redraw("import", "-", stdin=room_bytes()).sentence == (
        f"Not saved (no space left on device): what {path} held before is still there. Make room and try again."
    )
    assert path.read_bytes() == before
    assert files(path) == {path.name}


def test_what_another_program_has_open_is_read_and_not_written(redraw: Shell, archive: Archive, path: Path) -> None:
    archive.save([Probe(id="p1", created=AT, title="Weekend canvass")])
    assert "Weekend canvass" in redraw("list").out
    assert redraw("check").code == 0
    sentence = redraw("import", "-", stdin=room_bytes()).sentence
    assert sentence.startswith(f"{path} is open in another Redraw (")
    assert f"process {os.getpid()}, since " in sentence
    assert (saves(path), files(path)) == (1, {beside(path, each).name for each in ("journal", "reserve")})
    archive.close()
    assert redraw("import", "-", stdin=room_bytes()).out.startswith("Took in p2 x: ")


def test_a_backup_is_whole_while_a_session_runs_and_replaces_nothing_unasked(
    redraw: Shell, archive: Archive, path: Path, tmp_path: Path
) -> None:
    archive.save([Probe(id="p1", created=AT, title="Weekend canvass")])
    (tmp_path / "folder").mkdir()
    for target in (tmp_path / "copy.json", tmp_path / "folder"):
        assert redraw("backup", str(target)).code == 0
        assert "is there already" in redraw("backup", str(target)).sentence
    archive.save([Probe(id="p2", created=AT, title="Later")])
    assert redraw("backup", "--force", str(tmp_path / "copy.json")).code == 0
    assert "Later" in Shell(tmp_path / "copy.json")("list").out
    assert "Later" not in Shell(tmp_path / "folder" / path.name)("list").out
    assert redraw("backup", str(tmp_path / "no" / "copy.json")).sentence


@pytest.mark.parametrize("closed", [True, False])
def test_a_backup_is_never_written_over_the_archive_itself(
    redraw: Shell, archive: Archive, path: Path, tmp_path: Path, closed: bool
) -> None:
    archive.save([Probe(id="p1", created=AT, title="Weekend canvass")])
    if closed:
        archive.close()
    (tmp_path / "link.json").symlink_to(path)
    for target in (path, tmp_path / "link.json", tmp_path):
        assert redraw("backup", "--force", str(target)).sentence
    assert path.exists() == closed
    assert "Weekend canvass" in redraw("list").out


def test_a_repair_takes_over_what_can_be_read_and_says_what_it_did(redraw: Shell, path: Path) -> None:
    archive = Archive(path)
    for number in range(1, 6):
        archive.save([Probe(id=f"p{number}", created=AT, title=f"Probe {number}")])
    del archive
    journal = beside(path, "journal")
    damaged = journal.read_bytes().replace(b"Probe 2", b"Probe 7")
    journal.write_bytes(damaged)
    assert "redraw check --repair" in redraw("check").sentence
    done = redraw("check", "--repair")
    assert (done.code, done.err) == (0, ""), done
    assert "4 probes" in done.out
    assert beside(path, "torn").read_bytes() == damaged.rstrip(b" ")
    assert not journal.exists()
    assert "Probe 5" in redraw("list").out
    assert redraw("check", "--repair").code == 0


def test_every_command_says_that_the_journal_is_damaged_and_leaves_it_alone(redraw: Shell, path: Path) -> None:
    archive = Archive(path)
    for number in range(1, 5):
        archive.save([Probe(id=f"p{number}", created=AT, title=f"Probe {number}")])
    del archive
    journal = beside(path, "journal")
    damaged = journal.read_bytes().replace(b"Probe 2", b"Probe 7")
    journal.write_bytes(damaged)
    for arguments in EVERY:
        sentence = redraw(*arguments, stdin=room_bytes()).sentence
        assert sentence.startswith(f"{journal.name}, which holds the latest saves of {path}, is damaged (line 3 ")
        assert "redraw check --repair" in sentence
    assert journal.read_bytes() == damaged
    assert files(path) == {journal.name, beside(path, "reserve").name}


def test_a_damaged_record_is_left_out_of_what_is_shown_and_it_is_said(
    redraw: Shell, filled: Archive, path: Path
) -> None:
    damaged = path.read_bytes().replace(b'"felt": "strengthened"', b'"felt": strengthened')
    path.write_bytes(damaged)
    assert redraw("list").code == 0
    for arguments in (["show", "p1"], ["show", "p1", "--json"], ["matrix", "s1"]):
        done = redraw(*arguments)
        assert done.code == 0
        assert done.err.startswith("redraw: 2 damaged records are left out: “redraw check” says which")
    done = redraw("check")
    assert "moments, after 0 records: " in done.out
    assert done.sentence == "1 thing is wrong in the archive."
    assert path.read_bytes() == damaged
    assert redraw("import", "-", stdin=room_bytes("Another")).code == 0
    assert "Another" in redraw("show", "p2").out
    kept = {line.rstrip(b",") for line in path.read_bytes().splitlines()}
    assert {line.rstrip(b",") for line in damaged.splitlines() if b"strengthened" in line} <= kept
    assert redraw("check").sentence == "1 thing is wrong in the archive."


@pytest.mark.parametrize("name", DAMAGE)
def test_a_check_is_1_and_names_what_is_wrong(redraw: Shell, filled: Archive, path: Path, name: str) -> None:
    change, wanted = DAMAGE[name]
    spoil(path, change)
    before = path.read_bytes()
    done = redraw("check")
    assert "wrong in the archive." in done.sentence
    assert any(line.startswith(wanted) for line in done.out.splitlines()), done.out
    for arguments in EVERY:
        done = redraw(*arguments, stdin=room_bytes()) if arguments[0] != "import" else redraw("list")
        assert done.code in (0, 1)
        if done.code:
            assert done.sentence
    assert path.read_bytes() == before


def test_a_check_of_a_good_archive_counts_and_is_0(redraw: Shell, filled: Archive, path: Path) -> None:
    done = redraw("check")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{path}: ")
    assert all(words in done.out for words in ("1 probes", "1 sessions", "2 moments", "6 placements"))
