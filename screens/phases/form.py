"""A phase whose fields save themselves when they are left or typing rests."""

from collections.abc import Hashable

from textual import on
from textual.timer import Timer
from textual.widgets import Input

from screens.frame.fields_screen import REST, FieldsScreen
from screens.phases.base import PhaseScreen


class FormScreen(PhaseScreen, FieldsScreen):
    """Subclasses say in `save_field` what a field means."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: dict[str, str] = {}
        self._resting: Timer | None = None

    def save_field(self, id: str, value: str) -> None:
        """Save the text of one field."""
        raise NotImplementedError

    def finished(self, field: Input) -> None:
        """A field was left; its text may still be completed."""

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

    def confirmed(self, what: Hashable, sentence: str) -> bool:
        """Save first: a sentence about a field would otherwise soon replace the one that says what a second press does."""
        self.flush()
        return super().confirmed(what, sentence)

    def flush(self) -> None:
        changed, self._changed = self._changed, {}
        for id, value in changed.items():
            self.save_field(id, value)
