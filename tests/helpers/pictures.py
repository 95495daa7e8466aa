"""Snapshots of screens: an app on an archive at a fixed time, and the steps that lead to a screen.

A snapshot is taken once the screen is still. `snap_compare` runs the steps, which end by waiting for `still`.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from time import monotonic
from typing import Any

from textual.css.query import NoMatches
from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.helpers.rooms import NOW
from tests.helpers.stage import PATIENCE, FakeClock
from tui.app import RedrawApp

Before = Callable[[Pilot[None]], Awaitable[None]]
Snap = Callable[..., bool]


ALIKE = 3
"""A screen is still when this many looks in a row see the same."""

BETWEEN = 0.03
"""Seconds between looks. No screen of ours delays drawing for longer, except an idle form."""


async def still(pilot: Pilot[None]) -> None:
    """Wait until no worker is running and the screen has stopped changing."""
    app = pilot.app
    seen: list[Any] = []
    end = monotonic() + PATIENCE
    while monotonic() < end:
        await pilot.pause(BETWEEN)
        app.screen._on_timer_update()  # draws what waits for the next frame
        busy = any(worker.is_running for worker in app.workers)
        seen = [*seen[-ALIKE + 1 :], [list(strip) for strip in app.screen._compositor.render_strips()]]
        if not busy and len(seen) == ALIKE and seen.count(seen[0]) == ALIKE:
            return
    raise AssertionError(f"never still: {app.screen}")


async def until(pilot: Pilot[None], there: Callable[[], Any]) -> None:
    """Wait for a condition and then for a still screen."""
    end = monotonic() + PATIENCE
    while not _holds(there):
        assert monotonic() < end, f"not there: {pilot.app.screen}"
        await pilot.pause(BETWEEN)
    await still(pilot)


def _holds(there: Callable[[], Any]) -> bool:
    try:
        return bool(there())
    except NoMatches:  # the screen is still empty
        return False


def app_on(path: Path) -> RedrawApp:
    """Redraw on an archive, at the time of the rooms."""
    return RedrawApp(path, time=FakeClock(NOW).keeper())


def turned_to(title: str) -> Callable[[Any], Any]:
    """A condition that turns the review to the page with `title` directly and holds once it is shown."""

    def turned(app: Any) -> bool:
        pages = app.screen.query_one("#pages", OptionList)
        at = next(n for n in range(pages.option_count) if pages.get_option_at_index(n).id == title)
        pages.highlighted = at
        return str(app.screen.query_one("#paper").border_title).startswith(title)

    return turned


def opened(*keys: str, name: str = "", wait: Callable[[Any], Any] | None = None) -> Before:
    """Open the first probe, press keys, and wait for a screen."""

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
