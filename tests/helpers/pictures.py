"""Pictures of screens: an app on an archive at a time that stands still, and the way to the screen that is pictured.

A picture is taken of a screen that is still: see `still`, for which `snap_compare` waits at the end of the way.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from time import monotonic
from typing import Any

from textual.css.query import NoMatches
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from tests.helpers.rooms import NOW
from tests.helpers.stage import PATIENCE, FakeClock
from tui.app import RedrawApp

Before = Callable[[Pilot[None]], Awaitable[None]]
Snap = Callable[..., bool]


ALIKE = 3
"""Looks at a screen, one after the other, that have to see the same before it counts as still."""

BETWEEN = 0.03
"""Seconds between them; no screen of ours waits longer with something that it has still to draw, but for a form at rest."""


async def still(pilot: Pilot[None]) -> None:
    """Wait until nothing is read aside any more, and nothing on the screen changes by itself."""
    app = pilot.app
    seen: list[Any] = []
    end = monotonic() + PATIENCE
    while monotonic() < end:
        await pilot.pause(BETWEEN)
        busy = any(worker.is_running for worker in app.workers)
        seen = [*seen[-ALIKE + 1 :], [list(strip) for strip in app.screen._compositor.render_strips()]]
        if not busy and len(seen) == ALIKE and seen.count(seen[0]) == ALIKE:
            return
    raise AssertionError(f"never still: {app.screen}")


async def until(pilot: Pilot[None], there: Callable[[], Any]) -> None:
    """Wait for a condition, and then for a screen that is still."""
    end = monotonic() + PATIENCE
    while not _holds(there):
        assert monotonic() < end, f"not there: {pilot.app.screen}"
        await pilot.pause(BETWEEN)
    await still(pilot)


def _holds(there: Callable[[], Any]) -> bool:
    try:
        return bool(there())
    except NoMatches:  # the screen has nothing on it yet
        return False


def app_on(path: Path) -> RedrawApp:
    """Redraw on an archive, at the time of the rooms."""
    return RedrawApp(path, time=FakeClock(NOW).keeper())


def turned_to(title: str) -> Callable[[Any], Any]:
    """Turn a review to the page of a title, and say so; in the place of the keys that would do it."""

    def turned(app: Any) -> bool:
        pages = app.screen.query_one("#pages", OptionList)
        at = next(n for n in range(pages.option_count) if str(pages.get_option_at_index(n).prompt) == title)
        pages.highlighted = at
        return str(app.screen.query_one("#text", Static).visual).startswith(title)

    return turned


def opened(*keys: str, name: str = "", wait: Callable[[Any], Any] | None = None) -> Before:
    """Open the first probe, press keys, and wait until a screen is there."""

    async def run(pilot: Pilot[None]) -> None:
        app: Any = pilot.app
        await until(pilot, lambda: app.screen.query("#probes").first().items)
        await pilot.press("enter")
        await until(pilot, lambda: hasattr(app.screen, "curtain"))
        await pilot.press(*keys)
        if name:
            await until(pilot, lambda: type(app.screen).__name__ == name)
        if wait is not None:
            await until(pilot, lambda: wait(app))

    return run
