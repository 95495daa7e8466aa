"""All that is shown across probes, in one frozen value: for the screen, for `redraw trends` and for its JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from store.across import rhythm as rhythms
from store.across.asking import Asking
from store.across.cases import OURS, Case, Rows, of_ours, read, whose
from store.across.course import Course, courses
from store.across.rhythm import Rhythm, rhythm
from store.across.timing import Timing, timings
from store.across.trends import DIMENSIONS, Trend, in_words, trends
from store.across.trends import as_json as trends_as_json
from store.words.figures import number
from store.words.text import clipped

EMPTY = "No probe has been debriefed yet: there is nothing to compare."


@dataclass(frozen=True)
class Overview:
    """What some cases show.

    Attributes:
        cases: the probes that were counted, oldest first.
        trends, courses, timings: see their modules; `asking` finds trends by words.
        rhythm: of our own probes, for it is ours that can be out of balance.
    """

    cases: tuple[Case, ...]
    trends: tuple[Trend, ...]
    asking: Asking = field(compare=False)
    courses: tuple[Course, ...]
    timings: tuple[Timing, ...]
    rhythm: Rhythm


def overview(cases: Iterable[Case]) -> Overview:
    """Count everything."""
    known = tuple(cases)
    counts = trends(known)
    return Overview(known, counts, Asking(counts), courses(known), timings(known), rhythm(of_ours(known)))


def build(archive: Rows, ours: bool = False) -> Iterator[float | Overview]:
    """Read the archive and count: how much is done, 0 to 1, again and again, and at last the overview.

    Args:
        ours: whether only our own probes are counted.

    Raises:
        ArchiveError: a record isn't as Redraw writes it.
    """
    for each in read(archive):
        if isinstance(each, float):
            yield each * 0.9
        else:
            yield overview(of_ours(each) if ours else each)


def built(archive: Rows, ours: bool = False) -> Overview:
    """The overview, at once."""
    (found,) = (each for each in build(archive, ours) if isinstance(each, Overview))
    return found


def counted(found: Overview) -> str:
    """How many probes are counted, and whose they are: “12 probes debriefed: 9 ours, 3 of Clear Estuary”."""
    n = len(found.cases)
    said = f"{n} probe{'' if n == 1 else 's'} debriefed"
    groups = whose(found.cases)
    if set(groups) <= {OURS}:
        return said
    return f"{said}: " + ", ".join(
        f"{count} {f'of {clipped(name, 40)}' if name else 'ours'}" for name, count in sorted(groups.items())
    )


def as_text(found: Overview) -> Iterator[str]:
    """The whole of it as lines of plain text: what stands out, then by dimension, sovereignty, time and rhythm."""
    if not found.cases:
        yield EMPTY
        return
    yield f"{counted(found)}. Each count is given with 95 % confidence, in hundredths (Wilson)."
    standing = [each for each in found.trends if each.is_pattern]
    yield ""
    yield "WHAT REPEATS"
    yield from (f"  {in_words(each)}" for each in standing)
    if not standing:
        yield "  Nothing yet that repeats in one place and not elsewhere."
    for dimension in DIMENSIONS:
        those = [each for each in found.trends if each.dimension == dimension and each.count]
        once = sum(each.count == 1 for each in those)
        if those:
            yield ""
            yield f"BY {dimension.upper()}" if dimension in DIMENSIONS[:-1] else "OVER ALL PROBES"
            yield from (f"  {in_words(each)}" for each in those if each.count > 1)
        if once:
            yield f"  … and {once} that happened in one probe: --json has {'it' if once == 1 else 'them'} too."
    yield ""
    yield "SOVEREIGNTY OVER TIME"
    for course in found.courses:
        yield f"  {course.measure}: {course.in_words()}"
    turnouts = [str(case.turnout) for case in found.cases if case.turnout is not None]
    yield f"  turnout, never added in: {', '.join(turnouts) or 'nobody counted'}"
    yield ""
    yield "TIME PLANNED AND USED"
    for timing in found.timings:
        yield f"  {timing_in_words(timing)}"
    if not found.timings:
        yield "  No debrief's clocks are known."
    yield ""
    yield "RHYTHM"
    yield from (f"  {line}" for line in (*rhythms.lines(found.rhythm), *rhythms.remarks(found.rhythm)))


def minutes(seconds: float) -> str:
    """Seconds as minutes, to the half."""
    return number(round(seconds / 30) / 2)


def timing_in_words(timing: Timing) -> str:
    """A phase in one line."""
    n = len(timing.sessions)
    used = (
        f"{minutes(timing.used)} min"
        if n == 1
        else f"{minutes(timing.used)} min ({minutes(timing.least)} to {minutes(timing.most)})"
    )
    few = "one debrief" if n == 1 else f"{n} debriefs"
    return f"{timing.title}: planned {minutes(timing.planned)} min, used {used} in {few}, over in {len(timing.over)} of {n}"


def as_json(found: Overview) -> dict[str, Any]:
    """The same figures as JSON values (DESIGN.md, contracts): each with its counts and the probes behind it."""
    return {
        "counted": {
            "probes": len(found.cases),
            "ours": whose(found.cases).get(OURS, 0),
            "theirs": {name: count for name, count in whose(found.cases).items() if name != OURS},
        },
        "probes": {
            case.probe: {
                "session": case.session,
                "title": case.title,
                "day": case.day,
                "origin": case.whose,
                "expected": _place(case.expected),
                "actual": _place(case.actual),
                "gap": _place(case.gap),
            }
            for case in found.cases
        },
        **trends_as_json(found.trends),
        "sovereignty": {
            course.measure: {
                "changes": [
                    {"probe": case.probe, "change": change}
                    for case, change in zip(found.cases, course.changes, strict=True)
                    if change is not None
                ],
                "gained": _count(course.gained, course.said),
                "lost": _count(course.lost, course.said),
                "above_mean_before": _count(course.above, course.compared),
            }
            for course in found.courses
        },
        "turnout": [{"probe": case.probe, "turnout": case.turnout} for case in found.cases if case.turnout is not None],
        "time": {
            timing.phase: {
                "planned": timing.planned,
                "used": {"median": timing.used, "least": timing.least, "most": timing.most},
                "over": _count(timing.over, timing.sessions),
            }
            for timing in found.timings
        },
        "rhythm": {
            "within_24_hours": _count(*found.rhythm.in_time),
            "decompression_held": _count(*found.rhythm.decompressed),
            "facilitators": {"different": found.rhythm.leaders, "latest": list(found.rhythm.led[0])},
            "next": [{"probe": probe, "rhythm": word} for probe, word in found.rhythm.next],
            "remarks": list(rhythms.remarks(found.rhythm)),
        },
    }


def _place(at: tuple[float, float] | None) -> dict[str, float] | None:
    return {"autonomy": at[0], "benefit": at[1]} if at else None


def _count(those: tuple[str, ...], of: tuple[str, ...]) -> dict[str, Any]:
    return {"count": len(those), "of": len(of), "probes": list(those), "cases": list(of)}
