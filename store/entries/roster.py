"""The roster: who is here, for which organisation, in which role."""

import re
from dataclasses import replace

from store.debrief import Debrief, next_number
from store.entries.line import takes_out
from store.entries.taking_out import remove_participant
from store.matrix.proposals import voters
from store.model import Participant, Probe
from store.refused import Refused
from store.session.flow import live
from store.words.names import find, fold, is_stand_in, matching
from store.words.table import before_dash, cells, unnumbered
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


def read_participant(line: str, debrief: Debrief) -> tuple[str, str, str]:
    """`name, organisation[, role]`, by commas, semicolons, tabs or a dash with blanks around it, and with quotes as in CSV.

    An organisation may also be typed as its number in the list of them.

    Raises:
        Refused: a part is missing, or the number fits no organisation.
    """
    known = debrief.organisations
    name, organisation, role = _fields(line, known)
    if not name:
        raise Refused.openly("This line has no name: type “name, organisation, role”.")
    if not organisation:
        raise Refused(
            f"Add the organisation after a comma: “{clipped(name, 20)}, {clipped((*known, 'organisation')[0], 20)}”."
        )
    if re.fullmatch(r"\d{1,3}", organisation) and fold(organisation) not in map(fold, known):
        if not 1 <= int(organisation) <= len(known):
            n = len(known)
            there = f"they go from 1 to {n}" if n > 1 else "there is only 1" if n else "there is none yet"
            raise Refused(f"There is no organisation {organisation}: {there}. A new one is typed by its name.")
        organisation = known[int(organisation) - 1]
    return name, organisation, role


def _fields(line: str, organisations: tuple[str, ...]) -> tuple[str, str, str]:
    """Name, organisation and role of a roster line, each empty where it is missing; an organisation may hold commas."""
    name, *rest = cells(unnumbered(line))
    while rest and not rest[-1]:  # a row from a spreadsheet ends with its empty cells
        rest.pop()
    if rest and fold((parted := before_dash(rest[-1]))[1]) in ROLES:
        rest[-1:] = parted
    if len(rest) > 1:
        *organisation, role = rest
        if _spaced(whole := ", ".join(rest)) in map(_spaced, organisations) and fold(role) not in ROLES:
            return name, whole, ""
        return name, ", ".join(organisation), role
    return name, rest[0] if rest else "", ""


def _spaced(name: str) -> str:
    """`fold`, ignoring blanks around commas: a line that is split at commas can't keep them."""
    return fold(name.replace(",", " , "))


def same_organisation(one: str, other: str) -> bool:
    """Whether two names mean one organisation, whatever their case and the blanks around their commas."""
    return _spaced(one) == _spaced(other)


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
        if name.strip() and fold(name) not in here and not is_stand_in(name):
            found.setdefault(fold(name), (name, organisation))
    return tuple(found.values())


def add_participant(debrief: Debrief, name: str, organisation: str, role: str = "") -> Debrief:
    """Enter somebody in the roster. A known organisation or role keeps its first spelling.

    Without a role they get the one that they had in the probe.

    Raises:
        Refused: there is no name or organisation, the name is taken, or the session is sealed.
    """
    live(debrief)
    if not fold(name) or not fold(organisation):
        raise Refused.openly("A name and an organisation are needed.")
    if fold(name) in map(fold, debrief.names):
        raise Refused(
            f"{clipped(name, 40)} is in the roster already: add a letter to tell them apart, or take the first out.",
            "take somebody out",
        )
    organisation = {_spaced(each): each for each in debrief.organisations}.get(_spaced(organisation), organisation)
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


def _add_awaited(debrief: Debrief, typed: str) -> Debrief:
    """Enter people who are known from the probe, with their organisation and role there: all, or those that are typed."""
    known = dict(awaited(debrief))
    if not known:
        raise Refused.openly("Nobody else is known from the probe: type “name, organisation, role”.")
    typed_names = [part for part in typed.split(",") if part.strip()]
    found = [find(each, known, "a name that is known from the probe") for each in typed_names] or known
    for name in dict.fromkeys(found):
        debrief = _joined(debrief, name, known[name], role_in(debrief.probe, name))
    return debrief


def participant_rule(debrief: Debrief, line: str, now: float) -> Debrief:
    """The rule for lines of the roster; see `read_participant`.

    `-name` takes somebody out who has said nothing in this session. `+` enters all who are `awaited`, `+an, bo` those two.
    """
    live(debrief)
    if takes_out(line):
        return remove_participant(debrief, find(line.lstrip()[1:], debrief.names))
    if line.lstrip().startswith("+"):
        return _add_awaited(debrief, line.lstrip()[1:])
    return add_participant(debrief, *read_participant(line, debrief))


def role_in(probe: Probe, name: str) -> str:
    """The role of somebody in a probe, by their whole name; the first here if they have several."""
    roles = {"facilitator": probe.facilitators, "observer": probe.observers, "spokesperson": probe.spokespeople}
    return next((role for role, names in roles.items() if fold(name) in map(fold, names)), "participant")
