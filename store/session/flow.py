"""How a session moves: its clock, its phases, its beginning and its seal (DESIGN.md, rules of the room).

Every rule takes a debrief and returns a new one; none saves anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from store import probe_state, timetable
from store.debrief import Debrief
from store.matrix import figures, in_words
from store.matrix.shown import ALONE
from store.model import OUTCOMES, RHYTHMS, Closing, Event, Pact, Placement, stamp
from store.phases import plan
from store.refused import Refused
from store.session.impulses import tally
from store.timekeeper import duration
from store.timetable import Stop
from store.words.dates import day

MINUTE = 60.0

AWAY = {True: "away, counted", False: "away, not counted"}
"""What is recorded of an absence, by whether it counts."""

SET = {False: "computer's clock set back", True: "computer's clock set forward"}
"""What is recorded when somebody has set the computer's clock during a session, by whether it was set forward."""

SKIPPED = "skipped"
"""What is recorded of a phase that the session passes over."""

LEFT = "left"
"""What is recorded when somebody leaves a session while its clock runs."""


def live(debrief: Debrief) -> None:
    """Raise Refused unless the session can still be changed."""
    if debrief.sealed:
        raise Refused.openly("This session is sealed: what was said in it stays as it is.")


def start_or_pause(debrief: Debrief, now: float) -> Debrief:
    """Start the phase's clock, or pause it. The very first start begins the session."""
    live(debrief)
    clock = debrief.clock()
    if clock.running:
        return debrief.with_clock(clock.pause(now)).with_event("paused", now, clock.left(now))
    started = debrief.with_clock(clock.start(now))
    if debrief.session.began is None:
        return started.with_session(began=now).with_event("session began", now)
    return started.with_event("started" if clock.untouched else "went on", now, clock.left(now))


def extend(debrief: Debrief, now: float, minutes: int = 1) -> Debrief:
    """Add `minutes` to the phase, or take them if negative.

    Raises:
        Refused: no time is left to take.
    """
    live(debrief)
    clock = debrief.clock()
    changed = clock.extend(minutes * MINUTE, now)
    difference = changed.total - clock.total
    if not difference:
        raise Refused.openly("No time is left to take.", "go on")
    return debrief.with_clock(changed).with_event("extended" if difference > 0 else "shortened", now, difference)


def restart(debrief: Debrief, now: float) -> Debrief:
    """Give the phase its planned time again, starting now."""
    live(debrief)
    clock = debrief.clock()
    return debrief.with_clock(clock.restart(now)).with_event("restarted", now, clock.elapsed(now))


def _go(debrief: Debrief, to: Stop, what: str, now: float) -> Debrief:
    clock = debrief.clock()
    left = debrief.with_event(what, now, clock.left(now)).with_clock(clock.pause(now))
    there = left.with_session(phase=to.phase.name, resting=to.rest)
    found = there.clock()
    if found.untouched and (end := timetable.until(there, there.timed, now)) is not None:
        found = found.model_copy(update={"planned": (end - now) * found.rate})
    return there.with_clock(found.start(now) if clock.running else found)  # a paused session stays paused


def advance(debrief: Debrief, now: float) -> Debrief:
    """Go on to the next phase or to the break before it; the time that is left here is kept for a return.

    What the agenda skips on the way is recorded as skipped.
    """
    live(debrief)
    following = timetable.following(debrief)
    if following is None:
        raise Refused.openly("This is the last phase.", "seal")
    before = timetable.passed_over(debrief)
    gone = _go(debrief, following, "break ended" if debrief.session.resting else "advanced", now)
    for each in timetable.passed_over(gone):
        if each not in before:
            gone = gone.with_event(SKIPPED, now, phase=each.name)
    return gone.with_event("break began", now, gone.clock().left(now)) if following.rest else gone


def go_back(debrief: Debrief, now: float) -> Debrief:
    """Go back to the previous phase or break, with its content and the time that it had left."""
    live(debrief)
    previous = timetable.previous(debrief)
    if previous is None:
        raise Refused.openly("This is the first phase: there is nothing before it.")
    return _go(debrief, previous, "returned", now)


def came_back(debrief: Debrief, now: float, away: float, counts: bool) -> Debrief:
    """Record an absence of `away` seconds; if it does not count, the clock runs as if it had not happened.

    A clock that was started during the absence loses only as long as it has run, or it would stand still.
    """
    clock = debrief.clock()
    if not counts and clock.started is not None:
        debrief = debrief.with_clock(clock.without(min(away, now - clock.started)))
    return debrief.with_event(AWAY[counts], now, away)


