"""The whole of one debrief as a single frozen value: what the screens show and what the rules change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from store.clock import Clock
from store.model import (
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
    Pull,
    Record,
    RecurringPattern,
    Session,
    Verdict,
    stamp,
)
from store.phases import phase
from store.words.names import fold


class Numbered(Protocol):
    """A record that is numbered from 1 among its like."""

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
"""What a debrief holds lists of; each under the name of its table."""

OF_THE_GROUP: tuple[type[Record], ...] = (Guideline, NonNegotiables, RecurringPattern)
"""Those of them that belong to no probe: all debriefs of an archive hold the same."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another probe of the archive, as far as a new one learns from it.

    Attributes:
        id, title, scope: as in the probe.
        began: its first day as far as it is known, in ISO form, by which these stand in order.
        partners: name and kind of each.
        facilitators, spokespeople: by name; the facilitators of its debrief are among the first.
        debriefed: whether its session was sealed.
        gap: autonomy and benefit against what was expected, where that is known.
        red_lines: how many of its red lines were held, strained and crossed.
    """

    id: str
    title: str
    scope: str
    began: str
    partners: tuple[tuple[str, str], ...] = ()
    facilitators: tuple[str, ...] = ()
    spokespeople: tuple[str, ...] = ()
    debriefed: bool = False
    gap: tuple[float, float] | None = None
    red_lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """A debrief of ours that was sealed, as far as what the group holds goes back to it.

    Attributes:
        session, probe: their ids.
        title: the probe's.
        at: when it was sealed, in ISO form.
        verdicts: what the room said of guidelines.
        impulses: of the positions of dissent for each pull, how many were borne out, and of how many that was said.
    """

    session: str
    probe: str
    title: str
    at: str
    verdicts: tuple[Verdict, ...] = ()
    impulses: Mapping[Pull, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier probes and sessions tell this one.

    Attributes:
        probes: the other probes, oldest first.
        pairs: how often two people have been in one small group, by their two folded names.
        sovereignty: the titles of earlier probes with what they measured, oldest first.
        debriefs: those of ours that were sealed before this one, oldest first.
    """

    probes: tuple[Earlier, ...] = ()
    pairs: Mapping[frozenset[str], int] = field(default_factory=dict)
    sovereignty: tuple[tuple[str, Mapping[str, Change]], ...] = ()
    debriefs: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Debrief:
    """A probe with its session and all that was entered in it, and what the group holds across probes.

    A session whose id is empty has not begun. `dissent_session` is the one that came before the action, where there was one
    and it isn't itself the session in hand. A probe without an id is not in the archive yet; one without a title either
    will never be: then what is in hand is what the group holds, and nothing else.
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
    past: Past = field(default_factory=Past)

    def records(self) -> Iterator[Record]:
        """Every record that the archive keeps of it."""
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
        """The id by which the archive gives it again: an open dissent session's own, else its probe's."""
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
        """The names in the roster, in the order in which they came."""
        return tuple(person.alias for person in self.participants)

    @property
    def organisations(self) -> tuple[str, ...]:
        """Organisations of the probe and of the roster: ours first, then partners, then whoever else came."""
        listed = [self.probe.our_organisation, *(p.name for p in self.probe.partners)]
        listed += [person.organisation for person in self.participants]
        seen: dict[str, str] = {}
        for name in listed:
            if name.strip():
                seen.setdefault(fold(name), name)
        return tuple(seen.values())

    @property
    def expected(self) -> tuple[Placement, ...]:
        """The placements made before the action, or reconstructed."""
        return self.ballots(0)

    def ballots(self, round: int) -> tuple[Placement, ...]:
        """The placements of one round; round 0 is what was expected."""
        return tuple(p for p in self.placements if p.round == round)

    def organisation_of(self, alias: str) -> str:
        """The organisation of somebody in the roster; for anybody else the empty text."""
        wanted = fold(alias)
        return next((p.organisation for p in self.participants if fold(p.alias) == wanted), "")

    def headcount(self) -> Mapping[str, int]:
        """How many people of each organisation are in the roster."""
        return Counter(person.organisation for person in self.participants)

    def clock(self, name: str | None = None) -> Clock:
        """The clock of a phase (of the present one by default); a fresh one where it was never entered."""
        name = name or self.session.phase
        found = self.session.clocks.get(name)
        return found or Clock(planned=phase(name).seconds, rate=self.session.rate)

    def with_session(self, **changes: object) -> "Debrief":
        """The same with fields of its session changed."""
        return replace(self, session=self.session.but(**changes))

    def with_clock(self, clock: Clock, name: str | None = None) -> "Debrief":
        """The same with one phase's clock replaced."""
        return self.with_session(clocks={**self.session.clocks, name or self.session.phase: clock})

    def with_event(self, what: str, now: float, seconds: float | None = None) -> "Debrief":
        """The same with one more line in the event record."""
        event = Event(
            session=self.session.id,
            number=next_number(self.events),
            at=stamp(now),
            phase=self.session.phase,
            what=what,
            seconds=None if seconds is None else round(seconds, 3),
        )
        return replace(self, events=(*self.events, event))


def next_number(records: Iterable[Numbered]) -> int:
    """The number that the next record of a kind gets."""
    return max((record.number for record in records), default=0) + 1
