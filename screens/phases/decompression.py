"""Decompression: a word at a time, counted, never attributed; it may be left unsaved."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.frame.keys import ACT
from screens.phases.base import PhaseScreen
from screens.widgets.large_text import LargeWords
from store import entries
from store.debrief import Debrief
from store.live.live import Step
from store.report.lines import feeling_line, feelings
from store.session import decisions
from store.wall import counts
from store.words.text import lines_of


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

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="scroll", can_focus=False):
            yield Static(id="words", markup=False)
            yield LargeWords(_rows, id="said")

    def rule(self) -> entries.Rule:
        return entries.feeling_rule

    def last_line(self) -> str | None:
        last = self.live.steps.last(self.place)
        return next(iter(reversed(lines_of(last.text))), None) if last else None

    def editing_rule(self) -> entries.Rule:
        before = self.field.editing

        def edited(debrief: Debrief, line: str, now: float) -> Debrief:
            return entries.feeling_rule(entries.take_back_feeling_line(debrief, str(before)), line, now)

        return edited

    def older(self) -> Step | None:
        words = list(self.debrief.session.feelings)
        return lambda debrief, _: entries.take_back_feeling_line(debrief, words[-1] if words else "")

    def hint(self) -> str:
        typing = "“tired 3” for three people, -tired: one fewer"
        if self.debrief.session.keep_feelings:
            return f"{typing}  ·  F4: don't keep the words"
        return f"not kept: the words leave the archive at the close  ·  {typing}"

    def lead(self) -> str:
        return "out ›" if entries.takes_out(self.so_far) else "›"

    def show_body(self, debrief: Debrief) -> None:
        self.name_act("Don't keep" if debrief.session.keep_feelings else "Keep")
        lines = [*feelings(debrief)]
        words = self.query_one(LargeWords)
        fresh = {feeling_line(*each) for each in debrief.session.feelings.items() if each in self.fresh}
        words.marked = frozenset(at for at, each in enumerate(lines) if each in fresh)
        words.text = "\n".join(map(str, lines))
        self.follow(words, words.render)
        head = counts.count(debrief) + ("" if debrief.session.keep_feelings else ", which will not be kept")
        self.put("words", [Content.styled(f"{head}\n", "bold $accent")])

    def action_act(self) -> None:
        self.attempt(lambda debrief, _: decisions.keep_feelings(debrief, not debrief.session.keep_feelings))
