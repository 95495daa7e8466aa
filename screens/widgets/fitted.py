"""A text that is drawn for the columns that it gets."""

from collections.abc import Callable

from textual.content import Content
from textual.widgets import Static


class Fitted(Static):
    """Draws its text anew whenever its width changes, and not before it has one."""

    DEFAULT_CSS = "Fitted { height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.drawn = Content("")
        self._draw: Callable[[int], Content] = lambda width: Content("")
        self._columns = 0

    def show(self, draw: Callable[[int], Content]) -> None:
        """Show what `draw` makes for a number of columns."""
        self._draw = draw
        self.draw_again()

    def on_resize(self) -> None:
        if self.content_size.width != self._columns:
            self.draw_again()

    def draw_again(self) -> None:
        """Draw it again, because something that it is drawn from has changed."""
        if self.content_size.width:
            self._columns = self.content_size.width
            self.drawn = self._draw(self._columns)
            self.update(self.drawn)
        else:  # hidden: what it showed until now may be what nobody may see when it comes back
            self._columns, self.drawn = 0, Content("")
            self.update("")
