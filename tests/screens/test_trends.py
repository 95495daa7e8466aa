"""The trends on screen: asked in plain words, each line opens the probes behind it, and every page says what it leaves out."""

import json
from pathlib import Path

import pytest
from textual.containers import Container, VerticalScroll
from textual.widgets import Input, Static

from screens.logbook import LogbookScreen
from screens.review import ReviewScreen
from screens.trends.matrix_page import MatrixPage
from screens.trends.panels import FindingRow
from screens.trends.probes_behind import BehindScreen
from screens.trends.trends import TrendsScreen
from screens.widgets.line_list import LineList
from store.archive.archive import Archive
from store.demo import fill
from store.matrix import chart
from store.trends.trends import Trend
from tests.helpers.builders import HOSTILE_LINES
from tests.helpers.history import a_history
from tests.helpers.rooms import NOW, closed
from tests.helpers.stage import SIZES, Stage, staged
from tests.helpers.texts import telling
from tests.screens.test_hostile import LONG, MIXED, check


def history(path: Path, probes: int = 60, theirs: int = 0) -> None:
    archive = Archive(path)
    archive.save(a_history(probes, theirs=theirs))
    archive.close()


async def to_trends(stage: Stage) -> None:
    await stage.press("f8")
    await stage.until(lambda: isinstance(stage.screen, TrendsScreen), "how often")


def trend(stage: Stage) -> Trend:
    """The line that is chosen."""
    found = stage.get("#counts", LineList).item
    assert isinstance(found, Trend)
    return found


def told(stage: Stage) -> str:
    """The sentence about what is chosen: below the page, or in the panel beside it."""
    return f"{stage.reads('#said')} {stage.reads('#answered .behind')}"


def page(stage: Stage) -> str:
    return stage.reads("#rail").partition("▸")[2].partition("◂")[0]


async def test_a_newcomers_question_is_answered_from_the_start_with_one_key_and_its_words(path: Path) -> None:
    history(path)
    async with staged(path) as stage:
        await to_trends(stage)
        await stage.type("do alliances with parties cost us our voice?")
        await stage.until(
            "Probes with parties where decision-making capacity or narrative clarity fell",
            "▲ REPEATS 7 of 9 ····▒▒▒█▒▒ narrative clarity fell kind: party",
            "narrative clarity fell in 7 of 9 probes with partners of the kind “party” (45 to 94 of 100), elsewhere 0 of 51:"
            " it repeats here, not elsewhere, since ",
        )
        assert (trend(stage).dimension, trend(stage).value) == ("kind", "party")


@pytest.mark.sweep
async def test_a_line_opens_the_probes_behind_it_and_each_of_them_its_review(path: Path) -> None:
    history(path)
    async with staged(path) as stage:
        await to_trends(stage)
        await stage.type("party voice")
        await stage.until("REPEATS 7 of 9")
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, BehindScreen), "Enter opens the probe")
        assert stage.text().count("● it happened") == 7
        assert stage.text().count("○ it did not") == 2
        await stage.press("down")
        id = stage.get("#behind", LineList).item
        assert id is not None
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen), "narrative clarity")
        assert stage.debrief.probe.id == id
        assert stage.page == "Sovereignty"
        assert stage.debrief.session.sovereignty["narrative clarity"].change < 0
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, BehindScreen))
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, TrendsScreen), "REPEATS 7 of 9")
        assert stage.get("#ask", Input).value == "party voice"
        await stage.press("escape")
        assert stage.get("#ask", Input).value == ""
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))


