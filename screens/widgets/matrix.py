"""The matrix on screen: the chart that plotext draws, in colour, and beside or below it the figures in words; of a probe, or of
proposals with their letters and ranking."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content, Span
from textual.message import Message
from textual.widgets import Static

from screens.widgets.matrix_styles import ORGANISATION, STYLES
from screens.widgets.matrix_words import other_rounds, words_beside
from screens.widgets.paragraphs import below, hung
from store.debrief import Debrief
from store.matrix import chart, figures, in_words, proposals, sheet
from store.matrix.proposals import Ranked
from store.report import dissent_report
from store.words.text import clipped

WORDS = 26
"""Columns that the words beside the chart need at least."""

ROOMY = 24
"""Rows from which empty lines separate the words."""

PROPOSAL_WORDS = 36
"""The same columns, beside the chart of proposals."""

PROPOSALS_ROOMY = 24
"""Rows from which each proposal shows more of its title, and why it ranks there; with fewer, only its distance."""

MOST = 84
"""The widest that a sentence about proposals may run: longer lines are hard to read."""

_NAMES = "|".join(re.escape(name) for names in sheet.QUADRANTS for pair in names for name in pair)
_LIKE = tuple(
    "".join(sign for sign, style in STYLES.items() if style == each) for each in dict.fromkeys(STYLES.values())
)
"""The signs of each style."""
_MARKS = re.compile(
    r"(?! )(?:"  # most cells are empty: they are passed over before anything else is tried
    rf"(?P<name>{_NAMES})|(?P<plate>[▐█]{{0,2}}(?P<count>\d+)[█▌]{{0,2}})|{'|'.join(f'[{each}]+' for each in _LIKE)}|.)"
)
_FRAME = re.compile(r"(?: \d|\d\d|  )[│┤]")


@lru_cache(maxsize=16)
def coloured(rows: tuple[str, ...], organisations: bool = False) -> Content:
    """The chart's rows with the marks in colour; axes, labels and the names of the quadrants are dim.

    Args:
        organisations: whether the letters are those of organisations.
    """
    text = "\n".join(rows)
    spans: list[Span] = []
    letters = ORGANISATION if organisations else "bold"
    at = 0
    for row in rows:
        over = at + len(row)
        start = end = over
        if _FRAME.match(row):
            start = at + sheet.EDGE
            end = over - row.endswith("│")
        spans.append(Span(at, start, "dim"))
        for mark in _MARKS.finditer(text, start, end):
            if mark["name"]:
                style = "dim italic"
            elif mark["plate"]:
                spans += _plate(mark)
                continue
            else:
                style = STYLES.get(mark[0][0], letters if mark[0].isalpha() else "bold")
            spans.append(Span(*mark.span(), style))
        spans.append(Span(end, over, "dim"))
        at = over + 1
    return Content(text, spans, strip_control_codes=False)  # a chart has none


def _plate(mark: re.Match[str]) -> Iterator[Span]:
    """How many placed it there; many stand on a plate."""
    yield Span(*mark.span("plate"), "bold")
    if len(mark["plate"]) > len(mark["count"]):
        yield Span(*mark.span("count"), "reverse")


class Charted(Horizontal):
    """The chart on the left, as wide as it needs; the words on the right scroll where they are longer than the chart."""

    DEFAULT_CSS = """
    Charted { height: 1fr; }
    Charted > #chart { width: auto; height: auto; text-wrap: nowrap; }
    Charted > VerticalScroll { width: 1fr; height: 1fr; padding: 0 0 0 2; scrollbar-size-vertical: 1; }
    Charted #words { height: auto; }
    """

    def compose(self) -> ComposeResult:
        yield Static(id="chart", markup=False)
        with VerticalScroll(can_focus=False):
            yield Static(id="words", markup=False)

    _debrief: Debrief | None = None

    def show(self, debrief: Debrief) -> None:
        self._debrief = debrief
        self.draw()

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Draw both for the current size; nothing where there is nothing to draw yet, or no room."""

    def put_chart(self, rows: tuple[str, ...], organisations: bool = False) -> bool:
        """Show a chart; False where there are too few rows for it, and the words have to say it all.

        With one row too few the chart goes without its first, the label: a sentence of two rows takes that and not the chart.
        """
        spare, drawn = self.size.height - sheet.SMALLEST[1], self.query_one("#chart", Static)
        drawn.display = spare >= -1
        content = coloured(rows[spare < 0 :], organisations)
        if content is not drawn.content:  # otherwise the screen would be laid out again for it
            drawn.update(content)
        return drawn.display


