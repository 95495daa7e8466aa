"""The logbook's list: where each probe stands on any day, what comes first, and what typing finds."""

from datetime import date, datetime, time, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.archive.archive import Archive, ArchiveError
from store.logbook import listing
from store.logbook.listing import entries, matching
from store.model import Closing, Pact, Probe, Session
from store.probe_state import GIVEN_UP, ProbeState, State, ended, state_of
from store.timekeeper import FIRST, LAST
from tests.helpers.texts import ANY, HOSTILE

AT = "2026-11-07T19:00:00"
NOON = datetime(2026, 11, 7, 12).astimezone()

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def moments_between(first: date, last: date) -> st.SearchStrategy[datetime]:
    """Points in time by the clock on the wall."""
    return st.builds(datetime.combine, st.dates(first, last), st.times())


def pact(
    starts: date | None = None, ends: date | None = None, sunset: date | None = None, at: time | None = None
) -> Any:
    return Pact(starts=starts, ends=ends, sunset=sunset, ends_at=at).model_dump(mode="json")


def state(pact: Any, session: Any, now: datetime) -> tuple[State, str]:
    """Where a probe stands, and that in words."""
    found = state_of(pact, session, now)
    return found.state, found.when


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone()


# ----------------------------------------------------------------------------------------------------------- the states


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ("2026-10-31T23:59", (State.PLANNED, "from 1 November")),
        ("2026-11-01T00:00", (State.RUNNING, "until 7 November")),
        ("2026-11-07T15:29", (State.RUNNING, "until 7 November")),
        ("2026-11-07T15:30", (State.DUE, "debrief within 24 h")),
        ("2026-11-08T02:30", (State.DUE, "debrief within 13 h")),
        ("2026-11-08T15:20", (State.DUE, "debrief within 10 min")),
        ("2026-11-08T15:30", (State.DUE, "debrief within 1 min")),
        ("2026-11-08T15:31", (State.OVERDUE, "debrief 1 min late")),
        ("2026-11-08T18:30", (State.OVERDUE, "debrief 3 h late")),
        ("2026-11-09T23:59", (State.OVERDUE, "debrief 32 h late")),
        ("2026-11-10T00:00", (State.LAPSED, "sunset 9 November, debrief 32 h late")),
        ("2026-11-11T15:30", (State.LAPSED, "sunset 9 November, debrief 3 days late")),
        ("2026-11-23T23:59", (State.LAPSED, "sunset 9 November, debrief 15 days late")),
        ("2026-11-24T00:00", (State.LAPSED, "sunset 9 November, never debriefed")),
    ],
)
def test_a_probe_goes_from_planned_to_lapsed(now: str, wanted: tuple[State, str]) -> None:
    dates = pact(date(2026, 11, 1), date(2026, 11, 7), date(2026, 11, 9), time(15, 30))
    assert state(dates, None, day(now)) == wanted


def test_without_an_hour_the_24_hours_run_from_the_end_of_the_last_day() -> None:
    dates = pact(date(2026, 11, 7), date(2026, 11, 7))
    assert state(dates, None, day("2026-11-07T23:59"))[0] is State.RUNNING
    assert state(dates, None, day("2026-11-08T00:00")) == (State.DUE, "debrief within 24 h")
    assert state(dates, None, day("2026-11-09T00:00:01"))[0] is State.OVERDUE


def test_a_probe_without_dates_is_planned() -> None:
    assert state({}, None, NOON) == (State.PLANNED, "no dates yet")
    assert state(pact(starts=date(2026, 11, 1)), None, NOON) == (State.RUNNING, "no end date")


def test_a_session_that_has_begun_is_live_until_it_is_sealed_and_one_that_has_not_changes_nothing() -> None:
    dates = pact(date(2026, 11, 1), date(2026, 11, 6), date(2026, 11, 9))
    session = {"began": 1.0, "sealed": None, "phase": "small_groups"}
    assert state(dates, session, NOON) == (State.LIVE, "open, at small groups")
    assert state(dates, session, day("2030-01-01")) == (State.LIVE, "open, at small groups")
    assert state(dates, {**session, "began": None}, NOON) == (State.LIVE, "open, at small groups")
    opening = {**session, "began": None, "phase": "opening"}
    assert state(dates, opening, NOON) == state(dates, None, NOON)
    assert state(dates, {**opening, "red_lines": [{"text": "x", "state": "held"}]}, NOON)[0] is State.LIVE


