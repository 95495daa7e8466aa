"""A phase in which people place something blind, and the operator's list of who hasn't yet."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence

from textual import on
from textual.content import Content

from screens.frame.refusals import with_remedies
from screens.phases.base import PhaseScreen
from screens.widgets.entry_field import EntryField, Refusals
from screens.widgets.paragraphs import hung
from store.debrief import Debrief
from store.entries import PlacedAlready, Rule
from store.words.text import visible


class BlindScreen(PhaseScreen):
    """What is entered is hidden at once. A key names who has not placed, to the operator alone.

    All else on it is public: how many have placed, of all and of the larger organisations; after the reveal the chart.
    """

    all_public = True

    naming = False
    """Whether those who have not placed are named; any step that could show the screen to the room ends it."""

    _again: frozenset[str] = frozenset()
    """The lines of people who have placed already, as they were refused: entered once more they replace what is there."""
    _entering = ""
    """The line or paste that is being entered."""

    @abstractmethod
    def open(self) -> bool:
        """Whether people are placing: what is entered now is shown to nobody, curtain or not."""

    @abstractmethod
    def unplaced(self, debrief: Debrief) -> Sequence[str]:
        """The names of those who are known and have not placed all that they are asked for."""

    @abstractmethod
    def placing(self, anew: bool) -> Rule:
        """The rule by which a line is entered; with `anew` it replaces what its name has placed."""

    def rule(self) -> Rule:
        return self.placing(self._entering in self._again)

    def take(self, text: str) -> Refusals:
        self._entering = text
        return super().take(text)

    def enter(self, rule: Rule, text: str) -> Refusals:
        refused = self.live.enter(rule, text, self.place, shown=False)
        self._again |= {line for line, why in refused if isinstance(why, PlacedAlready)}
        if self._chosen_mask == "" and not refused:  # what Ctrl+G has shown was this line alone
            self._chosen_mask = None
            self.set_mask()
        return with_remedies(refused)

    def hints(self) -> Iterator[str]:
        if self.open() and self.curtain and not self.wall:
            yield "F3 shows you the names"
        yield from super().hints()

    def why_not_edited(self) -> str:
        return "What was placed is shown to nobody again: enter that name anew."

    def mask(self) -> str:
        return super().mask() or "digits"  # after the reveal too: what was not entered is nobody's to see

    def names(self, debrief: Debrief, width: int = 0) -> Iterator[Content]:
        """Who has not placed yet, while that is asked; in `width` cells, or in those of the screen."""
        if self.naming:
            names = self.unplaced(debrief)
            listed = ", ".join(map(visible, names)) or "nobody, as far as names are known"
            yield hung(
                Content(listed), width or self.size.width - 4, f"\nNot placed yet ({len(names)}): ", "bold $accent"
            )
            yield Content.styled("Ctrl+N or Escape hides the names.", "dim")

    def action_waiting(self) -> None:
        if not self.out_of_sight("names"):
            self._show_names(not self.naming)

    def _show_names(self, naming: bool) -> None:
        if naming != self.naming:
            self.naming = naming
            self.show_work(self.debrief)

    def hall_changed(self) -> None:
        self.naming = False
        super().hall_changed()

    @on(EntryField.Emptied)
    def _hide_names(self) -> None:
        self._show_names(False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "waiting" and not self.open():
            return None
        return super().check_action(action, parameters)
