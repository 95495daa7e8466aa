"""The palette: Textual's own, at the terminal's present size and with a list that moves only once it is there."""

from collections.abc import Sequence

from textual.command import CommandList, CommandPalette, Provider

from screens.frame.base import BaseScreen


class Palette(CommandPalette, BaseScreen[None]):
    """All commands of the screen below; without the limits of Textual 8.2.8, whose list fails while it has no room."""

    def __init__(
        self, providers: Sequence[type[Provider]] | None = None, placeholder: str = "Search for commands…"
    ) -> None:
        super().__init__(providers, placeholder=placeholder, id="--command-palette")

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)
