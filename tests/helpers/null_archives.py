"""Archives in which nothing is going on, or one thing that was planted, and their counts after each debrief."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from store.trends.case import MEASURES, Case
from store.trends.levels import Tally
from store.trends.trends import EVERYWHERE, FACTS

KINDS = ("party", "union", "NGO", "faith group")
PLANTED = ("kind", "party", "skills fell")
OFTEN, SELDOM = 0.9, 0.2
"""How often the planted fact happens there, and elsewhere."""

Line = tuple[str, str, str]
"""A dimension, a value and a fact."""

_TIES, _SPLIT = 0.3, 0.2
"""How often a figure stays the same, and how often a room is split."""


def an_archive(seed: int, probes: int, planted: bool = False) -> tuple[Case, ...]:
    """Debriefed probes, one a week. What happens in each is drawn apart from which kind of probe it is.

    Args:
        seed: what to draw from; the same seed is the same archive.
        probes: how many.
        planted: whether skills fall in nine of ten probes with parties, which are half of them, and in two of ten elsewhere.
    """
    chance = random.Random(seed)
    parties = frozenset(chance.sample(range(probes), probes // 2))
    return tuple(_case(chance, at, (at in parties) if planted else None) for at in range(probes))


def _case(chance: random.Random, at: int, party: bool | None) -> Case:
    kind = chance.choice(KINDS) if party is None else KINDS[0] if party else chance.choice(KINDS[1:])
    sovereignty = {name: _step(chance) for name in MEASURES}
    if party is not None:
        sovereignty["skills"] = -1 if chance.random() < (OFTEN if party else SELDOM) else chance.choice((0, 1))
    return Case(
        probe=f"p{at}",
        session=f"s{at}",
        title=f"probe {at}",
        day=(date(2026, 1, 5) + timedelta(weeks=at)).isoformat(),
        whose="",
        groups=(
            ("kind", kind),
            ("partner", f"{chance.choice(('Marl', 'Copper'))} {kind}"),
            ("issue", chance.choice(("damp", "evictions", "bus cuts", "wage theft"))),
            ("scope", chance.choice(("building", "site", "city"))),
            ("red lines", chance.choices(("held", "strained", "crossed"), (7, 2, 1))[0]),
        ),
        expected=None,
        actual=None,
        gap=(_step(chance), _step(chance)),
        sovereignty=sovereignty,
        turnout=None,
        joined=None,
        stayed=None,
        agreement=(_agreement(chance), _agreement(chance)),
        times={},
        in_time=None,
        decompressed=None,
        facilitators=(),
        rhythm=None,
        impulses={},
    )


def _step(chance: random.Random) -> int:
    return 0 if chance.random() < _TIES else chance.choice((-1, 1))


def _agreement(chance: random.Random) -> float:
    return -0.5 if chance.random() < _SPLIT else 0.5


def figure(case: Case, name: str) -> float:
    """A figure of a case, by the name that `FACTS` gives it."""
    what, _, axis = name.partition(" on ")
    if not axis:
        return case.sovereignty[name]
    pair = case.gap if what == "gap" else case.agreement
    assert pair is not None
    return pair[axis == "benefit"]


def looks(cases: Sequence[Case], least: int = 1) -> Iterator[dict[Line, Tally]]:
    """Every count after each debrief, made apart from the program: a bit for each case of a group, and of each fact.

    Groups of fewer than `least` cases are left out.
    """
    facts, opposites, groups = dict.fromkeys(FACTS, 0), dict.fromkeys(FACTS, 0), dict[tuple[str, str], int]()
    for at, case in enumerate(cases):
        bit = 1 << at
        for fact, (name, sign) in FACTS.items():
            change = figure(case, name) * sign
            facts[fact] |= bit * (change > 0)
            opposites[fact] |= bit * (change < 0)
        for group in case.groups:
            groups[group] = groups.get(group, 0) | bit
        found: dict[Line, Tally] = {}
        for fact, those in facts.items():
            happened = those.bit_count()
            found[EVERYWHERE, "", fact] = Tally(happened, at + 1, 0, 0, opposites[fact].bit_count())
            for (dimension, value), of in groups.items():
                if (cases_of := of.bit_count()) >= least:
                    count = (of & those).bit_count()
                    found[dimension, value, fact] = Tally(count, cases_of, happened - count, at + 1 - cases_of)
        yield found
