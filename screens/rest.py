"""The break after a phase: when the room is back, large, on the wall and in the work view. F8 goes on, F9 goes back."""

from textual.app import ComposeResult

from screens.frame.help import REST_HELP, HelpText
from screens.phases.base import PhaseScreen
from screens.widgets.large_text import Poster
from store.debrief import Debrief
from store.entries import Rule
from store.timetable import back_at, following


class RestScreen(PhaseScreen):
    """Not a phase of its own: the session stands in the phase before it, and rests."""

    CSS_PATH = ["phases/phase.tcss", "frame/wall.tcss"]
    all_public = True

    def __init__(self, name_of_phase: str) -> None:
        self.name_of_phase = name_of_phase  # type: ignore[misc]
        super().__init__()

    @property
    def help_text(self) -> HelpText:
        return REST_HELP

    @property
    def clocked(self) -> str:
        return "Break"

    @property
    def question(self) -> str:
        return back_at(self.debrief, self.live.now())

    def body(self) -> ComposeResult:
        yield Poster(lambda rows: rows // 2, id="back-at")

    def rule(self) -> Rule:
        raise NotImplementedError  # nothing is entered in a break

    def hint(self) -> str:
        ahead = following(self.debrief)
        return f"F8 goes on to {ahead.title.casefold()}  ·  F6: a minute more" if ahead else ""

    def show_body(self, debrief: Debrief) -> None:
        self.query_one("#back-at", Poster).text = self.question

    def new_minute(self) -> None:
        """While the clock is paused the break goes on longer."""
        self.show(self.debrief)
