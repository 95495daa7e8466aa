"""What may be shown of ballots: one rule for screen, wall, command line and exports (DESIGN.md, rules of the room)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from store.words.names import fold

ALONE = 3
"""People of whom nothing is shown by themselves if they are fewer: it would be one person's vote."""


def round_shown(round: int, revealed: int, ballots: int) -> bool:
    """Whether a round of so many ballots is shown: it is one of the `revealed` ones, and of three people or more."""
    return round <= revealed and ballots >= ALONE


def left_over(n: int) -> bool:
    """Whether so many people are left over alone: one or two, whom subtracting what is shown would tell."""
    return 0 < n < ALONE


def marks_shown(earlier: Iterable[Iterable[str]], round: Iterable[str]) -> bool:
    """Whether a round's marks may be shown, by who placed in it and in each earlier one.

    Beside those of a round with one or two people fewer or more, the marks of these would follow. Rounds without names, in
    which many stand under one, were judged where the names were.
    """
    now = Counter(map(fold, round))
    rounds = [Counter(map(fold, people)) for people in earlier]
    if any(times > 1 for each in (now, *rounds) for times in each.values()):
        return True
    return not any(left_over(((now - then) + (then - now)).total()) for then in rounds)


def told_apart(sets: Mapping[str, Collection[int]], n: int) -> dict[str, frozenset[int]]:
    """The sets of some of `n` ballots whose figures may stand beside those of all; those that come first go before the others.

    Everything that is shown counts together: wherever some sets and not others hold somebody, they are three or nobody, or
    subtracting one from another would tell their votes.
    """
    found: dict[str, frozenset[int]] = {}
    parts = [0] * n  # a bit for each set found so far
    for name, members in sets.items():
        theirs = frozenset(members)
        tried = [2 * part + (at in theirs) for at, part in enumerate(parts)]
        if theirs and min(Counter(tried).values()) >= ALONE:
            found[name], parts = theirs, tried
    return found
