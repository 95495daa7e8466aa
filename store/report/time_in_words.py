"""The time of a session in words: planned against used, then every step of its clock."""

from collections.abc import Iterator
from datetime import datetime

from store.debrief import Debrief
from store.model import Event
from store.report.line import Line
from store.session.flow import planned_against_used
from store.timekeeper import duration

_WITH_VERDICT = 56
"""Columns from which a row has room for how far it was over or under."""


def time_lines(debrief: Debrief, now: float, columns: int) -> Iterator[Line]:
    """The table of the phases, and below it the events, a line each; `columns` is the room there is."""
    used = planned_against_used(debrief, now)
    if used and not any(spent for *_, spent in used):
        yield Line("The clock was never started, so how long each phase took is not known.")
    elif used:
        together = ("together", sum(planned for _, planned, _ in used), sum(spent for *_, spent in used))
        yield Line(f"{'':<15}{'planned':>9}{'used':>13}")
        for title, planned, spent in (*used, together):
            over = spent - planned
            verdict = f"{duration(over)} {'over' if over > 0 else 'under'}" if abs(over) >= 1 else "on time"
            row = f"{title:<15}{duration(planned):>9}{duration(spent):>13}"
            yield Line(f"{row}  {verdict}" if columns >= _WITH_VERDICT else row)
        yield Line("")
    for event in debrief.events:
        at = f"{datetime.fromisoformat(event.at):%H:%M:%S}"
        yield Line(f"{at}  {event.phase.replace('_', ' ')}: {_happened(event)}")


def _happened(event: Event) -> str:
    """What happened, with its length: the time left, given, taken or used, or an absence."""
    if event.seconds is None:
        return event.what
    length = duration(event.seconds)
    match event.what:
        case "advanced" | "returned" | "paused" | "started" | "went on":
            return f"{event.what}, {length} {'over' if event.seconds < 0 else 'left'}"
        case "extended" | "shortened":
            return f"{event.what} by {length}"
        case "restarted":
            return f"restarted after {length}"
        case "away, counted" | "away, not counted":
            return event.what.replace("away", f"away for {length}")
    return f"{event.what} {length}"
