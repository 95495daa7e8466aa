"""The line at the foot of a screen: what the keys do, or in its place a sentence about what was just done."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from screens.frame.base import BaseScreen, Result
from screens.frame.footer import Banner, Keys
from screens.frame.refusals import with_remedy
from store.refused import Refused
from store.words.text import visible

if TYPE_CHECKING:  # the logbook is drawn before the models are needed
    from store.live.live import Step

BETWEEN = "  ·  "


def hinted(parts: Iterable[str], width: int) -> str:
    """As many hints as fit whole into `width` cells; the most important come first."""
    shown = ""
    for part in filter(None, parts):
        longer = f"{shown}{BETWEEN}{part}" if shown else part
        if shown and Content(longer).cell_length > width:
            break
        shown = longer
    return shown


class HintLine(Static):
    """Shows a hint or a sentence; `-wrong` marks a refusal, `-said` any other sentence."""

    DEFAULT_CSS = """
    HintLine { height: auto; min-height: 1; max-height: 2; padding: 0 1; color: $text-muted; }
    HintLine.-wrong { color: $error; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__(id="hint", markup=False)


class HintScreen(BaseScreen[Result]):
    """A screen with a `HintLine`, on which changes are made."""

    sentence = ""
    """The sentence in the hint's place; empty while the hint is there."""

    @abstractmethod
    def standing_hint(self) -> str:
        """The hint: what the keys do on this screen now."""

    def foot(self) -> ComposeResult:
        """What is below the screen's own widgets: the banner, the hint, the keys."""
        yield Banner()
        yield HintLine()
        yield Keys()

    def say(self, sentence: str, wrong: bool = False) -> None:
        """Show a sentence in the hint's place; an empty one brings the hint back."""
        self.sentence = sentence
        line = self.query_one(HintLine)
        height = line.styles.height  # where it is fixed the screen isn't laid out again
        line.update(visible(sentence) or self.standing_hint(), layout=height is None or height.is_auto)
        line.set_class(wrong, "-wrong")
        line.set_class(bool(sentence) and not wrong, "-said")

    def refresh_hint(self) -> None:
        """Draw the hint again, unless a sentence is in its place."""
        if not self.sentence:
            self.say("")

    def refuse(self, why: str) -> None:
        """Say why something was not done."""
        self.say(why, wrong=True)

    def attempt(self, step: Step, *, nameless: bool = False) -> bool:
        """Make a change, or say why it was refused; True if it was made.

        Args:
            step: makes the new debrief.
            nameless: whether a refusal names nobody, so that the wall may show it too.
        """
        try:
            self.host.change(step)
        except Refused as why:
            self.say(with_remedy(why), wrong=True) if nameless else self.refuse(with_remedy(why))
            return False
        return not self.live.status.read_only
