"""Sentences that the room judges, one after the other, large enough to be read from the back of a hall."""

from abc import abstractmethod
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.frame.clock_face import clock_face
from screens.frame.footer import Banner, Keys
from screens.frame.hint_line import HintLine, HintScreen
from screens.frame.keys import SCROLLING, KeyCommand, bindings
from screens.widgets.large_text import Poster
from screens.widgets.paragraphs import hung
from store.clock import Cue
from store.debrief import Debrief
from store.words.text import visible


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence and the room's judgement: `state` is None until there is one; `note` is shown beside its number."""

    key: Hashable
    text: str
    state: str | None
    note: str = ""


def keys_of(commands: tuple[KeyCommand, ...], states: Iterable[str]) -> list[BindingType]:
    """The keys of a page: its own, a digit for each state, and those that all pages share."""
    return [
        *bindings(commands),
        *(Binding(str(n), f"mark('{state}')", state, show=False, priority=True) for n, state in enumerate(states, 1)),
        Binding("down,enter,space", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Before", show=False, priority=True),
        Binding("right", "step(1)", "To the right", show=False, priority=True),
        Binding("left", "step(-1)", "To the left", show=False, priority=True),
        *SCROLLING,
        Binding("delete", "unmark", "Unmark", show=False, priority=True),
    ]


class JudgingScreen(HintScreen[None], ModalScreen[None]):
    """The sentence being judged is in the middle, the list of all below it."""

    CSS_PATH = "judging.tcss"
    scrolls = "#large"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]

    title_of_page: ClassVar[str]
    states: ClassVar[tuple[str, ...]]
    signs: ClassVar[Mapping[str | None, str]]
    colours: ClassVar[Mapping[str | None, str]]
    frames: ClassVar[Mapping[str, str]]
    """The CSS class of the frame by state: `-good`, `-fair`, `-bad`."""

    at: reactive[int] = reactive(0, init=False)
    """The index of the sentence being judged."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Judged, ...] = ()
        self._clock = ""

    # ---------------------------------------------------------------------------------------------- what pages add

    @abstractmethod
    def judged(self, debrief: Debrief) -> tuple[Judged, ...]:
        """The sentences with the room's judgements."""

    @abstractmethod
    def in_words(self, debrief: Debrief) -> str:
        """How many were judged how."""

    @abstractmethod
    def judge(self, debrief: Debrief, key: Hashable, state: str | None) -> Debrief:
        """The debrief with the judgement of one sentence; None removes it. Raises Refused."""

    # ------------------------------------------------------------------------------------------------------ drawing

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Vertical(id="reading"):
            yield Static(id="which", markup=False)
            with VerticalScroll(id="large", can_focus=False):
                yield Poster(id="line")
            yield Static(id="states", markup=False)
        with VerticalScroll(id="lines", can_focus=False):
            yield Static(id="list", markup=False)
        yield Banner()
        yield HintLine()
        yield Keys()

    def on_mount(self) -> None:
        """Begin with the first sentence that isn't judged."""
        self._lines = self.judged(self.live.debrief)
        unmarked = (at for at, line in enumerate(self._lines) if line.state is None)
        self.set_reactive(JudgingScreen.at, next(unmarked, 0))
        self.say("")
        self.show(self.live.debrief)

    def on_resize(self) -> None:
        """Wrap for the new width."""
        self.call_after_refresh(lambda: self.show(self.live.debrief))

    def show(self, debrief: Debrief) -> None:
        """Draw the sentences of a debrief."""
        self._lines = self.judged(debrief)
        if not self._lines:  # another Redraw has changed them
            self.dismiss()
            return
        self.set_reactive(JudgingScreen.at, min(self.at, len(self._lines) - 1))
        line = self._lines[self.at]
        with self.app.batch_update():
            self._clock = ""
            self.tick()
            note = f", {visible(line.note)}" if line.note else ""
            self.query_one("#which", Static).update(f"{self.at + 1} of {len(self._lines)}{note}")
            self.query_one("#line", Poster).text = line.text
            self.query_one("#states", Static).update(self._states(line.state))
            self.query_one("#list", Static).update(self._list())
            for frame in set(self.frames.values()):
                self.set_class(line.state is not None and self.frames.get(line.state) == frame, frame)

    def _states(self, chosen: str | None) -> Content:
        words = []
        for state in self.states:
            word = f"{self.signs[state]} {state}"
            words.append(
                Content.styled(f"[ {word} ]", f"reverse {self.colours[state]}")
                if state == chosen
                else Content(f"  {word}  ")
            )
        return Content("   ").join(words)

    def _list(self) -> Content:
        """All sentences, with blank lines between them if there is room."""
        tall = self.has_class("-tall")
        lines = self.query_one("#lines", VerticalScroll)
        width = max(20, lines.scrollable_content_region.width)
        longest = max(map(len, self.states))
        rows: list[Content] = []
        above = 0
        for at, line in enumerate(self._lines):
            here = at == self.at
            label = f"{'▸' if here else ' '}{at + 1:>3}  {self.signs[line.state]} {line.state or '':<{longest}}  "
            style = self.colours[line.state] if line.state else "bold" if here else "dim"
            row = hung(Content.styled(visible(line.text), "bold" if here else ""), width, label, style)
            if here:
                above = sum(each.plain.count("\n") + (2 if tall else 1) for each in rows)
            rows.append(row)
        lines.scroll_to(y=max(0, above - lines.size.height // 3), animate=False)
        return Content("\n\n" if tall else "\n").join(rows)

    def tick(self) -> None:
        """Draw the time here too, because this screen covers the clock."""
        shown = clock_face(self.live.debrief, self.live.now())
        clock = shown.digits if shown.cue is Cue.NONE else f"{shown.digits}  {shown.state}"
        if clock != self._clock:
            self._clock = clock
            self.query_one("#head", Static).update(
                Content.assemble(
                    (f"{self.title_of_page}   ", "bold"),
                    (clock, "bold $accent"),
                    f"   {self.in_words(self.live.debrief)}",
                )
            )

    def watch_at(self) -> None:
        """Show another sentence."""
        self.query_one("#large", VerticalScroll).scroll_home(animate=False)
        self.say("")
        self.show(self.live.debrief)

    def standing_hint(self) -> str:
        return "Enter or ↓: next  ·  ↑: before  ·  Backspace: not marked"

    # ------------------------------------------------------------------------------------------------------ the keys

    def action_mark(self, state: str) -> None:
        """Record the judgement of the sentence in the middle, which stays there, so that a key pressed twice judges no other."""
        if self._mark(state):
            left = any(line.state is None for line in self._lines)
            self.say(
                f"{state.capitalize()}. Enter: the next." if left else f"{state.capitalize()}. That was all: Escape."
            )

    def action_unmark(self) -> None:
        """Take the mark off."""
        self._mark(None)

    def _mark(self, state: str | None) -> bool:
        """Record a judgement; True if it is recorded."""
        key = self._lines[self.at].key
        self.say("")
        self.attempt(lambda debrief, _: self.judge(debrief, key, state))
        return bool(self._lines) and self._lines[self.at].state == state

    def action_step(self, by: int) -> None:
        """Choose the state to the right or left; the first if there is none."""
        state = self._lines[self.at].state
        at = 0 if state is None else min(max(self.states.index(state) + by, 0), len(self.states) - 1)
        self._mark(self.states[at])

    def action_move(self, by: int) -> None:
        """Go to the sentence before or after."""
        self.at = min(max(self.at + by, 0), len(self._lines) - 1)

    def action_leave(self) -> None:
        """Back to the phase."""
        self.dismiss()
