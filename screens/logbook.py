"""The logbook, which is home: every probe with its state, found by typing; what is due comes first."""

from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.commands import LOGBOOK, bindings
from screens.desk import Desk
from screens.sized import Sized
from screens.widgets.banner import Banner
from screens.widgets.entry import PlainInput
from screens.widgets.keys import Keys
from store import logbook
from store.figures import signed
from store.logbook import Entry, State
from store.text import clipped

BATCH = 40
"""Rows that are added at once when the end of those that are listed comes into sight."""

_STYLES = {
    State.LIVE: "bold reverse $accent",
    State.DUE: "bold $warning",
    State.OVERDUE: "bold $error",
    State.RUNNING: "$accent",
    State.PLANNED: "$foreground",
    State.DEBRIEFED: "$success",
    State.LAPSED: "dim",
}


class LogbookScreen(Sized[None]):
    """A field to search in and the list below it; the arrows move in the list while the field has the focus."""

    CSS_PATH = "logbook.tcss"
    AUTO_FOCUS = "#search"
    commands = LOGBOOK
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
        self._entries: tuple[Entry, ...] = ()
        self._shown: tuple[Entry, ...] = ()
        self._drawn: object = None

    @property
    def desk(self) -> Desk:
        """The app."""
        return cast(Desk, self.app)

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield PlainInput(placeholder="type to search", id="search")
        yield OptionList(id="probes", markup=False)
        yield Static(id="detail", markup=False)
        yield Banner()
        yield Static(id="hint", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """The arrows move in the list, the field keeps the focus."""
        probes = self.query_one("#probes", OptionList)
        probes.can_focus = False
        self.watch(probes, "scroll_y", self._list_more, init=False)

    def on_screen_resume(self) -> None:
        """At the start and back from a session: what is due may have changed."""
        self.list_anew()

    def list_anew(self) -> None:
        """Read the probes again, and show them."""
        self._entries = self.desk.logbook_entries()
        self._show()

    def on_resize(self) -> None:
        """The columns follow the width, the rows the height."""
        self._show()
        self.call_after_refresh(self._list_more)

    def tick(self) -> None:
        """Nothing here moves by the second."""

    @on(Input.Changed)
    def _show(self) -> None:
        typed = self.query_one("#search", Input).value
        drawn = (self._entries, typed, self.size.width, self.desk.read_only)
        if drawn == self._drawn or not self.size.width:
            return
        self._drawn = drawn
        self._shown = logbook.matching(self._entries, typed)
        probes = self.query_one("#probes", OptionList)
        at = self._highlighted()
        with self.app.batch_update():
            probes.clear_options()
            first = self.size.height  # more than are seen, so that there is something to scroll to
            probes.add_options(self._options(0, first))
            ids = [entry.probe for entry in self._shown[:first]]
            probes.highlighted = (ids.index(at) if at in ids and typed else 0) if ids else None
            self._head()
            self._detail()

    def _list_more(self) -> None:
        """Add more rows, where the last of them is coming into sight: a thousand at once would hold up whoever types."""
        probes = self.query_one("#probes", OptionList)
        listed = probes.option_count
        if listed < len(self._shown) and probes.scroll_offset.y + 2 * probes.size.height > listed:
            probes.add_options(self._options(listed, listed + BATCH))

    def _options(self, start: int, stop: int) -> list[Option]:
        return [Option(self._row(entry), id=entry.probe) for entry in self._shown[start:stop]]

    def _highlighted(self) -> str:
        option = self.query_one("#probes", OptionList).highlighted_option
        return (option.id if option else None) or ""

    def _head(self) -> None:
        due = sum(entry.state in (State.DUE, State.OVERDUE, State.LIVE) for entry in self._entries)
        said = f"{len(self._entries)} probe{'' if len(self._entries) == 1 else 's'}" + (
            f", {due} to debrief" if due else ""
        )
        demo = f"   DEMO{self.desk.speed_note}" if self.desk.demo else ""
        self.query_one("#head", Static).update(
            Content.assemble(("Logbook", "bold"), f"   {said}", (demo, "bold $warning"))
        )

    def _row(self, entry: Entry) -> Content:
        width = max(40, self.size.width - 6)
        when = 26 if width > 90 else 24  # the longest date in full
        gap = ""
        if entry.gap is not None and width > 100:
            gap = f"{signed(entry.gap[0])} autonomy, {signed(entry.gap[1])} benefit"
        gap_width = 28 if width > 100 else 0
        rest = width - 10 - when - gap_width - 4
        partner = rest * 2 // 5 if rest > 50 else 0
        title = rest - partner
        return Content.assemble(
            (f"{entry.state.upper() if entry.pressing else entry.state:<10}", _STYLES[entry.state]),
            f"{clipped(entry.when, when - 1):<{when}} ",
            (f"{clipped(entry.title, title - 1):<{title}} ", "bold" if entry.pressing else ""),
            f"{clipped(', '.join(entry.partners), max(1, partner - 1)) if partner else '':<{partner}} ",
            f"{gap:>{gap_width}}" if gap_width else "",
        )

    @on(OptionList.OptionHighlighted)
    def _about(self) -> None:
        self._detail()

    def _detail(self) -> None:
        id = self._highlighted()
        entry = next((each for each in self._shown if each.probe == id), None)
        hint, detail = self.query_one("#hint", Static), self.query_one("#detail", Static)
        if entry is None:
            nothing = "Nothing fits what is typed: Escape clears it." if self._entries else "No probe yet."
            detail.update(nothing)
            hint.update("Ctrl+N enters a new probe.")
            return
        detail.update(
            Content.assemble((clipped(entry.title, 200), "bold"), "\nwith ", clipped(", ".join(entry.partners), 200))
            if entry.partners
            else Content.styled(clipped(entry.title, 200), "bold")
        )
        does = {
            State.LIVE: f"goes on with the session, at {entry.phase.replace('_', ' ')}",
            State.DUE: "starts the debrief",
            State.OVERDUE: "starts the debrief",
        }.get(entry.state, "opens it")
        if self.desk.read_only:
            does = "shows it"
        elif entry.state not in (State.LIVE, State.DUE, State.OVERDUE) and entry.session:
            does = "goes on with the session" if entry.phase else "shows the session"
        more = "  ·  ↑ ↓ choose  ·  type to find"
        hint.update(f"Enter {does}{more if len(does) + len(more) < self.size.width - 8 else ''}")

    @on(Input.Submitted)
    def _open(self) -> None:
        if id := self._highlighted():
            self.desk.open_probe(id)

    @on(OptionList.OptionSelected)
    def _clicked(self, message: OptionList.OptionSelected) -> None:
        if message.option.id:
            self.desk.open_probe(message.option.id)

    def action_move(self, by: int) -> None:
        """Up and down in the list."""
        probes = self.query_one("#probes", OptionList)
        if probes.option_count:
            at = (probes.highlighted or 0) + by
            probes.highlighted = min(max(at, 0), probes.option_count - 1)

    def action_clear(self) -> None:
        """Empty the search."""
        self.query_one("#search", Input).value = ""

    def action_new(self) -> None:
        """A new probe."""
        self.desk.edit_probe(None)

    def action_probe(self) -> None:
        """The form of the probe that is highlighted."""
        if id := self._highlighted():
            self.desk.edit_probe(id)

    def action_leave(self) -> None:
        """Quit."""
        self.desk.quit()

    def say(self, sentence: str, wrong: bool = False) -> None:
        """A sentence in place of the hint."""
        self.query_one("#hint", Static).update(sentence)
