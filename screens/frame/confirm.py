"""Keys that must be pressed twice."""

from collections.abc import Hashable

from textual import on
from textual.widgets import Input, TextArea

from screens.frame.footer import HintScreen
from screens.widgets.fields import ChoiceField

CONFIRM_WITHIN = 6.0
"""Seconds within which the key has to be pressed again."""


class ConfirmScreen(HintScreen[None]):
    """Has keys that must be pressed twice, so that nobody moves a room on by accident.

    The second press counts while the sentence of the first one stands at the foot; anything else that is done forgets it.
    """

    _armed: tuple[Hashable, float, str] | None = None
    """What a second press confirms, until when, and the sentence that says so."""

    def confirmed(self, what: Hashable, sentence: str) -> bool:
        """Whether this is the second press; the first one shows `sentence`, which says what the second one does.

        Args:
            what: tells this step from others; a press for another one is a first press again.
            sentence: what the room reads before it presses the key again.
        """
        now = self.live.steady()
        if self._armed and self._armed[0] == what and now <= self._armed[1] and self._armed[2] == self.sentence:
            self.disarm()
            return True
        self.say(sentence)
        self._armed = (what, now + CONFIRM_WITHIN, self.sentence)
        return False

    @property
    def armed(self) -> bool:
        """Whether a first press waits for the second one."""
        return self._armed is not None

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(ChoiceField.Chosen)
    def disarm(self) -> None:
        armed, self._armed = self._armed, None
        if armed and armed[2] == self.sentence:
            self.say("")

    def tick(self) -> None:
        if self._armed and self.live.steady() > self._armed[1]:
            self.disarm()
