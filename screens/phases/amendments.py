"""Amendments: a principle added or revised, old beside new, with the patterns it rests on and the reservations."""

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, TextArea

from screens.frame.drafts import text_of
from screens.frame.keys import ACT
from screens.frame.refusals import with_remedy
from screens.judging import DidItWorkScreen
from screens.phases.base import FieldsPhase, scrolled
from screens.widgets import fields
from screens.widgets.entry_field import PlainInput
from screens.widgets.fields import ChoiceField
from screens.widgets.paragraphs import hung
from screens.widgets.record_lists import marked, pattern_list
from store.debrief import Debrief
from store.live.live import Step
from store.model import DECISIONS
from store.refused import Refused
from store.report.lines import amendment_lines
from store.session import amending, verdicts
from store.session.amending import AmendmentForm
from store.wall import counts
from store.words.text import visible


class AmendmentsScreen(FieldsPhase):
    """The form on the left with old beside new; patterns, guidelines and what was decided on the right."""

    name_of_phase = "amendments"
    BINDINGS = [ACT.binding("Enter")]

    _said = AmendmentForm()
    """The form as it is entered or was taken back: as long as nobody edits it, that is no draft."""

    def body(self) -> ComposeResult:
        with Horizontal(classes="stacks"):
            with Vertical(classes="column"):
                yield fields.line("New principle", "principle", placeholder="We will …")
                yield fields.line("Replaces", "replaces", placeholder="number or old wording; empty if new")
                yield fields.line("Rests on", "because", placeholder="patterns: 1 4")
                yield fields.choice("Decided by", "decision", DECISIONS, DECISIONS[0])
                yield fields.area("Reservations", "reservations", placeholder="one a line, word for word")
                yield scrolled("beside")
            yield scrolled("sources", classes="column -right")

    def hint(self) -> str:
        return "Tab: next field  ·  F4 enters the amendment  ·  Ctrl+T takes the last back"

    def show_body(self, debrief: Debrief) -> None:
        self.put("sources", self._sources(debrief, self._width))
        self._show_beside()

    @property
    def _width(self) -> int:
        return self.column if self.has_class("-wide") else self.size.width - 4

    def _sources(self, debrief: Debrief, width: int) -> Iterator[Content]:
        apart = [] if self.has_class("-low") else [Content("")]
        if verdicts.asked(debrief):
            yield from self._verdicts(debrief, width)
            yield from apart
        yield Content.styled(f"Entered: {counts.count(debrief)}", "bold $accent")
        for amendment in debrief.amendments:
            guideline, *details = amendment_lines(amendment)
            yield marked(hung(Content.styled(guideline.text, "bold"), width, ""), amendment in self.fresh)
            yield from (hung(Content(detail.text), width, detail.lead) for detail in details)
        yield from apart
        yield Content.styled("Patterns", "bold $accent")
        yield pattern_list(debrief, width)
        yield from apart
        yield Content.styled("Alliance guidelines", "bold $accent")
        yield from (hung(Content(visible(g.text)), width, f"{g.number:>2} ", "dim") for g in debrief.guidelines)
        if not debrief.guidelines:
            yield Content("None yet: this room writes the first.")

    def _verdicts(self, debrief: Debrief, width: int) -> Iterator[Content]:
        """The last guidelines and whether they worked; with little room only how many are judged."""
        low = self.has_class("-low")
        said = f"  {verdicts.in_words(debrief)}" if low else ""
        yield hung(Content.assemble(("Did it work?", "bold $accent"), ("   Ctrl+B", "dim"), said), width, "")
        for each in () if low else verdicts.asked(debrief):
            said = f"{verdicts.SIGNS[each.worked]} {each.worked}: " if each.worked else "· "
            style = DidItWorkScreen.style(each.worked)
            yield hung(Content(visible(each.text)), width, f"{each.number:>2} {said}", style)

    def unentered(self) -> str:
        typed = any(text_of(field).strip() for field in self.fields())
        return "an amendment is typed and not entered (F4)" if typed else ""

    def unready(self) -> str:
        none = not (self.debrief.amendments or self.debrief.session.no_amendment.strip() or self.unentered())
        waiting = sum(each.worked is None for each in verdicts.asked(self.debrief))
        unjudged = f"{waiting} of the last guidelines not judged (Ctrl+B)" if waiting else ""
        return ", ".join(filter(None, ("no amendment is entered" if none else "", unjudged)))

    def action_look_back(self) -> None:
        self.disarm()
        if not verdicts.asked(self.debrief):
            self.say("No earlier debrief has added or revised a guideline that could be judged.", wrong=True)
        elif not self.out_of_sight("guidelines"):
            self.app.push_screen(DidItWorkScreen())

    def stash(self) -> dict[str, str]:
        return {} if self._form() == self._said else super().stash()

    def _form(self) -> AmendmentForm:
        texts = {str(field.id): text_of(field) for field in self.fields()}
        return AmendmentForm(decision=self.query_one("#decision", ChoiceField).word or "", **texts)

    def _fill(self, form: AmendmentForm) -> None:
        self.query_one("#principle", Input).value = form.principle
        self.query_one("#replaces", Input).value = form.replaces
        self.query_one("#because", Input).value = form.because
        decision = self.query_one("#decision", ChoiceField)
        decision.chosen = decision.words.index(form.decision) if form.decision in decision.words else None
        self.query_one("#reservations", TextArea).text = form.reservations
        self.set_focus(self.query_one("#principle", Input))  # at once: `focus` would wait behind the next keys

    @on(Input.Changed)
    def _show_beside(self) -> None:
        """Show old beside new as far as they are typed, and the patterns behind the numbers."""
        form, width = self._form(), self._width
        lines: list[Content] = []
        if form.replaces.strip():
            try:
                old = amending.replaced(self.debrief.guidelines, form.replaces)
                lines.append(hung(Content(visible(old.text if old else form.replaces)), width, "before  ", "dim"))
            except Refused as why:
                lines.append(Content.styled(with_remedy(why), "dim italic"))
        if form.principle.strip():
            principle = Content.styled(visible(form.principle), "bold")
            lines.append(hung(principle, width, "now     ", "bold $accent"))
        wanted = {word for word in form.because.replace(",", " ").split() if word.isdecimal()}
        for pattern in self.debrief.patterns:
            if str(pattern.number) in wanted:
                because = Content(f"{pattern.felt.sign} {visible(pattern.text)}")
                lines.append(hung(because, width, "because ", "dim"))
        hidden = bool(self.query_one("#principle", PlainInput).mask)
        self.put("beside", () if hidden else lines)

    def action_act(self) -> None:
        form = self._said = self._form()  # no draft either while it is being saved
        entered = self.attempt(lambda debrief, now: amending.amend(debrief, form, now))
        self._said = AmendmentForm()
        if entered:
            self._fill(self._said)
            self.say(f"Entered as guideline {self.debrief.amendments[-1].guideline}.")

    def older(self) -> Step:
        return lambda debrief, _: amending.take_back_amendment(debrief)

    def action_take_back(self) -> None:
        before = self.debrief.amendments
        if self.go_back() and (gone := [each for each in before if each not in self.debrief.amendments]):
            self._fill(amending.form_of(gone[-1]))
            self._said = self._form()
            self.say("Taken back: edit it and press F4, or leave it out.")

    def action_bring_back(self) -> None:
        """Bring an amendment back, and empty the form that it was put into."""
        before = self.debrief.amendments
        super().action_bring_back()
        back = [each for each in self.debrief.amendments if each not in before]
        if back and self._form() == amending.form_of(back[-1]):
            self._fill(AmendmentForm())
