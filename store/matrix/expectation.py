"""What may be shown of what people expected: beside the proposal that the room chose, and beside how the same people moved.

Each expectation may be known from two places: the room placed the proposal that it chose, and these placements became what is
expected; and who placed the action too is counted by how they moved. Whoever one or two are left over in one of them would be
found by comparing it with the other (DESIGN.md, rules of the room).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from store.debrief import Debrief
from store.matrix.shown import ALONE, left_over
from store.model import Paired, Placement, Shift
from store.words.names import fold

Place = tuple[int, int]
"""A mark: autonomy, benefit."""

Pairs = Mapping[str, tuple[Place, Place]]
"""What the same people expected and where they placed it, by their folded names."""


def expectation(debrief: Debrief) -> tuple[Placement, ...]:
    """The expected placements as they are shown.

    While only one or two expect something that they hadn't placed so when the room chose the proposal, the placements of that
    proposal stand: everybody has seen them, and whoever is new would be the difference.
    """
    chosen = debrief.probe.choice and next(
        (each.placements for each in debrief.proposals if each.number == debrief.probe.choice.proposal), None
    )
    told = [(p.by, p.autonomy, p.benefit) for p in debrief.expected]
    if not chosen or not as_chosen(told, [(mark.by, mark.autonomy, mark.benefit) for mark in chosen]):
        return debrief.expected
    late = {fold(p.by): p.reconstructed for p in debrief.expected}
    return tuple(
        Placement(
            probe=debrief.probe.id,
            round=0,
            number=number,
            by=mark.by,
            autonomy=mark.autonomy,
            benefit=mark.benefit,
            reconstructed=late.get(fold(mark.by), False),
        )
        for number, mark in enumerate(chosen, 1)
    )


def as_chosen(expected: Iterable[tuple[str, int, int]], chosen: Iterable[tuple[str, int, int]]) -> bool:
    """Whether the placements of the chosen proposal stand for what is expected; each is who placed it, and where."""
    now, then = ({(fold(by), x, y) for by, x, y in some} for some in (expected, chosen))
    if len({by for by, _, _ in now}) < len(now) or len(then) < ALONE or not now & then:
        return False
    return left_over(len(now - then)) or left_over(len(then - now))


def same_people(expected: Sequence[Placement], ballots: Sequence[Placement]) -> dict[int, Placement]:
    """What the voter of a ballot expected, by the ballot's place; nothing where names don't tell people apart."""
    before, after = ([fold(each.by) for each in some] for some in (expected, ballots))
    if len({*before}) < len(before) or len({*after}) < len(after):
        return {}
    known = dict(zip(before, expected, strict=True))
    return {at: known[name] for at, name in enumerate(after) if name in known}


def movement(moved: Iterable[tuple[Place, Place]]) -> Paired:
    """How people moved, each from where they expected it to where they placed it."""
    steps = [(after[0] - before[0], after[1] - before[1]) for before, after in moved]

    def shift(axis: int) -> Shift:
        way = [step[axis] for step in steps]
        lower, same = sum(each < 0 for each in way), way.count(0)
        return Shift(median=float(median(way)), lower=lower, same=same, higher=len(way) - lower - same)

    return Paired(n=len(steps), autonomy=shift(0), benefit=shift(1))


def start_shown(expected: int, same: int) -> bool:
    """Whether the medians of what the same people expected may stand beside those of all who expected something."""
    return not left_over(expected - same)


def told_by_movement(expected: Mapping[str, Place], rounds: Sequence[Pairs]) -> bool:
    """Whether somebody's expectation would follow from how the same people moved in some rounds.

    It can't where three or more are in the same of these rounds. Of anybody else it would where their expectation can't be
    exchanged with two others, at other places, without changing a figure.

    Args:
        expected: where each person expected it, by folded name.
        rounds: the rounds of which the movement is shown.
    """
    inside = {name: tuple(name in pairs for pairs in rounds) for name in expected}
    sizes = Counter(inside.values())
    return any(_found(name, expected, rounds) for name in expected if sizes[inside[name]] < ALONE)


def _found(name: str, expected: Mapping[str, Place], rounds: Sequence[Pairs]) -> bool:
    possible = {expected[name]}
    figures = [_figures(expected, pairs) for pairs in rounds]
    for other, place in expected.items():
        if place in possible:
            continue
        exchanged = {**expected, name: place, other: expected[name]}
        if all(_figures(exchanged, pairs) == found for pairs, found in zip(rounds, figures, strict=True)):
            possible.add(place)
            if len(possible) >= ALONE:
                return False
    return True


def _figures(expected: Mapping[str, Place], pairs: Pairs) -> tuple[object, ...]:
    """What is shown of the movement in a round if this is what people had expected."""
    steps = [[after[axis] - expected[name][axis] for name, (_, after) in pairs.items()] for axis in (0, 1)]
    found: list[object] = [(median(each), sum(step < 0 for step in each), each.count(0)) for each in steps]
    if start_shown(len(expected), len(pairs)):
        found += [median(expected[name][axis] for name in pairs) for axis in (0, 1)]
    return tuple(found)
