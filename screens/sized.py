"""A screen that is laid out for the size that the terminal has now, and for no earlier one.

Textual 8.2.8 sends a screen another Resize after each of its own layouts. Where the size changes again meanwhile, as it does
while a window is dragged, two sizes chase each other in the screen's queue for ever, and nothing is drawn any more.
"""

from typing import TypeVar

from textual.events import Resize
from textual.screen import Screen

Result = TypeVar("Result")


class Sized(Screen[Result]):
    """Takes a Resize that is out of date for one to the size of now."""

    def _on_resize(self, event: Resize) -> None:  # type: ignore[override]
        if event.size != self.app.size:
            event.stop()
            event.prevent_default()
            self.post_message(Resize(self.app.size, self.app.size))
