"""A past session on screen, page by page; what people wrote for that room stays behind a key."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens import review_drawing as drawing
from screens.frame.curtain import CurtainedScreen
from screens.frame.entry_line import EntryScreen
from screens.frame.footer import Banner, HintLine, Keys, hinted
from screens.frame.help import REVIEW_HELP
from screens.frame.keys import REVIEW, bindings
from screens.widgets.column_page import ColumnPage, Page
from screens.widgets.entry_field import EntryField
from screens.widgets.matrix import MatrixView
from screens.widgets.panel import BARE, head, titled
from store import entries
from store.debrief import Debrief
from store.entries import Rule
from store.live.live import Step
from store.logbook.search import Sought
from store.matrix import figures
from store.matrix.figures import MatrixFigures
from store.model import Felt, Moment
from store.report import debrief_report
from store.report.section import Section
from store.words.text import clipped, lines_of

PAGES, BARE_PAGES = 22, 19
"""Columns that the list of pages takes, with borders and without, as `review.tcss` says."""

AROUND, BARE_AROUND = 5, 3
"""Columns beside the text of a page that are no text: its border, blanks, the bar to scroll with."""

ROWS = 6
"""Rows of the terminal that are no page, at most, while nothing is entered."""


class ReviewScreen(CurtainedScreen[None], EntryScreen):
    """The pages on the left, the chosen one on the right."""

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = "#pages"
    place = "review"
    numbered = "moments"
    commands = REVIEW
    help_text = REVIEW_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(REVIEW),
        Binding("right,enter", "page(1)", "Next page", show=False),
        Binding("left", "page(-1)", "Page before", show=False),
        Binding("pagedown,space", "scroll(1)", "Down", show=False, priority=True),
        Binding("pageup", "scroll(-1)", "Up", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-bare"), (BARE, "-bordered")]

    _figured: tuple[Debrief, MatrixFigures] | None = None
    """The figures of a debrief's last round."""

    def __init__(self, page: str = "", sought: Sought | None = None) -> None:
        """Begin at the page of that title, if there is one, scrolled to what was sought."""
        super().__init__()
        self._first, self._sought = page, sought
        self._to_found = sought is not None
        self._found_at: int | None = None
        self._rows = 0
        if sought is not None:
            self.set_reactive(ReviewScreen.curtain, sought.curtain)
        self._sections: tuple[Section, ...] = ()
        self.felt = Felt.COMPROMISED
        self._shown = ""
        self._drawn_for: object = None
        self._listed: list[Content] = []

    @property
    def draft_key(self) -> tuple[str, str]:
        return self.live.debrief.session.id, "added later"

    def compose(self) -> ComposeResult:
        yield Static(id="title", markup=False)
        with Horizontal(id="review"):
            yield titled(OptionList(id="pages", markup=False), "Pages", focused=True)
            with titled(Vertical(id="paper"), ""):
                yield ColumnPage(id="page")
                yield MatrixView(id="matrix")
        yield self.entry_line("a moment from a paper map, marked added later")
        yield Banner()
        yield HintLine()
        yield Keys()

    def on_mount(self) -> None:
        self.put_back()
        self.show(self.live.debrief)

    def new_minute(self) -> None:
        """How late the debrief is, and what has passed of a phase whose clock runs."""
        if self._sections:
            self._read(self.live.debrief)
            self.draw_lists()

    def _read(self, debrief: Debrief) -> None:
        drawn = bool(debrief.placements)  # the matrix then has a widget of its own
        self._sections = debrief_report.sections(
            debrief, self.live.now(), min(self._width, drawing.READABLE), not drawn
        )

    def show(self, debrief: Debrief) -> None:
        self.look_for_fresh(debrief)
        self._drawn_for = self.size
        self._read(debrief)
        self.query_one("#title", Static).update(
            Content.assemble(
                (clipped(debrief.probe.title, max(20, self.size.width - 20)), "bold"),
                (f"   {'read only' if self.live.status.read_only else _stands(debrief)}", "dim"),
            )
        )
        pages = self.query_one("#pages", OptionList)
        if pages.option_count != len(self._sections):
            pages.clear_options()
            self._listed = [drawing.listed(section, self.curtain) for section in self._sections]
            pages.add_options(map(Option, self._listed, (section.title for section in self._sections)))
            titles = [section.title for section in self._sections]
            pages.highlighted = titles.index(self._first) if self._first in titles else 0
        self._draw()

    def on_resize(self) -> None:
        """Draw for another size; that of the start has been drawn, but for titles without borders and a place to scroll to."""
        if self.size == self._drawn_for and self.size.width >= BARE and self._sought is None:
            return
        self._to_found = self._sought is not None
        self.call_after_refresh(lambda: self.show(self.live.debrief))

    @property
    def _width(self) -> int:
        """Cells for the text of a page."""
        beside = BARE_PAGES + BARE_AROUND if self.size.width < BARE else PAGES + AROUND
        return self.size.width - beside

    def watch_curtain(self) -> None:
        self._to_found = self._sought is not None
        self._draw()

    @property
    def _section(self) -> Section:
        return self._sections[self.query_one("#pages", OptionList).highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _turned(self) -> None:
        if self._sections and self._section.title != self._shown:
            self._draw()

    def _draw(self) -> None:
        if not self._sections:
            return
        section = self._section
        chart = section.title == "Matrix" and bool(self.live.debrief.placements)
        adding = self._adding
        with self.app.batch_update():
            self.query_one(ColumnPage).display = not chart
            self.query_one(MatrixView).display = chart
            self.query_one("#entry").display = adding
            if chart:
                self.query_one(MatrixView).show(self.live.debrief)
            self._list_pages()
            self.draw_lists()
            self.show_lead()
            if section.title != self._shown:  # a page that is drawn again stays where somebody reads it
                self.query_one(ColumnPage).scroll_home(animate=False)
            self._shown = section.title
        if self._to_found and self._found_at is not None:
            self._to_found = False
            page = self.query_one(ColumnPage)
            self.call_after_refresh(page.scroll_to, y=max(0, self._found_at - page.size.height // 3), animate=False)
        self.say("")

    def _list_pages(self) -> None:
        """Show where the page is in the list, and how many entries each page has by now."""
        pages = self.query_one("#pages", OptionList)
        head(pages, "Pages")
        head(self.query_one("#paper"), self._section.title, f"{(pages.highlighted or 0) + 1} of {len(self._sections)}")
        for at, section in enumerate(self._sections):
            drawn = drawing.listed(section, self.curtain)
            if not drawn.is_same(self._listed[at]):
                self._listed[at] = drawn
                pages.replace_option_prompt_at_index(at, drawn)

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _focus_moved(self) -> None:
        pages = self.query_one("#pages")
        pages.set_class(pages.has_focus, "-focused")

    def draw_lists(self) -> None:
        page = self._page(self._section)
        self._found_at, self._rows = page.row, page.rows
        for column, text in self.query_one(ColumnPage).show(page):
            self._follow_in(column, text)

    def _follow_in(self, column: Static, text: Content) -> None:
        self.follow(column, lambda: text)

    @on(MatrixView.Drawn)
    def _hint_anew(self) -> None:
        self.say("")

    @property
    def _ours(self) -> bool:
        """Whether the probe is ours, and nobody else writes."""
        probe = self.live.debrief.probe
        return not (probe.origin or probe.conflicts_with or self.live.status.read_only)

    @property
    def _adding(self) -> bool:
        """Whether moments from paper maps can be entered here."""
        return self._section.title == "Moments" and self.live.debrief.sealed and self._ours

    def _page(self, section: Section) -> Page:
        width, height = self._width, self.size.height - ROWS
        if not section.lines:
            return drawing.sentence("Nothing was recorded.", section.holds, width)
        if section.raw and self.curtain:
            return drawing.sentence(f"{section.waiting}. F3 opens it.", "", width)
        if section.title == "In short" and drawing.has_room_for_matrix(width, height):
            found = self._found
            if found.actual.centre is not None:
                return drawing.with_matrix(section, found, width, height)
        sought = self._sought if section.title == self._first else None
        moments = self.live.debrief.moments if section.title == "Moments" and self.fresh else ()
        fresh = [at for at, moment in enumerate(moments) if moment in self.fresh]
        return drawing.page(section, width, height, sought, fresh)

    @property
    def _found(self) -> MatrixFigures:
        """The figures of the last round."""
        debrief = self.live.debrief
        if self._figured is None or self._figured[0] is not debrief:
            self._figured = debrief, figures.rounds(debrief)[-1]
        return self._figured[1]

    def standing_hint(self) -> str:
        section, revealed = self._section, self.live.debrief.session.revealed
        on_matrix = section.title == "Matrix"
        page = self.query_one(ColumnPage)
        matrix = self.query_one(MatrixView)
        longer = matrix.longer if matrix.display else self._rows > page.size.height > 0
        rounds = f", round {matrix.round} of {revealed}" if revealed > 1 else ""
        chosen = self.live.debrief.session.kind == "dissent" and self.live.debrief.probe.choice is not None
        hints = [
            "next, its pact: Escape, Ctrl+O" if chosen else "",
            "↑ ↓ turn the pages",
            f"F3 {'opens' if self.curtain else 'draws'} the curtain" if section.raw and section.lines else "",
            "Tab: to the field" if self._adding else "",
            f"→ organisations{rounds}" if on_matrix else "",
            "PageDown scrolls" if longer else "",
        ]
        return hinted(hints, self.size.width - 2)

    def lead(self) -> str:
        felt = entries.read_felt(self.so_far, self.felt)
        return f"{felt.sign} {felt}"

    def rule(self) -> Rule:
        return entries.moment_rule(self.felt)

    def editing_rule(self) -> Rule:
        return entries.replacing_rule("moments", self.rule())

    def last_line(self) -> str | None:
        last = entries.last(self.live.debrief, "moments")
        return entries.line_of(last) if isinstance(last, Moment) and last.added_later else None

    def entered(self, text: str) -> None:
        self.say("Entered, marked added later.")
        self.ask_for_at(self.live.debrief.moments[-len(lines_of(text)) :], self.live.debrief.names)

    @on(EntryField.Turned)
    def _other_feeling(self) -> None:
        self.felt = self.felt.other
        self.show_lead()

    @on(EntryField.Emptied)
    def _to_the_pages(self) -> None:
        self.set_focus(self.query_one("#pages", OptionList))

    def action_page(self, step: int) -> None:
        """Turn the page; on the matrix, people, organisations and rounds in turn."""
        if self._section.title == "Matrix" and self.live.debrief.session.revealed:
            self.query_one(MatrixView).turn()
            self.say("")
            return
        pages = self.query_one("#pages", OptionList)
        pages.highlighted = ((pages.highlighted or 0) + step) % len(self._sections)

    def action_scroll(self, direction: int) -> None:
        """Scroll the page, or what the matrix says in words."""
        if not self.field.has_focus:
            super().action_scroll(direction)

    def action_take_back(self) -> None:
        if (
            not self._adding and not self.live.status.read_only
        ):  # a read-only archive says itself that nothing can be entered
            return
        self.go_back()

    def older(self) -> Step:
        return lambda debrief, _: entries.take_back(debrief, "moments")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What has been debriefed is not debriefed again."""
        if action == "act":
            return self._ours and not self.live.debrief.sealed
        return super().check_action(action, parameters)

    def action_act(self) -> None:
        """Start the debrief or go on with it; it takes the place of this page."""
        id = self.live.debrief.probe.id
        self.app.pop_screen()
        self.host.start_debrief(id)

    def action_leave(self) -> None:
        """Back to the logbook; from the field, empty it and go to the pages."""
        field = self.field
        if field.has_focus:
            field.empty()
        else:
            self.host.leave_session()


def _stands(debrief: Debrief) -> str:
    """How far the session has come."""
    if debrief.sealed:
        return "as it was left"
    return "still open" if debrief.begun else "not debriefed yet"
