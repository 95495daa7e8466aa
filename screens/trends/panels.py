"""The pages of panels, one for each finding: sovereignty, time, rhythm and track record."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from screens.trends.page import TrendsData, TrendsPage
from screens.widgets.paragraphs import hung
from store.trends import bars, rhythm, track_record
from store.trends.case import LETTERED
from store.trends.finding import Finding
from store.trends.overview import Overview
from store.trends.sovereignty import Course, new_organisers, turnout
from store.trends.timing import Timing
from store.words.text import clipped

PAIRED = 72
"""Columns from which the measures are in pairs."""

_FEWEST = 6
"""Rows of a measure's chart at least."""

_LABEL = 16
"""Columns for the name of a phase."""

CHOSEN = "bold reverse"
"""How the title of the chosen finding is drawn."""

EMPTY = Content("")


@dataclass(frozen=True)
class PanelLayout:
    """What a page of panels shows.

    Attributes:
        panels: each finding as it is drawn, the chosen one marked.
        head, foot: what is above and below the panels; may be empty.
        paired: how many panels, from the first, are side by side in pairs; the others take a whole row each.
    """

    panels: Sequence[Content]
    head: Content = EMPTY
    foot: Content = EMPTY
    paired: int = 0


class Panel(Static):
    """One finding; a click chooses it."""

    @dataclass
    class Clicked(Message):
        """It was clicked; `at` is its place on the page."""

        at: int

    def __init__(self, at: int) -> None:
        super().__init__(markup=False)
        self._at = at

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Clicked(self._at))


class PanelsPage(VerticalScroll, TrendsPage):
    """The findings of a page, one of them chosen; it scrolls where they need more room than there is."""

    DEFAULT_CSS = """
    PanelsPage { height: 1fr; scrollbar-size-vertical: 1; }
    PanelsPage > Static { height: auto; }
    PanelsPage > .panels { height: auto; }
    PanelsPage > .panels.-paired { layout: grid; grid-size: 2; grid-rows: auto; grid-gutter: 0 2; }
    PanelsPage Panel { height: auto; }
    PanelsPage Panel.-wide { column-span: 2; max-height: 1; }
    """

    def __init__(self) -> None:
        super().__init__(id=self.title, can_focus=False)
        self.chosen = 0
        """The place of the chosen finding."""

    @staticmethod
    @abstractmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        """The findings of this page, in their order."""

    @abstractmethod
    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        """The page drawn for a size, the chosen finding marked."""

    def compose(self) -> ComposeResult:
        yield Static(classes="above", markup=False)
        yield Container(classes="panels")
        yield Static(classes="below", markup=False)

    @property
    def _findings(self) -> Sequence[Finding]:
        return self.data.findings[self.title] if self.data else ()

    def show(self, data: TrendsData) -> None:
        super().show(data)
        self.chosen = max(0, min(self.chosen, len(self._findings) - 1))

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        if self.data is None or not self.display or not self.size.height:
            return
        page = self.layout_for(self.data, self.screen.size.width - 4, self.size.height)
        for name, part in ((".above", page.head), (".below", page.foot)):
            self.query_one(name, Static).update(part)
            self.query_one(name).display = bool(part.plain)
        box, n = self.query_one(".panels"), len(page.panels)
        there = list(box.query(Panel))
        if len(there) < n:
            there += (fresh := [Panel(at) for at in range(len(there), n)])
            box.mount_all(fresh)
        box.set_class(page.paired > 0, "-paired")
        for at, panel in enumerate(there):
            panel.display = at < n
            panel.set_class(at >= page.paired > 0, "-wide")
            if at < n:
                panel.update(page.panels[at])
        if n and self.chosen:
            self.call_after_refresh(self.scroll_to_widget, there[self.chosen], animate=False)
        elif n:
            self.call_after_refresh(self.scroll_home, animate=False)
        self.post_message(self.Changed())

    def hints(self, next_page: str) -> list[str]:
        return [*(["↑ ↓ choose  ·  Enter: the probes behind it"] if self._findings else []), *super().hints(next_page)]

    def move(self, by: int) -> None:
        if self._findings:
            self.chosen = min(max(self.chosen + by, 0), len(self._findings) - 1)
            self.draw()

    def open(self) -> None:
        if self._findings:
            self.post_message(self.Opened(self._findings[self.chosen]))

    @on(Panel.Clicked)
    def _clicked(self, message: Panel.Clicked) -> None:
        self.chosen = message.at
        self.draw()
        self.open()


class SovereigntyPage(PanelsPage):
    """The four measures, a bar for each probe, two by two where there is room."""

    title = "sovereignty"

    @staticmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        courses = (each.finding(found.cases) for each in found.courses)
        return (*courses, turnout(found.cases), new_organisers(found.cases))

    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        paired = width >= PAIRED
        columns = width // 2 - 2 if paired else width
        down = 2 if paired else 4
        room = (height - 3) // down - 2
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
        people = [
            _in_a_row(data, each, width, at == self.chosen)
            for at, each in enumerate(data.findings[self.title])
            if at >= len(panels)
        ]
        return PanelLayout([*panels, *people], head=Content.styled(said, "dim"), paired=len(panels) if paired else 0)


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


def _in_a_row(data: TrendsData, found: Finding, width: int, chosen: bool) -> Content:
    """The notes of a finding, latest first, each after the sign of its probe; as many as there is room for."""
    title = found.said.partition(":")[0]
    said = ""
    for probe in list(found.notes)[: -LETTERED - 1 : -1]:
        more = f"   {data.letters[probe]} {found.notes[probe]}"
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
        phases, axis = bars.phase_bars(timings, width, rows)
        panels = [
            _phase(timing, phase, at == self.chosen, gap and at < len(timings) - 1)
            for at, (timing, phase) in enumerate(zip(timings, phases, strict=True))
        ]
        key = f"{bars.BAR} used, the median   {bars.LONGEST} to the longest   {bars.PLANNED} planned   over: a minute or more"
        return PanelLayout(panels, foot=Content.styled(f"{axis}\n{key}", "dim"))


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
