"""What is shut between the operator's screen and the hall: one state of the live session, whatever screen shows it.

It holds across phases, sessions and restarts: a phase may shut it, and only the key that shuts it opens it again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.phases import phase

if TYPE_CHECKING:  # the logbook is shown before the models are needed
    from store.debrief import Debrief


@dataclass(frozen=True, slots=True)
class Hall:
    """Whether the wall view is on, and whether the curtain is drawn. While either is, only what is public may be shown."""

    wall: bool = False
    curtain: bool = False

    @property
    def shut(self) -> bool:
        """Whether only what is public may be shown."""
        return self.wall or self.curtain

    def with_session(self, debrief: Debrief) -> Hall:
        """With what was shut in a session when it was last on a screen."""
        return Hall(self.wall or debrief.session.wall, self.curtain or debrief.session.curtain)

    def entering(self, name: str) -> Hall:
        """With what the phase of that name shuts."""
        entered = phase(name)
        return replace(self, wall=self.wall or entered.wall, curtain=self.curtain or entered.curtain)

    def kept_in(self, debrief: Debrief) -> Debrief:
        """The debrief with this state in its session, so that it outlives Redraw; a sealed one needs none."""
        now = Hall() if debrief.sealed else self
        if (debrief.session.wall, debrief.session.curtain) == (now.wall, now.curtain):
            return debrief
        return debrief.with_session(wall=now.wall, curtain=now.curtain)
