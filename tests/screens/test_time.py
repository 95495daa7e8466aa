"""The clock on the screen: what is left, the warnings, overtime, and when the whole session ends."""

from pathlib import Path

import pytest

from screens.widgets.large_text import BigDigits
from tests.helpers.stage import Stage, begun, staged

pytestmark = [pytest.mark.usefixtures("due"), pytest.mark.sweep]  # half a minute; .ci/run has them


def events(stage: Stage) -> list[tuple[str, str]]:
    """What the archive keeps of what happened: the phase and the event."""
    return [(event.phase, event.what) for event in stage.saved.events]


async def test_the_clock_starts_pauses_goes_on_and_is_started_again(path: Path) -> None:
    async with begun(path) as stage:
        assert stage.digits == "5:00"
        assert stage.has("F5 starts the clock", "would end at 19:05")
        stage.later(9)
        await stage.until(lambda: stage.digits == "5:00", "would end at 19:05")
        await stage.press("f5")
        await stage.until("ends at 19:05")
        assert not stage.has("F5 starts the clock")
        stage.later(61)
        await stage.until(lambda: stage.digits == "3:59")
        await stage.press("f5")
        await stage.until("PAUSED: F5 goes on")
        stage.later(600)
        await stage.until(lambda: stage.digits == "3:59", "PAUSED: F5 goes on", "would end at 19:15")
        await stage.press("f5")
        stage.later(1)
        await stage.until(lambda: stage.digits == "3:58")
        await stage.press("f6", "ctrl+r")
        await stage.until("Ctrl+R again gives opening its 5 minutes again.", lambda: stage.digits == "4:58")
        await stage.press("ctrl+r")
        await stage.until(lambda: stage.digits == "5:00", "ends at 19:16")
        whats = ["session began", "paused", "went on", "extended", "restarted"]
        assert events(stage) == [("opening", what) for what in whats]


async def test_the_room_is_warned_in_words_and_nothing_locks_at_zero(path: Path) -> None:
    async with begun(path, start=True) as stage:
        cues = ("UNDER TWO MINUTES", "UNDER HALF A MINUTE", "TIME IS UP")
        for seconds, digits, cue in (
            (179, "2:01", ""),
            (1, "2:00", cues[0]),
            (89, "0:31", cues[0]),
            (1, "0:30", cues[1]),
            (29, "0:01", cues[1]),
            (1, "0:00", cues[2]),
            (5, "+0:05", cues[2]),
        ):
            stage.later(seconds)
            await stage.until(lambda at=digits: stage.digits == at, *([cue] if cue else []))  # type: ignore[misc]
            assert [each for each in cues if stage.has(each)] == ([cue] if cue else []), digits
        await stage.press("f2")
        await stage.until("TIME IS UP · F8 goes on when the room is ready")
        await stage.press("f2")
        await stage.enter("Jorunn, Breathers of Pellan")
        assert stage.saved.names[-1] == "Jorunn"
        stage.later(3600)
        await stage.until(lambda: stage.digits == "+60:05")
        assert stage.phase == "opening"
        await stage.press("f5")
        await stage.until("PAUSED")
        await stage.press("f5")
        await stage.until("TIME IS UP")


async def test_a_minute_more_and_a_minute_less_and_what_they_do_to_the_end(path: Path) -> None:
    async with begun(path, start=True) as stage:
        assert stage.has("session ends 20:15 · with +1 min 20:16")
        await stage.press("f6")
        await stage.until(lambda: stage.digits == "6:00", "One minute more: the session ends at 20:16.")
        assert stage.has("session ends 20:16, 1 min over · with +1 min 20:17")
        await stage.press("f7", "f7")
        await stage.until(lambda: stage.digits == "4:00", "One minute less: the session ends at 20:14.")
        assert stage.has("session ends 20:14, 1 min early · with +1 min 20:15")
        stage.later(239)
        await stage.press("f7")
        await stage.until(lambda: stage.digits == "0:00", "TIME IS UP")
        await stage.press("f7")
        await stage.until("No time is left to take: F8 goes on to the next phase.")
        whats = [what for _, what in events(stage)]
        assert whats == ["session began", "extended", "shortened", "shortened", "shortened"]
        assert [event.seconds for event in stage.saved.events[1:]] == [60, -60, -60, -1]


async def test_the_wall_has_the_same_time_in_large_digits_beside_what_the_room_should_read(path: Path) -> None:
    async with begun(path, start=True) as stage:
        await stage.press("f2")
        for size, least in (((60, 18), 3), ((80, 24), 3), ((120, 40), 5)):
            await stage.resize(*size)
            await stage.until(lambda: stage.get("#wall-digits", BigDigits).size.height > 0, "ends at 19:05")
            drawn = str(stage.get("#wall-digits", BigDigits).render()).splitlines()
            assert len(drawn) >= least, size
            assert stage.has("OPENING", "ends at 19:05", "session ends 20:15", "Who is here, and for whom?", "9 people")


async def test_the_demos_fast_clock_says_so(path: Path) -> None:
    async with staged(path, speed=60) as stage:
        await stage.press("enter")
        await stage.until(lambda: stage.phase == "opening", "clock ×60", "would end at 19:00")
        await stage.press("f5")
        stage.later(4)
        await stage.until(lambda: stage.digits == "1:00", "UNDER TWO MINUTES")


async def test_a_timer_that_fires_while_redraw_is_being_left_does_nothing(path: Path) -> None:
    async with staged(path) as stage:
        pass
    assert not stage.app.screen_stack
    stage.app._tick()
    stage.app._prepare()
