"""Somebody who gets everything that is shown and handed on without names, knows who was there, and works out whose mark is whose.

A mark can't be worked out where the room could have placed otherwise and everything would look the same. So this adversary has two
people exchange their marks, or one place it elsewhere, and keeps what changes nothing, down to the last sign of the last table.
Whoever could stand at fewer than three places is found.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

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


def _figured(debrief: Debrief) -> object:
    """The figures alone, which are sooner made than all that is drawn from them: what they hide is looked at after that."""
    found = figures.rounds(debrief)
    placed = [each for one in found for each in (one.expected, one.actual)]
    bare = [
        replace(each, expected=replace(each.expected, marks=()), actual=replace(each.actual, marks=()))
        for each in found
    ]
    proposals = [figures.placed(each.placements) for each in debrief.proposals]
    return str((bare, [sorted(each.marks) for each in (*placed, *proposals)]))


def found_out(debrief: Debrief, shown: Shown = looks) -> dict[Whose, set[MarkPlace]]:
    """Where people may have placed it, of those for whom there are fewer than three places.

    Args:
        debrief: the room as it was.
        shown: what is seen of a room.
    """
    truth, seen = _figured(debrief), shown(debrief)
    possible: dict[Whose, set[MarkPlace]] = {whose: {mark} for whose, mark in _marks(debrief)}
    in_vain: set[Exchange] = set()
    one_by_one = False
    while all_ := _another(debrief, possible, truth, in_vain, one_by_one):
        world, exchanges = all_
        if shown(world) == seen:
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
    debrief: Debrief, possible: Mapping[Whose, set[MarkPlace]], truth: object, but: set[Exchange], one_by_one: bool
) -> tuple[Debrief, set[Exchange]] | None:
    """The room with as many exchanges as give the same figures, by which somebody stands where they didn't yet; None without any."""
    world, moved, made = debrief, set[str](), set[Exchange]()
    for whose in sorted(possible, key=lambda each: (len(possible[each]), each)):
        if len(possible[whose]) >= ENOUGH or whose.name in moved:
            continue
        others = [each.name for each in possible if each.round == whose.round and each.name not in {*moved, whose.name}]
        x, y = dict(_marks(world))[whose]
        elsewhere: list[MarkPlace] = [((x + 5) % 11, (y + 3) % 11), ((x + 2) % 11, (y + 7) % 11)]
        targets: list[str | MarkPlace] = [*others, *elsewhere]
        for other, rounds in product(targets, _together(whose.round)):
            exchange = whose.name, other, rounds
            changed = None if exchange in but else _exchanged(world, *exchange)
            if changed is None or dict(_marks(changed))[whose] in possible[whose] or _figured(changed) != truth:
                continue
            world, made = changed, {*made, exchange}
            moved |= {each for each in exchange[:2] if isinstance(each, str)}
            if one_by_one:
                return world, made
            break
    return (world, made) if made else None


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

    def swapped(marks: Sequence[Placement] | Sequence[Mark]) -> list[dict[str, int]] | None:
        by = {each.by: {"autonomy": each.autonomy, "benefit": each.benefit} for each in marks}
        if not isinstance(other, str):
            by |= {one: {"autonomy": other[0], "benefit": other[1]}} if one in by else {}
        elif {one, other} <= by.keys():
            by[one], by[other] = by[other], by[one]
        elif {one, other} & by.keys():
            return None
        return [by[each.by] for each in marks]

    choice = debrief.probe.choice
    follows = bool(
        choice and -choice.proposal in rounds
    )  # what is expected follows the proposal, of those who didn't change it
    placements: list[Placement] = []
    for turn in sorted({each.round for each in debrief.placements}):
        ballots = debrief.ballots(turn)
        if turn in rounds and not (follows and turn == EXPECTED):
            if (places := swapped(ballots)) is None:
                return None
            ballots = tuple(each.but(**place) for each, place in zip(ballots, places, strict=True))
        placements += ballots
    proposals: list[Proposal] = []
    for proposal in debrief.proposals:
        placed = proposal.placements
        if -proposal.number in rounds:
            if (places := swapped(placed)) is None:
                return None
            placed = tuple(each.model_copy(update=place) for each, place in zip(placed, places, strict=True))
        proposals.append(proposal.but(placements=placed))
    changed = replace(debrief, placements=tuple(placements), proposals=tuple(proposals))
    if follows:
        marks = dict(_marks(changed))
        follow = {name: marks[Whose(name, -choice.proposal)] for name in _chosen_so(debrief)} if choice else {}
        placements = [
            each.but(autonomy=follow[each.by][0], benefit=follow[each.by][1])
            if each.round == EXPECTED and each.by in follow
            else each
            for each in placements
        ]
        changed = replace(changed, placements=tuple(placements))
    if _chosen_so(changed) != _chosen_so(debrief):
        return None
    return sealed_again(changed) if debrief.sealed else changed


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
