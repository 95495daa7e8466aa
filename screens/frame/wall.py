"""The wall view for the projector: the time, the question and a count in large letters, and what the room has revealed."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from screens.frame.clock_face import ClockFace
from screens.widgets.large_text import BigDigits, Poster
from screens.widgets.time_bar import TimeBar

AROUND = 5
"""Rows around the wall: the title, the phases, the entry line, the hint and the keys."""

AROUND_CURTAIN = {30: 14, 0: 8}
"""Rows around a chart behind the curtain, by the terminal's least rows: the clock is higher where there are many."""

BESIDE_CHART = {180: 116, 110: 67, 0: 43}
"""By the terminal's least columns, how many of them the clock and the words take beside a chart: enough for +12:34 in
fourteen rows, in seven, and in five."""


@dataclass(frozen=True, slots=True)
class WallContent:
    """What the room may see on the wall: a chart, the sentence that matters, and further words."""

    chart: Content
    sentence: str
    words: Content


def _third(rows: int) -> int:
    """Rows that the question may take on the wall; on a low terminal the digits come first."""
    return rows // 3 - 1 if rows >= 30 else rows // 5


class Wall(Horizontal):
    """The clock and the words; a chart goes on their left. Nothing on it is private."""

    def __init__(self, phase: str) -> None:
        super().__init__(id="wall")
        self._phase = phase
        self._public = False

    def compose(self) -> ComposeResult:
        yield Static(id="wall-chart", markup=False)
        with Vertical(id="wall-words"):
            yield Static(self._phase, id="wall-phase", markup=False)
            yield BigDigits(id="wall-digits")
            yield Static(id="wall-state", markup=False)
            yield TimeBar(id="wall-bar")
            yield Poster(_third, id="wall-prompt")
            yield Static(id="wall-told", markup=False)
            yield Poster(lambda rows: rows // 10, id="wall-count")

    @property
    def room(self) -> tuple[int, int]:
        """Columns and rows for a chart."""
        columns, rows = self.screen.size
        beside = next(beside for width, beside in BESIDE_CHART.items() if columns >= width)
        return columns - 2 - beside, rows - AROUND

    def show(self, shown: WallContent | None, count: str, prompt: str) -> None:
        """Show the question and a count; instead of the question what the room has revealed, once it has."""
        self._public = shown is not None
        drawn = shown is not None and shown.chart.plain.count("\n") < self.room[1]
        self.query_one("#wall-chart").display = drawn
        self.query_one("#wall-chart", Static).update(shown.chart if shown and drawn else "")
        self.query_one("#wall-told", Static).update(shown.words if shown else "")
        self.query_one("#wall-prompt", Poster).text = shown.sentence if shown else prompt
        self.query_one("#wall-count", Poster).text = count

    def tell(self, face: ClockFace) -> None:
        state = f"{face.state} · {face.detail}" if face.state else face.detail
        whole = face.whole if self._public else f"{face.whole}  ·  {face.longer}"
        self.query_one("#wall-state", Static).update(f"{state}\n{whole}", layout=False)


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

    def show(self, shown: WallContent | None, count: str) -> None:
        """Show the count in large letters, or what the room has revealed, once it has."""
        self.set_class(shown is not None, "-shown")
        self.query_one("#public-count", Poster).text = count
        words = Content("\n\n").join([Content.styled(shown.sentence, "bold"), shown.words]) if shown else ""
        self.query_one("#public-words", Static).update(words)
        self.query_one("#public-chart", Static).update(shown.chart if shown else "")
