"""Sovereignty over time, the time of the phases, and the rhythm: counts with what they count."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.across.cases import MEASURES, Case, cases
from store.across.course import courses, steps, turnouts
from store.across.overview import minutes, overview, timing_in_words
from store.across.rhythm import lines, remarks, rhythm
from store.across.timing import timings
from store.words.names import SOMEBODY
from tests.builders import a_property
from tests.test_trends import Rows, probe, session


def case(number: int, **fields: Any) -> Case:
    """A case of which nothing is known but what is given."""
    empty: dict[str, Any] = {
        **dict.fromkeys(("expected", "actual", "gap", "turnout", "agreement", "in_time", "decompressed", "rhythm")),
        "sovereignty": {},
        "times": {},
        "facilitators": (),
    }
    return Case(
        probe=f"p{number}",
        session=f"s{number}",
        title=f"probe {number}",
        day=f"2026-01-{number:02}",
        groups=(),
        **{"whose": "", **empty, **fields},
    )


def said(*changes: int | None) -> tuple[Case, ...]:
    """Cases in which skills changed so."""
    return tuple(
        case(number, sovereignty={} if change is None else {"skills": change})
        for number, change in enumerate(changes, 1)
    )


def test_the_course_of_a_measure_counts_against_the_mean_before() -> None:
    found = courses(said(1, None, 0, 2, -1, 1))[MEASURES.index("skills")]
    assert found.changes == (1, None, 0, 2, -1, 1)
    assert (found.gained, found.lost) == (("p1", "p4", "p6"), ("p5",))
    assert (found.above, found.compared) == (("p4", "p6"), ("p3", "p4", "p5", "p6"))
    assert found.in_words() == "gained in 3, lost in 1 of 5 probes; rose above the mean before it in 2 of 4"
    assert found.in_words(short=True) == "+3, −1 of 5; above earlier mean: 2 of 4"
    assert courses(said(1, 1))[1].above == (), "as much as before is not above it"
    assert courses(said(-2, 0, 0))[1].above == (), (
        "what stayed the same rose above nothing, however much was lost before"
    )
    assert courses(said(1))[1].in_words() == "gained in 1, lost in 0 of 1 probes (one case)"
    assert courses(said(1))[0].in_words() == "nobody has measured it"


def test_steps_are_a_column_for_each_probe() -> None:
    assert steps((1, 2, 0, None, -1, -2)) == ("▄█    ", "─── ──", "    ▀█")
    assert steps((1, None, -2), 3) == ("▄▄       ", "──    ── ", "      ██ ")


@a_property
@given(st.lists(st.one_of(st.none(), st.integers(-2, 2)), max_size=12), st.integers(1, 6))
def test_every_step_has_its_columns(changes: list[int | None], width: int) -> None:
    assert {len(row) for row in steps(changes, width)} == {width * len(changes)}


def test_turnout_stands_by_itself() -> None:
    assert turnouts((case(1, turnout=3), case(2))) == (3, None)


def test_the_time_of_a_phase() -> None:
    times = [{"opening": (300.0, used)} for used in (240.0, 300.0, 420.0)]
    (found,) = timings([case(number, times=each) for number, each in enumerate(times, 1)])
    assert (found.planned, found.used, found.least, found.most) == (300, 300, 240, 420)
    assert (found.sessions, found.over) == (("p1", "p2", "p3"), ("p3",))
    assert timing_in_words(found) == "Opening: planned 5 min, used 5 min (4 to 7) in 3 debriefs, over in 1 of 3"
    (one,) = timings([case(1, times=times[2])])
    assert timing_in_words(one) == "Opening: planned 5 min, used 7 min in one debrief, over in 1 of 1"
    assert minutes(100) == "1.5"


@pytest.mark.parametrize(
    ("ends", "ends_at", "sealed", "began", "known"),
    [
        ("2026-01-05", "18:00", "2026-01-06T17:00:00", None, True),
        ("2026-01-05", "18:00", "2026-01-06T19:00:00", None, False),
        ("2026-01-05", None, "2026-01-06T23:00:00", None, True),
        ("2026-01-05", None, "2026-01-05T12:00:00", None, True),
        ("2026-01-05", "18:00", "2026-01-05T12:00:00", None, None),
        ("2026-01-05", "18:00", "2026-01-09T12:00:00", 1767639600.0, True),
        (None, None, "2026-01-05T12:00:00", None, None),
    ],
)
def test_a_debrief_is_in_time_within_a_day(
    ends: str | None, ends_at: str | None, sealed: str, began: float | None, known: bool | None
) -> None:
    pact = {"ends": ends, "ends_at": ends_at}
    rows = Rows(probes=[probe(1, pact=pact)], sessions=[{**session(1), "sealed": sealed, "began": began}])
    assert cases(rows)[0].in_time is known


def led(alias: str, organisation: str = "Sluice Street", **fields: Any) -> tuple[str, ...]:
    """Whom a debrief counts as its facilitators, that was led by one person of an organisation."""
    row = {"session": "s1", "alias": alias, "organisation": organisation, "role": "facilitator"}
    at = probe(1, our_organisation="Sluice Street", **fields)
    return cases(Rows(probes=[at], sessions=[session(1)], participants=[row]))[0].facilitators


def test_an_organisation_in_the_place_of_a_name_tells_of_nobody_who_led() -> None:
    assert led("Ayzel") == ("ayzel",)
    assert led("SLUICE street") == ()
    assert led("Marl Hill", organisation="Marl Hill") == ()
    assert led(SOMEBODY) == ()
    assert led("Ayzel", facilitators=["Sluice Street", "Bo"]) == ("ayzel", "bo")


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        ({}, None),
        ({"feelings": {"tired": 1}}, True),
        ({"keep_feelings": False}, True),
        ({"clocks": {"decompression": {"planned": 600, "banked": 5}}}, True),
        ({"clocks": {"decompression": {"planned": 600, "banked": 0}}}, False),
        ({"clocks": {"opening": {"planned": 300, "banked": 100}}}, False),
    ],
)
def test_decompression_is_held_or_skipped_or_not_known(fields: dict[str, Any], known: bool | None) -> None:
    assert cases(Rows(probes=[probe(1)], sessions=[session(1, **fields)]))[0].decompressed is known


def test_the_rhythm_is_counted() -> None:
    people = (("ana",), ("bo",), ("ana", "cy"), ("ana",), ("ana",))
    found = rhythm(
        [
            case(
                number,
                facilitators=each,
                rhythm="act" if number > 2 else "pause",
                in_time=number > 1,
                decompressed=None,
            )
            for number, each in enumerate(people, 1)
        ]
    )
    assert (found.leaders, found.in_a_row, len(found.led[0])) == (3, 3, 4)
    assert lines(found) == (
        "4 of 5 began within 24 hours of the action",
        "not known of any whether it held decompression, and did not skip it",
        "3 different people led the last 4",
        "what came next, of 5: act 3, reflect 0, pause 2",
    )
    assert remarks(found) == ("One person has led the last 3 debriefs: whose turn is it?",)


def test_the_rhythm_is_that_of_our_own_debriefs() -> None:
    found = overview(
        [case(n, facilitators=("ana",), rhythm="act", whose="" if n == 1 else "theirs") for n in range(1, 6)]
    )
    assert (found.rhythm.in_a_row, found.rhythm.next) == (1, (("p1", "act"),))
    assert len(found.cases) == 5


def test_what_is_out_of_balance_is_said_gently() -> None:
    acting = rhythm([case(n, rhythm="act", in_time=n < 3, decompressed=n < 3) for n in range(1, 6)])
    assert remarks(acting) == (
        "The last four debriefs ended in “act”: nothing was paused. What would it take to stop for once?",
        "3 of the last 4 debriefs came later than 24 hours after the action: memories cool quickly.",
        "3 of the last 4 debriefs skipped decompression: feelings that stay unsaid come back as strategy.",
    )
    mixed = [case(n, rhythm=word) for n, word in enumerate(("act", "reflect", "act"), 1)]
    assert remarks(rhythm(mixed)) == ("None of the last three debriefs ended in “pause”: when is there time to rest?",)
    resting = [case(n, rhythm="pause") for n in range(1, 4)]
    assert remarks(rhythm(resting)) == ("The last three debriefs ended in “pause”: is there something small to try?",)
    assert remarks(rhythm([case(1, rhythm="act"), case(2, rhythm="act", in_time=False)])) == ()
    late = [case(number, in_time=number not in (1, 2, 6)) for number in range(1, 7)]
    assert remarks(rhythm(late)) == (), "one of the last four is no habit"
    assert remarks(rhythm(())) == ()
