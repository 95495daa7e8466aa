"""The open dissent session on screen, from the logbook's F4 to the seal: what is shown to whom, and what survives."""

import json
from pathlib import Path

import pytest
from textual.widgets import OptionList

from screens.frame.question import QuestionScreen
from screens.logbook import LogbookScreen
from screens.phases.base import PhaseScreen
from screens.review import ReviewScreen
from screens.widgets.entry_field import HIDDEN, EntryField
from screens.widgets.matrix import ProposalsView
from store.archive.archive import Archive
from tests.conftest import Shell
from tests.helpers.dissenting import PLACED, PRIVATE, PROPOSED, SAID, kept
from tests.helpers.rooms import ROOM, closed, empty_of_entries, room, taken_in
from tests.helpers.stage import SIZES, Stage, armed, begun, staged
from tests.helpers.sweeps import swept


async def asked(stage: Stage, *said: str) -> None:
    """F4 in the logbook asks whether to begin one for a new probe."""
    await stage.press("f4")
    await stage.until(lambda: isinstance(stage.screen, QuestionScreen), "Begin an open dissent session", *said)


async def onward(stage: Stage, phase: str) -> None:
    """On to the next phase, at the second press."""
    await armed(stage, "f8")
    await stage.press("f8")
    await stage.until(lambda: stage.phase == phase)


TITLES = ("bin room", "stairwell")
"""Of the proposals, which are public: from their own phase on they stand on the wall, by letter."""


def leaks(stage: Stage) -> list[str]:
    flat = stage.flat()
    return [text for text in PRIVATE if text in flat and (text not in TITLES or stage.phase == "positions")]


# ------------------------------------------------------------------------------------------------------- from the logbook


@pytest.mark.sweep
async def test_the_whole_session_from_an_empty_logbook_to_a_planned_probe(path: Path) -> None:
    async with staged(path, size=(120, 40)) as stage:
        await asked(stage, "called “Open dissent session, 7 November”")
        await stage.press("1")
        await stage.until(lambda: stage.phase == "positions", "Nobody has said so yet")
        assert Archive(path).rows("probes") == []  # to look at it leaves no trace
        await stage.enter(*SAID)
        await stage.until("Autonomy", "Benefit", "— Brannoc")
        assert [stage.panel("#autonomy-box"), stage.panel("#benefit-box")] == ["Autonomy 2", "Benefit 2"]
        await onward(stage, "proposals")
        await stage.enter(*PROPOSED)
        await stage.until(lambda: "Rent school" in stage.reads("#proposals"))
        assert stage.panel("#proposals-box") == "Proposals 3"
        await onward(stage, "placing")
        await stage.enter(*PLACED)
        await stage.until("Blind", "4 people have placed", "4 of 4")
        await armed(stage, "f4")
        await stage.press("f4")
        await stage.until(lambda: stage.get("#revealed", ProposalsView).display, "A is nearest to the centre")
        await onward(stage, "choice")
        await stage.enter("B")
        await stage.until("A stands first. Say why the room chooses B: type it after the letter")
        await stage.press("escape", "f3")
        await stage.enter("b the Trust has to learn it too")
        await stage.until(lambda: "B is chosen: the Trust has to learn it too" in stage.reads("#words"))
        assert stage.saved.probe.title == PROPOSED[1]
        await stage.press("f8", "f8")
        assert stage.phase == "choice"
        await armed(stage, "f4")
        await stage.press("f4")
        await stage.until(
            lambda: isinstance(stage.screen, ReviewScreen),
            "B is chosen: the Trust has to learn it too",  # the room sees what it has decided
            "next, its pact: Escape, Ctrl+O",
        )
        await stage.press("escape")
        await stage.until(
            lambda: isinstance(stage.screen, LogbookScreen), "Planned 1", "Advice drop-in at the Trust's …"
        )
        await asked(stage, "This probe has had its open dissent session")
        await stage.press("2")
        await stage.until("type to find")
        probe = stage.saved
        assert [(mark.by, mark.autonomy, mark.reconstructed) for mark in probe.expected] == [
            ("Ayzel", 2, False),
            ("Brannoc", 3, False),
            ("Dagny", 1, False),
            ("Cuthwin", 4, False),
        ]
        assert probe.dissent_session is not None
        assert probe.dissent_session.sealed


