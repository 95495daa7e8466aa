"""One terminal and one time zone for every test of the screens, wherever it runs."""

import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from store.debrief import Debrief
from tests.helpers.pictures import still
from tests.helpers.rooms import NOW, ROOM, empty_of_entries, taken_in


@pytest.fixture(autouse=True)
def _the_same_everywhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A terminal of all colours, and UTC, in which the room's hours are the archive's."""
    with monkeypatch.context() as patch:
        patch.setenv("TERM", "xterm-256color")
        patch.setenv("COLORTERM", "truecolor")
        patch.setenv("TZ", "UTC")
        for name in ("NO_COLOR", "FORCE_COLOR", "REDRAW_DEBUG"):
            patch.delenv(name, raising=False)
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def due(path: Path) -> Debrief:
    """An archive with one debrief that is due: its roster is there, and nothing has been said yet."""
    return taken_in(path, empty_of_entries(ROOM))


@pytest.fixture
def live(path: Path) -> Debrief:
    """An archive with one live session, its clock paused, in which something was said in every phase."""
    return taken_in(path, ROOM, began=NOW - 600, no_amendment="nobody had the strength")


@pytest.fixture
def snap_compare(snap_compare: Callable[..., bool]) -> Callable[..., bool]:
    """The plugin's comparison, made when the screen is still, however slow the computer is."""

    def compare(app: Any, *, run_before: Callable[[Pilot[None]], Awaitable[None]], **named: Any) -> bool:
        async def run(pilot: Pilot[None]) -> None:
            await run_before(pilot)
            await still(pilot)

        return snap_compare(app, run_before=run, **named)

    return compare
