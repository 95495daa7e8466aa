"""Whose impulse was right: which positions of dissent were borne out by what happened, in one debrief and across probes.

“If autonomy advocates are proven right in a given probe, that lesson strengthens your red lines. If pragmatists are proven
right, your framework expands.” (the essay).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from store.debrief import Debrief
from store.matrix.statistics import wilson
from store.model import PULLS, Dissent, Pull, Tally
from store.words.numbers import counted

LESSON = (
    "If autonomy advocates are proven right, that lesson strengthens your red lines."
    " If pragmatists are proven right, your framework expands."
)
"""What the essay concludes from it."""


def tally(dissent: Iterable[Dissent]) -> Tally:
    """The tally of some positions; a pull without a judged position is left out."""
    borne: Counter[Pull] = Counter()
    said: Counter[Pull] = Counter()
    for each in dissent:
        if each.borne_out is not None:
            said[each.pull] += 1
            borne[each.pull] += each.borne_out
    return {pull: (borne[pull], said[pull]) for pull in PULLS if said[pull]}


@dataclass(frozen=True, slots=True)
class PullRecord:
    """What became of the positions for one pull: `count` were borne out `of` those that were judged, over some `probes`."""

    pull: Pull
    count: int
    of: int
    probes: int

    def __str__(self) -> str:
        if self.of == 1:
            return f"{self.pull}: one case, {'' if self.count else 'not '}borne out"
        several = f"{counted(self.of, 'position')} over {counted(self.probes, 'probe')}"
        low, high = (round(100 * end) for end in wilson(self.count, self.of))
        return f"{self.pull}: borne out in {self.count or 'none'} of {several} ({low} to {high} of 100)"


def record(tallies: Iterable[Tally]) -> tuple[PullRecord, ...]:
    """The tallies of some debriefs added up, by pull; empty tallies don't count as probes."""
    found = [each for each in tallies if each]
    runs = []
    for pull in PULLS:
        if tallied := [each[pull] for each in found if pull in each]:
            runs.append(PullRecord(pull, sum(n for n, _ in tallied), sum(of for _, of in tallied), len(tallied)))
    return tuple(runs)


def lines(debrief: Debrief) -> Iterator[str]:
    """What this debrief says about its positions, then the running record with it; nothing if there were no positions."""
    if not debrief.dissent:
        return
    here = tally(debrief.dissent)
    said = ", ".join(f"{n or 'none'} of {of} for {pull}" for pull, (n, of) in here.items())
    open_ = sum(each.borne_out is None for each in debrief.dissent)
    several = f"{counted(len(debrief.dissent), 'position')} of dissent"
    yield f"borne out: {said}{f'; {open_} not said' if open_ else ''}" if here else f"{several}, nothing said yet"
    yield from map(str, record([*(each.impulses for each in debrief.past.debriefs), here]))
