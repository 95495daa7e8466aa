"""The wall: the time, the question and a count in large letters, and what the room has revealed.

It draws one value, `store.wall.shown.Public`, on the projector's window and in the wall view of the operator's own screen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from screens.widgets.large_text import BigDigits, Poster
from screens.widgets.time_bar import TimeBar

if TYPE_CHECKING:  # the wall's window draws its first frame before the models are needed
    from screens.frame.clock_face import ClockFace
    from store.wall.shown import Public

AROUND = 5
"""Rows around the wall view of the operator: the title, the phases, the entry line, the hint and the keys."""

AROUND_CURTAIN = {30: 14, 0: 8}
"""Rows around a chart behind the curtain, by the terminal's least rows: the clock is higher where there are many."""

BESIDE_CHART = {180: 67, 110: 43, 0: 32}
"""By the terminal's least columns, how many of them the clock and the words take beside a chart: the chart is the larger."""


def _third(rows: int) -> int:
    """Rows that the question may take on the wall; on a low terminal the digits come first."""
    return rows // 3 - 1 if rows >= 30 else rows // 5


class Drawing(Widget):
    """Something that is drawn for the room that it gets."""

    DEFAULT_CSS = """
    Drawing { width: 1fr; height: 1fr; }
    """

    draw: reactive[Callable[[int, int], Content]] = reactive(lambda: lambda columns, rows: Content(""), layout=True)
    """Draws it for so many columns and rows."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        drawn = self.draw(width, container.height)
        return drawn.plain.count("\n") + 1 if drawn.plain else 0

    def render(self) -> Content:
        return self.draw(*self.content_size)


class Wall(Horizontal):
    """The clock and the words; a chart goes on their left. Nothing on it is private. Its screen brings `wall.tcss`."""

    def __init__(self, around: int = AROUND) -> None:
        """`around` is how many rows of the terminal are not the wall's."""
        super().__init__(id="wall")
        self._around = around
        self._public: Public | None = None
        self._face: ClockFace | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="wall-chart", markup=False)
        with Vertical(id="wall-words"):
            yield Static(id="wall-phase", markup=False)
            yield BigDigits(id="wall-digits")
            yield Static(id="wall-state", markup=False)
            yield TimeBar(id="wall-bar")
            yield Static(id="wall-label", markup=False)
            yield Poster(self._for_the_sentence, id="wall-prompt")
            yield Drawing(id="wall-list")
            yield Static(id="wall-told", markup=False)
            yield Poster(lambda rows: rows // 10, id="wall-count")

    def _for_the_sentence(self, rows: int) -> int:
        """Rows that the question or the sentence may take; a sentence by itself takes what the clock above it leaves."""
        public = self._public
        if public is None or public.plain or public.chart:
            return _third(rows) if public is None or public.timing else max(1, rows - self._around - 4)
        if not public.sentence:  # the question stands above a list
            return max(1, rows // 10)
        above = 10 if rows >= 30 else 6
        left = rows - self._around - above - max(1, rows // 10)
        return max(1, left // 3 if public.panels or public.words else left)

    @property
    def room(self) -> tuple[int, int]:
        """Columns and rows for a chart."""
        columns, rows = self.screen.size
        beside = next(beside for width, beside in BESIDE_CHART.items() if columns >= width)
        return columns - 2 - beside, rows - self._around

    def show(self, public: Public) -> None:
        """Show what is public: the question and a count, or what the room has revealed or opened."""
        before, self._public = self._public, public
        chart, words = charted(public, *self.room, self.screen.size.width)
        drawn = bool(chart.plain) and chart.plain.count("\n") < self.room[1]
        said = not public.plain and not public.chart
        listed = bool(public.panels or public.words)
        self.set_class(bool(public.chart), "-charted")
        self.set_class(said, "-said")
        self.set_class(listed, "-listed")
        self.set_class(public.timing is None, "-idle")
        self.query_one("#wall-chart", Static).update(chart if drawn else "")
        self.query_one("#wall-told", Static).update(words)
        self.query_one("#wall-phase", Static).update(public.heading)
        label = self.query_one("#wall-label", Static)
        asked = public.question if public.sentence or public.label else ""
        above = "  ·  ".join(filter(None, (asked, public.label))) if said else ""
        label.update(above)
        label.display = bool(above)
        prompt = self.query_one("#wall-prompt", Poster)
        prompt.text = public.sentence or ("" if public.label else public.question)
        prompt.display = bool(prompt.text)
        if public != before:
            prompt.refresh(layout=True)  # the same text may get another room
        if listed:
            self.query_one("#wall-list", Drawing).draw = listing(public)
        self.query_one("#wall-count", Poster).text = public.count
        self.call_after_refresh(self._tell_again)  # what fits beside the clock is known once it is laid out

    def _tell_again(self) -> None:
        if self._face is not None:
            self.tell(self._face)

    def tell(self, face: ClockFace) -> None:
        """Show the words beside the clock, and its state in colour too."""
        self._face = face
        state = " · ".join(filter(None, (face.state, face.detail)))
        shown = self._public is not None and not self._public.plain
        whole = face.whole if shown or not face.longer else f"{face.whole}  ·  {face.longer}"
        line = self.query_one("#wall-state", Static)
        if shown and self.screen.has_class("-low"):
            # There is one row. When the session ends goes before when the phase does.
            ways = ((state, whole), (face.state, whole), (whole or state,))
            said = ["  ·  ".join(filter(None, way)) for way in ways]
            line.update(next((each for each in said if len(each) <= line.size.width), said[-1]), layout=False)
        else:
            line.update(f"{state}\n{whole}", layout=False)
        self.set_class(face.cue.is_up, "-up")
        self.set_class(face.cue.is_soon, "-soon")
        self.set_class(not face.running, "-paused")


def charted(public: Public, columns: int, rows: int, width: int) -> tuple[Content, Content]:
    """The chart in so many columns and rows, and the words that go beside it in a terminal of that width; empty without one."""
    if public.chart is None:
        return Content(""), Content("")
    from screens.widgets.matrix import coloured, wall_of
    from screens.widgets.matrix_words import words_beside
    from store.matrix import chart

    if isinstance(public.chart, tuple):
        return wall_of(public.chart, columns, rows)
    drawn = chart.draw(public.chart, columns, rows)
    beside = [*words_beside(public.chart, width - max(map(len, drawn)) - 8, roomy=False)]
    gap = [Content.styled(public.label, "bold"), Content("")] if public.label else []
    return coloured(drawn), Content("\n").join([*gap, *beside])


def listing(public: Public) -> Callable[[int, int], Content]:
    """What draws the lists or the words of the wall."""
    from screens.widgets.wall_lists import cloud, panels

    if public.words:
        return lambda columns, rows: cloud(public.words, columns, rows)
    return lambda columns, rows: panels(public.panels, columns, rows)


class Curtain(Vertical):
    """What stands in the place of a phase's own view while the curtain hides that: what the wall shows, below the clock of the work."""

    def __init__(self) -> None:
        super().__init__(id="public")

    def compose(self) -> ComposeResult:
        yield Static("Curtain drawn", id="public-head", markup=False)
        yield Poster(lambda rows: rows // 5, id="public-count")
        with Horizontal(id="public-shown"):
            yield Static(id="public-chart", markup=False)
            yield Static(id="public-words", markup=False)

    @property
    def room(self) -> tuple[int, int]:
        """Columns and rows for a chart."""
        columns, rows = self.screen.size
        return columns * 3 // 5, rows - next(around for least, around in AROUND_CURTAIN.items() if rows >= least)

    def show(self, public: Public) -> None:
        """Show the count in large letters, or the chart that the room has revealed, once it has."""
        self.set_class(bool(public.chart), "-shown")
        self.query_one("#public-count", Poster).text = public.count
        chart, words = charted(public, *self.room, self.screen.size.width)
        said = Content("\n\n").join([Content.styled(public.sentence, "bold"), words]) if public.chart else ""
        self.query_one("#public-words", Static).update(said)
        self.query_one("#public-chart", Static).update(chart)
