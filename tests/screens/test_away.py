"""Being away: a sleep, a crash, a clock that was set; the session is offered where it stopped, and the time is asked about."""

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList, TextArea

from screens.frame.drafts import text_of
from screens.frame.question import QUIET, QuestionScreen
from screens.phases.base import PhaseScreen
from screens.probe.form import ProbeForm
from store.archive.archive import Archive
from store.phases import DISSENT_PHASES, PHASES
from store.timekeeper import AWAY_AFTER
from tests.helpers.rooms import NOW, ROOM, closed, room, taken_in
from tests.helpers.stage import FakeClock, Stage, begun, staged

pytestmark = pytest.mark.sweep  # every screen with every text takes minutes; .ci/run has them

ASKED = "Does that time count for this phase?"


async def two_hours_away(stage: Stage) -> None:
    stage.away(7200)
    await stage.until(lambda: isinstance(stage.screen, QuestionScreen))


async def asked(stage: Stage, away: str) -> None:
    await stage.until(lambda: isinstance(stage.screen, QuestionScreen), f"Redraw was away for {away}", ASKED)
    assert stage.get("OptionList", OptionList).highlighted is None


@pytest.mark.usefixtures("due")
@pytest.mark.parametrize(
    ("answer", "left", "what"), [("1", "3:19", "away, counted"), ("2", "4:50", "away, not counted")]
)
async def test_after_an_absence_it_asks_whether_that_counts(path: Path, answer: str, left: str, what: str) -> None:
    async with begun(path, start=True) as stage:
        stage.later(10)
        stage.away(90)
        await asked(stage, "1 min 30 s")
        await stage.answer(answer)
        await stage.until(lambda: stage.phase == "opening", lambda: stage.digits == left)
        event = stage.saved.events[-1]
        assert (event.what, event.seconds) == (what, 90 + QUIET)


@pytest.mark.usefixtures("due")
async def test_a_short_gap_and_a_pause_are_no_absence(path: Path) -> None:
    async with begun(path, start=True) as stage:
        stage.away(AWAY_AFTER)
        await stage.until(lambda: stage.digits == "4:50")
        await stage.press("f5")
        await stage.until("PAUSED")
        stage.away(3600)
        await stage.until("would end at 20:05")
        assert stage.phase == "opening"
        await stage.press("f8", "f8")
        await stage.until(lambda: stage.phase == "silent_mapping")


@pytest.mark.usefixtures("due")
async def test_while_the_question_stands_it_can_be_chosen_by_arrows(path: Path) -> None:
    async with begun(path, start=True) as stage:
        stage.away(60)
        await asked(stage, "1 min")
        await stage.answer("down", "down", "enter")
        await stage.until(lambda: stage.phase == "opening", lambda: stage.digits == "5:00")


@pytest.mark.parametrize(("answer", "left"), [("1", "4:34"), ("2", "8:35")])
async def test_after_a_crash_the_session_is_offered_first_and_goes_on_where_it_stopped(
    path: Path, answer: str, left: str
) -> None:
    closed(path)
    taken_in(path, {"title": "an older one", "pact": {"starts": "2026-10-01", "ends": "2026-11-06"}})
    taken_in(path, ROOM, began=NOW - 600, phase="silent_mapping")
    fake = FakeClock()
    async with begun(path, fake, start=True) as stage:
        stage.later(80)
        await stage.until(lambda: stage.digits == "8:40")
        await stage.enter("+ the last thing that was said")
        stage.later(5)
        await stage.until(lambda: stage.digits == "8:35")  # and here it is killed: nothing says goodbye
    fake.now += 240
    async with staged(path, FakeClock(fake.now)) as stage:
        await stage.until("LIVE 1", "open, at silent mapping", "Enter goes on with the session, at silent mapping")
        assert stage.rows()[4].startswith("│ LIVE")
        await stage.press("enter")
        await asked(stage, "4 min")
        await stage.answer(answer)
        await stage.until(lambda: stage.phase == "silent_mapping", lambda: stage.digits == left)
        assert stage.debrief.moments[-1].text == "the last thing that was said"
        await stage.until("4 moments in the room")


