"""The red lines are read out and marked; the three questions are asked again; both are there afterwards."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from screens.judging import RedLinesScreen
from screens.phases.base import PhaseScreen
from store.archive.archive import Archive
from store.debrief import Debrief
from store.model import RedLine
from tests.conftest import Shell
from tests.helpers.builders import HOSTILE_LINES, in_short
from tests.helpers.rooms import NOW, ROOM, room, taken_in
from tests.helpers.stage import SIZES, Stage, begun
from tests.helpers.texts import harmless

TWENTY = [
    f"Line {n} is long enough to run over the end of the row on a small terminal, and then on" for n in range(1, 21)
]


def agreed(path: Path, *lines: str, **session: object) -> Debrief:
    """An archive with a debrief in its opening, whose pact has these red lines."""
    return taken_in(path, room(pact={**ROOM["pact"], "red_lines": list(lines)}), began=NOW - 60, **session)


async def reading(stage: Stage) -> RedLinesScreen:
    await stage.press("f4")
    await stage.until(lambda: isinstance(stage.screen, RedLinesScreen))
    assert isinstance(stage.screen, RedLinesScreen)
    return stage.screen


async def test_the_room_marks_each_red_line_and_it_is_saved_at_once(path: Path) -> None:
    agreed(path, "Own paper.", "Own voice.", "No picture.")
    async with begun(path) as stage:
        await stage.until("F4 reads them out")
        await reading(stage)
        await stage.until("Enter or ↓: next")
        await stage.press("h", "h")
        await stage.until("1 of 3", "Held. Enter: the next.")
        stage.send("enter", "s", "down", "c")  # as fast as they come
        await stage.settle()
        await stage.until("Crossed. That was all: Escape.")
        await stage.until("Of 3 red lines 1 held, 1 strained, 1 crossed.", "[ ✗ crossed ]", "3 of 3")
        assert [(line.text, line.state) for line in stage.saved.session.red_lines] == [
            ("Own paper.", "held"),
            ("Own voice.", "strained"),
            ("No picture.", "crossed"),
        ]
        await stage.press("backspace", "up", "1", "left", "right", "right", "right")
        await stage.until("1 held, none strained, 1 crossed; 1 not marked")
        await stage.press("escape")
        await stage.until(lambda: stage.phase == "opening")
        said = stage.reads("#agreed")
        assert "✓ held: Own paper. ✗ crossed: Own voice. — No picture." in said
        assert "Of 3 red lines 1 held, none strained, 1 crossed; 1 not marked." in said
        await reading(stage)
        await stage.until("3 of 3")  # where the room went on
        await stage.press("f4", "f8")
        await stage.until("1 red line not marked (F4).")
        await stage.go("close")
        await stage.resize(120, 40)
        await stage.until("1 red line not marked: F4 in the opening.")
        told = "Of 3 red lines 1 held, none strained, 1 crossed; 1 not marked. ✗ crossed: Own voice."
        assert stage.reads("#lines") == told


@pytest.mark.sweep
async def test_twenty_red_lines_can_each_be_reached(path: Path) -> None:
    agreed(path, *TWENTY)
    async with begun(path, size=(60, 18)) as stage:
        await reading(stage)
        for at, line in enumerate(TWENTY, 1):
            await stage.until(f"{at} of 20", f"▸ {at}", line[:20])
            await stage.press("h", "down")
        await stage.until("Of 20 red lines 20 held, none strained, none crossed.", "20 of 20")
        await stage.press("pagedown", "pageup", *["up"] * 25)
        await stage.until("1 of 20", "[ ✓ held ]")


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
async def test_a_line_of_any_length_is_not_cut_in_large_letters(path: Path, size: tuple[int, int]) -> None:
    text = "Tenants in a building decide what happens in that building. Nobody else gets a vote. "
    agreed(path, *((text * 3)[:length].strip() for length in range(14, 224, 15)))
    async with begun(path, size=size) as stage:
        screen = await reading(stage)
        for at in range(14):
            await stage.until(f"{at + 1} of 14")
            large = screen.query_one("#large")
            assert screen.query_one("#line").size.height <= large.size.height, at
            await stage.press("down")


async def test_without_red_lines_a_sentence_says_so(path: Path) -> None:
    agreed(path)
    async with begun(path) as stage:
        await stage.press("f4")
        await stage.until("The pact has no red lines to read out: Ctrl+O opens the probe's form.")
        assert stage.phase == "opening"


async def test_the_wall_may_have_the_red_lines_and_they_go_back_to_it(path: Path) -> None:
    agreed(path, "Own paper.")
    async with begun(path, size=(120, 40)) as stage:
        await stage.press("f2")
        await reading(stage)
        await stage.until("Own paper.", "1 of 1")
        assert "Ayzel" not in stage.text()
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, PhaseScreen) and stage.screen.wall)


async def test_a_pact_that_changed_meanwhile_keeps_the_mark(path: Path) -> None:
    found = agreed(path, "Own paper.", red_lines=(RedLine(text="Gone since.", state="crossed"),))
    async with begun(path, size=(120, 40)) as stage:
        assert "✗ crossed: Gone since. (no longer in the pact)" in stage.reads("#agreed")
        await reading(stage)
        await stage.press("h", "down")
        await stage.until("2 of 2, no longer in the pact", "[ ✗ crossed ]")
        assert stage.saved.session.red_lines == (
            RedLine(text="Own paper.", state="held"),
            *found.session.red_lines,
        )


@pytest.mark.sweep
async def test_the_three_questions_stand_with_what_was_answered_before(path: Path, redraw: Shell) -> None:
    found = agreed(path, "Own paper.", phase="sovereignty")
    archive = Archive(path)
    before = replace(found, probe=found.probe.but(independence={"ally": "No: the van is theirs."}))
    archive.commit(found, before)
    archive.close()
    async with begun(path) as stage:
        await stage.until("If the ally withdraws, can we continue?", "before: No: the van is theirs.")
        await stage.focus("#language")
        await stage.until("can we dissent in public without a break? not answered before")
        await stage.type(" Yes, [b]once ")
        await stage.until(lambda: stage.saved.session.independence == {"language": " Yes, [b]once "})
        await stage.focus("#ally")
        await stage.type("Yes")
        await stage.press("tab")
        await stage.until(lambda: stage.saved.session.independence["ally"] == "Yes")
        await stage.press("f3")
        await stage.until("curtain drawn")
        assert not stage.has("the van")
        await stage.press("f3", "f2")
        await stage.until("1 of 4 measured, 2 of 3 questions answered")
        stage.app.live.archive.close()
    shown = redraw("show", "p1")
    assert "before: No: the van is theirs.\n      after: Yes\n" in shown.out
    assert json.loads(redraw("show", "p1", "--json").out)["session"]["independence"] == {
        "ally": "Yes",
        "language": " Yes, [b]once ",
    }


@pytest.mark.sweep
@pytest.mark.parametrize("text", [*HOSTILE_LINES, "[b]x[/] " * 1250], ids=in_short)
async def test_whatever_a_red_line_says_is_shown_as_itself(path: Path, text: str) -> None:
    agreed(path, text, "x")
    async with begun(path) as stage:
        await reading(stage)
        for size in SIZES:
            await stage.resize(*size)
            for key in ("h", "pagedown", "down", "s", "up", "backspace", "c"):
                await stage.press(key)
                assert len(stage.rows()) == size[1]
                assert all(harmless(row) for row in stage.rows())
        assert stage.saved.session.red_lines[0] == RedLine(text=text, state="crossed")
        await stage.press("escape")
        await stage.go("close")
        assert all(harmless(row) for row in stage.rows())