class MatrixView(Charted):
    """Chart and words, as large as there is room: the chart of one round, and the other rounds in words."""

    class Drawn(Message):
        """It was drawn, so `longer` is right."""

    round = 0
    """The round in the chart, from 1."""
    organisations = False
    """Whether the medians of organisations are in the chart instead of people's marks."""
    _rounds: tuple[figures.MatrixFigures, ...] = ()
    """The figures of what is shown."""
    longer = False
    """Whether the words go on below the visible part."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._charts: dict[tuple[int, bool, int, int], tuple[str, ...]] = {}
        """What was drawn of this debrief, by round, whether of organisations, and size: plotext takes most of the time."""

    def show(self, debrief: Debrief) -> None:
        """Draw a debrief; at first, and after another reveal, its last round."""
        before = self._debrief
        if before is None or before.session.revealed != debrief.session.revealed:
            self.round = max(1, debrief.session.revealed)
        if before is not debrief:
            self._rounds = figures.rounds(debrief)
            self._charts.clear()
        super().show(debrief)

    def turn(self) -> None:
        """Switch from people's marks to the medians of organisations, then to the round before."""
        if self.organisations and self._debrief is not None:
            self.round = self.round - 1 or max(1, self._debrief.session.revealed)
        self.organisations = not self.organisations
        self.draw()

    def draw(self) -> None:
        columns, height = self.size
        if self._debrief is None or not height:
            return
        debrief, rounds = self._debrief, self._rounds
        found = rounds[self.round - 1]
        size = sheet.size_for(columns - max(WORDS, columns // 4) - 2, height)
        shown = (self.round, self.organisations, *size)
        rows = self._charts.get(shown) or chart.draw(found, *size, self.organisations)
        self._charts[shown] = rows
        drawn = self.put_chart(rows, self.organisations)
        width = max(WORDS, columns - (max(map(len, rows)) if drawn else 0) - 3)
        state = f"revealed, {found.actual.n} placed" if found.actual.n else f"not revealed, {found.blind} placed"
        head = Content.styled(f"Round {found.round}, {state}", "dim")
        gap = Content.styled(below(in_words.headline(found, debrief.session.round > 1), width, 0), "bold")
        others = (hung(Content(line), width, "") for line in other_rounds(debrief, found, rounds))
        said = words_beside(found, width, height >= ROOMY, self.organisations, under_gap=True)
        words = Content("\n").join([head, gap, *others, *said])
        self.query_one("#words", Static).update(words)
        self.longer = words.plain.count("\n") >= height
        self.post_message(self.Drawn())


def wall_of(ranked: Sequence[Ranked], columns: int, rows: int) -> tuple[Content, Content]:
    """The chart of proposals for the wall, and the proposals as bare letters with their figures, nearest first."""
    drawn = chart.draw_proposals(ranked, columns, rows)
    said = [
        Content.assemble((f"{each.letter}  ", "bold $accent"), dissent_report.in_figures(each, brief=True))
        for each in ranked
    ]
    *notes, _ = dissent_report.notes(drawn)  # no agreement is shown here
    signs = [Content.styled(line, "dim") for line in notes]
    return coloured(drawn.rows), Content("\n").join([*said, Content(""), *signs])


class ProposalsView(Charted):
    """The chart of proposals and their ranking in words, as large as there is room."""

    def draw(self) -> None:
        if self._debrief is None or not self.size.height:
            return
        ranked = proposals.ranking(self._debrief.proposals)
        drawn = chart.draw_proposals(ranked, self.size.width - PROPOSAL_WORDS - 2, self.size.height)
        self.put_chart(drawn.rows)
        width = max(20, min(MOST, self.size.width - (max(map(len, drawn.rows)) if drawn.rows else 0) - 3))
        self.query_one("#words", Static).update(Content("\n").join(self._words(self._debrief, ranked, drawn, width)))

    def _words(
        self, debrief: Debrief, ranked: Sequence[Ranked], drawn: chart.ProposalChart, width: int
    ) -> Iterable[Content]:
        roomy = self.size.height >= PROPOSALS_ROOMY
        choice = debrief.probe.choice
        if said := [line for line in dissent_report.choice(debrief) if line]:
            yield Content.styled(below(clipped(said[0], 3 * width), width, 0), "bold $success")
        for each in ranked[:1]:
            yield Content.styled(below(each.why, width, 0), "bold $accent")
        if roomy:
            yield Content("")
        for each in ranked:
            chosen = choice is not None and choice.proposal == each.proposal.number
            yield from _entry(each, drawn.marks.get(each.letter, each.letter), width, roomy, chosen)
            if roomy and each is not ranked[0]:
                yield Content.styled(f"    {below(each.why, width, 4)}", "italic")
            if roomy:
                yield Content("")
        *notes, agreement = dissent_report.notes(drawn)
        for line in [*notes, agreement] if roomy else notes:
            yield Content.styled(below(line, width, 0), "dim")


def _entry(each: Ranked, mark: str, width: int, roomy: bool, chosen: bool) -> Iterable[Content]:
    tick = "▸" if chosen else " "
    name = f"{each.letter} ({mark})" if mark not in (each.letter, "") else each.letter
    head = f"{tick}{name}  "
    style = "bold reverse" if chosen else "bold"
    room = (3 if roomy else 2) * (width - len(head))
    title = below(clipped(each.proposal.title, room), width, len(head))
    yield Content.assemble((head, "bold $accent"), (title, style))
    yield Content(f"    {below(dissent_report.in_figures(each, brief=not roomy), width, 4)}")
