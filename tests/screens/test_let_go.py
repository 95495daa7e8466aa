"""An entry that Up brought back stays as it was once all of its text is deleted: what is typed then is a new line."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from screens.frame.entry_line import NEW_LINE
from screens.observe import ObserveScreen
from screens.probe.non_negotiables import PrinciplesScreen
from screens.widgets.entry_field import EntryField
from store.debrief import Debrief
from tests.helpers.dissenting import kept
from tests.helpers.rooms import NOW, ROOM, room, taken_in
from tests.helpers.stage import Stage, begun, staged

PHASES: dict[str, tuple[str, str, Callable[[Debrief], Any]]] = {
    "opening": ("Zoe; Nightwatch", "Yan; Nightwatch", lambda d: [each.alias for each in d.participants]),
    "silent_mapping": ("+ we held", "- they left", lambda d: [each.text for each in d.moments]),
    "small_groups": ("1+ we held # 1", "1- they left # 1", lambda d: [each.text for each in d.patterns]),
    "decompression": ("weary 2", "glad", lambda d: sorted(d.session.feelings.items())),
    "positions": ("a> one", "b> two", lambda d: [each.text for each in d.dissent]),
    "proposals": ("One", "Two", lambda d: [each.title for each in d.proposals]),
    "observe": ("f: one", "s: two", lambda d: [each.text for each in d.observations]),
    "principles": ("Ours alone.", "Theirs too.", lambda d: [each.principles for each in d.non_negotiables]),
}
"""A line for each screen in which lines are entered and come back, another one, and what is kept of them."""

WAYS: dict[str, tuple[str, ...]] = {
    "backspace": ("backspace",) * 80,
    "ctrl+u": ("end", "ctrl+u"),
    "ctrl+w": ("end", *("ctrl+w",) * 20),
    "ctrl+k": ("home", "ctrl+k"),
    "delete": ("home", *("delete",) * 80),
    "selected and deleted": ("home", "shift+end", "delete"),
    "selected and cut": ("end", "shift+home", "ctrl+x"),
    "blanks are left": ("end", "ctrl+u", "space", "space"),
}


def field(stage: Stage) -> str:
    return stage.get("#field", EntryField).value


@asynccontextmanager
async def typing(path: Path, phase: str) -> AsyncIterator[Stage]:
    """The app where lines of a phase are entered."""
    if phase in ("positions", "proposals"):
        kept(path, phase)
    else:
        found = room(actual=ROOM["actual"][:-2])
        taken_in(path, found, began=NOW - 60, phase=phase if phase not in ("observe", "principles") else "opening")
    if phase == "principles":
        async with staged(path) as stage:
            await stage.press("f7")
            await stage.until(lambda: isinstance(stage.screen, PrinciplesScreen), "Non-negotiables")
            yield stage
    elif phase == "observe":
        async with staged(path) as stage:
            await stage.press("f5")
            await stage.until(lambda: isinstance(stage.screen, ObserveScreen) and stage.screen.restored)
            yield stage
    else:
        async with begun(path) as stage:
            yield stage


async def is_a_new_line(path: Path, phase: str, way: str) -> None:
    """See that a line typed after an emptied one of a phase is entered beside it."""
    one, two, said = PHASES[phase]
    async with typing(path, phase) as stage:

        def entered() -> Any:
            return said(stage.debrief)

        await stage.enter(one)
        first = entered()
        await stage.press("up")
        await stage.until(lambda: field(stage), "Edit it and press Enter")
        await stage.press(*WAYS[way])
        await stage.until(lambda: not field(stage).strip(), NEW_LINE)
        assert entered() == first
        await stage.press(*("backspace",) * 4)
        await stage.enter(two)
        await stage.until(lambda: field(stage) == "", lambda: entered() != first)
        both = entered()
        await stage.press("ctrl+t")
        await stage.until(lambda: entered() == first)
        assert len(str(both)) > len(str(first))
        assert all(name in str(both) for name in re.findall(r"\w{3,}", one.replace("Nightwatch", "")))


@pytest.mark.parametrize("phase", ["silent_mapping", "positions"])
async def test_after_an_entry_was_emptied_what_is_typed_is_a_new_line(path: Path, phase: str) -> None:
    await is_a_new_line(path, phase, "ctrl+u")


@pytest.mark.sweep
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("phase", PHASES)
async def test_an_entry_of_any_phase_is_emptied_in_any_way(path: Path, phase: str, way: str) -> None:
    await is_a_new_line(path, phase, way)


@pytest.mark.parametrize("phase", ["silent_mapping", "positions"])
async def test_an_entry_that_keeps_a_letter_is_still_edited(path: Path, phase: str) -> None:
    one, _, said = PHASES[phase]
    async with typing(path, phase) as stage:
        await stage.enter(one)
        first = said(stage.debrief)
        await stage.press("up", *("backspace",) * (len(one) - 1))
        await stage.type(one[1:-1] + "3")
        await stage.press("enter")
        await stage.until(lambda: field(stage) == "", lambda: said(stage.debrief) != first)
        assert len(said(stage.debrief)) == len(first)


async def test_up_brings_an_emptied_entry_back_and_enter_on_nothing_changes_nothing(path: Path) -> None:
    async with typing(path, "silent_mapping") as stage:
        await stage.enter("+ we held")
        first = stage.saved
        await stage.press("up", "end", "ctrl+u", "enter")
        assert stage.saved.moments == first.moments
        await stage.press("up")
        await stage.until(lambda: field(stage) == "+ we held", "Edit it and press Enter")
        await stage.press("end", *" fast", "enter")
        await stage.until(lambda: stage.saved.moments[-1].text == "we held fast")
        assert len(stage.saved.moments) == len(first.moments)


async def test_an_edit_that_was_refused_and_set_aside_is_let_go_too(path: Path) -> None:
    async with typing(path, "small_groups") as stage:
        await stage.enter("1+ we held # 1")
        first = stage.saved
        await stage.press("up", "end", *("backspace",) * 4, "enter")
        await stage.until("Say what it rests on")
        await stage.press("escape", "up")
        await stage.until(lambda: field(stage) == "1+ we held", "Edit it and press Enter")
        await stage.press("end", "ctrl+u")
        await stage.until(NEW_LINE)
        await stage.enter("1- they left # 1")
        await stage.until(lambda: field(stage) == "")
        assert stage.saved.patterns[:-1] == first.patterns
        assert stage.saved.patterns[-1].text == "they left"


async def test_what_is_typed_over_a_selected_entry_edits_it(path: Path) -> None:
    async with typing(path, "silent_mapping") as stage:
        await stage.enter("+ we held")
        count = len(stage.saved.moments)
        await stage.press("up", "home", "shift+end")
        await stage.enter("- they left")
        await stage.until(lambda: stage.saved.moments[-1].text == "they left")
        assert len(stage.saved.moments) == count
