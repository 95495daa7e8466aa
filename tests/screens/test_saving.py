"""What is on the screen has been saved, or says that it has not; and an archive that can't be read harms nobody."""

import json
import os
from pathlib import Path

import pytest

from screens.frame.question import NoticeScreen, QuestionScreen
from screens.logbook import LogbookScreen
from screens.widgets.entry_field import EntryField
from store.archive.archive import Archive, ArchiveError
from store.archive.errors import SCHEMA
from store.live.live import RETRY
from tests.helpers.stage import begun, staged
from tests.helpers.texts import harmless

pytestmark = pytest.mark.sweep  # every screen with every text takes minutes; .ci/run has them

FULL = "Not saved (no space left on device): what the archive held before is still there. Make room and try again."


def read(path: Path) -> bytes:
    """What a file holds."""
    return path.read_bytes()


def write(path: Path, held: bytes) -> None:
    """Put something into a file, behind Redraw's back."""
    path.write_bytes(held)


class Disk:
    """A disk that is full until a test makes room on it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, why: str = FULL) -> None:
        self.full, self.tries, self.why = False, 0, why
        commit = Archive.commit

        def tried(archive: Archive, old: object, new: object) -> None:
            self.tries += 1
            if self.full:
                raise ArchiveError(self.why)
            commit(archive, old, new)  # type: ignore[arg-type]

        monkeypatch.setattr(Archive, "commit", tried)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


@pytest.mark.usefixtures("live")
async def test_what_could_not_be_saved_says_so_stays_and_is_tried_again(path: Path, disk: Disk) -> None:
    async with begun(path) as stage:
        disk.full = True
        before = read(path)
        await stage.enter("Jorunn, Nightwatch")
        await stage.until("NOT SAVED: Not saved (no space left on device)", "Jorunn")
        await stage.enter("Kettil, Nightwatch")
        await stage.until("NOT SAVED", "Kettil")
        assert read(path) == before
        tries = disk.tries
        stage.later(RETRY - 0.5)
        await stage.until("NOT SAVED")
        assert disk.tries == tries
        stage.later(0.5)
        await stage.until(lambda: disk.tries > tries, "NOT SAVED")
        disk.full = False
        await stage.press("ctrl+s")
        await stage.until(lambda: "NOT SAVED" not in stage.text(), "Jorunn", "Kettil")
        assert stage.saved.names[-2:] == ("Jorunn", "Kettil")


@pytest.mark.usefixtures("live")
async def test_the_banner_stands_in_every_phase_that_one_goes_on_to(path: Path, disk: Disk) -> None:
    async with begun(path) as stage:
        disk.full = True
        await stage.press("f5")
        await stage.until("NOT SAVED")
        await stage.press("f8", "f8")
        await stage.until(lambda: stage.phase == "silent_mapping", "NOT SAVED", "3 moments in the room")
        disk.full = False
        await stage.enter("+ one more")
        await stage.until(lambda: "NOT SAVED" not in stage.text())
        assert stage.saved.session.phase == "silent_mapping"
        assert stage.saved.moments[-1].text == "one more"


@pytest.mark.usefixtures("live")
async def test_the_banner_stands_on_the_form_and_the_logbook_too_and_the_form_does_not_say_saved(
    path: Path, disk: Disk
) -> None:
    async with begun(path) as stage:
        disk.full = True
        await stage.enter("Jorunn, Nightwatch")
        await stage.press("ctrl+o")
        await stage.until("The probe and its pact", "NOT SAVED")
        await stage.type(" again")
        await stage.press("tab")
        await stage.until("NOT SAVED", "again")
        assert "Saved." not in stage.text()
        disk.full = False
        await stage.press("ctrl+s")
        await stage.until(lambda: "NOT SAVED" not in stage.text())
        disk.full = True
        await stage.type("night flights and days")
        await stage.press("f4")
        await stage.until("NOT SAVED", "Jorunn")
        await stage.press("ctrl+q", "ctrl+q")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen), "NOT SAVED")


@pytest.mark.usefixtures("live")
async def test_nothing_unsaved_is_laid_down_for_another_probe_or_quit_without_a_question(
    path: Path, disk: Disk
) -> None:
    async with begun(path) as stage:
        disk.full = True
        await stage.enter("Jorunn, Nightwatch")
        await stage.until("NOT SAVED")
        await stage.press("ctrl+q", "ctrl+q")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
        await stage.press("ctrl+n")
        await stage.until("Not saved yet")
        assert isinstance(stage.screen, LogbookScreen)
        await stage.press("ctrl+q")
        await stage.until(
            lambda: isinstance(stage.screen, QuestionScreen), "1 entry is not saved.", "Stay, and try again"
        )
        await stage.press("1")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
        disk.full = False
        stage.later(RETRY)
        await stage.until(lambda: not stage.app.live.status.unsaved)
        assert stage.saved.names[-1] == "Jorunn"
        await stage.press("ctrl+q")
        assert stage.app.return_code == 0


@pytest.mark.usefixtures("live")
async def test_quitting_all_the_same_says_so_to_the_shell(path: Path, disk: Disk) -> None:
    async with begun(path) as stage:
        disk.full = True
        await stage.enter("Jorunn, Nightwatch")
        await stage.press("ctrl+q", "ctrl+q")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
        await stage.press("ctrl+q")
        await stage.until(lambda: isinstance(stage.screen, QuestionScreen))
        stage.send("3")
        await stage.until(lambda: stage.app.return_code == 1)
        stage.app.close()
        assert "1 entry could not be saved and is lost." in stage.app.farewell
        assert "everything" not in stage.app.farewell


BAD = {
    "not JSON": (b"this is no archive {", "is not a Redraw archive"),
    "JSON of something else": (b'{"cells": []}', "is not a Redraw archive"),
    "a newer schema": (json.dumps({"meta": {"1": {"schema": SCHEMA + 1}}}).encode(), "update Redraw to open it"),
    "empty": (b"", "is not a Redraw archive"),
}


@pytest.mark.parametrize(("held", "said"), BAD.values(), ids=BAD)
async def test_an_archive_that_cannot_be_opened_is_told_of_with_the_way_out(path: Path, held: bytes, said: str) -> None:
    write(path, held)
    async with staged(path, size=(60, 18)) as stage:
        await stage.until(lambda: isinstance(stage.screen, NoticeScreen), "Enter leaves; nothing was changed.")
        assert said in " ".join(stage.text().replace("│", " ").split())
        await stage.press("a", "f5", "f8", "ctrl+n")
        assert isinstance(stage.screen, NoticeScreen)
        stage.send("enter")
        await stage.until(lambda: stage.app.return_code == 1)
        assert stage.app.farewell.startswith("redraw: ")
        assert said in stage.app.farewell
    assert read(path) == held
    assert os.listdir(path.parent) == [path.name]


async def test_a_folder_in_place_of_an_archive(path: Path) -> None:
    os.mkdir(path)
    async with staged(path) as stage:
        await stage.until(lambda: isinstance(stage.screen, NoticeScreen), "is a folder: name a file in it")
        stage.send("escape")
        await stage.until(lambda: stage.app.return_code == 1)
    assert os.listdir(path) == []


async def test_a_path_with_signs_that_a_terminal_acts_on_is_shown_as_itself(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m[click=app.exit]\u202ex[b].json"
    write(path, b"no archive")
    async with staged(path) as stage:
        await stage.until(lambda: isinstance(stage.screen, NoticeScreen), "is not a Redraw archive")
        assert all(harmless(row) for row in stage.rows())
        assert harmless(stage.app.farewell)


@pytest.mark.usefixtures("live")
async def test_an_archive_that_is_damaged_meanwhile_ends_no_session(path: Path) -> None:
    async with begun(path) as stage:
        held = read(path)
        write(path, b"overwritten by something else")
        await stage.enter("Jorunn, Nightwatch")
        await stage.until("NOT SAVED", "Jorunn")
        await stage.press("ctrl+q", "ctrl+q")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen), "Noise protest")
        assert read(path) == b"overwritten by something else"
        write(path, held)
        stage.later(RETRY)
        await stage.until(lambda: not stage.app.live.status.unsaved)
        assert stage.saved.names[-1] == "Jorunn"


async def test_an_empty_logbook_says_how_to_begin(path: Path) -> None:
    async with staged(path) as stage:
        await stage.until("No probes yet.", "Ctrl+N a probe that is already agreed")
        await stage.press("enter", "ctrl+o", "down", "up")
        assert isinstance(stage.screen, LogbookScreen)
        await stage.press("ctrl+n")
        await stage.until("The probe and its pact")
        await stage.press("escape")
        await stage.until("No probes yet.")
        assert path.name not in os.listdir(path.parent)
        await stage.press("ctrl+n")
        await stage.until("The probe and its pact")
        await stage.type("Choir at the dock")
        await stage.press("enter")
        await stage.until(lambda: Archive(path).exists)
        await stage.press("escape")
        await stage.until("Planned 1", "no dates yet", "Choir at the dock")
        await stage.press("enter")
        await stage.until("This action has not ended")
        await stage.press("2")
        await stage.until(lambda: stage.phase == "opening" and bool(stage.screen.query(EntryField)))
