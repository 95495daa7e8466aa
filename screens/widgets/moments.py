"""Moments and patterns as lists: numbers to refer to, signs that need no colour, never a name."""

from textual.content import Content

from screens.widgets.paragraphs import below
from store.debrief import Debrief
from store.model import Felt, Moment, Pattern
from store.report.records_in_words import evidence
from store.session.recurring import seen_before
from store.words.text import visible


def _sign(felt: Felt) -> tuple[str, str]:
    return (felt.sign, "bold $success" if felt is Felt.STRENGTHENED else "bold $error")


_MOMENT_INDENT, _PATTERN_INDENT = 7, 5


def moment_line(moment: Moment, width: int, picked: bool = False) -> Content:
    """One moment, wrapped to `width` cells; a picked one is marked with an arrow."""
    later = " (added later)" if moment.added_later else ""
    return Content.assemble(
        (f"{'▸' if picked else ' '}{moment.number:>3} ", "bold" if picked else "dim"),
        _sign(moment.felt),
        f" {below(visible(moment.text) + later, width, _MOMENT_INDENT)}",
    )


def moment_list(debrief: Debrief, width: int, picked: frozenset[int] = frozenset()) -> Content:
    """All moments in their order, those picked first."""
    moments = sorted(debrief.moments, key=lambda moment: moment.number not in picked)
    if not moments:
        return Content("No moments are entered yet.")
    return Content("\n").join(moment_line(moment, width, moment.number in picked) for moment in moments)


def pattern_line(pattern: Pattern, width: int, seen: str = "") -> Content:
    """One pattern, wrapped to `width` cells, and below it what it rests on and where it was seen before."""
    before = f"\n{' ' * _PATTERN_INDENT}↻ {below(seen, width, _PATTERN_INDENT + 2)}" if seen else ""
    return Content.assemble(
        (f"{pattern.number:>2} ", "bold"),
        _sign(pattern.felt),
        f" {below(visible(pattern.text), width, _PATTERN_INDENT)}\n{' ' * _PATTERN_INDENT}",
        (below(f"group {pattern.group}, {evidence(pattern)}", width, _PATTERN_INDENT), "dim"),
        (before, "$accent"),
    )


def pattern_list(debrief: Debrief, width: int) -> Content:
    """All patterns in their order."""
    if not debrief.patterns:
        return Content("No patterns are entered yet.")
    return Content("\n").join(
        pattern_line(pattern, width, seen_before(debrief, pattern.number)) for pattern in debrief.patterns
    )
