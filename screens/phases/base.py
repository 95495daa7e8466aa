"""What every phase's screen has: the rail of phases, the clock, the wall view, the curtain, the entry line, the keys.

A phase's own screen adds a body, says what should be read aloud before the room goes on, and what its F4 does.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea

from screens.frame.clock_face import rail
from screens.frame.drafts import REST, FieldsScreen, text_of
from screens.frame.footer import Banner, HintLine, Keys
from screens.frame.help import HelpText, phase_help
from screens.frame.keys import ACT, AGENDA, SCROLLING, SESSION, bindings
from screens.frame.wall import Curtain, Wall
from screens.phases.hall import HallScreen
from screens.widgets.fields import Wording
from screens.widgets.fitted import Fitted
from screens.widgets.large_text import BigDigits
from screens.widgets.matrix import Charted
from screens.widgets.panel import Panel, light, titled
from store import entries
from store.clock import digits
from store.debrief import Debrief
from store.live.live import Step
from store.phases import Phase, phase, plan
from store.session import flow
from store.session.agenda import offered
from store.timetable import Stop, following, previous
from store.words.text import clipped, lines_of

BESIDE = 110
"""Columns from which lists stand beside a form; the screens of forms have a class of that name then."""


class PhaseScreen(HallScreen):
    """The screen of one phase. `screens.phases.phase_screen` finds it by the phase's name."""

    AUTO_FOCUS = "EntryField, Input, ChoiceField"
    CSS_PATH: ClassVar[str | list[str] | None] = ["phase.tcss", "../frame/wall.tcss"]  # type: ignore[assignment]
    BINDINGS = [*bindings(SESSION), *SCROLLING]
    commands = SESSION
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]

    name_of_phase: ClassVar[str]
    placeholder: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.phase = phase(self.name_of_phase)

    # ---------------------------------------------------------------------------------------------- what phases add

    def body(self) -> ComposeResult:
        """The widgets of the phase's own view."""
        return ()

    @property
    def clocked(self) -> str:
        """What the clock runs for."""
        return self.phase.title

    @property
    def place(self) -> str:  # type: ignore[override]
        return self.phase.name

    @property
    def numbered(self) -> str:  # type: ignore[override]
        return self.kind if self.kind in entries.NUMBERED else ""

    def editing_rule(self) -> entries.Rule:
        number = self.field.editing
        return entries.replacing_rule(self.kind, self.rule(), number if isinstance(number, int) else None)

    def last_entry(self) -> object:
        last = entries.last(self.debrief, self.kind) if self.kind in entries.KINDS else None
        return last.number if last else self.last_line()

    def last_line(self) -> str | None:
        last = entries.last(self.debrief, self.kind)
        return entries.line_of(last) if last else None

    def older(self) -> Step | None:
        if self.kind not in entries.KINDS:
            return None
        return lambda debrief, _: entries.take_back(debrief, self.kind)

    def hint(self) -> str:
        return self.placeholder

    def hints(self) -> Iterator[str]:
        """Where time runs short, first what the group's own order offers to skip; nothing is skipped by itself."""
        if offer := self._to_skip():
            yield offer
        yield from super().hints()

    def _to_skip(self) -> str:
        spare = offered(self.debrief) if self.debrief.agenda.spare and not self.debrief.sealed else None
        over = round(flow.projection(self.debrief, self.live.now()).over / 60) if spare else 0
        return f"{over} min over: {AGENDA.key_name}, “skip {spare.title.casefold()}”" if spare and over > 0 else ""

    def new_minute(self) -> None:
        self.refresh_hint()

    def unready(self) -> str:
        """What the room should hear before it goes on to the next phase, as the end of a sentence; mostly empty."""
        return ""

    def unentered(self) -> str:
        """What is typed here and not entered, as the end of a sentence; mostly empty."""
        n = len(lines_of(self.unentered_in(self.field))) + len(self.refused_aside()) if self.kind else 0
        return f"{n} lines are not entered" if n > 1 else "a line is not entered" if n else ""

    def unentered_elsewhere(self) -> str:
        """The other phases in which something is typed and not entered; sovereignty saves as one types."""
        drafts, session = self.live.drafts.texts, self.debrief.session.id
        others = (each for each in plan(self.name_of_phase) if each.name not in ("sovereignty", self.name_of_phase))
        typed = (each for each in others if any(map(str.strip, drafts.get((session, each.name), {}).values())))
        return ", ".join(each.title.casefold() for each in typed)

    def dropped(self) -> str:
        """What a seal drops, as a sentence after another one; mostly empty."""
        here = self.phase.title.casefold() if self.unentered() else ""
        places = ", ".join(filter(None, (self.unentered_elsewhere(), here)))
        return f" What is typed in {places} and not entered is dropped." if places else ""

    # ------------------------------------------------------------------------------------------------------ drawing

    @property
    def help_text(self) -> HelpText:
        return phase_help(self.phase, self.debrief.agenda.minutes(self.phase.name))

    @property
    def draft_key(self) -> tuple[str, str]:
        return self.debrief.session.id, self.phase.name

    def show_chart(
        self, revealed: bool, debrief: Debrief, id: str, until: Iterable[Content] | Callable[[int], Content]
    ) -> None:
        """Show the phase's chart once it is revealed; `until` then lines in the text with that id, or what is drawn for its width."""
        self.set_class(revealed, "-revealed")
        self.query_one(f"#{id}-box").display = not revealed
        chart = self.query_one(Charted)
        chart.display = revealed
        if revealed:
            chart.show(debrief)
        elif callable(until):
            self.draw(id, until)
        else:
            self.put(id, until)

    def name_panel(self, id: str, title: str, *notes: str, focused: bool | None = None) -> None:
        """Name the panel around the text with that id, as of `Panel`."""
        self.query_one(f"#{id}-box", Panel).name_it(title, *notes, focused=focused)

    @property
    def column(self) -> int:
        """Cells for text in one of two columns."""
        return self.size.width // 2 - 4

    def compose(self) -> ComposeResult:
        yield Static(id="title", markup=False)
        yield Static(id="rail", markup=False)
        yield Wall()
        with Vertical(id="work"):
            with titled(Horizontal(id="clock"), self.clocked):
                yield BigDigits(id="digits")
                with Vertical(id="beside-clock"):
                    yield Static(self.question, id="prompt", markup=False)
                    yield Fitted(id="clock-text")
            with Vertical(id="body"):
                yield from self.body()
            yield Curtain()
        yield Banner()
        if self.kind:
            yield self.entry_line(self.placeholder)
        yield HintLine()
        yield Keys()

    def on_mount(self) -> None:
        self.put_back()
        self.show(self.debrief)

    def show(self, debrief: Debrief) -> None:
        with self.app.batch_update():
            self.query_one("#title", Static).update(self._title(debrief))
            self.query_one("#rail", Static).update(rail(debrief, self.size.width))
            self.query_one("#prompt", Static).update(self.question)
            self.look_for_fresh(debrief)
            self.follow_hall()
            self.show_wall(debrief)
            self.show_work(debrief)
            if self.kind:
                self.show_lead()
            self.refresh_hint()
            self.draw_clock()

    def draw_lists(self) -> None:
        self.show_work(self.debrief)

    def _title(self, debrief: Debrief) -> Content:
        speed = f"   clock ×{debrief.session.rate:g}" if debrief.session.rate != 1 else ""
        title = clipped(debrief.probe.title, max(20, self.size.width - 4 - len(speed)))
        return Content.assemble((title, "bold"), (speed, "dim"))

    def on_resize(self) -> None:
        self.call_after_refresh(lambda: self.show(self.debrief))

    # ------------------------------------------------------------------------------------------------------ the keys

    def action_next(self) -> None:
        ahead = following(self.debrief)
        left = digits(self.debrief.clock().left(self.live.now()))
        here = f"{left} over" if left.startswith("+") else f"{left} left here"
        if self.paused:
            here += ", the clock stays paused"
        if ahead is None:
            self.say("This is the last phase: F4 seals the session.", wrong=True)
            return
        skipped = ", ".join(each.title.casefold() for each in self._passed_on_the_way(ahead))
        to = f"{_called(ahead)}, skipping {skipped}" if skipped else _called(ahead)
        if self.confirmed("next", f"F8 again: on to {to} ({here}){although(self.unentered(), self.unready())}."):
            self.attempt(flow.advance)

    def _passed_on_the_way(self, ahead: Stop) -> Iterator[Phase]:
        """The phases between here and a stop, which the agenda skips."""
        phases = plan(self.name_of_phase)
        between = phases[phases.index(self.phase) + 1 : phases.index(ahead.phase) + ahead.rest]
        return (each for each in between if self.debrief.skips(each.name))

    def action_back(self) -> None:
        behind = previous(self.debrief)
        if behind is None:
            self.say("This is the first phase: there is nothing before it.", wrong=True)
        elif self.confirmed(
            "back", f"F9 again: back to {_called(behind)}, as you left it{although(self.unentered())}."
        ):
            self.attempt(flow.go_back)

    def action_leave(self) -> None:
        clock = "stays paused" if self.paused else "goes on"
        if self.confirmed(
            "leave",
            f"Ctrl+Q again leaves the session{although(self.unentered())}; the clock {clock}, and the logbook offers it again.",
        ):
            self.host.leave_session()

    def action_probe(self) -> None:
        if not self.out_of_sight("names in the form"):
            self.host.edit_probe(self.debrief.probe.id)

    def action_agenda(self) -> None:
        from screens.agenda import AgendaScreen

        self.disarm()
        self.app.push_screen(AgendaScreen())

    def name_act(self, label: str) -> None:
        """Give the phase's own step another label in the footer."""
        self._bindings.key_to_bindings[ACT.key] = [ACT.binding(label)]
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        neighbour = {"back": previous, "next": following}.get(action)
        if neighbour is not None and neighbour(self.debrief) is None:
            return None
        own = {
            "act": hasattr(self, "action_act"),
            "take_back": self.older() is not None,
            "bring_back": self.older() is not None,
            "observations": hasattr(self, "action_observations"),
            "waiting": hasattr(self, "action_waiting"),
            "look_back": hasattr(self, "action_look_back"),
            "ready": hasattr(self, "action_ready"),
        }
        return own.get(action, True)


