"""The foot of every screen: a warning while it lasts; what the keys do, or in its place a sentence about what was just done;
as many keys as fit, from the first on, while the help lists them all."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.content import Content
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
    """A key in the footer, and the columns that it takes."""

    start: int
    end: int
    key: str
    name: str
    label: str
    enabled: bool
    tells: str


class Keys(Widget):
    """One line, drawn as a whole. Textual's footer makes a widget of every key at each change, which is slow enough to be felt."""

    DEFAULT_CSS = """
    Keys {
        dock: bottom; height: 1; text-wrap: nowrap;
        color: $footer-foreground; background: $footer-background;
    }
    """
    ALLOW_SELECT = False

    under_mouse: reactive[str] = reactive("")
    """The key that a click would press."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[FooterKey, ...] = ()

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def _fitting(self) -> Iterator[FooterKey]:
        """The keys that fit whole."""
        start, named = 0, set()
        for _, binding, enabled, tells in self.screen.active_bindings.values():
            if not binding.show or binding.action in named:
                continue
            named.add(binding.action)
            name = self.app.get_key_display(binding)
            end = start + cell_len(f"{name} {binding.description}")
            if end > self.size.width:
                return
            yield FooterKey(start, end, binding.key, name, binding.description, enabled, tells)
            start = end + 1

    def render(self) -> Content:
        self._shown = tuple(self._fitting())
        return Content(" ").join(map(self._drawn, self._shown))

    def _drawn(self, key: FooterKey) -> Content:
        pointed = " on $block-hover-background" if key.key == self.under_mouse else ""
        dim = "" if key.enabled else " dim"
        return Content.assemble(
            (key.name, f"bold $footer-key-foreground{pointed}{dim}"),
            (f" {key.label}", f"$footer-description-foreground{pointed}{dim}"),
        )

    def _at(self, x: int) -> FooterKey | None:
        return next((each for each in self._shown if each.start <= x < each.end), None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which key a click would press, and what that does."""
        key = self._at(event.x)
        self.under_mouse = key.key if key else ""
        self.tooltip = key.tells if key else None

    def on_leave(self) -> None:
        self.under_mouse = ""

    def on_mouse_down(self, event: events.MouseDown) -> None:
        key = self._at(event.x)
        if key is not None and key.enabled:
            self.app.simulate_key(key.key)


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
