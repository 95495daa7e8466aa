"""The autonomy–benefit matrix in figures: expected against actual, the gap, the organisations."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from store.debrief import Debrief
from store.matrix import gap as gap_words
from store.matrix.expectation import expectation, movement, nobody_left_over, paired_rounds, same_people
from store.matrix.gap import AXES, COIN, FEW
from store.matrix.shown import ALONE, left_over, marks_shown, told_apart
from store.matrix.statistics import Middle, Spread, rank_test, spread
from store.model import Gap, Mark, Paired, Placement
from store.words.names import fold

APART = 3
"""Organisations whose medians differ by this much or more on an axis are named."""

FEW_BALLOTS = 5
"""Ballots of an organisation below which a difference from another one may be chance: of three and three, a third differ by 3."""

BORNE_OUT = 0.05
"""A difference between organisations that chance gives more often than this may be chance."""

OTHERS = "others"

Axes = Mapping[str, bool]
"""Something that is so or not, for each axis."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A set of placements: how many they are, both axes, and the marks without names; what may not be shown is missing."""

    n: int
    autonomy: Spread | None
    benefit: Spread | None
    marks: tuple[tuple[int, int], ...]

    @property
    def centre(self) -> tuple[float, float] | None:
        """The medians, autonomy first."""
        return (self.autonomy.median, self.benefit.median) if self.autonomy and self.benefit else None


@dataclass(frozen=True, slots=True)
class Pool:
    """A part of the room, such as an organisation: how many they are, and their medians.

    It has nothing else: of three people the quartiles are their marks, and the agreement tells whether they stand together.
    """

    n: int
    autonomy: Middle
    benefit: Middle

    @property
    def centre(self) -> tuple[float, float]:
        """The medians, autonomy first."""
        return self.autonomy.median, self.benefit.median


@dataclass(frozen=True, slots=True)
class Apart:
    """Two organisations whose medians differ by `APART` or more on an axis, and whether that may be chance."""

    axis: str
    high: str
    low: str
    medians: tuple[float, float]
    chance: bool


@dataclass(frozen=True, slots=True)
class MatrixFigures:
    """All that the matrix shows.

    Attributes:
        expected, actual: of the whole room. Fewer than three have no figures, and a round whose people differ from those of an
            earlier one by one or two has no marks.
        gap: between the two, and that of the same people where it may be shown.
        way: from where those same people expected it to where they placed it, at their medians; None where it isn't shown. Where
            one or two who expected something haven't placed it, it begins at the medians of all who expected something.
        chance: by axis, whether the gap may be chance; None without a gap.
        by_organisation: the organisations that may be shown, and the others together.
        partners: all of our partners together, where they are several and may be shown so.
        counts: the number of ballots of every organisation.
        apart: every pair of organisations that differ, widest first.
        late: how many of the expected placements were reconstructed.
        blind: the number of ballots in a round that isn't revealed.
    """

    round: int
    expected: Placed
    actual: Placed
    gap: Gap | None
    way: tuple[tuple[float, float], tuple[float, float]] | None
    chance: Axes | None
    by_organisation: Mapping[str, Pool]
    partners: Pool | None
    counts: Mapping[str, int]
    apart: tuple[Apart, ...]
    late: int
    blind: int = 0


def placed(placements: Iterable[Mark | Placement]) -> Placed:
    """The figures of some placements; of one or two people only how many they are."""
    marks = tuple((p.autonomy, p.benefit) for p in placements)
    return shown(Placed(len(marks), spread([x for x, _ in marks]), spread([y for _, y in marks]), marks))


def shown(found: Placed) -> Placed:
    """The same, without figures if they would be those of one or two people."""
    return found if found.n >= ALONE else Placed(found.n, None, None, ())


