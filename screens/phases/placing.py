"""Placing: everyone places each proposal, blind; the reveal shows all of them on the matrix at once."""

from collections.abc import Sequence
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from screens.frame.keys import ACT
from screens.phases.base import although, panel
from screens.phases.blind import BlindScreen
from screens.widgets.entry_field import EntryField, Refusals
from screens.widgets.matrix import ProposalsView
from screens.widgets.paragraphs import hung
from screens.widgets.time_bar import bar
from store import entries
from store.debrief import Debrief
from store.live.live import Step
from store.matrix import proposals
from store.model import Proposal
from store.session import dissent
from store.wall import counts
from store.words.text import clipped, lines_of, visible

_BAR, _WITH_BAR = 20, 90
"""Columns of a bar, and from which width on it has all of them."""


class PlacingScreen(BlindScreen):
    """Before the reveal, how many have placed each proposal; after it, the chart."""

    name_of_phase = "placing"
    kind = "placements"
    placeholder = "name, autonomy, benefit: Ana 3 7"
    BINDINGS = [ACT.binding("Reveal")]

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    def body(self) -> ComposeResult:
        yield panel("completeness", title="Placed", classes="-focused")
        yield ProposalsView(id="revealed")

    @property
    def _lead(self) -> int:
        """The number of the proposal that a line with two numbers places; 0 if there is none."""
        numbers = [each.number for each in self.debrief.proposals]
        return numbers[self._at % len(numbers)] if numbers else 0

    def placing(self, anew: bool) -> entries.Rule:
        return entries.placing_rule(self._lead, anew)

    def open(self) -> bool:
        return not proposals.revealed(self.debrief)

    def unplaced(self, debrief: Debrief) -> Sequence[str]:
        placed = [{mark.by for mark in each.placements} for each in debrief.proposals]
        return [name for name in entries.voices(debrief) if not all(name in names for names in placed)]

    def lead(self) -> str:
        if entries.takes_out(self.so_far):
            return "takes back ›"
        return "›" if proposals.revealed(self.debrief) else proposals.letter(self._lead) or "›"

    def hint(self) -> str:
        n = len(self.debrief.proposals)
        if proposals.revealed(self.debrief):
            return "revealed: the placements stay as they are  ·  F8 twice goes on to the choice"
        if n < 2:
            return "first letters, autonomy, benefit, 0 to 10: “an 3 7”  ·  -name takes theirs back"
        return f"quickest: all {2 * n} numbers, “an 65 27 …”  ·  Tab: next letter  ·  -name: out"

    def unready(self) -> str:
        return "" if proposals.revealed(self.debrief) else "the placements are blind still"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """After the reveal no key offers another one."""
        over = action == "act" and proposals.revealed(self.debrief)
        return None if over else super().check_action(action, parameters)

    def show_body(self, debrief: Debrief) -> None:
        revealed = proposals.revealed(debrief)
        self.field.placeholder = "revealed: on to the choice" if revealed else self.placeholder
        self.refresh_bindings()
        self.show_chart(revealed, debrief, "completeness", partial(self._completeness, debrief))
        self.name_panel("completeness", "Blind", counts.count(debrief) if debrief.proposals else "", focused=True)

    def _completeness(self, debrief: Debrief, width: int) -> Content:
        """How many have placed each proposal, in figures and as a bar, never who."""
        if not debrief.proposals:
            return Content("There are no proposals yet: F9 goes back to enter them.")
        people = len(proposals.voters(debrief))
        lines = [self._placed(each, people, width) for each in debrief.proposals]
        if not self.naming:
            told = "Each line is hidden the moment it is entered. F4 reveals all of them at once."
            lines += [Content(""), hung(Content.styled(told, "dim"), width, "")]
        return Content("\n").join([*lines, *self.names(debrief, width)])

    def _placed(self, proposal: Proposal, people: int, width: int) -> Content:
        here, n = proposal.number == self._lead, len(proposal.placements)
        done = "✓" if n == people and n else " "
        style = "bold $accent" if here else "bold"
        filled = bar(n / people, _BAR if width >= _WITH_BAR else _BAR // 2) if people else ""
        placed = f"{n:>3} of {people:<3}{filled} {done} " if people else ""
        label = f"{'▸' if here else ' '}{proposals.letter(proposal.number):<3}{placed}"
        drawn = hung(Content.styled(visible(proposal.title), "bold" if here else ""), width, label, style)
        left = filled.count("─")
        start = label.find("─")
        return drawn.stylize("not bold dim", start, start + left) if left else drawn

    def take(self, text: str) -> Refusals:
        self._untouched = self.debrief
        return super().take(text)

    def entered(self, text: str) -> None:
        """Say who has placed what, and not where; and that a name is new, because it may be mistyped.

        In public name nobody.
        """
        before = {each.number: each.placements for each in self._untouched.proposals}
        placed = [
            each
            for each in self.debrief.proposals
            if each.placements and each.placements[-1] not in before[each.number]
        ]
        if len(lines_of(text)) > 1 or not placed:
            self.say(f"Entered: {counts.count(self.debrief)}.")
            return
        by = placed[0].placements[-1].by
        what = f"all of them: {2 * len(placed)}" if len(placed) > 1 else f"{proposals.letter(placed[0].number)}: two"
        new = by not in proposals.voters(self._untouched)
        somebody = "Somebody new" if new else "Somebody"
        said = f"{somebody if self.in_public() else clipped(by, 40)} has placed {what} numbers."
        self.say(f"{said} “-name” takes a wrong name out." if new else said)

    def action_act(self) -> None:
        self.naming = False
        told = f"F4 again reveals all placements: {counts.count(self.debrief)}{although(self.unentered())}."
        if self.confirmed("reveal", told):
            self.attempt(dissent.reveal)

    def older(self) -> Step:
        return lambda debrief, _: entries.take_back_placing(debrief, self._lead)

    def why_not_edited(self) -> str:
        if proposals.revealed(self.debrief):
            return "The placements are revealed and stay as they are."
        return super().why_not_edited()

    @on(EntryField.Turned)
    def _next_proposal(self) -> None:
        self._at = (self._at + 1) % max(1, len(self.debrief.proposals))
        self.show_lead()
        self.show_work(self.debrief)
        self.say("")
