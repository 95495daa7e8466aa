"""What the room may see: the curtain, the wall, hidden typing, blind ballots, small organisations."""

import re
from pathlib import Path

import pytest
from textual.widgets import OptionList

from screens.judging import RedLinesScreen
from screens.phases.base import PhaseScreen
from screens.review import ReviewScreen
from screens.widgets.entry_field import HIDDEN, EntryField
from store.phases import NAMES
from tests.helpers.rooms import NOW, ORGANISATIONS, PEOPLE, PRIVATE, ROOM, closed, room, taken_in
from tests.helpers.stage import Stage, armed, begun, staged

pytestmark = pytest.mark.sweep  # every screen with every text takes minutes; .ci/run has them

GAP = "−3 autonomy, +2 benefit, same 3 people"
"""Of the room's first round."""

TYPED = "Hesper and a secret 3 7"
"""Something private that is being typed."""


def leaks(stage: Stage) -> list[str]:
    """What of the private things can be read on the screen."""
    flat = stage.flat()
    return [text for text in (*PRIVATE, "secret") if text in flat]


def on_wall(stage: Stage) -> list[str]:
    """The same, but for what is public on the wall of this phase."""
    return [text for text in leaks(stage) if text not in PUBLIC.get(stage.phase, ())]


def phase_screen(stage: Stage) -> PhaseScreen:
    assert isinstance(stage.screen, PhaseScreen)
    return stage.screen


PUBLIC = {
    "opening": ("never without the nightshift",),
    "amendments": (ROOM["amendments"][0]["principle"],),
    "close": (ROOM["amendments"][0]["principle"],),
}
"""What of it the room reads out or agrees on, by the phase in which it stands on the wall."""


async def on_the_wall(stage: Stage) -> None:
    """The wall view shows nothing private, whatever is typed or pressed."""
    if not phase_screen(stage).wall:
        await stage.press("f2")
    await stage.until(phase_screen(stage).phase.prompt[:20])
    assert on_wall(stage) == [], stage.phase
    if stage.screen.query(EntryField):
        await stage.type(TYPED)
        assert on_wall(stage) == [], stage.phase
        await stage.until(HIDDEN * len(TYPED))
        await stage.press("enter")  # taken or refused, nothing of it is told
        assert on_wall(stage) == [], stage.phase
        await stage.press("escape")
    stage.send("f3", "ctrl+t", "f4", "up")
    await stage.settle()
    if isinstance(stage.screen, RedLinesScreen):  # they are read out to everybody
        assert leaks(stage) == ["never without the nightshift"]
        await stage.press("escape")
    assert on_wall(stage) == [], stage.phase
    await stage.press("escape", "f2")


async def behind_the_curtain(stage: Stage) -> None:
    """F3 draws the curtain and opens it; it is drawn from the start in silent mapping and for ballots."""
    screen = phase_screen(stage)
    if screen.curtain:
        assert stage.phase in ("silent_mapping", "reposition")
    else:
        await stage.press("f3")
    if stage.phase == "reposition":  # what is placed stays blind, whoever opens the curtain
        for _ in range(2):
            assert [text for text in leaks(stage) if text not in ORGANISATIONS] == []
            await stage.press("f3")
        await stage.press("f3")
        return
    await stage.until("curtain drawn: F3 opens it")
    assert leaks(stage) == [], stage.phase
    await stage.press("f3")
    await stage.until(lambda: "curtain drawn" not in stage.hint)
    shown = {"silent_mapping": "the tannoy was ours", "small_groups": "lanyards decide", "opening": "Ayzel"}
    await stage.until(shown.get(stage.phase, ""))


