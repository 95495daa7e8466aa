"""The figures of the matrix in words: the gap of a round, how the room disagrees, how the expectation came about."""

from datetime import datetime

from store.debrief import Debrief
from store.matrix import gap
from store.matrix.expectation import expectation
from store.matrix.figures import MatrixFigures
from store.matrix.gap import AXES
from store.matrix.shown import ALONE
from store.matrix.statistics import Spread
from store.words.numbers import in_letters, number, two_places


def recorded(debrief: Debrief) -> str:
    """When the expectation was recorded: “recorded 11 October, before the action”, or reconstructed; empty without one."""
    expected = expectation(debrief)
    late = debrief.reconstructed(expected)
    if not expected or late:
        return reconstructed(late, len(expected))
    times = [p.at for p in expected if p.at] or ([debrief.probe.choice.at] if debrief.probe.choice else [])
    on = max((datetime.fromisoformat(at).date() for at in times), default=None)
    return f"recorded {f'{on.day} {on:%B}, ' if on else ''}before the action"


def reconstructed(late: int, of: int) -> str:
    """How many of the expected placements were made with hindsight: “reconstructed”, “1 of 11 reconstructed”; empty if none."""
    return "" if not late else "reconstructed" if late == of else f"{late} of {of} reconstructed"


def headline(found: MatrixFigures, several: bool = False) -> str:
    """The gap of a round in words, or that it waits for the reveal; names the round where there are `several`."""
    said = gap.in_words(found.gap.model_dump() if found.gap else None, found.chance)
    if found.gap is None and found.blind:
        said = f"No gap yet: {ballots(found.blind)} not revealed."
    elif found.gap is None and 0 < found.expected.n < ALONE:
        said = "No gap: fewer than three recorded what they expected, too few to be shown."
    return f"Round {found.round}: {said}" if several else said


def in_short(found: MatrixFigures) -> str:
    """A round and its gap, for beside another one: “Round 1: −6 autonomy, −4 benefit, same 10 people”."""
    return f"Round {found.round}: {gap.in_short(found.gap.model_dump()) if found.gap else 'no gap'}"


def ballots(n: int) -> str:
    """So many ballots, as the beginning of a sentence: “1 ballot is”, “16 ballots are”."""
    return "1 ballot is" if n == 1 else f"{n} ballots are"


def standing(of: Spread) -> str:
    """Where a room stands on an axis: “all four at 6”, “more than half at 6”, “half within 4 to 6”."""
    return " ".join(_standing(of))


def stands(of: Spread, axis: str) -> str:
    """The same as the beginning of a sentence: “All four stand at 6 on autonomy”."""
    who, where = _standing(of)
    return f"{who.capitalize()} {'stand' if of.unanimous else 'of the room stands'} {where} on {axis}"


def _standing(of: Spread) -> tuple[str, str]:
    """Who stands where. Both quartiles at one point have more than half of any number of people there."""
    if of.unanimous:
        return f"all {in_letters(of.n)}", f"at {number(of.median)}"
    low, high = number(of.q1), number(of.q3)
    return ("more than half", f"at {low}") if low == high else ("half", f"within {low} to {high}")


def remarks(found: MatrixFigures) -> tuple[str, ...]:
    """What the room should hear about its disagreements, one sentence each."""
    said = []
    for axis in AXES:
        of: Spread | None = getattr(found.actual, axis)
        if of is None:
            continue
        if of.camps:
            camps, nobody = of.camps, f"; nobody stands at the median of {number(of.median)}" if of.deserted else ""
            low, high = (_from_to(*points) for points in (camps.low_points, camps.high_points))
            said.append(f"Two camps on {axis}: {camps.low} at {low}, {camps.high} at {high}{nobody}.")
        elif of.agreement < 0:
            said.append(f"The room is split on {axis}: agreement {two_places(of.agreement)}.")
    for each in found.apart:
        high, low = map(number, each.medians)
        chance = ". Few ballots: it may be chance" if each.chance else ""
        said.append(
            f"{each.high} puts {each.axis} at {high}, {each.low} at {low}:"
            f" {number(each.medians[0] - each.medians[1])} apart{chance}."
        )
    return tuple(said)


def _from_to(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"
