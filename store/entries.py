"""What is typed in the room, line by line: people, moments, ballots, patterns, feelings.

Every rule takes a debrief and one line and answers with the debrief that holds it, or raises `Refused` with a sentence
that says what to type instead. `line_of` gives an entry back as it would be typed, so that the last one can be mended.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from store.debrief import Debrief, next_number
from store.flow import ended, live
from store.model import Felt, Moment, Participant, Pattern, Placement, stamp
from store.names import find, fitting, fold
from store.refused import Refused
from store.text import clipped, entries

Rule = Callable[[Debrief, str, float], Debrief]
"""Debrief, one line, `Timekeeper.now()` → the debrief with the line entered."""

ROLES = ("facilitator", "co-facilitator", "observer", "participant", "timekeeper", "note-taker", "interpreter", "guest")
"""Roles that are known by name; any other word is taken too."""

SIGNS = {"+": Felt.STRENGTHENED, "-": Felt.COMPROMISED, "−": Felt.COMPROMISED, "–": Felt.COMPROMISED}


def enter(rule: Rule, debrief: Debrief, text: str, now: float) -> tuple[Debrief, tuple[tuple[str, str], ...]]:
    """Enter every line of `text`.

    Returns:
        The debrief with all that could be entered, and each line that was refused with its sentence, in their order.
    """
    refused: list[tuple[str, str]] = []
    for line in entries(text):
        try:
            debrief = rule(debrief, line, now)
        except Refused as why:
            refused.append((line, str(why)))
    return debrief, tuple(refused)


# ---------------------------------------------------------------------------------------------------------- the roster


def _fields(line: str, organisations: tuple[str, ...]) -> tuple[str, str, str]:
    """Name, organisation and role of a roster line; an organisation may itself hold commas."""
    separator = next((mark for mark in ("\t", ";") if mark in line), ",")
    name, *rest = (part.strip() for part in line.split(separator))
    while rest and not rest[-1]:  # a row from a spreadsheet ends with its empty cells
        rest.pop()
    if len(rest) > 1:
        *organisation, role = rest
        whole = f"{separator} ".join(rest) if separator == "," else ""
        if _spaced(whole) in map(_spaced, organisations) and fold(role) not in ROLES:
            return name, whole, "participant"
        return name, f"{separator} ".join(organisation), role
    return name, rest[0] if rest else "", "participant"


def _spaced(name: str) -> str:
    """`fold`, without regard to blanks around commas, which a line of commas can't keep."""
    return fold(name.replace(",", " , "))


def add_participant(debrief: Debrief, line: str, now: float) -> Debrief:
    """`name, organisation[, role]`, by commas, semicolons or tabs; `-name` takes somebody out again.

    An organisation can be given by its number in the list of organisations.
    """
    live(debrief)
    if line.lstrip().startswith("-"):
        return _remove_participant(debrief, line.lstrip()[1:])
    known = debrief.organisations
    name, organisation, role = _fields(line, known)
    if not name:
        raise Refused("This line has no name: type “name, organisation, role”.")
    if not organisation:
        raise Refused(
            f"Add the organisation after a comma: “{clipped(name, 40)}, {clipped((*known, 'organisation')[0], 40)}”."
        )
    if organisation.isdecimal() and len(organisation) <= 3 and 1 <= int(organisation) <= len(known):
        organisation = known[int(organisation) - 1]
    if fold(name) in map(fold, debrief.names):
        raise Refused(
            f"{clipped(name, 40)} is in the roster already: add a letter to tell them apart, or take the first out with"
            f" “-{clipped(name, 40)}”."
        )
    organisation = {_spaced(each): each for each in known}.get(_spaced(organisation), organisation)
    role = {fold(each): each for each in ROLES}.get(fold(role), role)
    person = Participant(
        session=debrief.session.id,
        number=next_number(debrief.participants),
        alias=name,
        organisation=organisation,
        role=role,
    )
    return replace(debrief, participants=(*debrief.participants, person))


