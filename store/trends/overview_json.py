"""The overview as JSON values (DESIGN.md, contracts): each figure with its counts and the probes behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from store.book.recurrence import Recurrence
from store.matrix.statistics import wilson
from store.session.impulses import record
from store.trends import rhythm
from store.trends.case import OURS, Case, of_ours
from store.trends.overview import Overview
from store.trends.trends import Trend


def as_json(found: Overview) -> dict[str, Any]:
    """The whole overview."""
    groups = Counter(case.whose for case in found.cases)
    return {
        "counted": {
            "probes": len(found.cases),
            "ours": groups[OURS],
            "theirs": {name: count for name, count in groups.items() if name != OURS},
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
        "trends": [trend_as_json(each) for each in found.trends],
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
        "new_organisers": [
            {"probe": case.probe, "joined": case.joined, "stayed": case.stayed}
            for case in found.cases
            if case.joined is not None or case.stayed is not None
        ],
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
                for each in rhythm.remarks(found.rhythm)
            ],
        },
        "impulses": _impulses(of_ours(found.cases)),
        "recurring_patterns": [_recurrence(each) for each in found.recurrences],
    }


def _place(at: tuple[float, float] | None) -> dict[str, float] | None:
    return {"autonomy": at[0], "benefit": at[1]} if at else None


def _count(those: tuple[str, ...], of: tuple[str, ...]) -> dict[str, Any]:
    return {"count": len(those), "of": len(of), "probes": list(those), "cases": list(of)}


def trend_as_json(trend: Trend) -> dict[str, object]:
    """One count."""
    return {
        "dimension": trend.dimension,
        "value": trend.value,
        "fact": trend.fact,
        "count": trend.count,
        "of": trend.of,
        "interval": [trend.low, trend.high],
        "elsewhere": {"count": trend.elsewhere[0], "of": trend.elsewhere[1]},
        "level": trend.level,
        "pattern": trend.is_pattern,
        "since": trend.since or None,
        "part_of": dict(zip(("dimension", "value"), trend.part_of, strict=True)) if trend.part_of else None,
        "probes": list(trend.probes),
        "cases": list(trend.cases),
    }


def _impulses(ours: Sequence[Case]) -> dict[str, Any]:
    """The record of each pull: its count, interval and probes."""
    return {
        run.pull: {
            "count": run.count,
            "of": run.of,
            "interval": list(wilson(run.count, run.of)),
            "probes": [
                {"probe": case.probe, "count": case.impulses[run.pull][0], "of": case.impulses[run.pull][1]}
                for case in ours
                if run.pull in case.impulses
            ],
        }
        for run in record(case.impulses for case in ours)
    }


def _recurrence(found: Recurrence) -> dict[str, Any]:
    """Where the pattern was seen, what was amended because of it, and whether it recurred after that."""
    return {
        "pattern": found.pattern.text,
        "times": len(found.pattern.seen),
        "probes": [held.probe for held in found.seen],
        "amendments": [
            {"guideline": one.guideline, "principle": one.principle, "probe": one.held.probe} for one in found.against
        ],
        "since_the_last": {"again": found.again, "of": found.since} if found.against else None,
    }
