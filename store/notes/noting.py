"""What `redraw note` does: find the probe, look at the words, and leave the note in the spool."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from store.across.logbook import Entry, Rows, entries, under_way
from store.disk.calls import Disk
from store.notes.glance import glance
from store.notes.spool import Note, Spool
from store.refused import Refused
from store.words.observed import kind_named
from store.words.text import clipped

OFFERED = 6
"""Probes that a sentence lists."""


class Noted(NamedTuple):
    """What was noted, and of which probe."""

    note: Note
    title: str


def _named(entry: Entry) -> str:
    return f"{entry.probe} {clipped(entry.title, 40)}"


def _the_probe(rows: Rows, wanted: str, now: float) -> str:
    """The id of the probe that is meant.

    Raises:
        Refused: there is no such probe; or none is named, and none or several are under way.
    """
    ids = [row.get("id") for row in rows.rows("probes")]
    if wanted:
        if wanted not in ids:
            raise Refused(f"There is no probe “{clipped(wanted, 40)}”: “redraw list” shows what there is.")
        return wanted
    found = entries(rows, datetime.fromtimestamp(now).astimezone())
    meant = under_way(found)
    if len(meant) == 1:
        return meant[0].probe
    offered = meant or found
    more = " …" if len(offered) > OFFERED else ""
    listed = ", ".join(map(_named, offered[:OFFERED])) + more
    if not listed:
        raise Refused("The logbook is empty: start redraw to enter a probe, then note what is seen.")
    which = "Several probes are under way" if meant else "No probe is running or due"
    raise Refused(f"{which}: name one with --probe, of {listed}.")


def note(
    path: Path,
    text: Callable[[], str],
    kind: str = "",
    probe: str = "",
    by: str = "",
    *,
    now: float,
    disk: Disk | None = None,
) -> Noted:
    """Leave an observation in the spool of the archive at `path`.

    Args:
        path: the archive.
        text: gives what was seen. It is asked only when all else is in order, so that nothing piped in is lost.
        kind: one of `OBSERVED` or its beginning.
        probe: its id; by default the one that is running, else in its debrief, else due.
        by: who saw it.
        now: seconds since the epoch.
        disk: what calls the operating system.

    Raises:
        Refused: one sentence, and nothing is noted.
        ArchiveError: the archive can't be read.
    """
    rows = glance(path)
    if rows is None:
        raise Refused(f"There is no archive at {path}: name one with --archive.")
    named = kind_named(kind)
    id = _the_probe(rows, probe.strip(), now)
    row = next(row for row in rows.rows("probes") if row.get("id") == id)
    typed = text()
    if not typed.strip():
        raise Refused("Nothing is noted, for nothing was written: redraw note “what was seen”.")
    at = datetime.fromtimestamp(now).astimezone().isoformat(timespec="seconds")
    found = Note(
        probe=id, created=str(row.get("created")), at=at, by=by if by.strip() else None, kind=named, text=typed
    )
    spool = Spool(path.expanduser(), disk)
    try:
        spool.drop(found)
    except OSError as error:
        raise Refused(
            f"Not noted ({(error.strerror or str(error)).lower()}): {spool.folder} can't be written to. Make room or check its"
            " permissions, and note it again."
        ) from error
    return Noted(found, str(row.get("title", "")))
