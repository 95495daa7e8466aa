"""Labelled fields for the forms, one row each: a line, several lines, or one of a few words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static, TextArea

from screens.widgets.entry_field import HIDDEN, PlainInput, bound_here, unprinted
from store.words.text import BOM, visible


class ChoiceField(Widget, can_focus=True):
    """A row of words; one of them, or none yet, is chosen: by arrow, first letter or number. The chosen one is in brackets, not only in colour."""

    DEFAULT_CSS = """
    ChoiceField { height: 1; width: 1fr; }
    ChoiceField:focus { background: $surface; text-style: bold; }
    """

    chosen: reactive[int | None] = reactive(None)

    @dataclass
    class Chosen(Message):
        """Somebody chose a word."""

        choice: "ChoiceField"
        word: str

    def __init__(self, words: Sequence[str], chosen: str | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.words = tuple(words)
        self.set_reactive(ChoiceField.chosen, self.words.index(chosen) if chosen in self.words else None)

    @property
    def word(self) -> str | None:
        return None if self.chosen is None else self.words[self.chosen]

    def render(self) -> RenderResult:
        parts = []
        for at, word in enumerate(self.words):
            parts.append(Content.styled(f"[{word}]", "reverse bold") if at == self.chosen else Content(f" {word} "))
        hint = Content.styled("  ← →", "dim") if self.has_focus else Content("")
        return Content("").join([*parts, hint])

    def choose(self, at: int) -> None:
        self.chosen = at
        self.post_message(self.Chosen(self, self.words[at]))

    def step(self, step: int) -> None:
        """Choose the next word; from none, the first or the middle one."""
        if self.chosen is None:
            self.choose(len(self.words) // 2 if len(self.words) > 3 else 0)
        else:
            self.choose(min(max(self.chosen + step, 0), len(self.words) - 1))

    def on_key(self, event: events.Key) -> None:
        """Arrows step; a letter chooses by beginning, and + and − step where the words are numbers."""
        steps = {"left": -1, "right": 1, "space": 1}
        typed = event.character or ""
        if "+1" in self.words:
            steps |= {"plus": 1, "minus": -1, "−": -1}
        if event.key in steps:
            if self.chosen is None and event.key not in ("left", "right", "space"):
                self.set_reactive(ChoiceField.chosen, len(self.words) // 2)
            self.step(steps[event.key])
            event.stop()
        elif typed.strip():
            found = [at for at, word in enumerate(self.words) if word.casefold().startswith(typed.casefold())]
            if found:
                self.choose(found[0])
                event.stop()


class FieldRow(Horizontal):
    """A label and what is filled in beside it."""

    def __init__(self, label: str, filled: Widget, tall: bool = False) -> None:
        head = Static(label, classes="label", markup=False)
        super().__init__(head, filled, classes="field-area" if tall else "field-row")


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
        if sign := unprinted(event):
            event.stop()
            event.prevent_default()
            self._replace_via_keyboard(sign, *self.selection)
        else:
            await bound_here(self, event)

    async def _on_paste(self, event: events.Paste) -> None:
        """Take a paste; TextArea would also take the focus back from the field that somebody has gone on to since."""
        event.prevent_default()
        text = event.text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n").translate(_AWAY)
        if pasted := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(pasted.end_location)


def area(label: str, id: str, value: str = "", placeholder: str = "", rows: int | None = None) -> FieldRow:
    """A row with a field of several lines, `rows` of them in sight; by default as many as the screen's style says."""
    lines = TextLines(value, placeholder, id=id)
    if rows is not None:
        lines.styles.height = rows
    return FieldRow(label, lines, tall=True)
