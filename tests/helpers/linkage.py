"""What somebody knows of others by name who knows the roster and has everything that is handed on without names.

An *outsider* wasn't asked. An *insider* placed it too, and knows where. Both know who was there, and of which organisation. They share
out the marks of the room to the pools that are told apart (the organisations, and the others together) in every way that gives what
is shown of these, and know of people what all of these ways have in common.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from random import Random
from statistics import median

from store.debrief import Debrief
from store.matrix.shown import ALONE
from store.model import Mark, Proposal
from tests.helpers.builders import debrief, with_ballots
from tests.helpers.outlets import as_export, as_tables

MarkPlace = tuple[int, int]

SIZES = {"Breathers": 5, "Bakers": 3, "Cooks": 2, "Drivers": 1}
"""How many of each organisation are there."""

CENTRE = 5
"""The middle of an axis, which parts its sides."""

Constraint = Callable[[Sequence[MarkPlace]], object]
"""What is shown of the marks of a pool."""


@dataclass(frozen=True)
class Pool:
    """People who are told apart from others: their marks, which nobody else knows, and what is shown of these."""

    marks: tuple[MarkPlace, ...]
    shown: object

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.marks)


@dataclass(frozen=True)
class Known:
    """What somebody finds out in a room.

    Attributes:
        room: an outsider: on which side of the centre everybody stands, because all the room does.
        side: an outsider: on which side of the centre the people of some pool stand.
        others: an insider of some pool: the exact mark of each of the others in it.
        together: an insider of some pool: which marks the others in it have, though not whose is which.
    """

    room: bool
    side: bool
    others: bool
    together: bool


def a_room(seed: int, apart: int) -> Debrief:
    """A room of 5, 3, 2 and 1 whose organisations stand together, each within `apart` points of a place; with three proposals."""
    chance = Random(f"{seed}/{apart}")
    people = {f"{name} {n}": name for name, size in SIZES.items() for n in range(size)}

    def places() -> dict[str, MarkPlace]:
        centres = {name: (chance.randint(1, 9), chance.randint(1, 9)) for name in SIZES}

        def near(at: int) -> int:
            return min(10, max(0, at + chance.randint(-apart, apart)))

        return {name: (near(centres[of][0]), near(centres[of][1])) for name, of in people.items()}

    def proposal(number: int) -> Proposal:
        marks = tuple(Mark(by=name, autonomy=x, benefit=y) for name, (x, y) in places().items())
        return Proposal(probe="p1", number=number, title=f"Proposal {number}", placements=marks)

    roster = [*people]
    chance.shuffle(roster)
    found = debrief(*(f"{name}/{people[name]}" for name in roster), revealed=1)
    found = with_ballots(found, places(), 1)
    return replace(found, proposals=tuple(map(proposal, (1, 2, 3))))


def medians(marks: Sequence[MarkPlace]) -> object:
    """The medians of a pool, autonomy first."""
    return tuple(float(median(mark[axis] for mark in marks)) for axis in (0, 1))


def labels(marks: Sequence[MarkPlace]) -> object:
    """What an organisation beside each mark tells of a pool: its marks."""
    return tuple(sorted(marks))


def marks_in_json(found: Debrief) -> Iterator[tuple[set[str], list[MarkPlace]]]:
    """Of the round and of each proposal in the export as JSON: what stands beside its marks, and these."""
    exported = as_export(found)
    rounds = [[row for row in exported["placements"] if row["round"] == 1]]
    for rows in (*rounds, *(row["placements"] for row in exported["proposals"])):
        beside = {str(value) for row in rows for name, value in row.items() if name not in _OF_A_MARK}
        yield beside, [(row["autonomy"], row["benefit"]) for row in rows]


_OF_A_MARK = ("probe", "round", "number", "autonomy", "benefit")


def shown_in_tables(found: Debrief) -> dict[str, dict[str, str]]:
    """What the table of the matrix shows of each organisation, and of the others together: the columns that hold anything."""
    rows = csv.DictReader(io.StringIO(as_tables(found)["matrix.csv"], newline=""))
    return {
        row["organisation"]: {name: value for name, value in row.items() if value}
        for row in rows
        if row["round"] == "1" and row["organisation"]
    }


def pools(found: Debrief, constraint: Constraint) -> dict[str, Pool]:
    """The organisations of three and more and the others together, with what is shown of their marks of the first round."""
    marks: dict[str, list[MarkPlace]] = {}
    for each in found.ballots(1):
        of = found.organisation_of(each.by)
        marks.setdefault(of if SIZES[of] >= ALONE else "others", []).append((each.autonomy, each.benefit))
    return {name: Pool(tuple(theirs), constraint(theirs)) for name, theirs in marks.items()}


def known(marks: Sequence[MarkPlace], told: Mapping[str, Pool], constraint: Constraint) -> Known:
    """What is found out from the marks of a room and what is shown of the pools in it."""
    ways = list(_ways(tuple(range(len(marks))), [*told.values()], marks, constraint))
    assert ways, "not even the truth gives what is shown"
    room = any(_one_side(mark[axis] for mark in marks) for axis in (0, 1))
    side = others = together = False
    for at, pool in enumerate(told.values()):
        shares = {tuple(sorted(marks[place] for place in way[at])) for way in ways}
        side |= any(_one_side(mark[axis] for share in shares for mark in share) for axis in (0, 1))
        for mine in set(pool.marks):
            rests = {_without(share, mine) for share in shares if mine in share}
            together |= len(rests) == 1
            others |= len(rests) == 1 and len(set(next(iter(rests)))) == 1
    return Known(room, side, others, together)


def _without(share: tuple[MarkPlace, ...], mine: MarkPlace) -> tuple[MarkPlace, ...]:
    at = share.index(mine)
    return share[:at] + share[at + 1 :]


def _one_side(points: Iterator[int]) -> bool:
    sides = {(point > CENTRE) - (point < CENTRE) for point in points}
    return len(sides) == 1 and sides != {0}


def _ways(
    left: tuple[int, ...], told: Sequence[Pool], marks: Sequence[MarkPlace], constraint: Constraint
) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every way to share out marks, by their places, so that each pool shows what it does."""

    @cache
    def shows(places: tuple[int, ...]) -> object:
        return constraint([marks[place] for place in places])

    order = sorted(range(len(told)), key=lambda at: told[at].size)  # the smaller ones leave fewer ways

    def share(left: tuple[int, ...], of: Sequence[int]) -> Iterator[dict[int, tuple[int, ...]]]:
        first, *rest = of
        if not rest:
            if shows(left) == told[first].shown:
                yield {first: left}
            return
        for places in combinations(left, told[first].size):
            if shows(places) == told[first].shown:
                others = tuple(place for place in left if place not in places)
                yield from ({first: places, **found} for found in share(others, rest))

    yield from (tuple(found[at] for at in range(len(told))) for found in share(left, order))