@pytest.mark.parametrize(
    ("closing", "sunset", "wanted"),
    [
        ({"sunset": "lapse"}, date(2026, 11, 9), (State.DEBRIEFED, "sunset 9 November")),
        ({"sunset": "lapse"}, date(2026, 11, 7), (State.DEBRIEFED, "sunset 7 November")),
        ({"sunset": "lapse"}, date(2026, 11, 6), (State.LAPSED, "sunset 6 November, debriefed")),
        ({"sunset": "lapse"}, None, (State.DEBRIEFED, "on 5 November")),
        ({"sunset": "renew"}, date(2026, 11, 6), (State.LAPSED, "sunset 6 November, debriefed")),
        ({"sunset": "renew"}, None, (State.DEBRIEFED, "on 5 November")),
        (
            {"sunset": "renew", "renewed_until": "2026-12-01"},
            date(2026, 11, 6),
            (State.DEBRIEFED, "renewed, until 1 December"),
        ),
        (
            {"sunset": "renew", "renewed_until": "2026-11-07"},
            date(2026, 11, 6),
            (State.DEBRIEFED, "renewed, until 7 November"),
        ),
        (
            {"sunset": "renew", "renewed_until": "2026-11-06"},
            date(2026, 11, 5),
            (State.LAPSED, "sunset 6 November, debriefed"),
        ),
        (None, None, (State.DEBRIEFED, "on 5 November")),
    ],
)
def test_after_its_debrief_a_probe_lapses_at_its_sunset_unless_it_was_renewed(
    closing: Any, sunset: date | None, wanted: tuple[State, str]
) -> None:
    session = {"began": 1.0, "sealed": "2026-11-05T21:00:00+01:00", "closing": closing}
    assert state(pact(date(2026, 11, 1), date(2026, 11, 4), sunset), session, NOON) == wanted


def test_a_debrief_is_owed_past_the_sunset_as_long_as_it_is_worth_holding() -> None:
    dates = pact(date(2026, 11, 1), date(2026, 11, 7), date(2026, 11, 8), time(15, 30))
    owed = [state_of(dates, None, day(f"2026-11-{at:02}T16:00")).owed for at in range(1, 31)]
    assert owed == [7 <= at <= 22 for at in range(1, 31)]
    sealed = {"began": 1.0, "sealed": "2026-11-08T21:00:00+01:00", "closing": {"sunset": "lapse"}}
    assert not state_of(dates, sealed, day("2026-11-10")).owed
    unbegun = pact(sunset=date(2026, 11, 1))
    assert state_of(unbegun, None, NOON) == ProbeState(State.LAPSED, "sunset 1 November, never debriefed", owed=False)


def test_a_sunset_on_the_day_of_the_action_leaves_the_24_hours() -> None:
    dates = pact(date(2026, 11, 7), date(2026, 11, 7), date(2026, 11, 7), time(15, 30))
    found = state_of(dates, None, day("2026-11-08T02:30"))
    assert found == ProbeState(State.LAPSED, "sunset 7 November, debrief within 13 h", owed=True)


def test_what_is_pressing_is_kept_where_there_is_little_room() -> None:
    entry = listing.LogbookEntry(
        "p1", "", State.LAPSED, "sunset 7 November, debrief 3 days late", "x", (), None, "", owed=True
    )
    assert entry.pressing
    assert entry.wants_debrief
    assert entry.when_within(38) == entry.when
    assert entry.when_within(37) == entry.when_within(31) == "7 November, debrief 3 days late"
    assert entry.when_within(30) == "debrief 3 days late"


ORDER = (State.PLANNED, State.RUNNING, State.DUE, State.OVERDUE, State.LAPSED)


