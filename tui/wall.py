"""The wall's app: it follows the archive that another Redraw writes, and shows what that makes public."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from screens import wall_window
from screens.wall_window import WallWindow
from store.timekeeper import steady
from store.wall.follower import WallFollower
from tui.terminal import lenient_driver
from tui.theme import themes_for

FOLLOW = 0.02
"""Seconds between two looks at what is saved. A look that finds nothing takes some fifty microseconds."""


_SCREENS = Path(wall_window.__file__).parent


class WallApp(App[None], inherit_bindings=False):
    """A window that can only be looked at, and left."""

    TITLE = "Redraw"
    CSS_PATH = [*map(_SCREENS.joinpath, WallWindow.CSS_PATH)]  # of a first screen Textual loads no styles by itself
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "leave", "Leave", show=False),
        Binding("ctrl+q", "leave", "Leave", show=False, priority=True),
    ]

    def __init__(self, follower: WallFollower, light: bool = False, now: Callable[[], float] = time.time) -> None:
        """Show what a follower finds. `now` is the computer's clock, in seconds since the epoch."""
        super().__init__(driver_class=lenient_driver())
        self.farewell = ""
        """Printed in the terminal after the wall has left it; mostly empty."""
        self._follower, self._now = follower, now
        self.animation_level = "none"
        dark, bright, *_ = themes_for(self.console.color_system)
        self.register_theme(dark)
        self.register_theme(bright)
        self.theme = (bright if light else dark).name

    def get_default_screen(self) -> Screen[Any]:
        now = self._now()
        return WallWindow(self._follower.first(now), now)

    def on_mount(self) -> None:
        self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        """Follow, once the first frame is drawn."""
        gc.freeze()
        gc.enable()
        self.look()
        self.set_interval(FOLLOW, self.look)

    def look(self) -> None:
        """Show what has changed since the last look, and the time."""
        if not self.screen_stack:  # the wall is being left
            return
        window, now = self.screen, self._now()
        assert isinstance(window, WallWindow)
        if found := self._follower.look(now, steady()):
            window.show(found, now)
        else:
            window.tell_time(now)

    async def action_leave(self) -> None:
        """Leave the wall."""
        self.exit()

    def end_by(self, number: int) -> None:
        """End as a signal asks, or the end of the terminal: there is nothing to keep."""
        self.call_later(self.exit, return_code=128 + number)

    # A fault ends the wall with one sentence: a traceback would show the values at hand in front of the hall.

    def _fatal_error(self) -> None:
        kind = type(self._exception).__name__ if self._exception else "a fault"
        self.farewell = f"redraw: The wall has ended ({kind}). The session goes on: start the wall again."
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """End likewise on an error that has a picture of its own."""
        self._fatal_error()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()
