"""The pact on its page, as it prints, for both sides to read on the wall, and what is missing before they can agree."""

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.frame.confirm import ConfirmScreen
from screens.frame.footer import BETWEEN
from screens.frame.help import PACT_HELP
from screens.frame.keys import PAGE, bindings
from screens.frame.refusals import with_remedy
from screens.widgets.panel import BARE, head, titled
from screens.widgets.paragraphs import below, hung, worded
from store.debrief import Debrief
from store.probe import pact, pact_versions, scope
from store.refused import Refused
from store.words.changes import Compared
from store.words.numbers import counted
from store.words.text import visible

BESIDE = 116
"""Columns from which what is missing, the versions and the changes have panels beside the page."""

SHEET = pact.COLUMNS + 6
"""Columns of the panel with the page: with its border, its bar and a column on either side."""


class PactScreen(ConfirmScreen):
    """The page in a panel; beside it, where there is room, what is missing, the versions and what changed, otherwise below it."""

    CSS_PATH = "pact.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-bare"), (BARE, "-narrow"), (BESIDE, "-wide")]
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
            with titled(VerticalScroll(id="page", can_focus=False), "Page", focused=True):
                yield Static(id="lines", markup=False)
            with Vertical(id="beside"):
                with titled(VerticalScroll(id="wanting", can_focus=False), "Agreement"):
                    yield Static(id="missing", markup=False)
                with titled(VerticalScroll(id="past", can_focus=False), "Versions"):
                    yield Static(id="versions", markup=False)
                with titled(VerticalScroll(id="since", can_focus=False), "Changed"):
                    yield Static(id="changed", markup=False)
        yield from self.foot()

    def on_screen_resume(self) -> None:
        """At the start, and back from the form."""
        self.show(self.live.debrief)

    def on_resize(self) -> None:
        self.call_after_refresh(lambda: self.show(self.live.debrief, said=self.sentence))

    def new_minute(self) -> None:
        if self._stood != self._stands():
            self.show(self.live.debrief)

    def _stands(self) -> object:
        """What of the page depends on the day and the hour: its state, and whether it can only be renewed by now."""
        debrief, now = self.live.debrief, self.live.now()
        return pact.state(debrief, now), pact.past_sunset(debrief.probe, now), pact.afterwards(debrief, now)

    def show(self, debrief: Debrief, said: str = "") -> None:
        self._stood = self._stands()
        before = pact_versions.before_now(debrief)
        self._back = min(self._back, len(before))
        shown = before[-self._back] if self._back else None
        lines = pact.page(pact_versions.then(debrief, shown) if shown else debrief)
        if shown:
            standing = f"version {shown.number} of {len(before) + 1}"
        else:
            standing = str(pact.state(debrief, self.live.now()))
        self.query_one("#heading", Static).update(
            Content.assemble(("The pact", "bold $accent"), "   ", (standing, "bold"))
        )
        head(self.query_one("#page"), "Page", pact.length(len(lines)))
        since, changed = pact_versions.changes(debrief, shown)
        wide = self.has_class("-wide")
        drawn = [*_drawn(lines, self.size.width - 4), *([] if wide else _changed(since, changed, self._columns))]
        self.query_one("#lines", Static).update(Content("\n").join(drawn))
        self.query_one("#since").display = bool(since) and wide
        if since and wide:
            head(self.query_one("#since"), f"Changed since {since}", counted(len(changed), "line"))
            width = self.query_one("#since").content_size.width or self._columns
            self.query_one("#changed", Static).update(Content("\n").join(_lines_changed(changed, width)))
        self._show_wanting()
        self.refresh_bindings()
        if not said:
            self.say("")

    @property
    def _columns(self) -> int:
        """How wide the page is, and what stands below it."""
        return min(pact.COLUMNS, self.size.width - 4)

    def _show_wanting(self) -> None:
        debrief, wide = self.live.debrief, self.has_class("-wide")
        width = min(64, self.size.width - SHEET) - 5 if wide else self.size.width - 5
        versions = [*self._versions(debrief, width)]
        head(self.query_one("#past"), "Versions", str(len(versions)) if versions else "")
        self.query_one("#past").display = wide
        self.query_one("#versions", Static).update(
            Content("\n").join(versions or [Content.styled("None is agreed yet.", "dim")])
        )
        below = [Content.styled("Versions", "bold $accent"), *versions] if versions and not wide else []
        self.query_one("#missing", Static).update(Content("\n").join([*self._wanting(debrief, width), *below]))

    def _wanting(self, debrief: Debrief, width: int) -> Iterator[Content]:
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
        if debrief.probe.scope_reason.strip() and (jump := scope.warning(debrief)):
            yield Content("")
            yield hung(Content.styled(jump, "bold $warning"), width, "! ", "bold $warning")
            yield hung(Content(f"The group's reason: {visible(debrief.probe.scope_reason)}"), width, "  ")

    def _versions(self, debrief: Debrief, width: int) -> Iterator[Content]:
        """Every version, the newest first, with who agreed to it and when; the one that is shown is marked."""
        if found := pact_versions.versions(debrief):
            now = len(pact_versions.before_now(debrief)) + 1
            draft = [(now, "draft, not agreed")] if now > len(found) else []
            for number, how in (*draft, *((each.number, each.how) for each in reversed(found))):
                here = number == now - self._back
                label = f"{'▸' if here else ' '}{number:>2}  "
                yield hung(Content.styled(visible(how), "bold" if here else ""), width, label)

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


def _drawn(lines: tuple[str, ...], columns: int) -> Iterator[Content]:
    """The page with its title and headings in bold; lines beyond its end are dim. Where it is too wide its lines are wrapped."""
    for at, line in enumerate(lines):
        if at == pact.LINES:
            yield Content.styled(f"{' the page ends here ':─^{min(pact.COLUMNS, columns)}}", "bold $error")
        heading = at == 0 or pact.is_heading(line)
        style = "bold $accent" if heading else "bold" if 1 < at < lines.index("") else ""
        yield Content.styled(_fitted(line, columns), "dim" if at >= pact.LINES else style)


def _fitted(line: str, columns: int) -> str:
    """A line of the page in so many columns: a rule and a gap are shortened, other lines wrapped."""
    if cell_len(line) <= columns:
        return line
    if not line.strip("=_ "):
        return line[:columns]
    text = re.sub(r" {4,}", "  ", line.strip())
    indent = len(line) - len(line.lstrip())
    return " " * indent + below(text, columns, indent)


def _changed(since: int, lines: Sequence[tuple[str, Compared]], columns: int) -> Iterator[Content]:
    """What changed since the version before, below the page."""
    if since:
        yield Content("")
        yield Content.styled(f"CHANGED SINCE VERSION {since}", "bold $accent")
        yield from _lines_changed(lines, columns, "  ")


def _lines_changed(lines: Sequence[tuple[str, Compared]], columns: int, indent: str = "") -> Iterator[Content]:
    if not lines:
        yield Content(f"{indent}nothing but who signs")
    for about, line in lines:
        yield hung(worded(line.parts), columns, f"{indent}{about}: ", "$accent")