@pytest.mark.usefixtures("due")
async def test_what_was_not_answered_before_a_kill_is_asked_again(path: Path) -> None:
    fake = FakeClock()
    async with begun(path, fake, start=True) as stage:
        stage.later(60)
        await stage.until(lambda: (Archive(path).last_beat() or 0) >= fake.now)
        stage.away(7200)
        await asked(stage, "2 h")
        stage.later(30)
        await stage.until(lambda: stage.digits == "+116:30")  # and here it is killed
    fake.now += 30
    async with staged(path, FakeClock(fake.now)) as stage:
        await stage.press("enter")
        await asked(stage, "2 h 1 min")
        await stage.answer("2")
        await stage.until(lambda: stage.phase == "opening", lambda: stage.digits == "4:00")


@pytest.mark.usefixtures("due")
async def test_times_of_day_follow_a_computers_clock_that_is_put_right_meanwhile(path: Path) -> None:
    fake = FakeClock()
    async with begun(path, fake, start=True) as stage:
        await stage.until("ends at 19:05", "session ends 20:15", "with +1 min 20:16")
        fake.set_by = 3600
        stage.later(10)
        await stage.until(lambda: stage.digits == "4:50", "ends at 20:05", "session ends 21:15", "with +1 min 21:16")
        await stage.press("f6")
        await stage.until("One minute more: the session ends at 21:16.", lambda: stage.digits == "5:50")


@pytest.mark.usefixtures("due")
async def test_after_a_quick_restart_nothing_is_asked(path: Path) -> None:
    fake = FakeClock()
    async with begun(path, fake, start=True) as stage:
        stage.later(30)
        await stage.until(lambda: stage.digits == "4:30")
    fake.now += 4
    async with begun(path, fake) as stage:
        await stage.until(lambda: stage.phase == "opening", lambda: stage.digits == "4:26")
        assert "away" not in [event.what for event in stage.saved.events]


@pytest.mark.usefixtures("due")
async def test_a_computers_clock_that_was_set_back_takes_no_time_away(path: Path) -> None:
    fake = FakeClock()
    async with begun(path, fake, start=True) as stage:
        stage.later(60)
        await stage.until(lambda: stage.digits == "4:00")
        await stage.until(lambda: (Archive(path).last_beat() or 0) >= fake.now)
    fake.now -= 7200
    async with begun(path, fake) as stage:
        await stage.until(lambda: stage.phase == "opening", lambda: stage.digits == "4:00")
        assert stage.saved.events[-1].what == "computer's clock set back"


async def test_a_session_whose_clock_was_never_started_can_be_gone_on_with_too(path: Path) -> None:
    taken_in(path, room(pact={}, amendments=None), phase="small_groups")
    async with staged(path) as stage:
        await stage.until("LIVE 1", "open, at small groups", "Enter goes on with the session")
        await stage.press("enter")
        await stage.until(lambda: stage.phase == "small_groups", "F5 starts the clock", "lanyards decide")


@pytest.mark.usefixtures("due")
async def test_an_absence_while_the_question_stands_is_part_of_it(path: Path) -> None:
    async with begun(path, start=True) as stage:
        stage.away(60)
        await asked(stage, "1 min")
        await stage.answer()
        stage.away(120 - QUIET)
        await stage.press("1")  # to what it said before
        await asked(stage, "3 min")
        await still_asked(stage)
        await stage.answer("2")
        await stage.until(lambda: stage.phase == "opening", lambda: stage.digits == "5:00")
        event = stage.saved.events[-1]
        assert (event.what, event.seconds) == ("away, not counted", 180 + QUIET)


# --------------------------------------------------------------------------------- while somebody types and doesn't look


def a_field(stage: Stage) -> Input | TextArea:
    """A field of the screen in which one can type."""
    found: list[Input | TextArea] = [*stage.screen.query(Input), *stage.screen.query(TextArea)]
    return next(each for each in found if each.display and not each.disabled and each.region)


