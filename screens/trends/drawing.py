"""What is drawn across probes besides the counts: sovereignty over time, the time of the phases, the rhythm, the record."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from textual.content import Content

from screens.trends.figures import Page
from screens.widgets.paragraphs import hung
from store.trends import charts, record, rhythm
from store.trends.cases import Case
from store.trends.counts import Count
from store.trends.overview import Overview
from store.trends.sovereignty import Course, turnout
from store.trends.timing import Timing
from store.words.text import clipped

PAIRED = 72
"""Columns from which the measures stand in pairs."""

_CHOSEN = "bold reverse"
_LABEL = 16
"""Columns for the name of a phase."""

_FEWEST = 6
"""Rows of a measure's chart at the least."""


def counts(found: Overview) -> Sequence[tuple[Count, ...]]:
    """The figures of each page, in the order in which they stand there: sovereignty, time, rhythm, record."""
    return (
        (*(each.behind(found.cases) for each in found.courses), turnout(found.cases)),
        tuple(each.behind(found.cases) for each in found.timings),
        (*rhythm.lines(found.rhythm), *rhythm.remarks(found.rhythm)),
        (*found.impulses, *record.recurring(found.recurrences)),
    )


# ------------------------------------------------------------------------------------------------------- sovereignty


def sovereignty(found: Overview, width: int, height: int, chosen: int) -> Page:
    """The four measures over time, a bar for each probe, two by two where there is room, and turnout last."""
    paired = width >= PAIRED
    columns = width // 2 - 2 if paired else width
    down = 2 if paired else 4
    room = (height - 2) // down - 2
    rows = max(_FEWEST, room)
    drawn = [charts.changes(found.cases, course.measure, columns, rows) for course in found.courses]
    shown = found.cases[-drawn[0].shown :]
    first, last = (f"{date.fromisoformat(case.day):%b %Y}" for case in (shown[0], shown[-1]))
    left = len(found.cases) - len(shown)
    said = f"Up gained, down lost, {charts.UNSAID} not said; {first} to {last}"
    said += f"; {left} older not drawn" if left else ", the oldest left"
    panels = [
        _measure(course, each, columns, at == chosen, room > len(each.rows))
        for at, (course, each) in enumerate(zip(found.courses, drawn, strict=True))
    ]
    people = _turnout(found.cases, width, chosen == len(panels))
    return Page(Content.styled(said, "dim"), [*panels, people], Content(""), paired)


def _measure(course: Course, drawn: charts.Changes, columns: int, chosen: bool, gap: bool) -> Content:
    said = course.in_words(short=True)
    lines = [
        Content.styled(course.measure, _CHOSEN if chosen else "bold $accent"),
        Content(said if len(said) <= columns else clipped(said.partition(",")[0], columns)),
    ]
    for at, row in enumerate(drawn.rows):
        label, bars = row[:3], row[3:]
        style = "$success" if at < drawn.zero else "$error" if drawn.zero < at < 2 * drawn.zero + 1 else "dim"
        lines.append(Content.assemble((label, "dim"), (bars, style)))
    return Content("\n").join([*lines, Content("")] if gap else lines)


def _turnout(cases: Sequence[Case], width: int, chosen: bool) -> Content:
    """How many came, the latest first, each behind the sign of its probe; as many as there is room for."""
    title = "turnout, never added in"
    signs = charts.letters(cases)
    known = [case for case in reversed(cases) if case.turnout is not None]
    said = ""
    for case in known[: charts.LETTERED]:
        more = f"   {signs[case.probe]} {case.turnout}"
        if len(title) + len(said) + len(more) > width - 2:
            break
        said += more
    return Content.assemble((title, _CHOSEN if chosen else "bold"), (said or "   nobody counted", "dim"))


# -------------------------------------------------------------------------------------------------------------- time


def times(found: Overview, width: int, height: int, chosen: int) -> Page:
    """Planned and used time of every phase: what was used as a bar, with the figures above it."""
    if not found.timings:
        return Page(
            Content("No debrief's clocks are known: they are kept where a session is run in Redraw."), (), Content("")
        )
    each = max(2, (height - 2) // len(found.timings))
    rows = 1 if each < 4 else min(4, each - 2)
    gap = each > rows + 1
    drawn = charts.times(found.timings, width, rows)
    figures = [
        _phase(timing, bars, at == chosen, gap and at < len(found.timings) - 1)
        for at, (timing, bars) in enumerate(zip(found.timings, drawn.phases, strict=True))
    ]
    key = f"{charts.BAR} used, the median   {charts.LONGEST} to the longest   {charts.PLANNED} planned   over: a minute or more"
    foot = Content("\n").join([Content.styled(drawn.axis, "dim"), Content.styled(key, "dim")])
    return Page(Content(""), figures, foot)


def _phase(timing: Timing, bars: Iterable[str], chosen: bool, gap: bool) -> Content:
    blank = " " * (_LABEL - len(timing.title))
    lines = [
        Content.assemble((timing.title, _CHOSEN if chosen else "bold"), blank, timing.in_figures()),
        *(Content.styled(row, "$accent") for row in bars),
    ]
    return Content("\n").join([*lines, Content("")] if gap else lines)


# ---------------------------------------------------------------------------------------------------- rhythm, record


def beat(found: Overview, width: int, height: int, chosen: int) -> Page:
    """Act, reflect, pause: the counts, and what is out of balance."""
    counted, said = rhythm.lines(found.rhythm), rhythm.remarks(found.rhythm)
    ours = "Of our own debriefs" if any(case.whose for case in found.cases) else "Of the debriefs"
    figures = [
        *_listed(counted, width, chosen, 0, ours),
        *_listed(said, width, chosen, len(counted), "Out of balance"),
    ]
    foot = Content("") if said else Content.styled("\nNothing stands out as out of balance.", "bold $accent")
    head = Content.styled("Act intensely, reflect deeply, pause deliberately.\n", "italic")
    return Page(head, figures, foot)


def recorded(found: Overview, width: int, height: int, chosen: int) -> Page:
    """Whose impulse was right, and which patterns recur."""
    runs, again = found.impulses, record.recurring(found.recurrences)
    figures = [
        *_listed(runs, width, chosen, 0, "Positions of dissent that were borne out"),
        *_listed(again, width, chosen, len(runs), "Patterns that recur"),
    ]
    missing = [] if runs else ["No debrief has said yet which positions were borne out."]
    missing += [] if again else ["No pattern is marked as seen before."]
    return Page(Content(""), figures, Content.styled("\n".join(missing), "dim"))


def _listed(counts: Sequence[Count], width: int, chosen: int, first: int, title: str) -> Iterator[Content]:
    """Some figures below a title; `first` is the place on the page of the first."""
    for at, each in enumerate(counts, first):
        label, style = ("▸ ", _CHOSEN) if at == chosen else ("  ", "")
        text = hung(Content.styled(each.said, style), width - 1, label)
        above = [Content("")] if first else []
        yield Content("\n").join([*above, Content.styled(title, "bold $accent"), text]) if at == first else text
