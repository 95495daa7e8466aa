"""New organisers: people who joined through a probe, and how many of them stayed.

“Did we gain decision-making capacity, new organizers, new infrastructure? Or did we merely increase turnout for a day?” (the
essay). They are listed beside turnout and, like it, never added in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.words.numbers import counted

if TYPE_CHECKING:
    from store.debrief import Debrief

COUNTED = ("turnout", "joined", "stayed")
"""What a room counts beside its measures, as the fields of the session are called."""


def joined_before(debrief: Debrief) -> int:
    """How many joined through all our earlier probes together: no more than these can have stayed."""
    return sum(each.joined or 0 for each in debrief.past.debriefs)


def question(debrief: Debrief) -> str:
    """Asks how many have stayed; empty where nobody had joined before.

    “9 joined through 3 earlier probes: how many of them are still with us?”
    """
    probes = sum(bool(each.joined) for each in debrief.past.debriefs)
    if not probes:
        return ""
    return f"{joined_before(debrief)} joined through {counted(probes, 'earlier probe')}: how many of them are still with us?"


def in_words(joined: int | None, stayed: int | None, before: int = 0) -> str:
    """What is known of them: “4 joined, 7 of 9 earlier ones stayed”; empty where nobody counted.

    `before` is how many had joined through earlier probes, or 0 where that isn't known.
    """
    of = f" of {before}" if before and stayed is not None and stayed <= before else ""
    said = (
        f"{joined} joined" if joined is not None else "",
        f"{stayed}{of} earlier ones stayed" if stayed is not None else "",
    )
    return ", ".join(filter(None, said))


def told(debrief: Debrief) -> str:
    """What a debrief knows of them, in words."""
    return in_words(debrief.session.joined, debrief.session.stayed, joined_before(debrief))
