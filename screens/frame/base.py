"""The app as the screens know it, and what the app knows of every screen.

A change is made before the call returns. If it were a message, a fast typist's next keys would land in a field that is
about to be emptied. So screens call, the live session saves, and the result comes back through `show`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar, cast

from textual.app import App
from textual.await_complete import AwaitComplete
from textual.events import Click, Resize
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget

from screens.widgets.pressable import pressed
from store.live.live import Live, Step
from store.live.writer import ReadOnly

if TYPE_CHECKING:  # the logbook is drawn before the models are needed
    from store.clock import Cue
    from store.logbook.search import Sought
    from store.model import Sound

Result = TypeVar("Result")

SMALLEST = (60, 18)
"""Columns and rows below which Redraw only says that there is too little room; a screen may need less."""

Work: TypeAlias = "Callable[[Any], Iterator[object]]"
"""Reads an archive piece by piece: yields how much is done, 0 to 1, and at last what it has found."""


@dataclass
class WorkProgress(Message):
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

    def change(self, step: Step, place: str = "") -> None:
        """Change the debrief in hand, save it and show it; if another Redraw writes, only say so.

        Args:
            step: makes the next debrief.
            place: where it can be taken back; nowhere by default.

        Raises:
            Refused: the rule refuses; nothing has changed.
        """
        if self.may_write():
            self.live.change(step, place)

    def say(self, sentence: str) -> None:
        """Say on the screen on top why something was not done."""
        if say := getattr(self.screen, "say", None):
            say(sentence, wrong=True)

    def show(self) -> None:
        """Draw the debrief in hand on every screen, also below another one."""
        for screen in self.screen_stack:
            if screen.is_mounted and (show := getattr(screen, "show", None)):
                show(self.live.debrief)

    @abstractmethod
    def read_aside(self, work: Work, asker: Widget) -> None:
        """Read the archive as it is saved now, in a thread of its own; sends the asker `WorkProgress` and at last `Finished`."""

    @abstractmethod
    def keep_typed(self) -> None:
        """Call this before leaving the screen on top: it saves what that screen saves as one types, and keeps what is half typed."""

    @abstractmethod
    def open_probe(self, id: str, page: str = "", sought: Sought | None = None) -> None:
        """Show a probe as it stands, at the page with that title and the text that was sought. It starts nothing."""

    @abstractmethod
    def take_up(self, id: str) -> None:
        """Do what Enter says in the logbook: start a debrief that is owed, go on with a session, decide a conflict, or show it."""

    @abstractmethod
    def start_debrief(self, id: str) -> None:
        """Start the debrief of a probe or go on with it; ask first if the action has not ended."""

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

    @property
    @abstractmethod
    def has_player(self) -> bool:
        """Whether this computer can play a chime."""

    @abstractmethod
    def play(self, sound: Sound, cue: Cue) -> None:
        """Let a cue be heard, without waiting for it; a chime that can't be played becomes the terminal's bell."""

    @abstractmethod
    def quit(self) -> None:
        """End Redraw; if something is not saved, ask first."""


class BaseScreen(Screen[Result]):
    """A screen that is laid out for the terminal's present size: an outdated Resize is replaced by one to that size.

    Textual 8.2.8 sends a screen another Resize after each of its own layouts. If the size changes again meanwhile, as it does
    while a window is dragged, two sizes chase each other in the screen's queue for ever, and nothing is drawn any more.
    """

    smallest: ClassVar[tuple[int, int]] = SMALLEST
    """Columns and rows that it needs. A question above another screen needs no more than that screen."""

    scrolls: ClassVar[str] = "VerticalScroll"
    """What `action_scroll` scrolls, as a selector."""

    @property
    def host(self) -> Host:
        return cast(Host, self.app)

    @property
    def live(self) -> Live:
        return self.host.live

    def tick(self) -> None:
        """Called ten times a second, for what changes with the time; on most screens nothing does."""

    def new_minute(self) -> None:
        """Called when the clock of the hall shows another minute or day: draw anew what states one, or what is due when."""

    def action_scroll(self, direction: int) -> None:
        """Scroll a page down (1) or up (-1); one row stays in sight."""
        for each in self.query(self.scrolls):
            each.scroll_relative(y=direction * max(1, each.size.height - 1), animate=False)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave this screen; nothing happens while another one covers it.

        Textual 8.2.8 would take that one away instead, and from then on refuse to leave this one.
        """
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def on_click(self, event: Click) -> None:
        """Press the key of the word that was clicked, if it has one."""
        if key := pressed(event):
            self.app.simulate_key(key)

    def _on_resize(self, event: Resize) -> None:  # type: ignore[override]
        if event.size != self.app.size:
            event.stop()
            event.prevent_default()
            self.post_message(Resize(self.app.size, self.app.size))
