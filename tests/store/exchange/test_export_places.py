"""Where an export goes: whole or not at all, and never over something that is there."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.archive.disk.calls import Disk
from store.archive.outside import Fill, put_file, put_folder
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.refused import Refused
from tests.conftest import Shell, fails
from tests.helpers.exports import AT
from tests.helpers.texts import room


@pytest.fixture
def filled(archive: Archive) -> Archive:
    take_in(archive, read_room(room("x"), AT))
    archive.close()
    return archive


@pytest.mark.parametrize("form", ["md", "json"])
def test_a_file_is_never_written_over_without_force(redraw: Shell, filled: Archive, tmp_path: Path, form: str) -> None:
    place = tmp_path / f"out.{form}"
    place.write_text("mine")
    done = redraw("export", "--format", form, "--output", str(place))
    assert done.sentence == f"{place} is there already: name another file, or write over it with --force."
    assert place.read_text() == "mine"
    assert redraw("export", "--format", form, "--output", str(place), "--force").code == 0
    assert place.read_text() != "mine"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_a_full_folder_is_not_written_into_without_force(redraw: Shell, filled: Archive, tmp_path: Path) -> None:
    place = tmp_path / "tables"
    place.mkdir()
    assert redraw("export", "--format", "csv", "--output", str(place)).code == 0, "it is empty"
    (place / "mine.txt").write_text("mine")
    (place / "probes.csv").write_text("old")
    assert "--force" in redraw("export", "--format", "csv", "--output", str(place)).sentence
    assert (place / "probes.csv").read_text() == "old"
    assert redraw("export", "--format", "csv", "--output", str(place), "--force").code == 0
    assert (place / "probes.csv").read_text() != "old"
    assert (place / "mine.txt").read_text() == "mine"
    assert redraw("export", "--format", "csv", "--output", str(place / "mine.txt")).sentence.endswith(
        "is a file: name a folder for the tables."
    )


@pytest.mark.parametrize("form", ["md", "csv", "json"])
def test_a_missing_folder_is_said_in_one_sentence(redraw: Shell, filled: Archive, tmp_path: Path, form: str) -> None:
    place = tmp_path / "nowhere" / "out"
    assert redraw("export", "--format", form, "-o", str(place)).sentence == (
        f"There is no folder {place.parent}: make it, or name another place."
    )


@pytest.mark.parametrize(("names", "wanted"), [((), "probes"), (("p1",), "p1"), (("guidelines",), "guidelines")])
def test_in_a_folder_a_file_gets_a_name_that_says_what_it_is(
    redraw: Shell, filled: Archive, tmp_path: Path, names: tuple[str, ...], wanted: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert redraw("export", *names, "--format", "md", "-o", str(folder)).code == 0
    wanted = "p1" if not names else wanted  # the only probe there is
    assert [file.name for file in folder.iterdir()] == [f"{wanted}.md"]


def test_the_archive_is_never_written_over(redraw: Shell, filled: Archive, path: Path) -> None:
    before = path.read_bytes()
    for place in (path, Path(f"{path}.lock")):
        assert redraw("export", "--format", "json", "-o", str(place), "--force").sentence.endswith(
            "belongs to the archive itself: name another file."
        )
    assert path.read_bytes() == before


def test_a_dash_is_standard_output(
    redraw: Shell, filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for form in ("md", "json"):
        done = redraw("export", "--format", form, "--output", "-")
        redraw("export", "--format", form, "--output", f"out.{form}")
        assert (done.code, done.err) == (0, "")
        lines = (done.out, (tmp_path / f"out.{form}").read_text("utf-8"))
        assert sorted(lines[0]) == sorted(lines[1]), "but for the order of people, which is made anew"
    assert redraw("export", "--format", "csv", "-o", "-").sentence == (
        "Tables are several files, which can't go to standard output: name a folder for them."
    )
    assert "not a file" in redraw("export", "--format", "md", "-o", os.devnull, "--force").sentence
    assert not (tmp_path / "-").exists()


def test_an_id_that_is_not_there_is_said(redraw: Shell, filled: Archive, tmp_path: Path) -> None:
    done = redraw("export", "p1", "p9", "--format", "md", "-o", str(tmp_path / "x.md"))
    assert "no probe and no session 'p9'" in done.sentence
    assert not (tmp_path / "x.md").exists()
    assert redraw("export", "--format", "pdf", "-o", "x").code == 2
    assert redraw("export", "--format", "md").code == 2


Put = Callable[[Path, Disk], None]


def _large(put: Callable[[bytes], object]) -> None:
    put(b"x" * 600_000)


def _file(path: Path, disk: Disk) -> None:
    put_file(path.with_name("logbook.json"), path, _large, force=True, disk=disk)


def _folder(path: Path, disk: Disk) -> None:
    files: dict[str, Fill] = {f"{n}.csv": _large for n in range(3)}
    put_folder(path.with_name("logbook.json"), path, files, force=True, disk=disk)


@pytest.mark.parametrize("put", [_file, _folder])
@pytest.mark.parametrize("call", ["open", "write", "sync", "rename"])
@pytest.mark.parametrize("there", [False, True])
def test_a_disk_that_fails_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put: Put, call: str, there: bool
) -> None:
    place = tmp_path / "out"
    if there:
        put(place, Disk())
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    disk = Disk()
    monkeypatch.setattr(disk, call, fails(errno.ENOSPC))
    with pytest.raises(Refused, match=r"Not written \(no space left on device\).*Make room and try again"):
        put(place, disk)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before
    assert place.exists() == there


def test_a_disk_that_fills_up_in_the_middle_leaves_no_half_file(tmp_path: Path) -> None:
    class Filling(Disk):
        room = 700_000

        def write(self, fd: int, data: bytes, at: int | None = None) -> int:
            if self.room <= 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            taken = super().write(fd, data[: self.room], at)
            self.room -= taken
            return taken

    with pytest.raises(Refused, match="Make room"):
        _folder(tmp_path / "out", Filling())
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_record_is_left_out_and_it_is_said(redraw: Shell, filled: Archive, path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"felt": "strengthened"', b'"felt" "strengthened"', 1))
    for form in ("md", "json", "csv"):
        place = path.parent / f"out.{form}"
        done = redraw("export", "--format", form, "-o", str(place), "--with-raw-notes")
        assert done.code == 0
        assert "damaged records are left out" in done.err
        assert place.exists()
