"""A TinyDB storage that loses nothing that it has said to be saved.

The archive is a file and, while something is new, a journal beside it. A save is one line of the journal, written and synced
before `change` returns. A checkpoint writes the whole file aside, syncs it, says so in the journal, and renames it into place;
then the journal goes. After a crash the journal's lines are replayed onto the file. They fit the file that was there when the
journal was begun and each that a checkpoint made since, which the journal names by their hashes, and no other.

    logbook.json            the archive, as TinyDB reads it
    logbook.json.journal    what was saved since, and spaces for what comes; gone after a clean close
    logbook.json.lock       who writes, and since when
    logbook.json.backup-1   the file before the last checkpoint, without what that took back; -2 and -3 are older
    logbook.json.reserve    room that is given back when the disk is full

`following` reads and follows an archive, `saving` adds its one writer, `checkpoint` the file; here is what TinyDB calls.
"""

from contextlib import suppress
from typing import Any

from tinydb.storages import Storage

from store.archive.checkpoint import Checkpointer
from store.archive.disk.changes import Changes
from store.archive.disk.layout import is_table
from store.archive.following import Changed
from store.words.json_text import encoded


class DurableStorage(Checkpointer, Storage):
    """Use it as `TinyDB(path, storage=DurableStorage)`, best with `store.archive.table.DurableTable`."""

    automatic = True
    """Whether a save makes a checkpoint when the journal has become large."""

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables, as copies; None for an archive that has none yet."""
        self.follow()
        return self.tables.read() or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Save what differs between the tables and `data`."""
        names = self.tables.names
        changes = Changes({name for name in names if name not in data})
        for name, given in data.items():
            before = self.tables.value(name)
            known = name in names
            if not is_table(given):
                sealed = encoded(given).encode()
                if sealed != before:
                    changes.dropped |= {name} if known else set()
                    changes.values[name] = sealed
                continue
            if before is not None:
                changes.dropped.add(name)
            old = dict(self.tables.lines(name)) if known and before is None else {}
            new = {int(id): encoded(document).encode() for id, document in given.items()}
            changed: dict[int, bytes | None] = {id: sealed for id, sealed in new.items() if old.get(id) != sealed}
            changed |= {id: None for id in old if id not in new}
            if changed or not known or before is not None:
                changes.tables[name] = changed
        self.change(changes)

    def change(self, changes: Changes) -> None:
        """Save changes, as `Writer` does."""
        super().change(changes)
        if self.automatic and self.large and self._pending is None:
            with suppress(OSError, Changed):  # it is saved; the next save tries again
                self.checkpoint()
