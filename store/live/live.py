"""One archive and the debrief in hand: entered, saved, followed and kept, with no screen, no thread and no timer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from store.archive.archive import Archive, ArchiveError
from store.live import news
from store.live.absence import Absence
from store.live.drafts import Drafts
from store.live.logbook import Logbook
from store.live.news import News, Status
from store.live.notes import Notes
from store.live.writer import ReadOnly, Writer
from store.timekeeper import AWAY_AFTER, Timekeeper

if TYPE_CHECKING:  # the logbook is shown before the models are needed
    from store.debrief import Debrief
    from store.entries import Rule

Step: TypeAlias = "Callable[[Debrief, float], Debrief]"
"""A rule with everything but the debrief and `now` filled in."""

RefusedLines: TypeAlias = tuple[tuple[str, Exception], ...]
"""The lines that were not entered, each with what refuses it; a front end adds to a `Refused` the key that helps."""

RETRY = 5.0
"""Seconds after which a save that failed is tried again."""

FOLLOW = 1.0
"""Seconds between looks at what another Redraw has saved, while that one writes."""

NOTES = 1.0
"""Seconds between looks at what `redraw note` has left, while we write."""


class Live:
    """The live session as every front end has it.

    Each call returns when what it does is done and, where it enters something, saved; what there is to show is told to the
    listeners before that. All calls come from one thread, but for those that `Writer` names.
    """

    debrief: Debrief
    """The debrief in hand, as it was last changed; not there until one is."""

    def __init__(self, path: Path, time: Timekeeper | None = None, speed: float = 1.0) -> None:
        """Open the archive at `path`; the clocks of sessions that begin here run `speed` times as fast as real ones.

        Raises:
            ArchiveError: it can't be opened or its probes can't be listed.
        """
        self.archive = Archive(path)
        self.speed = speed
        self.listeners: list[Callable[[News], object]] = []
        """Each is called with all news, in their order."""
        self.in_session = False
        """Whether a session was begun and not left: from then on absences are asked about."""
        self._time = time or Timekeeper()
        now = self.now()
        self.logbook = Logbook(self.archive, self.now, self.tell)
        self.writer = Writer(self.archive, self.tell)
        self.drafts = Drafts(self.archive)
        self.notes = Notes(self.archive)
        self.absence = Absence(self.archive, now)
        self._saved: Debrief | None = None
        self._tried = self._followed = now
        self._noted = 0.0

    def now(self) -> float:
        """Seconds on the axis of `store.timekeeper.Timekeeper`."""
        return self._time.now()

    @cached_property
    def demo(self) -> bool:
        """Whether this is the sample archive of `redraw demo`."""
        return self.archive.demo

    def tell(self, what: News) -> None:
        """Tell all listeners."""
        for listener in self.listeners:
            listener(what)

    # ------------------------------------------------------------------------------------------------------ the writer

    @property
    def status(self) -> Status:
        """Whether everything is saved, and who else writes."""
        return self.writer.status

    def start(self) -> None:
        """Become the one who writes, if nobody else does, and tell what the facilitator should know of the files."""
        self.writer.warn(self.claim())

    def claim(self) -> str:
        """Become the one who writes; answers with what hinders that, as a sentence, or with an empty text."""
        before = self.status.read_only
        hindrance = self.writer.claim()
        if self.status.read_only != before:
            if not self.status.read_only:
                self.drafts.read()  # the one that wrote until now may have left some, and saved more than we have read
                if self._saved is not None and self._saved.probe.id and self.debrief is self._saved:
                    self._take(self.archive.debrief(self._saved.handle))
                    self.tell(news.Changed(self.debrief))
            self.tell(news.LogbookChanged())
        return hindrance

    def need_writer(self) -> None:
        """Become the one who writes.

        Raises:
            ReadOnly: another Redraw does.
        """
        self.claim()
        if self.status.read_only:
            raise ReadOnly("Nothing can be entered here: close the other Redraw first.")

    # ---------------------------------------------------------------------------------------------- the debrief in hand

    def _take(self, found: Debrief) -> None:
        self.debrief = self._saved = found

    def _open(self, find: Callable[[], Debrief]) -> bool:
        """Take a debrief in hand; False where that can't be: the reason is told."""
        if not self.all_saved():
            return False
        try:
            self._take(find())
        except ArchiveError as error:
            self.tell(news.Problem(str(error), "This can't be opened"))
            return False
        self.in_session = False
        return True

    def open(self, id: str) -> bool:
        """Take the debrief of a probe in hand, to read it or to plan it; False where that can't be: the reason is told."""
        return self._open(lambda: self.archive.debrief(id))

    def open_new(self) -> bool:
        """Take in hand what a new probe begins with; it is in the archive once it has a title. As `open` otherwise."""
        return self._open(lambda: self.archive.new_debrief(self.now()))

    def begin(self, id: str) -> bool:
        """Start or resume the debrief of a probe; as `open` otherwise.

        Raises:
            ReadOnly: another Redraw writes.
        """
        self.need_writer()
        return self._open(lambda: self.archive.open_session(id, self.now(), self.speed)) and self._resume()

    def begin_dissent(self, id: str | None) -> bool:
        """Start or resume the open dissent session of a probe, with None of a new one; as `open` otherwise.

        Raises:
            Refused: this probe can't have one, or another Redraw writes (`ReadOnly`); the sentence says why.
        """
        from store.session.dissent import in_hand

        self.need_writer()
        saved: Debrief

        def find() -> Debrief:
            nonlocal saved
            saved, opened = in_hand(self.archive, id, self.now(), self.speed)
            return opened

        if not self._open(find):
            return False
        self._saved = saved  # the first change saves the session too
        return self._resume()

    def _resume(self) -> bool:
        """Go on where the session stopped; where its clock was left running, ask about the time since."""
        from store.session import flow

        now, session = self.now(), self.debrief.session
        started = self.debrief.clock().started
        seen = now if started is None else self.absence.last_seen(started)
        if session.rate != self.speed and session.began is None:
            self.change(lambda debrief, _: debrief.with_session(rate=self.speed, clocks={}))
        self.in_session = True
        if now < seen:
            self.change(lambda debrief, at: flow.clock_set_back(debrief, at, seen))
        self.absence.resume(now)
        self.tell(news.Began(self.debrief))
        if now - seen > AWAY_AFTER / 2:
            self.tell(news.Away(now - seen))
        return True

    def came_back(self, away: float, counts: bool) -> None:
        """Record an absence of so many seconds, and whether they count for the phase."""
        from store.session import flow

        self.change(lambda debrief, now: flow.came_back(debrief, now, away, counts))

    def leave(self) -> None:
        """Leave the session as it is; its clock goes on."""
        self.in_session = False

    # --------------------------------------------------------------------------------------------------------- entering

    def change(self, step: Step) -> None:
        """Change the debrief in hand and save it.

        Raises:
            Refused: the rule refuses, or another Redraw writes (`ReadOnly`); nothing has changed.
        """
        self.need_writer()
        before = self.debrief
        after = step(before, self.now())
        if after == before:
            return
        self.debrief = after
        self._save()
        self.drafts.touch()  # less is half typed than before: it may have been entered just now
        self.drafts.keep()  # before it is shown as saved, so that no crash after that brings it back to be entered again
        sealed = after.sealed and not before.sealed
        moved = sealed or after.session.phase != before.session.phase
        self.tell(news.Moved(self.debrief) if moved else news.Changed(self.debrief))
        if sealed:
            self.in_session = False
            self.drafts.forget(after.session.id)
            self.tell(news.CheckpointDue())

    def command(self, name: str) -> None:
        """Do one of `store.live.commands.COMMANDS`, such as `next phase`; raises as `change` does."""
        from store.live.commands import COMMANDS

        self.change(COMMANDS[name])

    def enter(self, kind: Rule | str, text: str) -> RefusedLines:
        """Enter every line of a text by a rule, or by that of a kind in `store.live.commands.RULES`."""
        from store.entries import enter

        refused: RefusedLines = ()

        def step(debrief: Debrief, now: float) -> Debrief:
            nonlocal refused
            entered, refused = enter(_rule(kind), debrief, text, now)
            return entered

        try:
            self.change(step)
        except ReadOnly as why:
            return ((text, why),)
        return refused

    def observe(self, rule: Rule | str, text: str) -> RefusedLines:
        """Enter observations as `enter` does; where another Redraw writes they are handed over to that one."""
        self.claim()
        if self.status.read_only:
            return self.notes.hand_over(_rule(rule), text, self.debrief, self.now())
        return self.enter(rule, text)

    def take_back(self, kind: str) -> None:
        """Take back the last entry of a kind; see `store.live.commands.take_back`, and raises as `change` does."""
        from store.live.commands import take_back

        self.change(lambda debrief, _: take_back(debrief, kind))

    # ----------------------------------------------------------------------------------------------------------- saving

    def _save(self) -> None:
        """Save what differs from what is saved. A failure is told, and `tick` tries again until it succeeds."""
        self._tried = self.now()
        self.debrief, saved = self.writer.save(self._saved, self.debrief)
        if saved:
            self._saved = self.debrief
            if self.archive.large and not (self.in_session and self.debrief.clock().running):
                self.tell(news.CheckpointDue())

    def retry(self) -> None:
        """Try once more to save what is not saved."""
        if self.status.unsaved:
            self._save()
            self.tell(news.Changed(self.debrief))

    def all_saved(self) -> bool:
        """Whether the debrief in hand may be put away: one more try to save it, and a word where that fails."""
        if self.status.unsaved:
            self._save()
        if self.status.unsaved:
            self.tell(news.Problem(self.status.unsaved, "Not saved yet"))
        return not self.status.unsaved

    # --------------------------------------------------------------------------------------------------- as time passes

    def tick(self) -> None:
        """Do what is due; call it about ten times a second. It reads the clock, so that a late call loses nothing."""
        now = self.now()
        away = self.absence.since(now)
        if self.in_session:
            if away and self.debrief.clock().running:
                self.tell(news.Away(away))
            self.absence.beat(now)
        if now - self._tried >= RETRY:
            self.retry()
        if self.archive.writes:
            if now - self._noted >= NOTES:
                self._noted = now
                self._take_in_notes()
        elif now - self._followed >= FOLLOW:
            self._followed = now
            self._follow()
        self.drafts.keep()

    def _follow(self) -> None:
        """Take over what another Redraw has saved."""
        try:
            if not self.archive.follow():
                return
            if self._saved is not None and self.debrief is self._saved:
                id = self._saved.handle
                self._take(self.archive.debrief(id) if id else self.archive.new_debrief(self.now()))
                self.tell(news.Changed(self.debrief))
        except ArchiveError:  # it is in the middle of something, or will be told when somebody asks for it
            return
        self.tell(news.LogbookChanged())

    def _take_in_notes(self) -> None:
        """Save what `redraw note` has left; nobody at the keyboard need notice."""

        def show(debrief: Debrief) -> None:
            self._take(debrief)
            self.tell(news.Changed(debrief))

        if not self.status.unsaved:
            self.notes.take_in(self._saved, show, self.tell)


def _rule(kind: Rule | str) -> Rule:
    from store.live.commands import RULES

    return RULES[kind] if isinstance(kind, str) else kind
