"""Absences: how long Redraw was stopped, dead or asleep, told by the signs of life that it leaves."""

import math

from store.archive.archive import Archive
from store.timekeeper import AWAY_AFTER

BEAT = 2.0
"""Seconds between signs of life during a live session."""


class Absence:
    """Notices when the clock was not looked at for a while."""

    def __init__(self, archive: Archive, now: float) -> None:
        self.looked = now
        """When the clock was last looked at."""
        self._archive = archive
        self._beaten = now

    def since(self, now: float) -> float:
        """Seconds since the last look if they make an absence, otherwise 0. This counts as a look."""
        away, self.looked = now - self.looked, now
        return away if away > AWAY_AFTER else 0.0

    def beat(self, now: float) -> None:
        """Leave a sign of life if one is due."""
        if now - self._beaten >= BEAT:
            self._beaten = now
            self._archive.beat(now)

    def last_seen(self, started: float) -> float:
        """When Redraw was last alive, for a clock that has run since `started`."""
        return max(self._archive.last_beat() or started, started)

    def resume(self, now: float) -> None:
        """Start over, because a session goes on at `now`."""
        self.looked, self._beaten = now, -math.inf
        self.beat(now)
