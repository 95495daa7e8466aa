"""A chart with words beside it, as large as there is room."""

from abc import abstractmethod

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static


class Charted(Horizontal):
    """The chart on the left, as wide as it needs; the words on the right scroll where they are longer than the chart."""

    DEFAULT_CSS = """
    Charted { height: 1fr; }
    Charted > #chart { width: auto; height: auto; }
    Charted > VerticalScroll { width: 1fr; height: 1fr; padding: 0 0 0 2; scrollbar-size-vertical: 1; }
    Charted #words { height: auto; }
    """

    def compose(self) -> ComposeResult:
        yield Static(id="chart", markup=False)
        with VerticalScroll(can_focus=False):
            yield Static(id="words", markup=False)

    def on_resize(self) -> None:
        """Draw both for the new size."""
        self.draw()

    @abstractmethod
    def draw(self) -> None:
        """Draw both for the current size; nothing where there is nothing to draw yet, or no room."""
