"""A phase whose screen is a form that saves itself: when a field is left, on Enter, and when typing rests."""

from textual import on
from textual.timer import Timer
from textual.widgets import Input

from screens.phase import PhaseScreen

REST = 0.8
"""Seconds without a key after which what stands in a field is saved."""


class FormScreen(PhaseScreen):
    """Subclasses say in `save_field` what a field means."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: dict[str, str] = {}
        self._resting: Timer | None = None

    def save_field(self, id: str, value: str) -> None:
        """Have the text of one field saved."""
        raise NotImplementedError

    @on(Input.Changed)
    def _field_changed(self, message: Input.Changed) -> None:
        if message.input.id and message.input.has_focus:
            self._changed[message.input.id] = message.value
            if self._resting is not None:
                self._resting.stop()
            self._resting = self.set_timer(REST, self.flush)

    @on(Input.Blurred)
    def _field_left(self) -> None:
        self.flush()

    @on(Input.Submitted)
    def _field_done(self, message: Input.Submitted) -> None:
        self.finished(message.input)
        self.flush()
        self.focus_next()

    def finished(self, field: Input) -> None:
        """Enter was pressed in a field; what it holds may still be completed."""

    def flush(self) -> None:
        """Save what has been typed and not been saved yet."""
        changed, self._changed = self._changed, {}
        for id, value in changed.items():
            self.save_field(id, value)

    def stash(self) -> dict[str, str]:
        self.flush()
        return super().stash()
