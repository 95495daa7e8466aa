"""Builders for tests: a debrief with people, ballots and moments, rooms from disk, hostile text."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import settings

from store.debrief import Debrief, GroupHistory
from store.entries import Rule, add_expected, enter, read_expected
from store.exchange.incoming.rooms import read_room
from store.model import Closing, Felt, Moment, Participant, Pattern, Placement, Probe, Session, stamp
from store.refused import Refused
from store.words.names import fold
from tests.conftest import find_room
from tests.helpers.texts import ANY, HOSTILE

NOW = datetime(2026, 11, 7, 19, 0).astimezone().timestamp()
"""A Saturday evening, in seconds since the epoch."""

AT = stamp(NOW)

a_property = settings(max_examples=50, deadline=None)
"""The settings for a property test. The sweeps try every case."""

one_line = ANY.filter(lambda text: bool(text.strip()) and "\n" not in text and "\r" not in text)
"""Text that isn't blank and that a paste does not split."""

HOSTILE_LINES = (
    *(text for text in HOSTILE if text.strip() and "\n" not in text and "\r" not in text),
    "[todo] [b]bold",
    "e" + "\u0301\u0323" * 200,
    "one\x0ctwo\x1cthree\u2028four",
    "a    b\u00a0\u3000c",
)
"""Texts that somebody might paste, each on one line."""


def in_short(text: str) -> str:
    """The beginning of a hostile text in ASCII, as a test id."""
    return ascii(text)[1:24]


LONG = {
    "letters": "a" * 10_000,
    "blanks": "a" + " " * 9_998 + "b",
    "digits": "1" * 10_000,
    "words": "ab " * 3_333 + "b",
    "numbers": "1 " * 4_999 + "1 x",
    "signs": "+-" * 5_000,
    "hashes": "#" * 10_000,
    "hashes and numbers": "x" + " # 1" * 2_500,
    "ats": "@" * 10_000,
    "at and blanks": "@" + " " * 9_998 + "b",
    "separators": "a" + ",;:/" * 2_500,
    "tabs": "a" + "\t" * 9_998 + "b",
    "accents": "e" + "\u0301\u0323" * 5_000,
    "joiners": "\u200d" * 10_000,
}
"""Lines of ten thousand characters that a careless regular expression takes for ever to match."""


def probe(**fields: Any) -> Probe:
    """A probe of two organisations."""
    return Probe(**{"id": "p1", "created": AT, "title": "Noise protest", "our_organisation": "Breathers", **fields})


def debrief(*people: str, **fields: Any) -> Debrief:
    """A debrief that has not started. People are given as `name` or `name/organisation`, `fields` belong to the session."""
    session = Session(**{"id": "s1", "probe": "p1", "created": AT, **fields})
    found = (each.partition("/") for each in people)
    participants = tuple(
        Participant(session="s1", number=number, alias=name, organisation=organisation or "Breathers")
        for number, (name, _, organisation) in enumerate(found, 1)
    )
    return Debrief(probe=probe(), session=session, participants=participants)


def with_pact(found: Debrief, **fields: object) -> Debrief:
    """A copy with changed pact fields."""
    return replace(found, probe=found.probe.but(pact=found.probe.pact.but(**fields)))


def with_moments(found: Debrief, *texts: str) -> Debrief:
    """A copy with moments that felt compromised."""
    moments = tuple(
        Moment(session="s1", number=number, at=AT, felt=Felt.COMPROMISED, text=text)
        for number, text in enumerate(texts, 1)
    )
    return replace(found, moments=moments)


def with_pattern(found: Debrief, text: str = "the form decides") -> Debrief:
    """A copy with one more pattern, which rests on a paper map."""
    number = len(found.patterns) + 1
    pattern = Pattern(session="s1", number=number, at=AT, group=1, felt=Felt.COMPROMISED, text=text, paper_maps=1)
    return replace(found, patterns=(*found.patterns, pattern))


def with_ballots(
    found: Debrief, places: Mapping[str, tuple[int, int]], round: int = 1, reconstructed: bool = False
) -> Debrief:
    """A copy with placements of a round, by name. Round 0 holds the expected ones."""
    placements = tuple(
        Placement(probe="p1", round=round, number=number, by=name, autonomy=x, benefit=y, reconstructed=reconstructed)
        for number, (name, (x, y)) in enumerate(places.items(), 1)
    )
    return replace(found, placements=(*found.placements, *placements))


def ready_to_seal(*people: str, **fields: Any) -> Debrief:
    """A debrief in its last phase with everything it needs to be sealed."""
    return debrief(
        *people,
        **{
            "phase": "close",
            "began": NOW - 3600,
            "no_amendment": "We were too few to decide.",
            "closing": Closing(sunset="lapse", rhythm="pause"),
            **fields,
        },
    )


def entered(rule: Rule, found: Debrief, *lines: str) -> Debrief:
    """The debrief after entering lines in order. None may be refused."""
    for line in lines:
        found, refused = enter(rule, found, line, NOW)
        assert not refused
    return found


def expected_rule(found: Debrief, line: str, now: float) -> Debrief:
    """The rule for what was expected, as the form of the probe enters it."""
    return add_expected(found, read_expected(line, found.names), now)


def refusal(rule: Rule, found: Debrief, line: str) -> str:
    """The sentence that refuses a line."""
    sentence = str(refused(rule, found, line))
    assert sentence.endswith((".", "”.", "?")), sentence
    assert "\n" not in sentence
    return sentence


def refused(rule: Rule, found: Debrief, line: str) -> Refused:
    """How a line is refused: its sentence and its remedy."""
    with pytest.raises(Refused) as raised:
        rule(found, line, NOW)
    return raised.value


def room(name: str) -> Debrief:
    """A room from `tests/rooms`, as it is imported."""
    return read_room(json.loads(find_room(name).read_text(encoding="utf-8")), AT)


def facilitated(past: GroupHistory) -> Mapping[str, int]:
    """How often each person has facilitated other probes, by folded name."""
    return Counter(fold(name) for probe in past.probes for name in probe.facilitators)
