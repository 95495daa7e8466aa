"""The wall in a window of its own, for the projector: it shows what is public, and there is nothing to do on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from screens.frame.base import BaseScreen
from screens.frame.wall import Wall
from screens.widgets.large_text import BigDigits
from screens.widgets.time_bar import TimeBar

if TYPE_CHECKING:  # the first frame is drawn before the models are needed
    from screens.frame.clock_face import ClockFace
    from store.wall.shown import Public


class WallWindow(BaseScreen[None]):
    """The title of the probe, and the wall below it."""

    CSS_PATH = ["frame/wall.tcss", "wall_window.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (16, "-low"), (30, "-tall")]
    ALLOW_SELECT = False

    def __init__(self, public: Public, now: float) -> None:
        super().__init__()
        self._public, self._now = public, now
        self._face: ClockFace | None = None  # as it is drawn

    def compose(self) -> ComposeResult:
        yield Static(id="wall-title", markup=False)
        yield Wall(around=1)

    def on_mount(self) -> None:
        self.show(self._public, self._now)

    def on_resize(self) -> None:
        self.call_after_refresh(lambda: self.show(self._public, self._now))

    def show(self, public: Public, now: float) -> None:
        """Show another value, at a time in seconds since the epoch."""
        self._public, self._face = public, None
        with self.app.batch_update():
            self.query_one("#wall-title", Static).update(f"{public.heading}  ·  {public.probe}" if public.phase else "")
            self.query_one(Wall).show(public)
            self.tell_time(now)

    def tell_time(self, now: float) -> None:
        """Draw of the clock what has changed by now."""
        self._now = now
        if self._public.timing is None:
            return
        from screens.frame.clock_face import wall_face

        before, face = self._face, wall_face(self._public.timing, now)
        if face == before:
            return
        self._face = face
        self.query_one(BigDigits).text = face.digits
        self.query_one(TimeBar).share = face.share
        if before is None or before.in_words != face.in_words:
            self.query_one(Wall).tell(face)
