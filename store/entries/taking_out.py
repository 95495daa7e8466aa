"""Taking somebody out of the roster: what is there of them, and what becomes of it.

What they said (moments, placements, positions, observations, reservations) stays as somebody's or goes. What they hold in the
session (a place in a group, a role, the next facilitation) goes. What was agreed or given (a signature, a consent, a role or a
responsibility in the pact) is not theirs alone, and stays as it was written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from store.debrief import Debrief
from store.entries.naming import in_holder, in_said, says, stand_in
from store.matrix.proposals import revealed
from store.model import Amendment, Mark, Placement
from store.refused import Refused
from store.session.flow import live
from store.words.names import SOMEBODY, fold, whole_name
from store.words.numbers import counted
from store.words.text import clipped

M = TypeVar("M", Mark, Placement)


@dataclass(frozen=True, slots=True)
class HangsOn:
    """What there is of somebody, each in a few words.

    Attributes:
        said: what they said in this session.
        before: what they said before it, in the same probe.
        holds: what they hold in this session.
        agreed: what stays under their name, whatever becomes of the rest.
    """

    said: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.said or self.before or self.holds or self.agreed)


def hangs_on(debrief: Debrief, name: str) -> HangsOn:
    """What there is of somebody in the roster, by their whole name."""
    theirs = fold(name)
    return HangsOn(
        tuple(_said_here(debrief, theirs)),
        tuple(_said_before(debrief, theirs)),
        tuple(_held(debrief, theirs)),
        tuple(_agreed(debrief, theirs)),
    )


def _said_here(debrief: Debrief, name: str) -> Iterator[str]:
    if n := sum(fold(each.by or "") == name for each in debrief.moments):
        yield counted(n, "moment")
    if n := sum(fold(each.by) == name for each in debrief.placements if each.round):
        yield counted(n, "ballot")
    if n := sum(says(text, name) for each in debrief.amendments for text in each.reservations):
        yield counted(n, "reservation")


def _held(debrief: Debrief, name: str) -> Iterator[str]:
    for number, group in enumerate(debrief.session.groups, 1):
        if name in map(fold, group):
            yield f"a place in group {number}"
    role = next((each.role for each in debrief.participants if fold(each.alias) == name), "participant")
    if fold(role) != "participant":
        yield f"the role of {clipped(role, 30)}"
    closing = debrief.session.closing
    if fold(closing.next_facilitator) == name:
        yield "the next facilitation"
    if in_holder(closing.decided_by, name, f"{name}?") != closing.decided_by:
        yield "the decision to renew"


def _said_before(debrief: Debrief, name: str) -> Iterator[str]:
    if any(fold(each.by) == name for each in debrief.expected):
        yield "an expected placement"
    if n := sum(fold(each.voice) == name for each in debrief.dissent):
        yield counted(n, "position")
    if n := sum(fold(mark.by) == name for each in debrief.proposals for mark in each.placements):
        yield f"{counted(n, 'placement')} of proposals"
    if n := sum(fold(each.by or "") == name for each in debrief.observations):
        yield counted(n, "observation")


def _agreed(debrief: Debrief, name: str) -> Iterator[str]:
    probe = debrief.probe
    newest = max(debrief.non_negotiables, key=lambda each: each.number, default=None)
    if newest is not None and name in map(fold, newest.consents):
        yield "a consent to the non-negotiables"
    if any(fold(each.name) == name for each in probe.pact.signatures):
        yield "a signature under the pact"
    if name in map(fold, (*probe.facilitators, *probe.spokespeople, *probe.observers)):
        yield "a role in the probe"
    if any(in_holder(each.who, name, f"{name}?") != each.who for each in probe.pact.responsibilities):
        yield "a responsibility in the pact"


def may_leave_the_roster(debrief: Debrief, name: str) -> None:
    """Raise Refused if somebody, by their whole name, would stay the author of something in this session, unseen."""
    if said := tuple(_said_here(debrief, fold(name))):
        raise Refused(
            f"{clipped(name, 40)} has {' and '.join(said)} here: say what becomes of that.", "take somebody out"
        )


def remove_participant(debrief: Debrief, name: str) -> Debrief:
    """The debrief without somebody in the roster; they leave their small group too. All else stays as it is.

    Raises:
        Refused: nobody is called that, or they have said something in this session; see `take_out_person`.
    """
    name = whole_name(name, debrief.names)
    may_leave_the_roster(debrief, name)
    groups = tuple(tuple(each for each in group if each != name) for group in debrief.session.groups)
    gone = replace(debrief, participants=tuple(p for p in debrief.participants if p.alias != name))
    return gone.with_session(groups=groups) if debrief.session.groups else gone


def take_out_person(debrief: Debrief, name: str, *, kept: bool = True) -> Debrief:
    """The debrief without somebody in the roster, by their whole name, also after a reveal.

    What they said in this probe stays as somebody's if it is `kept`, in its place and under its number, and a mark that was shown
    stays where it was; otherwise all of it goes, and a pattern rests on what is left. A blind ballot goes in any case.

    Raises:
        Refused: nobody is called that, or the session is sealed.
    """
    live(debrief)
    name = whole_name(name, debrief.names)
    their, nobody = fold(name), stand_in(debrief)

    def marked(by: str, shown: bool) -> str | None:
        """Whose a placement is from now on; None where it goes."""
        return by if fold(by) != their else nobody if kept and shown else None

    gone = {each.number for each in debrief.moments if not kept and fold(each.by or "") == their}
    proposals_shown = revealed(debrief)
    closing = debrief.session.closing
    found = replace(
        debrief,
        moments=tuple(
            each.but(by=None) if fold(each.by or "") == their else each
            for each in debrief.moments
            if each.number not in gone
        ),
        patterns=tuple(
            each.but(moments=tuple(n for n in each.moments if n not in gone)) if gone & {*each.moments} else each
            for each in debrief.patterns
        ),
        placements=tuple(
            _by(each, by)
            for each in debrief.placements
            if (by := marked(each.by, each.round <= debrief.session.revealed)) is not None
        ),
        proposals=tuple(
            each.but(
                placements=tuple(
                    _by(mark, by) for mark in each.placements if (by := marked(mark.by, proposals_shown)) is not None
                )
            )
            if any(fold(mark.by) == their for mark in each.placements)
            else each
            for each in debrief.proposals
        ),
        dissent=tuple(
            each.but(voice="") if fold(each.voice) == their else each
            for each in debrief.dissent
            if kept or fold(each.voice) != their
        ),
        observations=tuple(
            each.but(by=None) if fold(each.by or "") == their else each
            for each in debrief.observations
            if kept or fold(each.by or "") != their
        ),
        amendments=tuple(_without_who_says(each, name, kept) for each in debrief.amendments),
    ).with_session(
        closing=closing.but(
            next_facilitator="" if fold(closing.next_facilitator) == their else closing.next_facilitator,
            decided_by=in_holder(closing.decided_by, name, SOMEBODY),
        )
    )
    return remove_participant(found, name)


def _by(mark: M, by: str) -> M:
    return mark if mark.by == by else mark.but(by=by)


def _without_who_says(amendment: Amendment, name: str, kept: bool) -> Amendment:
    if not any(says(text, name) for text in amendment.reservations):
        return amendment
    left = (text for text in amendment.reservations if kept or not says(text, name))
    return amendment.but(reservations=tuple(in_said(text, name, SOMEBODY) for text in left))
