"""Makes the wall's value: from what is public and from what the operator has opened, and from nothing else.

The wall's screens get this value and no `Debrief`, so that nothing private can reach them. Each phase has a small function that
says what it shows.
"""

from collections.abc import Mapping

from store.debrief import Debrief
from store.timetable import back_at, current
from store.wall import counts, debrief_phases, dissent_phases
from store.wall.shown import NOTHING, Public
from store.wall.timing import timing_of
from store.words.text import visible

_SHOWS = {**debrief_phases.SHOWS, **dissent_phases.SHOWS}


def public(debrief: Debrief, opened: bool, now: float, typed: Mapping[str, str] | None = None) -> Public:
    """What the wall shows of a debrief at `now`.

    Args:
        debrief: the session as it is saved.
        opened: whether the operator has opened the curtain in this phase and left it open.
        now: the time, for the projected end.
        typed: the fields of the phase's form as far as they are typed; looked at only where `opened`.
    """
    here = current(debrief)
    shows = None if here.rest else _SHOWS.get(here.phase.name)
    asked = back_at(debrief, now) if here.rest else visible(debrief.agenda.question(here.phase.name))
    found = shows(debrief, opened, (typed or {}) if opened else {}) if shows else NOTHING
    return Public(
        phase=here.phase.name,
        heading=here.title,
        probe=visible(debrief.probe.title),
        question=asked if found.asked else "",
        count=counts.count(debrief),
        timing=timing_of(debrief, now),
        label=found.label,
        sentence=found.sentence,
        panels=found.panels,
        words=found.words,
        chart=found.chart,
    )


def opened(debrief: Debrief) -> bool:
    """Whether the operator has opened the curtain in this phase, by what the session keeps of its hall."""
    session = debrief.session
    return session.opened and not (session.wall or session.curtain)
