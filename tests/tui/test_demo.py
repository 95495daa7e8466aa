"""The sample year: believable at any hour at which somebody tries it."""

import math
import os
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from store import demo
from store.archive.archive import Archive
from store.book.recurrence import recurrences
from store.debrief import Debrief
from store.logbook import listing
from store.model import HELD, QUESTIONS, SCOPES, NonNegotiables, Proposal
from store.phases import PHASES
from store.probe.non_negotiables import in_force
from store.probe.pact import LINES, page
from store.probe_state import State
from store.session import flow, verdicts
from store.session.impulses import record
from store.session.recurring import earlier_patterns

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
    found = listing.entries(archive, now.astimezone())
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
        found = listing.entries(filled(tmp_path / hour[:2], now), now.astimezone())
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
    due = listing.entries(year, datetime(2026, 11, 20, 15, 10).astimezone())[0]
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


# ---------------------------------------------------------------------------------------------------- before the action


@pytest.fixture(scope="module")
def probes(year: Archive) -> list[Debrief]:
    """Every probe of the year, the oldest first."""
    return [year.debrief(f"p{number}") for number in range(1, 13)]


@pytest.fixture(scope="module")
def people(probes: list[Debrief]) -> dict[str, set[str]]:
    """Everybody who was in a room during the year, with the organisations for which they were there."""
    found: dict[str, set[str]] = {}
    for probe in probes:
        for person in probe.participants:
            found.setdefault(person.alias, set()).add(person.organisation)
    return found


def at(stamp: str | None) -> datetime:
    """A point in time; AssertionError where there is none, or where it doesn't say in which zone."""
    assert stamp is not None
    found = datetime.fromisoformat(stamp)
    assert found.tzinfo is not None
    return found


def test_every_pact_fits_its_page(probes: list[Debrief]) -> None:
    assert all(len(page(found)) <= LINES for found in probes)


def test_the_red_lines_that_a_room_marked_are_those_of_its_pact(probes: list[Debrief]) -> None:
    for probe in probes:
        marked = tuple(line.text for line in probe.session.red_lines)
        assert marked == (probe.probe.pact.red_lines if probe.sealed else ())
    states = Counter(line.state for probe in probes for line in probe.session.red_lines)
    assert set(states) == set(HELD)
    assert states["held"] > states["strained"] > states["crossed"]


def test_a_line_that_parties_cross_is_what_other_partners_rarely_do(probes: list[Debrief]) -> None:
    crossed: dict[bool, list[bool]] = {True: [], False: []}
    for probe in probes:
        with_party = any(partner.kind == "party" for partner in probe.probe.partners)
        crossed[with_party] += [line.state == "crossed" for line in probe.session.red_lines]
    assert statistics.mean(crossed[True]) > statistics.mean(crossed[False]) > 0


def test_each_probe_was_chosen_then_agreed_and_then_begun(probes: list[Debrief]) -> None:
    for found in probes:
        choice, pact = found.probe.choice, found.probe.pact
        assert choice is not None
        assert found.probe.created == choice.at
        assert pact.starts is not None
        if pact.agreed is not None:
            assert at(choice.at) < at(pact.agreed)
            assert at(pact.agreed).date() < pact.starts


def test_only_the_probe_to_come_is_a_draft_and_one_partner_has_not_signed_it(
    probes: list[Debrief], people: dict[str, set[str]]
) -> None:
    *agreed, planned = probes
    for found in probes:
        sides = {found.probe.our_organisation, *(partner.name for partner in found.probe.partners)}
        signed = {signature.organisation for signature in found.probe.pact.signatures}
        assert all(each.organisation in people[each.name] for each in found.probe.pact.signatures)
        assert sides - signed == ({"Dry Rooms Project"} if found is planned else set())
    assert all(found.probe.pact.agreed for found in agreed)
    assert planned.probe.pact.agreed is None


def test_the_choice_is_a_proposal_and_says_why_also_where_another_lay_nearer_the_centre(probes: list[Debrief]) -> None:
    def from_centre(proposal: Proposal) -> float:
        marks = proposal.placements
        return math.dist(
            (5, 5), (statistics.median(m.autonomy for m in marks), statistics.median(m.benefit for m in marks))
        )

    others = []
    for found in probes:
        choice = found.probe.choice
        assert choice is not None
        chosen = next(each for each in found.proposals if each.number == choice.proposal)
        assert chosen.title == found.probe.title
        assert choice.reason
        if min(found.proposals, key=from_centre) is not chosen:
            assert "nearer the middle" in choice.reason
            others.append(found.probe.id)
    assert others == ["p5", "p10"]