@pytest.mark.sweep
async def test_a_planned_probe_gets_its_session_when_asked_and_keeps_its_title(path: Path) -> None:
    kept_fields = {name: of for name, of in ROOM.items() if name in ("title", "partners", "our_organisation")}
    taken_in(path, kept_fields)
    async with staged(path) as stage:
        await stage.until("planned")
        await asked(stage, "It is held before this probe:", "2 Not now (Escape)")
        await stage.press("escape")
        await stage.until("type to find", "planned")
        await asked(stage)
        await stage.press("1")
        await stage.until(lambda: stage.phase == "positions", "Noise protest at Gate 2")
        await stage.press("ctrl+q", "ctrl+q")
        await stage.until("planned")  # nothing was said: nothing is live
        await asked(stage)
        await stage.press("1")
        await stage.until(lambda: stage.phase == "positions")
        await stage.enter("ours")
        await stage.press("ctrl+q", "ctrl+q")
        await stage.until("LIVE", "dissent, at positions", "Enter goes on with the open dissent session, at positions")
        assert "to debrief" not in stage.text()
        for key in ("enter", "f4"):
            await stage.press(key)
            await stage.until(lambda: stage.phase == "positions", "ours")
            await stage.press("ctrl+q", "ctrl+q")
            await stage.until("LIVE")
        assert len(Archive(path).rows("sessions")) == 1


async def test_where_the_debrief_is_due_or_over_a_new_probe_is_offered(path: Path) -> None:
    closed(path)
    taken_in(path, empty_of_entries(ROOM))
    async with staged(path) as stage:
        for _ in range(2):
            await asked(stage)
            await stage.press("2")
            await stage.until("type to find")
            await stage.press("down")
        assert len(Archive(path).rows("probes")) == 2


@pytest.mark.parametrize("phase", [*swept("positions", "proposals"), "placing", *swept("choice")])
async def test_after_a_kill_it_goes_on_where_it_was_with_what_was_half_typed(path: Path, phase: str) -> None:
    kept(path, phase)
    async with staged(path) as stage:
        await stage.until("LIVE", f"dissent, at {phase}")
        await stage.press("enter")
        await stage.until(lambda: stage.phase == phase, "PAUSED")
        await stage.type("half ty")
        stage.later(1)
        await stage.until(lambda: bool(stage.app.live.archive.drafts()))
    async with staged(path) as stage:
        await stage.press("enter")
        await stage.until(lambda: stage.phase == phase)
        assert stage.get("#field", EntryField).value == "half ty"


# ------------------------------------------------------------------------------------------------------------ the phases


async def test_tab_or_a_sign_says_the_pull_and_up_brings_the_last_position_back(path: Path) -> None:
    kept(path, "positions")
    async with begun(path) as stage:
        await stage.press("tab")
        await stage.until("benefit what was said")
        await stage.enter("a van", "a> ours", "a van")
        assert [(each.pull, each.text) for each in stage.saved.dissent[4:]] == [
            ("benefit", "a van"),
            ("autonomy", "ours"),
            ("benefit", "a van"),
        ]
        await stage.press("up")
        assert stage.get("#field", EntryField).value == "b> a van"
        await stage.type(" now")
        await stage.press("enter")
        await stage.until(lambda: stage.saved.dissent[-1].text == "a van now")
        await stage.press("ctrl+t")
        await stage.until("Taken back: b> a van now", lambda: stage.saved.dissent[-1].text == "a van")
        await stage.press("ctrl+t")
        await stage.until("Taken back: a van", lambda: len(stage.saved.dissent) == 6)
        stage.paste("one\ntwo\n\n@Dagny three")
        await stage.until(lambda: len(stage.saved.dissent) == 9)


