"""The guidelines on screen: found by typing, read on any day, each with its lineage."""

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, Static

from screens.book.guideline import GuidelineScreen
from screens.book.guidelines import GuidelinesScreen
from screens.review import ReviewScreen
from store.archive.archive import Archive
from store.demo import fill
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import stamp
from store.words.text import visible
from tests.helpers.pictures import Snap, app_on, until
from tests.helpers.rooms import NOW, closed
from tests.helpers.stage import Stage, at_both_sizes, staged
from tests.helpers.sweeps import swept
from tests.helpers.texts import room, telling


@pytest.fixture
def year(path: Path) -> Path:
    """The sample year."""
    archive = Archive(path)
    fill(archive, NOW)
    archive.close()
    return path


async def to_book(stage: Stage) -> None:
    await stage.press("f9")
    await stage.until(lambda: isinstance(stage.screen, GuidelinesScreen), "in force, last amended 26 days ago")


@pytest.mark.sweep
async def test_words_find_a_guideline_and_a_month_shows_what_was_held(year: Path) -> None:
    async with staged(year) as stage:
        await to_book(stage)
        await stage.type("candidate")
        await stage.until("If a candidate turns up", lambda: "Readings" not in stage.text())
        await stage.press("escape")
        await stage.until("At a workplace somebody who works there")
        await stage.type("march 2026")
        await stage.until("as they stood at the end of 31 March 2026, 7 of the 10 of today", "worded otherwise since")
        assert "come back out within a day" not in stage.flat()
        await stage.press("escape")
        await stage.type("2020-01-01")
        await stage.until("end of 1 January 2020", "Contact details gathered")
        await stage.press("escape")
        await stage.type("xyzzy")
        await stage.until("Nothing fits what is typed")
        await stage.press("enter", "down", "escape", "escape")
        await stage.until(lambda: not isinstance(stage.screen, GuidelinesScreen))


@pytest.mark.sweep
async def test_a_guideline_shows_its_lineage_and_opens_the_probe_it_came_from(year: Path) -> None:
    async with staged(year, size=(120, 50)) as stage:
        await to_book(stage)
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, GuidelineScreen), "Guideline 1", "Did it work?")
        assert "yes wording 3, Night-bus hearing in three front rooms" in stage.reads("#worked")
        assert stage.has(
            "[−and−]",
            "decided by consensus",
            "answers the gap: 9 of 9 placed it lower on autonomy",
            "older than this archive",
        )
        assert stage.has(
            "reservation: Colm: a signature for a photo, fine.", "rests on pattern 4 + Taking a picture back"
        )
        assert "spoon in his other hand" not in stage.flat()
        await stage.press("f3")
        await stage.until("spoon in his other hand")
        await stage.press("f3")
        await stage.until(lambda: "spoon in his other hand" not in stage.flat())
        await stage.press("down", "enter")
        await stage.until(
            lambda: isinstance(stage.screen, ReviewScreen), "Damp map of Stair C", "before: Contact details"
        )
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, GuidelineScreen))
        await stage.press("down", "down", "enter")
        await stage.until("Where this wording came from is not in this archive.")
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, GuidelinesScreen))


@pytest.mark.sweep
async def test_from_a_past_day_a_guideline_opens_at_the_wording_that_was_held(year: Path) -> None:
    async with staged(year, size=(120, 50)) as stage:
        await to_book(stage)
        await stage.type("What did we hold in March?")
        await stage.until("as they stood at the end of 31 March 2026")
        assert "worked: yes" not in stage.flat()  # that was said later
        await stage.press("enter")
        await stage.until("Guideline 1 as it stood at the end of 31 March 2026, since", "▸ Wording 2, since")
        await stage.press("escape", "escape")
        await stage.type("april")
        await stage.until("worked: yes")
        await stage.press("escape", "enter")
        await stage.until("Guideline 1 since", "▸ Wording 3, since")


