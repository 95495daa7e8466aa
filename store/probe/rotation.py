"""Whose turn it is to facilitate or to speak, based on earlier probes, so that no informal hierarchy grows."""

from collections.abc import Iterable, Sequence
from typing import Literal

from store.debrief import Debrief
from store.probe import non_negotiables
from store.words.names import fold
from store.words.text import clipped

RotatedRole = Literal["facilitator", "spokesperson"]

IN_A_ROW = 3
"""From this many probes in a row, Redraw suggests that somebody else take over."""

SHOWN = 6
"""The most names in one sentence."""

_COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SAID = {
    "facilitator": ("has facilitated", "Has not facilitated yet", "Has facilitated", "To facilitate next"),
    "spokesperson": ("has spoken for us in", "Has not spoken for us yet", "Has spoken for us", "To speak next"),
}


def _done(debrief: Debrief, role: RotatedRole) -> list[tuple[str, ...]]:
    """Who had the role in each earlier probe, oldest first. Leaves out probes where nobody is known to have had it.

    Only debriefed probes count. Before that, roles are only planned.
    """
    field = "facilitators" if role == "facilitator" else "spokespeople"
    return [names for each in debrief.past.probes if each.debriefed and (names := getattr(each, field))]


def present(debrief: Debrief, role: RotatedRole) -> tuple[str, ...]:
    """Who has the role in this probe, according to the plan and the roster."""
    planned = debrief.probe.facilitators if role == "facilitator" else debrief.probe.spokespeople
    here = (person.alias for person in debrief.participants if fold(person.role) == role)
    return _once((*planned, *here))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        if name.strip():
            found.setdefault(fold(name), name)
    return tuple(found.values())


def _circle(debrief: Debrief) -> tuple[str, ...]:
    """Everybody who could take the role: the roster, or without one everybody of the group whose name is in the archive."""
    if debrief.participants:
        return _once(debrief.names)
    force = non_negotiables.in_force(debrief.non_negotiables)
    probe = debrief.probe
    ours = (*probe.facilitators, *probe.spokespeople, *probe.observers, *(each.by for each in debrief.expected))
    earlier = (name for each in debrief.past.probes for name in (*each.facilitators, *each.spokespeople))
    return _once((*ours, *(force.asked if force else ()), *earlier))


def turns(debrief: Debrief, role: RotatedRole) -> dict[str, int]:
    """In how many earlier probes everybody had the role, in the order of whose turn it is.

    Those with the fewest come first, then those for whom it was longest ago, then in the order of the roster.
    """
    done = [set(map(fold, names)) for names in _done(debrief, role)]
    places = {name: [at for at, names in enumerate(done) if fold(name) in names] for name in _circle(debrief)}
    return {name: len(of) for name, of in sorted(places.items(), key=lambda pair: (len(pair[1]), pair[1][-1:]))}


def next_up(debrief: Debrief, role: RotatedRole) -> tuple[str, ...]:
    """The names in the order of whose turn it is next. Those who have the role now come last."""
    now = set(map(fold, present(debrief, role)))
    return tuple(sorted(turns(debrief, role), key=lambda name: fold(name) in now))


def in_a_row(debrief: Debrief, role: RotatedRole) -> tuple[tuple[str, int], ...]:
    """Who has had the role in at least the last three probes, including this one, and in how many."""
    here = present(debrief, role)
    series = _done(debrief, role) + ([here] if here else [])
    found = []
    for name in series[-1] if series else ():
        run = 0
        for names in reversed(series):
            if fold(name) not in map(fold, names):
                break
            run += 1
        if run >= IN_A_ROW:
            found.append((name, run))
    return tuple(found)


def suggestions(debrief: Debrief, role: RotatedRole) -> tuple[str, ...]:
    """Sentences about whose turn it is: who has led too long, who hasn't yet, who led how often."""
    did, never, often, following = _SAID[role]
    said = []
    for name, run in in_a_row(debrief, role):
        count = _COUNTED[run] if run < len(_COUNTED) else str(run)
        here = ", this one included" if fold(name) in map(fold, present(debrief, role)) else ""
        said.append(f"{clipped(name, 40)} {did} the last {count}{here}: hand it on.")
    now, times = set(map(fold, present(debrief, role))), turns(debrief, role)
    order = [name for name in times if fold(name) not in now]
    new = [name for name in order if not times[name]]
    if new:
        said.append(f"{never}: {_listed(new)}.")
    elif order:
        so_often = {1: "once", 2: "twice"}.get(times[order[0]], f"{times[order[0]]} times")
        said.append(f"{following}: {clipped(order[0], 40)}, who did so {so_often}, longest ago.")
    if done := [f"{clipped(name, 40)} {times[name]}×" for name in reversed(times) if times[name]]:
        said.append(f"{often}: {_listed(done)}.")
    return tuple(said)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(clipped(name, 50) for name in names[:SHOWN]) + (f" and {more} more" if more > 0 else "")
