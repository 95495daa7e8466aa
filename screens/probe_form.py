"""The plain form of a probe: partners, pact, red lines, dates, expected placements. Saved field by field."""

from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import DescendantBlur
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea

from screens.commands import FORM, bindings
from screens.desk import Desk
from screens.form import REST, Fields
from screens.widgets import fields
from screens.widgets.banner import Banner
from screens.widgets.keys import Keys
from store import probes
from store.probes import FIELDS, Field
from store.refused import Refused
from store.text import visible


class ProbeForm(Fields):
    """One field below the other; what is refused stays in its field, with a sentence."""

    CSS_PATH = "probe_form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FORM)]
    commands = FORM

    def __init__(self) -> None:
        super().__init__()
        self._resting: Timer | None = None

    @property
    def desk(self) -> Desk:
        """The app."""
        return cast(Desk, self.app)

    def compose(self) -> ComposeResult:
        yield Static("The probe and its pact", id="heading", markup=False)
        with VerticalScroll(id="fields", can_focus=False):
            for field in FIELDS:
                make = fields.area if field.several else fields.line
                yield make(field.label, field.id, field.get(self.desk.debrief), field.example)
        yield Banner()
        yield Static(id="hint", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """Tell how it works."""
        self.say("")

    def tick(self) -> None:
        """Nothing here moves by the second."""

    def say(self, sentence: str, wrong: bool = False) -> None:
        """Put a sentence at the foot; an empty one puts the hint back."""
        hint = self.query_one("#hint", Static)
        hint.update(visible(sentence) or "Tab: next field  ·  saved as you go  ·  Escape or F4: done")
        hint.set_class(wrong, "-wrong")

    def _text_of(self, field: Field) -> str:
        widget = self.query_one(f"#{field.id}")
        return widget.text if isinstance(widget, TextArea) else cast(Input, widget).value

    def save(self) -> bool:
        """Save every field that has changed; False where one was refused."""
        refused = [field for field in FIELDS if not self._saved(field)]
        if not refused:
            self.say("Saved." if self.desk.debrief.probe.id and not self.desk.unsaved else "")
        return not refused

    def _saved(self, field: Field, telling: bool = True) -> bool:
        text = self._text_of(field)
        if text == field.get(self.desk.debrief):
            return True
        try:
            self.desk.change(lambda debrief, now: probes.put(debrief, field, text, now))
        except Refused as why:
            if telling and (text.strip() or field.get(self.desk.debrief)):
                self.say(f"{field.label}: {why}", wrong=True)
                return False
        return True

    @on(DescendantBlur)
    def _left(self) -> None:
        self.save()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._rests)

    def _rests(self) -> None:
        """Save what stands in the fields as far as it can be; of what is half typed nothing is told.

        A probe is not made of half a title, and half a placement would be taken for one that was made after the action.
        """
        if self.desk.debrief.probe.id:
            for field in FIELDS:
                if field.id != "expected":
                    self._saved(field, telling=False)

    def action_act(self) -> None:
        """Done: back, if all is well."""
        self.action_leave()

    def action_leave(self) -> None:
        """Back to where the form was opened; a field that was refused keeps the form open once."""
        if self.save() or self.has_class("-asked"):
            self.dismiss()
        else:
            self.add_class("-asked")
            hint = self.query_one("#hint", Static)
            hint.update(f"{hint.visual}  Escape again leaves that field as it was.")
