"""Somebody who gets everything that is shown and handed on without names, knows who was there, and works out whose mark is whose.

A mark can't be worked out where the room could have placed otherwise and everything would look the same. So this adversary has two
people exchange their marks, or one place it elsewhere, and keeps what changes nothing, down to the last sign of the last table.
Whoever could stand at fewer than three places is found.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import TypeVar

from store.debrief import Debrief
from store.matrix import figures
from store.model import Mark, Placement, Proposal
from tests.helpers.outlets import everything

MarkPlace = tuple[int, int]

ENOUGH = 3
"""Places at which somebody could stand and isn't found."""

EXPECTED = 0
"""The round of what was expected."""


@dataclass(frozen=True, order=True)
class Whose:
    """A person, and where they placed: the round, 0 for what was expected, or −1, −2 … for the first proposal, the second …"""

    name: str
    round: int


Shown = Callable[[Debrief], object]


def looks(debrief: Debrief) -> tuple[str, ...]:
    """All that the adversary sees, but for what is drawn from the same figures."""
    return tuple(everything(debrief, drawn=False))


def _figured(debrief: Debrief) -> Iterator[object]:
    """The figures alone, which are sooner made than all that is drawn from them: what they hide is looked at after that."""
    for turn in range(1, max(1, debrief.session.revealed) + 1):
        found = figures.figures(debrief, turn)
        yield _without_order(found.actual), found.by_organisation, found.partners, found.apart
        yield _without_order(found.expected), found.gap, found.way, found.chance, found.late
    yield [_without_order(figures.placed(each.placements)) for each in debrief.proposals]


def _without_order(placed: figures.Placed) -> figures.Placed:
    return replace(placed, marks=tuple(sorted(placed.marks)))


def _same_figures(debrief: Debrief, truth: Sequence[object]) -> bool:
    return all(found == of for found, of in zip(_figured(debrief), truth, strict=True))


def found_out(debrief: Debrief, shown: Shown = looks) -> dict[Whose, set[MarkPlace]]:
    """Where people may have placed it, of those for whom there are fewer than three places.

    Args:
        debrief: the room as it was.
        shown: what is seen of a room.
    """
    truth, seen = [*_figured(debrief)], shown(debrief)
    possible: dict[Whose, set[MarkPlace]] = {whose: {mark} for whose, mark in _marks(debrief)}
    in_vain: set[Exchange] = set()
    one_by_one = False
    while True:
        another = _another(debrief, possible, truth, in_vain, one_by_one)
        if another is None and not one_by_one and min(map(len, possible.values()), default=ENOUGH) < ENOUGH:
            one_by_one = True
            continue
        if another is None:
            break
        world, exchanges = another
        if shown(sealed_again(world) if debrief.sealed else world) == seen:
            for whose, mark in _marks(world):
                possible[whose].add(mark)
        elif one_by_one:
            in_vain |= exchanges
        else:  # the figures are the same and what is made of them is not: one of these exchanges shows
            one_by_one = True
    return {whose: marks for whose, marks in possible.items() if len(marks) < ENOUGH}


Exchange = tuple[str, str | MarkPlace, Collection[int]]
"""Who placed it where somebody else did, and the other way round, or at another place; and in which rounds."""


def _another(
    debrief: Debrief,
    possible: Mapping[Whose, set[MarkPlace]],
    truth: Sequence[object],
    but: set[Exchange],
    one_by_one: bool,
) -> tuple[Debrief, set[Exchange]] | None:
    """The room with as many exchanges as give the same figures, by which somebody stands where they didn't yet; None without any."""
    world, moved, made = debrief, set[str](), set[Exchange]()
    for whose in sorted(possible, key=lambda each: (len(possible[each]), each)):
        if len(possible[whose]) >= ENOUGH or whose.name in moved:
            continue
        others = [each.name for each in possible if each.round == whose.round and each.name not in {*moved, whose.name}]
        x, y = dict(_marks(world))[whose]
        elsewhere: list[MarkPlace] = [((x + dx) % 11, (y + dy) % 11) for dx, dy in ((5, 3), (2, 7), (7, 5))]
        targets: list[str | MarkPlace] = [*others, *elsewhere]
        ways = [rounds for rounds in _together(whose.round) if whose.round in rounds]
        for other, rounds in product(targets, ways):
            exchange = whose.name, other, rounds
            changed = None if exchange in but else _exchanged(world, *exchange)
            if changed is None or dict(_marks(changed))[whose] in possible[whose]:
                continue
            if not _same_figures(changed, truth):
                changed = _mended(changed, debrief, whose) if one_by_one else None
            if changed is None or not _same_figures(changed, truth):
                continue
            world, made = changed, {*made, exchange}
            moved |= {each for each in exchange[:2] if isinstance(each, str)}
            if one_by_one:
                return world, made
            break
    return (world, made) if made else None


