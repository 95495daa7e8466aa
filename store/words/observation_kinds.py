"""The kinds of observation (the essay, “Embedded Observation”). Apart from the models, which `redraw note` has no time to import."""

from store.refused import Refused
from store.words.names import fold
from store.words.text import clipped

OBSERVED = ("friction", "narrative shift", "synergy", "autonomy erosion")
"""The kinds of observation."""


def kind_named(typed: str) -> str:
    """The kind that begins with `typed`, ignoring case; empty for empty text.

    Raises:
        Refused: no kind begins with it; the sentence names all four.
    """
    wanted = fold(typed)
    if not wanted:
        return ""
    for kind in OBSERVED:  # no two begin with the same letter
        if kind.startswith(wanted):
            return kind
    raise Refused(
        f"There is no kind “{clipped(typed.strip(), 40)}”: type one of {', '.join(OBSERVED)}, or its first letter."
    )
