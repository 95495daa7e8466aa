"""The track record of our debriefs: whose impulse was right, and which patterns were seen more than once.

What happened bears out a position of dissent or doesn't (`store.session.impulses`); people say that a pattern was seen before
(`store.book.recurrence`).
"""

from __future__ import annotations

from collections.abc import Iterable

from store.book.recurrence import Recurrence
from store.session.impulses import record
from store.trends.case import Case, of_ours
from store.trends.finding import Finding, split
from store.words.text import clipped

_LONGEST = 100
"""Characters of a pattern in a sentence."""


def impulses(cases: Iterable[Case]) -> tuple[Finding, ...]:
    """The running record of our own positions of dissent, for each pull, with the debriefs that said what became of them."""
    ours = of_ours(cases)
    found = []
    for run in record(case.impulses for case in ours):
        said = {case.probe: case.impulses[run.pull] for case in ours if run.pull in case.impulses}
        borne_out = tuple(probe for probe, (count, _) in said.items() if count)
        notes = {probe: f"{count} of {of}" for probe, (count, of) in said.items()}
        parts = split(borne_out, tuple(said), "borne out", "not")
        found.append(Finding(str(run), parts, "Dissent", notes, "borne out"))
    return tuple(found)


def recurring(found: Iterable[Recurrence]) -> tuple[Finding, ...]:
    """What became of the patterns that were seen more than once."""
    findings = []
    for each in found:
        numbers = sorted({one.guideline for one in each.against})
        listed = ", ".join(map(str, numbers))
        resting = f"guidelines {listed} rest on it; " if numbers[1:] else f"guideline {listed} rests on it; "
        seen = f"“{clipped(each.pattern.text, _LONGEST)}” seen {len(each.pattern.seen)} times"
        said = f"{seen}; {resting if numbers else ''}{each.verdict()}"
        findings.append(Finding(said, (("seen", tuple(held.probe for held in each.seen)),), "Patterns"))
    return tuple(findings)
