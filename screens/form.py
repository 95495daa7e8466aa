"""Forms: how one gets from field to field, and a phase whose fields save themselves when they are left or typing rests."""

from typing import ClassVar

from textual import on
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Input, TextArea

from screens.phase import PhaseScreen
from screens.sized import Sized

REST = 0.8
"""Seconds without a key after which what stands in a field is saved."""


class Fields(Sized[None]):
    """A screen of fields: Tab and Enter go on to the next one before the key that follows is read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "next_field", "Next field", show=False, priority=True),
        Binding("shift+tab", "previous_field", "Field before", show=False, priority=True),
        Binding("enter", "done", "Next field", show=False, priority=True),
    ]

    def action_next_field(self) -> None:
        """On to the next field."""
        self.focus_next()

    def action_previous_field(self) -> None:
        """Back to the field before."""
        self.focus_previous()

    def action_done(self) -> None:
        """Enter in a line goes on to the next field; in several lines it begins a new one."""
        if self.focused is None or isinstance(self.focused, TextArea):
            raise SkipAction
        self.focus_next()


class FormScreen(PhaseScreen, Fields):
    """Subclasses say in `save_field` what a field means."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: dict[str, str] = {}
        self._resting: Timer | None = None

    def save_field(self, id: str, value: str) -> None:
        """Have the text of one field saved."""
        raise NotImplementedError

    def finished(self, field: Input) -> None:
        """A field is left; what it holds may still be completed."""

    @on(Input.Changed)
    def _field_changed(self, message: Input.Changed) -> None:
        if message.input.id:
            self._changed[message.input.id] = message.value
            if self._resting is not None:
                self._resting.stop()
            self._resting = self.set_timer(REST, self.flush)

    @on(Input.Blurred)
    def _field_left(self, message: Input.Blurred) -> None:
        self.flush()
        self.finished(message.input)

    def guarded(self, what: str, sentence: str) -> bool:
        """Save first: what is told of a field would otherwise soon take the place of what a second press does."""
        self.flush()
        return super().guarded(what, sentence)

    def flush(self) -> None:
        """Save what has been typed and not been saved yet."""
        changed, self._changed = self._changed, {}
        for id, value in changed.items():
            self.save_field(id, value)
