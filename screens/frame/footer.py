"""The foot of every screen: a warning while it lasts; what the keys do, or in its place a sentence about what was just done;
the keys, in two rows where one is too narrow, while the help lists them all."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from screens.frame.base import BaseScreen, Result
from screens.frame.refusals import in_public, with_remedy
from store.live.live import Step
from store.refused import Refused
from store.words.text import visible

BETWEEN = "  ·  "


class Banner(Static):
    """Shows the app's `banner`; takes no room while that is empty."""

    DEFAULT_CSS = """
    Banner { display: none; height: auto; max-height: 3; padding: 0 1; text-style: bold reverse; color: $warning; }
    Banner.-unsaved { color: $error; }
    """

    def __init__(self) -> None:
        super().__init__(id="banner", markup=False)

    def on_mount(self) -> None:
        self.watch(self.app, "banner", self._tell)

    def _tell(self, sentence: str) -> None:
        self.update(sentence)
        self.display = bool(sentence)
        self.set_class(sentence.startswith("NOT SAVED"), "-unsaved")


class FooterKey(NamedTuple):
    """A key in the footer, and the columns that it takes in its row."""

    row: int
    start: int
    end: int
    key: str
    name: str
    label: str
    enabled: bool
    tells: str


LOW = 20
"""Rows of a terminal from which the keys may take two of them."""


class Keys(Widget):
    """The keys, in a second row where one is too narrow. Keys of different groups are parted where there is room.

    It is drawn as a whole. Textual's footer makes a widget of every key at each change, which is slow enough to be felt.
    """

    DEFAULT_CSS = """
    Keys {
        dock: bottom; height: auto; min-height: 1; text-wrap: nowrap;
        color: $footer-foreground; background: $footer-background;
    }
    """
    ALLOW_SELECT = False

    under_mouse: reactive[str] = reactive("")
    """The key that a click would press."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[FooterKey, ...] = ()
        self._rows = 1
        self._laid_out = (0, 0)  # for which columns, and rows of the terminal

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self._changed())

    def _changed(self) -> None:
        self.refresh(layout=self._lay_out(self.content_size.width) != self._rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        self._rows = self._lay_out(width)
        return self._rows

    def _lay_out(self, width: int) -> int:
        """Put as many keys as fit whole into rows of so many columns; return how many rows they take.

        Where not all of them fit, those go first of which the screen has most of a kind: a minute less before the next phase.
        """
        offered: list[tuple[Binding, bool, str]] = []
        for _, binding, enabled, tells in self.screen.active_bindings.values():
            if binding.show and all(binding.action != other.action for other, *_ in offered):
                offered.append((binding, enabled, tells))
        self._laid_out = width, self.screen.size.height
        most = 1 if self.screen.size.height < LOW else 2
        ways = (list(self._placed(offered, width, rows, apart)) for rows, apart in ((1, 3), (1, 1), (most, 1)))
        for placed in ways:
            if len(placed) == len(offered):
                break
        while len(placed) < len(offered) and (spare := _spare(offered)) is not None:
            del offered[spare]
            placed = list(self._placed(offered, width, most, 1))
        self._shown = tuple(placed)
        return placed[-1].row + 1 if placed else 1

    def _placed(
        self, offered: list[tuple[Binding, bool, str]], width: int, rows: int, apart: int
    ) -> Iterator[FooterKey]:
        """The keys at their places, with `apart` blanks between groups and one between other keys."""
        row, end, group = 0, -1, None
        for binding, enabled, tells in offered:
            name = self.app.get_key_display(binding)
            start = 0 if end < 0 else end + (1 if binding.group == group and group else apart)
            end = start + cell_len(f"{name} {binding.description}")
            if end > width:
                row, start, end = row + 1, 0, end - start
            if row >= rows or end > width:
                return
            group = binding.group
            yield FooterKey(row, start, end, binding.key, name, binding.description, enabled, tells)

    def render(self) -> Content:
        if self._laid_out != (self.content_size.width, self.screen.size.height):
            self._lay_out(self.content_size.width)
        lines = [Content("") for _ in range(self._rows)]
        for key in self._shown:
            if key.row < self._rows:
                blanks = " " * (key.start - lines[key.row].cell_length)
                lines[key.row] = Content.assemble(lines[key.row], blanks, self._drawn(key))
        return Content("\n").join(lines)

    def _drawn(self, key: FooterKey) -> Content:
        pointed = " on $block-hover-background" if key.key == self.under_mouse else ""
        dim = "" if key.enabled else " dim"
        return Content.assemble(
            (key.name, f"bold $footer-key-foreground{pointed}{dim}"),
            (f" {key.label}", f"$footer-description-foreground{pointed}{dim}"),
        )

    def _at(self, event: events.MouseEvent) -> FooterKey | None:
        at = event.get_content_offset(self)
        here = (each for each in self._shown if at and each.row == at.y and each.start <= at.x < each.end)
        return next(here, None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which key a click would press, and what that does."""
        key = self._at(event)
        self.under_mouse = key.key if key else ""
        self.tooltip = key.tells if key else None

    def on_leave(self) -> None:
        self.under_mouse = ""

    def on_mouse_down(self, event: events.MouseDown) -> None:
        key = self._at(event)
        if key is not None and key.enabled:
            self.app.simulate_key(key.key)


def _spare(offered: list[tuple[Binding, bool, str]]) -> int | None:
    """Where the last key of the largest group stands, of the last one of them; None if no group has more than one."""
    sizes = Counter(binding.group for binding, *_ in offered if binding.group)
    largest = max(sizes.values(), default=1)
    of = [at for at, (binding, *_) in enumerate(offered) if binding.group and sizes[binding.group] == largest > 1]
    return of[-1] if of else None


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

    place: ClassVar[str] = ""
    """Where the steps are taken back that are made on this screen; empty where none is."""

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
        if not self.sentence:
            self.say("")

    def refuse(self, why: str, in_public: str = "") -> None:
        """Say why something was not done; `in_public` is what of it the hall may read."""
        self.say(why, wrong=True)

    def attempt(self, step: Step) -> bool:
        """Make a change, or say why it was refused; True if it was made."""
        try:
            self.host.change(step, self.place)
        except Refused as why:
            self.refuse(with_remedy(why), in_public(why))
            return False
        return not self.live.status.read_only
