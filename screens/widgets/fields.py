"""Labelled fields for the forms, one row each."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.widgets import Static, TextArea

from screens.widgets.choice import ChoiceField
from screens.widgets.entry_field import HIDDEN, PlainInput, bound_here
from store.words.text import visible


class FieldRow(Horizontal):
    """A label and what is filled in beside it."""

    def __init__(self, label: str, filled: Any, tall: bool = False) -> None:
        super().__init__(classes="field-area" if tall else "field-row")
        self._label, self._filled = label, filled

    def compose(self) -> ComposeResult:
        yield Static(self._label, classes="label", markup=False)
        yield self._filled


def line(label: str, id: str, value: str = "", placeholder: str = "") -> FieldRow:
    """A row with a line to type in."""
    return FieldRow(label, PlainInput(value, placeholder, id=id))


def choice(label: str, id: str, words: Sequence[str], chosen: str | None = None) -> FieldRow:
    """A row with one of a few words."""
    return FieldRow(label, ChoiceField(words, chosen, id=id))


_AWAY = {ord(sign): 0xFDD0 + at for at, sign in enumerate("\t\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")}
_BACK = {stand_in: sign for sign, stand_in in _AWAY.items()}
"""Textual's text area would end a line at these or widen it, so noncharacters stand for them inside it, one for one."""


class TextLines(TextArea, inherit_bindings=False):
    """Several lines of text; Tab goes to the next field. Control characters are shown as signs and kept."""

    BINDINGS: ClassVar[list[BindingType]] = [  # the function keys are the screen's, here and in the footer
        each for each in TextArea.BINDINGS if not (isinstance(each, Binding) and each.key in ("f6", "f7"))
    ]

    mask: reactive[str] = reactive("", init=False)
    """What is hidden while it is typed: nothing, or `all` of it."""

    def __init__(self, value: str = "", placeholder: str = "", *, id: str | None = None) -> None:
        super().__init__(value, id=id, tab_behavior="focus", compact=True, placeholder=placeholder, soft_wrap=True)
        self.cursor_blink = False

    @property
    def text(self) -> str:
        """The text as it was typed; only a line feed ends a line."""
        return self.document.text.translate(_BACK)

    @text.setter
    def text(self, value: str) -> None:
        self.load_text(value)

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text.translate(_AWAY), language)

    def get_line(self, line_index: int) -> Any:
        drawn = super().get_line(line_index)
        drawn.plain = HIDDEN * len(drawn.plain) if self.mask else visible(drawn.plain.translate(_BACK))
        return drawn

    def watch_mask(self) -> None:
        self.notify_style_update()

    async def _on_key(self, event: events.Key) -> None:
        await bound_here(self, event)

    async def _on_paste(self, event: events.Paste) -> None:
        """Take a paste; TextArea would also take the focus back from the field that somebody has gone on to since."""
        event.prevent_default()
        text = event.text.replace("\r\n", "\n").replace("\r", "\n").translate(_AWAY)
        if pasted := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(pasted.end_location)


def area(label: str, id: str, value: str = "", placeholder: str = "", rows: int | None = None) -> FieldRow:
    """A row with a field of several lines, `rows` of them in sight; by default as many as the screen's style says."""
    lines = TextLines(value, placeholder, id=id)
    if rows is not None:
        lines.styles.height = rows
    return FieldRow(label, lines, tall=True)
