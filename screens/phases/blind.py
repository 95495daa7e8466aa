"""A phase in which people place something blind, and the operator's list of who hasn't yet."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence

from textual import on
from textual.content import Content

from screens.phases.base import PhaseScreen
from screens.widgets.entry_field import EntryField
from screens.widgets.paragraphs import hung
from store.debrief import Debrief
from store.words.text import visible


class BlindScreen(PhaseScreen):
    """What is entered is hidden at once. A key names who has not placed, to the operator alone."""

    secret = True

    naming = False
    """Whether those who have not placed are named; any step that could show the screen to the room ends it."""

    @abstractmethod
    def open(self) -> bool:
        """Whether people are placing: what is entered now is shown to nobody, curtain or not."""

    @abstractmethod
    def unplaced(self, debrief: Debrief) -> Sequence[str]:
        """The names of those who are known and have not placed all that they are asked for."""

    def mask(self) -> str:
        return "digits"  # after the reveal too: what was not entered is nobody's to see

    def names(self, debrief: Debrief) -> Iterator[Content]:
        """Who has not placed yet, while that is asked."""
        if self.naming:
            names = self.unplaced(debrief)
            listed = ", ".join(map(visible, names)) or "nobody, as far as names are known"
            yield hung(Content(listed), self.size.width - 4, f"\nNot placed yet ({len(names)}): ", "bold $accent")
            yield Content.styled("Ctrl+N or Escape hides the names.", "dim")

    def action_waiting(self) -> None:
        if self.wall:
            self.say("The wall names nobody: F2 leaves the wall view.", wrong=True)
        elif self.curtain and self.hides():
            self.say("The names stay behind the curtain: F3 opens it.", wrong=True)
        else:
            self._show_names(not self.naming)

    def _show_names(self, naming: bool) -> None:
        if naming != self.naming:
            self.naming = naming
            self.show_body(self.debrief)

    def action_curtain(self) -> None:
        self._show_names(False)
        super().action_curtain()

    def action_wall(self) -> None:
        self._show_names(False)
        super().action_wall()

    @on(EntryField.Emptied)
    def _hide_names(self) -> None:
        self._show_names(False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "waiting" and not self.open():
            return None
        return super().check_action(action, parameters)
