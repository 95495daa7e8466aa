"""Proposals: candidate probes, a line each."""

from dataclasses import replace

from store.debrief import Debrief, next_number
from store.model import Proposal
from store.session.flow import live


def add_proposal(debrief: Debrief, line: str, now: float) -> Debrief:
    """A line is a proposal, as it is typed; it has the next letter."""
    live(debrief)
    proposal = Proposal(probe=debrief.probe.id, number=next_number(debrief.proposals), title=line)
    return replace(debrief, proposals=(*debrief.proposals, proposal))
