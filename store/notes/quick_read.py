"""A quick read of an archive's lists of probes and sessions, for `redraw note`, which has a moment at most.

Twenty notes may start at once while a session is live. So this loads nothing that only a writer needs, takes no lock, computes
no hash, and replays only these tables from the journal. If anything is out of the ordinary, the archive is opened as always
and says what is wrong.
"""

import os
from pathlib import Path
from typing import Any

from store.archive.disk import journal
from store.archive.disk.calls import Disk
from store.archive.disk.changes import Changes
from store.archive.disk.layout import Base
from store.archive.disk.source import Source
from store.archive.disk.tables import Tables
from store.archive.schema import SCHEMA
from store.logbook.listing import ListingSource

TABLES = ("meta", "probes", "sessions")


class Glance:
    """The tables as they were a moment ago."""

    def __init__(self, path: Path, disk: Disk | None = None) -> None:
        """Read the archive at `path`.

        Raises:
            OSError, ValueError, KeyError, TypeError: it isn't there, or isn't as Redraw leaves it.
        """
        disk = disk or Disk()
        real = Path(os.path.realpath(os.path.expanduser(path)))
        since = Changes()
        # The journal first: a checkpoint meanwhile writes its lines into the file, and replaying them onto it does no harm.
        try:
            lines = Source.of(real.with_name(f"{real.name}.journal"), disk).whole()
        except FileNotFoundError:
            lines = b""
        for content in journal.read(lines).changes:
            changed = {name: rows for name, rows in content.get("tables", {}).items() if name in TABLES}
            since.add(Changes.of({**content, "tables": changed}))
        base = Base(Source.of(real, disk)) if disk.exists(real) else Base()
        self._tables = Tables(base, (since,))
        schema = (self._tables.get("meta", 1) or {})["schema"]
        if type(schema) is not int or schema != SCHEMA:
            raise ValueError(f"schema {schema}")

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The documents of one of `TABLES`."""
        return [row for _, row in self._tables.documents(table)]


def glance(path: Path) -> ListingSource | None:
    """The lists of the archive at `path`; None where there is none.

    Raises:
        ArchiveError: it can't be read, is no archive, or a newer one.
    """
    try:
        return Glance(path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        from store.archive.archive import Archive

        archive = Archive(path)
        return archive if archive.exists else None
