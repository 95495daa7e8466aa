"""The track record of our debriefs: whose impulse was right, and which patterns were seen more than once.

What happened bears out a position of dissent or doesn't (`store.session.impulses`); people say that a pattern was seen before
(`store.book.recurrence`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.book.recurrence import Recurrence
from store.session.impulses import PullRecord, record
from store.trends.case import Case, of_ours
from store.trends.finding import Finding, split
from store.words.text import clipped

_LONGEST = 100
"""Characters of a pattern in a sentence."""


def runs(cases: Iterable[Case]) -> tuple[PullRecord, ...]:
    """The running record of our own positions of dissent, for each pull."""
    return record(case.impulses for case in of_ours(cases))


def impulses(cases: Iterable[Case]) -> tuple[Finding, ...]:
    """The same with the debriefs that said what became of them."""
    ours = of_ours(cases)
    return tuple(_impulse(run, ours) for run in runs(ours))


def _impulse(run: PullRecord, cases: Sequence[Case]) -> Finding:
    said = {case.probe: case.impulses[run.pull] for case in cases if run.pull in case.impulses}
    borne_out = tuple(probe for probe, (count, _) in said.items() if count)
    notes = {probe: f"{count} of {of}" for probe, (count, of) in said.items()}
    return Finding(str(run), split(borne_out, tuple(said), "borne out", "not"), "Dissent", notes, "borne out")


def recurring(found: Iterable[Recurrence]) -> tuple[Finding, ...]:
    """What became of the patterns that were seen more than once."""
    return tuple(
        Finding(_recurrence(each), (("seen", tuple(held.probe for held in each.seen)),), "Patterns") for each in found
    )


def _recurrence(found: Recurrence) -> str:
    since = found.verdict()
    numbers = sorted({each.guideline for each in found.against})
    said = ", ".join(map(str, numbers))
    resting = f"guidelines {said} rest on it; " if numbers[1:] else f"guideline {said} rests on it; " if numbers else ""
    return f"“{clipped(found.pattern.text, _LONGEST)}” seen {len(found.pattern.seen)} times; {resting}{since}"