@given(
    st.lists(DAYS, min_size=3, max_size=3).map(sorted),
    st.none() | st.times(),
    st.booleans(),
    st.lists(moments_between(date(2025, 12, 1), date(2027, 3, 1)), min_size=2, max_size=8).map(sorted),
)
def test_over_a_year_a_probe_only_ever_moves_on(
    dates: list[date], at: time | None, has_sunset: bool, moments: list[datetime]
) -> None:
    starts, ends, sunset = dates
    held = pact(starts, ends, sunset if has_sunset else None, at)
    stands = [state(held, None, moment.astimezone())[0] for moment in moments]
    assert [ORDER.index(each) for each in stands] == sorted(ORDER.index(each) for each in stands)
    over = ended(ends, at)
    assert over is not None
    for moment, each in zip(moments, stands, strict=True):
        since = moment.astimezone() - over
        assert (each in (State.PLANNED, State.RUNNING)) == (since < timedelta(0))
        owed = state_of(held, None, moment.astimezone()).owed
        assert owed == (since >= timedelta(0) and moment.date() - (sunset if has_sunset else over.date()) <= GIVEN_UP)
        if not has_sunset or moment.date() <= sunset:
            assert (each is State.DUE) == (timedelta(0) <= since <= timedelta(hours=24))
        else:
            assert each is State.LAPSED
        if since < timedelta(0):
            assert (each is State.PLANNED) == (moment.date() < starts)


@given(
    st.none() | st.dates(FIRST, LAST),
    st.none() | st.dates(FIRST, LAST),
    st.none() | st.dates(FIRST, LAST),
    st.none() | st.times(),
    moments_between(date(1970, 1, 2), date(2200, 1, 1)),
)
def test_any_dates_at_all_have_a_state(
    starts: date | None, ends: date | None, sunset: date | None, at: time | None, now: datetime
) -> None:
    for session in (
        None,
        {"began": None},
        {"sealed": AT, "closing": {"sunset": "renew", "renewed_until": "9999-12-31"}},
    ):
        stands, when = state(pact(starts, ends, sunset, at), session, now.astimezone())
        assert isinstance(stands, State)
        assert when


@pytest.mark.parametrize("last", [date.min, date.max])
@pytest.mark.parametrize("at", [None, time.min, time.max])
def test_the_first_and_the_last_day_there_are_have_an_end(last: date, at: time | None) -> None:
    over = ended(last, at)
    assert over is not None
    assert (over < NOON) == (last == date.min)


@pytest.mark.sweep
def test_every_day_of_a_year_has_a_state_for_every_length_of_action() -> None:
    for length in range(30):
        for offset in range(366):
            starts = date(2026, 1, 1) + timedelta(days=offset)
            ends = starts + timedelta(days=length)
            held = pact(starts, ends, ends + timedelta(days=2), time(18))
            over = ended(ends, time(18))
            assert over is not None
            for hours, wanted in ((-1, State.RUNNING), (0, State.DUE), (24, State.DUE), (25, State.OVERDUE)):
                assert state(held, None, over + timedelta(hours=hours))[0] is wanted
            assert state(held, None, over + timedelta(days=17))[0] is State.LAPSED


# ------------------------------------------------------------------------------------------------------------ the order


def put(
    archive: Archive, number: int, days: tuple[date, ...] = (), began: float | None = None, sealed: str | None = None
) -> None:
    """Save a probe with as many of start, end and sunset as are given, and a session if that has begun."""
    starts, ends, sunset = (*days, None, None, None)[:3]
    archive.save([Probe(id=f"p{number}", created=AT, title="", pact=Pact(starts=starts, ends=ends, sunset=sunset))])
    if began is not None:
        archive.save([Session(id=f"s{number}", probe=f"p{number}", created=AT, began=began, sealed=sealed)])


def test_what_is_due_comes_first_then_running_then_planned_then_the_past_newest_first(archive: Archive) -> None:
    def on(month: int, day: int) -> tuple[date, ...]:
        return (date(2026, month, day), date(2026, month, day))

    put(archive, 1, on(1, 5))
    put(archive, 2, (*on(8, 1), date(2026, 8, 9)), began=1.0, sealed=AT)
    put(archive, 3, on(10, 1), began=1.0, sealed=AT)
    put(archive, 4, on(12, 24))
    put(archive, 5, on(11, 30))
    put(archive, 6, (date(2026, 11, 1), date(2026, 11, 30)))
    put(archive, 7, on(11, 6))
    put(archive, 8, on(11, 4))
    put(archive, 9, on(9, 1), began=1.0)
    put(archive, 10)
    put(archive, 11, (date(2026, 11, 3), date(2026, 11, 3), date(2026, 11, 5)))
    found = entries(archive, NOON)
    assert [(entry.probe, str(entry.state)) for entry in found] == [
        ("p9", "live"),
        ("p11", "lapsed"),
        ("p8", "overdue"),
        ("p7", "due"),
        ("p6", "running"),
        ("p10", "planned"),
        ("p5", "planned"),
        ("p4", "planned"),
        ("p3", "debriefed"),
        ("p2", "lapsed"),
        ("p1", "lapsed"),
    ]
    assert [entry.wants_debrief for entry in found[:4]] == [True, True, True, True]
    assert not found[8].wants_debrief
    assert found[0].phase == "opening"
    assert found[8].phase == ""


