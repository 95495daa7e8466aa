"""The screens on which a room decides: wordings wrap, old stands beside new, each measure is one scale, what is missing stands out."""

from pathlib import Path

import pytest
from textual.containers import VerticalScroll
from textual.widgets import TextArea

from screens.frame.help import HelpScreen
from screens.frame.question import QuestionScreen, ask
from screens.widgets.revision import held_and_proposed
from screens.widgets.scale import ScaleField
from store.words import changes
from tests.helpers.dissenting import kept
from tests.helpers.rooms import NOW, ROOM, closed, room, taken_in
from tests.helpers.stage import Stage, begun
from tests.helpers.sweeps import swept
from tests.screens.test_walk import typed

LONG = "whoever stands at the gate and has walked there through the rain speaks first, and whoever came by van speaks last of all"


def at(path: Path, phase: str, **fields: object) -> None:
    """A session of the room in a phase."""
    taken_in(path, room(**fields), began=NOW - 60, phase=phase)


def row_of(stage: Stage, text: str) -> int:
    """The first row of the screen that has a text."""
    return next(y for y, row in enumerate(stage.rows()) if text in row)


# ------------------------------------------------------------------------------------------------------- amendments


async def test_a_wording_wraps_over_three_rows_and_enter_goes_on(path: Path) -> None:
    at(path, "amendments")
    async with begun(path) as stage:
        await stage.focus("#principle")
        field = stage.get("#principle", TextArea)
        await stage.type(LONG)
        assert field.region.height == 2
        assert all(word in stage.flat() for word in LONG.split()), "all of it is in sight"
        await stage.type(f" {LONG}")
        assert field.region.height == 3
        await stage.press("enter")
        assert stage.screen.focused is not None
        assert stage.screen.focused.id == "replaces"
        assert typed(stage, "#principle") == f"{LONG} {LONG}", "Enter ends no line in a sentence"
        assert field.scroll_y == 0, "a field that was left shows its beginning"


async def test_the_line_ends_of_a_pasted_wording_become_blanks(path: Path) -> None:
    at(path, "amendments")
    async with begun(path) as stage:
        await stage.focus("#principle")
        stage.paste("we ask\r\nfirst\n\nand then [act]\n")
        await stage.settle()
        assert typed(stage, "#principle") == "we ask first and then [act]"


@pytest.mark.parametrize("size", [(100, 40), (80, 24), *swept((120, 40), (60, 18))])
async def test_old_and_new_stand_side_by_side_where_there_is_room_and_below_each_other_elsewhere(
    path: Path, size: tuple[int, int]
) -> None:
    at(path, "amendments")
    async with begun(path, size=size) as stage:
        assert not stage.has("Held until now"), "nothing is being revised"
        await stage.focus("#principle")
        await stage.type("the nightshift speaks first")
        await stage.press("tab")
        await stage.type("1")
        await stage.until(lambda: stage.reads("#held") == "[−whoever stands at−] the [−gate−] speaks first")
        assert stage.reads("#proposed") == "the [+nightshift+] speaks first"
        held, proposed = stage.get("#held-box", VerticalScroll), stage.get("#proposed-box", VerticalScroll)
        assert (held.region.y == proposed.region.y) == (size[0] >= 100)


async def test_a_number_that_no_guideline_has_is_said_in_place_of_the_old_wording(path: Path) -> None:
    at(path, "amendments")
    async with begun(path) as stage:
        await stage.focus("#replaces")
        await stage.type("44")
        await stage.until("There is no guideline 44")


async def test_an_entered_amendment_is_a_card_and_the_last_one_comes_first(path: Path) -> None:
    first = {"principle": "[b]we ask first", "because": [0], "decision": "vote"}
    at(path, "amendments", amendments=[first, *ROOM["amendments"]])
    async with begun(path, size=(120, 40)) as stage:
        await stage.until("╭─ Guideline 2 ─", "╭─ Guideline 1 ─", "[b]we ask first", "decided by vote", "2 amendments")
        assert row_of(stage, "Guideline 2") < row_of(stage, "Guideline 1")
        await stage.press("f3")
        await stage.until(lambda: not stage.has("we ask first"))


def test_what_changed_has_signs_that_need_no_colour_and_no_word_runs_into_another() -> None:
    held, proposed = held_and_proposed(changes.words("we never sign alone", "[we] sign together"))
    assert (held.plain, proposed.plain) == ("[−we never−] sign [−alone−]", "[+[we]+] sign [+together+]")


