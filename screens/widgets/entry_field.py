"""The field in which everything is entered: one line an entry, several lines at once from a paste."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import category

from rich.text import Text as RichText
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.widget import Widget
from textual.widgets import Input

from store.words.text import BOM, lines_of, too_long, visible


class Refusal(NamedTuple):
    """A line that was refused, the sentence that says why, and what of it the hall may read; empty if nothing."""

    line: str
    sentence: str
    in_public: str = ""


Refusals = tuple[Refusal, ...]

HIDDEN = "▒"

WAITS = "This line waits: press Enter."
"""What is said of a line that was not tried yet, because one before it was refused."""


async def bound_here(field: Widget, event: events.Key) -> None:
    """Run a field's own key binding, such as Backspace, before the next key is read.

    Textual looks for a binding only when the key has come up to the app. Letters typed meanwhile overtake it, and if
    somebody has gone on to the next field, it acts in that one.
    """
    for binding in field._bindings.key_to_bindings.get(event.key, ()):
        if not binding.priority and await field.app.run_action(binding.action, field):
            event.stop()
            event.prevent_default()
            return


def unprinted(event: events.Key) -> str:
    """The sign that a key types and that Textual would drop, because it takes only what Python calls printable.

    These are the joiners of emoji and of Persian and Indian words, marks of direction, every blank but the plain one, and letters
    that are newer than this Python.
    """
    sign = event.character or ""
    return sign if len(sign) == 1 and not sign.isprintable() and category(sign) not in ("Cc", "Cs") else ""


def refused_for_length(field: Widget, text: str) -> bool:
    """Whether a paste is too long for a field, which stays as it is; the screen says so."""
    if why := too_long(text):
        field.screen.say(why, wrong=True)  # type: ignore[attr-defined]
    return bool(why)


class PlainInput(Input):
    """An `Input` that shows every control character of its text as a sign, and takes a paste as it is."""

    virtual_size = Reactive(Size(0, 0))  # Textual lays the whole screen out again after each letter; here nothing moves

    mask: reactive[str] = reactive("")
    """What is hidden while it is typed: nothing, `all` of it, or its `digits`."""

    def __init__(self, value: str | None = None, placeholder: str = "", *, id: str | None = None) -> None:
        super().__init__(value, placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    @property
    def _value(self) -> RichText:
        return RichText(self.shown(self.value), no_wrap=True, overflow="ignore", end="")

    def shown(self, value: str) -> str:
        """What the screen shows for `value`, character for character, with hidden ones masked."""
        if self.mask == "all":
            return HIDDEN * len(value)
        return re.sub(r"\d", HIDDEN, visible(value)) if self.mask == "digits" else visible(value)

    async def _on_key(self, event: events.Key) -> None:
        if sign := unprinted(event):
            event.stop()
            event.prevent_default()
            self.replace(sign, *sorted(self.selection))
        else:
            await bound_here(self, event)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if not refused_for_length(self, event.text):
            self.pasted(event.text.removeprefix(BOM))

    def pasted(self, text: str) -> None:
        """Put pasted text where the cursor is; its line ends become blanks."""
        start, end = sorted(self.selection)
        self.replace(" ".join(lines_of(text)), start, end)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A text that left the field without being entered.

    Attributes:
        text: as it stood in the field.
        editing: the entry that it edits, as the screen calls it; None for a new line.
        refused: whether it was tried and refused; otherwise it was emptied out.
    """

    text: str
    editing: object = None
    refused: bool = False


