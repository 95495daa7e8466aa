"""How people moved, as a small chart: how many placed it lower than they expected, the same and higher, on each axis.

It shows what the figures of the same people say and no more, and they are there only where they may be shown.
"""

from store.matrix.gap import AXES
from store.matrix.shown import ALONE
from store.model import Paired

LOWER, SAME, HIGHER = "lower", "same", "higher"
"""What stands above the three columns."""

WIDE = 38
"""Columns from which the axes have their whole names."""

LONGEST = 20
"""Columns of a bar at most: a full one is everybody."""

LEFT_HALF, RIGHT_HALF, FULL = "▌", "▐", "█"


def bars(paired: Paired | None, width: int) -> tuple[tuple[str, str, str, str], ...]:
    """The rows of the chart, each in four parts: what it is about, to the left lower, in the middle the same, to the right higher.

    The first row is their heading. There are none where it isn't shown how the same people moved.

    Args:
        width: the columns there are, at least 24.
    """
    if paired is None or paired.n < ALONE:
        return ()
    names = {axis: axis if width >= WIDE else f"{axis[:3]}." for axis in AXES}
    label = max(map(len, names.values())) + 1
    count = len(str(paired.n))
    bar = max(2, min(LONGEST, (width - label - 2 * count - 8) // 2))
    side = bar + count + 1
    found = [(" " * label, LOWER.rjust(side), f" {SAME} ", HIGHER.ljust(side))]
    for axis in AXES:
        shift = getattr(paired, axis)
        lower, higher = (_bar(n, paired.n, bar) for n in (shift.lower, shift.higher))
        left = f"{shift.lower:>{count}} {RIGHT_HALF if lower % 2 else ''}{FULL * (lower // 2)}"
        right = f"{FULL * (higher // 2)}{LEFT_HALF if higher % 2 else ''} {shift.higher}"
        found.append((names[axis].ljust(label), left.rjust(side), f"{shift.same:^6}", right.ljust(side)))
    return tuple(found)


def _bar(n: int, of: int, columns: int) -> int:
    """The length of a bar in halves of a column: nobody has none, one person at least one, and only everybody has all."""
    return max(1, min(2 * columns - (n < of), round(2 * columns * n / of))) if n else 0


def as_text(paired: Paired | None, width: int) -> tuple[str, ...]:
    """The chart as lines of text, below a line that says whose movement it is; nothing where it isn't shown."""
    rows = bars(paired, width)
    return (heading(paired), *("".join(row).rstrip() for row in rows)) if paired and rows else ()


def heading(paired: Paired) -> str:
    """Whose movement it is: “The same 10 people, against what they expected:”."""
    return f"The same {paired.n} people, against what they expected:"
