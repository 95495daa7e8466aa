"""Sovereignty over time: how each measure changed from probe to probe, and how often it rose above its mean until then.

Independence is the capacity to act without permission, so this is the measure that matters. Turnout and new organisers come
last, for those who want them, and are never added in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.session.organisers import in_words
from store.trends.case import MEASURES, OURS, Case
from store.trends.finding import Finding, split
from store.words.numbers import counted, signed


@dataclass(frozen=True, slots=True)
class Course:
    """One measure over all cases, in their order.

    Attributes:
        changes: its change in each case, −2 to +2; None where nobody took it.
        gained, lost: the probes in which it rose or fell; `said`: all in which it was measured.
        above: the probes in which it rose above the mean of those before; `compared`: all that had some before them.
    """

    measure: str
    changes: tuple[int | None, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    said: tuple[str, ...]
    above: tuple[str, ...]
    compared: tuple[str, ...]

    def in_words(self, short: bool = False) -> str:
        if not self.said:
            return "nobody has measured it"
        gained, lost, of = len(self.gained), len(self.lost), len(self.said)
        said = (
            f"+{gained} −{lost} of {of}" if short else f"gained in {gained}, lost in {lost} of {counted(of, 'probe')}"
        )
        if not self.compared:
            return f"{said} (one case)"
        above = f"{len(self.above)} of {len(self.compared)}"
        return f"{said}, above mean {above}" if short else f"{said}; rose above the mean before it in {above}"

    def finding(self, cases: Sequence[Case]) -> Finding:
        changes = {case.probe: change for case in cases if (change := case.sovereignty.get(self.measure)) is not None}
        above, changed = frozenset(self.above), frozenset((*self.gained, *self.lost))
        notes = {
            probe: f"{signed(change)}{', above the mean' if probe in above else ''}"
            for probe, change in changes.items()
        }
        same = tuple(probe for probe in self.said if probe not in changed)
        parts = (("gained", self.gained), ("lost", self.lost), ("the same", same))
        return Finding(f"{self.measure}: {self.in_words()}", parts, "Sovereignty", notes, "change")


def courses(cases: Sequence[Case]) -> tuple[Course, ...]:
    """The course of each measure; the cases come oldest first."""
    found = []
    for name in MEASURES:
        said = [(case.probe, change) for case in cases if (change := case.sovereignty.get(name)) is not None]
        above, total = [], 0
        for before, (probe, change) in enumerate(said):
            if before and change > 0 and change * before > total:
                above.append(probe)
            total += change
        course = Course(
            measure=name,
            changes=tuple(case.sovereignty.get(name) for case in cases),
            gained=tuple(probe for probe, change in said if change > 0),
            lost=tuple(probe for probe, change in said if change < 0),
            said=tuple(probe for probe, _ in said),
            above=tuple(above),
            compared=tuple(probe for probe, _ in said[1:]),
        )
        found.append(course)
    return tuple(found)


def in_short(case: Case) -> str:
    """The measures of a probe in a line: “decision-making +1, skills 0”."""
    return ", ".join(
        f"{name.removesuffix(' capacity')} {signed(case.sovereignty[name])}"
        for name in MEASURES
        if name in case.sovereignty
    )


def new_organisers(cases: Sequence[Case]) -> Finding:
    """How many joined through each probe, and how many had stayed of those who joined before it; never added in either."""
    notes, before = {}, 0
    for case in cases:
        if said := in_words(case.joined, case.stayed, before if case.whose == OURS else 0):
            notes[case.probe] = said
        before += (case.joined or 0) if case.whose == OURS else 0
    joined = [case.joined for case in cases if case.joined is not None]
    said = f"{min(joined)} to {max(joined)} joined in {counted(len(joined), 'probe')}" if joined else "nobody counted"
    parts = split(tuple(notes), tuple(case.probe for case in cases), "counted", "not counted")
    return Finding(f"new organisers, never added in: {said}", parts, "Sovereignty", notes, "who joined, who stayed")


def turnout(cases: Sequence[Case]) -> Finding:
    """How many came, for those who want to know; it is never added in."""
    known = {case.probe: case.turnout for case in cases if case.turnout is not None}
    said = "nobody counted"
    if known:
        said = f"{min(known.values())} to {max(known.values())} people in {counted(len(known), 'probe')}"
    parts = split(tuple(known), tuple(case.probe for case in cases), "counted", "not counted")
    notes = {probe: str(number) for probe, number in known.items()}
    return Finding(f"turnout, never added in: {said}", parts, "Sovereignty", notes, "people")