class FieldsPhase(PhaseScreen, FieldsScreen):
    """A phase with a form. While that is hidden, what is typed goes through its fields all the same."""

    def show_work(self, debrief: Debrief) -> None:
        self.set_class(self.size.width >= BESIDE, "-beside")
        super().show_work(debrief)

    @on(DescendantFocus)
    def _light_panel(self, message: DescendantFocus) -> None:
        light(self.query(Panel), message.widget)

    def action_to_field(self, by: int) -> None:
        if not self.covered:
            super().action_to_field(by)
            return
        fields = [each for each in self.query("Input, TextArea, ChoiceField") if each.parent and each.parent.display]
        here = self.focused or self._left
        at = fields.index(here) if here in fields else -1
        self.set_focus(None)
        self._left = fields[(at + by) % len(fields)]

    def action_done(self) -> None:
        if self.covered and isinstance(self.focused or self._left, Input | Wording):
            self.action_to_field(1)
        else:
            super().action_done()


class FormScreen(FieldsPhase):
    """A phase whose fields save themselves when they are left or typing rests; subclasses say what a field means."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: dict[str, str] = {}
        self._resting: Timer | None = None

    def saved(self) -> Mapping[str, str]:
        """What is saved of each field, by its id."""
        return {}

    def unentered_in(self, field: Input | TextArea) -> str:
        text = super().unentered_in(field)
        return "" if text == self.saved().get(field.id or "") else text

    def save_field(self, id: str, value: str) -> None:
        """Save the text of one field."""

    def finished(self, field: Input | TextArea) -> None:
        """A field was left; its text may still be completed."""

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _field_changed(self, message: Input.Changed | TextArea.Changed) -> None:
        if id := message.control.id:
            self._changed[id] = text_of(message.control)
            if self._resting is not None:
                self._resting.stop()
            self._resting = self.set_timer(REST, self.flush)

    @on(DescendantBlur)
    def _field_left(self, message: DescendantBlur) -> None:
        if isinstance(message.widget, Input | TextArea):
            self.flush()
            self.finished(message.widget)

    def confirmed(self, what: Hashable, sentence: str) -> bool:
        """Save first: a sentence about a field would otherwise soon replace the one that says what a second press does."""
        self.flush()
        return super().confirmed(what, sentence)

    def action_to_field(self, by: int) -> None:
        here = self._left if self.covered else None
        super().action_to_field(by)
        if isinstance(here, Input | TextArea):  # hidden, it is left without losing the focus
            self.flush()
            self.finished(here)

    def flush(self) -> None:
        changed, self._changed = self._changed, {}
        for id, value in changed.items():
            self.save_field(id, value)


def _called(stop: Stop) -> str:
    return "the break" if stop.rest else stop.title.casefold()


def although(*parts: str) -> str:
    """What the room should hear before it goes on all the same, as the end of a sentence."""
    listed = ", ".join(filter(None, parts))
    return f", though {listed}" if listed else ""


def panel(*ids: str, title: str, classes: str = "") -> Panel:
    """A panel that scrolls, of texts below each other with these ids. It is called like the first: `moments-box` around `moments`."""
    return Panel(*(Fitted(id=id) for id in ids), title=title, id=f"{ids[0]}-box", classes=classes)
