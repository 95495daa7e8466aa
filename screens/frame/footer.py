"""The foot of every screen: a warning while it lasts, and as many keys as fit, from the first on; the help lists them all."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static


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
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, screen: Screen[object]) -> None:
        self.refresh()

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
