"""Sovereignty over time: what each measure did from probe to probe, and how often it rose above what it was before.

Independence is the capacity to act without permission, so this is the measure that matters. Turnout is listed last, for who
wants it, and never added in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.across.cases import MEASURES, Case

UPPER, LOWER = {1: "▄", 2: "█"}, {-1: "▀", -2: "█"}
"""Steps above the line and below it, a column a probe."""

SAME, UNSAID = "─", " "


@dataclass(frozen=True, slots=True)
class Course:
    """One measure over all cases, in their order.

    Attributes:
        measure: its name.
        changes: what was said of it in each case, −2 to +2; None where nothing was.
        gained, lost: the probes in which it rose or fell; `said`: all in which it was measured.
        above: the probes in which it rose, and above the mean of those before; `compared`: all that had some before them.
    """

    measure: str
    changes: tuple[int | None, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    said: tuple[str, ...]
    above: tuple[str, ...]
    compared: tuple[str, ...]

    def in_words(self, short: bool = False) -> str:
        """Its counts in one line."""
        if not self.said:
            return "nobody has measured it"
        gained, lost, of = len(self.gained), len(self.lost), len(self.said)
        said = f"+{gained}, −{lost} of {of}" if short else f"gained in {gained}, lost in {lost} of {of} probes"
        if not self.compared:
            return f"{said} (one case)"
        above = f"{len(self.above)} of {len(self.compared)}"
        return f"{said}; above earlier mean: {above}" if short else f"{said}; rose above the mean before it in {above}"


def courses(cases: Sequence[Case]) -> tuple[Course, ...]:
    """The course of each measure; the cases are in the order of time."""
    return tuple(_course(name, cases) for name in MEASURES)


def _course(name: str, cases: Sequence[Case]) -> Course:
    said = [(case.probe, change) for case in cases if (change := case.sovereignty.get(name)) is not None]
    above, total = [], 0
    for before, (probe, change) in enumerate(said):
        if before and change > 0 and change * before > total:
            above.append(probe)
        total += change
    return Course(
        measure=name,
        changes=tuple(case.sovereignty.get(name) for case in cases),
        gained=tuple(probe for probe, change in said if change > 0),
        lost=tuple(probe for probe, change in said if change < 0),
        said=tuple(probe for probe, _ in said),
        above=tuple(above),
        compared=tuple(probe for probe, _ in said[1:]),
    )


def steps(changes: Sequence[int | None], width: int = 1) -> tuple[str, str, str]:
    """The changes as three rows: what was gained above the line, the line, what was lost below it.

    Args:
        width: columns for each, the last of which stays empty where there are two or more.
    """
    bar, gap = max(1, width - 1), " " * min(1, width - 1)
    rows = ([], [], [])  # type: tuple[list[str], list[str], list[str]]
    for change in changes:
        signs = (
            UPPER.get(change or 0, " "),
            UNSAID if change is None else SAME,
            LOWER.get(change or 0, " "),
        )
        for row, sign in zip(rows, signs, strict=True):
            row.append(sign * bar + gap)
    upper, line, lower = ("".join(row) for row in rows)
    return upper, line, lower


def turnouts(cases: Sequence[Case]) -> tuple[int | None, ...]:
    """How many came, in each case."""
    return tuple(case.turnout for case in cases)
