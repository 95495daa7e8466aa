"""Another process follows the live session, and leaves no trace."""

from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.debrief import Debrief
from store.entries import moment_rule
from store.live.beside import HalfTyped
from store.live.hall import Hall
from store.live.live import Live
from store.model import Felt
from store.session import flow
from store.wall.follower import LIVE_FOR, WallFollower
from store.wall.shown import Public
from tests.helpers.rooms import NOW, ROOM, taken_in
from tests.helpers.stage import FakeClock


class Looking:
    """A wall that looks at an archive, and what it showed last."""

    def __init__(self, path: Path, clock: FakeClock) -> None:
        self._follower, self._clock = WallFollower(path), clock
        self.shown: Public | None = None
        self.look()

    def look(self, later: float = 0.04) -> Public:
        """Look so many seconds later."""
        self._clock.now += later
        self.shown = self._follower.look(self._clock.now, self._clock.now) or self.shown
        assert self.shown is not None
        return self.shown


def begun(path: Path, clock: FakeClock, phase: str = "silent_mapping") -> Live:
    """The first Redraw, in the session of the room's debrief."""
    live = Live(path, clock.keeper())
    live.writer.start()
    assert live.begin("p1")
    live.change(lambda debrief, _: debrief.with_session(phase=phase))
    return live


@pytest.fixture
def clock() -> FakeClock:
    """The clock of both."""
    return FakeClock()


@pytest.fixture
def room(path: Path) -> Debrief:
    """The debrief of the room, not begun on this evening."""
    return taken_in(path, ROOM, began=NOW - 600)


@pytest.mark.usefixtures("room")
def test_each_save_is_on_the_wall_at_the_next_look(path: Path, clock: FakeClock) -> None:
    live = begun(path, clock)
    wall = Looking(path, clock)
    assert (wall.look().phase, wall.look().count) == ("silent_mapping", "3 moments in the room")
    live.enter(moment_rule(Felt.STRENGTHENED), "the drums began by themselves")
    assert wall.look().count == "4 moments in the room"
    live.change(flow.advance)
    assert wall.look().phase == "small_groups"


def test_the_wall_can_be_there_before_the_archive_and_the_session(path: Path, clock: FakeClock) -> None:
    wall = Looking(path, clock)
    assert (wall.look().question, wall.look().count) == ("No debrief is running.", "logbook.json is not there yet")
    taken_in(path, ROOM, began=NOW - 600)
    assert wall.look().question == "Noise protest at Gate 2"
    begun(path, clock)
    assert wall.look(2.0).phase == "silent_mapping"


@pytest.mark.usefixtures("room")
def test_the_wall_lives_through_a_checkpoint_a_close_and_a_restart(path: Path, clock: FakeClock) -> None:
    live = begun(path, clock)
    wall = Looking(path, clock)
    live.enter(moment_rule(Felt.STRENGTHENED), "one more")
    live.writer.checkpoint()
    assert wall.look().count == "4 moments in the room"
    live.enter(moment_rule(Felt.STRENGTHENED), "and one")
    assert wall.look().count == "5 moments in the room"
    live.writer.close()
    assert wall.look().count == "5 moments in the room"
    again = begun(path, clock)
    again.enter(moment_rule(Felt.STRENGTHENED), "after the restart")
    assert wall.look().count == "6 moments in the room"


@pytest.mark.usefixtures("room")
def test_half_a_sentence_is_on_the_wall_only_while_the_curtain_is_opened_in_that_phase(
    path: Path, clock: FakeClock
) -> None:
    live = begun(path, clock, "amendments")
    typed = {"principle": "we ask fir", "reservations": "not I"}
    live.drafts.sources.append(lambda: [HalfTyped((live.debrief.session.id, "amendments"), dict(typed))])
    wall = Looking(path, clock)

    def half(hall: Hall) -> bool:
        live.shut(hall)
        live.drafts.touch()
        live.keep_drafts()
        shown = wall.look()
        assert "not I" not in repr(shown)
        return shown.sentence == "we ask fir"

    assert not half(Hall())
    assert not half(Hall(curtain=True))
    assert half(Hall(curtain=True).turned())
    typed["principle"] = "we ask first"
    live.drafts.touch()
    live.keep_drafts()
    assert wall.look().sentence == "we ask first"
    typed["principle"] = "we ask fir"
    assert not half(Hall(wall=True, opened=True))
    assert half(Hall(opened=True))
    live.change(flow.advance)
    live.change(flow.go_back)
    assert wall.look().sentence != "we ask fir", "in another phase it is closed again"


@pytest.mark.usefixtures("room")
def test_a_sealed_session_is_thanked_until_another_is_live(path: Path, clock: FakeClock) -> None:
    live = begun(path, clock, "close")
    wall = Looking(path, clock)
    assert wall.look().timing is not None
    live.change(lambda debrief, now: debrief.with_session(sealed="2026-11-07T20:00:00+00:00"))
    assert (wall.look().sentence, wall.look().timing) == ("Thank you.", None)
    assert wall.look(3600).sentence == "Thank you."
    assert Looking(path, clock).look().sentence == "", "a wall that starts later shows what is next"


@pytest.mark.usefixtures("room")
def test_a_session_that_nobody_came_back_to_is_not_live(path: Path, clock: FakeClock) -> None:
    begun(path, clock).leave()
    wall = Looking(path, clock)
    assert wall.look().phase == "silent_mapping"
    assert wall.look(LIVE_FOR + 60).phase == ""


@pytest.mark.usefixtures("room")
def test_the_wall_leaves_no_trace(path: Path, clock: FakeClock) -> None:
    def files() -> dict[str, tuple[int, bytes]]:
        return {each.name: (each.stat().st_mtime_ns, each.read_bytes()) for each in path.parent.iterdir()}

    before = files()
    wall = Looking(path, clock)
    for _ in range(5):
        wall.look(1.0)
    assert files() == before
    live = begun(path, clock)
    before = files()
    for _ in range(5):
        wall.look(1.0)
    assert wall.look().phase == "silent_mapping"
    assert files() == before
    assert Archive(path).debrief("p1").session.id == live.debrief.session.id
