"""Sovereignty over time: a chart for each of the four measures, and turnout last."""

from datetime import date
from typing import ClassVar

from textual.content import Content

from screens.trends.page import TrendsData
from screens.trends.panels import CHOSEN, PanelLayout, PanelsPage
from store.trends import bars
from store.trends.case import LETTERED
from store.trends.finding import Finding
from store.trends.overview import Overview
from store.trends.sovereignty import Course, turnout
from store.words.text import clipped

PAIRED = 72
"""Columns from which the measures are in pairs."""

_FEWEST = 6
"""Rows of a measure's chart at least."""


class SovereigntyPage(PanelsPage):
    """The four measures, a bar for each probe, two by two where there is room."""

    title: ClassVar[str] = "sovereignty"

    @staticmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        """The four measures and turnout."""
        return (*(each.finding(found.cases) for each in found.courses), turnout(found.cases))

    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        """The page drawn for a size."""
        paired = width >= PAIRED
        columns = width // 2 - 2 if paired else width
        down = 2 if paired else 4
        room = (height - 2) // down - 2
        rows = max(_FEWEST, room)
        courses = data.overview.courses
        drawn = [bars.measure_bars(data.cases, course.measure, columns, rows) for course in courses]
        shown = data.cases[-drawn[0].shown :]
        first, last = (f"{date.fromisoformat(case.day):%b %Y}" for case in (shown[0], shown[-1]))
        left = len(data.cases) - len(shown)
        said = f"Up gained, down lost, {bars.UNSAID} not said; {first} to {last}"
        said += f"; {left} older not drawn" if left else ", the oldest left"
        panels = [
            _measure(course, each, columns, at == self.chosen, room > len(each.rows))
            for at, (course, each) in enumerate(zip(courses, drawn, strict=True))
        ]
        people = _turnout(data, width, self.chosen == len(panels))
        return PanelLayout(Content.styled(said, "dim"), [*panels, people], Content(""), paired)


def _measure(course: Course, drawn: bars.MeasureBars, columns: int, chosen: bool, gap: bool) -> Content:
    said = course.in_words(short=True)
    lines = [
        Content.styled(course.measure, CHOSEN if chosen else "bold $accent"),
        Content(said if len(said) <= columns else clipped(said.partition(",")[0], columns)),
    ]
    for at, row in enumerate(drawn.rows):
        style = "$success" if at < drawn.zero else "$error" if drawn.zero < at < 2 * drawn.zero + 1 else "dim"
        lines.append(Content.assemble((row[:3], "dim"), (row[3:], style)))
    return Content("\n").join([*lines, Content("")] if gap else lines)


def _turnout(data: TrendsData, width: int, chosen: bool) -> Content:
    """How many came, latest first, each after the sign of its probe; as many as there is room for."""
    title = "turnout, never added in"
    known = [case for case in reversed(data.cases) if case.turnout is not None]
    said = ""
    for case in known[:LETTERED]:
        more = f"   {data.letters[case.probe]} {case.turnout}"
        if len(title) + len(said) + len(more) > width - 2:
            break
        said += more
    return Content.assemble((title, CHOSEN if chosen else "bold"), (said or "   nobody counted", "dim"))
