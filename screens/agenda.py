"""The agenda: a line for what is different from the plan, and the times of day, which follow what is typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.frame.clock_face import hour
from screens.frame.entry_line import EntryScreen
from screens.frame.footer import BETWEEN, Banner, HintLine, Keys
from screens.frame.help import AGENDA_HELP
from screens.frame.keys import AGENDA_PAGE, SCROLLING, bindings
from screens.widgets.entry_field import Refusals
from screens.widgets.panel import BARE, head, titled
from screens.widgets.paragraphs import FRESH, below, hung
from screens.widgets.record_lists import marked
from store import timetable
from store.debrief import Debrief
from store.entries import Rule
from store.model import Agenda
from store.model.agenda import AS_USUAL
from store.phases import plan
from store.refused import Refused
from store.session import flow
from store.session.agenda import agenda_rule
from store.session.agenda_changes import changes
from store.session.agenda_names import Examples, examples
from store.timekeeper import duration
from store.words.text import clipped, visible

WITH_HOW = 170
"""Columns from which what can be typed is beside the times."""

OWN_ROWS = 4
"""The most rows that a question takes."""


def _how(such: Examples, width: int) -> Iterator[Content]:
    """What can be typed, a line each, wrapped to so many columns, for terminals with room for it."""
    for line, does in (
        (f"{such.timed} 25", "the minutes of a phase"),
        (f"{such.asked} What did you see?", f"its question; “{such.asked} ?” brings the usual one back"),
        (f"break 15 after {such.before}", "a break, or “break until 14:20 after …”; “no break after …” takes it out"),
        (f"skip {such.skipped}", f"leaves a phase out; “keep {such.skipped}” puts it back"),
        (f"skip first {such.first}", "what to offer when time runs short; nothing is skipped by itself"),
        ("start 14:00", "when the session is to begin"),
        ("default", "everything as usual again"),
    ):
        yield hung(Content.styled(does, "dim"), width, f"{line:<28}")


class AgendaScreen(EntryScreen):
    """A line a phase, with when it begins, how long it takes and what it asks."""

    CSS_PATH = "agenda.tcss"
    AUTO_FOCUS = "#field"
    place = "agenda"
    commands = AGENDA_PAGE
    help_text = AGENDA_HELP
    HORIZONTAL_BREAKPOINTS = [(0, "-bare"), (BARE, "-bordered"), (WITH_HOW, "-vast")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(AGENDA_PAGE), *SCROLLING]

    _stood: Agenda = AS_USUAL
    """The agenda before the line that was entered last."""

    _told = Content("")
    """What is said about what to type, as it is drawn."""

    @property
    def draft_key(self) -> tuple[str, str]:
        debrief = self.live.debrief
        return debrief.session.id or debrief.probe.id, "agenda"

    def compose(self) -> ComposeResult:
        yield Static(id="title", markup=False)
        with Container(id="middle"):
            with titled(VerticalScroll(id="times", can_focus=False), "Times of day", focused=True):
                yield Static(id="list", markup=False)
            yield titled(Static(id="how", markup=False), "What to type")
        yield Banner()
        yield self.entry_line(f"{examples(self.live.debrief).timed} 25")
        yield HintLine()
        yield Keys()

    def on_mount(self) -> None:
        self.put_back()
        self.show_lead()
        self.show()

    def on_resize(self) -> None:
        self.call_after_refresh(self.show)

    def new_minute(self) -> None:
        """A session that has not begun would begin later by now."""
        self.show()

    def typed(self, value: str) -> None:
        super().typed(value)
        self.show()

    def rule(self) -> Rule:
        return agenda_rule

    def why_not_edited(self) -> str:
        return "Type the line anew: it replaces what stands in the agenda."

    def hint(self) -> str:
        such = examples(self.live.debrief)
        lines = (f"{such.timed} 25", f"skip {such.skipped}", f"break 15 after {such.before}", f"{such.asked} What …?")
        return BETWEEN.join(lines)

    def enter(self, rule: Rule, text: str) -> Refusals:
        self._stood = self.live.debrief.agenda
        return super().enter(rule, text)

    def entered(self, text: str) -> None:
        debrief = self.live.debrief
        made = "; ".join(changes(self._stood, debrief.agenda, plan(debrief.session.phase)))
        if not made:
            self.say("Nothing has changed: the agenda has it like that.")
            return
        ends = timetable.planned(debrief, self._begins(debrief))[-1].ends
        made = clipped(made, max(30, 2 * self.size.width - 68))
        self.say(f"Changed: {made}. By plan it ends at {hour(ends)}. Ctrl+T undoes that.")

    def action_leave(self) -> None:
        self.host.keep_typed()
        self.dismiss()

    def _begins(self, debrief: Debrief) -> float:
        return timetable.begins(debrief, self.live.now())

    def _so_far(self) -> Debrief:
        """The debrief as it would be with the line that is being typed."""
        debrief, line = self.live.debrief, self.field.value
        if not line.strip():
            return debrief
        try:
            return agenda_rule(debrief, line, self.live.now())
        except (Refused, ValueError):
            return debrief

    def show(self, _: object = None) -> None:
        if not self.size.width:
            return
        saved, debrief = self.live.debrief, self._so_far()
        slots = timetable.planned(debrief, self._begins(debrief))
        title = clipped(saved.probe.title or "a new probe", max(12, self.size.width - 16))
        self.query_one("#title", Static).update(Content.assemble(("The agenda", "bold $accent"), f"   {title}"))
        ends = slots[-1].ends
        times, how = self.query_one("#times"), self.query_one("#how", Static)
        head(times, "Times of day", f"{duration(ends - slots[0].begins)}, ends {hour(ends)}")
        lines = [*self._lines(debrief, saved, slots)]
        rows = sum(line.plain.count("\n") + 1 for line in lines)
        drawn = Content("\n" * min(3, max(1, times.content_size.height // rows))).join(lines)
        listed = self.query_one("#list", Static)
        listed.update(drawn)
        if any(span.style == FRESH for span in drawn.spans):
            self.call_after_refresh(self._into_view, listed, lambda: drawn)
        if how.display:
            told = Content("\n").join(_how(examples(saved), how.content_size.width or self.size.width - 4))
            if told != self._told:
                self._told = told
                how.update(told)
                self.call_after_refresh(self.show)  # in the room that it leaves
        self.refresh_hint()

    def _lines(self, debrief: Debrief, saved: Debrief, slots: tuple[timetable.Slot, ...]) -> Iterator[Content]:
        was = timetable.planned(saved, slots[0].begins)
        lengths = {slot.stop: slot.ends - slot.begins for slot in was}
        by_phase: dict[str, list[timetable.Slot]] = {}
        for slot in slots:
            by_phase.setdefault(slot.stop.phase.name, []).append(slot)
        for phase in plan(debrief.session.phase):
            if debrief.skips(phase.name):
                fresh = not saved.skips(phase.name)
                yield marked(Content.styled(f"  –    {phase.title.casefold():<16}   skipped", "dim"), fresh)
            for slot in by_phase.get(phase.name, ()):
                question = "" if slot.stop.rest else visible(debrief.agenda.question(phase.name))
                asked = visible(saved.agenda.question(phase.name)) if question else ""
                length = slot.ends - slot.begins
                fresh = abs(lengths.get(slot.stop, -1.0) - length) > 1 or question != asked
                yield marked(self._line(debrief, slot, question), fresh)
        last = slots[-1].ends
        yield Content.styled(f"{hour(last)}  ends", "bold")
        if debrief.session.began is not None and not debrief.sealed:
            really = flow.ends(debrief, self.live.now())
            if abs(really - last) >= 60:
                yield Content.styled(f"{hour(really)}  ends, as it goes now", "bold $warning")
        if debrief.agenda.spare:
            titles = {each.name: each.title.casefold() for each in plan(debrief.session.phase)}
            order = ", ".join(titles[name] for name in debrief.agenda.spare if name in titles)
            yield Content.styled(f"When time runs short, skip first: {order}", "dim")

    def _line(self, debrief: Debrief, slot: timetable.Slot, question: str) -> Content:
        here = debrief.begun and slot.stop == timetable.current(debrief)
        minutes = f"{round((slot.ends - slot.begins) * debrief.session.rate / 60)} min"
        title = f"back at {hour(slot.ends)}" if slot.stop.rest else slot.stop.title.casefold()
        name = f"break, {title}" if slot.stop.rest else title
        line = Content.assemble(
            (f"{hour(slot.begins)} ", "$accent"), (f"{'▸' if here else ' '}{name:<22}", "bold"), f"{minutes:>8}  "
        )
        own = debrief.agenda.phases.get(slot.stop.phase.name)
        width = self.query_one("#list").content_size.width or self.size.width - 4
        if question and width - line.cell_length >= 24:
            return line + _asked(question, width, line.cell_length)
        if question and own and own.question:  # the usual ones have no room
            return Content.assemble(line, "\n", " " * 7, _asked(question, width, 7))
        return line


def _asked(question: str, width: int, indent: int) -> Content:
    return Content.styled(below(clipped(question, OWN_ROWS * (width - indent - 2)), width, indent), "dim")
