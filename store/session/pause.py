"""A pause that the group decided on at a close, and whether the next probe comes too soon for it.

“Act intensely, reflect deeply, pause deliberately. This rhythm protects against burnout and strategic drift” (the essay).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from store.words.dates import date_of, day
from store.words.text import clipped

if TYPE_CHECKING:
    from store.debrief import Debrief

DAYS = 14
"""How long a pause lasts that was given no end."""


def too_soon(debrief: Debrief, today: date) -> str:
    """Says that a probe that isn't debriefed yet begins within the pause that the last debrief decided on; otherwise empty.

    What counts is the day on which it starts, or `today` where none is set.
    """
    if debrief.session.kind == "debrief" and debrief.begun:
        return ""
    last = debrief.past.debriefs[-1] if debrief.past.debriefs else None
    if last is None or last.rhythm != "pause":
        return ""
    debriefed = date_of(last.at)
    until = last.paused_until or debriefed + timedelta(days=DAYS)
    if (debrief.probe.pact.starts or today) > until:
        return ""
    after = f"After the debrief of “{clipped(last.title, 60)}” on {day(debriefed)} you decided to pause"
    return f"{after}{f' until {day(until)}' if last.paused_until else ''}: is it time again?"
