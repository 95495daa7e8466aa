"""The app as the screens know it: it has a live session, and it opens other screens.

A change is made before the call returns. If it were a message, a fast typist's next keys would land in a field that is
about to be emptied. So screens call, the live session saves, and the result comes back through `show`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from textual.app import App
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from store.live.live import Live, Step
from store.live.writer import ReadOnly

if TYPE_CHECKING:  # the logbook is drawn before the models are needed
    from store.logbook.search import Sought

Work: TypeAlias = "Callable[[Any], Iterator[object]]"
"""Reads an archive piece by piece: yields how much is done, 0 to 1, and at last what it has found."""


@dataclass
class Progress(Message):
    """How much of some work is done, 0 to 1."""

    share: float


@dataclass
class Finished(Message):
    """What some work has found; if it failed, `wrong` is a sentence that says why."""

    found: Any
    wrong: str = ""


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
        if self.may_write():
            self.live.change(step)

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
                show(self.live.debrief)

    @abstractmethod
    def read_aside(self, work: Work, asker: Widget) -> None:
        """Read the archive as it is saved now, in a thread of its own; sends the asker `Progress` and at last `Finished`."""

    @abstractmethod
    def keep_typed(self) -> None:
        """Call this before leaving the screen on top: it saves what that screen saves as one types, and keeps what is half typed."""

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
    def leave_session(self) -> None:
        """Go back to the logbook; the session stays as it is."""

    @abstractmethod
    def quit(self) -> None:
        """End Redraw; if something is not saved, ask first."""
