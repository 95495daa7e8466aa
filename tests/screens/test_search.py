"""Search on screen: found as one types, with where it stands; what was written for one room stays behind the curtain."""

from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import Input, Static

from screens.book.guideline import GuidelineScreen
from screens.logbook import LogbookScreen
from screens.review import ReviewScreen
from screens.search import SearchScreen
from screens.widgets.line_list import LineList
from store.archive.archive import Archive
from store.model import NonNegotiables
from tests.helpers.builders import AT, HOSTILE_LINES
from tests.helpers.history import a_history
from tests.helpers.rooms import PEOPLE, closed, taken_in
from tests.helpers.stage import SIZES, Stage, staged
from tests.helpers.sweeps import swept
from tests.helpers.texts import telling
from tests.screens.test_hostile import LONG, MIXED, check, wholly


async def to_search(stage: Stage) -> None:
    await stage.press("ctrl+f")
    await stage.until(lambda: isinstance(stage.screen, SearchScreen), "texts. Type any words")


async def asked(stage: Stage, typed: str) -> None:
    stage.get("#typed", Input).value = ""
    await stage.type(typed)
    await stage.until(lambda: stage.screen._typed == typed)  # type: ignore[attr-defined]


async def test_what_is_typed_is_found_with_where_it_stands(path: Path) -> None:
    closed(path)
    async with staged(path, size=(120, 40)) as stage:
        await to_search(stage)
        for typed, where in (
            ("nightshift", "red line Noise protest at Gate 2 never without the nightshift"),
            ("night flights", "issue Noise protest at Gate 2 night flights"),
            ("GATE 2", "title Noise protest at Gate 2 Noise protest"),
            ("amplifier", "skills Noise protest at Gate 2 rigged the amplifier alone"),
            ("speaks first", "guideline 1 held across probes …tands at the gate speaks first"),
        ):
            await asked(stage, typed)
            await stage.until(where)
        await stage.until("Guideline 1", lambda: "whoever stands at the gate" in stage.reads("#whole"))
        row = stage.get("#found", LineList)
        drawn = row.draw(row.items[0])
        assert [drawn.plain[span.start : span.end] for span in drawn.spans if "underline" in str(span.style)] == [
            "speaks",
            "first",
        ]
        await asked(stage, "“first speaks”")
        await stage.until("Nothing holds these words together: without the quotation marks they may stand apart.")
        await asked(stage, "“speaks first”")
        await stage.until("guideline 1 held across probes …tands at the gate speaks first")
        await asked(stage, "zeppelin")
        await stage.until("Nothing holds all of these words.")
        await stage.press("enter", "escape")
        assert stage.get("#typed", Input).value == ""
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))


async def test_a_question_is_looked_for_by_what_it_is_about(path: Path) -> None:
    closed(path)
    async with staged(path, size=(120, 40)) as stage:
        await to_search(stage)
        await stage.type("what did we agree about the amplifiers, and why?")
        await stage.until(
            "Looked for “amplifier”: 1 found.", "skills Noise protest at Gate 2 rigged the amplifier alone"
        )
        row = stage.get("#found", LineList)
        drawn = row.draw(row.items[0])
        assert [drawn.plain[span.start : span.end] for span in drawn.spans if "underline" in str(span.style)] == [
            "amplifier"
        ]
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen), "rigged the amplifier alone")


async def test_a_guideline_opens_where_it_comes_from(path: Path) -> None:
    closed(path)
    async with staged(path) as stage:
        await to_search(stage)
        await stage.type("speaks first")
        await stage.until("Enter: where it comes from", lambda: stage.get("#found", LineList).highlighted == 0)
        await stage.press("enter")
        await stage.until(
            lambda: isinstance(stage.screen, GuidelineScreen), "whoever stands", "Noise protest at Gate 2"
        )
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, SearchScreen))


