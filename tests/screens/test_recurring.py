"""In small groups earlier patterns are offered and people decide; what recurs has a page of its own."""

from pathlib import Path
from typing import Any

import pytest
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from screens.book.guideline import GuidelineScreen
from screens.book.guidelines import GuidelinesScreen
from screens.book.recurring import RecurringRow, RecurringScreen
from screens.frame.question import QuestionScreen
from screens.review import ReviewScreen
from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import Seen, stamp
from store.session.recurring import Known, Offer, mark
from tests.helpers.pictures import Snap, app_on, until
from tests.helpers.rooms import NOW, ROOM, closed, room, taken_in
from tests.helpers.stage import Stage, at_both_sizes, begun, staged
from tests.helpers.texts import HOSTILE, telling


def an_earlier(path: Path, *texts: str, title: str = "Supper", days: int = 10) -> None:
    archive = Archive(path)
    patterns = [{"group": 1, "felt": "compromised", "text": text, "paper_maps": 1} for text in texts]
    close = {"sunset": "lapse", "rhythm": "pause"}
    amendments = [{"principle": "we agree who holds the key", "because": [0], "decision": "vote"}]
    file = room(title=title, patterns=patterns, amendments=amendments, close=close)
    take_in(archive, read_room(file, stamp(NOW - days * 86400)))
    archive.close()


def a_live_one(path: Path, **fields: Any) -> None:
    taken_in(path, room(patterns=[], amendments=[], **fields), began=NOW - 600, phase="small_groups")


@pytest.mark.sweep
async def test_what_was_seen_before_is_offered_and_one_key_says_yes(path: Path) -> None:
    an_earlier(path, "whoever has the keys ends the meeting", "nobody had read the form")
    a_live_one(path)
    async with begun(path, size=(120, 40)) as stage:
        await stage.enter("1- the meeting ends when whoever has the keys says so # p2")
        await stage.until("Pattern 1 seen before? Ctrl+B: whoever has the keys ends the meeting (Supper)")
        await stage.press("ctrl+b")
        await stage.until(lambda: isinstance(stage.screen, QuestionScreen), "1 whoever", "2 nobody had read the form")
        assert not stage.saved.recurring_patterns, "nothing is linked without a key"
        await stage.press("1")
        await stage.until("Pattern 1: seen 2 times", "↻ seen before in Supper")
        assert "seen before?" not in stage.flat()
        saved = stage.saved.recurring_patterns[0]
        assert saved.seen == (Seen(session="s1", pattern=1), Seen(session="s2", pattern=1))
        await stage.press("ctrl+b")
        await stage.until("Pattern 1 is no longer marked")
        assert stage.saved.recurring_patterns == ()
        await stage.enter("1- something quite different was on the table # p1")
        await stage.until("Pattern 2 seen before? Ctrl+B:")
        await stage.type("1")
        await stage.press("ctrl+b")
        await stage.until(lambda: isinstance(stage.screen, QuestionScreen), "Which of these is pattern 1?")
        await stage.press("1")
        await stage.until("Pattern 1: seen 2 times", lambda: not stage.get("#field", Input).value)
        await stage.type("form")
        await stage.press("ctrl+b")
        await stage.until(
            lambda: isinstance(stage.screen, QuestionScreen), "Which of these is pattern 2?", "nobody had read"
        )
        await stage.press("2")
        await stage.until(lambda: stage.phase == "small_groups")
        assert len(stage.saved.recurring_patterns) == 1
        await stage.press("ctrl+b", "1")
        await stage.until("Pattern 2: seen 2 times")
        assert len(stage.saved.recurring_patterns) == 2


@pytest.mark.sweep
async def test_several_that_are_alike_are_chosen_from(path: Path) -> None:
    an_earlier(path, "whoever has the keys ends the meeting", "whoever has the keys ends every meeting")
    a_live_one(path)
    async with begun(path) as stage:
        await stage.enter("1- whoever has keys ends the meeting # p2")
        await stage.until("or 1 other")
        await stage.press("ctrl+b")
        await stage.until(lambda: isinstance(stage.screen, QuestionScreen), "None of them")
        await stage.press("3")
        await stage.until(lambda: stage.phase == "small_groups")
        assert stage.saved.recurring_patterns == ()


