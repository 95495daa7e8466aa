"""The help: what the phase is for in the essay's terms, what to say to the room, and every key."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.frame.base import BaseScreen
from screens.frame.help_texts import HelpText
from screens.frame.keys import ENTRY_KEYS, EVERYWHERE, KeyCommand
from screens.widgets.paragraphs import hung


class HelpScreen(BaseScreen[None], ModalScreen[None]):
    """A page that any of its keys closes again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter,q", "close", "Close"),
    ]
    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > VerticalScroll { width: 92%; max-width: 110; height: 92%; background: $surface; border: heavy $accent; padding: 0 2; scrollbar-gutter: stable; }
    HelpScreen Static { height: auto; padding: 0 1 0 0; }
    """

    def __init__(self, about: HelpText, commands: Sequence[KeyCommand]) -> None:
        super().__init__()
        self._about, self._commands = about, commands

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(id="page", markup=False)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        self.query_one("#page", Static).update(
            self._text(self.query_one(VerticalScroll).scrollable_content_region.width - 1)
        )

    def _text(self, width: int) -> Content:
        lines = [Content.styled(f"{self._about.title}   (Escape closes)", "bold reverse"), Content("")]
        for head, paragraph in self._about.paragraphs:
            lines += [Content.styled(head, "bold $accent"), Content(paragraph), Content("")]
        lines.append(Content.styled("Keys", "bold $accent"))
        keys = [command.key for command in self._commands]
        for command in (*self._commands, *(c for c in EVERYWHERE if c.key not in keys)):
            said = Content.assemble((f"{command.title}. ", "bold"), command.help)
            lines.append(hung(said, width, f"{command.key_name:<11}", "bold $accent"))
        lines += [Content(""), Content.styled("In a field", "bold $accent")]
        lines += [hung(Content(what), width, f"{key:<17}", "bold $accent") for key, what in ENTRY_KEYS]
        return Content("\n").join(lines)

    def action_close(self) -> None:
        self.dismiss()
