"""Mixed small groups: sizes within one of each other, organisations spread evenly, few pairs that have met before.

There are two passes. The first deals people to the groups in turn, one organisation after another, which makes sizes and
organisations even by construction. Swapping two people of one organisation changes neither, so the second pass makes such
swaps to separate pairs from earlier sessions, as long as a swap helps.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from store.debrief import Pairs
from store.model import Participant
from store.words.names import fold

LARGEST = 5
"""The most people in a group: enough maps to compare, few enough to read each one out."""


@dataclass(frozen=True, slots=True)
class Mix:
    """Groups of names, and a sentence for each aim that could not be met."""

    groups: tuple[tuple[str, ...], ...]
    unmet: tuple[str, ...] = ()


def how_many(people: int) -> int:
    """How many groups suit a room: at most five people in each, and at least three."""
    return max(1, min(math.ceil(people / LARGEST), people // 3))


def mix(people: Sequence[Participant], count: int, met: Pairs | None = None) -> Mix:
    """Deal everybody into `count` groups.

    Args:
        people: the roster; its order decides only ties.
        count: how many groups, at least 1; with more groups than people, each person is a group.
        met: who was in a small group with whom.
    """
    met = met or {}
    count = max(1, min(count, len(people)))
    if not people:
        return Mix(())
    sizes = Counter(person.organisation for person in people)
    dealt = sorted(people, key=lambda p: (-sizes[p.organisation], p.organisation, p.number))
    groups = [[person for at, person in enumerate(dealt) if at % count == group] for group in range(count)]
    _part_pairs(groups, met)
    return Mix(tuple(tuple(p.alias for p in sorted(g, key=lambda p: p.number)) for g in groups), _unmet(groups, met))


def _repeats(person: Participant, group: Sequence[Participant], met: Pairs) -> int:
    return sum(met.get(frozenset((fold(person.alias), fold(other.alias))), 0) for other in group if other is not person)


def _part_pairs(groups: list[list[Participant]], met: Pairs) -> None:
    """Swap people of one organisation between groups while that reduces repeated pairs. Each swap does, so it ends."""
    if not met:
        return
    better = True
    while better:
        better = False
        for one, two in combinations(groups, 2):
            for i, a in enumerate(one):
                for j, b in enumerate(two):
                    if a.organisation != b.organisation:
                        continue
                    before = _repeats(a, one, met) + _repeats(b, two, met)
                    without_a, without_b = one[:i] + one[i + 1 :], two[:j] + two[j + 1 :]
                    if _repeats(b, without_a, met) + _repeats(a, without_b, met) < before:
                        one[i], two[j] = b, a
                        a = b
                        better = True


def add_latecomers(groups: Sequence[Sequence[str]], people: Sequence[Participant], met: Pairs | None = None) -> Mix:
    """The same groups with everybody who is in none yet.

    Each newcomer joins one of the smallest groups, the one with the fewest people of their organisation.
    """
    met = met or {}
    by_name = {person.alias: person for person in people}
    filled = [[by_name[name] for name in group if name in by_name] for group in groups]
    placed = {person.alias for group in filled for person in group}
    for person in people:
        if person.alias in placed:
            continue
        smallest = min(len(group) for group in filled)
        chosen = min(
            (group for group in filled if len(group) == smallest),
            key=lambda g: (sum(o.organisation == person.organisation for o in g), _repeats(person, g, met)),
        )
        chosen.append(person)
    return Mix(tuple(tuple(person.alias for person in group) for group in filled), _unmet(filled, met))


def waiting(groups: Sequence[Sequence[str]], people: Sequence[Participant]) -> tuple[str, ...]:
    """The names in the roster that are not in a group yet."""
    placed = {name for group in groups for name in group}
    return tuple(person.alias for person in people if person.alias not in placed)


def _unmet(groups: Sequence[Sequence[Participant]], met: Pairs) -> tuple[str, ...]:
    said = []
    sizes = [len(group) for group in groups]
    if max(sizes) - min(sizes) > 1:
        said.append(f"The groups have {min(sizes)} to {max(sizes)} people, so that nobody had to change groups.")
    organisations = Counter(person.organisation for group in groups for person in group)
    if len(organisations) > 1:
        alone = [at for at, group in enumerate(groups, 1) if len({p.organisation for p in group}) == 1]
        if alone:
            which = f"Group {alone[0]} is" if len(alone) == 1 else f"Groups {', '.join(map(str, alone))} are"
            said.append(f"{which} all from one organisation: the others have too few people to go round.")
    for name, people in organisations.items():
        counts = [sum(p.organisation == name for p in group) for group in groups]
        if max(counts) - min(counts) > 1:
            said.append(f"{name} is spread unevenly ({people} people), so that nobody had to change groups.")
    repeated = sum(
        met.get(frozenset((fold(a.alias), fold(b.alias))), 0) > 0 for group in groups for a, b in combinations(group, 2)
    )
    if repeated:
        said.append(f"{repeated} pair{'s have' if repeated > 1 else ' has'} worked together before.")
    return tuple(said)
