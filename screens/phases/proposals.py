"""Proposals: candidate probes, a line each, with the letters that name them from here on."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from screens.phases.base import PhaseScreen, scrolled
from screens.widgets.record_lists import marked, position_list, proposal_line
from store import entries
from store.debrief import Debrief
from store.matrix import proposals
from store.model import PULLS


class ProposalsScreen(PhaseScreen):
    """The proposals on the left; with enough room, the positions that they should test on the right."""

    name_of_phase = "proposals"
    kind = "proposals"
    placeholder = "what, where, with whom, for how long"

    def body(self) -> ComposeResult:
        yield Horizontal(scrolled("proposals", classes="column"), scrolled("positions", classes="column -right"))

    def rule(self) -> entries.Rule:
        return entries.add_proposal

    def lead(self) -> str:
        return proposals.letter(max((each.number for each in self.debrief.proposals), default=0) + 1)

    def hint(self) -> str:
        return "a line each, or paste a list  ·  “B: …” rewords, -B: out"

    def unready(self) -> str:
        return "" if self.debrief.proposals else "no proposal is entered"

    def show_body(self, debrief: Debrief) -> None:
        wide = self.size.width >= 100
        width = self.column if wide else self.size.width - 4
        self.query_one("#positions-box").display = wide
        self.put("proposals", self._proposals(debrief, width))
        self.put("positions", self._positions(debrief, width))

    def _proposals(self, debrief: Debrief, width: int) -> Iterator[Content]:
        yield Content.styled(f"PROPOSALS  {len(debrief.proposals)}", "bold $accent")
        for each in debrief.proposals:
            yield marked(proposal_line(each, width), each in self.fresh)
            if self.size.height >= 30:
                yield Content("")
        if not debrief.proposals:
            yield Content("None yet: small, limited, with an end. The first is called A.")

    def _positions(self, debrief: Debrief, width: int) -> Iterator[Content]:
        for pull in PULLS:
            yield Content.styled(pull.upper(), "bold $accent")
            yield position_list(debrief, pull, width)
