"""Whatever somebody writes is shown as itself: in every widget, at every size, and nothing in it is obeyed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList, TextArea

from screens.phase import PhaseScreen
from screens.widgets.entry import EntryField
from store.phases import NAMES
from store.rooms import read_room
from tests import texts
from tests.builders import HOSTILE_LINES, in_short
from tests.screens.rooms import NOW, taken_in
from tests.screens.stage import SIZES, Stage, begun, staged
from tests.texts import harmless

MIXED = "".join(text for text in HOSTILE_LINES if len(text) < 1000)
"""All of it in one line: markup, escape sequences, control and bidi characters, joiners, surrogates."""

TEXTS = {"mixed": MIXED, "long": "[b]x[/] " * 1250}
"""What is tried each time; the sweep takes every text by itself."""


def wholly(text: str) -> dict[str, object]:
    """A room in which every text is that one, with people enough to show an organisation, not yet closed."""
    file = texts.room(text)
    people = [f"{n}{text}" for n in range(4)]
    file["participants"] = [{"alias": name, "organisation": text, "role": text} for name in people]
    file["actual"] = [{"by": name, "autonomy": n, "benefit": 10 - n} for n, name in enumerate(people)]
    file["expected"] = file["actual"]
    closing = file.pop("close")
    file["close"] = closing
    return file


def live(path: Path, text: str, **session: object) -> None:
    """A live session full of a text, its closing half filled in."""
    file = wholly(text)
    closing = read_room(file, "2026-11-07T19:00:00+00:00").session.closing
    taken_in(path, file, began=NOW - 60, no_amendment=text, closing=closing, **session)


def check(stage: Stage, where: object) -> None:
    """Nothing that a terminal acts on is in what it is given; nothing is wider than the screen or missing from it."""
    rows = stage.rows()
    for row in rows:
        assert harmless(row), (where, ascii(row))
    assert len(rows) == stage.app.size.height
    assert stage.app.is_running, where


async def each_size(stage: Stage) -> Iterator[tuple[int, int]]:  # type: ignore[misc]
    for size in SIZES:
        await stage.resize(*size)
        await stage.settle()
        check(stage, (size, stage.screen))
        yield size


async def session(path: Path, text: str, sizes: tuple[tuple[int, int], ...] = SIZES) -> None:
    """All eight phases, on the wall and off it, at every size, with the text typed and refused too."""
    live(path, text, revealed=1)
    async with begun(path) as stage:
        for phase in NAMES:
            await stage.go(phase)
            screen = stage.screen
            assert isinstance(screen, PhaseScreen)
            for wall in (False, True):
                screen.wall = wall
                for curtain in (False, True) if not wall else (True,):
                    screen.curtain = curtain
                    for size in sizes:
                        await stage.resize(*size)
                        await stage.settle()
                        check(stage, (phase, wall, curtain, size))
            screen.wall = screen.curtain = False
            for field in screen.query(EntryField):
                stage.paste(text)
                await stage.until(lambda of=field: of.value)  # type: ignore[misc]
                assert field.value == text.strip("\r\n")
                check(stage, (phase, "typed"))
                await stage.press("enter")
                check(stage, (phase, "entered"))
                await stage.press("up")
                check(stage, (phase, "mended"))
                await stage.press("escape")
            for guarded in ("f8", "f9", "f4"):
                await stage.press(guarded)
                check(stage, (phase, guarded))


async def elsewhere(path: Path, text: str, sizes: tuple[tuple[int, int], ...] = SIZES) -> None:
    """The logbook and its search, the form, the help, the palette, questions, notices, and the pages of the review."""
    file = wholly(text)
    taken_in(path, {**file, "close": None, "participants": [], "moments": [], "patterns": [], "amendments": []} | SOON)
    async with staged(path) as stage:
        for size in sizes:
            await stage.resize(*size)
            await stage.settle()
            check(stage, ("logbook", size))
        stage.paste(text)
        await stage.until(lambda: stage.get("#search", Input).value)
        check(stage, "search")
        await stage.press("escape")
        stage.app.notify(text, title=text, markup=False)
        await stage.settle()
        check(stage, "notification")
        await stage.press("ctrl+o")
        await stage.until("The probe and its pact")
        for size in sizes:
            await stage.resize(*size)
            for _ in range(8):
                await stage.press("tab")
                check(stage, ("form", size, stage.app.focused))
        await stage.press("f1")
        check(stage, "help")
        await stage.press("f1", "ctrl+p")
        await stage.until(lambda: isinstance(stage.screen, CommandPalette))
        stage.paste(text)
        await stage.settle()
        check(stage, "palette")
        await stage.press("escape", "escape", "escape")
        await stage.until("probe")
        assert stage.saved == stage.app._saved, "nothing was typed, so nothing has changed"


SOON = {"pact": {"starts": "2026-11-06", "ends": "2026-11-12"}}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_a_session_full_of_it(path: Path, text: str) -> None:
    await session(path, text)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_every_other_screen_full_of_it(path: Path, text: str) -> None:
    await elsewhere(path, text)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_a_review_full_of_it(path: Path, text: str) -> None:
    await review(path, text)


async def review(path: Path, text: str, sizes: tuple[tuple[int, int], ...] = SIZES) -> None:
    """Every page, with the curtain open, at every size; and a moment added."""
    live(path, text, revealed=1, sealed="2026-11-07T18:59:00+00:00")
    async with staged(path) as stage:
        await stage.press("enter")
        await stage.until("as it was left" if len(text) < 1000 else "…")
        await stage.press("f3")
        pages = stage.get("#pages", OptionList)
        for size in sizes:
            await stage.resize(*size)
            for at in range(pages.option_count):
                pages.highlighted = at
                await stage.settle()
                check(stage, (size, at))
        pages.highlighted = 2
        await stage.press("tab")
        stage.paste(text)
        await stage.press("enter")
        await stage.until(lambda: stage.saved.moments[-1].added_later)
        check(stage, "added")


async def test_a_question_about_a_probe_with_a_very_long_title_can_be_answered(path: Path) -> None:
    live(path, "x" * 10_000)
    stored = taken_in(path, {"title": "y" * 10_000 + "[/]", **SOON})
    assert not stored.begun
    async with staged(path, size=(60, 18)) as stage:
        await stage.press("down", "enter")
        await stage.until(
            "This action has not ended", "1 Open the probe and its pact", "2 Start the debrief all the same"
        )
        check(stage, "question")
        await stage.press("2")
        await stage.until(lambda: stage.phase == "opening")


@pytest.mark.parametrize("text", [MIXED, *HOSTILE_LINES], ids=in_short)
async def test_a_form_that_is_only_looked_at_changes_nothing(path: Path, text: str) -> None:
    live(path, text)
    async with begun(path) as stage:
        before = stage.saved
        await stage.press("ctrl+o")
        await stage.until("The probe and its pact")
        await stage.press("tab", "tab", "tab", "escape")
        await stage.until(lambda: stage.phase == "opening")
        assert stage.saved == before


@pytest.mark.parametrize("text", [MIXED], ids=["mixed"])
async def test_what_is_pasted_into_a_form_is_kept_to_the_code_point(path: Path, text: str) -> None:
    taken_in(path, {"title": "a title", **SOON, "participants": [{"alias": "Ayzel", "organisation": "Nightwatch"}]})
    async with staged(path) as stage:
        await stage.press("ctrl+o")
        await stage.until("The probe and its pact")
        for name in ("title", "issue", "our_organisation", "context", "red_lines", "messaging"):
            await stage.focus(f"#{name}")
            await stage.press("end", "ctrl+u") if name == "title" else None
            stage.paste(text)
            widget = stage.screen.query_one(f"#{name}")
            assert isinstance(widget, (Input, TextArea))
            await stage.until(lambda of=widget: text in (of.text if isinstance(of, TextArea) else of.value))  # type: ignore[misc]
            check(stage, name)
        await stage.press("f4")
        await stage.until("probe")
        probe = stage.saved.probe
        assert (probe.title, probe.issue, probe.our_organisation, probe.context) == (text, text, text, text)
        assert probe.pact.red_lines == probe.pact.messaging == (text,)


@pytest.mark.sweep
@pytest.mark.parametrize("text", HOSTILE_LINES, ids=in_short)
@pytest.mark.parametrize("where", [session, elsewhere, review], ids=["session", "elsewhere", "review"])
async def test_every_text_on_every_screen(path: Path, text: str, where: object) -> None:
    assert callable(where)
    await where(path, text)
