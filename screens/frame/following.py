"""Lists that follow what is entered: it is scrolled to and marked for a moment, wherever in the list it stands."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from screens.frame.base import BaseScreen, Result
from screens.widgets.fitted import Fitted
from screens.widgets.paragraphs import FRESH
from store.debrief import Debrief

MARKED_FOR = 1.5
"""Seconds for which what was just entered stays marked."""

_LISTED = ("participants", "moments", "patterns", "amendments", "dissent", "proposals", "observations")


class FollowingScreen(BaseScreen[Result]):
    """A screen with lists of records. It calls `look_for_fresh` with each debrief before it draws it."""

    fresh: Sequence[Any] = ()
    """The records that were just entered or changed, and feelings as a word and its number; their lists mark them."""
    _before: Debrief | None = None
    _unmarking: Timer | None = None

    def look_for_fresh(self, debrief: Debrief) -> None:
        """Find what a debrief has that the one shown before had not; of the first one nothing is fresh."""
        before, self._before = self._before, debrief
        found: list[Any] = []
        for table in _LISTED if before is not None else ():
            old, new = getattr(before, table), getattr(debrief, table)
            if old is not new:
                known = set(old)
                found += [each for each in new if each not in known]
        if before is not None:
            found += debrief.session.feelings.items() - before.session.feelings.items()
        self.mark(found)

    def mark(self, found: Sequence[Any]) -> None:
        """Mark what was found for a moment; what was marked before no longer is."""
        if found:
            self.fresh = found
            if self._unmarking is not None:
                self._unmarking.stop()
            self._unmarking = self.set_timer(MARKED_FOR, self._unmark)

    def _unmark(self) -> None:
        self.fresh = ()
        self.draw_lists()

    def draw_lists(self) -> None:
        """Draw the lists again."""

    def put(self, id: str, lines: Iterable[Content]) -> None:
        """Show lines in the text with that id, and scroll to those that are fresh."""
        text, whole = self.query_one(f"#{id}", Static), Content("\n").join(lines)
        text.update(whole)
        self.follow(text, lambda: whole)

    def draw(self, id: str, drawn: Callable[[int], Content | Iterable[Content]]) -> None:
        """Show what is drawn for the width of the text with that id, whole or in lines, and scroll to what of it is fresh."""

        def whole(width: int) -> Content:
            found = drawn(width)
            return found if isinstance(found, Content) else Content("\n").join(found)

        text = self.query_one(f"#{id}", Fitted)
        text.show(whole)
        self.follow(text, lambda: text.drawn)

    def follow(self, text: Widget, drawn: Callable[[], Content]) -> None:
        """Scroll to what is marked in a widget as soon as that is laid out and `drawn`."""
        if self.fresh:
            self.call_after_refresh(self._into_view, text, drawn)

    def _into_view(self, text: Widget, drawn: Callable[[], Content]) -> None:
        whole = drawn()
        marks = [span for span in whole.spans if span.style == FRESH]
        if not marks:
            return
        first = whole.plain.count("\n", 0, min(mark.start for mark in marks))
        last = whole.plain.count("\n", 0, max(mark.end for mark in marks))
        for box in text.ancestors:
            if isinstance(box, VerticalScroll):
                top = text.virtual_region.y
                for row in (first, last):  # the end of it is in sight in any case
                    box.scroll_to_region(Region(0, top + row, 1, 1), animate=False, force=True)
                return
