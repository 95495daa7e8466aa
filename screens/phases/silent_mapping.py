"""Silent mapping: ten minutes of big digits, a curtain, and how many moments there are."""

from collections.abc import Iterable
from typing import Any

from textual import on
from textual.containers import VerticalScroll
from textual.widgets import Static

from screens.phases.base import PhaseScreen
from screens.widgets.entry_field import EntryField
from screens.widgets.record_lists import moment_list
from store import entries
from store.debrief import Debrief
from store.entries import Rule
from store.model import Felt


class SilentMappingScreen(PhaseScreen):
    """The wall view from the start; behind the curtain, the moments in their order."""

    name_of_phase = "silent_mapping"
    kind = "moments"
    starts_on_wall = True
    placeholder = "what happened"

    def __init__(self) -> None:
        super().__init__()
        self.felt = Felt.STRENGTHENED

    def body(self) -> Iterable[Any]:
        with VerticalScroll(classes="scroll", can_focus=False):
            yield Static(id="moments", markup=False)

    def rule(self) -> Rule:
        return entries.moment_rule(self.felt)

    def lead(self) -> str:
        return f"{self.felt.sign} {self.felt}"

    def hint(self) -> str:
        return f"Tab for {self.felt.other}, or begin with + or −  ·  Up edits the last"

    def count(self, debrief: Debrief) -> str:
        moments = len(debrief.moments)
        return f"{moments} moment{'' if moments == 1 else 's'} in the room"

    def show_body(self, debrief: Debrief) -> None:
        self.query_one("#moments", Static).update(
            f"Curtain drawn. {self.count(debrief)}." if self.curtain else moment_list(debrief, self.size.width - 4)
        )

    @on(EntryField.Turned)
    def _other_feeling(self) -> None:
        self.felt = self.felt.other
        self.show_lead()
        self.say("")


SCREEN = SilentMappingScreen
