"""Has this pattern been seen before? Earlier ones that say nearly the same are offered, and people decide."""

from functools import partial

from textual import on
from textual.content import Content
from textual.widgets import Static

from screens.frame.host import Finished
from screens.frame.question import QuestionScreen
from screens.phases.base import PhaseScreen
from store.debrief import Debrief
from store.session import recurring
from store.session.recurring import Library, Offer
from store.words.numbers import counted
from store.words.text import clipped, visible


class SeenBefore(PhaseScreen):
    """For the phase in which patterns are entered. It searches in a thread, so that nobody has to wait."""

    _known: Library = {}
    _offers: tuple[Offer, ...] = ()
    _about: tuple[int, str] | None = None
    """The pattern that the offers are for: its number and its text."""

    def read_earlier(self) -> None:
        self.host.read_aside(recurring.reading, self)

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
        line.display = bool(self._offers) and not marked and not self.curtain
        if line.display:
            more = len(self._offers) - 1
            other = f", or {counted(more, 'other')}" if more else ""
            first = _worded(self._offers[0], max(20, 2 * self.size.width - 44 - len(other)))
            line.update(Content.assemble((f"↻ Pattern {number} seen before? Ctrl+Y:  ", "bold"), first, other))

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
            asked = f"with “{clipped(typed, 40)}”" if typed else f"like pattern {number}"
            self.say(f"No earlier pattern {asked}. Type words of it and press Ctrl+Y to look for them.", wrong=True)
        elif len(offers) == 1 and not typed:
            self._mark(number, offers[0])
        else:
            answers = [str(_worded(each, 120)) for each in offers]
            asked = f"Which of these is pattern {number}?"

            def answered(answer: int | None) -> None:
                if answer is not None and answer < len(offers):
                    self._mark(number, offers[answer])
                    if typed:
                        self.field.value = ""

            self.app.push_screen(QuestionScreen(asked, [*answers, "None of them"], len(answers)), answered)

    def _mark(self, number: int, offer: Offer) -> None:
        if self.attempt(lambda debrief, _: recurring.mark(debrief, number, offer)):
            self.say(f"Pattern {number}: seen {offer.times + 1} times. Ctrl+Y takes the mark off.")


def _worded(offer: Offer, length: int) -> str:
    times = f", seen {offer.times} times" if offer.times > 1 else ""
    where = f"  ({clipped(offer.known.title, 40)}{times})"
    return visible(clipped(offer.known.text, max(20, length - len(where)))) + where
