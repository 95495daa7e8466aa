"""Proposals: candidate probes, a line each."""

from dataclasses import replace

from store.debrief import Debrief, next_number
from store.model import Proposal
from store.refused import Refused
from store.session.flow import live


def add_proposal(debrief: Debrief, title: str, now: float) -> Debrief:
    """Enter a proposal; it gets the next letter. A typed line has no syntax, so this is the rule for lines too."""
    live(debrief)
    if not title.strip():
        raise Refused("Write what is proposed: what, where, with whom, for how long.")
    proposal = Proposal(probe=debrief.probe.id, number=next_number(debrief.proposals), title=title)
    return replace(debrief, proposals=(*debrief.proposals, proposal))
