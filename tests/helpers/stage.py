"""A stage for the app: a filled archive, a stopped clock, keys, and what is on the screen.

Nothing here sleeps and hopes. After each key the helpers let everything it triggered finish, and `until` waits for whatever takes
longer. It fails with the screen's text.
"""

import asyncio
import string
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from textual import events
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static

from screens.frame.question import QUIET, QuestionScreen
from screens.phases.base import PhaseScreen
from screens.widgets.large_text import BigDigits, Poster
from screens.widgets.panel import Panel
from store.archive.archive import Archive
from store.debrief import Debrief
from store.timekeeper import Timekeeper
from tests.helpers.rooms import NOW
from tests.helpers.sweeps import swept
from tui.app import RedrawApp

W = TypeVar("W", bound=Widget)

PATIENCE = 20.0
"""The most seconds a condition may take. Only a computer under heavy load comes near it."""

SIZES = ((60, 18), (80, 24), (120, 40))
"""The smallest terminal, the usual one, and a large one."""

at_both_sizes = pytest.mark.parametrize(
    "size",
    [(80, 24), *swept((120, 40))],
    ids=lambda size: f"{size[0]}x{size[1]}",
)
"""For snapshots: the smaller size in every run, the larger one in the sweeps."""


NAMED = {" ": "space", "\t": "tab", "\n": "enter", "\r": "enter"}


@dataclass
class FakeClock:
    """A wall clock and steady clock that stand still until a test moves them."""

    now: float = NOW
    set_by: float = 0.0
    """How many seconds somebody has set the wall clock forward."""
    boot: str = "this run"
    """The run of the computer."""

    def keeper(self) -> Timekeeper:
        """A timekeeper for the app."""
        return Timekeeper(lambda: self.now + self.set_by, lambda: self.now, boot=lambda: self.boot)


def key_of(character: str) -> str:
    """The key that types a character."""
    if character in NAMED:
        return NAMED[character]
    return character if character in string.ascii_letters + string.digits else _character_to_key(character)


def _at_work(pump: Any) -> bool:
    """Whether an app, a screen or a widget has messages left or is handling one. Otherwise it waits for the next."""
    queue = pump._message_queue
    return not (pump._closing or pump._closed) and bool(queue.values or not queue.ready_event._waiters)


async def quiet(app: Any) -> None:
    """Wait until the app, the screen on top and its widgets have handled every message, also those sent meanwhile.

    Textual's pilot sends a message to every widget instead, which takes much longer.
    """
    loop: Any = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    await asyncio.sleep(0)
    while not app._exception_event.is_set() and app._screen_stack:
        if not loop._ready and not any(map(_at_work, [app, *app.screen.walk_children(with_self=True)])):
            return
        if loop.time() > end:
            pytest.fail(f"never quiet: {app.screen}")
        await asyncio.sleep(0 if loop._ready else 0.001)


