"""Conflicts: the same probe has come in again and differs from ours, and somebody decides which of the two stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from screens.frame.host import Host
from screens.frame.question import ask
from store.archive.archive import ArchiveError
from store.live.news import LogbookChanged, Problem
from store.logbook import listing
from store.refused import Refused
from store.words.text import clipped

if TYPE_CHECKING:
    from store.exchange.incoming.conflicts import Keep
    from store.logbook.listing import LogbookEntry

_TOLD = 3
"""How many probes are named of those that would lose something, and how many kinds of record for each."""


class ConflictQuestions:
    """The questions about conflicts, one after the other."""

    def __init__(self, app: Host, look: Callable[[str], object]) -> None:
        """`look` opens the debrief of a probe to be read."""
        self._app, self._look = app, look

    def ask(self, entry: LogbookEntry) -> None:
        """Ask which of the two stays, and offer one decision for all conflicts."""
        from store.exchange.incoming.conflicts import Keep, undecided

        if not self._app.may_write():
            return
        live = self._app.live
        try:
            differs = undecided(live.archive, entry.probe)
        except ArchiveError as error:
            live.tell(Problem(str(error)))
            return
        listed = live.logbook.latest
        here = {keep: listing.alike(listed, keep is Keep.THEIRS) for keep in (Keep.OURS, Keep.THEIRS)}
        for_all = []
        for keep, ids in here.items():
            if len(ids) > 1:
                answer = _for_all(keep is Keep.THEIRS, len(ids), len(here[Keep.OURS]))
                for_all.append((answer, partial(self._ask_about_all, entry, keep, ids, answer)))
        ours = entry.conflicts_with
        stands = next((f" ({clipped(each.when, 80)})" for each in listed if each.probe == ours), "")
        asked = (
            f"{clipped(entry.title, 200)}\n\nThis came in with a file. It is the same probe as {ours}{stands}, which is already here,"
            f" but they differ in {', '.join(differs) or 'nothing any more'}.\n\nWhich stays?"
        )
        ask(
            self._app,
            asked,
            (f"{ours}, as it is here; what came in is dropped", lambda: self._decide([entry.probe], Keep.OURS)),
            (f"What came in, in place of {ours}", lambda: self._decide([entry.probe], Keep.THEIRS)),
            ("Both, as two probes", lambda: self._decide([entry.probe], Keep.BOTH)),
            ("Let me look at what came in", lambda: self._look(entry.probe)),
            ("Decide later", None),
            *for_all,
        )

    def _ask_about_all(self, entry: LogbookEntry, keep: Keep, ids: Sequence[str], answer: str) -> None:
        """Ask whether to decide these conflicts alike, and say what that would lose."""
        from store.exchange.incoming.conflicts import Keep, lost

        asked = "Nothing changes here."
        if keep is Keep.THEIRS:
            try:
                less = lost(self._app.live.archive, ids)
            except (ArchiveError, Refused) as error:
                self._app.live.tell(Problem(str(error)))
                return
            asked = f"It replaces {len(ids)} probes."
            if less:
                told = "; ".join(f"{id}: {_first(what)}" for id, what in list(less.items())[:_TOLD])
                more = f"; and {len(less) - _TOLD} more" if len(less) > _TOLD else ""
                asked += f"\n\nFor {len(less)} of them it holds less: {told}{more}."
        ask(
            self._app,
            f"{answer}?\n\n{asked}\n\nThis can't be undone: “redraw backup” copies the archive first.",
            ("No, one by one", lambda: self.ask(entry)),
            (f"Yes, for all {len(ids)}", lambda: self._decide(ids, keep)),
            harmless=0,
        )

    def _decide(self, ids: Sequence[str], keep: Keep) -> None:
        from store.exchange.incoming.conflicts import settle

        try:
            settle(self._app.live.archive, ids, keep)
        except (ArchiveError, Refused) as error:
            self._app.live.tell(Problem(str(error)))
        self._app.live.tell(LogbookChanged())


def _first(what: Sequence[str]) -> str:
    """The first few losses, so that the answers stay in sight."""
    more = len(what) - _TOLD
    return f"{', '.join(what[:_TOLD])}{f' and {more} more' if more > 0 else ''}"


def _for_all(theirs: bool, count: int, conflicts: int) -> str:
    """The answer that decides several conflicts at once."""
    which = f"all {count}" if count == conflicts else f"the {count} that came in once"
    stays, goes = ("What came in", "what is here") if theirs else ("What is here", "what came in")
    return f"{stays}, for {which}; {goes} is dropped"
