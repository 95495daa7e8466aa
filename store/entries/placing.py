"""Blind placements of proposals: a name and two numbers for one of them, or two for each, in their order."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from store.debrief import Debrief
from store.entries.ballots import named
from store.entries.rule import Rule
from store.entries.signs import takes_out
from store.entries.voices import known, person
from store.matrix.proposals import letter, lettered, letters, revealed, voters
from store.model import Mark, Proposal
from store.refused import Refused
from store.session.flow import live
from store.words.names import fold
from store.words.text import clipped

_FOR = re.compile(r"\s*(?P<letter>[A-Za-z]{1,3})\s*[:>]\s*(?P<rest>.*)", re.DOTALL)
_WORD = re.compile(r"[^\s,;/]+")
_NUMBER = re.compile(r"-?[0-9]+")
_GLUED = re.compile(r"(?<=[^0-9\s])[0-9]+\s*\Z")


@dataclass(frozen=True, slots=True)
class PlacingLine:
    """A name as typed, and the numbers after it: autonomy, benefit, autonomy, benefit …"""

    name: str
    numbers: tuple[int, ...]


def read_placing(line: str, proposals: int) -> PlacingLine:
    """`name 6 5` for one proposal, or twice as many numbers as there are `proposals` for all of them.

    The numbers may stand together, `name 65 27 93` or `name 652793`; then a 10 has to stand by itself.

    Raises:
        Refused: the line has another form, or a number is outside 0 to 10.
    """
    words = list(_WORD.finditer(line))
    at = len(words)
    while at and _NUMBER.fullmatch(words[at - 1][0]):
        at -= 1
    if at < len(words):
        name, written = line[: words[at].start()], [word[0] for word in words[at:]]
    else:
        glued = _GLUED.search(line)
        name, written = (line[: glued.start()], [glued[0].strip()]) if glued else (line, [])
    wanted = "two numbers" if proposals == 1 else f"two numbers, or all {2 * proposals},"
    name = name.strip(" \t,:;/")
    if not name:
        raise Refused(f"Type a name and {wanted} from 0 to 10, autonomy before benefit: “Ana 3 7”.")
    numbers = _numbers(written, (2, 2 * proposals))
    if len(numbers) not in (2, 2 * proposals):
        there = "there is 1" if len(numbers) == 1 else f"there are {len(numbers) or 'none'}"
        raise Refused(
            f"Type {wanted} from 0 to 10 after the name, autonomy before benefit: {there}. A 10 stands by itself."
        )
    return PlacingLine(name, numbers)


def _numbers(written: Sequence[str], wanted: Collection[int]) -> tuple[int, ...]:
    """The numbers as they stand apart, where there are as many as are wanted; else a digit each, but for a 10 by itself."""
    if any(word.startswith("-") for word in written) or (
        len(written) in wanted and any(len(word) > 2 or int(word) > 10 for word in written)
    ):
        raise Refused("All numbers go from 0 to 10: autonomy first, then benefit, as in “Ana 3 7”.")
    if len(written) in wanted:
        return tuple(map(int, written))
    return tuple(int(part) for word in written for part in ([word] if word == "10" else word))


def placing(lead: int) -> Rule:
    """The rule for placements, of the proposal numbered `lead` or of all: see `read_placing`.

    `B: name 6 5` is for proposal B. `-name` takes back all that somebody has placed. A name need not be known before.
    """

    def place(debrief: Debrief, line: str, now: float) -> Debrief:
        _blind(debrief)
        if takes_out(line):
            return _without(debrief, named(line.lstrip()[1:], voters(debrief)), letters(debrief.proposals).values())
        proposal, rest = _addressed(debrief, line)
        one = proposal or next(each for each in debrief.proposals if each.number == lead)
        read = read_placing(rest, 1 if proposal else len(debrief.proposals))
        name = person(read.name, known(debrief))
        targets = (one,) if len(read.numbers) == 2 else debrief.proposals
        for target in targets:
            if any(fold(mark.by) == fold(name) for mark in target.placements):
                raise Refused(_twice(name, read.name, target))
        pairs = zip(read.numbers[::2], read.numbers[1::2], strict=True)
        marks = {
            target.number: Mark(by=name, autonomy=x, benefit=y) for target, (x, y) in zip(targets, pairs, strict=True)
        }
        return replace(
            debrief,
            proposals=tuple(
                each.but(placements=(*each.placements, marks[each.number])) if each.number in marks else each
                for each in debrief.proposals
            ),
        )

    return place


def _blind(debrief: Debrief) -> None:
    live(debrief)
    if revealed(debrief):
        raise Refused("The placements are revealed and stay as they are: F8 goes on to the choice.")
    if not debrief.proposals:
        raise Refused("There are no proposals yet: F9 goes back to enter them.")


def _addressed(debrief: Debrief, line: str) -> tuple[Proposal | None, str]:
    """The proposal that a line begins with, as in `B: Ana 6 5`, and the rest; a longer word before the colon is a name."""
    match = _FOR.fullmatch(line)
    if match is None or (len(match["letter"]) > 1 and match["letter"].upper() not in letters(debrief.proposals)):
        return None, line
    return lettered(debrief.proposals, match["letter"]), match["rest"]


def _twice(name: str, typed: str, proposal: Proposal) -> str:
    said = f"{clipped(name, 40)} has placed {letter(proposal.number)} already: “-{clipped(name, 40)}” takes all of theirs back"
    other = "" if fold(typed) == fold(name) else f'; somebody else stands in quotes, “"{clipped(typed, 30)}"”'
    return f"{said}{other}."


def _without(debrief: Debrief, name: str, targets: Collection[Proposal]) -> Debrief:
    return replace(
        debrief,
        proposals=tuple(
            each.but(placements=tuple(mark for mark in each.placements if mark.by != name)) if each in targets else each
            for each in debrief.proposals
        ),
    )


def _last(debrief: Debrief, lead: int) -> tuple[str, tuple[Proposal, ...]] | None:
    """Who placed the proposal in the lead last, and what belongs to that line: all proposals where they placed all, else it."""
    one = next((each for each in debrief.proposals if each.number == lead and each.placements), None)
    if one is None:
        return None
    name = one.placements[-1].by
    whole = all(any(mark.by == name for mark in each.placements) for each in debrief.proposals)
    return name, debrief.proposals if whole else (one,)


def last_placing(debrief: Debrief, lead: int) -> str | None:
    """The last line of the proposal in the lead as it would be typed; None where nobody placed it."""
    found = _last(debrief, lead)
    if found is None:
        return None
    name, targets = found
    marks = [next(mark for mark in each.placements if mark.by == name) for each in targets]
    numbers = " ".join(f"{mark.autonomy} {mark.benefit}" for mark in marks)
    others = tuple(each for each in known(debrief) if each != name)
    try:
        plain = person(read_placing(f"{name} {numbers}", len(debrief.proposals)).name, others) == name
    except Refused:
        plain = False
    return f"{name} {numbers}" if plain else f'"{name}" {numbers}'


def take_back_placing(debrief: Debrief, lead: int) -> Debrief:
    """The debrief without the last line of the proposal in the lead."""
    _blind(debrief)
    found = _last(debrief, lead)
    if found is None:
        raise Refused("There is nothing to take back.")
    return _without(debrief, *found)


def instead_of_placing(lead: int) -> Rule:
    """The rule that puts a line in the place of the last one of the proposal in the lead."""
    place = placing(lead)

    def mend(debrief: Debrief, line: str, now: float) -> Debrief:
        _blind(debrief)
        found = None if takes_out(line) else _last(debrief, lead)
        return place(_without(debrief, *found) if found else debrief, line, now)

    return mend
