"""What the screens ask of the app: the debrief in hand, the time, and to have changes made and saved.

A change is made before the call returns. Were it a message, a fast typist's next keys would land in a field that is
about to be emptied; so screens call, the app saves, and what is to be shown comes back down through `show`.
"""

from abc import abstractmethod
from collections.abc import Callable

from textual.app import App

from store.debrief import Debrief
from store.entries import Rule

Step = Callable[[Debrief, float], Debrief]
"""A rule with everything but the debrief and `now` filled in."""


class Desk(App[None]):
    """The app as the screens know it."""

    debrief: Debrief
    """The debrief in hand, as it was last changed."""

    unsaved: str = ""
    """Why the last save failed, as a sentence; empty while everything on the screen is saved."""

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
    def open_probe(self, id: str) -> None:
        """Start, resume or review the debrief of a probe."""

    @abstractmethod
    def edit_probe(self, id: str | None) -> None:
        """Open the form of a probe; with None, of a new one."""

    @abstractmethod
    def leave_session(self) -> None:
        """Go back to the logbook; the session stays as it is."""
