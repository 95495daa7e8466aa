"""Sovereignty over time, the time of the phases, and the rhythm: counts with what they count."""

from typing import Any

import pytest

from store.trends.case import MEASURES, Case
from store.trends.finding import ids
from store.trends.overview import overview
from store.trends.overview_json import as_json
from store.trends.overview_text import as_text
from store.trends.read_cases import cases
from store.trends.rhythm import lines, remarks, rhythm
from store.trends.sovereignty import courses, new_organisers, turnout
from store.trends.timing import minutes, timings
from store.words.names import SOMEBODY
from tests.store.trends.test_trends import Rows, probe, session


def case(number: int, **fields: Any) -> Case:
    """A case of which nothing is known but what is given."""
    empty: dict[str, Any] = {
        **dict.fromkeys(("expected", "actual", "gap", "agreement", "in_time", "decompressed", "rhythm")),
        **dict.fromkeys(("turnout", "joined", "stayed")),
        "impulses": {},
        "sovereignty": {},
        "times": {},
        "facilitators": (),
    }
    return Case(
        session=f"s{number}",
        title=f"probe {number}",
        groups=(),
        **{"probe": f"p{number}", "day": f"2026-01-{number:02}", "whose": "", **empty, **fields},
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
    assert found.in_words(short=True) == "+3 −1 of 5, above mean 2 of 4"
    assert courses(said(1, 1))[1].above == (), "as much as before is not above it"
    assert courses(said(-2, 0, 0))[1].above == (), (
        "what stayed the same rose above nothing, however much was lost before"
    )
    assert courses(said(1))[1].in_words() == "gained in 1, lost in 0 of 1 probe (one case)"
    assert courses(said(1))[0].in_words() == "nobody has measured it"


def test_a_measure_opens_all_of_its_probes_with_what_was_said_of_each() -> None:
    cases = said(1, None, 0, 2, -1, 1)
    count = courses(cases)[MEASURES.index("skills")].finding(cases)
    assert count.said == "skills: gained in 3, lost in 1 of 5 probes; rose above the mean before it in 2 of 4"
    assert count.parts == (("gained", ("p1", "p4", "p6")), ("lost", ("p5",)), ("the same", ("p3",)))
    assert count.notes == {"p1": "+1", "p3": "0", "p4": "+2, above the mean", "p5": "−1", "p6": "+1, above the mean"}
    assert count.named == "gained p1, p4, p6; lost p5; the same p3"


def test_turnout_stands_by_itself() -> None:
    count = turnout((case(1, turnout=3), case(2), case(3, turnout=40)))
    assert count.said == "turnout, never added in: 3 to 40 people in 2 probes"
    assert count.parts == (("counted", ("p1", "p3")), ("not counted", ("p2",)))
    assert count.notes == {"p1": "3", "p3": "40"}
    assert turnout((case(1),)).said == "turnout, never added in: nobody counted"


def test_new_organisers_are_listed_each_with_those_who_stayed_of_those_before() -> None:
    known = (
        case(1, joined=2),
        case(2),
        case(3, joined=9, stayed=9, whose="Clear Estuary"),
        case(4, joined=0, stayed=1),
        case(5, stayed=2),
    )
    found = new_organisers(known)
    assert found.said == "new organisers, never added in: 0 to 9 joined in 3 probes"
    assert found.parts == (("counted", ("p1", "p3", "p4", "p5")), ("not counted", ("p2",)))
    assert found.notes == {
        "p1": "2 joined",
        "p3": "9 joined, 9 earlier ones stayed",
        "p4": "0 joined, 1 of 2 earlier ones stayed",
        "p5": "2 of 2 earlier ones stayed",
    }
    assert new_organisers((case(1),)).said == "new organisers, never added in: nobody counted"
    assert as_json(overview(known))["new_organisers"] == [
        {"probe": "p1", "joined": 2, "stayed": None},
        {"probe": "p3", "joined": 9, "stayed": 9},
        {"probe": "p4", "joined": 0, "stayed": 1},
        {"probe": "p5", "joined": None, "stayed": 2},
    ]
    assert "; the latest: p1 2 joined; p3 9 joined, 9 earlier ones stayed; p4" in "\n".join(as_text(overview(known)))
    (read,) = cases(Rows(probes=[probe(1)], sessions=[session(1, {}, joined=3, stayed=1)]))
    assert (read.joined, read.stayed) == (3, 1)


def test_many_probes_are_named_in_part() -> None:
    assert ids(tuple(f"p{n}" for n in range(1, 14))).endswith("p12, p13")
    assert ids(tuple(f"p{n}" for n in range(1, 16))).endswith("p11, p12 and 3 more")


def test_the_time_of_a_phase() -> None:
    times = [{"opening": (300.0, used)} for used in (240.0, 300.0, 420.0)]
    (found,) = timings([case(number, times=each) for number, each in enumerate(times, 1)])
    assert (found.planned, found.used, found.least, found.most) == (300, 300, 240, 420)
    assert (found.sessions, found.over) == (("p1", "p2", "p3"), ("p3",))
    assert found.in_words() == "Opening: planned 5, used 5 (4 to 7) min, over in 1 of 3 debriefs"
    count = found.finding([case(number, times=each) for number, each in enumerate(times, 1)])
    assert count.parts == (("ran over", ("p3",)), ("did not", ("p1", "p2")))
    assert count.notes == {"p1": "4 of 5 min", "p2": "5 of 5 min", "p3": "7 of 5 min"}
    (one,) = timings([case(1, times=times[2])])
    assert one.in_words() == "Opening: planned 5, used 7 min, over in 1 of 1 debrief"
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
    assert tuple(each.said for each in lines(found)) == (
        "4 of 5 began within 24 hours of the action",
        "not known of any whether it held decompression, and did not skip it",
        "3 different people led the last 4",
        "what came next, of 5: act 3, reflect 0, pause 2",
    )
    assert [each.named for each in lines(found)] == [
        "p2, p3, p4, p5",
        "",
        "p2, p3, p4, p5",
        "act p3, p4, p5; pause p1, p2",
    ]
    (remark,) = remarks(found)
    assert remark.said == "One person has led the last 3 debriefs: whose turn is it?"
    assert remark.named == "p3, p4, p5"


def test_the_rhythm_is_that_of_our_own_debriefs() -> None:
    found = overview(
        [case(n, facilitators=("ana",), rhythm="act", whose="" if n == 1 else "theirs") for n in range(1, 6)]
    )
    assert (found.rhythm.in_a_row, found.rhythm.next) == (1, (("p1", "act"),))
    assert len(found.cases) == 5


def test_what_is_out_of_balance_is_said_gently() -> None:
    acting = rhythm([case(n, rhythm="act", in_time=n < 3, decompressed=n < 3) for n in range(1, 6)])
    assert [each.named for each in remarks(acting)] == ["p2, p3, p4, p5", "p3, p4, p5", "p3, p4, p5"]
    assert tuple(each.said for each in remarks(acting)) == (
        "The last four debriefs ended in “act”: nothing was paused. What would it take to stop for once?",
        "3 of the last 4 debriefs came later than 24 hours after the action: memories cool quickly.",
        "3 of the last 4 debriefs skipped decompression: feelings that stay unsaid come back as strategy.",
    )
    found = as_json(overview([case(n, rhythm="act", in_time=n < 3) for n in range(1, 6)]))
    assert found["rhythm"]["remarks"][1] == {
        "said": "3 of the last 4 debriefs came later than 24 hours after the action: memories cool quickly.",
        "probes": ["p3", "p4", "p5"],
        "cases": ["p3", "p4", "p5", "p2"],
    }
    mixed = [case(n, rhythm=word) for n, word in enumerate(("act", "reflect", "act"), 1)]
    assert tuple(each.said for each in remarks(rhythm(mixed))) == (
        "None of the last three debriefs ended in “pause”: when is there time to rest?",
    )
    resting = [case(n, rhythm="pause") for n in range(1, 4)]
    assert tuple(each.said for each in remarks(rhythm(resting))) == (
        "The last three debriefs ended in “pause”: is there something small to try?",
    )
    assert remarks(rhythm([case(1, rhythm="act"), case(2, rhythm="act", in_time=False)])) == ()
    late = [case(number, in_time=number not in (1, 2, 6)) for number in range(1, 7)]
    assert remarks(rhythm(late)) == (), "one of the last four is no habit"
    assert remarks(rhythm(())) == ()