def _remove_participant(debrief: Debrief, typed: str) -> Debrief:
    name = find(typed, debrief.names)
    if any(fold(ballot.by) == fold(name) for ballot in debrief.placements if ballot.round):
        raise Refused(
            f"{clipped(name, 40)} has placed a ballot: take that back first, with “-{clipped(name, 40)}” there."
        )
    groups = tuple(tuple(each for each in group if each != name) for group in debrief.session.groups)
    gone = replace(debrief, participants=tuple(p for p in debrief.participants if p.alias != name))
    return gone.with_session(groups=groups) if debrief.session.groups else gone


# --------------------------------------------------------------------------------------------------------- the moments


def _signed(text: str, felt: Felt) -> tuple[Felt, str]:
    """The sign before a line, or `felt`; one blank after the sign belongs to it, all else is kept as typed."""
    stripped = text.lstrip()
    if stripped and stripped[0] in SIGNS:
        rest = stripped[1:]
        return SIGNS[stripped[0]], rest[1:] if rest.startswith(" ") else rest
    return felt, text


_NAMED = (re.compile(r"\s*@(.{1,80}?)\s(?=\s*[+\-−–])"), re.compile(r"\s*@(\S{1,80})(?:\s|$)"))


def _author(line: str, names: tuple[str, ...]) -> tuple[str | None, str]:
    """Who wrote a moment, where the line begins with `@name`, and what follows.

    A whole name comes first, for it may hold blanks and signs; the beginning of one ends before a sign or a blank.
    """
    said = line.lstrip()[1:] if line.lstrip().startswith("@") else ""
    for name in sorted(names, key=len, reverse=True):
        head, rest = said[: len(name)], said[len(name) :]
        if head and not rest[:1].strip() and fold(head) == fold(name):
            return name, rest[1:]
    found = [match for form in _NAMED if (match := form.match(line))]
    for match in found:
        if len(fitting(match[1], names)) == 1:
            return find(match[1], names), line[match.end() :]
    return (find(found[-1][1], names), "") if found else (None, line)


def moments(felt: Felt) -> Rule:
    """The rule for moments: `[@name] [+|-] text`; without a sign they are `felt`, without a name nobody's."""

    def add_moment(debrief: Debrief, line: str, now: float) -> Debrief:
        by, line = _author(line, debrief.names)
        how, text = _signed(line, felt)
        if not text.strip():
            raise Refused("Write the moment after the sign: “+ what happened” or “- what happened”.")
        moment = Moment(
            session=debrief.session.id,
            number=next_number(debrief.moments),
            at=stamp(now),
            felt=how,
            text=text,
            by=by,
            added_later=debrief.sealed,
        )
        return replace(debrief, moments=(*debrief.moments, moment))

    return add_moment


# --------------------------------------------------------------------------------------------------------- the ballots

_APART = re.compile(r"(?P<name>.*\S)[\s,:;]+(?P<x>-?\d+)[\s,;/]+(?P<y>-?\d+)\s*", re.DOTALL)
_TOGETHER = re.compile(r"(?P<name>.*?\D)\s*(?P<x>\d)(?P<y>\d)\s*", re.DOTALL)
_LONGEST_BALLOT = 200  # characters; a longer line is no ballot, and would cost the patterns above their speed


@dataclass(frozen=True, slots=True)
class Ballot:
    """A name and two places, as typed."""

    name: str
    autonomy: int
    benefit: int


def read_ballot(line: str) -> Ballot:
    """`name 3 7`, `name 3,7` or `name37`: a name or its beginning, then autonomy and benefit.

    Raises:
        Refused: the line has another form, or a number is outside 0 to 10.
    """
    for form in (_APART, _TOGETHER):
        match = form.fullmatch(line) if len(line) <= _LONGEST_BALLOT else None
        if match and match["name"].strip():
            x, y = match["x"], match["y"]
            if len(x) > 3 or len(y) > 3 or not (0 <= int(x) <= 10 and 0 <= int(y) <= 10):
                raise Refused("Both numbers go from 0 to 10: autonomy first, then benefit, as in “Ana 3 7”.")
            return Ballot(match["name"].strip(" \t,:;"), int(x), int(y))
    raise Refused("Type a name and two numbers from 0 to 10, autonomy then benefit: “Ana 3 7”.")


