"""The app as the screens know it: it has a live session, and it opens other screens.

A change is made before the call returns. If it were a message, a fast typist's next keys would land in a field that is
about to be emptied. So screens call, the live session saves, and the result comes back through `show`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from textual.app import App
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from screens.frame.refusals import with_remedy
from screens.widgets.entry_field import Refusals
from store.live.live import Live, Step
from store.live.writer import ReadOnly

if TYPE_CHECKING:  # the logbook is drawn before the models are needed
    from store.archive.archive import Drafts
    from store.book.lineage import WordingOrigin
    from store.book.recurrence import Recurrence
    from store.debrief import Debrief
    from store.entries import Rule
    from store.logbook.listing import LogbookEntry
    from store.logbook.search import Sought
    from store.model import Observation

Work: TypeAlias = "Callable[[Any], Iterator[object]]"
"""Reads an archive piece by piece: yields how much is done, 0 to 1, and at last what it has found."""


class Share(Message):
    """How much of some work is done, 0 to 1."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share


class Finished(Message):
    """What some work has found; if it failed, `wrong` is a sentence that says why."""

    def __init__(self, found: Any, wrong: str = "") -> None:
        super().__init__()
        self.found, self.wrong = found, wrong


class Host(App[None]):
    """The app as the screens know it."""

    live: Live
    """The live session; not there where the archive could not be opened."""

    banner: var[str] = var("")
    """Shown on every screen until it is put right: something isn't saved, another Redraw writes, the disk is nearly full."""

    observer: str | None = None
    """Whose observations are entered at this keyboard, once somebody has said so."""

    speed_note: str = ""
    """What a screen adds if the clocks run faster than real time."""

    # ------------------------------------------------------------------------------------------------ the live session

    @property
    def debrief(self) -> Debrief:
        """The debrief in hand with its latest change."""
        return self.live.debrief

    @property
    def unsaved(self) -> str:
        """Why the last save failed, as a sentence; empty while everything on the screen is saved."""
        return self.live.status.unsaved

    @property
    def read_only(self) -> str:
        """Who has the archive open in another Redraw, so that nothing can be entered here; mostly empty."""
        return self.live.status.read_only

    @property
    def demo(self) -> bool:
        """Whether this is the sample archive of `redraw demo`."""
        return self.live.demo

    @property
    def drafts(self) -> Drafts:
        """What is typed and not entered: the text of each field, by the `place` of its screen; see `screens.frame.drafts`."""
        return self.live.drafts.texts

    @property
    def handed(self) -> tuple[Observation, ...]:
        """Observations that were left for the Redraw that writes, under the names of their notes."""
        return self.live.notes.handed_over

    def now(self) -> float:
        """Seconds on the axis of `store.timekeeper.Timekeeper`."""
        return self.live.now()

    def may_write(self) -> bool:
        """Whether anything can be entered; if another Redraw writes, say so, though the banner does too."""
        try:
            self.live.writer.need()
        except ReadOnly as why:
            self.say(str(why))
            return False
        return True

    def change(self, step: Step) -> None:
        """Change the debrief in hand, save it and show it; if another Redraw writes, only say so.

        Raises:
            Refused: the rule refuses; nothing has changed.
        """
        try:
            self.live.change(step)
        except ReadOnly as why:
            self.say(str(why))

    def say(self, sentence: str) -> None:
        """Say on the screen on top why something was not done."""
        say = getattr(self.screen, "say", None)
        if say is not None:
            say(sentence, wrong=True)

    def show(self) -> None:
        """Draw the debrief in hand on every screen, also below another one."""
        for screen in self.screen_stack:
            show = getattr(screen, "show", None)
            if show is not None and screen.is_mounted:
                show(self.debrief)

    def enter(self, rule: Rule, text: str) -> Refusals:
        """Enter each line of `text` by a rule; returns the lines that were refused and why."""
        return tuple((line, with_remedy(why)) for line, why in self.live.enter(rule, text))

    def observe(self, rule: Rule, text: str) -> Refusals:
        """Enter observations as `enter` does; if another Redraw writes, leave them for that one."""
        return tuple((line, with_remedy(why)) for line, why in self.live.observe(rule, text))

    def logbook_entries(self) -> tuple[LogbookEntry, ...]:
        """The probes with their states, as they are now."""
        return self.live.logbook.entries()

    def framework(self) -> Debrief | None:
        """What the group holds across probes, as it is saved now; None if that can't be read."""
        return self.live.logbook.framework()

    def lineage(self, number: int) -> tuple[WordingOrigin, ...]:
        """Where each wording of a guideline came from, oldest first."""
        return self.live.logbook.lineage(number)

    def recurrences(self) -> tuple[Recurrence, ...]:
        """The recurring patterns and what became of each."""
        return self.live.logbook.recurrences()

    @abstractmethod
    def read_aside(self, work: Work, asker: Widget) -> None:
        """Read the archive as it is saved now, in a thread of its own; sends the asker `Share`s and at last `Finished`."""

    @abstractmethod
    def keep_typed(self) -> None:
        """Call this before leaving the screen on top: it saves what that screen saves as one types, and keeps what is half typed."""

    # ------------------------------------------------------------------------------------------------ the other screens

    @abstractmethod
    def open_probe(self, id: str, page: str = "", sought: Sought | None = None) -> None:
        """Start, resume or review the debrief of a probe; a review opens at the page with that title, at the text that was sought."""

    @abstractmethod
    def open_dissent(self, id: str) -> None:
        """Start or resume the open dissent session of a probe, or, if it can't have one, offer one for a new probe."""

    @abstractmethod
    def edit_probe(self, id: str | None) -> None:
        """Open the form of a probe, or with None that of a new one."""

    @abstractmethod
    def open_pact(self, id: str) -> None:
        """Show the pact of a probe on its page."""

    @abstractmethod
    def observe_probe(self, id: str) -> None:
        """Open the observer's screen for a probe; if another one is under way, ask which is meant."""

    @abstractmethod
    def open_principles(self) -> None:
        """Open the group's non-negotiables."""

    @abstractmethod
    def open_guidelines(self) -> None:
        """Show the guidelines in force."""

    @abstractmethod
    def open_trends(self) -> None:
        """Show the trends across probes."""

    @abstractmethod
    def open_search(self) -> None:
        """Search over everything."""

    @abstractmethod
    def leave_session(self) -> None:
        """Go back to the logbook; the session stays as it is."""

    @abstractmethod
    def quit(self) -> None:
        """End Redraw; if something is not saved, ask first."""
