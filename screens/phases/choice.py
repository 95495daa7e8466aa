"""Choice: the proposals ranked by how much they can teach, and the one that the room chooses, with its reason."""

from collections.abc import Iterable, Iterator, Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from screens.frame.keys import ACT
from screens.frame.refusals import with_remedy
from screens.phases.base import PhaseScreen, panel
from screens.widgets.cards import BORDER, Card, flowing
from screens.widgets.matrix import MOST, PROPOSAL_WORDS, PROPOSALS_ROOMY, ProposalsView
from screens.widgets.paragraphs import below
from screens.widgets.record_lists import RunningRecord, proposal_line
from store import entries
from store.debrief import Debrief
from store.live.live import Step
from store.matrix import proposals
from store.matrix.chart import ProposalChart, draw_proposals
from store.matrix.proposals import Ranked
from store.report import dissent_report
from store.session import dissent
from store.words.text import clipped, visible

CARD = 56
"""The least columns of a card with a proposal."""


class RankedView(ProposalsView):
    """The chart, and beside it a card for each proposal in the order of how much it can teach; the one that is chosen is marked."""

    def draw(self) -> None:
        if self._debrief is None or not self.size.height:
            return
        ranked = proposals.ranking(self._debrief.proposals)
        beside = max(PROPOSAL_WORDS, self.size.width // 3)
        drawn = draw_proposals(ranked, self.size.width - beside - 2, self.size.height)
        self.put_chart(drawn.rows)
        width = max(20, min(MOST, self.size.width - (max(map(len, drawn.rows)) if drawn.rows else 0) - 3))
        self.query_one("#words", Static).update(Content("\n").join(self._words(self._debrief, ranked, drawn, width)))

    def _words(self, debrief: Debrief, ranked: Sequence[Ranked], drawn: ProposalChart, width: int) -> Iterable[Content]:
        bordered = self.size.height >= PROPOSALS_ROOMY
        if said := [line for line in dissent_report.choice(debrief) if line]:
            yield Content.styled(below(clipped(said[0], 3 * width), width, 0), "bold $success")
        chosen = debrief.probe.choice.proposal if debrief.probe.choice else None
        marks = {each.letter: drawn.marks.get(each.letter, each.letter) for each in ranked}
        cards = [
            _card(each, marks[each.letter], each is ranked[0], each.proposal.number == chosen, not bordered)
            for each in ranked
        ]
        yield flowing(cards, width, CARD, bordered)
        *notes, agreement = dissent_report.notes(drawn)
        for line in [*notes, agreement] if bordered else notes:
            yield Content.styled(below(line, width, 0), "dim")


def _card(each: Ranked, mark: str, first: bool, chosen: bool, brief: bool) -> Card:
    """A proposal with where the room placed it, and why it ranks there; where `brief` that is said only of the first."""
    name = f"{each.letter} ({mark})" if mark not in (each.letter, "") else each.letter
    note = Content.styled("✓ chosen", "bold $success") if chosen else Content("")
    title = Content.styled(visible(each.proposal.title), "bold reverse" if chosen else "bold")
    told = [Content(dissent_report.in_figures(each, brief=brief))]
    if first or not brief:
        told.append(Content.styled(each.why, "$accent" if first else ""))
    head = Content.styled(name, "bold $accent")
    if brief:
        return Card(Content.assemble(head, "  ", title), told, note)
    return Card(head, [title, *told], note, "$success" if chosen else BORDER)


class ChoiceScreen(PhaseScreen):
    """The chart with the ranking and the choice; without placements, the proposals in their order."""

    name_of_phase = "choice"
    kind = "choice"
    placeholder = "a letter, then why: A it tests both"
    BINDINGS = [ACT.binding("Seal")]

    def body(self) -> ComposeResult:
        yield panel("proposals", title="Proposals")
        yield RankedView(id="ranked")
        yield RunningRecord()

    def rule(self) -> entries.Rule:
        return entries.choice_rule

    editing_rule = rule

    def last_line(self) -> str | None:
        return entries.line_of_choice(self.debrief) or None

    def hint(self) -> str:
        if not dissent.missing(self.debrief):
            return "F4 twice seals  ·  another letter chooses anew  ·  Ctrl+T takes it back"
        return f"a letter, then why: “A it tests both”  ·  “{entries.NONE}” and why: nothing is chosen"

    def show_body(self, debrief: Debrief) -> None:
        again = debrief.probe.choice is not None
        self.field.placeholder = "another letter, then why, chooses anew" if again else self.placeholder
        self.query_one(RunningRecord).show(debrief)
        shown = proposals.revealed(debrief) and any(each.placements for each in debrief.proposals)
        self.show_chart(shown, debrief, "proposals", lambda width: Content("\n").join(_plain(debrief, width)))
        self.name_panel("proposals", "Proposals", str(len(debrief.proposals) or ""))

    def action_act(self) -> None:
        if wanted := dissent.missing(self.debrief):
            self.say(with_remedy(wanted), wrong=True)
        elif self.confirmed(
            "seal", f"F4 again seals the open dissent session: nothing in it changes after that.{self.dropped()}"
        ):
            self.attempt(dissent.seal)

    def older(self) -> Step:
        return lambda debrief, _: dissent.take_back_choice(debrief)


def _plain(debrief: Debrief, width: int) -> Iterator[Content]:
    """The proposals in their order, with why there is no chart of them, and the choice."""
    if not debrief.proposals:
        yield Content(f"There are no proposals: F9 goes back to enter them, or type “{entries.NONE}” and why.")
    else:
        blind = any(each.placements for each in debrief.proposals)
        why = "The placements are blind still: F9 goes back, F4 reveals them." if blind else "Nobody has placed them."
        yield Content.styled(below(why, width, 0), "bold")
    yield from (proposal_line(each, width) for each in debrief.proposals)
    yield from (Content(below(line, width, 0)) for line in dissent_report.choice(debrief))
