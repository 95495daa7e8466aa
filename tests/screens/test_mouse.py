"""The mouse does what the keys do: choices, scales, judgements, phases, dialogs, the help; and it copies."""

from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.screen import Screen

from screens.frame.help import HelpScreen
from screens.judging import RedLinesScreen
from screens.logbook import LogbookScreen
from screens.trends.trends import TrendsScreen
from tests.helpers.stage import Stage, begun, staged
from tui.app import RedrawApp


async def click(stage: Stage, words: str, *, times: int = 1, row: int | None = None) -> None:
    """Click on words where they are on the screen, as often as the mouse's button bounces."""
    rows = stage.rows()
    at = next(y for y, text in enumerate(rows) if words in text and row in (None, y))
    x = len(rows[at][: rows[at].index(words)]) + len(words) // 2
    for _ in range(times):
        for kind in (events.MouseDown, events.MouseUp):
            event = kind(None, x, at, 0, 0, 1, False, False, False, x, at)
            stage.app._driver.process_message(event)  # type: ignore[union-attr]
    await stage.settle()


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_a_click_on_the_rail_is_f8_or_f9_and_a_double_click_is_one_press(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with begun(path, size=(120, 40)) as stage:
        await click(stage, "silent mapping", row=1, times=2)
        await stage.until("F8 again")
        assert stage.phase == "opening"
        monkeypatch.setattr(RedrawApp, "CLICK_CHAIN_TIME_THRESHOLD", 0.0)  # from here on each click is one of its own
        await click(stage, "silent mapping", row=1)
        await stage.until(lambda: stage.phase == "silent_mapping")
        await click(stage, "amendments", row=1)
        await stage.until("F8 again: on to small groups")
        await click(stage, "opening", row=1)
        await stage.until("F9 again: back to opening")
        await click(stage, "opening", row=1)
        await stage.until(lambda: stage.phase == "opening")
        await click(stage, "▸OPENING◂", row=1)
        assert stage.phase == "opening"


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_a_click_on_a_word_of_a_scale_sets_it(path: Path) -> None:
    async with begun(path, size=(120, 40)) as stage:
        await stage.go("sovereignty")
        await stage.until("decision-making")
        row = next(y for y, text in enumerate(stage.rows()) if "decision-making" in text)
        for word, change in (("−2", -2), (" 0 ", 0), ("+1", 1)):
            await click(stage, word, row=row)
            await stage.until(lambda change=change: _said(stage) == change)  # type: ignore[misc]


def _said(stage: Stage) -> int | None:
    measured = stage.saved.session.sovereignty
    return next((said.change for name, said in measured.items() if name.startswith("decision")), None)


@pytest.mark.usefixtures("live")
async def test_a_click_judges_a_red_line_and_goes_to_one_in_the_list(path: Path) -> None:
    async with begun(path, size=(120, 40)) as stage:
        await stage.press("f4")
        await stage.until(lambda: isinstance(stage.screen, RedLinesScreen))
        await click(stage, "strained  ")
        await stage.until("Strained.")
        assert stage.saved.session.red_lines[0].state == "strained"


@pytest.mark.usefixtures("live")
async def test_a_click_switches_what_the_next_line_is(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("silent_mapping")
        await stage.until("+ strengthened")
        await click(stage, "+ strengthened")
        await stage.until("− compromised")


@pytest.mark.usefixtures("live")
async def test_clicks_in_the_help_close_it_or_do_what_a_row_says(path: Path) -> None:
    async with staged(path, size=(120, 40)) as stage:

        async def clicked(row: str, opens: type[Screen[Any]]) -> None:
            await stage.press("f1")
            await stage.until(row, lambda: isinstance(stage.screen, HelpScreen))
            await click(stage, row)
            await stage.until(lambda: isinstance(stage.screen, opens))

        await clicked("Escape closes", LogbookScreen)
        await clicked("Trends across probes", TrendsScreen)
        await stage.until("rhythm")
        await click(stage, " rhythm ")
        await stage.until("▸RHYTHM◂")


@pytest.mark.usefixtures("live")
async def test_text_that_is_selected_with_the_mouse_is_copied(path: Path) -> None:
    async with begun(path, size=(120, 40)) as stage:
        row = next(y for y, text in enumerate(stage.rows()) if "Noise protest" in text)
        x = stage.rows()[row].index("Noise")
        driver = stage.app._driver
        assert driver is not None
        for kind, at in (
            (events.MouseDown, x),
            (events.MouseMove, x + 5),
            (events.MouseMove, x + 12),
            (events.MouseUp, x + 12),
        ):
            driver.process_message(kind(None, at, row, 1, 0, 1, False, False, False, at, row))
            await stage.settle()
        await stage.press("ctrl+c")
        assert stage.app.clipboard == "Noise protest"
        assert stage.phase == "opening"
