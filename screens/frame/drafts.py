"""A screen on which text is typed: what is half typed on it outlives leaving it, a crash and a kill."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual.widgets import Input, TextArea

from screens.frame.base import BaseScreen
from screens.widgets.entry_field import EntryField


class DraftScreen(BaseScreen[None]):
    """Its fields are kept by the app, ten times a second while one types, under `draft_key`, until they are empty.

    It calls `put_back` once its fields are there. Until then there is nothing to keep.
    """

    on_disk: ClassVar[bool] = True
    """Whether that survives Redraw too; otherwise it is only there again when one comes back."""

    restored = False
    """Whether what was typed here before stands in the fields again."""

    @property
    @abstractmethod
    def draft_key(self) -> tuple[str, str]:
        """Under what is kept that was typed here and not entered: a session's or a probe's id, or none, and a name."""

    def put_back(self) -> None:
        """Have what was typed here before stand in the fields again."""
        self.restore(self.desk.drafts.get(self.draft_key, {}))
        self.restored = True

    def fields(self) -> Iterator[Input | TextArea]:
        """The fields of which what is typed is kept; each has an id."""
        yield from self.query(Input)
        yield from self.query(TextArea)

    def stash(self) -> dict[str, str]:
        """What is typed and not entered, by field. It only looks: it may be asked at any time."""
        return {field.id: text for field in self.fields() if field.id and (text := self.unentered_in(field))}

    def unentered_in(self, field: Input | TextArea) -> str:
        """What is typed in a field and not entered, with the lines that wait behind it."""
        return text_of(field)

    def restore(self, typed: Mapping[str, str]) -> None:
        """Put back what `stash` gave; a field in which something stands already keeps that."""
        for field in self.fields():
            if (text := typed.get(field.id or "")) and not text_of(field):
                fill(field, text)

    def flush(self) -> None:
        """Save what is saved as one types, before the screen is left."""


def text_of(field: Input | TextArea) -> str:
    """What stands in a field, and what waits there to be mended after it."""
    if isinstance(field, EntryField):
        return field.draft
    return field.text if isinstance(field, TextArea) else field.value


def fill(field: Input | TextArea, text: str) -> None:
    """Have a text stand in a field, the cursor behind it."""
    if isinstance(field, TextArea):
        field.text = text
        field.move_cursor(field.document.end)
    elif isinstance(field, EntryField):
        field.draft = text
    else:
        field.value = text
        field.cursor_position = len(text)
