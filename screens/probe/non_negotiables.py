"""The non-negotiables: the statement in force, the draft of the next, who agrees to it, and every earlier revision."""

from collections.abc import Iterable, Mapping

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from screens.frame.curtain import ShutScreen
from screens.frame.entry_line import EntryScreen
from screens.frame.help import PRINCIPLES_HELP
from screens.frame.keys import EARLIER, LATER, SCROLLING, STATEMENT, bindings
from screens.frame.question import ask
from screens.frame.refusals import with_remedy
from screens.probe import statement
from screens.probe.line_kinds import LINE_KINDS
from screens.widgets.entry_field import WAITS, EntryField, Refusal, Refusals, SetAside
from screens.widgets.panel import BARE, head, titled
from store.debrief import Debrief
from store.entries import Rule, takes_out
from store.model import NonNegotiables
from store.probe import drafting, non_negotiables
from store.refused import Refused
from store.words.text import clipped, lines_of

PANELS = {"#page": ("principles",), "#agreed": ("asked", "consents"), "#open": ("open",)}
"""The panels, with the kinds of line that go into them."""

WIDE = 100
"""Columns from which the statement has what belongs to it beside it."""

LOW = 30
"""Rows below which panels that are one below the other have only the line with their title."""


class PrinciplesScreen(ShutScreen[None], EntryScreen):
    """The statement, and beside it who agrees, what is open and all revisions, or below it; the wall shows the statement alone."""

    CSS_PATH = "non_negotiables.tcss"
    AUTO_FOCUS = "#field"
    place = "principles"
    commands = STATEMENT
    help_text = PRINCIPLES_HELP
    draft_key = ("", "principles")
    BINDINGS = [
        *bindings(STATEMENT),
        Binding("shift+tab", "kind(-1)", "The kind before", show=False, priority=True),
        *SCROLLING,
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-bare"), (BARE, "-narrow"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-bare"), (LOW, "-tall")]

    kind: reactive[str] = reactive("principles", init=False)
    """What the next line means; one of `LINE_KINDS`."""

    def __init__(self) -> None:
        super().__init__()
        self._chosen: int | None = None
        self._marked: bool | None = None
        self._follows = False
        self._read: NonNegotiables | None = None
        """The revision as it was drawn last."""
        self._half_typed: dict[str, str] = {}
        """The half-typed lines of the other kinds, by kind."""
        self._aside: dict[str, list[SetAside]] = {}
        """What was set aside of the other kinds, by kind."""

    @property
    def revisions(self) -> tuple[NonNegotiables, ...]:
        return self.live.debrief.non_negotiables

    @property
    def shown(self) -> NonNegotiables | None:
        """The revision on screen: the one that was turned to, or the draft, or the one in force."""
        found = next((each for each in self.revisions if each.number == self._chosen), None)
        return found or non_negotiables.draft(self.revisions) or non_negotiables.in_force(self.revisions)

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Container(id="columns"):
            with titled(VerticalScroll(id="page", can_focus=False), "Statement", focused=True):
                yield Static(id="statement", markup=False)
            with VerticalScroll(id="beside", can_focus=False):
                yield titled(Static(id="agreed", markup=False), "Who agrees")
                yield titled(Static(id="open", markup=False), "Still open")
                yield titled(Static(id="revisions", markup=False), "Revisions")
        yield self.entry_line()
        yield from self.foot()

    def on_mount(self) -> None:
        self.put_back()
        self.show(self.live.debrief)
        for each in ("#page", "#beside"):
            self.watch(self.query_one(each), "virtual_size", self._follow_soon, init=False)

    def on_resize(self) -> None:
        self.call_after_refresh(lambda: self.show(self.live.debrief))

    # ------------------------------------------------------------------------------------------------------ drawing

    def show(self, debrief: Debrief) -> None:
        self.follow_hall()
        revision, (column, beside) = self.shown, self._widths()
        self._look_for_new(revision)
        with self.app.batch_update():
            self.query_one("#head", Static).update(statement.headline(self.revisions, revision, self.size.width))
            before = non_negotiables.before(self.revisions, revision) if revision else None
            compared = before if self._marks(revision) else None
            self.put("statement", [statement.statement(revision, compared, column, self.fresh)])
            count = len(revision.principles) if revision else 0
            head(self.query_one("#page"), "Statement", str(count) if count and not self.wall else "")
            self.query_one("#beside").display = revision is not None and not self.wall
            if revision is not None:
                self._show_beside(revision, beside)

    def _widths(self) -> tuple[int, int]:
        """Columns for the statement, and for what is beside or below it."""
        width = self.size.width
        if self.wall:
            return min(width - 8, 98), 0
        if width < WIDE:
            return min(width - 5, 98), width - 5
        column = width * 3 // 5
        return min(column - 6, 98), width - column - 6

    def _show_beside(self, revision: NonNegotiables, width: int) -> None:
        over = revision.adopted is not None
        self._fill("#agreed", "Who agreed" if over else "Who agrees", statement.agreement(revision, width))
        self._fill("#open", "Was open" if over else "Still open", statement.open_points(revision, width))
        self.query_one("#open").display = bool(revision.open) or self.kind == "open"
        listed = statement.revisions(self.revisions, revision, width)
        self._fill("#revisions", "Revisions", listed, str(len(self.revisions)))

    def _fill(self, id: str, title: str, lines: Iterable[Content], count: str = "") -> None:
        panel = self.query_one(id, Static)
        panel.update(Content("\n").join(lines))
        head(panel, title, count)

    def _look_for_new(self, revision: NonNegotiables | None) -> None:
        """Mark the principles that were not there when the screen was last drawn, unless another revision was turned to."""
        before, self._read = self._read, revision
        if before and revision and self._chosen is None and 0 <= revision.number - before.number <= 1:
            self.mark([text for text in revision.principles if text not in before.principles])

    def draw_lists(self) -> None:
        self.show(self.live.debrief)

    def _marks(self, revision: NonNegotiables | None) -> bool:
        """Whether changes are marked: in a draft unless switched off, elsewhere if switched on."""
        if self._marked is not None or revision is None:
            return bool(self._marked)
        return revision is non_negotiables.draft(self.revisions) and not self.wall

    def hall_changed(self) -> None:
        self.set_class(self.wall, "-wall")
        self._hide()
        self.say("")

    def watch_kind(self, before: str, now: str) -> None:
        """Keep the half-typed line of each kind apart, so that a principle isn't entered as a name."""
        field = self.field
        self._half_typed |= {before: self.unentered_in(field)}
        field.draft = self._half_typed.pop(now, "")
        self._aside[before], field.aside = field.aside, self._aside.pop(now, [])
        self._show_kind()
        self.show(self.live.debrief)

    def stash(self) -> dict[str, str]:
        """The half-typed line of each kind, and the current kind."""
        here = self.unentered_in(self.field)
        lines = {kind: text for kind, text in {**self._half_typed, self.kind: here}.items() if text}
        return {**lines, "kind": self.kind} if lines else {}

    def restore(self, typed: Mapping[str, str]) -> None:
        self._half_typed = {kind: text for kind, text in typed.items() if kind in LINE_KINDS}
        if typed.get("kind") in LINE_KINDS:
            self.set_reactive(PrinciplesScreen.kind, typed["kind"])
        self.field.draft = self._half_typed.pop(self.kind, "")
        self._show_kind()

    def _show_kind(self) -> None:
        """Say what the next line means."""
        for panel, kind in PANELS.items():
            self.query_one(panel).set_class(self.kind in kind, "-focused")
        self.show_lead()
        self.field.placeholder = LINE_KINDS[self.kind].placeholder
        self._hide()
        self.field.editing = None
        self.say("")

    def _hide(self) -> None:
        """On the wall hide names and open points while they are typed."""
        self.field.mask = "all" if self.wall and self.kind != "principles" else ""

    def lead(self) -> str:
        out = " out" if takes_out(self.so_far) else ""
        return f"{LINE_KINDS[self.kind].lead}{out} ›"

    def hint(self) -> str:
        return f"{LINE_KINDS[self.kind].hint}  ·  Tab: {LINE_KINDS[self._kind_after(1)].lead}"

    def _kind_after(self, step: int) -> str:
        """The kind so many steps after the current one; after the last comes the first."""
        names = list(LINE_KINDS)
        return names[(names.index(self.kind) + step) % len(names)]

    def in_public(self) -> bool:
        return self.wall

    # ----------------------------------------------------------------------------------------------------- entering

    def rule(self) -> Rule:
        return LINE_KINDS[self.kind].rule

    def editing_rule(self) -> Rule:
        return LINE_KINDS[self.kind].editing_rule

    def last_line(self) -> str | None:
        return drafting.last_line(self.live.debrief, self.kind)

    @property
    def _newest(self) -> NonNegotiables | None:
        """What the next line changes: the draft, or the revision in force, of which it makes one."""
        return non_negotiables.draft(self.revisions) or non_negotiables.in_force(self.revisions)

    def _looking_back(self) -> str:
        """Why nothing can be entered while another revision is shown than the draft, which a line would change; mostly empty."""
        shown, drafted = self.shown, non_negotiables.draft(self.revisions)
        if shown is None or drafted is None or shown.number == drafted.number:
            return ""
        key = LATER if drafted.number > shown.number else EARLIER
        return f"Revision {shown.number} is shown, but a line changes the draft, revision {drafted.number}: {key.key_name} turns to it."

    def why_not_edited(self) -> str:
        return self._looking_back() or super().why_not_edited()

    def take(self, text: str) -> Refusals:
        if why := self._looking_back():
            first, *others = lines_of(text)
            return (Refusal(first, why, why), *(Refusal(line, WAITS, WAITS) for line in others))
        before, already = self._newest, drafting.consented_already(self.live.debrief, text)
        refused = super().take(text)
        after = self._newest
        if after is not None and after != before:
            self._chosen = None
            self.show(self.live.debrief)
        self._into_sight()
        if not refused and before is not None and after is not None:
            if self.kind == "principles":
                self.say(_answers_moved(before, after))
            elif self.kind == "consents" and already and not self.wall:
                listed = ", ".join(clipped(name, 30) for name in already)
                self.say(f"Skipped: {listed} {'has' if len(already) == 1 else 'have'} consented already.")
        return refused

    def _into_sight(self) -> None:
        """Follow what is entered from now on: the end of the statement, or who agrees to it."""
        self._follows = True
        self._follow_soon()

    def _follow_soon(self) -> None:
        self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        if self._follows and not self.fresh:  # what is marked is followed by itself
            page = self.query_one("#page", VerticalScroll)
            if self.kind == "principles":
                page.scroll_end(animate=False)
            else:
                top = self.query_one("#open" if self.kind == "open" else "#agreed").virtual_region.y
                self.query_one("#beside", VerticalScroll).scroll_to(y=top, animate=False)

    @on(EntryField.Turned)
    def _next_kind(self) -> None:
        self.action_kind(1)

    # ------------------------------------------------------------------------------------------------------ the keys

    def action_kind(self, step: int) -> None:
        self.kind = self._kind_after(step)
        self._into_sight()

    def action_turn(self, step: int) -> None:
        shown = self.shown
        numbers = [each.number for each in self.revisions]
        if shown is None:
            self.say("There is no revision yet.", wrong=True)
            return
        at = numbers.index(shown.number) + step
        if not 0 <= at < len(numbers):
            self.say("This is the first revision." if step < 0 else "This is the newest revision.")
            return
        self._chosen, self._marked, self._follows = numbers[at], None, False
        self.disarm()
        for each in self.query(VerticalScroll):
            each.scroll_home(animate=False)
        self.show(self.live.debrief)

    def action_changes(self) -> None:
        shown = self.shown
        before = non_negotiables.before(self.revisions, shown) if shown else None
        if before is None:
            self.say("There is no revision before this one to compare it with.")
            return
        self._marked = not self._marks(shown)
        self.say(f"Marked: what went [−out−] and came [+in+] since revision {before.number}." if self._marked else "")
        self.show(self.live.debrief)

    def action_act(self) -> None:
        now, drafted = self.live.now(), non_negotiables.draft(self.revisions)
        try:
            drafting.adopt(self.live.debrief, now)
        except Refused as why:
            self.say(with_remedy(why))
            return
        assert drafted is not None
        wanting = drafting.missing_agreement(drafted, names=not self.wall)
        although = f" although {wanting}. That stays on record." if wanting else f": all {len(drafted.asked)} consent."
        if drafted.objects:
            self._ask_over_objections(drafted, wanting)
            return
        if not self.confirmed(drafted, f"F4 again puts revision {drafted.number} in force{although}"):
            self._chosen = None
            self.show(self.live.debrief)
            return
        self._adopt()

    def _ask_over_objections(self, drafted: NonNegotiables, wanting: str) -> None:
        """An objection is weighed before the draft is in force: the key alone doesn't override it."""
        self._chosen = None
        self.show(self.live.debrief)
        why = (
            [] if self.wall else [f"{clipped(each.name, 40)}: {clipped(each.reason, 200)}" for each in drafted.objects]
        )
        n = drafted.number
        ask(
            self.app,
            "\n\n".join((f"Put revision {n} in force although {wanting}?", *why, "That stays on record.")),
            ("No, it stays a draft", None),
            (
                f"Yes, put revision {n} in force over the objection{'s' if len(drafted.objects) > 1 else ''}",
                self._adopt,
            ),
        )

    def _adopt(self) -> None:
        self.host.change(drafting.adopt)
        if non_negotiables.draft(self.revisions) is None:
            self._marked = None
            self.show(self.live.debrief)
            self.say("In force. The next change begins a new draft.")

    def action_scroll(self, direction: int) -> None:
        """Scroll the page, which then no longer follows what is entered."""
        self._follows = False
        super().action_scroll(direction)


def _answers_moved(before: NonNegotiables, after: NonNegotiables) -> str:
    """What a changed wording does to the answers, as a sentence; empty if nothing."""
    if before.principles == after.principles:
        return ""
    given, again = len(non_negotiables.answered(before)), len(non_negotiables.answered(after))
    if again:
        return f"That wording was answered before: {'the answer is' if again == 1 else f'all {again} answers are'} there again."
    if given:
        were = f"{given} were given" if given > 1 else "one was given"
        return f"Consents start over: {were} to the old wording. They are kept in case it comes back."
    return ""
