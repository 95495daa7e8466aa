"""What the probes tell together, page by page: what repeats, all on one matrix, sovereignty, time, rhythm, track record."""

from collections.abc import Iterable, Iterator

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from screens.frame.base import BaseScreen, Finished, WorkProgress
from screens.frame.footer import Banner, Keys
from screens.frame.help import TRENDS_HELP
from screens.frame.keys import ACROSS, MOVING, bindings
from screens.trends.counts_page import CountsPage
from screens.trends.matrix_page import MatrixPage
from screens.trends.page import BESIDE, TrendsData, TrendsPage
from screens.trends.panel_pages import RecordPage, RhythmPage, SovereigntyPage, TimePage
from screens.trends.panels import PanelsPage
from screens.widgets.panel import BARE
from screens.widgets.pressable import chosen, placed
from screens.widgets.time_bar import bar
from store.trends import overview
from store.trends.case import Case, letters, of_ours
from store.trends.finding import Finding
from store.trends.overview_text import EMPTY, probes_counted

PAGES: tuple[type[CountsPage | MatrixPage | PanelsPage], ...] = (
    CountsPage,
    MatrixPage,
    SovereigntyPage,
    TimePage,
    RhythmPage,
    RecordPage,
)
ROOMY = 66
"""Columns from which a blank parts the pages in their row."""
_BEGIN = "Escape goes back to the logbook, where Enter starts the debrief that is due."


def with_findings(found: Iterable[float | overview.Overview]) -> Iterator[float | TrendsData]:
    """What is read, with the findings of each page: made aside too, since a thousand probes take a while."""
    for each in found:
        if isinstance(each, float):
            yield each
        else:
            findings: dict[str, tuple[Finding, ...]] = {}
            for page in PAGES if each.cases else ():
                if issubclass(page, PanelsPage):
                    findings[page.title] = page.findings(each)
                    yield 0.95
            yield TrendsData(each, letters(each.cases), findings)


