"""The agenda on the screens: the times of day follow what is typed, the wall says when a break ends and who is ready."""

from pathlib import Path

import pytest
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from screens.agenda import AgendaScreen
from screens.probe.form import ProbeForm
from screens.rest import RestScreen
from screens.widgets.large_text import Poster
from store.model import Agenda, Break
from store.model.agenda import OwnPhase
from tests.helpers.builders import HOSTILE_LINES, in_short
from tests.helpers.rooms import NOW, room, taken_in
from tests.helpers.stage import SIZES, Stage, armed, begun, staged
from tests.helpers.texts import harmless, telling
from tests.helpers.zones import zone

live = pytest.mark.usefixtures("live")


async def to_agenda(stage: Stage) -> None:
    await stage.press("ctrl+a")
    await stage.until(lambda: isinstance(stage.screen, AgendaScreen), "Times of day")


async def on(stage: Stage) -> None:
    """Go on with F8, twice."""
    await armed(stage, "f8")
    await stage.press("f8")


async def test_the_times_of_day_follow_what_is_typed_and_enter_saves_it(path: Path) -> None:
    taken_in(path, room(actual=None), began=None, clocks={})
    with zone("UTC"):
        async with begun(path) as stage:
            await to_agenda(stage)
            await stage.until("19:15 small groups", "1 h 15 min, ends 20:15")
            await stage.type("mapping 20 What did you see?")
            await stage.until("19:25 small groups", "ends 20:25", "What did you see?")
            assert stage.saved.session.agenda is None, "it is only typed"
            await stage.press("enter")
            await stage.until(
                lambda: stage.saved.agenda.minutes("silent_mapping") == 20,
                "Changed: silent mapping 20 min, asks “What did you see?”. By plan it ends at 20:25.",
            )
            await stage.press("ctrl+t")
            await stage.until("19:15 small groups")
            await stage.press("ctrl+y", "escape", "escape")
            await stage.until(lambda: stage.phase == "opening")
            await stage.press("f5")
            await on(stage)
            await stage.until(lambda: stage.digits == "20:00", "What did you see?")


@live
async def test_a_line_that_can_t_be_read_stays_in_the_field(path: Path) -> None:
    async with begun(path) as stage:
        await to_agenda(stage)
        await stage.enter("lunch 20")
        await stage.until("That names no phase:", "lunch 20")
        await stage.press("escape", "escape")
        await stage.until(lambda: stage.phase == "opening")
        assert stage.saved.session.agenda is None


@live
async def test_what_stands_in_the_agenda_already_is_no_change(path: Path) -> None:
    async with begun(path) as stage:
        await to_agenda(stage)
        await stage.enter("mapping 10 min")
        await stage.until("Nothing has changed: the agenda has it like that.")


SLIPS = {
    "maping 15": "type “silent mapping” if you mean that one",
    "groups 7,5": "Type whole minutes in figures",
    "break 14:20": "“break until 14:20 after reposition”",
    "skip opening": "Opening can't be skipped",
    "14:05 groups": "Times of day follow from the minutes",
    "break 10 after lunch": "That names no phase",
    "no break": "There is no break to take out.",
}
"""What may be typed for the agenda and is refused, with what the sentence says to do."""


@live
async def test_an_agenda_typed_with_slips_ends_as_it_was_meant_and_loses_no_line(path: Path) -> None:
    async with begun(path) as stage:
        await to_agenda(stage)
        before = stage.debrief.agenda
        field = stage.get("#field", Input)
        for line, why in SLIPS.items():
            await stage.enter(line)
            await stage.until(why)
            assert (field.value, stage.debrief.agenda) == (line, before)
            await stage.press("escape")
        await stage.enter(
            "Mapping: 15'", "pause 10 minutes after groups", "15 min amendments", "skip feelings", "sover 8 min"
        )
        await stage.press("up")
        assert field.value == "no break", "what was refused is not lost"
        await stage.press("escape")
        await stage.enter("break 5 after sovereignty", "remove break after sovereignty", "sover +2")
        assert stage.saved.agenda == Agenda(
            phases={
                "silent_mapping": OwnPhase(minutes=15),
                "decompression": OwnPhase(skipped=True),
                "sovereignty": OwnPhase(minutes=10),
            },
            breaks={"small_groups": Break(minutes=10)},
        )


@live
async def test_a_pasted_agenda_is_taken_in_line_by_line_and_what_is_refused_waits(path: Path) -> None:
    async with begun(path) as stage:
        await to_agenda(stage)
        stage.paste("1. Opening\t8\n2. Maping\t12\n\n- small groups (20 min)\n• break 10 after groups\n“lunch 30”")
        await stage.press("enter")
        await stage.until(
            "type “silent mapping” if you mean that one", lambda: "Maping" in stage.get("#field", Input).value
        )
        found = stage.debrief.agenda
        assert (found.minutes("opening"), found.minutes("small_groups"), found.breaks) == (
            8,
            20,
            {"small_groups": Break(minutes=10)},
        )
        stage.get("#field", Input).value = "mapping 12"
        await stage.press("enter")
        await stage.until(lambda: "lunch 30" in stage.get("#field", Input).value)
        assert stage.debrief.agenda.minutes("silent_mapping") == 12


