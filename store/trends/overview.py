"""All that is shown across probes, in one frozen value: for the screen, for `redraw trends` and for its JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from store.book import recurrence
from store.book.recurrence import Recurrence
from store.trends import record
from store.trends import rhythm as rhythms
from store.trends.asking import Asking
from store.trends.cases import OURS, Case, Rows, of_ours, read, whose
from store.trends.counts import NAMED, Count
from store.trends.lines import DIMENSIONS, EVERYWHERE, Trend, behind, trends
from store.trends.lines import as_json as trends_as_json
from store.trends.rhythm import Rhythm, rhythm
from store.trends.sovereignty import Course, courses, turnout
from store.trends.timing import Timing, timings
from store.words.text import clipped

NOTHING_REPEATS = "Nothing yet that repeats in one place and not elsewhere."
EMPTY = "No probe has been debriefed yet: there is nothing to compare."


@dataclass(frozen=True)
class Overview:
    """What some cases show.

    Attributes:
        cases: the probes that were counted, oldest first.
        trends, courses, timings: see their modules; `asking` finds trends by words.
        rhythm: of our own probes, for it is ours that can be out of balance; `recurrences` are ours too.
    """

    cases: tuple[Case, ...]
    trends: tuple[Trend, ...]
    asking: Asking = field(compare=False)
    courses: tuple[Course, ...]
    timings: tuple[Timing, ...]
    rhythm: Rhythm
    recurrences: tuple[Recurrence, ...] = ()

    @property
    def impulses(self) -> tuple[Count, ...]:
        """The record of our own positions of dissent."""
        return record.impulses(of_ours(self.cases))


def overview(cases: Iterable[Case], recurrences: tuple[Recurrence, ...] = ()) -> Overview:
    """Count everything."""
    known = tuple(cases)
    counts = trends(known)
    ours = rhythm(of_ours(known))
    return Overview(known, counts, Asking(counts), courses(known), timings(known), ours, recurrences)


class Book(Rows, recurrence.Book, Protocol):
    """What this needs of an archive."""


def build(archive: Book, ours: bool = False) -> Iterator[float | Overview]:
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
            recurring = any(True for _ in archive.each("recurring_patterns"))
            recurrences = recurrence.recurrences(archive) if recurring else ()
            yield overview(of_ours(each) if ours else each, recurrences)


def built(archive: Book, ours: bool = False) -> Overview:
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
    """The whole of it as lines of plain text: what stands out, then by dimension, sovereignty, time, rhythm and record.

    Behind each figure stand in brackets the probes in which it happened, `NAMED` of them at the most.
    """
    if not found.cases:
        yield EMPTY
        return
    yield (
        f"{counted(found)}. Each count is given with 95 % confidence, in hundredths (Wilson), and with the probes in which it"
        " happened."
    )
    standing = [each for each in found.trends if each.is_pattern]
    yield from _section("WHAT REPEATS", map(behind, standing), NOTHING_REPEATS)
    for dimension in DIMENSIONS:
        those = [each for each in found.trends if each.dimension == dimension]
        if any(each.count for each in those):
            yield from _section(
                f"BY {dimension.upper()}" if dimension != EVERYWHERE else "OVER ALL PROBES",
                (behind(each) for each in those if each.count > 1),
            )
            yield from (f"  {line}" for line in _once(those))
    yield from _section("SOVEREIGNTY OVER TIME", (course.behind(found.cases) for course in found.courses))
    came = [f"{case.probe} {case.turnout}" for case in found.cases if case.turnout is not None][-NAMED:]
    yield f"  {turnout(found.cases).said}" + (f"; the latest: {', '.join(came)}" if came else "")
    yield from _section(
        "TIME PLANNED AND USED", (each.behind(found.cases) for each in found.timings), "No debrief's clocks are known."
    )
    yield from _section("RHYTHM", (*rhythms.lines(found.rhythm), *rhythms.remarks(found.rhythm)))
    yield from _section("WHOSE IMPULSE WAS RIGHT", found.impulses, "No debrief has said it of a position yet.")
    yield from _section("PATTERNS THAT RECUR", record.recurring(found.recurrences), "None is marked as seen before.")


def _section(title: str, counts: Iterable[Count], otherwise: str = "") -> Iterator[str]:
    """A title, and a line for each count."""
    yield ""
    yield title
    for each in counts:
        otherwise = ""
        yield f"  {each.said}" + (f" [{each.named}]" if each.named else "")
    if otherwise:
        yield f"  {otherwise}"


def _once(those: Iterable[Trend]) -> Iterator[str]:
    """What happened in one probe each, a line for each fact: in how many of how many with whom."""
    facts: dict[str, list[str]] = {}
    for each in those:
        if each.count == 1:
            where = f"{clipped(each.value, 40)} " if each.value else ""
            facts.setdefault(each.fact, []).append(f"{where}1 of {each.of} [{each.probes[0]}]")
    for fact, found in facts.items():
        yield f"{fact} in one probe: {', '.join(found)}"


def wrapped(lines: Iterable[str], columns: int) -> Iterator[str]:
    """The lines for a terminal of so many columns: what doesn't fit hangs below its own beginning."""
    for line in lines:
        yield from textwrap.wrap(line, max(40, columns), subsequent_indent=" " * 6, break_on_hyphens=False) or [""]


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
            "remarks": [
                {"said": each.said, "probes": list(each.parts[0][1]), "cases": list(each.cases)}
                for each in rhythms.remarks(found.rhythm)
            ],
        },
        "impulses": record.impulses_as_json(of_ours(found.cases)),
        "recurring_patterns": record.recurring_as_json(found.recurrences),
    }


def _place(at: tuple[float, float] | None) -> dict[str, float] | None:
    return {"autonomy": at[0], "benefit": at[1]} if at else None


def _count(those: tuple[str, ...], of: tuple[str, ...]) -> dict[str, Any]:
    return {"count": len(those), "of": len(of), "probes": list(those), "cases": list(of)}