def add_ballot(debrief: Debrief, line: str, now: float) -> Debrief:
    """One person's blind ballot for the present round; `-name` takes a ballot back while the round is blind."""
    live(debrief)
    turn = debrief.session.round
    if debrief.session.revealed >= turn:
        raise Refused(f"Round {turn} is revealed and stays as it is: F4 opens a second round.")
    mine = debrief.ballots(turn)
    if line.lstrip().startswith("-"):
        name = find(line.lstrip()[1:], [ballot.by for ballot in mine])
        return replace(
            debrief, placements=tuple(p for p in debrief.placements if not (p.round == turn and p.by == name))
        )
    ballot = read_ballot(line)
    name = find(ballot.name, debrief.names)
    if any(fold(each.by) == fold(name) for each in mine):
        raise Refused(
            f"{clipped(name, 40)} has placed already: take that back with “-{clipped(name, 40)}”, or wait for a second round."
        )
    return _placed(debrief, turn, name, ballot)


def add_expected(debrief: Debrief, line: str, now: float, whole: Sequence[str] = ()) -> Debrief:
    """Where somebody expected the probe to land; made after the action began to be over it is marked *reconstructed*.

    Who expected something need not be in the roster. A name in `whole` is nobody's beginning: it stands as it is.
    """
    live(debrief)
    ballot = read_ballot(line)
    known = ballot.name in whole or not fitting(ballot.name, debrief.names)
    name = ballot.name if known else find(ballot.name, debrief.names)
    kept = tuple(p for p in debrief.placements if p.round or fold(p.by) != fold(name))
    end = ended(debrief.probe.pact)
    after = end is None or now >= end.timestamp() or debrief.session.began is not None
    return _placed(replace(debrief, placements=kept), 0, name, ballot, reconstructed=after)


def _placed(debrief: Debrief, turn: int, name: str, ballot: Ballot, reconstructed: bool = False) -> Debrief:
    placement = Placement(
        probe=debrief.probe.id,
        round=turn,
        number=max((p.number for p in debrief.ballots(turn)), default=0) + 1,
        by=name,
        autonomy=ballot.autonomy,
        benefit=ballot.benefit,
        reconstructed=reconstructed,
    )
    return replace(debrief, placements=(*debrief.placements, placement))


# -------------------------------------------------------------------------------------------------------- the patterns

_GROUP = re.compile(r"\s*(?P<group>\d{1,2})\s*(?=[+\-−–])")


@dataclass(frozen=True, slots=True)
class PatternLine:
    """A pattern's parts as typed."""

    group: int
    felt: Felt
    text: str
    moments: tuple[int, ...]
    paper_maps: int


def read_pattern(line: str, group: int, felt: Felt) -> PatternLine:
    """`[group][+|-] text # 3 8 12 p2`: group and sign default to those given, `p2` stands for two paper maps."""
    if match := _GROUP.match(line):
        group, line = int(match["group"]), line[match.end() :]
    how, text = _signed(line, felt)
    text, evidence = _evidence(text)
    numbers = tuple(dict.fromkeys(int(word) for word in evidence if not word.startswith("p")))
    return PatternLine(group, how, text, numbers, sum(int(word[1:]) for word in evidence if word.startswith("p")))


def _evidence(text: str) -> tuple[str, list[str]]:
    """A line parted before the numbers at its end: the text, and the numbers as words (`3`, `p2`).

    They follow the last # that stands by itself (`at gate #2 # 3 8`), else the first of those at the end (`#3 #8`).
    """
    head = text.rstrip("#, \tpP0123456789")
    alone = text.rfind("# ", len(head))
    mark = alone if alone >= 0 else text.find("#", len(head))
    words = text[mark:].replace("#", " ").replace(",", " ").lower().split() if mark >= 0 else []
    if not words or not all(re.fullmatch(r"p?[0-9]{1,5}", word) for word in words):
        return text, []
    return text[:mark].rstrip(), words


