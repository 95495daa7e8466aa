"""The line in which things are entered: enter a line, edit the last one, take it back, correct what was refused."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator

from textual import on
from textual.containers import Horizontal
from textual.widgets import Input, Static, TextArea

from screens.frame.confirm import ConfirmScreen
from screens.frame.drafts import DraftScreen
from screens.frame.following import FollowingScreen
from screens.frame.footer import BETWEEN, HintLine, hinted
from screens.frame.refusals import in_public, with_remedies, with_remedy
from screens.widgets.entry_field import WAITS, EntryField, Refusal, Refusals
from screens.widgets.pressable import pressing
from store import entries
from store.entries import Rule
from store.live.live import Step
from store.model import Dissent, Moment
from store.refused import Refused
from store.words.numbers import counted
from store.words.text import clipped, lines_of

EDIT = "Edit it and press Enter; Escape leaves it as it was."
NEW_LINE = "It stays as it was: what you type now is a new line."


class EntryLine(Horizontal):
    """What stands before the field, such as the kind of the next entry, and the field."""

    DEFAULT_CSS = """
    EntryLine { height: 1; padding: 0 1; background: $surface; }
    EntryLine > #lead { width: auto; padding: 0 1 0 0; text-style: bold; color: $accent; }
    EntryLine > #field { width: 1fr; background: $surface; padding: 0; }
    """

    def __init__(self, field: EntryField) -> None:
        super().__init__(Static(id="lead", markup=False), field, id="entry")


class EntryScreen(ConfirmScreen, DraftScreen, FollowingScreen[None]):
    """A screen with an entry line. Subclasses say by which rule a line is entered and how the last one reads."""

    @abstractmethod
    def rule(self) -> Rule:
        """The rule by which a typed line is entered."""

    _led: str | None = None
    """What stands before the field."""

    numbered: str = ""
    """The kind of entry in `store.entries.NUMBERED` that a line can name by its number here; mostly empty."""

    def editing_rule(self) -> Rule:
        """The rule by which a line replaces the entry that is back in the field."""
        return self.rule()

    def last_line(self) -> str | None:
        """The last entry as it would be typed; None if there is none."""
        return None

    def last_entry(self) -> object:
        """What the field calls the last entry while it is edited."""
        return self.last_line()

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
        return with_remedies(self.live.enter(rule, text, self.place))

    def entered(self, text: str) -> None:
        """A text was entered and nothing in it was refused."""

    def ask_for_at(
        self, entered: Iterable[Moment | Dissent], names: Collection[str], edits: str = "Up edits it."
    ) -> None:
        """Say that what was entered begins with one of `names` and keeps it, and what `edits` it, with its number for `{}`.

        Not with which name, because the wall may show the sentence.
        """
        unnamed = (each for each in entered if not (each.by if isinstance(each, Moment) else each.voice))
        if found := next((each for each in unnamed if entries.names_somebody([each.text], names)), None):
            self.say(f"It begins with a name: “@name …” keeps that apart. {edits.format(found.number)}")

    def typed(self, value: str) -> None:
        """A field was changed and holds `value` now."""
        self.show_lead()

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

    @property
    def so_far(self) -> str:
        """What is typed so far, for the lead that follows it; nothing while the room can read this screen."""
        return "" if self.in_public() else self.field.value

    def show_lead(self) -> None:
        """Say what the line does as it stands: a sign in it says so as much as a key that was pressed before."""
        for lead in self.query("#lead").results(Static):  # a form has none
            named = entries.addressed(self.live.debrief, self.numbered, self.so_far)
            shown = f"{named} {'out' if named.text is None else ''}".strip() if named else self.lead()
            if shown != self._led:
                self._led = shown
                lead.update(pressing(shown, "tab"))

    def _still_to_correct(self) -> Iterator[str]:
        """What waits to be corrected, in the field and behind Up."""
        if n := self.waiting:
            yield f"{counted(n, 'more line')} to correct"
        if aside := len(self.refused_aside()):
            yield f"Up: {counted(aside, 'line')} that {'was' if aside == 1 else 'were'} refused"

    def hints(self) -> Iterator[str]:
        """What the hint says, the most important first; as much as fits into one line is shown, so that no list moves."""
        yield from self._still_to_correct()
        yield from self.hint().split(BETWEEN)

    def standing_hint(self) -> str:
        return hinted(self.hints(), self.size.width - 2)

    def unentered_in(self, field: Input | TextArea) -> str:
        # What is being edited is entered already: as a draft it would be entered once more.
        if isinstance(field, EntryField) and field.editing is not None:
            return "\n".join(field.waiting)
        return super().unentered_in(field)

    def refuse(self, why: str, in_public: str = "") -> None:
        """Say why something was not entered; in public only what names nobody."""
        n = 1 + self.waiting
        what = f"{n} lines were" if n > 1 else "That was"
        hidden = in_public or f"{what} not entered: {self.opening_key()} and Enter then says why."
        self.say(hidden if self.in_public() else why, wrong=True)

    def opening_key(self) -> str:
        """What the key does that shows this screen to the operator alone again; nothing where the room never reads it."""
        return ""

    def take(self, text: str) -> Refusals:
        """Enter what was typed or pasted; answers with the lines that were refused."""
        named = entries.addressed(self.live.debrief, self.numbered, text)
        refused = self._replace_last(text) if self.editing else self._enter_new(text)
        if not refused:
            self.say(f"{named} is {'out' if named.text is None else 'changed'}. Ctrl+T undoes that." if named else "")
            if not named:
                self.entered(text)
            if self.sentence and (more := [*self._still_to_correct()]):  # nobody may forget that
                self.say(BETWEEN.join((self.sentence, *more)))
        return refused

    def _enter_new(self, text: str) -> Refusals:
        rule = self.rule()
        return self.enter(entries.numbered_rule(self.numbered, rule) if self.numbered else rule, text)

    def _replace_last(self, text: str) -> Refusals:
        """Put the first line in the last entry's place; the lines after it, from a paste, are entries of their own."""
        first, *others = lines_of(text)
        refused = self.enter(self.editing_rule(), first)
        if refused:
            return (*refused, *(Refusal(line, WAITS, WAITS) for line in others))
        self.field.editing = None
        return self._enter_new("\n".join(others)) if others else ()

    @on(EntryField.Refused)
    def _line_refused(self, message: EntryField.Refused) -> None:
        self.refuse(message.sentence, message.in_public)

    @on(Input.Changed)
    def _field_typed(self, message: Input.Changed) -> None:
        self.typed(message.value)

    @on(EntryField.EditLast)
    def _edit_last(self) -> None:
        if why := self.why_not_edited():
            self.say(why, wrong=True)
            return
        self.field.edit(self.last_line() or "", self.last_entry())
        self.say(EDIT)

    @on(EntryField.Swapped)
    def _swapped(self) -> None:
        if self.editing:
            self.say(EDIT)
        elif self.query_one(HintLine).has_class("-wrong") or self.sentence == EDIT:
            self.say("")
        else:
            self.refresh_hint()

    @on(EntryField.LetGo)
    def _let_go(self) -> None:
        self.say(NEW_LINE)

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

    def older(self) -> Step | None:
        """What Ctrl+T does once no step is left that was made since the debrief was opened: takes back the last entry."""
        return None

    def in_sight(self) -> bool:
        """Whether a line that was entered may be shown again."""
        return not self.in_public() and not any(field.mask for field in self.query(EntryField))

    def action_take_back(self) -> None:
        self.go_back()

    def go_back(self, line: str = "") -> bool:
        """Take back the last step and say so, with `line` or what was typed, if that may be seen; True if it was taken back."""
        if not self.host.may_write():
            return False
        try:
            typed = self.live.steps.take_back(self.place, self.older())
        except Refused as why:
            self.refuse(with_remedy(why), in_public(why))
            return False
        for field in self.query(EntryField):
            field.editing = None
        self._say_step(
            "Taken back", typed or line, "Ctrl+Y brings it back." if self.live.steps.next(self.place) else ""
        )
        return True

    def action_bring_back(self) -> None:
        if not self.host.may_write():
            return
        try:
            typed = self.live.steps.bring_back(self.place)
        except Refused as why:
            self.refuse(with_remedy(why), in_public(why))
        else:
            self._say_step("Brought back", typed)

    def _say_step(self, what: str, typed: str, then: str = "") -> None:
        n = len(lines_of(typed))
        line = f"{n} lines" if n > 1 else clipped(typed, 2 * self.size.width // 3)
        said = f"{what}: {line}" if line and self.in_sight() else f"{what}."
        self.say(f"{said}  {then}".rstrip() if said[-1] != "." else f"{said} {then}".rstrip())
