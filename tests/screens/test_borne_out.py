"""At the close the room says which positions were borne out; the running record stands in each new dissent session."""

from pathlib import Path
from typing import Any

import pytest

from screens.judging import BorneOutScreen
from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import stamp
from tests.helpers.pictures import Snap, app_on, still, until
from tests.helpers.rooms import NOW, room, taken_in
from tests.helpers.stage import Stage, at_both_sizes, begun, staged
from tests.helpers.texts import telling

DISSENT = [
    {"voice": "Dagny", "pull": "autonomy", "text": "their banner will be larger than ours"},
    {"voice": "Hesper", "pull": "benefit", "text": "nobody hears nine people without a tannoy"},
]


def an_earlier(path: Path) -> None:
    archive = Archive(path)
    said = [{**DISSENT[0], "borne_out": True}, {**DISSENT[1], "borne_out": False}]
    file = room(title="Supper", dissent=said, close={"sunset": "lapse", "rhythm": "pause"})
    take_in(archive, read_room(file, stamp(NOW - 10 * 86400)))
    archive.close()


def at_the_close(path: Path, dissent: list[dict[str, Any]] | None = None) -> None:
    taken_in(path, room(dissent=DISSENT if dissent is None else dissent), began=NOW - 600, phase="close")


async def to_page(stage: Stage) -> None:
    await stage.press("ctrl+b")
    await stage.until(lambda: isinstance(stage.screen, BorneOutScreen))


async def test_each_position_takes_one_key_and_nobody_is_named(path: Path) -> None:
    an_earlier(path)
    at_the_close(path)
    async with begun(path, size=(120, 50)) as stage:
        await stage.until(
            "2 positions of dissent, nothing said yet",
            "2 positions of dissent, borne out or not?",
            "autonomy: one case, borne out",
        )
        assert stage.has("If autonomy advocates are proven right")
        await to_page(stage)
        await stage.until("1 of 2, for autonomy", "their banner will be larger than ours")
        assert "Dagny" not in stage.flat()
        await stage.press("b", "down", "n")
        await stage.until("1 of 1 for autonomy, none of 1 for benefit")
        assert [each.borne_out for each in stage.saved.dissent] == [True, False]
        await stage.press("backspace", "1", "escape")
        await stage.until(lambda: stage.phase == "close", "benefit: borne out in 1 of 2 positions over 2 probes")


async def test_behind_the_curtain_and_on_the_wall_nothing_is_shown(path: Path) -> None:
    at_the_close(path)
    async with begun(path) as stage:
        for key in ("f3", "f2"):
            await stage.press(key, "ctrl+b")
            assert stage.phase == "close"
            assert "their banner" not in stage.flat()


async def test_without_positions_the_key_says_so(path: Path) -> None:
    at_the_close(path, [])
    async with begun(path) as stage:
        assert "What had pulled us" not in stage.flat()
        await stage.press("ctrl+b")
        await stage.until("No position was entered before the action")


@pytest.mark.parametrize("text", telling(), ids=lambda text: ascii(text)[1:24])
async def test_a_position_is_shown_as_it_was_said(path: Path, text: str) -> None:
    at_the_close(path, [{"voice": "", "pull": "autonomy", "text": text}])
    async with begun(path) as stage:
        await to_page(stage)
        await stage.press("pagedown", "b")
        await stage.until("1 of 1 for autonomy")
        assert stage.saved.dissent[0].borne_out is True


async def test_a_new_dissent_session_begins_with_the_record(path: Path) -> None:
    an_earlier(path)
    async with staged(path) as stage:
        await stage.press("f4")
        await stage.until(lambda: bool(stage.phase) or stage.screen.query("#asked"))
        if not stage.phase:
            await stage.press("1")
        await stage.until(lambda: bool(stage.phase))
        for name in ("positions", "choice"):
            await stage.go(name)
            await stage.until("autonomy: one case, borne out")
            await stage.until("benefit: one case, not borne out")


@pytest.mark.sweep
@at_both_sizes
@pytest.mark.parametrize("shown", ["close", "page", "positions"])
def test_pictures(snap_compare: Snap, path: Path, shown: str, size: tuple[int, int]) -> None:
    an_earlier(path)
    if shown != "positions":
        at_the_close(path)

    async def there(pilot: Any) -> None:
        app = pilot.app
        await until(pilot, lambda: app.screen.query("#probes").first().items)
        if shown == "positions":
            await pilot.press("f4")
            await still(pilot)
            if app.screen.query("#asked"):
                await pilot.press("1")
            await until(pilot, lambda: hasattr(app.screen, "curtain"))
            app.change(lambda debrief, _: debrief.with_session(phase="positions"))
            await until(pilot, lambda: app.screen.query("RunningRecord"))
            return
        await pilot.press("enter")
        await until(pilot, lambda: hasattr(app.screen, "curtain"))
        if shown == "page":
            await pilot.press("ctrl+b")
            await until(pilot, lambda: isinstance(app.screen, BorneOutScreen))

    assert snap_compare(app_on(path), terminal_size=size, run_before=there)
