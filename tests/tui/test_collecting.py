"""All of memory is searched for garbage only while nobody types: with a large logbook on the screen one would feel it."""

import gc
from pathlib import Path

import pytest

from tui.app import RedrawApp


@pytest.mark.sweep
async def test_memory_is_searched_once_when_typing_has_rested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searched = []

    def note() -> int:
        searched.append(True)
        return 0

    monkeypatch.setattr("tui.app.COLLECT_AFTER", 0.5)
    monkeypatch.setattr(gc, "collect", note)
    app = RedrawApp(tmp_path / "logbook.json")
    async with app.run_test() as pilot:
        for _ in range(8):
            await pilot.press("x")
            await pilot.pause(0.1)
        assert not searched
        await pilot.pause(1.5)
        assert len(searched) == 1
    app.close()
