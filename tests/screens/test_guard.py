"""Nothing is left by accident: a guarded key wants a second press, and coming back finds everything as it was."""

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from screens.frame.confirm import CONFIRM_WITHIN
from screens.frame.help import HelpScreen
from screens.frame.question import QuestionScreen
from screens.logbook import LogbookScreen
from screens.probe.form import ProbeForm
from screens.widgets.entry_field import HIDDEN, EntryField
from store.session import flow
from tests.helpers.rooms import NOW, ROOM, taken_in
from tests.helpers.stage import Stage, armed, begun, staged


def quit(stage: Stage) -> bool:
    """Whether the app is being left."""
    return stage.app._exit


@pytest.mark.usefixtures("live")
async def test_what_is_typed_or_done_in_between_disarms(path: Path) -> None:
    async with begun(path) as stage:
        await armed(stage, "f8")
        await stage.type("x")
        await stage.until(lambda: "again" not in stage.hint)
        await armed(stage, "f8")
        await stage.press("f6")
        await stage.until("One minute more")
        await armed(stage, "f8")
        await armed(stage, "ctrl+r")
        await armed(stage, "f8")
        # as fast as a terminal brings them
        await stage.press("escape")
        stage.send("f8", "x", "f8")
        await stage.until(lambda: stage.hint.startswith("F8 again"), lambda: stage.phase == "opening")
        await stage.go("amendments")
        await armed(stage, "f8")
        await stage.focus("#reservations")
        await stage.type("hm")
        await stage.until(lambda: "again" not in stage.hint)
        await armed(stage, "f8")
        await stage.go("sovereignty")
        await armed(stage, "f8")
        await stage.press("+")
        await stage.until(lambda: "again" not in stage.hint)
        await armed(stage, "f8")
        stage.send("f8")
        await stage.until(lambda: stage.phase == "decompression")


@pytest.mark.sweep
@pytest.mark.usefixtures("due")
async def test_a_first_press_is_forgotten_after_a_while(path: Path) -> None:
    async with begun(path, start=True) as stage:
        await armed(stage, "f8")
        stage.later(CONFIRM_WITHIN)
        await stage.until(lambda: stage.digits == "4:54")
        assert stage.hint.startswith("F8 again")
        stage.later(0.1)
        await stage.until(lambda: "again" not in stage.hint)
        await armed(stage, "f8")
        stage.later(CONFIRM_WITHIN + 1)
        await armed(stage, "f8")
        assert stage.phase == "opening"
        await stage.press("f8")
        await stage.until(lambda: stage.phase == "silent_mapping")


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_a_return_finds_the_content_and_the_time_that_was_left(path: Path) -> None:
    async with begun(path, start=True) as stage:
        before = stage.saved
        stage.later(100)
        await stage.press("f8", "f8")
        await stage.until(lambda: stage.phase == "silent_mapping", lambda: stage.digits == "10:00")
        stage.later(130)
        await stage.until(lambda: stage.digits == "7:50")
        await stage.press("f9", "f9")
        await stage.until(lambda: stage.phase == "opening", lambda: stage.digits == "3:20")
        await stage.press("f2", "f3")  # silent mapping has shut both
        await stage.until("Ayzel, Brannoc")
        stage.later(10)
        await stage.press("f8", "f8")
        await stage.until(lambda: stage.phase == "silent_mapping", lambda: stage.digits == "7:50")
        after = stage.saved
        assert after.moments == before.moments
        assert after.participants == before.participants
        assert [(e.what, e.seconds) for e in after.events] == [
            ("started", 300),
            ("advanced", 200),
            ("returned", 470),
            ("advanced", 190),
        ]


@pytest.mark.usefixtures("live")
async def test_a_session_is_left_at_the_second_press_and_offered_again(path: Path) -> None:
    async with begun(path) as stage:
        await stage.press("ctrl+c", "ctrl+c")
        assert stage.phase == "opening"
        await armed(stage, "ctrl+q")
        await stage.press("ctrl+q")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen), "LIVE 1", "open, at opening")
        assert not quit(stage)
        await stage.press("enter")
        await stage.until(lambda: stage.phase == "opening")


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_ctrl_q_quits_from_no_page_that_covers_a_session(path: Path) -> None:
    async with begun(path) as stage:
        await stage.press("f1", "ctrl+q", "ctrl+q")
        assert isinstance(stage.screen, HelpScreen)
        await stage.press("escape", "ctrl+p")
        await stage.until(lambda: isinstance(stage.screen, CommandPalette))
        await stage.press("ctrl+q", "ctrl+q")
        assert isinstance(stage.screen, CommandPalette)
        await stage.press("escape")
        await stage.until(lambda: stage.phase == "opening")
        await stage.press("ctrl+o")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        await stage.press("ctrl+q")
        await stage.until(lambda: stage.phase == "opening")
        await stage.press("f5")
        stage.away(60)
        await stage.until(lambda: isinstance(stage.screen, QuestionScreen))
        await stage.press("ctrl+q", "ctrl+q", "escape", "f8", "f8")
        assert isinstance(stage.screen, QuestionScreen)
        await stage.answer("1")
        await stage.until(lambda: stage.phase == "opening")
        assert not quit(stage)