async def test_what_repeats_stands_first_and_one_case_is_called_one_case(path: Path) -> None:
    history(path)
    closed(path, issue="a leak", partners=[{"name": "The Only Choir", "kind": "choir"}])
    async with staged(path, size=(120, 40)) as stage:
        await to_trends(stage)
        items = stage.get("#counts", LineList).items
        marks = [each.mark for each in items]
        known = sum(each.is_pattern for each in items)
        assert marks[0] == "REPEATS"
        assert set(marks[:known]) <= {"REPEATS", "part of it"}
        assert marks[known : known + 10] == ["watch"] * 10
        assert not {"REPEATS", "part of it", "watch"} & {*marks[known + 10 :]}
        counts = [min(each.count, 3) for each in items[known + 10 :]]
        assert counts == sorted(counts, reverse=True)
        await stage.type("choir skills")
        await stage.until("one case 1 of 1", "skills rose kind: choir")
        await stage.until(lambda: "skills rose: yes in the one probe" in told(stage))
        assert "(one case)" in told(stage)
        await stage.press("down", "down", "down", "down", "down", "pagedown", "up", "pageup")
        assert stage.get("#counts", LineList).highlighted == 0


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
async def test_which_of_several_costs_most_is_answered_with_a_line_for_each(path: Path, size: tuple[int, int]) -> None:
    history(path)
    closed(path, issue="a leak", partners=[{"name": "The Only Choir", "kind": "choir"}])
    async with staged(path, size=size) as stage:
        await to_trends(stage)
        await stage.type("which kind of partner costs us most?")
        await stage.until("For each kind", "the largest gap first", "one case 1 of 1")
        lines = stage.get("#counts", LineList).items
        values = [(each.dimension, each.value) for each in lines]
        assert values[:2] == [("kind", "choir"), ("kind", "union")]
        assert len(set(values)) == len(values)
        await stage.press("down")
        await stage.until(lambda: "less autonomy than expected in 6 of 11" in told(stage))
        assert "Also there: " in told(stage)
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, BehindScreen), "less autonomy than expected in 6 of 11")


@pytest.mark.sweep
async def test_what_another_page_tells_is_one_key_away(path: Path) -> None:
    history(path)
    async with staged(path) as stage:
        await to_trends(stage)
        await stage.type("did it work?")
        await stage.until("F9 in the logbook")
        await stage.press("enter")
        assert isinstance(stage.screen, TrendsScreen)
        assert page(stage) == "WHAT REPEATS"
        await stage.press("escape")
        await stage.type("are we resting enough?")
        await stage.until("The page “rhythm” tells that: Enter turns to it.")
        assert not stage.has("how often")
        await stage.press("enter")
        await stage.until(lambda: page(stage) == "RHYTHM")


@pytest.mark.sweep
async def test_words_of_which_nothing_is_known_are_named(path: Path) -> None:
    history(path)
    async with staged(path) as stage:
        await to_trends(stage)
        await stage.type("zeppelin")
        await stage.until("I don't know the word “zeppelin”: ask in other words. Escape shows all lines.")
        await stage.press("enter")
        assert isinstance(stage.screen, TrendsScreen)
        await stage.type(" party")
        await stage.until("I don't know the word “zeppelin”", lambda: not stage.get("#counts", LineList).items)
        await stage.press("escape")
        await stage.type("what does not cost us our narrative?")
        await stage.until("Probes where narrative clarity fell, least often first", "narrative clarity fell in 0 of")
        await stage.press("escape")
        await stage.type("which partner most?")
        await stage.until("Say what happened there")


@pytest.mark.sweep
async def test_ours_alone_or_all(path: Path) -> None:
    history(path, theirs=6)
    async with staged(path, size=(120, 40)) as stage:
        await to_trends(stage)
        await stage.until("60 probes debriefed: 50 ours, 10 of Clear Estuary")
        await stage.type("all skills rose")
        await stage.until(lambda: trend(stage).of == 60)
        await stage.press("f4")
        await stage.until("50 probes debriefed", "OURS ALONE", lambda: trend(stage).of == 50)
        await stage.press("f4")
        await stage.until("50 ours, 10 of Clear Estuary", lambda: trend(stage).of == 60)
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, BehindScreen), "Clear Estuary: ")


async def test_where_all_are_ours_there_is_nothing_to_leave_out(path: Path) -> None:
    history(path, 12)
    async with staged(path) as stage:
        await to_trends(stage)
        await stage.press("f4")
        await stage.until("All of these probes are ours")


