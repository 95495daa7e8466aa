"""Close: what was learned, on one page; what ends and what goes on; who facilitates next; then the seal."""

from collections.abc import Callable, Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input

from screens.frame.keys import ACT, LOOK_BACK
from screens.frame.refusals import with_remedy
from screens.judging import BorneOutScreen, red_line
from screens.phases.base import FormScreen, scrolled
from screens.widgets import fields
from screens.widgets.fields import ChoiceField
from screens.widgets.paragraphs import KEPT, hung
from store.debrief import Debrief
from store.matrix import figures, in_words
from store.matrix.shown import ALONE
from store.model import OUTCOMES, RHYTHMS
from store.probe import rotation
from store.refused import Refused
from store.report import summary
from store.session import decisions, flow, impulses, red_lines
from store.words import dates, numbers
from store.words.names import matching
from store.words.text import clipped, visible

CLOSING = {"decided": "decided_by", "reason": "reason", "facilitator": "next_facilitator"}
"""What of the closing some fields hold, by the id of the field."""


class CloseScreen(FormScreen):
    """The decisions on the left, the one page on the right."""

    name_of_phase = "close"
    BINDINGS = [ACT.binding("Seal"), LOOK_BACK.binding("Borne out")]

    def body(self) -> ComposeResult:
        closing, saved = self.debrief.session.closing, self.saved()
        year = dates.day_at(self.live.now()).year
        with Horizontal(classes="stacks"):
            with Vertical(classes="column"):
                yield fields.choice("At the sunset", "sunset", OUTCOMES, closing.sunset)
                yield fields.line("Renewed until", "until", saved["until"], f"31 Dec, or {year}-12-31")
                yield fields.line("Decided by", "decided", saved["decided"], "who renews it")
                yield fields.line("Why", "reason", saved["reason"], "in the group's words")
                yield fields.choice("Next", "rhythm", RHYTHMS, closing.rhythm)
                yield fields.line("Pause until", "paused", saved["paused"], "a day, if you know it")
                yield fields.line("Facilitator", "facilitator", saved["facilitator"])
                yield fields.line("No amendment", "none", saved["none"], "why there is none, if so")
                yield scrolled("wanting")
            yield scrolled("page", classes="column -right")

    def saved(self) -> dict[str, str]:
        closing = self.debrief.session.closing
        days = {"until": closing.renewed_until, "paused": closing.paused_until}
        return {
            **{field: day.isoformat() if day else "" for field, day in days.items()},
            **{field: getattr(closing, name) for field, name in CLOSING.items()},
            "none": self.debrief.session.no_amendment,
        }

    def hint(self) -> str:
        return "Tab: next field  ·  saved as you go  ·  F4 twice seals the session"

    def new_minute(self) -> None:
        self.show_work(self.debrief)

    def show_body(self, debrief: Debrief) -> None:
        wide = self.has_class("-wide")
        width = self.column if wide else self.size.width - 4
        self.put("page", self._page(debrief, width))
        closing = debrief.session.closing
        renewed, paused = closing.sunset == "renew", closing.rhythm == "pause"
        for field, asked in (
            ("until", renewed),
            ("decided", renewed),
            ("paused", paused),
            ("none", not debrief.amendments),
        ):
            row = self.query_one(f"#{field}").parent
            assert isinstance(row, fields.FieldRow)
            row.display = asked
        turn = next(iter(rotation.next_up(debrief, "facilitator")), "")
        offered = f"who facilitates next: {clipped(turn, 40)}?" if turn else "who facilitates next"
        self.query_one("#facilitator", Input).placeholder = offered
        self.put("wanting", self._wanting(debrief, width, wide))

    def _lost(self, debrief: Debrief) -> Iterator[str]:
        """What the seal would reveal or drop, a sentence each."""
        if blind := flow.blind_at_the_seal(debrief):
            shown = flow.unrevealed(debrief) >= ALONE
            yield f"{blind} F9 and F4 show them now." if shown else blind
        if places := self.unentered_elsewhere():
            yield f"Typed and not entered in {places}: F9 goes back, the seal drops it."

    def _wanting(self, debrief: Debrief, width: int, wide: bool) -> Iterator[Content]:
        """What is missing before the seal; with little room only the first of it, because the page needs the rows."""
        missing = flow.missing(debrief, self.live.now())
        told = [*map(with_remedy, missing), *self._lost(debrief)]
        if wide:
            yield Content("\n")
        if not missing:
            yield Content.styled("Nothing is missing.", "bold $success")
        for sentence in told if wide else told[:1]:
            more = "" if wide or len(told) == 1 else f"  (and {len(told) - 1} more)"
            yield hung(Content.assemble(sentence, (more, "dim")), width, "· ")
        if not wide:
            return
        if unsaid := sum(each.borne_out is None for each in debrief.dissent):
            said = f"Ctrl+B: {numbers.counted(unsaid, 'position')} of dissent, borne out or not?"
            yield hung(Content(said), width, "  ")
        if unmarked := red_lines.unmarked(debrief):
            said = f"{numbers.counted(unmarked, 'red line')} not marked: F4 in the opening."
            yield hung(Content(said), width, "  ")
        yield Content("")
        yield from (hung(Content(line), width, "") for line in rotation.suggestions(debrief, "facilitator"))

    def _page(self, debrief: Debrief, width: int) -> Iterator[Content]:
        """What was learned, to be read aloud."""
        rounds = figures.rounds(debrief)
        apart = [] if self.has_class("-low") else [Content("")]
        yield Content.styled("What was learned", "bold $accent")
        for found in rounds:
            yield hung(Content.styled(in_words.headline(found, len(rounds) > 1), "bold"), width, "")
            yield from (hung(Content(visible(line)), width, "") for line in in_words.remarks(found))
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
            yield Content.assemble(("What had pulled us", "bold $accent"), ("   Ctrl+B", "dim"))
            yield from (hung(Content(line), width, "") for line in impulses.lines(debrief))
            yield hung(Content.styled(impulses.LESSON, "italic"), width, "")
            yield from apart
        yield Content.styled("In the room", "bold $accent")
        yield Content(summary.present(debrief))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing comes after the close, so another key takes the place in the footer."""
        return False if action == "next" else super().check_action(action, parameters)

    def action_look_back(self) -> None:
        self.disarm()
        if not self.debrief.dissent:
            self.say("No position was entered before the action: there was no open dissent session.", wrong=True)
        elif not self.out_of_sight("positions"):
            self.flush()
            self.app.push_screen(BorneOutScreen())

    @on(ChoiceField.Chosen)
    def _chosen(self, message: ChoiceField.Chosen) -> None:
        self._close_with(**{"sunset" if message.choice.id == "sunset" else "rhythm": message.word})

    def save_field(self, id: str, value: str) -> None:
        if id == "none":
            self.attempt(lambda debrief, _: decisions.explain_no_amendment(debrief, value))
        elif id == "until":
            self._day(value, decisions.renew_until, "Renewed")
        elif id == "paused":
            self._day(value, decisions.pause_until, "Paused")
        elif id in CLOSING:
            self._close_with(**{CLOSING[id]: value})

    def _day(self, typed: str, rule: Callable[[Debrief, str, float], Debrief], what: str) -> None:
        """Save the day until which something is renewed or paused, and read it back."""
        today = dates.day_at(self.live.now())
        if self.attempt(lambda debrief, now: rule(debrief, typed, now)):
            closing = self.debrief.session.closing
            until = closing.renewed_until if rule is decisions.renew_until else closing.paused_until
            self.say(f"{what} until {dates.read_back(until, today)}." if until else "")

    def _close_with(self, **changes: object) -> None:
        if self.attempt(lambda debrief, _: decisions.close_with(debrief, **changes)):
            self.say("")

    def finished(self, field: Input) -> None:
        """Complete a name from the roster."""
        if field.id in ("decided", "facilitator"):
            found = matching(field.value, self.debrief.names)
            if len(found) == 1 and found[0] != field.value:
                field.value = found[0]
                self._close_with(**{CLOSING[field.id]: found[0]})

    def action_act(self) -> None:
        self.flush()
        closing = self.debrief.session.closing
        try:  # a day that is refused was not taken over
            if closing.sunset == "renew":
                decisions.renew_until(self.debrief, self.query_one("#until", Input).value, self.live.now())
            if closing.rhythm == "pause":
                decisions.pause_until(self.debrief, self.query_one("#paused", Input).value, self.live.now())
            flow.seal(self.debrief, self.live.now())
        except Refused as why:
            self.say(with_remedy(why), wrong=True)
            return
        n = flow.unrevealed(self.debrief)
        also = f" {in_words.ballots(n)} revealed by that." if n >= ALONE else ""
        if self.confirmed(
            "seal", f"F4 again seals the session for good: nothing in it changes after that.{also}{self.dropped()}"
        ):
            self.attempt(flow.seal)
