"""Small groups: who sits with whom, the patterns they bring back, the moments behind them, and where they were seen before."""

import re
from collections.abc import Iterator
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.frame.base import Finished
from screens.frame.keys import ACT, READY
from screens.frame.question import ask
from screens.phases.base import PhaseScreen, scrolled
from screens.widgets.entry_field import EntryField, Refusals
from screens.widgets.paragraphs import hung
from screens.widgets.record_lists import moment_list, observation_lines, pattern_list
from store import entries
from store.debrief import Debrief
from store.model import Felt
from store.report.lines import in_order
from store.session import decisions, mixer, recurring
from store.session.recurring import EarlierPatterns, Offer
from store.wall import counts
from store.words.numbers import counted
from store.words.text import clipped, lines_of, visible
from store.words.typed_numbers import plain

_COUNT = re.compile(r"\s*(\d{1,2})\s*groups?\s*", re.IGNORECASE)


class SeenBefore(PhaseScreen):
    """Has this pattern been seen before? The nearest earlier ones are offered, and people decide.

    It searches in a thread, so that nobody has to wait.
    """

    _known: EarlierPatterns = {}
    _offers: tuple[Offer, ...] = ()
    _about: tuple[int, str] | None = None
    """The pattern that the offers are for: its number and its text."""

    @on(Finished)
    def _has_read(self, message: Finished) -> None:
        if message.found:  # if the archive can't be read, nothing is offered and all else goes on
            self._known, self._about = message.found, None
            self.look_for_earlier()

    def look_for_earlier(self) -> None:
        """Search, in a thread, for patterns like the last one if that has changed; show what was found."""
        last = max(self.debrief.patterns, key=lambda each: each.number, default=None)
        about = (last.number, last.text) if last else None
        if about != self._about and self._known:
            self._about, self._offers = about, ()
            if about is not None:
                look = partial(self._look, self.debrief, about)
                self.run_worker(look, thread=True, exit_on_error=False)
        self._show_offers()

    def _look(self, debrief: Debrief, about: tuple[int, str]) -> None:
        self.app.call_from_thread(self._found, about, recurring.offers(debrief, about[0], self._known))

    def _found(self, about: tuple[int, str], offers: tuple[Offer, ...]) -> None:
        if about == self._about and self.is_mounted:  # no other pattern came meanwhile
            self._offers = offers
            self._show_offers()

    def _show_offers(self) -> None:
        line = self.query_one("#before", Static)
        number = self._about[0] if self._about else 0
        marked = recurring.recurring(self.debrief, (self.debrief.session.id, number))
        line.display = bool(self._offers) and not marked
        if line.display:
            more = len(self._offers) - 1
            other = f", or {counted(more, 'other')}" if more else ""
            first = _worded(self._offers[0], max(20, 2 * self.size.width - 44 - len(other)))
            line.update(Content.assemble((f"↻ Pattern {number} seen before? Ctrl+B:  ", "bold"), first, other))

    def action_look_back(self) -> None:
        """Mark the last pattern as seen before, or remove the mark; a number in the field names another pattern.

        Words in the field are searched for in all earlier patterns.
        """
        self.disarm()
        if self.out_of_sight("patterns"):
            return
        typed = self.field.value.strip()
        numbers = [each.number for each in self.debrief.patterns]
        if not numbers:
            self.say("No pattern is entered yet.", wrong=True)
            return
        number = max(numbers)
        if typed.isdecimal() and len(typed) < 5:
            number, typed = int(typed), ""
            if number not in numbers:
                self.say(f"There is no pattern {number}: they go from 1 to {max(numbers)}.", wrong=True)
                return
            self.field.value = ""
        if recurring.recurring(self.debrief, (self.debrief.session.id, number)):
            if self.attempt(lambda debrief, _: recurring.unmark(debrief, number)):
                self.say(f"Pattern {number} is no longer marked as seen before.")
            return
        at_hand = not typed and self._about is not None and self._about[0] == number
        offers = self._offers if at_hand else recurring.offers(self.debrief, number, self._known, typed)
        self._offer(number, offers, typed)

    def _offer(self, number: int, offers: tuple[Offer, ...], typed: str) -> None:
        if not offers:
            asked = f"with “{clipped(typed, 40)}”" if typed else "to compare with"
            self.say(f"No earlier pattern {asked}. Type words of it and press Ctrl+B to look for them.", wrong=True)
            return

        def chosen(offer: Offer) -> None:
            self._mark(number, offer)
            if typed:
                self.field.value = ""

        answers = [(_listed(each), partial(chosen, each)) for each in offers]
        said = next(each.text for each in self.debrief.patterns if each.number == number)
        asked = f"Which of these is pattern {number}?\n{clipped(visible(said), 240)}"
        ask(self.app, asked, *answers, ("None of them", None))

    def _mark(self, number: int, offer: Offer) -> None:
        if self.attempt(lambda debrief, _: recurring.mark(debrief, number, offer)):
            self.say(f"Pattern {number}: seen {offer.times + 1} times. Ctrl+B takes the mark off.")


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
        self.observing = False
        """Whether the observations are shown instead of the moments; entering the phase shows the moments."""

    def body(self) -> ComposeResult:
        yield Horizontal(scrolled("groups", "patterns", classes="column"), scrolled("moments", classes="column -right"))
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

    def hint(self) -> str:
        return f"2- text # 3 8 p2: group 2, moments, paper maps  ·  m+ a moment  ·  “5 groups”  ·  2 {READY.key_name}: group 2 is ready"

    def show_body(self, debrief: Debrief) -> None:
        self.look_for_earlier()
        self.name_act("Seat" if self._late else "Split" if mixer.crowded(debrief.session.groups) else "Mix")
        self.put("groups", self._groups(debrief))
        head = Content.styled(f"\nPatterns ({len(debrief.patterns)})", "bold $accent")
        self.put("patterns", [head, pattern_list(debrief, self.column, self.fresh)])
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
            lines = [moment_list(self.debrief, self.column, picked, self.fresh)]
        self.put("moments", [Content.assemble((title, "bold $accent"), (key, "dim")), *lines])

    def _groups(self, debrief: Debrief) -> Iterator[Content]:
        large = ", ".join(map(str, mixer.crowded(debrief.session.groups)))
        gone = {each.alias for each in debrief.participants if each.left}
        yield Content.assemble(("Groups", "bold $accent"), (f"   F4: split {large}" if large else "", "dim"))
        for number, group in enumerate(debrief.session.groups, 1):
            ready = Content.styled("ready ✓  ", "bold $success") if number in debrief.session.ready else Content("")
            names = (f"{visible(name)} (left)" if name in gone else visible(name) for name in group)
            yield hung(ready + Content(", ".join(names)), self.column, f"{number} ")
        if not debrief.session.groups:
            yield Content("Nobody is in the roster: F9 goes back to enter names.")
        elif self._late:
            yield Content(f"in no group yet: {', '.join(map(visible, self._late))}")
        for sentence in mixer.unmet(debrief.session.groups, debrief.participants, debrief.past.pairs):
            yield Content.styled(visible(sentence), "dim italic")

    @property
    def _late(self) -> tuple[str, ...]:
        """Who came after the groups were mixed and is in none yet."""
        groups = self.debrief.session.groups
        return mixer.waiting(groups, self.debrief.present) if groups else ()

    def _mix(self, count: int | None = None) -> None:
        self.attempt(partial(decisions.mix_groups, count=count))

    def take(self, text: str) -> Refusals:
        if match := _COUNT.fullmatch(text):
            self._mix(int(match[1]))
            return ()
        return super().take(text)

    def entered(self, text: str) -> None:
        self.group = max(self.debrief.patterns, key=lambda each: each.number).group if self.debrief.patterns else 1
        self.show_lead()
        if late := [*filter(entries.late_moment, lines_of(text))]:
            self.ask_for_at(self.debrief.moments[-len(late) :], self.debrief.names, "“m{}: …” edits it.")

    def typed(self, value: str) -> None:
        super().typed(value)
        if "#" in value and not self.covered:
            read = entries.read_pattern(value, self.group, self.felt, len(self.debrief.session.groups))
            self._show_moments(frozenset(read.moments))

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
            self.query_one("#moments-box", VerticalScroll).scroll_home(animate=False)

    @on(EntryField.Turned)
    def _other_feeling(self) -> None:
        self.felt = self.felt.other
        self.show_lead()


