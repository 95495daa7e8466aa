"""What covers everything while the terminal is too small."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from screens.frame.base import SMALLEST, BaseScreen
from screens.frame.keys import OBSERVE
from screens.logbook import LogbookScreen


def needed(stack: Sequence[Screen[Any]]) -> tuple[int, int]:
    """The room that the screens need: as much as the last one that stands by itself."""
    alone = next((screen for screen in reversed(stack) if not screen.is_modal), None)
    return getattr(alone, "smallest", SMALLEST)


def too_small(size: Size, stack: Sequence[Screen[Any]]) -> bool:
    """Whether a terminal of that size has too little room for the screens that stand one upon the other."""
    columns, rows = needed(stack)
    return size.width < columns or size.height < rows


class TooSmall(BaseScreen[None], ModalScreen[None]):
    """Covers everything while the terminal is too small, and goes by itself. Above the logbook it lets observers go on."""

    BINDINGS: ClassVar[list[BindingType]] = [replace(OBSERVE.binding(), show=False)]
    DEFAULT_CSS = """
    TooSmall { align: center middle; background: $background; }
    TooSmall > Static { width: 100%; text-align: center; }
    """

    def compose(self) -> ComposeResult:
        yield Static(id="too-small", markup=False)

    def on_resize(self) -> None:
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
        if self._logbook is not None:
            self._logbook.observe_what_runs()

    def _go_if_it_can(self) -> None:
        if self.app.screen is self and not too_small(self.app.size, self.app.screen_stack):
            self.dismiss()