class EntryField(PlainInput):
    """A line to type in. Enter gives it to `take` at once, before the next key is read, so that nobody types faster than it.

    What was refused stays in sight in the field with its sentence. The next letter or paste begins a new line in its place;
    any other key, such as an arrow, begins to correct it. Of several refused lines the others wait until that one is corrected or
    emptied with Escape. What was replaced or emptied comes back with Up, the last first; what was entered never does. An entry that
    came back to be edited stays as it was once all of its text is deleted: what is typed then is a new line.
    """

    DEFAULT_CSS = "EntryField.-refused { color: $error; }"

    refused: reactive[bool] = reactive(False, init=False)
    """Whether the text in the field was refused and nobody has begun to correct it."""

    @dataclass
    class Refused(Message):
        """A line was refused and is back in the field."""

        sentence: str
        in_public: str

    class Turned(Message):
        """Tab was pressed: the next line has another kind."""

    class EditLast(Message):
        """Up was pressed, and nothing else is left to bring back: the last entry should come."""

    class Swapped(Message):
        """Another text stands in the field: one that was set aside, or the beginning of a new one in a refused one's place."""

    class LetGo(Message):
        """All of an entry's text was deleted: it stays as it was, and what is typed now is a new line."""

    class Emptied(Message):
        """Escape was pressed: an entry that was being edited stays as it was."""

    def __init__(self, take: Callable[[str], Refusals], placeholder: str = "", *, id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, id=id)
        self.take = take
        self.editing: object = None
        """The entry that the text in the field replaces, as the screen calls it; None for a new line."""
        self.aside: list[SetAside] = []
        """What left the field without being entered, the latest last."""
        self._refused: list[Refusal] = []
        self._at: int | None = None  # which of `aside` is in the field
        self._entered = ""  # the entry as it came into the field to be edited

    @property
    def waiting(self) -> tuple[str, ...]:
        """The refused lines that come into the field after the one that is there."""
        return tuple(each.line for each in self._refused)

    @property
    def draft(self) -> str:
        """All that is typed and not entered: the text of the field, then the lines that wait."""
        return "\n".join((self.value, *self.waiting) if self.value else self.waiting)

    @draft.setter
    def draft(self, text: str) -> None:
        first, *others = lines_of(text) or ("",)
        self._refused = [Refusal(line, WAITS, WAITS) for line in others]
        self.fill(first)

    def fill(self, line: str) -> None:
        """Put a line into the field, with the cursor behind it."""
        self.value = line
        self.cursor_position = len(line)
        self.refused = False

    def edit(self, line: str, entry: object) -> None:
        """Put an entry into the field; Enter replaces it."""
        self.fill(line)
        self.editing, self._entered, self._at = entry, line, None

    def discard(self) -> None:
        """Empty the field for good."""
        self.fill("")
        self.editing, self._entered, self._at = None, "", None

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a part of the text; whoever deletes all of it no longer edits what it was."""
        super().replace(text, start, end)
        if self.editing is not None and not self.value.strip():
            self.editing, self._entered = None, ""
            self.post_message(self.LetGo())

    def watch_refused(self) -> None:
        self.set_class(self.refused, "-refused")

    async def _on_key(self, event: events.Key) -> None:
        """Handle here at once what are bindings elsewhere: the next letters overtake a binding that waits in queues."""
        acts = {"enter": self.submit, "tab": self.turn, "up": self.up, "down": self.down, "escape": self.empty}
        if (act := acts.get(event.key)) is not None:
            event.stop()
            event.prevent_default()
            act()
        elif event.is_printable:
            self._begin_anew()
        else:
            self.refused = False

    async def _on_mouse_down(self, _: events.MouseDown) -> None:
        self.refused = False

    def submit(self) -> None:
        """Enter what is in the field; into an empty field comes the next line that waits."""
        if self.value.strip():
            self.give(self.value)
        elif self._refused:
            self._next_refused()

    def give(self, text: str) -> None:
        """Give text to `take`; keep in the field what was refused."""
        if self._at is not None:
            del self.aside[self._at]
        self.fill("")
        self._at = None
        self._refused = [*self.take(text), *self._refused]
        if self._refused:
            self._next_refused()
        else:
            self.discard()

    def _next_refused(self) -> None:
        refusal = self._refused.pop(0)
        self.fill(refusal.line)
        self.refused = True
        more = f" ({len(self._refused)} more to correct)" if self._refused else ""
        self.post_message(self.Refused(refusal.sentence + more, refusal.in_public and refusal.in_public + more))

    def _begin_anew(self) -> None:
        """Begin a new line in the place of one that was refused."""
        if self.refused:
            self._set_aside()
            self.post_message(self.Swapped())

    def _set_aside(self) -> None:
        """Empty the field, and keep its text for Up, unless it is as it was entered."""
        if self.value.strip() and not (self.editing is not None and self.value == self._entered):
            if self._at is not None:
                del self.aside[self._at]
            self.aside.append(SetAside(self.value, self.editing, self.refused))
        self.discard()

    def pasted(self, text: str) -> None:
        """Insert one line as it is; enter several at once, with the text that is already in the field."""
        self._begin_anew()
        start, end = sorted(self.selection)
        if len(lines_of(text)) > 1:
            self.give("\n".join((self.value[:start], text, self.value[end:])))
        else:
            self.replace(text.strip("\r\n"), start, end)

    def turn(self) -> None:
        self.post_message(self.Turned())

    def up(self) -> None:
        """Bring back what was set aside before the text in the field, and at last the entry that was made last.

        What is being typed stays.
        """
        at = len(self.aside) if self._at is None else self._at
        if self.refused or (self.value and not (self._at is not None and self.value == self.aside[at].text)):
            self.refused = False
        elif at > 0:
            self._bring_back(at - 1)
        else:
            self.post_message(self.EditLast())

    def down(self) -> None:
        """Go the way of `up` back; after the latest text the field is empty."""
        if self._at is None or self.value != self.aside[self._at].text:
            return
        if self._at + 1 < len(self.aside):
            self._bring_back(self._at + 1)
        else:
            self.discard()
            self.post_message(self.Swapped())

    def _bring_back(self, at: int) -> None:
        found = self.aside[at]
        self.edit(found.text, found.editing)
        self._at = at
        self.post_message(self.Swapped())

    def empty(self) -> None:
        """Empty the field; the next line that waits comes into it."""
        self.refused = False
        self._set_aside()
        self.post_message(self.Emptied())
        if self._refused:
            self._next_refused()
