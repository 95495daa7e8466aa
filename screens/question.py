"""A question that has to be answered before anything else, and a sentence for a terminal that is too small."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.commands import OBSERVE
from screens.logbook import LogbookScreen
from screens.sized import SMALLEST, Sized

__all__ = ["SMALLEST", "Notice", "Question", "TooSmall", "too_small"]


class Question(Sized[int], ModalScreen[int]):
    """A few answers, chosen by arrows and Enter or by number; answers with the place of the chosen one.

    Escape, and what leaves a screen, gives the harmless one; where none is harmless the question has to be answered.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "The harmless answer", show=False, priority=True)
    ]
    DEFAULT_CSS = """
    Question { align: center middle; }
    Question > Vertical { width: 72; max-width: 90%; height: auto; background: $surface; border: heavy $accent; padding: 1 2; }
    Question Static { height: auto; margin: 0 0 1 0; }
    Question OptionList { height: auto; border: none; background: $surface; }
    """

    def __init__(self, asked: str, answers: Sequence[str], harmless: int | None = None) -> None:
        """`harmless` is the place of the answer that changes nothing, if there is one."""
        super().__init__()
        self._asked, self._harmless = asked, harmless
        self._answers = tuple(
            f"{n}  {text}{'  (Escape)' if n - 1 == harmless else ''}" for n, text in enumerate(answers, 1)
        )

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._asked, id="asked", markup=False)
            yield OptionList(*map(Option, self._answers), markup=False)

    def action_leave(self) -> None:
        """The harmless answer."""
        if self._harmless is not None:
            self.dismiss(self._harmless)

    def on_key(self, event: object) -> None:
        """A digit answers at once."""
        typed = getattr(event, "character", None) or ""
        if typed.isdecimal() and 1 <= int(typed) <= len(self._answers):
            self.dismiss(int(typed) - 1)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Enter on an answer."""
        self.dismiss(message.option_index)


class Notice(Sized[None], ModalScreen[None]):
    """Something that stands in the way, and the way out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,ctrl+q,q", "leave", "Leave", show=False, priority=True)
    ]
    DEFAULT_CSS = """
    Notice { align: center middle; }
    Notice > Vertical { width: 72; max-width: 90%; height: auto; background: $surface; border: heavy $error; padding: 1 2; }
    Notice Static { height: auto; margin: 0 0 1 0; }
    """

    def __init__(self, sentence: str, way_out: str) -> None:
        super().__init__()
        self._sentence, self._way_out = sentence, way_out

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._sentence, markup=False)
            yield Static(self._way_out, markup=False)

    def action_leave(self) -> None:
        """The way out."""
        self.app.exit(return_code=1)


def needed(stack: Sequence[Screen[Any]]) -> tuple[int, int]:
    """The room that the screens need: as much as the last one that stands by itself."""
    alone = next((screen for screen in reversed(stack) if not screen.is_modal), None)
    return getattr(alone, "smallest", SMALLEST)


def too_small(size: Size, stack: Sequence[Screen[Any]]) -> bool:
    """Whether a terminal of that size has too little room for the screens that stand one upon the other."""
    columns, rows = needed(stack)
    return size.width < columns or size.height < rows


class TooSmall(Sized[None], ModalScreen[None]):
    """Covers everything while the terminal is too small, and goes by itself. Above the logbook it lets observers go on."""

    BINDINGS: ClassVar[list[BindingType]] = [replace(OBSERVE.binding(), show=False)]
    DEFAULT_CSS = """
    TooSmall { align: center middle; background: $background; }
    TooSmall > Static { width: 100%; text-align: center; }
    """

    def compose(self) -> ComposeResult:
        yield Static(id="too-small", markup=False)

    def on_resize(self) -> None:
        """Say how large it is now, or go."""
        (columns, rows), size = needed(self.app.screen_stack), self.app.size
        observe = " F5 opens the observer's screen, which needs less." if self._logbook is not None else ""
        self.query_one("#too-small", Static).update(
            f"Redraw needs {columns} × {rows} characters; this terminal has {size.width} × {size.height}."
            f" Make it larger: what was typed is kept, keys pressed now are not, and the clock goes on.{observe}"
        )
        self._go_if_it_can()

    def on_screen_resume(self) -> None:
        """A question came while it was too small, and has been answered in a larger terminal."""
        self._go_if_it_can()

    @property
    def _logbook(self) -> LogbookScreen | None:
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1] if self in stack else None  # it may be going already
        return below if isinstance(below, LogbookScreen) else None

    def action_observe(self) -> None:
        """The observer's screen, for what is under way."""
        if self._logbook is not None:
            self._logbook.observe_what_runs()

    def _go_if_it_can(self) -> None:
        if self.app.screen is self and not too_small(self.app.size, self.app.screen_stack):
            self.dismiss()
