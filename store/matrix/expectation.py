"""What may be shown of what people expected: beside the proposal that the room chose, and beside how the same people moved.

Each expectation may be known from two places: the room placed the proposal that it chose, and these placements became what is
expected; and who placed the action too is counted by how they moved. Whoever one or two are left over in one of them would be
found by comparing it with the other (DESIGN.md, rules of the room).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from statistics import median

from store.debrief import Debrief
from store.matrix.shown import ALONE, left_over
from store.model import Mark, Paired, Placement, Shift
from store.words.names import fold

MANY = 10
"""People who placed twice, for each round, from which on how they moved doesn't tell what one or two others expected.

So many can have moved in so many ways that the adversary in the tests finds nobody; among fewer it finds them in up to half of rooms.
"""


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
    return as_expected(debrief.probe.id, chosen, {fold(p.by) for p in debrief.expected if p.reconstructed})


def as_expected(probe: str, chosen: Iterable[Mark], late: Collection[str]) -> tuple[Placement, ...]:
    """The placements of the proposal that the room chose as what is expected of a probe; *reconstructed* are those of `late`, folded."""
    return tuple(
        Placement(
            probe=probe,
            round=0,
            number=number,
            by=mark.by,
            autonomy=mark.autonomy,
            benefit=mark.benefit,
            reconstructed=fold(mark.by) in late,
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


def movement(pairs: Iterable[tuple[Placement, Placement]]) -> Paired:
    """How people moved, each from what they expected to where they placed it."""
    both = list(pairs)

    def shift(axis: str) -> Shift:
        steps = [getattr(now, axis) - getattr(was, axis) for was, now in both]
        lower, same = sum(each < 0 for each in steps), steps.count(0)
        return Shift(median=float(median(steps)), lower=lower, same=same, higher=len(steps) - lower - same)

    return Paired(n=len(both), autonomy=shift("autonomy"), benefit=shift("benefit"))


def paired_rounds(debrief: Debrief, expected: Sequence[Placement], round: int) -> list[Collection[str]]:
    """Who placed twice, in this round and the earlier ones of which it is told how they moved; nobody where it isn't told of this one."""
    everybody = [fold(each.by) for each in expected]
    found: list[Collection[str]] = []
    for turn in range(1, min(round, debrief.session.revealed) + 1):
        people = {fold(was.by) for was in same_people(expected, debrief.ballots(turn)).values()}
        told = len(people) >= ALONE and movement_shown(everybody, [*found, people])
        if told:
            found.append(people)
        elif turn == round:
            return []
    return found


def movement_shown(expected: Iterable[str], rounds: Sequence[Collection[str]]) -> bool:
    """Whether how the same people moved in some rounds may be shown beside everything that was expected.

    Args:
        expected: who expected something, by folded name.
        rounds: the same people of each round of which it is shown.
    """
    return min(map(len, rounds)) >= MANY * len(rounds) or nobody_left_over(expected, rounds)


def nobody_left_over(expected: Iterable[str], rounds: Sequence[Collection[str]]) -> bool:
    """Whether three or more of those who expected something, or none, are in the same of some rounds.

    Only then the medians of what the same people expected stand beside those of all: subtracting them tells the side of the others.
    """
    sizes = Counter(tuple(name in people for people in rounds) for name in expected)
    return not any(map(left_over, sizes.values()))
