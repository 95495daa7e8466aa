"""Sovereignty: four measures from −2 to +2, each against earlier probes; the three questions of independence again, with
the answers from before; turnout and new organisers last, and never added in."""

from statistics import mean

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.widgets import Static

from screens.phases.base import FormScreen
from screens.widgets import fields
from screens.widgets.fields import ChoiceField, Wording
from screens.widgets.panel import Panel
from screens.widgets.scale import BEFORE, BOTH, NOW, ScaleField
from store.debrief import Debrief
from store.model import MEASURES, QUESTIONS, Change
from store.session import decisions, organisers
from store.session.organisers import COUNTED
from store.words.numbers import signed
from store.words.text import visible

STEPS = range(-2, 3)
EARLIER = 5
"""Of how many earlier probes the figures stand beside a scale; its mark of before is the mean of all of them."""

NOTES = {"turnout": "asked last, kept, never added in", "joined": "new organisers through this probe"}
"""What is said beside a count; of those who stayed that depends on earlier probes."""


HIGH, AIRY = 38, 50
"""Rows from which a scale has a line below its figures, and from which empty rows set things apart."""


def _slug(measure: str) -> str:
    return measure.replace(" ", "-")


class SovereigntyScreen(FormScreen):
    """A scale and a note for every measure; a line for every question; the counts."""

    AUTO_FOCUS = "ScaleField"
    name_of_phase = "sovereignty"

    def body(self) -> ComposeResult:
        session, saved = self.debrief.session, self.saved()
        with VerticalScroll(classes="scroll", can_focus=False):
            with Panel(title="What has changed", id="changed", classes="-focused"):
                for name in MEASURES:
                    said = session.sovereignty.get(name)
                    with Container(classes="measure"):
                        with Container(classes="measured"):
                            scale = ScaleField(STEPS, said.change if said else None, id=_slug(name))
                            yield scale.row(name)
                            yield Static(id=f"{_slug(name)}-told", markup=False, classes="told")
                        note = f"{_slug(name)}-note"
                        yield fields.wording("because", note, saved[note], "what shows it")
            with Container(classes="asking"):
                with Panel(title="Independence", id="independence"):
                    for each in decisions.answers(self.debrief):
                        with Vertical(classes="question"):
                            yield Static(each.question, classes="asked", markup=False)
                            yield Static(id=f"{each.name}-before", markup=False, classes="before")
                            yield fields.wording(
                                "  now", each.name, saved[each.name], "yes, no or partly, and what shows it"
                            )
                with Panel(title="Counted", id="counts"):
                    for what in COUNTED:
                        with Horizontal(id=f"{what}-row", classes="counted"):
                            yield fields.line(what, what, saved[what])
                            yield Static(NOTES.get(what, ""), id=f"{what}-note", markup=False)

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
        self.set_class(high := self.size.height >= HIGH, "-high")
        self.set_class(self.size.height >= AIRY, "-airy")
        compared = False
        for name in MEASURES:
            earlier = [measured[name].change for _, measured in debrief.past.sovereignty if name in measured]
            compared |= bool(earlier)
            scale = self.query_one(f"#{_slug(name)}", ScaleField)
            scale.compare(mean(earlier) if earlier else None)
            before = f"before: {' '.join(map(signed, earlier[-EARLIER:]))}" if earlier else ""
            self.query_one(f"#{_slug(name)}-told", Static).update("" if high else before)
            below = f"\n{_moved(debrief.session.sovereignty.get(name))}\n{before or 'no probe before'}" if high else ""
            scale.label.update(Content.assemble((name, "bold" if high else ""), below))
        panel = self.query_one("#changed", Panel)
        legend = f"{NOW} now  {BEFORE} mean before  {BOTH} both" if high else f"{BEFORE} mean before"
        panel.name_it(panel.title, legend if compared else "")

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
        note = self.query_one(f"#{_slug(name)}-note", Wording).text
        said = self.debrief.session.sovereignty.get(name)
        if at is None:
            if note:
                self.say(f"Choose from −2 to +2 for {name}; the note is kept with it.", wrong=True)
            return
        if said is None or (said.change, said.note) != (at - 2, note):
            self.attempt(lambda debrief, _: decisions.measure(debrief, name, at - 2, note))


def _moved(said: Change | None) -> str:
    if said is None:
        return "not measured yet"
    if not said.change:
        return "stayed as it was"
    return f"{'rose' if said.change > 0 else 'fell'} by {abs(said.change)}"
