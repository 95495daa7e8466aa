"""Corrections of a roster: who has left, who was entered by mistake, and names and organisations that were entered wrongly.

    -Ana left                 Ana has left: she is marked so, and all that she said stays
    +Ana                      she is back
    Ana = Anna                another name; `Ana = Anna, Kettle, observer` another organisation and role too
    Kettle = Kettle and Key   another name for an organisation, everywhere; also by its number: `2: Kettle and Key`

All other lines are those of `store.entries.roster`.
"""

import re
from dataclasses import replace

from store.debrief import Debrief
from store.entries.editing import replacing_rule
from store.entries.line import takes_out
from store.entries.roster import add_participant, participant_rule, read_participant
from store.model import Participant
from store.refused import Refused
from store.session.flow import live
from store.words.names import find, fold, matching, whole_name

_LEFT = re.compile(r"\s*[-−–]\s*(?P<name>.+?),?\s+left\s*", re.DOTALL | re.IGNORECASE)
_BACK = re.compile(r"\s*\+\s*(?P<name>[^,]+?)\s*")
_NUMBERED = re.compile(r"\s*(?P<number>[0-9]{1,3}):\s*(?P<name>\S.*?)\s*", re.DOTALL)
_RENAMED = re.compile(r"\s*(?P<old>[^=]*?\S)\s+=\s+(?P<new>\S.*?)\s*", re.DOTALL)


def roster_rule(debrief: Debrief, line: str, now: float) -> Debrief:
    """The rule for lines of the roster, with all the corrections of this module.

    Raises:
        Refused: see `participant_rule`; or a name fits nobody, or several.
    """
    live(debrief)
    if match := _LEFT.fullmatch(line):
        return has_left(debrief, find(match["name"], debrief.names))
    gone = [each.alias for each in debrief.participants if each.left]
    if (match := _BACK.fullmatch(line)) and matching(match["name"], gone):
        return has_left(debrief, find(match["name"], gone), left=False)
    if match := _NUMBERED.fullmatch(line):
        return _numbered(debrief, int(match["number"]), match["name"])
    if match := _RENAMED.fullmatch(line):
        return _renamed(debrief, match["old"], match["new"], now)
    return participant_rule(debrief, line, now)


def has_left(debrief: Debrief, name: str, left: bool = True) -> Debrief:
    """The debrief with somebody marked as having left, or as being back, by their whole name."""
    live(debrief)
    name = whole_name(name, debrief.names)
    people = (each.but(left=left) if each.alias == name else each for each in debrief.participants)
    return replace(debrief, participants=tuple(people))


def leaver(debrief: Debrief, line: str) -> str | None:
    """Whom a line `-name` takes out of the roster, by their whole name; None where it takes out nobody, or nobody in particular."""
    found = matching(line.lstrip()[1:], debrief.names) if takes_out(line) and not _LEFT.fullmatch(line) else ()
    return found[0] if len(found) == 1 else None


def entered_again(debrief: Debrief, line: str) -> Participant | None:
    """Somebody in the roster as a line has them, by their whole name, with another organisation than there or back again."""
    try:
        name, organisation, role = read_participant(line, debrief)
        known = _person(debrief, name)
    except Refused:
        return None
    if fold(known.organisation) == fold(organisation) and not known.left:
        return None
    return known.but(organisation=organisation, role=role or known.role, left=False)


def corrected(debrief: Debrief, again: Participant, now: float) -> Debrief:
    """The debrief with somebody in the roster as they were entered again."""
    live(debrief)
    person = _person(debrief, again.alias)
    return has_left(
        _replaced(debrief, person, (person.alias, again.organisation, again.role), now), person.alias, left=False
    )


def _person(debrief: Debrief, name: str) -> Participant:
    alias = whole_name(name, debrief.names)
    return next(each for each in debrief.participants if each.alias == alias)


def _replaced(debrief: Debrief, person: Participant, line: tuple[str, str, str], now: float) -> Debrief:
    rule = replacing_rule("participants", lambda rest, _, __: add_participant(rest, *line), person.number)
    changed = rule(debrief, line[0], now)
    return has_left(changed, line[0], person.left)


def _renamed(debrief: Debrief, old: str, new: str, now: float) -> Debrief:
    people, organisations = matching(old, debrief.names), matching(old, debrief.organisations)
    if people and organisations and fold(old) not in map(fold, people):
        people = () if fold(old) in map(fold, organisations) else people
    if not people and organisations:
        return rename_organisation(debrief, find(old, debrief.organisations, "an organisation"), new)
    person = _person(debrief, find(old, debrief.names, "a name or an organisation here"))
    alias, *others = (part.strip() for part in new.split(","))
    role = others.pop() if len(others) > 1 else person.role
    organisation = ", ".join(others) or person.organisation
    return _replaced(debrief, person, (alias or person.alias, organisation, role), now)


def _numbered(debrief: Debrief, number: int, name: str) -> Debrief:
    known = debrief.organisations
    if not 1 <= number <= len(known):
        there = f"they go from 1 to {len(known)}" if known else "there is none yet"
        raise Refused(f"There is no organisation {number}: {there}.")
    return rename_organisation(debrief, known[number - 1], name)


def rename_organisation(debrief: Debrief, old: str, new: str) -> Debrief:
    """The debrief with another name for an organisation: in the roster, the probe and the pact.

    Where the new name is that of another organisation here, the two become one.
    """
    live(debrief)
    new = next((each for each in debrief.organisations if fold(each) == fold(new) and fold(each) != fold(old)), new)

    def name(organisation: str) -> str:
        return new if fold(organisation) == fold(old) else organisation

    probe = debrief.probe
    partners = {fold(name(each.name)): each.but(name=name(each.name)) for each in reversed(probe.partners)}
    signatures = tuple(each.but(organisation=name(each.organisation)) for each in probe.pact.signatures)
    return replace(
        debrief,
        participants=tuple(each.but(organisation=name(each.organisation)) for each in debrief.participants),
        probe=probe.but(
            our_organisation=name(probe.our_organisation),
            partners=tuple(reversed(partners.values())),
            pact=probe.pact.but(signatures=signatures),
        ),
    )
