"""Labelled fields for the forms, one row each: a line, several lines, or one of a few words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Size
from textual.layout import DockArrangeResult
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.widget import Widget
from textual.widgets import Static, TextArea

from screens.widgets.entry_field import HIDDEN, PlainInput, bound_here, refused_for_length, unprinted
from screens.widgets.pressable import chosen, placed
from store.words.text import BOM, lines_of, visible

ARROWS = "  ← →"
"""Stands behind a choice that has the focus."""
_SIGNS = {"+": "+", "-": "−", "−": "−", "–": "−", "＋": "+", "－": "−"}
"""The signs that people type before a number, each as it is shown."""


class ChoiceField(Widget, can_focus=True):
    """A row of words; one of them, or none yet, is chosen: by arrow, first letter, number or click. Delete chooses none again.

    The chosen one is in brackets, not only in colour. Where the words need more columns than there are, they go on below.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ChoiceField { height: auto; width: 1fr; }
    ChoiceField:focus { background: $surface; text-style: bold; }
    """

    chosen: reactive[int | None] = reactive(None)

    @dataclass
    class Chosen(Message):
        """Somebody chose a word, or with None took the choice back."""

        choice: "ChoiceField"
        word: str | None

    def __init__(self, words: Sequence[str], chosen: str | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.words = tuple(words)
        self._sign = ""
        """The sign that was the last key, where the words are numbers: a digit after it belongs to it."""
        self.set_reactive(ChoiceField.chosen, self.words.index(chosen) if chosen in self.words else None)

    @property
    def word(self) -> str | None:
        return None if self.chosen is None else self.words[self.chosen]

    def _rows(self, width: int) -> list[list[int]]:
        """The words by their index, in rows of at most `width` cells; a word has a cell on either side for its bracket."""
        rows: list[list[int]] = []
        left = 0
        for at, word in enumerate(self.words):
            cells = cell_len(word) + 2
            if not rows or cells > left:
                rows.append([])
                left = width
            rows[-1].append(at)
            left -= cells
        return rows

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._rows(width))

    def render(self) -> RenderResult:
        rows = [Content("").join(map(self._drawn, row)) for row in self._rows(self.size.width)]
        if self.has_focus and rows[-1].cell_length + cell_len(ARROWS) <= self.size.width:
            rows[-1] += Content.styled(ARROWS, "dim")
        return Content("\n").join(rows)

    def _drawn(self, at: int) -> Content:
        word = self.words[at]
        return placed(Content.styled(f"[{word}]", "reverse bold") if at == self.chosen else Content(f" {word} "), at)

    def choose(self, at: int | None) -> None:
        self.chosen = at
        self.post_message(self.Chosen(self, self.word))

    def step(self, step: int) -> None:
        """Choose the next word; from none, the first or the middle one."""
        if self.chosen is None:
            self.choose(len(self.words) // 2 if len(self.words) > 3 else 0)
        else:
            self.choose(min(max(self.chosen + step, 0), len(self.words) - 1))

    def on_click(self, event: events.Click) -> None:
        """A click on a word chooses it."""
        if (at := chosen(event)) is not None:
            self._sign = ""
            self.choose(at)

    def on_key(self, event: events.Key) -> None:
        """Arrows step; a letter chooses by beginning; Delete and Backspace choose none.

        Where the words are numbers, a number chooses itself: `-2`, `−2`, `2`. A sign alone steps.
        """
        typed = event.character or ""
        sign, self._sign = self._sign, ""
        if event.key in ("left", "right", "space"):
            self.step(-1 if event.key == "left" else 1)
        elif event.key in ("delete", "backspace"):
            self.choose(None)
        elif "+1" in self.words and typed and typed in _SIGNS:
            self._sign = _SIGNS[typed]
            if self.chosen is None:
                self.set_reactive(ChoiceField.chosen, len(self.words) // 2)
            self.step(1 if self._sign == "+" else -1)
        elif typed.strip() and (found := self._meant(typed, sign)) is not None:
            self.choose(found)
        else:
            return
        event.stop()

    def _meant(self, typed: str, sign: str) -> int | None:
        """The index of the word that a character means after a sign; None where there is none."""
        if "+1" in self.words and typed.isdecimal():
            number = str(int(typed))
            wanted = number if number == "0" else f"{sign or '+'}{number}"
            return self.words.index(wanted) if wanted in self.words else None
        begun = (at for at, word in enumerate(self.words) if word.casefold().startswith(typed.casefold()))
        return next(begun, None)


class FieldRow(Horizontal):
    """A label and what is filled in beside it."""

    def __init__(self, label: str | Static, filled: Widget, classes: str = "field-row") -> None:
        before = Static(label, classes="label", markup=False) if isinstance(label, str) else label
        super().__init__(before, filled, classes=classes)


def line(label: str, id: str, value: str = "", placeholder: str = "") -> FieldRow:
    """A row with a line to type in."""
    return FieldRow(label, PlainInput(value, placeholder, id=id))


def choice(label: str, id: str, words: Sequence[str], chosen: str | None = None) -> FieldRow:
    """A row with one of a few words."""
    return FieldRow(label, ChoiceField(words, chosen, id=id), "field-row field-choice")


_AWAY = {ord(sign): 0xFDD0 + at for at, sign in enumerate("\t\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")}
_BACK = {stand_in: sign for sign, stand_in in _AWAY.items()}
"""Textual's text area would end a line at these or widen it, so noncharacters stand for them inside it, one for one."""


