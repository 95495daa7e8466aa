"""A question that has to be answered first, and a notice with only one way out."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.frame.base import BaseScreen
from screens.frame.keys import SCROLLING
from screens.widgets.paragraphs import hung
from screens.widgets.pressable import pressing

WIDTH = 72
"""Columns of a question, where the terminal has them."""

QUIET = 1.0
"""Seconds without a key after which a question that came by itself can be answered; until then somebody may be typing."""


class QuestionScreen(BaseScreen[int], ModalScreen[int]):
    """A few answers, chosen with the arrows and Enter or by number; returns the index of the chosen one.

    Escape and the keys that leave a screen give the harmless answer; without one the question has to be answered.

    One that comes by itself finds somebody typing, who may not look. It takes no key until none was pressed for `QUIET` seconds:
    what is typed goes on into the field below. Then a number answers, or an arrow chooses first, since no answer is highlighted.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "The harmless answer", show=False, priority=True),
        *SCROLLING,
    ]
    DEFAULT_CSS = """
    QuestionScreen VerticalScroll { height: auto; max-height: 18vh; margin: 0 0 1 0; scrollbar-size-vertical: 1; }
    QuestionScreen VerticalScroll > Static { margin: 0; }
    QuestionScreen { align: center middle; background: $background 60%; }
    QuestionScreen > Vertical { width: 72; max-width: 90%; height: auto; background: $background; border: round $accent; padding: 1 2; }
    QuestionScreen Static { height: auto; margin: 0 0 1 0; }
    QuestionScreen OptionList, QuestionScreen OptionList:focus { height: auto; max-height: 70vh; border: none; background: $background; }
    """

    def __init__(
        self,
        asked: str,
        answers: Sequence[str | Content],
        harmless: int | None = None,
        details: Sequence[tuple[str, str]] = (),
        by_itself: bool = False,
    ) -> None:
        """`harmless` is the index of the answer that changes nothing, if there is one.

        `details` are what to know before one answers, each with a label; PageDown scrolls them. `by_itself` is whether nobody
        pressed a key to be asked this.
        """
        super().__init__()
        self._by_itself, self._touched = by_itself, 0.0
        self._asked, self._harmless, self._details = asked, harmless, details
        self._answers = tuple(
            Content.assemble(text, "  (Escape)" if n == harmless else "") for n, text in enumerate(answers)
        )

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._asked, id="asked", markup=False)
            room = min(WIDTH, self.app.size.width * 9 // 10) - 10
            if self._details:
                told = (hung(Content(text), room, label, "$accent") for label, text in self._details)
                with VerticalScroll(can_focus=False):
                    yield Static(Content("\n").join(told), id="details", markup=False)
            rows = (hung(text, room, f"{n}  ", "") for n, text in enumerate(self._answers, 1))
            yield OptionList(*map(Option, rows), markup=False, disabled=self._by_itself)

    def ask_anew(self, asked: str) -> None:
        """Ask in other words, while nobody has answered yet; whoever answers has to see them first."""
        if asked != self._asked:
            self._asked = asked
            for each in self.query("#asked").results(Static):
                each.update(asked)
                self.on_screen_resume()

    def on_screen_resume(self) -> None:
        """It comes up, or back from below something else."""
        if self._by_itself:
            self._touched = self.live.steady()
            answers = self.query_one(OptionList)
            answers.disabled, answers.highlighted = True, None

    @property
    def answers_count(self) -> bool:
        """Whether it can be answered yet."""
        return not self.query_one(OptionList).disabled

    def tick(self) -> None:
        answers = self.query_one(OptionList)
        if answers.disabled and self.live.steady() - self._touched >= QUIET and self.is_active:
            answers.disabled = False
            answers.highlighted = None
            self.set_focus(answers)

    def _pass_on(self, event: events.Key | events.Paste) -> None:
        """Let what is typed go into the field below, where somebody has not noticed yet that this was asked."""
        from textual.widgets import TextArea  # here, since importing it would take a fifteenth of the start

        self._touched = self.live.steady()
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1]
        to = below.focused or below  # a screen passes on what is typed where the wall hides its field
        if isinstance(to, Input | TextArea) or to is below:
            again = (
                events.Key(event.key, event.character) if isinstance(event, events.Key) else events.Paste(event.text)
            )
            to._forward_event(again)  # as the app does it: what the field doesn't want goes no further

    def on_paste(self, event: events.Paste) -> None:
        if self.query_one(OptionList).disabled:
            event.stop()
            self._pass_on(event)

    def action_leave(self) -> None:
        if self._harmless is not None and not self.query_one(OptionList).disabled:
            self.dismiss(self._harmless)

    def on_key(self, event: events.Key) -> None:
        """A digit answers at once."""
        if self.query_one(OptionList).disabled:
            event.stop()
            self._pass_on(event)
            return
        typed = event.character or ""
        if typed.isdecimal() and 1 <= int(typed) <= len(self._answers):
            self.dismiss(int(typed) - 1)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(message.option_index)


def ask(
    app: App[Any],
    asked: str,
    *answers: tuple[str | Content, Callable[[], object] | None],
    harmless: int | None = None,
    details: Sequence[tuple[str, str]] = (),
    by_itself: bool = False,
) -> QuestionScreen:
    """Ask a question, and do what the chosen answer says: its words, and what it does, or None where it changes nothing.

    That one is the harmless one by default. For `details` and `by_itself` see `QuestionScreen`.
    """

    def answered(chosen: int | None) -> None:
        if chosen is not None and (act := answers[chosen][1]):
            act()

    words, acts = zip(*answers, strict=True)
    if harmless is None and None in acts:
        harmless = acts.index(None)
    question = QuestionScreen(asked, words, harmless, details, by_itself)
    app.push_screen(question, answered)
    return question


class NoticeScreen(BaseScreen[None], ModalScreen[None]):
    """Says why Redraw can't start, and how to leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,ctrl+q,q", "leave", "Leave", show=False, priority=True)
    ]
    DEFAULT_CSS = """
    NoticeScreen { align: center middle; }
    NoticeScreen > Vertical { width: 72; max-width: 90%; height: auto; background: $background; border: round $error; padding: 1 2; }
    NoticeScreen Static { height: auto; margin: 0 0 1 0; }
    """

    def __init__(self, sentence: str, way_out: str) -> None:
        super().__init__()
        self._sentence, self._way_out = sentence, way_out

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._sentence, markup=False)
            yield Static(pressing(self._way_out, "enter"), markup=False)

    def action_leave(self) -> None:
        self.app.exit(return_code=1)
