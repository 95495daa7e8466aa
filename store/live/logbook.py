"""Reading the logbook: the probes, and what the group holds across them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from store.archive.archive import Archive, ArchiveError
from store.live.news import Notice
from store.logbook import listing

if TYPE_CHECKING:
    from store.book.lineage import WordingOrigin
    from store.book.recurrence import Recurrence
    from store.debrief import Debrief
    from store.logbook.listing import LogbookEntry
    from store.trends.case import Case

T = TypeVar("T")


class Logbook:
    """Reads the archive as it is saved now. If that fails it tells a problem and returns what it can."""

    def __init__(self, archive: Archive, now: Callable[[], float], tell: Callable[[Notice], object]) -> None:
        """Read the probes.

        Raises:
            ArchiveError: the list can't be read.
        """
        self._archive, self._now, self._tell = archive, now, tell
        self.latest: tuple[LogbookEntry, ...] = archive.sound(self._read_entries)
        """The probes when they were last read."""
        self._fresh = True

    @property
    def begins_at(self) -> str:
        """The path at which the first entry begins a new archive; empty where there is one."""
        return "" if self._archive.exists else str(self._archive.path)

    def entries(self, quietly: bool = False) -> tuple[LogbookEntry, ...]:
        """The probes with their states, as they are now; `quietly` if nobody has asked, so that a problem isn't told again."""
        if not self._fresh:  # the first screen shows what was read at the start
            self.latest = self._read(self._read_entries, self.latest, quietly)
        self._fresh = False
        return self.latest

    def entry(self, probe: str) -> LogbookEntry | None:
        """A probe when they were last read."""
        return next((each for each in self.latest if each.probe == probe), None)

    def case(self, probe: str) -> Case | None:
        """A probe as it was debriefed, with the medians that may be shown; None if it wasn't, or can't be read."""
        from store.trends import read_cases

        def find() -> Case | None:
            return read_cases.one(self._archive, probe)

        return self._read(find, None, quietly=True)

    def framework(self) -> Debrief | None:
        """What the group holds across probes; None if that can't be read."""

        def find() -> Debrief:
            self._archive.follow()
            return self._archive.new_debrief(self._now())

        return self._read(find, None)

    def lineage(self, number: int) -> tuple[WordingOrigin, ...]:
        """Where each wording of a guideline came from, oldest first."""
        from store.book.lineage import lineage

        return self._read(lambda: lineage(self._archive, number), ())

    def recurrences(self) -> tuple[Recurrence, ...]:
        """The recurring patterns and what became of each."""
        from store.book.recurrence import recurrences

        return self._read(lambda: recurrences(self._archive), ())

    def _read_entries(self) -> tuple[LogbookEntry, ...]:
        self._archive.follow()
        return listing.entries(self._archive, datetime.fromtimestamp(self._now()).astimezone())

    def sound(self, find: Callable[[], T]) -> T:
        """What `find` gives; without damaged records if one is in its way, which is told. Raises as `Archive.sound`."""
        before = self._archive.left_out
        found = self._archive.sound(find)
        if self._archive.left_out > before:
            self._tell(Notice(self._archive.damage))
        return found

    def _read(self, find: Callable[[], T], otherwise: T, quietly: bool = False) -> T:
        try:
            return self.sound(find)
        except ArchiveError as error:  # another program has changed the file
            if not quietly:
                self._tell(Notice(str(error)))
            return otherwise
