"""The roster: who is here, for which organisation, in which role."""

import re
from dataclasses import dataclass, replace

from store.debrief import Debrief, next_number
from store.entries.line import TakeOut, takes_out
from store.matrix.proposals import voters
from store.model import Participant, Probe
from store.refused import Refused
from store.session.flow import live
from store.words.names import find, fold, matching, whole_name
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


@dataclass(frozen=True, slots=True)
class NewParticipant:
    """Somebody to enter in the roster; without a role they get the one that they had in the probe."""

    name: str
    organisation: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class EnterAwaited:
    """Some of those who are `awaited` to enter in the roster, by their whole names."""

    names: tuple[str, ...]


def read_participant(line: str, debrief: Debrief) -> NewParticipant | TakeOut | EnterAwaited:
    """`name, organisation[, role]`, by commas, semicolons or tabs; `-name` takes somebody out; `+` see `EnterAwaited`.

    An organisation can be given by its number in the list of organisations. `+` by itself stands for all who are awaited,
    `+an, bo` for those two.

    Raises:
        Refused: a part is missing, or a name or a number fits nobody.
    """
    if takes_out(line):
        return TakeOut(find(line.lstrip()[1:], debrief.names))
    if line.lstrip().startswith("+"):
        return _read_awaited(line.lstrip()[1:], debrief)
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
    return NewParticipant(name, organisation, role)


def _read_awaited(typed: str, debrief: Debrief) -> EnterAwaited:
    known = [name for name, _ in awaited(debrief)]
    if not known:
        raise Refused("Nobody else is known from the probe: type “name, organisation, role”.")
    names = [part for part in typed.split(",") if part.strip()]
    found = [find(each, known, "a name that is known from the probe") for each in names] or known
    return EnterAwaited(tuple(dict.fromkeys(found)))


def _fields(line: str, organisations: tuple[str, ...]) -> tuple[str, str, str]:
    """Name, organisation and role of a roster line, each empty where it is missing; an organisation may hold commas."""
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
    """`fold`, ignoring blanks around commas: a line that is split at commas can't keep them."""
    return fold(name.replace(",", " , "))


def awaited(debrief: Debrief) -> tuple[tuple[str, str], ...]:
    """Who may be expected in the room and isn't in the roster: name and organisation, as the probe has them.

    Whoever signed the pact belongs to the side that they signed for. Whoever has a role, placed a proposal or expected
    something is one of ours; while our own organisation has no name, those people are left out.
    """
    probe, ours = debrief.probe, debrief.probe.our_organisation
    people: list[tuple[str, str]] = []
    for signature in probe.pact.signatures:
        sides = matching(signature.organisation, debrief.organisations)
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


def add_participant(debrief: Debrief, new: NewParticipant, now: float) -> Debrief:
    """Enter somebody in the roster. A known organisation or role keeps its first spelling.

    Raises:
        Refused: there is no name or organisation, the name is taken, or the session is sealed.
    """
    live(debrief)
    if not new.name.strip() or not new.organisation.strip():
        raise Refused("A name and an organisation are needed.")
    if fold(new.name) in map(fold, debrief.names):
        raise Refused(
            f"{clipped(new.name, 40)} is in the roster already: add a letter to tell them apart, or take the first out.",
            "take somebody out",
        )
    organisation = {_spaced(each): each for each in debrief.organisations}.get(
        _spaced(new.organisation), new.organisation
    )
    role = {fold(each): each for each in ROLES}.get(fold(new.role), new.role) or role_in(debrief.probe, new.name)
    return _joined(debrief, new.name, organisation, role)


def _joined(debrief: Debrief, name: str, organisation: str, role: str) -> Debrief:
    person = Participant(
        session=debrief.session.id,
        number=next_number(debrief.participants),
        alias=name,
        organisation=organisation,
        role=role,
    )
    return replace(debrief, participants=(*debrief.participants, person))


def add_awaited(debrief: Debrief, some: EnterAwaited) -> Debrief:
    """Enter people who are known from the probe, with their organisation and role there."""
    live(debrief)
    known = dict(awaited(debrief))
    for name in (whole_name(each, known) for each in some.names):
        debrief = _joined(debrief, name, known[name], role_in(debrief.probe, name))
    return debrief


def participant_rule(debrief: Debrief, line: str, now: float) -> Debrief:
    """The rule for lines of the roster; see `read_participant`."""
    live(debrief)
    match read_participant(line, debrief):
        case TakeOut(name):
            return remove_participant(debrief, name)
        case EnterAwaited() as some:
            return add_awaited(debrief, some)
        case NewParticipant() as new:
            return add_participant(debrief, new, now)


def _no_organisation(number: str, known: int) -> str:
    there = f"they go from 1 to {known}" if known > 1 else "there is only 1" if known else "there is none yet"
    return f"There is no organisation {number}: {there}. A new one is typed by its name."


def role_in(probe: Probe, name: str) -> str:
    """The role of somebody in a probe, by their whole name; the first here if they have several."""
    roles = {"facilitator": probe.facilitators, "observer": probe.observers, "spokesperson": probe.spokespeople}
    return next((role for role, names in roles.items() if fold(name) in map(fold, names)), "participant")


def remove_participant(debrief: Debrief, name: str) -> Debrief:
    """The debrief without somebody in the roster; they leave their small group too.

    Raises:
        Refused: nobody is called that, or they have placed a ballot.
    """
    name = whole_name(name, debrief.names)
    if any(fold(ballot.by) == fold(name) for ballot in debrief.placements if ballot.round):
        raise Refused(f"{clipped(name, 40)} has placed a ballot: take that back first.", "take back a ballot")
    groups = tuple(tuple(each for each in group if each != name) for group in debrief.session.groups)
    gone = replace(debrief, participants=tuple(p for p in debrief.participants if p.alias != name))
    return gone.with_session(groups=groups) if debrief.session.groups else gone
