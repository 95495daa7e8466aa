"""The end of a phase as it is heard: not at all until a key chose so, then at two minutes and at zero, and nothing waits for it."""

from pathlib import Path
from threading import Event

import pytest

from store.session.sound import chosen
from tests.helpers.stage import Stage, begun
from tui import chime

pytestmark = pytest.mark.usefixtures("due")


async def run_out(stage: Stage) -> list[int]:
    """How often the bell has rung at each cue of the opening's five minutes."""
    heard = []
    for seconds, shown in ((179, "2:01"), (1, "2:00"), (90, "0:30"), (30, "0:00"), (5, "+0:05")):
        stage.later(seconds)
        await stage.until(lambda shown=shown: stage.digits == shown)  # type: ignore[misc]
        heard.append(stage.bells)
    return heard


async def test_the_end_of_a_phase_is_silent_unless_chosen_and_seen_all_the_same(path: Path) -> None:
    async with begun(path, start=True) as stage:
        assert await run_out(stage) == [0] * 5
        await stage.until("TIME IS UP")


async def test_a_key_lets_the_bell_be_heard_and_then_at_two_minutes_and_at_zero(path: Path) -> None:
    async with begun(path, start=True) as stage:
        await stage.press("ctrl+e")
        await stage.until("The terminal's bell rings at two minutes and at the end. Ctrl+E turns it off.")
        assert stage.bells == 1
        assert await run_out(stage) == [1, 2, 2, 3, 3]
        await stage.press("f6", "f6")  # time that is added brings nothing back
        await stage.until(lambda: stage.digits == "1:55")
        await stage.press("ctrl+e")
        await stage.until("Silent: the end of a phase is seen, not heard.")
        stage.later(115)
        await stage.until("TIME IS UP")
        assert stage.bells == 3
        assert chosen(stage.saved) == "silent"


async def test_the_bell_rings_although_something_is_entered_at_that_moment_and_below_the_help(path: Path) -> None:
    async with begun(path, start=True) as stage:
        await stage.press("ctrl+e", "f1")
        assert stage.bells == 1
        stage.later(180)
        await stage.until(lambda: stage.bells == 2)
        await stage.press("f1")
        stage.later(120)
        await stage.enter("Jorunn, Breathers of Pellan")
        await stage.until(lambda: stage.bells == 3)
        assert stage.saved.names[-1] == "Jorunn"


async def test_a_choice_holds_in_the_next_phase(path: Path) -> None:
    async with begun(path, start=True) as stage:
        await stage.press("ctrl+e", "f8", "f8")
        await stage.until(lambda: stage.phase == "silent_mapping")
        stage.later(600)
        await stage.until("TIME IS UP", lambda: stage.bells == 2)


async def test_a_chime_is_waited_for_by_nothing_and_becomes_the_bell_without_a_word(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, asked = Event(), []

    def never_plays(sound: bytes) -> bool:
        asked.append(sound)
        goes_on.wait(30)
        return False

    monkeypatch.setattr(chime, "has_player", lambda: True)
    monkeypatch.setattr(chime, "played", never_plays)
    async with begun(path, start=True) as stage:
        await stage.press("ctrl+e")
        await stage.until("Ctrl+E chooses a chime.")
        await stage.press("ctrl+e")
        await stage.until("A chime sounds at two minutes and at the end. Ctrl+E turns it off.")
        await stage.until(lambda: len(asked) == 1)
        stage.later(61)
        await stage.until(lambda: stage.digits == "3:59")  # the player still hasn't come back
        said, before = stage.hint, stage.bells
        goes_on.set()
        await stage.until(lambda: stage.bells == before + 1)
        assert stage.hint == said
        assert asked[0].startswith(b"RIFF")


async def test_a_second_redraw_that_only_follows_is_not_heard_as_well(path: Path) -> None:
    async with begun(path, start=True) as stage:
        await stage.press("ctrl+e")
        stage.app.live.writer.status = stage.app.live.status.__class__(read_only="another Redraw")
        stage.later(300)
        await stage.until("TIME IS UP")
        assert stage.bells == 1