@pytest.mark.sweep
async def test_the_pages_turn_with_tab_and_the_arrows(path: Path) -> None:
    history(path, 12)
    async with staged(path) as stage:
        await to_trends(stage)
        turned = []
        for key in ("tab", "right", "tab", "right", "tab", "tab", "shift+tab", "left"):
            await stage.press(key)
            turned.append(page(stage))
        assert turned == [*("MATRIX", "SOVEREIGNTY", "TIME", "RHYTHM", "RECORD", "WHAT REPEATS", "RECORD", "RHYTHM")]
        await stage.press("right", "right")
        await stage.type("party")
        await stage.press("left", "x")
        assert stage.get("#ask", Input).value == "partxy", "while something is typed the arrows move in it"


@pytest.mark.sweep
async def test_the_matrix_of_all_probes(path: Path) -> None:
    history(path, 60)
    closed(path, expected=None)
    async with staged(path, size=(120, 40)) as stage:
        await to_trends(stage)
        await stage.press("tab")
        await stage.until(
            "35 older ones", "1 not here", lambda: {chart.ACTUAL, chart.ACTUAL_MORE} & {*stage.reads("#chart")}
        )
        first = stage.reads("#chart")
        await stage.press("down", "down")
        await stage.until(lambda: stage.reads("#chart") != first)
        legend = stage.get("#legend", LineList)
        assert [legend.draw(at).plain[0] for at in (0, 24, 25)] == ["B", "Z", chart.MARK], "A is not here"
        chosen = stage.screen.query_one(MatrixPage).placed[2]
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen))
        assert stage.debrief.probe.id == chosen.probe
        assert stage.page == "Matrix"


async def behind(stage: Stage, *said: str) -> None:
    """Open the probes behind the chosen figure, and go back."""
    await stage.press("enter")
    await stage.until(lambda: isinstance(stage.screen, BehindScreen), *said)
    await stage.press("escape")
    await stage.until(lambda: isinstance(stage.screen, TrendsScreen))


@pytest.mark.sweep
async def test_every_figure_of_sovereignty_time_and_rhythm_opens_its_probes(path: Path) -> None:
    history(path, 60)
    async with staged(path, size=(120, 40)) as stage:
        await to_trends(stage)
        await stage.press("tab", "tab")
        await stage.until("above mean", "of 59")
        text = stage.text()
        order = [
            text.index(name)
            for name in ("decision-making", "skills", "infrastructure", "narrative", "turnout", "new org")
        ]
        assert order == sorted(order)
        assert "never added in" in text
        await behind(stage, "decision-making capacity: gained in", "● gained", "+1, above the mean")
        await stage.press("down")
        await behind(stage, "skills: gained in")
        await stage.press("pagedown")
        await behind(stage, "new organisers, never added in: nobody counted")
        await stage.press("up")
        await behind(stage, "turnout, never added in:", "● counted", "people")
        await stage.press("tab")
        await stage.until("Silent mapping", "of 60", "planned")
        await stage.press("down")
        await behind(stage, "Silent mapping: planned 10, used", "● ran over", "14 of 10 min")
        await stage.press("tab")
        await stage.until("The last four debriefs ended in “act”: nothing was paused.")
        await behind(stage, "began within 24 hours", "● in time", "○ counted, but later")
        await stage.press("down", "down", "down", "down")
        await behind(stage, "The last four debriefs ended in “act”", "● of these", "what came next")
        await stage.resize(80, 24)
        await stage.press("shift+tab", "shift+tab")
        await stage.until("Jul 2022 to Feb 2023; 27 older not drawn")


async def test_a_figure_is_opened_by_the_mouse(path: Path) -> None:
    history(path, 12)
    async with staged(path, size=(120, 40)) as stage:
        await to_trends(stage)
        await stage.press("tab", "tab")
        await stage.until("narrative clarity")
        await stage.pilot.click(list(stage.screen.query(FindingRow))[3], (3, 2))
        await stage.until(lambda: isinstance(stage.screen, BehindScreen), "narrative clarity: gained in")


