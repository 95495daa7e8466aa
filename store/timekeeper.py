"""Time as the whole program counts it: one axis that nobody can set, in seconds.

It begins at the wall clock's time and from there follows a clock that is never set and that runs on while the computer
sleeps, so a wall clock that is changed meanwhile changes nothing.
"""

import sys
import time
from collections.abc import Callable

AWAY_AFTER = 10.0
"""Seconds without a sign of life after which Redraw has been away; a slow save or a busy computer takes less."""


def steady() -> float:
    """Seconds on a clock that is never set and that counts suspended time where the platform can tell it."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


class Timekeeper:
    """One axis of time for a whole run of the program."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = steady) -> None:
        self._steady = steady
        self._offset = wall() - steady()

    def now(self) -> float:
        """Seconds since the epoch, by the wall clock as it stood when the program started."""
        return self._offset + self._steady()


def duration(seconds: float) -> str:
    """A length of time in words: ``40 seconds``, ``3 min 20 s``, ``2 h 5 min``, ``3 days``."""
    whole = round(abs(seconds))
    if whole < 60:
        return f"{whole} second{'' if whole == 1 else 's'}"
    if whole < 3600:
        return f"{whole // 60} min" + (f" {whole % 60} s" if whole % 60 else "")
    if whole < 48 * 3600:
        return f"{whole // 3600} h" + (f" {whole % 3600 // 60} min" if whole % 3600 // 60 else "")
    return f"{whole // 86400} days"
