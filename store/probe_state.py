"""The state of a probe on a given day, from its pact and its debrief: planned, running, due, debriefed, lapsed.

The state is computed from the archive's rows whenever somebody looks, so Redraw needn't run for a sunset to pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from store.words.dates import date_of, short_day

StoredRow = Mapping[str, Any]
"""A record as it is in the archive."""


class RowSource(Protocol):
    """An archive as far as lists are read from it."""

    def each(self, table: str) -> Iterable[StoredRow]: ...


DEBRIEF_WITHIN = timedelta(hours=24)
"""How soon after the action the debrief should happen (the essay, “Post-Action Mapping”)."""

GIVEN_UP = timedelta(days=14)
"""How long after its sunset a probe without a debrief stays overdue before it counts as lapsed."""


class State(StrEnum):
    """The state of a probe, in the order in which the logbook lists them."""

    LIVE = "live"
    DUE = "due"
    OVERDUE = "overdue"
    CONFLICT = "conflict"
    RUNNING = "running"
    PLANNED = "planned"
    DEBRIEFED = "debriefed"
    LAPSED = "lapsed"


class ProbeState(NamedTuple):
    """The state of a probe on some day, with a few words about it.

    Attributes:
        state: the state.
        when: the relevant dates: “debrief within 13 h”, “sunset 20 October, debrief 3 days late”.
        owed: whether its debrief is due or overdue, even if the probe has lapsed since.
    """

    state: State
    when: str
    owed: bool = False


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def ended(ends: date | None, ends_at: time | None, zone: tzinfo | None = None) -> datetime | None:
    """When an action ended: at its hour on the last day, or at the end of that day if no hour is known. None without a day.

    The hour is one in `zone`, by default in this computer's.
    """
    if ends is None:
        return None
    try:
        day, hour = (ends, ends_at) if ends_at is not None else (ends + timedelta(days=1), time())
        return datetime.combine(day, hour, zone) if zone else datetime.combine(day, hour).astimezone()
    except (ValueError, OverflowError):  # the first and last representable days have no other time zone
        return datetime.combine(ends, ends_at or time(), UTC)


class RoomHours(NamedTuple):
    """The zones of a room, so that what was true in it stays true wherever its record is read.

    Attributes:
        debrief: the zone in which it was sealed; None while it isn't, which means this computer's.
        action: the same at the end of the action; it differs where the clocks were changed in between.
    """

    debrief: tzinfo | None = None
    action: tzinfo | None = None


def room_hours(sealed: str | None, action_ended: str | None, began: float | None) -> RoomHours:
    """The zones of a room, from what its session keeps; see `store.model.Session`.

    A room file has no zones. Its hours are compared as they stand there.
    """
    if sealed is None:
        return RoomHours()
    zone = datetime.fromisoformat(sealed).tzinfo or (UTC if began is None else None)
    return RoomHours(zone, datetime.fromisoformat(action_ended).tzinfo if action_ended else zone)


def held_at(sealed: str | None, began: float | None, now: float, hours: RoomHours) -> datetime:
    """When a debrief was held, in the hours of its room: when it began, or when it was sealed if only that is known, or now."""
    if began is None and sealed is not None:
        at = datetime.fromisoformat(sealed)
        return at if at.tzinfo else at.replace(tzinfo=hours.debrief)
    return datetime.fromtimestamp(now if began is None else began, UTC).astimezone(hours.debrief)


def _hours(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    if hours < 1:
        return f"{max(1, round(hours * 60))} min"
    return f"{round(hours)} h" if hours < 48 else f"{round(hours / 24)} days"


def state_of(pact: StoredRow, session: StoredRow | None, now: datetime) -> ProbeState:
    """The state of a probe at `now`, which must have a time zone.

    A probe past its sunset has lapsed, debriefed or not. If its debrief renewed it, it lapses after the new end (the essay, “a
    sunset clause”). A renewal without an end doesn't count; the close refuses one, but an imported file may have it. A missing
    debrief stays owed for as long as it is worth holding: `GIVEN_UP`.
    """
    today = now.date()
    starts, ends, sunset = (_date(pact.get(name)) for name in ("starts", "ends", "sunset"))
    if session and not session.get("sealed") and _under_way(session):
        return ProbeState(State.LIVE, f"open, at {session['phase'].replace('_', ' ')}")
    if session and session.get("sealed"):
        return _after_its_debrief(sunset, session, today)
    over = ended(ends, time.fromisoformat(pact["ends_at"]) if pact.get("ends_at") else None)
    past = sunset is not None and sunset < today
    if over is not None and over <= now:
        late = now - over - DEBRIEF_WITHIN
        debrief = f"debrief {_hours(late)} late" if late > timedelta(0) else f"debrief within {_hours(-late)}"
        ended_on = f"sunset {short_day(sunset, today)}, " if sunset else ""
        if today - (sunset or over.date()) > GIVEN_UP:
            return ProbeState(State.LAPSED, f"{ended_on}never debriefed")
        if sunset is not None and past:
            return ProbeState(State.LAPSED, f"{ended_on}{debrief}", owed=True)
        return ProbeState(State.OVERDUE if late > timedelta(0) else State.DUE, debrief, owed=True)
    if sunset is not None and past:
        return ProbeState(State.LAPSED, f"sunset {short_day(sunset, today)}, never debriefed")
    if starts is not None and starts <= today:
        return ProbeState(State.RUNNING, f"until {short_day(ends, today)}" if ends else "no end date")
    if starts is not None:
        return ProbeState(State.PLANNED, f"from {short_day(starts, today)}")
    return ProbeState(State.PLANNED, "no dates yet")


def _renewed_until(session: StoredRow) -> date | None:
    closing = session.get("closing") or {}
    return _date(closing.get("renewed_until")) if closing.get("sunset") == "renew" else None


def past_day(pact: StoredRow, session: StoredRow | None) -> date | None:
    """The day that the words about a probe of the past name: its new end, its sunset or its debrief; None if they name none."""
    sealed = session if session and session.get("sealed") else {}
    until = _renewed_until(sealed) or _date(pact.get("sunset"))
    return until or (date_of(sealed["sealed"]) if sealed else None)


def _after_its_debrief(sunset: date | None, session: StoredRow, today: date) -> ProbeState:
    if until := _renewed_until(session):
        sunset = until
        if sunset >= today:
            return ProbeState(State.DEBRIEFED, f"renewed, until {short_day(sunset, today)}")
    if sunset is not None:
        on = f"sunset {short_day(sunset, today)}"
        return ProbeState(State.LAPSED, f"{on}, debriefed") if sunset < today else ProbeState(State.DEBRIEFED, on)
    return ProbeState(State.DEBRIEFED, f"on {short_day(date_of(session['sealed']), today)}")


def _under_way(session: StoredRow) -> bool:
    """Whether a debrief has begun: its clock was started, or the room went on without it."""
    return (
        session.get("began") is not None
        or session.get("phase", "opening") != "opening"
        or bool(session.get("red_lines"))
    )
