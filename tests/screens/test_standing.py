"""Input acts on a screen that stands, or not at all; a fault in what it sets off is told, and Redraw goes on."""

import time
from pathlib import Path

import pytest
from textual.app import App
from textual.widgets import Input

from screens.frame.help import HelpScreen
from screens.logbook import LogbookScreen
from screens.phases.sovereignty import SovereigntyScreen
from screens.probe.form import ProbeForm
from screens.probe.non_negotiables import PrinciplesScreen
from screens.trends.trends import TrendsScreen
from store.archive.archive import Archive
from tests.helpers.stage import Stage, begun, staged
from tests.helpers.sweeps import swept
from tui.guard import SETTLED_WITHIN


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize(
    "keys",
    [
        ("f8", "tab", "f4", "escape"),  # trends, as it mounts
        ("ctrl+p", "enter", "escape", "ctrl+p", "escape", "ctrl+p", "down", "enter"),  # the palette, as it closes
        *swept(
            ("f9", "tab", "escape", "escape"),  # guidelines and what recurs
            ("f7", "tab", "f4", "escape", "escape"),  # the non-negotiables
            ("ctrl+p", "pagedown", "escape", "f7", "x", "enter", "escape", "escape"),
        ),
    ],
    ids=str,
)
async def test_keys_as_fast_as_they_come_act_on_screens_that_stand(path: Path, keys: tuple[str, ...]) -> None:
    async with staged(path) as stage:
        for _ in range(3):
            stage.send(*keys)
            await stage.settle()
        assert stage.app.screen_stack


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_phases_that_are_passed_through_at_once_take_what_is_typed_in_each(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("decompression")
        stage.send("f9", "f9", "f2", "f2", "f9", "f9", "f8", "f8", "tab", "f8", "f8", *"calm", "enter", "f8", "f8")
        await stage.until(lambda: stage.phase == "close")
        assert "calm" in str(stage.saved.session.feelings)


@pytest.mark.usefixtures("live")
async def test_keys_typed_into_a_screen_that_is_still_put_up_are_in_its_field(path: Path) -> None:
    async with staged(path) as stage:
        stage.send("ctrl+f", *"tannoy")
        await stage.until(lambda: stage.get("Input", Input).value == "tannoy")


@pytest.mark.usefixtures("due")
async def test_a_screen_that_is_covered_can_not_be_left_and_takes_nothing_else_away(path: Path) -> None:
    async with begun(path) as stage:
        await stage.press("ctrl+o")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        form = stage.screen
        await stage.press("f1")
        await stage.until(lambda: isinstance(stage.screen, HelpScreen))
        form.dismiss()
        form.dismiss()
        await stage.settle()
        assert isinstance(stage.screen, HelpScreen)
        await stage.press("escape")
        assert stage.screen is form
        await stage.press("escape")
        await stage.until(lambda: stage.phase == "opening")


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_waiting_for_widgets_that_never_answer_ends_at_once_for_all_of_them(path: Path) -> None:
    async with begun(path) as stage:
        for node in stage.screen.walk_children(with_self=True):
            node.call_later = lambda *_, **__: True  # type: ignore[method-assign]
        before = time.monotonic()
        await stage.app._settled()
        assert time.monotonic() - before < SETTLED_WITHIN + 1, "not once for each ancestor"
        for node in stage.screen.walk_children(with_self=True):
            del node.call_later


SAID = "what Ayzel said"


class Broken(RuntimeError):
    """Raised by the tests, with words that a report must not hold."""


def broken(*_: object) -> None:
    raise Broken(SAID)


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize(
    ("kind", "name", "keys"),
    [
        (LogbookScreen, "action_new", ("ctrl+n",)),
        (TrendsScreen, "compose", ("f8",)),
        pytest.param(LogbookScreen, "tick", (), marks=pytest.mark.sweep),
        pytest.param(PrinciplesScreen, "on_mount", ("f7",), marks=pytest.mark.sweep),
        pytest.param(PrinciplesScreen, "action_act", ("f7", "f4"), marks=pytest.mark.sweep),
        pytest.param(SovereigntyScreen, "show_body", ("enter",), marks=pytest.mark.sweep),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
async def test_a_fault_is_told_and_everything_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: type, name: str, keys: tuple[str, ...]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    async with staged(path, size=(100, 30), survives=True) as stage:
        with monkeypatch.context() as patch:
            patch.setattr(kind, name, broken)
            await stage.press(*keys)
            if kind is SovereigntyScreen:
                stage.app.change(lambda debrief, _: debrief.with_session(phase="sovereignty"))
            await stage.until("Something went wrong (Broken)", "F12")
        await stage.press("f12")
        await stage.until("Save it as")
        await stage.press("1")
        await stage.until("The report is in")
        report = (tmp_path / "redraw-fault-1.txt").read_text()
        assert "Broken" in report
        assert "Ayzel" not in report
        await _still_works(stage)
    assert Archive(path).check()[1] == []


async def _still_works(stage: Stage) -> None:
    for _ in range(4):
        if not isinstance(stage.screen, LogbookScreen):
            await stage.press("escape")
    await stage.press("ctrl+f")
    await stage.until("Type any words")


@pytest.mark.usefixtures("live")
async def test_a_fault_at_the_start_ends_it_with_status_1(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LogbookScreen, "on_mount", broken, raising=False)
    with pytest.raises(Broken):
        async with staged(path, survives=True) as stage:
            await stage.settle()
    assert isinstance(stage.app, App)
    assert stage.app.return_code == 1
    assert stage.app.farewell.startswith("redraw: something in Redraw went wrong (Broken).")
