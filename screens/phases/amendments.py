"""Amendments: a principle added or revised, old beside new, with the patterns it rests on and the reservations."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from screens.frame.drafts import FieldsScreen
from screens.frame.keys import ACT
from screens.frame.refusals import with_remedy
from screens.judging.did_it_work import STYLES, DidItWorkScreen
from screens.phases.base import PhaseScreen
from screens.widgets import fields
from screens.widgets.choice import ChoiceField
from screens.widgets.entry_field import PlainInput
from screens.widgets.paragraphs import hung
from screens.widgets.record_lists import pattern_list
from store.debrief import Debrief
from store.model import DECISIONS
from store.refused import Refused
from store.report.records_in_words import amendment_lines
from store.session import decisions, verdicts
from store.session.decisions import AmendmentForm
from store.session.verdicts import SIGNS
from store.words.text import visible


class AmendmentsScreen(PhaseScreen, FieldsScreen):
    """The form on the left with old beside new; patterns, guidelines and what was decided on the right."""

    name_of_phase = "amendments"
    BINDINGS = [ACT.binding("Enter")]

    def body(self) -> Iterable[Any]:
        with Horizontal(classes="stacks"):
            with Vertical(classes="column"):
                yield fields.line("New principle", "principle", placeholder="We will …")
                yield fields.line("Replaces", "replaces", placeholder="number or old wording; empty if new")
                yield fields.line("Rests on", "because", placeholder="patterns: 1 4")
                yield fields.choice("Decided by", "decision", DECISIONS, DECISIONS[0])
                yield fields.area("Reservations", "reservations", placeholder="one a line, word for word")
                with VerticalScroll(classes="scroll", can_focus=False):
                    yield Static(id="beside", markup=False)
            with VerticalScroll(classes="column -right scroll", can_focus=False):
                yield Static(id="sources", markup=False)

    def hint(self) -> str:
        return "Tab: next field  ·  F4 enters the amendment  ·  Ctrl+T takes the last back"

    def count(self, debrief: Debrief) -> str:
        n = len(debrief.amendments)
        return f"{n} amendment{'' if n == 1 else 's'}" if n else "none yet: at least one"

    def show_body(self, debrief: Debrief) -> None:
        if self.curtain:
            self.query_one("#sources", Static).update(f"Curtain drawn. {self.count(debrief)}.")
            self.query_one("#beside", Static).update("")
            return
        width = self.column if self.has_class("-wide") else self.size.width - 4
        apart = [] if self.has_class("-low") else [Content("")]
        parts = [*self._verdicts(debrief, width), *(apart if verdicts.asked(debrief) else [])]
        parts += [Content.styled(f"Entered: {self.count(debrief)}", "bold $accent")]
        for amendment in debrief.amendments:
            guideline, *details = amendment_lines(amendment)
            parts.append(hung(Content.styled(guideline, "bold"), width, ""))
            parts += [hung(Content(detail.strip()), width, "    ") for detail in details]
        parts += [
            *apart,
            Content.styled("Patterns", "bold $accent"),
            pattern_list(debrief, width),
            *apart,
        ]
        parts.append(Content.styled("Alliance guidelines", "bold $accent"))
        parts += [hung(Content(visible(g.text)), width, f"{g.number:>2} ", "dim") for g in debrief.guidelines]
        if not debrief.guidelines:
            parts.append(Content("None yet: this room writes the first."))
        self.query_one("#sources", Static).update(Content("\n").join(parts))
        self._show_beside()

    def _verdicts(self, debrief: Debrief, width: int) -> Iterable[Content]:
        """The last guidelines and whether they worked; with little room only how many are judged."""
        about = verdicts.asked(debrief)
        if not about:
            return
        low = self.has_class("-low")
        said = f"  {verdicts.in_words(debrief)}" if low else ""
        yield hung(Content.assemble(("Did it work?", "bold $accent"), ("   Ctrl+Y", "dim"), said), width, "")
        for each in () if low else about:
            said = f"{SIGNS[each.worked]} {each.worked}: " if each.worked else "· "
            yield hung(Content(visible(each.text)), width, f"{each.number:>2} {said}", STYLES[each.worked])

    def unentered(self) -> str:
        form = self._form()
        typed = form.principle, form.replaces, form.because, form.reservations
        return "an amendment is typed and not entered (F4)" if any(each.strip() for each in typed) else ""

    def unready(self) -> str:
        none = not (self.debrief.amendments or self.debrief.session.no_amendment.strip() or self.unentered())
        waiting = sum(each.worked is None for each in verdicts.asked(self.debrief))
        return ", ".join(
            [
                *(["no amendment is entered"] if none else []),
                *([f"{waiting} of the last guidelines not judged (Ctrl+Y)"] if waiting else []),
            ]
        )

    def action_look_back(self) -> None:
        """Judge whether the guidelines of the last debrief have worked."""
        self.disarm()
        if not verdicts.asked(self.debrief):
            self.say("No earlier debrief has added or revised a guideline that could be judged.", wrong=True)
        elif self.curtain or self.wall:
            self.say("The guidelines stay behind the curtain: F3 opens it, off the wall.", wrong=True)
        else:
            self.app.push_screen(DidItWorkScreen())

    def _form(self) -> AmendmentForm:
        return AmendmentForm(
            principle=self.query_one("#principle", Input).value,
            replaces=self.query_one("#replaces", Input).value,
            because=self.query_one("#because", Input).value,
            decision=self.query_one("#decision", ChoiceField).word or "",
            reservations=self.query_one("#reservations", TextArea).text,
        )

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
        form = self._form()
        lines: list[Content] = []
        width = self.column if self.has_class("-wide") else self.size.width - 4
        if form.replaces.strip():
            try:
                old = decisions.replaced(self.debrief.guidelines, form.replaces)
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
        hidden = self.curtain or bool(self.query_one("#principle", PlainInput).mask)
        self.query_one("#beside", Static).update("" if hidden else Content("\n").join(lines))

    def act(self) -> None:
        if self.attempt(partial(_amend, form=self._form())):
            self._fill(AmendmentForm())
            self.say(f"Entered as guideline {self.debrief.amendments[-1].guideline}.")

    def action_take_back(self) -> None:
        """Remove the last amendment; its text returns to the form."""
        taken: list[AmendmentForm] = []

        def step(debrief: Debrief, now: float) -> Debrief:
            without, form = decisions.take_back_amendment(debrief)
            taken.append(form)
            return without

        if self.attempt(step):
            self._fill(taken[0])
            self.say("Taken back: edit it and press F4, or leave it out.")


def _amend(debrief: Debrief, now: float, form: AmendmentForm) -> Debrief:
    return decisions.amend(debrief, form, now)


SCREEN = AmendmentsScreen
