"""One of a few: left and right choose, and so does the first letter or the number."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class ChoiceField(Widget, can_focus=True):
    """A row of words; one of them, or none yet, is chosen. The chosen one is in brackets, not only in colour."""

    DEFAULT_CSS = """
    ChoiceField { height: 1; width: 1fr; }
    ChoiceField:focus { background: $surface; text-style: bold; }
    """

    chosen: reactive[int | None] = reactive(None)

    @dataclass
    class Chosen(Message):
        """Somebody chose a word."""

        choice: "ChoiceField"
        word: str

    def __init__(self, words: Sequence[str], chosen: str | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.words = tuple(words)
        self.set_reactive(ChoiceField.chosen, self.words.index(chosen) if chosen in self.words else None)

    @property
    def word(self) -> str | None:
        """The chosen word, or None."""
        return None if self.chosen is None else self.words[self.chosen]

    def render(self) -> RenderResult:
        parts = []
        for at, word in enumerate(self.words):
            parts.append(Content.styled(f"[{word}]", "reverse bold") if at == self.chosen else Content(f" {word} "))
        hint = Content.styled("  ← →", "dim") if self.has_focus else Content("")
        return Content("").join([*parts, hint])

    def choose(self, at: int) -> None:
        self.chosen = at
        self.post_message(self.Chosen(self, self.words[at]))

    def step(self, step: int) -> None:
        """Choose the next word; from none, the first or the middle one."""
        if self.chosen is None:
            self.choose(len(self.words) // 2 if len(self.words) > 3 else 0)
        else:
            self.choose(min(max(self.chosen + step, 0), len(self.words) - 1))

    def on_key(self, event: events.Key) -> None:
        """Arrows step; a letter chooses by beginning, and + and − step where the words are numbers."""
        steps = {"left": -1, "right": 1, "space": 1}
        typed = event.character or ""
        if "+1" in self.words:
            steps |= {"plus": 1, "minus": -1, "−": -1}
        if event.key in steps:
            if self.chosen is None and event.key not in ("left", "right", "space"):
                self.set_reactive(ChoiceField.chosen, len(self.words) // 2)
            self.step(steps[event.key])
        elif typed.isprintable() and typed.strip():
            found = [at for at, word in enumerate(self.words) if word.casefold().startswith(typed.casefold())]
            if not found:
                return
            self.choose(found[0])
        else:
            return
        event.stop()
