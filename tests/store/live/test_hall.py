"""What is shut between the screen and the hall: a phase may shut it, only its key opens it, and nothing else touches it."""

from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.live.hall import Hall
from store.live.live import Live
from store.refused import Refused
from store.session import decisions, flow
from tests.helpers.rooms import NOW, room, taken_in
from tests.helpers.stage import FakeClock

SHUT = Hall(wall=True, curtain=True)


def live_on(path: Path) -> Live:
    """A live session in the archive's debrief."""
    live = Live(path, FakeClock().keeper())
    live.writer.start()
    live.begin("p1")
    return live


def killed(live: Live) -> None:
    """End it as a kill does: nothing is closed."""
    live.archive._storage._lock.release()


@pytest.fixture
def live(path: Path) -> Live:
    taken_in(path, room(), began=NOW - 60)
    return live_on(path)


def test_a_blind_phase_shuts_and_none_opens(live: Live) -> None:
    assert live.hall == Hall()
    live.change(flow.advance)
    assert live.hall == SHUT, "silent mapping"
    live.change(flow.advance)
    live.change(flow.go_back)
    live.change(flow.go_back)
    assert live.hall == SHUT, "opening again"


def test_only_its_key_opens_it_and_it_outlives_a_kill(live: Live, path: Path) -> None:
    live.shut(Hall(curtain=True))
    killed(live)
    again = live_on(path)
    assert again.hall == Hall(curtain=True)
    again.shut(Hall())
    killed(again)
    assert live_on(path).hall == Hall()


def test_a_phase_that_shuts_does_so_when_one_comes_back_to_it(live: Live, path: Path) -> None:
    live.change(flow.advance)
    live.shut(Hall())
    killed(live)
    assert live_on(path).hall == SHUT


def test_taking_back_opens_nothing_and_what_is_shut_can_be_taken_back_over(live: Live) -> None:
    live.change(lambda debrief, now: flow.extend(debrief, now), place="opening", text="+1")
    live.change(lambda debrief, _: decisions.explain_no_amendment(debrief, "late"), place="opening", text="why")
    live.shut(SHUT)
    live.steps.take_back("opening")
    assert live.debrief.session.no_amendment == ""
    assert live.hall == SHUT
    live.steps.bring_back("opening")
    assert live.hall == SHUT
    assert Archive(live.archive.path).debrief("p1").session.wall


def test_shutting_is_no_step_and_leaves_a_reveal_to_be_taken_back(live: Live) -> None:
    live.change(lambda debrief, _: debrief.with_session(phase="reposition"))
    live.change(decisions.reveal, place="reposition")
    live.shut(SHUT)
    live.shut(Hall())
    assert live.steps.reveal_open("reposition") > 0
    live.steps.take_back("reposition")
    assert live.debrief.session.revealed == 0


def test_a_window_that_may_not_write_is_shut_all_the_same(live: Live, path: Path) -> None:
    other = Live(path, FakeClock().keeper())
    other.writer.start()
    assert other.status.read_only
    other.shut(SHUT)
    assert other.hall == SHUT
    assert live.hall == Hall(), "another window's hall is its own"


def test_a_sealed_session_says_nothing_of_it(live: Live) -> None:
    live.shut(SHUT)
    live.change(lambda debrief, _: decisions.close_with(debrief, sunset="lapse", rhythm="act"))
    live.change(flow.seal)
    assert live.hall == SHUT
    assert not live.projected
    saved = Archive(live.archive.path).debrief("p1").session
    assert (saved.wall, saved.curtain) == (False, False)


def test_a_session_that_is_left_is_still_kept_from_the_hall(live: Live) -> None:
    live.shut(Hall(wall=True))
    live.leave()
    assert live.projected
    live.begin("p1")
    live.shut(Hall())
    assert not live.projected


def test_a_refused_step_changes_nothing_of_it(live: Live) -> None:
    with pytest.raises(Refused):
        live.change(flow.go_back)
    assert live.hall == Hall()
