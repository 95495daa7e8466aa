"""Choice: the proposals ranked by how much they can teach, and the one that the room chooses, with its reason."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content

from screens.frame.keys import ACT
from screens.frame.refusals import with_remedy
from screens.phases.base import PhaseScreen, scrolled
from screens.widgets.matrix import ProposalsView
from screens.widgets.paragraphs import below
from screens.widgets.record_lists import RunningRecord, proposal_line
from store import entries
from store.debrief import Debrief
from store.live.live import Step
from store.matrix import proposals
from store.report import dissent_report
from store.session import dissent


class ChoiceScreen(PhaseScreen):
    """The chart with the ranking and the choice; without placements, the proposals in their order."""

    name_of_phase = "choice"
    kind = "choice"
    placeholder = "a letter, then why: A it tests both"
    BINDINGS = [ACT.binding("Seal")]

    def body(self) -> ComposeResult:
        yield scrolled("proposals")
        yield ProposalsView(id="ranked")
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
        self.show_chart(shown, debrief, "proposals", self._plain(debrief))

    def _plain(self, debrief: Debrief) -> Iterator[Content]:
        if not debrief.proposals:
            yield Content(f"There are no proposals: F9 goes back to enter them, or type “{entries.NONE}” and why.")
        else:
            blind = any(each.placements for each in debrief.proposals)
            why = (
                "The placements are blind still: F9 goes back, F4 reveals them." if blind else "Nobody has placed them."
            )
            yield Content.styled(below(why, self.size.width - 4, 0), "bold")
        yield from (proposal_line(each, self.size.width - 4) for each in debrief.proposals)
        yield from map(Content, dissent_report.choice(debrief))

    def action_act(self) -> None:
        if wanted := dissent.missing(self.debrief):
            self.say(with_remedy(wanted), wrong=True)
        elif self.confirmed(
            "seal", f"F4 again seals the open dissent session: nothing in it changes after that.{self.dropped()}"
        ):
            self.attempt(dissent.seal)

    def older(self) -> Step:
        return lambda debrief, _: dissent.take_back_choice(debrief)
