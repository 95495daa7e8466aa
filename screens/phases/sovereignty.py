"""Sovereignty: four measures from −2 to +2, each against earlier probes; the three questions of independence again, with
the answers from before; turnout and new organisers last, and never added in."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.widgets import Static

from screens.phases.base import FormScreen
from screens.widgets import fields
from screens.widgets.entry_field import PlainInput
from screens.widgets.fields import ChoiceField
from store.debrief import Debrief
from store.model import MEASURES, QUESTIONS
from store.session import decisions, organisers
from store.session.organisers import COUNTED
from store.words.numbers import change_bar, signed
from store.words.text import visible

STEPS = ("−2", "−1", "0", "+1", "+2")
EARLIER = 6
"""How many earlier probes are shown beside a bar."""

BESIDE = {"turnout": "asked last, kept, never added in", "joined": "new organisers through this probe"}
"""What is said beside a count; of those who stayed that depends on earlier probes."""


def _slug(measure: str) -> str:
    return measure.replace(" ", "-")


class SovereigntyScreen(FormScreen):
    """A choice, a note and a bar for every measure; a line for every question."""

    name_of_phase = "sovereignty"

    def body(self) -> ComposeResult:
        session, saved = self.debrief.session, self.saved()
        with VerticalScroll(classes="scroll", can_focus=False):
            for name in MEASURES:
                said = session.sovereignty.get(name)
                with Horizontal(classes="measure first" if name == MEASURES[0] else "measure"):
                    yield fields.choice(name, _slug(name), STEPS, signed(said.change) if said else None)
                    yield Static(id=f"{_slug(name)}-bar", markup=False, classes="measure-bar")
                yield fields.line("  because", f"{_slug(name)}-note", saved[f"{_slug(name)}-note"], "what shows it")
            for each in decisions.answers(self.debrief):
                with Vertical(classes="question"):
                    yield Static(each.question, classes="asked", markup=False)
                    yield Static(id=f"{each.name}-before", markup=False, classes="before")
                    yield fields.line("  now", each.name, saved[each.name], "yes, no or partly, and what shows it")
            for what in COUNTED:
                with Horizontal(id=f"{what}-row", classes="counted"):
                    yield fields.line(what, what, saved[what])
                    yield Static(BESIDE.get(what, ""), id=f"{what}-note", markup=False)

    def saved(self) -> dict[str, str]:
        session = self.debrief.session
        notes = {name: said.note for name, said in session.sovereignty.items()}
        counts = {what: getattr(session, what) for what in COUNTED}
        return {
            **{f"{_slug(name)}-note": notes.get(name, "") for name in MEASURES},
            **{each.name: each.after for each in decisions.answers(self.debrief)},
            **{what: "" if number is None else str(number) for what, number in counts.items()},
        }

    def hint(self) -> str:
        return "−2 to 2, or left and right  ·  Delete clears  ·  Tab: next  ·  saved as you go"

    def unready(self) -> str:
        return "" if self.debrief.session.sovereignty else "nothing is measured"

    def show_body(self, debrief: Debrief) -> None:
        for name in MEASURES:
            said = debrief.session.sovereignty.get(name)
            earlier = [measured[name].change for _, measured in debrief.past.sovereignty if name in measured]
            shown = "  ".join(signed(change) for change in earlier[-EARLIER:])
            before = f"   before: {shown}" if earlier else "   no earlier probe measured it"
            text = Content.assemble((change_bar(said.change if said else None), "bold"), (before, "dim"))
            self.query_one(f"#{_slug(name)}-bar", Static).update(text)

        for each in decisions.answers(debrief):
            before = f"before: {visible(each.before)}" if each.before else "not answered before"
            self.query_one(f"#{each.name}-before", Static).update(before)

        asked = organisers.question(debrief)
        self.query_one("#stayed-row").display = bool(asked)
        self.query_one("#stayed-note", Static).update(asked)

    @on(DescendantFocus)
    def _whole_question(self, message: DescendantFocus) -> None:
        """Scroll to the whole question, not only to its field."""
        row = message.widget.parent
        if row is not None and isinstance(row.parent, Vertical) and row.parent.has_class("question"):
            # Textual's own scrolling to the field waits in the same queue, so it comes first.
            self.call_later(row.parent.scroll_visible)

    @on(ChoiceField.Chosen)
    def _chosen(self, message: ChoiceField.Chosen) -> None:
        name = next(name for name in MEASURES if message.choice.id == _slug(name))
        if message.word is None:
            self.attempt(lambda debrief, _: decisions.measure(debrief, name, None, ""))
        else:
            self._measure(name)

    def save_field(self, id: str, value: str) -> None:
        if id in COUNTED:
            self.attempt(lambda debrief, _: decisions.count(debrief, id, value))
        if id in QUESTIONS:
            self.attempt(lambda debrief, _: decisions.answer(debrief, id, value))
        for name in MEASURES:
            if id == f"{_slug(name)}-note":
                self._measure(name)

    def _measure(self, name: str) -> None:
        at = self.query_one(f"#{_slug(name)}", ChoiceField).chosen
        note = self.query_one(f"#{_slug(name)}-note", PlainInput).value
        said = self.debrief.session.sovereignty.get(name)
        if at is None:
            if note:
                self.say(f"Choose from −2 to +2 for {name}; the note is kept with it.", wrong=True)
            return
        if said is None or (said.change, said.note) != (at - 2, note):
            self.attempt(lambda debrief, _: decisions.measure(debrief, name, at - 2, note))
