"""The kinds of observation (the essay, “Embedded Observation”), without the models: `redraw note` has no time for those."""

from store.refused import Refused
from store.words.text import clipped

OBSERVED = ("friction", "narrative shift", "synergy", "autonomy erosion")
"""The kinds of observation."""


def kind_named(typed: str) -> str:
    """The kind that `typed` is the beginning of, whatever the case; none for the empty text.

    Raises:
        Refused: it begins no kind; the sentence names all four.
    """
    wanted = " ".join(typed.split()).casefold()
    if not wanted:
        return ""
    for kind in OBSERVED:  # no two begin alike
        if kind.startswith(wanted):
            return kind
    raise Refused(
        f"There is no kind “{clipped(typed.strip(), 40)}”: type one of {', '.join(OBSERVED)}, or its first letter."
    )
