"""The archive fails, moves or is replaced under a live session: that is said, both are kept, and a copy brings everything home."""

import errno
import os
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from store.archive.disk.calls import Disk
from store.entries import participant_rule
from store.exchange.incoming.importing import import_file
from store.exchange.outgoing.session_copy import save_copy
from store.live.live import RETRY
from tests.conftest import beside, fails
from tests.helpers.rooms import NOW, ROOM, empty_of_entries, room, taken_in
from tests.store.live.test_live import FrontEnd

EARLIER, LATER = "Jorunn, Nightwatch", "Kettil, Nightwatch\nLiv, Nightwatch"
NAMES = ("Jorunn", "Kettil", "Liv")


def full(path: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Disk, "write", fails(errno.ENOSPC))


def renamed(path: Path, patch: pytest.MonkeyPatch) -> None:
    path.parent.rename(path.parent.with_name("renamed"))


def removed(path: Path, patch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(path.parent)


def replaced(path: Path, patch: pytest.MonkeyPatch) -> None:
    other = path.parent.with_name("other") / path.name
    other.parent.mkdir()
    taken_in(other, room(title="Quite another"))
    os.replace(other, path)


@pytest.mark.parametrize("settled", [True, False], ids=["with saves in the journal", "with none"])
@pytest.mark.parametrize("fault", [full, renamed, removed, replaced], ids=lambda fault: fault.__name__)
def test_whatever_happens_to_the_archive_a_copy_brings_everything_into_the_good_one_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Callable[[Path, pytest.MonkeyPatch], None],
    settled: bool,
) -> None:
    path, good = tmp_path / "there" / "logbook.json", tmp_path / "good.json"
    path.parent.mkdir()
    taken_in(path, empty_of_entries(ROOM))
    shutil.copy(path, good)
    front = FrontEnd(path)
    front.live.begin("p1")
    front.live.enter(participant_rule, EARLIER)
    if not settled:
        front.live.archive.checkpoint()
    with monkeypatch.context() as patch:
        fault(path, patch)
        front.live.listeners.clear()  # the front end opens the archive, which may be gone
        front.live.enter(participant_rule, LATER)
    status = front.live.status
    assert status.unsaved or status.displaced or fault is removed, "it is said at the next save"
    assert front.live.debrief.names[-3:] == NAMES
    there = path.read_bytes() if fault is replaced else b""
    save_copy(front.live.archive, front.live.debrief, tmp_path / "copy.json")
    if fault is replaced:
        assert path.read_bytes() == there, "both are kept"
    archive = Archive(good)
    for how in ("continued", "same"):
        with (tmp_path / "copy.json").open("rb") as file:
            (only,) = import_file(archive, file.read, NOW).probes
        assert (only.probe, only.how) == ("p1", how)
        assert archive.debrief("p1").participants == front.live.debrief.participants
        assert archive.check()[1] == []
    assert [row["id"] for row in archive.rows("probes")] == ["p1"]
    archive.close()
    front.live.archive._storage._lock.release()


def test_nothing_is_written_into_another_archive_and_the_right_one_gets_it_when_it_is_back(tmp_path: Path) -> None:
    path, mine = tmp_path / "logbook.json", tmp_path / "mine.json"
    taken_in(path, empty_of_entries(ROOM))
    taken_in(tmp_path / "other.json", room(title="Quite another"))
    theirs = (tmp_path / "other.json").read_bytes()
    front = FrontEnd(path)
    front.live.begin("p1")
    front.live.archive.checkpoint()
    os.replace(path, mine)
    os.replace(tmp_path / "other.json", path)
    front.live.enter(participant_rule, EARLIER)
    assert "is another archive than the one that was opened" in front.live.status.unsaved
    assert front.live.unsaved == "1 entry"
    assert path.read_bytes() == theirs
    assert not beside(path, "journal").exists()
    os.replace(mine, path)
    front.live.retry()
    assert not front.live.status.unsaved
    assert front.live.unsaved == ""
    front.live.writer.close()
    assert Archive(path).debrief("p1").names[-1] == "Jorunn"


def test_what_another_program_adds_meanwhile_is_no_other_archive(tmp_path: Path) -> None:
    path = tmp_path / "logbook.json"
    taken_in(path, empty_of_entries(ROOM))
    front = FrontEnd(path)
    front.live.begin("p1")
    front.live.archive.checkpoint()
    path.write_bytes(path.read_bytes().replace(b"night flights", b"day flights"))
    front.live.enter(participant_rule, EARLIER)
    assert not front.live.status.unsaved
    front.live.writer.close()


@pytest.mark.parametrize("fault", [renamed, replaced], ids=lambda fault: fault.__name__)
def test_an_archive_that_is_back_is_told_of_no_more_and_gets_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    path = tmp_path / "there" / "logbook.json"
    path.parent.mkdir()
    taken_in(path, empty_of_entries(ROOM))
    front = FrontEnd(path)
    front.live.listeners.clear()
    front.live.begin("p1")
    front.live.enter(participant_rule, EARLIER)
    path.with_name("mine.json").hardlink_to(path)
    fault(path, monkeypatch)
    front.live.enter(participant_rule, LATER)
    assert front.live.status.displaced
    front.wait(2 * RETRY)
    assert front.live.status.displaced, "as long as it lasts"
    if fault is renamed:
        (tmp_path / "renamed").rename(path.parent)
        path.with_name("mine.json").unlink()
    else:
        os.replace(path.with_name("mine.json"), path)
    front.wait(RETRY)
    assert not front.live.status.displaced
    assert front.live.writer.close() == ""
    assert Archive(path).debrief("p1").names[-3:] == NAMES
    assert not beside(path, "journal").exists()


# ------------------------------------------------------------------------------------------------------------- counting


@pytest.mark.parametrize(
    ("text", "counted"), [("", ""), (EARLIER, "1 entry"), (LATER, "2 entries"), ("-Ijeoma", "1 entry")]
)
def test_what_is_not_saved_is_counted(path: Path, monkeypatch: pytest.MonkeyPatch, text: str, counted: str) -> None:
    taken_in(path, empty_of_entries(ROOM))
    front = FrontEnd(path)
    front.live.begin("p1")
    with monkeypatch.context() as patch:
        patch.setattr(Disk, "write", fails(errno.ENOSPC))
        if text:
            front.live.enter(participant_rule, text)
        assert front.live.unsaved == counted
        front.live.change(lambda debrief, _: debrief.with_session(no_amendment="no strength"))
        assert front.live.unsaved == (counted or "the last step")
    front.live.retry()
    assert front.live.unsaved == ""
    front.live.writer.close()


def test_a_probe_that_has_no_id_yet_is_an_entry(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    front = FrontEnd(path)
    front.live.open_new()

    def titled(debrief: Any, _: float) -> Any:
        from dataclasses import replace

        return replace(debrief, probe=debrief.probe.but(title="Choir at the dock"))

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "write", fails(errno.ENOSPC))
        front.live.change(titled)
        assert front.live.unsaved == "1 entry"
        save = path.with_name("copy.json")
    save_copy(front.live.archive, front.live.debrief, save)
    front.live.retry()
    assert front.live.unsaved == ""
    (only,) = import_file(front.live.archive, BytesIO(save.read_bytes()).read, NOW).probes
    assert (only.probe, only.title) == ("p1", "Choir at the dock")
    assert only.how == "same", "it was saved after all, and is not there twice"
    front.live.writer.close()
