"""Observations: what an embedded observer notices, with its time, whose it is, and its kind.

    [time] [@by] [kind:] text

The first three stand in any order, each at most once. The time is `14:05`, `14h05`, `14.05` or `3pm`, on the day of the
action, or has its day before it, `17 Oct 14:05`; without one it is now. In the night after the action an hour that has been is
today's, and in the hour that comes twice at the end of summer time the later one that has been is meant. `@by` is a name of one
word, or the beginning of a known name. The kind is one of four or its beginning: `friction:`, `f:`. A colon by itself means that
there is no kind and that everything after it is the text; a second colon after a kind does the same. A known name may also stand
without the @ before a kind, as people write it: `Tilda f: text`. Everything else belongs to the text, which is kept as typed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from store.debrief import Debrief, next_number
from store.entries.line import Rule, at_beginnings, at_whole_name
from store.model import Observation, stamp
from store.refused import Refused
from store.words import dates, hours
from store.words.dates import local
from store.words.names import fold, matching
from store.words.observation_kinds import kind_named
from store.words.text import clipped
from store.words.typed_numbers import plain

AHEAD = 60.0
"""Seconds by which an observation may be ahead of this computer's clock, since another computer's may be."""

MORNING = 6
"""The hour at which the night after an action ends: from then on an hour without a day is one of the action again."""

_KIND = re.compile(r"\s*([^:\s](?:[^:]{0,78}[^:\s])?)?\s*:")


@dataclass(frozen=True, slots=True)
class NewObservation:
    """An observation to enter, as in `store.model.Observation`; `by` is a whole name. Without `at` it was seen now."""

    text: str
    at: str | None = None
    by: str | None = None
    kind: str | None = None


def observers(debrief: Debrief) -> tuple[str, ...]:
    """Who can be meant by a name in a line: assigned observers, those who have observed, and observers in the roster."""
    roster = (person.alias for person in debrief.participants if fold(person.role) == "observer")
    names = (*debrief.probe.observers, *(each.by for each in debrief.observations if each.by), *roster)
    found: dict[str, str] = {}
    for name in names:
        if name.strip():
            found.setdefault(fold(name), name)
    return tuple(found.values())


def read_observation(line: str, debrief: Debrief, now: float) -> NewObservation:
    """What a line says, None for each part that is not in it; see the module.

    Raises:
        Refused: there is no such time, it is in the future, or a name fits several.
    """
    names = observers(debrief)
    at = by = kind = None
    rest, before = line, None
    while rest != before:  # until no other part is found before what is left
        before = rest
        if at is None:
            at, rest = _time(rest, debrief, now)
        if by is None:
            by, rest = _by(rest, names)
        if kind is None:
            kind, rest, named = _kind(rest, names if by is None else ())
            by = named if named is not None else by
            if kind is not None and (kind == "" or plain(rest[:1]) == ":"):
                rest = rest[1:] if kind else rest
                break
    said = at is not None or by is not None or kind is not None
    return NewObservation(rest[1:] if said and rest[:1] in (" ", "\t") else rest, at, by, kind)


def _time(line: str, debrief: Debrief, now: float) -> tuple[str | None, str]:
    match = hours.leading(line)
    if match is None:
        return None, line
    here = datetime.fromtimestamp(now).astimezone()
    shown = clipped(match[0].strip(), 40)
    try:
        day = dates.read(match["day"], here.date(), past=True) if match["day"] else None
    except Refused:
        if re.search("[./-]", match["day"]):  # only a date has these; a number or a day's name may begin a sentence
            raise
        return None, line
    hour = hours.read(match["hour"])
    when = f"{day or _day_of(debrief, hour, here)}T{hour}{match['zone'] or ''}"
    try:
        seen = _latest(when, now)
        ahead = _ahead(seen, now)
    except (ValueError, OverflowError) as error:
        raise Refused(f"There is no time “{shown}”: type it as {hours.FORMS}, with its day before it.") from error
    if ahead:
        raise Refused(
            f"“{shown}” is still to come (it is {here:%H:%M} on {here.day} {here:%B}): type when it was seen, or leave the"
            " time out."
        )
    end = match.end()
    return seen.isoformat(timespec="seconds"), line[end + (plain(line[end : end + 1]) in (*",;:",)) :]


def _ahead(seen: datetime, now: float) -> bool:
    return seen.timestamp() - now > AHEAD


def _latest(when: str, now: float) -> datetime:
    """A time in ISO form, by this computer's clock unless it says its zone: where that clock showed it twice, the later one that
    has been.
    """
    first, second = _readings(datetime.fromisoformat(when))
    return first if second < first or _ahead(second, now) else second


def _readings(by_the_clock: datetime) -> tuple[datetime, datetime]:
    """Both times at which this computer's clock shows an hour; they differ only where it is changed."""
    return by_the_clock.astimezone(), by_the_clock.replace(fold=1).astimezone()


