"""Did it work? In the amendments of a debrief the guidelines of the one before it come up, a key for each."""

from pathlib import Path
from typing import Any

import pytest

from screens.judging import DidItWorkScreen
from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import Verdict, stamp
from tests.helpers.pictures import Snap, app_on, until
from tests.helpers.rooms import NOW, ROOM, empty_of_entries, room, taken_in
from tests.helpers.stage import Stage, at_both_sizes, begun
from tests.helpers.texts import telling

AMENDMENTS = [
    {"principle": "whoever stands at the gate speaks first", "because": [0], "decision": "consensus"},
    {
        "principle": "nobody signs for another, and what was signed for can be taken back",
        "because": [1],
        "decision": "vote",
    },
]


def two_debriefs(path: Path, *amendments: dict[str, Any]) -> None:
    """A debrief that was sealed ten days ago, and one that is live."""
    archive = Archive(path)
    close = {"sunset": "lapse", "rhythm": "pause"}
    pact = {**ROOM["pact"], "starts": "2026-10-25", "ends": "2026-10-26", "sunset": "2026-10-30"}
    take_in(
        archive,
        read_room(room(title="Supper", amendments=list(amendments), close=close, pact=pact), stamp(NOW - 864000)),
    )
    archive.close()
    taken_in(path, empty_of_entries(ROOM), began=NOW - 600, phase="amendments")


async def to_page(stage: Stage) -> None:
    await stage.press("ctrl+b")
    await stage.until(lambda: isinstance(stage.screen, DidItWorkScreen), "1 of 2")


async def test_each_guideline_takes_one_key_and_is_saved_at_once(path: Path) -> None:
    two_debriefs(path, *AMENDMENTS)
    async with begun(path, size=(120, 40)) as stage:
        await stage.until("Did it work?", "Ctrl+B", "1 · whoever stands at the gate speaks first")
        await stage.press("f8")
        await stage.until("2 of the last guidelines not judged (Ctrl+B)")
        await to_page(stage)
        assert stage.has("2 guidelines, nothing said yet", "whoever stands at the gate")
        await stage.press("p", "down", "t")
        await stage.until("Of 2 guidelines 1 partly, 1 too early.")
        assert stage.saved.session.verdicts == (
            Verdict(guideline=1, worked="partly"),
            Verdict(guideline=2, worked="too early"),
        )
        await stage.press("backspace", "4", "left", "escape")
        await stage.until(lambda: stage.phase == "amendments", "1 ~ partly: whoever", "2 ✗ no: nobody signs")
        await stage.press("f8")
        await stage.until(lambda: stage.hint.startswith("F8 again: on to"))
        assert "not judged" not in stage.hint


async def test_behind_the_curtain_and_on_the_wall_nothing_is_shown(path: Path) -> None:
    two_debriefs(path, *AMENDMENTS)
    async with begun(path) as stage:
        for key in ("f3", "f2"):
            await stage.press(key, "ctrl+b")
            assert stage.phase == "amendments"
            assert "whoever stands" not in stage.flat()
        await stage.press("f2", "f3", "ctrl+b")
        await stage.until("whoever stands at the gate")


async def test_without_an_earlier_debrief_the_key_says_so(path: Path) -> None:
    taken_in(path, empty_of_entries(ROOM), began=NOW - 600, phase="amendments")
    async with begun(path) as stage:
        assert "Did it work?" not in stage.flat()
        await stage.press("ctrl+b")
        await stage.until("No earlier debrief has added or revised a guideline")


@pytest.mark.parametrize("text", telling(), ids=lambda text: ascii(text)[1:24])
async def test_a_guideline_is_shown_as_it_was_written(path: Path, text: str) -> None:
    two_debriefs(path, {"principle": text, "decision": "vote"}, AMENDMENTS[0] | {"because": []})
    async with begun(path) as stage:
        await to_page(stage)
        await stage.press("pagedown", "y")
        await stage.until("1 yes")
        assert stage.saved.session.verdicts == (Verdict(guideline=1, worked="yes"),)


@pytest.mark.sweep
@at_both_sizes
@pytest.mark.parametrize("shown", ["phase", "page"])
def test_pictures(snap_compare: Snap, path: Path, shown: str, size: tuple[int, int]) -> None:
    two_debriefs(path, *AMENDMENTS)
    archive = Archive(path)
    found = archive.debrief("s2")
    archive.commit(found, found.with_session(verdicts=(Verdict(guideline=1, worked="partly"),)))
    archive.close()

    async def there(pilot: Any) -> None:
        app = pilot.app
        await until(pilot, lambda: app.screen.query("#probes").first().items)
        await pilot.press("enter")
        await until(pilot, lambda: hasattr(app.screen, "curtain"))
        if shown == "page":
            await pilot.press("ctrl+b")
            await until(pilot, lambda: isinstance(app.screen, DidItWorkScreen))

    assert snap_compare(app_on(path), terminal_size=size, run_before=there)