@pytest.mark.sweep
async def test_the_very_first_entry_of_a_new_probe_is_taken_back_and_brought_back(path: Path) -> None:
    async with staged(path) as stage:
        await asked(stage)
        await stage.press("1")
        await stage.until(lambda: stage.phase == "positions", "Nobody has said so yet")
        await stage.enter("@Ruth a> it is their canvass")
        await stage.until(lambda: len(stage.debrief.dissent) == 1)
        first = stage.debrief.dissent
        await stage.press("ctrl+t")
        await stage.until("Taken back: @Ruth a> it is their canvass", "Nobody has said so yet")
        assert list(Archive(path).rows("dissent")) == []
        await stage.press("ctrl+y")
        await stage.until("— Ruth", lambda: stage.debrief.dissent == first)
        await stage.enter("1: it is their canvass by Sunday", "b> a van")
        await stage.until(
            lambda: (
                [(e.voice, e.text) for e in stage.debrief.dissent]
                == [("Ruth", "it is their canvass by Sunday"), ("", "a van")]
            )
        )
        await stage.enter("-1")
        await stage.until("Position 1 is out", lambda: [each.number for each in stage.debrief.dissent] == [2])


async def test_who_is_known_and_has_not_placed_is_named_to_the_operator(path: Path) -> None:
    kept(path, "placing")
    async with begun(path) as stage:
        await stage.press("f3", "ctrl+n")
        await stage.until("Not placed yet (0): nobody, as far as names are known")
        await stage.enter("-brannoc")
        await stage.until("Not placed yet (1): Brannoc")
        for key in ("escape", "f2", "f3"):
            await stage.press(key)
            assert "Brannoc" not in stage.text(), key


async def test_revealed_placements_are_taken_back_for_ten_seconds(path: Path) -> None:
    kept(path, "placing")
    async with begun(path) as stage:
        await stage.enter("-dagny", "Dagny 3 4 5 6 7 8")
        await stage.press("f4", "f4")
        await stage.until("Ctrl+T takes the reveal back (10 s)", lambda: stage.debrief.session.revealed == 1)
        await stage.press("ctrl+t")
        await stage.until("The reveal is taken back", "Blind", "4 people have placed")
        await stage.press("ctrl+t")  # the last line of the placements goes like any step
        await stage.until("Blind", "3 people have placed")
        await stage.press("ctrl+y")
        await stage.until("Blind", "4 people have placed")


@pytest.mark.sweep
async def test_many_positions_show_the_last(path: Path) -> None:
    kept(path, "positions")
    async with begun(path) as stage:
        await stage.enter(*(f"position number {n}" for n in range(1, 40)))
        await stage.until("position number 39")


@pytest.mark.sweep
async def test_without_a_proposal_f8_says_so_and_goes_on(path: Path) -> None:
    kept(path, "positions")
    async with begun(path) as stage:
        await onward(stage, "proposals")
        await armed(stage, "f8")
        assert stage.hint.endswith("left here, the clock stays paused), though no proposal is entered.")
        await stage.press("f8")
        await stage.until(lambda: stage.phase == "placing", "There are no proposals yet: F9 goes back")
        await stage.enter("Ana 3 7")
        await stage.until("no proposals yet", lambda: stage.get("#field", EntryField).value == "Ana 3 7")
        await stage.press("escape", "tab", "f4", "f4")
        await stage.until("no proposals yet")
        await onward(stage, "choice")
        await stage.press("f4")
        await stage.until("Choose a proposal by its letter, or say why the room chooses none")
        await stage.enter("none nobody had an idea")
        await stage.until("Curtain drawn", "none is chosen")
        await stage.press("f3")
        await stage.until("None is chosen: nobody had an idea")
        await armed(stage, "f4")
        await stage.press("f4")
        await stage.until("as it was left")
        assert stage.saved.probe.title == "Open dissent session, 7 November"


async def test_tab_goes_from_proposal_to_proposal_and_what_is_placed_is_not_shown(path: Path) -> None:
    kept(path, "proposals")
    async with begun(path) as stage:
        await stage.press("f8", "f8")
        await stage.until(lambda: stage.phase == "placing", "▸A")
        await stage.press("tab")
        await stage.until("▸B", "B name, autonomy")
        await stage.type("Ayzel 97")
        await stage.until(HIDDEN * 8)
        await stage.press("enter")
        await stage.until("1 of 1", "Somebody new has placed B: two numbers.", lambda: "97" not in stage.text())
        assert [len(each.placements) for each in stage.saved.proposals] == [0, 1, 0]
        await stage.press("f3")
        await stage.type("Ayzel 96")
        await stage.until(f"Ayzel {HIDDEN * 2}")
        await stage.press("enter")
        await stage.until("Ayzel has placed B already: Enter once more replaces it")
        await stage.press("enter")
        await stage.until("Ayzel has placed B: two numbers.")
        assert [mark.benefit for mark in stage.saved.proposals[1].placements] == [6]
        await stage.press("up")
        assert stage.get("#field", EntryField).value == ""
        await stage.press("ctrl+t", "ctrl+t")
        await stage.until("Taken back.")
        await stage.press("tab", "tab")
        await stage.until("▸A")
        await stage.enter("Ayzel 1 2 3")
        await stage.until("or all 6, from 0 to 10 after the name", "there are 3")
        await onward(stage, "choice")
        await stage.until("Nobody has placed them.")
        assert "blind" not in stage.text()


