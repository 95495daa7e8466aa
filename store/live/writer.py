"""Who writes the archive, and whether everything is saved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from store.archive.archive import Archive, ArchiveError, InUse
from store.live.news import News, Problem, Status
from store.refused import Refused

if TYPE_CHECKING:
    from store.debrief import Debrief


class ReadOnly(Refused):
    """Another Redraw writes the archive, so nothing can be changed here."""


class Writer:
    """One archive as it is written. `checkpoint` and `prepare` may run in another thread."""

    def __init__(self, archive: Archive, tell: Callable[[News], object]) -> None:
        self.status = Status()
        self._archive, self._tell = archive, tell

    def _tell_status(self, **changes: str) -> None:
        status = replace(self.status, **changes)
        if status != self.status:
            self.status = status
            self._tell(status)

    def claim(self) -> str:
        """Become the one who writes; answers with what hinders that, as a sentence, or with an empty text."""
        try:
            self._archive.claim()
        except ArchiveError as error:
            self._tell_status(read_only=error.holder if isinstance(error, InUse) else "")
            return str(error)
        self._tell_status(read_only="")
        return ""

    def warn(self, hindrance: str) -> None:
        """Tell at the start what the facilitator should know of the archive's files, and why nothing can be saved, if so."""
        if hindrance and not self.status.read_only:
            self._tell_status(warning=hindrance)
        if loose := ", ".join(path.name for path in self._archive.loose() if path != self._archive.path.parent):
            sentence = f"Other users of this computer can read {loose}: “redraw check --repair” makes it private."
            self._tell(Problem(sentence, grave=False))

    def prepare(self) -> None:
        """Do ahead what the first save would have to do."""
        self._archive.prepare()

    def save(self, saved: Debrief | None, debrief: Debrief) -> tuple[Debrief, bool]:
        """Save what differs from what is saved.

        Returns:
            The debrief, whose probe has an id of its own from the moment that it has a title; and whether it was saved. Where
            it was not, the status says why.
        """
        try:
            if not debrief.probe.id and debrief.probe.title.strip():
                debrief = self._archive.with_id(debrief)
            self._archive.commit(saved, debrief)
        except ArchiveError as error:
            self._tell_status(unsaved=str(error))
            return debrief, False
        self._tell_status(unsaved="", warning=self._archive.warning)
        return debrief, True

    def checkpoint(self) -> None:
        """Bring all saves into the one file; failing that, they are safe in the journal."""
        with suppress(ArchiveError):
            self._archive.checkpoint()

    def close(self) -> str:
        """Bring all saves into the one file and let others write; answers with what hindered that, as a sentence or nothing."""
        try:
            self._archive.close()
        except ArchiveError as error:
            if not isinstance(why := error.__cause__, OSError):
                return str(error)
            reason = (why.strerror or "").lower()
            return f"everything is saved, but not in one file yet ({reason}): the next start goes on from there."
        return ""
