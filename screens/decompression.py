"""Decompression: a word at a time, counted, never attributed; it may be left unsaved."""

from collections.abc import Iterable
from typing import Any

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.commands import ACT
from screens.phase import PhaseScreen
from screens.widgets.entry import EntryField
from store import decisions, entries, report
from store.debrief import Debrief
from store.entries import Rule
from store.text import entries as lines_of


class DecompressionScreen(PhaseScreen):
    """The words by how often they were said."""

    name_of_phase = "decompression"
    kind = "feelings"
    placeholder = "a word"
    BINDINGS = [ACT.binding("Don't keep")]

    def __init__(self) -> None:
        super().__init__()
        self._typed_here: list[str] = []

    def body(self) -> Iterable[Any]:
        with VerticalScroll(classes="scroll", can_focus=False):
            yield Static(id="words", markup=False)

    def rule(self) -> Rule:
        return entries.add_feeling

    def hint(self) -> str:
        kept = self.debrief.session.keep_feelings
        keeping = "F4: don't keep the words" if kept else "not kept: the words leave the archive at the close"
        return f"a word a line, “tired 3” for three people  ·  {keeping}"

    def count(self, debrief: Debrief) -> str:
        words = sum(debrief.session.feelings.values())
        return f"{words} word{'' if words == 1 else 's'}"

    def show_body(self, debrief: Debrief) -> None:
        if self.curtain:
            self.query_one("#words", Static).update(f"Curtain drawn. {self.count(debrief)}.")
            return
        head = self.count(debrief) + ("" if debrief.session.keep_feelings else ", which will not be kept")
        drawn = [Content.styled(head, "bold $accent"), Content("")]
        drawn += [Content(line) for line in report.feelings(debrief)]
        self.query_one("#words", Static).update(Content("\n").join(drawn))

    def entered(self, text: str) -> None:
        self._typed_here += lines_of(text)

    def act(self) -> None:
        self.attempt(lambda debrief, _: decisions.keep_feelings(debrief, not debrief.session.keep_feelings))

    def action_take_back(self) -> None:
        """Take back the word that was typed last."""
        words = self._typed_here or list(self.debrief.session.feelings)
        if not words:
            self.say("There is nothing to take back.", wrong=True)
        elif self.attempt(lambda debrief, _: entries.take_back_feeling(debrief, words[-1])):
            if self._typed_here:
                self._typed_here.pop()
            self.say("Taken back.")

    @on(EntryField.Mend)
    def _mend_word(self, message: EntryField.Mend) -> None:
        message.stop()
        message.prevent_default()
        if self._typed_here and self.attempt(lambda d, _: entries.take_back_feeling(d, self._typed_here[-1])):
            field = self.query_one("#field", EntryField)
            field.value = self._typed_here.pop()
            field.cursor_position = len(field.value)


SCREEN = DecompressionScreen
