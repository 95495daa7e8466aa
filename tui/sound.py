"""The app as far as it is heard: the terminal's bell, or a chime. What plays a chime is imported once one is chosen."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from screens.frame.base import Host

if TYPE_CHECKING:  # the logbook is drawn before the models are needed
    from store.clock import Cue
    from store.model import Sound


class Sounding(Host):
    """Lets the cues of a clock be heard. Nothing on the screen waits for a chime: a thread of its own plays it."""

    @property
    def has_player(self) -> bool:
        from tui.chime import has_player

        return has_player()

    def play(self, sound: Sound, cue: Cue) -> None:
        if sound == "bell":
            self.bell()
        elif sound == "player":
            Thread(target=self._play, args=(cue,), daemon=True).start()

    def _play(self, cue: Cue) -> None:
        from tui.chime import chime, played

        if not played(chime(cue)):
            with suppress(RuntimeError):  # Redraw is being left
                self.call_from_thread(self.bell)
