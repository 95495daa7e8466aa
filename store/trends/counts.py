"""A figure in words with the probes that it counts, so that a screen can open them and a shell can name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NAMED = 12
"""Probes of one part that are named in a line; a figure of more is read from the JSON or opened on the screen."""


@dataclass(frozen=True, slots=True)
class Count:
    """One figure.

    Attributes:
        said: it in a sentence.
        parts: the probes that it counts, oldest first, by what was so in them: `("it happened", ("p1", "p4"))`. The first part
            is what the figure is about.
        page: the page of a probe's review that shows it.
        notes: what there is to say of a probe, by its id; `head`: what that is.
    """

    said: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    page: str = "Matrix"
    notes: Mapping[str, str] = field(default_factory=dict)
    head: str = ""

    @property
    def cases(self) -> tuple[str, ...]:
        """All that were counted."""
        return tuple(probe for _, probes in self.parts for probe in probes)

    @property
    def named(self) -> str:
        """The probes in a line: of two parts those of the first, of more those of each behind what was so in them."""
        if len(self.parts) < 3:
            return ids(self.parts[0][1]) if self.parts else ""
        return "; ".join(f"{name} {ids(probes)}" for name, probes in self.parts if probes)


def ids(probes: tuple[str, ...]) -> str:
    """The ids of some probes: “p1, p4, p6”."""
    rest = len(probes) - NAMED
    if rest <= 1:  # as long as to say that there is one more
        return ", ".join(probes)
    return f"{', '.join(probes[:NAMED])} and {rest} more"


def split(those: tuple[str, ...], of: tuple[str, ...], yes: str, no: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Two parts: the probes in which something was so, and those others that were counted."""
    held = frozenset(those)
    return (yes, those), (no, tuple(probe for probe in of if probe not in held))