async def test_what_was_written_for_one_room_is_not_searched_until_the_curtain_opens(path: Path) -> None:
    closed(path)
    async with staged(path, size=(120, 40)) as stage:
        await to_search(stage)
        for typed, text in (
            ("our", "our banner went under theirs"),
            ("lanyards", "lanyards decide"),
            ("hesper", "Cold-Chain League"),
        ):
            await asked(stage, typed)
            assert not stage.has(text)
            assert not any(name in stage.flat() for name in PEOPLE)
            closed_count = stage.reads("#count")
            await stage.press("f3")
            await stage.until(text)
            await stage.press("f3")
            await stage.until(lambda before=closed_count: stage.reads("#count") == before)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("tannoy", "Moments"),
        *swept(
            ["hesper", "Who was there"],
            ["lanyards", "Patterns"],
            ["amplifier", "Sovereignty"],
            ["night flights", "Probe"],
        ),
    ],
)
async def test_enter_opens_the_probe_at_the_page_of_the_text(path: Path, typed: str, page: str) -> None:
    closed(path)
    async with staged(path) as stage:
        await to_search(stage)
        await stage.press("f3")
        await asked(stage, typed)
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen))
        assert stage.page == page
        await stage.press("f3")
        assert not stage.has("tannoy")
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, SearchScreen))
        assert stage.get("#typed", Input).value == typed


def marked(stage: Stage) -> list[tuple[str, str]]:
    """What is marked on the page of the review, and how."""
    page = stage.get("#text", Static).visual
    assert isinstance(page, Content)
    found = sorted((span for span in page.spans if "bold " in str(span.style)), key=lambda span: span.start)
    return [(page.plain[span.start : span.end], str(span.style)) for span in found if "$" not in str(span.style)]


