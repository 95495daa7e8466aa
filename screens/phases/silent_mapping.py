"""Silent mapping: ten minutes of big digits, a curtain, and how many moments there are."""

from textual import on
from textual.app import ComposeResult

from screens.phases.base import PhaseScreen, panel
from screens.widgets.entry_field import EntryField
from screens.widgets.record_lists import moment_columns
from store import entries
from store.debrief import Debrief
from store.model import Felt
from store.words.text import lines_of


class SilentMappingScreen(PhaseScreen):
    """The wall view from the start; behind the curtain, the moments in their order."""

    name_of_phase = "silent_mapping"
    kind = "moments"
    placeholder = "what happened"

    def __init__(self) -> None:
        super().__init__()
        self.felt = Felt.STRENGTHENED

    def body(self) -> ComposeResult:
        yield panel("moments", title="Moments", classes="-focused")

    def rule(self) -> entries.Rule:
        return entries.moment_rule(self.felt)

    def entered(self, text: str) -> None:
        self.ask_for_at(self.debrief.moments[-len(lines_of(text)) :], self.debrief.names)

    def lead(self) -> str:
        felt = entries.read_felt(self.so_far, self.felt)
        return f"{felt.sign} {felt}"

    def hint(self) -> str:
        return f"Tab for {self.felt.other}, or begin with + or −  ·  “2: …” rewords, -2: out"

    def show_body(self, debrief: Debrief) -> None:
        self.set_class(self.size.width >= 110 and self.size.height >= 38, "-larger")
        self.set_class(self.size.width >= 170 and self.size.height >= 50, "-largest")
        self.name_panel("moments", "Moments", str(len(debrief.moments)), focused=True)
        self.draw("moments", lambda width: moment_columns(debrief, width, fresh=self.fresh))

    @on(EntryField.Turned)
    def _other_feeling(self) -> None:
        self.felt = self.felt.other
        self.show_lead()
        self.say("")
