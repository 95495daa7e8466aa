"""What the screens ask of the app: the debrief in hand, the time, and to have changes made and saved.

A change is made before the call returns. Were it a message, a fast typist's next keys would land in a field that is
about to be emptied; so screens call, the app saves, and what is to be shown comes back down through `show`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from textual.app import App
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

if TYPE_CHECKING:  # the logbook is drawn before the models are needed
    from store.book.lineage import WordingOrigin
    from store.book.recurrence import Recurrence
    from store.debrief import Debrief
    from store.entries import Rule
    from store.logbook.listing import LogbookEntry
    from store.logbook.search import Sought
    from store.model import Observation

Step: TypeAlias = "Callable[[Debrief, float], Debrief]"
"""A rule with everything but the debrief and `now` filled in."""


Work: TypeAlias = "Callable[[Any], Iterator[object]]"
"""Something that is read from an archive piece by piece: says how much is done, 0 to 1, again and again, and last what it found."""


class Share(Message):
    """How much of some work is done, 0 to 1."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share


class Finished(Message):
    """What some work has found; `wrong` is a sentence where it found nothing because something stood in its way."""

    def __init__(self, found: Any, wrong: str = "") -> None:
        super().__init__()
        self.found, self.wrong = found, wrong


class Desk(App[None]):
    """The app as the screens know it."""

    debrief: Debrief
    """The debrief in hand, as it was last changed."""

    unsaved: var[str] = var("")
    """Why the last save failed, as a sentence; empty while everything on the screen is saved."""

    read_only: var[str] = var("")
    """Who has the archive open in another Redraw, and since when, so that nothing can be entered here; mostly empty."""

    warning: var[str] = var("")
    """What else the facilitator should know as long as it lasts, as a sentence."""

    banner: var[str] = var("")
    """What stands on every screen: the most pressing of the three above."""

    def compute_banner(self) -> str:
        """Have the banner follow them."""
        if self.unsaved:
            return f"NOT SAVED: {self.unsaved} Ctrl+S tries at once."
        if self.read_only:
            return f"READ ONLY: another Redraw writes here ({self.read_only})."
        return self.warning

    drafts: dict[tuple[str, str], dict[str, str]]
    """What was typed and not entered, a text for each field, by the `place` of its screen; see `screens.frame.drafts`."""

    handed: tuple[Observation, ...] = ()
    """Observations that were handed to the Redraw that writes, by the names of their notes."""

    observer: str | None = None
    """Whose observations are entered at this keyboard, once that was said."""

    demo: bool = False
    """Whether this is the sample archive of `redraw demo`."""

    speed_note: str = ""
    """What a screen adds where the clocks run faster than real time."""

    @abstractmethod
    def logbook_entries(self) -> tuple[LogbookEntry, ...]:
        """The probes with their states, as they are now."""

    @abstractmethod
    def now(self) -> float:
        """Seconds on the axis of `store.clock.Timekeeper`."""

    @abstractmethod
    def change(self, step: Step) -> None:
        """Change the debrief in hand, save it and show it.

        Raises:
            Refused: the rule refuses; nothing has changed.
        """

    @abstractmethod
    def enter(self, rule: Rule, text: str) -> tuple[tuple[str, str], ...]:
        """Enter every line of `text` by a rule; answers with the lines that were refused and why."""

    @abstractmethod
    def open_probe(self, id: str, page: str = "", sought: Sought | None = None) -> None:
        """Start, resume or review the debrief of a probe; a review opens at the page of that title, where the text is sought."""

    @abstractmethod
    def open_trends(self) -> None:
        """Show what the probes tell together."""

    @abstractmethod
    def open_search(self) -> None:
        """Search over everything."""

    @abstractmethod
    def open_dissent(self, id: str) -> None:
        """Start or resume the open dissent session of a probe, or, where that can't be, offer one for a new probe."""

    @abstractmethod
    def open_guidelines(self) -> None:
        """Show the guidelines in force."""

    @abstractmethod
    def framework(self) -> Debrief | None:
        """What the group holds across probes, and what they tell, as it is saved now; None where that can't be read."""

    @abstractmethod
    def lineage(self, number: int) -> tuple[WordingOrigin, ...]:
        """Where each wording of a guideline came from, oldest first."""

    @abstractmethod
    def recurrences(self) -> tuple[Recurrence, ...]:
        """The recurring patterns with what became of each."""

    @abstractmethod
    def edit_probe(self, id: str | None) -> None:
        """Open the form of a probe; with None, of a new one."""

    @abstractmethod
    def open_principles(self) -> None:
        """Open the group's non-negotiables."""

    @abstractmethod
    def observe_probe(self, id: str) -> None:
        """Open the observer's screen for a probe; where another one is under way, ask which of the two is meant."""

    @abstractmethod
    def observe(self, rule: Rule, text: str) -> tuple[tuple[str, str], ...]:
        """Enter observations as `enter` does; where another Redraw writes they are handed to that one."""

    @abstractmethod
    def open_pact(self, id: str) -> None:
        """Show the pact of a probe on its page."""

    @abstractmethod
    def read_aside(self, work: Work, asker: Widget) -> None:
        """Read the archive, as it is saved now, in a thread of its own; the asker is sent `Share`s and at last `Finished`."""

    @abstractmethod
    def quit(self) -> None:
        """End Redraw; where something is not saved, ask first."""

    @abstractmethod
    def lay_down(self) -> None:
        """The screen on top is about to be left: save what it saves as one types, and keep what is half typed."""

    @abstractmethod
    def leave_session(self) -> None:
        """Go back to the logbook; the session stays as it is."""
