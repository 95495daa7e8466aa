"""A figure in words with the probes that it counts, so that a screen can open them and the command line can name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NAMED = 12
"""How many probes of one part a line names; the JSON and the screen have all of them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure.

    Attributes:
        said: the figure in a sentence.
        parts: the probes that it counts, oldest first, by what was so in them: `("it happened", ("p1", "p4"))`. The figure is
            about the first part.
        page: the page of a probe's review that shows it.
        notes: what there is to say about a probe, by its id; `head`: the heading above these notes.
    """

    said: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    page: str = "Matrix"
    notes: Mapping[str, str] = field(default_factory=dict)
    head: str = ""

    @property
    def cases(self) -> tuple[str, ...]:
        """All probes that were counted."""
        return tuple(probe for _, probes in self.parts for probe in probes)

    @property
    def named(self) -> str:
        """The probes in a line: those of the first part, or where there are three parts or more, those of each by its name."""
        if len(self.parts) < 3:
            return ids(self.parts[0][1]) if self.parts else ""
        return "; ".join(f"{name} {ids(probes)}" for name, probes in self.parts if probes)


def ids(probes: tuple[str, ...]) -> str:
    """The ids of some probes: “p1, p4, p6”."""
    rest = len(probes) - NAMED
    if rest <= 1:  # naming one more takes no more room than “and 1 more”
        return ", ".join(probes)
    return f"{', '.join(probes[:NAMED])} and {rest} more"


def split(those: tuple[str, ...], of: tuple[str, ...], yes: str, no: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Two parts: the probes in which something was so, and the others that were counted."""
    held = frozenset(those)
    return (yes, those), (no, tuple(probe for probe in of if probe not in held))
