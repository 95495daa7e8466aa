"""A question about a place for a file: a line that already names one."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from screens.frame.base import BaseScreen
from screens.widgets.entry_field import PlainInput
from screens.widgets.pressable import pressing


class PlaceScreen(BaseScreen[bool], ModalScreen[bool]):
    """Asks where a file is to be written, and has it written there; returns whether it was."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Write nothing", show=False, priority=True)]
    DEFAULT_CSS = """
    PlaceScreen { align: center middle; background: $background 60%; }
    PlaceScreen > Vertical { width: 72; max-width: 90%; height: auto; background: $background; border: round $accent; padding: 1 2; }
    PlaceScreen Static { height: auto; margin: 0 0 1 0; }
    PlaceScreen #said { color: $error; }
    """

    def __init__(self, asked: str, place: str, write: Callable[[str], str]) -> None:
        """`place` stands in the line; `write` writes the file there and returns what hinders it, as a sentence."""
        super().__init__()
        self._asked, self._place, self._write = asked, place, write

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._asked, id="asked", markup=False)
            yield PlainInput(self._place, id="place")
            yield Static("", id="said", markup=False)
            yield Static(pressing("Enter writes it, Escape goes back.", "enter"), markup=False)

    def on_mount(self) -> None:
        field = self.query_one("#place", PlainInput)
        field.focus()
        field.cursor_position = len(field.value)

    @on(Input.Submitted)
    def write(self, message: Input.Submitted) -> None:
        hindrance = self._write(message.value.strip()) if message.value.strip() else "Type where to write it."
        if hindrance:
            self.say(hindrance, wrong=True)
        else:
            self.dismiss(True)

    def say(self, sentence: str, wrong: bool = False) -> None:
        """Say below the line why nothing was written."""
        self.query_one("#said", Static).update(sentence)

    def action_leave(self) -> None:
        self.dismiss(False)
