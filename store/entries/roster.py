"""The roster: who is here, for which organisation, in which role."""

import re
from collections.abc import Mapping
from dataclasses import replace

from store.debrief import Debrief, next_number
from store.entries.signs import takes_out
from store.matrix.proposals import voters
from store.model import Participant, Probe
from store.refused import Refused
from store.session.flow import live
from store.words.names import find, fitting, fold
from store.words.text import clipped

ROLES = (
    "facilitator",
    "co-facilitator",
    "observer",
    "spokesperson",
    "participant",
    "timekeeper",
    "note-taker",
    "interpreter",
    "guest",
)
"""Roles that are known by name; any other word is taken too."""


def _fields(line: str, organisations: tuple[str, ...]) -> tuple[str, str, str]:
    """Name, organisation and role of a roster line, each empty where it isn't there; an organisation may hold commas."""
    separator = next((mark for mark in ("\t", ";") if mark in line), ",")
    name, *rest = (part.strip() for part in line.split(separator))
    while rest and not rest[-1]:  # a row from a spreadsheet ends with its empty cells
        rest.pop()
    if len(rest) > 1:
        *organisation, role = rest
        whole = f"{separator} ".join(rest) if separator == "," else ""
        if _spaced(whole) in map(_spaced, organisations) and fold(role) not in ROLES:
            return name, whole, ""
        return name, f"{separator} ".join(organisation), role
    return name, rest[0] if rest else "", ""


def _spaced(name: str) -> str:
    """`fold`, without regard to blanks around commas, which a line of commas can't keep."""
    return fold(name.replace(",", " , "))


def awaited(debrief: Debrief) -> tuple[tuple[str, str], ...]:
    """Who may be expected in the room and isn't in the roster: name and organisation, as the probe has them.

    Whoever signed the pact stands with the side that they signed for. Whoever has a role, placed a proposal or expected
    something is one of ours; where it isn't known who we are, nobody of those is named.
    """
    probe, ours = debrief.probe, debrief.probe.our_organisation
    people: list[tuple[str, str]] = []
    for signature in probe.pact.signatures:
        sides = fitting(signature.organisation, debrief.organisations)
        people.append((signature.name, sides[0] if len(sides) == 1 else signature.organisation))
    if ours.strip():
        roles = (*probe.facilitators, *probe.spokespeople, *probe.observers)
        placed = (*(each.by for each in debrief.expected), *voters(debrief))
        people += [(name, ours) for name in (*roles, *placed)]
    here = set(map(fold, debrief.names))
    found: dict[str, tuple[str, str]] = {}
    for name, organisation in people:
        if name.strip() and fold(name) not in here:
            found.setdefault(fold(name), (name, organisation))
    return tuple(found.values())


def _enter_awaited(debrief: Debrief, typed: str) -> Debrief:
    """`+` enters all who are awaited, `+an, bo` those two."""
    known = dict(awaited(debrief))
    if not known:
        raise Refused("Nobody else is known from the probe: type “name, organisation, role”.")
    names = [part for part in typed.split(",") if part.strip()]
    for name in [_known(each, known) for each in names] or known:
        debrief = _joined(debrief, name, known[name], role_in(debrief.probe, name))
    return debrief


def _known(typed: str, known: Mapping[str, str]) -> str:
    try:
        return find(typed, known)
    except Refused as why:
        raise Refused(str(why).replace("a name in the roster", "a name that is known from the probe")) from why


def add_participant(debrief: Debrief, line: str, now: float) -> Debrief:
    """`name, organisation[, role]`, by commas, semicolons or tabs; `-name` takes somebody out again; `+` see `awaited`.

    An organisation can be given by its number in the list of organisations. Without a role it is the one that the person
    had in the probe.
    """
    live(debrief)
    if takes_out(line):
        return remove_participant(debrief, line.lstrip()[1:])
    if line.lstrip().startswith("+"):
        return _enter_awaited(debrief, line.lstrip()[1:])
    known = debrief.organisations
    name, organisation, role = _fields(line, known)
    if not name:
        raise Refused("This line has no name: type “name, organisation, role”.")
    if not organisation:
        raise Refused(
            f"Add the organisation after a comma: “{clipped(name, 40)}, {clipped((*known, 'organisation')[0], 40)}”."
        )
    if re.fullmatch(r"[0-9]{1,3}", organisation) and fold(organisation) not in map(fold, known):
        if not 1 <= int(organisation) <= len(known):
            raise Refused(_no_organisation(organisation, len(known)))
        organisation = known[int(organisation) - 1]
    if fold(name) in map(fold, debrief.names):
        raise Refused(
            f"{clipped(name, 40)} is in the roster already: add a letter to tell them apart, or take the first out with"
            f" “-{clipped(name, 40)}”."
        )
    organisation = {_spaced(each): each for each in known}.get(_spaced(organisation), organisation)
    role = {fold(each): each for each in ROLES}.get(fold(role), role) or role_in(debrief.probe, name)
    return _joined(debrief, name, organisation, role)


def _joined(debrief: Debrief, name: str, organisation: str, role: str) -> Debrief:
    person = Participant(
        session=debrief.session.id,
        number=next_number(debrief.participants),
        alias=name,
        organisation=organisation,
        role=role,
    )
    return replace(debrief, participants=(*debrief.participants, person))


def _no_organisation(number: str, known: int) -> str:
    there = f"they go from 1 to {known}" if known > 1 else "there is only 1" if known else "there is none yet"
    return f"There is no organisation {number}: {there}. A new one is typed by its name."


def role_in(probe: Probe, name: str) -> str:
    """The role that somebody has in a probe, by their whole name; of several the first here."""
    roles = {"facilitator": probe.facilitators, "observer": probe.observers, "spokesperson": probe.spokespeople}
    return next((role for role, names in roles.items() if fold(name) in map(fold, names)), "participant")


def remove_participant(debrief: Debrief, typed: str) -> Debrief:
    """The debrief without somebody in the roster, who is in no group any more either; a ballot has to go first."""
    name = find(typed, debrief.names)
    if any(fold(ballot.by) == fold(name) for ballot in debrief.placements if ballot.round):
        raise Refused(
            f"{clipped(name, 40)} has placed a ballot: take that back first, with “-{clipped(name, 40)}” there."
        )
    groups = tuple(tuple(each for each in group if each != name) for group in debrief.session.groups)
    gone = replace(debrief, participants=tuple(p for p in debrief.participants if p.alias != name))
    return gone.with_session(groups=groups) if debrief.session.groups else gone
