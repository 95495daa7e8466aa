"""The sample year: believable at any hour at which somebody tries it."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from store import demo, flow, logbook
from store.archive import Archive
from store.logbook import State
from store.phases import PHASES

WINTER = "CET-1CEST,M3.5.0,M10.5.0/3"
"""Central European time, spelled out so that no table of time zones is needed."""


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be where clocks change twice a year."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a process can't be set here")
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", WINTER)
    time.tzset()
    yield
    if before is None:
        monkeypatch.delenv("TZ")
    else:
        monkeypatch.setenv("TZ", before)
    time.tzset()


def filled(folder: Path, now: datetime) -> Archive:
    archive = Archive(folder / "demo.json")
    demo.fill(archive, now.timestamp())
    archive.close()
    return Archive(folder / "demo.json")


def believable(archive: Archive, now: datetime) -> None:
    """Raise AssertionError where the sample year isn't what the demo promises at `now`."""
    found = logbook.entries(archive, now.astimezone())
    assert len(found) == 12
    states = Counter(entry.state for entry in found)
    assert states[State.DUE] == 1
    assert found[0].state is State.DUE, "what is due comes first"
    assert found[0].when == "debrief within 19 h"
    assert not states[State.LIVE]
    assert not states[State.OVERDUE]
    assert {State.PLANNED, State.RUNNING, State.DEBRIEFED, State.LAPSED} <= set(states)
    assert archive.check()[1] == []
    assert archive.demo


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("hour", ["00:00", "00:30", "04:00", "05:00", "23:59"])
def test_one_debrief_is_due_and_every_state_is_there_at_any_hour(tmp_path: Path, hour: str) -> None:
    now = datetime.fromisoformat(f"2026-11-20T{hour}")
    believable(filled(tmp_path, now), now)


@pytest.mark.sweep
@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("day", ["2026-12-31", "2028-02-29"])
def test_one_debrief_is_due_in_every_hour_of_days_on_which_calendars_turn(tmp_path: Path, day: str) -> None:
    for hour in range(24):
        for minute in (0, 30):
            now = datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}:17")
            folder = tmp_path / f"{hour}-{minute}"
            folder.mkdir()
            believable(filled(folder, now), now)


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_one_debrief_is_due_on_the_days_on_which_clocks_change(tmp_path: Path, day: str) -> None:
    for hour in ("01:30", "04:30"):
        (tmp_path / hour[:2]).mkdir()
        now = datetime.fromisoformat(f"{day}T{hour}")
        found = logbook.entries(filled(tmp_path / hour[:2], now), now.astimezone())
        assert [entry.state for entry in found].count(State.DUE) == 1


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The demo as it is on an afternoon in November."""
    return filled(tmp_path_factory.mktemp("demo"), datetime(2026, 11, 20, 15, 10).astimezone())


def test_there_are_five_kinds_of_partner(year: Archive) -> None:
    kinds = {partner["kind"] for row in year.rows("probes") for partner in row["partners"]}
    assert kinds == {"NGO", "faith group", "union", "party", "student group"}


def test_every_probe_is_whole(year: Archive) -> None:
    for row in year.rows("probes"):
        assert all(row[name] for name in ("title", "issue", "scope", "place", "context", "our_organisation"))
        assert row["scope"] in ("building", "site", "neighbourhood", "city", "region")
        assert row["partners"]
        assert all(partner["power"] for partner in row["partners"])
        pact = row["pact"]
        assert pact["starts"] <= pact["ends"] <= pact["sunset"]
        assert all(pact[name] for name in ("purpose", "responsibilities", "messaging", "red_lines"))


def test_every_debrief_of_the_year_is_whole_and_came_after_its_action(year: Archive) -> None:
    sealed = [row["id"] for row in year.rows("sessions") if row["sealed"]]
    assert len(sealed) == 8
    for name in sealed:
        found = year.debrief(name)
        assert found.moments
        assert found.patterns
        assert found.expected
        assert found.ballots(1)
        assert found.amendments or found.session.no_amendment
        assert found.session.sovereignty
        assert set(found.session.clocks) == {phase.name for phase in PHASES}
        assert {alias for group in found.session.groups for alias in group} == set(found.names)
        began, over = found.session.began, flow.ended(found.probe.pact)
        assert began is not None
        assert over is not None
        assert over.timestamp() < began, f"{found.probe.title} was debriefed before it was over"
        assert began < datetime.fromisoformat(str(found.session.sealed)).timestamp()
        moments = [event.at for event in found.events]
        assert moments == sorted(moments)
        assert found.events[0].what == "session began"
        assert found.events[-1].what == "sealed"


def test_the_debrief_that_is_due_has_people_and_is_not_begun(year: Archive) -> None:
    due = logbook.entries(year, datetime(2026, 11, 20, 15, 10).astimezone())[0]
    found = year.debrief(due.probe)
    assert len(found.participants) >= 5
    assert found.session.began is None
    assert found.expected
    assert not found.moments
    assert not found.ballots(1)
    assert due.wants_debrief


def test_the_same_year_comes_out_each_time(tmp_path: Path) -> None:
    now = datetime(2026, 11, 20, 15, 10).astimezone()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        filled(tmp_path / name, now)
    assert (tmp_path / "one" / "demo.json").read_bytes() == (tmp_path / "two" / "demo.json").read_bytes()