class TrendsScreen(BaseScreen[None]):
    """A row of pages, one of which is shown; the first lists the counts and answers questions."""

    CSS_PATH = "trends.tcss"
    AUTO_FOCUS = "#ask"
    commands = ACROSS
    help_text = TRENDS_HELP
    HORIZONTAL_BREAKPOINTS = [(0, "-bare"), (BARE, "-narrow"), (BESIDE, "-wide"), (150, "-vast")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    BINDINGS = [
        *bindings(ACROSS),
        *MOVING,
        Binding("tab", "page(1)", "Next page", show=False, priority=True),
        Binding("shift+tab", "page(-1)", "Page before", show=False, priority=True),
        Binding("right", "turn(1)", "Next page", show=False, priority=True),
        Binding("left", "turn(-1)", "Page before", show=False, priority=True),
        Binding("enter", "open", "Open", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: TrendsData | None = None
        self._all: tuple[Case, ...] = ()
        self._pages: tuple[TrendsPage, ...] = tuple(page() for page in PAGES)
        self._counts = self._pages[0]
        self._page = self._counts
        self._ours = False
        self._wrong = ""
        self._told: object = None
        self._hinted = ""

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield Static(id="rail", markup=False)
        yield from self._pages
        yield Static(id="said", markup=False)
        yield Banner()
        yield Static(id="hint", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """Show the screen, then have the archive read; the screen can be used meanwhile."""
        self._draw()
        self.call_after_refresh(self.host.read_aside, lambda archive: with_findings(overview.build(archive)), self)

    # --------------------------------------------------------------------------------------------------- what was read

    @on(WorkProgress)
    def _reading(self, message: WorkProgress) -> None:
        if self._found is None:
            said = self.query_one("#said", Static)
            said.update(f"Reading the logbook  {bar(message.share, 30)}", layout=False)

    @on(Finished)
    def _read(self, message: Finished) -> None:
        self._wrong = message.wrong
        if not message.wrong:
            self._found = found = message.found
            self._all = self._all or found.cases
            for page in self._pages if found.cases else ():
                page.show(found)
        self._draw()

    def action_ours(self) -> None:
        if self._found is None:
            return
        if not self._ours and all(not case.whose for case in self._all):
            self._hint("All of these probes are ours: there are none of other groups to leave out.")
            return
        self._ours = not self._ours
        cases = of_ours(self._all) if self._ours else self._all
        recurrences = self._found.overview.recurrences
        self.host.read_aside(lambda _: with_findings([overview.overview(cases, recurrences)]), self)

    # --------------------------------------------------------------------------------------------------------- drawing

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    @property
    def _has_cases(self) -> bool:
        return self._found is not None and bool(self._found.cases)

    def _draw(self) -> None:
        with self.app.batch_update():
            self._draw_head()
            for page in self._pages:
                page.display = page is self._page
                page.visible = self._has_cases or page is self._counts
            self._counts.set_class(self._found is not None and not self._has_cases, "-empty")
            self.set_focus(self.query_one("#ask") if self._page is self._counts else None)
            if self._has_cases and not self._wrong:
                self._page.draw()
            self._tell()

    def _draw_head(self) -> None:
        said = probes_counted(self._found.overview) if self._found else ""
        ours = "   OURS ALONE" if self._ours else ""
        demo = "   DEMO" if self.live.demo else ""
        head = Content.assemble(("Trends", "bold"), f"   {said}", (ours + demo, "bold $warning"))
        self.query_one("#head", Static).update(head)
        row = [
            Content.styled(f"▸{page.title.upper()}◂", "bold reverse")
            if page is self._page
            else placed(Content.styled(f" {page.title} ", "dim"), at)
            for at, page in enumerate(self._pages)
        ]
        self.query_one("#rail", Static).update(Content(" " if self.size.width >= ROOMY else "").join(row))

    @on(TrendsPage.Changed)
    def _tell(self) -> None:
        if self._wrong:
            sentence = self._wrong
        elif self._has_cases:
            sentence = self._page.sentence()
        else:
            sentence = "Reading the logbook …" if self._found is None else f"{EMPTY} {_BEGIN}"
        is_key = self._has_cases and not self._wrong and self._page.is_key
        if (told := (sentence, bool(self._wrong), is_key, self.size)) != self._told:
            self._told = told
            said = self.query_one("#said", Static)
            drawn = Content(sentence)
            # The page above it keeps its size, where it takes as many rows as before.
            stays = said.display and len(drawn.wrap(max(1, self.size.width - 2))) == said.content_size.height
            said.display = bool(sentence)
            said.set_class(bool(self._wrong), "-wrong")
            said.set_class(is_key, "-key")
            said.update(drawn, layout=not stays)
        self._hint("")

    def _hint(self, sentence: str) -> None:
        next_page = self._pages[(self._pages.index(self._page) + 1) % len(self._pages)]
        hints = self._page.hints(next_page.title)
        if (said := sentence or "  ·  ".join(hints)) != self._hinted:
            self._hinted = said
            self.query_one("#hint", Static).update(said, layout=False)

    # ------------------------------------------------------------------------------------------------------------ keys

    @property
    def _typing(self) -> bool:
        return self._page is self._counts and bool(self.query_one(CountsPage).question.value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is typed, left and right move in it."""
        return not (action == "turn" and self._typing)

    def action_page(self, step: int) -> None:
        self._page = self._pages[(self._pages.index(self._page) + step) % len(self._pages)]
        self._draw()

    action_turn = action_page

    def on_click(self, event: Click) -> None:
        """A click on the title of a page turns to it."""
        if (at := chosen(event)) is not None:
            self.action_page(at - self._pages.index(self._page))
        else:
            super().on_click(event)

    def action_move(self, by: int) -> None:
        self._page.move(by)

    def action_open(self) -> None:
        self._page.open()

    @on(TrendsPage.TurnedTo)
    def _turned(self, message: TrendsPage.TurnedTo) -> None:
        self._page = next(page for page in self._pages if page.title == message.title)
        self._draw()

    @on(TrendsPage.Opened)
    def _opened(self, message: TrendsPage.Opened) -> None:
        from screens.trends.probes_behind import BehindScreen

        assert self._found is not None
        self.app.push_screen(BehindScreen(message.finding, self._found))

    def action_leave(self) -> None:
        """Back to the logbook; first the field is emptied."""
        if self._typing:
            self.query_one(CountsPage).question.value = ""
        else:
            self.app.pop_screen()