_MARKED = {"=": "", "≠": "bold underline", "!": "bold reverse"}
"""The styles for words that the present pattern has too, that it doesn't have, and for negations that it doesn't have."""


def _worded(offer: Offer, length: int) -> Content:
    """An earlier pattern with the words marked that the present one doesn't have, and where it was seen.

    A negation that only one of the two has turns the meaning: it is named in words too.
    """
    parts: list[Content] = []
    for mark, part in offer.differs.parts:
        parts.append(Content.styled(clipped(part, length), _MARKED[mark]))
        length -= len(part)
        if length <= 0:
            break
    times = f", seen {offer.times} times" if offer.times > 1 else ""
    turned = [f"  ≠ only in the new one: {word}" for word in offer.differs.negations]
    turned += [f"  ≠ only in the earlier one: {word}" for word in offer.differs.turned]
    negated = [(visible(each), "bold reverse") for each in turned]
    return Content.assemble(*parts, f"  ({clipped(offer.known.title, 40)}{times})", *negated)


def _listed(offer: Offer) -> Content:
    """The same in a list, with the other words that only the present pattern has."""
    words = ", ".join(word for word in offer.differs.only_here if word not in offer.differs.negations)
    only = f"  only in the new one: {clipped(words, 80)}" if words else ""
    return Content.assemble(_worded(offer, 240), (only, "dim"))
