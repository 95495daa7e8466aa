"""Ballots: a name and two places on the matrix."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.debrief import Debrief
from store.entries.signs import takes_out
from store.model import Placement, stamp
from store.refused import Refused
from store.session.flow import after_the_action, live
from store.words.names import find, fitting, fold
from store.words.text import clipped

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


def named(typed: str, names: Sequence[str]) -> str:
    """The one name that `typed` means; a refusal quotes it only as far as its first digit, which may be somebody's vote.

    Raises:
        Refused: nobody or several fit, or more than two numbers follow a name.
    """
    if fitting(typed, names):
        return find(typed, names)
    beginning = re.split(r"\d", typed)[0].strip(" \t,:;/")
    if beginning == typed.strip():
        return find(typed, names)
    if not beginning or fitting(beginning, names):
        raise Refused("Two numbers from 0 to 10 follow the name, autonomy then benefit; with “-name” none do.")
    return find(beginning, names)


def add_ballot(debrief: Debrief, line: str, now: float) -> Debrief:
    """One person's blind ballot for the present round; `-name` takes a ballot back while the round is blind."""
    live(debrief)
    turn = debrief.session.round
    if debrief.session.revealed >= turn:
        raise Refused(f"Round {turn} is revealed and stays as it is: F4 opens a second round.")
    mine = debrief.ballots(turn)
    if takes_out(line):
        name = named(line.lstrip()[1:], [ballot.by for ballot in mine])
        return replace(
            debrief, placements=tuple(p for p in debrief.placements if not (p.round == turn and p.by == name))
        )
    ballot = read_ballot(line)
    name = named(ballot.name, debrief.names)
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
    kept_only = replace(debrief, placements=kept)
    after = after_the_action(debrief, now)
    return _placed(kept_only, 0, name, ballot, reconstructed=after, at=stamp(now))


def _placed(
    debrief: Debrief, turn: int, name: str, ballot: Ballot, reconstructed: bool = False, at: str | None = None
) -> Debrief:
    placement = Placement(
        probe=debrief.probe.id,
        round=turn,
        number=max((p.number for p in debrief.ballots(turn)), default=0) + 1,
        by=name,
        autonomy=ballot.autonomy,
        benefit=ballot.benefit,
        reconstructed=reconstructed,
        at=at,
    )
    return replace(debrief, placements=(*debrief.placements, placement))
