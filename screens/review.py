"""A past session on screen, page by page; what people wrote for that room stays behind a key."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.frame.curtain import CurtainedScreen
from screens.frame.entry_line import EntryScreen
from screens.frame.footer import Banner, HintLine, Keys, hinted
from screens.frame.help import REVIEW_HELP
from screens.frame.keys import REVIEW, bindings
from screens.widgets.entry_field import EntryField
from screens.widgets.matrix import MatrixView
from screens.widgets.paragraphs import FRESH, report_lines
from store import entries
from store.debrief import Debrief
from store.entries import Rule
from store.live.live import Step
from store.logbook.search import Sought, spans
from store.model import Felt, Moment
from store.report import debrief_report
from store.report.debrief_report import Section
from store.report.lines import Line
from store.words.text import clipped, lines_of

PAGES_WIDTH = 18
"""Columns that the list of pages takes, as `review.tcss` says."""

READABLE = 110
"""The longest line of text in cells; the eye gets lost on its way back from a longer one."""


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
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

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

    @property
    def draft_key(self) -> tuple[str, str]:
        return self.live.debrief.session.id, "added later"

    def compose(self) -> ComposeResult:
        yield Static(id="title", markup=False)
        with Horizontal(id="review"):
            yield OptionList(id="pages", markup=False)
            with VerticalScroll(id="page", can_focus=False):
                yield Static(id="text", markup=False)
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
            self._sections = debrief_report.sections(self.live.debrief, self.live.now(), self._width)
            self.draw_lists()

    def show(self, debrief: Debrief) -> None:
        self.look_for_fresh(debrief)
        self._sections = debrief_report.sections(debrief, self.live.now(), self._width)
        self.query_one("#title", Static).update(
            Content.assemble(
                (clipped(debrief.probe.title, max(20, self.size.width - 20)), "bold"),
                (f"   {'read only' if self.live.status.read_only else _stands(debrief)}", "dim"),
            )
        )
        pages = self.query_one("#pages", OptionList)
        if pages.option_count != len(self._sections):
            pages.clear_options()
            pages.add_options([Option(section.title) for section in self._sections])
            titles = [section.title for section in self._sections]
            pages.highlighted = titles.index(self._first) if self._first in titles else 0
        self._draw()

    def on_resize(self) -> None:
        self._to_found = self._sought is not None
        self.call_after_refresh(lambda: self.show(self.live.debrief))

    @property
    def _width(self) -> int:
        """Cells for the text of a page."""
        return min(self.size.width - PAGES_WIDTH - 5, READABLE)

    def watch_curtain(self) -> None:
        self._to_found = self._sought is not None
        self._draw()

    @property
    def _section(self) -> Section:
        return self._sections[self.query_one("#pages", OptionList).highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _draw(self) -> None:
        if not self._sections:
            return
        section = self._section
        chart = section.title == "Matrix" and bool(self.live.debrief.placements)
        adding = self._adding
        with self.app.batch_update():
            self.query_one("#page").display = not chart
            self.query_one(MatrixView).display = chart
            self.query_one("#entry").display = adding
            if chart:
                self.query_one(MatrixView).show(self.live.debrief)
            self.draw_lists()
            self.show_lead()
            if section.title != self._shown:  # a page that is drawn again stays where somebody reads it
                self.query_one("#page", VerticalScroll).scroll_home(animate=False)
            self._shown = section.title
        if self._to_found and self._found_at is not None:
            self._to_found = False
            page = self.query_one("#page", VerticalScroll)
            self.call_after_refresh(page.scroll_to, y=max(0, self._found_at - page.size.height // 3), animate=False)
        self.say("")

    def draw_lists(self) -> None:
        self._found_at = None
        text = self._page(self._section)
        self._rows = text.plain.count("\n") + 1
        self.put("text", [text])

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

    def _page(self, section: Section) -> Content:
        draw = partial(report_lines, width=self._width)
        if not section.lines:
            page = Content("Nothing was recorded.")
        elif section.raw and self.curtain:
            page = Content(f"Curtain drawn: {section.kept}. F3 opens it.")
        elif self._sought is not None and section.title == self._first:
            page, row = _marked(section.lines, draw, self._sought)
            self._found_at = None if row is None else row + 2
        else:
            page = draw(section.lines)
            for at, moment in enumerate(self.live.debrief.moments if section.title == "Moments" else ()):
                if moment in self.fresh:
                    page = page.stylize(FRESH, *_reach(section.lines, at, draw))
        return Content("\n").join([Content.styled(section.title, "bold $accent"), Content(""), page])

    def standing_hint(self) -> str:
        section, revealed = self._section, self.live.debrief.session.revealed
        on_matrix = section.title == "Matrix"
        page = self.query_one("#page", VerticalScroll)
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


def _reach(lines: Sequence[Line], at: int, draw: Callable[[Sequence[Line]], Content]) -> tuple[int, int]:
    """From where to where a line of a page reaches as `draw` draws it, in characters."""
    return len(draw(lines[:at])) + (at > 0), len(draw(lines[: at + 1]))


def _marked(
    lines: Sequence[Line], draw: Callable[[Sequence[Line]], Content], sought: Sought
) -> tuple[Content, int | None]:
    """The lines of a page as `draw` draws them, every word that was typed underlined, and reversed in the record itself.

    Also the row in which that record has the first of them; None where it isn't on the page.
    """
    page, row = draw(lines), None
    at = sought.line_in([*map(str, lines)])
    start, stop = (0, 0) if at is None else _reach(lines, at, draw)
    for first, last in reversed(spans(page.plain, sought.typed)):
        here = start <= first < stop
        page = page.stylize("bold reverse" if here else "bold underline", first, last)
        row = page.plain.count("\n", 0, first) if here else row
    return page, row
