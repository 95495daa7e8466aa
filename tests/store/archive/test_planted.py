"""Whatever somebody plants beside an archive: nothing of theirs is followed, waited for or written over, and nothing of ours is."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from store.archive.archive import Archive, ArchiveError
from store.archive.disk.calls import Disk
from store.archive.following import BESIDE
from store.model import Probe
from store.notes.spool import LARGEST, Note, Spool
from tests.conftest import Shell, beside
from tests.helpers.builders import AT, NOW

pytestmark = pytest.mark.skipif(os.name != "posix", reason="plants what only POSIX systems have")

VICTIM = b"what somebody else has written\n"


def _link(path: Path, victim: Path) -> None:
    path.symlink_to(victim)


def _dangling(path: Path, victim: Path) -> None:
    path.symlink_to(victim.with_name("nowhere"))


def _hard_link(path: Path, victim: Path) -> None:
    path.hardlink_to(victim)


def _pipe(path: Path, victim: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path, victim: Path) -> None:
    there = os.open(path.parent, os.O_RDONLY)  # the name of a socket may not be long
    before = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)
        os.close(there)


def _device(path: Path, victim: Path) -> None:
    path.symlink_to("/dev/zero")


def _folder(path: Path, victim: Path) -> None:
    path.mkdir()


def _linked_folder(path: Path, victim: Path) -> None:
    elsewhere = victim.with_name("elsewhere")
    elsewhere.mkdir()
    path.symlink_to(elsewhere)


FIRST = ("journal", "lock", "alive", "notes")
"""The names that aren't left to the sweeps."""

PLANTED = (_link, _dangling, _hard_link, _pipe, _socket, _device, _folder, _linked_folder)

COMMANDS = (
    ("list",),
    ("note", "the gate"),
    ("check",),
    ("check", "--repair"),
    ("backup", "../copy.json"),
    ("export", "--format", "json", "--output", "../out.json"),
)


@contextmanager
def at_once(seconds: int = 20) -> Iterator[None]:
    """Fail what waits for ever."""

    def late(*_: object) -> None:
        raise AssertionError("it waits for somebody else")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def everything(folder: Path) -> dict[str, bytes | None]:
    """All names below a folder with what is in them."""
    return {
        str(each.relative_to(folder)): each.read_bytes() if each.is_file() and not each.is_symlink() else None
        for each in folder.rglob("*")
    }


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
@pytest.mark.parametrize(
    "what",
    [each if each in FIRST else pytest.param(each, marks=pytest.mark.sweep) for each in BESIDE],
)
def test_what_is_planted_beside_an_archive_is_not_followed_or_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, plant: Callable[[Path, Path], None]
) -> None:
    theirs, folder = tmp_path / "theirs", tmp_path / "ours"
    theirs.mkdir()
    folder.mkdir()
    monkeypatch.chdir(folder)
    victim = theirs / "victim"
    victim.write_bytes(VICTIM)
    path = folder / "logbook.json"
    archive = Archive(path)
    archive.save([Probe(id="p1", created=AT, title="Weekend canvass")])
    archive.close()
    with suppress(FileNotFoundError):
        beside(path, what).unlink()
    plant(beside(path, what), victim)
    before = everything(theirs)
    redraw = Shell(path)
    for command in COMMANDS:
        with at_once():
            done = redraw(*command)
        assert done.code in (0, 1), done
        assert "Traceback" not in done.err
    with at_once(), suppress(ArchiveError):
        later = Archive(path)
        later.save([Probe(id="p2", created=AT, title="Later")])
        later.beat(NOW)
        with suppress(ArchiveError):
            later.keep_drafts({("s1", "opening"): {"text": "half a"}})
        assert later.drafts() in ({}, {("s1", "opening"): {"text": "half a"}})
        later.close()
    assert everything(theirs) == before


IN_THE_SPOOL = ("", "new", "tmp", "new/00000000000000000001.1.x.json", "tmp/00000000000000000001.1.x.json")
"""Where in the spool a link can stand; the spool itself first."""


@pytest.mark.parametrize("where", IN_THE_SPOOL)
def test_no_note_is_taken_out_of_what_a_link_in_the_spool_leads_to_or_dropped_there(tmp_path: Path, where: str) -> None:
    theirs, folder = tmp_path / "theirs", tmp_path / "ours"
    theirs.mkdir()
    folder.mkdir()
    path = folder / "logbook.json"
    archive = Archive(path)
    archive.save([Probe(id="p1", created=AT, title="Weekend canvass")])
    archive.close()
    elsewhere = Spool(theirs / path.name)
    elsewhere.drop(Note("p1", AT, AT, None, "friction", VICTIM.decode()))
    (dropped,) = (elsewhere.folder / "new").iterdir()
    (elsewhere.folder / "tmp" / dropped.name).write_bytes(VICTIM)
    os.utime(elsewhere.folder / "tmp" / dropped.name, (1, 1))  # left over from a crash, as it seems
    planted, led = Spool(path).folder / where, elsewhere.folder / where
    planted.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    planted.symlink_to(dropped if where.startswith("new/") else led)
    before = everything(theirs)
    redraw = Shell(path)
    for command in (*COMMANDS, ("show", "p1")):
        with at_once():
            done = redraw(*command)
        assert VICTIM.decode().strip() not in done.out + done.err, command
        assert "left over" not in done.out or where.startswith("tmp/"), command
    assert everything(theirs) == before
    assert not any(row["text"] == VICTIM.decode() for row in Archive(path).rows("observations"))


