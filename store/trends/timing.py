"""Time planned against time used: the median and the range of every phase over all debriefs."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from store.phases import PHASES
from store.trends.case import Case
from store.trends.finding import Finding, split
from store.words.numbers import number

SLACK = 60.0
"""Seconds that a phase may run over before it counts as over."""


@dataclass(frozen=True, slots=True)
class Timing:
    """One phase over all debriefs whose clocks are known.

    Attributes:
        phase, title: the phase, by its name and as it is shown.
        planned, used: medians, in seconds; `least` and `most`: the range of the time used.
        sessions: the probes whose debriefs were counted; `over`: those in which it ran over by `SLACK` or more.
    """

    phase: str
    title: str
    planned: float
    used: float
    least: float
    most: float
    sessions: tuple[str, ...]
    over: tuple[str, ...]

    def in_figures(self) -> str:
        n = len(self.sessions)
        span = f" ({minutes(self.least)} to {minutes(self.most)})" if n > 1 else ""
        return f"planned {minutes(self.planned)}, used {minutes(self.used)}{span} min, over in {len(self.over)} of {n}"

    def in_words(self) -> str:
        return f"{self.title}: {self.in_figures()} {'debrief' if len(self.sessions) == 1 else 'debriefs'}"

    def finding(self, cases: Sequence[Case]) -> Finding:
        times = {case.probe: case.times[self.phase] for case in cases if self.phase in case.times}
        notes = {probe: f"{minutes(used)} of {minutes(planned)} min" for probe, (planned, used) in times.items()}
        parts = split(self.over, self.sessions, "ran over", "did not")
        return Finding(self.in_words(), parts, "Time", notes, "used, of planned")


def in_minutes(seconds: float) -> float:
    """Seconds as minutes, to the half, both for words and for charts."""
    return round(seconds / 30) / 2


def minutes(seconds: float) -> str:
    """The same in words."""
    return number(in_minutes(seconds))


def timings(cases: Sequence[Case]) -> tuple[Timing, ...]:
    """The timings of the phases that were timed, in their order."""
    found = []
    for phase in PHASES:
        known = [(case.probe, *case.times[phase.name]) for case in cases if phase.name in case.times]
        if not known:
            continue
        used = [seconds for *_, seconds in known]
        found.append(
            Timing(
                phase=phase.name,
                title=phase.title,
                planned=statistics.median(planned for _, planned, _ in known),
                used=statistics.median(used),
                least=min(used),
                most=max(used),
                sessions=tuple(probe for probe, *_ in known),
                over=tuple(probe for probe, planned, seconds in known if seconds - planned >= SLACK),
            )
        )
    return tuple(found)
