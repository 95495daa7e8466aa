"""Figures on a page, one of which is chosen; below or beside each other, as their page says."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Static


@dataclass(frozen=True)
class Page:
    """What a page shows.

    Attributes:
        head, foot: what stands above and below the figures; may be empty.
        figures: each figure as it is drawn, the chosen one marked.
        paired: whether two stand beside each other; where their number is odd, the last takes the whole width.
    """

    head: Content
    figures: Sequence[Content]
    foot: Content
    paired: bool = False


class Figure(Static):
    """One figure, which a click chooses."""

    class Chosen(Message):
        """It was clicked; `at` is its place on the page."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, at: int) -> None:
        super().__init__(markup=False)
        self._at = at

    def on_click(self, event: events.Click) -> None:
        """Choose it."""
        event.stop()
        self.post_message(self.Chosen(self._at))


class Figures(VerticalScroll):
    """A page of figures, which scrolls where it is longer than its room."""

    DEFAULT_CSS = """
    Figures { height: 1fr; scrollbar-size-vertical: 1; }
    Figures > Static { height: auto; }
    Figures > #figures { height: auto; }
    Figures > #figures.-paired { layout: grid; grid-size: 2; grid-rows: auto; grid-gutter: 0 2; }
    Figures Figure { height: auto; }
    Figures Figure.-wide { column-span: 2; }
    """

    class Roomy(Message):
        """There is another size to draw for."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, can_focus=False)
        self._known = Size(0, 0)

    def on_resize(self) -> None:
        """Have the page drawn for it."""
        if self.size != self._known:
            self._known = self.size
            self.post_message(self.Roomy())

    def compose(self) -> ComposeResult:
        yield Static(id="above", markup=False)
        yield Container(id="figures")
        yield Static(id="below", markup=False)

    def show(self, page: Page, chosen: int) -> None:
        """Show a page, and the chosen figure in sight."""
        for id, part in (("#above", page.head), ("#below", page.foot)):
            self.query_one(id, Static).update(part)
            self.query_one(id).display = bool(part.plain)
        box, n = self.query_one("#figures"), len(page.figures)
        there = list(box.query(Figure))
        if len(there) < n:
            there += (fresh := [Figure(at) for at in range(len(there), n)])
            box.mount_all(fresh)
        box.set_class(page.paired, "-paired")
        for at, figure in enumerate(there):
            figure.display = at < n
            figure.set_class(page.paired and n % 2 == 1 and at == n - 1, "-wide")
            if at < n:
                figure.update(page.figures[at])
        if n:
            self.call_after_refresh(self._bring, there[chosen], chosen == 0)

    def _bring(self, figure: Figure, first: bool) -> None:
        if first:
            self.scroll_home(animate=False)
        else:
            self.scroll_to_widget(figure, animate=False)