@pytest.mark.parametrize("hours", list(permutations(("09:00", "15:30", "21:00", None))))
@pytest.mark.parametrize("now", [NOON, NOON + timedelta(days=3)], ids=["due", "overdue"])
def test_debriefs_of_one_day_stand_by_the_hour_that_they_are_due(
    archive: Archive, hours: tuple[str | None, ...], now: datetime
) -> None:
    for number, hour in enumerate(hours, 1):
        ends_at = time.fromisoformat(hour) if hour else None
        dates = Pact(starts=date(2026, 11, 6), ends=date(2026, 11, 6), ends_at=ends_at)
        archive.save([Probe(id=f"p{number}", created=AT, title=hour or "", pact=dates)])
    assert [entry.title for entry in entries(archive, now)] == ["09:00", "15:30", "21:00", ""]


def test_the_past_stands_by_its_state_and_the_day_that_it_shows(archive: Archive) -> None:
    ends = date(2026, 9, 1)
    sealed = "2026-09-{:02}T20:00:00+01:00"
    renewed = Closing(sunset="renew", renewed_until=date(2026, 12, 1))
    for number, (sunset, held, closing) in enumerate(
        [
            (date(2026, 9, 20), sealed.format(2), Closing()),
            (None, sealed.format(21), Closing()),
            (None, sealed.format(2), Closing()),
            (date(2026, 9, 3), sealed.format(2), renewed),
            (date(2026, 10, 1), None, Closing()),
            (date(2026, 9, 25), sealed.format(28), Closing()),
            (date(2026, 9, 22), sealed.format(2), Closing(sunset="renew")),
            (None, None, Closing()),
        ],
        1,
    ):
        put(archive, number, (ends, ends) if sunset is None else (ends, ends, sunset))
        if held:
            closed: dict[str, Any] = {"began": 1.0, "sealed": held, "closing": closing}
            archive.save([Session(id=f"s{number}", probe=f"p{number}", created=AT, **closed)])
    assert [(entry.probe, entry.when) for entry in entries(archive, NOON)] == [
        ("p4", "renewed, until 1 December"),
        ("p2", "on 21 September"),
        ("p3", "on 2 September"),
        ("p5", "sunset 1 October, never debriefed"),
        ("p6", "sunset 25 September, debriefed"),
        ("p7", "sunset 22 September, debriefed"),
        ("p1", "sunset 20 September, debriefed"),
        ("p8", "never debriefed"),
    ]


def test_other_groups_probes_stand_below_all_of_ours_the_newest_first(archive: Archive) -> None:
    for number, (origin, ends) in enumerate(
        [("Trust", "2026-11-06"), ("", "2026-01-05"), ("League", "2026-12-24"), ("", "2026-12-24")], 1
    ):
        pact = Pact(starts=date.fromisoformat(ends), ends=date.fromisoformat(ends))
        archive.save([Probe(id=f"p{number}", created=AT, title="", origin=origin, pact=pact)])
    assert [entry.probe for entry in entries(archive, NOON)] == ["p4", "p2", "p3", "p1"]


def test_times_in_any_form_that_records_may_have_are_listed(archive: Archive) -> None:
    for number, at in enumerate(("2026-11-07", "20261107T190000", "2026-11-07T19:00:00.5+01:00", "2026-W45-6"), 1):
        session = Session(id=f"s{number}", probe=f"p{number}", created=at, sealed=at)
        archive.save([Probe(id=f"p{number}", created=at, title="x"), session])
    assert [entry.when for entry in entries(archive, NOON)] == ["on 7 November"] * 4


