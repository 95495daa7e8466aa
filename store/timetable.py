"""The way through a session as its agenda has it: the phases and the breaks between them, and when each begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from store.debrief import Debrief
from store.model.agenda import BREAK
from store.phases import Phase, plan

_HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Stop:
    """A phase of the session, or the break after it."""

    phase: Phase
    rest: bool = False

    @property
    def clock(self) -> str:
        """The name of its clock."""
        return self.phase.name + (BREAK if self.rest else "")

    @property
    def title(self) -> str:
        """What it is called on the screen."""
        return "Break" if self.rest else self.phase.title


def stops(debrief: Debrief) -> tuple[Stop, ...]:
    """All that the session goes through, in order, without what is skipped; no break comes after the last phase.

    A break after a phase that is skipped is still taken.
    """
    return tuple(_stops(debrief))


def _stops(debrief: Debrief) -> Iterator[Stop]:
    phases = plan(debrief.session.phase)
    here = current(debrief)
    for each in phases:
        if not debrief.skips(each.name):
            yield Stop(each)
        rest = Stop(each, rest=True)
        if rest == here or (each.name in debrief.agenda.breaks and each is not phases[-1]):
            yield rest


def current(debrief: Debrief) -> Stop:
    """Where the session stands."""
    session = debrief.session
    return Stop(next(each for each in plan(session.phase) if each.name == session.phase), session.resting)


def following(debrief: Debrief) -> Stop | None:
    """What comes next, or None in the last phase."""
    ahead = to_come(debrief)
    return ahead[0] if ahead else None


def previous(debrief: Debrief) -> Stop | None:
    """What came before, or None in the first phase."""
    way = stops(debrief)
    at = way.index(current(debrief))
    return way[at - 1] if at else None


def to_come(debrief: Debrief) -> tuple[Stop, ...]:
    """All that is still to come."""
    way = stops(debrief)
    return way[way.index(current(debrief)) + 1 :]


def passed_over(debrief: Debrief) -> tuple[Phase, ...]:
    """The phases that the session has left behind and skipped; of a sealed one all that it skipped."""
    phases = plan(debrief.session.phase)
    here = phases.index(current(debrief).phase)
    return tuple(each for at, each in enumerate(phases) if at < here and debrief.skips(each.name))


def until(debrief: Debrief, name: str, begins: float) -> float | None:
    """When the break with this clock ends, in seconds since the epoch, if it lasts until a time of day and begins then.

    A time that is just over stays over: the break then begins in overtime.
    """
    rest = debrief.agenda.breaks.get(name.removesuffix(BREAK)) if name.endswith(BREAK) else None
    if rest is None or rest.until is None:
        return None
    at = datetime.fromtimestamp(begins).astimezone()
    end = datetime.combine(at.date(), rest.until, at.tzinfo)
    if end - at > _HALF_A_DAY:
        end -= timedelta(days=1)
    elif at - end > _HALF_A_DAY:
        end += timedelta(days=1)
    return end.timestamp()


def ending(debrief: Debrief, name: str, begins: float) -> float:
    """When a phase or a break ends that begins then, with the time it has left."""
    clock = debrief.clock(name)
    end = until(debrief, name, begins) if clock.untouched else None
    return max(begins, end) if end is not None else begins + max(0.0, clock.left(begins)) / clock.rate


def back_at(debrief: Debrief, now: float) -> str:
    """What a break says: the time of day at which it ends or, in overtime, has ended."""
    clock = debrief.clock()
    return f"Back at {datetime.fromtimestamp(now + clock.left(now) / clock.rate).astimezone():%H:%M}"


@dataclass(frozen=True, slots=True)
class Slot:
    """When a phase or a break begins and ends, in seconds since the epoch, by the time that is planned for it."""

    stop: Stop
    begins: float
    ends: float


def planned(debrief: Debrief, begins: float) -> tuple[Slot, ...]:
    """The whole session by its agenda, if it begins then and nothing takes longer."""
    found = []
    for stop in stops(debrief):
        seconds = debrief.agenda.seconds(stop.clock) / debrief.session.rate
        end = until(debrief, stop.clock, begins)
        ends = max(begins, end) if end is not None else begins + seconds
        found.append(Slot(stop, begins, ends))
        begins = ends
    return tuple(found)


def begins(debrief: Debrief, now: float) -> float:
    """When the session began; before that, when it is to begin: at the agenda's time of day, otherwise now."""
    if debrief.session.began is not None:
        return debrief.session.began
    if debrief.agenda.starts is None:
        return now
    today = datetime.fromtimestamp(now).astimezone()
    return datetime.combine(today.date(), debrief.agenda.starts, today.tzinfo).timestamp()
