"""What earlier probes tell: the same, however it came about, and of all but the debrief in hand."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.earlier_probes import EarlierProbes, ProbeDigest, SessionDigest

AT = "2026-11-07T19:00:00"
DAYS = [f"2026-11-0{day}T19:00:00" for day in range(1, 6)]


def probe(number: int, **fields: Any) -> ProbeDigest:
    return ProbeDigest.of({"id": f"p{number}", "title": f"probe {number}", "created": AT, **fields})


def session(number: int, sealed: str | None = AT, **fields: Any) -> SessionDigest:
    row = {"id": f"s{number}", "probe": f"p{number}", "created": AT, "sealed": sealed, **fields}
    return SessionDigest.of(row)


PROBES = st.builds(
    lambda number, title, origin, day: (
        number,
        probe(number, title=title, origin=origin, created=day, facilitators=["Ana"]),
    ),
    st.integers(1, 5),
    st.sampled_from(["a", "b"]),
    st.sampled_from(["", "", "Kettle"]),
    st.sampled_from(DAYS),
)
SESSIONS = st.builds(
    lambda number, sealed, groups, measured, kind: (
        number,
        session(number, sealed, groups=groups, kind=kind, sovereignty=measured),
    ),
    st.integers(1, 5),
    st.sampled_from([None, *DAYS]),
    st.lists(st.lists(st.sampled_from(["Ana", "Ben", "Cem", "ana"]), max_size=3), max_size=2),
    st.sampled_from([{}, {"skills": {"change": 1, "note": ""}}]),
    st.sampled_from(["debrief", "debrief", "dissent"]),
)
LED = st.tuples(st.integers(1, 9), st.tuples(st.sampled_from(["s1", "s2", "s3"]), st.sampled_from(["Dilys", "Ana"])))
STATES = st.tuples(
    st.lists(PROBES, max_size=5).map(dict),
    st.lists(SESSIONS, max_size=5).map(dict),
    st.lists(LED, max_size=3).map(dict),
)


@pytest.mark.sweep
@given(st.lists(STATES, min_size=1, max_size=4), st.sampled_from(["", "1", "2"]), st.sampled_from([None, *DAYS]))
def test_it_is_the_same_however_it_came_about(states: list[Any], in_hand: str, sealed: str | None) -> None:
    kept = EarlierProbes()
    for state in states:
        kept.update(*state)
        fresh = EarlierProbes()
        fresh.update(*state)
        named = (f"p{in_hand}", f"s{in_hand}", sealed) if in_hand else ()
        assert kept.past(*named) == fresh.past(*named)


def test_the_debrief_in_hand_tells_nothing_of_itself() -> None:
    kept = EarlierProbes()
    groups = [["Ana", "Ben"]]
    measured = {"skills": {"change": 1, "note": ""}}
    kept.update(
        {number: probe(number) for number in (1, 2, 3)},
        {number: session(number, DAYS[number], groups=groups, sovereignty=measured) for number in (1, 2, 3)},
        {1: ("s1", "Ana"), 2: ("s2", "Ben")},
    )
    past = kept.past("p2", "s2")
    assert [(each.id, each.facilitators) for each in past.probes] == [("p1", ("Ana",)), ("p3", ())]
    assert [held.session for held in past.debriefs] == ["s1", "s3"]
    assert [title for title, _ in past.sovereignty] == ["probe 1", "probe 3"]
    assert past.pairs == Counter({frozenset(("ana", "ben")): 2})
    assert [held.session for held in kept.past("p2", "s2", DAYS[2]).debriefs] == ["s1"]
    assert len(kept.past().debriefs) == 3


def test_what_was_handed_out_stays_as_it_was() -> None:
    kept = EarlierProbes()
    kept.update({1: probe(1)}, {1: session(1, groups=[["Ana", "Ben"]])}, {})
    before = kept.past()
    pairs = dict(before.pairs)
    kept.update({1: probe(1, title="another")}, {1: session(1, groups=[["Ana", "Cem"]])}, {})
    assert dict(before.pairs) == pairs
    assert dict(kept.past().pairs) == {frozenset(("ana", "cem")): 1}
    assert kept.past().debriefs[0].title == "another"


def test_probes_of_other_groups_and_open_sessions_tell_nothing() -> None:
    kept = EarlierProbes()
    kept.update(
        {1: probe(1, origin="Kettle"), 2: probe(2, conflicts_with="p1"), 3: probe(3)},
        {1: session(1), 2: session(2), 3: session(3, None)},
        {},
    )
    past = kept.past()
    assert [(each.id, each.debriefed) for each in past.probes] == [("p3", False)]
    assert not past.debriefs
    assert not past.pairs
