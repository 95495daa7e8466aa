"""What a wall in another process shows of an archive: it reads what the first Redraw saves, and writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store.archive.archive import Archive, ArchiveError
from store.logbook import listing
from store.wall.shown import Public, over, waiting

if TYPE_CHECKING:  # the first frame is drawn before the models are needed
    from store.debrief import Debrief

LIVE_FOR = 12 * 3600.0
"""Seconds for which a session that nobody has sealed counts as live after its last sign of life."""

LOOK_AROUND = 1.0
"""Seconds between two looks at which session is live, while nothing is saved."""

LOOK_AHEAD = 30.0
"""Seconds between two looks at which probe is next, while nothing is saved and no session is live."""


class WallFollower:
    """Makes the wall's value anew whenever something is saved, or typed that the operator has opened.

    It needs no lock, and leaves nothing beside the archive: another Redraw may begin, end or die at any time.
    """

    def __init__(self, path: Path) -> None:
        """Open the archive at `path`, which need not be there yet.

        Raises:
            ArchiveError: it can't be read, or is no archive.
        """
        self._path = path
        self._archive = Archive(path)
        self._debrief: Debrief | None = None
        self._typed: Mapping[str, str] = {}
        self._shown: Public | None = None
        # When it was last looked which session is live, and which probe is next.
        self._around = self._ahead = float("-inf")

    def look(self, now: float, steady: float) -> Public | None:
        """What the wall is to show, if that is something else than at the last look.

        Where the archive can't be read at the moment, what was shown stays, and the next look tries again.

        Args:
            now: the time of the hall, in seconds since the epoch.
            steady: seconds on a clock that nobody sets.
        """
        try:
            saved = self._archive.glance()
            taken = self._take(now, steady, saved)
            found = self._made(now, steady, saved, taken)
        except (ArchiveError, OSError):
            self._around = self._ahead = float("-inf")
            with suppress(ArchiveError, OSError):
                self._archive = Archive(self._path)
            return None
        if found is None or found == self._shown:
            return None
        self._shown = found
        return found

    def _take(self, now: float, steady: float, saved: bool) -> bool:
        """Take in hand the session that is live, as it is saved now; True if that is another value than before.

        One that was just sealed stays in hand until another is live.
        """
        before = self._debrief
        if not saved and steady - self._around < LOOK_AROUND:
            return False
        self._around = steady
        live = self._live(now)
        if before is not None and live != before.session.id and saved and not before.sealed:
            self._read(before.session.id)
        if live and (saved or before is None or live != before.session.id):
            self._read(live)
        elif not live and self._debrief is not None and not self._debrief.sealed:
            self._debrief = None
        return self._debrief is not before

    def _read(self, session: str) -> None:
        self._debrief = self._archive.sound(lambda: self._archive.debrief(session))

    def _live(self, now: float) -> str:
        """The id of the session with the last sign of life, unless it is sealed, or nobody has come back to it; else nothing."""
        id, sign = next(reversed(self._archive.signs().items()), ("", None))
        if sign is None or abs(now - sign.at) > LIVE_FOR:
            return ""
        saved = next(self._archive.where("sessions", "id", id), None)
        return id if saved is not None and not saved.get("sealed") else ""

    def _made(self, now: float, steady: float, saved: bool, taken: bool) -> Public | None:
        """The wall's value; None where nothing has changed of which it is made."""
        from store.wall.public import opened, public

        debrief = self._debrief
        if debrief is None:
            return self._next(now, steady, saved or taken)
        if debrief.sealed:
            return over(public(debrief, False, now)) if taken else None
        is_open = opened(debrief)
        typed = self._archive.drafts().get((debrief.session.id, debrief.session.phase), {}) if is_open else {}
        same = typed == self._typed and self._shown is not None
        if not taken and same and not debrief.session.resting:  # a paused break goes on longer
            return None
        self._typed = typed
        return public(debrief, is_open, now, typed)

    def _next(self, now: float, steady: float, changed: bool) -> Public | None:
        """The debrief that is due next, or the next action."""
        if not changed and steady - self._ahead < LOOK_AHEAD:
            return None
        self._ahead = steady
        return self.first(now)

    def first(self, now: float) -> Public:
        """What is shown at once, before anything else is looked for: the probe that is live, due or next."""
        if not self._archive.exists:
            return waiting("", f"{self._path.name} is not there yet")
        found = listing.entries(self._archive, datetime.fromtimestamp(now).astimezone())
        first = next((each for each in found if each.pressing or each.unfinished), None)
        return waiting(first.title, first.when) if first else waiting("", "")