def figures(debrief: Debrief, round: int = 1) -> MatrixFigures:
    """The figures of one round against what was expected. A round that isn't revealed has none: it is blind."""
    expected, ballots = expectation(debrief), debrief.ballots(round)
    revealed = ballots if round <= debrief.session.revealed else ()
    before, after = placed(expected), placed(revealed)
    mine = _by_organisation(debrief, revealed)
    pairs = same_people(expected, revealed)
    twice = paired_rounds(debrief, expected, round)
    sets = told_apart(_sets(debrief, mine, pairs if twice else {}), len(revealed))
    own = {name: placed(revealed[at] for at in mine[name]) for name in mine if name != OTHERS and name in sets}
    actual = after
    people = [[ballot.by for ballot in debrief.ballots(turn)] for turn in range(1, round + 1)]
    if actual.n and not marks_shown(people[:-1], people[-1]):
        autonomy, benefit = (found and replace(found, camps=None) for found in (actual.autonomy, actual.benefit))
        actual = Placed(actual.n, autonomy, benefit, ())
    found = _gap(before, actual, movement((was, revealed[at]) for at, was in pairs.items()) if _SAME in sets else None)
    kept = debrief.session.gap.paired if debrief.session.gap and round == 1 and not pairs else None
    if (
        found and kept and kept.n >= ALONE and not left_over(after.n - kept.n)
    ):  # the names that would pair them are gone
        found = found.but(paired=kept)
    others = [at for name, theirs in mine.items() if name not in own for at in theirs]
    by_organisation = {name: _pool(revealed, mine[name]) for name in own}
    if len(others) >= ALONE:
        by_organisation[OTHERS] = _pool(revealed, others)
    return MatrixFigures(
        round=round,
        expected=before,
        actual=actual,
        gap=found,
        way=_way(expected, pairs, revealed, twice) if _SAME in sets and found else None,
        chance=_chance(found, before, after),
        by_organisation=by_organisation,
        partners=_pool(revealed, sets[_PARTNERS]) if _PARTNERS in sets else None,
        counts={name: len(theirs) for name, theirs in mine.items()},
        apart=tuple(_apart(own)),
        late=debrief.reconstructed(expected),
        blind=len(ballots) - len(revealed),
    )


def rounds(debrief: Debrief) -> tuple[MatrixFigures, ...]:
    """The figures of every revealed round, in their order; those of the first where none is revealed."""
    return tuple(figures(debrief, turn) for turn in range(1, max(1, debrief.session.revealed) + 1))


def completeness(debrief: Debrief) -> Iterator[tuple[str, int | None, int]]:
    """How many of each organisation have placed in the present round, and of how many, in the order of the roster.

    Who left without placing isn't counted. Organisations of fewer than three people stand together as others; where those are
    fewer than three even so, they have no number, because it would tell whether somebody placed.
    """
    voted = Counter(fold(debrief.organisation_of(ballot.by)) for ballot in debrief.ballots(debrief.session.round))
    others = [0, 0]
    for name, people in debrief.headcount(debrief.electorate).items():
        if people >= ALONE:
            yield name, voted[fold(name)], people
        else:
            others = [others[0] + voted[fold(name)], others[1] + people]
    if others[1]:
        yield OTHERS, others[0] if others[1] >= ALONE else None, others[1]


# -------------------------------------------------------------------------------------------------------- sets of people

_SAME, _PARTNERS = " same people", " partners"  # no organisation's name begins with a blank


def _by_organisation(debrief: Debrief, ballots: Sequence[Placement]) -> dict[str, list[int]]:
    """The places of each organisation's ballots; one organisation whatever its case and blanks, by its first spelling."""
    spelling = {fold(name): name.strip() for name in reversed(debrief.organisations)}
    organisations = {fold(person.alias): spelling.get(fold(person.organisation), "") for person in debrief.participants}
    found: dict[str, list[int]] = {}
    for at, ballot in enumerate(ballots):
        found.setdefault(organisations.get(fold(ballot.by)) or OTHERS, []).append(at)
    return found


def _pool(ballots: Sequence[Placement], members: Collection[int]) -> Pool:
    """A part of a room, by the places of its ballots; it may be shown."""
    autonomy, benefit = (Middle.of([getattr(ballots[at], axis) for at in members]) for axis in AXES)
    return Pool(len(members), autonomy, benefit)


