"""The palette: Textual's own, at the terminal's present size and with a list that moves only once it is there."""

from collections.abc import Callable, Sequence

from textual.command import CommandList, CommandPalette, Provider
from textual.theme import ThemeProvider

from screens.frame.base import BaseScreen
from tui.theme import NAMES


class OurThemesFirst(ThemeProvider):
    """Every theme: our dark and light ones, then ours of high contrast, then Textual's by name."""

    @property
    def commands(self) -> list[tuple[str, Callable[[], None]]]:
        return sorted(
            super().commands, key=lambda command: NAMES.index(command[0]) if command[0] in NAMES else len(NAMES)
        )


class Palette(CommandPalette, BaseScreen[None]):
    """All commands of the screen below; without the limits of Textual 8.2.8, whose list fails while it has no room."""

    def __init__(
        self, providers: Sequence[type[Provider]] | None = None, placeholder: str = "Search for commands…"
    ) -> None:
        super().__init__(providers, placeholder=placeholder, id="--command-palette")

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)
