"""The matrix on screen: the chart that plotext draws, coloured, and beside or below it what it says in words."""

import re

from textual.content import Content, Span
from textual.widgets import Static

from screens.widgets.charted import Charted
from store.debrief import Debrief
from store.session import chart, matrix, report

WORDS = 26
"""Columns that the words beside the chart need at the least."""

ROOMY = 20
"""Rows from which the words are parted by empty lines."""

_STYLES = {chart.EXPECTED: "bold $warning", chart.ACTUAL: "bold $accent", chart.PATH: "$warning", chart.WAY: "dim"}
_FRAME = re.compile("[│┤]")
_MARKS = re.compile(
    rf"{chart.PATH}+|{chart.WAY}+|[{chart.EXPECTED}{chart.ACTUAL}]"
    rf"|[\w{chart.MARK}{re.escape(chart.MANY + chart.TOGETHER)}]+"
)


def coloured(rows: tuple[str, ...]) -> Content:
    """The chart's rows with the marks in colour; frame and labels stay as they are."""
    text = "\n".join(rows)
    spans: list[Span] = []
    at = 0
    for row in rows:
        over = at + len(row)
        frame = [sign.start() for sign in _FRAME.finditer(text, at, over)]
        start, end = (frame[0] + 1, frame[-1]) if len(frame) > 1 else (over, over)
        spans.append(Span(at, start, "dim"))
        spans += (Span(*mark.span(), _STYLES.get(mark[0][0], "bold")) for mark in _MARKS.finditer(text, start, end))
        spans.append(Span(end, over, "dim"))
        at = over + 1
    return Content(text, spans)


class MatrixView(Charted):
    """Chart and words; as large as there is room."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._debrief: Debrief | None = None
        self._round = 1
        self.organisations = False

    def show(self, debrief: Debrief, round: int) -> None:
        """Draw a round."""
        self._debrief, self._round = debrief, round
        self.draw()

    def toggle(self) -> None:
        """People's marks, or the medians of organisations."""
        self.organisations = not self.organisations
        self.draw()

    def draw(self) -> None:
        """The chart, and what it says."""
        if self._debrief is None or not self.size.height:
            return
        found = matrix.figures(self._debrief, self._round)
        self.query_one("#chart").display = self.size.height >= chart.SMALLEST[1]  # below that the words say it all
        rows = chart.draw(found, self.size.width - WORDS - 2, self.size.height, self.organisations)
        self.query_one("#chart", Static).update(coloured(rows))
        self.query_one("#words", Static).update(self._words(found))

    def _words(self, found: matrix.Figures) -> Content:
        gap, *lines = report.matrix_lines(found)
        if self.size.height < ROOMY:
            lines = [line for line in lines if line]
        key = f"{chart.MARK} one person, 2 two …" if not self.organisations else "A, B: its median, * several"
        return Content("\n").join(
            [
                Content.styled(f"Round {self._round}, revealed, {found.actual.n} placed", "dim"),
                Content.styled(gap, "bold"),
                *(Content(line) for line in lines),
                Content(""),
                Content.styled(f"7, 6: autonomy, then benefit\n{key}\n─ │ the middle half", "dim"),
            ]
        )