def test_roles_are_taken_by_people_of_the_probe_and_the_notes_are_the_observers_own(
    probes: list[Debrief], people: dict[str, set[str]]
) -> None:
    for found in probes:
        probe = found.probe
        assert probe.facilitators
        assert probe.spokespeople
        for name in (*probe.facilitators, *probe.spokespeople):
            assert people[name] & set(found.organisations), f"{name} isn't of {probe.title}"
        assert all(probe.our_organisation in people[name] for name in probe.observers)
        if found.observations:
            assert {note.by for note in found.observations} == set(probe.observers)
        if found.participants:
            assert [p.alias for p in found.participants if p.role == "facilitator"] == list(probe.facilitators)
            assert [p.alias for p in found.participants if p.role == "observer"] == list(probe.observers)
    for three in zip(probes, probes[1:], probes[2:], strict=False):
        for role in ("facilitators", "spokespeople"):
            assert not set.intersection(*(set(getattr(found.probe, role)) for found in three)), "three in a row"


def test_the_three_questions_are_answered_before_and_where_there_was_a_debrief_after(probes: list[Debrief]) -> None:
    for found in probes:
        answers = (found.probe.independence, *([found.session.independence] if found.sealed else []))
        for each in answers:
            assert set(each) == set(QUESTIONS)
            assert all(each.values())
        assert found.sealed or not found.session.independence


def test_the_history_with_a_partner_is_told_from_the_second_probe_with_them_on(probes: list[Debrief]) -> None:
    met: set[str] = set()
    for found in probes:
        for partner in found.probe.partners:
            assert bool(partner.history) == (partner.name in met), f"{partner.name} in {found.probe.title}"
        met |= {partner.name for partner in found.probe.partners}


def test_a_step_of_two_rungs_has_a_reason_and_no_other_needs_one(probes: list[Debrief]) -> None:
    reasons = []
    for found in probes:
        assert found.probe.choice is not None
        chosen = at(found.probe.choice.at)
        largest = max(
            (SCOPES.index(each.probe.scope) for each in probes if each.sealed and at(each.session.sealed) < chosen),
            default=0,
        )
        assert bool(found.probe.scope_reason) == (SCOPES.index(found.probe.scope) >= largest + 2)
        reasons.append(found.probe.scope_reason)
    assert any(reasons)


def test_a_renewal_has_an_end_of_its_own_and_says_who_decided(probes: list[Debrief]) -> None:
    renewed = [found for found in probes if found.session.closing.sunset == "renew"]
    assert len(renewed) == 2
    for found in renewed:
        closing, before = found.session.closing, found.probe.pact.sunset
        assert closing.renewed_until is not None
        assert before is not None
        assert before < closing.renewed_until
        assert closing.decided_by


def test_each_pact_quotes_the_statement_that_was_in_force_when_it_was_chosen(
    year: Archive, probes: list[Debrief]
) -> None:
    revisions = year.group_records(NonNegotiables)
    for found in probes:
        assert found.probe.choice is not None
        chosen = at(found.probe.choice.at)
        then = in_force([each for each in revisions if each.adopted and at(each.adopted) < chosen])
        assert then is not None
        assert (found.probe.statement, found.probe.non_negotiables) == (then.number, then.principles)
    assert [found.probe.statement for found in probes] == [1] * 4 + [2] * 8


def test_the_statement_has_two_revisions_by_consensus_and_a_draft_that_some_are_still_asked_about(
    year: Archive, people: dict[str, set[str]]
) -> None:
    revisions = year.group_records(NonNegotiables)
    assert [each.number for each in revisions] == [1, 2, 3]
    force = in_force(revisions)
    assert force is not None
    assert force.number == 2
    *adopted, draft = revisions
    for each in revisions:
        assert each.open
        assert set(each.consents) <= set(each.asked)
        assert all("Sluice Street Assembly" in people[name] for name in each.asked)
    for each in adopted:
        assert each.consents == each.asked
        assert at(each.at) < at(each.adopted)
    assert draft.adopted is None
    assert 0 < len(draft.consents) < len(draft.asked)
    assert len(draft.open) == 1
    assert draft.principles != adopted[-1].principles


def test_the_year_looks_back(path: Path) -> None:
    archive = Archive(path)
    demo.fill(archive, time.time())
    held = archive.new_debrief(time.time())
    judged = [set(verdicts.asked(archive.debrief(each.session))) for each in held.past.debriefs]
    assert all(each.worked for asked in judged[1:] for each in asked), "a guideline that was asked about has no answer"
    assert sum(map(len, judged)) == sum(len(each.verdicts) for each in held.past.debriefs)
    assert [run.probes for run in record(each.impulses for each in held.past.debriefs)] == [8, 8]
    known = next(earlier_patterns(archive))
    assert all(known[seen.session, seen.pattern] for each in held.recurring_patterns for seen in each.seen)
    assert any(each.again for each in recurrences(archive))
