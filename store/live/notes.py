"""Notes in the spool: those that wait are taken in, and while another Redraw writes, ours are left for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.archive.archive import Archive, ArchiveError
from store.live.news import Notice

if TYPE_CHECKING:
    from store.debrief import Debrief
    from store.entries import Rule
    from store.model import Observation


class Notes:
    """Both ends of one archive's spool."""

    def __init__(self, archive: Archive) -> None:
        self.handed_over: tuple[Observation, ...] = ()
        """Observations that we left for the Redraw that writes, under the names of their notes."""
        self._archive = archive
        self._told: set[str] = set()  # the names of notes that can't be taken in

    def take_in(
        self, saved: Debrief | None, show: Callable[[Debrief], object], tell: Callable[[Notice], object]
    ) -> None:
        """Save every note that waits, and show the debrief in hand, as it is saved, with its own.

        One that can't be saved now waits for the next time; one that never can is told, once.
        """
        from store.notes.spool import Spool

        if not Spool(self._archive.path).holds(self._told):
            return
        from store.notes import take_in

        try:
            found = take_in.waiting(self._archive, self._told)
            for probe, notes in found.notes.items():
                if saved is not None and saved.probe.id == probe:
                    show(take_in.take_in(self._archive, notes, saved))
                else:
                    take_in.take_in(self._archive, notes, self._archive.debrief(probe))
        except (ArchiveError, OSError):
            return
        for name, sentence in found.left.items():
            self._told.add(name)
            tell(Notice(sentence, grave=False))

    def hand_over(self, rule: Rule, text: str, debrief: Debrief, now: float) -> tuple[tuple[str, Exception], ...]:
        """Leave observations for the Redraw that writes; returns the lines that were refused and why."""
        from store.entries import enter
        from store.notes.take_in import hand_over
        from store.words.text import lines_of

        refused: list[tuple[str, Exception]] = []
        for line in lines_of(text):
            entered, why = enter(rule, debrief, line, now)
            refused += why
            try:
                for each in entered.observations[len(debrief.observations) :]:
                    self.handed_over += (hand_over(self._archive, debrief.probe, each),)
            except ArchiveError as error:
                refused.append((line, error))
        return tuple(refused)
