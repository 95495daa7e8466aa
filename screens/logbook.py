"""The logbook, which is home: every probe with its state, found by typing; what is due comes first."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from screens import logbook_drawing as drawing
from screens.frame.footer import Banner, HintLine, HintScreen, Keys, hinted
from screens.frame.help import LOGBOOK_HELP
from screens.frame.keys import LOGBOOK, MOVING, bindings
from screens.frame.question import ask
from screens.logbook_drawing import Widths
from screens.widgets.entry_field import PlainInput
from screens.widgets.line_list import LineList
from screens.widgets.panel import titled
from store.logbook import listing
from store.logbook.listing import LogbookEntry
from store.probe_state import State
from store.words.text import clipped

if TYPE_CHECKING:
    from store.trends.case import Case

WITH_PANE = 120
"""Columns from which details of a probe have a pane of their own."""


SETTLED = 0.03
"""Seconds that a probe is highlighted before its matrix is drawn: who passes by doesn't wait for it."""


REST = 3.0
"""The same before anybody has moved in the list: the start and what is typed first don't wait for imports."""


class Pane(Static):
    """Details of the highlighted probe, beside the list."""

    class Roomy(Message):
        """Its size has changed, or it appears with the first probe."""

    def on_resize(self) -> None:
        self.post_message(self.Roomy())


