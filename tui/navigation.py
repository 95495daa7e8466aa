"""Navigation: which screen is shown for what was asked, and what has to be asked before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

from screens.frame.base import Host
from screens.frame.question import QuestionScreen, ask
from screens.frame.refusals import with_remedy
from screens.logbook import LogbookScreen
from store.archive.archive import ArchiveError
from store.live.news import Happening, Notice
from store.live.writer import ReadOnly
from store.logbook import listing
from store.refused import Refused
from store.words.text import clipped, visible

if TYPE_CHECKING:
    from store.exchange.incoming.conflicts import Keep
    from store.logbook.listing import LogbookEntry
    from store.logbook.search import Sought

BEFORE_AN_ACTION = "Before an action: what pulls the room, and which probe would teach most."
"""Says what an open dissent session is for."""

_TOLD = 3
"""How many probes are named of those that would lose something, and how many kinds of record for each."""


_LONGEST = 300
"""Characters of a value in which two records of a probe differ."""


class Navigation(Host):
    """The app as far as it opens screens."""

    _absence: QuestionScreen | None = None
    """The question about an absence that was asked last; there is never more than one on the screen."""

    def open_probe(self, id: str, page: str = "", sought: Sought | None = None) -> None:
        from screens.review import ReviewScreen

        if self.live.open(id):
            self.push_screen(ReviewScreen(page, sought))

    def take_up(self, id: str) -> None:
        entry = self.live.logbook.entry(id) or self._entry_now(id)
        if entry is None:
            return
        if entry.conflicts_with:
            self._ask_which_stays(entry)
        elif entry.dissent:
            self.open_dissent(id)
        elif entry.phase or entry.owed:  # a session that is not sealed, though its clock never ran
            self._begin(id)
        elif entry.unfinished:
            self._ask_whether_to_start(self._entry_now(id) or entry)  # it may have ended since the list was read
        else:
            self.open_probe(id)

    def start_debrief(self, id: str) -> None:
        entry = self._entry_now(id)
        if entry is None or not entry.wants_debrief:
            return
        if entry.unfinished and not entry.session:
            self._ask_whether_to_start(entry)
        else:
            self._begin(id)

    def _entry_now(self, id: str) -> LogbookEntry | None:
        self.live.logbook.entries()
        return self.live.logbook.entry(id)

    def _ask_which_stays(self, entry: LogbookEntry) -> None:
        """Ask which stays of a probe that came in again and differs from ours; offer one decision for all such conflicts."""
        from store.exchange.incoming.conflicts import Keep, brought, side_by_side, undecided

        if not self.may_write():
            return
        try:
            differs = undecided(self.live.archive, entry.probe)
            values = side_by_side(self.live.archive, entry.probe)
            new = ", ".join(brought(self.live.archive, entry.probe))
        except ArchiveError as error:
            self.live.tell(Notice(str(error)))
            return
        listed = self.live.logbook.latest
        here = {keep: listing.alike(listed, keep is Keep.THEIRS) for keep in (Keep.OURS, Keep.THEIRS)}
        for_all = []
        for keep, ids in here.items():
            if len(ids) > 1:
                answer = _for_all(keep is Keep.THEIRS, len(ids), len(here[Keep.OURS]))
                for_all.append((answer, partial(self._ask_about_all, entry, keep, ids, answer)))
        ours = entry.conflicts_with
        with_new = (
            [(f"{ours}, with what is new: {clipped(new, 120)}", lambda: self._decide([entry.probe], Keep.NEW))]
            if new
            else []
        )
        stands = next((f" ({clipped(each.when, 80)})" for each in listed if each.probe == ours), "")
        ask(
            self,
            f"{clipped(entry.title, 200)}\n\nThis came in with a file. It is the same probe as {ours}{stands}, which is already here,"
            f" but they differ in {', '.join(differs) or 'nothing any more'}.\n\nWhich stays?",
            (f"{ours}, as it is here; what came in is dropped", lambda: self._decide([entry.probe], Keep.OURS)),
            (f"What came in, in place of {ours}", lambda: self._decide([entry.probe], Keep.THEIRS)),
            ("Both, as two probes", lambda: self._decide([entry.probe], Keep.BOTH)),
            ("Let me look at what came in", lambda: self.open_probe(entry.probe)),
            ("Decide later", None),
            *with_new,
            *for_all,
            details=[
                row
                for each in values
                for row in zip(
                    (each.what, "  here         ", "  in the file  "), ("", *each.clipped(_LONGEST)), strict=True
                )
            ],
        )

    def _ask_about_all(self, entry: LogbookEntry, keep: Keep, ids: Sequence[str], answer: str) -> None:
        """Ask whether to decide these conflicts alike, and say what that would lose."""
        from store.exchange.incoming.conflicts import Keep, lost

        asked = "Nothing changes here."
        if keep is Keep.THEIRS:
            try:
                less = lost(self.live.archive, ids)
            except (ArchiveError, Refused) as error:
                self.live.tell(Notice(str(error)))
                return
            asked = f"It replaces {len(ids)} probes."
            if less:
                told = "; ".join(f"{id}: {_first(what)}" for id, what in list(less.items())[:_TOLD])
                more = f"; and {len(less) - _TOLD} more" if len(less) > _TOLD else ""
                asked += f"\n\nFor {len(less)} of them it holds less: {told}{more}."
        ask(
            self,
            f"{answer}?\n\n{asked}\n\nThis can't be undone: “redraw backup” copies the archive first.",
            ("No, one by one", lambda: self._ask_which_stays(entry)),
            (f"Yes, for all {len(ids)}", lambda: self._decide(ids, keep)),
            harmless=0,
        )

    def _decide(self, ids: Sequence[str], keep: Keep) -> None:
        from store.exchange.incoming.conflicts import settle

        try:
            settle(self.live.archive, ids, keep)
        except (ArchiveError, Refused) as error:
            self.live.tell(Notice(str(error)))
        self.live.tell(Happening.LOGBOOK_CHANGED)

    def _ask_whether_to_start(self, entry: LogbookEntry) -> None:
        has_it, anyway = ("has not ended", " anyway") if entry.unfinished else ("has ended", "")
        ask(
            self,
            f"{clipped(entry.title, 200)}\n\nThis action {has_it} ({entry.state}, {entry.when}).",
            ("Open the probe and its pact", lambda: self.edit_probe(entry.probe)),
            (f"Start the debrief{anyway}", lambda: self._begin(entry.probe)),
            ("Back to the logbook", None),
        )

    def _begin(self, id: str) -> None:
        try:
            self.live.begin(id)
        except ReadOnly:
            self.open_probe(id)

    def phase_screen(self) -> Screen[None]:
        from screens.phases import phase_screen

        session = self.live.debrief.session
        if not session.resting:
            return phase_screen(session.phase)
        from screens.rest import RestScreen

        return RestScreen(session.phase)

    def show_phase(self) -> None:
        """Replace the phase on the screen with the one that the session has reached; once it is sealed, with its review."""
        self.keep_typed()
        if self.live.debrief.sealed:
            from screens.review import ReviewScreen

            self.switch_screen(ReviewScreen("Proposals" if self.live.debrief.session.kind == "dissent" else ""))
        else:
            self.switch_screen(self.phase_screen())

    def ask_about_absence(self, seconds: float, left: float | None) -> None:
        from screens.frame.clock_face import hour
        from store.timekeeper import duration

        away = (
            f"Redraw was away for {duration(seconds)}: the computer slept, the program was stopped, or it ended unexpectedly."
            if left is None
            else f"This session was left at {hour(left)}, {duration(seconds)} ago; its clock went on."
        )

        asked = f"{away}\n\nDoes that time count for this phase?"
        if self._absence is not None and self._absence in self.screen_stack:
            self._absence.ask_anew(asked)
            return

        def came_back(counts: bool) -> None:
            if self.may_write():
                self.live.came_back(counts)

        self._absence = ask(
            self,
            asked,
            ("Yes: the room went on in the meantime", lambda: came_back(True)),
            ("No: go on with the time that was left", lambda: came_back(False)),
            by_itself=True,
        )

    def leave_session(self) -> None:
        self.keep_typed()
        self.live.leave()
        self.pop_screen()

    def open_dissent(self, id: str) -> None:
        entry = self._entry_now(id)
        if entry is not None and entry.dissent and (self.live.writer.claim() or self.live.status.read_only):
            self.open_probe(id)
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
            opened(self.live.archive.debrief(entry.probe), "", self.live.now())
        except (Refused, ArchiveError) as why:
            self._ask_for_dissent(visible(with_remedy(why)))
        else:
            about = f"It is held before this probe:\n{clipped(entry.title, 200)}"
            self._ask_for_dissent(BEFORE_AN_ACTION, about, entry.probe)

    def _ask_for_dissent(self, why: str, about: str = "", id: str | None = None) -> None:
        from store.session.dissent import working_title

        new = f"It starts a new probe, called “{working_title(self.live.now())}” until the room has chosen."
        begin = ("Begin an open dissent session", lambda: self._begin_dissent(id))
        ask(self, f"{why}\n\n{about or new}", begin, ("Not now", None))

    def _begin_dissent(self, id: str | None) -> None:
        if not self.may_write():
            return
        try:
            self.live.begin_dissent(id)
        except Refused as why:
            self._ask_for_dissent(with_remedy(why))

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


def _first(what: Sequence[str]) -> str:
    """The first few losses, so that the answers stay in sight."""
    more = len(what) - _TOLD
    return f"{', '.join(what[:_TOLD])}{f' and {more} more' if more > 0 else ''}"


def _for_all(theirs: bool, count: int, conflicts: int) -> str:
    which = f"all {count}" if count == conflicts else f"the {count} that came in once"
    stays, goes = ("What came in", "what is here") if theirs else ("What is here", "what came in")
    return f"{stays}, for {which}; {goes} is dropped"
