"""The pact on its page, as it prints, for both sides to read on the wall, and what is missing before they can agree."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.frame.confirm import ConfirmScreen
from screens.frame.help import PACT_HELP
from screens.frame.keys import PAGE, bindings
from screens.frame.refusals import with_remedy
from screens.widgets.paragraphs import hung
from store.debrief import Debrief
from store.probe import pact, scope
from store.refused import Refused
from store.words.text import visible

BESIDE = 116
"""Columns from which the missing parts are listed beside the page."""


class PactScreen(ConfirmScreen):
    """The page, and beside or below it its state, its length and what is missing."""

    CSS_PATH = "pact.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (BESIDE, "-wide")]
    BINDINGS = [
        *bindings(PAGE),
        Binding("pagedown,space,down", "scroll(1)", "Down", show=False),
        Binding("pageup,up", "scroll(-1)", "Up", show=False),
    ]
    commands = PAGE
    help_text = PACT_HELP

    def compose(self) -> ComposeResult:
        yield Static(id="heading", markup=False)
        with Container(id="pact"):
            with VerticalScroll(id="page", can_focus=False):
                yield Static(id="lines", markup=False)
            with VerticalScroll(id="wanting", can_focus=False):
                yield Static(id="missing", markup=False)
        yield from self.foot()

    def on_screen_resume(self) -> None:
        """At the start, and back from the form."""
        self.show(self.live.debrief)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_wanting)

    def show(self, debrief: Debrief) -> None:
        lines = pact.page(debrief)
        stands, length = pact.state(debrief, self.live.now()), pact.length(len(lines))
        heading = Content.assemble(("The pact", "bold $accent"), "   ", (stands, "bold"), f"   {length}")
        self.query_one("#heading", Static).update(heading)
        self.query_one("#lines", Static).update(Content("\n").join(_drawn(lines)))
        self._show_wanting()
        self.refresh_bindings()
        self.say("")

    def _show_wanting(self) -> None:
        self.query_one("#missing", Static).update(Content("\n").join(self._wanting(self.live.debrief)))

    def _wanting(self, debrief: Debrief) -> Iterator[Content]:
        width = min(60, self.size.width - 81) - 5 if self.size.width >= BESIDE else self.size.width - 3
        agreed = debrief.probe.pact.agreed is not None
        if agreed:
            yield Content.styled("Agreed by both sides.", "bold $success")
        if debrief.sealed:
            yield hung(Content("The debrief is sealed: the page stays as it was."), width, "")
        elif agreed:
            yield hung(Content("A change to its terms makes it a draft again."), width, "")
        elif wanted := pact.missing(debrief):
            yield Content.styled("Before it can be agreed", "bold $warning")
            yield from (hung(Content(visible(sentence)), width, "· ") for sentence in wanted)
        else:
            yield Content.styled("Nothing is missing: F4 twice, when both sides say yes.", "bold $success")
        if debrief.probe.scope_reason.strip() and (jump := scope.warning(debrief)):
            yield Content("")
            yield hung(Content.styled(jump, "bold $warning"), width, "! ", "bold $warning")
            yield hung(Content(f"The group's reason: {visible(debrief.probe.scope_reason)}"), width, "  ")

    def standing_hint(self) -> str:
        form = "" if self.live.debrief.sealed else "Ctrl+O changes it in the form  ·  "
        return f"↑ ↓ scroll  ·  {form}Escape goes back"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if action == "act" and self.live.debrief.sealed else super().check_action(action, parameters)

    def action_act(self) -> None:
        debrief, now = self.live.debrief, self.live.now()
        try:
            pact.agree(debrief, now)
        except Refused as why:
            self.refuse(with_remedy(why))
            return
        late = ", after the action has ended" if pact.afterwards(debrief, now) else ""
        if not self.confirmed("agree", f"F4 again: both sides have read the page and agree to it{late}."):
            return
        if self.attempt(pact.agree) and self.live.debrief.probe.pact.agreed is not None:
            self.say("Agreed." if not self.live.status.unsaved else "")

    def action_probe(self) -> None:
        """The form of the probe: the one below this page, or a new one."""
        if len(self.app.screen_stack) > 1 and type(self.app.screen_stack[-2]).__name__ == "ProbeForm":
            self.dismiss()
        else:
            self.host.edit_probe(self.live.debrief.probe.id)

    def action_leave(self) -> None:
        self.dismiss()


def _drawn(lines: tuple[str, ...]) -> Iterator[Content]:
    """The page with its title and headings in bold; lines beyond its end are dim."""
    for at, line in enumerate(lines):
        if at == pact.LINES:
            yield Content.styled(f"{' the page ends here ':─^{pact.COLUMNS}}", "bold $error")
        heading = at == 0 or pact.is_heading(line)
        style = "bold $accent" if heading else "bold" if 1 < at < lines.index("") else ""
        yield Content.styled(line, "dim" if at >= pact.LINES else style)
