"""What the wall shows in the phases of an open dissent session."""

from collections.abc import Mapping
from dataclasses import replace

from store.debrief import Debrief
from store.matrix import proposals
from store.matrix.proposals import Ranked, letter
from store.model import PULLS
from store.wall.debrief_phases import Shows
from store.wall.shown import NOTHING, Panel, Shown
from store.words.text import visible


def _positions(debrief: Debrief, opened: bool, _typed: Mapping[str, str]) -> Shown:
    """The positions by their pull, word for word and without a voice, where they are opened."""
    if not opened or not debrief.dissent:
        return NOTHING
    by_pull = ((pull, [visible(each.text) for each in debrief.dissent if each.pull == pull]) for pull in PULLS)
    return Shown(panels=tuple(Panel(f"{pull}  {len(said)}", tuple(said), latest=True) for pull, said in by_pull))


def _proposals(debrief: Debrief, _opened: bool, _typed: Mapping[str, str]) -> Shown:
    """The proposals by letter."""
    lines = tuple(f"{letter(each.number)}  {visible(each.title)}" for each in debrief.proposals)
    return Shown(panels=(Panel("", lines),)) if lines else NOTHING


def _placing(debrief: Debrief, opened: bool, typed: Mapping[str, str]) -> Shown:
    """While people place, the proposals; after the reveal the chart, and which is nearest to the centre."""
    found = _ranking(debrief)
    return Shown(sentence=found[0].why, chart=found) if found else _proposals(debrief, opened, typed)


def _choice(debrief: Debrief, opened: bool, typed: Mapping[str, str]) -> Shown:
    """The chart and the chosen letter; until there is one, the proposal nearest to the centre."""
    found, chosen = _ranking(debrief), debrief.probe.choice
    said = f"{letter(chosen.proposal)} is chosen" if chosen else ""
    if not found:
        return replace(_proposals(debrief, opened, typed), sentence=said)
    return Shown(sentence=said or found[0].why, chart=found)


def _ranking(debrief: Debrief) -> tuple[Ranked, ...]:
    """The ranking with nobody's placement in it; empty until the reveal."""
    if not proposals.revealed(debrief):
        return ()
    ranked = proposals.ranking(debrief.proposals)
    return tuple(replace(each, proposal=each.proposal.but(placements=())) for each in ranked)


SHOWS: Mapping[str, Shows] = {
    "positions": _positions,
    "proposals": _proposals,
    "placing": _placing,
    "choice": _choice,
}