class TextLines(TextArea, inherit_bindings=False):
    """Several lines of text; Tab goes to the next field. Control characters are shown as signs and kept."""

    BINDINGS: ClassVar[list[BindingType]] = [  # the function keys are the screen's, here and in the footer
        each for each in TextArea.BINDINGS if not (isinstance(each, Binding) and each.key in ("f6", "f7"))
    ]

    breaks: ClassVar[bool] = True
    """Whether Enter begins a new line; otherwise it goes to the next field."""

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
        if refused_for_length(self, event.text):
            return
        if pasted := self._replace_via_keyboard(self.pasted(event.text.removeprefix(BOM)), *self.selection):
            self.move_cursor(pasted.end_location)

    def pasted(self, text: str) -> str:
        """What a paste puts into the field."""
        return text.replace("\r\n", "\n").replace("\r", "\n").translate(_AWAY)


class Wording(TextLines):
    """One sentence, on as many rows as it needs until the screen's style says that it scrolls. No key ends a line in it, and the
    line ends of a paste become blanks."""

    breaks = False

    def pasted(self, text: str) -> str:
        return " ".join(lines_of(text)).translate(_AWAY)

    def _on_blur(self, _: events.Blur) -> None:
        """Show the beginning again, where not all of it is in sight."""
        self.scroll_home(animate=False)


def wording(label: str, id: str, value: str = "", placeholder: str = "") -> FieldRow:
    """A row with a field for one sentence, which is wrapped."""
    return FieldRow(label, Wording(value, placeholder, id=id), "field-area field-wording")


def area(label: str, id: str, value: str = "", placeholder: str = "", rows: int | None = None) -> FieldRow:
    """A row with a field of several lines, `rows` of them in sight; by default as many as the screen's style says."""
    lines = TextLines(value, placeholder, id=id)
    if rows is not None:
        lines.styles.height = rows
    return FieldRow(label, lines, "field-area")


class GrowingLines(TextLines):
    """A field of several lines that is as high as its text. The screen is laid out again only when that height changes."""

    virtual_size = Reactive(Size(0, 0))  # Textual lays everything out again for each field that has wrapped its text

    _laid_out = 0
    """The height of the text for which the screen was laid out last."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The height of the text at a width that the field may be about to get; Textual would first take that of the old width."""
        wraps = self.wrapped_document
        if width != self.content_region.width:
            wraps = WrappedDocument(self.document, max(0, width - 1), self.indent_width)  # the cursor takes a column
        self._laid_out = wraps.height
        return self._laid_out

    @property
    def grows(self) -> bool:
        """Whether the screen will be laid out for another height of the text."""
        return self._laid_out not in (0, self.virtual_size.height)

    def watch_virtual_size(self) -> None:
        if self.grows:
            self.refresh(layout=True)

    def _rewrap_and_refresh_virtual_size(self) -> None:
        """Wrap the text anew, and draw it, which Textual leaves to the layout that follows."""
        super()._rewrap_and_refresh_virtual_size()
        if self.is_attached:
            self.refresh()


class Stack(Widget):
    """Mixed into a container of which every row is as high as what is in it. How it is arranged then depends on its width alone, so
    that Textual need not do it once to learn its height and once more at that height."""

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:
        return super().arrange(Size(size.width, 0), optimal)


class GrowingRow(FieldRow, Stack):
    """A row that is as high as the text in it."""


def growing(label: str, id: str, value: str = "", placeholder: str = "", rows: int = 1) -> FieldRow:
    """A row with a field of several lines that is as high as its text, at least `rows` and at most as the screen's style says."""
    lines = GrowingLines(value, placeholder, id=id)
    lines.styles.height, lines.styles.min_height = "auto", rows
    return GrowingRow(label, lines, "field-area")