def _sets(
    debrief: Debrief, mine: Mapping[str, Sequence[int]], pairs: Mapping[int, object]
) -> Mapping[str, Collection[int]]:
    """The sets of ballots that might be told apart: the same people first, then the larger organisations, then all partners."""
    ours = fold(debrief.probe.our_organisation)
    named = sorted((name for name in mine if name != OTHERS), key=lambda name: -len(mine[name]))
    found: dict[str, Collection[int]] = {_SAME: pairs.keys(), **{name: mine[name] for name in named}}
    partners = [name for name in named if fold(name) != ours]
    if len(partners) > 1:
        found[_PARTNERS] = [at for name in partners for at in mine[name]]
    return found


# ----------------------------------------------------------------------------------------------------------------- the gap


def _way(
    expected: Sequence[Placement],
    pairs: Mapping[int, Placement],
    ballots: Sequence[Placement],
    twice: Sequence[Collection[str]],
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    alone = nobody_left_over([fold(each.by) for each in expected], twice)
    start, end = placed(pairs.values() if alone else expected).centre, placed(ballots[at] for at in pairs).centre
    return (start, end) if start and end else None


def _gap(expected: Placed, actual: Placed, paired: Paired | None) -> Gap | None:
    """Median actual − median expected on each axis, and its length; None where either is missing."""
    if expected.centre is None or actual.centre is None:
        return None
    autonomy = actual.centre[0] - expected.centre[0]
    benefit = actual.centre[1] - expected.centre[1]
    return Gap(autonomy=autonomy, benefit=benefit, length=math.hypot(autonomy, benefit), paired=paired)


def _chance(found: Gap | None, expected: Placed, actual: Placed) -> Axes | None:
    if found is None:
        return None
    if found.paired is not None:
        return {axis: gap_words.may_be_chance(found.model_dump(), axis) for axis in AXES}
    few = min(expected.n, actual.n) < FEW
    sides = [list(zip(*each.marks, strict=True)) for each in (expected, actual)]
    return {axis: few or rank_test(*(side[at] for side in sides)) >= COIN for at, axis in enumerate(AXES)}


def _apart(own: Mapping[str, Placed]) -> list[Apart]:
    found = []
    for at, axis in enumerate(AXES):
        for pair in combinations(own, 2):
            low, high = sorted(pair, key=lambda name: getattr(own[name], axis).median)
            medians = tuple(getattr(own[name], axis).median for name in (high, low))
            if medians[0] - medians[1] >= APART:
                marks = [[mark[at] for mark in own[name].marks] for name in (high, low)]
                chance = min(map(len, marks)) < FEW_BALLOTS or rank_test(*marks) >= BORNE_OUT
                found.append(Apart(axis, high, low, medians, chance))
    return sorted(found, key=lambda each: (each.axis, each.medians[1] - each.medians[0]))


def as_json(found: MatrixFigures) -> dict[str, object]:
    """The figures in the form of DESIGN.md's contract; a figure that is missing or must stay hidden is null."""

    def both(of: Placed | Pool | None, n: int | None, *names: str) -> dict[str, object]:
        axes = {"autonomy": of.autonomy if of else None, "benefit": of.benefit if of else None}
        return {
            axis: {"n": n, **{name: getattr(spread, name) if spread else None for name in names}}
            for axis, spread in axes.items()
        }

    whole = ("median", "q1", "q3", "agreement")
    counts: dict[str, int | None] = {
        name: n if n >= ALONE else None for name, n in found.counts.items() if name != OTHERS
    }
    if OTHERS in found.by_organisation:
        counts[OTHERS] = found.by_organisation[OTHERS].n
    return {
        "expected": both(found.expected, found.expected.n, *whole),
        "actual": both(found.actual, found.actual.n, *whole),
        "gap": found.gap.model_dump(exclude={"paired"}) if found.gap else None,
        "by_organisation": {name: both(found.by_organisation.get(name), n, "median") for name, n in counts.items()},
        "reconstructed": found.late > 0,
        "paired": found.gap.paired.model_dump() if found.gap and found.gap.paired else None,
        "chance": found.chance or dict.fromkeys(AXES),
    }
