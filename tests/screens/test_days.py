"""Days and hours on the screen: whatever states one, or what is due when, follows the clock of the hall while it is shown."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from screens.logbook import LogbookScreen
from screens.observe import ObserveScreen
from screens.trends.behind_pane import BehindPane
from store.archive.archive import Archive, ArchiveError
from store.entries import observation_rule
from store.live import news
from store.live.live import Live
from store.timekeeper import Timekeeper
from tests.helpers.rooms import NOW, ROOM, closed, empty_of_entries, taken_in
from tests.helpers.stage import FakeClock, Stage, staged

pytestmark = pytest.mark.sweep  # every screen, twice; .ci/run has them

DAY = 86400.0

PACTS: dict[str, dict[str, Any]] = {
    "bridge": {"starts": "2026-11-09", "ends": "2026-11-10", "sunset": "2026-11-20"},
    "canteen": {"starts": "2026-11-06", "ends": "2026-11-08", "ends_at": "23:30", "sunset": "2026-11-09"},
    "depot": {"starts": "2026-11-06", "ends": "2026-11-07", "ends_at": "15:30", "sunset": "2026-11-20"},
    "ferry": {"starts": "2026-11-01", "ends": "2026-11-02", "sunset": "2026-11-08"},
}
"""Pacts of which something else is true within two days of NOW, by the titles of their probes."""


@pytest.fixture
def ids(path: Path) -> dict[str, str]:
    """An archive with a probe in each state, one of them live, and the ids of the probes by their titles."""
    closed(path)
    probes = {}
    for title, pact in PACTS.items():
        room = {**empty_of_entries(ROOM), "title": title, "pact": {**pact, "red_lines": ["never alone"]}}
        probes[title] = taken_in(path, room).probe.id
    room = {**ROOM, "title": "begun", "pact": {**PACTS["depot"], "purpose": "be heard"}}
    probes["begun"] = taken_in(path, room, began=NOW - 600, no_amendment="tired").probe.id
    probes["sealed"] = closed(path, title="sealed").probe.id
    live = Live(path, Timekeeper(lambda: NOW, lambda: NOW))
    live.writer.start()
    live.open(probes["sealed"])
    closing = live.debrief.session.closing.but(sunset="renew", renewed_until="2026-11-08")
    live.change(lambda debrief, _: debrief.with_session(closing=closing))
    live.open(probes["canteen"])
    live.observe(observation_rule(), "the gate stayed shut")
    live.writer.close()
    return probes


Way = Callable[[Stage, dict[str, str]], Awaitable[None]]


def _form(title: str, field: str) -> Way:
    async def go(stage: Stage, ids: dict[str, str]) -> None:
        stage.app.edit_probe(ids[title])
        await stage.until(lambda: stage.screen.query(f"#{field}"))
        await stage.focus(f"#{field}")

    return go


def _session(phase: str) -> Way:
    async def go(stage: Stage, ids: dict[str, str]) -> None:
        stage.app.take_up(ids["begun"])
        await stage.until(lambda: stage.phase)
        if phase != "opening":
            await stage.go(phase)

    return go


def _review(title: str, page: str) -> Way:
    async def go(stage: Stage, ids: dict[str, str]) -> None:
        stage.app.open_probe(ids[title], page)

    return go


def _pact(title: str) -> Way:
    async def go(stage: Stage, ids: dict[str, str]) -> None:
        stage.app.open_pact(ids[title])

    return go


async def _observer(stage: Stage, ids: dict[str, str]) -> None:
    stage.app.live.open(ids["canteen"])
    stage.app.push_screen(ObserveScreen())


def _keys(*keys: str, until: str = "") -> Way:
    async def go(stage: Stage, _: dict[str, str]) -> None:
        await stage.press(*keys)
        await stage.until(until)

    return go


async def _agenda(stage: Stage, ids: dict[str, str]) -> None:
    await _session("opening")(stage, ids)
    await stage.press("ctrl+a")
    await stage.until("Times of day")


SCREENS: dict[str, Way] = {
    "logbook": _keys("pageup"),
    **{f"logbook, {title}": _keys(*title) for title in (*PACTS, "begun", "sealed")},
    **{f"pact of {title}": _pact(title) for title in (*PACTS, "sealed")},
    **{
        f"{page} of {title}": _review(title, page)
        for title in ("canteen", "depot", "begun")
        for page in ("Probe", "Pact")
    },
    **{
        f"form of {title} in {field}": _form(title, field)
        for title in ("bridge", "canteen")
        for field in ("ends", "sunset")
    },
    "observer": _observer,
    "opening": _session("opening"),
    "reposition": _session("reposition"),
    "close": _session("close"),
    "agenda": _agenda,
    "guidelines": _keys("f9"),
    "trends": _keys("f8", until="how often"),
    "principles": _keys("f7"),
    "search": _keys("ctrl+f", "n", "e"),
}
"""Every screen that states days, or may, and how one comes to it."""


@asynccontextmanager
async def shown(path: Path, fake: FakeClock, where: str, ids: dict[str, str]) -> AsyncIterator[Stage]:
    """A screen at the time of a clock."""
    async with staged(path, fake, size=(120, 40)) as stage:
        before = stage.screen
        await SCREENS[where](stage, ids)
        await stage.until(lambda: "logbook" in where or stage.screen is not before)
        await stage.settle()
        yield stage


async def seen(stage: Stage) -> list[str]:
    """What the screen says, without the order of the logbook's rows, in which what was chosen stays chosen."""
    pane = stage.screen.query(BehindPane)
    await stage.until(lambda: not any(each.waits for each in pane))
    return sorted(row.strip() for row in stage.rows())


