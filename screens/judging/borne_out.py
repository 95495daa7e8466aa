"""The positions of the open dissent session, one after the other: did what happened bear them out?"""

from collections.abc import Hashable
from typing import ClassVar

from textual.binding import Binding, BindingType

from screens.frame.help_texts import IMPULSES_HELP
from screens.frame.keys import IMPULSES, LOOK_BACK
from screens.judging.base import Judged, JudgingScreen, keys_of
from store.debrief import Debrief
from store.session import decisions, impulses

STATES = ("borne out", "not")
SIGNS = {"borne out": "✓", "not": "✗", None: "·"}
STYLES = {"borne out": "bold $success", "not": "bold $warning", None: "dim"}


def state_of(borne_out: bool | None) -> str | None:
    """What a debrief says of a position, in a word."""
    return None if borne_out is None else STATES[0] if borne_out else STATES[1]


class BorneOutScreen(JudgingScreen):
    """Word for word as they were said, with the pull that each voices and nobody's name."""

    commands = IMPULSES
    help_text = IMPULSES_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys_of(IMPULSES, STATES),
        Binding(LOOK_BACK.key, "leave", "Done", show=False, priority=True),
    ]
    title_of_page = "Borne out?"
    states = STATES
    signs = SIGNS
    colours = STYLES
    frames = {"borne out": "-good", "not": "-fair"}

    def judged(self, debrief: Debrief) -> tuple[Judged, ...]:
        return tuple(
            Judged(each.number, each.text, state_of(each.borne_out), f"for {each.pull}") for each in debrief.dissent
        )

    def in_words(self, debrief: Debrief) -> str:
        return next(iter(impulses.lines(debrief)), "")

    def judge(self, debrief: Debrief, key: Hashable, state: str | None) -> Debrief:
        assert isinstance(key, int)
        return decisions.bear_out(debrief, key, None if state is None else state == STATES[0])
