"""Positions: what pulls the room, word for word, in two columns; nothing is edited and nothing is merged."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from screens.phases.base import PhaseScreen, panel
from screens.widgets.entry_field import EntryField
from screens.widgets.panel import titled
from screens.widgets.record_lists import RunningRecord, position_list
from store import entries
from store.debrief import Debrief
from store.model import PULLS, Pull
from store.words.text import lines_of


class PositionsScreen(PhaseScreen):
    """Autonomy on the left, benefit on the right. They are said aloud, so the screen shows them; the wall shows only how many."""

    name_of_phase = "positions"
    kind = "dissent"
    placeholder = "what was said, word for word; @name first says whose voice it is"

    def __init__(self) -> None:
        super().__init__()
        self.pull: Pull = PULLS[0]

    def body(self) -> ComposeResult:
        with Horizontal():
            for pull in PULLS:
                yield panel(pull, title=pull.title())
        yield titled(RunningRecord(), "Until now")

    def rule(self) -> entries.Rule:
        return entries.position_rule(self.pull)

    def entered(self, text: str) -> None:
        self.ask_for_at(self.debrief.dissent[-len(lines_of(text)) :], entries.voices(self.debrief))

    def lead(self) -> str:
        return entries.read_pull(self.so_far, self.pull)

    def hint(self) -> str:
        other = next(pull for pull in PULLS if pull != self.pull)
        return f"Tab for {other}, or a> b> first  ·  @name: the voice  ·  “2: …”, -2: out"

    def show_body(self, debrief: Debrief) -> None:
        self.query_one(RunningRecord).show(debrief)
        for pull in PULLS:
            self.draw(pull, lambda width, pull=pull: position_list(debrief, pull, width, self.fresh))  # type: ignore[misc]
        self._show_where()

    def typed(self, value: str) -> None:
        super().typed(value)
        self._show_where()

    def _show_where(self) -> None:
        """Say by the panels what has been said, and into which what is typed goes."""
        here = entries.read_pull(self.so_far, self.pull)
        for pull in PULLS:
            n = sum(each.pull == pull for each in self.debrief.dissent)
            self.name_panel(pull, pull.title(), str(n), focused=pull == here)

    @on(EntryField.Turned)
    def _other_pull(self) -> None:
        self.pull = next(pull for pull in PULLS if pull != self.pull)
        self.show_lead()
        self._show_where()
        self.say("")
