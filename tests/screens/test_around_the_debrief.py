"""Where the debrief is held, and the pause that was decided on: typed once, and there when it matters."""

from pathlib import Path

import pytest

from screens.probe.form import ProbeForm
from store.model import Closing
from tests.helpers.builders import AT
from tests.helpers.rooms import ROOM, taken_in
from tests.helpers.stage import begun, staged
from tests.screens.test_walk import typed


@pytest.mark.sweep
async def test_the_place_of_the_debrief_is_typed_in_the_form_and_stands_in_the_opening(path: Path) -> None:
    taken_in(path, {**ROOM, "moments": [], "patterns": [], "amendments": [], "actual": []}, phase="opening")
    async with begun(path) as stage:
        assert not stage.has("Where")
        await stage.press("ctrl+o")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        await stage.focus("#debrief_place")
        await stage.type("the depot gate")
        await stage.press("escape")
        await stage.until(lambda: stage.phase == "opening", "─ Where ─", "the depot gate")
        assert stage.saved.probe.debrief_place == "the depot gate"


@pytest.mark.sweep
async def test_a_pause_has_an_end_and_the_next_probe_is_asked_about_it(path: Path) -> None:
    taken_in(path, {**ROOM, "moments": [], "patterns": [], "amendments": [], "actual": []}, phase="opening")
    async with begun(path, size=(120, 40)) as stage:
        await stage.go("close", closing=Closing(sunset="lapse"), no_amendment="nobody stayed")
        await stage.focus("#rhythm")
        await stage.press("p", "tab")
        await stage.type("soon")
        await stage.press("tab")
        await stage.until("Type a date as", lambda: typed(stage, "#paused") == "soon")
        await stage.press("f4")
        await stage.until(lambda: not stage.saved.sealed, "Type a date as")
        await stage.focus("#paused")
        await stage.press("end", *["backspace"] * 4)
        await stage.type("2026-11-30")
        await stage.press("tab")
        await stage.until("Paused until Monday 30 November 2026, in 23 days.")
        await stage.press("f4", "f4")
        await stage.until("as it was left")
        await stage.press("escape", "ctrl+n")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm), "! After the debrief of")
        assert "you decided to pause until 30 November 2026: is it time again?" in stage.reads("#about")


@pytest.mark.parametrize("rhythm", ["act", "reflect"])
async def test_without_a_pause_nothing_asks_about_one(path: Path, rhythm: str) -> None:
    taken_in(path, {**ROOM, "close": {"sunset": "lapse", "rhythm": rhythm}}, sealed=AT)
    async with staged(path) as stage:
        await stage.press("ctrl+n")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        assert not stage.has("decided to pause")
