"""Proposals: candidate probes, a line each, with the letters that name them from here on."""

from collections.abc import Iterable
from typing import Any

from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.phases.base import PhaseScreen
from screens.widgets.record_lists import position_list, proposal_line
from store import entries
from store.debrief import Debrief
from store.entries import Rule
from store.matrix import proposals
from store.model import PULLS


class ProposalsScreen(PhaseScreen):
    """The proposals on the left; with enough room, the positions that they should test on the right."""

    name_of_phase = "proposals"
    kind = "proposals"
    placeholder = "what, where, with whom, for how long"

    def body(self) -> Iterable[Any]:
        with Horizontal():
            with VerticalScroll(classes="column scroll", can_focus=False):
                yield Static(id="proposals", markup=False)
            with VerticalScroll(id="said", classes="column -right scroll", can_focus=False):
                yield Static(id="positions", markup=False)

    def rule(self) -> Rule:
        return entries.add_proposal

    def lead(self) -> str:
        return proposals.letter(max((each.number for each in self.debrief.proposals), default=0) + 1)

    def hint(self) -> str:
        return "a line each, or paste a list  ·  Up edits the last, Ctrl+T takes it back"

    def count(self, debrief: Debrief) -> str:
        n = len(debrief.proposals)
        return f"{n} proposal{'' if n == 1 else 's'}"

    def unready(self) -> str:
        return "" if self.debrief.proposals else "no proposal is entered"

    def show_body(self, debrief: Debrief) -> None:
        if self.curtain:
            self.query_one("#proposals", Static).update(f"Curtain drawn. {self.count(debrief)}.")
            self.query_one("#positions", Static).update("")
            return
        wide = self.size.width >= 100
        width = self.column if wide else self.size.width - 4
        lines = [Content.styled(f"PROPOSALS  {len(debrief.proposals)}", "bold $accent")]
        for each in debrief.proposals:
            lines += [proposal_line(each, width), *([Content("")] if self.size.height >= 30 else [])]
        if not debrief.proposals:
            lines.append(Content("None yet: small, limited, with an end. The first is called A."))
        self.query_one("#proposals", Static).update(Content("\n").join(lines))
        self.query_one("#said").display = wide
        said = [
            part
            for pull in PULLS
            for part in (Content.styled(pull.upper(), "bold $accent"), position_list(debrief, pull, width))
        ]
        self.query_one("#positions", Static).update(Content("\n").join(said))


SCREEN = ProposalsScreen