def left(debrief: Debrief, now: float) -> Debrief:
    """Record that somebody leaves the session on purpose, if its clock goes on."""
    return debrief.with_event(LEFT, now) if debrief.clock().running and not debrief.sealed else debrief


def left_at(debrief: Debrief) -> float | None:
    """When somebody left the session on purpose and its clock went on, in seconds since the epoch; None if that was not the last."""
    last = max(debrief.events, key=lambda each: each.number, default=None)
    return datetime.fromisoformat(last.at).timestamp() if last is not None and last.what == LEFT else None


def last_seen(debrief: Debrief, alive: float | None, known: int, now: float) -> float:
    """Until when it is known that the running clock was seen; `now` while it is paused.

    Args:
        alive: when Redraw was last alive, or None where that isn't known.
        known: the number of the last event by then. Absences that were answered for since are not asked about again.
    """
    started = debrief.clock().started
    if started is None:
        return now
    if alive is None:
        return started
    answered = (each.seconds or 0.0 for each in _since(debrief, known) if each.what in AWAY.values())
    return max(started, alive + sum(answered))


def _since(debrief: Debrief, known: int) -> Iterator[Event]:
    return (each for each in debrief.events if each.number > known)


def last_event(debrief: Debrief) -> int:
    """The number of the last event, 0 if there is none."""
    return max((each.number for each in debrief.events), default=0)


def clock_set(debrief: Debrief, now: float, by: float) -> Debrief:
    """Go on as before after the computer's clock, and all times with it, was set by so many seconds; `now` is by the new time."""
    began = debrief.session.began
    if began is None or debrief.sealed:  # nothing has run yet, or nothing runs any more
        return debrief
    moved = debrief.with_session(began=began + by).with_clock(debrief.clock().moved(by))
    return moved.with_event(SET[by > 0], now, by)


def set_since(debrief: Debrief, known: int) -> float:
    """By how many seconds the computer's clock was set in the events after number `known`."""
    return sum(each.seconds or 0.0 for each in _since(debrief, known) if each.what in SET.values())


@dataclass(frozen=True, slots=True)
class Projection:
    """When the whole session will end, in seconds since the epoch, and how many seconds that is over the plan."""

    ends: float
    over: float


def ends(debrief: Debrief, now: float, extra: float = 0.0) -> float:
    """When the whole session will end, in seconds since the epoch; `extra` seconds show what an extension would do to it."""
    clock = debrief.clock()
    end = now + max(0.0, clock.left(now) + extra) / clock.rate
    for stop in timetable.to_come(debrief):
        end = timetable.ending(debrief, stop.clock, end)
    return end


def projection(debrief: Debrief, now: float, extra: float = 0.0) -> Projection:
    """The same, against the plan."""
    end = ends(debrief, now, extra)
    began = debrief.session.began if debrief.session.began is not None else now
    planned = timetable.planned(debrief, began)[-1].ends
    return Projection(ends=end, over=end - planned)


def ended(pact: Pact, zone: tzinfo | None = None) -> datetime | None:
    """When the action ended, by the clocks of `zone`, or of this computer; None without a date."""
    return probe_state.ended(pact.ends, pact.ends_at, zone)


def _hours(debrief: Debrief) -> probe_state.RoomHours:
    session = debrief.session
    return probe_state.room_hours(session.sealed, session.action_ended, session.began)


def lateness(debrief: Debrief, now: float) -> str:
    """How late the debrief is against 24 hours after the action, in one sentence; empty without a date.

    What counts is when the debrief began, or now if it has not begun. A room file says only when it was sealed: then that
    counts. Of a sealed one the same is said in every zone.
    """
    pact, session, hours = debrief.probe.pact, debrief.session, _hours(debrief)
    end = ended(pact, hours.action)
    if end is None or pact.ends is None:
        return ""
    at = probe_state.held_at(session.sealed, session.began, now, hours)
    since = (at - end).total_seconds()
    if since < 0:
        today = pact.ends_at is None and at.date() == pact.ends
        return "On the day of the action, within the 24 hours." if today else "The action has not ended yet."
    late = since - probe_state.DEBRIEF_WITHIN.total_seconds()
    if late > 0:
        return f"{duration(since)} after the action: {duration(late)} later than the 24 hours."
    return f"{duration(since)} after the action, within the 24 hours."


def too_early(debrief: Debrief, until: date, now: float) -> str:
    """Why a renewal can't end on a day, as a sentence; empty if it can."""
    sunset = debrief.probe.pact.sunset
    if until <= datetime.fromtimestamp(now).astimezone().date():
        return f"A renewal ends after today: {day(until)} doesn't."
    if sunset is not None and until <= sunset:
        return f"A renewal ends after the old sunset, {day(sunset)}: {day(until)} doesn't."
    return ""


