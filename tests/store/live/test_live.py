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
from store.live.writer import ReadOnly
from store.notes.spool import Note, Spool
from store.refused import Refused
from store.session import flow
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
    heard: list[news.News] = field(default_factory=list)
    typed: list[HalfTyped] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start Redraw."""
        self.live = Live(self.path, Timekeeper(wall=lambda: self.time + self.set_by, steady=lambda: self.time))
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

    def killed(self, later: float) -> "FrontEnd":
        """End without a word; returns Redraw as it is started again so many seconds later."""
        self.live.archive._storage._lock.release()
        return FrontEnd(self.path, self.time + later)

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
    front.live.came_back(90, counts=False)
    assert front.live.debrief.clock().left(front.time) == left + 90
    front.live.change(flow.start_or_pause)
    front.time += 90
    front.live.tick()
    front.live.change(flow.start_or_pause)
    front.live.leave()
    front.time += 90
    front.live.tick()
    assert front.told(news.Away) == [news.Away(90)]


def going_on(path: Path) -> FrontEnd:
    """A front end with a session whose clock has run for a minute."""
    taken_in(path, empty_of_entries(ROOM))
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
    front.live.came_back(asked.seconds, counts)
    elapsed = front.live.debrief.clock().elapsed(front.time)
    assert elapsed == pytest.approx(front.time - NOW if counts else 60 + 20, abs=3)
    again = front.killed(later=0)
    again.live.begin("p1")
    assert again.told(news.Away) == []
    assert again.live.debrief.clock().elapsed(again.time) == elapsed
    again.wait(20)
    again = again.killed(later=3)
    again.live.begin("p1")
    assert again.told(news.Away) == []
    again.live.writer.close()


def test_of_two_absences_only_the_one_that_was_not_answered_for_is_asked_about_again(path: Path) -> None:
    front = asleep(asleep(going_on(path), 600), 1200)
    first, second = (each.seconds for each in front.told(news.Away) if isinstance(each, news.Away))
    assert (first, second) == pytest.approx((600, 1200), abs=1)
    front.live.came_back(second, counts=False)
    front.wait(20)
    again = restarted(front, 3)
    (asked,) = again.told(news.Away)
    assert isinstance(asked, news.Away)
    assert asked.seconds == pytest.approx(600 + 20 + 20 + 20 + 3, abs=4)
    again.live.came_back(asked.seconds, counts=False)
    assert again.live.debrief.clock().elapsed(again.time) == pytest.approx(60 + 20, abs=4)
    again.live.writer.close()


def test_times_of_day_follow_a_wall_clock_that_was_set_and_the_clock_does_not(front: FrontEnd) -> None:
    front.live.change(flow.start_or_pause)
    front.wait(60)
    left = front.live.debrief.clock().left(front.live.now())
    assert front.live.on_the_wall(front.live.now()) == front.time
    front.set_by = -3600
    assert front.live.debrief.clock().left(front.live.now()) == left
    assert front.live.on_the_wall(front.live.now() + left) == front.time - 3600 + left
    front.wait(1)
    assert front.told(news.Away) == []


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
