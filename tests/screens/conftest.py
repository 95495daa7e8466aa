"""One terminal and one time zone for every test of the screens, wherever it runs."""

import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from store.debrief import Debrief
from tests.helpers.pictures import still
from tests.helpers.rooms import NOW, ROOM, empty_of_entries, taken_in

BETWEEN_FRAMES = 0.25
"""Seconds between the frames that Textual draws by itself. `settle` and Textual's pilot draw one whenever the screen is quiet."""


@pytest.fixture(autouse=True, scope="session")
def _few_frames() -> Iterator[None]:
    """Leave out most frames that come in between, as on a slow computer. No test looks at them, and they take long to draw."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.screen.UPDATE_PERIOD", BETWEEN_FRAMES)
        yield


@pytest.fixture(autouse=True)
def _drawn_where_it_is_looked_at(request: pytest.FixtureRequest) -> Iterator[None]:
    """Draw the screen where a test reads or pictures it, and for a terminal that isn't there only in tests marked `drawn`."""
    render: Any = Compositor.render_update

    def render_asked_for(self: Any, full: bool = False, screen_stack: Any = None, simplify: bool = False) -> Any:
        if full or simplify:
            return render(self, full, screen_stack, simplify)
        visible_screen_stack.set(screen_stack or [])  # what a dialog stands on
        self._dirty_regions.clear()
        return None

    with pytest.MonkeyPatch.context() as patch:
        if request.node.get_closest_marker("drawn") is None:
            patch.setattr(Compositor, "render_update", render_asked_for)
        yield


@pytest.fixture(autouse=True, scope="session")
def _stylesheets_parsed_once() -> Iterator[None]:
    """Share parsed stylesheets between apps. Textual parses them anew for each app, and every test starts one."""
    parse: Any = Stylesheet._parse_rules
    parsed: dict[object, list[RuleSet]] = {}

    def once(self: Stylesheet, css: str, *where: object, **named: object) -> list[RuleSet]:
        key = (css, where, tuple(named.items()), tuple(self._variables.items()))
        if key not in parsed:
            parsed[key] = parse(self, css, *where, **named)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", once)
        yield


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
