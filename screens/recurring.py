"""The patterns that were seen more than once: where, what was amended against them, and whether they still recur."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.about import ABOUT_GUIDELINES
from screens.commands import RECURRING_PAGE, bindings
from screens.sized import Sized
from screens.widgets.banner import Banner
from screens.widgets.keys import Keys
from screens.widgets.paragraphs import hung
from store.across.recurrence import Recurrence
from store.words.text import visible


class RecurringScreen(Sized[None]):
    """What was seen most often stands first; Enter opens the probe in which it was seen last."""

    CSS_PATH = "guidelines.tcss"
    AUTO_FOCUS = ""
    commands = RECURRING_PAGE
    about = ABOUT_GUIDELINES
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(RECURRING_PAGE),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "move(5)", "Page down", show=False, priority=True),
        Binding("pageup", "move(-5)", "Page up", show=False, priority=True),
        Binding("enter", "open", "Open", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._recurrences: tuple[Recurrence, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield OptionList(id="patterns", markup=False)
        yield Banner()
        yield Static(id="hint", markup=False)
        yield Keys()

    def on_screen_resume(self) -> None:
        """At the start and back from a probe."""
        self._recurrences = self.desk.recurrences()
        self._draw()

    def on_resize(self) -> None:
        """Wrap for the new width."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        n = len(self._recurrences)
        self.query_one("#head", Static).update(
            Content.assemble(("Recurring patterns", "bold"), f"   {n or 'none yet'}")
        )
        patterns = self.query_one("#patterns", OptionList)
        at = patterns.highlighted
        patterns.clear_options()
        patterns.add_options([Option(self._row(each)) for each in self._recurrences])
        if n:
            patterns.highlighted = min(at or 0, n - 1)
        self.say("")

    def _row(self, found: Recurrence) -> Content:
        width = self.size.width - 5
        text = hung(Content.styled(visible(found.pattern.text), "bold"), width, "↻ ", "bold $accent")
        return Content("\n").join(
            [text, *(hung(Content.styled(line, "dim"), width, "  ") for line in found.lines()), Content("")]
        )

    def say(self, sentence: str, wrong: bool = False) -> None:
        """Put a sentence at the foot; an empty one puts the hint back."""
        standing = (
            "Enter: the probe in which it was seen last  ·  ↑ ↓ choose"
            if self._recurrences
            else "In small groups Ctrl+Y marks a pattern that was seen before."
        )
        self.query_one("#hint", Static).update(visible(sentence) or standing)
        self.query_one("#hint").set_class(wrong, "-wrong")

    def on_mount(self) -> None:
        """The keys are those of the screen."""
        self.query_one("#patterns").can_focus = False

    def action_move(self, by: int) -> None:
        """Up and down."""
        patterns = self.query_one("#patterns", OptionList)
        if self._recurrences:
            patterns.highlighted = min(max((patterns.highlighted or 0) + by, 0), len(self._recurrences) - 1)

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """The probe in which the pattern was seen last."""
        at = self.query_one("#patterns", OptionList).highlighted
        if at is None or not self._recurrences:
            return
        if seen := self._recurrences[at].seen:
            self.desk.open_probe(seen[-1].probe, "Patterns")
        else:
            self.say("The debriefs in which it was seen are not in this archive.", wrong=True)

    def action_other(self) -> None:
        """Back to the guidelines."""
        self.app.pop_screen()

    def action_leave(self) -> None:
        """The same."""
        self.app.pop_screen()
