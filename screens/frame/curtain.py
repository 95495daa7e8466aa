"""What is kept from the hall: the curtain over words that were written for one room, and the wall and curtain of a live session."""

from dataclasses import replace

from textual.reactive import reactive

from screens.frame.base import BaseScreen, Result
from store.live.hall import Hall

KEPT_SHUT = "A live session is kept from the hall: open it there first, with F2 or F3."


class CurtainedScreen(BaseScreen[Result]):
    """A screen on which what people wrote for their own room is hidden until somebody opens it, each time anew."""

    curtain: reactive[bool] = reactive(True, init=False)

    def action_curtain(self) -> None:
        """Draw the curtain or open it; not while a live session keeps it drawn, because the hall may still be watching."""
        if self.curtain and self.live.projected:
            self.host.say(KEPT_SHUT)
        else:
            self.curtain = not self.curtain


class ShutScreen(BaseScreen[Result]):
    """A screen that is shut as the live session is. It calls `follow_hall` whenever it is shown."""

    _hall: Hall | None = None
    """What was shut when it was drawn last; None before."""

    @property
    def wall(self) -> bool:
        """Whether the wall view is on."""
        return self.live.hall.wall

    @property
    def curtain(self) -> bool:
        """Whether the curtain is drawn."""
        return self.live.hall.curtain

    def in_public(self) -> bool:
        """Whether the room can read this screen."""
        return self.live.hall.shut

    def opening_key(self) -> str:
        """What the key does that shows this screen to the operator alone again."""
        return "F2 leaves the wall view" if self.wall else "F3 opens the curtain"

    def follow_hall(self) -> None:
        """Call `hall_changed` if something was shut or opened since it was called last."""
        before, self._hall = self._hall, self.live.hall
        if before != self._hall:
            self.hall_changed()

    def hall_changed(self) -> None:
        """Something was shut or opened: draw what that hides or shows."""

    def action_wall(self) -> None:
        self.live.shut(replace(self.live.hall, wall=not self.wall))

    def action_curtain(self) -> None:
        self.live.shut(self.live.hall.turned())
