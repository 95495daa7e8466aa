"""A line of a report, in parts: a screen draws them, and as a string it is as `redraw show` prints it."""

from typing import NamedTuple


class Line(NamedTuple):
    """One paragraph. Every control character in it is visible.

    Attributes:
        text: what it says.
        label: what it is about, where several lines are about the same: “issue”, “red lines”.
        lead: what stands before the text, which goes on behind it where it is wrapped: a number with its sign, or blanks.
        head: whether it begins an entry, and the lines behind it belong to it.
    """

    text: str
    label: str = ""
    lead: str = ""
    head: bool = False

    def __str__(self) -> str:
        return f"{self.label}: {self.text}" if self.label else f"{self.lead}{self.text}"


def detail(text: str) -> Line:
    """A line that belongs to the one before."""
    return Line(text, lead="    ")
