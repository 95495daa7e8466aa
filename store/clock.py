"""The clock of a phase: start + pauses + extensions against a real clock, never a count of ticks.

Every reading is in seconds on one axis, `store.timekeeper.Timekeeper.now()`.
"""

import math
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

WARNINGS = (120.0, 30.0)
"""Seconds before the end at which the room is warned (DESIGN.md, rules of the room)."""


class Cue(StrEnum):
    """What the room should notice about the time that is left."""

    NONE = ""
    TWO_MINUTES = "2 minutes"
    HALF_A_MINUTE = "30 seconds"
    TIME_UP = "time is up"


class Clock(BaseModel):
    """One phase's time as a pure value: nothing in it moves, only `now` does.

    Attributes:
        planned: seconds that the phase was given at first.
        extended: seconds added (or, below zero, taken) since.
        banked: seconds of the phase that had run when it was last paused.
        started: the reading of `Timekeeper.now()` when it was last started; None while it stands still.
        rate: how many times as fast as real time it runs; above 1 only in the demo.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    planned: float
    extended: float = 0.0
    banked: float = 0.0
    started: float | None = None
    rate: float = 1.0

    @property
    def total(self) -> float:
        """Seconds given to the phase, extensions included."""
        return self.planned + self.extended

    @property
    def running(self) -> bool:
        """Whether time is passing."""
        return self.started is not None

    @property
    def untouched(self) -> bool:
        """Whether the phase has never been started."""
        return self.started is None and self.banked == 0.0

    def elapsed(self, now: float) -> float:
        """Seconds of the phase used up; a clock that was set back takes nothing away."""
        return self.banked + (max(0.0, now - self.started) * self.rate if self.started is not None else 0.0)

    def left(self, now: float) -> float:
        """Seconds left; below zero is overtime."""
        return self.total - self.elapsed(now)

    def cue(self, now: float) -> Cue:
        """The warning that holds at `now`; none before the start."""
        left = self.left(now)
        if self.untouched:
            return Cue.NONE
        if left <= 0:
            return Cue.TIME_UP
        if left <= WARNINGS[1]:
            return Cue.HALF_A_MINUTE
        return Cue.TWO_MINUTES if left <= WARNINGS[0] else Cue.NONE

    def start(self, now: float) -> "Clock":
        """Let time pass from `now`."""
        return self if self.running else self.model_copy(update={"started": now})

    def pause(self, now: float) -> "Clock":
        """Stand still, with what has run kept."""
        return self.model_copy(update={"started": None, "banked": self.elapsed(now)})

    def extend(self, seconds: float, now: float) -> "Clock":
        """Add `seconds` or, below zero, take them; taking never goes below what has already run."""
        floor = min(self.elapsed(now), self.total)
        return self.model_copy(update={"extended": max(self.total + seconds, floor) - self.planned})

    def restart(self, now: float) -> "Clock":
        """The phase from its beginning: nothing run, the planned time and no extensions; running if it was."""
        return Clock(planned=self.planned, started=now if self.running else None, rate=self.rate)

    def without(self, seconds: float) -> "Clock":
        """As though the last `seconds` of real time had not passed for it."""
        if self.started is None:
            return self
        return self.model_copy(update={"started": self.started + max(0.0, seconds)})

    def rebased(self, seen: float, now: float) -> "Clock":
        """The same clock after the axis itself moved: what had run at `seen` is kept, and it goes on from `now`."""
        return self.pause(seen).start(now) if self.running else self


def digits(left: float) -> str:
    """`left` seconds as the room reads them: ``7:42``, and overtime as ``+0:05``.

    Counting down a second is shown until it is over, so 10:00 stands at the start and 0:00 only at the end.
    """
    seconds = math.ceil(left - 1e-9) if left > 0 else math.floor(-left + 1e-9)
    minutes, seconds = divmod(seconds, 60)
    return f"{'' if left > 0 or (minutes, seconds) == (0, 0) else '+'}{minutes}:{seconds:02}"
