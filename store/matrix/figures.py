"""The autonomy–benefit matrix in figures and in words: expected against actual, the gap, the organisations."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from store.debrief import Debrief
from store.matrix.statistics import Spread, spread
from store.model import Gap, Mark, Placement
from store.words.names import fold
from store.words.numbers import number, step_in_words

ALONE = 3
"""An organisation with fewer ballots is never shown by itself: its median would be one person's vote."""

APART = 3
"""Organisations whose medians differ by this much or more on an axis are named."""

OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Placed:
    """A set of placements: both axes, and the marks without names."""

    autonomy: Spread | None
    benefit: Spread | None
    marks: tuple[tuple[int, int], ...]

    @property
    def n(self) -> int:
        return len(self.marks)

    @property
    def centre(self) -> tuple[float, float] | None:
        """The medians, autonomy first."""
        return (self.autonomy.median, self.benefit.median) if self.autonomy and self.benefit else None


@dataclass(frozen=True, slots=True)
class MatrixFigures:
    """All that the matrix shows.

    `by_organisation` holds the organisations that may be shown; `counts` the number of ballots of every one; `blind` is the
    number of ballots in a round that isn't revealed.
    """

    round: int
    expected: Placed
    actual: Placed
    gap: Gap | None
    by_organisation: Mapping[str, Placed]
    counts: Mapping[str, int]
    reconstructed: bool
    blind: int = 0


def placed(placements: Iterable[Mark | Placement]) -> Placed:
    """The figures of some placements."""
    marks = tuple((p.autonomy, p.benefit) for p in placements)
    return Placed(spread([x for x, _ in marks]), spread([y for _, y in marks]), marks)


def gap(expected: Placed, actual: Placed) -> Gap | None:
    """Median actual − median expected on each axis, and its length; None where either is missing."""
    if expected.centre is None or actual.centre is None:
        return None
    autonomy = actual.centre[0] - expected.centre[0]
    benefit = actual.centre[1] - expected.centre[1]
    return Gap(autonomy=autonomy, benefit=benefit, length=math.hypot(autonomy, benefit))


def figures(debrief: Debrief, round: int = 1) -> MatrixFigures:
    """The figures of one round against what was expected. A round that isn't revealed has none: it is blind."""
    expected, ballots = debrief.expected, debrief.ballots(round)
    revealed = ballots if round <= debrief.session.revealed else ()
    before, after = placed(expected), placed(revealed)
    counts, shown = _by_organisation(debrief, revealed)
    return MatrixFigures(
        round=round,
        expected=before,
        actual=after,
        gap=gap(before, after),
        by_organisation=shown,
        counts=counts,
        reconstructed=any(p.reconstructed for p in expected),
        blind=len(ballots) - len(revealed),
    )


def rounds(debrief: Debrief) -> tuple[MatrixFigures, ...]:
    """The figures of every revealed round, in their order; those of the first where none is revealed."""
    return tuple(figures(debrief, turn) for turn in range(1, max(1, debrief.session.revealed) + 1))


def _by_organisation(debrief: Debrief, ballots: Sequence[Placement]) -> tuple[dict[str, int], dict[str, Placed]]:
    """The number of ballots of each organisation, and the figures of those that may be shown, small ones together."""
    organisations = {fold(person.alias): person.organisation for person in debrief.participants}
    sorted_out: dict[str, list[Placement]] = {}
    for ballot in ballots:
        sorted_out.setdefault(organisations.get(fold(ballot.by)) or OTHERS, []).append(ballot)
    shown: dict[str, Placed] = {}
    others: list[Placement] = []
    for name, theirs in sorted_out.items():
        if len(theirs) < ALONE or name == OTHERS:
            others += theirs
        else:
            shown[name] = placed(theirs)
    if len(others) >= ALONE:
        shown[OTHERS] = placed(others)
    return {name: len(theirs) for name, theirs in sorted_out.items()}, shown


def recorded(debrief: Debrief) -> str:
    """When the expectation was recorded: “recorded 11 October, before the action”, or reconstructed; empty without one."""
    if not debrief.expected:
        return ""
    if any(p.reconstructed for p in debrief.expected):
        return "reconstructed"
    times = [p.at for p in debrief.expected if p.at] or ([debrief.probe.choice.at] if debrief.probe.choice else [])
    on = max((datetime.fromisoformat(at).date() for at in times), default=None)
    return f"recorded {f'{on.day} {on:%B}, ' if on else ''}before the action"


def gap_in_words(found: Gap | None) -> str:
    """The gap as a sentence."""
    if found is None:
        return "No gap yet: it takes both what was expected and where it landed."
    return step_in_words(found.autonomy, found.benefit)


def headline(found: MatrixFigures, several: bool = False) -> str:
    """The gap of a round in words, or that it waits for the reveal; names the round where there are `several`."""
    said = gap_in_words(found.gap)
    if found.gap is None and found.blind:
        said = f"No gap yet: {ballots(found.blind)} not revealed."
    return f"Round {found.round}: {said}" if several else said


def ballots(n: int) -> str:
    """So many ballots, as the beginning of a sentence: “1 ballot is”, “16 ballots are”."""
    return "1 ballot is" if n == 1 else f"{n} ballots are"


def remarks(found: MatrixFigures) -> tuple[str, ...]:
    """What the room should hear about its disagreements, one sentence each."""
    said = []
    for axis in ("autonomy", "benefit"):
        figures: Spread | None = getattr(found.actual, axis)
        if figures is None:
            continue
        if figures.agreement < 0:
            said.append(f"The room is split on {axis}: agreement {figures.agreement:.2f}".replace("-", "−") + ".")
        if figures.deserted:
            said.append(f"Nobody stands within a point of the median {axis} of {number(figures.median)}.")
    named = {name: theirs for name, theirs in found.by_organisation.items() if name != OTHERS}
    for axis in ("autonomy", "benefit"):
        medians = {n: s.median for n, t in named.items() if (s := getattr(t, axis)) is not None}
        if len(medians) < 2:
            continue
        low, high = min(medians, key=lambda n: medians[n]), max(medians, key=lambda n: medians[n])
        if medians[high] - medians[low] >= APART:
            said.append(
                f"{high} puts {axis} at {number(medians[high])}, {low} at {number(medians[low])}:"
                f" {number(medians[high] - medians[low])} apart."
            )
    return tuple(said)


def as_json(found: MatrixFigures) -> dict[str, object]:
    """The figures in the form of DESIGN.md's contract; a figure that is missing or must stay hidden is null."""

    def both(of: Placed | None, n: int, *names: str) -> dict[str, object]:
        axes = {"autonomy": of.autonomy if of else None, "benefit": of.benefit if of else None}
        return {
            axis: {"n": n, **{name: getattr(spread, name) if spread else None for name in names}}
            for axis, spread in axes.items()
        }

    whole = ("median", "q1", "q3", "agreement")
    counts = {name: n for name, n in found.counts.items() if name != OTHERS}
    if OTHERS in found.by_organisation:
        counts[OTHERS] = found.by_organisation[OTHERS].n
    return {
        "expected": both(found.expected, found.expected.n, *whole),
        "actual": both(found.actual, found.actual.n, *whole),
        "gap": found.gap.model_dump() if found.gap else None,
        "by_organisation": {name: both(found.by_organisation.get(name), n, "median") for name, n in counts.items()},
        "reconstructed": found.reconstructed,
    }