@pytest.mark.sweep
async def test_the_record_of_impulses_and_the_patterns_that_recur_open_their_probes(path: Path) -> None:
    archive = Archive(path)
    fill(archive, NOW)
    archive.close()
    async with staged(path) as stage:
        await to_trends(stage)
        await stage.press("shift+tab")
        await stage.until("autonomy: borne out in 11 of 16 positions over 8 probes", "Whoever has the keys")
        await behind(stage, "● borne out", "2 of 2")
        await stage.press("down", "down")
        await behind(stage, "seen 2 times", "● seen")


async def test_where_nothing_repeats_that_is_said_and_the_probes_of_a_line_are_not_cut_off(path: Path) -> None:
    archive = Archive(path)
    fill(archive, NOW)
    archive.close()
    async with staged(path, size=(80, 24)) as stage:
        await to_trends(stage)
        await stage.until("No pattern yet. Worth watching, may be chance:", "watch ", "red lines: strained")
        await stage.type("party")
        await stage.until("No pattern yet.", lambda: not stage.has("Worth watching, may be chance:"))


async def test_the_probes_behind_a_line_stand_beside_the_list_where_there_is_room_and_below_it_in_a_tall_terminal(
    path: Path,
) -> None:
    history(path)
    async with staged(path, size=(120, 40)) as stage:
        await to_trends(stage)
        await stage.until(lambda: "it happened 7" in stage.reads("#answered .behind"))
        beside = stage.get("#answered .behind", Static)
        assert "● it happened 7 L Supper 49 at Marl Hi… Dec 2022" in stage.reads("#answered .behind")
        assert beside.region.x > 70
        assert not stage.get("#said", Static).display, "it is said in the panel"
        await stage.press("down")
        await stage.until(lambda: "in 12 of 21 probes of the scope “site” (37 to 76 of 100)" in told(stage))
        await stage.resize(80, 40)
        await stage.until(lambda: beside.region.y > 20 and beside.size.width > 70)
        assert "● it happened 12" in stage.reads("#answered .behind")
        await stage.resize(80, 24)
        await stage.until("in 12 of 21 probes of the scope “site” (37 to 76 of 100)")
        assert not beside.display
        await stage.press("down")
        await stage.resize(120, 40)
        await stage.until(lambda: "in 29 of all 60 probes" in told(stage))


async def test_at_80_columns_no_page_hides_a_figure_below_the_fold(path: Path) -> None:
    archive = Archive(path)
    fill(archive, NOW)
    archive.close()
    async with staged(path) as stage:
        await to_trends(stage)
        assert stage.get("#counts", LineList).size.height >= 10
        for name in ("sovereignty", "time", "rhythm", "record"):
            while page(stage) != name.upper():
                await stage.press("tab")
            await stage.until(lambda of=name: stage.get(f"#{of} .boxes", Container).size.height)  # type: ignore[misc]
            assert stage.get(f"#{name} .scroll", VerticalScroll).max_scroll_y == 0, name
            assert stage.screen.query_one(f"#{name}").query(".panel.-focused"), name


async def test_in_a_bare_terminal_a_panel_keeps_the_line_with_its_title_and_its_count(path: Path) -> None:
    history(path, 12)
    async with staged(path, size=(60, 18)) as stage:
        await to_trends(stage)
        rows = stage.rows()
        assert rows[2].startswith("─Ask─")
        assert "What repeats" in rows[4]
        assert "counts" in rows[4]
        assert not any(each in "".join(rows) for each in "╭╮╰╯")
        await stage.press("tab")
        await stage.until("─Matrix─", "Probes 12", "0 2 4 6 8 10", lambda: not stage.get("#chosen", Static).display)


async def test_the_key_of_the_matrix_is_in_its_panel_where_there_are_rows_and_else_below_it(path: Path) -> None:
    history(path, 12)
    async with staged(path, size=(120, 40)) as stage:
        await to_trends(stage)
        await stage.press("tab")
        await stage.until(lambda: "the chosen one" in stage.reads("#key"))
        assert not stage.get("#said", Static).display
        await stage.until(lambda: "L " in stage.reads("#chosen") or "A " in stage.reads("#chosen"))
        await stage.resize(80, 24)
        await stage.until(lambda: stage.get("#said", Static).display, "the chosen one", "autonomy preserved")


