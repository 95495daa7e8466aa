"""What can't be saved goes elsewhere; and what is said at the end follows from what is on the disk."""

import errno
import json
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from screens.frame.place import PlaceScreen
from screens.frame.question import QuestionScreen
from screens.logbook import LogbookScreen
from store.archive.archive import Archive, ArchiveError
from store.archive.disk.calls import Disk
from store.exchange.incoming.importing import import_file
from tests.conftest import fails
from tests.helpers.rooms import NOW
from tests.helpers.stage import Stage, begun, staged
from tests.helpers.sweeps import swept
from tests.helpers.texts import harmless

pytestmark = [pytest.mark.usefixtures("live")]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a copy is offered."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setattr(Path, "home", lambda: place)
    monkeypatch.chdir(place)
    return place


def broken(patch: pytest.MonkeyPatch) -> None:
    """Let no save succeed from now on."""

    def commit(*_: object) -> None:
        raise ArchiveError("Not saved (no space left on device). Make room and try again.")

    patch.setattr(Archive, "commit", commit)


def displaced(patch: pytest.MonkeyPatch) -> None:
    """Let the archive be somewhere else from the next save on."""

    def checkpoint(*_: object) -> None:
        raise ArchiveError("The folder was moved.")

    patch.setattr(Archive, "displaced", "The folder was moved.")
    patch.setattr(Archive, "checkpoint", checkpoint)


def undrafted(patch: pytest.MonkeyPatch) -> None:
    """Let nothing that is half typed be kept from now on."""

    def keep_drafts(*_: object) -> None:
        raise ArchiveError("What you are typing isn't kept.")

    patch.setattr(Archive, "keep_drafts", keep_drafts)


def files(place: Path) -> list[Path]:
    """The files in a folder."""
    return list(place.iterdir())


def names(path: Path) -> tuple[str, ...]:
    """The roster that a copy brings into an archive of its own."""
    archive = Archive(path.with_name("of-its-own.json"))
    with path.open("rb") as file:
        import_file(archive, file.read, NOW)
    return archive.debrief("p1").names


async def unsaved(stage: Stage, patch: pytest.MonkeyPatch) -> None:
    """Enter two people who can't be saved."""
    broken(patch)
    await stage.enter("Jorunn, Nightwatch", "Kettil, Nightwatch")


async def to_quitting(stage: Stage) -> None:
    """Leave the session and ask to quit."""
    await stage.press("ctrl+q", "ctrl+q")
    await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
    stage.send("ctrl+q")


