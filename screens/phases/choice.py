"""Choice: the proposals ranked by how much they can teach, and the one that the room chooses, with its reason."""

from collections.abc import Iterable
from typing import Any

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.frame.keys import ACT
from screens.frame.refusals import with_remedy
from screens.frame.wall import WallContent
from screens.phases.base import PhaseScreen
from screens.widgets.paragraphs import below
from screens.widgets.proposals import ProposalsView, wall_of
from screens.widgets.record_lists import RunningRecord, proposal_line
from store import entries
from store.debrief import Debrief
from store.entries import Rule
from store.matrix import proposals
from store.report import dissent_report
from store.session import dissent


class ChoiceScreen(PhaseScreen):
    """The chart with the ranking and the choice; without placements, the proposals in their order."""

    name_of_phase = "choice"
    kind = "choice"
    placeholder = "a letter, then why: A it tests both"
    BINDINGS = [ACT.binding("Seal")]

    def body(self) -> Iterable[Any]:
        with VerticalScroll(id="plain", classes="scroll", can_focus=False):
            yield Static(id="proposals", markup=False)
        yield ProposalsView(id="ranked")
        yield RunningRecord()

    def rule(self) -> Rule:
        return entries.choice_rule

    def editing_rule(self) -> Rule:
        return entries.choice_rule

    def last_line(self) -> str | None:
        return entries.line_of_choice(self.debrief) or None

    def hint(self) -> str:
        if not dissent.missing(self.debrief):
            return "F4 twice seals  ·  another letter chooses anew  ·  Ctrl+T takes it back"
        return f"a letter, then why: “A it tests both”  ·  “{entries.NONE}” and why: nothing is chosen"

    def count(self, debrief: Debrief) -> str:
        if debrief.probe.choice is not None:
            return f"{proposals.letter(debrief.probe.choice.proposal)} is chosen"
        return f"{len(debrief.proposals)} proposals to choose from"

    def public(self, debrief: Debrief, columns: int, rows: int) -> WallContent | None:
        """The chart and the chosen letter; until there is one, the proposal nearest to the centre."""
        ranked = proposals.ranking(debrief.proposals)
        if self.curtain or not ranked or not proposals.revealed(debrief):
            return None
        drawn, words = wall_of(debrief, columns, rows)
        chosen = debrief.probe.choice
        return WallContent(drawn, f"{proposals.letter(chosen.proposal)} is chosen" if chosen else ranked[0].why, words)

    def show_body(self, debrief: Debrief) -> None:
        again = "another letter, then why, chooses anew"
        chosen = debrief.probe.choice is not None
        self.field.placeholder = again if chosen else self.placeholder
        self.query_one(RunningRecord).show(debrief)
        shown = proposals.revealed(debrief) and any(each.placements for each in debrief.proposals)
        drawn = shown and not self.curtain
        self.set_class(drawn, "-revealed")
        self.query_one("#plain").display = not drawn
        self.query_one(ProposalsView).display = drawn
        if drawn:
            self.query_one(ProposalsView).show(debrief)
        else:
            self.query_one("#proposals", Static).update(
                f"Curtain drawn. {self.count(debrief)}." if self.curtain else self._plain(debrief)
            )

    def _plain(self, debrief: Debrief) -> Content:
        if not debrief.proposals:
            why = f"There are no proposals: F9 goes back to enter them, or type “{entries.NONE}” and why."
            return Content("\n").join([Content(why), *(Content(line) for line in dissent_report.choice(debrief))])
        blind = any(each.placements for each in debrief.proposals)
        why = "The placements are blind still: F9 goes back, F4 reveals them." if blind else "Nobody has placed them."
        lines = [Content.styled(below(why, self.size.width - 4, 0), "bold")]
        lines += [proposal_line(each, self.size.width - 4) for each in debrief.proposals]
        lines += [Content(line) for line in dissent_report.choice(debrief)]
        return Content("\n").join(lines)

    def act(self) -> None:
        if wanted := dissent.missing(self.debrief):
            self.say(with_remedy(wanted), wrong=True)
        elif self.confirmed(
            "seal", f"F4 again seals the open dissent session: nothing in it changes after that.{self.dropped()}"
        ):
            self.attempt(dissent.seal)

    def action_take_back(self) -> None:
        """Take the choice back."""
        self.withdraw(lambda debrief, _: dissent.take_back_choice(debrief))


SCREEN = ChoiceScreen
