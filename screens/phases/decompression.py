"""Decompression: a word at a time, counted, never attributed; it may be left unsaved."""

from __future__ import annotations

from textual.app import ComposeResult

from screens.frame.keys import ACT
from screens.frame.wall import Drawing
from screens.phases.base import PhaseScreen
from screens.widgets.panel import Panel
from screens.widgets.wall_lists import cloud
from store import entries
from store.debrief import Debrief
from store.live.live import Step
from store.report.lines import feelings_counted
from store.session import decisions
from store.wall import counts
from store.words.text import lines_of


class DecompressionScreen(PhaseScreen):
    """The words, larger the more often they were said, as on the wall."""

    name_of_phase = "decompression"
    on_disk = False  # the words may be left unsaved
    kind = "feelings"
    placeholder = "a word"
    BINDINGS = [ACT.binding("Don't keep")]

    def body(self) -> ComposeResult:
        yield Panel(Drawing(id="said"), title="Words", id="words-box", classes="middle -focused")

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
        box, said, fresh = self.query_one("#words-box", Panel), self.query_one("#said", Drawing), self.fresh
        not_kept = "" if debrief.session.keep_feelings else ", which will not be kept"
        box.name_it("Words", f"{counts.count(debrief)}{not_kept}", focused=True)
        words = feelings_counted(debrief)
        marked = [each in fresh for each in words]
        said.draw = lambda columns, _: cloud(words, columns, box.content_size.height, marked, whole=True)
        self.follow(said, said.render)

    def action_act(self) -> None:
        self.attempt(lambda debrief, _: decisions.keep_feelings(debrief, not debrief.session.keep_feelings))
