"""Observe: what an observer notices during the action, caught quickly, on a telephone or in a corner of the terminal."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.frame.clock_face import hour
from screens.frame.curtain import KEPT_SHUT, ShutScreen
from screens.frame.entry_line import EDIT, NEW_LINE, EntryScreen
from screens.frame.footer import Banner, HintLine, Keys
from screens.frame.help import OBSERVER_HELP
from screens.frame.keys import OBSERVER, SCROLLING, bindings
from screens.frame.refusals import in_public, with_remedies, with_remedy
from screens.widgets.entry_field import EntryField, Refusal, Refusals
from screens.widgets.panel import BARE, head, titled
from screens.widgets.record_lists import observation_lines
from store import entries
from store.entries import Rule
from store.live.live import Step
from store.model import OBSERVED, Observation
from store.refused import Refused
from store.report.lines import in_order
from store.words.numbers import counted
from store.words.text import clipped, lines_of

KINDS = (*OBSERVED, "")
"""The kinds in Tab's order; the last one is none."""

SEEN = 50
"""How many observations are listed, the latest first."""

ROOMY = 70
"""Columns from which all kinds are listed side by side."""


class ObserveScreen(ShutScreen[None], EntryScreen):
    """The latest observations in a panel; at the foot the kind of the next line and the field."""

    smallest = (30, 10)
    CSS_PATH = "observe.tcss"
    AUTO_FOCUS = "#field"
    place = "observe"
    numbered = "observations"
    commands = OBSERVER
    help_text = OBSERVER_HELP
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(OBSERVER), *SCROLLING]
    HORIZONTAL_BREAKPOINTS = [(0, "-bare"), (BARE, "-bordered")]
    VERTICAL_BREAKPOINTS = [(0, "-bare"), (16, "-tall")]

    kind = ""
    """The kind of the next line."""

    @property
    def draft_key(self) -> tuple[str, str]:
        return self.live.debrief.probe.id, "observe"

    def compose(self) -> ComposeResult:
        yield Static(id="title", markup=False)
        with titled(VerticalScroll(id="seen", can_focus=False), "Notes", focused=True):
            yield Static(id="list", markup=False)
        yield Static(id="kind", markup=False)
        yield self.entry_line("what you see")
        yield HintLine()
        yield Banner()
        yield Keys()

    def on_mount(self) -> None:
        assigned = self.live.debrief.probe.observers
        if self.host.observer is None and len(assigned) == 1:
            self.host.observer = assigned[0]
        self.put_back()
        self.show()

    def show(self, _: object = None) -> None:
        if not self.size.width:
            return
        with self.app.batch_update():
            self._show_head()
            self.field.mask = "all" if self.in_public() else ""
            self._show_kind()
            self.look_for_fresh(self.live.debrief)
            self.put("list", self._seen())
            self.refresh_hint()

    def draw_lists(self) -> None:
        self.show()

    def on_resize(self) -> None:
        self.call_after_refresh(self.show)

    def new_minute(self) -> None:
        """Keep the time in the head, which the next line will get, and the day of those before."""
        self.show()

    def action_curtain(self) -> None:
        """Draw the curtain or open it; the wall of a live session is left where it is seen."""
        if self.wall:
            self.say(KEPT_SHUT, wrong=True)
        else:
            super().action_curtain()

    def _show_head(self) -> None:
        title = clipped(self.live.debrief.probe.title, max(8, self.size.width - 18))
        self.query_one("#title", Static).update(
            Content.assemble((f"{hour(self.live.now())}  ", "bold $accent"), ("Observe  ", "bold"), title)
        )
        head(self.query_one("#seen"), "Notes", str(len(self._observations())))

    def _show_kind(self) -> None:
        words = [each or "no kind" for each in KINDS]
        at = KINDS.index(self._kind_so_far())
        following = words[(at + 1) % len(words)]
        chosen = Content.styled(f"[{words[at]}]", "reverse bold")
        kind = Content.assemble(chosen, (f"  Tab: {following}", "dim"))
        if self.size.width >= ROOMY:
            kind = Content(" ").join(
                [chosen if each == words[at] else Content(f" {each} ") for each in words]
                + [Content.styled("Tab", "dim")]
            )
        self.query_one("#kind", Static).update(kind)
        self.show_lead()

    def lead(self) -> str:
        return f"{clipped(self.host.observer, 12)} ›" if self.host.observer and not self.in_public() else "›"

    def _kind_so_far(self) -> str:
        typed = self.field.value
        try:
            said = entries.read_observation(typed, self.live.debrief, self.live.now()).kind
        except Refused:
            said = None
        return self.kind if said is None else said

    def _seen(self) -> Iterator[Content]:
        seen = self._observations()
        if self.in_public():
            yield Content(f"Curtain drawn: {counted(len(seen), 'observation')}. {self.opening_key()}.")
            return
        if not seen:
            yield Content.styled(
                "Friction, narrative shifts, synergy, autonomy erosion: notice, and don't lead.", "dim"
            )
        today = datetime.fromtimestamp(self.live.now()).astimezone().date()
        yield from observation_lines(
            seen[:SEEN], min(self.query_one("#seen").size.width - 1, 100), today, self.fresh, numbered=True
        )
        if len(seen) > SEEN:
            yield Content.styled(f"and {len(seen) - SEEN} earlier", "dim")

    def _observations(self) -> list[Observation]:
        """The saved observations and those that were handed over and aren't saved yet, the latest first."""
        debrief = self.live.debrief
        known = {each.note for each in debrief.observations}
        handed = [
            each for each in self.live.notes.handed_over if each.probe == debrief.probe.id and each.note not in known
        ]
        return in_order([*debrief.observations, *handed])[::-1]

    def hint(self) -> str:
        names = () if self.in_public() else self.live.debrief.probe.observers
        who = (
            ""
            if self.host.observer
            else f"@{clipped(names[0], 12)} says who you are"
            if names
            else "@name says who you are"
        )
        if self.size.width < ROOMY:
            return who or "Enter notes it · f: its kind"
        name = "" if self.host.observer or who else "@name who, "
        return f"{who or 'Enter notes it'}  ·  before it: 14:05 when, {name}f: n: s: a: kind"

    def rule(self) -> Rule:
        return entries.observation_rule(self.kind, self.host.observer)

    def editing_rule(self) -> Rule:
        return entries.replacing_rule("observations", entries.observation_rule())

    def last_line(self) -> str | None:
        last = entries.last(self.live.debrief, "observations")
        return entries.line_of(last) if last else None

    def why_not_edited(self) -> str:
        if self.live.status.read_only:
            return "What is saved can be edited only in the Redraw that writes."
        return "" if self.last_line() else "Nothing that was entered here is left to edit."

    def enter(self, rule: Rule, text: str) -> Refusals:
        return with_remedies(self.live.observe(rule, text, self.place))

    def take(self, text: str) -> Refusals:
        editing = self.editing
        if not editing and text.strip().startswith("@") and self._is_name(text):
            return ()
        if editing and self.live.status.read_only:
            why = f"{self.why_not_edited()} Escape leaves it as it was."
            return (Refusal(text, why, why),)
        before = len(self._observations())
        refused = super().take(text)
        count = len(self._observations()) - before
        if count or (editing and not self.editing):
            self._noted(text, count)
        return refused

    def _noted(self, text: str, count: int) -> None:
        """Keep the observer who was named; the next line has no kind yet."""
        self.kind = ""
        last = max(self._observations(), key=lambda each: each.number)
        if text.lstrip().startswith("@") and len(lines_of(text)) == 1:
            self.host.observer = last.by
        handed = ", handed to the Redraw that writes" if self.live.status.read_only else ""
        self.show()
        read = "Noted" if self.in_public() else f"Noted: {entries.as_read(last, self.live.now())}"
        noted = f"{count} observations" if count > 1 else read
        named = last.by is None and entries.names_somebody([last.text], entries.observers(self.live.debrief))
        self.say(f"{noted}{handed}.{' It begins with a name: “@name …” keeps that apart.' if named else ''}")

    def _is_name(self, text: str) -> bool:
        """Whether a line is only a name, which is then kept for the lines that follow. An @ alone keeps none."""
        name = text.strip()[1:].strip()
        names = entries.observers(self.live.debrief)
        try:
            found = entries.whose(name, names) if name else None
        except Refused as why:
            self.refuse(with_remedy(why), in_public(why))
            return True
        if found is not None and found not in names and len(name.split()) > 1:
            return False
        self.host.observer = found
        self.show()
        whose = "that name" if self.in_public() else found
        self.say(f"Noted for {whose} from now on." if found else "From now on no name is kept.")
        return True

    def typed(self, value: str) -> None:
        stands = self.sentence in ("", EDIT, NEW_LINE) or self.query_one(HintLine).has_class("-wrong")
        if value and not stands:
            self.say("")
        self._show_kind()

    @on(EntryField.Turned)
    def _next_kind(self) -> None:
        self.kind = KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)]
        self._show_kind()

    def older(self) -> Step:
        return lambda debrief, _: entries.take_back(debrief, "observations")
