"""The pages of panels: sovereignty, time, rhythm and track record."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from textual.content import Content

from screens.trends.page import TrendsData
from screens.trends.panels import CHOSEN, EMPTY, PanelLayout, PanelsPage
from screens.widgets.paragraphs import hung
from store.trends import bars, rhythm, track_record
from store.trends.case import LETTERED
from store.trends.finding import Finding
from store.trends.overview import Overview
from store.trends.sovereignty import Course, turnout
from store.trends.timing import Timing
from store.words.text import clipped

PAIRED = 72
"""Columns from which the measures are in pairs."""

_FEWEST = 6
"""Rows of a measure's chart at least."""

_LABEL = 16
"""Columns for the name of a phase."""


class SovereigntyPage(PanelsPage):
    """The four measures, a bar for each probe, two by two where there is room."""

    title = "sovereignty"

    @staticmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        return (*(each.finding(found.cases) for each in found.courses), turnout(found.cases))

    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
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
        return PanelLayout([*panels, people], head=Content.styled(said, "dim"), paired=paired)


def _measure(course: Course, drawn: bars.MeasureBars, columns: int, chosen: bool, gap: bool) -> Content:
    said = course.in_words(short=True)
    lines = [
        Content.styled(course.measure, CHOSEN if chosen else "bold $accent"),
        Content(said if len(said) <= columns else clipped(said.partition(",")[0], columns)),
    ]
    for at, row in enumerate(drawn.rows):
        style = "$success" if at < drawn.zero else "$error" if drawn.zero < at < 2 * drawn.zero + 1 else "dim"
        lines.append(Content.assemble((row[:3], "dim"), (row[3:], style)))
    return Content("\n").join([*lines, EMPTY] if gap else lines)


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


class TimePage(PanelsPage):
    """Every phase: a bar for the time used, with the figures above it."""

    title = "time"

    @staticmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        return tuple(each.finding(found.cases) for each in found.timings)

    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        timings = data.overview.timings
        if not timings:
            said = "No debrief's clocks are known: they are kept where a session is run in Redraw."
            return PanelLayout((), head=Content(said))
        each = max(2, (height - 2) // len(timings))
        rows = 1 if each < 4 else min(4, each - 2)
        gap = each > rows + 1
        drawn = bars.phase_bars(timings, width, rows)
        panels = [
            _phase(timing, phase, at == self.chosen, gap and at < len(timings) - 1)
            for at, (timing, phase) in enumerate(zip(timings, drawn.phases, strict=True))
        ]
        key = f"{bars.BAR} used, the median   {bars.LONGEST} to the longest   {bars.PLANNED} planned   over: a minute or more"
        return PanelLayout(panels, foot=Content.styled(f"{drawn.axis}\n{key}", "dim"))


def _phase(timing: Timing, rows: Iterable[str], chosen: bool, gap: bool) -> Content:
    blank = " " * (_LABEL - len(timing.title))
    lines = [
        Content.assemble((timing.title, CHOSEN if chosen else "bold"), blank, timing.in_figures()),
        *(Content.styled(row, "$accent") for row in rows),
    ]
    return Content("\n").join([*lines, EMPTY] if gap else lines)


class RhythmPage(PanelsPage):
    """Act, reflect, pause: the counts, and what is out of balance."""

    title = "rhythm"

    @staticmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        return (*rhythm.lines(found.rhythm), *rhythm.remarks(found.rhythm))

    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        counted, remarks = rhythm.lines(data.overview.rhythm), rhythm.remarks(data.overview.rhythm)
        ours = "Of our own debriefs" if any(case.whose for case in data.cases) else "Of the debriefs"
        panels = [
            *_listed(counted, width, self.chosen, 0, ours),
            *_listed(remarks, width, self.chosen, len(counted), "Out of balance"),
        ]
        foot = EMPTY if remarks else Content.styled("\nNothing stands out as out of balance.", "bold $accent")
        head = Content.styled("Act intensely, reflect deeply, pause deliberately.\n", "italic")
        return PanelLayout(panels, head, foot)


class RecordPage(PanelsPage):
    """Whose impulse was right, and which patterns recur."""

    title = "record"

    @staticmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        return (*track_record.impulses(found.cases), *track_record.recurring(found.recurrences))

    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        findings, again = data.findings[self.title], len(data.overview.recurrences)
        split = len(findings) - again
        panels = [
            *_listed(findings[:split], width, self.chosen, 0, "Positions of dissent that were borne out"),
            *_listed(findings[split:], width, self.chosen, split, "Patterns that recur"),
        ]
        missing = [] if split else ["No debrief has said yet which positions were borne out."]
        missing += [] if again else ["No pattern is marked as seen before."]
        return PanelLayout(panels, foot=Content.styled("\n".join(missing), "dim"))


def _listed(findings: Sequence[Finding], width: int, chosen: int, first: int, title: str) -> Iterator[Content]:
    """Some findings below a title; `first` is the place of the first one on the page."""
    for at, each in enumerate(findings, first):
        label, style = ("▸ ", CHOSEN) if at == chosen else ("  ", "")
        text = hung(Content.styled(each.said, style), width - 1, label)
        head = Content.styled(f"\n{title}\n" if first else f"{title}\n", "bold $accent")
        yield head + text if at == first else text
