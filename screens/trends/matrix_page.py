"""All probes on one matrix: the chart of arrows, its legend, and a few lines about the chosen probe."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from screens.frame.base import Host
from screens.trends.page import TrendsData, TrendsPage
from screens.widgets.line_list import LineList
from screens.widgets.matrix import coloured
from screens.widgets.paragraphs import hung
from store.matrix import chart
from store.trends.arrows import BOTH_ENDS, Arrow, arrows
from store.trends.case import Case
from store.trends.sovereignty import in_short
from store.words.dates import day
from store.words.numbers import signed
from store.words.text import clipped

LEGEND = 30
"""Columns that the list beside the chart takes at least."""


class MatrixPage(Horizontal, TrendsPage):
    """The chart, and the list of its probes, latest first."""

    title = "matrix"

    def __init__(self) -> None:
        super().__init__(id="matrix")
        self.placed: Sequence[Case] = ()
        """The probes with an arrow, latest first."""
        self._arrows: Sequence[Arrow] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="drawn"):
            yield Static(id="chart", markup=False)
            yield Static(id="chosen", markup=False)
        with Vertical(id="listed"):
            yield Static(f" {'aut.':>5}{'ben.':>5}  against expected", id="heads", markup=False)
            yield LineList(self._legend_line, id="legend")

    @property
    def _legend(self) -> "LineList[int]":
        return self.query_one("#legend", LineList)

    def show(self, data: TrendsData) -> None:
        """Take in what was read, and list the probes that were placed both before and after."""
        super().show(data)
        found = [(case, way) for case in reversed(data.cases) if (way := case.way)]
        self.placed = [case for case, _ in found]
        self._arrows = [Arrow(data.letters[case.probe], *way) for case, way in found]
        self._legend.put(tuple(range(len(self.placed))), 0)

    def on_resize(self) -> None:
        """The chart is as large as there is room; what is said below it may take some."""
        self.draw()

    @on(LineList.Highlighted)
    def draw(self) -> None:
        if self.data is None or not self.display or not self.size.height:
            return
        width = self.screen.size.width
        rows = arrows(self._arrows, self._legend.highlighted, width - max(LEGEND, width // 3) - 4, self.size.height)
        self.query_one("#chart", Static).update(coloured(rows))
        self._draw_chosen(self.data, max(map(len, rows)))
        self.post_message(self.Changed())

    def _draw_chosen(self, data: TrendsData, width: int) -> None:
        """Below the chart, where there are rows to spare, what there is to know about the chosen probe."""
        at = self._legend.item
        box = self.query_one("#chosen", Static)
        box.styles.width = width
        if at is not None:
            case = self.placed[at]
            with_ = f", with {', '.join(case.partners)}" if case.partners else ""
            title = Content.styled(clipped(case.title, 2 * width), "bold")
            lines = (
                hung(title, width, f"{data.letters[case.probe]}  ", "bold $accent"),
                Content(clipped(f"   {day(date.fromisoformat(case.day))}{with_}", width)),
                Content(f"   {in_short(case)}"),
            )
            box.update(Content("\n").join(lines))

    def sentence(self) -> str:
        """What the signs mean, and how many probes are not drawn."""
        assert self.data is not None
        n, missing = len(self.placed), len(self.data.cases) - len(self.placed)
        if not n:
            return "No probe was placed both before and after its action: there is no arrow to draw."
        said = [
            "a expected, A landed" if n <= BOTH_ENDS else f"A landed, {chart.WAY}{chart.HEADS[1, 1]} its way",
            f"{chart.EXPECTED} to {chart.ACTUAL} the chosen one, {chart.EXPECTED_MORE} {chart.ACTUAL_MORE} others there too",
            f"{chart.MANY} several there",
        ]
        older = sum(each.sign == chart.MARK for each in self._arrows)
        if older:
            said.append(f"{chart.MARK} {chart.HEADS[1, 1]} {older} older ones, as they moved")
        if missing:
            said.append(f"{missing} not here, for they were not placed both before and after")
        return "  ·  ".join(said)

    def hints(self, next_page: str) -> list[str]:
        return [*(["↑ ↓ choose a probe  ·  Enter opens it"] if self.placed else []), *super().hints(next_page)]

    def move(self, by: int) -> None:
        self._legend.move(by)

    @on(LineList.Chosen)
    def open(self) -> None:
        if (at := self._legend.item) is not None:
            cast(Host, self.app).open_probe(self.placed[at].probe, "Matrix")

    def _legend_line(self, at: int) -> Content:
        arrow, case = self._arrows[at], self.placed[at]
        gap = "".join(f"{signed(step):>5}" for step in case.gap or ())
        theirs = f"{clipped(case.whose, 12)}: " if case.whose else ""
        title = clipped(f"{theirs}{case.title}", max(6, self._legend.size.width - 14))
        return Content.assemble((arrow.sign, "bold $accent"), (f"{gap}  ", "dim"), title)