async def typed_unseen(stage: Stage) -> None:
    """Ctrl+G hides what is typed, and shows it again; the curtain stays as it is."""
    curtain = phase_screen(stage).curtain
    if not stage.screen.query(EntryField):
        await stage.focus(
            {"amendments": "#reservations", "sovereignty": "#skills-note", "close": "#reason"}[stage.phase]
        )
    if stage.phase == "reposition":  # digits are hidden there all the while
        await stage.press("ctrl+g")
    await stage.press("end", *"zq")
    await stage.until("zq")
    await stage.press("ctrl+g")
    await stage.until(HIDDEN * 2)
    assert "zq" not in stage.text()
    await stage.press("ctrl+g")
    await stage.until("zq")
    assert phase_screen(stage).curtain == curtain


@pytest.mark.usefixtures("live")
async def test_nobody_sees_what_is_private_in_any_phase(path: Path) -> None:
    async with begun(path) as stage:
        for phase in NAMES:
            await stage.go(phase)
            assert phase_screen(stage).curtain == (phase in ("silent_mapping", "reposition")), phase
            assert phase_screen(stage).wall == (phase == "silent_mapping"), phase
            await on_the_wall(stage)  # which it leaves
            await behind_the_curtain(stage)
            await typed_unseen(stage)


@pytest.mark.usefixtures("live")
async def test_a_refusal_on_the_wall_names_nobody(path: Path) -> None:
    async with begun(path) as stage:
        await stage.press("f2")
        await stage.enter("Hesper, 99")
        await stage.until(HIDDEN * 5, lambda: "was not entered" in stage.hint)
        assert on_wall(stage) == []
        await stage.press("f2", "enter")
        await stage.until("Hesper, 99", "99")