async def stays(path: Path, ids: dict[str, str], where: str, fake: FakeClock, time: Callable[[Stage], object]) -> None:
    """A screen on which time passes says what it says when it is opened anew."""
    async with shown(path, fake, where, ids) as stage:
        time(stage)
        minute = int((fake.now + fake.set_by) // 60)
        await stage.until(lambda: stage.app._minute == minute)
        await stage.settle()  # what that minute has changed is drawn
        if where == "logbook":
            await stage.press("pageup")
        stayed = await seen(stage)
    async with shown(path, FakeClock(fake.now + fake.set_by), where, ids) as stage:
        assert stayed == await seen(stage)


@pytest.mark.parametrize("where", SCREENS)
async def test_a_screen_that_stays_open_for_two_days_says_what_is_true_then(
    path: Path, ids: dict[str, str], where: str
) -> None:
    await stays(path, ids, where, FakeClock(), lambda stage: stage.later(2 * DAY))


@pytest.mark.parametrize("where", [each for each in SCREENS if each not in ("opening", "reposition", "close")])
@pytest.mark.parametrize("by", [-3 * DAY, 2 * DAY])
async def test_a_screen_that_stays_open_while_the_clock_is_set_says_what_is_true_by_the_new_time(
    path: Path, ids: dict[str, str], where: str, by: float
) -> None:
    """Not in a session: when it began is moved along there, which `tests/store/live/test_live.py` has."""
    await stays(path, ids, where, FakeClock(), lambda stage: setattr(stage.clock, "set_by", by))


async def test_two_days_change_what_is_said_or_nothing_would_be_tested(path: Path, ids: dict[str, str]) -> None:
    changed = set()
    for where in SCREENS:
        async with shown(path, FakeClock(), where, ids) as stage:
            before = await seen(stage)
        async with shown(path, FakeClock(NOW + 2 * DAY), where, ids) as stage:
            changed |= {where} if before != await seen(stage) else set()
    assert {"logbook", "form of canteen in ends", "opening"} <= changed, changed


async def test_a_sentence_at_the_foot_stays_while_nothing_else_has_changed(path: Path, ids: dict[str, str]) -> None:
    async with shown(path, FakeClock(), "logbook", ids) as stage:
        assert isinstance(stage.screen, LogbookScreen)
        stage.screen.say("This was just said.")
        stage.later(61)
        await stage.until(lambda: stage.app._minute == int(stage.app.live.now() // 60))
        assert stage.has("This was just said.")


def test_a_list_that_can_not_be_read_is_told_once_and_not_each_minute(
    path: Path, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[news.News] = []
    live = Live(path)
    live.listeners.append(told.append)
    listed = live.logbook.entries()

    def fails(*_: object) -> object:
        raise ArchiveError("Another program has changed the file.")

    monkeypatch.setattr(Archive, "follow", fails)
    assert live.logbook.entries() == listed
    assert live.logbook.entries(quietly=True) == listed
    assert told == [news.Notice("Another program has changed the file.")]
