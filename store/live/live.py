"""The live session: an archive and the debrief in hand, with no screen, no thread and no timer of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from store.archive.archive import Archive, ArchiveError
from store.live import news
from store.live.absence import Absence
from store.live.beside import KeptDrafts, Notes
from store.live.hall import Hall
from store.live.logbook import Logbook
from store.live.news import Happening, News, Status
from store.live.writer import LiveWriter, ReadOnly
from store.refused import Refused
from store.timekeeper import AWAY_AFTER, SET_BY, Timekeeper

if TYPE_CHECKING:  # the logbook is shown before the models are needed
    from store.debrief import Debrief
    from store.entries import Rule
    from store.live.steps import Steps

Step: TypeAlias = "Callable[[Debrief, float], Debrief]"
"""Makes the next debrief from the present one and `now`."""

RefusedLines: TypeAlias = tuple[tuple[str, Exception], ...]
"""The lines that were not entered, each with what refuses it; a front end may add the key that helps."""

RETRY = 5.0
"""Seconds until a failed save, or what is half typed and could not be kept, is tried again."""

FOLLOW = 1.0
"""Seconds between two looks at what another Redraw has saved, while that one writes."""

NOTES = 1.0
"""Seconds between two looks at what `redraw note` has left, while we write."""


class Live:
    """The live session, for any front end.

    Every call does its work, saves it and tells the listeners what to show before it returns. All calls must come from one
    thread, except for those that `LiveWriter` allows in another.
    """

    debrief: Debrief
    """The debrief in hand with its latest change; not set until one is opened."""

    def __init__(
        self, path: Path, time: Timekeeper | None = None, speed: float = 1.0, failed: Exception | None = None
    ) -> None:
        """Open the archive at `path`.

        Args:
            path: where it is.
            time: the program's clock.
            speed: how many times as fast as real ones the clocks of sessions run that begin here.
            failed: what showing it has failed with before; damaged records are then left out from the start.

        Raises:
            ArchiveError: it can't be opened or its probes can't be listed.
        """
        self.archive = Archive(path)
        if failed:
            self.archive.leave_out_damaged(failed)
        self.speed = speed
        self.listeners: list[Callable[[News], object]] = []
        """Called with each piece of news, in order."""
        self.in_session = False
        """Whether a session has begun and nobody has left it; only then absences matter."""
        self.hall = Hall()
        """What is shut between the screen and the hall."""
        self._live = False  # whether the session that began last is still to be sealed
        self._time = time or Timekeeper()
        self.logbook = Logbook(self.archive, self.now, self.tell)
        self.writer = LiveWriter(self.archive, self.tell, self._claimed)
        self.drafts = KeptDrafts(self.archive)
        self.notes = Notes(self.archive)
        self.absence = Absence(self.archive, self._time)
        self._steps: Steps | None = None
        self._saved: Debrief | None = None
        self._tried = self._followed = self.steady()
        self._noted = 0.0

    def now(self) -> float:
        """The time of the hall: seconds on the axis of `store.timekeeper.Timekeeper`, which follows the computer's clock."""
        return self._time.now()

    def steady(self) -> float:
        """Seconds on a clock that nobody can set, for how long something takes while Redraw runs."""
        return self._time.steady()

    @cached_property
    def demo(self) -> bool:
        """Whether this is the sample archive of `redraw demo`."""
        return self.archive.demo

    def tell(self, what: News) -> None:
        """Tell all listeners."""
        for listener in self.listeners:
            listener(what)

    @property
    def status(self) -> Status:
        """Whether everything is saved, and who else writes."""
        return self.writer.status

    # ---------------------------------------------------------------------------------------------- the debrief in hand

    def _take(self, found: Debrief) -> None:
        """Show what is saved now of the debrief in hand."""
        if self.in_session and found.session.phase != self.debrief.session.phase:  # another Redraw has gone on
            self.hall = self.hall.entering(found.session.phase)
        self.debrief = self._saved = found
        self.tell(Happening.DEBRIEF_CHANGED)

    def _read_again(self) -> None:
        """Take the debrief in hand as it is saved now, if nothing in it has changed here."""
        if self._saved is not None and self.debrief is self._saved:
            id = self._saved.handle
            self._take(self.archive.debrief(id) if id else self.archive.new_debrief(self.now()))

    def _claimed(self) -> None:
        """Read again what the last writer may have changed or left half typed."""
        self.drafts.read()
        self._read_again()

    def _open(self, find: Callable[[], Debrief], begin: Step | None = None) -> bool:
        """Take a debrief in hand, as it is saved or as it begins, which is then saved with the next change.

        False, with a `Notice` told, if it can't be opened or the last one isn't saved.
        """
        if not self.all_saved():
            return False
        try:
            found = self.logbook.sound(find)
            begun = begin(found, self.now()) if begin else found
        except ArchiveError as error:
            self.tell(news.Notice(str(error), "This can't be opened"))
            return False
        self._left()
        self._saved, self.debrief, self._steps = found, begun, None
        return True

    def open(self, id: str) -> bool:
        """Take the debrief of a probe in hand, to read or plan it; False, with a `Notice` told, if that fails."""
        return self._open(lambda: self.archive.debrief(id))

    def open_new(self) -> bool:
        """Take a new probe in hand, which is saved once it has a title; returns as `open` does."""
        return self._open(lambda: self.archive.new_debrief(self.now()))

    def begin(self, id: str) -> bool:
        """Start or resume the debrief of a probe; returns as `open` does.

        Raises:
            ReadOnly: another Redraw writes.
        """
        self.writer.need()
        return self._open(lambda: self.archive.open_session(id, self.now(), self.speed)) and self._resume()

    def begin_dissent(self, id: str | None) -> bool:
        """Start or resume the open dissent session of a probe, or of a new one if `id` is None; returns as `open` does.

        Raises:
            Refused: this probe can't have one, or another Redraw writes (`ReadOnly`).
        """
        from store.session.dissent import opened

        def find() -> Debrief:
            found = self.archive.debrief(id) if id else self.archive.new_debrief(self.now())
            theirs = found.dissent_session
            return self.archive.debrief(theirs.id) if theirs and not theirs.sealed and not found.begun else found

        def begin(found: Debrief, now: float) -> Debrief:
            return opened(found, self.archive.new_id("sessions"), now, self.speed)

        self.writer.need()
        return self._open(find, begin) and self._resume()  # saved with its first change, so that a look leaves no trace

    def recover(self, error: Exception) -> bool:
        """Leave out damaged records after a fault that they may have brought; whether there were any."""
        if not self.archive.leave_out_damaged(error):
            return False
        self.tell(news.Notice(self.archive.damage))
        self.tell(Happening.LOGBOOK_CHANGED)
        return True

    def _resume(self) -> bool:
        """Go on where the session stopped; if its clock was left running, ask about the time since."""
        from store.session import flow

        self._look()
        session, left = self.debrief.session, flow.left_at(self.debrief)
        if session.rate != self.speed and session.began is None:
            self.change(lambda debrief, _: debrief.with_session(rate=self.speed, clocks={}))
        alive, known = None, flow.last_event(self.debrief)
        if sign := self.absence.sign_of(session.id):
            set_by = self._time.set_since(sign.boot, sign.offset)
            alive, known, unsaid = sign.at + set_by, sign.known, set_by - flow.set_since(self.debrief, sign.known)
            self._move_clock(unsaid)
            left = left + unsaid if left is not None else None
        seen = flow.last_seen(self.debrief, alive, known, self.now())
        self._move_clock(min(0.0, self.now() - seen))  # it was set back where nothing tells how far
        self.in_session = self._live = True
        self.hall = self.hall.with_session(self.debrief).entering(session.phase, again=True)
        away = self.now() - seen
        away = away if away > AWAY_AFTER / 2 else 0.0
        self.absence.resume(session.id, away, left)
        self.tell(Happening.BEGAN)
        if away:
            self._ask()
        self._sign()
        return True

    def _move_clock(self, by: float) -> None:
        """The computer's clock was set by so many seconds: what runs goes on as if it had always been right."""
        from store.session import flow

        if abs(by) >= SET_BY:
            with suppress(Refused):  # another Redraw writes, and sees to it
                self._change(lambda debrief, now: flow.clock_set(debrief, now, by), running=True)

    def _sign(self) -> None:
        """Leave a sign of life, if one is due."""
        from store.session import flow

        self.absence.beat(flow.last_event(self.debrief), not self.status.unsaved)

    def _look(self) -> bool:
        """Before anything else is done: follow the computer's clock, if somebody has set it; True if there is an absence to ask about."""
        if by := self._time.corrected():
            if self.in_session:
                self._move_clock(by)
            self.absence.clock_set(by)
        away = self.absence.look(self.in_session and self.debrief.clock().running)
        if away:
            self._ask()
        return away

    def _ask(self) -> None:
        """Ask about the absence that waits."""
        self.tell(news.Away(self.absence.away, self.absence.left))

    def came_back(self, counts: bool) -> None:
        """Record the absence that waits, up to now, and whether it counts for the phase."""
        from store.session import flow

        if self._look() or not self.absence.waits:  # there was one more while the question stood: that is asked anew
            return
        away = self.absence.away
        self._change(lambda debrief, now: flow.came_back(debrief, now, away, counts), running=True)
        self.absence.answered()
        self._sign()

    def leave(self) -> None:
        """Leave the session, if one is live, as it is; its clock goes on, and when it was left is recorded."""
        from store.session import flow

        if self.in_session and not self.status.read_only:
            self.change(flow.left)
        self._left()

    def _left(self) -> None:
        if self.in_session:
            self.in_session = False
            self.tell(Happening.LEFT)

    @property
    def projected(self) -> bool:
        """Whether a session is live, on the screen or left for a while, that keeps something from the hall."""
        return self._live and self.hall.shut

    def shut(self, hall: Hall) -> None:
        """Shut or open what is between the screen and the hall. That holds at once, also where it can't be saved."""
        self.hall = hall
        if self.in_session and self._saved is not None and self._saved.session.id == self.debrief.session.id:
            with suppress(Refused):  # another Redraw writes: this window's own hall is shut all the same
                self._change(lambda debrief, _: debrief)
        self.tell(Happening.DEBRIEF_CHANGED)

    # --------------------------------------------------------------------------------------------------------- entering

    @property
    def steps(self) -> Steps:
        """The steps that were made in the debrief in hand since it was opened, to be taken back and brought back."""
        from store.live.steps import Steps

        if self._steps is None:
            self._steps = Steps(self._change, self.steady)
        return self._steps

    def change(self, step: Step, place: str = "", text: str = "") -> None:
        """Change the debrief in hand and save it.

        Args:
            step: makes the next debrief.
            place: where it can be taken back, such as the name of a phase; nowhere by default.
            text: what was typed, if it may be shown again.

        Raises:
            Refused: the rule refuses, or another Redraw writes (`ReadOnly`). Nothing has changed then.
        """
        before, after, at = self._change(step)
        self.steps.took(before, after, place, at, text)
        if after.sealed and not before.sealed:
            self._steps = None  # what is sealed stays as it is

    def _change(self, step: Step, running: bool = False) -> tuple[Debrief, Debrief, float]:
        """Change the debrief in hand; returns it as it was before and as it is saved, and when that was, by the steady clock.

        Args:
            step: makes the next debrief.
            running: whether it may change a clock of which it is open whether an absence counts.
        """
        from store.validation.records import refusing

        self.writer.need()
        self._look()
        before, at = self.debrief, self.steady()
        with refusing():
            after = step(before, self.now())
        if self.in_session:
            if after.session.phase != before.session.phase:
                self.hall = self.hall.entering(after.session.phase)
            after = self.hall.kept_in(after)
        if after == before:
            return before, before, at
        if self.in_session and self.absence.waits and not running and _moved(before, after):
            self._ask()
            raise Refused.openly("Say first whether the time away counts.")
        self.debrief = after
        self._save()
        # What was just entered is no draft any more. The disk must know before anything is shown as saved, or a crash in
        # between would bring it back to be entered twice.
        self.drafts.touch()
        self.keep_drafts()
        sealed = after.sealed and not before.sealed
        moved = sealed or after.timed != before.timed
        self.tell(Happening.MOVED if moved else Happening.DEBRIEF_CHANGED)
        if sealed:
            self.in_session = self._live = False
            self.drafts.forget(after.session.id)
            self.tell(Happening.CHECKPOINT_DUE)
        return before, self.debrief, at

    def enter(self, rule: Rule, text: str, place: str = "", *, shown: bool = True) -> RefusedLines:
        """Enter each line of a text by a rule, all of them as one step at a place; `shown` is whether the text may come back."""
        from store.entries import enter

        refused: RefusedLines = ()

        def step(debrief: Debrief, now: float) -> Debrief:
            nonlocal refused
            entered, refused = enter(rule, debrief, text, now)
            return entered

        try:
            self.change(step, place, text if shown else "")
        except ReadOnly as why:
            return ((text, why),)
        return refused

    def observe(self, rule: Rule, text: str, place: str = "") -> RefusedLines:
        """Enter observations as `enter` does; if another Redraw writes, leave them for that one."""
        self.writer.claim()
        if self.status.read_only:
            return self.notes.hand_over(rule, text, self.debrief, self.now())
        return self.enter(rule, text, place)

    # ----------------------------------------------------------------------------------------------------------- saving

    def _save(self) -> None:
        """Save what has changed. If that fails the status says so, and `tick` tries again until it works."""
        self._tried = self.steady()
        self.debrief, saved = self.writer.save(self._saved, self.debrief)
        if saved:
            self._saved = self.debrief
            if self.archive.large and not (self.in_session and self.debrief.clock().running):
                self.tell(Happening.CHECKPOINT_DUE)

    @property
    def unsaved(self) -> str:
        """What is not saved of the debrief in hand, as in “4 entries”; empty while all is."""
        from store.live.unsaved import unsaved

        return unsaved(self._saved, self.debrief) if self.status.unsaved else ""

    def retry(self) -> None:
        """Try once more to save what is not saved, and at the next tick to keep what is half typed; look for a lost archive."""
        self.writer.look_again()
        if self.drafts.hindrance:
            self.drafts.touch()
        if self.status.unsaved:
            self._save()
            self.tell(Happening.DEBRIEF_CHANGED)

    def all_saved(self) -> bool:
        """Whether the debrief in hand can be put away; tries once more to save it, and tells a `Notice` if that fails."""
        if self.status.unsaved:
            self._save()
        if self.status.unsaved:
            self.tell(news.Notice(self.status.unsaved, "Not saved yet"))
        return not self.status.unsaved

    # --------------------------------------------------------------------------------------------------- as time passes

    def tick(self) -> None:
        """Do what is due. Call it about ten times a second; it goes by the clock, so a late call loses nothing."""
        self._look()
        now = self.steady()
        if self.in_session:
            self._sign()
        if now - self._tried >= RETRY:
            self._tried = now
            self.retry()
        if self.archive.writes:
            if now - self._noted >= NOTES and not self.status.unsaved:
                self._noted = now
                self.notes.take_in(self._saved, self._take, self.tell)
        elif now - self._followed >= FOLLOW:
            self._followed = now
            self._follow()
        self.keep_drafts()

    def keep_drafts(self) -> None:
        """Write what is half typed to the disk. If that fails the status says so, and `tick` tries again until it works."""
        self.drafts.keep()
        self.writer.tell_status(unkept=self.drafts.hindrance)

    def _follow(self) -> None:
        """Read what another Redraw has saved."""
        try:
            if not self.archive.follow():
                return
            self._read_again()
        except ArchiveError:  # the other one is in the middle of a save, or it comes up when somebody opens this
            return
        self.tell(Happening.LOGBOOK_CHANGED)


def _moved(before: Debrief, after: Debrief) -> bool:
    """Whether a step has changed a clock or gone to another phase."""
    was, now = before.session, after.session
    return (was.clocks, before.timed, was.sealed) != (now.clocks, after.timed, now.sealed)
