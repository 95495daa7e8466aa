"""The logbook, which is home: every probe with its state, found by typing; what is due comes first."""

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from screens.frame.banner import Banner
from screens.frame.base import Sized
from screens.frame.footer import Keys
from screens.frame.help_texts import ABOUT_LOGBOOK
from screens.frame.hints import hinted
from screens.frame.keys import LOGBOOK, bindings
from screens.widgets.entry_field import PlainInput
from screens.widgets.line_list import Lines
from screens.widgets.paragraphs import hung
from store.logbook import details, listing
from store.logbook.listing import LogbookEntry
from store.probe_state import State
from store.words.numbers import signed
from store.words.text import clipped, visible

_STYLES = {
    State.LIVE: "bold reverse $accent",
    State.CONFLICT: "bold $warning",
    State.DUE: "bold $warning",
    State.OVERDUE: "bold $error",
    State.RUNNING: "$accent",
    State.PLANNED: "$foreground",
    State.DEBRIEFED: "$success",
    State.LAPSED: "dim",
}


def _column(text: str, width: int) -> str:
    """`text` in a column of so many cells, the last of which stays empty. A letter may take two."""
    text = clipped(text, width - 1)
    if cell_len(text) >= width:
        text = set_cell_size(text, width - 2) + "…"
    return set_cell_size(text, width)


WITH_PANE = 120
"""Columns from which what is known of a probe stands in a pane of its own."""

_GAP = "gap: autonomy, benefit"

_NARROW_GAP = 10
"""Columns for the two figures of a gap, where there is no room to name its axes in every line."""

_LABEL = 12
"""Columns for what a line about a probe is about, where there is a pane for it."""

_BEGIN = (
    ("F7", "your non-negotiables: the principles that you won't trade"),
    ("F4", "an open dissent session: what pulls you, which probe teaches most"),
    ("Ctrl+N", "a probe that is agreed already: its partners, its pact"),
    ("F5", "during the action: what your observers notice"),
    ("Enter", "within 24 hours of the action: its debrief"),
)
"""Where the practice begins, for an empty logbook."""


_NOTHING_FITS = "No probe has that in its title, its partners or its state. Ctrl+F looks in every text."
"""What stands in the place of the list while nothing in it fits what is typed."""


def _beginning(width: int) -> Content:
    lines = [Content("No probe is here yet. The practice begins with:\n")]
    lines += [hung(Content(does), width, f"{key:<8}", "bold $accent") for key, does in _BEGIN]
    lines.append(Content("\nF1 has every key. A year of samples to look at: redraw demo, from a shell."))
    return Content("\n").join(lines)


class Pane(Static):
    """What is known of the chosen probe, where there is room for that beside the list."""

    class Roomy(Message):
        """It has another size, or comes into sight with the first probe."""

    def on_resize(self) -> None:
        """Have it drawn for that."""
        self.post_message(self.Roomy())


