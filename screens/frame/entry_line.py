"""The line in which things are entered: enter a line, edit the last one, take it back, correct what was refused."""

from abc import abstractmethod
from typing import ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widgets import Input, Static, TextArea

from screens.frame.confirm import ConfirmScreen
from screens.frame.drafts import DraftScreen
from screens.frame.footer import BETWEEN, HintLine
from screens.frame.refusals import with_remedies
from screens.widgets.entry_field import WAITS, EntryField, Refusals
from store.entries import Rule
from store.live.live import Step
from store.words.text import clipped, lines_of

EDIT = "Edit it and press Enter; Escape leaves it as it was."


class EntryLine(Horizontal):
    """What stands before the field, such as the kind of the next entry, and the field."""

    DEFAULT_CSS = """
    EntryLine { height: 1; padding: 0 1; background: $surface; }
    EntryLine > #lead { width: auto; padding: 0 1 0 0; text-style: bold; color: $accent; }
    EntryLine > #field { width: 1fr; background: $surface; padding: 0; }
    """

    def __init__(self, field: EntryField) -> None:
        super().__init__(Static(id="lead", markup=False), field, id="entry")


class EntryScreen(ConfirmScreen, DraftScreen):
    """A screen with an entry line. Subclasses say by which rule a line is entered and how the last one reads."""

    secret: ClassVar[bool] = False
    """Whether what is entered here is hidden at once: it comes back to be edited, but no other way."""

    @abstractmethod
    def rule(self) -> Rule:
        """The rule by which a typed line is entered."""

    def editing_rule(self) -> Rule:
        """The rule by which a line replaces the last entry."""
        return self.rule()

    def last_line(self) -> str | None:
        """The last entry as it would be typed; None if there is none."""
        return None

    def why_not_edited(self) -> str:
        """Why the last entry can't be edited, as a sentence; empty if it can."""
        return "" if self.last_line() is not None else "There is no entry to edit."

    def hint(self) -> str:
        """What to type."""
        return ""

    def lead(self) -> str:
        """What stands before the field."""
        return "›"

    def in_public(self) -> bool:
        """Whether the room can read this screen."""
        return False

    def enter(self, rule: Rule, text: str) -> Refusals:
        return with_remedies(self.live.enter(rule, text))

    def entered(self, text: str) -> None:
        """A text was entered and nothing in it was refused."""

    def typed(self, value: str) -> None:
        """A field was changed and holds `value` now."""

    def entry_line(self, placeholder: str = "") -> EntryLine:
        return EntryLine(EntryField(self.take, placeholder, id="field"))

    @property
    def field(self) -> EntryField:
        return self.query_one("#field", EntryField)

    @property
    def editing(self) -> bool:
        """Whether an entry is back in the field; Enter then replaces it."""
        return self.field.editing is not None

    @property
    def waiting(self) -> int:
        """How many refused lines wait behind the one in the field."""
        return sum(len(field.waiting) for field in self.query(EntryField))

    def show_lead(self) -> None:
        self.query_one("#lead", Static).update(self.lead())

    def standing_hint(self) -> str:
        n, aside = self.waiting, len(self.refused_aside())
        wait = f"{n} more line{'' if n == 1 else 's'} to correct" if n else ""
        back = (
            f"Up: {aside} line{'' if aside == 1 else 's'} that {'was' if aside == 1 else 'were'} refused"
            if aside
            else ""
        )
        return BETWEEN.join(filter(None, (wait, back, self.hint())))

    def unentered_in(self, field: Input | TextArea) -> str:
        # What is being edited is entered already: as a draft it would be entered once more.
        if isinstance(field, EntryField) and field.editing is not None:
            return "\n".join(field.waiting)
        return super().unentered_in(field)

    def refuse(self, why: str) -> None:
        """Say why something was not entered; not in public, because the reason can name somebody."""
        n = 1 + self.waiting
        what = f"{n} lines were" if n > 1 else "That was"
        hidden = f"{what} not entered: F2 leaves the wall view and Enter then says why."
        self.say(hidden if self.in_public() else why, wrong=True)

    def take(self, text: str) -> Refusals:
        """Enter what was typed or pasted; answers with the lines that were refused."""
        refused = self._replace_last(text) if self.editing else self.enter(self.rule(), text)
        if not refused:
            self.say("")
            self.entered(text)
        return refused

    def _replace_last(self, text: str) -> Refusals:
        """Put the first line in the last entry's place; the lines after it, from a paste, are entries of their own."""
        first, *others = lines_of(text)
        refused = self.enter(self.editing_rule(), first)
        if refused:
            return (*refused, *((line, WAITS) for line in others))
        self.field.editing = None
        return self.enter(self.rule(), "\n".join(others)) if others else ()

    @on(EntryField.Refused)
    def _line_refused(self, message: EntryField.Refused) -> None:
        self.refuse(message.sentence)

    @on(Input.Changed)
    def _field_typed(self, message: Input.Changed) -> None:
        self.typed(message.value)

    @on(EntryField.EditLast)
    def _edit_last(self) -> None:
        if why := self.why_not_edited():
            self.say(why, wrong=True)
            return
        self.field.edit(self.last_line() or "", True, secret=self.secret)
        self.say(EDIT)

    @on(EntryField.Swapped)
    def _swapped(self) -> None:
        if self.editing:
            self.say(EDIT)
        elif self.query_one(HintLine).has_class("-wrong") or self.sentence == EDIT:
            self.say("")
        else:
            self.refresh_hint()

    @on(EntryField.Emptied)
    def _emptied(self) -> None:
        self.disarm()
        self.say("")

    def action_forget(self) -> None:
        if self.field.value:
            self.field.empty()
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Back to the logbook; what is half typed is there again next time."""
        self.host.leave_session()

    def withdraw(self, step: Step, line: str = "") -> bool:
        """Take something back and say so, with the line that it was, if that may be seen; True if it was taken back."""
        if not self.attempt(step):
            return False
        self.field.editing = None
        self.say(f"Taken back: {clipped(line, 2 * self.size.width // 3)}" if line else "Taken back.")
        return True