async def test_the_words_that_differ_are_marked_and_a_negation_is_named(path: Path) -> None:
    an_earlier(path, "whoever has the keys ends the meeting", "the keys decide nothing")
    a_live_one(path)
    async with begun(path) as stage:
        await stage.enter("1- whoever has the key does not end the meeting early # p2")
        await stage.until("≠ only in the new one: not")
        await stage.press("ctrl+b")
        await stage.until(lambda: isinstance(stage.screen, QuestionScreen))
        rows = stage.screen.query_one(OptionList)
        said = [" ".join(str(option.prompt).split()) for option in rows.options]
        assert said[:2] == [
            "1 whoever has the keys ends the meeting (Supper) ≠ only in the new one: not only in the new one: does, early",
            "2 the keys decide nothing (Supper) ≠ only in the new one: not ≠ only in the earlier one: nothing"
            " only in the new one: whoever, has, does, end, meeting, early",
        ]
        second = rows.get_option_at_index(1).prompt
        assert isinstance(second, Content)
        marked = {second.plain[span.start : span.end].strip(): str(span.style) for span in second.spans}
        assert marked["decide"] == "bold underline"
        assert marked["nothing"] == "bold reverse"


async def test_nothing_is_shown_behind_the_curtain_or_on_the_wall(path: Path) -> None:
    an_earlier(path, "whoever has the keys ends the meeting")
    a_live_one(path)
    async with begun(path) as stage:
        await stage.enter("1- whoever has the keys ends the meeting # p2")
        await stage.until("seen before?")
        await stage.press("f3")
        assert "has the keys" not in stage.flat()
        await stage.press("ctrl+b")
        await stage.until("The patterns stay behind the curtain")
        await stage.press("f2", "ctrl+b")
        assert "has the keys" not in stage.flat()
        assert stage.saved.recurring_patterns == ()


async def test_without_anything_like_it_the_key_says_so(path: Path) -> None:
    a_live_one(path)
    async with begun(path) as stage:
        await stage.press("ctrl+b")
        await stage.until("No pattern is entered yet.")
        await stage.enter("1- keys # p1")
        await stage.press("ctrl+b")
        await stage.until("No earlier pattern to compare with")
        await stage.type("9")
        await stage.press("ctrl+b")
        await stage.until("There is no pattern 9: they go from 1 to 1.")


@pytest.mark.parametrize("text", telling(t for t in HOSTILE if t.strip()), ids=lambda text: ascii(text)[1:24])
async def test_an_earlier_pattern_is_offered_as_it_was_written(path: Path, text: str) -> None:
    an_earlier(path, text, text + "!")
    a_live_one(path)
    async with begun(path) as stage:
        await stage.enter("1- keys # p1")
        stage.paste(text)
        await stage.settle()
        await stage.press("ctrl+b")
        await stage.press("escape", "ctrl+b")
        assert stage.app.is_running


def recurring_year(path: Path) -> None:
    """Three debriefs, in each of which the same was seen."""
    for n, title in enumerate(("Supper", "Second supper", "Bus bench"), 1):
        an_earlier(path, "whoever has the keys ends the meeting", "the form decides", title=title, days=100 - n)
    archive = Archive(path)
    for n in (2, 3):
        found = archive.debrief(f"s{n}")
        known = Known(("s1", 1), found.patterns[0].felt, found.patterns[0].text, "Supper")
        opened = mark(found.with_session(sealed=None), 1, Offer(known, 1, None))
        archive.commit(found, opened.with_session(sealed=found.session.sealed))
    archive.close()


def listed(stage: Stage) -> str:
    """All text on the screen without the borders of its panels, with each run of blanks as one space."""
    return " ".join(stage.text().replace("│", " ").split())


async def to_page(stage: Stage) -> None:
    await stage.press("f9")
    await stage.until(lambda: isinstance(stage.screen, GuidelinesScreen))
    await stage.press("tab")
    await stage.until(lambda: isinstance(stage.screen, RecurringScreen), "Recurring patterns")