class LogbookScreen(Sized[None]):
    """A field to search in and the list below it; the arrows move in the list while the field has the focus."""

    CSS_PATH = "logbook.tcss"
    AUTO_FOCUS = "#search"
    commands = LOGBOOK
    about = ABOUT_LOGBOOK
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WITH_PANE, "-wide"), (170, "-vast")]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(LOGBOOK),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "move(10)", "Page down", show=False, priority=True),
        Binding("pageup", "move(-10)", "Page up", show=False, priority=True),
        Binding("escape", "clear", "Clear", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[LogbookEntry, ...] = ()
        self._drawn: object = None
        self._typed = ""

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield PlainInput(placeholder="type to find a probe  ·  Ctrl+F searches every text", id="search")
        with Horizontal(id="middle"):
            with Vertical(id="listed"):
                yield Static(id="columns", markup=False)
                yield Static(id="begin", markup=False)
                yield Lines(self._row, id="probes")
            yield Pane(id="pane", markup=False)
        yield Static(id="detail", markup=False)
        yield Banner()
        yield Static(id="hint", markup=False)
        yield Keys()

    def on_screen_resume(self) -> None:
        """At the start and back from a session: what is due may have changed."""
        self.list_anew()

    def list_anew(self) -> None:
        """Read the probes again, and show them."""
        begun = bool(self._entries)
        self._entries = self.desk.logbook_entries()
        if begun != bool(self._entries):
            self.refresh_bindings()
        self._head()
        self._show()

    def on_resize(self) -> None:
        """What stands around the list follows the width; the list sees to itself."""
        self.call_after_refresh(self._show)

    @property
    def _probes(self) -> Lines[LogbookEntry]:
        return self.query_one("#probes", Lines)

    @on(Pane.Roomy)
    @on(Input.Changed)
    def _show(self) -> None:
        typed = self.query_one("#search", Input).value
        pane = self.query_one(Pane).content_size
        drawn = (self._entries, typed, self.size, self._widths(), pane, self.desk.read_only)
        if drawn == self._drawn or not self.size.width:
            return
        self._drawn = drawn
        at = self._highlighted()
        shown = listing.matching(self._entries, typed)
        again = typed == self._typed
        self._typed = typed
        # What stands far below is not what was looked for; but where nothing else was typed, the choice stays.
        near = [entry.probe for entry in (shown if again else shown[: self.size.height] if typed else ())]
        self._probes.put(shown, near.index(at) if at in near else 0)
        self.query_one("#columns", Static).update(self._columns(), layout=False)
        self._detail()

    def _highlighted(self) -> str:
        entry = self._probes.item
        return entry.probe if entry else ""

    def _head(self) -> None:
        due = sum(entry.pressing and not entry.dissent for entry in self._entries)
        said = f"{len(self._entries)} probe{'' if len(self._entries) == 1 else 's'}" + (
            f", {due} to debrief" if due else ""
        )
        demo = f"   DEMO{self.desk.speed_note}" if self.desk.demo else ""
        self.query_one("#head", Static).update(
            Content.assemble(("Logbook", "bold"), f"   {said}", (demo, "bold $warning")), layout=False
        )

    def _widths(self) -> tuple[int, int, int, int]:
        """Columns for when, the title, the partners and the gap; the last two are 0 where there is no room for them."""
        width = max(40, self._probes.scrollable_content_region.width)
        when = 40 if width > 140 else 26 if width > 90 else 21
        gap = 28 if width > 140 else _NARROW_GAP if width > 60 else 0
        rest = width - 10 - when - gap - 1
        partner = rest * 2 // 5 if rest > 50 else 0
        return when, rest - partner, partner, gap

    def _columns(self) -> Content:
        """The heads of the columns; that of the gap may begin above the titles."""
        when, title, partner, gap = self._widths()
        if not self._probes.items:
            return Content("")
        left = f"{'':<11}{'':<{when}}{'probe':<{title}}{'with' if partner else '':<{partner}}"
        shown = _GAP if gap else ""
        return Content.styled(f"{left[: len(left) + gap - len(shown)]}{shown}".rstrip(), "dim")

    def _row(self, entry: LogbookEntry) -> Content:
        when, title, partner, gap_width = self._widths()
        gap = ""
        if entry.gap is not None:
            autonomy, benefit = map(signed, entry.gap)
            gap = f"{autonomy} autonomy, {benefit} benefit" if gap_width > _NARROW_GAP else f"{autonomy:>5}{benefit:>5}"
        style = _STYLES[State.OVERDUE if entry.owed and entry.state is State.LAPSED else entry.state]
        return Content.assemble(
            (f"{entry.state.upper() if entry.pressing else entry.state:<10}", style),
            f"{_column(entry.when_within(when - 1), when)} ",
            (_column(entry.title, title), "bold" if entry.pressing else ""),
            _column(", ".join(entry.partners), partner) if partner else "",
            f"{gap:>{gap_width}}" if gap_width else "",
        )

    @on(Lines.Highlighted)
    def _about(self) -> None:
        self._detail()

    def _detail(self) -> None:
        entry = self._probes.item
        pane = self.query_one("#pane", Static)
        begin = self.query_one("#begin", Static)
        begin.display = entry is None
        pane.set_class(not self._entries, "-empty")
        if entry is None:
            begin.update(_NOTHING_FITS if self._entries else _beginning(self.size.width - 4))
        self._probes.display = bool(self._entries)
        self.query_one("#detail", Static).update(self._in_short(entry) if entry else "", layout=False)
        if pane.display:
            pane.update(self._closer(entry, *pane.content_size) if entry else "", layout=False)
        self.query_one("#hint", Static).update(hinted(self._hints(entry), self.size.width - 2), layout=False)

    def _in_short(self, entry: LogbookEntry) -> Content:
        """Two lines about a probe."""
        gap = f"{signed(entry.gap[0])} autonomy, {signed(entry.gap[1])} benefit" if entry.gap else ""
        whose = f"of {entry.origin}" if entry.origin and entry.origin not in entry.when else ""
        partners = f"with {', '.join(entry.partners)}" if entry.partners else ""
        around = "  ·  ".join(
            filter(None, (f"{entry.state}: {entry.when_within(self.size.width // 2 - 5)}", gap, whose, partners))
        )
        return Content.assemble(
            (clipped(entry.title, 200), "bold"), f"\n{clipped(around, max(40, self.size.width - 2))}"
        )

    def _closer(self, entry: LogbookEntry, width: int, height: int) -> Content:
        """All that is known of a probe without opening it; its parts stand apart where there is room for that."""
        parts = [
            hung(Content.styled(clipped(entry.title, 200), "bold"), width, ""),
            Content.assemble((entry.state.upper(), _STYLES[entry.state]), f"  {visible(entry.when)}"),
        ]
        for label, line in details.told(entry):
            told = hung(Content.styled(line, "bold" if label == "gap" else ""), width, f"{label:<{_LABEL}}", "$accent")
            if label:
                parts.append(told)
            else:
                parts[-1] += Content.assemble("\n", told)
        page = Content("\n\n").join(parts)
        return page if page.plain.count("\n") < height else Content("\n").join(parts)

    def _hints(self, entry: LogbookEntry | None) -> tuple[str, ...]:
        if entry is None:
            return ("Nothing fits what is typed: Escape clears it.",) if self._entries else ("Ctrl+Q quits",)
        does = "starts the debrief" if entry.owed else "opens it"
        if entry.dissent:
            does = f"goes on with the open dissent session, at {entry.dissent}"
        elif entry.state is State.LIVE:
            does = f"goes on with the session, at {entry.phase.replace('_', ' ')}"
        elif entry.state is State.CONFLICT:
            does = f"asks which to keep, this or {entry.conflicts_with}"
        if (entry.origin and entry.state is not State.CONFLICT) or self.desk.read_only:
            does = "shows it"
        elif not entry.pressing and entry.state is not State.CONFLICT and entry.session:
            does = "goes on with the session" if entry.phase else "shows the session"
        return (f"Enter {does}", "Ctrl+O its form" if entry.ours else "", "Ctrl+Q quits", "↑ ↓ choose")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a probe there is none to look at."""
        return bool(self._entries) or action not in ("observe", "pact", "probe")

    @on(Input.Submitted)
    def _open(self) -> None:
        if id := self._highlighted():
            self.desk.open_probe(id)

    @on(Lines.Chosen)
    def _clicked(self, message: Lines.Chosen) -> None:
        self.desk.open_probe(message.item.probe)

    def action_move(self, by: int) -> None:
        """Up and down in the list."""
        self._probes.highlighted = (self._probes.highlighted or 0) + by

    def action_clear(self) -> None:
        """Empty the search."""
        self.query_one("#search", Input).value = ""

    def action_new(self) -> None:
        """A new probe."""
        self.desk.edit_probe(None)

    def action_probe(self) -> None:
        """The form of the probe that is highlighted, if it is ours."""
        entry = self._probes.item
        if entry is None:
            return
        if entry.ours:
            self.desk.edit_probe(entry.probe)
        else:
            self.say("Another group's record stays as it came: Enter shows it.")

    def action_dissent(self) -> None:
        """The open dissent session of the probe that is highlighted, or a new one."""
        self.desk.open_dissent(self._highlighted())

    def action_principles(self) -> None:
        """The group's non-negotiables."""
        self.desk.open_principles()

    def action_observe(self) -> None:
        """The observer's screen for the probe that is highlighted."""
        if id := self._highlighted():
            self.desk.observe_probe(id)

    def observe_what_runs(self) -> None:
        """The same for the one probe that is under way, where this list can't be seen; else for the highlighted one."""
        under_way = listing.under_way(self._entries)
        if len(under_way) == 1:
            self.desk.observe_probe(under_way[0].probe)
        else:
            self.action_observe()

    def action_pact(self) -> None:
        """The pact of the probe that is highlighted."""
        if id := self._highlighted():
            self.desk.open_pact(id)

    def action_trends(self) -> None:
        """What the probes tell together."""
        self.desk.open_trends()

    def action_search(self) -> None:
        """Search over everything."""
        self.desk.open_search()

    def action_guidelines(self) -> None:
        """The guidelines in force."""
        self.desk.open_guidelines()

    def action_leave(self) -> None:
        """Quit."""
        self.desk.quit()

    def say(self, sentence: str, wrong: bool = False) -> None:
        """A sentence in place of the hint."""
        self.query_one("#hint", Static).update(sentence, layout=False)
