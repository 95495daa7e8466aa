"""Search everything as one types: each result says where it is, and Enter goes there."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content, Span
from textual.widgets import Input, Static

from screens.frame.base import Finished, WorkProgress
from screens.frame.curtain import CurtainedScreen
from screens.frame.footer import Banner, Keys
from screens.frame.help import SEARCH_HELP
from screens.frame.keys import CURTAINED, MOVING, bindings
from screens.widgets.entry_field import PlainInput
from screens.widgets.line_list import LineList
from screens.widgets.panel import BARE, head, titled
from screens.widgets.time_bar import bar
from store.logbook import search
from store.logbook.search import MOST, SearchHit, SearchIndex, Sought
from store.logbook.search_index import build
from store.trends.case import MEASURES
from store.words.question import keywords
from store.words.sought import has_phrase
from store.words.text import clipped

_PAGES = {
    "dissent": "Dissent",
    "proposal": "Proposals",
    "observation": "Observations",
    "moment": "Moments",
    "pattern": "Patterns",
    "person": "Who was there",
    "amendment": "Amendments",
    "why no amendment": "Amendments",
    "close": "Close",
    **dict.fromkeys((*MEASURES, "answer before", "answer after"), "Sovereignty"),
}
"""The page of the review that has a kind of text; all others are on the page “Probe”."""

GUIDELINE = "guideline"
"""The kind of text across probes that has a screen of its own."""


SEARCHED = {
    True: "   what is public  ·  F3: patterns, names and what people wrote too",
    False: "   everything that was written, in every probe",
}
"""What is searched, by whether the curtain is drawn."""


BESIDE = 110
"""Columns from which the whole text of a result stands beside the list; with fewer, as much of it as fits into two rows below."""

TEXT, TITLE = 30, 14
"""Cells that the text of a result keeps, whatever else is in its line; and that the title of its probe needs to be there at all."""


class SearchScreen(CurtainedScreen[None]):
    """A field and the list of results; the arrows move in it while the field has the focus.

    While the curtain is drawn only what is public is searched: a count of the rest would answer whoever asks cleverly.
    """

    CSS_PATH = "search.tcss"
    AUTO_FOCUS = "#typed"
    commands = CURTAINED
    help_text = SEARCH_HELP
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CURTAINED), *MOVING]
    HORIZONTAL_BREAKPOINTS = [(0, "-bare"), (BARE, "-narrow"), (BESIDE, "-wide")]

    _index: SearchIndex | None = None
    _typed = ""
    _needs = (0, 0)
    """Cells that the longest kind and the longest title of what was found need."""

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with titled(Vertical(id="find"), "Find", focused=True):
            yield PlainInput(placeholder="type any words", id="typed")
            yield Static(id="count", markup=False)
        with Container(id="results"):
            with titled(Vertical(id="listed"), "Results"):
                yield LineList(self._row, id="found")
            with titled(VerticalScroll(id="one", can_focus=False), "In full"):
                yield Static(id="whole", markup=False)
        yield Banner()
        yield Static(id="hint", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """Build the index in a thread; one can type meanwhile."""
        self._show_head()
        self.say("Reading every text …")
        self.host.read_aside(build, self)

    @on(WorkProgress)
    def _reading(self, message: WorkProgress) -> None:
        if self._index is None:
            self.say(f"Reading every text  {bar(message.share, 30)}")

    @on(Finished)
    def _read(self, message: Finished) -> None:
        if message.wrong:
            self.say(message.wrong)
        else:
            self._index = message.found
            self._find()

    def say(self, sentence: str, wrong: bool = False) -> None:
        """Say something above the results."""
        self.query_one("#count", Static).update(sentence, layout=False)

    @on(Input.Changed)
    def _find(self) -> None:
        if self._index is None:
            return
        self._typed = self.query_one("#typed", Input).value
        index, asked = self._index if not self.curtain else self._index.public, ""
        found = index.find(self._typed)
        phrase = has_phrase(self._typed)
        if not found and not phrase and (words := keywords(self._typed)) and (found := index.find(words)):
            self._typed, asked = words, f"Looked for “{clipped(words, 60)}”: "
        lines = self.query_one("#found", LineList)
        lines.forget()
        self._needs = (
            max((len(item.where) for item in found), default=0),
            max((len(self._title(item)) for item in found), default=0),
        )
        lines.put(found, 0)
        if not self._typed.strip():
            said = f"{len(index):,} texts. Type any words: each has to be in the text."
        elif not found:
            said = (
                "Nothing holds these words together: without the quotation marks they may stand apart."
                if phrase
                else "Nothing holds all of these words."
            )
        else:
            some = f"The first {MOST}; another word narrows them." if len(found) == MOST else f"{len(found)} found."
            said = asked + some
        self.say(said)
        self._about()

    def watch_curtain(self) -> None:
        self._show_head()
        self._find()

    def _show_head(self) -> None:
        self.query_one("#head", Static).update(Content.assemble(("Search", "bold"), SEARCHED[self.curtain]))

    def on_resize(self) -> None:
        """The lines follow the width by themselves."""
        self._about()

    def _title(self, item: SearchHit) -> str:
        assert self._index is not None
        return self._index.titles.get(item.probe, "") if item.probe else "held across probes"

    def _row(self, item: SearchHit) -> Content:
        width = max(40, self.query_one("#found", LineList).scrollable_content_region.width)
        where, title = (need + 2 for need in self._needs)
        where = min(where, 20)
        title = min(title, width - where - TEXT)
        if title < TITLE:
            title = 0
        lead = Content.assemble(
            (f"{clipped(item.where, where - 1):<{where}}", "bold $accent"),
            (f"{clipped(self._title(item), title - 2):<{title}}" if title else "", "dim"),
        )
        return lead + self._excerpt(item, width - where - title)

    def _excerpt(self, item: SearchHit, room: int) -> Content:
        text, marked = search.excerpt(item.text, self._typed, room)
        return Content(text, [Span(start, stop, "bold underline") for start, stop in marked])

    @on(LineList.Highlighted)
    def _about(self) -> None:
        lines = self.query_one("#found", LineList)
        item: SearchHit | None = lines.item
        whole, hint = self.query_one("#whole", Static), self.query_one("#hint", Static)
        head(self.query_one("#find"), "Find")
        listed = f"{(lines.highlighted or 0) + 1} of {len(lines.items)}" if item else ""
        head(self.query_one("#listed"), "Results", listed)
        head(self.query_one("#one"), item.where.capitalize() if item else "In full")
        if item is None:
            whole.update("")
            hint.update("Escape goes back", layout=False)
            return
        beside = self.size.width >= BESIDE
        room = len(item.text) + 1 if beside else max(40, (self.size.width - 6) * 2)
        title = Content.styled(clipped(self._title(item), 200 if beside else self.size.width - 6), "bold")
        whole.update(Content("\n\n" if beside else "\n").join([title, self._excerpt(item, room)]))
        self.query_one("#one").scroll_home(animate=False)
        does = "It is held across probes: there is no probe to open"
        if item.probe:
            does = "Enter opens the probe there"
        elif item.kind == GUIDELINE:
            does = "Enter: where it comes from"
        hint.update(f"{does}  ·  Escape {'empties the field' if self._typed else 'goes back'}", layout=False)

    def action_move(self, by: int) -> None:
        self.query_one("#found", LineList).move(by)

    @on(Input.Submitted)
    @on(LineList.Chosen)
    def _open(self) -> None:
        item: SearchHit | None = self.query_one("#found", LineList).item
        if item is None:
            return
        if item.kind == GUIDELINE:
            self._open_guideline(item.number)
        elif item.probe:
            sought = Sought(self._typed, item.text, item.number, self.curtain)
            self.host.open_probe(item.probe, _PAGES.get(item.kind, "Probe"), sought)

    def _open_guideline(self, number: int) -> None:
        from screens.book.guideline import GuidelineScreen

        steps, held = self.live.logbook.lineage(number), self.live.logbook.framework()
        if steps and held is not None:
            self.app.push_screen(GuidelineScreen(number, steps, held.past.debriefs))

    def action_leave(self) -> None:
        """Back to the logbook; first the field is emptied."""
        field = self.query_one("#typed", Input)
        if field.value:
            field.value = ""
        else:
            self.app.pop_screen()