@pytest.mark.sweep
async def test_what_is_blind_is_not_shown_in_the_choice_and_not_to_a_second_reader(path: Path) -> None:
    kept(path, "placing")
    async with begun(path) as stage:
        await armed(stage, "f8")
        assert stage.hint.endswith("though the placements are blind still.")
        await stage.press("f8")
        await stage.press("f3")
        await stage.until(lambda: stage.phase == "choice", "The placements are blind still: F9 goes back")
        await stage.enter("A")
        await stage.until("still blind: F9 goes back, and F4 reveals them there")
        async with staged(path) as other:
            for key in ("f4", "enter"):
                await other.press(key)
                await other.until(lambda: isinstance(other.screen, ReviewScreen), "read only")
                await other.press("down", "down")
                await other.until("4 have placed it, still blind")
                assert "┌" not in other.text()
                await other.press("escape")
                await other.until("type to find")


async def test_after_the_reveal_the_placements_stay(path: Path) -> None:
    kept(path, "placing", revealed=True)
    async with begun(path) as stage:
        await stage.until("A is nearest to the centre", "5.5, 6.5")
        await stage.press("up")
        await stage.until("revealed and stay as they are")
        await stage.press("ctrl+t")
        await stage.until("revealed and stay as they are")
        await stage.enter("Zoe 1 1")
        await stage.until("revealed and stay as they are")
        await stage.press("escape")
        assert not stage.screen.active_bindings["f4"].enabled, "there is nothing left to reveal"
        for _ in range(2):  # what is revealed is public, whatever the curtain does
            await stage.press("f3")
            assert stage.get("#revealed", ProposalsView).is_on_screen


@pytest.mark.sweep
async def test_the_seal_drops_nothing_that_is_typed_without_a_word(path: Path) -> None:
    kept(path, "placing", revealed=True, choice="B it is colder")
    async with begun(path, size=(120, 40)) as stage:
        await stage.type("Zoe 9 9")
        await stage.until(lambda: stage.app.live.drafts.texts)
        await onward(stage, "choice")
        await armed(stage, "f4")
        assert stage.hint.endswith("What is typed in placing and not entered is dropped.")
        await stage.type("A af")
        await armed(stage, "f4")
        assert stage.hint.endswith("What is typed in placing, choice and not entered is dropped.")
        await stage.press("f4")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen), "B is chosen: it is colder")


@pytest.mark.sweep
async def test_a_choice_is_mended_and_taken_back(path: Path) -> None:
    kept(path, "choice", revealed=True, choice="B it is colder")
    async with begun(path) as stage:
        await stage.until("B is chosen: it is colder")
        await stage.press("up")
        assert stage.get("#field", EntryField).value == "B it is colder"
        await stage.type(" there")
        await stage.press("enter")
        await stage.until("it is colder there")
        await stage.press("ctrl+t")
        await stage.until("Taken back: B it is colder there", "B is chosen: it is colder")
        await stage.press("ctrl+t")
        await stage.until("Taken back.", lambda: stage.saved.probe.choice is None)
        assert stage.saved.expected == ()
        assert stage.saved.probe.title == "Open dissent session, 7 November"


# ------------------------------------------------------------------------------------------------- who sees what, and where


