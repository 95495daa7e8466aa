"""The small matrix in the logbook: where a room expected its probe and where it landed. It is imported once the first one is drawn."""

from textual.content import Content

from screens.widgets.matrix import coloured
from screens.widgets.matrix_styles import STYLES
from store.matrix import chart, plot
from store.report.matrix_in_words import place
from store.trends.case import Case

prepare = plot.prepare
"""Take the time that it takes once, which may be in a thread."""


def small(case: Case, columns: int, rows: int) -> Content | None:
    """The medians on a small grid, and beside it what its signs mean; None where they may not be shown.

    It takes fifteen columns more than the chart.
    """
    if case.expected is None or case.actual is None:
        return None
    drawn = chart.draw_way(case.expected, case.actual, case.way, columns, rows)
    beside = [
        Content.assemble((f"{sign} ", STYLES[sign]), said)
        for sign, said in ((chart.EXPECTED, "expected"), (chart.ACTUAL, "actual"))
    ]
    at = (case.expected, case.actual)
    legend = [line for head, where in zip(beside, at, strict=True) for line in (head, Content(f"  {place(where)}"))]
    lines = [*coloured(drawn).split("\n", allow_blank=True)]  # Content keeps the list that it gives
    first = rows // 2 - 2
    for n, said in enumerate(legend, first):
        lines[n] = Content.assemble(lines[n].pad_right(columns + 2 - lines[n].cell_length), said)
    return Content("\n").join(lines)
