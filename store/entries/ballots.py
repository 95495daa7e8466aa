"""Ballots: a name and two places on the matrix."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.debrief import Debrief, next_number
from store.entries.line import takes_out
from store.model import Placement, stamp
from store.refused import Refused
from store.session.flow import after_the_action, live
from store.words.names import find, fold, matching, whole_name
from store.words.text import clipped
from store.words.typed_numbers import name_and_numbers

_OUT_OF_RANGE = "Both numbers go from 0 to 10: autonomy first, then benefit."


class PlacedAlready(Refused):
    """Somebody has placed already; an *anew* rule takes the same line in place of what they placed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "replace a ballot", in_public="That person has placed already.")


@dataclass(frozen=True, slots=True)
class NewBallot:
    """A ballot to enter: a name, and where it places the action on both axes, 0 to 10."""

    name: str
    autonomy: int
    benefit: int


def read_ballot(line: str) -> NewBallot:
    """`name 3 7`, `name 37` or `name37`: a name or its beginning, as typed, then autonomy and benefit.

    Raises:
        Refused: the line has another form, or a number is no whole one from 0 to 10.
    """
    name, numbers = name_and_numbers(line, most=2)
    if not name and len(numbers) == 2:  # somebody is called by a number
        name, *numbers = numbers
    if len(numbers) == 1 and len(numbers[0]) == 2:
        numbers = [*numbers[0]]
    if not name or len(numbers) != 2:
        raise Refused.openly("Type a name and two numbers from 0 to 10, autonomy then benefit: “Ana 3 7”.")
    if any(len(each) > 3 for each in numbers):
        raise Refused.openly(_OUT_OF_RANGE)
    ballot = NewBallot(name, *map(int, numbers))
    _in_range(ballot)
    return ballot


def _in_range(ballot: NewBallot) -> None:
    if not (0 <= ballot.autonomy <= 10 and 0 <= ballot.benefit <= 10):
        raise Refused.openly(_OUT_OF_RANGE)


def read_expected(line: str, names: Sequence[str], known: Sequence[str] = ()) -> NewBallot:
    """Where somebody expected the probe to land, in the form of a ballot.

    A name that begins one of `names` stands for it; any other is taken as typed, and so is one that is in `known`.

    Raises:
        Refused: see `read_ballot`; or the name begins several.
    """
    ballot = read_ballot(line)
    if ballot.name in known or not matching(ballot.name, names):
        return ballot
    return replace(ballot, name=find(ballot.name, names))


def named(typed: str, names: Sequence[str]) -> str:
    """The one name that `typed` means. A refusal quotes only what comes before the first digit, which may be somebody's vote.

    Raises:
        Refused: nobody or several fit, or more than two numbers follow a name.
    """
    if matching(typed, names):
        return find(typed, names)
    beginning = re.split(r"\d", typed)[0].strip(" \t,:;/")
    if beginning == typed.strip():
        return find(typed, names)
    if not beginning or matching(beginning, names):
        raise Refused.openly("Two numbers from 0 to 10 follow the name, autonomy then benefit; with “-name” none do.")
    return find(beginning, names)


def add_ballot(debrief: Debrief, ballot: NewBallot, now: float) -> Debrief:
    """Enter one person's blind ballot for the present round.

    Raises:
        Refused: the round is revealed, a number is outside 0 to 10, or the person is not in the roster.
        PlacedAlready: the person has.
    """
    turn = _blind(debrief)
    _in_range(ballot)
    name = whole_name(ballot.name, debrief.names)
    if any(fold(each.by) == fold(name) for each in debrief.ballots(turn)):
        raise PlacedAlready(f"{clipped(name, 40)} has placed already.")
    return _placed(debrief, turn, replace(ballot, name=name))


def take_back_ballot(debrief: Debrief, by: str) -> Debrief:
    """The debrief without somebody's ballot for the present round, by their whole name.

    Raises:
        Refused: the round is revealed, or they have not placed.
    """
    turn = _blind(debrief)
    name = whole_name(by, [ballot.by for ballot in debrief.ballots(turn)])
    return replace(debrief, placements=tuple(p for p in debrief.placements if not (p.round == turn and p.by == name)))


def _blind(debrief: Debrief) -> int:
    """The present round. Raises Refused once it is revealed."""
    live(debrief)
    turn = debrief.session.round
    if debrief.session.revealed >= turn:
        raise Refused.openly(f"Round {turn} is revealed and stays as it is.", "open a second round")
    return turn


def ballot_rule(debrief: Debrief, line: str, now: float) -> Debrief:
    """The rule for lines of ballots: see `read_ballot`, or `-name`, which takes one back; either with the beginning of a name.

    Raises:
        Refused: see `read_ballot`, `named` and `add_ballot`.
    """
    turn = _blind(debrief)  # before anything is said about the line
    if takes_out(line):
        return take_back_ballot(debrief, named(line.lstrip()[1:], [each.by for each in debrief.ballots(turn)]))
    ballot = read_ballot(line)
    return add_ballot(debrief, replace(ballot, name=named(ballot.name, debrief.names)), now)


def ballot_anew_rule(debrief: Debrief, line: str, now: float) -> Debrief:
    """The rule for a line that was refused as `PlacedAlready`: it replaces that ballot. A blind one is shown to nobody again."""
    name = named(read_ballot(line).name, debrief.names)
    return ballot_rule(take_back_ballot(debrief, name), line, now)


def add_expected(debrief: Debrief, ballot: NewBallot, now: float) -> Debrief:
    """Record where somebody expected the probe to land; a later one replaces an earlier one.

    Made with hindsight it is marked *reconstructed*. Whoever expected something need not be in the roster.
    """
    live(debrief)
    _in_range(ballot)
    kept = tuple(p for p in debrief.placements if p.round or fold(p.by) != fold(ballot.name))
    after = after_the_action(debrief, now)
    return _placed(replace(debrief, placements=kept), 0, ballot, reconstructed=after, at=stamp(now))


def _placed(
    debrief: Debrief, turn: int, ballot: NewBallot, reconstructed: bool = False, at: str | None = None
) -> Debrief:
    placement = Placement(
        probe=debrief.probe.id,
        round=turn,
        number=next_number(debrief.ballots(turn)),
        by=ballot.name,
        autonomy=ballot.autonomy,
        benefit=ballot.benefit,
        reconstructed=reconstructed,
        at=at,
    )
    return replace(debrief, placements=(*debrief.placements, placement))