@dataclass
class Stage:
    """An app in a test."""

    app: RedrawApp
    pilot: Pilot[None]
    clock: FakeClock
    bells: int = 0

    # ------------------------------------------------------------------------------------------------- what is there

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top."""
        return self.app.screen

    @property
    def phase(self) -> str:
        """The phase on the screen; empty on other screens."""
        return self.screen.phase.name if isinstance(self.screen, PhaseScreen) else ""

    @property
    def debrief(self) -> Debrief:
        """The debrief in hand."""
        return self.app.live.debrief

    @property
    def saved(self) -> Debrief:
        """The debrief in hand, read again from the archive's file."""
        return Archive(self.app.path).debrief(self.debrief.probe.id)

    @property
    def digits(self) -> str:
        """The visible clock, on the wall view or beside the work, even below a question. Empty if there is none."""
        for screen in reversed(self.app.screen_stack):
            if screen.query("#digits"):
                return screen.query_one("#wall-digits" if screen.wall else "#digits", BigDigits).text  # type: ignore[no-any-return]
        return ""

    def rows(self) -> list[str]:
        """What the terminal receives, row by row, without colours."""
        return [strip.text for strip in self.screen._compositor.render_strips()]

    def text(self) -> str:
        """All text on the screen, including large letters."""
        large = [each.text for each in self.screen.query(Poster) if each.region and each.is_on_screen]
        return "\n".join([*(row.rstrip() for row in self.rows()), *large])

    def flat(self) -> str:
        """The text without the sides of panels, and with each run of blanks as one space, for sentences that span rows."""
        return " ".join(self.text().replace("│", " ").split())

    def has(self, *texts: str) -> bool:
        """Whether the screen shows all of `texts`."""
        flat = self.flat()
        return all(text in flat for text in texts)

    def get(self, selector: str, kind: type[W]) -> W:
        """A widget of the screen on top."""
        return self.screen.query_one(selector, kind)

    @property
    def hint(self) -> str:
        """The sentence under the field."""
        return str(self.get("#hint", Static).visual)

    def reads(self, selector: str) -> str:
        """All text of one widget, or of the panels in it, with each run of blanks as one space. For columns side by side."""
        widget = self.get(selector, Widget)
        texts = [widget] if isinstance(widget, Static) else widget.query(Static)
        return " ".join(" ".join(str(each.visual) for each in texts).split())

    def panel(self, selector: str) -> str:
        """What the border of a panel says: its title, and the count or key at its right."""
        panel = self.get(selector, Panel)
        return f"{panel.title} {panel.count}".strip()

    # ----------------------------------------------------------------------------------------------------- what is done

    def send(self, *keys: str) -> None:
        """Press keys as fast as a terminal sends them, without waiting in between."""
        driver = self.app._driver
        assert driver is not None
        for key in keys:
            named = key if len(key) > 1 else key_of(key)
            event = events.Key(named, key if len(key) == 1 else " " if key == "space" else None)
            event.set_sender(self.app)
            driver.send_message(event)

    def paste(self, text: str) -> None:
        """Paste."""
        driver = self.app._driver
        assert driver is not None
        event = events.Paste(text)
        event.set_sender(self.app)
        driver.send_message(event)

    async def focus(self, selector: str) -> None:
        """Go to a field."""
        self.screen.set_focus(self.get(selector, Widget))
        await self.settle()

    def turn_to(self, title: str) -> None:
        """Turn the review to the page with a title."""
        pages = self.get("#pages", OptionList)
        titles = [pages.get_option_at_index(at).id for at in range(pages.option_count)]
        pages.highlighted = titles.index(title)

    async def settle(self) -> None:
        """Let everything under way finish."""
        for _ in range(3):
            await quiet(self.app)
            self.screen._on_timer_update()
        await quiet(self.app)

    async def press(self, *keys: str) -> None:
        """Press keys, each after the previous one has taken full effect."""
        for key in keys:
            self.send(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text at full speed."""
        self.send(*text)
        await self.settle()

    async def enter(self, *lines: str) -> None:
        """Type lines and enter each."""
        for line in lines:
            self.send(*line, "enter")
            await self.settle()

    @property
    def page(self) -> str:
        """The title of the review's page that is open."""
        found = self.get("#pages", OptionList).highlighted_option
        return (found.id or "") if found else ""

    async def until(self, *wanted: str | Callable[[], object]) -> None:
        """Wait until the screen shows each text and each condition holds. Fail with what is on the screen."""
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while True:
            await self.settle()
            missing = [each for each in wanted if not (self.has(each) if isinstance(each, str) else each())]
            if not missing:
                return
            if loop.time() > end:
                pytest.fail(f"in vain: {missing}\n{self.text()}")
            await asyncio.sleep(0.01)

    def later(self, seconds: float) -> None:
        """Let time pass while Redraw is awake."""
        self.clock.now += seconds
        self.app.live.absence.looked += seconds

    async def answer(self, *keys: str) -> None:
        """Answer a question that has come by itself, once it takes keys: a second later."""
        self.later(QUIET)
        await self.until(lambda: isinstance(self.screen, QuestionScreen) and self.screen.answers_count)
        await self.press(*keys)

    def notes_due(self) -> None:
        """Have Redraw look for notes at its next tick."""
        self.app.live._noted = 0.0

    def away(self, seconds: float) -> None:
        """Let time pass while Redraw is stopped."""
        self.clock.now += seconds

    async def go(self, phase: str, **session: object) -> None:
        """Put the session into a phase, bypassing the rules."""
        self.app.change(lambda debrief, _: debrief.with_session(phase=phase, **session))
        await self.until(lambda: self.phase == phase and self.screen.is_mounted)

    async def resize(self, columns: int, rows: int) -> None:
        """Make the terminal larger or smaller, and wait until the screen is laid out for it."""
        await self.pilot.resize_terminal(columns, rows)
        await self.until(lambda: self.app.size == (columns, rows) and len(self.rows()) == rows)


@asynccontextmanager
async def staged(
    path: Path,
    clock: FakeClock | None = None,
    size: tuple[int, int] = (80, 24),
    speed: float = 1.0,
    survives: bool = False,
) -> AsyncIterator[Stage]:
    """The app on an archive, just started. A fault ends it and fails the test, unless it `survives` faults as it does for people."""
    clock = clock or FakeClock()
    app = RedrawApp(path, speed=speed, time=clock.keeper())
    if not survives:
        app.survive = partial(App._handle_exception, app)  # type: ignore[method-assign]
    async with app.run_test(size=size, notifications=True) as pilot:
        stage = Stage(app, pilot, clock)

        def bell() -> None:
            stage.bells += 1

        app.bell = bell  # type: ignore[method-assign]
        await stage.settle()
        try:
            yield stage
        finally:
            if hasattr(app, "live"):
                # As when the process is killed: nothing is closed, and nothing that is still on its way claims it again.
                app.live.archive.claim = lambda: None  # type: ignore[method-assign]
                app.live.archive._storage._lock.release()


@asynccontextmanager
async def begun(
    path: Path, clock: FakeClock | None = None, size: tuple[int, int] = (80, 24), start: bool = False
) -> AsyncIterator[Stage]:
    """The app in the due or live session, at its phase. With `start`, its clock has just been started."""
    async with staged(path, clock, size) as stage:
        await stage.press("enter")
        await stage.until(lambda: stage.phase and stage.screen.is_mounted, lambda: stage.hint)
        if start:
            await stage.press("f5")
            await stage.until("ends at")
        yield stage


async def armed(stage: Stage, key: str) -> None:
    """Press a guarded key once and wait until the hint says what a second press does."""
    await stage.press(key)
    name = key.upper() if key.startswith("f") else key.title()
    await stage.until(lambda: stage.hint.startswith(f"{name} again"))
