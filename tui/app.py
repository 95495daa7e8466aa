"""The app: it holds the debrief in hand, makes and saves its changes, keeps the time and shows the right screen."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.events import Event, Key, Paste, Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from screens import logbook as logbook_screen
from screens.commands import (
    EVERYWHERE,
    Command,
    bindings,
)
from screens.desk import Desk, Finished, Share
from screens.logbook import LogbookScreen
from screens.question import Notice, Question, TooSmall, too_small
from screens.sized import Sized
from store.across import logbook
from store.archive import Archive, ArchiveError, InUse
from store.refused import Refused
from store.timekeeper import AWAY_AFTER, Timekeeper
from store.words.text import clipped, visible
from store.words.text import entries as lines_of
from tui.terminal import lenient_driver
from tui.theme import themes_for

if TYPE_CHECKING:
    from screens.desk import Step, Work
    from store.across.guidelines import Step as Wording
    from store.across.logbook import Entry
    from store.across.recurrence import Recurrence
    from store.across.search import Sought
    from store.archive import Drafts
    from store.debrief import Debrief
    from store.entries import Rule

Found = TypeVar("Found")

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

BEFORE_AN_ACTION = "Before an action: what pulls the room, and which probe would teach most."
"""What is said of an open dissent session before it begins."""

TELL_AFTER = 0.1
"""Seconds between two words about how far some work aside is."""

SETTLED_WITHIN = 2.0
"""Seconds that a key waits for what was typed before it; in practice it takes a few milliseconds."""


class RedrawApp(Desk):
    """Redraw in a terminal."""

    TITLE = "Redraw"
    CSS_PATH = Path(logbook_screen.__file__).with_name("logbook.tcss")  # the first screen's; the others bring their own
    ENABLE_COMMAND_PALETTE = True
    # LEAVE stands here and not on the screens: Textual's own ctrl+q would quit at once, before a screen is asked.
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(EVERYWHERE)]

    def __init__(self, path: Path, speed: float = 1.0, time: Timekeeper | None = None) -> None:
        super().__init__(driver_class=lenient_driver())
        self.animation_level = (
            "none"  # a projected screen that slides draws every eye; what is scrolled to is there at once
        )
        self.path, self.speed = path, speed
        self.farewell = self._trouble = ""
        self._mounted = False
        self._entries: tuple[Entry, ...] = ()
        self._fresh = False
        self.drafts = {}
        self._time = time or Timekeeper()
        self._saved: Debrief | None = None
        self._live = False
        self._last_tick = self._last_beat = self._last_try = self._last_look = self._time.now()
        self._last_notes = 0.0
        self._left: set[str] = set()  # what waits in the spool and can't be taken in; it was told
        self._kept: Drafts = {}
        self._in_memory: set[tuple[str, str]] = set()  # the places of drafts that are not to outlive us
        self._typed = False  # since the drafts were kept
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
        gc.freeze()  # what is there now stays: no collection need look at it again
        self.archive.prepare()

    def _claim(self) -> ArchiveError | None:
        """Become the one who writes; what hinders that, if anything does."""
        before = self.read_only
        hindrance: ArchiveError | None = None
        try:
            self.archive.claim()
        except ArchiveError as error:
            hindrance = error
        self.read_only = visible(hindrance.holder) if isinstance(hindrance, InUse) else ""
        if self.read_only != before:
            if not self.read_only:  # the one that wrote until now may have left some, and saved more than we have read
                self._find_drafts()
                if self._saved is not None and self._saved.probe.id and self.debrief is self._saved:
                    self._take_up(self.archive.debrief(self._saved.handle))
            self._show_logbook()
        return hindrance

    def _may_write(self) -> bool:
        """Whether anything can be entered; if another Redraw writes, the banner says so, and here it is said again."""
        self._claim()
        if self.read_only:
            self._say("Nothing can be entered here: close the other Redraw first.")
        return not self.read_only

    def _say(self, sentence: str) -> None:
        say = getattr(self.screen, "say", None)
        if say is not None:
            say(sentence, wrong=True)

    def _find_drafts(self) -> None:
        self.drafts = self.archive.drafts()
        self._kept = dict(self.drafts)

    def logbook_entries(self) -> tuple[Entry, ...]:
        if self._fresh:
            self._fresh = False
            return self._entries
        try:
            self._entries = self._read_entries()
        except ArchiveError as error:  # somebody has changed the file meanwhile: what was read before is shown
            self.notify(visible(str(error)), severity="error", markup=False, timeout=30)
        return self._entries

    def _read_entries(self) -> tuple[Entry, ...]:
        self.archive.follow()
        return logbook.entries(self.archive, datetime.fromtimestamp(self.now()).astimezone())

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

    # ----------------------------------------------------------------------------------------------------- the time

    def now(self) -> float:
        return self._time.now()

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

    def _follow(self) -> None:
        """Show what another Redraw has saved."""
        try:
            if not self.archive.follow():
                return
            if self._saved is not None and self.debrief is self._saved:
                id = self._saved.handle
                self._take_up(self.archive.debrief(id) if id else self.archive.new_debrief(self.now()))
                self._show()
        except ArchiveError:  # it is in the middle of something, or will be said when somebody asks for it
            return
        self._show_logbook()

    def _take_in_notes(self) -> None:
        """Save what `redraw note` has left since; nobody at the keyboard need notice. What can't be saved waits there on."""
        from store.notes.spool import Spool

        if self.unsaved or not Spool(self.archive.path).holds(self._left):
            return
        from store.notes import noted

        try:
            found = noted.waiting(self.archive, self._left)
            for probe, notes in found.notes.items():
                in_hand = self._saved is not None and self._saved.probe.id == probe
                before = self._saved if in_hand else None
                after = noted.take_in(self.archive, notes, before or self.archive.debrief(probe))
                if in_hand:
                    self._take_up(after)
                    self._show()
        except (ArchiveError, OSError):
            return
        for name, sentence in found.left.items():
            self._left.add(name)
            self.notify(visible(sentence), severity="warning", markup=False, timeout=10)

    def _show_logbook(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, LogbookScreen) and screen.is_mounted:
                screen.list_anew()

    def _keep_drafts(self) -> None:
        """Keep what is being typed beside the archive, so that it survives a crash."""
        if not self._typed or not self.archive.writes:
            return
        self._typed = False
        self._stash()
        self._write_drafts()

    def _write_drafts(self) -> None:
        drafts = {
            place: fields
            for place, fields in self.drafts.items()
            if place not in self._in_memory and any(fields.values())
        }
        if drafts != self._kept:
            self._kept = drafts
            self.archive.keep_drafts(drafts)

    def _stash(self) -> None:
        """Note what is half typed on any screen, also on one that another covers."""
        from screens.typed import Typed

        for screen in self.screen_stack:
            if isinstance(screen, Typed) and screen.restored and screen.is_mounted:
                self.drafts[screen.place] = screen.stash()
                if not screen.on_disk:
                    self._in_memory.add(screen.place)

    def lay_down(self) -> None:
        from screens.typed import Typed

        if isinstance(self.screen, Typed):
            self.screen.flush()
        self._stash()
        self._typed = True  # since this was last written

    def _ask_about(self, away: float) -> None:
        from store.session import flow
        from store.timekeeper import duration

        def answered(answer: int | None) -> None:
            self.change(lambda debrief, now: flow.came_back(debrief, now, away, counts=answer == 0))

        asked = (
            f"Redraw was away for {duration(away)}: the computer slept, the program was stopped, or it ended unexpectedly."
            "\n\nDoes that time count for this phase?"
        )
        answers = ("Yes: the room went on in the meantime", "No: go on with the time that was left")
        self.push_screen(Question(asked, answers), answered)

    # -------------------------------------------------------------------------------------------- changes and saves

    def change(self, step: Step) -> None:
        if not self._may_write():
            return
        before = self.debrief
        self.debrief = step(before, self.now())
        if self.debrief == before:
            return
        self._save()
        self._typed = True  # what was typed may have been entered just now: a crash is not to bring it back
        self.call_later(self._keep_drafts)
        if self.debrief.session.phase != before.session.phase or self.debrief.sealed != before.sealed:
            self._go()
        else:
            self._show()

    def enter(self, rule: Rule, text: str) -> tuple[tuple[str, str], ...]:
        from store.entries import enter

        refused: tuple[tuple[str, str], ...] = ()

        def step(debrief: Debrief, now: float) -> Debrief:
            nonlocal refused
            entered, refused = enter(rule, debrief, text, now)
            return entered

        if not self._may_write():
            return ((text, "Nothing can be entered here: close the other Redraw first."),)
        self.change(step)
        return refused

    def _save(self) -> None:
        """Save what differs from what is saved. A failure is shown, and tried again until it succeeds."""
        self._last_try = self.now()
        try:
            if not self.debrief.probe.id and self.debrief.probe.title.strip():
                self.debrief = self.archive.with_id(self.debrief)
            self.archive.commit(self._saved, self.debrief)
        except ArchiveError as error:
            self.unsaved = visible(str(error))
            return
        self._saved, self.unsaved, self.warning = self.debrief, "", self.archive.warning
        if self.archive.large and not (self._live and self.debrief.clock().running):
            self._tidy()

    def _tidy(self) -> None:
        """Bring all saves into the one file, aside from what is going on; failing that, they are safe in the journal."""

        def checkpoint() -> None:
            with suppress(ArchiveError):
                self.archive.checkpoint()

        self.run_worker(checkpoint, thread=True, exit_on_error=False)

    def _show(self) -> None:
        for screen in self.screen_stack:
            show = getattr(screen, "show", None)
            if show is not None and screen.is_mounted:
                show(self.debrief)

    # -------------------------------------------------------------------------------------------------- the screens

    def open_probe(self, id: str, page: str = "", sought: Sought | None = None) -> None:
        entry = next((each for each in self._entries if each.probe == id), None)
        if entry is None or entry.unfinished:  # it may have ended since the list was read
            entry = next((each for each in self.logbook_entries() if each.probe == id), None)
        if entry is None:
            return
        if entry.conflicts_with:
            self._ask_which(entry)
        elif entry.dissent:
            self.open_dissent(id)
        elif entry.unfinished and not entry.session:
            self._ask_whether_to_start(entry)
        elif entry.wants_debrief or entry.phase:  # a session that is not sealed, though its clock never ran
            self._begin(id)
        else:
            self._in_hand(lambda: self.archive.debrief(id), lambda: self._review(page, sought))

    def _ask_whether_to_start(self, entry: Entry) -> None:
        def answered(answer: int | None) -> None:
            if answer == 0:
                self.edit_probe(entry.probe)
            elif answer == 1:
                self._begin(entry.probe)

        asked = f"{clipped(entry.title, 200)}\n\nThis action has not ended ({entry.state}, {entry.when})."
        answers = ("Open the probe and its pact", "Start the debrief all the same", "Back to the logbook")
        self.push_screen(Question(asked, answers, 2), answered)

    def _ask_which(self, entry: Entry) -> None:
        """The same probe has come in again and differs from ours: which of the two stays."""
        from store.exchange.federation import Keep
        from store.exchange.incoming import settle, undecided

        if not self._may_write():
            return
        try:
            differs = undecided(self.archive, entry.probe)
        except ArchiveError as error:
            self.notify(visible(str(error)), severity="error", markup=False, timeout=30)
            return
        keeps = (Keep.OURS, Keep.THEIRS, Keep.BOTH)

        def answered(answer: int | None) -> None:
            if answer == len(keeps):
                self._in_hand(lambda: self.archive.debrief(entry.probe), self._review)
            elif answer is not None and answer < len(keeps):
                try:
                    settle(self.archive, entry.probe, keeps[answer])
                except (ArchiveError, Refused) as error:
                    self.notify(visible(str(error)), severity="error", markup=False, timeout=30)
                self._show_logbook()

        ours = entry.conflicts_with
        stands = next((f" ({clipped(each.when, 80)})" for each in self._entries if each.probe == ours), "")
        asked = (
            f"{clipped(entry.title, 200)}\n\nThis came in with a file, and it is the same probe as {ours}{stands}, which is here"
            f" already; but they differ in {', '.join(differs) or 'nothing any more'}.\n\nWhich stays?"
        )
        answers = (
            f"{ours}, as it is here; what came in goes",
            f"What came in, in place of {ours}",
            "Both, each by itself",
            "Look at what came in first",
            "Decide later",
        )
        self.push_screen(Question(asked, answers, len(answers) - 1), answered)

    def _begin(self, id: str) -> None:
        self._claim()
        if self.read_only:
            self._in_hand(lambda: self.archive.debrief(id), self._review)
            return
        self._in_hand(lambda: self.archive.open_session(id, self.now(), self.speed), self._resume)

    def open_dissent(self, id: str) -> None:
        entry = next((each for each in self.logbook_entries() if each.probe == id), None)
        if entry is not None and entry.dissent and (self._claim() or self.read_only):
            self._in_hand(lambda: self.archive.debrief(id), self._review)
        elif self._may_write():
            if entry is not None and entry.dissent:
                self._begin_dissent(id)
            elif entry is not None and entry.may_dissent:
                self._ask_for_dissent_about(entry)
            else:
                self._ask_for_dissent(BEFORE_AN_ACTION)

    def _ask_for_dissent_about(self, entry: Entry) -> None:
        from store.session.dissent import in_hand

        try:
            in_hand(self.archive, entry.probe, self.now())
        except (Refused, ArchiveError) as why:
            self._ask_for_dissent(visible(str(why)))
        else:
            about = f"It is held before this probe:\n{clipped(entry.title, 200)}"
            self._ask_for_dissent(BEFORE_AN_ACTION, about, entry.probe)

    def _ask_for_dissent(self, why: str, about: str = "", id: str | None = None) -> None:
        """Ask whether to begin an open dissent session, of a probe or of a new one."""
        from store.session.dissent import working_title

        def answered(answer: int | None) -> None:
            if answer == 0:
                self._begin_dissent(id)

        new = f"A new probe comes of it, called “{working_title(self.now())}” until the room has chosen."
        self.push_screen(
            Question(f"{why}\n\n{about or new}", ("Begin an open dissent session", "Not now"), 1), answered
        )

    def _begin_dissent(self, id: str | None) -> None:
        from store.session.dissent import in_hand

        if not self._all_saved():
            return
        try:
            self._saved, self.debrief = in_hand(self.archive, id, self.now(), self.speed)
        except Refused as why:
            self._ask_for_dissent(str(why))
        except ArchiveError as error:
            self.notify(visible(str(error)), title="This can't be opened", severity="error", markup=False, timeout=30)
        else:
            self._resume()

    def _in_hand(self, find: Callable[[], Debrief], then: Callable[[], object]) -> None:
        """Take a debrief in hand and go on, or say why it can't be opened."""
        if not self._all_saved():
            return
        try:
            self._take_up(find())
        except ArchiveError as error:
            self.notify(visible(str(error)), title="This can't be opened", severity="error", markup=False, timeout=30)
            return
        then()

    def _all_saved(self) -> bool:
        """Whether the debrief in hand may be laid down: one more try to save it, and a word where that fails."""
        if self.unsaved:
            self._save()
        if self.unsaved:
            self.notify(self.unsaved, title="Not saved yet", severity="error", markup=False, timeout=30)
        return not self.unsaved

    def quit(self) -> None:
        if self._all_saved():
            self.exit()
            return

        def answered(answer: int | None) -> None:
            if answer == 1:
                self.exit(return_code=1)

        asked = f"Not everything is saved. {self.unsaved}"
        self.push_screen(Question(asked, ("Stay, and try again", "Quit, and lose what is not saved"), 0), answered)

    def close(self) -> None:
        """After the terminal is itself again: bring all into the one file. What hinders that is said in the farewell."""
        try:
            self.archive.close()
        except AttributeError:  # it was never opened
            pass
        except ArchiveError as error:
            why = error.__cause__
            said = (
                f"everything is saved, but could not be brought into one file ({(why.strerror or '').lower()}): the next start"
                " goes on from there."
                if isinstance(why, OSError)
                else str(error)
            )
            self.farewell = self.farewell or f"redraw: {visible(said)}"

    def _take_up(self, found: Debrief) -> None:
        self.debrief = self._saved = found

    def _resume(self) -> None:
        """Show the phase in which the session stopped; where its clock was running, ask about the time since."""
        from store.session import flow

        now, seen = self.now(), self.archive.last_beat()
        if self.debrief.session.rate != self.speed and self.debrief.session.began is None:
            self.change(lambda debrief, _: debrief.with_session(rate=self.speed, clocks={}))
        clock = self.debrief.clock()
        self._live, self._last_tick, self._last_beat = True, now, now
        self.push_screen(self._phase_screen())
        if clock.started is not None:
            seen = max(seen or clock.started, clock.started)
            if now < seen:
                self.change(lambda debrief, at: flow.clock_set_back(debrief, at, seen))
            elif now - seen > AWAY_AFTER / 2:
                self._ask_about(now - seen)
        self.archive.beat(now)

    def _phase_screen(self) -> Screen[None]:
        from screens.session import phase_screen

        return phase_screen(self.debrief.session.phase)

    def _review(self, page: str = "", sought: Sought | None = None) -> None:
        from screens.review import ReviewScreen

        self._live = False
        self.push_screen(ReviewScreen(page, sought))

    def open_trends(self) -> None:
        from screens.trends import TrendsScreen

        self.push_screen(TrendsScreen())

    def open_search(self) -> None:
        from screens.search import SearchScreen

        self.push_screen(SearchScreen())

    def read_aside(self, work: Work, asker: Widget) -> None:
        self.run_worker(lambda: _read_aside(self.path, work, asker), thread=True, exit_on_error=False)

    def _go(self) -> None:
        """Show the phase that the session has come to; after the seal, what it was."""
        self.lay_down()
        if self.debrief.sealed:
            from screens.review import ReviewScreen

            self._live = False
            self.drafts = {
                place: fields for place, fields in self.drafts.items() if place[0] != self.debrief.session.id
            }
            self._write_drafts()
            self._tidy()
            self.switch_screen(ReviewScreen())
        else:
            self.switch_screen(self._phase_screen())

    def leave_session(self) -> None:
        self.lay_down()
        self._live = False
        self.pop_screen()

    def open_principles(self) -> None:
        from screens.principles import PrinciplesScreen

        self._claim()
        self._live = False
        self._in_hand(lambda: self.archive.new_debrief(self.now()), lambda: self.push_screen(PrinciplesScreen()))

    def edit_probe(self, id: str | None) -> None:
        from screens.probe_form import ProbeForm

        if not self._may_write():
            return
        if not self._live:
            if not self._all_saved():
                return
            try:
                self._take_up(self.archive.new_debrief(self.now()) if id is None else self.archive.debrief(id))
            except ArchiveError as error:
                self.notify(visible(str(error)), severity="error", markup=False, timeout=30)
                return
        self.push_screen(ProbeForm(), lambda _: self._show())

    def observe_probe(self, id: str) -> None:
        under_way = logbook.under_way(self._entries)
        at = next((entry for entry in self._entries if entry.probe == id), None)
        if at is None or at in under_way or len(under_way) != 1:
            self._observe(id)
            return
        offered = (*under_way, at)

        def answered(answer: int | None) -> None:
            if answer is not None and answer < len(offered):
                self._observe(offered[answer].probe)

        answers = [f"{clipped(each.title, 200)} ({each.state}, {each.when})" for each in offered]
        self.push_screen(Question("Which action is observed?", [*answers, "Neither"], len(offered)), answered)

    def _observe(self, id: str) -> None:
        from screens.observe import ObserveScreen

        self._in_hand(lambda: self.archive.debrief(id), lambda: self.push_screen(ObserveScreen()))

    def observe(self, rule: Rule, text: str) -> tuple[tuple[str, str], ...]:
        self._claim()
        return self._hand_over(rule, text) if self.read_only else self.enter(rule, text)

    def _hand_over(self, rule: Rule, text: str) -> tuple[tuple[str, str], ...]:
        """Leave observations in the spool, where the Redraw that writes finds them."""
        from store.entries import enter
        from store.notes.noted import hand_over

        refused: list[tuple[str, str]] = []
        for line in lines_of(text):
            entered, why = enter(rule, self.debrief, line, self.now())
            refused += why
            try:
                for each in entered.observations[len(self.debrief.observations) :]:
                    self.handed += (hand_over(self.archive, self.debrief.probe, each),)
            except ArchiveError as error:
                refused.append((line, str(error)))
        return tuple(refused)

    def open_pact(self, id: str) -> None:
        from screens.pact import PactScreen

        def show() -> None:
            self.push_screen(PactScreen())

        if isinstance(self.screen, LogbookScreen):
            self._in_hand(lambda: self.archive.debrief(id), show)
        else:  # the form of the probe in hand, in which a session may be live
            show()

    def open_guidelines(self) -> None:
        from screens.guidelines import GuidelinesScreen

        self.push_screen(GuidelinesScreen())

    def framework(self) -> Debrief | None:
        def find() -> Debrief:
            self.archive.follow()
            return self.archive.new_debrief(self.now())

        return self._read(find, None)

    def lineage(self, number: int) -> tuple[Wording, ...]:
        from store.across.lineage import lineage

        return self._read(lambda: lineage(self.archive, number), ())

    def recurrences(self) -> tuple[Recurrence, ...]:
        from store.across.recurrence import recurrences

        return self._read(lambda: recurrences(self.archive), ())

    def _read(self, find: Callable[[], Found], otherwise: Found) -> Found:
        """What is read from the archive; where that can't be had it is said why."""
        try:
            return find()
        except ArchiveError as error:
            self.notify(visible(str(error)), severity="error", markup=False, timeout=30)
            return otherwise

    # -------------------------------------------------------------------------------------------- keys and commands

    def on_input_changed(self) -> None:
        """Something was typed that is not entered yet."""
        self._typed = True

    def on_text_area_changed(self) -> None:
        """The same in a field of several lines."""
        self._typed = True

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
        from screens.guide import Guide

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

    def action_save(self) -> None:
        """Try once more to save what is not saved."""
        if self.unsaved:
            self._save()
            self._show()

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


def _read_aside(path: Path, work: Work, asker: Widget) -> None:
    """Do some work on the archive as it is on the disk: whoever opens it to read shares nothing with who writes it."""
    told = 0.0
    try:
        for found in work(Archive(path)):
            if not isinstance(found, float):
                asker.post_message(Finished(found))
            elif (now := monotonic()) - told >= TELL_AFTER:
                told = now
                if not asker.post_message(Share(found)):  # it was left
                    return
            sleep(0)  # lets the screens have their turn
    except ArchiveError as error:
        asker.post_message(Finished(None, visible(str(error))))


def _later(app: App[Any], run: Any, action: str) -> Any:
    def go() -> None:
        app.call_later(run, action)

    return go


def _import_models() -> None:
    import store.debrief
    import store.entries  # noqa: F401