def test_a_sign_of_life_sets_no_time_of_what_a_link_leads_to(
    tmp_path: Path, archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even of one that is planted at the worst moment: once the file was looked at, and before its time is set."""
    victim = tmp_path / "victim"
    victim.write_bytes(VICTIM)
    os.utime(victim, (1, 1))
    look = Disk.open

    def planted(disk: Disk, place: Path, flags: int) -> int:
        fd = look(disk, place, flags)
        if place == beside(path, "alive"):
            place.unlink()
            place.symlink_to(victim)
        return fd

    monkeypatch.setattr(Disk, "open", planted)
    archive.beat(NOW)
    assert victim.stat().st_mtime == 1


@pytest.mark.parametrize("plant", [_pipe, _device], ids=lambda plant: plant.__name__)
def test_an_archive_that_is_no_file_is_one_sentence(
    tmp_path: Path, plant: Callable[[Path, Path], None], redraw: Shell, path: Path
) -> None:
    plant(path, tmp_path / "victim")
    for command in COMMANDS:
        with at_once():
            assert "is not a file" in redraw(*command).sentence


def test_a_pipe_is_not_imported(tmp_path: Path, redraw: Shell) -> None:
    os.mkfifo(tmp_path / "pipe")
    with at_once():
        assert "“redraw import -”" in redraw("import", str(tmp_path / "pipe")).sentence


def test_a_note_larger_than_any_is_left_unread_and_said(redraw: Shell, path: Path) -> None:
    archive = Archive(path)
    archive.save([Probe(id="p1", created=AT, title="Weekend canvass")])
    archive.close()
    new = Spool(path).folder / "new"
    new.mkdir(parents=True, mode=0o700)
    with (new / "00000000000000000001.1.x.json").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert "is larger than any note" in redraw("check").out


WRITERS = {
    "backup": ("backup",),
    "md": ("export", "--format", "md", "--output"),
    "json": ("export", "--format", "json", "--output"),
    "csv": ("export", "--format", "csv", "--output"),
}


@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize("writer", WRITERS)
def test_nothing_of_ours_is_written_over_by_any_name(
    redraw: Shell, archive: Archive, path: Path, tmp_path: Path, writer: str, force: bool
) -> None:
    archive.save([Probe(id="p1", created=AT, title="Weekend canvass")])
    archive.checkpoint()
    archive.save([Probe(id="p2", created=AT, title="Later")])
    archive.beat(NOW)
    folder = tmp_path / "linked"
    folder.symlink_to(path.parent)
    beside(path, "lock").with_name("hard").hardlink_to(beside(path, "lock"))
    names = [path.name, *(f"{path.name}.{what}" for what in BESIDE), "hard", f"{path.name}.notes/new"]
    places = [path.parent / name for name in names] + [folder / name for name in names]
    places += [path.parent / path.name.upper(), path.parent / f"{path.name}.JOURNAL"]
    before = everything(path.parent)
    for place in places:
        place.parent.mkdir(exist_ok=True)
        done = redraw(*WRITERS[writer], str(place), *(("--force",) if force else ()))
        assert done.code == 1, (place, done)
        now = everything(path.parent)
        now.pop(f"{path.name}.notes", None)
        assert now == before, place
    archive.close()
    assert [row["id"] for row in Archive(path).rows("probes")] == ["p1", "p2"]


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
@pytest.mark.parametrize("writer", WRITERS)
def test_nothing_is_written_into_what_is_no_file(
    redraw: Shell, archive: Archive, tmp_path: Path, writer: str, plant: Callable[[Path, Path], None]
) -> None:
    archive.save([Probe(id="p1", created=AT, title="Weekend canvass")])
    archive.close()
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "victim").write_bytes(VICTIM)
    plant(tmp_path / "out", theirs / "victim")
    with at_once():
        done = redraw(*WRITERS[writer], str(tmp_path / "out"), "--force")
    into_folder = plant in (_folder, _linked_folder)
    assert done.code == (0 if into_folder or (plant is _hard_link and writer != "csv") else 1), done
    assert (theirs / "victim").read_bytes() == VICTIM
    assert not (theirs / "nowhere").exists()
    assert not list(tmp_path.rglob(".redraw-*"))