@pytest.mark.usefixtures("live")
async def test_the_logbook_is_quit_with_ctrl_q(path: Path) -> None:
    async with staged(path) as stage:
        await stage.press("ctrl+c", "escape")
        assert not quit(stage)
        stage.send("ctrl+q")
        await stage.pilot.pause()
        assert quit(stage)
        assert stage.app.return_code == 0


@pytest.mark.usefixtures("live")
async def test_mixing_revealing_and_a_second_round_want_a_second_press(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("small_groups")
        await stage.until("1 ", lambda: stage.debrief.session.groups)
        groups = stage.debrief.session.groups
        await armed(stage, "f4")
        assert stage.debrief.session.groups == groups
        await stage.press("f4")
        await stage.until(lambda: stage.debrief.session.groups != groups)
        await stage.go("reposition")
        await armed(stage, "f4")
        assert stage.debrief.session.revealed == 0
        await stage.press("f4")
        await stage.until(lambda: stage.debrief.session.revealed == 1, "Round 1, revealed, 9 placed")
        await armed(stage, "f4")
        assert stage.debrief.session.round == 1
        await stage.press("f4")
        await stage.until(lambda: stage.debrief.session.round == 2, "round 2: 0 of 9 have placed")
        assert [e.what for e in stage.saved.events][-2:] == ["round 1 revealed", "round 2 opened"]


@pytest.mark.usefixtures("due")
async def test_no_seal_without_an_amendment_or_a_reason_and_all_the_decisions(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("close")
        none = "No guideline was added or revised: go back and enter one, or write why there is none. F9 goes back."
        await stage.press("f4", "f4", "f4")
        await stage.until(lambda: stage.hint == none)
        await stage.focus("#none")
        await stage.type("too few of us")
        await stage.press("f4")
        await stage.until(lambda: stage.hint == "Say whether the collaboration lapses or is renewed.")
        await stage.focus("#sunset")
        await stage.press("r", "f4")
        await stage.until(lambda: stage.hint == "A renewal must be deliberate: write its reason.")
        await stage.focus("#reason")
        await stage.type("one more weekend")
        await stage.press("f4")
        await stage.until(lambda: stage.hint == "A renewal must end: write until when.")
        await stage.focus("#until")
        await stage.type("20 november 2026")
        await stage.press("f4")
        await stage.until("after the old sunset, 20 November 2026")
        await stage.press(*("backspace",) * 17)
        await stage.type("2026-11-21")
        await stage.press("tab")
        await stage.until("Renewed until Saturday 21 November 2026, in 14 days.")
        await stage.press("f4")
        await stage.until(lambda: stage.hint == "A renewal is somebody's decision: write who decided it.")
        await stage.focus("#sunset")
        await stage.press("l", "f4")
        await stage.until(lambda: stage.hint == "Choose what comes next: act, reflect or pause.")
        await stage.focus("#rhythm")
        await stage.press("p")
        await armed(stage, "f4")
        assert not stage.debrief.sealed
        await stage.press("f4")
        await stage.until("as it was left", lambda: stage.saved.sealed)
        assert stage.saved.session.no_amendment == "too few of us"
        assert stage.saved.events[-1].what == "sealed"
        assert stage.get("#pages", OptionList).option_count == 12
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen), "debriefed")


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_what_the_room_has_not_seen_or_entered_is_told_of_before_it_is_left_behind(path: Path) -> None:
    async with begun(path, size=(120, 40)) as stage:
        await stage.go("reposition")
        await armed(stage, "f8")
        assert stage.hint.endswith("though 9 ballots are not revealed (F4).")
        await stage.press("f8")
        await stage.until(lambda: stage.phase == "amendments")
        await stage.press("f3", "ctrl+t")
        await stage.until("Taken back: edit it and press F4")
        await stage.focus("#principle")
        await stage.type(" too")
        await armed(stage, "f8")
        assert "though an amendment is typed and not entered (F4)." in stage.hint
        await armed(stage, "ctrl+q")
        assert "though an amendment is typed and not entered (F4);" in stage.hint
        await stage.go("close")
        await stage.until(
            lambda: "Typed and not entered in amendments: F9 goes back, the seal drops it." in stage.reads("#wanting"),
            lambda: "9 ballots are not revealed: the seal shows them. F9 and F4" in stage.reads("#wanting"),
            "No gap yet: 9 ballots are not revealed.",
        )
        stage.app.change(lambda d, _: d.with_session(closing=d.session.closing.but(sunset="lapse", rhythm="act")))
        await armed(stage, "f4")
        assert stage.hint.endswith(
            "9 ballots are revealed by that. What is typed in amendments and not entered is dropped."
        )
        await stage.press("f4")
        await stage.until("as it was left", lambda: stage.saved.session.revealed == 1)


