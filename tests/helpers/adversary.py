"""Somebody who gets everything that is shown and handed on without names, knows who was there, and works out whose ballot is whose.

What is shown of a round are figures of sets of people: the room, some organisations, all partners, those who placed twice. People
whom no set tells apart can change places without changing a figure, so the adversary shares out the marks to groups of such people in
every way that gives all the figures, and finds a ballot where all ways agree.
"""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from pathlib import Path
from statistics import quantiles

MarkPlace = tuple[int, int]
Figures = tuple[float, ...]
"""Median, lower and upper quartile on autonomy, then on benefit."""


@dataclass(frozen=True)
class SeenRound:
    """What is shown of one round.

    Attributes:
        marks: those of the room; None where they are not shown.
        sets: the people of each set of which figures are shown, with these.
        expected, moved: what the people in `same` had expected, and how many of them then placed it lower, the same and higher, on
            autonomy and on benefit.
    """

    marks: Sequence[MarkPlace] | None
    sets: Sequence[tuple[frozenset[str], Figures]]
    same: frozenset[str] = frozenset()
    expected: Sequence[MarkPlace] = ()
    moved: tuple[tuple[int, ...], ...] = ()


def figures_of(marks: Sequence[MarkPlace]) -> Figures:
    """The figures of some marks, as Python's own `statistics` gives them."""
    found: list[float] = []
    for axis in (0, 1):
        values = [mark[axis] for mark in marks]
        q1, middle, q3 = quantiles(values, n=4, method="inclusive")
        found += [middle, q1, q3]
    return tuple(found)


def tables(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The tables of an export, by their names."""
    return {
        file.stem: list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
        for file in sorted(folder.glob("*.csv"))
    }


def seen(folder: Path, round: int, people: Mapping[str, str], asked: Collection[str]) -> SeenRound:
    """What an export as tables tells of a round.

    Args:
        folder: where the tables are.
        round: which round, from 1.
        people: who placed in that round, and their organisations.
        asked: who had said before what they expected.
    """
    found = tables(folder)
    everyone = frozenset(people)
    sets: list[tuple[frozenset[str], Figures]] = []
    shown: set[str] = set()
    for row in found["matrix"]:
        if row["round"] != str(round) or not row["autonomy_median"]:
            continue
        name = row["organisation"]
        members = frozenset(each for each in people if people[each] == name) if name else everyone
        if name == "others":
            members = everyone - shown
        elif name:
            shown |= members
        assert int(row["placed"]) == len(members)
        named = (f"{axis}_{what}" for axis in ("autonomy", "benefit") for what in ("median", "q1", "q3"))
        sets.append((members, tuple(float(row[each]) for each in named)))
    marks = {
        turn: [(int(row["autonomy"]), int(row["benefit"])) for row in found["placements"] if row["round"] == str(turn)]
        for turn in (0, round)
    }
    for row in found["placements"]:  # an organisation beside a mark would tell more than any figure
        assert row["by"] == "others"
    gaps = [row for row in found["gaps"] if row["round"] == str(round) and row["same_people"]]
    if not gaps:
        return SeenRound(marks[round] or None, sets)
    same = everyone & frozenset(asked)
    assert int(gaps[0]["same_people"]) == len(same)
    ways = ("lower", "same", "higher")
    moved = tuple(tuple(int(row[f"same_people_{way}"]) for way in ways) for row in gaps)
    return SeenRound(marks[round] or None, sets, same, marks[0], moved)


def found_out(shown: SeenRound, people: Collection[str]) -> dict[str, set[MarkPlace]]:
    """Where somebody may have placed it, of those for whom only one or two marks are left; nobody where the marks aren't shown."""
    if shown.marks is None:
        return {}
    sets = [members for members, _ in shown.sets] + ([shown.same] if shown.same else [])
    groups: dict[tuple[bool, ...], list[str]] = {}
    for name in people:
        groups.setdefault(tuple(name in each for each in sets), []).append(name)
    parts = list(groups.values())
    possible: list[set[MarkPlace]] = [set() for _ in parts]
    for share in _shares(tuple(sorted(shown.marks)), [len(part) for part in parts]):
        if _fits(shown, parts, share):
            for each, marks in zip(possible, share, strict=True):
                each.update(marks)
    assert all(possible), "not even the truth gives what was shown"
    return {name: marks for part, marks in zip(parts, possible, strict=True) if len(marks) <= 2 for name in part}


def _shares(marks: tuple[MarkPlace, ...], sizes: Sequence[int]) -> Iterator[tuple[tuple[MarkPlace, ...], ...]]:
    """Every way to share out marks to groups of these sizes."""
    if len(sizes) == 1:
        yield (marks,)
        return
    for first in set(combinations(marks, sizes[0])):
        rest = Counter(marks) - Counter(first)
        for others in _shares(tuple(sorted(rest.elements())), sizes[1:]):
            yield first, *others


def _fits(shown: SeenRound, parts: Sequence[Sequence[str]], share: Sequence[Sequence[MarkPlace]]) -> bool:
    def of(members: frozenset[str]) -> list[MarkPlace]:
        return [mark for part, marks in zip(parts, share, strict=True) if part[0] in members for mark in marks]

    if any(figures_of(of(members)) != figures for members, figures in shown.sets if len(members) > 1):
        return False
    return not shown.same or any(_moved(shown.expected, order) == shown.moved for order in permutations(of(shown.same)))


def _moved(before: Sequence[MarkPlace], after: Sequence[MarkPlace]) -> tuple[tuple[int, ...], ...]:
    steps = [[b[axis] - a[axis] for a, b in zip(before, after, strict=True)] for axis in (0, 1)]
    return tuple((sum(s < 0 for s in each), each.count(0), sum(s > 0 for s in each)) for each in steps)
