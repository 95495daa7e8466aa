"""Whatever somebody writes is shown as itself: in every widget, at every size, and nothing in it is obeyed."""

from collections.abc import Awaitable, Callable
from itertools import cycle
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList, TextArea

from screens.phases.base import PhaseScreen
from screens.probe.pact import PactScreen
from screens.review import ReviewScreen
from screens.widgets.entry_field import EntryField
from store.exchange.incoming.rooms import read_room
from store.live.hall import Hall
from store.phases import DISSENT_PHASES, NAMES
from store.words.text import BOM
from tests.helpers import texts
from tests.helpers.builders import HOSTILE_LINES, in_short
from tests.helpers.rooms import NOW, taken_in
from tests.helpers.stage import SIZES, Stage, begun, staged
from tests.helpers.texts import harmless

pytestmark = pytest.mark.sweep  # every screen with every text takes minutes; .ci/run has them

MIXED = "".join(text for text in HOSTILE_LINES if len(text) < 300)
"""All of it in one line: markup, escape sequences, control and bidi characters, joiners, surrogates."""

LONG = "[b]x[/] " * 1250
"""Ten thousand characters."""

TEXTS = {"mixed": MIXED, "long": LONG}
"""What is tried each time; the sweep takes every text by itself, on every screen, at every size."""


def wholly(text: str) -> dict[str, object]:
    """A room in which every text is that one, with people enough to show an organisation."""
    people = [f"{n}{text}" for n in range(4)]
    marks = [{"by": name, "autonomy": n, "benefit": 10 - n} for n, name in enumerate(people)]
    roster = [{"alias": name, "organisation": text, "role": text} for name in people]
    return texts.room(text) | {"participants": roster, "actual": marks, "expected": marks}


def filled(path: Path, text: str, **session: object) -> None:
    """An archive with one session full of a text; not sealed, unless `session` says so."""
    file = wholly(text)
    closing = read_room(file, "2026-11-07T19:00:00+00:00").session.closing
    taken_in(path, file, **{"began": NOW - 60, "no_amendment": text, "closing": closing, "revealed": 1, **session})


def planned(path: Path, text: str) -> None:
    """An archive with one probe full of a text, whose action has not ended."""
    kept = ("title", "issue", "scope", "place", "context", "our_organisation", "partners", "expected")
    file = {name: of for name, of in wholly(text).items() if name in kept}
    taken_in(path, {**file, "pact": {"starts": "2026-11-06", "ends": "2026-11-12", "red_lines": [text]}})


def check(stage: Stage, *where: object) -> None:
    """The whole screen is drawn, and nothing that a terminal acts on is in it."""
    rows = stage.rows()
    assert len(rows) == stage.app.size.height, where
    for row in rows:
        assert harmless(row), (where, ascii(row))


async def session(stage: Stage, text: str, thorough: bool = False) -> None:
    """All eight phases, on the wall and off it, behind the curtain and before it, with the text typed and refused too."""
    sizes = cycle(SIZES)
    for phase in NAMES:
        await stage.go(phase)
        screen = stage.screen
        assert isinstance(screen, PhaseScreen)
        for size in SIZES if thorough else [next(sizes)]:
            await stage.resize(*size)
            for hall in (Hall(wall=True, curtain=True), Hall(curtain=True), Hall()):
                stage.app.live.shut(hall)
                await stage.settle()
                check(stage, phase, size, hall)
        for field in screen.query(EntryField):
            stage.paste(text)
            await stage.until(lambda of=field: of.value == text.strip("\r\n"))  # type: ignore[misc]
            check(stage, phase, "typed")
            for key in ("enter", "up", "escape", "f3", "f4") if thorough else ("enter",):
                await stage.press(key)
                check(stage, phase, key)


async def review(stage: Stage, text: str, thorough: bool = False) -> None:
    """Every page of a past session with the curtain open, and a moment that is added."""
    await stage.press("f3")
    pages = stage.get("#pages", OptionList)
    sizes = cycle(SIZES)
    for at in range(pages.option_count):
        pages.highlighted = at
        for size in SIZES if thorough else [next(sizes)]:
            await stage.resize(*size)
            check(stage, at, size)
    pages.highlighted = [option.id for option in pages.options].index("Moments")
    await stage.press("tab")
    stage.paste(text)
    await stage.press("enter")
    await stage.until(lambda: stage.debrief.moments[-1].added_later)
    check(stage, "added")


async def dissenting(stage: Stage, text: str, thorough: bool = False) -> None:
    """The four phases of an open dissent session, each with the text typed, entered and shown."""
    await stage.press("f4", "1")
    await stage.until(lambda: stage.phase == "positions")
    for phase in DISSENT_PHASES:
        await stage.go(phase.name)
        screen = stage.screen
        assert isinstance(screen, PhaseScreen)
        prefix, suffix = {"placing": ("", " 3 7"), "choice": ("A ", "")}.get(phase.name, ("", ""))
        stage.paste(prefix + text + suffix)
        field = stage.get("#field", EntryField)
        await stage.until(lambda of=field: bool(of.value))  # type: ignore[misc]
        check(stage, phase.name, "typed")
        for key in ("enter", "up", "escape", "f3", "f4", "f4"):
            await stage.press(key)
            check(stage, phase.name, key)
        if phase.name != stage.phase:  # sealed
            break
        for size in SIZES:
            await stage.resize(*size)
            for hall in (Hall(wall=True, curtain=True), Hall()):
                stage.app.live.shut(hall)
                await stage.settle()
                check(stage, phase.name, size, hall)
    await stage.until("as it was left")
    await stage.press("f3")
    for size in SIZES if thorough else SIZES[:1]:
        await stage.resize(*size)
        for _ in range(3):
            await stage.press("down")
            check(stage, "review", size)
    probe = stage.saved
    assert [each.title for each in probe.proposals] == [text]
    assert probe.probe.title == text


