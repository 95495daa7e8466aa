"""Mixed small groups: sizes within one of each other, organisations spread evenly, few pairs that have met before.

People are first dealt to the groups in turn, one organisation after another, which makes sizes and organisations even. Then two
people at a time change places, but only where that keeps both even, to separate those who met in earlier sessions. Changes that
bring more of them together are also made at first, and ever more rarely (simulated annealing), or it would soon be stuck.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import TypeAlias

from store.debrief import Pairs
from store.model import Participant
from store.words.names import fold

Groups: TypeAlias = tuple[tuple[str, ...], ...]
"""The names in each small group."""

LARGEST = 5
"""The most people in a group: enough maps to compare, few enough to read each one out."""

ROUNDS = 8_000
"""How often somebody is tried in everybody else's place: 0.1 to 0.2 s for sixty people. Twice as many find little that is better."""

CHANGE = 0.5
"""How many rounds a change takes the time of. It counts as so many, or a room where most have met would take a second."""

MET = 16
"""What it costs that two who have met are together again, where each time that they met adds 1: fewest pairs, then fewest times."""

HOT, COLD = 0.5 * MET, 0.15 * MET
"""How much worse a change may easily make things, in the first round and in the last."""


@dataclass(frozen=True, slots=True)
class Mix:
    """Groups of names, and a sentence for each aim that could not be met."""

    groups: Groups
    unmet: tuple[str, ...] = ()


