"""Editing and taking out entries: the last one, or any by its number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from store.debrief import Debrief
from store.entries.line import Rule, takes_out
from store.entries.moments import moment_rule
from store.entries.naming import renamed
from store.entries.observations import line_of_observation, observation_rule
from store.entries.patterns import pattern_rule
from store.entries.positions import position_rule
from store.entries.proposals import add_proposal
from store.entries.taking_out import may_leave_the_roster, remove_participant
from store.matrix.proposals import letter, letters, revealed
from store.model import Dissent, Felt, Moment, Observation, Participant, Pattern, Placement, Proposal, Record
from store.refused import Refused
from store.session.flow import live
from store.session.recurring import unmark
from store.words import table
from store.words.dates import local

Entry = Participant | Moment | Pattern | Placement | Dissent | Proposal | Observation


def line_of(entry: Entry) -> str:
    """An entry as it would be typed."""
    match entry:
        case Participant():
            return table.line_of((entry.alias, entry.organisation, entry.role))
        case Moment():
            return f"{_at(entry.by, entry.text)}{_sign(entry)} {entry.text}"
        case Placement():
            return f"{entry.by} {entry.autonomy} {entry.benefit}"
        case Pattern():
            evidence = " ".join([*map(str, entry.moments), *([f"p{entry.paper_maps}"] if entry.paper_maps else [])])
            return f"{entry.group}{_sign(entry)} {entry.text}{' # ' if evidence else ''}{evidence}"
        case Dissent():
            return f"{_at(entry.voice, entry.text)}{entry.pull[0]}> {entry.text}"
        case Proposal():
            return entry.title
        case Observation():
            return line_of_observation(entry)


def _at(name: str | None, text: str) -> str:
    """Whose words a line brings; an @ by itself where they are nobody's and begin with an @ themselves."""
    return f"@{name} " if name else "@ " if text.lstrip()[:1] in ("@", "＠") else ""


def _sign(entry: Moment | Pattern) -> str:
    return "+" if entry.felt is Felt.STRENGTHENED else "-"


KINDS = ("participants", "moments", "patterns", "ballots", "dissent", "proposals", "observations")
"""What is entered line by line and saved as records."""

NUMBERED = {
    "moments": "moment",
    "patterns": "pattern",
    "dissent": "position",
    "proposals": "proposal",
    "observations": "observation",
}
"""The kinds whose entries are listed with a number, or proposals with a letter, and what one of them is called."""

_NAME = "(?P<moment>[mM](?=[0-9]))?(?P<name>[0-9]{1,4}|[A-Za-z]{1,2})"
_EDITED = re.compile(rf"\s*{_NAME}:(?![0-9]) ?(?P<text>.*)", re.DOTALL)
_OUT = re.compile(rf"\s*[-−–]\s*{_NAME}\s*")


def last(debrief: Debrief, kind: str) -> Entry | None:
    """The last entry of a kind (one of `KINDS`) that was made here, or None; notes from a shell belong to their observers."""
    if kind == "observations":
        of_kind: Sequence[Any] = [each for each in debrief.observations if not each.note]
    else:
        of_kind = _all(debrief, kind)
    return max(of_kind, key=lambda entry: entry.number, default=None)


def may_change(debrief: Debrief, entry: Record) -> None:
    """Raise Refused if a record has to stay as it is."""
    match entry:
        case Observation():
            if entry.note:
                raise Refused(f"Observation {entry.number} came from “redraw note” and stays as it is.")
            if debrief.sealed:
                raise Refused(
                    "The debrief is sealed: what was observed stays as it is; a new observation can put it right."
                )
        case Moment():
            if not entry.added_later:
                live(debrief)
        case Placement() if entry.round:
            live(debrief)
            if debrief.session.revealed >= entry.round:
                raise Refused.openly(f"Round {entry.round} is revealed and stays as it is.")
        case Proposal():
            live(debrief)
            chosen = debrief.probe.choice is not None and debrief.probe.choice.proposal == entry.number
            if (entry.placements and revealed(debrief)) or chosen:
                name = letter(entry.number)
                raise Refused(f"{name} has been shown to the room as it is: enter other words as a new proposal.")
        case Participant() | Pattern() | Dissent():
            live(debrief)


