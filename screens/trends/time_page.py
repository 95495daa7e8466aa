"""The time of the phases: planned against used."""

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content

from screens.trends.page import TrendsData
from screens.trends.panels import CHOSEN, PanelLayout, PanelsPage
from store.trends import bars
from store.trends.finding import Finding
from store.trends.overview import Overview
from store.trends.timing import Timing

_LABEL = 16
"""Columns for the name of a phase."""


class TimePage(PanelsPage):
    """Every phase: a bar for the time used, with the figures above it."""

    title: ClassVar[str] = "time"

    @staticmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        """A finding for each phase."""
        return tuple(each.finding(found.cases) for each in found.timings)

    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        """The page drawn for a size."""
        timings = data.overview.timings
        if not timings:
            said = "No debrief's clocks are known: they are kept where a session is run in Redraw."
            return PanelLayout(Content(said), (), Content(""))
        each = max(2, (height - 2) // len(timings))
        rows = 1 if each < 4 else min(4, each - 2)
        gap = each > rows + 1
        phases, axis = bars.phase_bars(timings, width, rows)
        panels = [
            _phase(timing, phase, at == self.chosen, gap and at < len(timings) - 1)
            for at, (timing, phase) in enumerate(zip(timings, phases, strict=True))
        ]
        key = f"{bars.BAR} used, the median   {bars.LONGEST} to the longest   {bars.PLANNED} planned   over: a minute or more"
        foot = Content("\n").join([Content.styled(axis, "dim"), Content.styled(key, "dim")])
        return PanelLayout(Content(""), panels, foot)


def _phase(timing: Timing, rows: Iterable[str], chosen: bool, gap: bool) -> Content:
    blank = " " * (_LABEL - len(timing.title))
    lines = [
        Content.assemble((timing.title, CHOSEN if chosen else "bold"), blank, timing.in_figures()),
        *(Content.styled(row, "$accent") for row in rows),
    ]
    return Content("\n").join([*lines, Content("")] if gap else lines)
