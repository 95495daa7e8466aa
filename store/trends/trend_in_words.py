"""A trend in a sentence, as a room reads it, and as a finding with its probes."""

from store.trends.case import MEASURES
from store.trends.finding import Finding, split
from store.trends.trends import EVERYWHERE, Trend
from store.words.text import clipped

_LONGEST = 60
"""Characters of a partner's name or an issue in a sentence."""


def in_words(trend: Trend) -> str:
    """One sentence.

    “narrative clarity fell in 7 of 9 probes with partners of the kind “party” (45 to 94 of 100), elsewhere 0 of 12: it repeats
    here, not elsewhere”
    """
    count, of = trend.elsewhere
    there = f", elsewhere {count} of {of}" if of else ""
    if trend.of == 1:
        where = _which(trend.dimension, trend.value)
        return f"{trend.fact}: {'yes' if trend.count else 'no'} in the one probe {where} (one case){there}"
    few = "two cases, " if trend.of == 2 else ""
    probes = (
        f"of all {trend.of} probes"
        if trend.dimension == EVERYWHERE
        else f"of {trend.of} probes {_which(trend.dimension, trend.value)}"
    )
    interval = f"{trend.low * 100:.0f} to {trend.high * 100:.0f}"
    said = f"{trend.fact} in {trend.count} {probes} ({few}{interval} of 100){there}"
    if not trend.is_pattern:
        return said
    if trend.part_of:
        return f"{said}: part of what repeats in probes {_which(*trend.part_of)}"
    if not of:
        return f"{said}: it repeats"
    return f"{said}: it repeats here, {'more than' if count else 'not'} elsewhere"


def _which(dimension: str, value: str) -> str:
    """Which probes a trend is about, as it goes on after “probes”."""
    value = clipped(value, _LONGEST)
    return {
        EVERYWHERE: "in all",
        "partner": f"with {value}",
        "kind": f"with partners of the kind “{value}”",
        "issue": f"about “{value}”",
        "scope": f"of the scope “{value}”",
        "red lines": f"whose red lines {'all held' if value == 'held' else f'were {value}'}",
    }[dimension]


def finding(trend: Trend) -> Finding:
    """A trend with its probes."""
    page = "Sovereignty" if any(trend.fact.startswith(name) for name in MEASURES) else "Matrix"
    return Finding(in_words(trend), split(trend.probes, trend.cases, "it happened", "it did not"), page)