@pytest.mark.sweep
async def test_each_probe_and_guideline_behind_a_recurring_pattern_is_one_key_away(path: Path) -> None:
    recurring_year(path)
    async with staged(path) as stage:
        await to_page(stage)
        seen = "seen 3 times Supper, 7 November 2026 Second supper, 7 November 2026 Bus bench, 7 November"
        await stage.until(lambda: seen in listed(stage))
        assert "amended against it guideline 1: we agree who" in listed(stage)
        assert "no debrief since guideline 3 of 7 November 2026" in listed(stage)
        for title in ("Supper", "Second supper", "Bus bench"):
            await stage.press("enter")
            await stage.until(
                lambda: isinstance(stage.screen, ReviewScreen) and stage.page == "Patterns", f"{title} as it was left"
            )
            await stage.press("escape")
            await stage.until(lambda: isinstance(stage.screen, RecurringScreen))
            await stage.press("down")
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, GuidelineScreen), "Guideline 1")
        await stage.press("escape", "pageup", "up", "enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen), "Supper as it was left")
        await stage.press("escape", "tab")
        await stage.until(lambda: isinstance(stage.screen, GuidelinesScreen))
        await stage.press("tab", "escape", "escape")
        await stage.until("Logbook")


async def test_the_probes_behind_whose_impulse_was_right_are_one_key_away(path: Path) -> None:
    closed(path)
    archive = Archive(path)
    found = archive.debrief("s1")
    archive.commit(found, found.with_session(impulses={"autonomy": (2, 3), "benefit": (0, 1)}))
    archive.close()
    async with staged(path) as stage:
        await to_page(stage)
        await stage.until("none yet", "Whose impulse was right", "autonomy: borne out in 2 of 3 positions over 1 probe")
        await stage.until(lambda: "2 of 3 for autonomy, none of 1 for benefit" in listed(stage))
        await stage.press("down", "up", "enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen) and stage.page == "Close")


async def test_beside_the_list_stands_the_probe_or_the_guideline_that_enter_opens(path: Path) -> None:
    recurring_year(path)
    async with staged(path, size=(120, 40)) as stage:
        await to_page(stage)
        pane = stage.get("#pane", Static)
        await stage.until(lambda: stage.reads("#pane").startswith("Supper DEBRIEFED"))
        await stage.press("down", "down", "down")
        await stage.until(lambda: str(pane.border_title) == "Guideline 1")
        assert "rests on pattern 1 − whoever has the keys ends the meeting" in stage.reads("#pane")
        await stage.resize(80, 24)
        await stage.until(lambda: not pane.display)


async def test_where_nothing_recurs_the_page_says_how_it_is_marked(path: Path) -> None:
    taken_in(path, ROOM)
    async with staged(path) as stage:
        await to_page(stage)
        await stage.until("none yet", "In small groups Ctrl+B marks a pattern")
        await stage.press("enter", "down")


@pytest.mark.sweep
@at_both_sizes
@pytest.mark.parametrize("shown", ["offered", "page"])
def test_pictures(snap_compare: Snap, path: Path, shown: str, size: tuple[int, int]) -> None:
    recurring_year(path)
    if shown == "offered":
        a_live_one(path)

    async def there(pilot: Any) -> None:
        app = pilot.app
        await until(pilot, lambda: app.screen.query("#probes").first().items)
        if shown == "page":
            await pilot.press("f9", "tab")
            await until(pilot, lambda: isinstance(app.screen, RecurringScreen))
            return
        await pilot.press("enter")
        await until(pilot, lambda: hasattr(app.screen, "phase"))
        await pilot.press(*"1- the keys end the meeting, whoever has them # p1", "enter")
        await until(pilot, lambda: app.screen.query_one("#before").display)

    assert snap_compare(app_on(path), terminal_size=size, run_before=there)


@pytest.mark.sweep
async def test_no_row_of_the_page_wraps_to_its_left_edge(path: Path) -> None:
    recurring_year(path)
    async with staged(path, size=(80, 24)) as stage:
        await to_page(stage)
        assert isinstance(stage.screen, RecurringScreen)
        rows = tuple(
            RecurringRow("    ", ("word " * 40)[:n].strip() + "x" * (n % 9), probe="p1") for n in range(50, 150)
        )
        stage.screen._rows = rows
        stage.screen.draw()
        for _ in range(30):
            await stage.press("pagedown")
            lines = [line.strip("│") for line in stage.text().splitlines()[2:-3]]
            assert not [line for line in lines if line.strip() and line[:4].strip()]
