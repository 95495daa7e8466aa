"""Amendments: a principle added or revised, old beside new, with the patterns it rests on and the reservations."""

from collections.abc import Iterator
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, TextArea

from screens.frame.drafts import fill, text_of
from screens.frame.keys import ACT
from screens.frame.refusals import with_remedy
from screens.judging import DidItWorkScreen
from screens.phases.base import FieldsPhase, panel
from screens.widgets import fields
from screens.widgets.cards import Card, flowing
from screens.widgets.fields import ChoiceField, TextLines
from screens.widgets.fitted import Fitted
from screens.widgets.panel import Panel
from screens.widgets.paragraphs import hung
from screens.widgets.record_lists import marked, pattern_list
from screens.widgets.revision import held_and_proposed
from store.debrief import Debrief
from store.live.live import Step
from store.model import DECISIONS
from store.refused import Refused
from store.report.lines import amendment_lines
from store.session import amending, verdicts
from store.session.amending import AmendmentForm
from store.wall import counts
from store.words import changes
from store.words.text import visible

ASKED, PATTERNS, BOOK = "Did it work?", "Patterns", "Guidelines"
"""The titles of the panels beside the form."""

CARD = 44
"""The least columns of a card with an amendment."""

HIGH = 38
"""Rows from which a wording has its three rows before it needs them."""


class AmendmentsScreen(FieldsPhase):
    """The form with old beside new and what was entered; beside it, or below, the patterns that it may rest on and the guidelines."""

    AUTO_FOCUS = "#principle"
    name_of_phase = "amendments"
    BINDINGS = [ACT.binding("Enter")]

    _said = AmendmentForm()
    """The form as it is entered or was taken back: as long as nobody edits it, that is no draft."""
    _picked: frozenset[int] = frozenset()
    """The patterns that the amendment being typed rests on."""

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="beside", can_focus=False):
            with Vertical(classes="column"):
                with Panel(title="Amendment", id="form", classes="fields -focused"):
                    yield fields.wording("New principle", "principle", placeholder="We will …")
                    yield fields.wording("Replaces", "replaces", placeholder="number or old wording; empty if new")
                    yield fields.line("Rests on", "because", placeholder="patterns: 1 4")
                    yield fields.choice("Decided by", "decision", DECISIONS, DECISIONS[0])
                    yield fields.area("Reservations", "reservations", placeholder="one a line, word for word")
                with VerticalScroll(id="agreed", classes="scroll", can_focus=False):
                    with Horizontal(id="wordings"):
                        yield panel("held", title="Held until now")
                        yield panel("proposed", title="Proposed")
                    yield Fitted(id="entered")
            with VerticalScroll(classes="column -right", can_focus=False):
                yield panel("judged", title=ASKED, classes="-auto")
                yield panel("patterns", title=PATTERNS)
                yield panel("book", title=BOOK)

    def hint(self) -> str:
        return "Tab: next field  ·  F4 enters the amendment  ·  Ctrl+T takes the last back"

    def show_body(self, debrief: Debrief) -> None:
        self.set_class(self.size.height >= HIGH, "-high")
        form = self.query_one("#form", Panel)
        form.name_it(form.title, counts.count(debrief))
        self.draw("entered", lambda width: self._entered(debrief, width))
        self.query_one("#judged-box").display = bool(verdicts.asked(debrief))
        self.name_panel("judged", ASKED, "Ctrl+B")
        self.draw("judged", lambda width: self._verdicts(debrief, width))
        self.name_panel("patterns", PATTERNS, str(len(debrief.patterns) or ""))
        self.draw("patterns", lambda width: pattern_list(debrief, width, picked=self._picked))
        self.name_panel("book", BOOK, str(len(debrief.guidelines) or ""))
        self.draw("book", lambda width: _guidelines(debrief, width))
        self._show_beside()

    def _entered(self, debrief: Debrief, width: int) -> Content:
        if not debrief.amendments:
            told = "What the room decides stands here once F4 has entered it."
            return Content("") if self.has_class("-low") else hung(Content.styled(told, "dim"), width, " ")
        return flowing([*self._cards(debrief)], width, CARD, self.bordered)

    def _cards(self, debrief: Debrief) -> Iterator[Card]:
        """What was entered, the last first."""
        for amendment in reversed(debrief.amendments):
            _, *details = amendment_lines(amendment)
            principle = marked(Content.styled(visible(amendment.principle), "bold"), amendment in self.fresh)
            texts = [principle, *(Content.styled(line.text, "dim") for line in details)]
            yield Card(Content.styled(f"Guideline {amendment.guideline or ''}".rstrip(), "bold $text-muted"), texts)

    def _verdicts(self, debrief: Debrief, width: int) -> Iterator[Content]:
        """The last guidelines and whether they worked; with little room only how many are judged."""
        if self.has_class("-low"):
            yield Content(verdicts.in_words(debrief))
            return
        for each in verdicts.asked(debrief):
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
        for id in ("principle", "replaces", "because", "reservations"):
            fill(cast(Input | TextArea, self.query_one(f"#{id}")), getattr(form, id))
        decision = self.query_one("#decision", ChoiceField)
        decision.chosen = decision.words.index(form.decision) if form.decision in decision.words else None
        self.set_focus(self.query_one("#principle"))  # at once: `focus` would wait behind the next keys

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _show_beside(self) -> None:
        """Show old beside new as far as they are typed, and mark the patterns behind the numbers."""
        form, hidden = self._form(), bool(self.query_one("#principle", TextLines).mask)
        words = () if hidden else form.because.replace(",", " ").split()
        picked = frozenset(int(word) for word in words if word.isdecimal())
        if picked != self._picked:
            self._picked = picked
            self.draw("patterns", lambda width: pattern_list(self.debrief, width, picked=picked))
        wordings = self.query_one("#wordings")
        wordings.display = bool(form.replaces.strip()) and not hidden
        if wordings.display:
            held, proposed = self._old_and_new(form)
            self.query_one("#held", Fitted).show(lambda _: held)
            self.query_one("#proposed", Fitted).show(lambda _: proposed)

    def _old_and_new(self, form: AmendmentForm) -> tuple[Content, Content]:
        try:
            old = amending.replaced(self.debrief.guidelines, form.replaces)
        except Refused as why:
            return Content.styled(with_remedy(why), "italic"), Content(visible(form.principle))
        held = old.text if old else form.replaces
        if not form.principle.strip():
            return Content(visible(held)), Content.styled("What you write as the new principle stands here.", "dim")
        return held_and_proposed(changes.words(held, form.principle))

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


def _guidelines(debrief: Debrief, width: int) -> Iterator[Content]:
    yield from (hung(Content(visible(g.text)), width, f"{g.number:>2} ", "dim") for g in debrief.guidelines)
    if not debrief.guidelines:
        yield Content("None yet: this room writes the first.")
