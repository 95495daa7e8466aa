"""The wall in a window of its own: every phase at every size, with a marker in all that is private."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.geometry import Region
from textual.pilot import Pilot

from screens.widgets.large_text import BigDigits, Poster
from screens.widgets.wall_lists import cloud, panels
from store.archive.archive import Archive
from store.phases import NAMES
from store.wall.follower import WallFollower
from store.wall.shown import Panel
from tests.helpers.marked import MARK, PHASES_OF_DISSENT, full, saved
from tests.helpers.posters import posters
from tests.helpers.rooms import NOW, ROOM, taken_in
from tests.helpers.stage import begun, quiet
from tests.helpers.sweeps import swept
from tui.wall import WallApp

EVERY = (*NAMES, *PHASES_OF_DISSENT)


class Window:
    """The window in a test."""

    def __init__(self, app: WallApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def settle(self) -> None:
        """Look once, and let everything under way finish."""
        self.app.look()
        for _ in range(3):
            await quiet(self.app)
            self.app.screen._on_timer_update()
        await quiet(self.app)

    def text(self) -> str:
        """All text in the window, with that in large letters."""
        rows = [strip.text for strip in self.app.screen._compositor.render_strips()]
        return "\n".join([*rows, *(each.text for each in self.app.screen.query(Poster) if each.region)])

    def whole(self, selector: str) -> bool:
        """Whether all of a widget is in the window."""
        found = self.app.screen.query_one(selector)
        inside = Region(0, 0, *self.app.size)
        return bool(found.region) and inside.contains_region(found.region)


@asynccontextmanager
async def window(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Window]:
    """The window on an archive, at `NOW`."""
    app = WallApp(WallFollower(path), now=lambda: NOW)
    async with app.run_test(size=size) as pilot:
        shown = Window(app, pilot)
        await shown.settle()
        yield shown


@pytest.mark.parametrize("size", [(80, 24), *swept((60, 18), (120, 40), (200, 60))])
@pytest.mark.parametrize("opened", [False, *swept(True)])
@pytest.mark.parametrize("phase", EVERY)
async def test_no_frame_of_the_window_holds_anything_private(
    path: Path, phase: str, opened: bool, size: tuple[int, int]
) -> None:
    told = {"small_groups", "decompression", "close", "positions"} if opened else set()
    for revealed in (0, 1) if phase in ("reposition", "placing", "choice") else (0,):
        saved(path, full(phase, revealed=revealed, opened=opened))
        async with window(path, size) as shown:
            text = shown.text().casefold()
            assert phase in told or MARK not in text, text
            assert shown.app.screen.query_one(BigDigits).text != "0:00"
            assert shown.whole("#wall-digits")
            for selector in ("#wall-prompt", "#wall-list", "#wall-chart"):
                found = shown.app.screen.query_one(selector)
                assert not found.display or shown.whole(selector), (selector, found.region)


async def test_the_window_says_what_is_next_while_no_session_is_live(path: Path) -> None:
    async with window(path) as shown:
        assert "No debrief is running." in shown.text()
        taken_in(
            path,
            {
                **ROOM,
                "moments": [],
                "actual": [],
                "amendments": [],
                "patterns": [],
                "feelings": {},
                "sovereignty": {},
                "turnout": None,
            },
        )
        shown.app._follower._ahead = float("-inf")
        await shown.settle()
        assert "Noise protest at Gate 2" in shown.text()


async def test_nothing_can_be_done_in_the_window_but_leave_it(path: Path) -> None:
    before = saved(path, full("silent_mapping"))
    async with window(path) as shown:
        text = shown.text()
        for key in ("enter", "f2", "f3", "f4", "f5", "f8", "ctrl+p", "ctrl+c", "ctrl+z", "tab", "a", "escape"):
            shown.app.simulate_key(key)
            await shown.settle()
            assert shown.text() == text, key
        shown.app.simulate_key("q")
        await quiet(shown.app)
    assert shown.app.return_code == 0
    assert Archive(path).debrief(before.handle) == before


async def test_the_window_runs_at_any_size(path: Path) -> None:
    saved(path, full("reposition", revealed=1))
    async with window(path) as shown:
        for columns, rows in ((10, 4), (20, 8), (30, 60), (300, 20), (2, 2), (200, 60)):
            await shown.pilot.resize_terminal(columns, rows)
            await shown.settle()
            assert shown.app.size == (columns, rows)
        assert "autonomy preserved" in shown.text()


@pytest.mark.parametrize(
    "phase", ["amendments", "placing", *swept(*(each for each in EVERY if each not in ("amendments", "placing")))]
)
async def test_no_frame_of_the_wall_view_holds_anything_private(path: Path, phase: str) -> None:
    saved(path, full(phase, revealed=int(phase == "placing"), opened=True))
    async with begun(path) as stage:
        await stage.until(lambda: stage.phase == phase)
        if not stage.app.live.hall.wall:
            await stage.press("f2")
        assert MARK not in stage.text().casefold(), stage.text()


def test_no_name_is_left_out_of_the_groups_where_they_fit_in_lines() -> None:
    groups = [Panel(f"Group {n}", tuple(f"name{n}{at}" for at in range(5)), short=True) for n in range(5)]
    drawn = panels(groups, 54, 11).plain
    assert all(name in drawn for each in groups for name in each.lines)


def test_lists_take_no_more_than_their_room_and_say_what_is_left_out() -> None:
    lists = [Panel("a", tuple(f"line {at}" for at in range(30)), latest=True), Panel("b", ("one",))]
    drawn = panels(lists, 60, 10)
    assert drawn.plain.count("\n") < 10
    assert "line 29" in drawn.plain
    assert "before" in drawn.plain
    assert all(line.cell_length <= 60 for line in drawn.split("\n"))


def test_words_are_larger_the_more_often_they_were_said() -> None:
    words = [("angry", 9), ("tired", 3), ("sad", 1)]
    drawn = cloud(words, 110, 13).plain.split("\n")
    assert list(dict.fromkeys(posters(drawn))) == ["angry 9", "tired 3 sad"]
    small = cloud(words, 110, 9).plain.split("\n")
    assert small[-1].split() == ["tired", "3", "sad"]
    larger = cloud(words, 110, 24).plain.split("\n")
    assert len(larger) == 12 + 1 + 6 + 1 + 3
    assert list(dict.fromkeys(posters(larger))) == ["angry 9", "tired 3", "sad"]
