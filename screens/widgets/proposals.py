"""The proposals on the matrix: the chart with their letters, and the ranking in words beside it."""

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widgets import Static

from screens.widgets.matrix import Charted, coloured
from screens.widgets.paragraphs import below
from store.debrief import Debrief
from store.matrix import chart, proposals
from store.matrix.proposals import Ranked
from store.report import dissent_report
from store.words.text import clipped

WORDS = 36
"""Columns that the words beside the chart need at least."""

MOST = 84
"""The widest that a sentence may run: longer lines are hard to read."""

ROOMY = 24
"""Rows from which each proposal shows more of its title, and why it ranks there; with fewer, only its distance."""


def wall_of(debrief: Debrief, columns: int, rows: int) -> tuple[Content, Content]:
    """The chart for the wall, and the proposals as bare letters with their figures, nearest first."""
    ranked = proposals.ranking(debrief.proposals)
    drawn = chart.draw_proposals(ranked, columns, rows)
    said = [
        Content.assemble((f"{each.letter}  ", "bold $accent"), dissent_report.in_figures(each, brief=True))
        for each in ranked
    ]
    *notes, _ = dissent_report.notes(drawn)  # no agreement is shown here
    signs = [Content.styled(line, "dim") for line in notes]
    return coloured(drawn.rows), Content("\n").join([*said, Content(""), *signs])


class ProposalsView(Charted):
    """Chart and words; as large as there is room."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._debrief: Debrief | None = None

    def show(self, debrief: Debrief) -> None:
        self._debrief = debrief
        self.draw()

    def draw(self) -> None:
        if self._debrief is None or not self.size.height:
            return
        ranked = proposals.ranking(self._debrief.proposals)
        drawn = chart.draw_proposals(ranked, self.size.width - WORDS - 2, self.size.height)
        spare = self.size.height - chart.SMALLEST[1]  # a sentence of two rows takes the label's, not the chart
        self.query_one("#chart").display = spare >= -1  # below that the words say it all
        self.query_one("#chart", Static).update(coloured(drawn.rows[spare < 0 :]))
        width = max(20, min(MOST, self.size.width - (max(map(len, drawn.rows)) if drawn.rows else 0) - 3))
        self.query_one("#words", Static).update(Content("\n").join(self._words(self._debrief, ranked, drawn, width)))

    def _words(
        self, debrief: Debrief, ranked: Sequence[Ranked], drawn: chart.ProposalChart, width: int
    ) -> Iterable[Content]:
        roomy = self.size.height >= ROOMY
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
