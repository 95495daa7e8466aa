"""The app: how it starts and ends, its time, its keys. What it keeps is in `tui.keeping`, what it opens in `tui.navigation`."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.events import Event, Key, Paste, Resize
from textual.geometry import Size
from textual.screen import Screen

from screens import logbook as logbook_screen
from screens.frame.base import Sized
from screens.frame.keys import EVERYWHERE, Command, bindings
from screens.frame.question import Notice, Question
from screens.logbook import LogbookScreen
from screens.too_small import TooSmall, too_small
from store.archive.archive import Archive, ArchiveError
from store.timekeeper import AWAY_AFTER, Timekeeper
from store.words.text import visible
from tui.navigation import Opening
from tui.theme import themes_for

PREPARE_AFTER = 0.3
"""Seconds after the start at which the models are imported; the first screen has been drawn by then."""

TICK = 0.1
"""Seconds between looks at the clock; what the clock says never depends on it."""

BEAT = 2.0
"""Seconds between signs of life during a live session."""

RETRY = 5.0
"""Seconds after which a save that failed is tried again."""

FOLLOW = 1.0
"""Seconds between looks at what another Redraw has saved, while that one writes."""

NOTES = 1.0
"""Seconds between looks at what `redraw note` has left, while we write."""

SETTLED_WITHIN = 2.0
"""Seconds that a key waits for what was typed before it; in practice it takes a few milliseconds."""


class RedrawApp(Opening):
    """Redraw in a terminal."""

    TITLE = "Redraw"
    CSS_PATH = Path(logbook_screen.__file__).with_name("logbook.tcss")  # the first screen's; the others bring their own
    ENABLE_COMMAND_PALETTE = True
    # LEAVE stands here and not on the screens: Textual's own ctrl+q would quit at once, before a screen is asked.
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(EVERYWHERE)]

    def __init__(self, path: Path, speed: float = 1.0, time: Timekeeper | None = None) -> None:
        super().__init__(path, speed, time)
        # A projected screen that slides draws every eye; what is scrolled to is there at once.
        self.animation_level = "none"
        self._trouble = ""
        self._mounted = False
        self._last_look = self.now()
        self._last_notes = 0.0
        self._dark, self._light = themes_for(self.console.color_system)
        self.register_theme(self._dark)
        self.register_theme(self._light)
        self.theme = self._dark.name

    # ---------------------------------------------------------------------------------------------------- the start

    def get_default_screen(self) -> Screen[Any]:
        """Open the archive and show the logbook, or say in `on_mount` what stands in the way."""
        try:
            self.archive = Archive(self.path)
            self._entries, self._fresh = self._read_entries(), True
            self.demo = self.archive.demo
        except ArchiveError as error:
            self._trouble = visible(str(error))
            return super().get_default_screen()
        self._find_drafts()
        self.speed_note = f", clock ×{self.speed:g}" if self.speed != 1 else ""
        return LogbookScreen()

    def on_mount(self) -> None:
        """Begin to keep the time, where there is an archive."""
        if self._trouble:
            self.farewell = f"redraw: {self._trouble}"
            self.push_screen(Notice(self._trouble, "Enter leaves; nothing was changed."))
        else:
            self.set_interval(TICK, self._tick)
            self.set_timer(PREPARE_AFTER, self._prepare)
        self._mounted = True
        self._cover_if_too_small()

    def _prepare(self) -> None:
        """Import what the first session needs, now that the first screen is there."""
        if not self.screen_stack:  # it was left at once
            return
        gc.freeze()  # what is there now stays: no collection need look at it, least of all now
        gc.enable()
        hindrance = self._claim()
        if hindrance is not None and not self.read_only:
            self.warning = visible(str(hindrance))
        if loose := ", ".join(path.name for path in self.archive.loose() if path != self.archive.path.parent):
            self.notify(
                visible(f"Others on this computer can read {loose}: “redraw check --repair” makes that yours alone."),
                severity="warning",
                markup=False,
                timeout=10,
            )
        self.run_worker(self._prepare_aside, thread=True, exit_on_error=False)

    def _prepare_aside(self) -> None:
        _import_models()
        gc.freeze()  # the models stay too
        self.archive.prepare()
        gc.freeze()  # and what is kept of earlier probes

    # ----------------------------------------------------------------------------------------------------- the time

    def _tick(self) -> None:
        if not self.screen_stack:  # Redraw is being left: its screens go before its timers do
            return
        now = self.now()
        away, self._last_tick = now - self._last_tick, now
        if self._live and away > AWAY_AFTER and self.debrief.clock().running:
            self._ask_about(away)
        if self._live and now - self._last_beat >= BEAT:
            self._last_beat = now
            self.archive.beat(now)
        if self.unsaved and now - self._last_try >= RETRY:
            self._save()
            self._show()
        if not self.archive.writes and now - self._last_look >= FOLLOW:
            self._last_look = now
            self._follow()
        if self.archive.writes and now - self._last_notes >= NOTES:
            self._last_notes = now
            self._take_in_notes()
        self._keep_drafts()
        self._cover_if_too_small()  # for a screen that needs more room than the one before
        for screen in self.screen_stack:  # also below a help or a question: time is up there too
            if isinstance(screen, Sized) and screen.is_mounted:
                screen.tick()

    # ------------------------------------------------------------------------------------------------------ the end

    def quit(self) -> None:
        if self._all_saved():
            self.exit()
            return

        def answered(answer: int | None) -> None:
            if answer == 1:
                self.exit(return_code=1)

        asked = f"Not everything is saved. {self.unsaved}"
        self.push_screen(Question(asked, ("Stay, and try again", "Quit, and lose what is not saved"), 0), answered)

    def _fatal_error(self) -> None:
        """A bug ends the app with one sentence rather than a traceback; REDRAW_DEBUG brings the traceback back."""
        if os.environ.get("REDRAW_DEBUG"):
            super()._fatal_error()
            return
        self.farewell = (
            f"redraw: something in Redraw went wrong ({type(self._exception).__name__}). What was shown as saved is in"
            f" {visible(str(self.path))}; start redraw again to go on from there. Set REDRAW_DEBUG=1 to see where it went wrong."
        )
        self._close_messages_no_wait()

    # -------------------------------------------------------------------------------------------- keys and commands

    async def on_event(self, event: Event) -> None:
        """Have keys that do something act in their turn, however fast they come.

        Textual runs a binding at once, while letters that were typed before it may still wait in the queue of their
        field, and reads on while what a key set off is still on its way up from there.
        """
        if isinstance(event, Paste) and isinstance(self.screen, CommandPalette):
            event = Paste(visible(event.text))  # the palette's field is Textual's own, and would show it as it is
        acts = isinstance(event, Key) and not event.is_forwarded and not event.is_printable
        if acts:
            await self._settled()
        await super().on_event(event)
        if acts:
            await self._settled()

    async def _settled(self) -> None:
        """Until what has the focus and all that stands above it have taken in what was sent to them."""
        above = self.focused.ancestors_with_self if self.focused else [self.screen]
        for node in above:
            taken_in = asyncio.Event()
            if node is not self and node.call_later(taken_in.set):
                with suppress(TimeoutError):
                    await asyncio.wait_for(taken_in.wait(), SETTLED_WITHIN)

    def action_guide(self) -> None:
        """The help for the screen that is shown; the help itself is closed."""
        from screens.frame.help import Guide

        screen: Any = self.screen
        if isinstance(screen, Guide):
            screen.dismiss()
        elif about := getattr(screen, "about", None):
            self.push_screen(Guide(about, screen.commands))

    def action_leave(self) -> None:
        """Leave the screen that is shown, in its own way; a question has to be answered first."""
        leave = getattr(self.screen, "action_leave", None)
        if leave is not None:
            leave()

    def action_theme(self) -> None:
        """Light or dark."""
        self.theme = (self._light if self.theme == self._dark.name else self._dark).name

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: every command that the present screen offers, in the screen's own words."""
        commands: tuple[Command, ...] = (*EVERYWHERE, *getattr(screen, "commands", ()))
        offered = {(command.key, command.action): command for command in commands}
        active = {(each.binding.key, each.binding.action) for each in screen.active_bindings.values() if each.enabled}
        for command in offered.values():
            if (command.key, command.action) in active and command.action != "command_palette":
                run = screen.run_action if command not in EVERYWHERE else self.run_action
                yield SystemCommand(
                    f"{command.title} ({command.key_name})", command.help, _later(self, run, command.action)
                )

    def on_resize(self, event: Resize) -> None:
        """Below the smallest size only a sentence is shown, until there is room again."""
        if self._mounted:
            self._cover_if_too_small(event.size)

    def _cover_if_too_small(self, size: Size | None = None) -> None:
        if not isinstance(self.screen, TooSmall) and too_small(size or self.size, self.screen_stack):
            self.push_screen(TooSmall())


def _later(app: App[Any], run: Any, action: str) -> Any:
    def go() -> None:
        app.call_later(run, action)

    return go


def _import_models() -> None:
    import store.debrief
    import store.entries  # noqa: F401