async def still_asked(stage: Stage) -> None:
    """Nobody has answered."""
    await stage.settle()
    assert isinstance(stage.screen, QuestionScreen)
    assert "away" not in [event.what.split(",")[0] for event in stage.saved.events]


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize("wall", [False, True], ids=["at work", "on the wall"])
@pytest.mark.parametrize("where", [*(each.name for each in PHASES), *(each.name for each in DISSENT_PHASES), "form"])
async def test_what_is_typed_as_the_question_comes_goes_on_in_its_line_and_answers_nothing(
    path: Path, where: str, wall: bool
) -> None:
    async with begun(path) as stage:
        if where == "form":
            await stage.press("f5", "ctrl+o")
            await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        else:
            kind = "dissent" if where in [each.name for each in DISSENT_PHASES] else "debrief"
            await stage.go(where, kind=kind)
            await stage.press("f5")
        if isinstance(stage.screen, PhaseScreen) and stage.screen.wall:
            await stage.press("f2")
        field = a_field(stage)
        stage.screen.set_focus(field)
        wall = wall and where != "form"
        await stage.press(*["f2"] * wall)
        before = text_of(field)
        await stage.type("xy")
        await two_hours_away(stage)
        for letter in ("1", "2", " ", "z"):
            await stage.type(letter)
            stage.later(QUIET * 0.9)
            await still_asked(stage)
        assert text_of(field) == f"{before}xy12 z"
        await stage.press("backspace", "backspace", "f4", "f5", "f8", "f8", "escape", "ctrl+q", "ctrl+q")
        await still_asked(stage)
        if not wall:  # which takes no paste
            stage.paste("over")
        await still_asked(stage)
        typed = f"{before}xy12{'' if wall else 'over'}"
        assert text_of(field) == typed
        await stage.answer("x", "enter", "space")
        await still_asked(stage)
        await stage.press("2")
        await stage.until(lambda: not isinstance(stage.screen, QuestionScreen))
        assert stage.debrief.events[-1].what == "away, not counted"
        assert text_of(field) == typed


@pytest.mark.usefixtures("due")
async def test_a_line_is_entered_as_the_question_comes_and_the_next_one_begun(path: Path) -> None:
    async with begun(path, start=True) as stage:
        await two_hours_away(stage)
        await stage.enter("Jorunn, Nightwatch")
        await stage.type("2: Hes")
        await still_asked(stage)
        assert stage.saved.names[-1] == "Jorunn"
        await stage.answer("2")
        await stage.until(lambda: stage.phase == "opening", lambda: stage.digits == "5:00")
        assert stage.get("#field", Input).value == "2: Hes"


@pytest.mark.usefixtures("due")
async def test_the_key_that_goes_on_with_a_session_answers_nothing_when_it_is_pressed_again(path: Path) -> None:
    fake = FakeClock()
    async with begun(path, fake, start=True):
        pass
    fake.now += 7200
    async with staged(path, fake) as stage:
        await stage.press("enter", "enter", "enter")
        await asked(stage, "2 h")
        await still_asked(stage)


@pytest.mark.usefixtures("due")
async def test_a_click_on_an_answer_counts_once_the_question_takes_keys(path: Path) -> None:
    async with begun(path, start=True) as stage:
        await two_hours_away(stage)
        answers = stage.get("OptionList", OptionList)
        await stage.pilot.click(answers, offset=(5, 1))
        await still_asked(stage)
        await stage.answer()
        await stage.pilot.click(answers, offset=(5, 1))
        await stage.until(lambda: stage.phase == "opening", lambda: stage.digits == "5:00")


@pytest.mark.usefixtures("due")
async def test_the_question_comes_back_from_below_another_and_waits_again(path: Path) -> None:
    async with begun(path, start=True) as stage:
        await two_hours_away(stage)
        await stage.answer("ctrl+p")
        await stage.until(lambda: isinstance(stage.screen, CommandPalette))
        await stage.press("escape", "1")
        await still_asked(stage)
        await stage.answer("1")
        await stage.until(lambda: stage.phase == "opening", lambda: stage.digits.startswith("+115:"))