def may_go(debrief: Debrief, entry: Record) -> None:
    """Raise Refused if a record has to stay, or something rests on it."""
    if isinstance(entry, Proposal):
        live(debrief)
        name = letter(entry.number)
        if n := len(entry.placements):
            raise Refused(f"{n} {'has' if n == 1 else 'have'} placed {name}: it stays.", "reword it")
        if debrief.probe.choice and debrief.probe.choice.proposal == entry.number:
            raise Refused(f"{name} is chosen: take the choice back first.")
        return
    may_change(debrief, entry)
    match entry:
        case Participant():
            may_leave_the_roster(debrief, entry.alias)
        case Moment():
            if any(entry.number in pattern.moments for pattern in debrief.patterns):
                raise Refused.openly(f"A pattern rests on moment {entry.number}: take that pattern back first.")
        case Pattern():
            if any(entry.number in amendment.because for amendment in debrief.amendments):
                raise Refused.openly(f"An amendment rests on pattern {entry.number}: take that amendment back first.")


def take_back(debrief: Debrief, kind: str) -> Debrief:
    """The debrief without its last entry of a kind.

    Raises:
        Refused: there is none, or something rests on it.
    """
    entry = last(debrief, kind)
    if entry is None:
        if kind != "moments":
            live(debrief)
        raise Refused.openly("There is nothing to take back.")
    return take_out(debrief, kind, entry)


def take_out(debrief: Debrief, kind: str, entry: Entry) -> Debrief:
    """The debrief without an entry of a kind.

    Raises:
        Refused: something rests on it.
    """
    may_go(debrief, entry)
    if isinstance(entry, Participant):
        return remove_participant(debrief, entry.alias)
    if isinstance(entry, Pattern):
        debrief = unmark(debrief, entry.number)  # the next pattern with this number is another one
    return _without(debrief, kind, entry)


def _table(kind: str) -> str:
    return "placements" if kind == "ballots" else kind


def _without(debrief: Debrief, kind: str, entry: Entry) -> Debrief:
    return _holding(debrief, kind, [each for each in getattr(debrief, _table(kind)) if each is not entry])


def _holding(debrief: Debrief, kind: str, records: Sequence[Any]) -> Debrief:
    changes: dict[str, Any] = {_table(kind): tuple(records)}
    return replace(debrief, **changes)


def _replaced(debrief: Debrief, kind: str, entry: Entry, rule: Rule, line: str, now: float) -> Debrief:
    """The debrief with an entry replaced by what a line means, in its place and under its number.

    Whatever rests on that entry keeps its number and goes on resting on it.
    """
    may_change(debrief, entry)
    alone = isinstance(entry, Participant | Placement)  # nobody is there twice
    rest = _without(debrief, kind, entry) if alone else debrief
    edited = rule(rest, line, now)
    before, after = getattr(rest, _table(kind)), getattr(edited, _table(kind))
    new = next((each for each in after if all(each is not old for old in before)), None)
    if new is None:  # the line was one of another kind
        return edited
    kept: dict[str, object] = {"number": entry.number}
    if isinstance(entry, Moment | Pattern) or (isinstance(entry, Observation) and _same_minute(entry, new)):
        kept["at"] = entry.at
    if isinstance(entry, Proposal):
        kept["placements"] = entry.placements
    if isinstance(entry, Dissent):
        kept["borne_out"] = entry.borne_out
    new = new.but(**kept)
    others = getattr(debrief, _table(kind))
    edited = _holding(edited, kind, [new if each is entry else each for each in others])
    return renamed(edited, entry, new.alias) if isinstance(entry, Participant) else edited


def _same_minute(entry: Observation, new: Observation) -> bool:
    """Whether two observations have the same time as a line has it, which has no seconds."""
    return local(new.at).replace(second=0) == local(entry.at).replace(second=0, microsecond=0)


