"""Another group's probes on the logbook: whose they are, that they are only looked at, and a conflict decided there."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.frame.question import QuestionScreen
from store.archive.archive import Archive
from store.exchange.incoming.importing import import_file, take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.export import export
from tests.helpers.pictures import until
from tests.helpers.rooms import NOW, PEOPLE, room, taken_in
from tests.helpers.stage import FakeClock, Stage, at_both_sizes, staged
from tests.helpers.sweeps import swept
from tests.helpers.texts import telling
from tui.app import RedrawApp

OWN = "Kettle and Key"


def with_theirs(path: Path, *changes: dict[str, Any], group: str = "Breathers of Pellan") -> None:
    """An archive of ours with a probe of another group, which comes in once more for each change of its fields."""
    taken_in(path, room(title="Ours", our_organisation=OWN), sealed="2026-11-07T18:00:00+00:00")
    theirs = Archive(path.with_name("theirs.json"))
    take_in(theirs, read_room(room(title="Theirs", close={"sunset": "lapse", "rhythm": "act"}), "2026-11-07T19:00:00"))
    data = json.loads(export(theirs, (), "json", path.with_name("out.json"), raw=True).read_bytes())
    data["group"] = group
    archive = Archive(path)
    for change in ({}, *changes):
        data["probes"][0]["probe"] |= change
        import_file(archive, BytesIO(json.dumps(data).encode()).read, NOW, fill=True)
    archive.close()


async def chosen(stage: Stage, title: str) -> None:
    """Have the probe with a title highlighted."""
    await stage.type(title)
    await stage.until(lambda: stage.reads("#detail").startswith(title))


@pytest.fixture
def conflict(path: Path) -> Path:
    with_theirs(path, {"title": "Theirs again"})
    return path


async def test_theirs_say_whose_they_are_and_enter_only_shows_them(path: Path) -> None:
    with_theirs(path)
    async with staged(path) as stage:
        await stage.until("of Breathers of Pellan")
        await chosen(stage, "Theirs")
        await stage.until("Enter shows it")
        await stage.press("ctrl+o")
        await stage.until("stays as it came")
        await stage.press("enter")
        await stage.until(
            "Theirs as it was left", "What was learned", lambda: type(stage.screen).__name__ == "ReviewScreen"
        )


async def test_nothing_can_be_added_to_their_moments(path: Path) -> None:
    with_theirs(path)
    async with staged(path) as stage:
        await chosen(stage, "Theirs")
        await stage.press("enter")
        await stage.until(lambda: type(stage.screen).__name__ == "ReviewScreen")
        screen: Any = stage.screen
        for _ in range(2):
            await stage.press("right")
        await stage.until("Moments")
        assert not screen.query_one("#entry").display
        await stage.press("ctrl+t")
        await stage.settle()
    assert len(Archive(path).debrief("px1").moments) == 3
    assert len(PEOPLE) == 9


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ("1", ["Ours", "Theirs"]),
        *swept(["2", ["Ours", "Theirs again"]]),
        ("3", ["Ours", "Theirs", "Theirs again"]),
        *swept(["5", ["Ours", "Theirs", "Theirs again"]]),
    ],
)
async def test_a_conflict_is_asked_about_and_decided(conflict: Path, answer: str, titles: list[str]) -> None:
    async with staged(conflict) as stage:
        await stage.until("conflict")
        await chosen(stage, "Theirs again")
        await stage.until("Enter asks which to keep")
        await stage.press("enter")
        await stage.until("px1 (of", "Breathers of Pellan)", "the title.", "Which stays?")
        await stage.press(answer)
        await stage.until(lambda: type(stage.screen).__name__ == "LogbookScreen")
        await stage.press("escape")
        await stage.until(*titles, lambda: stage.has("differs from px1") == (answer == "5"))
        rows = {row["title"]: row.get("conflicts_with", "") for row in stage.app.live.archive.rows("probes")}
    assert sorted(rows) == titles
    assert set(rows.values()) == ({"", "px1"} if answer == "5" else {""})


@pytest.mark.parametrize("size", [(80, 24), *swept((120, 40))])
async def test_the_question_shows_both_values(path: Path, size: tuple[int, int]) -> None:
    with_theirs(path, {"title": "Theirs again", "issue": "day flights", "place": "Gate 9", "tags": ["gates"]})
    async with staged(path, size=size) as stage:
        await chosen(stage, "Theirs again")
        await stage.press("enter")
        await stage.until("Which stays?", "title", "here Theirs", "in the file Theirs again")
        told = stage.reads("#details")
        assert "issue here night flights in the file day flights" in told
        assert "place here nothing in the file Gate 9" in told
        await stage.until("2 What came in, in place of px1", "5 Decide later")
        await stage.press("pagedown", "pagedown")
        await stage.until("Gate 9")


async def test_what_came_in_can_be_looked_at_first(conflict: Path) -> None:
    async with staged(conflict) as stage:
        await chosen(stage, "Theirs again")
        await stage.press("enter")
        await stage.until("Which stays?")
        await stage.press("4")
        await stage.until("Theirs again", lambda: type(stage.screen).__name__ == "ReviewScreen")


def with_several(path: Path, *again: str) -> None:
    """An archive of ours with three probes of another group, of which those with some titles come in once more, worded otherwise."""
    taken_in(path, room(title="Ours", our_organisation=OWN), sealed="2026-11-07T18:00:00+00:00")
    theirs = Archive(path.with_name("theirs.json"))
    for title in ("One", "Two", "Three"):
        take_in(theirs, read_room(room(title=title, close={"sunset": "lapse", "rhythm": "act"}), "2026-11-07T19:00:00"))
    data = json.loads(export(theirs, (), "json", path.with_name("out.json"), raw=True).read_bytes())
    archive = Archive(path)
    import_file(archive, BytesIO(json.dumps(data).encode()).read, NOW, fill=True)
    for title in again:
        for each in data["probes"]:
            if each["probe"]["title"].startswith(title):
                each["probe"]["title"] += " again"
                each["moments"] = each["moments"][:-1]
                each["patterns"] = each["amendments"] = []
        import_file(archive, BytesIO(json.dumps(data).encode()).read, NOW, fill=True)
    archive.close()


def titles_of(stage: Stage) -> list[str]:
    return sorted(row["title"] for row in stage.app.live.archive.rows("probes") if row["title"] != "Ours")


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        *swept(["6", ["One", "Three", "Two"]]),
        ("7", ["One again", "Three again", "Two again"]),
    ],
)
async def test_all_that_wait_are_decided_alike_after_it_is_said_what_goes(
    path: Path, answer: str, titles: list[str]
) -> None:
    with_several(path, "One", "Two", "Three")
    async with staged(path) as stage:
        await chosen(stage, "Two again")
        await stage.press("enter")
        await stage.until("for all 3")
        before = titles_of(stage)
        await stage.press(answer)
        await stage.until("“redraw backup”")
        assert stage.has("For 3 of them it holds less: px1: moments (3") == (answer == "7")
        await stage.press("1")
        await stage.until("Which stays?")
        assert titles_of(stage) == before
        await stage.press(answer)
        await stage.until("“redraw backup”")
        await stage.press("2")
        await stage.until(lambda: type(stage.screen).__name__ == "LogbookScreen")
        assert titles_of(stage) == titles
        assert not any(row.get("conflicts_with") for row in stage.app.live.archive.rows("probes"))
        assert stage.app.live.archive.check()[1] == []


async def test_what_came_in_twice_takes_a_place_by_itself_only(path: Path) -> None:
    with_several(path, "One", "Two", "Three", "Two")
    async with staged(path) as stage:
        await chosen(stage, "Three again")
        await stage.press("enter")
        await stage.until("What is here, for all 4", "for the 2 that came in once")
        await stage.press("7")
        await stage.until("“redraw backup”")
        await stage.press("2")
        await stage.until(lambda: type(stage.screen).__name__ == "LogbookScreen")
        assert titles_of(stage) == ["One again", "Three again", "Two", "Two again", "Two again again"]


@pytest.mark.parametrize("text", telling(), ids=lambda text: ascii(text[:16]))
async def test_hostile_names_of_groups_and_titles_are_shown_and_do_nothing(path: Path, text: str) -> None:
    with_theirs(path, {"title": f"z{text}"}, group=f"g{text}")
    async with staged(path) as stage:
        await stage.until("TO DECIDE")
        await stage.press("enter")
        await stage.until("Which stays?")


@pytest.mark.sweep
@at_both_sizes
@pytest.mark.parametrize("asked", [False, True], ids=["logbook", "question"])
def test_pictures(conflict: Path, snap_compare: Any, size: tuple[int, int], asked: bool) -> None:
    async def run(pilot: Pilot[None]) -> None:
        app: Any = pilot.app
        await until(pilot, lambda: "asks which" in str(app.screen.query_one("#hint").visual))
        if asked:
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, QuestionScreen))

    app = RedrawApp(conflict, time=FakeClock().keeper())
    assert snap_compare(app, terminal_size=size, run_before=run)


async def test_what_is_new_in_a_room_file_comes_into_the_probe_that_is_here(path: Path) -> None:
    data = room(title="Ours", our_organisation=OWN)
    archive = Archive(path)
    for people in ([], [{"alias": "Zed One", "organisation": OWN}]):
        more = {**data, "participants": [*data["participants"], *people]}
        import_file(archive, BytesIO(json.dumps(more).encode()).read, NOW)
    archive.close()
    async with staged(path) as stage:
        await stage.until("conflict")
        await stage.type("Ours")
        await stage.press("enter")
        await stage.until("Which stays?", "6 p1, with what is new: 1 participant")
        await stage.press("6")
        await stage.until(lambda: type(stage.screen).__name__ == "LogbookScreen")
        await stage.until(lambda: len(stage.app.live.archive.rows("probes")) == 1)
        assert [each.alias for each in stage.app.live.archive.debrief("p1").participants][-1] == "Zed One"
