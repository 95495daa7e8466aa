"""Proposals: candidate probes, a line each, with the letters that name them from here on."""

from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from screens.phases.base import PhaseScreen, panel
from screens.widgets.cards import Card, flowing
from screens.widgets.record_lists import marked, position_list, proposal_line
from store import entries
from store.debrief import Debrief
from store.matrix import proposals
from store.model import PULLS
from store.words.text import visible

_CARD = 34
"""The least columns of a proposal's card."""


class ProposalsScreen(PhaseScreen):
    """The proposals on the left; with enough room, the positions that they should test on the right."""

    name_of_phase = "proposals"
    kind = "proposals"
    placeholder = "what, where, with whom, for how long"

    def body(self) -> ComposeResult:
        with Horizontal():
            yield panel("proposals", title="Proposals", classes="wider -focused")
            with Vertical(id="positions", classes="narrower"):
                for pull in PULLS:
                    yield panel(pull, title=pull.title())

    def rule(self) -> entries.Rule:
        return entries.add_proposal

    def lead(self) -> str:
        return proposals.letter(max((each.number for each in self.debrief.proposals), default=0) + 1)

    def hint(self) -> str:
        return "a line each, or paste a list  ·  “B: …” rewords, -B: out"

    def unready(self) -> str:
        return "" if self.debrief.proposals else "no proposal is entered"

    def show_body(self, debrief: Debrief) -> None:
        self.query_one("#proposals-box").set_class(self.bordered and bool(debrief.proposals), "-ruled")
        self.name_panel("proposals", "Proposals", str(len(debrief.proposals)), focused=True)
        self.draw("proposals", partial(self._proposals, debrief, self.bordered))
        for pull in PULLS:
            self.name_panel(pull, pull.title(), str(sum(each.pull == pull for each in debrief.dissent)))
            self.draw(pull, lambda width, pull=pull: position_list(debrief, pull, width))  # type: ignore[misc]

    def _proposals(self, debrief: Debrief, cards: bool, width: int) -> Content:
        """The proposals under their letters: a card each where there is room."""
        if not debrief.proposals:
            return Content("None yet: small, limited, with an end. The first is called A.")
        if not cards:
            return Content("\n").join(
                marked(proposal_line(each, width), each in self.fresh) for each in debrief.proposals
            )
        return flowing(
            [
                Card(
                    Content.styled(proposals.letter(each.number), "bold $accent"),
                    [marked(Content(visible(each.title)), each in self.fresh)],
                )
                for each in debrief.proposals
            ],
            width,
            _CARD,
        )
