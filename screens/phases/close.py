"""Close: what was learned, on one page; what ends and what goes on; who facilitates next; then the seal."""

from collections.abc import Callable, Iterable, Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Input, TextArea

from screens.frame.keys import ACT, LOOK_BACK
from screens.frame.refusals import with_remedy
from screens.judging import BorneOutScreen, red_line
from screens.phases.base import FormScreen, panel
from screens.widgets import fields
from screens.widgets.fields import ChoiceField
from screens.widgets.panel import Panel
from screens.widgets.paragraphs import hung
from store.debrief import Debrief
from store.matrix import figures, in_words
from store.matrix.shown import ALONE
from store.model import MEASURES, OUTCOMES, RHYTHMS
from store.probe import rotation
from store.refused import Refused
from store.report import summary
from store.session import decisions, flow, impulses, red_lines
from store.words import dates, numbers
from store.words.names import matching
from store.words.text import clipped, visible

CLOSING = {"decided": "decided_by", "reason": "reason", "facilitator": "next_facilitator"}
"""What of the closing some fields hold, by the id of the field."""

SEAL, LINES, DIFFERENTLY, PULLED = "Before the seal", "Red lines", "What we do differently", "What had pulled us"
"""The titles of panels that change."""

FEW = 3
"""How many of the missing things are said where there are few rows."""

VAST = 160
"""Columns from which the page has two columns of its own."""


class CloseScreen(FormScreen):
    """The decisions and what is still missing; beside that, or below, the one page."""

    name_of_phase = "close"
    BINDINGS = [ACT.binding("Seal"), LOOK_BACK.binding("Borne out")]

    def body(self) -> ComposeResult:
        closing, saved = self.debrief.session.closing, self.saved()
        year = dates.day_at(self.live.now()).year
        with VerticalScroll(classes="beside", can_focus=False):
            with VerticalScroll(classes="column -left", can_focus=False):
                with Panel(title="Decisions", id="decisions", classes="fields -focused"):
                    yield fields.choice("At the sunset", "sunset", OUTCOMES, closing.sunset)
                    yield fields.line("Renewed until", "until", saved["until"], f"31 Dec, or {year}-12-31")
                    yield fields.line("Decided by", "decided", saved["decided"], "who renews it")
                    yield fields.wording("Why", "reason", saved["reason"], "in the group's words")
                    yield fields.choice("Next", "rhythm", RHYTHMS, closing.rhythm)
                    yield fields.line("Pause until", "paused", saved["paused"], "a day, if you know it")
                    yield fields.line("Facilitator", "facilitator", saved["facilitator"])
                    yield fields.wording("No amendment", "none", saved["none"], "why there is none, if so")
                yield panel("wanting", title=SEAL)
                yield panel("turns", title="Whose turn")
            with VerticalScroll(classes="column -right", can_focus=False):
                yield panel("learned", title="What was learned")
                yield panel("lines", title=LINES)
                yield panel("differently", title=DIFFERENTLY)
                with Container(id="counted"):
                    yield panel("sovereignty", title="Sovereignty")
                    yield panel("room", title="In the room")
                yield panel("pulled", title=PULLED)

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
        self.set_class(self.size.width >= VAST, "-vast")
        self._show_page(debrief)
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
        self._show_wanting(debrief)

    def _lost(self, debrief: Debrief) -> Iterator[str]:
        """What the seal would reveal or drop, a sentence each."""
        if blind := flow.blind_at_the_seal(debrief):
            shown = flow.unrevealed(debrief) >= ALONE
            yield f"{blind} F9 and F4 show them now." if shown else blind
        if places := self.unentered_elsewhere():
            yield f"Typed and not entered in {places}: F9 goes back, the seal drops it."

    def _show_wanting(self, debrief: Debrief) -> None:
        """What is missing before the seal, which is what stands out; with few rows only the first of it, because the page needs them."""
        missing = flow.missing(debrief, self.live.now())
        told = [*map(with_remedy, missing), *self._lost(debrief)]
        note = f"{len(missing)} to do" if missing else "ready"
        self.name_panel("wanting", SEAL, note)
        box = self.query_one("#wanting-box")
        box.set_class(bool(missing), "-missing")
        box.set_class(not missing, "-ready")
        few = FEW if self.has_class("-low") else len(told)

        def drawn(width: int) -> Iterator[Content]:
            if not missing:
                yield Content.styled("✓ Nothing is missing.", "bold $success")
            for at, sentence in enumerate(told[:few]):
                sign = "○" if at < len(missing) else "!"
                yield hung(Content.styled(sentence, "bold"), width, f"{sign} ", "bold $warning")
            if len(told) > few:
                yield Content.styled(f"  and {len(told) - few} more", "dim")
            if not self.has_class("-low"):
                yield from (hung(Content(each), width, "· ") for each in _may_be_said(debrief))

        self.draw("wanting", lambda width: drawn(width))
        self.query_one("#turns-box").display = not self.has_class("-low")
        turns = [*rotation.suggestions(debrief, "facilitator")]
        self.draw("turns", lambda width: _paragraphs(turns, width))

    def _show_page(self, debrief: Debrief) -> None:
        """What was learned, to be read aloud."""
        self.draw("learned", lambda width: _learned(debrief, width))
        lines = red_lines.read_out(debrief)
        self.query_one("#lines-box").display = bool(lines)
        self.draw("lines", lambda width: _red_lines(debrief, width))
        self.name_panel("differently", DIFFERENTLY, str(len(debrief.amendments) or ""))
        self.draw("differently", lambda width: _differently(debrief, width))
        self.draw("sovereignty", lambda width: _measured(debrief))
        self.draw("room", lambda width: _paragraphs([summary.present(debrief)], width))
        self.query_one("#pulled-box").display = bool(debrief.dissent)
        self.name_panel("pulled", PULLED, "Ctrl+B")
        self.draw("pulled", lambda width: _pulled(debrief, width))

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

    def finished(self, field: Input | TextArea) -> None:
        """Complete a name from the roster."""
        if isinstance(field, Input) and field.id in ("decided", "facilitator"):
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