async def test_beside_the_list_stands_where_the_highlighted_guideline_comes_from(year: Path) -> None:
    async with staged(year, size=(200, 60)) as stage:
        await to_book(stage)
        pane = stage.get("#pane", Static)
        await stage.until(lambda: "Did it work?" in stage.reads("#pane"))
        assert str(pane.border_title) == "Guideline 1"
        assert "[−and−] leave it only with a [−signature.−] [+signature, and come back" in stage.reads("#pane")
        assert "rests on pattern 4 + Taking a picture back was possible." in stage.reads("#pane")
        assert "2 reservations" in stage.reads("#pane")
        assert not stage.has("Colm"), "whose reservation it was is one key away, not in passing"
        assert not stage.has("spoon in his other hand"), "moments stay behind the curtain"
        await stage.press("down")
        await stage.until(lambda: str(pane.border_title) == "Guideline 2")
        await stage.type("candidate")
        await stage.until(lambda: str(pane.border_title) == "Guideline 6")
        await stage.type("xyzzy")
        await stage.until(lambda: not stage.reads("#pane"))
        await stage.resize(80, 24)
        await stage.until(lambda: not pane.display)
        await stage.press("escape")
        await stage.resize(120, 40)
        await stage.until(lambda: "Did it work?" in stage.reads("#pane"))


async def test_what_later_debriefs_said_stands_in_columns(year: Path) -> None:
    async with staged(year) as stage:
        await to_book(stage)
        for _ in range(10):
            await stage.press("enter")
            await stage.until("Did it work?")
            said = str(stage.get("#verdicts", Static).visual).splitlines()[1:-1]
            rows = [row for row in said if row[2:3].isalpha()]
            if len(rows) > 1:
                break
            await stage.press("escape", "down")
        assert {row[12:13] for row in rows} == {" "}
        assert all(row[13] != " " for row in said)
        assert "F3 shows" in stage.hint


async def test_a_book_that_has_not_changed_for_long_is_asked_about(path: Path) -> None:
    closed(path)
    archive = Archive(path)
    found = archive.debrief("p1")
    old = found.guidelines[0]
    old = old.but(history=(old.history[0].but(since=stamp(NOW - 200 * 86400)),))
    archive.save([old])
    archive.close()
    async with staged(path) as stage:
        await stage.press("f9")
        await stage.until("last amended 200 days ago")
        await stage.until("A framework that stops changing fossilises")


async def test_an_empty_book_says_where_the_first_is_written(path: Path) -> None:
    async with staged(path) as stage:
        await stage.press("f9")
        await stage.until("none yet", "The first is written in the amendments of a debrief.")
        await stage.press("enter", "down", "pagedown", "escape")


@pytest.mark.parametrize("text", telling(), ids=lambda text: ascii(text)[1:24])
async def test_whatever_was_written_is_shown_as_it_is(path: Path, text: str) -> None:
    archive = Archive(path)
    take_in(archive, read_room(room(text), stamp(NOW - 86400)))
    archive.close()
    start = visible(text).split()[0][:20]
    async with staged(path, size=(120, 40)) as stage:
        await stage.press("f9")
        await stage.until(start)
        stage.paste(text)
        await stage.settle()
        if stage.get("#field", Input).value:
            await stage.press("escape")
        await stage.press("enter")
        await stage.until("Did it work?", start)
        await stage.press("f3", "down", "f3", "pagedown")
        assert isinstance(stage.screen, GuidelineScreen)


@at_both_sizes
@pytest.mark.parametrize("shown", ["book", *swept("then", "lineage", "moments")])
def test_pictures(snap_compare: Snap, year: Path, shown: str, size: tuple[int, int]) -> None:
    async def there(pilot: Any) -> None:
        app = pilot.app
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, GuidelinesScreen) and app.screen._shown)
        if shown == "then":
            await pilot.press(*"2026-03", "down")
        elif shown != "book":
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, GuidelineScreen))
            await pilot.press(*(["f3"] if shown == "moments" else []))
        await until(pilot, lambda: app.screen.query_one("#hint", Static).visual)

    assert snap_compare(app_on(year), terminal_size=size, run_before=there)