@pytest.mark.parametrize("phase", ["positions", *swept("proposals"), "placing", *swept("choice")])
async def test_the_wall_shows_the_question_and_how_many(path: Path, phase: str) -> None:
    kept(path, phase, revealed=phase == "choice")
    counts = {
        "positions": "2 for autonomy, 2 for benefit",
        "proposals": "3 proposals",
        "placing": "4 people have placed",
        "choice": "3 proposals to choose from",
    }
    async with begun(path) as stage:
        await stage.press("f2")
        screen = stage.screen
        assert isinstance(screen, PhaseScreen)
        asked = "A is nearest to the centre" if phase == "choice" else screen.phase.prompt[:20]
        await stage.until(counts[phase], asked)
        assert leaks(stage) == []
        await stage.type("Ayzel is grateful 3 7")
        await stage.press("enter", "f3", "ctrl+t", "up")
        assert leaks(stage) == []
        await stage.press("escape", "f2")
        if not screen.curtain:
            await stage.press("f3")
        await stage.until("quickest: all 6 numbers" if phase == "placing" else "curtain drawn: F3 opens it")
        assert leaks(stage) == []


async def test_who_was_entered_last_does_not_stand_on_the_wall(path: Path) -> None:
    kept(path, "placing")
    async with begun(path) as stage:
        await stage.enter("Hesper 112233")
        await stage.until("Somebody new has placed all of them: 6 numbers.", lambda: "Hesper" not in stage.text())
        await stage.press("f2")
        await stage.until("5 people have placed")
        assert "Hesper" not in stage.text()


@pytest.mark.sweep
async def test_the_review_shows_positions_behind_the_curtain_and_the_chart_at_every_size(path: Path) -> None:
    kept(path, "choice", revealed=True, choice="A", sealed=True)
    async with staged(path) as stage:
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, QuestionScreen))
        await stage.press("1")
        await stage.until("The probe and its pact")
        await stage.press("escape")
        await stage.until("type to find")
    taken_in(
        path,
        room(
            dissent=[{"voice": "Ayzel", "pull": "benefit", "text": "a van"}],
            proposals=[{"title": "Gate 2", "placements": [{"by": "Ayzel", "autonomy": 3, "benefit": 7}]}],
        ),
        sealed="2026-11-07T21:00:00+00:00",
    )
    async with staged(path) as stage:
        await stage.press("down", "enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen))
        await stage.press("down", "down")
        await stage.until("1 position waits behind the curtain. F3 opens it.")
        assert "a van" not in stage.text()
        await stage.press("f3")
        await stage.until("benefit (1)", "Ayzel: a van")
        await stage.press("down")
        for size in SIZES:
            await stage.resize(*size)
            await stage.until("Proposals", "┌", "↑ benefit delivered")
            drawn = [row for row in stage.rows() if "┤" in row]
            assert drawn
            assert all("│" in row.partition("┤")[2] for row in drawn), "the chart is as wide as the page"
        pages = stage.get("#pages", OptionList)
        assert pages.highlighted == 3


async def test_list_and_show_tell_of_the_session(path: Path, redraw: Shell) -> None:
    kept(path, "placing")
    assert "live      dissent, at placing" in redraw("list").out
    (entry,) = json.loads(redraw("list", "--json").out)
    assert (entry["state"], entry["dissent"], entry["session"]) == ("live", "placing", "")
    shown = redraw("show", "p1").out
    for text in ("DISSENT", "Brannoc: half the stairwell", "4 have placed it, still blind"):
        assert text in shown
    assert "nearest" not in shown
    assert redraw("show", "s1").out.count("PROPOSALS") == 1
    assert redraw("check").code == 0


@pytest.mark.sweep
async def test_sixty_people_and_twelve_long_proposals_are_drawn_at_every_size(path: Path) -> None:
    kept(path, "positions")
    async with begun(path) as stage:
        await stage.go("proposals")
        stage.paste("\n".join(f"{n} " + "a proposal that goes on " * 12 for n in range(12)))
        await stage.until(lambda: len(stage.saved.proposals) == 12)
        await stage.go("placing")
        lines = [
            f"Z{chr(65 + n // 8)}{chr(97 + n % 8)} " + "".join(str((n * k) % 10) for k in range(24)) for n in range(60)
        ]
        stage.paste("\n".join(lines))
        await stage.until("Blind", "60 people have placed")
        await stage.press("f4", "f4")
        for size in (*SIZES, (200, 60)):
            await stage.resize(*size)
            await stage.until("is nearest to the centre" if size[1] > 18 else "centre")
            if size[1] > 18:
                await stage.until("↑ benefit delivered", "┌")
