"""The record that our debriefs add up to: whose impulse was right, and which patterns were seen more than once.

A position of dissent is borne out or not by what happened (`store.session.impulses`); that a pattern is one that was seen before
is said by people (`store.book.recurrence`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from store.book.recurrence import Recurrence
from store.matrix.statistics import wilson
from store.session.impulses import Run, record
from store.trends.cases import Case
from store.trends.counts import Count, split
from store.words.text import clipped

_LONGEST = 100
"""Characters of a pattern in a sentence."""


def impulses(cases: Sequence[Case]) -> tuple[Count, ...]:
    """The running record of the positions for each pull, with the debriefs that said what became of them."""
    return tuple(_impulse(run, cases) for run in _runs(cases))


def _runs(cases: Iterable[Case]) -> tuple[Run, ...]:
    return record(case.impulses for case in cases)


def _impulse(run: Run, cases: Iterable[Case]) -> Count:
    said = {case.probe: case.impulses[run.pull] for case in cases if run.pull in case.impulses}
    borne_out = tuple(probe for probe, (count, _) in said.items() if count)
    notes = {probe: f"{count} of {of}" for probe, (count, of) in said.items()}
    return Count(str(run), split(borne_out, tuple(said), "borne out", "not"), "Dissent", notes, "borne out")


def recurring(found: Iterable[Recurrence]) -> tuple[Count, ...]:
    """What became of the patterns that were seen more than once."""
    return tuple(
        Count(_recurrence(each), (("seen", tuple(held.probe for held in each.seen)),), "Patterns") for each in found
    )


def _recurrence(found: Recurrence) -> str:
    since = found.verdict()
    numbers = sorted({each.guideline for each in found.against})
    said = ", ".join(map(str, numbers))
    resting = f"guidelines {said} rest on it; " if numbers[1:] else f"guideline {said} rests on it; " if numbers else ""
    return f"“{clipped(found.pattern.text, _LONGEST)}” seen {len(found.pattern.seen)} times; {resting}{since}"


def impulses_as_json(cases: Sequence[Case]) -> dict[str, Any]:
    """The record of each pull: its count, interval and probes."""
    return {
        run.pull: {
            "count": run.count,
            "of": run.of,
            "interval": list(wilson(run.count, run.of)),
            "probes": [
                {"probe": case.probe, "count": case.impulses[run.pull][0], "of": case.impulses[run.pull][1]}
                for case in cases
                if run.pull in case.impulses
            ],
        }
        for run in _runs(cases)
    }


def recurring_as_json(found: Iterable[Recurrence]) -> list[dict[str, Any]]:
    """Each pattern that recurs: where it was seen, what was amended against it, and whether it recurred after that."""
    return [
        {
            "pattern": each.pattern.text,
            "times": len(each.pattern.seen),
            "probes": [held.probe for held in each.seen],
            "amendments": [
                {"guideline": one.guideline, "principle": one.principle, "probe": one.held.probe}
                for one in each.against
            ],
            "since_the_last": {"again": each.again, "of": each.since} if each.against else None,
        }
        for each in found
    ]
