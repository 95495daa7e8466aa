"""A whole debrief as one frozen value, which screens show and rules change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from typing import Any, Protocol

from store.clock import Clock
from store.model import (
    Agenda,
    Amendment,
    Change,
    Dissent,
    Event,
    Guideline,
    Moment,
    NonNegotiables,
    Observation,
    Participant,
    Pattern,
    Placement,
    Probe,
    Proposal,
    Record,
    RecurringPattern,
    Session,
    Sound,
    Tally,
    Verdict,
    stamp,
)
from store.model.agenda import AS_USUAL, BREAK
from store.phases import Phase, plan
from store.words.names import fold

Pairs = Mapping[frozenset[str], int]
"""How often two people, by their folded names, have been in the same small group."""


def pairs_in(groups: Iterable[Iterable[str]]) -> Counter[frozenset[str]]:
    """Who is in one of some groups with whom."""
    return Counter(frozenset(pair) for group in groups for pair in combinations(map(fold, group), 2))


class Numbered(Protocol):
    """A record with a number, counted from 1 within its kind."""

    @property
    def number(self) -> int:
        """Its number."""


KINDS: tuple[type[Record], ...] = (
    Participant,
    Moment,
    Pattern,
    Placement,
    Amendment,
    Event,
    Dissent,
    Proposal,
    Observation,
    Guideline,
    NonNegotiables,
    RecurringPattern,
)
"""The kinds of record a debrief holds lists of. Each list has the name of its table."""

OF_THE_GROUP: tuple[type[Record], ...] = (Guideline, NonNegotiables, RecurringPattern)
"""The kinds that belong to the group and not to one probe. They are the same in all debriefs of an archive."""


@dataclass(frozen=True, slots=True)
class EarlierProbe:
    """What a new probe can learn from another probe of the archive.

    Attributes:
        id, title, scope, tags: as in the probe.
        began: its first known day in ISO form; probes are sorted by it.
        partners: each partner's name and kind.
        facilitators, spokespeople: their names; `facilitators` includes those of its debrief.
        debriefed: whether its session was sealed.
        gap: the gap as its session keeps it, if known.
        red_lines: how many red lines were held, strained and crossed.
    """

    id: str
    title: str
    scope: str
    began: str
    partners: tuple[tuple[str, str], ...] = ()
    facilitators: tuple[str, ...] = ()
    spokespeople: tuple[str, ...] = ()
    debriefed: bool = False
    gap: Mapping[str, Any] | None = None
    red_lines: Mapping[str, int] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierDebrief:
    """What the group keeps from a sealed debrief of its own.

    Attributes:
        session, probe: their ids.
        title: the title of the probe.
        at: when the debrief was sealed, in ISO form.
        verdicts: whether guidelines worked, as the room judged it.
        impulses: what became of its positions of dissent.
        joined: how many new organisers joined through its probe; None where nobody counted.
        sound: how the end of its phases was heard; None where nobody chose.
        rhythm: what it decided comes next: act, reflect or pause; empty where that isn't known.
        paused_until: the last day of a pause that was given an end.
    """

    session: str
    probe: str
    title: str
    at: str
    verdicts: tuple[Verdict, ...] = ()
    impulses: Tally = field(default_factory=dict)
    joined: int | None = None
    sound: Sound | None = None
    rhythm: str = ""
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class GroupHistory:
    """What this session learns from earlier probes and sessions.

    Attributes:
        probes: the other probes, oldest first.
        pairs: who was in a small group with whom.
        sovereignty: the titles of earlier probes with their measures, oldest first.
        debriefs: our own debriefs sealed before this one, oldest first.
        agendas: the agenda of our last sealed session of each kind, if it had one.
    """

    probes: tuple[EarlierProbe, ...] = ()
    pairs: Pairs = field(default_factory=dict)
    sovereignty: tuple[tuple[str, Mapping[str, Change]], ...] = ()
    debriefs: tuple[EarlierDebrief, ...] = ()
    agendas: Mapping[str, Agenda] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Debrief:
    """A probe, its session, everything entered in it, and what the group holds across probes.

    A session with an empty id has not begun. `dissent_session` is the dissent session before the action, if there was one and it
    isn't the current session. A probe without an id is not in the archive yet. Without a title it never will be: then this value
    only carries what the group holds.
    """

    probe: Probe
    session: Session
    participants: tuple[Participant, ...] = ()
    moments: tuple[Moment, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    placements: tuple[Placement, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    events: tuple[Event, ...] = ()
    dissent: tuple[Dissent, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    observations: tuple[Observation, ...] = ()
    guidelines: tuple[Guideline, ...] = ()
    non_negotiables: tuple[NonNegotiables, ...] = ()
    recurring_patterns: tuple[RecurringPattern, ...] = ()
    dissent_session: Session | None = None
    past: GroupHistory = field(default_factory=GroupHistory)

    def records(self) -> Iterator[Record]:
        """Every record that the archive keeps for this debrief."""
        if self.probe.id:
            yield self.probe
        if self.session.id:
            yield self.session
        if self.dissent_session is not None:
            yield self.dissent_session
        for kind in KINDS:
            yield from getattr(self, kind.table)

    @property
    def handle(self) -> str:
        """The id to load it by: the session's id for an open dissent session, otherwise the probe's."""
        return self.session.id if self.session.kind == "dissent" else self.probe.id

    @property
    def begun(self) -> bool:
        """Whether a session exists."""
        return bool(self.session.id)

    @property
    def sealed(self) -> bool:
        """Whether the session has been closed."""
        return self.session.sealed is not None

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the roster, in the order they were entered."""
        return tuple(person.alias for person in self.participants)

    @property
    def present(self) -> tuple[Participant, ...]:
        """Those in the roster who have not left."""
        return tuple(person for person in self.participants if not person.left)

    @property
    def electorate(self) -> tuple[Participant, ...]:
        """Those whose ballots the present round is counted against: whoever is here, and whoever has placed before they left."""
        placed = {fold(ballot.by) for ballot in self.ballots(self.session.round)}
        return tuple(person for person in self.participants if not person.left or fold(person.alias) in placed)

    @property
    def organisations(self) -> tuple[str, ...]:
        """The organisations of the probe and the roster: ours first, then the partners, then any others."""
        listed = [self.probe.our_organisation, *(p.name for p in self.probe.partners)]
        listed += [person.organisation for person in self.participants]
        seen: dict[str, str] = {}
        for name in listed:
            if name.strip():
                seen.setdefault(fold(name), name)
        return tuple(seen.values())

    @property
    def expected(self) -> tuple[Placement, ...]:
        """The expected placements, made before the action or reconstructed."""
        return self.ballots(0)

    def reconstructed(self, expected: Iterable[Placement]) -> int:
        """How many of some expected placements were made after the action; an export without names only has their number."""
        late = [each.reconstructed for each in expected]
        return min(len(late), sum(late) + (self.probe.reconstructed or 0))

    def ballots(self, round: int) -> tuple[Placement, ...]:
        """The placements of one round; round 0 holds the expected ones."""
        return tuple(p for p in self.placements if p.round == round)

    def organisation_of(self, alias: str) -> str:
        """The organisation of a person in the roster; empty for anybody else."""
        wanted = fold(alias)
        return next((p.organisation for p in self.participants if fold(p.alias) == wanted), "")

    def headcount(self, people: Iterable[Participant] | None = None) -> Mapping[str, int]:
        """The number of people by organisation, of all in the roster by default; one organisation whatever its case and blanks."""
        spelling = {fold(name): name for name in reversed(self.organisations)}
        counted = self.participants if people is None else people
        return Counter(spelling.get(fold(person.organisation), "") for person in counted)

    @property
    def agenda(self) -> Agenda:
        """The agenda of the session; before that begins, the probe's own or that of the group's last session."""
        if self.begun:
            return self.session.agenda or AS_USUAL
        return self.probe.agenda or self.past.agendas.get("debrief") or AS_USUAL

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases that the session goes through, in order: all but those that are skipped."""
        return tuple(each for each in plan(self.session.phase) if not self.skips(each.name))

    def skips(self, name: str) -> bool:
        """Whether the agenda skips a phase, and nobody has entered it all the same."""
        here = name == self.session.phase and not self.session.resting
        return self.agenda.skips(name) and not here and name not in self.session.clocks

    @property
    def timed(self) -> str:
        """The name of the clock that is shown: that of the current phase, or of the break after it."""
        return self.session.phase + (BREAK if self.session.resting else "")

    def clock(self, name: str | None = None) -> Clock:
        """The clock of a phase or a break (by default the current one); a fresh clock if it was never entered.

        The current phase is planned as the agenda says now.
        """
        name = name or self.timed
        found = self.session.clocks.get(name)
        if found is None:
            return Clock(planned=self.agenda.seconds(name), rate=self.session.rate)
        if name != self.session.phase or self.sealed:
            return found
        planned = self.agenda.seconds(name)
        return found if found.planned == planned else found.model_copy(update={"planned": planned})

    def with_session(self, **changes: object) -> "Debrief":
        """A copy with changed session fields."""
        return replace(self, session=self.session.but(**changes))

    def with_probe_agenda(self, agenda: Agenda) -> "Debrief":
        """A copy with a plan for the debrief of the probe."""
        return replace(self, probe=self.probe.but(agenda=agenda))

    def with_clock(self, clock: Clock) -> "Debrief":
        """A copy with another clock for the current phase or break."""
        return self.with_session(clocks={**self.session.clocks, self.timed: clock})

    def with_event(self, what: str, now: float, seconds: float | None = None, phase: str = "") -> "Debrief":
        """A copy with one more event in its record, of the current phase or another one."""
        event = Event(
            session=self.session.id,
            number=next_number(self.events),
            at=stamp(now),
            phase=phase or self.session.phase,
            what=what,
            seconds=None if seconds is None else round(seconds, 3),
        )
        return replace(self, events=(*self.events, event))


def next_number(records: Iterable[Numbered]) -> int:
    """The number for the next record of a kind."""
    return max((record.number for record in records), default=0) + 1
