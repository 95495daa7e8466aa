"""A generated history of many probes, with planted facts for a test to find."""

import random
import statistics
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from store.clock import Clock
from store.model import (
    Change,
    Closing,
    Felt,
    Gap,
    Moment,
    Observation,
    Pact,
    Participant,
    Partner,
    Placement,
    Probe,
    Record,
    Session,
)
from store.phases import PHASES

PARTIES, FELL = 9, 7
"""Narrative clarity falls in `FELL` of `PARTIES` probes with parties, and nowhere else."""

KINDS = ("union", "NGO", "faith group", "student group")
_WORDS = [
    "lanyard",
    "door",
    "leaflet",
    "kettle",
    "ladder",
    "picket",
    "minutes",
    "banner",
    "soup",
    "stair",
    "meter",
    "clipboard",
    "megaphone",
    "bundle",
    "hall",
    "key",
]


def a_history(probes: int, texts: int = 0, theirs: int = 0) -> Iterator[Record]:
    """The records of `probes` debriefed probes, one a week from January 2022.

    Args:
        probes: how many.
        texts: how many moments and observations each has.
        theirs: every `theirs`-th probe belongs to another group, Clear Estuary; 0 for none.
    """
    chance = random.Random(5)
    parties = sorted(random.Random(1).sample(range(1, probes + 1), PARTIES))
    for number in range(1, probes + 1):
        at = datetime(2022, 1, 1, 19, tzinfo=UTC) + timedelta(days=7 * number)
        rank = parties.index(number) if number in parties else None
        kind = "party" if rank is not None else chance.choice(KINDS)
        partner = f"{chance.choice(('Marl', 'Copper', 'Sluice', 'Bethel', 'Carters'))} {kind}"
        clarity = chance.choice((0, 0, 1)) if rank is None else -1 if rank < FELL else 0
        expected = [(chance.randint(4, 8), chance.randint(3, 8)) for _ in range(5)]
        actual = [(chance.randint(3, 9), chance.randint(3, 9)) for _ in range(9)]
        gap = [statistics.median(m[i] for m in actual) - statistics.median(m[i] for m in expected) for i in (0, 1)]
        day = at.date()
        yield Probe(
            id=f"p{number}",
            uid=f"uid-{number}",
            origin="Clear Estuary" if theirs and number % theirs == 0 else "",
            created=at.isoformat(),
            title=f"{chance.choice(('Stall', 'Vigil', 'Supper', 'Hearing'))} {number} at Marl Hill",
            issue=chance.choice(("evictions", "night flights", "wage theft", "damp", "bus cuts")),
            scope=chance.choice(("building", "site", "neighbourhood")),
            our_organisation="Sluice Street",
            partners=(Partner(name=partner, kind=kind),),
            pact=Pact(starts=day, ends=day, sunset=day + timedelta(days=3)),
        )
        for turn, marks in enumerate((expected, actual)):
            for place, (x, y) in enumerate(marks, 1):
                yield Placement(probe=f"p{number}", round=turn, number=place, by=f"n{place}", autonomy=x, benefit=y)
        changes = {name: chance.choice((-1, 0, 1)) for name in ("decision-making capacity", "skills", "infrastructure")}
        yield Session(
            id=f"s{number}",
            probe=f"p{number}",
            created=at.isoformat(),
            began=(at + timedelta(hours=chance.choice((7, 20, 50)))).timestamp(),
            sealed=(at + timedelta(days=3)).isoformat(),
            phase="close",
            revealed=1,
            clocks={
                p.name: Clock(planned=p.seconds, banked=p.seconds * chance.choice((0.7, 0.9, 1.0, 1.1, 1.4)))
                for p in PHASES
            },
            sovereignty={
                name: Change(change=change) for name, change in (changes | {"narrative clarity": clarity}).items()
            },
            turnout=chance.randint(5, 200),
            feelings={"tired": 3},
            gap=Gap(autonomy=gap[0], benefit=gap[1], length=(gap[0] ** 2 + gap[1] ** 2) ** 0.5),
            closing=Closing(
                sunset="lapse", rhythm="act" if number > probes - 4 else chance.choice(("reflect", "pause"))
            ),
        )
        leader = chance.choice(("Ayzel", "Brannoc", "Cuthwin"))
        yield Participant(
            session=f"s{number}", number=1, alias=leader, organisation="Sluice Street", role="facilitator"
        )
        for place in range(1, texts + 1):
            text = f"{' '.join(chance.choices(_WORDS, k=14))} {number}"
            if place % 4:
                yield Moment(session=f"s{number}", number=place, at=at.isoformat(), felt=Felt.COMPROMISED, text=text)
            else:
                yield Observation(probe=f"p{number}", number=place, at=at.isoformat(), kind="friction", text=text)
