"""Whether the end of a phase can be heard: what a group has chosen, which holds for its next debrief too, and when it is due.

Silent unless somebody chose otherwise: a room hears nothing that it didn't ask for, and sees the cue in any case.
"""

from store.clock import WARNINGS, Clock, Cue
from store.debrief import Debrief
from store.model import Sound

SOUNDS: tuple[Sound, ...] = ("silent", "bell", "player")
"""What can be chosen, in the order in which the key turns to it: nothing, the terminal's bell, a chime that the computer plays."""

HEARD = (Cue.TWO_MINUTES, Cue.TIME_UP)
"""The cues that can be heard. Half a minute is only seen: three sounds in two minutes would drive a room."""


def chosen(debrief: Debrief) -> Sound:
    """What was chosen in this session, or else in the open dissent session before it, or in the last debrief."""
    if debrief.session.sound:
        return debrief.session.sound
    if debrief.dissent_session is not None and debrief.dissent_session.sound:
        return debrief.dissent_session.sound
    return next((each.sound for each in reversed(debrief.past.debriefs) if each.sound), None) or SOUNDS[0]


def turned(debrief: Debrief, player: bool) -> Debrief:
    """The debrief with the next choice; `player` is whether this computer can play a chime."""
    offered = SOUNDS if player else SOUNDS[:2]
    now = chosen(debrief)
    at = offered.index(now) + 1 if now in offered else 0
    return debrief.with_session(sound=offered[at % len(offered)])


def due(before: Cue | None, now: Cue, clock: Clock) -> bool:
    """Whether a cue is to be heard now, after the one at the last look; None where there was no look before.

    Time that was added brings no cue back, and a phase of two minutes or less begins without one.
    """
    if before is None or before is now or not clock.running or now not in HEARD:
        return False
    return now is Cue.TIME_UP or (before is Cue.NONE and clock.total > WARNINGS[0])