async def test_beside_rhythm_and_record_stand_the_probes_of_the_chosen_figure(path: Path) -> None:
    history(path, 12)
    async with staged(path, size=(120, 40)) as stage:
        await to_trends(stage)
        await stage.press("shift+tab", "shift+tab")
        await stage.until("●", "● in time ○ later", lambda: "in time" in stage.reads("#rhythm .behind"))
        await stage.press("down")
        await stage.until(lambda: "held decompression" in stage.reads("#rhythm .behind"))


async def test_the_chart_of_all_probes_names_its_columns_and_fills_a_large_screen(path: Path) -> None:
    history(path, 12)
    async with staged(path, size=(200, 60)) as stage:
        await to_trends(stage)
        await stage.press("tab")
        await stage.until(
            "aut. ben. against expected", lambda: {chart.ACTUAL, chart.ACTUAL_MORE} & {*stage.reads("#chart")}
        )
        assert stage.get("#chart", Static).size.height == 46
        await stage.until("decision-making")


@pytest.mark.sweep
async def test_more_probes_than_columns_are_left_out_and_that_is_said(path: Path) -> None:
    history(path, 90)
    async with staged(path, size=(60, 18)) as stage:
        await to_trends(stage)
        await stage.press("tab", "tab")
        await stage.until("35 older not drawn")


async def test_without_a_debrief_there_is_one_sentence_on_every_page(path: Path) -> None:
    async with staged(path) as stage:
        await stage.press("f8")
        for _ in range(6):
            await stage.until("No probe has been debriefed yet: there is nothing to compare.")
            await stage.press("enter", "down", "f4", "tab")


def damaged(path: Path) -> None:
    """An archive with a placement that has lost its round."""
    closed(path)
    data = json.loads(path.read_bytes())
    del data["placements"]["1"]["round"]
    path.write_text(json.dumps(data))


async def test_a_damaged_record_harms_no_other(path: Path) -> None:
    damaged(path)
    async with staged(path) as stage:
        await stage.press("f8")
        await stage.until("Trends")
        await stage.press("tab", "enter", "escape")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))


async def test_the_mouse_opens_what_is_clicked(path: Path) -> None:
    history(path)
    async with staged(path) as stage:
        await to_trends(stage)
        await stage.pilot.click("#counts", (5, 0))
        await stage.until(lambda: isinstance(stage.screen, BehindScreen))
        await stage.pilot.click("#behind", (5, 0))
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen))


@pytest.mark.sweep
async def test_leaving_while_it_reads_does_no_harm(path: Path) -> None:
    history(path)
    async with staged(path) as stage:
        for _ in range(3):
            stage.send("f8", "escape", "ctrl+f", "escape")
            await stage.settle()
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))


@pytest.mark.sweep
@pytest.mark.parametrize("text", telling([MIXED, LONG, *HOSTILE_LINES[:6]], [MIXED]), ids=range(8))
async def test_whatever_is_written_is_shown_as_itself(path: Path, text: str) -> None:
    for _ in range(3):
        closed(path, title=text, issue=text, scope=text, partners=[{"name": text, "kind": text}])
    async with staged(path) as stage:
        await to_trends(stage)
        for size in SIZES:
            await stage.resize(*size)
            for _ in range(6):
                check(stage, size, page(stage))
                await stage.press("tab")
        stage.paste(text)
        await stage.until(lambda: stage.get("#ask", Input).value)
        check(stage, "typed")
        await stage.press("escape", "down", "enter")
        await stage.until(lambda: isinstance(stage.screen, BehindScreen))
        check(stage, "behind")
        assert stage.get("#told", Static).size.height <= 4


async def test_the_list_moves_at_once_and_the_panel_beside_it_follows(path: Path) -> None:
    history(path)
    async with staged(path, size=(120, 40)) as stage:
        await to_trends(stage)
        first = trend(stage)
        await stage.until(lambda: first.in_words() in told(stage))
        await stage.press("down", "down")
        assert stage.get("#counts", LineList).highlighted == 2
        await stage.until(lambda: trend(stage).in_words() in told(stage))
        assert first.in_words() not in told(stage)
