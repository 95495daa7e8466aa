"""The clock of a phase. It compares its start, pauses and extensions with a real clock and never counts ticks.

All times are in seconds on one axis: `store.timekeeper.Timekeeper.now()`.
"""

import math
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from store.ranges import Instant, Rate, Seconds

WARNINGS = (120.0, 30.0)
"""The room is warned this many seconds before the end."""


class Cue(StrEnum):
    """What the room should notice about the time left."""

    NONE = ""
    TWO_MINUTES = "2 minutes"
    HALF_A_MINUTE = "30 seconds"
    TIME_UP = "time is up"

    @property
    def is_up(self) -> bool:
        """Whether the time is up."""
        return self is Cue.TIME_UP

    @property
    def is_soon(self) -> bool:
        """Whether it soon will be."""
        return self in (Cue.TWO_MINUTES, Cue.HALF_A_MINUTE)


class Clock(BaseModel):
    """One phase's time as a pure value. Only `now` moves.

    Attributes:
        planned: seconds given to the phase at first.
        extended: seconds added since, or taken if negative.
        banked: seconds that had run when the clock was last paused.
        started: `Timekeeper.now()` when the clock was last started; None while it is paused.
        rate: how many times faster than real time the clock runs; above 1 only in the demo.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    planned: Seconds
    extended: Seconds = 0.0
    banked: Seconds = 0.0
    started: Instant | None = None
    rate: Rate = 1.0

    @property
    def total(self) -> float:
        """Seconds given to the phase, including extensions."""
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
        """Seconds used; at least `banked`, even if `now` is earlier than the last start."""
        return self.banked + (max(0.0, now - self.started) * self.rate if self.started is not None else 0.0)

    def left(self, now: float) -> float:
        """Seconds left; negative in overtime."""
        return self.total - self.elapsed(now)

    def cue(self, now: float) -> Cue:
        """The warning at `now`; none before the clock is first started."""
        left = self.left(now)
        if self.untouched:
            return Cue.NONE
        if left <= 0:
            return Cue.TIME_UP
        if left <= WARNINGS[1]:
            return Cue.HALF_A_MINUTE
        return Cue.TWO_MINUTES if left <= WARNINGS[0] else Cue.NONE

    def start(self, now: float) -> "Clock":
        """Start or resume at `now`."""
        return self if self.running else self.model_copy(update={"started": now})

    def pause(self, now: float) -> "Clock":
        """Pause, and keep the time that has run."""
        return self.model_copy(update={"started": None, "banked": self.elapsed(now)})

    def extend(self, seconds: float, now: float) -> "Clock":
        """Add `seconds`, or take them if negative, but never less than the time that has already run."""
        floor = min(self.elapsed(now), self.total)
        return self.model_copy(update={"extended": max(self.total + seconds, floor) - self.planned})

    def restart(self, now: float) -> "Clock":
        """Reset to the planned time, without extensions. The clock keeps running if it was running."""
        return Clock(planned=self.planned, started=now if self.running else None, rate=self.rate)

    def without(self, seconds: float) -> "Clock":
        """The same clock as if the last `seconds` of real time had not passed."""
        if self.started is None:
            return self
        return self.model_copy(update={"started": self.started + max(0.0, seconds)})

    def moved(self, by: float) -> "Clock":
        """The same clock after the time axis moved by so many seconds: what has run and what is left stay as they are."""
        return self if self.started is None else self.model_copy(update={"started": self.started + by})


def digits(left: float) -> str:
    """`left` seconds as the room reads them: ``7:42``, and overtime as ``+0:05``.

    Seconds are rounded up while counting down, so it shows 10:00 at the start and 0:00 only at the end.
    """
    seconds = math.ceil(left - 1e-9) if left > 0 else math.floor(-left + 1e-9)
    minutes, seconds = divmod(seconds, 60)
    return f"{'' if left > 0 or (minutes, seconds) == (0, 0) else '+'}{minutes}:{seconds:02}"
