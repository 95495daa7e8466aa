"""The first page: a line for each count, and the field that finds lines by typing a question."""

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from screens.trends.page import TrendsData, TrendsPage
from screens.widgets.entry_field import PlainInput
from screens.widgets.line_list import LineList
from store.trends.overview_text import NO_PATTERN, WATCHED
from store.trends.question_words import PAGES
from store.trends.trend_search import Answer
from store.trends.trends import EVERYWHERE, Trend
from store.words.numbers import signed
from store.words.text import clipped, visible

GUIDELINES = "guidelines"
"""The answer that has a screen of its own instead of a page."""

WIDE = 96
"""Columns from which a line says what happened in full, and what happened elsewhere."""


class CountsPage(Vertical, TrendsPage):
    """The counts, patterns first; a question lists the lines that answer it."""

    title = "what repeats"

    def __init__(self) -> None:
        super().__init__(id="repeats")
        self.typed = ""
        """The question that is answered now."""
        self._answer = Answer(())
        self._widths = (0, 10, 10, 10, 0)
        """Columns for the mark, for how often, for what happened, for in which probes, and for elsewhere."""

    def compose(self) -> ComposeResult:
        yield PlainInput(placeholder="ask, or type a word: do alliances with parties cost us our voice?", id="ask")
        yield Static(id="understood", markup=False)
        yield Static(id="columns", markup=False)
        yield LineList(self._line, id="counts")

    @property
    def question(self) -> Input:
        return self.query_one("#ask", Input)

    @property
    def _lines(self) -> "LineList[Trend]":
        return self.query_one("#counts", LineList)

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

    @on(LineList.Highlighted)
    def _highlighted(self) -> None:
        self.post_message(self.Changed())

    @on(Input.Changed)
    def draw(self) -> None:
        """List the lines that answer what is typed; all where nothing is."""
        if self.data is None:
            return
        typed = self.typed = self.question.value
        answer = self._answer = self.data.overview.search.find(typed)
        lines = self._lines
        at = lines.item
        self._fit(answer.trends)
        self.query_one("#understood", Static).update(visible(answer.said))
        self.query_one("#columns", Static).update(self._columns(self.data) if answer.trends else "")
        lines.forget()
        near = answer.trends[: self.screen.size.height]
        lines.put(answer.trends, near.index(at) if at in near and not typed else 0)
        self.post_message(self.Changed())

    def sentence(self) -> str:
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

    @property
    def _is_wide(self) -> bool:
        return self.screen.size.width >= WIDE

    def _fit(self, found: Sequence[Trend]) -> None:
        """Make the columns as wide as what is listed, and leave the rest to the probes that a line is about."""
        mark = max((len(each.mark) for each in found), default=-1) + 1
        often = max(9, *(len(f"{each.count} of {each.of}") for each in found)) + 1 if found else 10
        fact = max((len(self._fact(each)) for each in found), default=0) + 1
        there = 20 if self._is_wide else 0
        rest = self._lines.scrollable_content_region.width - mark - often - 8 - fact - there
        self._widths = (mark, often, fact, max(8, rest), there)

    def _fact(self, trend: Trend) -> str:
        """What happened, shorter where the terminal is narrow, and how much else happened there."""
        fact = trend.fact if self._is_wide else trend.fact.replace(" capacity", "").removeprefix("the room was ")
        fact = clipped(
            fact, self.screen.size.width * 7 // 20
        )  # two facts that are asked for together are said in full above
        also = self._answer.also.get(trend)
        return f"{fact} +{len(also)}" if also else fact

    def _columns(self, data: TrendsData) -> Content:
        mark, often, fact, value, there = self._widths
        share = "median" if self._answer.sizes else "of 100"
        head = f"{'':<{mark}}{'how often':<{often}}{share:<8}{'what happened':<{fact}}{'in probes':<{value}}"
        said = Content.styled(f"{head}{'elsewhere' if there else ''}", "dim")
        first = data.overview.trends[0]
        if first.is_pattern:
            return said
        watched = f" {WATCHED}:" if first.level == "watch" and not self.typed else ""
        return Content("\n").join([Content.styled(f"{NO_PATTERN}{watched}", "bold"), said])

    def _line(self, trend: Trend) -> Content:
        mark, often, fact, value, there = self._widths
        size = self._answer.sizes.get(trend)
        share = (
            f"{trend.low * 100:.0f}–{trend.high * 100:.0f}"
            if not self._answer.sizes
            else ""
            if size is None
            else signed(size)
        )
        dimension = {EVERYWHERE: "all", "partner": "with", "issue": "about"}.get(trend.dimension, f"{trend.dimension}:")
        where = clipped(
            f"{dimension} {'all held' if trend.value == 'held' else trend.value}".strip(), max(4, value - bool(there))
        )
        elsewhere = f"{trend.elsewhere[0]} of {trend.elsewhere[1]}" if there and trend.elsewhere[1] else ""
        if there and trend.has_opposite:
            elsewhere = f"the opposite {trend.against}"
        return Content.assemble(
            (f"{trend.mark:<{mark}}" if mark else "", "bold $warning" if trend.is_pattern else "dim"),
            (f"{f'{trend.count} of {trend.of}':<{often}}", "bold"),
            f"{share:<8}",
            (f"{self._fact(trend):<{fact}}", "bold" if trend.is_pattern else ""),
            f"{where:<{value}}{elsewhere}",
        )


def _not_known(words: Mapping[str, str]) -> str:
    """The words of a question that nothing is known about, with known ones that are spelled nearly alike."""
    if not words:
        return ""
    named = [f"“{clipped(word, 30)}”{f' (“{near}”?)' if near else ''}" for word, near in list(words.items())[:3]]
    return f"I don't know the word{'s' if len(words) > 1 else ''} {', '.join(named)}: ask in other words."