def replacing_rule(kind: str, rule: Rule, number: int | None = None) -> Rule:
    """The rule for a line that replaces an entry of a kind, by its number; the last one without a number.

    A line that takes somebody out, `-name`, replaces nothing.
    """

    def replacing(debrief: Debrief, line: str, now: float) -> Debrief:
        entry = last(debrief, kind) if number is None else _numbered(debrief, kind, number)
        out = kind in ("participants", "ballots") and takes_out(line)
        if entry is None or out:
            return rule(debrief, line, now)
        return _replaced(debrief, kind, entry, rule, line, now)

    return replacing


def _all(debrief: Debrief, kind: str) -> Sequence[Any]:
    return debrief.ballots(debrief.session.round) if kind == "ballots" else getattr(debrief, kind)


def _numbered(debrief: Debrief, kind: str, number: int) -> Entry | None:
    return next((each for each in _all(debrief, kind) if each.number == number), None)


@dataclass(frozen=True, slots=True)
class Addressed:
    """A line that names an entry: `12: new wording`, or `-12`, which takes it out.

    Attributes:
        kind: what it is an entry of, in `NUMBERED`.
        number: the number of the entry.
        name: how the list calls it: its number, or the letter of a proposal.
        text: the new wording; None to take it out.
    """

    kind: str
    number: int
    name: str
    text: str | None

    def __str__(self) -> str:
        return f"{NUMBERED[self.kind].capitalize()} {self.name}"


def addressed(debrief: Debrief, kind: str, line: str) -> Addressed | None:
    """The entry that a line names, of a kind in `NUMBERED`; None where the line is a new entry.

    A letter names a proposal only where it is the letter of one. Among patterns `m12` names a moment.
    """
    match = (_OUT.fullmatch(line) or _EDITED.fullmatch(line)) if kind in NUMBERED else None
    if match is None:
        return None
    if match["moment"]:
        if kind != "patterns":
            return None
        kind = "moments"
    name, text = match["name"].upper(), match.groupdict().get("text")
    if name.isdecimal():
        number = int(name)
    else:
        found = letters(debrief.proposals).get(name) if kind == "proposals" else None
        if found is None:
            return None
        number = found.number
    return Addressed(kind, number, letter(number) if kind == "proposals" else str(number), text)


def numbered_rule(kind: str, rule: Rule) -> Rule:
    """A rule that also takes `12: new wording` and `-12` for the entries of a kind; other lines are entered by `rule`.

    What the new wording doesn't say stays: the sign, the name, what a pattern rests on.

    Raises:
        Refused: no entry has that number, the wording is missing, or the entry has to stay.
    """

    def numbered(debrief: Debrief, line: str, now: float) -> Debrief:
        named = addressed(debrief, kind, line)
        if named is None:
            return rule(debrief, line, now)
        entry = _numbered(debrief, named.kind, named.number)
        if entry is None:
            found = [each.number for each in getattr(debrief, named.kind)]
            ends = [letter(n) if named.kind == "proposals" else n for n in (min(found), max(found))] if found else []
            there = f"they go from {ends[0]} to {ends[1]}" if ends else "there is none yet"
            raise Refused.openly(f"There is no {NUMBERED[named.kind]} {named.name}: {there}.")
        if named.text is None:
            return take_out(debrief, named.kind, entry)
        if not named.text.strip():
            raise Refused.openly(f"Type the new wording after “{named.name}:”, or “-{named.name}” to take it out.")
        return _replaced(debrief, named.kind, entry, _keeping(entry), named.text, now)

    return numbered


def _keeping(entry: Entry) -> Rule:
    """The rule for a new wording of an entry, which keeps what the line doesn't say."""
    match entry:
        case Moment():
            return moment_rule(entry.felt, entry.by)
        case Pattern():
            return pattern_rule(entry.group, entry.felt, (entry.moments, entry.paper_maps))
        case Dissent():
            return position_rule(entry.pull, entry.voice)
        case Observation():
            return observation_rule(entry.kind, entry.by, entry.at)
        case _:
            return add_proposal
