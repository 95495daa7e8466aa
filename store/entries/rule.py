"""What a rule for a typed line is, and how several lines are entered."""

from collections.abc import Callable

from store.debrief import Debrief
from store.refused import Refused
from store.words.text import lines_of

Rule = Callable[[Debrief, str, float], Debrief]
"""Debrief, one line, `Timekeeper.now()` → the debrief with the line entered."""


def enter(rule: Rule, debrief: Debrief, text: str, now: float) -> tuple[Debrief, tuple[tuple[str, Refused], ...]]:
    """Enter every line of `text`.

    Returns:
        The debrief with all that could be entered, and each line that was refused, in order, with the reason.
    """
    refused: list[tuple[str, Refused]] = []
    for line in lines_of(text):
        try:
            debrief = rule(debrief, line, now)
        except Refused as why:
            refused.append((line, why))
    return debrief, tuple(refused)
