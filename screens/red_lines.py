"""The red lines, one after the other, large enough for a room: held, strained or crossed."""

from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.commands import RED_LINES, bindings
from screens.desk import Desk
from screens.face import face
from screens.sized import Sized
from screens.widgets.banner import Banner
from screens.widgets.keys import Keys
from screens.widgets.paragraphs import hung
from store import red_lines
from store.clock import Cue
from store.debrief import Debrief
from store.model import HELD
from store.red_lines import SIGNS, Read, State
from store.refused import Refused
from store.text import clipped, visible

STYLES = {"held": "bold $success", "strained": "bold $warning", "crossed": "bold $error", None: "dim"}


def red_line(line: Read) -> Content:
    """A red line with what became of it, as lists show it: by a sign and a word, and a colour besides."""
    said = f"{SIGNS[line.state]} {line.state}: " if line.state else "— "
    gone = "  (no longer in the pact)" if line.gone else ""
    return Content.assemble((said, STYLES[line.state]), visible(line.text), (gone, "dim"))


class RedLinesScreen(Sized[None], ModalScreen[None]):
    """The one that is read out stands in the middle, all of them below it."""

    CSS_PATH = "red_lines.tcss"
    commands = RED_LINES
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(RED_LINES),
        *(Binding(str(n), f"mark('{state}')", state, show=False, priority=True) for n, state in enumerate(HELD, 1)),
        Binding("down,enter,space", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Before", show=False, priority=True),
        Binding("right", "step(1)", "To the right", show=False, priority=True),
        Binding("left", "step(-1)", "To the left", show=False, priority=True),
        Binding("pagedown", "scroll(1)", "Down", show=False, priority=True),
        Binding("pageup", "scroll(-1)", "Up", show=False, priority=True),
        Binding("delete", "unmark", "Unmark", show=False, priority=True),
        Binding("f4", "leave", "Done", show=False, priority=True),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]

    at: reactive[int] = reactive(0, init=False)
    """Which of the lines is read out, from 0."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Read, ...] = ()
        self._clock = ""

    @property
    def desk(self) -> Desk:
        """The app."""
        return cast(Desk, self.app)

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Vertical(id="reading"):
            yield Static(id="which", markup=False)
            with VerticalScroll(id="large", can_focus=False):
                yield Static(id="line", markup=False)
            yield Static(id="states", markup=False)
        with VerticalScroll(id="lines", can_focus=False):
            yield Static(id="list", markup=False)
        yield Banner()
        yield Static(id="hint", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """Begin with the first that the room has not spoken about."""
        self._lines = red_lines.read_out(self.desk.debrief)
        unmarked = (at for at, line in enumerate(self._lines) if line.state is None)
        self.set_reactive(RedLinesScreen.at, next(unmarked, 0))
        self.say("")
        self.show(self.desk.debrief)

    def on_resize(self) -> None:
        """Wrap for the new width."""
        self.call_after_refresh(lambda: self.show(self.desk.debrief))

    def show(self, debrief: Debrief) -> None:
        """Draw the lines of a debrief."""
        self._lines = red_lines.read_out(debrief)
        if not self._lines:  # the pact was changed by another Redraw
            self.dismiss()
            return
        self.set_reactive(RedLinesScreen.at, min(self.at, len(self._lines) - 1))
        line = self._lines[self.at]
        with self.app.batch_update():
            self._clock = ""
            self.tick()
            gone = ", no longer in the pact" if line.gone else ""
            self.query_one("#which", Static).update(f"{self.at + 1} of {len(self._lines)}{gone}")
            self.query_one("#line", Static).update(visible(line.text))
            self.query_one("#states", Static).update(_states(line.state))
            self.query_one("#list", Static).update(self._list())
            for state in HELD:
                self.set_class(line.state == state, f"-{state}")

    def _list(self) -> Content:
        """All lines; where there is room for it, whole and apart from each other."""
        tall = self.has_class("-tall")
        width = max(20, self.size.width - (6 if tall else 4))
        rows: list[Content] = []
        above = 0
        for at, line in enumerate(self._lines):
            here = at == self.at
            label = f"{'▸' if here else ' '}{at + 1:>3}  {SIGNS[line.state]} {line.state or '':<8}  "
            text = visible(line.text) if tall else clipped(line.text, width - len(label))
            style = STYLES[line.state] if line.state else "bold" if here else "dim"
            row = hung(Content.styled(text, "bold" if here else ""), width, label, style)
            if here:
                above = sum(each.plain.count("\n") + (2 if tall else 1) for each in rows)
            rows.append(row)
        lines = self.query_one("#lines", VerticalScroll)
        lines.scroll_to(y=max(0, above - lines.size.height // 3), animate=False)
        return Content("\n\n" if tall else "\n").join(rows)

    def tick(self) -> None:
        """The time that is left stands here too, for this covers the clock."""
        shown = face(self.desk.debrief, self.desk.now())
        clock = shown.digits if shown.cue is Cue.NONE else f"{shown.digits}  {shown.state}"
        if clock != self._clock:
            self._clock = clock
            self.query_one("#head", Static).update(
                Content.assemble(
                    ("Red lines", "bold"), f"   {red_lines.in_words(self.desk.debrief)}   ", (clock, "bold $accent")
                )
            )

    def watch_at(self) -> None:
        """Another line is read out."""
        self.query_one("#large", VerticalScroll).scroll_home(animate=False)
        self.say("")
        self.show(self.desk.debrief)

    def say(self, sentence: str, wrong: bool = False) -> None:
        """Put a sentence at the foot; an empty one puts the hint back."""
        hint = self.query_one("#hint", Static)
        hint.update(visible(sentence) or "↓ ↑ the next, the one before  ·  Backspace: not marked  ·  saved at once")
        hint.set_class(wrong, "-wrong")

    def action_mark(self, state: State) -> None:
        """Keep what the room says of the line that is read out."""
        self._mark(state)

    def action_unmark(self) -> None:
        """Take the mark off."""
        self._mark(None)

    def _mark(self, state: State | None) -> None:
        text = self._lines[self.at].text
        self.say("")
        try:
            self.desk.change(lambda debrief, _: red_lines.mark(debrief, text, state))
        except Refused as why:
            self.say(str(why), wrong=True)

    def action_step(self, by: int) -> None:
        """The state to the right or to the left; from none, the first."""
        states: tuple[State, ...] = ("held", "strained", "crossed")
        state = self._lines[self.at].state
        at = 0 if state is None else min(max(states.index(state) + by, 0), len(states) - 1)
        self._mark(states[at])

    def action_move(self, by: int) -> None:
        """The line before or after."""
        self.at = min(max(self.at + by, 0), len(self._lines) - 1)

    def action_scroll(self, direction: int) -> None:
        """Scroll a line that is longer than there is room for."""
        large = self.query_one("#large", VerticalScroll)
        large.scroll_relative(y=direction * max(1, large.size.height - 1), animate=False)

    def action_leave(self) -> None:
        """Back to the opening."""
        self.dismiss()


def _states(chosen: State | None) -> Content:
    words = []
    for state in HELD:
        word = f"{SIGNS[state]} {state}"  # type: ignore[index]
        words.append(
            Content.styled(f"[ {word} ]", f"reverse {STYLES[state]}") if state == chosen else Content(f"  {word}  ")
        )
    return Content("   ").join(words)