def _mended(changed: Debrief, debrief: Debrief, whose: Whose) -> Debrief | None:
    """A room in which people expected otherwise, with one more exchange in each round whose figures tell; None where there is none."""
    for turn in range(1, debrief.session.revealed + 1) if whose.round <= EXPECTED else ():
        wanted = _of_round(debrief, turn)
        if _of_round(changed, turn) == wanted:
            continue
        pairs = combinations([each.by for each in debrief.ballots(turn)], 2)
        worlds = (_exchanged(changed, one, other, (turn,)) for one, other in pairs)
        found = next((world for world in worlds if world and _of_round(world, turn) == wanted), None)
        if found is None:
            return None
        changed = found
    return changed


def _of_round(debrief: Debrief, turn: int) -> object:
    found = figures.figures(debrief, turn)
    return found.gap, found.way, found.by_organisation, found.partners, found.apart


def _together(round: int) -> Iterator[Collection[int]]:
    """In which rounds two people exchange their places: in that one, or also in those that are compared with it."""
    yield (round,)
    if round >= EXPECTED:
        yield from ((EXPECTED, 1), (EXPECTED, 2), (EXPECTED, 1, 2))
    yield from ((EXPECTED, -1), (EXPECTED, -1, 1), (EXPECTED, -1, 2), (EXPECTED, -1, 1, 2))


def _marks(debrief: Debrief) -> Iterator[tuple[Whose, MarkPlace]]:
    """Every mark that was revealed, also of one or two; and what was expected of one or two."""
    for each in debrief.placements:
        if each.round <= debrief.session.revealed:
            yield Whose(each.by, each.round), (each.autonomy, each.benefit)
    for proposal in debrief.proposals:
        for mark in proposal.placements:
            yield Whose(mark.by, -proposal.number), (mark.autonomy, mark.benefit)


def _exchanged(debrief: Debrief, one: str, other: str | MarkPlace, rounds: Collection[int]) -> Debrief | None:
    """The room after an `Exchange`; None where one of the two people placed and the other didn't."""

    def swapped(marks: Sequence[M]) -> tuple[M, ...] | None:
        by = {each.by: each for each in marks}
        if isinstance(other, str) and (one in by) != (other in by):
            return None
        place = {one: other, **({other: _place(by[one]), one: _place(by[other])} if other in by else {})}
        return tuple(_at(each, place[each.by]) if each.by in place else each for each in marks)  # type: ignore[arg-type]

    choice = debrief.probe.choice
    follows = bool(
        choice and -choice.proposal in rounds
    )  # what is expected follows the proposal, of those who didn't change it
    placements: list[Placement] = []
    for turn in sorted({each.round for each in debrief.placements}):
        ballots: tuple[Placement, ...] | None = debrief.ballots(turn)
        if turn in rounds and not (follows and turn == EXPECTED):
            ballots = swapped(debrief.ballots(turn))
        if ballots is None:
            return None
        placements += ballots
    proposals: list[Proposal] = []
    for proposal in debrief.proposals:
        placed = swapped(proposal.placements) if -proposal.number in rounds else proposal.placements
        if placed is None:
            return None
        proposals.append(proposal.model_copy(update={"placements": placed}))
    changed = replace(debrief, placements=tuple(placements), proposals=tuple(proposals))
    if follows:
        marks = dict(_marks(changed))
        follow = {name: marks[Whose(name, -choice.proposal)] for name in _chosen_so(debrief)} if choice else {}
        placements = [
            _at(each, follow[each.by]) if each.round == EXPECTED and each.by in follow else each for each in placements
        ]
        changed = replace(changed, placements=tuple(placements))
    if _chosen_so(changed) != _chosen_so(debrief):
        return None
    return changed


M = TypeVar("M", Placement, Mark)


def _place(mark: Placement | Mark) -> MarkPlace:
    return mark.autonomy, mark.benefit


def _at(mark: M, place: MarkPlace) -> M:
    return mark.model_copy(update={"autonomy": place[0], "benefit": place[1]})


def _chosen_so(debrief: Debrief) -> set[str]:
    """Who still expects what they said by placing the proposal that was chosen: everybody knows who changed theirs since.

    Where fewer than three placed that proposal, nobody has seen what they said.
    """
    choice = debrief.probe.choice
    if choice is None or len(next(p.placements for p in debrief.proposals if p.number == choice.proposal)) < ENOUGH:
        return set()
    marks = {(whose, *mark) for whose, mark in _marks(debrief)}
    return {
        whose.name
        for whose, *mark in marks
        if (Whose(whose.name, -choice.proposal), *mark) in marks and not whose.round
    }


def sealed_again(debrief: Debrief) -> Debrief:
    """The room with the gap that its seal would have kept."""
    return debrief.with_session(gap=figures.figures(debrief.with_session(gap=None)).gap)
