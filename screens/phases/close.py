"""Close: what was learned, on one page; what ends and what goes on; who facilitates next; then the seal."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from screens.frame.keys import ACT, LOOK_BACK
from screens.frame.refusals import with_remedy
from screens.judging.borne_out import BorneOutScreen
from screens.judging.red_lines import red_line
from screens.phases.form import FormScreen
from screens.widgets import fields
from screens.widgets.choice import ChoiceField
from screens.widgets.paragraphs import KEPT, hung
from store.debrief import Debrief
from store.matrix import figures
from store.model import OUTCOMES, RHYTHMS
from store.probe import rotation
from store.refused import Refused
from store.report import summary
from store.session import decisions, flow, impulses, red_lines
from store.words import dates, numbers
from store.words.names import matching
from store.words.text import clipped, visible


class CloseScreen(FormScreen):
    """The decisions on the left, the one page on the right."""

    name_of_phase = "close"
    BINDINGS = [ACT.binding("Seal"), LOOK_BACK.binding("Borne out")]

    def body(self) -> Iterable[Any]:
        session = self.debrief.session
        closing = session.closing
        with Horizontal(classes="stacks"):
            with Vertical(classes="column"):
                yield fields.choice("At the sunset", "sunset", OUTCOMES, closing.sunset)
                until = closing.renewed_until.isoformat() if closing.renewed_until else ""
                yield fields.line("Renewed until", "until", until, "2026-12-31, if renewed")
                yield fields.line("Decided by", "decided", closing.decided_by, "who renews it, if renewed")
                yield fields.line("Why", "reason", closing.reason, "in the group's words")
                yield fields.choice("Next", "rhythm", RHYTHMS, closing.rhythm)
                yield fields.line("Facilitator", "facilitator", closing.next_facilitator)
                yield fields.line("No amendment", "none", session.no_amendment, "why there is none, if so")
                with VerticalScroll(classes="scroll", can_focus=False):
                    yield Static(id="wanting", markup=False)
            with VerticalScroll(classes="column -right scroll", can_focus=False):
                yield Static(id="page", markup=False)

    def hint(self) -> str:
        return "Tab: next field  ·  saved as you go  ·  F4 twice seals the session"

    def count(self, debrief: Debrief) -> str:
        return "What ends here, and who carries on?" if not debrief.sealed else "sealed"

    def show_body(self, debrief: Debrief) -> None:
        wide = self.has_class("-wide")
        width = self.column if wide else self.size.width - 4
        page = Content("Curtain drawn.") if self.curtain else Content("\n").join(self._page(debrief, width))
        self.query_one("#page", Static).update(page)
        renewed = debrief.session.closing.sunset == "renew"
        for field, asked in (("until", renewed), ("decided", renewed), ("none", not debrief.amendments)):
            row = self.query_one(f"#{field}").parent
            assert isinstance(row, fields.FieldRow)
            row.display = asked
        turn = "" if self.curtain else next(iter(rotation.next_up(debrief, "facilitator")), "")
        offered = f"who facilitates next: {clipped(turn, 40)}?" if turn else "who facilitates next"
        self.query_one("#facilitator", Input).placeholder = offered
        self.query_one("#wanting", Static).update(Content("\n").join(self._wanting(debrief, width, wide)))

    def _lost(self, debrief: Debrief) -> Iterable[str]:
        """What the seal would reveal or drop, a sentence each."""
        if blind := flow.blind_at_the_seal(debrief):
            shown = flow.unrevealed(debrief) >= figures.ALONE
            yield f"{blind} F9 and F4 show them now." if shown else blind
        if places := self.unentered_elsewhere():
            yield f"Typed and not entered in {places}: F9 goes back, the seal drops it."

    def _wanting(self, debrief: Debrief, width: int, wide: bool) -> Iterable[Content]:
        """What is missing before the seal; with little room only the first of it, because the page needs the rows."""
        missing = flow.missing(debrief, self.desk.now())
        told = [*map(with_remedy, missing), *self._lost(debrief)]
        if wide:
            yield Content("")
            yield Content("")
        if not missing:
            yield Content.styled("All is said: F4 twice seals the session.", "bold $success")
        for sentence in told if wide else told[:1]:
            more = "" if wide or len(told) == 1 else f"  (and {len(told) - 1} more)"
            yield hung(Content.assemble(sentence, (more, "dim")), width, "· ")
        if not wide:
            return
        if unsaid := sum(each.borne_out is None for each in debrief.dissent):
            said = f"Ctrl+Y: {numbers.counted(unsaid, 'position')} of dissent, borne out or not?"
            yield hung(Content(said), width, "  ")
        if unmarked := red_lines.unmarked(debrief):
            said = f"{numbers.counted(unmarked, 'red line')} not marked: F4 in the opening."
            yield hung(Content(said), width, "  ")
        if not self.curtain:
            yield Content("")
            yield from (hung(Content(line), width, "") for line in rotation.suggestions(debrief, "facilitator"))

    def _page(self, debrief: Debrief, width: int) -> Iterable[Content]:
        """What was learned, to be read aloud."""
        rounds = figures.rounds(debrief)
        apart = [] if self.has_class("-low") else [Content("")]
        yield Content.styled("What was learned", "bold $accent")
        for found in rounds:
            yield hung(Content.styled(figures.headline(found, len(rounds) > 1), "bold"), width, "")
            yield from (hung(Content(visible(line)), width, "") for line in figures.remarks(found))
        yield from apart
        if red_lines.read_out(debrief):
            yield Content.assemble(("Red lines", "bold $accent"), f"  {red_lines.in_words(debrief)}")
            for each in red_lines.read_out(debrief):
                if each.state in ("strained", "crossed"):
                    yield red_line(each, width)
            yield from apart
        yield Content.styled("What we do differently", "bold $accent")
        for amendment in debrief.amendments:
            yield hung(Content(visible(amendment.principle)), width, f"{amendment.guideline}. ")
        if not debrief.amendments:
            yield Content(summary.NOTHING_NEW)
        yield from apart
        changes = ", ".join(each.replace(" ", KEPT) for each in summary.changes(debrief))
        yield Content.styled("Sovereignty", "bold $accent")
        yield hung(Content(changes or "not measured"), width, "")
        yield from apart
        if debrief.dissent:
            yield Content.assemble(("What had pulled us", "bold $accent"), ("   Ctrl+Y", "dim"))
            yield from (hung(Content(line), width, "") for line in impulses.lines(debrief))
            yield hung(Content.styled(impulses.LESSON, "italic"), width, "")
            yield from apart
        yield Content.styled("In the room", "bold $accent")
        yield Content(summary.present(debrief))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing comes after the close, so another key takes the place in the footer."""
        return False if action == "next" else super().check_action(action, parameters)

    def action_look_back(self) -> None:
        """Judge which positions of dissent were borne out."""
        self.disarm()
        if not self.debrief.dissent:
            self.say("No position was entered before the action: there was no open dissent session.", wrong=True)
        elif self.curtain or self.wall:
            self.say("The positions stay behind the curtain: F3 opens it, off the wall.", wrong=True)
        else:
            self.flush()
            self.app.push_screen(BorneOutScreen())

    @on(ChoiceField.Chosen)
    def _chosen(self, message: ChoiceField.Chosen) -> None:
        self._close_with(**{"sunset" if message.choice.id == "sunset" else "rhythm": message.word})

    def save_field(self, id: str, value: str) -> None:
        match id:
            case "reason":
                self._close_with(reason=value)
            case "decided":
                self._close_with(decided_by=value)
            case "facilitator":
                self._close_with(next_facilitator=value)
            case "none":
                self.attempt(partial(_no_amendment, reason=value))
            case "until":
                self._until(value)

    def _until(self, typed: str) -> bool:
        now = self.desk.now()
        if not self.attempt(lambda debrief, at: decisions.renew_until(debrief, typed, at)):
            return False
        until = self.debrief.session.closing.renewed_until
        today = datetime.fromtimestamp(now).astimezone().date()
        self.say(f"Renewed until {dates.read_back(until, today)}." if until else "")
        return True

    def _close_with(self, **changes: object) -> None:
        if self.attempt(partial(_close_with, changes=changes)):
            self.say("")

    def finished(self, field: Input) -> None:
        """Complete the facilitator's name from the roster."""
        if field.id == "facilitator":
            found = matching(field.value, self.debrief.names)
            if len(found) == 1 and found[0] != field.value:
                field.value = found[0]
                self._close_with(next_facilitator=found[0])

    def act(self) -> None:
        self.flush()
        until = self.query_one("#until", Input).value
        try:
            if self.debrief.session.closing.sunset == "renew":
                decisions.renew_until(self.debrief, until, self.desk.now())  # a day that is refused was not taken over
            flow.seal(self.debrief, self.desk.now())
        except Refused as why:
            self.say(with_remedy(why), wrong=True)
            return
        n = flow.unrevealed(self.debrief)
        also = f" {figures.ballots(n)} revealed by that." if n >= figures.ALONE else ""
        if self.confirmed(
            "seal", f"F4 again seals the session for good: nothing in it changes after that.{also}{self.dropped()}"
        ):
            self.attempt(flow.seal)


def _close_with(debrief: Debrief, now: float, changes: dict[str, object]) -> Debrief:
    return decisions.close_with(debrief, **changes)


def _no_amendment(debrief: Debrief, now: float, reason: str) -> Debrief:
    return decisions.explain_no_amendment(debrief, reason)


SCREEN = CloseScreen
