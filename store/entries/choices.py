"""Lines of the choice: which proposal the room chooses, and why."""

import re

from store.debrief import Debrief
from store.matrix.proposals import letter
from store.session.dissent import NewChoice, choose

NONE = "none"
"""What is typed instead of a letter where the room chooses none of its proposals."""

_CHOSEN = re.compile(r"\s*(?P<letter>[A-Za-z]{1,4})(?:[.,:;)]+|(?=\s|$))\s?(?P<reason>.*)", re.DOTALL)


def read_choice(line: str) -> NewChoice:
    """`B it tests both`, or `none it is too early`: a letter, then why as typed.

    Where no word begins the line, the letter is empty and all of it is the reason.
    """
    match = _CHOSEN.fullmatch(line)
    if match is None:
        return NewChoice("", line)
    return NewChoice(None if match["letter"].casefold() == NONE else match["letter"], match["reason"])


def choice_rule(debrief: Debrief, line: str, now: float) -> Debrief:
    """The rule for lines of the choice; see `read_choice`."""
    return choose(debrief, read_choice(line), now)


def line_of_choice(debrief: Debrief) -> str:
    """The choice as it would be typed; empty where there is none."""
    choice, none = debrief.probe.choice, debrief.session.closing.reason
    if choice is not None:
        return f"{letter(choice.proposal)} {choice.reason}"
    return f"{NONE} {none}" if none else ""