def _renewal(closing: Closing, debrief: Debrief, now: float) -> Iterator[str]:
    """What a renewal still lacks (the essay, “Renewal must be deliberate, not automatic”)."""
    if not closing.reason.strip():
        yield "A renewal must be deliberate: write its reason."
    if closing.renewed_until is None:
        yield "A renewal must end: write until when."
    elif why := too_early(debrief, closing.renewed_until, now):
        yield why
    if not closing.decided_by.strip():
        yield "A renewal is somebody's decision: write who decided it."


def missing(debrief: Debrief, now: float) -> tuple[Refused, ...]:
    """Why the session can't be sealed yet: each sentence says what to do."""
    closing = debrief.session.closing
    wanted = []
    if not debrief.amendments and not debrief.session.no_amendment.strip():
        if debrief.skips("amendments"):
            wanted.append(Refused.openly("Amendments were skipped: write why no guideline was added or revised."))
        else:
            said = "No guideline was added or revised: go back and enter one, or write why there is none."
            wanted.append(Refused.openly(said, "go back"))
    if closing.sunset not in OUTCOMES:
        wanted.append(Refused.openly("Say whether the collaboration lapses or is renewed."))
    if closing.sunset == "renew":
        wanted += map(Refused, _renewal(closing, debrief, now))
    if closing.rhythm not in RHYTHMS:
        wanted.append(Refused.openly("Choose what comes next: act, reflect or pause."))
    return tuple(wanted)


def seal(debrief: Debrief, now: float) -> Debrief:
    """Close the session for good.

    Raises:
        Refused: something is missing; see `missing`.
    """
    live(debrief)
    if wanted := missing(debrief, now):
        raise wanted[0]
    stopped = debrief.with_clock(debrief.clock().pause(now)).with_event("sealed", now)
    shown = stopped.with_session(revealed=debrief.session.round) if unrevealed(debrief) >= ALONE else stopped
    feelings = shown.session.feelings if shown.session.keep_feelings else {}
    end = ended(debrief.probe.pact)
    return shown.with_session(
        sealed=stamp(now),
        action_ended=end.isoformat(timespec="seconds") if end else None,
        gap=figures.figures(shown).gap,
        feelings=feelings,
        impulses=tally(shown.dissent),
    )


def unrevealed(debrief: Debrief) -> int:
    """How many ballots of the present round the room has not seen."""
    turn = debrief.session.round
    return len(debrief.ballots(turn)) if debrief.session.revealed < turn else 0


def blind_at_the_seal(debrief: Debrief) -> str:
    """What the seal does with ballots that the room has not seen, as a sentence; empty if there are none.

    The seal reveals them if they may be shown; fewer than three stay blind, because they would show one person's vote.
    """
    n = unrevealed(debrief)
    if not n:
        return ""
    if n < ALONE:
        return f"{in_words.ballots(n)} too few to be shown: {'it stays' if n == 1 else 'they stay'} blind."
    return f"{in_words.ballots(n)} not revealed: the seal shows them."


def planned_against_used(debrief: Debrief, now: float) -> tuple[tuple[str, float, float], ...]:
    """The title of each phase and each break that was entered, with the seconds planned for it and the seconds used."""
    found = []
    for each in plan(debrief.session.phase):
        for stop in (Stop(each), Stop(each, rest=True)):
            if stop.clock in debrief.session.clocks:
                clock = debrief.clock(stop.clock)
                found.append((stop.title, clock.planned, clock.elapsed(now)))
    return tuple(found)


def after_the_action(debrief: Debrief, now: float) -> bool:
    """Whether an expectation recorded now has hindsight: the action is over, or its debrief has begun."""
    end, debriefing = ended(debrief.probe.pact), debrief.session.kind == "debrief"
    if end is not None and now >= end.timestamp():
        return True
    return debriefing and (debrief.session.began is not None or (end is None and debrief.begun))


def judged_anew(debrief: Debrief) -> Debrief:
    """The debrief with each expected placement whose time is known marked *reconstructed* or not, by the action's present end."""
    end = ended(debrief.probe.pact, _hours(debrief).action)
    began, choice = debrief.session.began, debrief.probe.choice
    if end is None:
        return debrief

    def judged(placement: Placement) -> Placement:
        at = placement.at or (choice.at if choice else None)
        if placement.round or at is None:
            return placement
        when = datetime.fromisoformat(at).timestamp()
        debriefing = debrief.session.kind == "debrief" and began is not None and when >= began
        return placement.but(reconstructed=when >= end.timestamp() or debriefing)

    return replace(debrief, placements=tuple(map(judged, debrief.placements)))