class LogbookScreen(HintScreen[None]):
    """A field to search in and the list below it; the arrows move in the list while the field has the focus."""

    CSS_PATH = "logbook.tcss"
    AUTO_FOCUS = "#search"
    commands = LOGBOOK
    help_text = LOGBOOK_HELP
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WITH_PANE, "-wide"), (170, "-vast")]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(LOGBOOK),
        *MOVING,
        Binding("escape", "clear", "Clear", show=False),
    ]

    _entries: tuple[LogbookEntry, ...] = ()
    _begins_at = ""
    _drawn: object = None
    _typed = ""

    def __init__(self) -> None:
        super().__init__()
        self._cases: dict[str, Case | None] = {}
        """The probes that were looked at, as they were debriefed, for their small matrix."""
        self._closer: Timer | None = None
        self._prepared = self._moved = False

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Horizontal(id="middle"):
            with titled(Vertical(id="listed"), "Probes", focused=True):
                yield PlainInput(placeholder="type to find a probe  ·  Ctrl+F searches every text", id="search")
                yield Static(id="columns", markup=False)
                yield Static(id="begin", markup=False)
                yield LineList(self._row, id="probes")
            yield titled(Pane(id="pane", markup=False), "In short")
        yield Static(id="detail", markup=False)
        yield Banner()
        yield HintLine()
        yield Keys()

    def on_screen_resume(self) -> None:
        """At the start and back from a session: what is due may have changed."""
        self.list_anew()

    def new_minute(self) -> None:
        if self.is_active:  # otherwise it is listed anew when it comes up
            self.list_anew(quietly=True)

    def list_anew(self, quietly: bool = False) -> None:
        begun = bool(self._entries)
        self._entries = self.live.logbook.entries(quietly)
        self._cases.clear()
        self._begins_at = "" if self._entries else self.live.logbook.begins_at
        if begun != bool(self._entries):
            self.refresh_bindings()
        self._head()
        self._show()

    def on_resize(self) -> None:
        """What stands around the list follows the width; the list sees to itself."""
        self.call_after_refresh(self._show)

    @property
    def _probes(self) -> LineList[LogbookEntry]:
        return self.query_one("#probes", LineList)

    @on(Pane.Roomy)
    @on(LineList.Resized)
    @on(Input.Changed)
    def _show(self) -> None:
        typed = self.query_one("#search", Input).value
        pane, rows = self.query_one(Pane).content_size, 0 if self._entries else self.query_one("#listed").size.height
        drawn = (self._entries, self._begins_at, typed, self.size, self._widths, pane, rows, self.live.status.read_only)
        if drawn == self._drawn or not self.size.width:
            return
        self._drawn = drawn
        at = self._highlighted()
        shown = listing.matching(self._entries, typed)
        again = typed == self._typed
        self._typed = typed
        # What stands far below is not what was looked for; but where nothing else was typed, the choice stays.
        lines = drawing.headed(shown, self._probes.size.height)
        near = lines if again else lines[: self.size.height] if typed else ()
        self._probes.put(lines, next((n for n, line in enumerate(near) if getattr(line, "probe", "") == at), 0))
        self.query_one("#columns", Static).update(drawing.heads(self._widths) if shown else "", layout=False)
        self._detail()

    def _highlighted(self) -> str:
        entry = self._probes.item
        return entry.probe if entry else ""

    def _head(self) -> None:
        due = sum(entry.pressing and not entry.dissent for entry in self._entries)
        said = f"{len(self._entries)} probe{'' if len(self._entries) == 1 else 's'}" + (
            f", {due} to debrief" if due else ""
        )
        demo = f"   DEMO{self.host.speed_note}" if self.live.demo else ""
        self.query_one("#head", Static).update(
            Content.assemble(("Logbook", "bold"), f"   {said}", (demo, "bold $warning")), layout=False
        )

    @property
    def _widths(self) -> Widths:
        return drawing.widths(self._probes.scrollable_content_region.width)

    def _row(self, entry: LogbookEntry) -> Content:
        return drawing.row(entry, self._widths)

    @on(LineList.Highlighted)
    def _detail(self) -> None:
        entry = self._probes.item
        pane = self.query_one("#pane", Static)
        begin = self.query_one("#begin", Static)
        begin.display = entry is None
        pane.set_class(not self._entries, "-empty")
        if entry is None:
            said = drawing.beginning(self.size.width - 6, self.query_one("#listed").size.height - 1, self._begins_at)
            begin.update(drawing.NOTHING_FITS if self._entries else said)
        for each in ("#probes", "#columns", "#detail"):
            self.query_one(each).set_class(not self._entries, "-empty")
        self.query_one("#detail", Static).update(
            drawing.in_short(entry, self.size.width) if entry else "", layout=False
        )
        if pane.display:
            said = drawing.in_full(entry, *pane.content_size, partial(self._matrix, entry)) if entry else Content("")
            pane.update(said, layout=False)
        self.say("")

    def _matrix(self, entry: LogbookEntry, columns: int, rows: int) -> Content | None:
        """The small matrix of a probe; room for it until that is read, and what draws it is imported."""
        if entry.probe not in self._cases:
            if self._closer is not None:
                self._closer.stop()
            wait = SETTLED if self._moved or self._prepared else REST
            self._closer = self.set_timer(wait, partial(self._look_closer, entry))
            return Content("\n" * (rows - 1))
        case = self._cases[entry.probe]
        if case is None:
            return None
        from screens.logbook_matrix import small

        return small(case, columns, rows)

    def _look_closer(self, entry: LogbookEntry) -> None:
        """Read a probe that stays highlighted; the first time what draws it is imported aside, which takes a while."""
        if self._prepared:
            self._cases[entry.probe] = self.live.logbook.case(entry.probe)
            if self._probes.item is entry:
                self._detail()
        else:
            self.run_worker(partial(self._prepare, entry), thread=True, exit_on_error=False)

    def _prepare(self, entry: LogbookEntry) -> None:
        from screens.logbook_matrix import prepare

        prepare()
        self._prepared = True
        self.app.call_from_thread(self._look_closer, entry)

    def standing_hint(self) -> str:
        return hinted(self._hints(self._probes.item), self.size.width - 2)

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
        if (entry.origin and entry.state is not State.CONFLICT) or self.live.status.read_only:
            does = "shows it"
        elif not entry.pressing and entry.state is not State.CONFLICT and entry.session:
            does = "goes on with the session" if entry.phase else "shows the session"
        return (f"Enter {does}", "Ctrl+O its form" if entry.ours else "", "Ctrl+Q quits", "↑ ↓ choose")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a probe there is none to look at."""
        return bool(self._entries) or action not in ("observe", "pact", "probe")

    @on(Input.Submitted)
    @on(LineList.Chosen)
    def _open(self) -> None:
        if id := self._highlighted():
            self.host.take_up(id)

    def action_move(self, by: int) -> None:
        self._probes.move(by)
        if not self._moved:
            self._moved = True
            self._detail()

    def action_clear(self) -> None:
        self.query_one("#search", Input).value = ""

    def action_new(self) -> None:
        self.host.edit_probe(None)

    def action_probe(self) -> None:
        entry = self._probes.item
        if entry is None:
            return
        if entry.ours:
            self.host.edit_probe(entry.probe)
        else:
            self.say("Another group's record stays as it came: Enter shows it.")

    def action_dissent(self) -> None:
        """The open dissent session of the probe that is highlighted, or a new one."""
        self.host.open_dissent(self._highlighted())

    def action_principles(self) -> None:
        from screens.probe.non_negotiables import PrinciplesScreen

        self.live.writer.claim()
        if self.live.open_new():
            self.app.push_screen(PrinciplesScreen())

    def action_observe(self) -> None:
        """The observer's screen for the probe that is highlighted; if another one is under way, ask which is meant."""
        at, under_way = self._probes.item, listing.under_way(self._entries)
        if at is None:
            return
        if at in under_way or len(under_way) != 1:
            self._observe(at)
            return
        answers = [
            (f"{clipped(each.title, 200)} ({each.state}, {each.when})", partial(self._observe, each))
            for each in (*under_way, at)
        ]
        ask(self.app, "Which action is observed?", *answers, ("Neither", None))

    def observe_what_runs(self) -> None:
        """The same for the one probe that is under way, where this list can't be seen; else for the highlighted one."""
        under_way = listing.under_way(self._entries)
        if len(under_way) == 1:
            self._observe(under_way[0])
        else:
            self.action_observe()

    def _observe(self, entry: LogbookEntry) -> None:
        from screens.observe import ObserveScreen

        if self.live.open(entry.probe):
            self.app.push_screen(ObserveScreen())

    def action_pact(self) -> None:
        if id := self._highlighted():
            self.host.open_pact(id)

    def action_trends(self) -> None:
        from screens.trends.trends import TrendsScreen

        self.app.push_screen(TrendsScreen())

    def action_search(self) -> None:
        from screens.search import SearchScreen

        self.app.push_screen(SearchScreen())

    def action_guidelines(self) -> None:
        from screens.book.guidelines import GuidelinesScreen

        self.app.push_screen(GuidelinesScreen())

    def action_leave(self) -> None:
        self.host.quit()
