"""Reposition: blind ballots, the reveal, and the matrix with the gap between what was expected and where it landed."""

from collections.abc import Sequence
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from screens.frame.keys import ACT
from screens.frame.refusals import with_remedy
from screens.phases.base import although, panel
from screens.phases.blind import BlindScreen
from screens.widgets.entry_field import EntryField
from screens.widgets.matrix import MatrixView
from screens.widgets.paragraphs import below, hung
from screens.widgets.time_bar import bar
from store import entries
from store.debrief import Debrief
from store.matrix import figures, in_words
from store.matrix.shown import ALONE
from store.refused import Refused
from store.session import decisions, flow
from store.wall import counts
from store.words.names import fold
from store.words.numbers import counted
from store.words.text import clipped, lines_of, visible

_BAR, _WITH_BAR = 20, 90
"""The cells of a bar, and the columns from which it is as long as that; with fewer it is half."""

ROOMY = 24
"""Rows below which the title and most of the clock make room for the chart, once that is revealed."""


class RepositionScreen(BlindScreen):
    """Before the reveal, how many have placed it; after it, the chart and what it says in words."""

    name_of_phase = "reposition"
    kind = "ballots"
    placeholder = "name, autonomy, benefit: Ana 3 7"
    BINDINGS = [ACT.binding("Reveal")]

    def body(self) -> ComposeResult:
        yield panel("completeness", title="Blind", classes="-focused")
        yield MatrixView(id="matrix")

    def placing(self, anew: bool) -> entries.Rule:
        return entries.ballot_anew_rule if anew else entries.ballot_rule

    def open(self) -> bool:
        return self.debrief.session.revealed < self.debrief.session.round

    def unplaced(self, debrief: Debrief) -> Sequence[str]:
        placed = {fold(ballot.by) for ballot in debrief.ballots(debrief.session.round)}
        return [each.alias for each in debrief.present if fold(each.alias) not in placed]

    def hint(self) -> str:
        if not self.open():
            rounds = "people, organisations, rounds" if self.debrief.session.revealed > 1 else "people or organisations"
            return f"Tab: {rounds}  ·  F4: round {self.debrief.session.round + 1} beside this one"
        return "“an 3 7”: 0 to 10 each  ·  -an takes it back  ·  Ctrl+N: who hasn't placed"

    def lead(self) -> str:
        return "takes back ›" if entries.takes_out(self.so_far) else "›"

    def unready(self) -> str:
        turn, n = self.debrief.session.round, flow.unrevealed(self.debrief)
        if not self.open():
            return ""
        if not n:
            return "nobody has placed it" if turn == 1 else f"nobody has placed in round {turn}"
        return f"{in_words.ballots(n)} {'not revealed (F4)' if n >= ALONE else 'too few to be revealed'}"

    def show_body(self, debrief: Debrief) -> None:
        self.field.placeholder = self.placeholder if self.open() else f"round {debrief.session.round} is revealed"
        self.name_act("Reveal" if self.open() else f"Round {debrief.session.round + 1}")
        self.set_class(self.size.height < ROOMY, "-squeezed")
        taking = self.open() and self.curtain  # the hall follows how the next round fills up
        shown = self._revealed and not self.naming and not taking
        self.show_chart(shown, debrief, "completeness", lambda width: self._completeness(debrief, width))
        self.name_panel("completeness", "Blind", counts.count(debrief), focused=True)

    @property
    def _revealed(self) -> bool:
        """Whether a round is revealed, this one or an earlier one."""
        return self.debrief.session.revealed > 0

    def _completeness(self, debrief: Debrief, width: int) -> Content:
        """Per organisation, never per person: those of one or two people stand together."""
        lines = [_placed(*each, width) for each in figures.completeness(debrief)]
        earlier = [in_words.in_short(each) for each in figures.rounds(debrief) if each.actual.n]
        lines += [hung(Content(each), width, "") for each in earlier]
        if not self.naming:
            told = "Each ballot is hidden the moment it is entered. F4 reveals them all at once."
            lines += [Content(""), hung(Content.styled(told, "dim"), width, "")]
        return Content("\n").join([*lines, *self.names(debrief, width)])

    def entered(self, text: str) -> None:
        """Say whose ballot is in, and not what it says; on the wall not whose either."""
        lines, placed = lines_of(text), self.debrief.ballots(self.debrief.session.round)
        if len(lines) > 1 or not placed:
            self.say(f"{counted(len(lines), 'line')} entered: {counts.placed(self.debrief)}.")
        elif entries.takes_out(text):
            self.say("The ballot is taken back.")
        else:
            last = max(placed, key=lambda each: each.number)
            whose = "A" if self.in_public() else f"{clipped(last.by, 40)}'s"
            self.say(f"{whose} ballot is in: two numbers.")

    def action_act(self) -> None:
        turn = self.debrief.session.round
        if not self.open():
            told = f"F4 again opens round {turn + 1}; round {turn} stays as it is."
            if self.confirmed("round", told) and self.attempt(decisions.another_round):
                self.live.shut(replace(self.live.hall, curtain=True))  # what is placed now is blind again
            return
        try:
            decisions.reveal(self.debrief, self.live.now())
        except Refused as why:
            self.say(with_remedy(why), wrong=True)
            return
        self.naming = False
        told = f"F4 again reveals round {turn}: {counts.placed(self.debrief)}{although(self.unentered())}."
        if self.confirmed("reveal", told):
            self.attempt(decisions.reveal)

    def why_not_edited(self) -> str:
        if not self.open():
            return f"Round {self.debrief.session.round} is revealed and stays as it is."
        return super().why_not_edited()

    @on(EntryField.Turned)
    def _turn_matrix(self) -> None:
        if self._revealed:
            self.query_one(MatrixView).turn()


def _placed(organisation: str, n: int | None, people: int, width: int) -> Content:
    """How many of an organisation have placed it, in figures and as a bar; None where that would tell of one person."""
    done = " ✓" if n is not None and n >= people else ""
    count = f"{n:>3} of {people:<3}" if n is not None else f"{'':>6} {people:<3}"
    cells = _BAR if width >= _WITH_BAR else _BAR // 2
    filled = bar(n / people, cells) if n is not None and people else " " * cells
    left = filled.count("─")
    drawn = (filled[: cells - left], "bold $accent"), (filled[cells - left :], "dim")
    name = below(f"{visible(organisation)}{done}", width, len(count) + cells + 3)
    return Content.assemble((count, "bold"), " ", *drawn, f"  {name}")
