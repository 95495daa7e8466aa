"""The pages of panels: sovereignty, time, rhythm and track record."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from textual.content import Content

from screens.trends import time_drawing
from screens.trends.behind_pane import sign
from screens.trends.page import TrendsData
from screens.trends.panels import EMPTY, Box, PanelLayout, PanelsPage
from screens.widgets.paragraphs import hung
from store.trends import bars, rhythm, track_record
from store.trends.case import LETTERED
from store.trends.finding import Finding
from store.trends.overview import Overview
from store.trends.sovereignty import Course, new_organisers, turnout
from store.words.text import clipped

PAIRED = 72
"""Columns from which the measures are in pairs."""

_FEWEST = 6
"""Rows of a measure's chart at least."""

_PEOPLE = 1
"""Rows for those who came, and for those who stayed."""


class SovereigntyPage(PanelsPage):
    """The four measures, a bar for each probe, two by two where there is room; below them turnout and new organisers."""

    title = "sovereignty"

    @staticmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        courses = (each.finding(found.cases) for each in found.courses)
        return (*courses, turnout(found.cases), new_organisers(found.cases))

    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        paired = width >= PAIRED
        down, edge = (2 if paired else 4), (1 if self.is_bare else 2)
        around = down * edge + (_PEOPLE + edge) * (1 if paired else 2) + 1
        rows = max(_FEWEST, (height - around) // down)
        bar = 1 if rows * down + around > height else 0  # it scrolls
        columns = (width - bar) // (2 if paired else 1) - self.border
        courses = data.overview.courses
        drawn = [bars.measure_bars(data.cases, course.measure, columns, rows) for course in courses]
        boxes = [
            _measure(course, each, columns, columns if not self.is_bare else columns - len(course.measure) - 8)
            for course, each in zip(courses, drawn, strict=True)
        ]
        said = Content.styled(_drawn_of(data, drawn[0].shown), "dim")
        boxes += [_in_a_row(data, each, columns) for each in data.findings[self.title][len(courses) :]]
        return PanelLayout(boxes, paired, said)


def _drawn_of(data: TrendsData, shown: int) -> str:
    """Which probes the bars are of, and what their signs mean."""
    first, last = (f"{date.fromisoformat(case.day):%b %Y}" for case in (data.cases[-shown], data.cases[-1]))
    left = len(data.cases) - shown
    older = f"{left} older not drawn" if left else "the oldest left"
    return f"Up gained, down lost, {bars.UNSAID} not said; {first} to {last}{'; ' if left else ', '}{older}"


def _measure(course: Course, drawn: bars.MeasureBars, columns: int, room: int) -> Box:
    """A measure in so many columns, of which there is `room` for its figures."""
    lines = []
    for at, row in enumerate(drawn.rows):
        style = "$success" if at < drawn.zero else "$error" if drawn.zero < at < 2 * drawn.zero + 1 else "dim"
        lines.append(Content.assemble((row[:3], "dim"), (row[3:], style)))
    said = course.in_words(short=True)
    key = said if len(said) < room else clipped(said.partition(",")[0], columns)
    return Box(course.measure, [Content("\n").join(lines)], key)


def _in_a_row(data: TrendsData, found: Finding, width: int) -> Box:
    """The notes of a finding, latest first, each after the sign of its probe; as many as there is room for."""
    said: list[Content] = []
    room = width
    for probe in list(found.notes)[: -LETTERED - 1 : -1]:
        room -= len(found.notes[probe]) + 5
        if room < 0:
            break
        said.append(Content.assemble((f"{data.letters[probe]} ", "bold $accent"), f"{found.notes[probe]}   "))
    nobody = Content.styled("nobody counted", "dim")
    return Box(found.said.partition(":")[0], [Content("").join(said) if said else nobody])


class TimePage(PanelsPage):
    """Every phase: its figures in columns, and a bar for the time used beside them, or below where there is less room."""

    title = "time"

    @staticmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        return tuple(each.finding(found.cases) for each in found.timings)

    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        timings = data.overview.timings
        if not timings:
            said = "No debrief's clocks are known: they are kept where a session is run in Redraw."
            return PanelLayout([Box("Minutes", above=hung(Content(said), width - self.border, ""))])
        columns, edge = width - self.border - 1, 1 if self.is_bare else 2
        table = time_drawing.table(timings, columns, height - edge, self.chosen)
        key = time_drawing.key(columns - (1 if self.is_bare else 24))
        return PanelLayout([Box("Minutes", table.rows, key, table.head, table.axis, table.apart)])


class RhythmPage(PanelsPage):
    """Act, reflect, pause: the counts with a sign for each probe, and what is out of balance."""

    title = "rhythm"
    has_pane = True

    @staticmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        return (*rhythm.lines(found.rhythm), *rhythm.remarks(found.rhythm))

    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        counted, remarks = rhythm.lines(data.overview.rhythm), rhythm.remarks(data.overview.rhythm)
        ours = "Of our own debriefs" if any(case.whose for case in data.cases) else "Of the debriefs"
        columns = width - self.border - 1
        roomy = height >= 3 * (len(counted) + len(remarks)) + 6
        order = {case.probe: at for at, case in enumerate(data.cases)}
        return PanelLayout(
            [
                Box(
                    ours,
                    [*_listed(counted, columns, self.chosen, 0, order)],
                    above=Content.styled("Act intensely, reflect deeply, pause deliberately.", "italic"),
                    apart=roomy,
                ),
                Box(
                    "Out of balance",
                    [*_listed(remarks, columns, self.chosen, len(counted))],
                    above=EMPTY if remarks else Content("Nothing stands out as out of balance."),
                    apart=roomy,
                ),
            ]
        )


class RecordPage(PanelsPage):
    """Whose impulse was right, and which patterns recur."""

    title = "record"
    has_pane = True

    @staticmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        return (*track_record.impulses(found.cases), *track_record.recurring(found.recurrences))

    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        findings, again = data.findings[self.title], len(data.overview.recurrences)
        split, columns = len(findings) - again, width - self.border - 1
        impulses = [*_listed(findings[:split], columns, self.chosen, 0)]
        recurring = [*_listed(findings[split:], columns, self.chosen, split)]
        roomy = height >= 30
        nobody = Content.styled("No debrief has said yet which positions were borne out.", "dim")
        never = Content.styled("No pattern is marked as seen before.", "dim")
        return PanelLayout(
            [
                Box("Dissent borne out", impulses, above=EMPTY if split else nobody, apart=roomy),
                Box("Patterns that recur", recurring, str(again or ""), EMPTY if again else never, apart=roomy),
            ]
        )


def _listed(
    findings: Sequence[Finding], width: int, chosen: int, first: int, order: Mapping[str, int] | None = None
) -> Iterator[Content]:
    """Some findings; `first` is the place of the first one on the page. With an order of the probes each has their signs below it."""
    for at, each in enumerate(findings, first):
        label, style = ("▸ ", "bold") if at == chosen else ("  ", "")
        text = hung(Content.styled(each.said, style), width, label, "bold $accent")
        strip = _strip(each, width, order) if order else EMPTY
        yield Content("\n").join([text, strip]) if strip.plain else text


def _strip(found: Finding, width: int, order: Mapping[str, int]) -> Content:
    """A sign for each probe of a finding, the oldest left, after what the signs mean; the latest that there is room for."""
    signs = {probe: sign(at) for at, (_, probes) in enumerate(found.parts) for probe in probes}
    key = "  ".join(f"{sign(at)} {name}" for at, (name, _) in enumerate(found.parts))
    drawn = "".join(signs[probe] for probe in sorted(signs, key=lambda probe: order.get(probe, 0)))
    room = width - len(key) - 6
    if not drawn or room < 4:
        return EMPTY
    return Content.assemble(f"  {drawn[-room:]}  ", (key, "dim"))
