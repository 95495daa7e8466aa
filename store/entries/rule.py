"""What a rule for a typed line is, and how several lines are entered."""

from collections.abc import Callable

from store.debrief import Debrief
from store.refused import Refused
from store.words.text import entries

Rule = Callable[[Debrief, str, float], Debrief]
"""Debrief, one line, `Timekeeper.now()` → the debrief with the line entered."""


def enter(rule: Rule, debrief: Debrief, text: str, now: float) -> tuple[Debrief, tuple[tuple[str, str], ...]]:
    """Enter every line of `text`.

    Returns:
        The debrief with all that could be entered, and each line that was refused with its sentence, in their order.
    """
    refused: list[tuple[str, str]] = []
    for line in entries(text):
        try:
            debrief = rule(debrief, line, now)
        except Refused as why:
            refused.append((line, str(why)))
    return debrief, tuple(refused)
