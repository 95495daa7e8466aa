"""A page of texts in columns, with a chart on their right and a text below them; it scrolls as one."""

from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Static

from screens.widgets.columns import GAP

MOST = 4
"""The most columns of a page."""


class Page(NamedTuple):
    """A page as it is drawn.

    Attributes:
        columns, width: what stands side by side, and the cells that each takes.
        chart: what stands on the right of them.
        below: what stands below them.
        row: the row of what was sought.
    """

    columns: tuple[Content, ...]
    width: int
    chart: Content | None = None
    below: Content | None = None
    row: int | None = None

    @property
    def rows(self) -> int:
        """How high it is."""
        upper = max((height_of(each) for each in (*self.columns, self.chart) if each is not None), default=0)
        return upper if self.below is None else upper + 1 + height_of(self.below)


def height_of(drawn: Content) -> int:
    """The rows of a text that is wrapped already."""
    return drawn.plain.count("\n") + 1


class _Text(Static):
    """A text of a page. Its size is known once the page is laid out, which is not to be done a second time for it."""

    virtual_size = Reactive(Size(0, 0))


class _Columns(Horizontal):
    """Texts side by side."""

    virtual_size = Reactive(Size(0, 0))


class ColumnPage(VerticalScroll, can_focus=False):
    """Shows a `Page`; its texts are wrapped already."""

    virtual_size = Reactive(Size(0, 0))  # when its bar comes or goes, that is laid out all the same

    DEFAULT_CSS = """
    ColumnPage { overflow-x: hidden; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    ColumnPage > #columns { height: auto; }
    ColumnPage #columns > Static, ColumnPage > #below { height: auto; display: none; }
    ColumnPage #beside { width: auto; }
    ColumnPage > #below { margin: 1 0 0 0; }
    """

    def compose(self) -> ComposeResult:
        with _Columns(id="columns"):
            for n in range(1, MOST + 1):
                yield _Text(id=_id(n), markup=False)
            yield _Text(id="beside", markup=False)
        yield _Text(id="below", markup=False)

    def show(self, page: Page) -> list[tuple[Static, Content]]:
        """Show a page; returns its columns, each with its text."""
        shown: list[tuple[Static, Content]] = []
        for n in range(1, MOST + 1):
            column = self.query_one(f"#{_id(n)}", Static)
            column.display = n <= len(page.columns)
            if column.display:
                column.styles.width = page.width + GAP
                column.update(page.columns[n - 1])
                shown.append((column, page.columns[n - 1]))
        for id, part in (("beside", page.chart), ("below", page.below)):
            text = self.query_one(f"#{id}", Static)
            text.display = part is not None
            if part is not None:
                text.update(part)
        return shown


def _id(n: int) -> str:
    return "text" if n == 1 else f"text-{n}"
