"""What is drawn across probes besides the counts: the steps of sovereignty, the time of the phases, the rhythm."""

from datetime import date

from textual.content import Content

from store.across import rhythm
from store.across.cases import Case
from store.across.course import steps, turnouts
from store.across.overview import Overview, minutes
from store.words.dates import day
from store.words.text import clipped

_BLOCKS = "▁▂▃▄▅▆▇█"
SHORT = 110
"""Columns below which the counts of a measure are said in short."""

_LABEL = 16
"""Columns for the name of a phase."""


def sovereignty(found: Overview, width: int, roomy: bool) -> Content:
    """The four measures over time, a step for each probe, and turnout last.

    Args:
        width: columns there are; where the probes are more, the oldest are left out, which is said.
        roomy: whether an empty line parts the measures.
    """
    room = max(10, width - 4)
    shown = found.cases[-room:]
    step = max(1, min(6, room // max(1, len(shown))))
    left = len(found.cases) - len(shown)
    first, last = (f"{date.fromisoformat(case.day):%b %Y}" for case in (shown[0], shown[-1]))
    span = f"oldest left, {first} to {last}" + (f"; {left} older not shown" if left else "")
    lines = [Content.styled(f"Up gained, down lost; {span}", "dim")]
    for course in found.courses:
        upper, line, lower = steps(course.changes[-room:], step)
        lines += [Content("")] if roomy else []
        lines += [
            Content.assemble((course.measure, "bold $accent"), f"  {course.in_words(short=width < SHORT)}"),
            Content.assemble(("  + ", "dim"), (upper, "$success")),
            Content.assemble(("    ", "dim"), (line, "dim")),
            Content.assemble(("  − ", "dim"), (lower, "$error")),
        ]
    came = turnouts(shown)
    known = [each for each in came if each is not None]
    lines += [Content("")] if roomy else []
    if known:
        most = max(known) or 1
        tops = [" " if each is None else _BLOCKS[(len(_BLOCKS) - 1) * each // most] for each in came]
        bars = "".join(top * max(1, step - 1) + " " * min(1, step - 1) for top in tops)
        said = f"   {min(known)} to {max(known)} people; never added in"
        lines += [Content.assemble(("turnout", "bold"), (said, "dim")), Content.styled(f"    {bars}", "dim")]
    else:
        lines.append(Content.assemble(("turnout", "bold"), ("   nobody counted; it is never added in", "dim")))
    return Content("\n").join(lines)


def _day(case: Case) -> str:
    return day(date.fromisoformat(case.day))


def times(found: Overview, width: int) -> Content:
    """Planned and used time of every phase: medians, the range, and in how many it ran over."""
    if not found.timings:
        return Content("No debrief's clocks are known: they are kept where a session is run in Redraw.")
    bar = max(10, width - _LABEL - 42)
    longest = max(max(each.most, each.planned) for each in found.timings)

    def at(seconds: float) -> int:
        return round(seconds / longest * (bar - 1))

    lines = [
        Content.styled(f"{'minutes':<{_LABEL}}{'planned':>8}{'used':>7}{'range':>13}  {'ran over':<12}", "dim"),
        Content(""),
    ]
    for each in found.timings:
        signs = ["█" if cell < at(each.used) else "─" if cell <= at(each.most) else " " for cell in range(bar)]
        signs[at(each.planned)] = "┃"
        n = len(each.sessions)
        span = f"{minutes(each.least)} to {minutes(each.most)}" if n > 1 else "one debrief"
        over = f"{len(each.over)} of {n}"
        lines.append(
            Content.assemble(
                (f"{each.title:<{_LABEL}}", "bold"),
                f"{minutes(each.planned):>8}{minutes(each.used):>7}{span:>13}  {over:<12}",
                ("".join(signs), "$accent"),
            )
        )
    lines += [
        Content(""),
        Content.styled("█ used, the median  ─ up to the longest  ┃ planned  ran over: a minute or more", "dim"),
    ]
    return Content("\n").join(lines)


def beat(found: Overview) -> Content:
    """Act, reflect, pause: the counts, what came next after each debrief, and what is out of balance."""
    lines = [Content.styled("Act intensely, reflect deeply, pause deliberately.", "italic"), Content("")]
    lines += [
        Content.styled("Of the debriefs", "bold $accent"),
        *(Content(line) for line in rhythm.lines(found.rhythm)),
    ]
    said = rhythm.remarks(found.rhythm)
    lines += [
        Content(""),
        Content.styled("Out of balance" if said else "Nothing stands out as out of balance.", "bold $accent"),
    ]
    lines += [Content.styled(line, "bold") for line in said]
    next_ = dict(found.rhythm.next)
    last = [case for case in found.cases if case.probe in next_][-12:]
    if last:
        lines += [Content(""), Content.styled("What each debrief said comes next, the latest first", "bold $accent")]
    for case in reversed(last):
        lines.append(
            Content.assemble((f"{next_[case.probe]:<9}", "bold"), f"{_day(case):<19}{clipped(case.title, 60)}")
        )
    return Content("\n").join(lines)
