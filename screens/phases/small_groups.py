"""Small groups: who sits with whom, the patterns they bring back, and the moments behind them."""

import re
from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.frame.keys import ACT
from screens.phases.base import scrolled
from screens.phases.seen_before import SeenBefore
from screens.widgets.entry_field import EntryField, Refusals
from screens.widgets.paragraphs import hung
from screens.widgets.record_lists import moment_list, observation_lines, pattern_list
from store import entries
from store.debrief import Debrief
from store.model import Felt
from store.report.records_in_words import in_order
from store.session import decisions, mixer
from store.words.numbers import counted
from store.words.text import visible

_COUNT = re.compile(r"\s*(\d{1,2})\s*groups?\s*", re.IGNORECASE)


class SmallGroupsScreen(SeenBefore):
    """Groups and patterns on the left, moments to pick from on the right."""

    name_of_phase = "small_groups"
    kind = "patterns"
    placeholder = "2- what the group saw # 3 8 12 p2"
    BINDINGS = [ACT.binding("Mix")]

    def __init__(self) -> None:
        super().__init__()
        self.felt = Felt.COMPROMISED
        self.group = 1
        self._unmet: tuple[str, ...] = ()
        self.observing = False
        """Whether the observations are shown instead of the moments; entering the phase shows the moments."""

    def body(self) -> ComposeResult:
        yield Horizontal(scrolled("groups", "patterns", classes="column"), scrolled("moments", classes="column -right"))
        yield Static(id="before", markup=False)

    def on_mount(self) -> None:
        """Make the groups the first time that the phase is entered; read what earlier groups saw."""
        self.read_earlier()
        if not self.debrief.session.groups and self.debrief.participants:
            self._mix(None)

    def rule(self) -> entries.Rule:
        return entries.pattern_rule(self.group, self.felt)

    def lead(self) -> str:
        return f"group {self.group} {self.felt.sign}"

    def hint(self) -> str:
        return "2- text # 3 8 p2: group 2, moments, paper maps  ·  m+ a moment  ·  “5 groups”"

    def count(self, debrief: Debrief) -> str:
        groups = len(debrief.session.groups)
        heard = len({pattern.group for pattern in debrief.patterns})
        of = f"{heard} of " if debrief.patterns and heard < groups else ""
        return f"{counted(len(debrief.patterns), 'pattern')} from {of}{counted(groups, 'group')}"

    def show_body(self, debrief: Debrief) -> None:
        self.look_for_earlier()
        self.put("groups", self._groups(debrief))
        if self.curtain:
            self.put("patterns", [Content(""), *self.curtained])
            self.put("moments", ())
        else:
            self.put("patterns", [Content.styled("\nPatterns", "bold $accent"), pattern_list(debrief, self.column)])
            self._show_moments(frozenset())

    def _show_moments(self, picked: frozenset[int]) -> None:
        seen = in_order(self.debrief.observations)
        if self.observing:
            title, key = f"Observations ({len(seen)})", "   Ctrl+N: moments"
            lines = [*observation_lines(seen, self.column)] or [Content("Nobody noted an observation.")]
        else:
            title = f"Moments ({len(self.debrief.moments)})"
            key = f"   Ctrl+N: {counted(len(seen), 'observation')}" if seen else ""
            if len(title + key) > self.column:
                key = "   Ctrl+N: observations"
            lines = [moment_list(self.debrief, self.column, picked)]
        self.put("moments", [Content.assemble((title, "bold $accent"), (key, "dim")), *lines])

    def _groups(self, debrief: Debrief) -> Iterator[Content]:
        yield Content.styled("Groups", "bold $accent")
        for number, group in enumerate(debrief.session.groups, 1):
            yield hung(Content(", ".join(map(visible, group))), self.column, f"{number} ")
        late = mixer.waiting(debrief.session.groups, debrief.participants)
        if not debrief.session.groups:
            yield Content("Nobody is in the roster: F9 goes back to enter names.")
        elif late:
            yield Content(f"in no group yet: {', '.join(map(visible, late))}")
        yield from (Content.styled(visible(sentence), "dim italic") for sentence in self._unmet)

    def _mix(self, count: int | None) -> None:
        def step(debrief: Debrief, now: float) -> Debrief:
            mixed, self._unmet = decisions.mix_groups(debrief, now, count)
            return mixed

        self.attempt(step)

    def take(self, text: str) -> Refusals:
        if match := _COUNT.fullmatch(text):
            self._mix(int(match[1]))
            return ()
        return super().take(text)

    def entered(self, text: str) -> None:
        self.group = max(self.debrief.patterns, key=lambda each: each.number).group if self.debrief.patterns else 1
        self.show_lead()

    def typed(self, value: str) -> None:
        if "#" in value and not self.curtain:
            read = entries.read_pattern(value, self.group, self.felt, len(self.debrief.session.groups))
            self._show_moments(frozenset(read.moments))

    def action_act(self) -> None:
        if mixer.waiting(self.debrief.session.groups, self.debrief.participants) and self.debrief.session.groups:
            self.attempt(self._seat)
        elif self.confirmed("mix", "F4 again mixes new groups; the patterns that are entered stay."):
            self._mix(None)

    def action_observations(self) -> None:
        """Show the observations instead of the moments, or the moments again; behind the curtain neither."""
        if not self.out_of_sight("observations"):
            self.observing = not self.observing
            self.show_body(self.debrief)
            self.query_one("#moments-box", VerticalScroll).scroll_home(animate=False)

    def _seat(self, debrief: Debrief, now: float) -> Debrief:
        seated, self._unmet = decisions.seat_latecomers(debrief)
        return seated

    @on(EntryField.Turned)
    def _other_feeling(self) -> None:
        self.felt = self.felt.other
        self.show_lead()
