"""The line forgives: what was refused, emptied, taken back or typed out of sight is not in the way and not lost."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens.frame.question import QuestionScreen
from screens.widgets.entry_field import HIDDEN, EntryField
from screens.widgets.fields import ChoiceField
from screens.widgets.paragraphs import FRESH
from store.session import decisions
from store.wall import counts
from tests.helpers.rooms import NOW, ROOM, closed, room, taken_in
from tests.helpers.stage import FakeClock, Stage, begun, staged
from tests.helpers.sweeps import swept
from tests.screens.test_walk import typed

PEOPLE = [{"alias": f"P{n:02}", "organisation": ("Nightwatch", "Harrowmere Trust")[n % 2]} for n in range(18)]


def before_anything(path: Path, phase: str) -> None:
    """A live session of four people in a phase, with nothing said in it yet."""
    nothing = dict.fromkeys(("actual", "moments", "patterns", "amendments"))
    taken_in(path, room(participants=PEOPLE[:4], **nothing), began=NOW - 60, phase=phase)


def field(stage: Stage) -> str:
    """What stands in the field."""
    return stage.get("#field", EntryField).value


def drawn(stage: Stage) -> str:
    """What the terminal receives of the field."""
    region = stage.get("#field", EntryField).region
    return stage.rows()[region.y][region.x : region.right].rstrip()


@pytest.mark.sweep
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
        await stage.press("f3", "up")
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


@pytest.mark.parametrize("unmasked", [*swept(False), True])
async def test_a_ballot_that_is_in_or_was_taken_back_is_never_shown_again(path: Path, unmasked: bool) -> None:
    taken_in(path, room(actual=None), began=NOW - 60, phase="reposition")
    async with begun(path) as stage:
        await stage.press("f3")
        for line in ("ay 3 4", "br 5 5"):
            if unmasked:
                await stage.press("ctrl+g")
            await stage.type(line)
            assert (line in stage.text()) == unmasked, "what Ctrl+G shows is one line"
            await stage.press("enter")
        for key in ("up", "ctrl+t", "up", "ctrl+y", "up", "ctrl+t", "ctrl+t", "up"):
            await stage.press(key)
            assert field(stage) == ""
            assert not any(line in stage.flat() for line in ("ay 3 4", "br 5 5", "Ayzel 3 4", "Brannoc 5 5")), key
        assert not stage.debrief.ballots(1)
        await stage.until("What was placed is shown to nobody again: enter that name anew.")


async def test_a_ballot_is_mended_by_entering_it_anew(path: Path) -> None:
    taken_in(path, room(actual=None), began=NOW - 60, phase="reposition")
    async with begun(path) as stage:
        await stage.enter("ay 3 4", "br 5 5", "ay 9 9")
        await stage.until("That person has placed already: Enter once more replaces it, Escape leaves it as it was.")
        await stage.press("enter")
        await stage.until("A ballot is in: two numbers.")
        assert {each.by: each.autonomy for each in stage.saved.ballots(1)} == {"Ayzel": 9, "Brannoc": 5}
        await stage.enter("br 1 1")
        await stage.press("escape")
        await stage.enter("br 2 2")
        await stage.until("has placed already")
        assert {each.by: each.autonomy for each in stage.saved.ballots(1)} == {"Ayzel": 9, "Brannoc": 5}
        await stage.press("escape", "ctrl+t")
        assert {each.by: each.autonomy for each in stage.saved.ballots(1)} == {"Ayzel": 3, "Brannoc": 5}


# ------------------------------------------------------------------------------------------ steps, numbers, lists


@pytest.mark.sweep
async def test_ctrl_t_and_ctrl_y_go_over_steps_and_the_screen_says_so(path: Path) -> None:
    taken_in(path, room(), began=NOW - 60, phase="small_groups")
    async with begun(path) as stage:
        before = stage.saved.patterns
        await stage.enter("1- one # 1", "2+ two # p2")
        stage.paste("1- three # 1\n1- four # 1\n1- five # 1")
        await stage.until(lambda: len(stage.debrief.patterns) == len(before) + 5)
        await stage.enter(f"{len(before) + 1}: one, rather")
        await stage.until(f"Pattern {len(before) + 1} is changed. Ctrl+T undoes that.")
        assert stage.saved.patterns[len(before)].moments == (1,), "what a new wording doesn't say stays"
        states = [stage.saved]
        for said in ("Taken back", "Taken back: 3 lines", "Taken back: 2+ two # p2", "Taken back: 1- one # 1"):
            await stage.press("ctrl+t")
            await stage.until(said, "Ctrl+Y brings it back")
            states.append(stage.saved)
        assert stage.saved.patterns == before
        for state in reversed(states[:-1]):
            await stage.press("ctrl+y")
            await stage.until("Brought back")
            assert stage.saved == state
        await stage.press("ctrl+y")
        await stage.until("There is nothing to bring back")


@pytest.mark.parametrize("phase", ["silent_mapping", "small_groups"])
async def test_any_entry_is_mended_and_taken_out_by_the_number_that_its_list_shows(path: Path, phase: str) -> None:
    table = "moments" if phase == "silent_mapping" else "patterns"
    found = room(amendments=None, patterns=room()["patterns"] if table == "patterns" else None)
    taken_in(path, found, began=NOW - 60, phase=phase)
    async with begun(path) as stage:
        if phase == "silent_mapping":
            await stage.press("f2", "f3")
        await stage.until(lambda: stage.reads(f"#{table}").startswith("1 "))
        before = getattr(stage.saved, table)
        await stage.enter("1: other words")
        await stage.until("1 is changed. Ctrl+T undoes that.", "other words")
        assert getattr(stage.saved, table) == (before[0].but(text="other words"), *before[1:])
        await stage.enter("-2")
        await stage.until("2 is out")
        assert [each.number for each in getattr(stage.saved, table)] == [
            each.number for each in before if each.number != 2
        ]
        await stage.press("ctrl+t", "ctrl+t")
        await stage.until(lambda: getattr(stage.saved, table) == before)
        await stage.enter("99: nothing")
        await stage.until("There is no ", "99: they go from 1 to")


async def test_behind_the_curtain_a_number_mends_and_shows_nothing(path: Path) -> None:
    taken_in(path, room(patterns=None, amendments=None), began=NOW - 60, phase="silent_mapping")
    async with begun(path) as stage:
        old = stage.saved.moments[1]
        await stage.enter("2: what nobody should read")
        await stage.until("Moment 2 is changed", lambda: stage.saved.moments[1].text == "what nobody should read")
        assert stage.saved.moments[1] == old.but(text="what nobody should read")
        assert "nobody should" not in stage.text()
        await stage.press("ctrl+t")
        await stage.until("Taken back.")
        assert "nobody should" not in stage.text()
        assert stage.saved.moments[1] == old


@pytest.mark.parametrize("size", [(80, 24), *swept((120, 40))], ids=str)
async def test_a_list_follows_and_marks_what_was_just_entered_and_says_how_many_there_are(
    path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [{"felt": "strengthened", "text": f"the {n}th of them"} for n in range(60)]
    taken_in(path, room(moments=many, patterns=None, amendments=None), began=NOW - 60, phase="silent_mapping")
    async with begun(path, size=size) as stage:
        await stage.press("f2", "f3")
        await stage.until(lambda: stage.panel("#moments-box") == "Moments 60")
        monkeypatch.setattr("screens.frame.following.MARKED_FOR", 20.0)
        await stage.enter("a late one")
        assert "61 + a late one" in stage.flat()
        assert marked(stage) == "61 + a late one"
        assert stage.panel("#moments-box") == "Moments 61"
        monkeypatch.setattr("screens.frame.following.MARKED_FOR", 0.3)
        await stage.enter("3: far above")
        await stage.until("3 + far above")
        assert marked(stage) in ("3 + far above", "")
        await stage.until(lambda: not marked(stage))
        assert "far above" in stage.text(), "unmarking moves nothing"


def marked(stage: Stage, selector: str = "#moments") -> str:
    """The text of a widget that is marked."""
    widget = stage.get(selector, Widget)
    content = widget.visual if isinstance(widget, Static) else widget.render()
    assert isinstance(content, Content)
    spans = [span for span in content.spans if span.style == FRESH]
    return "".join(content.plain[span.start : span.end] for span in spans).strip()


@pytest.mark.parametrize("many", [False, True])
async def test_a_word_that_was_just_said_is_marked_and_in_sight(
    path: Path, monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    words = {f"word number {n} of many": 2 for n in range(90)} if many else {"jittery": 2}
    taken_in(path, room(feelings=words), began=NOW - 60, phase="decompression")
    async with begun(path) as stage:
        assert not marked(stage, "#said")
        monkeypatch.setattr("screens.frame.following.MARKED_FOR", 20.0)
        for line, said in (("漢字", "漢字"), ("漢字 2, -", "漢字 3  -")):
            await stage.enter(line)
            if many:
                assert "".join(marked(stage, "#said").split()) == "".join(said.split())
                assert said.split("  ")[0] in stage.text()
            else:
                assert marked(stage, "#said")
        monkeypatch.setattr("screens.frame.following.MARKED_FOR", 0.1)
        await stage.enter("漢字")
        await stage.until(lambda: not marked(stage, "#said"))
        assert "漢字" in stage.text()
        await stage.press("ctrl+t")
        await stage.until(lambda: stage.saved.session.feelings["漢字"] == 3)


async def test_a_moment_from_a_paper_map_is_marked_in_the_review_and_in_sight(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [{"felt": "strengthened", "text": f"the {n}th of them"} for n in range(60)]
    closed(path, moments=many, patterns=None, amendments=None)
    clock = FakeClock()
    async with staged(path, clock) as stage:
        await stage.press("enter")
        stage.turn_to("Moments")
        await stage.press("f3", "tab")
        monkeypatch.setattr("screens.frame.following.MARKED_FOR", 20.0)
        await stage.enter("+ a late one")
        await stage.until("61 + a late one (added later)", "Entered, marked added later.")
        assert marked(stage, "#text") == "61 + a late one (added later)"
        monkeypatch.setattr("screens.frame.following.MARKED_FOR", 0.1)
        await stage.enter("+ a later one")
        await stage.until(lambda: not marked(stage, "#text"))
        assert "62 + a later one" in stage.text(), "unmarking moves nothing"
        assert "Entered, marked added later." in stage.hint
        await stage.enter("+ Ayzel: no, Brannoc", "+ nobody")
        await stage.enter("ayzel said it")
        await stage.until("It begins with a name: “@name …” keeps that apart. Up edits it.")
        assert stage.saved.moments[-1].text == "ayzel said it"


async def test_a_moment_in_small_groups_that_begins_with_a_name_says_so(path: Path) -> None:
    taken_in(path, room(), began=NOW - 60, phase="small_groups")
    async with begun(path) as stage:
        for line in ("m- we were late", "m+ @Ayzel we spoke", "1- Ayzel spoke # 1"):
            await stage.enter(line)
            assert "begins with a name" not in stage.hint
        stage.paste("1- a pattern # 1\nm+ Ayzel: we spoke\nm- and left")
        await stage.settle()
        await stage.until("It begins with a name: “@name …” keeps that apart. “m6: …” edits it.")
        assert stage.saved.moments[5].text == "Ayzel: we spoke"
        await stage.enter("m6: @Ayzel we spoke")
        await stage.until(lambda: (stage.saved.moments[5].by, stage.saved.moments[5].text) == ("Ayzel", "we spoke"))


# -------------------------------------------------------------------------------------------- the wall, and leaving


@pytest.mark.parametrize(
    ("phase", "selector"),
    [("amendments", "#principle"), *swept(["sovereignty", "#skills-note"], ["close", "#reason"])],
)
async def test_the_wall_and_back_keep_the_field_its_text_and_the_cursor(path: Path, phase: str, selector: str) -> None:
    taken_in(path, room(sovereignty=None, closing=None), began=NOW - 60, phase=phase)
    async with begun(path) as stage:
        await stage.focus(selector)
        await stage.type("abcd")
        await stage.press("left", "left", "f2")
        stage.send("x", "y", "backspace")  # typed on the wall
        await stage.settle()
        stage.send("f2", "z")
        await stage.until(lambda: typed(stage, selector) == "abxzcd")
        stage.send("f2", "f2", "1", "f2", "2", "f2", "3")  # faster than anything is drawn
        await stage.until(lambda: typed(stage, selector) == "abxz123cd")
        assert stage.screen.focused is stage.get(selector, Widget)
        await stage.until(lambda: phase != "sovereignty" or stage.saved.session.began is not None)


async def test_a_choice_is_not_made_on_the_wall_and_keeps_the_focus(path: Path) -> None:
    taken_in(path, room(sovereignty=None), began=NOW - 60, phase="sovereignty")
    async with begun(path) as stage:
        await stage.press("f2", "2")
        await stage.until("F2 leaves the wall view; what is filled in is behind it.")
        assert not stage.saved.session.sovereignty
        await stage.press("f2", "2")
        assert [said.change for said in stage.saved.session.sovereignty.values()] == [2]
        assert isinstance(stage.screen.focused, ChoiceField)


@pytest.mark.parametrize("phase", ["opening", *swept("reposition", "decompression")])
async def test_a_line_that_is_typed_half_on_the_wall_is_one_line(path: Path, phase: str) -> None:
    taken_in(path, room(), began=NOW - 60, phase=phase)
    async with begun(path) as stage:
        stage.send(*"abd", "left", "f2", "c", "f2", "end", "e")
        await stage.until(lambda: field(stage) == "abcde")


@pytest.mark.sweep
async def test_a_session_that_was_left_on_purpose_is_not_called_an_unexpected_end(path: Path) -> None:
    taken_in(path, room(), began=NOW - 60, phase="opening")
    clock = FakeClock()
    async with begun(path, clock, start=True) as stage:
        await stage.press("ctrl+q", "ctrl+q")
        await stage.until(lambda: not stage.phase)
    clock.now += 600
    async with staged(path, clock) as stage:
        await stage.press("enter")
        left = datetime.fromtimestamp(NOW).astimezone()
        await stage.until(f"This session was left at {left:%H:%M}, 10 min ago; its clock went on.")
        assert "unexpectedly" not in stage.text()
        await stage.answer("1")
        await stage.until(lambda: stage.phase == "opening")
    clock.now += 600  # killed: nobody has left it this time
    async with staged(path, clock) as stage:
        await stage.press("enter")
        await stage.until("or it ended unexpectedly")


# -------------------------------------------------------------------------------------------- who is here, who placed


async def test_taking_somebody_out_asks_what_to_do_with_what_hangs_on_them(path: Path) -> None:
    actual = [each for each in room()["actual"] if each["by"] != "Dagny"]
    taken_in(path, room(actual=actual, patterns=None, amendments=None), began=NOW - 60, phase="opening")
    async with begun(path) as stage:
        before = stage.saved
        await stage.enter("-ijeo")
        await stage.until("There is: 1 ballot", "Ijeoma has left", "Entered by mistake")
        await stage.press("escape")
        await stage.until(lambda: not isinstance(stage.screen, QuestionScreen))
        assert stage.saved == before
        await stage.enter("-ijeo")
        await stage.press("1")
        await stage.until("Ijeoma (left)", ", 1 left")
        assert stage.saved.ballots(1) == before.ballots(1)
        assert [each.alias for each in stage.saved.participants if each.left] == ["Ijeoma"]
        await stage.press("ctrl+t")
        await stage.until(lambda: stage.saved == before)
        await stage.enter("-ijeo")
        await stage.press("2")
        await stage.until(lambda: "Ijeoma" not in stage.saved.names)
        assert len(stage.saved.ballots(1)) == len(before.ballots(1)) - 1
        await stage.press("ctrl+t")
        await stage.until(lambda: stage.saved == before)
        # on the wall nobody is named, and the line waits
        await stage.press("f2")
        await stage.enter("-ijeo")
        assert not isinstance(stage.screen, QuestionScreen)
        assert "Ijeoma" not in stage.text()
        await stage.press("f2", "enter")
        await stage.until("Ijeoma has left")


@pytest.mark.parametrize(("answer", "ballots", "moments"), [("3", 8, 2), *swept(["2", 9, 3])])
@pytest.mark.usefixtures("live")
async def test_who_has_placed_is_taken_out_after_the_reveal_and_comes_back_whole(
    path: Path, answer: str, ballots: int, moments: int
) -> None:
    async with begun(path) as stage:
        stage.app.live.change(decisions.reveal)
        before = stage.saved
        await stage.enter("-dagny")
        await stage.until("There is: 1 moment, 1 ballot", "stays as somebody's", "what they said in this probe")
        await stage.press(answer)
        await stage.until("Dagny is out of the roster.", "Ctrl+T undoes that.")
        after = stage.saved
        assert "Dagny" not in str([*after.records()])
        assert (len(after.ballots(1)), len(after.moments)) == (ballots, moments)
        assert stage.has("Rests on fewer moments: pattern") == (after.patterns != before.patterns)
        await stage.go("reposition")
        assert counts.count(stage.debrief) == f"{ballots} of {ballots} have placed"
        await stage.press("f3")
        await stage.go("opening")
        await stage.press("ctrl+t")
        await stage.until(lambda: stage.saved == before)
        await stage.press("ctrl+y")
        await stage.until(lambda: stage.saved == after)


@pytest.mark.usefixtures("live")
async def test_a_name_is_edited_everywhere_and_that_is_said_but_not_on_the_wall(path: Path) -> None:
    async with begun(path) as stage:
        before = stage.saved
        await stage.enter("dagny = Dagmar")
        await stage.until("Dagny is Dagmar now, everywhere in this probe. Ctrl+T undoes that.")
        assert "Dagny" not in str([*stage.saved.records()])
        await stage.press("ctrl+t")
        await stage.until(lambda: stage.saved == before)
        await stage.press("f2")
        await stage.enter("dagny = Dagmar")
        await stage.until(lambda: "Dagmar" in stage.saved.names)
        assert "Dagmar" not in stage.flat()


async def test_who_is_taken_out_of_the_roster_is_said_and_on_the_wall_is_not(path: Path) -> None:
    before_anything(path, "opening")
    async with begun(path) as stage:
        await stage.enter("-P01")
        await stage.until("P01 is out of the roster. Ctrl+T undoes that.")
        await stage.press("f2")
        await stage.enter("-P02")
        await stage.until(lambda: len(stage.debrief.participants) == 2)
        assert "P02" not in stage.hint


async def test_the_hint_is_one_line_and_says_first_what_must_not_be_forgotten(path: Path) -> None:
    before_anything(path, "silent_mapping")
    async with begun(path) as stage:
        await stage.enter("@nobody + it rained")
        await stage.until("Nobody here is called that")
        await stage.type("x")
        await stage.press("escape")
        await stage.until("Up: 1 line that was refused")
        assert stage.get("#hint", Static).size.height == 1
        assert stage.hint.startswith("Up: 1 line that was refused  ·  Tab for")


async def test_an_organisation_is_corrected_in_place(path: Path) -> None:
    taken_in(path, room(), began=NOW - 60, phase="opening")
    async with begun(path) as stage:
        before = stage.saved
        await stage.enter("Ayzel, Kettle and Key")
        await stage.until("Ayzel is with Kettle and Key, and no longer with Breathers of Pellan. Ctrl+T undoes that.")
        assert stage.saved.organisation_of("Ayzel") == "Kettle and Key"
        assert len(stage.saved.participants) == len(before.participants)
        assert stage.saved.ballots(1) == before.ballots(1)
        await stage.press("ctrl+t")
        await stage.enter("1: The Breathers")
        await stage.until("1 The Breathers")
        assert "Breathers of Pellan" not in {each.organisation for each in stage.saved.participants}
        await stage.press("ctrl+t")
        await stage.until(lambda: stage.saved == before)


async def test_the_operator_sees_who_has_not_placed_and_the_hall_never_does(path: Path) -> None:
    taken_in(path, room(actual=ROOM["actual"][:-2]), began=NOW - 60, phase="reposition")
    waiting = [each["by"] for each in ROOM["actual"][-2:]]
    async with begun(path) as stage:

        def named() -> bool:
            return any(name in stage.text() for name in waiting)

        assert not named()
        await stage.press("ctrl+n")
        await stage.until("The names stay behind the curtain")
        assert not named()
        await stage.press("f3", "ctrl+n")
        await stage.until(f"Not placed yet (2): {', '.join(waiting)}")
        for key in ("ctrl+n", "escape"):
            await stage.press(key)
            assert not named(), key
            await stage.press("ctrl+n")
            assert named()
        for key in ("f2", "f3"):
            await stage.press(key)
            assert not named(), key
            await stage.press("ctrl+n")
            await stage.until("The names stay behind the curtain")
            assert not named(), key
            await stage.press(key)
            assert not named(), "and back it has to be asked again"
            await stage.press("ctrl+n")
            assert named()
        await stage.press("ctrl+n")
        assert not named(), "and back from the wall it has to be asked again"
        await stage.press("ctrl+n")
        await stage.enter(f"{waiting[0]} 3 4")
        await stage.until(f"Not placed yet (1): {waiting[1]}")
        await stage.press("f4", "f4")
        await stage.until(lambda: stage.saved.session.revealed == 1)
        assert not named()
        await stage.press("ctrl+n")
        assert not named()
        await stage.press("f4", "f4")  # a second round, with the curtain drawn over the first
        await stage.until(lambda: stage.saved.session.round == 2)
        await stage.press("ctrl+n")
        await stage.until("The names stay behind the curtain")
        assert not named()
        await stage.press("f3", "ctrl+n")
        await stage.until(lambda: named(), "Not placed yet (9)")


def seconds_left(stage: Stage) -> int:
    """For how many seconds more a reveal can be taken back, as the screen says it; 0 where it says nothing."""
    found = re.search(r"takes the reveal back \((\d+) s\)", stage.text())
    return int(found[1]) if found else 0


async def test_a_reveal_is_taken_back_on_the_screen_within_its_seconds(path: Path) -> None:
    taken_in(path, room(), began=NOW - 60, phase="reposition")
    async with begun(path) as stage:
        before = stage.saved
        await stage.press("f4", "f4")
        await stage.until(lambda: 0 < seconds_left(stage) <= 10, lambda: stage.saved.session.revealed == 1)
        stage.later(7)
        await stage.until(lambda: 0 < seconds_left(stage) <= 3)
        await stage.press("ctrl+t")
        await stage.until("The reveal is taken back: what was placed is blind again.", "Blind", "9 of 9 have placed")
        assert stage.saved.with_session(curtain=False) == before
        assert not stage.screen.has_class("-revealed")
        await stage.press("f4", "f4")
        await stage.until(lambda: seconds_left(stage))
        stage.later(11)
        await stage.until(lambda: "takes the reveal back" not in stage.text())
        await stage.press("ctrl+t")
        await stage.until("The reveal stays")
        assert stage.saved.session.revealed == 1


@pytest.mark.parametrize(
    ("phase", "typed", "lead"),
    [
        ("silent_mapping", "@ay - we", "− compromised"),
        ("silent_mapping", "-2", "Moment 2 out"),
        *swept(
            ["silent_mapping", "-", "− compromised"],
            ["small_groups", "2-", "group 2 −"],
            ["small_groups", "-1", "Pattern 1 out"],
            ["opening", "-ana", "out ›"],
            ["reposition", "-ana", "takes back ›"],
        ),
    ],
)
async def test_the_label_says_what_a_dash_does_there(path: Path, phase: str, typed: str, lead: str) -> None:
    taken_in(path, room(), began=NOW - 60, phase=phase)
    async with begun(path) as stage:
        label = stage.get("#lead", Static)
        if phase == "silent_mapping":
            await stage.press("f2")
        at_first = str(label.visual)
        await stage.type(typed)
        assert str(label.visual) == lead
        await stage.press("f2")
        assert str(label.visual) == at_first, "the wall tells nothing of what is typed"
        await stage.press("f2", "escape")
        assert str(label.visual) == at_first