async def test_what_is_not_saved_goes_where_somebody_says_and_the_way_back_is_said(
    path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with begun(path) as stage:
        with monkeypatch.context() as patch:
            await unsaved(stage, patch)
            await stage.until("NOT SAVED", "F10 saves a copy elsewhere")
            await stage.press("f10")
            await stage.until(lambda: isinstance(stage.screen, PlaceScreen), "Where should the copy")
            await stage.press("f10")
            assert isinstance(stage.screen, PlaceScreen)
            assert not isinstance(stage.app.screen_stack[-2], PlaceScreen)
            field = stage.get("#place", Input)
            assert Path(field.value).parent == home
            field.value = ""
            await stage.press("enter")
            await stage.until("Type where to write it.")
            await stage.type(str(home / "nowhere" / "copy.json"))
            await stage.press("enter")
            await stage.until("There is no folder")
            field.value = "/no\x1b[31m[click=app.exit]where/[/]\u202e.json"
            await stage.press("enter")
            await stage.until("There is no folder", "[click=app.exit]")
            assert all(harmless(row) for row in stage.rows())
            assert files(home) == []
            field.value = str(home)
            await stage.press("enter")
            await stage.until(lambda: not isinstance(stage.screen, PlaceScreen), "A copy is in", "redraw import")
            (written,) = files(home)
            assert names(written)[-2:] == ("Jorunn", "Kettil")
            await stage.enter("Liv, Nightwatch")
            assert stage.app.copy is None, "it lacks the last one"


async def test_escape_writes_nothing(path: Path, home: Path) -> None:
    async with begun(path) as stage:
        await stage.press("f10")
        await stage.until(lambda: isinstance(stage.screen, PlaceScreen))
        await stage.press("escape")
        await stage.until(lambda: stage.phase == "opening")
        assert files(home) == []


async def test_without_a_session_there_is_nothing_to_copy(path: Path) -> None:
    async with staged(path) as stage:
        await stage.press("f10")
        await stage.until("There is no session to copy")
        assert not isinstance(stage.screen, PlaceScreen)


async def test_the_question_before_quitting_counts_and_offers_a_copy_first(
    path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with begun(path) as stage:
        with monkeypatch.context() as patch:
            await unsaved(stage, patch)
            stage.app.notify("a notice that would lie over the answers", timeout=60)
            await to_quitting(stage)
            await stage.until("2 entries are not saved.", "Save this session as a copy", "Quit, and lose 2 entries")
            assert not list(stage.app._notifications)
            await stage.press("2")
            await stage.until(lambda: isinstance(stage.screen, PlaceScreen))
            await stage.press("enter")
            await stage.until("2 entries are not in the archive, but in", lambda: not stage.has("and lose"))
            stage.send("2")
            await stage.until(lambda: stage.app.return_code is not None)
            (copy,) = files(home)
            stage.app.close()
            assert stage.app.exit_status == 1
            assert stage.app.farewell == (
                f"redraw: 2 entries are not in {path} but in {copy}. “redraw import {copy}” brings in what it holds."
            )
    assert names(copy)[-2:] == ("Jorunn", "Kettil")


async def test_blind_ballots_are_in_the_copy_and_in_no_sentence(
    path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with begun(path) as stage:
        await stage.go("reposition")
        with monkeypatch.context() as patch:
            broken(patch)
            before = stage.debrief
            blind = [each.but(autonomy=1, benefit=9) for each in before.placements if each.round]
            stage.app.change(
                lambda found, _: replace(found, placements=(*found.expected, *blind)).with_session(revealed=0)
            )
            await to_quitting(stage)
            await stage.until(f"{len(blind)} entries are not saved.")
            assert not any(each.by in stage.text() for each in blind)
            await stage.press("2")
            await stage.until(lambda: isinstance(stage.screen, PlaceScreen))
            await stage.press("enter")
            await stage.until("are not in the archive, but in")
    (copy,) = files(home)
    (probe,) = json.loads(copy.read_bytes())["probes"]
    assert [row["by"] for row in probe["placements"] if row["round"]] == [each.by for each in blind]


async def test_what_is_saved_while_the_question_stands_is_not_lost_and_no_failure(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with begun(path) as stage:
        with monkeypatch.context() as patch:
            broken(patch)
            await stage.enter("Jorunn, Nightwatch")
            await to_quitting(stage)
            await stage.until(lambda: isinstance(stage.screen, QuestionScreen))
        stage.send("3")
        await stage.until(lambda: stage.app.return_code is not None)
        stage.app.close()
        assert (stage.app.exit_status, stage.app.farewell) == (0, "")
    assert Archive(path).debrief("p1").names[-1] == "Jorunn"


FAULTS = {
    "nothing": ((), 0, ""),
    "not saved": ((broken,), 1, "1 entry could not be saved and is lost. What was saved before is in {path}."),
    "not kept": ((undrafted,), 1, "What was typed and not entered could not be kept."),
    "neither": (
        (broken, undrafted),
        1,
        "1 entry could not be saved and is lost. What was saved before is in {path}. What was typed and not entered could not be"
        " kept.",
    ),
}


@pytest.mark.parametrize("whole", [True, *swept(False)], ids=["brought into one file", "not in one file"])
@pytest.mark.parametrize(("faults", "status", "said"), FAULTS.values(), ids=FAULTS)
async def test_the_farewell_and_the_exit_status_follow_from_what_is_on_the_disk(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    faults: tuple[Callable[[pytest.MonkeyPatch], None], ...],
    status: int,
    said: str,
    whole: bool,
) -> None:
    async with begun(path) as stage:
        await stage.enter("Ingrid, Nightwatch")
        with monkeypatch.context() as patch:
            for fault in faults:
                fault(patch)
            if broken in faults:
                await stage.enter("Jorunn, Nightwatch")
            await stage.type("half a line")
            await to_quitting(stage)
            if faults:
                await stage.until(lambda: isinstance(stage.screen, QuestionScreen))
                stage.send(str(stage.get("OptionList", OptionList).option_count))
            await stage.until(lambda: stage.app.return_code is not None)
            if not whole:
                patch.setattr(Disk, "rename", fails(errno.ENOSPC))
            stage.app.close()
        words = [said.format(path=path)] if said else []
        if not whole:
            words.append(
                "What was saved is kept, but not in one file yet (no space left on device): the next start goes on from there."
            )
        assert stage.app.farewell == (f"redraw: {' '.join(words)}" if words else "")
        assert "everything" not in stage.app.farewell
        assert stage.app.exit_status == status
    assert Archive(path).debrief("p1").names[-1] == "Ingrid"


async def test_an_archive_that_is_somewhere_else_is_asked_about_and_told(
    path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with begun(path) as stage:
        displaced(monkeypatch)
        await stage.enter("Jorunn, Nightwatch")
        await stage.until("The folder was moved. F10 saves a copy elsewhere.")
        await to_quitting(stage)
        await stage.until("The folder was moved.", "2 Save this session as a copy", "3 Quit")
        assert not stage.has("and lose"), "all is saved"
        await stage.press("2")
        await stage.until(lambda: isinstance(stage.screen, PlaceScreen))
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, QuestionScreen))
        stage.send("2")
        await stage.until(lambda: stage.app.return_code == 1)
    (copy,) = files(home)
    assert names(copy)[-1] == "Jorunn"


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
async def test_a_signal_while_something_is_not_saved_writes_the_copy_itself(
    path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with begun(path) as stage:
        with monkeypatch.context() as patch:
            broken(patch)
            await stage.enter("Jorunn, Nightwatch")
            stage.app.end_by(signal.SIGTERM)
            await stage.until(lambda: stage.app.return_code is not None)
            stage.app.close()
        (copy,) = files(home)
        assert stage.app.exit_status == 128 + signal.SIGTERM
        assert stage.app.farewell.startswith(f"redraw: 1 entry is not in {path} but in {copy}.")
    assert names(copy)[-1] == "Jorunn"