def patterns(group: int, felt: Felt) -> Rule:
    """The rule for patterns; see `read_pattern`."""

    def add_pattern(debrief: Debrief, line: str, now: float) -> Debrief:
        live(debrief)
        read = read_pattern(line, group, felt)
        if not read.text.strip():
            raise Refused("Write what the group saw, then # and the moments it rests on: “- the form decides # 3 8”.")
        known = {moment.number for moment in debrief.moments}
        if unknown := [number for number in read.moments if number not in known]:
            raise Refused(
                f"There is no moment {unknown[0]}: they go from 1 to {max(known, default=0)}."
                if known
                else "No moments are entered: rest it on paper maps, “# p3” for three of them."
            )
        if not read.moments and not read.paper_maps:
            raise Refused("Say what it rests on: end the line with # and moments (“# 3 8”) or paper maps (“# p2”).")
        if read.group < 1:
            raise Refused(
                "Groups are numbered from 1: begin the line with the group, as in “2- the form decides # 3 8”."
            )
        pattern = Pattern(
            session=debrief.session.id,
            number=next_number(debrief.patterns),
            at=stamp(now),
            group=read.group,
            felt=read.felt,
            text=read.text,
            moments=read.moments,
            paper_maps=read.paper_maps,
        )
        return replace(debrief, patterns=(*debrief.patterns, pattern))

    return add_pattern


_LATE_MOMENT = re.compile(r"\s*m\s*(?=[+\-−–])", re.IGNORECASE)


def patterns_and_moments(group: int, felt: Felt) -> Rule:
    """The rule for small groups: patterns, and with `m` before the sign a moment that was still on paper (`m+ …`)."""
    add_pattern, add_moment = patterns(group, felt), moments(felt)

    def add(debrief: Debrief, line: str, now: float) -> Debrief:
        if late := _LATE_MOMENT.match(line):
            return add_moment(debrief, line[late.end() :], now)
        return add_pattern(debrief, line, now)

    return add


# -------------------------------------------------------------------------------------------------------- the feelings


def add_feeling(debrief: Debrief, line: str, now: float) -> Debrief:
    """A word or a few, and how many people said it where more than one did: `tired` or `tired 7`."""
    live(debrief)
    *words, last = line.rsplit(maxsplit=1) or [""]
    counted = bool(words) and re.fullmatch(r"[0-9]{1,3}", last) is not None
    word, count = (words[0].strip(), int(last)) if counted else (line.strip(), 1)
    if not word:
        raise Refused("Type a word, with a number after it if several people said it: “tired 3”.")
    if not count:
        raise Refused("Nobody said it: leave the word out, or type how many did, as in “tired 3”.")
    there = next((each for each in debrief.session.feelings if fold(each) == fold(word)), word)
    feelings = {**debrief.session.feelings, there: debrief.session.feelings.get(there, 0) + count}
    return debrief.with_session(feelings=feelings)


# ------------------------------------------------------------------------------------------------- mending the last one


def line_of(entry: Participant | Moment | Pattern | Placement) -> str:
    """An entry as it would be typed."""
    match entry:
        case Participant():
            parts = (entry.alias, entry.organisation, entry.role)
            return ("\t" if any(mark in part for mark in "\t;" for part in parts) else "; ").join(parts)
        case Moment():
            by = f"@{entry.by} " if entry.by else ""
            return f"{by}{'+' if entry.felt is Felt.STRENGTHENED else '-'} {entry.text}"
        case Placement():
            return f"{entry.by} {entry.autonomy} {entry.benefit}"
        case Pattern():
            sign = "+" if entry.felt is Felt.STRENGTHENED else "-"
            evidence = " ".join([*map(str, entry.moments), *([f"p{entry.paper_maps}"] if entry.paper_maps else [])])
            return f"{entry.group}{sign} {entry.text} # {evidence}"