@pytest.mark.parametrize(
    "damage",
    [
        {"title": None, "partners": 5},
        {"pact": {"ends": "someday"}},
        {"pact": {"ends": "2026-11-07", "ends_at": "late"}},
        {"pact": [1]},
        {"partners": [{}]},
        {"created": 5},
    ],
)
def test_a_damaged_record_is_said_in_a_sentence(archive: Archive, damage: dict[str, Any]) -> None:
    class Rows:
        def each(self, table: str) -> list[dict[str, Any]]:
            return [{"id": "p1", "created": AT, "title": "x", **damage}] if table == "probes" else []

    with pytest.raises(ArchiveError, match="redraw check"):
        entries(Rows(), NOON)


# --------------------------------------------------------------------------------------------------------- what is found


def one(archive: Archive, title: str, *partners: str) -> tuple[listing.LogbookEntry, ...]:
    archive.save([Probe(id="p1", created=AT, title=title, partners=[{"name": name} for name in partners])])  # type: ignore[arg-type]
    return entries(archive, NOON)


@pytest.mark.parametrize(
    "typed", ["", "  ", "p1", "PLANNED", "weekend", "pellan week", "house canv", "trust", "no dates", "WEEKEND  trust"]
)
def test_typing_any_words_of_an_entry_in_any_order_finds_it(archive: Archive, typed: str) -> None:
    found = one(archive, "Weekend canvass, Pellan House", "Harrowmere Advice Trust")
    assert matching(found, typed) == found


@pytest.mark.parametrize("typed", ["p2", "weekday", "weekend union", "overdue"])
def test_what_does_not_fit_is_not_found(archive: Archive, typed: str) -> None:
    assert matching(one(archive, "Weekend canvass, Pellan House", "Harrowmere Advice Trust"), typed) == ()


@pytest.mark.parametrize(
    ("title", "typed"),
    [("İrem's IŞIK", "irem ışık"), ("irem", "İREM"), ("Zoe\u0308", "zoë"), ("STRASSE", "straße"), ("Zoë", "ZOE\u0308")],
)
def test_search_minds_neither_case_nor_how_a_letter_is_composed(archive: Archive, title: str, typed: str) -> None:
    found = one(archive, title)
    assert matching(found, typed) == found


@given(ANY)
def test_any_text_can_be_searched_for(typed: str) -> None:
    entry = listing.LogbookEntry("p1", "", State.PLANNED, "no dates yet", typed, (typed,), None, "")
    assert matching((entry,), typed) == (entry,)


def test_titles_and_partners_are_listed_as_typed(archive: Archive, path: Path) -> None:
    for text in HOSTILE:
        found = one(archive, text, text)
        assert (found[0].title, found[0].partners) == (text, (text,))
        assert entries(Archive(path), NOON) == found


# ------------------------------------------------------------------------------------------------- the open dissent session


def with_dissent(
    path: Path, sealed: str | None, ends: date | None = None, debrief: bool = False
) -> listing.LogbookEntry:
    """The entry of a probe that has an open dissent session, which was begun or is over."""
    archive = Archive(path)
    session = Session(id="s1", probe="p1", kind="dissent", created=AT, phase="placing", began=1.0, sealed=sealed)
    archive.save([Probe(id="p1", created=AT, title="x", pact=Pact(ends=ends)), session])
    if debrief:
        archive.save([Session(id="s2", probe="p1", created=AT)])
    (entry,) = entries(archive, NOON)
    archive.close()
    return entry


def test_an_open_dissent_session_is_live_until_it_is_over(path: Path) -> None:
    entry = with_dissent(path, None)
    assert (entry.state, entry.when, entry.dissent) == (State.LIVE, "dissent, at placing", "placing")
    assert (entry.session, entry.phase) == ("", "")
    assert entry.may_dissent


def test_after_it_the_probe_is_planned_as_before(path: Path) -> None:
    entry = with_dissent(path, AT)
    assert (entry.state, entry.when, entry.dissent) == (State.PLANNED, "no dates yet", "")


def test_one_that_was_never_closed_does_not_stand_before_the_debrief(path: Path) -> None:
    entry = with_dissent(path, None, ends=date(2026, 11, 6))
    assert (entry.state, entry.dissent) == (State.DUE, "")
    assert not entry.may_dissent


def test_once_the_debrief_has_begun_none_is_offered(path: Path) -> None:
    entry = with_dissent(path, None, debrief=True)
    assert (entry.dissent, entry.session, entry.may_dissent) == ("", "s2", False)
