"""Small groups: who sits with whom, the patterns they bring back, and the moments behind them."""

import re
from collections.abc import Iterable
from typing import Any

from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.frame.keys import ACT
from screens.phases.seen_before import SeenBefore
from screens.widgets.entry_field import EntryField, Refusals
from screens.widgets.moments import moment_list, pattern_list
from screens.widgets.observations import observation_lines
from screens.widgets.paragraphs import hung
from store import entries
from store.debrief import Debrief
from store.entries import Rule
from store.model import Felt
from store.session import decisions, mixer
from store.session.observations import in_order
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

    def body(self) -> Iterable[Any]:
        with Horizontal():
            with VerticalScroll(classes="column scroll", can_focus=False):
                yield Static(id="groups", markup=False)
                yield Static(id="patterns", markup=False)
            with VerticalScroll(id="moments-scroll", classes="column -right scroll", can_focus=False):
                yield Static(id="moments", markup=False)
        yield Static(id="before", markup=False)

    def on_mount(self) -> None:
        """Make the groups the first time that the phase is entered; read what earlier groups saw."""
        self.read_earlier()
        if not self.debrief.session.groups and self.debrief.participants:
            self._mix(None)

    def rule(self) -> Rule:
        return entries.pattern_rule(self.group, self.felt)

    def lead(self) -> str:
        return f"group {self.group} {self.felt.sign}"

    def hint(self) -> str:
        return "2- text # 3 8 p2: group 2, moments, paper maps  ·  m+ a moment  ·  “5 groups”"

    def count(self, debrief: Debrief) -> str:
        found, groups = len(debrief.patterns), len(debrief.session.groups)
        heard = len({pattern.group for pattern in debrief.patterns})
        of = f"{heard} of {groups}" if found and heard < groups else f"{groups}"
        return f"{found} pattern{'' if found == 1 else 's'} from {of} group{'' if groups == 1 else 's'}"

    def show_body(self, debrief: Debrief) -> None:
        self.look_for_earlier()
        if self.curtain:
            self.query_one("#groups", Static).update(self._groups(debrief))
            self.query_one("#patterns", Static).update(f"\nCurtain drawn. {self.count(debrief)}.")
            self.query_one("#moments", Static).update("")
            return
        self.query_one("#groups", Static).update(self._groups(debrief))
        self.query_one("#patterns", Static).update(
            Content("\n").join([Content.styled("\nPatterns", "bold $accent"), pattern_list(debrief, self.column)])
        )
        self._show_moments(frozenset())

    def _show_moments(self, picked: frozenset[int]) -> None:
        seen = in_order(self.debrief.observations)
        if self.observing:
            head = _head(f"Observations ({len(seen)})", "Ctrl+N: moments")
            lines = [*observation_lines(seen, self.column)] or [Content("Nobody noted an observation.")]
        else:
            title, key = f"Moments ({len(self.debrief.moments)})", f"Ctrl+N: {counted(len(seen), 'observation')}"
            fits = len(f"{title}   {key}") <= self.column
            head = _head(title, (key if fits else "Ctrl+N: observations") if seen else "")
            lines = [moment_list(self.debrief, self.column, picked)]
        self.query_one("#moments", Static).update(Content("\n").join([head, *lines]))

    def _groups(self, debrief: Debrief) -> Content:
        lines = [Content.styled("Groups", "bold $accent")]
        for number, group in enumerate(debrief.session.groups, 1):
            lines.append(hung(Content(", ".join(visible(name) for name in group)), self.column, f"{number} "))
        late = mixer.waiting(debrief.session.groups, debrief.participants)
        if not debrief.session.groups:
            lines.append(Content("Nobody is in the roster: F9 goes back to enter names."))
        elif late:
            lines.append(Content(f"in no group yet: {', '.join(map(visible, late))}"))
        lines += [Content.styled(visible(sentence), "dim italic") for sentence in self._unmet]
        return Content("\n").join(lines)

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
            self._show_moments(
                frozenset(entries.read_pattern(value, self.group, self.felt, len(self.debrief.session.groups)).moments)
            )

    def act(self) -> None:
        if mixer.waiting(self.debrief.session.groups, self.debrief.participants) and self.debrief.session.groups:
            self.attempt(self._seat)
        elif self.confirmed("mix", "F4 again mixes new groups; the patterns that are entered stay."):
            self._mix(None)

    def action_observations(self) -> None:
        """Show the observations instead of the moments, or the moments again; behind the curtain neither."""
        if self.curtain or self.wall:
            self.say("The observations stay behind the curtain: F3 opens it, off the wall.", wrong=True)
            return
        self.observing = not self.observing
        self.show_body(self.debrief)
        self.query_one("#moments-scroll", VerticalScroll).scroll_home(animate=False)

    def _seat(self, debrief: Debrief, now: float) -> Debrief:
        seated, self._unmet = decisions.seat_latecomers(debrief)
        return seated

    @on(EntryField.Turned)
    def _other_feeling(self) -> None:
        self.felt = self.felt.other
        self.show_lead()


def _head(title: str, key: str) -> Content:
    return Content.assemble((title, "bold $accent"), (f"   {key}" if key else "", "dim"))


SCREEN = SmallGroupsScreen
