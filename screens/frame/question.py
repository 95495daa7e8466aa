"""A question that has to be answered first, and a notice with only one way out."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.frame.base import BaseScreen
from screens.frame.keys import SCROLLING
from screens.widgets.paragraphs import hung
from screens.widgets.pressable import pressing

WIDTH = 72
"""Columns of a question, where the terminal has them."""


class QuestionScreen(BaseScreen[int], ModalScreen[int]):
    """A few answers, chosen with the arrows and Enter or by number; returns the index of the chosen one.

    Escape and the keys that leave a screen give the harmless answer; without one the question has to be answered.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "The harmless answer", show=False, priority=True),
        *SCROLLING,
    ]
    DEFAULT_CSS = """
    QuestionScreen VerticalScroll { height: auto; max-height: 18vh; margin: 0 0 1 0; scrollbar-size-vertical: 1; }
    QuestionScreen VerticalScroll > Static { margin: 0; }
    QuestionScreen { align: center middle; }
    QuestionScreen > Vertical { width: 72; max-width: 90%; height: auto; background: $surface; border: heavy $accent; padding: 1 2; }
    QuestionScreen Static { height: auto; margin: 0 0 1 0; }
    QuestionScreen OptionList { height: auto; max-height: 70vh; border: none; background: $surface; }
    """

    def __init__(
        self,
        asked: str,
        answers: Sequence[str | Content],
        harmless: int | None = None,
        details: Sequence[tuple[str, str]] = (),
    ) -> None:
        """`harmless` is the index of the answer that changes nothing, if there is one.

        `details` are what to know before one answers, each with a label; PageDown scrolls them.
        """
        super().__init__()
        self._asked, self._harmless, self._details = asked, harmless, details
        self._answers = tuple(
            Content.assemble(text, "  (Escape)" if n == harmless else "") for n, text in enumerate(answers)
        )

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._asked, id="asked", markup=False)
            room = min(WIDTH, self.app.size.width * 9 // 10) - 10
            if self._details:
                told = (hung(Content(text), room, label, "$accent") for label, text in self._details)
                with VerticalScroll(can_focus=False):
                    yield Static(Content("\n").join(told), id="details", markup=False)
            rows = (hung(text, room, f"{n}  ", "") for n, text in enumerate(self._answers, 1))
            yield OptionList(*map(Option, rows), markup=False)

    def action_leave(self) -> None:
        if self._harmless is not None:
            self.dismiss(self._harmless)

    def on_key(self, event: object) -> None:
        """A digit answers at once."""
        typed = getattr(event, "character", None) or ""
        if typed.isdecimal() and 1 <= int(typed) <= len(self._answers):
            self.dismiss(int(typed) - 1)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(message.option_index)


def ask(
    app: App[Any],
    asked: str,
    *answers: tuple[str | Content, Callable[[], object] | None],
    harmless: int | None = None,
    details: Sequence[tuple[str, str]] = (),
) -> None:
    """Ask a question, and do what the chosen answer says: its words, and what it does, or None where it changes nothing.

    That one is the harmless one by default. For `details` see `QuestionScreen`.
    """

    def answered(chosen: int | None) -> None:
        if chosen is not None and (act := answers[chosen][1]):
            act()

    words, acts = zip(*answers, strict=True)
    if harmless is None and None in acts:
        harmless = acts.index(None)
    app.push_screen(QuestionScreen(asked, words, harmless, details), answered)


class NoticeScreen(BaseScreen[None], ModalScreen[None]):
    """Says why Redraw can't start, and how to leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,ctrl+q,q", "leave", "Leave", show=False, priority=True)
    ]
    DEFAULT_CSS = """
    NoticeScreen { align: center middle; }
    NoticeScreen > Vertical { width: 72; max-width: 90%; height: auto; background: $surface; border: heavy $error; padding: 1 2; }
    NoticeScreen Static { height: auto; margin: 0 0 1 0; }
    """

    def __init__(self, sentence: str, way_out: str) -> None:
        super().__init__()
        self._sentence, self._way_out = sentence, way_out

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._sentence, markup=False)
            yield Static(pressing(self._way_out, "enter"), markup=False)

    def action_leave(self) -> None:
        self.app.exit(return_code=1)
