"""What `redraw note` does: find the probe, parse the text, and leave the note in the spool, in a moment at most.

Twenty notes may start at once while a session is live. So the archive is only glanced at: this loads nothing that only a writer
needs, takes no lock, computes no hash, and replays only the lists of probes and sessions from the journal. If anything is out of
the ordinary, the archive is opened as always and says what is wrong.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from store.archive.disk import journal
from store.archive.disk.calls import Disk
from store.archive.disk.changes import Changes
from store.archive.disk.layout import Base
from store.archive.disk.source import Source
from store.archive.disk.tables import Tables
from store.archive.errors import SCHEMA, ArchiveError, absent
from store.logbook.listing import entries, under_way
from store.notes.spool import Note, Spool
from store.probe_state import RowSource
from store.refused import Refused
from store.words import hours
from store.words.names import matching
from store.words.observation_kinds import kind_named
from store.words.text import LETTERS, clipped

OFFERED = 6
"""Probes that a sentence lists."""


class Noted(NamedTuple):
    """What was noted, the title of its probe, and the state of the probe if it isn't under way: “lapsed, never debriefed”."""

    note: Note
    title: str
    stands: str


def _the_probe(rows: RowSource, wanted: str, now: float) -> tuple[str, str]:
    """The id of the probe that is meant, and where it stands if no observation is to be expected of it.

    Raises:
        Refused: there is no such probe; or none is named, and none or several are under way.
    """
    found = entries(rows, datetime.fromtimestamp(now).astimezone())
    if wanted:
        named = next((each for each in found if each.probe == wanted), None)
        if named is None:
            raise Refused(f"There is no probe “{clipped(wanted, 40)}”: “redraw list” shows what there is.")
        return wanted, "" if named.observable else f"{named.state}, {named.when}"
    meant = under_way(found)
    if len(meant) == 1:
        return meant[0].probe, ""
    offered = meant or found
    more = " …" if len(offered) > OFFERED else ""
    listed = ", ".join(f"{each.probe} {clipped(each.title, 40)}" for each in offered[:OFFERED]) + more
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
    named: bool = True,
    disk: Disk | None = None,
) -> tuple[Noted, ...]:
    """Leave an observation in the spool of the archive at `path`.

    Text that begins with a time is parsed as on the observer's screen, one observation a line. Any other text is one observation.

    Args:
        path: the archive.
        text: gives what was seen. It is called only when all else is in order, so that nothing piped in is lost.
        kind: one of `OBSERVED` or its beginning.
        probe: its id; by default the one that is running, else in its debrief, else due.
        by: who saw it; the beginning of an assigned observer's name means that observer.
        now: seconds since the epoch.
        named: whether somebody named the archive; otherwise it is the default one.
        disk: makes the calls to the operating system.

    Raises:
        Refused: one sentence. Nothing is noted, or it says how much is.
        ArchiveError: the archive can't be read.
    """
    rows = _glance(path)
    if rows is None:
        raise Refused(absent(path, named))
    said = kind_named(kind)
    try:
        id, stands = _the_probe(rows, probe.strip(), now)
    except ArchiveError:  # perhaps about another probe
        from store.archive.archive import Archive

        archive = Archive(path)
        id, stands = archive.sound(lambda: _the_probe(archive, probe.strip(), now))
    row = next(row for row in rows.each("probes") if row.get("id") == id)
    seen_by = _whose(by, row.get("observers") or ())
    typed = text()
    if not typed.strip():
        raise Refused("Nothing is noted, because there is no text: start “redraw note -” and type what was seen.")
    if len(typed) > LETTERS:
        raise Refused(f"Nothing is noted: a note may have {LETTERS:,} letters, and this one has {len(typed):,}.")
    at = datetime.fromtimestamp(now).astimezone().isoformat(timespec="seconds")
    one = Note(id, str(row.get("created")), at, seen_by, said, typed)
    found = _line_by_line(path, one, now) if hours.leading(typed) else [one]
    spool = Spool(path.expanduser(), disk)
    for nth, each in enumerate(found):
        try:
            spool.drop(each)
        except OSError as error:
            what = f"Only the first {nth} of {len(found)} are noted" if nth else "Not noted"
            raise Refused(
                f"{what} ({(error.strerror or str(error)).lower()}): {spool.folder} can't be written to. Make room or check"
                " its permissions, and note it again."
            ) from error
    return tuple(Noted(each, str(row.get("title", "")), stands) for each in found)


def _whose(by: str, observers: Iterable[str]) -> str | None:
    """The observer whose name begins with `by`, or `by` itself if there is none; None if it is blank.

    Raises:
        Refused: several begin so.
    """
    if not by.strip():
        return None
    found = matching(by, observers)
    if len(found) > 1:
        offered = ", ".join(clipped(name, 30) for name in found[:OFFERED])
        raise Refused(f"“{clipped(by, 40)}” fits {offered}: write enough of the name to tell them apart.")
    return found[0] if found else by


def _line_by_line(path: Path, whole: Note, now: float) -> list[Note]:
    """A note with times, read as the observer's screen reads a paste: a line an observation.

    Raises:
        Refused: a line can't be read. Then nothing is noted, for nobody could tell afterwards which lines were.
    """
    from store.archive.archive import Archive  # it takes long, and a note of one line needs nothing of it
    from store.entries import enter, observation_rule

    before = Archive(path).debrief(whole.probe)
    after, refused = enter(observation_rule(whole.kind, whole.by), before, whole.text, now)
    if refused:
        line, why = refused[0]
        raise Refused(f"Nothing is noted, because “{clipped(line, 60)}” can't be read. {why}")
    fresh = after.observations[len(before.observations) :]
    return [Note(whole.probe, whole.created, each.at, each.by, each.kind, each.text) for each in fresh]


_GLANCED_AT = ("meta", "probes", "sessions")


class _Glance:
    """The tables as they were a moment ago."""

    def __init__(self, path: Path) -> None:
        """Read the archive at `path`.

        Raises:
            OSError, ValueError, KeyError, TypeError: it isn't there, or isn't as Redraw leaves it.
        """
        disk = Disk()
        real = Path(os.path.realpath(os.path.expanduser(path)))
        since = Changes()
        # The journal first: a checkpoint meanwhile writes its lines into the file, and replaying them onto it does no harm.
        try:
            lines = Source.of(real.with_name(f"{real.name}.journal"), disk).whole()
        except FileNotFoundError:
            lines = b""
        for content in journal.read(lines).changes:
            changed = {name: rows for name, rows in content.get("tables", {}).items() if name in _GLANCED_AT}
            since.add(Changes.of({**content, "tables": changed}))
        base = Base(Source.of(real, disk)) if disk.exists(real) else Base()
        self._tables = Tables(base, (since,))
        schema = (self._tables.get("meta", 1) or {})["schema"]
        if type(schema) is not int or schema != SCHEMA:
            raise ValueError(f"schema {schema}")

    def each(self, table: str) -> Iterator[dict[str, Any]]:
        """The documents of one of `_GLANCED_AT`."""
        return (row for _, row in self._tables.documents(table))


def _glance(path: Path) -> RowSource | None:
    """The lists of the archive at `path`; None where there is none.

    Raises:
        ArchiveError: it can't be read, is no archive, or a newer one.
    """
    try:
        return _Glance(path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        from store.archive.archive import Archive

        archive = Archive(path)
        return archive if archive.exists else None
