"""Opening: which screen is shown for what was asked, and what has to be asked before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from screens.frame.question import Question
from screens.logbook import LogbookScreen
from store.archive.archive import ArchiveError
from store.logbook import listing
from store.refused import Refused
from store.timekeeper import AWAY_AFTER, Timekeeper
from store.words.text import clipped, visible
from tui.keeping import Keeping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.exchange.incoming.conflicts import Keep
    from store.logbook.listing import LogbookEntry
    from store.logbook.search import Sought

BEFORE_AN_ACTION = "Before an action: what pulls the room, and which probe would teach most."
"""What is said of an open dissent session before it begins."""

_TOLD = 3
"""As many probes as are named of those of which what came in has less, and of each as many kinds of record."""


def _first(what: Sequence[str]) -> str:
    """Some of what would be lost, so that the answers keep their room."""
    more = len(what) - _TOLD
    return f"{', '.join(what[:_TOLD])}{f' and {more} more' if more > 0 else ''}"


def _for_all(theirs: bool, count: int, conflicts: int) -> str:
    """The answer that decides several conflicts alike."""
    which = f"all {count}" if count == conflicts else f"the {count} that came in once"
    stays, goes = ("What came in", "what is here") if theirs else ("What is here", "what came in")
    return f"{stays}, for {which}; {goes} goes"


class Opening(Keeping):
    """The app as far as it opens screens."""

    def __init__(self, path: Path, speed: float = 1.0, time: Timekeeper | None = None) -> None:
        """`speed`: how many times as fast as real ones the clocks run of a session that begins here."""
        super().__init__(path, time)
        self.speed = speed
        self._last_tick = self._last_beat = self.now()

    # ----------------------------------------------------------------------------------------------------------- a probe

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

    def _ask_whether_to_start(self, entry: LogbookEntry) -> None:
        def answered(answer: int | None) -> None:
            if answer == 0:
                self.edit_probe(entry.probe)
            elif answer == 1:
                self._begin(entry.probe)

        asked = f"{clipped(entry.title, 200)}\n\nThis action has not ended ({entry.state}, {entry.when})."
        answers = ("Open the probe and its pact", "Start the debrief all the same", "Back to the logbook")
        self.push_screen(Question(asked, answers, 2), answered)

    def _ask_which(self, entry: LogbookEntry) -> None:
        """The same probe has come in again and differs from ours: which of the two stays; also for all that wait, alike."""
        from store.exchange.incoming.conflicts import Keep
        from store.exchange.incoming.take import undecided

        if not self._may_write():
            return
        try:
            differs = undecided(self.archive, entry.probe)
        except ArchiveError as error:
            self.notify(visible(str(error)), severity="error", markup=False, timeout=30)
            return
        here = {keep: listing.alike(self._entries, keep is Keep.THEIRS) for keep in (Keep.OURS, Keep.THEIRS)}
        for_all = [keep for keep, ids in here.items() if len(ids) > 1]
        keeps = (Keep.OURS, Keep.THEIRS, Keep.BOTH)
        ours = entry.conflicts_with
        answers = (
            f"{ours}, as it is here; what came in goes",
            f"What came in, in place of {ours}",
            "Both, each by itself",
            "Look at what came in first",
            "Decide later",
            *(_for_all(keep is Keep.THEIRS, len(here[keep]), len(here[Keep.OURS])) for keep in for_all),
        )
        later = answers.index("Decide later")

        def answered(answer: int | None) -> None:
            if answer is None or answer == later:
                return
            if answer > later:
                keep = for_all[answer - later - 1]
                self._ask_about_all(entry, keep, here[keep], answers[answer])
            elif answer == len(keeps):
                self._in_hand(lambda: self.archive.debrief(entry.probe), self._review)
            else:
                self._settle([entry.probe], keeps[answer])

        stands = next((f" ({clipped(each.when, 80)})" for each in self._entries if each.probe == ours), "")
        asked = (
            f"{clipped(entry.title, 200)}\n\nThis came in with a file, and it is the same probe as {ours}{stands}, which is here"
            f" already; but they differ in {', '.join(differs) or 'nothing any more'}.\n\nWhich stays?"
        )
        self.push_screen(Question(asked, answers, later), answered)

    def _ask_about_all(self, entry: LogbookEntry, keep: Keep, ids: Sequence[str], answer: str) -> None:
        """Whether some conflicts are to be decided alike: what would be lost by it is said before."""
        from store.exchange.incoming.conflicts import Keep
        from store.exchange.incoming.take import lost

        asked = "Of what is here nothing changes."
        if keep is Keep.THEIRS:
            try:
                less = lost(self.archive, ids)
            except (ArchiveError, Refused) as error:
                self.notify(visible(str(error)), severity="error", markup=False, timeout=30)
                return
            asked = f"It takes the place of {len(ids)} probes."
            if less:
                told = "; ".join(f"{id}: {_first(what)}" for id, what in list(less.items())[:_TOLD])
                more = f"; and {len(less) - _TOLD} more" if len(less) > _TOLD else ""
                asked += f"\n\nIn {len(less)} of them it has less: {told}{more}."
        asked += "\n\nThis can't be taken back: “redraw backup” copies the archive before."

        def answered(decided: int | None) -> None:
            if decided == 1:
                self._settle(ids, keep)
            else:
                self._ask_which(entry)

        self.push_screen(Question(f"{answer}?\n\n{asked}", ("No, one by one", f"Yes, for all {len(ids)}"), 0), answered)

    def _settle(self, ids: Sequence[str], keep: Keep) -> None:
        from store.exchange.incoming.take import settle_all

        try:
            settle_all(self.archive, ids, keep)
        except (ArchiveError, Refused) as error:
            self.notify(visible(str(error)), severity="error", markup=False, timeout=30)
        self._show_logbook()

    # --------------------------------------------------------------------------------------------------------- a session

    def _begin(self, id: str) -> None:
        self._claim()
        if self.read_only:
            self._in_hand(lambda: self.archive.debrief(id), self._review)
            return
        self._in_hand(lambda: self.archive.open_session(id, self.now(), self.speed), self._resume)

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

    def _phase_screen(self) -> Screen[None]:
        from screens.phases.by_name import phase_screen

        return phase_screen(self.debrief.session.phase)

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
            self.switch_screen(ReviewScreen("Proposals" if self.debrief.session.kind == "dissent" else ""))
        else:
            self.switch_screen(self._phase_screen())

    def leave_session(self) -> None:
        self.lay_down()
        self._live = False
        self.pop_screen()

    def _review(self, page: str = "", sought: Sought | None = None) -> None:
        from screens.review import ReviewScreen

        self._live = False
        self.push_screen(ReviewScreen(page, sought))

    # ------------------------------------------------------------------------------------------- an open dissent session

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

    def _ask_for_dissent_about(self, entry: LogbookEntry) -> None:
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

    # ------------------------------------------------------------------------------------------------- the other screens

    def edit_probe(self, id: str | None) -> None:
        from screens.probe.form import ProbeForm

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

    def open_pact(self, id: str) -> None:
        from screens.probe.pact import PactScreen

        def show() -> None:
            self.push_screen(PactScreen())

        if isinstance(self.screen, LogbookScreen):
            self._in_hand(lambda: self.archive.debrief(id), show)
        else:  # the form of the probe in hand, in which a session may be live
            show()

    def observe_probe(self, id: str) -> None:
        under_way = listing.under_way(self._entries)
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

    def open_principles(self) -> None:
        from screens.probe.non_negotiables import PrinciplesScreen

        self._claim()
        self._live = False
        self._in_hand(lambda: self.archive.new_debrief(self.now()), lambda: self.push_screen(PrinciplesScreen()))

    def open_guidelines(self) -> None:
        from screens.book.guidelines import GuidelinesScreen

        self.push_screen(GuidelinesScreen())

    def open_trends(self) -> None:
        from screens.trends.trends import TrendsScreen

        self.push_screen(TrendsScreen())

    def open_search(self) -> None:
        from screens.search import SearchScreen

        self.push_screen(SearchScreen())
