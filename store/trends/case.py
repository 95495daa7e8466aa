"""A debriefed probe as a case: what can be counted of it across probes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.matrix.chart import MARK
from store.matrix.statistics import POINTS

if TYPE_CHECKING:
    from store.model import Pull

OURS = ""
"""Whose probes are our own."""

LETTERED = 26
"""How many probes get a letter: the latest ones."""

MEASURES = ("decision-making capacity", "skills", "infrastructure", "narrative clarity")
"""The four measures of sovereignty, as the records name them."""


@dataclass(frozen=True, slots=True)
class Case:
    """A probe that was debriefed. What isn't known is None, or left out.

    Attributes:
        probe, session, title, day: which one, and the day of its debrief in ISO form.
        whose: the group whose probe it is; empty for ours.
        groups: where it is counted, as pairs of dimension and value: `("kind", "party")`.
        expected, actual: medians, autonomy and benefit.
        gap: of the same people, how far they placed it from where they expected it; where too few placed twice, actual minus expected.
        sovereignty: the change in each measure that was taken, −2 to +2.
        turnout: how many came; it is never added in.
        joined, stayed: how many joined through the probe, and how many are still there of those who joined before it.
        agreement: van der Eijk's A of the first round on autonomy and on benefit.
        times: seconds planned and used, for each phase by its name.
        in_time: whether the debrief began within 24 hours of the action.
        decompressed: whether the room took time for its feelings.
        facilitators: who led it, folded; only ever counted. Empty where that isn't known.
        rhythm: what was to come next: act, reflect or pause.
        impulses: for each pull, how many of its positions of dissent were borne out, and how many were judged.
        issue: the sentence beside its tags, by which it isn't counted; a question can name it.
    """

    probe: str
    session: str
    title: str
    day: str
    whose: str
    groups: tuple[tuple[str, str], ...]
    expected: tuple[float, float] | None
    actual: tuple[float, float] | None
    gap: tuple[float, float] | None
    sovereignty: Mapping[str, int]
    turnout: int | None
    joined: int | None
    stayed: int | None
    agreement: tuple[float, float] | None
    times: Mapping[str, tuple[float, float]]
    in_time: bool | None
    decompressed: bool | None
    facilitators: tuple[str, ...]
    rhythm: str | None
    impulses: Mapping[Pull, tuple[int, int]]
    issue: str = ""

    @property
    def way(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """Its arrow on the matrix: from where it was expected by the gap, which may be that of fewer people, to the edge at most."""
        if not self.expected or not self.gap:
            return None
        autonomy, benefit = (
            min(max(at + step, 0.0), POINTS - 1.0) for at, step in zip(self.expected, self.gap, strict=True)
        )
        return self.expected, (autonomy, benefit)

    @property
    def partners(self) -> tuple[str, ...]:
        return tuple(value for dimension, value in self.groups if dimension == "partner")


def of_ours(found: Iterable[Case]) -> tuple[Case, ...]:
    """Those that are our own."""
    return tuple(case for case in found if case.whose == OURS)


def letters(cases: Sequence[Case]) -> Mapping[str, str]:
    """The sign of each probe: a letter, A for the latest, or a dot for those older than the last letter."""
    latest = enumerate(reversed(cases))
    return {case.probe: chr(ord("A") + at) if at < LETTERED else MARK for at, case in latest}