KINDS = ("participants", "moments", "patterns", "ballots")
"""What is entered line by line and kept as records."""


def last(debrief: Debrief, kind: str) -> Participant | Moment | Pattern | Placement | None:
    """The last entry of a kind (`participants`, `moments`, `patterns`, `ballots`), or None."""
    of_kind = debrief.ballots(debrief.session.round) if kind == "ballots" else getattr(debrief, kind)
    return max(of_kind, key=lambda entry: entry.number, default=None)


def take_back(debrief: Debrief, kind: str) -> Debrief:
    """The debrief without its last entry of a kind.

    Raises:
        Refused: there is none, or something rests on it.
    """
    if kind != "moments":
        live(debrief)
    entry = last(debrief, kind)
    match entry:
        case None:
            raise Refused("There is nothing to take back.")
        case Participant():
            return _remove_participant(debrief, entry.alias)
        case Moment():
            if debrief.sealed and not entry.added_later:
                raise Refused("This session is sealed: what was said in it stays as it is.")
            if any(entry.number in pattern.moments for pattern in debrief.patterns):
                raise Refused(f"A pattern rests on moment {entry.number}: take that pattern back first.")
            return replace(debrief, moments=tuple(each for each in debrief.moments if each is not entry))
        case Pattern():
            if any(entry.number in amendment.because for amendment in debrief.amendments):
                raise Refused(f"An amendment rests on pattern {entry.number}: take that amendment back first.")
            return replace(debrief, patterns=tuple(each for each in debrief.patterns if each is not entry))
        case Placement():
            if debrief.session.revealed >= debrief.session.round:
                raise Refused("This round is revealed and stays as it is.")
            return replace(debrief, placements=tuple(each for each in debrief.placements if each is not entry))


def instead(kind: str, rule: Rule) -> Rule:
    """The rule that puts a line in the place of the last entry of a kind, under the same number.

    What rests on that entry goes on resting on it, so it is taken out without asking what does. A line that takes
    somebody out, `-name`, mends nothing.
    """

    def mend(debrief: Debrief, line: str, now: float) -> Debrief:
        entry = last(debrief, kind)
        takes_out = kind in ("participants", "ballots") and line.lstrip().startswith("-")
        if entry is None or takes_out:
            return rule(debrief, line, now)
        if debrief.sealed and not (isinstance(entry, Moment) and entry.added_later):
            live(debrief)
        field = "placements" if kind == "ballots" else kind
        rest = tuple(each for each in getattr(debrief, field) if each is not entry)
        mended = rule(replace(debrief, **{field: rest}), line, now)  # type: ignore[arg-type]
        if isinstance(entry, Participant):
            return _renamed(mended, entry.alias, mended.participants[-1].alias)
        return mended

    return mend


def _renamed(debrief: Debrief, old: str, new: str) -> Debrief:
    """The debrief with somebody's group, moments and placements under the name that the roster has now."""
    if old == new:
        return debrief
    groups = tuple(tuple(new if name == old else name for name in group) for group in debrief.session.groups)
    return replace(
        debrief.with_session(groups=groups) if debrief.session.groups else debrief,
        moments=tuple(each.but(by=new) if each.by == old else each for each in debrief.moments),
        placements=tuple(each.but(by=new) if each.by == old else each for each in debrief.placements),
    )


def take_back_feeling(debrief: Debrief, line: str) -> Debrief:
    """The debrief without a word (and its number) that was entered as `line`."""
    live(debrief)
    *words, count = line.rsplit(maxsplit=1) or [""]
    word, times = (words[0], int(count)) if words and re.fullmatch(r"[0-9]{1,3}", count) else (line.strip(), 1)
    there = next((each for each in debrief.session.feelings if fold(each) == fold(word)), None)
    if there is None:
        raise Refused("There is nothing to take back.")
    left = debrief.session.feelings[there] - times
    others = {each: n for each, n in debrief.session.feelings.items() if each != there}
    return debrief.with_session(feelings={**others, there: left} if left > 0 else others)
