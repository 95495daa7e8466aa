"""All probes on one matrix: the chart of arrows, the list of its probes, and a few lines about the chosen one."""

import re
from collections.abc import Sequence
from datetime import date
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content, Span
from textual.widgets import Static

from screens.frame.base import Host
from screens.trends.page import TrendsData, TrendsPage
from screens.widgets.line_list import LineList
from screens.widgets.panel import head, titled
from screens.widgets.paragraphs import hung
from store.matrix import chart
from store.matrix.plot import LINES
from store.trends.arrows import BOTH_ENDS, Arrow, arrows, before
from store.trends.case import Case
from store.trends.sovereignty import in_short
from store.words.dates import day
from store.words.numbers import signed
from store.words.text import clipped

LEGEND = 34
"""Columns that the list beside the chart takes at least, with its border."""

LOW, TALL = 20, 30
"""Rows of the terminal from which the chosen probe is told below the list, and from which the key is below the chart."""

_GAPS = 15
"""Columns of a probe's sign and of how far it landed from where it was expected."""

_STARTS, _LANDS = f"[{chart.EXPECTED}{chart.EXPECTED_MORE}]", f"[{chart.ACTUAL}{chart.ACTUAL_MORE}{chart.BOTH}]"
_WAYS = re.compile(f"[{''.join(sorted(LINES))}]+")


def lit(rows: Sequence[str]) -> Content:
    """The chart, dim but for the arrow of the chosen probe: both its ends, the way between them and its head."""
    text = "\n".join(rows)
    spans = [Span(0, len(text), "dim")]
    spans += [Span(*way.span(), "not dim bold $secondary") for way in _WAYS.finditer(text)]
    offsets = [0]
    for row in rows:
        offsets.append(offsets[-1] + len(row) + 1)
    start, end = _find(_STARTS, rows), _find(_LANDS, rows)
    ends = [(start, "$secondary"), (end, "$accent")]
    if start and end and start != end and _sign_at(rows, at := before(start, end)) in chart.HEADS.values():
        ends.append((at, "$secondary"))
    for cell, colour in ends:
        if cell:
            first = offsets[cell[1]] + cell[0]
            spans.append(Span(first, first + 1, f"not dim bold {colour}"))
    return Content(text, spans, strip_control_codes=False)  # a chart has none


def _find(signs: str, rows: Sequence[str]) -> tuple[int, int] | None:
    """The column and the row of the one sign of its kind in the chart."""
    return next(((found.start(), at) for at, row in enumerate(rows) if (found := re.search(signs, row))), None)


def _sign_at(rows: Sequence[str], cell: tuple[int, int]) -> str:
    column, row = cell
    return rows[row][column : column + 1]


class MatrixPage(Horizontal, TrendsPage):
    """The chart, and the list of its probes, latest first."""

    title = "matrix"

    def __init__(self) -> None:
        super().__init__(id="matrix")
        self.placed: Sequence[Case] = ()
        """The probes with an arrow, latest first."""
        self._arrows: Sequence[Arrow] = ()
        self._size_drawn: object = None
        self._about_drawn: object = None
        self._said_key = Content("")

    def compose(self) -> ComposeResult:
        with titled(Vertical(id="drawn"), "Matrix"):
            yield Static(id="chart", markup=False)
            yield Static(id="key", markup=False)
        with Vertical(id="beside"):
            with titled(Vertical(id="listed"), "Probes", focused=True):
                yield Static(f" {'aut.':>5}{'ben.':>5}  against expected", id="heads", markup=False)
                yield LineList(self._legend_line, id="legend")
            yield titled(Static(id="chosen", markup=False), "In short")

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
        """The chart is as large as there is room."""
        self.draw()

    @on(LineList.Highlighted)
    def draw(self) -> None:
        if self.data is None or not self.display or not self.size.height:
            return
        width = self.screen.size.width
        border = self.query_one("#drawn").gutter
        room = width - max(LEGEND, width * 3 // 10) - border.width
        key = self.query_one("#key", Static)
        key.display = self._is_tall
        said = hung(Content(f"\n{self._key()}"), room - 2, " ") if self._is_tall else Content("")
        rows = self.size.height - border.height - (said.plain.count("\n") + 1 if self._is_tall else 0)
        drawn = arrows(self._arrows, self._legend.highlighted, room, rows)
        size = (len(drawn), *map(len, drawn))
        self.query_one("#chart", Static).update(lit(drawn), layout=size != self._size_drawn)
        self._size_drawn = size
        if not said.is_same(self._said_key):
            self._said_key = said
            key.update(said)
        missing = len(self.data.cases) - len(self.placed)
        head(self.query_one("#listed"), "Probes", f"{len(self.placed)}{f', {missing} not here' if missing else ''}")
        self._draw_chosen(self.data, width - max(map(len, drawn)) - border.width - 4)
        self.post_message(self.Changed())

    @property
    def _is_tall(self) -> bool:
        """Whether there are rows for the key below the chart, in its panel."""
        return self.screen.size.height >= TALL

    def _draw_chosen(self, data: TrendsData, width: int) -> None:
        """Below the list, what there is to know about the chosen probe."""
        at = self._legend.item
        box = self.query_one("#chosen", Static)
        box.display = at is not None and self.screen.size.height >= LOW
        if at is not None:
            case = self.placed[at]
            with_ = f", with {', '.join(case.partners)}" if case.partners else ""
            title = Content.styled(clipped(case.title, 2 * width - 8), "bold")
            when = clipped(f"{day(date.fromisoformat(case.day))}{with_}", (3 if self._is_tall else 1) * (width - 4))
            lines = [
                hung(title, width, f"{data.letters[case.probe]}  ", "bold $accent"),
                hung(Content(when), width, "   "),
                hung(Content(in_short(case)), width, "   "),
            ]
            about = Content("\n").join(line for line in lines if line.plain.strip())
            size = (width, about.plain.count("\n"))
            box.update(about, layout=size != self._about_drawn)
            self._about_drawn = size

    def sentence(self) -> str:
        """What the signs mean, where there are no rows for it in the panel of the chart."""
        if not self.placed:
            return "No probe was placed both before and after its action: there is no arrow to draw."
        return "" if self._is_tall or self.screen.size.height < LOW else self._key()

    def _key(self) -> str:
        """What the signs mean, and how many probes are not drawn."""
        assert self.data is not None
        n, missing = len(self.placed), len(self.data.cases) - len(self.placed)
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

    @property
    def is_key(self) -> bool:
        """What is said below the chart is its key, unless there is none."""
        return bool(self.placed)

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
        title = clipped(f"{theirs}{case.title}", max(6, self._legend.scrollable_content_region.width - _GAPS))
        return Content.assemble((arrow.sign, "bold $accent"), (f"{gap}  ", "dim"), title)
