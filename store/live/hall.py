"""What is shut between the operator's screen and the hall: one state of the live session, whatever screen shows it.

It holds across phases, sessions and restarts: a phase may shut it, and only the key that shuts it opens it again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from store.phases import phase

if TYPE_CHECKING:  # the logbook is shown before the models are needed
    from store.debrief import Debrief


@dataclass(frozen=True, slots=True)
class Hall:
    """Whether the wall view is on, and whether the curtain is drawn. While either is, only what is public may be shown."""

    wall: bool = False
    curtain: bool = False
    opened: bool = field(default=False, compare=False)  # on the operator's own screen it changes nothing
    """Whether the operator has opened the curtain in this phase: then a wall in a window of its own shows what the phase opens."""

    @property
    def shut(self) -> bool:
        """Whether only what is public may be shown."""
        return self.wall or self.curtain

    def with_session(self, debrief: Debrief) -> Hall:
        """With what was shut in a session when it was last on a screen."""
        session = debrief.session
        return Hall(self.wall or session.wall, self.curtain or session.curtain, session.opened)

    def entering(self, name: str, again: bool = False) -> Hall:
        """With what the phase of that name shuts; what was opened in the phase before is not, unless it is entered `again`."""
        entered = phase(name)
        return Hall(self.wall or entered.wall, self.curtain or entered.curtain, self.opened and again)

    def turned(self) -> Hall:
        """With the curtain drawn if it was open, or opened if it was drawn."""
        return replace(self, curtain=not self.curtain, opened=self.curtain)

    def kept_in(self, debrief: Debrief) -> Debrief:
        """The debrief with this state in its session, so that it outlives Redraw; a sealed one needs none."""
        now = Hall() if debrief.sealed else self
        if (debrief.session.wall, debrief.session.curtain, debrief.session.opened) == (
            now.wall,
            now.curtain,
            now.opened,
        ):
            return debrief
        return debrief.with_session(wall=now.wall, curtain=now.curtain, opened=now.opened)
