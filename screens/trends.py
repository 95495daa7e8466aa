"""What the probes tell together, page by page: what repeats, all of them on one matrix, sovereignty, time, the rhythm."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from screens.about import ABOUT_TRENDS
from screens.commands import ACROSS, bindings
from screens.desk import Finished, Share
from screens.sized import Sized
from screens.widgets import across
from screens.widgets.banner import Banner
from screens.widgets.entry import PlainInput
from screens.widgets.keys import Keys
from screens.widgets.lines import Lines
from screens.widgets.matrix import coloured
from screens.widgets.timebar import bar
from store.across import overview
from store.across.cases import Case, of_ours
from store.across.overview import Overview
from store.across.trends import EVERYWHERE, Trend, in_words
from store.session import chart
from store.words.figures import signed
from store.words.text import clipped

PAGES = ("what repeats", "matrix", "sovereignty", "time", "rhythm")
COUNTS, MATRIX = 0, 1

LEGEND = 30
"""Columns that the list beside the chart takes at the least."""

ROOMY = 30
"""Rows of the terminal from which the measures are parted by empty lines."""


class TrendsScreen(Sized[None]):
    """A row of pages; the first lists the counts and is asked by typing."""

    CSS_PATH = "trends.tcss"
    AUTO_FOCUS = "#ask"
    commands = ACROSS
    about = ABOUT_TRENDS
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
        self._page = COUNTS
        self._ours = False
        self._unknown: tuple[str, ...] = ()
        self._typed = ""
        self._wrong = ""

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield Static(id="rail", markup=False)
        yield PlainInput(placeholder="ask, or type a word: do alliances with parties cost us our voice?", id="ask")
        yield Static(id="columns", markup=False)
        yield Lines(self._row, id="counts")
        with Horizontal(id="matrix"):
            yield Static(id="chart", markup=False)
            yield Lines(self._legend, id="legend")
        with VerticalScroll(id="page", can_focus=False):
            yield Static(id="text", markup=False)
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
        self.query_one("#legend", Lines).put(tuple(range(len(self._arrows))), 0)
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

        def anew(_: Any) -> Iterator[Overview]:
            yield overview.overview(cases)

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
                {COUNTS: self._list, MATRIX: self._chart}.get(self._page, self._text)()
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
        self.query_one("#rail", Static).update(Content(" ").join(row))

    def _tell(self, sentence: str, wrong: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.display = True
        said.set_class(wrong, "-wrong")
        said.update(sentence)

    def _hint(self, sentence: str) -> None:
        there = self._found is not None and bool(self._found.cases)
        hints: list[str] = []
        if self._page == COUNTS and there and self.query_one("#counts", Lines).item:
            hints.append("Enter: the probes behind the line")
        if self._page == MATRIX and self._arrows:
            hints.append("↑ ↓ choose a probe  ·  Enter opens it")
        if self._page > MATRIX and there:
            hints.append("PageDown scrolls")
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
        answer = self._found.asking.find(typed)
        lines = self.query_one("#counts", Lines)
        at = lines.item
        self._unknown = answer.unknown
        self.query_one("#columns", Static).update(self._columns())
        near = answer.trends[: self.size.height]
        lines.put(answer.trends, near.index(at) if at in near and not typed else 0)
        self._detail()

    @on(Lines.Highlighted)
    def _chosen(self) -> None:
        if self._page == COUNTS:
            self._detail()
        elif self._page == MATRIX:
            self._chart()

    def _detail(self) -> None:
        trend = self.query_one("#counts", Lines).item
        unknown = (
            f"Nothing is counted under {', '.join(f'“{clipped(word, 30)}”' for word in self._unknown[:3])}. "
            if self._unknown
            else ""
        )
        if trend is None:
            self._tell(f"{unknown or 'No line holds all of these words. '}Escape shows all lines.")
        else:
            self._tell(f"{unknown}{in_words(trend)}.")
        self._hint("")

    def _widths(self) -> tuple[int, int]:
        """Columns for the probes of which a line is, and for what happened elsewhere, which a narrow terminal leaves out."""
        rest = self.query_one("#counts", Lines).scrollable_content_region.width - 10 - 12 - 9 - 31
        elsewhere = 20 if rest > 44 else 0
        return max(8, rest - elsewhere), elsewhere

    def _columns(self) -> Content:
        value, elsewhere = self._widths()
        return Content.styled(
            f"{'':<10}{'how often':<12}{'of 100':<9}{'what happened':<31}{'in probes':<{value}}{'elsewhere' if elsewhere else ''}",
            "dim",
        )

    def _row(self, trend: Trend) -> Content:
        value, elsewhere = self._widths()
        share = f"{trend.low * 100:.0f}–{trend.high * 100:.0f}"
        dimension = {EVERYWHERE: "all", "partner": "with", "issue": "about"}.get(trend.dimension, f"{trend.dimension}:")
        where = clipped(
            f"{dimension} {'all held' if trend.value == 'held' else trend.value}".strip(), max(4, value - 1)
        )
        there = f"{trend.elsewhere[0]} of {trend.elsewhere[1]}" if elsewhere and trend.elsewhere[1] else ""
        known = trend.is_pattern
        return Content.assemble(
            (f"{trend.mark:<10}", "bold $warning" if known else "dim"),
            (f"{f'{trend.count} of {trend.of}':<12}", "bold"),
            f"{share:<9}",
            (f"{trend.fact:<31}", "bold" if known else ""),
            f"{where:<{value}}{there}",
        )

    # --------------------------------------------------------------------------------------------------- the others

    def _chart(self) -> None:
        legend = self.query_one("#legend", Lines)
        drawn = self.query_one("#chart", Static)
        height = self.query_one("#matrix").size.height
        if not height:
            self.call_after_refresh(self._chart_if_there)
            return
        pairs = [(case.expected, case.actual) for case in self._arrows if case.expected and case.actual]
        rows = chart.arrows(pairs, legend.highlighted, self.size.width - LEGEND - 4, height)
        drawn.update(coloured(rows))
        self._tell(self._left_out())

    def _chart_if_there(self) -> None:
        if self._page == MATRIX and self.query_one("#matrix").size.height:
            self._chart()

    def _left_out(self) -> str:
        assert self._found is not None
        n, missing = len(self._arrows), len(self._found.cases) - len(self._arrows)
        if not n:
            return "No probe was placed both before and after its action: there is no arrow to draw."
        said = "a expected, A landed  ·  " if n <= chart.BOTH_ENDS else f"A landed, {chart.WAY} its way  ·  "
        said += f"{chart.EXPECTED} to {chart.ACTUAL} the chosen one  ·  {chart.MANY} several there"
        if n > chart.LETTERED:
            said += f"  ·  {chart.MARK} {n - chart.LETTERED} older ones"
        if missing:
            said += f"  ·  {missing} not here, for they were not placed both before and after"
        said += "  ·  the numbers: autonomy and benefit against what was expected"
        return said

    def _legend(self, at: int) -> Content:
        case = self._arrows[at]
        assert case.expected is not None
        assert case.actual is not None
        width = self.query_one("#legend").size.width
        gap = "".join(f"{signed(b - a):>5}" for a, b in zip(case.expected, case.actual, strict=True))
        theirs = f"{clipped(case.whose, 12)}: " if case.whose else ""
        title = clipped(f"{theirs}{case.title}", max(6, width - 14))
        return Content.assemble((chart.lettered(at), "bold $accent"), (f"{gap}  ", "dim"), title)

    def _text(self) -> None:
        assert self._found is not None
        width = self.size.width - 4
        draw: dict[int, Callable[[], Content]] = {
            2: lambda: across.sovereignty(cast(Overview, self._found), width, self.size.height >= ROOMY),
            3: lambda: across.times(cast(Overview, self._found), width),
            4: lambda: across.beat(cast(Overview, self._found)),
        }
        self.query_one("#text", Static).update(draw[self._page]())
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)

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
        """Up and down in the list, or the page."""
        if self._page > MATRIX:
            page = self.query_one("#page", VerticalScroll)
            page.scroll_relative(y=by, animate=False)
            return
        lines = self.query_one("#counts" if self._page == COUNTS else "#legend", Lines)
        lines.highlighted = (lines.highlighted or 0) + by

    def action_open(self) -> None:
        """The probes behind a line; on the matrix the probe that is chosen."""
        if self._page == MATRIX:
            at = self.query_one("#legend", Lines).item
            if at is not None:
                self.desk.open_probe(self._arrows[at].probe, "Matrix")
        elif self._page == COUNTS and (trend := self.query_one("#counts", Lines).item) is not None:
            self._behind(trend)

    @on(Lines.Chosen)
    def _clicked(self) -> None:
        self.action_open()

    def _behind(self, trend: Trend) -> None:
        from screens.behind import BehindScreen

        assert self._found is not None
        self.app.push_screen(BehindScreen(trend, self._found.cases))

    def action_leave(self) -> None:
        """Back to the logbook; first the field is emptied."""
        field = self.query_one("#ask", Input)
        if self._page == COUNTS and field.value:
            field.value = ""
        else:
            self.app.pop_screen()
