"""The figures from which a wall computes the time by itself, without a debrief."""

from dataclasses import dataclass

from store.clock import Clock
from store.debrief import Debrief
from store.session import flow
from store.timetable import following


@dataclass(frozen=True, slots=True)
class Timing:
    """The present phase's clock, and what follows it.

    Attributes:
        clock: the phase's clock.
        began: whether the session's first clock was started.
        later: real seconds that the phases behind this one still take.
        planned: when the session was to end, in seconds since the epoch; None until it has begun.
        last: whether no phase follows.
    """

    clock: Clock
    began: bool
    later: float
    planned: float | None
    last: bool

    def ends(self, now: float) -> float:
        """When the session will end, in seconds since the epoch."""
        return now + max(0.0, self.clock.left(now)) / self.clock.rate + self.later

    def over(self, now: float) -> float:
        """By how many seconds that is later than planned; negative if earlier."""
        return 0.0 if self.planned is None else self.ends(now) - self.planned


def timing_of(debrief: Debrief, now: float) -> Timing:
    """The figures of a debrief. They stay the same while its clock runs, so that a wall that is shown them again need not be drawn."""
    clock, began = debrief.clock(), debrief.session.began is not None
    projected = flow.projection(debrief, now)
    later = projected.ends - now - max(0.0, clock.left(now)) / clock.rate
    return Timing(
        clock=clock,
        began=began,
        later=round(max(0.0, later), 1),
        planned=round(projected.ends - projected.over, 1) if began else None,
        last=following(debrief) is None,
    )