async def test_enter_shows_the_text_itself_marked_with_the_curtain_as_it_was(path: Path) -> None:
    many = [{"felt": "compromised", "text": f"the megaphone went round, {n}. turn"} for n in range(1, 60)]
    closed(path, moments=many, patterns=None, amendments=None)
    async with staged(path) as stage:
        await to_search(stage)
        await asked(stage, "megaphone 40.")
        await stage.press("f3", "enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen), "the megaphone went round, 40. turn")
        assert [each for each in marked(stage) if "reverse" in each[1]] == [
            ("megaphone", "bold reverse"),
            ("40.", "bold reverse"),
        ]
        assert ("megaphone", "bold underline") in marked(stage)
        await stage.resize(60, 18)
        await stage.until("the megaphone went round, 40.")
        await stage.press("f3")
        await stage.until(lambda: "megaphone" not in stage.flat())
        await stage.press("f3")
        await stage.until("round, 40.")
        await stage.press("up", "down")
        await stage.until(lambda: stage.page == "Moments")


async def test_what_the_pact_agrees_is_marked_on_the_page_of_the_probe(path: Path) -> None:
    pact = {
        "ends": "2026-11-01",
        "responsibilities": [{"who": "Ayzel", "what": "brings the ladder"}],
        "messaging": ["nobody speaks for all"],
    }
    closed(path, pact=pact)
    async with staged(path) as stage:
        for word in ("ladder", "nobody"):
            await to_search(stage)
            await stage.press("f3")
            await asked(stage, word)
            await stage.press("enter")
            await stage.until(lambda: isinstance(stage.screen, ReviewScreen) and stage.page == "Probe", word)
            assert marked(stage) == [(word, "bold reverse")]
            await stage.press("escape", "escape", "escape")


async def test_what_is_held_across_probes_opens_no_probe(path: Path) -> None:
    closed(path)
    archive = Archive(path)
    archive.save([NonNegotiables(number=1, at=AT, principles=("our own kettle",), adopted=AT)])
    archive.close()
    async with staged(path) as stage:
        await to_search(stage)
        await asked(stage, "our own kettle")
        await stage.until("It is held across probes: there is no probe to open")
        await stage.press("enter")
        assert isinstance(stage.screen, SearchScreen)
        await asked(stage, "nightshift")
        await stage.until("Enter opens the probe there")


async def test_more_than_can_be_listed_is_said(path: Path) -> None:
    archive = Archive(path)
    archive.save(a_history(30, texts=12))
    archive.close()
    async with staged(path) as stage:
        await to_search(stage)
        await stage.press("f3")
        await asked(stage, "e")
        await stage.until("The first 200; another word narrows them.")
        await stage.press("pagedown", "down", "up", "pageup")
        assert len(stage.get("#found", LineList).items) == 200


async def test_the_whole_text_of_a_result_stands_beside_the_list_or_below_it(path: Path) -> None:
    long = "the megaphone went round " * 8 + "and came back broken"
    closed(path, moments=[{"felt": "compromised", "text": long}], patterns=None, amendments=None)
    async with staged(path, size=(120, 40)) as stage:
        await to_search(stage)
        await stage.press("f3")
        await asked(stage, "megaphone")
        await stage.until("Find", "Results", "Moment 1", "1 of 1", "1 found.")
        assert long in stage.reads("#whole")
        assert stage.get("#whole", Static).region.x > stage.get("#found", LineList).region.right
        await stage.resize(80, 24)
        assert stage.get("#whole", Static).region.y > stage.get("#found", LineList).region.bottom
        await stage.resize(60, 18)
        await stage.until("─Results 1 of 1─", "─Moment 1─")
        assert not any("│" in row for row in stage.rows())


async def test_the_title_of_a_probe_and_the_text_are_whole_where_they_fit(path: Path) -> None:
    closed(path)
    async with staged(path, size=(200, 60)) as stage:
        await to_search(stage)
        await asked(stage, "speaks first")
        await stage.until("guideline 1 held across probes whoever stands at the gate speaks first")
        await stage.resize(80, 24)
        await stage.until("guideline 1 held across probes ")


async def test_typing_works_while_the_texts_are_read(path: Path) -> None:
    closed(path)
    async with staged(path) as stage:
        stage.send("ctrl+f", *"nightshift")
        await stage.until("1 found", lambda: stage.get("#typed", Input).value == "nightshift")


async def test_an_archive_without_texts(path: Path) -> None:
    async with staged(path) as stage:
        await to_search(stage)
        await asked(stage, "x")
        await stage.until("Nothing holds all of these words.")


@pytest.mark.parametrize("text", telling([MIXED, LONG, *HOSTILE_LINES[:6]], [MIXED]), ids=range(8))
async def test_whatever_is_written_is_shown_as_itself(path: Path, text: str) -> None:
    closed(path, **{name: of for name, of in wholly(text).items() if name not in ("close", "pact")})
    async with staged(path) as stage:
        await to_search(stage)
        stage.paste(text)
        await stage.until(lambda: stage.get("#typed", Input).value)
        for size in SIZES:
            await stage.resize(*size)
            for _ in range(2):
                check(stage, size)
                await stage.press("f3")
                for _ in range(6):
                    await stage.press("down")
                    check(stage, size)


@pytest.mark.sweep
async def test_enter_on_what_is_found_starts_no_session(path: Path) -> None:
    taken_in(path, {"title": "the due one", "pact": {"starts": "2026-11-05", "ends": "2026-11-06"}})
    taken_in(path, {"title": "the planned one", "pact": {"starts": "2026-12-05"}})
    taken_in(path, {"title": "the lapsed one", "pact": {"ends": "2026-09-05"}})
    async with staged(path) as stage:
        for title in ("the due one", "the planned one", "the lapsed one"):
            await to_search(stage)
            await asked(stage, title)
            await stage.press("enter")
            await stage.until(lambda: isinstance(stage.screen, ReviewScreen), title, "not debriefed yet", "F4 Debrief")
            assert not Archive(path).rows("sessions")
            await stage.press("escape", "escape", "escape")
            await stage.until(lambda: isinstance(stage.screen, LogbookScreen))


@pytest.mark.sweep
async def test_f4_on_what_was_found_starts_its_debrief_and_goes_on_with_it(path: Path) -> None:
    taken_in(path, {"title": "the due one", "pact": {"starts": "2026-11-05", "ends": "2026-11-06"}})
    async with staged(path) as stage:
        for began in ("not debriefed yet", "still open"):
            await to_search(stage)
            await asked(stage, "the due one")
            await stage.press("enter")
            await stage.until(began)
            await stage.press("f4")
            await stage.until(lambda: stage.phase == "opening")
            assert len(Archive(path).rows("sessions")) == 1
            await stage.press("f5", "ctrl+q", "ctrl+q")
            await stage.until(lambda: isinstance(stage.screen, SearchScreen))
            await stage.press("escape", "escape")
            await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
