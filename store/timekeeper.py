"""The program's time: seconds since the epoch, as the computer's clock has them, on an axis that moves only when it is told to.

The axis starts at the time of the wall clock and follows a monotonic clock that also runs while the computer sleeps. Once
somebody sets the wall clock, `Timekeeper.corrected` moves the axis and says how far, so that whatever runs can be moved with it:
times of day follow the clock of the hall, and nothing takes longer or shorter than it does.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import date

FIRST, LAST = date(1901, 1, 1), date(2199, 12, 31)
"""The days that are reckoned with. Beyond them some systems can't."""

SET_BY = 2.0
"""The wall clock counts as set once it is this many seconds off. It drifts by less, or is slewed back slowly."""

_AT_ONCE = 0.1
"""Seconds within which two clocks are read together; a computer that falls asleep in between takes longer."""

AWAY_AFTER = 10.0
"""Redraw counts as having been away after this many seconds without a sign of life. A slow save or a busy computer takes less."""


def steady() -> float:
    """Seconds on a monotonic clock that includes time asleep if the platform can tell."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


def boot() -> str:
    """What tells this run of the computer from every other, so that programs can compare `steady`; else this run of the program."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return os.urandom(8).hex()


class Timekeeper:
    """One time axis for a whole run of the program."""

    def __init__(
        self,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = steady,
        boot: Callable[[], str] = boot,
    ) -> None:
        """`wall` is the computer's clock, `steady` one that nobody sets, and `boot` names the run of the computer in which it counts."""
        self._wall, self.steady = wall, steady
        self.boot = boot()
        self.offset = self._apart()
        """How far the axis is ahead of the steady clock."""

    def _apart(self) -> float:
        """How far the wall clock is ahead of the steady clock."""
        while True:
            before, wall = self.steady(), self._wall()
            if self.steady() - before < _AT_ONCE:
                return wall - before

    def now(self) -> float:
        """Seconds since the epoch on the axis."""
        return self.offset + self.steady()

    def corrected(self) -> float:
        """Move the axis to the wall clock, if that was set since; returns by how many seconds, 0 if it wasn't."""
        by = self._apart() - self.offset
        if abs(by) < SET_BY:
            return 0.0
        self.offset += by
        return by

    def set_since(self, boot: str, offset: float) -> float:
        """By how many seconds the wall clock was set since a program had this offset; 0 where that can't be told."""
        by = self.offset - offset if boot == self.boot else 0.0
        return by if abs(by) >= SET_BY else 0.0


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
