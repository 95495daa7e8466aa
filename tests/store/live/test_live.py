"""The live session as a front end has it: what it saves, what it tells, and when."""

import ast
import errno
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive, ArchiveError
from store.archive.disk.calls import Disk
from store.entries import ballot_rule, observation_rule, participant_rule, position_rule
from store.live import news
from store.live.beside import HalfTyped
from store.live.live import FOLLOW, NOTES, RETRY, Live
from store.live.news import Happening
from store.live.steps import REVEAL_WITHIN
from store.live.writer import ReadOnly
from store.model import Closing, stamp
from store.notes.spool import Note, Spool
from store.refused import Refused
from store.session import decisions, flow
from store.timekeeper import AWAY_AFTER, Timekeeper
from tests.conftest import ROOT, fails
from tests.helpers.rooms import NOW, ROOM, closed, empty_of_entries, room, taken_in

Kept = dict[tuple[str, str], dict[str, str]]


@dataclass
class FrontEnd:
    """Somebody who hears the news and moves the time."""

    path: Path
    time: float = NOW
    set_by: float = 0.0
    """How many seconds somebody has set the wall clock forward."""
    boot: str = "the first run"
    """The run of the computer."""
    heard: list[news.News] = field(default_factory=list)
    typed: list[HalfTyped] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start Redraw."""
        wall, steady = lambda: self.time + self.set_by, lambda: self.time
        self.live = Live(self.path, Timekeeper(wall, steady, boot=lambda: self.boot))
        self.live.listeners.append(self.hear)
        self.live.drafts.sources.append(lambda: self.typed)
        self.live.writer.start()

    def hear(self, what: news.News) -> None:
        """Keep what was told, and what another process would find of what is half typed, were this one killed now."""
        self.heard.append(what)
        self.kept.append(Archive(self.path).drafts())

    def wait(self, seconds: float) -> None:
        """Let time pass with Redraw awake all the while."""
        for _ in range(round(seconds * 2)):
            self.time += 0.5
            self.live.tick()

    def told(self, kind: type) -> list[news.News]:
        """The news of a kind."""
        return [each for each in self.heard if isinstance(each, kind)]

    @property
    def asked(self) -> list[float]:
        """How many seconds were asked about, each time."""
        return [each.seconds for each in self.heard if isinstance(each, news.Away)]

    def killed(self, later: float, set_by: float = 0.0, boot: str = "") -> "FrontEnd":
        """End without a word; returns Redraw as it is started again so many seconds later, by a clock that was `set_by` more."""
        self.live.archive._storage._lock.release()
        return FrontEnd(self.path, self.time + later, self.set_by + set_by, boot or self.boot)

    @property
    def saved(self) -> tuple[str, ...]:
        """The roster as the archive has it."""
        return Archive(self.path).debrief(self.live.debrief.handle).names


@pytest.fixture
def front(path: Path) -> Iterator[FrontEnd]:
    """A front end in a session that has just begun."""
    taken_in(path, empty_of_entries(ROOM))
    front = FrontEnd(path)
    assert front.live.begin("p1")
    yield front
    front.live.writer.close()


# -------------------------------------------------------------------------------------------------------------- saving


def test_what_is_told_as_changed_is_saved(front: FrontEnd) -> None:
    assert front.live.enter(participant_rule, "Jorunn, Nightwatch") == ()
    assert front.heard[-1] == Happening.DEBRIEF_CHANGED
    assert front.saved[-1] == "Jorunn"


def test_what_could_not_be_saved_is_told_and_tried_again(front: FrontEnd, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def full(*_: object) -> None:
        tries.append(front.time)
        raise ArchiveError("Not saved (no space left on device).")

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "commit", full)
        front.live.enter(participant_rule, "Jorunn, Nightwatch\nKettil, Nightwatch")
        assert front.live.status.unsaved == "Not saved (no space left on device)."
        assert front.live.status in front.heard
        front.wait(RETRY - 0.5)
        assert len(tries) == 1
        front.wait(0.5)
        assert len(tries) == 2
        assert not front.live.open("p1"), "what is not saved is not put away"
        assert front.told(news.Notice) == [news.Notice(front.live.status.unsaved, "Not saved yet")]
    front.wait(RETRY)
    assert front.heard[-2:] == [news.Status(), Happening.DEBRIEF_CHANGED]
    assert front.saved[-2:] == ("Jorunn", "Kettil")


def test_a_refusal_changes_nothing_and_tells_nobody(front: FrontEnd) -> None:
    before, heard = front.live.debrief, len(front.heard)
    with pytest.raises(Refused, match="nothing before it"):
        front.live.change(flow.go_back)
    ((line, why),) = front.live.enter(ballot_rule, "Zora 3 4")
    assert line == "Zora 3 4"
    assert "Nobody here is called" in str(why)
    assert front.live.debrief is before
    assert len(front.heard) == heard


def test_a_session_that_is_sealed_is_over(front: FrontEnd) -> None:
    live = front.live
    live.change(lambda debrief, _: debrief.with_session(no_amendment="nobody had the strength", phase="close"))
    live.change(
        lambda debrief, _: debrief.with_session(closing=debrief.session.closing.but(sunset="lapse", rhythm="act"))
    )
    id = live.debrief.session.id
    front.typed = [HalfTyped((id, "close"), {"reason": "half a"}), HalfTyped(("p9", "form"), {"title": "another"})]
    live.drafts.touch()
    front.wait(0.5)
    assert set(Archive(front.path).drafts()) == {(id, "close"), ("p9", "form")}
    live.change(flow.seal)
    assert front.heard[-2:] == [Happening.MOVED, Happening.CHECKPOINT_DUE]
    assert set(Archive(front.path).drafts()) == {("p9", "form")}
    assert not live.in_session


# -------------------------------------------------------------------------------------------------------------- drafts


def test_what_is_told_as_entered_is_not_half_typed_any_more_on_the_disk(front: FrontEnd) -> None:
    place = (front.live.debrief.session.id, "opening")
    front.typed = [HalfTyped(place, {"field": "Jorunn, Nightwatch"})]
    front.live.drafts.touch()
    front.wait(0.5)
    assert Archive(front.path).drafts() == {place: {"field": "Jorunn, Nightwatch"}}
    front.typed = [HalfTyped(place, {})]
    front.live.enter(participant_rule, "Jorunn, Nightwatch")
    assert front.kept[-1] == {}, "a kill from here on would have it entered a second time"


def test_what_is_not_for_the_disk_is_there_until_redraw_ends(front: FrontEnd) -> None:
    place = (front.live.debrief.session.id, "decompression")
    front.typed = [HalfTyped(place, {"field": "tired and"}, on_disk=False)]
    front.live.drafts.touch()
    front.wait(0.5)
    assert Archive(front.path).drafts() == {}
    assert front.live.drafts.texts[place] == {"field": "tired and"}


def test_the_disk_is_left_alone_while_nothing_is_typed(front: FrontEnd) -> None:
    front.typed = [HalfTyped(("p1", "form"), {"title": "Choir"})]
    front.wait(1)
    assert Archive(front.path).drafts() == {}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=errno.errorcode.get)
@pytest.mark.parametrize("call", ["open", "write", "rename"])
def test_what_is_half_typed_and_could_not_be_kept_is_said_and_kept_as_soon_as_there_is_room(
    front: FrontEnd, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    place, calls, works = (front.live.debrief.session.id, "opening"), list[float](), getattr(Disk, call)

    def broken(disk: Disk, *arguments: Any) -> Any:
        if call != "write" and not str(arguments[0]).endswith(".draft.new"):
            return works(disk, *arguments)
        calls.append(front.time)
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(Disk, call, broken)
        front.typed = [HalfTyped(place, {"field": "Jorunn, Night"})]
        front.live.drafts.touch()
        front.wait(0.5)
        assert os.strerror(number).lower() in front.live.status.unkept
        assert front.live.status in front.heard
        tried = len(calls)
        front.wait(2 * RETRY)
        assert tried < len(calls) <= 4 * tried, "it is tried again now and then"
        assert front.live.status.unkept
    assert Archive(front.path).drafts() == {}
    front.wait(RETRY)
    assert Archive(front.path).drafts() == {place: {"field": "Jorunn, Night"}}
    assert front.live.status == news.Status()
    assert front.heard[-1] == news.Status()


def test_a_draft_that_can_not_be_taken_off_the_disk_is_taken_off_later(
    front: FrontEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = (front.live.debrief.session.id, "opening")
    front.typed = [HalfTyped(place, {"field": "Jorunn, Nightwatch"})]
    front.live.drafts.touch()
    front.wait(0.5)
    with monkeypatch.context() as patch:
        patch.setattr(Disk, "remove", fails(errno.EIO))
        front.typed = [HalfTyped(place, {})]
        front.live.enter(participant_rule, "Jorunn, Nightwatch")
        assert front.live.status.unkept
    front.live.retry()  # as somebody who presses the key
    front.live.tick()
    assert Archive(front.path).drafts() == {}
    assert not front.live.status.unkept


# ------------------------------------------------------------------------------------------------------------ absences


def test_an_absence_is_asked_about_while_the_clock_runs(front: FrontEnd) -> None:
    front.live.change(flow.start_or_pause)
    front.wait(AWAY_AFTER + 10)
    assert front.told(news.Away) == []
    front.time += 90
    front.live.tick()
    assert front.told(news.Away) == [news.Away(90)]
    left = front.live.debrief.clock().left(front.time)
    front.live.came_back(counts=False)
    assert front.live.debrief.clock().left(front.time) == left + 90
    front.live.change(flow.start_or_pause)
    front.time += 90
    front.live.tick()
    front.live.change(flow.start_or_pause)
    front.live.leave()
    front.time += 90
    front.live.tick()
    assert front.told(news.Away) == [news.Away(90)]


LAPSE = Closing(sunset="lapse", rhythm="act")


def full(*_: object) -> None:
    """A disk on which nothing can be saved."""
    raise ArchiveError("Not saved (no space left on device).")


def going_on(path: Path) -> FrontEnd:
    """A front end with a session whose clock has run for a minute, and another debrief that is due."""
    for title in (ROOM["title"], "the other one"):
        taken_in(path, {**empty_of_entries(ROOM), "title": title})
    front = FrontEnd(path)
    front.live.begin("p1")
    front.live.change(flow.start_or_pause)
    front.wait(60)
    return front


def asleep(front: FrontEnd, seconds: float) -> FrontEnd:
    """The computer sleeps; afterwards Redraw asks, and nobody answers for twenty seconds."""
    front.time += seconds
    front.wait(20)
    assert front.told(news.Away)
    return front


def restarted(front: FrontEnd, seconds: float) -> FrontEnd:
    """Killed, and started again after a while; Redraw asks, and nobody answers for twenty seconds."""
    again = front.killed(later=seconds)
    again.live.begin("p1")
    again.wait(20)
    assert again.told(news.Away)
    return again


@pytest.mark.parametrize("away", [asleep, restarted])
@pytest.mark.parametrize("counts", [True, False])
def test_an_absence_that_nobody_has_answered_for_is_asked_about_again_whole(
    path: Path, away: Callable[[FrontEnd, float], FrontEnd], counts: bool
) -> None:
    front = going_on(path)
    seen = front.time
    front = restarted(restarted(away(front, 7200), 3), 3)
    (asked,) = front.told(news.Away)
    assert isinstance(asked, news.Away)
    assert asked.seconds == pytest.approx(front.time - 20 - seen, abs=3)
    assert asked.seconds > 7200
    front.live.came_back(counts)
    elapsed = front.live.debrief.clock().elapsed(front.time)
    assert elapsed == pytest.approx(front.time - NOW if counts else 60, abs=3)
    again = front.killed(later=0)
    again.live.begin("p1")
    assert again.told(news.Away) == []
    assert again.live.debrief.clock().elapsed(again.time) == elapsed
    again.wait(20)
    again = again.killed(later=3)
    again.live.begin("p1")
    assert again.told(news.Away) == []
    again.live.writer.close()


@pytest.mark.parametrize("counts", [True, False])
def test_an_absence_goes_on_until_it_is_answered_for_and_one_more_is_part_of_it(path: Path, counts: bool) -> None:
    front = going_on(path)
    seen = front.time
    front = asleep(asleep(front, 600), 1200)
    assert front.asked == pytest.approx([600, 1820], abs=1)
    before = front.live.debrief.clock().elapsed(seen)
    front.live.came_back(counts)
    assert front.live.debrief.clock().elapsed(front.time) == (before + front.time - seen if counts else before)
    assert front.live.debrief.events[-1].seconds == front.time - seen
    front.live.came_back(not counts)
    assert len([each for each in front.live.debrief.events if "away" in each.what]) == 1, "there is one answer"
    front.wait(20)
    again = front.killed(later=3)
    again.live.begin("p1")
    assert again.told(news.Away) == []
    again.live.writer.close()


def test_a_sleep_that_is_noticed_only_with_the_answer_is_asked_about_before_it_counts(path: Path) -> None:
    front = asleep(going_on(path), 600)
    front.time += 28800
    front.live.came_back(counts=True)
    assert front.live.debrief.events[-1].what == "session began"
    assert front.asked[-1] == pytest.approx(600 + 20 + 28800, abs=1)
    front.live.came_back(counts=False)
    assert front.live.debrief.clock().elapsed(front.time) == pytest.approx(60, abs=1)
    front.live.writer.close()


MOVES = {
    "pause": flow.start_or_pause,
    "extend": flow.extend,
    "restart": flow.restart,
    "advance": flow.advance,
    "seal": lambda debrief, now: flow.seal(debrief.with_session(no_amendment="tired", closing=LAPSE), now),
}
"""Every way in which somebody moves the clock or the room."""


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("counts", [True, False])
def test_what_moves_the_clock_waits_for_the_answer_even_right_after_a_sleep(
    path: Path, move: str, counts: bool
) -> None:
    front = going_on(path)
    seen, before = front.time, front.live.debrief.clock().elapsed(front.time)
    front.time += 7200
    for _ in range(2):  # a key that comes before the clock is looked at, and one while the question stands
        with pytest.raises(Refused, match="whether the time away counts"):
            front.live.change(MOVES[move])
        assert front.asked[-1] == pytest.approx(7200, abs=1)
    front.live.enter(participant_rule, "Jorunn, Nightwatch")
    assert front.saved[-1] == "Jorunn", "what is typed is entered all the same"
    front.live.came_back(counts)
    assert front.live.debrief.clock().elapsed(front.time) == (before + front.time - seen if counts else before)
    front.live.change(MOVES[move])
    front.live.writer.close()


def test_an_answer_that_is_not_saved_yet_is_asked_for_again_after_a_kill(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    front = asleep(going_on(path), 600)
    with monkeypatch.context() as patch:
        patch.setattr(Archive, "commit", full)
        front.live.came_back(counts=False)
        front.wait(4)
        again = front.killed(later=1)
    again.live.begin("p1")
    assert again.asked == pytest.approx([600 + 20 + 4 + 1], abs=3)
    again.live.writer.close()


@pytest.mark.parametrize("answered", [True, False])
def test_an_absence_is_asked_about_although_another_session_went_on_meanwhile(path: Path, answered: bool) -> None:
    front = going_on(path)
    seen = front.time
    if answered:
        front = asleep(front, 600)
        front.live.came_back(counts=False)
        seen = front.time
    again = front.killed(later=300)
    assert again.live.begin("p2")
    again.live.change(flow.start_or_pause)
    again.wait(30)
    assert again.told(news.Away) == []
    assert again.live.begin("p1")
    assert again.asked == pytest.approx([again.time - seen], abs=3)
    again.live.writer.close()


# ---------------------------------------------------------------------------------------------- a clock that is set


SET_BY = [-3 * 86400.0, -7200.0, -60.0, 45.0, 3600.0, 2 * 86400.0]


@pytest.mark.parametrize("by", SET_BY)
def test_times_of_day_follow_a_wall_clock_that_was_set_and_the_clock_does_not(path: Path, by: float) -> None:
    front = going_on(path)
    left, ends = (
        front.live.debrief.clock().left(front.live.now()),
        flow.projection(front.live.debrief, front.live.now()),
    )
    front.set_by = by
    front.live.enter(participant_rule, "Jorunn, Nightwatch")  # before anybody has looked at the clock
    assert front.live.now() == front.time + by
    assert front.live.debrief.clock().left(front.live.now()) == left
    assert flow.projection(front.live.debrief, front.live.now()) == flow.Projection(ends.ends + by, ends.over)
    front.live.change(flow.extend)
    assert front.live.debrief.events[-1].at == stamp(front.time + by)
    assert [each.what for each in front.live.debrief.events[-2:]] == [flow.SET[by > 0], "extended"]
    front.wait(1)
    assert front.told(news.Away) == []
    front.live.writer.close()


@pytest.mark.parametrize("by", SET_BY)
@pytest.mark.parametrize("noticed", [True, False], ids=["noticed", "while it is dead"])
@pytest.mark.parametrize("since", [3, 300])
def test_a_restart_after_the_clock_was_set_asks_about_the_time_that_passed(
    path: Path, by: float, noticed: bool, since: float
) -> None:
    front = going_on(path)
    elapsed = front.live.debrief.clock().elapsed(front.live.now())
    if noticed:
        front.set_by = by
        front.live.tick()
    again = front.killed(later=since, set_by=0 if noticed else by)
    again.live.begin("p1")
    assert again.asked == pytest.approx([since] if since > 10 else [], abs=3)
    again.live.came_back(counts=False)
    expected = elapsed + (since if since < 10 else 0)
    assert again.live.debrief.clock().elapsed(again.live.now()) == pytest.approx(expected, abs=3)
    assert [each.what for each in again.live.debrief.events].count(flow.SET[by > 0]) == 1
    again.live.writer.close()


@pytest.mark.parametrize("by", SET_BY)
@pytest.mark.parametrize("counts", [True, False])
def test_a_clock_that_is_set_while_the_question_stands_changes_no_answer(path: Path, by: float, counts: bool) -> None:
    front = going_on(path)
    seen, elapsed = front.time, front.live.debrief.clock().elapsed(front.live.now())
    front = asleep(front, 600)
    front.set_by = by
    front.wait(5)
    front = restarted(restarted(front, 30), 5)  # and nobody answers
    front.live.came_back(counts)
    away = front.time - seen
    assert front.live.debrief.events[-1].seconds == pytest.approx(away, abs=2.5)
    expected = elapsed + (away if counts else 0)
    assert front.live.debrief.clock().elapsed(front.live.now()) == pytest.approx(expected, abs=2.5)
    front.live.writer.close()


@pytest.mark.parametrize("by", SET_BY)
@pytest.mark.parametrize("at", ["the clock", "the sign"])
def test_a_kill_at_the_moment_when_the_clock_is_set_moves_it_once(
    path: Path, monkeypatch: pytest.MonkeyPatch, by: float, at: str
) -> None:
    front = going_on(path)
    elapsed = front.live.debrief.clock().elapsed(front.live.now())
    front.set_by = by
    with monkeypatch.context() as patch:
        if at == "the clock":
            patch.setattr(Archive, "commit", full)
        patch.setattr(Archive, "sign", lambda *_: None)
        front.live.tick()
    again = front.killed(later=0)
    again.live.begin("p1")
    assert again.told(news.Away) == []
    assert again.live.debrief.clock().elapsed(again.live.now()) == pytest.approx(elapsed, abs=3)
    again.live.writer.close()


@pytest.mark.parametrize("by", SET_BY)
def test_when_a_session_was_left_is_said_by_the_clock_as_it_is_set_now(path: Path, by: float) -> None:
    front = going_on(path)
    front.live.leave()
    at = front.time
    front.time += 600
    front.set_by = by
    front.live.tick()
    assert front.live.begin("p1")
    (asked,) = front.told(news.Away)
    assert isinstance(asked, news.Away)
    assert asked.seconds == pytest.approx(600, abs=3)
    assert asked.left == pytest.approx(at + by, abs=1)
    with pytest.raises(Refused):
        front.live.change(flow.extend)
    assert front.told(news.Away) == [asked, asked], "it says the same when it is asked again"
    front.live.writer.close()


@pytest.mark.parametrize("by", SET_BY)
def test_a_reveal_can_be_taken_back_as_long_as_ever_although_the_clock_is_set(path: Path, by: float) -> None:
    taken_in(path, ROOM, began=NOW - 600, phase="reposition")
    front = FrontEnd(path)
    assert front.live.begin("p1")
    front.live.change(lambda debrief, now: decisions.reveal(debrief, now), "reposition")
    front.set_by = by
    front.wait(4)
    assert front.live.steps.reveal_open("reposition") == REVEAL_WITHIN - 4
    front.live.writer.close()


@pytest.mark.parametrize("by", SET_BY)
def test_after_the_computer_was_started_anew_only_its_clock_tells_how_long_it_was_away(path: Path, by: float) -> None:
    front = going_on(path).killed(later=600, set_by=by, boot="another run")
    front.live.begin("p1")
    if 600 + by < 0:
        assert front.told(news.Away) == []
        assert front.live.debrief.events[-1].what == "computer's clock set back"
    else:
        assert front.asked == pytest.approx([600 + by], abs=3)
        front.live.came_back(counts=False)
    assert front.live.debrief.clock().elapsed(front.live.now()) == pytest.approx(60, abs=3)
    front.live.writer.close()


@pytest.mark.parametrize(("since", "asked"), [(3, False), (300, True)])
def test_after_a_kill_the_time_since_the_last_sign_of_life_is_asked_about(
    path: Path, since: float, asked: bool
) -> None:
    taken_in(path, empty_of_entries(ROOM))
    killed = FrontEnd(path)
    killed.live.begin("p1")
    killed.live.change(flow.start_or_pause)
    killed.wait(30)
    front = killed.killed(later=since)
    front.live.begin("p1")
    assert front.heard == [Happening.BEGAN, *front.told(news.Away)]
    assert len(front.told(news.Away)) == asked
    front.live.writer.close()


def test_a_clock_that_was_set_back_takes_no_time_away(path: Path) -> None:
    taken_in(path, empty_of_entries(ROOM))
    killed = FrontEnd(path)
    killed.live.begin("p1")
    killed.live.change(flow.start_or_pause)
    killed.wait(60)
    front = killed.killed(later=-7200)
    front.live.begin("p1")
    assert front.live.debrief.clock().left(front.time) == 240
    assert front.live.debrief.events[-1].what == "computer's clock set back"
    assert front.told(news.Away) == []
    front.live.writer.close()


# ------------------------------------------------------------------------------------------------- others who write here


def test_two_front_ends_on_one_session_hear_the_same(front: FrontEnd) -> None:
    wall: list[news.News] = []
    front.live.listeners.append(wall.append)
    heard = len(front.heard)
    front.live.enter(participant_rule, "Jorunn, Nightwatch")
    front.live.change(flow.advance)
    assert wall == front.heard[heard:]
    assert wall == [Happening.DEBRIEF_CHANGED, Happening.MOVED]


def test_a_wall_in_another_process_follows_and_writes_nothing(front: FrontEnd) -> None:
    wall = FrontEnd(front.path)
    assert wall.live.status.read_only
    assert wall.live.open("p1")
    front.live.enter(participant_rule, "Jorunn, Nightwatch")
    assert wall.live.debrief.names[-1] != "Jorunn"
    wall.wait(FOLLOW)
    assert wall.live.debrief.names[-1] == "Jorunn"
    assert wall.heard[-2:] == [Happening.DEBRIEF_CHANGED, Happening.LOGBOOK_CHANGED]
    with pytest.raises(ReadOnly):
        wall.live.change(flow.start_or_pause)
    with pytest.raises(ReadOnly):
        wall.live.begin("p1")
    ((line, why),) = wall.live.enter(participant_rule, "Kettil")
    assert (line, str(why)) == ("Kettil", "Nothing can be entered here: close the other Redraw first.")
    assert not wall.live.debrief.session.began


def test_an_observation_where_another_writes_is_handed_over_to_that_one(front: FrontEnd) -> None:
    other = FrontEnd(front.path)
    other.live.open("p1")
    assert other.live.observe(observation_rule(), "f: seen from here") == ()
    (handed,) = other.live.notes.handed_over
    assert not front.live.debrief.observations
    front.wait(NOTES)
    (taken,) = front.live.debrief.observations
    assert (taken.text, taken.kind, taken.note) == ("seen from here", "friction", handed.note)
    assert front.heard[-1] == Happening.DEBRIEF_CHANGED


def test_whoever_waited_becomes_the_one_who_writes(front: FrontEnd) -> None:
    other = FrontEnd(front.path)
    other.live.open("p1")
    front.live.enter(participant_rule, "Jorunn, Nightwatch")
    front.typed = [HalfTyped(("p1", "form"), {"title": "half"})]
    front.live.drafts.touch()
    front.wait(0.5)
    front.live.writer.close()
    assert other.live.enter(participant_rule, "Kettil, Nightwatch") == ()
    assert other.saved[-2:] == ("Jorunn", "Kettil")
    assert news.Status() in other.heard
    assert other.live.drafts.texts[("p1", "form")] == {"title": "half"}
    other.live.writer.close()


def test_a_note_that_can_not_be_taken_in_is_told_once(front: FrontEnd) -> None:
    Spool(front.path).drop(Note("p9", "2026-11-07T19:00:00", "2026-11-07T19:00:00", None, "", "for nobody"))
    front.wait(3 * NOTES)
    (problem,) = front.told(news.Notice)
    assert isinstance(problem, news.Notice)
    assert "is no probe here" in problem.sentence
    assert not problem.grave


# ------------------------------------------------------------------------------------------------------------- opening


def test_a_session_that_is_left_or_put_away_for_another_probe_is_told_as_left(front: FrontEnd) -> None:
    front.live.leave()
    front.live.leave()
    assert front.heard.count(Happening.LEFT) == 1
    front.live.begin("p1")
    front.live.open("p1")
    assert front.heard[-1] == Happening.LEFT
    assert not front.live.in_session


def test_what_can_not_be_opened_is_told_and_what_was_in_hand_stays(front: FrontEnd) -> None:
    assert not front.live.open("p9")
    assert front.heard[-1] == news.Notice(
        "There is no probe and no session 'p9': “redraw list” shows what there is.", "This can't be opened"
    )
    assert front.live.debrief.probe.id == "p1"
    assert front.live.in_session


def test_a_dissent_session_is_saved_with_its_first_change(path: Path) -> None:
    taken_in(path, room(pact={"starts": "2026-11-20", "ends": "2026-11-20"}, participants=None, actual=None))
    front = FrontEnd(path)
    assert front.live.begin_dissent(None)
    sessions = len(Archive(path).rows("sessions"))
    front.live.enter(position_rule("autonomy"), "@Ayzel a> we are the local colour")
    assert len(Archive(path).rows("sessions")) == sessions + 1
    said = front.live.debrief
    assert Archive(path).debrief(said.handle).dissent == said.dissent
    front.live.leave()
    assert front.live.begin_dissent(said.probe.id)
    assert front.live.debrief == Archive(path).debrief(said.handle)
    assert front.live.debrief.session.id == said.session.id
    assert not front.live.begin_dissent("p77")
    front.live.writer.close()


def test_a_probe_that_was_debriefed_has_no_dissent_session(path: Path) -> None:
    closed(path)
    front = FrontEnd(path)
    with pytest.raises(Refused, match="has been debriefed"):
        front.live.begin_dissent("p1")
    assert front.heard == []
    front.live.writer.close()


def test_no_sentence_of_the_live_session_names_a_key() -> None:
    key = re.compile(r"\b(F[0-9]{1,2}|Ctrl|Tab|Escape|Enter|Up|Down)\b")
    sources = sorted((ROOT / "store" / "live").glob("*.py"))
    assert sources
    for source in sources:
        nodes = list(ast.walk(ast.parse(source.read_text(encoding="utf-8"))))
        docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        said = [node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in docstrings]
        assert not [text for text in said if isinstance(text, str) and key.search(text)], source.name
