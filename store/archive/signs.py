"""Signs of life: until when Redraw saw the clock of each session, kept beside the archive.

They stand in one file, which is written anew when more than the time has changed; in between its own time is that of the session
that was live last. A computer's clock that is set makes times before and after incomparable, so each sign says how far the clock
was ahead of one that nobody can set, and in which run of the computer that holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from store.archive.disk.changes import parsed
from store.words.json_text import encoded

KEPT = 20
"""Of how many sessions the signs are kept, the latest ones."""


class SignOfLife(NamedTuple):
    """The last sign of life of a session.

    Attributes:
        at: when it was left, in seconds on the time axis, as that was then.
        boot, offset: the run of the computer, and how far the axis was ahead of its steady clock; see `store.timekeeper`.
        known: the number of the session's last event by then.
    """

    at: float
    boot: str
    offset: float
    known: int


def written(signs: Mapping[str, SignOfLife]) -> bytes:
    """The signs of sessions, by their ids, as they stand in the file; that of the session that is live comes last."""
    return encoded([[session, *sign] for session, sign in [*signs.items()][-KEPT:]]).encode()


def read(data: bytes, touched: float) -> dict[str, SignOfLife]:
    """What `written` gave; the file was touched at `touched` since. Nothing where it can't be read."""
    try:
        found = {
            str(session): SignOfLife(float(at), str(boot), float(offset), int(known))
            for session, at, boot, offset, known in parsed(data)
        }
    except (ValueError, TypeError):
        return {}
    if found:
        live = list(found)[-1]
        found[live] = found[live]._replace(at=touched)
    return found