def _day_of(debrief: Debrief, hour: time, here: datetime) -> date:
    """The day of a time without one.

    It is today while the action is running or has no dates, and in the night after it where the hour has been; else it is the day
    of the action.
    """
    starts, ends = debrief.probe.pact.starts, debrief.probe.pact.ends
    first, last = starts or ends, ends or starts
    today = here.date()
    if first is None or last is None or last >= today:
        return today
    if here.hour < MORNING and last == today - timedelta(days=1):
        now = here.timestamp()
        if not _ahead(_latest(f"{today}T{hour}", now), now):
            return today
    if first == last:
        return first
    raise Refused(f"The action went from {first} to {last}: put the day before the time, as in “{last} 14:05”.")


def _by(rest: str, names: Sequence[str]) -> tuple[str | None, str]:
    if whole := at_whole_name(rest, names):
        return whole
    typed, after = next(at_beginnings(rest, "(?!)"), ("", rest))
    return (whose(typed, names), after) if typed else (None, rest)


def whose(typed: str, names: Sequence[str]) -> str:
    """The known name that `typed` begins, or as it is typed where it begins none.

    Raises:
        Refused: it begins several.
    """
    found = matching(typed, names)
    if len(found) > 1:
        offered = ", ".join(clipped(name, 30) for name in found[:6])
        raise Refused(f"“{clipped(typed, 40)}” fits {offered}: type enough of the name to tell them apart.")
    return found[0] if found else typed


def _kind(rest: str, names: Sequence[str]) -> tuple[str | None, str, str | None]:
    """The kind before a colon, what follows, and the known name before the kind."""
    match = _KIND.match(plain(rest))
    if match is None:
        return None, rest, None
    said = rest[match.start(1) : match.end(1)] if match[1] else ""
    try:
        return kind_named(said), rest[match.end() :], None
    except Refused:
        pass
    words = said.split()
    for at in range(1, len(words)):
        found = matching(" ".join(words[:at]), names)
        try:
            kind = kind_named(" ".join(words[at:]))
        except Refused:
            continue
        if len(found) == 1:
            return kind, rest[match.end() :], found[0]
    return None, rest, None


def add_observation(debrief: Debrief, new: NewObservation, now: float) -> Debrief:
    """Enter an observation; after the seal too.

    Raises:
        Refused: it has no text.
    """
    if not new.text.strip():
        raise Refused("Write what you see.", "write an observation")
    entered = Observation(
        probe=debrief.probe.id,
        number=next_number(debrief.observations),
        at=new.at or stamp(now),
        by=new.by,
        kind=new.kind or "",
        text=new.text,
    )
    return replace(debrief, observations=(*debrief.observations, entered))


def observation_rule(kind: str = "", by: str | None = None, at: str | None = None) -> Rule:
    """The rule for lines of observations; a line that doesn't say its kind, whose it is or when it was gets these."""

    def rule(debrief: Debrief, line: str, now: float) -> Debrief:
        read = read_observation(line, debrief, now)
        by_default = by if read.by is None else read.by
        kind_default = kind if read.kind is None else read.kind
        return add_observation(debrief, replace(read, by=by_default, kind=kind_default, at=read.at or at), now)

    return rule


def line_of_observation(entry: Observation) -> str:
    """An observation as it would be typed; reading it gives the same observation."""
    at = _as_typed(local(entry.at))
    head = f"{at} @{entry.by}" if entry.by else at
    colon = "::" if entry.kind and not entry.by and entry.text.lstrip().startswith("@") else ":"
    return f"{head} {entry.kind}{colon} {entry.text}"


def _as_typed(at: datetime) -> str:
    """A day and an hour as they would be typed, with the zone in the hour that comes twice."""
    shown = at.isoformat(" ", "minutes")
    first, second = _readings(at.replace(tzinfo=None))
    return shown if first < second else shown[:16]


def as_read(entry: Observation, now: float) -> str:
    """How a line was read, to check at a glance: “09:05, friction, Tilda”; with the day unless it is today."""
    at, today = local(entry.at), datetime.fromtimestamp(now).astimezone().date()
    when = f"{at:%H:%M}" if at.date() == today else f"{at.day} {at:%B} {at:%H:%M}"
    return ", ".join(filter(None, (when, entry.kind or "no kind", clipped(entry.by or "", 30))))
