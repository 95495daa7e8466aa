"""From a large window to one that is too small and back, in every phase and on every other screen."""

import asyncio
from pathlib import Path

import pytest
from textual import events

from screens.frame.base import SMALLEST
from screens.frame.help import HelpScreen
from screens.frame.question import QuestionScreen
from screens.too_small import TooSmall
from screens.widgets.large_text import BigDigits
from store.phases import PHASES
from tests.helpers.rooms import closed
from tests.helpers.stage import Stage, begun, staged

pytestmark = [pytest.mark.sweep, pytest.mark.drawn]  # every screen with every text takes minutes; .ci/run has them


def too_small(stage: Stage) -> bool:
    return isinstance(stage.screen, TooSmall)


@pytest.mark.usefixtures("live")
async def test_a_phase_is_whole_again_after_it_was_too_small(path: Path) -> None:
    async with begun(path) as stage:
        for at, phase in enumerate(PHASES[1::3]):  # test_hostile takes every phase through all the sizes
            await stage.go(phase.name)
            await stage.resize(*((59, 18), (60, 17))[at % 2])
            await stage.until(lambda: too_small(stage), "Redraw needs 60 × 18 characters; this terminal has")
            await stage.resize(*((60, 18), (120, 40), (200, 60))[at % 3])
            await stage.until(
                lambda name=phase.name: stage.phase == name,  # type: ignore[misc]
                "Noise protest at Gate 2",
                "F1 Help",
                phase.prompt[:20],
            )
            assert f"▸{(phase.title if stage.app.size.width >= 110 else phase.short).upper()}◂" in stage.text()


@pytest.mark.usefixtures("live")
async def test_what_is_typed_and_the_time_go_on_below_the_sentence(path: Path) -> None:
    async with begun(path, start=True) as stage:
        await stage.type("half a na")
        await stage.resize(30, 8)
        await stage.until(lambda: too_small(stage), "this terminal has 30 × 8")
        await stage.resize(20, 5)
        await stage.until(lambda: too_small(stage))
        stage.later(8)
        await stage.press("f8", "f8", "ctrl+q", "ctrl+q")
        assert too_small(stage)
        await stage.resize(*SMALLEST)
        await stage.until(lambda: stage.phase == "opening", "half a na")
        await stage.until(lambda: stage.get("#digits", BigDigits).text == "4:52")


@pytest.mark.usefixtures("live")
async def test_a_question_that_comes_while_it_is_too_small(path: Path) -> None:
    async with begun(path, start=True) as stage:
        await stage.resize(40, 10)
        await stage.until(lambda: too_small(stage))
        stage.away(60)
        await stage.until(lambda: any(isinstance(screen, QuestionScreen) for screen in stage.app.screen_stack))
        await stage.resize(80, 24)
        await stage.until("Does that time count for this phase?")
        await stage.answer("1")
        await stage.until(lambda: stage.phase == "opening", "Ayzel")


async def test_a_terminal_that_is_too_small_from_the_start(path: Path) -> None:
    closed(path)
    async with staged(path, size=(40, 10)) as stage:
        await stage.until(lambda: too_small(stage), "this terminal has 40 × 10")
        await stage.resize(80, 24)
        await stage.until(lambda: not too_small(stage), "Logbook 1 probe")
        await stage.press("enter")
        await stage.until("as it was left")
        await stage.resize(59, 40)
        await stage.until(lambda: too_small(stage))
        await stage.resize(60, 18)
        await stage.until(lambda: not too_small(stage), "as it was left")
        await stage.press("f1")
        await stage.resize(40, 40)
        await stage.until(lambda: too_small(stage))
        await stage.resize(120, 40)
        await stage.until(lambda: isinstance(stage.screen, HelpScreen))
        await stage.press("escape", "escape")
        await stage.until("Logbook 1 probe")
        assert not any(isinstance(screen, TooSmall) for screen in stage.app.screen_stack)


@pytest.mark.usefixtures("live")
async def test_at_seventy_by_twenty_the_reveal_has_its_chart_and_the_time(path: Path) -> None:
    async with begun(path, size=(70, 20)) as stage:
        await stage.go("reposition")
        await stage.press("f4", "f4")
        await stage.until("↑ benefit, autonomy →")
        rows = stage.rows()
        for value in range(11):
            assert any(row.startswith(f"{value:>3}┤") for row in rows), value
        assert "0  1  2  3  4  5  6  7  8  9 10" in stage.text()
        assert stage.has("10:00", "PAUSED: F5 goes on", "round 1 is revealed", "● actual 5, 5 (9 placed")
        await stage.resize(80, 24)
        await stage.until("↑ benefit delivered", "Noise protest")


async def test_two_sizes_never_chase_each_other_in_the_palette(path: Path) -> None:
    async with staged(path) as stage:
        await stage.press("ctrl+p")
        driver = stage.app._driver
        assert driver is not None
        for turn in range(30):
            size = (80 + turn * 37 % 60, 20 + turn * 7 % 30)
            driver._size = size
            driver.process_message(events.Resize.from_dimensions(size, None))
            await asyncio.sleep(0.01)
        await stage.resize(100, 30)
        await stage.until("F1", lambda: len(stage.rows()) == 30)