@pytest.mark.usefixtures("live")
async def test_what_the_seal_does_is_told_to_its_end_on_a_small_terminal(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("close")
        stage.app.change(lambda d, _: d.with_session(closing=d.session.closing.but(sunset="lapse", rhythm="act")))
        await stage.until(f"Nothing is missing. ! {flow.blind_at_the_seal(stage.debrief)}")


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_a_renewed_probe_is_sealed(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("close")
        await stage.focus("#sunset")
        await stage.press("r", "tab", *"whenever")
        for id, text in (("decided", "all of us"), ("reason", "one more weekend")):
            await stage.focus(f"#{id}")
            await stage.type(text)
        await stage.focus("#rhythm")
        await stage.press("a", "f4", "f4")
        await stage.until("Type a date as 2026-11-07", lambda: "again" not in stage.hint)
        assert not stage.debrief.sealed
        await stage.focus("#until")
        await stage.press(*("backspace",) * 8, *"2026-12-31")
        await armed(stage, "f4")
        await stage.press("f4")
        await stage.until("as it was left", lambda: stage.saved.sealed)
        assert str(stage.saved.session.closing.renewed_until) == "2026-12-31"


@pytest.mark.usefixtures("live")
async def test_an_amendment_is_enough_for_the_seal(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("close", no_amendment="")
        stage.app.change(lambda d, _: d.with_session(closing=d.session.closing.but(sunset="lapse", rhythm="act")))
        await stage.until("Nothing is missing.")
        await armed(stage, "f4")
        await stage.press("f4")
        await stage.until("as it was left")
        assert stage.saved.sealed


@pytest.mark.usefixtures("due")
async def test_a_paused_clock_starts_in_no_phase_by_itself_and_that_is_said(path: Path) -> None:
    async with begun(path, start=True) as stage:
        await stage.press("f5")
        await armed(stage, "f8")
        assert stage.hint.startswith("F8 again: on to silent mapping (5:00 left here, the clock stays paused)")
        await armed(stage, "ctrl+q")
        assert "the clock stays paused" in stage.hint
        await armed(stage, "f8")
        await stage.press("f8")
        await stage.until(lambda: stage.phase == "silent_mapping", "PAUSED: F5 goes on")
        assert not stage.debrief.clock().running


@pytest.mark.sweep
@pytest.mark.usefixtures("due")
async def test_a_name_at_the_close_is_completed_however_the_field_is_left(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("close")
        await stage.press("down", "enter")
        for field, name in (("#facilitator", "next_facilitator"), ("#decided", "decided_by")):
            for key in ("tab", "enter", "shift+tab"):
                await stage.focus(field)
                await stage.press(*("backspace",) * 8, *"hes", key)
                assert getattr(stage.saved.session.closing, name) == "Hesper"
                assert stage.get(field, Input).value == "Hesper"


@pytest.mark.sweep
@pytest.mark.usefixtures("due")
async def test_a_role_that_is_new_is_told_of_and_the_wall_counts_the_groups_that_were_heard(path: Path) -> None:
    async with begun(path) as stage:
        await stage.enter("Zoe, 2, wizard")
        await stage.until("“wizard” is a new role. Known are facilitator")
        await stage.enter("Yan, 2, observer")
        await stage.until(lambda: "wizard" not in stage.hint)
        await stage.go("small_groups")
        await stage.enter("3 groups", "2- lanyards decide # p1")
        await stage.press("f2")
        await stage.until("1 pattern from 1 of 3 groups")


@pytest.mark.usefixtures("due")
async def test_below_the_smallest_size_nothing_is_promised_of_keys(path: Path) -> None:
    async with begun(path) as stage:
        await stage.type("Zo")
        await stage.resize(50, 15)
        await stage.until("what was typed is kept, keys pressed now are not")
        await stage.type("e")
        await stage.resize(80, 24)
        await stage.until(lambda: stage.phase == "opening" and stage.get("#field", EntryField).value == "Zo")


@pytest.mark.sweep
@pytest.mark.usefixtures("due")
async def test_lines_that_were_refused_are_told_of_and_kept_when_the_phase_is_left_or_redraw_is_killed(
    path: Path,
) -> None:
    async with begun(path) as stage:
        await stage.go("silent_mapping")
        stage.paste("@Zz one\n@Zz two\n+ three\n@Zz four")
        await stage.until("Nobody here is called that: type the first letters of a name. (2 more to correct)")
        await armed(stage, "ctrl+q")
        assert "though 3 lines are not entered" in stage.hint
        await armed(stage, "f9")
        assert stage.hint == "F9 again: back to opening, as you left it, though 3 lines are not entered."
        await armed(stage, "f8")
        assert stage.hint == "F8 again: on to small groups (10:00 left here), though 3 lines are not entered."
        await stage.press("f8")
        await stage.until(lambda: stage.phase == "small_groups")
        await stage.press("f9", "f9")
        await stage.until(lambda: stage.phase == "silent_mapping", "2 more lines to correct")
        await stage.press("f2")
        stage.app._tick()
    async with begun(path) as stage:
        await stage.until(lambda: stage.phase == "silent_mapping", "2 more lines to correct")
        assert [m.text for m in stage.saved.moments] == ["three"]
        field = stage.get("#field", EntryField)
        await stage.press("f2", "f3", "enter")
        await stage.until("Nobody here is called “Zz”", "(2 more to correct)", lambda: field.value == "@Zz one")
        await stage.press("escape")
        await stage.until("(1 more to correct)", lambda: field.value == "@Zz two")
        await stage.press(*("backspace",) * 7)
        await stage.until(lambda: field.value == "")
        await stage.press("enter")
        await stage.until(lambda: field.value == "@Zz four", lambda: "more" not in stage.hint)
        await stage.press("escape")
        await stage.until(lambda: field.value == "", lambda: "wait" not in stage.hint)


@pytest.mark.sweep
async def test_a_ballot_that_was_not_entered_is_told_of_at_the_reveal_and_never_shown(path: Path) -> None:
    taken_in(path, ROOM | {"actual": ROOM["actual"][:8]}, began=NOW - 600, phase="reposition")
    async with begun(path) as stage:
        await stage.press("f3")
        await stage.type("ij 3 7")
        await armed(stage, "f4")
        assert "8 of 9 have placed, though a line is not entered" in stage.hint
        await stage.press("f4")
        await stage.until("Round 1, revealed, 8 placed", f"ij {HIDDEN} {HIDDEN}")
        await stage.press("escape", "f4", "f4", "f3")
        await stage.enter("ay 1 1", "br 2 2", "cu 4 9")
        await stage.press("up")
        await stage.until(f"ij {HIDDEN} {HIDDEN}")  # what Escape has emptied, hidden as before
        await stage.press("up")
        await stage.until("What was placed is shown to nobody again")
        await stage.press("escape")
        await armed(stage, "f4")
        assert "though" not in stage.hint
        await stage.press("f4")
        await stage.until("Round 2, revealed, 3 placed")
        assert stage.get("#field", EntryField).value == ""


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_what_is_shown_while_it_is_typed_is_hidden_again_on_the_wall_and_behind_the_curtain(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("opening")
        await stage.press("f3", "ctrl+g")
        await stage.type("- secret")
        await stage.until("- secret")
        await stage.press("f2")
        await stage.until(HIDDEN * len("- secret"))
        await stage.press("f2", "f3", "ctrl+g", "ctrl+g")
        await stage.until("- secret")
        await stage.press("f3")
        await stage.until(HIDDEN * len("- secret"))


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_what_is_taken_back_is_named_where_it_may_be_seen(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("opening")
        await stage.enter("Yan, 1, observer")
        await stage.press("ctrl+t")
        await stage.until("Taken back: Yan, 1, observer")
        await stage.enter("Yan, 1")
        await stage.press("f3", "ctrl+t")
        await stage.until("Taken back.")
        await stage.go("reposition", revealed=0)
        await stage.press("ctrl+t")
        await stage.until("Taken back.")


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_in_the_last_phase_the_key_that_seals_it_is_named_when_time_is_up(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("close")
        await stage.press("f5")
        stage.later(1000)
        await stage.until("TIME IS UP F4 seals it when the room is ready")


@pytest.mark.sweep
async def test_an_empty_roster_and_what_nobody_measured_are_told_of_before_they_are_left_behind(path: Path) -> None:
    empty: dict[str, object] = {"participants": [], "moments": [], "patterns": [], "actual": [], "amendments": []}
    taken_in(path, {**ROOM, **empty, "sovereignty": {}}, began=NOW - 600)
    async with begun(path, size=(120, 40)) as stage:
        await armed(stage, "f8")
        assert "though nobody is on the roster, 1 red line not marked (F4)." in stage.hint
        await stage.go("sovereignty")
        await armed(stage, "f8")
        assert stage.hint.endswith("though nothing is measured.")
        await stage.focus("#skills")
        await stage.press("+")
        await armed(stage, "f8")
        assert "though" not in stage.hint