def how_many(people: int) -> int:
    """How many groups suit a room: at most five people in each, and at least three."""
    return max(1, min(math.ceil(people / LARGEST), people // 3))


def mix(people: Sequence[Participant], count: int, met: Pairs | None = None, turn: int = 1) -> Mix:
    """Deal everybody into `count` groups. With more groups than people, each person is a group.

    The same people, pairs and turn always give the same groups. The order of the roster decides only ties.

    Args:
        met: the pairs to separate.
        turn: which mixing of this room it is, from 1; another turn gives other groups.
    """
    met = met or {}
    count = max(1, min(count, len(people)))
    if not people:
        return Mix(())
    chance, order = Random(turn), list(people)
    if turn > 1:
        chance.shuffle(order)
    sizes = Counter(person.organisation for person in people)
    order.sort(key=lambda p: (-sizes[p.organisation], p.organisation, p.number if turn == 1 else 0))
    groups = _separated(order, count, met, chance)
    return _mix([sorted(group, key=lambda p: p.number) for group in groups], met)


def _mix(groups: Sequence[Sequence[Participant]], met: Pairs) -> Mix:
    return Mix(tuple(tuple(person.alias for person in group) for group in groups), tuple(_unmet(groups, met)))


def _times(one: Participant, two: Participant, met: Pairs) -> int:
    return met.get(frozenset((fold(one.alias), fold(two.alias))), 0)


def _separated(order: Sequence[Participant], count: int, met: Pairs, chance: Random) -> list[list[Participant]]:
    """Deal people in this order, then let them change places to separate those who have met.

    Places that stay empty in the smaller groups take part as people of one more organisation who have met nobody. Then every
    change is between two places, and one rule keeps both the sizes and the organisations within one.
    """
    places = count * math.ceil(len(order) / count)
    of = [person.organisation for person in order] + [None] * (places - len(order))
    where = [at % count for at in range(places)]
    apart = [[0] * places for _ in range(places)]  # what it costs if two are together
    for (i, one), (j, two) in combinations(enumerate(order), 2):
        if times := _times(one, two, met):
            apart[i][j] = apart[j][i] = MET + times
    there = {each: [0] * count for each in of}  # how many of an organisation are in each group
    company = [[0] * count for _ in of]  # what it costs if somebody is in a group
    for i, group in enumerate(where):
        there[of[i]][group] += 1
        for j in range(places):
            company[j][group] += apart[i][j]

    cost = least = sum(company[i][group] for i, group in enumerate(where))
    best, done = where[:], 0.0
    while least and count > 1 and done < ROUNDS:
        done += 1
        heat = HOT * (COLD / HOT) ** (done / ROUNDS)
        i, j = int(chance.random() * places), int(chance.random() * places)
        if company[j][where[j]] > company[i][where[i]]:
            i = j  # the one who has met more of their group
        group, mine, ours, pairs = where[i], company[i], there[of[i]], apart[i]
        for j, other in enumerate(where):
            if other == group:
                continue
            theirs = there[of[j]]
            if theirs is not ours and (ours[group] <= ours[other] or theirs[other] <= theirs[group]):
                continue
            worse = mine[other] - mine[group] + company[j][group] - company[j][other] - 2 * pairs[j]
            if worse > 0 and chance.random() >= math.exp(-worse / heat):
                continue
            where[i], where[j] = other, group
            ours[group] -= 1
            ours[other] += 1
            theirs[other] -= 1
            theirs[group] += 1
            for costs, leaves, comes in zip(company, pairs, apart[j], strict=True):
                costs[group] += comes - leaves
                costs[other] += leaves - comes
            group = other
            done += CHANGE
            cost += 2 * worse
            if cost < least:
                least, best = cost, where[:]
    return [[person for person, at in zip(order, best, strict=False) if at == group] for group in range(count)]


def add_latecomers(groups: Sequence[Sequence[str]], people: Sequence[Participant], met: Pairs | None = None) -> Mix:
    """The same groups with everybody who is in none yet.

    Each newcomer joins one of the smallest groups, the one with the fewest people of their organisation.
    """
    met = met or {}
    filled = _found(groups, people)
    late = set(waiting(groups, people))
    for person in people:
        if person.alias in late:
            smallest = min(len(group) for group in filled)
            chosen = min(
                (group for group in filled if len(group) == smallest),
                key=lambda g: (
                    sum(o.organisation == person.organisation for o in g),
                    sum(_times(person, o, met) for o in g),
                ),
            )
            chosen.append(person)
    return _mix(filled, met)


def split(groups: Sequence[Sequence[str]], people: Sequence[Participant], met: Pairs | None = None) -> Mix:
    """The same groups, with each one of more than `LARGEST` people divided into as few as have at most that many.

    The first part keeps the number of the group and the others come last: every group there was keeps its number.
    """
    met = met or {}
    filled = _found(groups, people)
    by_name = {person.alias: person for person in people}
    for at in range(len(filled)):
        if (size := len(filled[at])) > LARGEST:
            parts = mix(filled[at], math.ceil(size / LARGEST), met).groups
            filled[at], *others = ([by_name[name] for name in part] for part in parts)
            filled += others
    return _mix(filled, met)


def crowded(groups: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The numbers of the groups of more than `LARGEST` people."""
    return tuple(number for number, group in enumerate(groups, 1) if len(group) > LARGEST)


def too_large(numbers: Sequence[int]) -> str:
    """That the groups with these numbers are too large, in one sentence."""
    return f"{_named(numbers, 'has', 'have')} more than {LARGEST} people: too many to read every map out."


def unmet(groups: Sequence[Sequence[str]], people: Sequence[Participant], met: Pairs | None = None) -> tuple[str, ...]:
    """A sentence for each aim that groups don't meet as they are now."""
    return tuple(_unmet(_found(groups, people), met or {})) if groups else ()


def _found(groups: Sequence[Sequence[str]], people: Sequence[Participant]) -> list[list[Participant]]:
    """The groups with their people, as far as those are in the roster."""
    by_name = {person.alias: person for person in people}
    return [[by_name[name] for name in group if name in by_name] for group in groups]


def waiting(groups: Sequence[Sequence[str]], people: Sequence[Participant]) -> tuple[str, ...]:
    """The names in the roster that are not in a group yet."""
    placed = {name for group in groups for name in group}
    return tuple(person.alias for person in people if person.alias not in placed)


def _unmet(groups: Sequence[Sequence[Participant]], met: Pairs) -> Iterator[str]:
    sizes = [len(group) for group in groups]
    if many := crowded([[person.alias for person in group] for group in groups]):
        yield too_large(many)
    if max(sizes) - min(sizes) > 1:
        yield f"The groups have {min(sizes)} to {max(sizes)} people, so that nobody had to change groups."
    organisations = Counter(person.organisation for group in groups for person in group)
    if len(organisations) > 1:
        alone = [at for at, group in enumerate(groups, 1) if len({p.organisation for p in group}) == 1]
        if alone:
            yield f"{_named(alone, 'is', 'are')} all from one organisation: the others have too few people to go round."
    for name, people in organisations.items():
        counts = [sum(p.organisation == name for p in group) for group in groups]
        if max(counts) - min(counts) > 1:
            yield f"{name} is spread unevenly ({people} people), so that nobody had to change groups."
    repeated = sum(_times(a, b, met) > 0 for group in groups for a, b in combinations(group, 2))
    if repeated:
        yield f"{repeated} pair{'s have' if repeated > 1 else ' has'} worked together before."


def _named(numbers: Sequence[int], one: str, several: str) -> str:
    """``Group 2 has`` or ``Groups 1, 2 have``."""
    listed = ", ".join(map(str, numbers))
    return f"Group {listed} {one}" if len(numbers) == 1 else f"Groups {listed} {several}"
