"""The ladder of scope. A probe should be at most one rung larger than the largest one debriefed (the essay, “Resist the
temptation to escalate prematurely … Increase scope gradually, testing at each stage”)."""

from store.debrief import Debrief, EarlierProbe, GroupHistory
from store.model import SCOPES
from store.refused import Refused
from store.words.names import fold, matching
from store.words.text import clipped

TOO_FAR = 2
"""The group is warned from this many rungs above the largest debriefed probe."""


def rung(scope: str) -> int | None:
    """The position of a scope on the ladder, 0 for the smallest; None if it isn't on the ladder."""
    return next((at for at, each in enumerate(SCOPES) if each == fold(scope)), None)


def read(typed: str) -> str:
    """The rung that begins with `typed`; empty for empty text.

    Raises:
        Refused: no rung begins with it; the sentence names them all.
    """
    found = matching(typed, SCOPES)
    if found or not typed.strip():
        return found[0] if found else ""
    raise Refused(f"Type how large the probe is: {', '.join(SCOPES[:-1])} or {SCOPES[-1]}.")


def largest(past: GroupHistory) -> EarlierProbe | None:
    """The debriefed probe with the widest scope, the newest if there are several; None if there is none."""
    rungs = [(at, each) for each in past.probes if each.debriefed and (at := rung(each.scope)) is not None]
    return max(reversed(rungs), key=lambda pair: pair[0])[1] if rungs else None


def warning(debrief: Debrief, scope: str | None = None) -> str:
    """A warning before a step of two rungs or more, to `scope` if it isn't saved yet; empty for a smaller step."""
    at = rung(debrief.probe.scope if scope is None else scope)
    before = largest(debrief.past)
    step = (at or 0) - ((rung(before.scope) if before else 0) or 0)
    if at is None or step < TOO_FAR:
        return ""
    known = (
        f"the largest probe debriefed so far, a {before.scope} ({clipped(before.title, 60)})"
        if before
        else "the lowest one, and no probe has been debriefed yet"
    )
    return f"{SCOPES[at].capitalize()} is {step} rungs above {known}."
