"""Keeping what is entered: the archive, the debrief in hand, what is half typed, and what others save and note meanwhile."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from textual.widget import Widget

from screens.frame.host import Desk, Finished, Share
from screens.logbook import LogbookScreen
from store.archive.archive import Archive, ArchiveError, InUse
from store.logbook import listing
from store.timekeeper import Timekeeper
from store.words.text import entries as lines_of
from store.words.text import visible
from tui.terminal import lenient_driver

if TYPE_CHECKING:
    from screens.frame.host import Step, Work
    from store.archive.archive import Drafts
    from store.book.lineage import WordingOrigin
    from store.book.recurrence import Recurrence
    from store.debrief import Debrief
    from store.entries import Rule
    from store.logbook.listing import LogbookEntry

Found = TypeVar("Found")

TELL_AFTER = 0.1
"""Seconds between two words about how far some work aside is."""


class Keeping(Desk):
    """The app as far as it keeps things. What it shows is up to those that are made of it."""

    archive: Archive
    """Where it keeps them; not there where it could not be opened."""

    def __init__(self, path: Path, time: Timekeeper | None = None) -> None:
        super().__init__(driver_class=lenient_driver())
        self.path = path
        self.farewell = ""
        """What is said in the terminal after Redraw has left it; mostly empty."""
        self.drafts = {}
        self._time = time or Timekeeper()
        self._entries: tuple[LogbookEntry, ...] = ()
        self._fresh = False
        self._saved: Debrief | None = None
        self._live = False
        self._last_try = self._time.now()
        self._left: set[str] = set()  # what waits in the spool and can't be taken in; it was told
        self._kept: Drafts = {}
        self._in_memory: set[tuple[str, str]] = set()  # the places of drafts that are not to outlive us
        self._typed = False  # since the drafts were kept

    def now(self) -> float:
        return self._time.now()

    @abstractmethod
    def _go(self) -> None:
        """Show the phase that the session has come to; after the seal, what it was."""

    # -------------------------------------------------------------------------------------------------------- who writes

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

    # ----------------------------------------------------------------------------------------------- the debrief in hand

    def _take_up(self, found: Debrief) -> None:
        self.debrief = self._saved = found

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

    def change(self, step: Step) -> None:
        if not self._may_write():
            return
        before = self.debrief
        self.debrief = step(before, self.now())
        if self.debrief == before:
            return
        self._save()
        self._typed = True  # less than before: it may have been entered just now
        self._keep_drafts()  # before it is shown as saved, so that no crash after that brings it back to be entered again
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

    def observe(self, rule: Rule, text: str) -> tuple[tuple[str, str], ...]:
        self._claim()
        return self._hand_over(rule, text) if self.read_only else self.enter(rule, text)

    def _hand_over(self, rule: Rule, text: str) -> tuple[tuple[str, str], ...]:
        """Leave observations in the spool, where the Redraw that writes finds them."""
        from store.entries import enter
        from store.notes.take_in import hand_over

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

    # ------------------------------------------------------------------------------------------------------------ saving

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

    def _all_saved(self) -> bool:
        """Whether the debrief in hand may be laid down: one more try to save it, and a word where that fails."""
        if self.unsaved:
            self._save()
        if self.unsaved:
            self.notify(self.unsaved, title="Not saved yet", severity="error", markup=False, timeout=30)
        return not self.unsaved

    def _tidy(self) -> None:
        """Bring all saves into the one file, aside from what is going on; failing that, they are safe in the journal."""

        def checkpoint() -> None:
            with suppress(ArchiveError):
                self.archive.checkpoint()

        self.run_worker(checkpoint, thread=True, exit_on_error=False)

    def action_save(self) -> None:
        """Try once more to save what is not saved."""
        if self.unsaved:
            self._save()
            self._show()

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

    # ------------------------------------------------------------------------------------------------ what is half typed

    def on_input_changed(self) -> None:
        """Something was typed that is not entered yet."""
        self._typed = True

    def on_text_area_changed(self) -> None:
        """The same in a field of several lines."""
        self._typed = True

    def _find_drafts(self) -> None:
        self.drafts = self.archive.drafts()
        self._kept = dict(self.drafts)

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
        from screens.frame.drafts import Typed

        for screen in self.screen_stack:
            if isinstance(screen, Typed) and screen.restored and screen.is_mounted:
                self.drafts[screen.place] = screen.stash()
                if not screen.on_disk:
                    self._in_memory.add(screen.place)

    def lay_down(self) -> None:
        from screens.frame.drafts import Typed

        if isinstance(self.screen, Typed):
            self.screen.flush()
        self._stash()
        self._typed = True  # since this was last written

    # ------------------------------------------------------------------------------------------------- what others leave

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
        from store.notes import take_in

        try:
            found = take_in.waiting(self.archive, self._left)
            for probe, notes in found.notes.items():
                in_hand = self._saved is not None and self._saved.probe.id == probe
                before = self._saved if in_hand else None
                after = take_in.take_in(self.archive, notes, before or self.archive.debrief(probe))
                if in_hand:
                    self._take_up(after)
                    self._show()
        except (ArchiveError, OSError):
            return
        for name, sentence in found.left.items():
            self._left.add(name)
            self.notify(visible(sentence), severity="warning", markup=False, timeout=10)

    # ----------------------------------------------------------------------------------------------------------- reading

    def logbook_entries(self) -> tuple[LogbookEntry, ...]:
        if self._fresh:
            self._fresh = False
            return self._entries
        try:
            self._entries = self._read_entries()
        except ArchiveError as error:  # somebody has changed the file meanwhile: what was read before is shown
            self.notify(visible(str(error)), severity="error", markup=False, timeout=30)
        return self._entries

    def _read_entries(self) -> tuple[LogbookEntry, ...]:
        self.archive.follow()
        return listing.entries(self.archive, datetime.fromtimestamp(self.now()).astimezone())

    def framework(self) -> Debrief | None:
        def find() -> Debrief:
            self.archive.follow()
            return self.archive.new_debrief(self.now())

        return self._read(find, None)

    def lineage(self, number: int) -> tuple[WordingOrigin, ...]:
        from store.book.lineage import lineage

        return self._read(lambda: lineage(self.archive, number), ())

    def recurrences(self) -> tuple[Recurrence, ...]:
        from store.book.recurrence import recurrences

        return self._read(lambda: recurrences(self.archive), ())

    def _read(self, find: Callable[[], Found], otherwise: Found) -> Found:
        """What is read from the archive; where that can't be had it is said why."""
        try:
            return find()
        except ArchiveError as error:
            self.notify(visible(str(error)), severity="error", markup=False, timeout=30)
            return otherwise

    def read_aside(self, work: Work, asker: Widget) -> None:
        self.run_worker(lambda: _read_aside(self.path, work, asker), thread=True, exit_on_error=False)

    # ----------------------------------------------------------------------------------------------------------- showing

    def _show(self) -> None:
        for screen in self.screen_stack:
            show = getattr(screen, "show", None)
            if show is not None and screen.is_mounted:
                show(self.debrief)

    def _show_logbook(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, LogbookScreen) and screen.is_mounted:
                screen.list_anew()


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