async def elsewhere(stage: Stage, text: str, thorough: bool = False) -> None:
    """The logbook and its search, a question, the form, and the palette."""
    for size in SIZES:
        await stage.resize(*size)
        check(stage, "logbook", size)
    stage.paste(text)
    await stage.until(lambda: stage.get("#search", Input).value)
    check(stage, "search")
    await stage.press("escape")
    await stage.press("enter")
    await stage.until("This action has not ended")
    check(stage, "question")
    await stage.press("1")
    await stage.until("The probe and its pact")
    for size in SIZES if thorough else SIZES[1:2]:
        await stage.resize(*size)
        for _ in range(23):
            await stage.press("tab")
            check(stage, "form", size, stage.app.focused)
    await stage.press("f6")
    await stage.until(lambda: isinstance(stage.screen, PactScreen))
    for size in SIZES if thorough else SIZES[1:2]:
        await stage.resize(*size)
        check(stage, "pact", size)
    await stage.press("escape")
    await stage.press("ctrl+p")
    await stage.until(lambda: isinstance(stage.screen, CommandPalette))
    stage.paste(text)
    await stage.settle()
    check(stage, "palette")


async def try_session(path: Path, text: str, thorough: bool) -> None:
    filled(path, text)
    async with begun(path) as stage:
        await session(stage, text, thorough)


async def try_review(path: Path, text: str, thorough: bool) -> None:
    filled(path, text, sealed="2026-11-07T18:59:00+00:00")
    async with staged(path) as stage:
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen))
        await review(stage, text, thorough)


async def try_elsewhere(path: Path, text: str, thorough: bool) -> None:
    planned(path, text)
    async with staged(path) as stage:
        await elsewhere(stage, text, thorough)


async def try_dissent(path: Path, text: str, thorough: bool) -> None:
    async with staged(path) as stage:
        await dissenting(stage, text, thorough)


TRIED = {"dissent": try_dissent, "session": try_session, "review": try_review, "elsewhere": try_elsewhere}


@pytest.mark.drawn
@pytest.mark.parametrize("tried", TRIED.values(), ids=TRIED)
async def test_every_screen_is_drawn_with_everything_bad_in_it(
    path: Path, tried: Callable[[Path, str, bool], Awaitable[None]]
) -> None:
    await tried(path, MIXED, False)


@pytest.mark.parametrize("text", [*HOSTILE_LINES, LONG], ids=in_short)
@pytest.mark.parametrize("tried", TRIED.values(), ids=TRIED)
async def test_every_text_on_every_screen_at_every_size(
    path: Path, tried: Callable[[Path, str, bool], Awaitable[None]], text: str
) -> None:
    await tried(path, text.removeprefix(BOM), True)  # at the beginning of a paste it is dropped


@pytest.mark.drawn
async def test_lines_of_ten_thousand_characters(path: Path) -> None:
    filled(path, LONG)
    planned(path, LONG + "[/]")
    async with begun(path, size=(60, 18)) as stage:
        check(stage, "close")
        await stage.go("small_groups")
        check(stage, "small_groups")
        stage.paste(LONG)
        await stage.press("enter")
        check(stage, "refused")
        await stage.press("ctrl+q", "ctrl+q")
        await stage.until("type to find")
        check(stage, "logbook")
        await stage.press("down", "enter")
        await stage.until("has not ended", "1 Open the probe and its pact", "2 Start the debrief anyway")
        check(stage, "question")
        await stage.press("2")
        await stage.until(lambda: stage.phase == "opening")
        check(stage, "opening")


@pytest.mark.parametrize("text", [MIXED, "a\nb\rc\r\nd\u2028e\x85f\x0bg\x0ch\x1ci"], ids=in_short)
async def test_a_form_that_is_only_looked_at_changes_nothing(path: Path, text: str) -> None:
    filled(path, text)
    async with begun(path) as stage:
        before = stage.saved
        await stage.press("ctrl+o")
        await stage.until("The probe and its pact")
        await stage.press("tab", "tab", "tab", "escape")
        await stage.until(lambda: stage.phase == "opening")
        assert stage.saved == before


async def test_what_is_pasted_into_a_form_is_kept_to_the_code_point(path: Path) -> None:
    planned(path, "x")
    async with staged(path) as stage:
        await stage.press("ctrl+o")
        await stage.until("The probe and its pact")
        names = ("title", "issue", "our_organisation", "context", "red_lines", "messaging")
        for name in names:
            await stage.focus(f"#{name}")
            widget = stage.screen.query_one(f"#{name}")
            assert isinstance(widget, (Input, TextArea))
            widget.clear()
            stage.paste(MIXED)
            await stage.until(lambda of=widget: (of.text if isinstance(of, TextArea) else of.value) == MIXED)  # type: ignore[misc]
            check(stage, name)
        await stage.press("f4")
        await stage.until("probe")
        probe = stage.saved.probe
        assert [getattr(probe, name) for name in names[:4]] == [MIXED] * 4
        assert probe.pact.red_lines == probe.pact.messaging == (MIXED,)
