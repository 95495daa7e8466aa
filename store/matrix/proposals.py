"""The proposals of an open dissent session: their letters, where the room placed each, and their ranking.

“The experiment closest to the center is often the most instructive. It places real pressure on both values.” (the essay,
“Surface the Contradictions”).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from store.debrief import Debrief
from store.matrix.figures import Placed, placed, shown
from store.model import Proposal
from store.refused import Refused
from store.words.numbers import in_letters
from store.words.text import clipped

CENTRE = 5.0
"""The middle of both axes."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A proposal in the ranking, with the reason for its place.

    Attributes:
        distance: the median of people's own distances to (5, 5), on the scale of the axes; None where fewer than three placed it.
        agreement: the mean of van der Eijk's A on both axes, −1 to 1; None likewise.
    """

    proposal: Proposal
    letter: str
    placed: Placed
    distance: float | None
    agreement: float | None
    why: str


def letter(number: int) -> str:
    """What the proposal with a number (from 1) is called: A to Z, then AA, AB …"""
    name = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def letters(proposals: Sequence[Proposal]) -> Mapping[str, Proposal]:
    """The proposals by their letters, in the order in which they came."""
    return {letter(each.number): each for each in proposals}


def lettered(proposals: Sequence[Proposal], typed: str) -> Proposal:
    """The proposal that a letter names, in either case.

    Raises:
        Refused: there is none; the sentence says which there are.
    """
    known = letters(proposals)
    found = known.get(typed.upper()) if typed.isascii() else None
    if found is not None:
        return found
    if not known:
        raise Refused("There are no proposals yet.", "go back to the proposals")
    names = list(known)
    there = names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"
    raise Refused(f"There is no proposal {clipped(typed.upper(), 10)}: there is {there}.")


def revealed(debrief: Debrief) -> bool:
    """Whether the placements may be shown; imported ones without their session were shown where they came from."""
    session = debrief.session if debrief.session.kind == "dissent" else debrief.dissent_session
    return session is None or session.revealed > 0


def voters(debrief: Debrief) -> tuple[str, ...]:
    """The names of those who have placed a proposal, in the order in which they came."""
    return tuple(dict.fromkeys(mark.by for proposal in debrief.proposals for mark in proposal.placements))


def ranking(proposals: Sequence[Proposal]) -> tuple[Ranked, ...]:
    """The most instructive first (DESIGN.md, statistics).

    By the median of people's own distances to the centre: where half stand at one end and half at the other, the medians are at the
    centre and nobody is. Among those equally near, the one that the room disagrees about more, with the lower mean of its two
    agreements, comes first; then in the order of entry. Those that fewer than three placed come last.
    """
    found = [(each, shown(placed(each.placements))) for each in proposals]
    order = sorted(found, key=lambda pair: (_off(pair[1]), _agreement(pair[1]) or 0.0, pair[0].number))
    return tuple(
        Ranked(
            proposal=each,
            letter=letter(each.number),
            placed=theirs,
            distance=_off(theirs) if theirs.marks else None,
            agreement=_agreement(theirs),
            why=_why(order, at),
        )
        for at, (each, theirs) in enumerate(order)
    )


def _off(found: Placed) -> float:
    """The median of the distances to the centre, rounded so that equal ones are equal."""
    if not found.marks:
        return math.inf
    return round(median(math.hypot(x - CENTRE, y - CENTRE) for x, y in found.marks), 9)


def _agreement(found: Placed) -> float | None:
    if found.autonomy is None or found.benefit is None:
        return None
    return round((found.autonomy.agreement + found.benefit.agreement) / 2, 9)


def _why(order: Sequence[tuple[Proposal, Placed]], at: int) -> str:
    proposal, found = order[at]
    name = letter(proposal.number)
    if found.centre is None:
        return f"{name}: {'too few placed it to show where' if found.n else 'nobody placed it'}."
    far = f"{_off(found):.1f}"
    as_near = [
        letter(p.number) for p, theirs in order if theirs.marks and _off(theirs) == _off(found) and p is not proposal
    ]
    before = at > 0 and _off(order[at - 1][1]) == _off(found)
    if before:
        other, theirs = order[at - 1]
        first = letter(other.number)
        if _agreement(theirs) == _agreement(found):
            return f"{name} is as near as {first}, with as much disagreement; {first} was proposed first."
        return f"{name} is as near as {first}; the room disagrees more about {first}."
    with_ = f", and so {'is' if len(as_near) == 1 else 'are'} {' and '.join(as_near)}" if as_near else ""
    near, there = (f"{name} is nearest to the centre", "there") if at == 0 else (name, "the centre")
    if len(set(found.marks)) == 1:  # half would be too few
        where = f"{far} from {there}" if _off(found) else there if at == 0 else f"at {there}"
        return f"{near}: all {in_letters(found.n)} of you put it {where}{with_}."
    return f"{near}: half of you put it {far} from {there} or nearer{with_}."