@live
@pytest.mark.parametrize("text", telling([*HOSTILE_LINES, "[b]x[/] " * 625]), ids=in_short)
async def test_a_question_is_shown_as_itself_at_every_size(path: Path, text: str) -> None:
    asked = f"x{text}"
    async with begun(path) as stage:
        await to_agenda(stage)
        stage.paste(f"mapping {asked}")
        await stage.settle()
        for size in SIZES:
            await stage.resize(*size)
            assert all(harmless(row) for row in stage.rows())
        await stage.press("enter")
        await stage.until(lambda: stage.saved.agenda.question("silent_mapping") == plain_end(asked))
        for size in SIZES:
            await stage.resize(*size)
            assert all(harmless(row) for row in stage.rows())
            assert stage.reads("#list")


def plain_end(text: str) -> str:
    """A text without the blanks at its end, which no line keeps."""
    return text.strip()


@live
async def test_the_times_and_the_questions_are_whole_at_every_size(path: Path) -> None:
    question = "What did you see that nobody else can have seen, and what did you hear?"
    async with begun(path) as stage:
        await to_agenda(stage)
        await stage.enter(f"mapping {question}", "break 10 after groups")
        for size in (*SIZES, (200, 60)):
            await stage.resize(*size)
            await stage.until("break, back at", "close", "ends")
            assert question in stage.reads("#list"), size
            assert stage.get("#times", VerticalScroll).max_scroll_y <= (1 if size == (60, 18) else 0), size


@live
async def test_the_form_plans_the_debrief_before_it_begins(path: Path) -> None:
    async with staged(path) as stage:
        await stage.press("ctrl+n")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        await stage.press("ctrl+a")
        await stage.until("Start with the title")
        await stage.type("A vigil at the depot")
        await to_agenda(stage)
        await stage.enter("skip decompression")
        await stage.until("skipped")
        planned = Agenda(phases={"decompression": OwnPhase(skipped=True)})
        assert stage.saved.probe.agenda == planned
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))


@live
async def test_f8_says_what_it_skips_and_the_rail_calls_it_skipped(path: Path) -> None:
    async with begun(path, size=(130, 40)) as stage:
        await to_agenda(stage)
        await stage.enter("skip mapping")
        await stage.press("escape")
        await stage.until("– silent mapping skipped")
        await armed(stage, "f8")
        await stage.until("on to small groups, skipping silent mapping (")
        await stage.press("f8")
        await stage.until(lambda: stage.phase == "small_groups", "opening ✓", "– silent mapping skipped ▸SMALL GROUPS◂")


@live
@pytest.mark.parametrize("key", ["f2", "f3"])
async def test_a_break_says_when_the_room_is_back_whatever_is_shut(path: Path, key: str) -> None:
    with zone("UTC"):
        async with begun(path, start=True) as stage:
            await to_agenda(stage)
            await stage.enter("break 15 after opening")
            await stage.press("escape")
            await on(stage)
            await stage.until(lambda: isinstance(stage.screen, RestScreen), "▸BREAK◂")
            assert stage.reads("#prompt") == "Back at 19:15"
            assert str(stage.get("#clock", Widget).border_title) == "Break"
            await stage.press(key)
            await stage.until("F8 goes on to silent mapping")
            stage.later(18 * 60)
            await stage.until(lambda: stage.digits == "+3:00", "TIME IS UP")
            await stage.press("f2" if key == "f3" else "f9")
            await on(stage)
            await stage.until(lambda: stage.phase == "silent_mapping")
            assert not stage.saved.session.resting


async def test_ready_groups_are_marked_and_counted_on_the_wall(path: Path) -> None:
    taken_in(path, room(actual=None), began=NOW - 60, phase="small_groups", groups=[["Ayzel"], ["Brannoc"], ["Dagny"]])
    async with begun(path) as stage:
        await stage.type("2")
        await stage.press("ctrl+d")
        await stage.until("Group 2 is ready: 1 of 3 groups are ready.", "2 ready ✓")
        await stage.press("f2")
        assert stage.get("#wall-count", Poster).text == "1 of 3 groups are ready"
        await stage.press("ctrl+t")
        await stage.until(lambda: stage.saved.session.ready == ())
        await stage.type("the form decides")
        await stage.press("ctrl+d")
        await stage.until("Type the number of the group")
        assert stage.get("#field", Input).value == "the form decides"


@live
async def test_where_time_runs_short_the_hint_offers_the_first_to_skip(path: Path) -> None:
    async with begun(path, start=True) as stage:
        await to_agenda(stage)
        await stage.enter("skip first feelings")
        await stage.press("escape")
        stage.later(17 * 60)
        await stage.press("f6")
        await stage.until(lambda: "over" in stage.reads("#clock-text"))
        stage.screen.say("")  # type: ignore[attr-defined]
        await stage.until("min over: Ctrl+A, “skip decompression”")
