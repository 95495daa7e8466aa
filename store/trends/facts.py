"""What is counted across probes: facts that hold for a probe or don't, each the sign of one figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from store.trends.case import MEASURES, Case


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened in a probe or didn't.

    Attributes:
        name: what happened.
        figure: the name of the figure in `FIGURES` that tells.
        sign: −1 where the fact holds for a figure below 0, 1 where it holds for one above.
    """

    name: str
    figure: str
    sign: int


def _gap(axis: int) -> Callable[[Case], float | None]:
    return lambda case: case.gap[axis] if case.gap else None


def _agreement(axis: int) -> Callable[[Case], float | None]:
    return lambda case: case.agreement[axis] if case.agreement else None


def _measure(name: str) -> Callable[[Case], float | None]:
    return lambda case: case.sovereignty.get(name)


FIGURES: dict[str, Callable[[Case], float | None]] = {
    "gap on autonomy": _gap(0),
    "gap on benefit": _gap(1),
    **{name: _measure(name) for name in MEASURES},
    "agreement on autonomy": _agreement(0),
    "agreement on benefit": _agreement(1),
}
"""The figures of a case; None where one isn't known."""

FACTS: tuple[Fact, ...] = (
    Fact("less autonomy than expected", "gap on autonomy", -1),
    Fact("more autonomy than expected", "gap on autonomy", 1),
    Fact("less benefit than expected", "gap on benefit", -1),
    Fact("more benefit than expected", "gap on benefit", 1),
    *(Fact(f"{name} fell", name, -1) for name in MEASURES),
    *(Fact(f"{name} rose", name, 1) for name in MEASURES),
    Fact("the room was split on autonomy", "agreement on autonomy", -1),
    Fact("the room was split on benefit", "agreement on benefit", -1),
)
"""The facts, in the order in which they are listed where the counts are equal."""
