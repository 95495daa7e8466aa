"""Labelled fields for the forms, one row each."""

from collections.abc import Sequence
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static, TextArea

from screens.widgets.choice import Choice
from screens.widgets.entry import PlainInput
from store.text import visible


class Row(Horizontal):
    """A label and what is filled in beside it."""

    def __init__(self, label: str, filled: Any, tall: bool = False) -> None:
        super().__init__(classes="field-area" if tall else "field-row")
        self._label, self._filled = label, filled

    def compose(self) -> ComposeResult:
        yield Static(self._label, classes="label", markup=False)
        yield self._filled


def line(label: str, id: str, value: str = "", placeholder: str = "") -> Row:
    """A row with a line to type in."""
    return Row(label, PlainInput(value, placeholder, id=id))


def choice(label: str, id: str, words: Sequence[str], chosen: str | None = None) -> Row:
    """A row with one of a few words."""
    return Row(label, Choice(words, chosen, id=id))


class Lines(TextArea):
    """Several lines of text; Tab goes on to the next field. Shows control characters as signs, and keeps them."""

    def __init__(self, value: str = "", placeholder: str = "", *, id: str | None = None) -> None:
        super().__init__(value, id=id, tab_behavior="focus", compact=True, placeholder=placeholder, soft_wrap=True)
        self.cursor_blink = False

    def get_line(self, line_index: int) -> Any:
        """A line as it is drawn."""
        drawn = super().get_line(line_index)
        drawn.plain = visible(drawn.plain)
        return drawn

    async def _on_paste(self, event: events.Paste) -> None:
        """Take a paste; TextArea would also take the focus back from the field that somebody has gone on to since."""
        event.prevent_default()
        if pasted := self._replace_via_keyboard(event.text, *self.selection):
            self.move_cursor(pasted.end_location)


def area(label: str, id: str, value: str = "", placeholder: str = "") -> Row:
    """A row with several lines to type in."""
    return Row(label, Lines(value, placeholder, id=id), tall=True)
