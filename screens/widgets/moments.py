"""Moments and patterns as lists: numbers to refer to, signs that need no colour, never a name."""

from textual.content import Content

from store.debrief import Debrief
from store.model import Felt, Moment, Pattern
from store.report import evidence
from store.text import visible


def _sign(felt: Felt) -> tuple[str, str]:
    return (felt.sign, "bold $success" if felt is Felt.STRENGTHENED else "bold $error")


def moment_line(moment: Moment, picked: bool = False) -> Content:
    """One moment; a picked one is marked with an arrow."""
    later = " (added later)" if moment.added_later else ""
    return Content.assemble(
        (f"{'▸' if picked else ' '}{moment.number:>3} ", "bold" if picked else "dim"),
        _sign(moment.felt),
        f" {visible(moment.text)}{later}",
    )


def moment_list(debrief: Debrief, picked: frozenset[int] = frozenset()) -> Content:
    """All moments in their order, those picked first."""
    moments = sorted(debrief.moments, key=lambda moment: moment.number not in picked)
    if not moments:
        return Content("No moments are entered yet.")
    return Content("\n").join(moment_line(moment, moment.number in picked) for moment in moments)


def pattern_line(pattern: Pattern) -> Content:
    """One pattern with what it rests on."""
    return Content.assemble(
        (f"{pattern.number:>2} ", "bold"),
        _sign(pattern.felt),
        f" {visible(pattern.text)} ",
        (f"group {pattern.group}, {evidence(pattern)}", "dim"),
    )


def pattern_list(debrief: Debrief) -> Content:
    """All patterns in their order."""
    if not debrief.patterns:
        return Content("No patterns are entered yet.")
    return Content("\n").join(pattern_line(pattern) for pattern in debrief.patterns)
