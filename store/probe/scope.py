"""Iteration over scale: a probe is at most one rung larger than the largest that was debriefed (the essay, “Resist the
temptation to escalate prematurely … Increase scope gradually, testing at each stage”)."""

from store.debrief import Debrief, Earlier, Past
from store.model import SCOPES
from store.refused import Refused
from store.words.names import fitting, fold
from store.words.text import clipped

TOO_FAR = 2
"""Rungs above the largest probe that was debriefed at which the group is warned."""


def rung(scope: str) -> int | None:
    """The place of a scope on the ladder, 0 for the smallest; None for a word that isn't on it."""
    return next((at for at, each in enumerate(SCOPES) if each == fold(scope)), None)


def read(typed: str) -> str:
    """The rung that is typed, by its beginning; nothing for nothing.

    Raises:
        Refused: it is no rung; the sentence names them all.
    """
    found = fitting(typed, SCOPES)
    if found or not typed.strip():
        return found[0] if found else ""
    raise Refused(f"Say how large it is by a rung of the ladder: {', '.join(SCOPES[:-1])} or {SCOPES[-1]}.")


def largest(past: Past) -> Earlier | None:
    """The probe with the widest scope that was debriefed, the newest of several; None while there is none."""
    rungs = [(at, each) for each in past.probes if each.debriefed and (at := rung(each.scope)) is not None]
    return max(reversed(rungs), key=lambda pair: pair[0])[1] if rungs else None


def warning(debrief: Debrief, scope: str | None = None) -> str:
    """What the group should hear before a step of two rungs or more; empty where the step is smaller.

    Args:
        debrief: the probe and what came before it.
        scope: what is typed for the probe's scope, where that isn't in it yet.
    """
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
