"""The overview as lines of plain text, for `redraw trends`."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator

from store.trends import rhythm, track_record
from store.trends.case import OURS
from store.trends.finding import NAMED, Finding
from store.trends.overview import Overview
from store.trends.sovereignty import new_organisers, turnout
from store.trends.trends import DIMENSIONS, EVERYWHERE, Trend
from store.words.numbers import counted
from store.words.text import clipped

NO_PATTERN = "No pattern yet."
WATCHED = "Worth watching, may be chance"
EMPTY = "No probe has been debriefed yet: there is nothing to compare."


def probes_counted(found: Overview) -> str:
    """How many probes are counted, and whose they are: “12 probes debriefed: 9 ours, 3 of Clear Estuary”."""
    said = f"{counted(len(found.cases), 'probe')} debriefed"
    groups = Counter(case.whose for case in found.cases)
    if set(groups) <= {OURS}:
        return said
    return f"{said}: " + ", ".join(
        f"{count} {f'of {clipped(name, 40)}' if name else 'ours'}" for name, count in sorted(groups.items())
    )


def as_text(found: Overview) -> Iterator[str]:
    """The whole overview: what stands out, then by dimension, sovereignty, time, rhythm and track record.

    After each figure the probes in which it happened follow in brackets, at most `NAMED` of them.
    """
    if not found.cases:
        yield EMPTY
        return
    yield (
        f"{probes_counted(found)}. Each count is given with 95 % confidence, in hundredths (Wilson), and with the probes in which"
        " it happened."
    )
    levels = {level: [each.finding() for each in found.trends if each.level == level] for level in ("pattern", "watch")}
    yield from _section("WHAT REPEATS", levels["pattern"], NO_PATTERN)
    if levels["watch"]:
        yield from _section(WATCHED.upper(), levels["watch"])
    for dimension in DIMENSIONS:
        those = [each for each in found.trends if each.dimension == dimension]
        if any(each.count for each in those):
            yield from _section(
                f"BY {dimension.upper()}" if dimension != EVERYWHERE else "OVER ALL PROBES",
                (each.finding() for each in those if each.count > 1),
            )
            yield from (f"  {line}" for line in _once(those))
    yield from _section("SOVEREIGNTY OVER TIME", (course.finding(found.cases) for course in found.courses))
    for each in (turnout(found.cases), new_organisers(found.cases)):
        latest = [f"{probe} {said}" for probe, said in each.notes.items()][-NAMED:]
        yield f"  {each.said}" + (f"; the latest: {'; '.join(latest)}" if latest else "")
    yield from _section(
        "TIME PLANNED AND USED", (each.finding(found.cases) for each in found.timings), "No debrief's clocks are known."
    )
    yield from _section("RHYTHM", (*rhythm.lines(found.rhythm), *rhythm.remarks(found.rhythm)))
    impulses = track_record.impulses(found.cases)
    yield from _section("WHOSE IMPULSE WAS RIGHT", impulses, "No debrief has said it of a position yet.")
    yield from _section(
        "PATTERNS THAT RECUR", track_record.recurring(found.recurrences), "None is marked as seen before."
    )


def _section(title: str, findings: Iterable[Finding], otherwise: str = "") -> Iterator[str]:
    yield ""
    yield title
    for each in findings:
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
    """The lines for a terminal with so many columns: what doesn't fit is indented below its first row."""
    for line in lines:
        yield from textwrap.wrap(line, max(40, columns), subsequent_indent=" " * 6, break_on_hyphens=False) or [""]
