"""The app: it starts, keeps time, handles keys, shows what the live session tells, and ends. It opens screens in `tui.navigation`."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path, PurePath
from time import monotonic, sleep
from typing import Any, ClassVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.events import Event, InputEvent, Paste, Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from screens import frame
from screens import logbook as logbook_screen
from screens.frame.base import BaseScreen, Finished, Work, WorkProgress
from screens.frame.drafts import DraftScreen
from screens.frame.keys import COPY, EVERYWHERE, SAVE, KeyCommand, bindings
from screens.frame.question import NoticeScreen
from screens.logbook import LogbookScreen
from screens.too_small import TooSmall, too_small
from store.archive.archive import Archive, ArchiveError
from store.live import news
from store.live.beside import HalfTyped
from store.live.live import Live
from store.live.news import Happening
from store.timekeeper import Timekeeper
from store.words.text import visible
from tui.copying import Copying
from tui.guard import Guard
from tui.navigation import Navigation
from tui.palette import OurThemesFirst, Palette
from tui.sound import Sounding
from tui.terminal import lenient_driver
from tui.theme import themes_for

PREPARE_AFTER = 0.3
"""Seconds after the start at which the models are imported; the first screen has been drawn by then."""

TICK = 0.1
"""Seconds between looks at the clock; what the clock says never depends on it."""

COLLECT_AFTER = 5.0
"""Seconds without a key or a click after which all of memory is searched for garbage; see `tui.commands.run.collect_seldom`."""

TELL_AFTER = 0.1
"""Seconds between two reports of how far reading has come."""


PAUSED = "Redraw is paused; type fg and Enter to come back."


class RedrawApp(Guard, Copying, Sounding, Navigation):
    """Redraw in a terminal."""

    TITLE = "Redraw"
    # What all screens share, and the first screen's; the others bring their own.
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        Path(frame.__file__).with_name("frame.tcss"),
        Path(logbook_screen.__file__).with_name("logbook.tcss"),
    ]
    # LEAVE stands here and not on the screens: Textual's own ctrl+q would quit at once, before a screen is asked.
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(EVERYWHERE)]

    def __init__(
        self, path: Path, speed: float = 1.0, time: Timekeeper | None = None, failed: Exception | None = None
    ) -> None:
        """Clocks of sessions that begin here run `speed` times as fast as real ones; `failed` is as for `Live`."""
        super().__init__(driver_class=lenient_driver())
        self.path = path
        self.farewell = ""
        """Printed in the terminal after Redraw has left it; mostly empty."""
        self.speed_note = f", clock ×{speed:g}" if speed != 1 else ""
        self._speed, self._time, self._failed = speed, time, failed
        # A projected screen that slides draws every eye; what is scrolled to is there at once.
        self.animation_level = "none"
        self._trouble = ""
        self._mounted = False
        self._lacks = False  # whether the archive has not got everything, once it is closed
        self._minute = 0  # of the hall's clock, when the screens were last drawn for it
        self._used = 0.0  # when somebody last pressed a key or clicked, until memory has been collected
        self._dark, self._light, *others = themes_for(self.console.color_system)
        for theme in (self._dark, self._light, *others):
            self.register_theme(theme)
        self.theme = self._dark.name

    @property
    def fell(self) -> Exception | None:
        """What ended it, if that may have been a damaged record."""
        error = self._exception
        damaged = error is not None and hasattr(self, "live") and self.live.archive.leave_out_damaged(error)
        return error if damaged else None

    # ---------------------------------------------------------------------------------------------------- the start

    def get_default_screen(self) -> Screen[Any]:
        """Open the archive and show the logbook; if that fails, `on_mount` says why."""
        try:
            self.live = Live(self.path, self._time, self._speed, self._failed)
        except ArchiveError as error:
            self._trouble = visible(str(error))
            return super().get_default_screen()
        self.live.listeners.append(self._hear)
        self.live.drafts.sources.append(self._half_typed)
        return LogbookScreen()

    def on_mount(self) -> None:
        if self._trouble:
            self.farewell = f"redraw: {self._trouble}"
            self.push_screen(NoticeScreen(self._trouble, "Enter leaves; nothing was changed."))
        else:
            self._minute = int(self.live.now() // 60)
            self.set_interval(TICK, self._tick)
            self.set_timer(PREPARE_AFTER, self._prepare)
        self._mounted = True
        self._cover_if_too_small()

    def _prepare(self) -> None:
        """Import what the first session needs, once the first screen is drawn."""
        if not self.screen_stack:  # it was left at once
            return
        gc.freeze()  # what is there now stays: no collection need look at it, least of all now
        gc.enable()
        self.live.writer.start()
        self.run_worker(self._prepare_aside, thread=True, exit_on_error=False)

    def _prepare_aside(self) -> None:
        import store.debrief
        import store.entries  # noqa: F401

        gc.freeze()  # the models stay too
        self.live.archive.prepare()
        gc.freeze()  # and what is kept of earlier probes

    # ------------------------------------------------------------------------------------------- what the session tells

    def _hear(self, what: news.News) -> None:
        match what:
            case news.Status():
                self.banner = _banner(what)
            case Happening.BEGAN:
                self.push_screen(self.phase_screen())
            case Happening.DEBRIEF_CHANGED:
                self.show()
            case Happening.MOVED:
                self.show_phase()
            case Happening.LOGBOOK_CHANGED:
                for screen in self.screen_stack:
                    if isinstance(screen, LogbookScreen) and screen.is_mounted:
                        screen.list_anew()
            case news.Notice(sentence, title, grave):
                if grave:
                    self.notify(visible(sentence), title=title, severity="error", markup=False, timeout=30)
                else:
                    self.notify(visible(sentence), title=title, severity="warning", markup=False, timeout=10)
            case news.Away(seconds, left):
                self.ask_about_absence(seconds, left)
            case Happening.CHECKPOINT_DUE:
                self.run_worker(self.live.writer.checkpoint, thread=True, exit_on_error=False)

    def _half_typed(self) -> Iterator[HalfTyped]:
        """What is half typed on any screen, covered or not."""
        for screen in self.screen_stack:
            if isinstance(screen, DraftScreen) and screen.restored and screen.is_mounted:
                yield HalfTyped(screen.draft_key, screen.stash(), screen.on_disk)

    def on_input_changed(self) -> None:
        if not self._trouble:
            self.live.drafts.touch()

    def on_text_area_changed(self) -> None:  # by its name, since importing TextArea would take a fifteenth of the start
        self.live.drafts.touch()

    def keep_typed(self) -> None:
        if isinstance(self.screen, DraftScreen):
            self.screen.flush()
        self.live.drafts.gather()

    def read_aside(self, work: Work, asker: Widget) -> None:
        self.run_worker(lambda: _read_aside(self.path, work, asker), thread=True, exit_on_error=False)

    def _tick(self) -> None:
        if not self.screen_stack:  # Redraw is being left: its screens go before its timers do
            return
        self.live.tick()
        if self._used and monotonic() - self._used > COLLECT_AFTER:
            self._used = 0.0
            gc.collect()
        self._cover_if_too_small()  # for a screen that needs more room than the one before
        minute = int(self.live.now() // 60)
        passed, self._minute = self._minute != minute, minute
        for screen in self.screen_stack:  # also below a help or a question: time is up there too
            if isinstance(screen, BaseScreen) and screen.is_mounted:
                screen.tick()
                if passed:
                    screen.new_minute()

    # ------------------------------------------------------------------------------------------------------ the end

    def end_by(self, number: int) -> None:
        """End as a signal asks, or the end of the terminal: after what was typed so far, with everything kept."""

        async def end() -> None:
            await self._settled()
            self.keep_typed()
            self.live.keep_drafts()
            if not self.live.all_saved():
                self.copy_somewhere()

        if not self._trouble:
            self.call_later(end)
        self.call_later(self.exit, return_code=128 + number)

    def close(self) -> None:
        """Bring all saves into the one file, after the terminal is back to normal; the farewell tells what isn't there."""
        if not hasattr(self, "live"):
            return
        said = [self.last_account()]
        try:
            whole = self.live.writer.close()
        except ArchiveError as error:
            said.append(visible(str(error)))
            whole = ""
        self._lacks = any(said)
        if told := " ".join(filter(None, (*said, visible(whole)))):
            self.farewell = self.farewell or f"redraw: {told}"

    @property
    def exit_status(self) -> int:
        """What the shell is told once `close` was called: 0 only where the archive has everything."""
        return self.return_code or int(self._lacks)

    def _fatal_error(self) -> None:
        """A bug at the start ends the app with one sentence; Textual's own traceback would show every record at hand."""
        self.farewell = self.farewell or self.last_words()
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """End likewise on an error that has a picture of its own: nobody has looked at what that shows."""
        self._fatal_error()

    def _print_error_renderables(self) -> None:
        """Print nothing of what Textual has drawn of errors, wherever it has drawn it."""
        self._exit_renderables.clear()

    # -------------------------------------------------------------------------------------------- keys and commands

    async def on_event(self, event: Event) -> None:
        if isinstance(event, InputEvent | Paste):
            self._used = monotonic()
        await super().on_event(event)

    def action_guide(self) -> None:
        from screens.frame.help import HelpScreen

        screen: Any = self.screen
        if isinstance(screen, HelpScreen):
            screen.dismiss()
        elif about := getattr(screen, "help_text", None):
            keys = {(each.binding.key, each.binding.action) for each in screen.active_bindings.values()}
            here = [each for each in screen.commands if (each.key, each.action) in keys]
            self.push_screen(HelpScreen(about, here))

    def action_leave(self) -> None:
        """Leave this screen in its own way; a question has to be answered first."""
        if leave := getattr(self.screen, "action_leave", None):
            leave()

    def action_save(self) -> None:
        if not self._trouble:
            self.live.retry()

    def action_suspend_process(self) -> None:
        """Go back to the shell, which is told how to come back."""
        if self._driver is not None and self._driver.can_suspend:
            with self.suspend():
                sys.stdout.write(f"{PAUSED}\n")
                sys.stdout.flush()
                os.kill(os.getpid(), signal.SIGTSTP)

    def action_theme(self) -> None:
        self.theme = (self._light if self.theme == self._dark.name else self._dark).name

    def action_command_palette(self) -> None:
        """Show the palette, unless it is there already, if only below the notice that the terminal is too small."""
        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            self.push_screen(Palette())

    def search_themes(self) -> None:
        """Offer every theme: ours first, then Textual's."""
        self.push_screen(Palette([OurThemesFirst], "Search for themes…"))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: every command that this screen offers, in the screen's own words."""
        commands: tuple[KeyCommand, ...] = (*EVERYWHERE, *getattr(screen, "commands", ()))
        offered = {(command.key, command.action): command for command in commands}
        active = {(each.binding.key, each.binding.action) for each in screen.active_bindings.values() if each.enabled}
        for command in offered.values():
            if (command.key, command.action) in active and command.action != "command_palette":
                run = screen.run_action if command not in EVERYWHERE else self.run_action
                later = partial(self.call_later, run, command.action)
                yield SystemCommand(f"{command.title} ({command.key_name})", command.help, later)
        yield SystemCommand("Theme", "Choose the colours: dark, light, high contrast, and more.", self.search_themes)

    def on_resize(self, event: Resize) -> None:
        """Show only a sentence below the smallest size, until there is room again."""
        if self._mounted:
            self._cover_if_too_small(event.size)

    def _cover_if_too_small(self, size: Size | None = None) -> None:
        if not isinstance(self.screen, TooSmall) and too_small(size or self.size, self.screen_stack):
            self.push_screen(TooSmall())


def _banner(status: news.Status) -> str:
    """The most pressing thing that the facilitator should know, as long as it lasts."""
    if status.unsaved:
        return f"NOT SAVED: {visible(status.unsaved)} {SAVE.key_name} tries at once, {COPY.key_name} saves a copy elsewhere."
    if status.read_only:
        return f"READ ONLY: another Redraw writes here ({visible(status.read_only)})."
    if status.displaced:
        return f"{visible(status.displaced)} {COPY.key_name} saves a copy elsewhere."
    return visible(status.unkept or status.warning)


def _read_aside(path: Path, work: Work, asker: Widget) -> None:
    """Do some work on the archive as it is on the disk; it is opened again, so that nothing is shared with the writer."""
    told = 0.0

    def read() -> None:
        nonlocal told
        for found in work(archive):
            if not isinstance(found, float):
                asker.post_message(Finished(found))
            elif (now := monotonic()) - told >= TELL_AFTER:
                told = now
                if not asker.post_message(WorkProgress(found)):  # the asker was left
                    return
            sleep(0)  # gives the screens their turn

    try:
        archive = Archive(path)
        archive.sound(read)
    except ArchiveError as error:
        asker.post_message(Finished(None, visible(str(error))))
