"""Time planned against time used: of every phase over all debriefs, the median and the range."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from store.across.cases import Case
from store.phases import PHASES

SLACK = 60.0
"""Seconds by which a phase may run over before it is counted."""


@dataclass(frozen=True, slots=True)
class Timing:
    """One phase over all debriefs whose clocks are known.

    Attributes:
        phase, title: the phase, by its name and as it is shown.
        planned, used: medians, in seconds; `least` and `most`: the range of what was used.
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


def timings(cases: Sequence[Case]) -> tuple[Timing, ...]:
    """The phases that were timed, in their order."""
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
