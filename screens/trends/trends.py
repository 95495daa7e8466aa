"""What the probes tell together, page by page: what repeats, all on one matrix, sovereignty, time, the rhythm, the record."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from screens.frame.banner import Banner
from screens.frame.base import BaseScreen
from screens.frame.footer import Keys
from screens.frame.help_texts import TRENDS_HELP
from screens.frame.host import Finished, Share
from screens.frame.keys import ACROSS, bindings
from screens.trends import drawing
from screens.trends.figures import Figure, Figures, Page
from screens.widgets.entry_field import PlainInput
from screens.widgets.line_list import LineList
from screens.widgets.matrix import coloured
from screens.widgets.paragraphs import hung
from screens.widgets.time_bar import bar
from store.matrix import chart
from store.trends import charts, overview, sovereignty
from store.trends.asking import Answer
from store.trends.cases import Case, of_ours
from store.trends.counts import Count
from store.trends.lines import EVERYWHERE, Trend, behind, in_words
from store.trends.overview import Overview
from store.words.dates import day
from store.words.numbers import signed
from store.words.text import clipped

PAGES = ("what repeats", "matrix", "sovereignty", "time", "rhythm", "record")
COUNTS, MATRIX = 0, 1
GUIDELINES = "guidelines"
"""Where an answer may stand that has a screen of its own."""

FIGURES: dict[int, Callable[[Overview, int, int, int], Page]] = {
    2: drawing.sovereignty,
    3: drawing.times,
    4: drawing.beat,
    5: drawing.recorded,
}
"""The pages of figures, each of which opens the probes behind it."""

LEGEND = 30
"""Columns that the list beside the chart takes at the least."""

ROOMY = 66
"""Columns from which a blank parts the pages in their row."""

WIDE = 96
"""Columns from which a line of counts says what happened in full, and what happened elsewhere."""


def _fact(trend: Trend, wide: bool) -> str:
    """What happened, in short where the terminal is narrow."""
    return trend.fact if wide else trend.fact.replace(" capacity", "").removeprefix("the room was ")


class TrendsScreen(BaseScreen[None]):
    """A row of pages; the first lists the counts and is asked by typing."""

    CSS_PATH = "trends.tcss"
    AUTO_FOCUS = "#ask"
    commands = ACROSS
    help_text = TRENDS_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(ACROSS),
        Binding("tab", "page(1)", "Next page", show=False, priority=True),
        Binding("shift+tab", "page(-1)", "Page before", show=False, priority=True),
        Binding("right", "turn(1)", "Next page", show=False, priority=True),
        Binding("left", "turn(-1)", "Page before", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "move(10)", "Page down", show=False, priority=True),
        Binding("pageup", "move(-10)", "Page up", show=False, priority=True),
        Binding("enter", "open", "Open", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Overview | None = None
        self._all: tuple[Case, ...] = ()
        self._arrows: tuple[Case, ...] = ()
        self._signs: Mapping[str, str] = {}
        self._counts: dict[int, tuple[Count, ...]] = {}
        self._at = dict.fromkeys(FIGURES, 0)
        self._height = 0
        self._page = COUNTS
        self._ours = False
        self._answer = Answer((), ())
        self._typed = ""
        self._wrong = ""
        self._widths = (0, 10, 10, 10, 0)
        """Columns for the mark, for how often, for what happened, for the probes of which a line is, and for elsewhere."""

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield Static(id="rail", markup=False)
        yield PlainInput(placeholder="ask, or type a word: do alliances with parties cost us our voice?", id="ask")
        yield Static(id="columns", markup=False)
        yield LineList(self._row, id="counts")
        with Horizontal(id="matrix"):
            with Vertical(id="drawn"):
                yield Static(id="chart", markup=False)
                yield Static(id="chosen", markup=False)
            with Vertical(id="listed"):
                yield Static(f" {'aut.':>5}{'ben.':>5}  against expected", id="heads", markup=False)
                yield LineList(self._legend, id="legend")
        yield Figures(id="page")
        yield Static(id="said", markup=False)
        yield Banner()
        yield Static(id="hint", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """Have the archive read; the screen can be used meanwhile."""
        self._draw()
        self.desk.read_aside(overview.build, self)

    # ------------------------------------------------------------------------------------------------ what was found

    @on(Share)
    def _reading(self, message: Share) -> None:
        if self._found is None:
            self._tell(f"Reading the logbook  {bar(message.share, 30)}")

    @on(Finished)
    def _read(self, message: Finished) -> None:
        self._wrong = message.wrong
        if message.wrong:
            self._draw()
            return
        self._found = message.found
        self._all = self._all or self._found.cases
        placed = [case for case in self._found.cases if case.expected and case.actual]
        self._arrows = tuple(reversed(placed))
        self._signs = charts.letters(self._found.cases)
        counts = drawing.counts(self._found) if self._found.cases else ((),) * len(FIGURES)
        self._counts = dict(zip(FIGURES, counts, strict=True))
        self.query_one("#legend", LineList).put(tuple(range(len(self._arrows))), 0)
        self._draw()

    def action_ours(self) -> None:
        """Our own probes alone, or those of other groups too."""
        if self._found is None:
            return
        if not self._ours and all(not case.whose for case in self._all):
            self._hint("All of these probes are ours: there are none of other groups to leave out.")
            return
        self._ours = not self._ours
        cases = of_ours(self._all) if self._ours else self._all
        recurrences = self._found.recurrences

        def anew(_: Any) -> Iterator[Overview]:
            yield overview.overview(cases, recurrences)

        self.desk.read_aside(anew, self)

    # ------------------------------------------------------------------------------------------------------- drawing

    def on_resize(self) -> None:
        """The pages follow the size."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        with self.app.batch_update():
            self._draw_head()
            there = self._found is not None and bool(self._found.cases)
            counts = self._page == COUNTS
            self.query_one("#ask").display = counts
            for id in ("#columns", "#counts", "#said"):
                self.query_one(id).display = counts
            self.query_one("#matrix").display = there and self._page == MATRIX
            self.query_one("#page").display = not counts and (not there or self._page > MATRIX)
            self.set_focus(self.query_one("#ask") if counts else None)
            if self._wrong:
                self._tell(self._wrong, wrong=True)
            elif self._found is None:
                self._tell("Reading the logbook …")
            elif not there:
                self._tell(overview.EMPTY)
            else:
                {COUNTS: self._list, MATRIX: self._chart}.get(self._page, self._figures)()
            self._hint("")

    def _draw_head(self) -> None:
        said = overview.counted(self._found) if self._found else ""
        ours = "   OURS ALONE" if self._ours else ""
        demo = "   DEMO" if self.desk.demo else ""
        self.query_one("#head", Static).update(
            Content.assemble(("Trends", "bold"), f"   {said}", (ours + demo, "bold $warning"))
        )
        row = [
            Content.styled(f"▸{name.upper()}◂", "bold reverse")
            if at == self._page
            else Content.styled(f" {name} ", "dim")
            for at, name in enumerate(PAGES)
        ]
        self.query_one("#rail", Static).update(Content(" " if self.size.width >= ROOMY else "").join(row))

    def _tell(self, sentence: str, wrong: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.display = True
        said.set_class(wrong, "-wrong")
        said.update(sentence)

    def _hint(self, sentence: str) -> None:
        there = self._found is not None and bool(self._found.cases)
        hints: list[str] = []
        if self._page == COUNTS and there and self.query_one("#counts", LineList).item:
            hints.append("Enter: the probes behind the line")
        if self._page == MATRIX and self._arrows:
            hints.append("↑ ↓ choose a probe  ·  Enter opens it")
        if self._figure is not None:
            hints.append("↑ ↓ choose  ·  Enter: the probes behind it")
        hints.append(f"Tab: {PAGES[(self._page + 1) % len(PAGES)]}")
        if self._page == COUNTS and self.query_one("#ask", Input).value:
            hints.append("Escape: all lines")
        self.query_one("#hint", Static).update(sentence or "  ·  ".join(hints), layout=False)

    # -------------------------------------------------------------------------------------------------- what repeats

    @on(Input.Changed)
    def _list(self) -> None:
        if self._found is None or not self._found.cases:
            return
        typed = self._typed = self.query_one("#ask", Input).value
        answer = self._answer = self._found.asking.find(typed)
        lines = self.query_one("#counts", LineList)
        at = lines.item
        self._fit(answer.trends)
        self.query_one("#columns", Static).update(self._columns() if answer.trends else "")
        lines.forget()
        near = answer.trends[: self.size.height]
        lines.put(answer.trends, near.index(at) if at in near and not typed else 0)
        self._detail()

    @on(LineList.Highlighted)
    def _chosen(self) -> None:
        if self._page == COUNTS:
            self._detail()
        elif self._page == MATRIX:
            self._chart()

    def _detail(self) -> None:
        trend, answer = self.query_one("#counts", LineList).item, self._answer
        unknown = (
            f"Nothing is counted under {', '.join(f'“{clipped(word, 30)}”' for word in answer.unknown[:3])}. "
            if answer.unknown
            else ""
        )
        if trend is not None:
            least = "Where it happened least stands first. " if answer.least else ""
            also = ", ".join(f"{each.fact} {each.count} of {each.of}" for each in answer.also.get(trend, ()))
            self._tell(f"{unknown}{least}{in_words(trend)}.{f' Also there: {also}.' if also else ''}")
        elif answer.page == GUIDELINES:
            self._tell("What was agreed, and whether it worked, stands in the guidelines: F9 in the logbook.")
        elif answer.page:
            self._tell(f"The page “{answer.page}” tells that: Enter turns to it.")
        else:
            self._tell(f"{unknown or 'No line holds all of these words. '}Escape shows all lines.")
        self._hint("")

    def _fit(self, found: Sequence[Trend]) -> None:
        """Make the columns as wide as what is listed, and give the rest to the probes of which a line is."""
        wide = self.size.width >= WIDE
        mark = max((len(each.mark) for each in found), default=-1) + 1
        often = max(9, *(len(f"{each.count} of {each.of}") for each in found)) + 1 if found else 10
        fact = max((len(_fact(each, wide)) + len(self._more(each)) for each in found), default=0) + 1
        there = 20 if wide else 0
        rest = self.query_one("#counts", LineList).scrollable_content_region.width - mark - often - 8 - fact - there
        self._widths = (mark, often, fact, max(8, rest), there)

    def _more(self, trend: Trend) -> str:
        """How much else happened where a line is the one that it has."""
        also = self._answer.also.get(trend)
        return f" +{len(also)}" if also else ""

    def _columns(self) -> Content:
        mark, often, fact, value, there = self._widths
        head = f"{'':<{mark}}{'how often':<{often}}{'of 100':<8}{'what happened':<{fact}}{'in probes':<{value}}"
        said = Content.styled(f"{head}{'elsewhere' if there else ''}", "dim")
        lines = self._found.trends if self._found else ()
        if lines and not lines[0].is_pattern:
            return Content("\n").join([Content.styled(overview.NOTHING_REPEATS, "bold"), said])
        return said

    def _row(self, trend: Trend) -> Content:
        mark, often, fact, value, there = self._widths
        share = f"{trend.low * 100:.0f}–{trend.high * 100:.0f}"
        dimension = {EVERYWHERE: "all", "partner": "with", "issue": "about"}.get(trend.dimension, f"{trend.dimension}:")
        where = clipped(
            f"{dimension} {'all held' if trend.value == 'held' else trend.value}".strip(), max(4, value - bool(there))
        )
        elsewhere = f"{trend.elsewhere[0]} of {trend.elsewhere[1]}" if there and trend.elsewhere[1] else ""
        known = trend.is_pattern
        return Content.assemble(
            (f"{trend.mark:<{mark}}" if mark else "", "bold $warning" if known else "dim"),
            (f"{f'{trend.count} of {trend.of}':<{often}}", "bold"),
            f"{share:<8}",
            (f"{_fact(trend, bool(there)) + self._more(trend):<{fact}}", "bold" if known else ""),
            f"{where:<{value}}{elsewhere}",
        )

    # --------------------------------------------------------------------------------------------------- the others

    def _chart(self) -> None:
        legend = self.query_one("#legend", LineList)
        drawn = self.query_one("#chart", Static)
        height = self.query_one("#matrix").size.height
        if not height:
            self.call_after_refresh(self._chart_if_there)
            return
        found = [
            charts.Arrow(self._signs[case.probe], case.expected, case.actual)
            for case in self._arrows
            if case.expected and case.actual
        ]
        rows = charts.arrows(found, legend.highlighted, self.size.width - max(LEGEND, self.size.width // 3) - 4, height)
        drawn.update(coloured(rows))
        self._draw_chosen(max(map(len, rows)))
        self._tell(self._left_out())
        if height != self._height:  # what is said below may leave less room for the chart
            self._height = height
            self.call_after_refresh(self._chart_if_there)

    def _draw_chosen(self, width: int) -> None:
        """Below the chart, where there are rows to spare, what there is to know of the chosen probe."""
        at = self.query_one("#legend", LineList).item
        box = self.query_one("#chosen", Static)
        box.styles.width = width
        if at is not None:
            case = self._arrows[at]
            partners = ", ".join(value for dimension, value in case.groups if dimension == "partner")
            sign = f"{self._signs[case.probe]}  "
            lines = (
                hung(Content.styled(clipped(case.title, 2 * width), "bold"), width, sign, "bold $accent"),
                Content(
                    clipped(f"   {day(date.fromisoformat(case.day))}{', with ' if partners else ''}{partners}", width)
                ),
                Content(f"   {sovereignty.in_short(case)}"),
            )
            box.update(Content("\n").join(lines))

    def _chart_if_there(self) -> None:
        if self._page == MATRIX and self.query_one("#matrix").size.height:
            self._chart()

    def _left_out(self) -> str:
        assert self._found is not None
        n, missing = len(self._arrows), len(self._found.cases) - len(self._arrows)
        if not n:
            return "No probe was placed both before and after its action: there is no arrow to draw."
        said = "a expected, A landed  ·  " if n <= charts.BOTH_ENDS else f"A landed, {chart.WAY}↗ its way  ·  "
        said += f"{chart.EXPECTED} to {chart.ACTUAL} the chosen one, {chart.EXPECTED_MORE} {chart.ACTUAL_MORE} others there too"
        said += f"  ·  {chart.MANY} several there"
        older = sum(self._signs[case.probe] == chart.MARK for case in self._arrows)
        if older:
            said += f"  ·  {chart.MARK} ↗ {older} older ones, as they moved"
        if missing:
            said += f"  ·  {missing} not here, for they were not placed both before and after"
        return said

    def _legend(self, at: int) -> Content:
        case = self._arrows[at]
        assert case.expected is not None
        assert case.actual is not None
        width = self.query_one("#legend").size.width
        gap = "".join(f"{signed(b - a):>5}" for a, b in zip(case.expected, case.actual, strict=True))
        theirs = f"{clipped(case.whose, 12)}: " if case.whose else ""
        title = clipped(f"{theirs}{case.title}", max(6, width - 14))
        return Content.assemble((self._signs[case.probe], "bold $accent"), (f"{gap}  ", "dim"), title)

    @on(Figures.Roomy)
    def _figures(self) -> None:
        page = self.query_one("#page", Figures)
        if self._page not in FIGURES or not self._found or not self._found.cases or not page.size.height:
            return
        at = self._at[self._page] = max(0, min(self._at[self._page], len(self._counts[self._page]) - 1))
        width, height = self.size.width - 4, page.size.height
        page.show(FIGURES[self._page](self._found, width, height, at), at)

    @property
    def _figure(self) -> Count | None:
        """The figure that is chosen on the page, if it is one of figures."""
        counts = self._counts.get(self._page)
        return counts[min(self._at[self._page], len(counts) - 1)] if counts else None

    # ---------------------------------------------------------------------------------------------------------- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is typed, left and right move in it."""
        return not (action == "turn" and self._page == COUNTS and self.query_one("#ask", Input).value)

    def action_page(self, step: int) -> None:
        """Turn the page."""
        self._page = (self._page + step) % len(PAGES)
        self._draw()

    def action_turn(self, step: int) -> None:
        """The same with the arrows."""
        self.action_page(step)

    def action_move(self, by: int) -> None:
        """Up and down in the list, or among the figures."""
        if self._page in FIGURES:
            if self._figure is not None:
                last = len(self._counts[self._page]) - 1
                self._at[self._page] = min(max(self._at[self._page] + by, 0), last)
                self._figures()
            return
        lines = self.query_one("#counts" if self._page == COUNTS else "#legend", LineList)
        lines.highlighted = (lines.highlighted or 0) + by

    def action_open(self) -> None:
        """The probes behind a line or a figure; on the matrix the probe that is chosen."""
        if self._page == MATRIX:
            at = self.query_one("#legend", LineList).item
            if at is not None:
                self.desk.open_probe(self._arrows[at].probe, "Matrix")
        elif self._page == COUNTS and (trend := self.query_one("#counts", LineList).item) is not None:
            self._behind(behind(trend))
        elif self._page == COUNTS and self._answer.page in PAGES:
            self.action_page(PAGES.index(self._answer.page))
        elif self._figure is not None:
            self._behind(self._figure)

    @on(LineList.Chosen)
    def _clicked(self) -> None:
        self.action_open()

    @on(Figure.Chosen)
    def _clicked_figure(self, message: Figure.Chosen) -> None:
        self._at[self._page] = message.at
        self._figures()
        self.action_open()

    def _behind(self, count: Count) -> None:
        from screens.trends.probes_behind import BehindScreen

        assert self._found is not None
        self.app.push_screen(BehindScreen(count, self._found.cases))

    def action_leave(self) -> None:
        """Back to the logbook; first the field is emptied."""
        field = self.query_one("#ask", Input)
        if self._page == COUNTS and field.value:
            field.value = ""
        else:
            self.app.pop_screen()
