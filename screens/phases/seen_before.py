"""Has this pattern been seen before? The nearest patterns of earlier debriefs are offered, and people decide."""

from functools import partial

from textual import on
from textual.content import Content
from textual.widgets import Static

from screens.frame.base import Finished
from screens.frame.question import ask
from screens.phases.base import PhaseScreen
from store.debrief import Debrief
from store.session import recurring
from store.session.recurring import EarlierPatterns, Offer
from store.words.numbers import counted
from store.words.text import clipped, visible


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
