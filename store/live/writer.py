"""Writing the archive: who does, and whether everything is saved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from store.archive.archive import Archive, ArchiveError, InUse
from store.live.news import Happening, News, Notice, Status
from store.refused import Refused

if TYPE_CHECKING:
    from store.debrief import Debrief


class ReadOnly(Refused):
    """Another Redraw writes the archive, so nothing can be changed here."""


class LiveWriter:
    """Claims and saves one archive. `checkpoint` may run in another thread."""

    def __init__(self, archive: Archive, tell: Callable[[News], object], claimed: Callable[[], object]) -> None:
        """`claimed` is called when another Redraw has stopped writing and we write from now on."""
        self.status = Status()
        self._archive, self._tell, self._claimed = archive, tell, claimed

    def tell_status(self, **changes: str) -> None:
        """Change some fields of the status, and tell it if it is another one now."""
        status = replace(self.status, **changes)
        if status != self.status:
            self.status = status
            self._tell(status)

    def start(self) -> None:
        """Claim the archive if nobody else writes, and tell what the facilitator should know about its files."""
        hindrance = self.claim()
        if hindrance and not self.status.read_only:
            self.tell_status(warning=hindrance)
        if damage := self._archive.damage:
            self._tell(Notice(damage))
        if loose := ", ".join(path.name for path in self._archive.loose() if path != self._archive.path.parent):
            sentence = f"Other users of this computer can read {loose}: “redraw check --repair” makes it private."
            self._tell(Notice(sentence, grave=False))

    def claim(self) -> str:
        """Become the one who writes; returns why that failed, as a sentence, or an empty text."""
        before, hindrance, holder = self.status.read_only, "", ""
        try:
            self._archive.claim()
        except ArchiveError as error:
            hindrance, holder = str(error), error.holder if isinstance(error, InUse) else ""
        self.tell_status(read_only=holder)
        if before and not holder:
            self._claimed()
        if before != holder:
            self._tell(Happening.LOGBOOK_CHANGED)
        return hindrance

    def need(self) -> None:
        """Become the one who writes.

        Raises:
            ReadOnly: another Redraw does.
        """
        self.claim()
        if self.status.read_only:
            raise ReadOnly.openly("Nothing can be entered here: close the other Redraw first.")

    def save(self, saved: Debrief | None, debrief: Debrief) -> tuple[Debrief, bool]:
        """Save what differs between the debrief and what is saved of it.

        Returns:
            The debrief, whose probe gets its id once it has a title; and whether it was saved. If not, the status says why.
        """
        try:
            if not debrief.probe.id and debrief.probe.title.strip():
                debrief = self._archive.with_id(debrief)
            self._archive.commit(saved, debrief)
        except ArchiveError as error:
            self.tell_status(unsaved=str(error))
            return debrief, False
        self.tell_status(unsaved="", displaced=self._archive.displaced, warning=self._archive.warning)
        return debrief, True

    def look_again(self) -> None:
        """See whether an archive that was somewhere else is back; then everything is brought into it."""
        if self.status.displaced:
            with suppress(ArchiveError):
                self._archive.checkpoint()
                self.tell_status(displaced="")

    def checkpoint(self) -> None:
        """Bring all saves into the one file. If that fails, they are safe in the journal."""
        with suppress(ArchiveError):
            self._archive.checkpoint()

    def close(self) -> str:
        """Bring all saves into the one file and let others write; returns and raises what `Archive.close_or_say` does."""
        return self._archive.close_or_say()
