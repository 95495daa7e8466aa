"""Rooms to mix, and whom they have met."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from store.debrief import Pairs
from store.model import Participant
from store.words.names import fold


def roster(organisations: Sequence[str]) -> tuple[Participant, ...]:
    """A person of each organisation that is listed."""
    return tuple(
        Participant(session="s1", number=number, alias=f"P{number}", organisation=organisation)
        for number, organisation in enumerate(organisations, 1)
    )


def sized(*sizes: int) -> tuple[Participant, ...]:
    """A room of organisations of these sizes."""
    return roster([f"Org{at}" for at, size in enumerate(sizes) for _ in range(size)])


def met_in(groups: Iterable[Iterable[str]]) -> Counter[frozenset[str]]:
    """Who has met whom in some groups."""
    return Counter(frozenset(map(fold, pair)) for group in groups for pair in combinations(group, 2))


def repeated(groups: Iterable[Iterable[str]], met: Pairs) -> int:
    """How many pairs are together again."""
    return sum(met.get(pair, 0) > 0 for pair in met_in(groups))


def by_chance(people: Sequence[Participant], count: int, sessions: int) -> Counter[frozenset[str]]:
    """Whom everybody met in past sessions whose groups were as even but dealt by chance; the same each time."""
    chance, sizes = random.Random(1), Counter(person.organisation for person in people)
    met: Counter[frozenset[str]] = Counter()
    for _ in range(sessions):
        dealt = list(people)
        chance.shuffle(dealt)
        dealt.sort(key=lambda p: (-sizes[p.organisation], p.organisation if sizes[p.organisation] > 1 else ""))
        met += met_in([person.alias for person in dealt[at::count]] for at in range(count))
    return met
