"""Proposals: candidate probes, a line each, and the one that the room chooses."""

import re
from dataclasses import replace

from store.debrief import Debrief, next_number
from store.matrix.proposals import letter
from store.model import Proposal
from store.refused import Refused
from store.session.dissent import choose
from store.session.flow import live

NONE = "none"
"""What is typed instead of a letter where the room chooses none of its proposals."""

_CHOSEN = re.compile(r"\s*(?P<letter>[A-Za-z]{1,4})(?:[.,:;)]+|(?=\s|$))\s?(?P<reason>.*)", re.DOTALL)


def add_proposal(debrief: Debrief, title: str, now: float) -> Debrief:
    """Enter a proposal; it gets the next letter. A typed line has no syntax, so this is the rule for lines too."""
    live(debrief)
    if not title.strip():
        raise Refused.openly("Write what is proposed: what, where, with whom, for how long.")
    proposal = Proposal(probe=debrief.probe.id, number=next_number(debrief.proposals), title=title)
    return replace(debrief, proposals=(*debrief.proposals, proposal))


def read_choice(line: str) -> tuple[str | None, str]:
    """`B it tests both`, or `none it is too early`: a letter, or None for none of them, then why as typed.

    Where no word begins the line, the letter is empty and all of it is the reason.
    """
    match = _CHOSEN.fullmatch(line)
    if match is None:
        return "", line
    return None if match["letter"].casefold() == NONE else match["letter"], match["reason"]


def choice_rule(debrief: Debrief, line: str, now: float) -> Debrief:
    """The rule for lines of the choice; see `read_choice`."""
    return choose(debrief, *read_choice(line), now)


def line_of_choice(debrief: Debrief) -> str:
    """The choice as it would be typed; empty where there is none."""
    choice, none = debrief.probe.choice, debrief.session.closing.reason
    if choice is not None:
        return f"{letter(choice.proposal)} {choice.reason}"
    return f"{NONE} {none}" if none else ""
