"""The line forgives: what was refused, emptied, taken back or typed out of sight is not in the way and not lost."""

from pathlib import Path

import pytest

from screens.widgets.entry_field import HIDDEN, EntryField
from tests.helpers.rooms import NOW, ROOM, room, taken_in
from tests.helpers.stage import Stage, begun

PEOPLE = [{"alias": f"P{n:02}", "organisation": ("Nightwatch", "Harrowmere Trust")[n % 2]} for n in range(18)]


def field(stage: Stage) -> str:
    """What stands in the field."""
    return stage.get("#field", EntryField).value


def drawn(stage: Stage) -> str:
    """What the terminal receives of the field."""
    region = stage.get("#field", EntryField).region
    return stage.rows()[region.y][region.x : region.right].rstrip()


async def test_of_eighteen_ballots_with_one_refused_seventeen_go_in(path: Path) -> None:
    taken_in(path, room(participants=PEOPLE, actual=None), began=NOW - 60, phase="reposition")
    async with begun(path) as stage:
        lines = [f"P{n:02} {n % 11} 5" for n in range(18)]
        lines[4] = "P04 4,5 5,5"
        stage.send(*(key for line in lines for key in (*line, "enter")))
        await stage.until(lambda: len(stage.debrief.ballots(1)) == 17, lambda: field(stage) == "")
        assert [ballot.by for ballot in stage.saved.ballots(1)] == [f"P{n:02}" for n in range(18) if n != 4]
        await stage.until("Up: 1 line that was refused")
        await stage.press("f4")
        await stage.until("17 of 18 have placed, though a line is not entered")
        # Up brings it back, hidden as it was typed, to be corrected
        await stage.press("up")
        assert field(stage) == lines[4]
        assert drawn(stage) == f"P{HIDDEN}{HIDDEN} {HIDDEN},{HIDDEN} {HIDDEN},{HIDDEN}"
        await stage.press(*("backspace",) * 7, *"4 5", "enter")
        await stage.until(lambda: len(stage.debrief.ballots(1)) == 18)
        assert stage.saved.ballots(1)[-1].by == "P04"
        assert "refused" not in stage.hint


async def test_ten_keys_after_a_refusal_are_a_line_of_their_own_and_an_arrow_begins_to_correct(path: Path) -> None:
    taken_in(path, room(), began=NOW - 60, phase="small_groups")
    async with begun(path) as stage:
        await stage.enter("no ground")
        await stage.until("Say what it rests on", lambda: field(stage) == "no ground")
        await stage.type("0123456789")
        assert field(stage) == "0123456789"
        assert "Say what it rests on" not in stage.hint
        await stage.press("escape", "up", "up")
        assert field(stage) == "no ground"
        await stage.press("down")
        assert field(stage) == "0123456789"
        await stage.press("down")
        assert field(stage) == ""
        await stage.press("up", "up")
        await stage.enter(" # 1")
        await stage.until(lambda: stage.saved.patterns[-1].text == "no ground")
        # a refused line is corrected where the first key moves the cursor or erases
        await stage.enter("no ground either")
        await stage.press("end")
        await stage.enter(" # p2")
        await stage.until(lambda: stage.saved.patterns[-1].text == "no ground either")
        # and a paste begins anew like a letter
        await stage.enter("nor here")
        stage.paste("a line that was copied")
        await stage.until(lambda: field(stage) == "a line that was copied")


async def test_escapes_text_comes_back_with_up_before_the_last_entry_does(path: Path) -> None:
    taken_in(path, room(), began=NOW - 60, phase="opening")
    async with begun(path) as stage:
        await stage.type("Half a name")
        await stage.press("escape")
        assert field(stage) == ""
        await stage.press("up")
        assert field(stage) == "Half a name"
        await stage.press("up")
        assert field(stage).startswith(ROOM["participants"][-1]["alias"])
        await stage.until("Edit it and press Enter")
        # what is typed is never overwritten
        await stage.press("escape")
        await stage.type("Jor")
        await stage.press("up")
        assert field(stage) == "Jor"
        await stage.enter("unn, Nightwatch")
        await stage.press("up", "escape", "up")
        assert field(stage) == "Half a name"


async def test_refused_lines_survive_a_change_of_phase_and_a_restart(path: Path) -> None:
    taken_in(path, room(actual=None), began=NOW - 60, phase="reposition")
    async with begun(path) as stage:
        await stage.enter("zz 3 4", "br 5 5")
        await stage.until(lambda: len(stage.debrief.ballots(1)) == 1)
        await stage.go("amendments")
        await stage.go("reposition")
        await stage.until("Up: 1 line that was refused")
        stage.app.live.drafts.touch()
        stage.app.live.drafts.keep()
    async with begun(path) as stage:
        await stage.press("up")
        assert field(stage) == "zz 3 4"
        await stage.press("escape")  # it was looked at: nobody is reminded of it any more
        assert "refused" not in stage.hint


@pytest.mark.parametrize("unmasked", [False, True])
async def test_a_ballot_that_is_in_or_was_taken_back_never_comes_back_by_up(path: Path, unmasked: bool) -> None:
    taken_in(path, room(actual=None), began=NOW - 60, phase="reposition")
    async with begun(path) as stage:
        if unmasked:
            await stage.press("ctrl+g")
        await stage.enter("ay 3 4", "br 5 5")
        await stage.press("up", "backspace", "9", "escape")  # edited, and left as it was
        assert field(stage) == ""
        await stage.press("up", "ctrl+t", "escape", "up")  # taken back while it was edited
        await stage.until(lambda: len(stage.debrief.ballots(1)) == 1)
        assert not field(stage).startswith("Brannoc")
        await stage.press("escape", "ctrl+t")
        await stage.until(lambda: not stage.debrief.ballots(1))
        await stage.press("up")
        await stage.until("There is no entry to edit")
        assert field(stage) == ""
