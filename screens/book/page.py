"""What the pages about guidelines and patterns have in common: the hint below, and the keys that move in them."""

from abc import abstractmethod
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from screens.frame.help_texts import GUIDELINES_HELP
from screens.frame.hint_line import HintScreen


class BookPage(HintScreen[None]):
    """Drawn anew for each size. The arrows go one further, PageDown and PageUp `far`."""

    CSS_PATH = "guidelines.tcss"
    AUTO_FOCUS = ""
    help_text = GUIDELINES_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
    ]

    far: ClassVar[int]

    @abstractmethod
    def draw(self) -> None:
        """Draw the page for its width."""

    def on_mount(self) -> None:
        """The screen moves in its list; the focus stays where one types."""
        for rows in self.query(OptionList):
            rows.can_focus = False

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw)

    @abstractmethod
    def action_move(self, by: int) -> None:
        """Go to the next of what can be opened, or to the one before."""

    def action_page(self, direction: int) -> None:
        """The same, further."""
        self.action_move(direction * self.far)

    def action_leave(self) -> None:
        self.app.pop_screen()
