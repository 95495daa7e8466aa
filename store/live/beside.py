"""What a live session keeps beside its archive: drafts, and notes in the spool."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.archive.archive import Archive, ArchiveError, Drafts
from store.live.news import Notice

if TYPE_CHECKING:
    from store.debrief import Debrief
    from store.entries import Rule
    from store.model import Observation

DraftPlace = tuple[str, str]
"""Where something is typed: the id of a session or a probe (empty if there is none yet), and a name."""


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """The text of each field of one place that isn't empty at this moment.

    What may not be written to the disk is kept until Redraw ends.
    """

    place: DraftPlace
    fields: dict[str, str]
    on_disk: bool = True


class KeptDrafts:
    """What is typed and not entered, kept so that it survives a crash.

    A front end adds itself to `sources` and calls `touch` when something is typed.
    """

    def __init__(self, archive: Archive) -> None:
        self.texts: Drafts = {}
        """The text of each field, by place."""
        self.sources: list[Callable[[], Iterable[HalfTyped]]] = []
        """Each returns what is half typed on its front end now."""
        self.hindrance = ""
        """Why what is half typed is not on the disk, as a sentence, as long as it isn't."""
        self._archive = archive
        self._written: Drafts = {}
        self._in_memory: set[DraftPlace] = set()
        self._touched = False
        self.read()

    def read(self) -> None:
        """Read the drafts that the last writer left."""
        self.texts = self._archive.drafts()
        self._written = dict(self.texts)

    def touch(self) -> None:
        """Note that something was typed or entered since the drafts were last kept."""
        self._touched = True

    def gather(self) -> None:
        """Collect what is half typed now; the next `keep` writes it to the disk."""
        for source in self.sources:
            for found in source():
                self.texts[found.place] = found.fields
                if not found.on_disk:
                    self._in_memory.add(found.place)
        self._touched = True

    def keep(self) -> None:
        """Write what is half typed to the disk, if anything was typed since the last time and we write this archive.

        If that fails `hindrance` says why. Call `touch` to have it tried again.
        """
        if self._touched and self._archive.writes:
            self.gather()
            self._touched = False
            self._write()

    def forget(self, owner: str) -> None:
        """Drop the drafts of a session or a probe."""
        self.texts = {place: fields for place, fields in self.texts.items() if place[0] != owner}
        self._write()

    def _write(self) -> None:
        drafts = {
            place: fields
            for place, fields in self.texts.items()
            if place not in self._in_memory and any(fields.values())
        }
        try:
            if drafts != self._written:
                self._archive.keep_drafts(drafts)
        except ArchiveError as error:
            self.hindrance = str(error)
        else:
            self._written, self.hindrance = drafts, ""


class Notes:
    """Notes in the spool: those that wait are taken in, and while another Redraw writes, ours are left for it."""

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
        from store.notes.spool import Note, Spool
        from store.words.text import lines_of

        spool, probe = Spool(self._archive.path), debrief.probe
        refused: list[tuple[str, Exception]] = []
        for line in lines_of(text):
            entered, why = enter(rule, debrief, line, now)
            refused += why
            try:
                for each in entered.observations[len(debrief.observations) :]:
                    note = Note(probe.id, probe.created, each.at, each.by, each.kind, each.text)
                    self.handed_over += (each.but(note=spool.drop(note)),)
            except OSError as error:
                why_not = f"({(error.strerror or str(error)).lower()}): {spool.folder} can't be written to."
                refused.append((line, ArchiveError(f"Not noted {why_not}")))
        return tuple(refused)
