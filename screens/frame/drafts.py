"""Screens on which one types: half-typed text survives leaving the screen, a crash and a kill; keys go from field to field."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.widgets import Input

from screens.frame.base import BaseScreen
from screens.widgets.entry_field import EntryField, SetAside
from store.words.text import lines_of

if TYPE_CHECKING:  # the logbook has none, and importing it takes a while
    from textual.widgets import TextArea

REST = 0.8
"""Seconds without a key after which a field is saved."""

REFUSED = "refused"
"""The name under which the refused lines are kept that are no longer in the field."""


class DraftScreen(BaseScreen[None]):
    """The app keeps its fields under `draft_key`, ten times a second while one types, until they are empty.

    The screen calls `put_back` once its fields are there. Until then there is nothing to keep.
    """

    on_disk: ClassVar[bool] = True
    """Whether drafts outlive Redraw too; otherwise they come back only while it runs."""

    restored = False
    """Whether earlier drafts are back in the fields."""

    @property
    @abstractmethod
    def draft_key(self) -> tuple[str, str]:
        """The key of the drafts: the id of a session or probe, or an empty one, and a name."""

    def put_back(self) -> None:
        self.restore(self.live.drafts.texts.get(self.draft_key, {}))
        self.restored = True

    def fields(self) -> Iterator[Input | TextArea]:
        """The fields whose text is kept; each has an id."""
        yield from self.query(Input)
        yield from self.query("TextArea").results()  # type: ignore[misc]

    def stash(self) -> dict[str, str]:
        """What is typed and not entered, by field. It changes nothing, so it may be called at any time."""
        typed = {field.id: text for field in self.fields() if field.id and (text := self.unentered_in(field))}
        aside = "\n".join(self.refused_aside())
        return {**typed, REFUSED: aside} if aside else typed

    def refused_aside(self) -> tuple[str, ...]:
        """The lines that were refused, and in whose place others were begun since; Up brings them back."""
        return tuple(each.text for field in self.query(EntryField) for each in field.aside if each.refused)

    def unentered_in(self, field: Input | TextArea) -> str:
        """What is typed in a field and not entered, with the lines that wait behind it."""
        return text_of(field)

    def restore(self, typed: Mapping[str, str]) -> None:
        """Put back what `stash` gave; a field that already has text keeps it."""
        for entry in self.query(EntryField):
            entry.aside += [SetAside(line, refused=True) for line in lines_of(typed.get(REFUSED, ""))]
        for field in self.fields():
            if (text := typed.get(field.id or "")) and not text_of(field):
                fill(field, text)

    def flush(self) -> None:
        """Save fields that save as one types, before the screen is left."""


class FieldsScreen(BaseScreen[None]):
    """A screen of fields. Tab and Enter go to the next field at once, before the next key is read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "to_field(1)", "Next field", show=False, priority=True),
        Binding("shift+tab", "to_field(-1)", "Field before", show=False, priority=True),
        Binding("enter", "done", "Next field", show=False, priority=True),
    ]

    def action_to_field(self, by: int) -> None:
        """Go to the next field, or to the one before."""
        self.focus_next() if by > 0 else self.focus_previous()

    def action_done(self) -> None:
        """Enter goes to the next field; in a field of several lines it begins a new line."""
        if self.focused is None or getattr(self.focused, "breaks", False):
            raise SkipAction
        self.focus_next()


def text_of(field: Input | TextArea) -> str:
    """The text of a field; in an entry field also the lines that wait to be corrected."""
    if isinstance(field, EntryField):
        return field.draft
    return field.value if isinstance(field, Input) else field.text


def fill(field: Input | TextArea, text: str) -> None:
    """Put a text into a field, with the cursor behind it."""
    if isinstance(field, EntryField):
        field.draft = text
    elif isinstance(field, Input):
        field.value = text
        field.cursor_position = len(text)
    else:
        field.text = text
        field.move_cursor(field.document.end)
