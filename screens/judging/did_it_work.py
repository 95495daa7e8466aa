"""Did it work? The guidelines that the last debrief added or revised, one after the other."""

from collections.abc import Hashable
from typing import ClassVar

from textual.binding import Binding, BindingType

from screens.frame.help_texts import VERDICTS_HELP
from screens.frame.keys import LOOK_BACK, VERDICTS
from screens.judging.base import Judged, JudgingScreen, keys_of
from store.debrief import Debrief
from store.model import WORKED
from store.session import verdicts
from store.session.verdicts import SIGNS

STYLES = {
    "yes": "bold $success",
    "partly": "bold $warning",
    "no": "bold $error",
    "too early": "bold $accent",
    None: "dim",
}


class DidItWorkScreen(JudgingScreen):
    """Yes, partly, no or too early; what is too early comes up again next time."""

    commands = VERDICTS
    help_text = VERDICTS_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys_of(VERDICTS, WORKED),
        Binding(LOOK_BACK.key, "leave", "Done", show=False, priority=True),
    ]
    title_of_page = "Did it work?"
    states = WORKED
    signs = SIGNS
    colours = STYLES
    frames = {"yes": "-good", "partly": "-fair", "no": "-bad"}

    def judged(self, debrief: Debrief) -> tuple[Judged, ...]:
        return tuple(
            Judged(each.number, each.text, each.worked, f"guideline {each.number}") for each in verdicts.asked(debrief)
        )

    def in_words(self, debrief: Debrief) -> str:
        return verdicts.in_words(debrief)

    def judge(self, debrief: Debrief, key: Hashable, state: str | None) -> Debrief:
        assert isinstance(key, int)
        return verdicts.say(debrief, key, state)
