"""A page of panels, one for each finding; below each other, or in pairs, as the page says."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from screens.trends.page import TrendsData, TrendsPage
from store.trends.finding import Finding
from store.trends.overview import Overview

CHOSEN = "bold reverse"
"""How the title of the chosen finding is drawn."""


EMPTY = Content("")


@dataclass(frozen=True)
class PanelLayout:
    """What a page of panels shows.

    Attributes:
        panels: each finding as it is drawn, the chosen one marked.
        head, foot: what is above and below the panels; may be empty.
        paired: whether panels are side by side in pairs; where their number is odd, the last takes the whole width.
    """

    panels: Sequence[Content]
    head: Content = EMPTY
    foot: Content = EMPTY
    paired: bool = False


class Panel(Static):
    """One finding; a click chooses it."""

    class Clicked(Message):
        """It was clicked; `at` is its place on the page."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, at: int) -> None:
        super().__init__(markup=False)
        self._at = at

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Clicked(self._at))


class PanelsPage(VerticalScroll, TrendsPage):
    """The findings of a page, one of them chosen; it scrolls where they need more room than there is."""

    DEFAULT_CSS = """
    PanelsPage { height: 1fr; scrollbar-size-vertical: 1; }
    PanelsPage > Static { height: auto; }
    PanelsPage > .panels { height: auto; }
    PanelsPage > .panels.-paired { layout: grid; grid-size: 2; grid-rows: auto; grid-gutter: 0 2; }
    PanelsPage Panel { height: auto; }
    PanelsPage Panel.-wide { column-span: 2; }
    """

    def __init__(self) -> None:
        super().__init__(id=self.title, can_focus=False)
        self.chosen = 0
        """The place of the chosen finding."""

    @staticmethod
    @abstractmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        """The findings of this page, in their order."""

    @abstractmethod
    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        """The page drawn for a size, the chosen finding marked."""

    def compose(self) -> ComposeResult:
        yield Static(classes="above", markup=False)
        yield Container(classes="panels")
        yield Static(classes="below", markup=False)

    @property
    def _findings(self) -> Sequence[Finding]:
        return self.data.findings[self.title] if self.data else ()

    def show(self, data: TrendsData) -> None:
        super().show(data)
        self.chosen = max(0, min(self.chosen, len(self._findings) - 1))

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Draw every panel, and bring the chosen one into sight."""
        if self.data is None or not self.display or not self.size.height:
            return
        page = self.layout_for(self.data, self.screen.size.width - 4, self.size.height)
        for name, part in ((".above", page.head), (".below", page.foot)):
            self.query_one(name, Static).update(part)
            self.query_one(name).display = bool(part.plain)
        box, n = self.query_one(".panels"), len(page.panels)
        there = list(box.query(Panel))
        if len(there) < n:
            there += (fresh := [Panel(at) for at in range(len(there), n)])
            box.mount_all(fresh)
        box.set_class(page.paired, "-paired")
        for at, panel in enumerate(there):
            panel.display = at < n
            panel.set_class(page.paired and n % 2 == 1 and at == n - 1, "-wide")
            if at < n:
                panel.update(page.panels[at])
        if n:
            self.call_after_refresh(self._bring, there[self.chosen], self.chosen == 0)
        self.post_message(self.Changed())

    def _bring(self, panel: Panel, first: bool) -> None:
        if first:
            self.scroll_home(animate=False)
        else:
            self.scroll_to_widget(panel, animate=False)

    def hints(self, next_page: str) -> list[str]:
        return [
            *(["↑ ↓ choose  ·  Enter: the probes behind it"] if self._findings else []),
            *super().hints(next_page),
        ]

    def move(self, by: int) -> None:
        if self._findings:
            self.chosen = min(max(self.chosen + by, 0), len(self._findings) - 1)
            self.draw()

    def open(self) -> None:
        if self._findings:
            self.post_message(self.Opened(self._findings[self.chosen]))

    @on(Panel.Clicked)
    def _clicked(self, message: Panel.Clicked) -> None:
        self.chosen = message.at
        self.draw()
        self.open()
