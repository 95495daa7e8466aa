"""What opening a session takes in a running app, after few and after many years.

The app lists its logbook first, and then has read ahead what it keeps in memory; that this holds up no start is measured in
`test_start`, and how long it takes is printed here.
"""

import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from screens.logbook import LogbookScreen
from store.archive.archive import Archive
from tests.benchmarks.measuring import Row, table
from tests.benchmarks.years import years
from tui.app import RedrawApp

FEW, MANY = 100, 10_000
TIMES = 15

pytestmark = pytest.mark.benchmark


async def _opening(path: Path, size: int) -> tuple[list[float], list[float], float]:
    """Milliseconds from the key to the session's screen, those of them in the archive, and of what was done ahead."""
    app = RedrawApp(path)
    prepare, read = Archive.prepare, Archive.debrief
    ahead: list[float] = []
    reading: list[float] = []

    def timed(work: Callable[..., Any], into: list[float]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            start = time.perf_counter()
            try:
                return work(*arguments)
            finally:
                into.append((time.perf_counter() - start) * 1000)

        return run

    async def until(done: Callable[[], bool], wait: Callable[[float], Awaitable[None]]) -> None:
        while not done():
            await wait(0.005)

    opened = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Archive, "prepare", timed(prepare, ahead))
        patch.setattr(Archive, "debrief", timed(read, reading))
        async with app.run_test(size=(120, 40)) as pilot:
            await until(lambda: bool(ahead), pilot.pause)
            for at in range(TIMES):
                start = time.perf_counter()
                app.open_probe(f"p{1 + at * (size // TIMES)}")
                await pilot.pause()
                opened.append((time.perf_counter() - start) * 1000)
                assert not isinstance(app.screen, LogbookScreen)
                app.pop_screen()
                await until(lambda: isinstance(app.screen, LogbookScreen), pilot.pause)
                await pilot.pause()
            app.close()
    assert len(reading) == TIMES
    return opened, reading, ahead[0]


async def test_opening_a_session_in_an_app_that_runs(tmp_path: Path) -> None:
    few, many = [await _opening(years(tmp_path, size), size) for size in (FEW, MANY)]
    table(
        f"Opening a session, {MANY:,} against {FEW} in the archive",
        "ms",
        [
            Row("from the key to its screen", many[0], few[0], 1.5),
            Row("reading its debrief", many[1], few[1], 1.5),
        ],
    )
    print(
        f"the first: {many[0][0]:.1f} against {few[0][0]:.1f} ms; reading it {many[1][0]:.1f} against {few[1][0]:.1f}"
    )
    print(f"done ahead, aside, after the first screen: {many[2]:.0f} against {few[2]:.0f} ms")
    assert statistics.median(many[1]) < 1000
