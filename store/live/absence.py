"""Absences: how long Redraw was stopped, dead or asleep while a clock ran, and the signs of life by which the next start knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.timekeeper import AWAY_AFTER, Timekeeper

if TYPE_CHECKING:
    from store.archive.archive import Archive
    from store.archive.signs import SignOfLife

BEAT = 2.0
"""Seconds between signs of life during a live session."""


class Absence:
    """Notices when the clock was not looked at for a while, and leaves the signs of life of the session that is live.

    While an absence waits for an answer it grows, and there are no signs of life. If Redraw ends before the answer, the next start
    finds the last sign from before the absence, and asks about all of it.
    """

    def __init__(self, archive: Archive, time: Timekeeper) -> None:
        self._archive, self._time = archive, time
        self.looked = time.steady()
        """When the clock was last looked at, by the steady clock."""
        self.left: float | None = None
        """When somebody left the session on purpose before the absence that waits, on the time axis; None where it was not left so."""
        self._since: float | None = None  # of the absence that waits, by the steady clock
        self._session = ""
        self._at = 0.0  # the last sign of life, on the time axis
        self._known = -1  # the number of the last event that it knows

    @property
    def waits(self) -> bool:
        """Whether an absence waits for an answer."""
        return self._since is not None

    @property
    def away(self) -> float:
        """Seconds of the absence that waits for an answer, up to now."""
        return 0.0 if self._since is None else self._time.steady() - self._since

    def look(self, running: bool) -> bool:
        """Look at the clock; True if nobody had for a while and it is `running`: that is to be asked about."""
        before, self.looked = self.looked, self._time.steady()
        if not running or self.looked - before <= AWAY_AFTER:
            return False
        if self._since is None:
            self._since = before
        return True

    def sign_of(self, session: str) -> SignOfLife | None:
        """The last sign of life of a session; None if there is none."""
        return self._archive.signs().get(session)

    def resume(self, session: str, away: float, left: float | None) -> None:
        """Start over with a session that goes on now, after `away` seconds that wait for an answer, 0 if none do; see `left`."""
        self.looked, self.left = self._time.steady(), left
        self._since = self.looked - away if away else None
        self._session, self._known = session, -1
        self._at = self._time.now() - away

    def clock_set(self, by: float) -> None:
        """The time axis has moved by so many seconds."""
        self._at, self._known = self._at + by, -1
        self.left = None if self.left is None else self.left + by

    def answered(self) -> None:
        """The room has answered for the absence."""
        self._since, self._known, self.left = None, -1, None

    def beat(self, known: int, saved: bool) -> None:
        """Leave a sign of life if one is due and no absence waits for an answer.

        Args:
            known: the number of the session's last event.
            saved: whether everything is. What the events say of absences and of the clock must be on the disk before a sign that
                knows of it, or a start after a crash would take it for said.
        """
        from store.archive.signs import SignOfLife

        now = self._time.now()
        if self._known < 0:
            if saved:
                self._known = known
                self._at = self._at if self.waits else now
                self._archive.sign(self._session, SignOfLife(self._at, self._time.boot, self._time.offset, known))
        elif not self.waits and now - self._at >= BEAT:
            self._at = now
            self._archive.beat(now)
