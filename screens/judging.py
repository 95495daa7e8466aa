"""Sentences that the room judges, one after the other, large enough to be read from the back of a hall: the red lines, the
guidelines of the last debrief, the positions of the open dissent session."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.frame.clock_face import clock_face
from screens.frame.footer import HintScreen
from screens.frame.help import IMPULSES_HELP, RED_LINES_HELP, VERDICTS_HELP
from screens.frame.keys import ACT, IMPULSES, LOOK_BACK, RED_LINES, SCROLLING, VERDICTS, KeyCommand, bindings
from screens.widgets.large_text import Poster
from screens.widgets.panel import BARE, head, titled
from screens.widgets.paragraphs import hung
from screens.widgets.pressable import chosen, placed, pressing
from store.clock import Cue
from store.debrief import Debrief
from store.session import decisions, impulses, red_lines, verdicts
from store.words.text import visible

BORNE_OUT, NOT = "borne out", "not"


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, by the key that its rule knows it by, and the room's judgement.

    `state` is None until there is one; `note` is shown beside its number.
    """

    key: Any
    text: str
    state: str | None
    note: str = ""


def keys_of(commands: tuple[KeyCommand, ...], states: Iterable[str], leave: str) -> list[BindingType]:
    """The keys of a page: its own, a digit for each state, those that all pages share; `leave` goes back too."""
    return [
        *bindings(commands),
        *(Binding(str(n), f"mark('{state}')", state, show=False, priority=True) for n, state in enumerate(states, 1)),
        Binding("down,enter,space", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Before", show=False, priority=True),
        Binding("right", "step(1)", "To the right", show=False, priority=True),
        Binding("left", "step(-1)", "To the left", show=False, priority=True),
        *SCROLLING,
        Binding("delete", "unmark", "Unmark", show=False, priority=True),
        Binding(leave, "leave", "Done", show=False, priority=True),
    ]


class JudgingScreen(HintScreen[None], ModalScreen[None]):
    """The sentence being judged is in the middle, the list of all below it."""

    CSS_PATH = "judging.tcss"
    scrolls = "#large"
    HORIZONTAL_BREAKPOINTS = [(0, "-bare"), (BARE, "-bordered")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]

    title_of_page: ClassVar[str]
    tones: ClassVar[Mapping[str, str]]
    """The states in their order, each with the theme's colour for it, which is the CSS class of the frame too."""
    commands: ClassVar[tuple[KeyCommand, ...]]
    signs: ClassVar[Mapping[Any, str]]
    """The sign for each state, and for None."""

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
    def judge(self, debrief: Debrief, key: Any, state: str | None) -> Debrief:
        """The debrief with the judgement of one sentence; None removes it. Raises Refused."""

    @classmethod
    def style(cls, state: str | None) -> str:
        return f"bold ${cls.tones[state]}" if state else "dim"

    # ------------------------------------------------------------------------------------------------------ drawing

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with titled(Vertical(id="reading"), self.title_of_page, focused=True):
            with VerticalScroll(id="large", can_focus=False):
                yield Poster(id="line")
            yield Static(id="states", markup=False)
        with titled(VerticalScroll(id="lines", can_focus=False), "All"):
            yield Static(id="list", markup=False)
        yield from self.foot()

    def on_mount(self) -> None:
        """Begin with the first sentence that isn't judged."""
        self._lines = self.judged(self.live.debrief)
        unmarked = (at for at, line in enumerate(self._lines) if line.state is None)
        self.set_reactive(JudgingScreen.at, next(unmarked, 0))
        self.say("")
        self.show(self.live.debrief)

    def on_resize(self) -> None:
        self.call_after_refresh(lambda: self.show(self.live.debrief))

    def show(self, debrief: Debrief) -> None:
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
            head(self.query_one("#reading"), self.title_of_page, f"{self.at + 1} of {len(self._lines)}{note}")
            judged = sum(each.state is not None for each in self._lines)
            head(self.query_one("#lines"), "All", f"{judged} of {len(self._lines)} judged")
            self.query_one("#line", Poster).text = line.text
            self.query_one("#states", Static).update(self._states(line.state))
            self.query_one("#list", Static).update(self._list())
            for state, tone in self.tones.items():
                self.set_class(line.state == state, f"-{tone}")

    def _states(self, chosen: str | None) -> Content:
        words = []
        for state in self.tones:
            word = f"{self.signs[state]} {state}"
            drawn = Content.styled(f"[ {word} ]", f"reverse {self.style(state)}")
            key = next(each.key for each in self.commands if each.action == f"mark('{state}')")
            words.append(pressing(drawn if state == chosen else Content(f"  {word}  "), key))
        return Content("   ").join(words)

    def _list(self) -> Content:
        """All sentences, with blank lines between them if there is room."""
        tall = self.has_class("-tall")
        lines = self.query_one("#lines", VerticalScroll)
        width = max(20, lines.scrollable_content_region.width)
        longest = max(map(len, self.tones))
        rows: list[Content] = []
        above = 0
        for at, line in enumerate(self._lines):
            here = at == self.at
            label = f"{'▸' if here else ' '}{at + 1:>3}  {self.signs[line.state]} {line.state or '':<{longest}}  "
            style = "bold" if here and not line.state else self.style(line.state)
            row = hung(Content.styled(visible(line.text), "bold" if here else ""), width, label, style)
            if here:
                above = sum(each.plain.count("\n") + (2 if tall else 1) for each in rows)
            rows.append(placed(row, at))
        lines.scroll_to(y=max(0, above - lines.size.height // 3), animate=False)
        return Content("\n\n" if tall else "\n").join(rows)

    def tick(self) -> None:
        """Draw the time here too, because this screen covers the clock."""
        shown = clock_face(self.live)
        clock = shown.digits if shown.cue is Cue.NONE else f"{shown.digits}  {shown.state}"
        if clock != self._clock:
            self._clock = clock
            said = Content.assemble((clock, "bold $accent"), f"   {self.in_words(self.live.debrief)}")
            self.query_one("#head", Static).update(said)

    def watch_at(self) -> None:
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
            self.say(f"{state.capitalize()}. {'Enter: the next.' if left else 'That was all: Escape.'}")

    def action_unmark(self) -> None:
        self._mark(None)

    def _mark(self, state: str | None) -> bool:
        """Record a judgement; True if it is recorded."""
        key = self._lines[self.at].key
        self.say("")
        self.attempt(lambda debrief, _: self.judge(debrief, key, state))
        return bool(self._lines) and self._lines[self.at].state == state

    def action_step(self, by: int) -> None:
        """Choose the state to the right or left; the first if there is none."""
        state, states = self._lines[self.at].state, list(self.tones)
        at = 0 if state is None else min(max(states.index(state) + by, 0), len(states) - 1)
        self._mark(states[at])

    def action_move(self, by: int) -> None:
        self.at = min(max(self.at + by, 0), len(self._lines) - 1)

    def action_leave(self) -> None:
        self.dismiss()

    def on_click(self, event: Click) -> None:
        """A click on a word judges, as its key does; one on a sentence in the list goes to it."""
        if (at := chosen(event)) is not None:
            self.at = at
        else:
            super().on_click(event)


class RedLinesScreen(JudgingScreen):
    """The red lines of the pact, in its order: held, strained or crossed."""

    tones = {"held": "success", "strained": "warning", "crossed": "error"}
    signs = red_lines.SIGNS
    commands = RED_LINES
    help_text = RED_LINES_HELP
    BINDINGS = keys_of(RED_LINES, tones, leave=ACT.key)
    title_of_page = "Red lines"

    def judged(self, debrief: Debrief) -> tuple[Judged, ...]:
        return tuple(
            Judged(line.text, line.text, line.state, "no longer in the pact" if line.gone else "")
            for line in red_lines.read_out(debrief)
        )

    def in_words(self, debrief: Debrief) -> str:
        return red_lines.in_words(debrief)

    def judge(self, debrief: Debrief, key: Any, state: Any) -> Debrief:
        return red_lines.mark(debrief, key, state)


def red_line(line: red_lines.JudgedRedLine, width: int) -> Content:
    """A red line with what became of it, for lists: a sign, a word and a colour."""
    said = f"{red_lines.SIGNS[line.state]} {line.state}: " if line.state else "— "
    gone = "  (no longer in the pact)" if line.gone else ""
    style = RedLinesScreen.style(line.state)
    return hung(Content.assemble(visible(line.text), (gone, "dim")), width, said, style)


class DidItWorkScreen(JudgingScreen):
    """The guidelines that the last debrief added or revised; what it is too early to say comes up again next time."""

    tones = {"yes": "success", "partly": "warning", "no": "error", "too early": "accent"}
    signs = verdicts.SIGNS
    commands = VERDICTS
    help_text = VERDICTS_HELP
    BINDINGS = keys_of(VERDICTS, tones, leave=LOOK_BACK.key)
    title_of_page = "Did it work?"

    def judged(self, debrief: Debrief) -> tuple[Judged, ...]:
        return tuple(
            Judged(each.number, each.text, each.worked, f"guideline {each.number}") for each in verdicts.asked(debrief)
        )

    def in_words(self, debrief: Debrief) -> str:
        return verdicts.in_words(debrief)

    def judge(self, debrief: Debrief, key: Any, state: str | None) -> Debrief:
        return verdicts.say(debrief, key, state)


class BorneOutScreen(JudgingScreen):
    """The positions word for word as they were said, with the pull that each voices and nobody's name."""

    tones = {BORNE_OUT: "success", NOT: "warning"}
    signs = {BORNE_OUT: "✓", NOT: "✗", None: "·"}
    commands = IMPULSES
    help_text = IMPULSES_HELP
    BINDINGS = keys_of(IMPULSES, tones, leave=LOOK_BACK.key)
    title_of_page = "Borne out?"

    def judged(self, debrief: Debrief) -> tuple[Judged, ...]:
        states = {True: BORNE_OUT, False: NOT, None: None}
        return tuple(
            Judged(each.number, each.text, states[each.borne_out], f"for {each.pull}") for each in debrief.dissent
        )

    def in_words(self, debrief: Debrief) -> str:
        return next(impulses.lines(debrief), "")

    def judge(self, debrief: Debrief, key: Any, state: str | None) -> Debrief:
        return decisions.bear_out(debrief, key, None if state is None else state == BORNE_OUT)