def _may_be_said(debrief: Debrief) -> Iterator[str]:
    """What could be said before the seal, and needn't be."""
    if unsaid := sum(each.borne_out is None for each in debrief.dissent):
        yield f"Ctrl+B: {numbers.counted(unsaid, 'position')} of dissent, borne out or not?"
    if unmarked := red_lines.unmarked(debrief):
        yield f"{numbers.counted(unmarked, 'red line')} not marked: F4 in the opening."


def _paragraphs(texts: Iterable[str], width: int) -> Content:
    return Content("\n").join(hung(Content(visible(text)), width, "") for text in texts)


def _learned(debrief: Debrief, width: int) -> Iterator[Content]:
    rounds = figures.rounds(debrief)
    for found in rounds:
        yield hung(Content.styled(in_words.headline(found, len(rounds) > 1), "bold"), width, "")
        yield from (hung(Content(visible(line)), width, "") for line in in_words.remarks(found))


def _red_lines(debrief: Debrief, width: int) -> Iterator[Content]:
    yield hung(Content(red_lines.in_words(debrief)), width, "")
    for each in red_lines.read_out(debrief):
        if each.state in ("strained", "crossed"):
            yield red_line(each, width)


def _differently(debrief: Debrief, width: int) -> Iterator[Content]:
    for amendment in debrief.amendments:
        yield hung(Content(visible(amendment.principle)), width, f"{amendment.guideline}. ")
    if not debrief.amendments:
        yield Content(summary.NOTHING_NEW)


def _measured(debrief: Debrief) -> Iterator[Content]:
    """A line a measure, its figure before it."""
    measured = debrief.session.sovereignty
    for name in MEASURES:
        if name in measured:
            change = measured[name].change
            style = "bold $success" if change > 0 else "bold $error" if change < 0 else "bold"
            yield Content.assemble((f"{numbers.signed(change):>2}", style), f"  {name}")
    if not measured:
        yield Content("not measured")


def _pulled(debrief: Debrief, width: int) -> Iterator[Content]:
    yield from (hung(Content(line), width, "") for line in impulses.lines(debrief))
    yield hung(Content.styled(impulses.LESSON, "italic"), width, "")
