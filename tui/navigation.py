"""Navigation: which screen is shown for what was asked, and what has to be asked before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from screens.frame.host import Host
from screens.frame.question import QuestionScreen
from screens.frame.refusals import with_remedy
from screens.logbook import LogbookScreen
from store.archive.archive import ArchiveError
from store.live.writer import ReadOnly
from store.logbook import listing
from store.refused import Refused
from store.words.text import clipped, visible
from tui.conflicts import ConflictQuestions

if TYPE_CHECKING:
    from store.logbook.listing import LogbookEntry
    from store.logbook.search import Sought

BEFORE_AN_ACTION = "Before an action: what pulls the room, and which probe would teach most."
"""Says what an open dissent session is for."""


class Navigation(Host):
    """The app as far as it opens screens."""

    # ----------------------------------------------------------------------------------------------------------- a probe

    def open_probe(self, id: str, page: str = "", sought: Sought | None = None) -> None:
        entry = self.live.logbook.entry(id)
        if entry is None or entry.unfinished:  # it may have ended since the list was read
            entry = self._entry_now(id)
        if entry is None:
            return
        if entry.conflicts_with:
            ConflictQuestions(self, self._review).ask(entry)
        elif entry.dissent:
            self.open_dissent(id)
        elif entry.unfinished and not entry.session:
            self._ask_whether_to_start(entry)
        elif entry.wants_debrief or entry.phase:  # a session that is not sealed, though its clock never ran
            self._begin(id)
        else:
            self._review(id, page, sought)

    def _entry_now(self, id: str) -> LogbookEntry | None:
        self.live.logbook.entries()
        return self.live.logbook.entry(id)

    def _ask_whether_to_start(self, entry: LogbookEntry) -> None:
        def answered(answer: int | None) -> None:
            if answer == 0:
                self.edit_probe(entry.probe)
            elif answer == 1:
                self._begin(entry.probe)

        asked = f"{clipped(entry.title, 200)}\n\nThis action has not ended ({entry.state}, {entry.when})."
        answers = ("Open the probe and its pact", "Start the debrief anyway", "Back to the logbook")
        self.push_screen(QuestionScreen(asked, answers, 2), answered)

    def _review(self, id: str, page: str = "", sought: Sought | None = None) -> None:
        from screens.review import ReviewScreen

        if self.live.open(id):
            self.push_screen(ReviewScreen(page, sought))

    # --------------------------------------------------------------------------------------------------------- a session

    def _begin(self, id: str) -> None:
        try:
            self.live.begin(id)
        except ReadOnly:
            self._review(id)

    def phase_screen(self) -> Screen[None]:
        """The screen of the phase in which the session is."""
        from screens.phases.by_name import phase_screen

        return phase_screen(self.debrief.session.phase)

    def show_phase(self) -> None:
        """Replace the phase on the screen with the one that the session has reached; once it is sealed, with its review."""
        self.keep_typed()
        if self.debrief.sealed:
            from screens.review import ReviewScreen

            self.switch_screen(ReviewScreen("Proposals" if self.debrief.session.kind == "dissent" else ""))
        else:
            self.switch_screen(self.phase_screen())

    def ask_about_absence(self, seconds: float) -> None:
        """Ask whether the time during which Redraw was away counts."""
        from store.timekeeper import duration

        asked = (
            f"Redraw was away for {duration(seconds)}: the computer slept, the program was stopped, or it ended unexpectedly."
            "\n\nDoes that time count for this phase?"
        )
        answers = ("Yes: the room went on in the meantime", "No: go on with the time that was left")

        def answered(answer: int | None) -> None:
            try:
                self.live.came_back(seconds, counts=answer == 0)
            except ReadOnly as why:
                self.say(str(why))

        self.push_screen(QuestionScreen(asked, answers), answered)

    def leave_session(self) -> None:
        self.keep_typed()
        self.live.leave()
        self.pop_screen()

    # ------------------------------------------------------------------------------------------- an open dissent session

    def open_dissent(self, id: str) -> None:
        entry = self._entry_now(id)
        if entry is not None and entry.dissent and (self.live.writer.claim() or self.read_only):
            self._review(id)
        elif self.may_write():
            if entry is not None and entry.dissent:
                self._begin_dissent(id)
            elif entry is not None and entry.may_dissent:
                self._ask_for_dissent_about(entry)
            else:
                self._ask_for_dissent(BEFORE_AN_ACTION)

    def _ask_for_dissent_about(self, entry: LogbookEntry) -> None:
        from store.session.dissent import opened

        try:
            opened(self.live.archive.debrief(entry.probe), "", self.now())
        except (Refused, ArchiveError) as why:
            self._ask_for_dissent(visible(with_remedy(why)))
        else:
            about = f"It is held before this probe:\n{clipped(entry.title, 200)}"
            self._ask_for_dissent(BEFORE_AN_ACTION, about, entry.probe)

    def _ask_for_dissent(self, why: str, about: str = "", id: str | None = None) -> None:
        """Ask whether to begin an open dissent session, for a probe or for a new one."""
        from store.session.dissent import working_title

        def answered(answer: int | None) -> None:
            if answer == 0:
                self._begin_dissent(id)

        new = f"It starts a new probe, called “{working_title(self.now())}” until the room has chosen."
        answers = ("Begin an open dissent session", "Not now")
        self.push_screen(QuestionScreen(f"{why}\n\n{about or new}", answers, 1), answered)

    def _begin_dissent(self, id: str | None) -> None:
        try:
            self.live.begin_dissent(id)
        except ReadOnly as why:
            self.say(str(why))
        except Refused as why:
            self._ask_for_dissent(with_remedy(why))

    # ------------------------------------------------------------------------------------------------- the other screens

    def edit_probe(self, id: str | None) -> None:
        from screens.probe.form import ProbeForm

        if not self.may_write():
            return
        if not self.live.in_session and not (self.live.open_new() if id is None else self.live.open(id)):
            return
        self.push_screen(ProbeForm(), lambda _: self.show())

    def open_pact(self, id: str) -> None:
        from screens.probe.pact import PactScreen

        # Over the form the probe is in hand already, and a session may be live in it.
        if not isinstance(self.screen, LogbookScreen) or self.live.open(id):
            self.push_screen(PactScreen())

    def observe_probe(self, id: str) -> None:
        under_way = listing.under_way(self.live.logbook.latest)
        at = self.live.logbook.entry(id)
        if at is None or at in under_way or len(under_way) != 1:
            self._observe(id)
            return
        offered = (*under_way, at)

        def answered(answer: int | None) -> None:
            if answer is not None and answer < len(offered):
                self._observe(offered[answer].probe)

        answers = [f"{clipped(each.title, 200)} ({each.state}, {each.when})" for each in offered]
        self.push_screen(QuestionScreen("Which action is observed?", [*answers, "Neither"], len(offered)), answered)

    def _observe(self, id: str) -> None:
        from screens.observe import ObserveScreen

        if self.live.open(id):
            self.push_screen(ObserveScreen())

    def open_principles(self) -> None:
        from screens.probe.non_negotiables import PrinciplesScreen

        self.live.writer.claim()
        if self.live.open_new():
            self.push_screen(PrinciplesScreen())

    def open_guidelines(self) -> None:
        from screens.book.guidelines import GuidelinesScreen

        self.push_screen(GuidelinesScreen())

    def open_trends(self) -> None:
        from screens.trends.trends import TrendsScreen

        self.push_screen(TrendsScreen())

    def open_search(self) -> None:
        from screens.search import SearchScreen

        self.push_screen(SearchScreen())
