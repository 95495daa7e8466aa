"""A draft is what is typed and not entered, and nothing else: on every screen, in the bytes of every file."""

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from screens.frame.drafts import text_of
from store.archive.archive import Archive
from tests.helpers import dissenting
from tests.helpers.gone import standing
from tests.helpers.rooms import NOW, ROOM, taken_in
from tests.helpers.stage import Stage, armed, begun, staged
from tests.helpers.sweeps import swept

LINES = {
    "opening": "Zqabc, Nightwatch",
    "silent_mapping": "+ the zqabc day",
    "small_groups": "1+ the zqabc way # 1",
    "positions": "@Zqabc a> that was zqabc",
    "proposals": "a zqabc picket",
    "placing": "Zqabc 6 6 2 7 9 3",
    "choice": "A it is zqabc",
}
REFUSED = {"reposition": "zqabc 3 4", "small_groups": "1+ zqabc", "opening": "zqabc", "placing": "zqabc 1"}
FIELDS = {"sovereignty": "#skills-note", "close": "#reason", "amendments": "#reservations"}


def where(path: Path) -> set[str]:
    """In which files the marker stands, by the ends of their names."""
    return {
        name
        for trace in ("zqabc", "Zqabc")
        for name in standing(path.parent, path.name, [trace]).get(trace, ())
        if not name.startswith("-")
    }


async def leave(stage: Stage, path: Path) -> None:
    """Leave the session, and have somebody else close the archive."""
    await armed(stage, "ctrl+q")
    await stage.press("ctrl+q")
    await stage.until(lambda: not stage.phase)
    assert where(path) <= {".journal"}


def close(path: Path) -> None:
    archive = Archive(path)
    archive.claim()
    archive.close()
    assert where(path) == set()


def prepare(path: Path, phase: str) -> None:
    if phase in ("positions", "proposals", "placing", "choice"):
        dissenting.kept(path, phase, revealed=phase == "choice")
    else:
        taken_in(path, ROOM, began=NOW - 600, phase=phase, no_amendment="nobody had the strength")


def value(stage: Stage, selector: str) -> str:
    """The text of a field."""
    field = stage.screen.query_one(selector)
    assert isinstance(field, Input | TextArea)
    return text_of(field)


async def take_up(stage: Stage, phase: str) -> None:
    await stage.press("enter")
    await stage.until(lambda: stage.phase == phase and stage.screen.is_mounted)


@pytest.mark.parametrize("phase", ["silent_mapping", *swept(*(each for each in LINES if each != "silent_mapping"))])
async def test_a_line_is_a_draft_until_it_is_entered_and_not_when_it_is_taken_back(path: Path, phase: str) -> None:
    prepare(path, phase)
    async with staged(path) as stage:
        await take_up(stage, phase)
        await stage.type(LINES[phase])
        await stage.until(lambda: where(path) == {".draft"})
        await stage.press("enter")
        await stage.until(lambda: where(path) == {".journal"})
        await stage.press("ctrl+t")
        await stage.until("Taken back")
        assert where(path) == {".journal"}
        await leave(stage, path)
    close(path)


@pytest.mark.parametrize("phase", ["reposition", *swept(*(each for each in REFUSED if each != "reposition"))])
async def test_a_line_that_was_refused_is_a_draft_until_it_is_left_out(path: Path, phase: str) -> None:
    prepare(path, phase)
    async with staged(path) as stage:
        await take_up(stage, phase)
        await stage.enter(REFUSED[phase])
        await stage.until(lambda: where(path) == {".draft"})
        await stage.press("escape")
        await stage.until(lambda: not where(path))
        await leave(stage, path)
    close(path)


@pytest.mark.parametrize("phase", ["close", *swept(*(each for each in FIELDS if each != "close"))])
async def test_a_field_is_a_draft_until_it_is_saved_and_not_when_it_is_emptied(path: Path, phase: str) -> None:
    prepare(path, phase)
    async with staged(path) as stage:
        await take_up(stage, phase)
        await stage.focus(FIELDS[phase])
        before = value(stage, FIELDS[phase])
        await stage.press("end")
        await stage.type("zqabc")
        if phase == "amendments":
            await stage.until(lambda: where(path) == {".draft"})
        else:
            await stage.press("tab")
            await stage.until(lambda: where(path) == {".journal"})
            await stage.focus(FIELDS[phase])
            await stage.press("end")
        await stage.press(*("backspace",) * 5)
        assert value(stage, FIELDS[phase]) == before
        await stage.until(lambda: where(path) <= {".journal"})
        await leave(stage, path)
    close(path)


@pytest.mark.sweep
async def test_words_of_decompression_reach_no_draft(path: Path) -> None:
    prepare(path, "decompression")
    async with begun(path) as stage:
        await stage.type("zqabc")
        stage.app.live.drafts.touch()
        stage.app.live.tick()
        assert where(path) == set()
        await stage.press("enter")
        await stage.until(lambda: where(path) == {".journal"})
        await stage.press("ctrl+t")
        await stage.until("Taken back")
        await leave(stage, path)
    close(path)
