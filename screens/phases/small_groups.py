"""Small groups: who sits with whom, the patterns they bring back, the moments behind them, and where they were seen before."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from screens.frame.help import GROUPS_LINES, HelpText
from screens.frame.keys import ACT, OBSERVATIONS, READY
from screens.frame.question import ask
from screens.phases.base import panel
from screens.phases.seen_before import SeenBefore
from screens.widgets.cards import BORDER, Card, flowing
from screens.widgets.columns import across, beside
from screens.widgets.entry_field import EntryField, Refusals
from screens.widgets.fitted import Fitted
from screens.widgets.panel import Panel
from screens.widgets.paragraphs import hung
from screens.widgets.record_lists import having, moment_columns, observation_lines, pattern_list
from store import entries
from store.debrief import Debrief
from store.model import Felt
from store.report.lines import in_order
from store.session import decisions, mixer, recurring
from store.wall import counts
from store.words.names import fold
from store.words.numbers import counted
from store.words.text import clipped, lines_of, visible
from store.words.typed_numbers import plain

_CARD = 26
"""The least columns of a group's card."""

_CARD_ROWS = 5
"""Rows of a card whose names take two of them."""

_LINE = 44
"""The least columns of a group where there is no room for its card."""

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
        self.sought = ""
        """Words whose moments alone are shown."""
        self._kept = False
        """Whether they stay sought while something else is typed."""
        self._typing_for: int | None = None
        """The group whose pattern is being typed."""
        self.observing = False
        """Whether the observations are shown instead of the moments; entering the phase shows the moments."""

    def body(self) -> ComposeResult:
        with Vertical(id="stacked"):
            yield panel("groups", title="Groups")
            with Horizontal():
                yield panel("patterns", title="Patterns", classes="narrower -focused")
                yield panel("moments", title="Moments", classes="wider")
        yield Static(id="before", markup=False)

    def on_mount(self) -> None:
        """Make the groups the first time that the phase is entered; read what earlier groups saw."""
        self.host.read_aside(recurring.earlier_patterns, self)
        if not self.debrief.session.groups and self.debrief.participants:
            self.host.change(decisions.mix_groups)

    def rule(self) -> entries.Rule:
        return entries.pattern_rule(self.group, self.felt)

    def lead(self) -> str:
        read = entries.read_pattern(self.so_far, self.group, self.felt, len(self.debrief.session.groups))
        return f"group {read.group} {read.felt.sign}"

    @property
    def help_text(self) -> HelpText:
        found = super().help_text
        return found._replace(paragraphs=(*found.paragraphs, ("What you can type", GROUPS_LINES)))

    def hint(self) -> str:
        if _seeks(self.field.value):
            return "Enter keeps these in sight while you type the pattern  ·  Escape shows all"
        sought = "" if not self.sought else f"“{clipped(self.sought, 20)}” alone: Escape shows all  ·  "
        return (
            f"{sought}2- text # 3 8 p2: group 2, moments, paper maps  ·  /word: moments with it  ·  m+ a moment  ·  “5 groups”"
            f"  ·  2 {READY.key_name}: group 2 is ready"
        )

    def show_body(self, debrief: Debrief) -> None:
        self.look_for_earlier()
        self.name_act("Seat" if self._late else "Split" if mixer.crowded(debrief.session.groups) else "Mix")
        columns, _ = across(len(debrief.session.groups), self.size.width - 2, _CARD)
        cards = (
            self.bordered and _CARD_ROWS * -(-len(debrief.session.groups) // columns) <= (self.size.height - 12) // 2
        )
        self.query_one("#groups-box").set_class(cards, "-ruled")
        large = ", ".join(map(str, mixer.crowded(debrief.session.groups)))
        self.name_panel("groups", "Groups", f"{ACT.key_name}: split {large}" if large else self._how_many(debrief))
        self.draw("groups", partial(self._groups, debrief, cards))
        self.name_panel("patterns", "Patterns", str(len(debrief.patterns)), focused=True)
        self.draw("patterns", lambda width: pattern_list(debrief, width, self.fresh))
        self._show_moments()

    def _how_many(self, debrief: Debrief) -> str:
        """How many are ready, as far as any is."""
        ready = len(debrief.session.ready)
        return f"{ready} of {len(debrief.session.groups)} ready" if ready else ""

    def _show_moments(self, picked: frozenset[int] = frozenset()) -> None:
        """The moments, or the observations; of both those alone that hold the words that are sought."""
        debrief, typed, fresh = self.debrief, self.sought, self.fresh
        seen = in_order(debrief.observations)
        if self.observing:
            found = having(seen, typed)
            self.name_panel("moments", "Observations", *_noted(_of(found, seen), "moments"))
            none = "No observation has these words." if seen else "Nobody noted an observation."
            self.draw("moments", lambda width: _joined(observation_lines(found, width)) or Content(none))
            return
        note = _of(having(debrief.moments, typed), debrief.moments)
        other = (counted(len(seen), "observation"), "observations") if seen else ()
        self.name_panel("moments", "Moments", *_noted(note, *other))
        self.draw("moments", lambda width: moment_columns(debrief, width, picked, fresh, typed))

    def _groups(self, debrief: Debrief, cards: bool, width: int) -> Content:
        said = [Content.styled(visible(each), "dim italic") for each in self._unmet(debrief)]
        if not debrief.session.groups:
            return Content("\n").join([Content("Nobody is in the roster: F9 goes back to enter names."), *said])
        if self._late:
            said.insert(0, Content(f"in no group yet: {', '.join(map(visible, self._late))}"))
        groups = [*enumerate(debrief.session.groups, 1)]
        if cards:
            drawn = flowing([self._card(debrief, *each) for each in groups], width, _CARD)
        else:
            columns, wide = across(len(groups), width, _LINE)
            drawn = beside([self._line(debrief, wide, *each) for each in groups], columns, wide)
        return Content("\n").join([drawn, *said])

    @staticmethod
    def _unmet(debrief: Debrief) -> Iterable[str]:
        return mixer.unmet(debrief.session.groups, debrief.participants, debrief.past.pairs)

    def _card(self, debrief: Debrief, number: int, group: Sequence[str]) -> Card:
        ready = number in debrief.session.ready
        here = number == self._typing_for
        n = len(group)
        title = Content.assemble((f"Group {number}", "bold $accent" if here else "bold"), f" · {counted(n, 'person')}")
        return Card(
            title,
            [Content(", ".join(self._named(debrief, group))), Content.styled(_mix(debrief, group), "dim")],
            Content.styled("ready ✓", "bold $success") if ready else Content(""),
            "$accent" if here else "$success" if ready else BORDER,
        )

    def _line(self, debrief: Debrief, width: int, number: int, group: Sequence[str]) -> Content:
        """A group where there are no rows for its card."""
        ready = Content.styled("ready ✓  ", "bold $success") if number in debrief.session.ready else Content("")
        return hung(ready + Content(", ".join(self._named(debrief, group))), width, f"{number} ")

    @staticmethod
    def _named(debrief: Debrief, group: Sequence[str]) -> Iterator[str]:
        gone = {each.alias for each in debrief.participants if each.left}
        return (f"{visible(name)} (left)" if name in gone else visible(name) for name in group)

    @property
    def _late(self) -> tuple[str, ...]:
        """Who came after the groups were mixed and is in none yet."""
        groups = self.debrief.session.groups
        return mixer.waiting(groups, self.debrief.present) if groups else ()

    def _mix(self, count: int | None = None) -> None:
        self.attempt(partial(decisions.mix_groups, count=count))

    def take(self, text: str) -> Refusals:
        if _seeks(text):
            self._kept = True
            return ()
        if match := _COUNT.fullmatch(text):
            self._mix(int(match[1]))
            return ()
        return super().take(text)

    def unentered_in(self, field: Input | TextArea) -> str:
        """Words that are sought are nothing to enter."""
        text = super().unentered_in(field)
        return "" if _seeks(text) else text

    def entered(self, text: str) -> None:
        self._seek("")
        self.group = max(self.debrief.patterns, key=lambda each: each.number).group if self.debrief.patterns else 1
        self.show_lead()
        if late := [*filter(entries.late_moment, lines_of(text))]:
            self.ask_for_at(self.debrief.moments[-len(late) :], self.debrief.names, "“m{}: …” edits it.")

    def typed(self, value: str) -> None:
        super().typed(value)
        if _seeks(value):
            self._kept = False
            self._seek(value.lstrip()[1:].strip())
        elif not value.strip() and not self._kept:
            self._seek("")
        if not self.covered and not _seeks(value):
            read = entries.read_pattern(value, self.group, self.felt, len(self.debrief.session.groups))
            self._type_for(read.group if value.strip() else None)
            if "#" in value:
                self._show_moments(frozenset(read.moments))

    def _seek(self, words: str) -> None:
        """Show only the moments that hold these words; without words, all."""
        if words != self.sought:
            self.sought = words
            if not self.covered:
                self._show_moments()
                self.query_one("#moments-box", Panel).scroll_home(animate=False)
        self.refresh_hint()

    def _type_for(self, group: int | None) -> None:
        """Mark the card of the group whose pattern is being typed."""
        if group != self._typing_for:
            self._typing_for = group
            self.query_one("#groups", Fitted).draw_again()

    @on(EntryField.Emptied)
    def _seek_no_more(self) -> None:
        self._seek("")

    def action_act(self) -> None:
        large = mixer.crowded(self.debrief.session.groups)
        if self._late:
            seated = self.attempt(lambda debrief, _: decisions.seat_latecomers(debrief))
            if seated and (large := mixer.crowded(self.debrief.session.groups)):
                self.say(f"{mixer.too_large(large)} F4 offers to split {'it' if len(large) == 1 else 'them'}.")
        elif large:
            ask(
                self.app,
                f"{mixer.too_large(large)}\n\nA part of each keeps its number, the others come last, and all patterns stay.",
                (f"Split {'it' if len(large) == 1 else 'them'}: nobody else changes groups", self._split_groups),
                ("Mix new groups of everybody", self._mix),
                ("Leave the groups as they are", None),
            )
        elif self.confirmed("mix", "F4 again mixes new groups; the patterns that are entered stay."):
            self._mix()

    def _split_groups(self) -> None:
        if self.attempt(decisions.split_groups):
            self.say("The new groups come last. Ctrl+T takes the split back.")

    def action_ready(self) -> None:
        """Mark the group whose number is in the field as ready, or as not ready any more."""
        typed = plain(self.field.value).strip()
        if not typed.isdigit() or len(typed) > 3:
            self.say(f"Type the number of the group, then {READY.key_name}. What else is typed stays.", wrong=True)
            return
        number = int(typed)
        if self.attempt(lambda debrief, _: decisions.turn_ready(debrief, number)):
            self.field.value = ""
            ready = number in self.debrief.session.ready
            self.say(f"Group {number} is {'ready' if ready else 'not ready yet'}: {counts.count(self.debrief)}.")

    def action_observations(self) -> None:
        """Show the observations instead of the moments, or the moments again; behind the curtain neither."""
        if not self.out_of_sight("observations"):
            self.observing = not self.observing
            self.show_work(self.debrief)
            self.query_one("#moments-box", Panel).scroll_home(animate=False)

    @on(EntryField.Turned)
    def _other_feeling(self) -> None:
        self.felt = self.felt.other
        self.show_lead()


def _seeks(text: str) -> bool:
    """Whether a line seeks moments: it is one line and begins with a slash."""
    return text.lstrip()[:1] == "/" and len(lines_of(text)) < 2


def _of(found: Sequence[object], every: Sequence[object]) -> str:
    return str(len(every)) if len(found) == len(every) else f"{len(found)} of {len(every)}"


def _noted(count: str, *others: str) -> Iterator[str]:
    """A count, and before it alone with the key that shows what else there is."""
    yield from (f"{count}  {OBSERVATIONS.key_name}: {other}" for other in others)
    yield count


def _joined(lines: Iterable[Content]) -> Content:
    return Content("\n").join(lines)


def _mix(debrief: Debrief, group: Sequence[str]) -> str:
    """How many organisations a group is mixed from, and how many people of each, the most first."""
    counts = sorted(Counter(fold(debrief.organisation_of(name)) for name in group).values(), reverse=True)
    return f"{counted(len(counts), 'organisation')} {'+'.join(map(str, counts)) if len(counts) > 1 else ''}".rstrip()
