"""The first page: a line for each count, and the field that finds lines by typing a question."""

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from screens.trends import counts_drawing as drawing
from screens.trends.behind_pane import BehindPane
from screens.trends.counts_drawing import Columns, Shown
from screens.trends.page import TrendsPage
from screens.widgets.entry_field import PlainInput
from screens.widgets.line_list import LineList
from screens.widgets.panel import head, titled
from store.trends.overview_text import NO_PATTERN, WATCHED
from store.trends.question_words import PAGES
from store.trends.trend_search import Answer
from store.trends.trends import Trend
from store.words.numbers import counted
from store.words.text import clipped, visible

GUIDELINES = "guidelines"
"""The answer that has a screen of its own instead of a page."""

_KEY = "█ the share that was seen  ▒ where it may be, with 95 % confidence"


class CountsPage(Vertical, TrendsPage):
    """The counts, patterns first; a question lists the lines that answer it."""

    title = "what repeats"

    def __init__(self) -> None:
        super().__init__(id="repeats")
        self.typed = ""
        """The question that is answered now."""
        self._answer = Answer(())
        self._shown = Shown((), {}, {})
        self._columns: Columns | None = None
        self._fitted: tuple[Shown, int] | None = None
        """What the columns were made for."""
        self._told = Content("")

    def compose(self) -> ComposeResult:
        with titled(Vertical(id="asking"), "Ask", focused=True):
            yield PlainInput(placeholder="ask, or type a word: do alliances with parties cost us our voice?", id="ask")
        with Container(id="answered"):
            with titled(Vertical(id="counted"), "What repeats"):
                yield Static(id="understood", markup=False)
                yield Static(id="columns", markup=False)
                yield LineList(self._line, id="counts")
            yield BehindPane()

    @property
    def question(self) -> Input:
        return self.query_one("#ask", Input)

    @property
    def _lines(self) -> "LineList[Trend]":
        return self.query_one("#counts", LineList)

    @property
    def _pane(self) -> BehindPane:
        return self.query_one(BehindPane)

    def move(self, by: int) -> None:
        self._lines.move(by)

    @on(LineList.Chosen)
    def open(self) -> None:
        """Open the probes behind the line, or the page that answers the question."""
        trend = self._lines.item
        if trend is not None:
            self.post_message(self.Opened(trend.finding()))
        elif self._answer.page in PAGES and self._answer.page != GUIDELINES:
            self.post_message(self.TurnedTo(self._answer.page))

    @on(BehindPane.Resized)
    @on(LineList.Highlighted)
    def _highlighted(self) -> None:
        """Tell what is highlighted: in the panel beside the list, or where that has no room in the sentence below the page."""
        if self.data is not None and self._pane.display:
            self._pane.soon(self._draw_pane)
        self.post_message(self.Changed())

    def _draw_pane(self) -> None:
        trend = self._lines.item
        said = Content.styled(visible(self._said()), "bold")
        self._pane.put(said, None if trend is None else trend.finding(), self.data)

    @on(Input.Changed)
    def draw(self) -> None:
        """List the lines that answer what is typed; all where nothing is."""
        if self.data is None:
            return
        typed = self.typed = self.question.value
        answer = self._answer = self.data.overview.search.find(typed)
        self._shown = Shown(answer.trends, answer.also, answer.sizes)
        lines = self._lines
        at = lines.item
        self._fit()
        if not (understood := self._understood()).is_same(self._told):
            self._told = understood
            self.query_one("#understood", Static).update(understood)
        n = len(answer.trends)
        head(self.query_one("#counted"), "What repeats", counted(n, "count") if n else "")
        near = answer.trends[: self.screen.size.height]
        lines.put(answer.trends, near.index(at) if at in near and not typed else 0)
        self._highlighted()

    @on(LineList.Resized)
    def _fit(self) -> None:
        """Share the width of the list among its columns, for what is listed."""
        width = self._lines.scrollable_content_region.width
        if (fitted := (self._shown, width)) == self._fitted:
            return
        self._fitted = fitted
        self._columns = drawing.columns(self._shown, width)
        self._lines.forget()
        heads = drawing.heads(self._columns, self._shown) if self._shown.trends else ""
        self.query_one("#columns", Static).update(heads, layout=False)

    def sentence(self) -> str:
        """What is highlighted, where no panel tells it."""
        return "" if self._pane.display else self._said()

    def _said(self) -> str:
        """The highlighted line in a sentence, or what became of the question."""
        trend, answer = self._lines.item, self._answer
        if trend is not None:
            also = ", ".join(f"{each.fact} {each.count} of {each.of}" for each in answer.also.get(trend, ()))
            return f"{trend.in_words()}.{f' Also there: {also}.' if also else ''}"
        if answer.page == GUIDELINES:
            return "What was agreed, and whether it worked, stands in the guidelines: F9 in the logbook."
        if answer.page:
            return f"The page “{answer.page}” tells that: Enter turns to it."
        return f"{_not_known(answer.unknown) or answer.wanting} Escape shows all lines."

    def hints(self, next_page: str) -> list[str]:
        return [
            *(["Enter: the probes behind the line"] if self.data and self._lines.item else []),
            *super().hints(next_page),
            *(["Escape: all lines"] if self.question.value else []),
        ]

    def _understood(self) -> Content:
        """How the question was understood, after a word on whether anything repeats; without a question, what the bars show."""
        assert self.data is not None
        first, said = self.data.overview.trends[0], Content.styled(visible(self._answer.said), "$accent")
        if first.is_pattern:
            return said if self.typed else Content.styled(_KEY, "dim")
        if not self._answer.trends:
            return said
        watched = f" {WATCHED}:" if first.level == "watch" and not self.typed else ""
        return Content.assemble((f"{NO_PATTERN}{watched}", "bold"), " ", said)

    def _line(self, trend: Trend) -> Content:
        assert self._columns is not None
        return drawing.line(trend, self._columns, self._shown)


def _not_known(words: Mapping[str, str]) -> str:
    """The words of a question that nothing is known about, with known ones that are spelled nearly alike."""
    if not words:
        return ""
    named = [f"“{clipped(word, 30)}”{f' (“{near}”?)' if near else ''}" for word, near in list(words.items())[:3]]
    return f"I don't know the word{'s' if len(words) > 1 else ''} {', '.join(named)}: ask in other words."