@pytest.mark.usefixtures("live")
async def test_silent_mapping_shows_only_how_many_moments_there_are(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("silent_mapping")
        await stage.until("3 moments in the room", "When did independence feel strengthened?")
        await stage.enter("+ a fourth thing happened")
        await stage.until("4 moments in the room")
        assert "fourth" not in stage.text()
        assert on_wall(stage) == []
        await stage.press("f2")
        await stage.until("Curtain drawn", "4 moments in the room")
        assert "fourth" not in stage.text()
        assert leaks(stage) == []
        await stage.press("f3")
        await stage.until("4 + a fourth thing happened")
        assert "Dagny" not in stage.text(), "who wrote a moment is told to nobody"


def bare(stage: Stage) -> str:
    """The screen's text without the bars beside the counts."""
    return " ".join(re.sub("[─━]+", " ", stage.flat()).split())


async def test_ballots_are_hidden_while_they_are_typed_and_counted_by_organisation(path: Path) -> None:
    taken_in(path, room(actual=None), began=NOW - 600)
    async with begun(path) as stage:
        await stage.go("reposition")
        await stage.until("0 of 9 have placed", "2 others")
        for n, name in zip((4, 3), ORGANISATIONS, strict=False):
            assert f"0 of {n} {name}" in bare(stage)
        assert ORGANISATIONS[2] not in stage.flat(), "its tick would tell whether one of two has placed"
        await stage.type("ay 3 10")
        await stage.until(HIDDEN * 7)
        await stage.press("f3")
        await stage.until(f"ay {HIDDEN} {HIDDEN * 2}")
        await stage.press("f3", "enter")
        await stage.until("1 of 9 has placed", lambda: f"1 of 4 {ORGANISATIONS[0]}" in bare(stage))
        assert [name for name in PEOPLE if name in stage.flat()] == []
        await stage.enter("br 1 2", "cu34", "da 5 6")
        await stage.until(lambda: f"4 of 4 {ORGANISATIONS[0]} ✓" in bare(stage), "4 of 9 have placed")
        assert [(p.by, p.autonomy, p.benefit) for p in stage.saved.ballots(1)] == [
            ("Ayzel", 3, 10),
            ("Brannoc", 1, 2),
            ("Cuthwin", 3, 4),
            ("Dagny", 5, 6),
        ]
        assert [name for name in PEOPLE if name in stage.flat()] == []
        await stage.press("up")
        await stage.until("What was placed is shown to nobody again")


@pytest.mark.usefixtures("live")
async def test_after_the_reveal_no_ballot_can_be_brought_back_and_no_name_is_shown(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("reposition")
        await stage.press("f4", "f4")
        await stage.until("Round 1, revealed, 9 placed")
        await stage.press("up")
        await stage.until("Round 1 is revealed and stays as it is.")
        assert stage.get("#field", EntryField).value == ""
        assert [name for name in PEOPLE if name in stage.flat()] == []
        await stage.enter("ay 1 1")
        await stage.until("Round 1 is revealed and stays as it is: F4 opens a second round.")
        stage.later(11)
        await stage.press("escape", "ctrl+t")
        await stage.until("The reveal stays")
        await stage.press("f3")
        await stage.until("Round 1, revealed, 9 placed")
        assert [name for name in PEOPLE if name in stage.flat()] == []
        await stage.press("f2")
        await stage.until("3 of 3 placed it lower", "9 of 9 have placed")
        assert leaks(stage) == []


@pytest.mark.usefixtures("live")
async def test_round_one_stays_and_the_second_stands_beside_it(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("reposition")
        await stage.press("f4", "f4")
        await stage.until("Round 1, revealed, 9 placed")
        first = stage.saved.ballots(1)
        await stage.press("f4", "f4")
        await stage.until("round 2: 0 of 9 have placed", f"Round 1: {GAP}", "F4 Reveal")
        await armed(stage, "f8")
        assert stage.hint.endswith("though nobody has placed in round 2.")
        await stage.enter("ay 9 9", "br 9 9", "cu 8 9", "-br")
        await stage.until("round 2: 2 of 9 have placed")
        await stage.press("f4", "f4")
        await stage.until("2 ballots are too few: everybody would know whose")
        assert stage.debrief.session.revealed == 1
        await stage.press("f3")
        await stage.until(
            "Round 1, revealed, 9 placed", lambda: "Round 1: 3 of 3 placed it lower" in stage.reads("#words")
        )
        await stage.type("br 9 8")
        await stage.until(f"br {HIDDEN} {HIDDEN}")
        await stage.press("enter")
        await stage.until("Round 2, blind: 3 placed")
        await stage.press("f4", "f4")
        await stage.until(
            "Round 2, revealed, 3 placed",
            "F4 Round 3",
            lambda: "Round 2: 3 of 3" in stage.reads("#words"),
            lambda: f"Round 1: {GAP} ● 5, 5 (9 placed)" in stage.reads("#words"),
        )
        assert stage.saved.ballots(1) == first
        assert [(p.by, p.autonomy) for p in stage.saved.ballots(2)] == [("Ayzel", 9), ("Cuthwin", 8), ("Brannoc", 9)]
        await stage.press("tab", "tab")
        await stage.until("Round 1, revealed, 9 placed", lambda: "● 9, 9 (3 placed)" in stage.reads("#words"))
        await stage.press("f8", "f8")
        await stage.until(lambda: stage.phase == "amendments")
        await stage.press("f9", "f9")
        await stage.until("Round 2, revealed, 3 placed")


async def test_a_reveal_that_would_show_single_votes_is_refused_at_the_first_press(path: Path) -> None:
    taken_in(path, room(actual=ROOM["actual"][:2]), began=NOW - 600, phase="reposition")
    async with begun(path) as stage:
        await stage.press("f4")
        await stage.until("2 ballots are too few: everybody would know whose")
        await armed(stage, "f8")
        assert stage.hint.endswith("though 2 ballots are too few to be revealed.")
        await stage.enter("-ay", "-br")
        await stage.press("f4")
        await stage.until("Nobody has placed yet")
        await armed(stage, "f8")
        assert stage.hint.endswith("though nobody has placed it.")
        await stage.enter("ay 1 1", "br 1 1", "cu 1 1")
        await armed(stage, "f8")
        assert stage.hint.endswith("though 3 ballots are not revealed (F4).")
        await armed(stage, "f4")
        await stage.press("f4")
        await stage.until("Round 1, revealed, 3 placed")


async def test_an_organisation_of_fewer_than_three_ballots_is_never_shown_by_itself(path: Path) -> None:
    taken_in(path, room(expected=None), began=NOW - 600, phase="reposition")
    async with begun(path, size=(120, 40)) as stage:
        await stage.press("f4", "f4")
        await stage.until("Round 1, revealed, 9 placed", f"A {ORGANISATIONS[0]}", "B others")
        assert ORGANISATIONS[1] not in stage.flat(), "beside it the two ballots of the third would follow"
        assert ORGANISATIONS[2] not in stage.flat()
        await stage.press("tab")
        await stage.until(lambda: {"A", "B"} < set(stage.reads("#chart")))
        assert "C" not in stage.reads("#chart")
        assert ORGANISATIONS[2] not in stage.flat()


async def test_small_organisations_stand_together_as_others(path: Path) -> None:
    people = [dict(each) for each in ROOM["participants"]]
    people[6]["organisation"] = "Nightwatch"  # Gudrun: Harrowmere Trust is left with two
    taken_in(path, room(participants=people, expected=None), began=NOW - 600, phase="reposition")
    async with begun(path, size=(120, 40)) as stage:
        await stage.press("f4", "f4")
        await stage.until("Round 1, revealed, 9 placed", f"A {ORGANISATIONS[0]}", "B others")
        for name in (*ORGANISATIONS[1:], "Nightwatch"):
            assert name not in stage.flat()
        await stage.press("tab")
        await stage.until(lambda: {"A", "B"} < set(stage.reads("#chart")))
        assert "C" not in stage.reads("#chart")
        for name in (*ORGANISATIONS[1:], "Nightwatch"):
            assert name not in stage.flat()


async def test_a_past_session_keeps_its_moments_and_patterns_behind_the_curtain(path: Path) -> None:
    closed(path)
    async with staged(path) as stage:
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen), "as it was left")
        pages = stage.get("#pages", OptionList)
        raw = [
            text for text in PRIVATE if text.startswith(("the tannoy", "a lanyard", "our banner", "lanyards", "loud"))
        ]
        for at in range(pages.option_count):
            pages.highlighted = at
            await stage.settle()
            assert [text for text in raw if text in stage.flat()] == [], at
        stage.turn_to("Moments")
        await stage.until("3 moments wait behind the curtain. F3 opens it.")
        await stage.press("f3")
        await stage.until("the tannoy was ours until dawn")
        assert "Dagny" not in stage.flat()
        stage.turn_to("Patterns")
        await stage.until("lanyards decide")
        await stage.press("f3")
        await stage.until("2 patterns wait behind the curtain. F3 opens it.")
        stage.turn_to("Matrix")
        await stage.press("right")
        await stage.until(f"A {ORGANISATIONS[1]}", "B others")
        assert ORGANISATIONS[2] not in stage.flat()


async def test_expected_placements_entered_late_are_marked_wherever_they_are_shown(path: Path) -> None:
    taken_in(path, room(expected=None), began=NOW - 600)
    async with begun(path) as stage:
        await stage.until(
            lambda: "Nobody recorded it: Ctrl+O takes it now, marked as reconstructed." in stage.reads("#agreed")
        )
        await stage.press("ctrl+o")
        await stage.focus("#expected")
        stage.paste("Ayzel 6 5\nBrannoc 8 5\nCuthwin 7 5")
        await stage.press("f4")
        await stage.until(lambda: stage.phase == "opening" and "(3 placed it) reconstructed" in stage.reads("#agreed"))
        assert [p.reconstructed for p in stage.saved.expected] == [True, True, True]
        await stage.go("reposition")
        await stage.press("f4", "f4")
        await stage.until(lambda: "(3 placed, reconstructed)" in stage.reads("#words"))
