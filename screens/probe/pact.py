"""The pact on its page, as it prints, for both sides to read on the wall, and what is missing before they can agree."""

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.frame.confirm import ConfirmScreen
from screens.frame.footer import BETWEEN
from screens.frame.help import PACT_HELP
from screens.frame.keys import PAGE, bindings
from screens.frame.refusals import with_remedy
from screens.widgets.paragraphs import hung, worded
from store.debrief import Debrief
from store.probe import pact, pact_versions, scope
from store.refused import Refused
from store.words.changes import Compared
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

    def __init__(self) -> None:
        super().__init__()
        self._back = 0
        """How many versions back from the page as it is now."""
        self._stood: object = None

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

    def new_minute(self) -> None:
        if self._stood != self._stands():
            self.show(self.live.debrief)

    def _stands(self) -> object:
        """What of the page depends on the day and the hour: its state, and whether it can only be renewed by now."""
        debrief, now = self.live.debrief, self.live.now()
        return pact.state(debrief, now), pact.past_sunset(debrief.probe, now), pact.afterwards(debrief, now)

    def show(self, debrief: Debrief) -> None:
        self._stood = self._stands()
        before = pact_versions.before_now(debrief)
        self._back = min(self._back, len(before))
        shown = before[-self._back] if self._back else None
        lines = pact.page(pact_versions.then(debrief, shown) if shown else debrief)
        if shown:
            standing = f"version {shown.number} of {len(before) + 1}"
        else:
            standing = str(pact.state(debrief, self.live.now()))
        told = Content.assemble(
            ("The pact", "bold $accent"), "   ", (standing, "bold"), f"   {pact.length(len(lines))}"
        )
        self.query_one("#heading", Static).update(told)
        drawn = [*_drawn(lines), *_changed(*pact_versions.changes(debrief, shown))]
        self.query_one("#lines", Static).update(Content("\n").join(drawn))
        self._show_wanting()
        self.refresh_bindings()
        self.say("")

    def _show_wanting(self) -> None:
        self.query_one("#missing", Static).update(Content("\n").join(self._wanting(self.live.debrief)))

    def _wanting(self, debrief: Debrief) -> Iterator[Content]:
        width = min(60, self.size.width - 81) - 5 if self.size.width >= BESIDE else self.size.width - 3
        agreed = debrief.probe.pact.agreed is not None
        if agreed and not self._back:
            yield Content.styled("Agreed by both sides.", "bold $success")
        if self._back:
            yield hung(Content("An earlier version: F6 turns to the pact as it is now."), width, "")
        elif debrief.sealed:
            yield hung(Content("The debrief is sealed: the page stays as it was."), width, "")
        elif agreed and (sunset := pact.past_sunset(debrief.probe, self.live.now())) is not None:
            yield hung(Content(pact.only_renewed(sunset)), width, "")
        elif agreed:
            yield hung(Content("A change to its terms makes it a draft again."), width, "")
        elif wanted := pact.missing(debrief):
            yield Content.styled("Before it can be agreed", "bold $warning")
            yield from (hung(Content(visible(sentence)), width, "· ") for sentence in wanted)
        else:
            yield Content.styled("Nothing is missing: F4 twice, when both sides say yes.", "bold $success")
        if found := pact_versions.versions(debrief):
            if self.has_class("-wide"):
                yield Content("")
            yield Content.styled("Versions", "bold $accent")
            now = len(pact_versions.before_now(debrief)) + 1
            draft = [(now, "draft, not agreed")] if now > len(found) else []
            for number, how in (*draft, *((each.number, each.how) for each in reversed(found))):
                here = number == now - self._back
                label = f"{'▸' if here else ' '}{number:>2}  "
                yield hung(Content.styled(visible(how), "bold" if here else ""), width, label)
        if debrief.probe.scope_reason.strip() and (jump := scope.warning(debrief)):
            yield Content("")
            yield hung(Content.styled(jump, "bold $warning"), width, "! ", "bold $warning")
            yield hung(Content(f"The group's reason: {visible(debrief.probe.scope_reason)}"), width, "  ")

    def standing_hint(self) -> str:
        earlier = bool(pact_versions.before_now(self.live.debrief))
        form = f"Ctrl+O {'its' if earlier else 'changes it in the'} form"
        turns, changed = "F5 F6 versions" if earlier else "", "" if self.live.debrief.sealed else form
        return BETWEEN.join(filter(None, ("↑ ↓ scroll", turns, changed, "Escape goes back")))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "turn":
            return bool(pact_versions.before_now(self.live.debrief))
        return None if action == "act" and self.live.debrief.sealed else super().check_action(action, parameters)

    def action_turn(self, step: int) -> None:
        back = self._back - step
        if not 0 <= back <= len(pact_versions.before_now(self.live.debrief)):
            self.say("This is the first version." if step < 0 else "This is the pact as it is now.")
            return
        self._back = back
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)
        self.show(self.live.debrief)

    def action_act(self) -> None:
        if self._back:  # what is agreed to is the page as it is now
            self._back = 0
            self.show(self.live.debrief)
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


def _changed(since: int, lines: Sequence[tuple[str, Compared]]) -> Iterator[Content]:
    """What changed since the version before, below the page."""
    if since:
        yield Content("")
        yield Content.styled(f"CHANGED SINCE VERSION {since}", "bold $accent")
        if not lines:
            yield Content("  nothing but who signs")
        for about, line in lines:
            yield hung(worded(line.parts), pact.COLUMNS, f"  {about}: ", "$accent")