# ------------------------------------------------------------------------------------------------------ sovereignty


async def test_each_measure_is_one_scale_with_a_mark_for_now_and_one_for_the_mean_before(path: Path) -> None:
    closed(path, title="One", sovereignty={"skills": {"change": 2, "note": ""}})
    closed(path, title="Two", sovereignty={"skills": {"change": -1, "note": ""}})
    at(path, "sovereignty")
    async with begun(path, size=(120, 40)) as stage:
        await stage.until("rose by 1", "before: +2 −1", "not measured yet", "● now")
        scale = stage.get("#skills", ScaleField)
        labels, line = (stage.rows()[scale.region.y + n][scale.region.x : scale.region.right] for n in (0, 1))
        assert "[+1]" in labels
        assert labels.index("0") < line.index("○") < line.index("●") == labels.index("1]")
        await stage.focus("#skills")
        await stage.type("-2")
        await stage.until("fell by 2")


@pytest.mark.parametrize("size", [(80, 24), *swept((120, 40), (200, 60))])
async def test_all_scales_and_the_ask_about_withdrawal_are_above_the_fold(path: Path, size: tuple[int, int]) -> None:
    at(path, "sovereignty")
    async with begun(path, size=size) as stage:
        names = ("decision-making capacity", "skills", "infrastructure", "narrative clarity")
        await stage.until(*names, "If the ally withdraws, can we continue?", "not answered before", "now")


async def test_a_long_note_is_whole_beside_its_scale_and_is_saved_once_it_is_left(path: Path) -> None:
    at(path, "sovereignty")
    async with begun(path, size=(120, 40)) as stage:
        await stage.focus("#skills-note")
        await stage.press("end")
        await stage.type(", and then the cable, the mixer and all four loudspeakers")
        await stage.press("tab")
        said = "rigged the amplifier alone, and then the cable, the mixer and all four loudspeakers"
        await stage.until(lambda: stage.saved.session.sovereignty["skills"].note == said)
        assert all(word in stage.flat() for word in said.split())


# ------------------------------------------------------------------------------------------------------------ close


async def test_what_is_missing_before_the_seal_stands_out_until_nothing_is(path: Path) -> None:
    at(path, "close")
    async with begun(path) as stage:
        await stage.until("Before the seal", "2 to do", "○ Say whether the collaboration lapses or is renewed.")
        assert stage.screen.query_one("#wanting-box").has_class("-missing")
        await stage.press("l", "tab", "tab", "a")
        await stage.until("✓ Nothing is missing.", "ready")
        assert stage.screen.query_one("#wanting-box").has_class("-ready")


async def test_the_page_of_the_close_stands_in_panels_beside_the_decisions(path: Path) -> None:
    at(path, "close")
    async with begun(path, size=(120, 40)) as stage:
        panels = (
            "Decisions",
            "Before the seal",
            "What was learned",
            "Red lines",
            "What we do differently",
            "Sovereignty",
        )
        await stage.until(*(f"╭─ {each} ─" for each in (*panels, "In the room")), "+1 skills")
        assert row_of(stage, "Decisions") == row_of(stage, "What was learned")


# ------------------------------------------------------------------------------------------------ choice and dialogs


async def test_a_proposal_is_a_card_beside_the_chart_and_the_chosen_one_says_so(path: Path) -> None:
    kept(path, "choice", revealed=True, choice="A it tests both")
    async with begun(path, size=(120, 40)) as stage:
        await stage.until("╭─ A ─", "╭─ B ─", "✓ chosen", "A is chosen: it tests both")
        assert row_of(stage, "╭─ A ─") < row_of(stage, "╭─ B ─")


@pytest.mark.usefixtures("live")
async def test_a_dialog_has_one_border_and_the_page_is_still_there_behind_it(path: Path) -> None:
    async with begun(path, size=(120, 40)) as stage:
        ask(stage.app, "Which of [them]?", ("This", None), ("That", None))
        await stage.until(lambda: isinstance(stage.screen, QuestionScreen), "Which of [them]?")
        assert ROOM["title"] in stage.rows()[0]
        rows = [row for row in stage.rows() if "This" in row or "That" in row]
        assert [row[24:96].count("│") for row in rows] == [2, 2]
        await stage.press("escape", "f1")
        await stage.until(lambda: isinstance(stage.screen, HelpScreen), "╭─ Opening ─", "Escape closes")
        assert ROOM["title"] in stage.rows()[0]
