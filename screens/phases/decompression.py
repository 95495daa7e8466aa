"""Decompression: a word at a time, counted, never attributed; it may be left unsaved."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.frame.keys import ACT
from screens.phases.base import PhaseScreen
from screens.widgets.large_text import LargeWords
from store import entries
from store.debrief import Debrief
from store.report.lines import feelings
from store.session import decisions
from store.words.numbers import counted


def _rows(rows: int) -> int:
    """Rows for the words in a terminal of so many rows."""
    return rows - (16 if rows >= 30 else 10)


class DecompressionScreen(PhaseScreen):
    """The words by how often they were said."""

    name_of_phase = "decompression"
    on_disk = False  # the words may be left unsaved
    kind = "feelings"
    placeholder = "a word"
    BINDINGS = [ACT.binding("Don't keep")]

    def __init__(self) -> None:
        super().__init__()
        self._typed_here: list[str] = []

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="scroll", can_focus=False):
            yield Static(id="words", markup=False)
            yield LargeWords(_rows, id="said")

    def rule(self) -> entries.Rule:
        return self._add

    def _add(self, debrief: Debrief, line: str, now: float) -> Debrief:
        added = entries.feeling_rule(debrief, line, now)
        self._typed_here.append(line)
        return added

    def last_line(self) -> str | None:
        return self._typed_here[-1] if self._typed_here else None

    def editing_rule(self) -> entries.Rule:
        return self._edit_word

    def _edit_word(self, debrief: Debrief, line: str, now: float) -> Debrief:
        edited = entries.feeling_rule(entries.take_back_feeling_line(debrief, self._typed_here[-1]), line, now)
        self._typed_here[-1] = line
        return edited

    def hint(self) -> str:
        kept = self.debrief.session.keep_feelings
        keeping = "F4: don't keep the words" if kept else "not kept: the words leave the archive at the close"
        return f"“tired 3” for three people, commas part words  ·  {keeping}"

    def count(self, debrief: Debrief) -> str:
        return counted(sum(debrief.session.feelings.values()), "word")

    def show_body(self, debrief: Debrief) -> None:
        self.name_act("Don't keep" if debrief.session.keep_feelings else "Keep")
        self.query_one(LargeWords).text = "" if self.curtain else "\n".join(map(str, feelings(debrief)))
        head = self.count(debrief) + ("" if debrief.session.keep_feelings else ", which will not be kept")
        self.put("words", self.curtained or [Content.styled(f"{head}\n", "bold $accent")])

    def action_act(self) -> None:
        self.attempt(lambda debrief, _: decisions.keep_feelings(debrief, not debrief.session.keep_feelings))

    def action_take_back(self) -> None:
        words = self._typed_here or list(self.debrief.session.feelings)
        if not words:
            self.say("There is nothing to take back.", wrong=True)
        elif self.withdraw(lambda debrief, _: entries.take_back_feeling_line(debrief, words[-1])) and self._typed_here:
            self._typed_here.pop()
