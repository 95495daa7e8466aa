"""Pages of findings in panels: one finding in each, or several below one title; one finding is chosen."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from screens.trends.behind_pane import BehindPane
from screens.trends.page import TrendsData, TrendsPage
from screens.widgets.panel import head, titled
from store.trends.finding import Finding
from store.trends.overview import Overview
from store.words.text import visible

EMPTY = Content("")


@dataclass(frozen=True)
class Box:
    """One panel of a page.

    Attributes:
        title: in its border; `key`: at the right of it.
        rows: each of its findings as it is drawn, the chosen one marked.
        above, below: what stands around these; may be empty.
        apart: whether a blank line parts its findings.
    """

    title: str
    rows: Sequence[Content] = ()
    key: str = ""
    above: Content = EMPTY
    below: Content = EMPTY
    apart: bool = False


@dataclass(frozen=True)
class PanelLayout:
    """What a page shows: its panels, whether they are side by side in pairs, and a line above them."""

    boxes: Sequence[Box]
    paired: bool = False
    above: Content = EMPTY


class FindingRow(Static):
    """One finding; a click chooses it."""

    @dataclass
    class Clicked(Message):
        """It was clicked."""

        row: "FindingRow"

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Clicked(self))


class FindingBox(Vertical):
    """A panel with findings. One with a single finding marks it in its title, when it is chosen."""

    def __init__(self, rows: int) -> None:
        self._above, self._below = (Static(markup=False) for _ in range(2))
        self.rows = [FindingRow(markup=False) for _ in range(rows)]
        """One for each finding; those that have none now are not displayed."""
        self._box: Box | None = None
        self._chosen = -1
        super().__init__(self._above, *self.rows, self._below)
        titled(self, "")

    @property
    def shown(self) -> Sequence[FindingRow]:
        return [row for row in self.rows if row.display] if self.display else []

    def put(self, box: Box, chosen: int) -> None:
        """Show a panel; `chosen` is the place of the chosen finding among its own, or any other number."""
        chosen = chosen if 0 <= chosen < len(box.rows) else -1
        if (box, chosen) == (self._box, self._chosen):
            return
        before, self._box, self._chosen = self._box, box, chosen
        here, n = chosen >= 0, len(box.rows)
        self.set_class(here, "-focused")
        head(self, f"▸ {box.title}" if here and n == 1 else box.title, box.key)
        if fresh := [FindingRow(markup=False) for _ in range(n - len(self.rows))]:
            self.rows += fresh
            self.mount_all(fresh, before=self._below)
        for static, part, old in (
            (self._above, box.above, before and before.above),
            (self._below, box.below, before and before.below),
        ):
            if part != old:
                static.update(part)
                static.display = bool(part.plain)
        for at, row in enumerate(self.rows):
            row.display = at < n
            row.set_class(at == chosen and n > 1, "-chosen")
            row.set_class(box.apart and at < n - 1, "-apart")
            if at < n and (before is None or at >= len(before.rows) or before.rows[at] != box.rows[at]):
                drawn, old = box.rows[at], before.rows[at] if before and at < len(before.rows) else EMPTY
                row.update(drawn, layout=drawn.plain.count("\n") != old.plain.count("\n") or not old)


class PanelsPage(Horizontal, TrendsPage):
    """The findings of a page, one of them chosen; it scrolls where they need more room than there is."""

    DEFAULT_CSS = """
    PanelsPage { height: 1fr; }
    PanelsPage .scroll { width: 1fr; height: 1fr; scrollbar-size-vertical: 1; }
    PanelsPage .over { height: auto; padding: 0 1; }
    PanelsPage .boxes { height: auto; }
    PanelsPage .boxes.-paired { layout: grid; grid-size: 2; grid-rows: auto; }
    PanelsPage FindingBox { height: auto; }
    PanelsPage FindingBox > Static { height: auto; }
    PanelsPage FindingRow { text-wrap: nowrap; text-overflow: clip; }
    PanelsPage FindingRow.-apart { margin: 0 0 1 0; }
    PanelsPage FindingRow.-chosen { background: $block-cursor-blurred-background; }
    """

    has_pane = False
    """Whether the probes behind the chosen finding have a panel beside the others, where there is room."""

    def __init__(self) -> None:
        super().__init__(id=self.title)
        self.chosen = 0
        """The place of the chosen finding."""
        self._boxes: list[FindingBox] = []
        self._above: Content | None = None

    @staticmethod
    @abstractmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        """The findings of this page, in their order."""

    @abstractmethod
    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        """The page drawn for a size, with the borders of its panels; the chosen finding is marked."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="scroll", can_focus=False):
            yield Static(classes="over", markup=False)
            yield Container(classes="boxes")
        if self.has_pane:
            yield BehindPane()

    @property
    def _findings(self) -> Sequence[Finding]:
        return self.data.findings[self.title] if self.data else ()

    @property
    def is_bare(self) -> bool:
        """Whether its panels have only the line with their title."""
        return self.screen.has_class("-bare")

    @property
    def border(self) -> int:
        """Columns that the border of a panel takes, with the blanks inside it."""
        return 1 if self.is_bare else 4

    def show(self, data: TrendsData) -> None:
        super().show(data)
        self.chosen = max(0, min(self.chosen, len(self._findings) - 1))

    def on_resize(self) -> None:
        """Draw it once what is in it has its size too."""
        self.call_after_refresh(self.draw)

    @on(BehindPane.Resized)
    def _redraw(self) -> None:
        self.draw()

    def draw(self) -> None:
        scroll = self.query_one(".scroll")
        if self.data is None or not self.display or not scroll.size.height:
            return
        page = self.layout_for(self.data, scroll.size.width, scroll.size.height)
        holder = self.query_one(".boxes")
        if fresh := [FindingBox(len(each.rows)) for each in page.boxes[len(self._boxes) :]]:
            self._boxes += fresh
            holder.mount_all(fresh)
        holder.set_class(page.paired, "-paired")
        if page.above != self._above:
            self._above, over = page.above, self.query_one(".over", Static)
            over.display = bool(page.above.plain)
            over.update(page.above)
        first = 0
        for at, box in enumerate(self._boxes):
            box.display = at < len(page.boxes)
            if at < len(page.boxes):
                box.put(page.boxes[at], self.chosen - first)
                first += len(page.boxes[at].rows)
        self.call_after_refresh(self._into_view)
        if self.has_pane and self._findings and (pane := self.query_one(BehindPane)).display:
            pane.soon(self._draw_pane)
        self.post_message(self.Changed())

    @property
    def _rows(self) -> Sequence[FindingRow]:
        return [row for box in self._boxes for row in box.shown]

    def _into_view(self) -> None:
        scroll, rows = self.query_one(".scroll"), self._rows
        if not 0 < self.chosen < len(rows):
            scroll.scroll_home(animate=False)
            return
        row = rows[self.chosen]
        box = next(box for box in self._boxes if row in box.rows)
        scroll.scroll_to_widget(box if len(box.shown) == 1 else row, animate=False)

    def _draw_pane(self) -> None:
        if self._findings:
            finding = self._findings[self.chosen]
            said = Content.styled(visible(finding.said), "bold")
            self.query_one(BehindPane).put(said, finding, self.data)

    def hints(self, next_page: str) -> list[str]:
        return [*(["↑ ↓ choose  ·  Enter: the probes behind it"] if self._findings else []), *super().hints(next_page)]

    def move(self, by: int) -> None:
        if self._findings:
            self.chosen = min(max(self.chosen + by, 0), len(self._findings) - 1)
            self.draw()

    def open(self) -> None:
        if self._findings:
            self.post_message(self.Opened(self._findings[self.chosen]))

    @on(FindingRow.Clicked)
    def _clicked(self, message: FindingRow.Clicked) -> None:
        self.chosen = self._rows.index(message.row)
        self.draw()
        self.open()
