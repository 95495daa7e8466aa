"""Where a probe stands on a day, by its pact and its debrief: planned, running, due, debriefed, lapsed.

Nothing has to run for a sunset to arrive: a probe's standing is reckoned whenever it is looked at, from rows as they stand in
the archive.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from store.words.dates import date_of, near

DEBRIEF_WITHIN = timedelta(hours=24)
"""How long after the action the debrief should be (the essay, “Post-Action Mapping”)."""

GIVEN_UP = timedelta(days=14)
"""How long after its sunset a probe that was never debriefed is still called overdue, before it counts as lapsed."""


class State(StrEnum):
    """Where a probe stands, in the order in which the logbook lists them."""

    LIVE = "live"
    DUE = "due"
    OVERDUE = "overdue"
    CONFLICT = "conflict"
    RUNNING = "running"
    PLANNED = "planned"
    DEBRIEFED = "debriefed"
    LAPSED = "lapsed"


class Standing(NamedTuple):
    """Where a probe stands on some day.

    Attributes:
        state: that in a word.
        when: and in a few: “debrief within 13 h”, “sunset 20 October, debrief 3 days late”.
        owed: whether its debrief is due or overdue, also where the probe has lapsed meanwhile.
    """

    state: State
    when: str
    owed: bool = False


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def ended(ends: date | None, ends_at: time | None) -> datetime | None:
    """When an action ended: at the hour on its last day, else at the end of that day; None without a day."""
    if ends is None:
        return None
    try:
        if ends_at is not None:
            return datetime.combine(ends, ends_at).astimezone()
        return datetime.combine(ends + timedelta(days=1), time()).astimezone()
    except (ValueError, OverflowError):  # the first and the last days there are can't be moved to another zone
        return datetime.combine(ends, ends_at or time(), UTC)


def _hours(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    if hours < 1:
        return f"{max(1, round(hours * 60))} min"
    return f"{round(hours)} h" if hours < 48 else f"{round(hours / 24)} days"


def standing(pact: Mapping[str, Any], session: Mapping[str, Any] | None, now: datetime) -> Standing:
    """Where a probe stands at `now` (which has a zone).

    A sunset arrives by itself: past that day a probe is lapsed, whether or not it was debriefed and whoever had Redraw open
    meanwhile, unless its debrief renewed it; then it lapses past the new end (the essay, “a sunset clause”). A renewal without
    an end, which no close takes but a file may hold, counts as none. A debrief that
    was not held is owed all the same, as long as it is worth holding: `GIVEN_UP`.
    """
    today = now.date()
    starts, ends, sunset = (_date(pact.get(name)) for name in ("starts", "ends", "sunset"))
    if session and not session.get("sealed") and _under_way(session):
        return Standing(State.LIVE, f"open, at {session['phase'].replace('_', ' ')}")
    if session and session.get("sealed"):
        return _after_its_debrief(sunset, session, today)
    over = ended(ends, time.fromisoformat(pact["ends_at"]) if pact.get("ends_at") else None)
    past = sunset is not None and sunset < today
    if over is not None and over <= now:
        late = now - over - DEBRIEF_WITHIN
        debrief = f"debrief {_hours(late)} late" if late > timedelta(0) else f"debrief within {_hours(-late)}"
        ended_on = f"sunset {near(sunset, today)}, " if sunset else ""
        if today - (sunset or over.date()) > GIVEN_UP:
            return Standing(State.LAPSED, f"{ended_on}never debriefed")
        if sunset is not None and past:
            return Standing(State.LAPSED, f"{ended_on}{debrief}", owed=True)
        return Standing(State.OVERDUE if late > timedelta(0) else State.DUE, debrief, owed=True)
    if sunset is not None and past:
        return Standing(State.LAPSED, f"sunset {near(sunset, today)}, never debriefed")
    if starts is not None and starts <= today:
        return Standing(State.RUNNING, f"until {near(ends, today)}" if ends else "no end date")
    if starts is not None:
        return Standing(State.PLANNED, f"from {near(starts, today)}")
    return Standing(State.PLANNED, "no dates yet")


def _after_its_debrief(sunset: date | None, session: Mapping[str, Any], today: date) -> Standing:
    closing = session.get("closing") or {}
    if closing.get("sunset") == "renew" and (until := _date(closing.get("renewed_until"))):
        sunset = until
        if sunset >= today:
            return Standing(State.DEBRIEFED, f"renewed, until {near(sunset, today)}")
    if sunset is not None:
        on = f"sunset {near(sunset, today)}"
        return Standing(State.LAPSED, f"{on}, debriefed") if sunset < today else Standing(State.DEBRIEFED, on)
    return Standing(State.DEBRIEFED, f"on {near(date_of(session['sealed']), today)}")


def _under_way(session: Mapping[str, Any]) -> bool:
    """Whether a debrief has begun: its clock was started, or the room has gone on without it."""
    return (
        session.get("began") is not None
        or session.get("phase", "opening") != "opening"
        or bool(session.get("red_lines"))
    )
