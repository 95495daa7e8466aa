"""Blind placements of proposals: a name and two numbers for one of them, or two for each, in their order."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from store.debrief import Debrief
from store.entries.ballots import PlacedAlready, named
from store.entries.line import Rule, takes_out
from store.entries.positions import known, person
from store.matrix.proposals import letter, lettered, letters, revealed, voters
from store.model import Mark, Proposal
from store.refused import Refused
from store.session.flow import live
from store.words import typed_numbers
from store.words.names import fold, whole_name
from store.words.text import clipped

_FOR = re.compile(r"\s*(?P<letter>[A-Za-z]{1,3})\s*[:：>]\s*(?P<rest>.*)", re.DOTALL)
_OUT_OF_RANGE = "All numbers go from 0 to 10: autonomy first, then benefit."


Places = Mapping[int, tuple[int, int]]
"""Autonomy and benefit, 0 to 10 each, by the numbers of the proposals."""


def name_and_numbers(line: str, proposals: int) -> tuple[str, tuple[int, ...]]:
    """`name 6 5` for one proposal, or twice as many numbers as there are `proposals` for all of them; the name as typed.

    The numbers may stand together, `name 65 27 93` or `name 652793`; then a 10 has to stand by itself.

    Raises:
        Refused: the line has another form, or a number is no whole one from 0 to 10.
    """
    name, written = typed_numbers.name_and_numbers(line)
    wanted = "two numbers" if proposals == 1 else f"two numbers, or all {2 * proposals},"
    if not name:
        raise Refused.openly(f"Type a name and {wanted} from 0 to 10, autonomy before benefit: “Ana 3 7”.")
    numbers = _numbers(written, (2, 2 * proposals))
    if len(numbers) not in (2, 2 * proposals):
        there = "there is 1" if len(numbers) == 1 else f"there are {len(numbers) or 'none'}"
        raise Refused.openly(
            f"Type {wanted} from 0 to 10 after the name, autonomy before benefit: {there}. A 10 stands by itself."
        )
    return name, numbers


def _numbers(written: Sequence[str], wanted: Collection[int]) -> tuple[int, ...]:
    """The numbers as written where there are as many as are wanted; else each digit is one, except that a word “10” is ten."""
    if any(word.startswith("-") for word in written) or (
        len(written) in wanted and any(len(word) > 2 or int(word) > 10 for word in written)
    ):
        raise Refused.openly(_OUT_OF_RANGE)
    if len(written) in wanted:
        return tuple(map(int, written))
    return tuple(int(part) for word in written for part in ([word] if word == "10" else word))


def read_placing(line: str, debrief: Debrief, lead: int, anew: bool = False) -> tuple[str, Places]:
    """Who places the proposal numbered `lead`, or all proposals, and where: see `name_and_numbers`.

    `B: name 6 5` is for proposal B. A name need not be known before.

    Raises:
        Refused: the line has another form, or its name fits several.
        PlacedAlready: its name has placed one of them, and `anew` isn't set.
    """
    addressed, rest = _addressed(debrief, line)
    typed, numbers = name_and_numbers(rest, 1 if addressed else len(debrief.proposals))
    by = person(typed, known(debrief))
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    one = addressed.number if addressed else lead
    targets = [one] if len(pairs) == 1 else [each.number for each in debrief.proposals]
    places = dict(zip(targets, pairs, strict=True))
    if not anew and (twice := _placed_already(debrief, by, places)) is not None:
        other = "" if fold(typed) == fold(by) else f' (somebody else stands in quotes, “"{clipped(typed, 30)}"”)'
        raise PlacedAlready(f"{clipped(by, 40)} has placed {letter(twice.number)} already{other}.")
    return by, places


def add_placing(debrief: Debrief, by: str, places: Places) -> Debrief:
    """Enter where somebody places proposals. There is no roster, so any name is taken.

    Raises:
        Refused: the placements are revealed, a number is outside 0 to 10, or there is no such proposal.
        PlacedAlready: they placed one of them already.
    """
    _blind(debrief)
    if not fold(by):
        raise Refused.openly("There is no name here.")
    numbers = {each.number for each in debrief.proposals}
    if not places or not places.keys() <= numbers:
        raise Refused.openly("There is no such proposal.")
    if not all(0 <= value <= 10 for place in places.values() for value in place):
        raise Refused.openly(_OUT_OF_RANGE)
    if (twice := _placed_already(debrief, by, places)) is not None:
        raise PlacedAlready(f"{clipped(by, 40)} has placed {letter(twice.number)} already.")
    marks = {number: Mark(by=by, autonomy=x, benefit=y) for number, (x, y) in places.items()}
    return replace(
        debrief,
        proposals=tuple(
            each.but(placements=(*each.placements, marks[each.number])) if each.number in marks else each
            for each in debrief.proposals
        ),
    )


def take_back_placings(debrief: Debrief, by: str) -> Debrief:
    """The debrief without all that somebody has placed, by their whole name."""
    _blind(debrief)
    return _without(debrief, whole_name(by, voters(debrief)), [each.number for each in debrief.proposals])


def placing_rule(lead: int, anew: bool = False) -> Rule:
    """The rule for lines of placements: see `read_placing`, or `-name`, which takes back all that somebody has placed.

    With `anew` a line replaces what its name has placed of the same proposals.
    """

    def rule(debrief: Debrief, line: str, now: float) -> Debrief:
        _blind(debrief)  # before anything is said about the line
        if takes_out(line):
            return take_back_placings(debrief, named(line.lstrip()[1:], voters(debrief)))
        by, places = read_placing(line, debrief, lead, anew)
        return add_placing(_without(debrief, by, places.keys()) if anew else debrief, by, places)

    return rule


def _blind(debrief: Debrief) -> None:
    live(debrief)
    if revealed(debrief):
        raise Refused.openly("The placements are revealed and stay as they are.", "go on to the choice")
    if not debrief.proposals:
        raise Refused.openly("There are no proposals yet.", "go back to the proposals")


def _placed_already(debrief: Debrief, by: str, places: Places) -> Proposal | None:
    """The first of the proposals to be placed that the same person has placed before."""
    placed = (each for each in debrief.proposals if each.number in places)
    return next((each for each in placed if any(fold(mark.by) == fold(by) for mark in each.placements)), None)


def _addressed(debrief: Debrief, line: str) -> tuple[Proposal | None, str]:
    """The proposal that a line begins with, as in `B: Ana 6 5`, and the rest; any other word before the colon is a name."""
    match = _FOR.fullmatch(line)
    if match is None or (len(match["letter"]) > 1 and match["letter"].upper() not in letters(debrief.proposals)):
        return None, line
    return lettered(debrief.proposals, match["letter"]), match["rest"]


def _without(debrief: Debrief, name: str, targets: Collection[int]) -> Debrief:
    """Without what somebody has placed of the proposals with these numbers."""
    return replace(
        debrief,
        proposals=tuple(
            each.but(placements=tuple(mark for mark in each.placements if fold(mark.by) != fold(name)))
            if each.number in targets
            else each
            for each in debrief.proposals
        ),
    )


def take_back_placing(debrief: Debrief, lead: int) -> Debrief:
    """The debrief without the last line of the proposal in the lead: of all proposals, if its voter has placed all."""
    _blind(debrief)
    numbers = [each.number for each in debrief.proposals]
    marks = next((each.placements for each in debrief.proposals if each.number == lead), ())
    if not marks:
        raise Refused.openly("There is nothing to take back.")
    name = marks[-1].by
    placed_all = all(any(mark.by == name for mark in each.placements) for each in debrief.proposals)
    return _without(debrief, name, numbers if placed_all else [lead])
