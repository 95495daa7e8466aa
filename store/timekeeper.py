"""The program's time: seconds on one axis that nobody can set.

The axis starts at the time of the wall clock. From there it follows a monotonic clock that also runs while the computer sleeps,
so changing the wall clock has no effect on how long things take; only the times of day that are shown follow it.
"""

import sys
import time
from collections.abc import Callable
from datetime import date

FIRST, LAST = date(1901, 1, 1), date(2199, 12, 31)
"""The days that are reckoned with. Beyond them some systems can't."""

AWAY_AFTER = 10.0
"""Redraw counts as having been away after this many seconds without a sign of life. A slow save or a busy computer takes less."""


def steady() -> float:
    """Seconds on a monotonic clock that includes time asleep if the platform can tell."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


class Timekeeper:
    """One time axis for a whole run of the program."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = steady) -> None:
        self._wall, self._steady = wall, steady
        self._offset = wall() - steady()

    def now(self) -> float:
        """Seconds since the epoch, by the wall clock at the start of the program."""
        return self._offset + self._steady()

    def on_the_wall(self, at: float) -> float:
        """What the wall clock shows at `at` on the axis, if it stays as it is now, in seconds since the epoch.

        The two readings are never of the same instant, so only whole seconds between them count.
        """
        return at + round(self._wall() - self.now())


def duration(seconds: float) -> str:
    """A duration in words: ``40 seconds``, ``3 min 20 s``, ``2 h 5 min``, ``3 days``."""
    whole = round(abs(seconds))
    if whole < 60:
        return f"{whole} second{'' if whole == 1 else 's'}"
    if whole < 3600:
        return f"{whole // 60} min" + (f" {whole % 60} s" if whole % 60 else "")
    if whole < 48 * 3600:
        return f"{whole // 3600} h" + (f" {whole % 3600 // 60} min" if whole % 3600 // 60 else "")
    return f"{whole // 86400} days"
