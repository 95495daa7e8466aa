"""A screen that is laid out for the terminal's present size, never for an earlier one.

Textual 8.2.8 sends a screen another Resize after each of its own layouts. If the size changes again meanwhile, as it does
while a window is dragged, two sizes chase each other in the screen's queue for ever, and nothing is drawn any more.
"""

from typing import ClassVar, TypeVar, cast

from textual.events import Resize
from textual.reactive import reactive
from textual.screen import Screen

from screens.frame.host import Host
from store.live.live import Live

Result = TypeVar("Result")

SMALLEST = (60, 18)
"""Columns and rows below which Redraw only says that there is too little room; a screen may need less."""


class BaseScreen(Screen[Result]):
    """Replaces an outdated Resize by one to the present size."""

    smallest: ClassVar[tuple[int, int]] = SMALLEST
    """Columns and rows that it needs. A question above another screen needs no more than that screen."""

    scrolls: ClassVar[str] = "VerticalScroll"
    """What `action_scroll` scrolls, as a selector."""

    curtain: reactive[bool] = reactive(True, init=False)
    """Whether what people wrote for their own room is hidden; on most screens there is nothing of that kind."""

    @property
    def host(self) -> Host:
        """The app."""
        return cast(Host, self.app)

    @property
    def live(self) -> Live:
        """The live session."""
        return self.host.live

    def tick(self) -> None:
        """Called ten times a second, for what changes with the time; on most screens nothing does."""

    def action_scroll(self, direction: int) -> None:
        """Scroll a page down (1) or up (-1); one row stays in sight."""
        for each in self.query(self.scrolls):
            each.scroll_relative(y=direction * max(1, each.size.height - 1), animate=False)

    def action_curtain(self) -> None:
        """Draw or open the curtain."""
        self.curtain = not self.curtain

    def _on_resize(self, event: Resize) -> None:  # type: ignore[override]
        if event.size != self.app.size:
            event.stop()
            event.prevent_default()
            self.post_message(Resize(self.app.size, self.app.size))
