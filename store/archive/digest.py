"""What is kept in memory of every document of a table, so that no table is parsed again for one document that changed."""

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any, Generic, TypeVar

from store.archive.disk.changes import parsed
from store.archive.disk.layout import Base
from store.archive.disk.tables import Tables

Kept = TypeVar("Kept")


class Digest(Generic[Kept]):
    """What `make` makes of each document of a table, by the document's number."""

    def __init__(self, table: str, make: Callable[[dict[str, Any]], Kept], only: tuple[str, str] | None = None) -> None:
        """Keep nothing yet.

        Args:
            table: its name.
            make: what is kept of a document; it must not change what it is given.
            only: a field, and the value that a document must have in it to be kept.
        """
        self.table, self._make, self._only = table, make, only
        self._made: dict[int, tuple[int, Kept | None]] = {}  # with the hash of the line that it was made of
        self._base: tuple[Base | None, dict[int, Kept]] = (None, {})

    def learn(self, base: Base, without: Container[int] = ()) -> dict[int, Kept]:
        """What is kept of a file's documents; read again only for another file. May run in another thread.

        Args:
            base: the file.
            without: numbers that aren't wanted; they may be of damaged documents.

        Raises:
            ValueError, KeyError, TypeError, AttributeError: a document is damaged.
        """
        known, found = self._base
        if known is not base:
            if self._only is None:
                lines = base.lines(self.table)
            else:
                field, value = self._only
                lines = base.find(self.table, f'"{field}": "{value}"'.encode())
            found = self._kept(line for line in lines if line[0] not in without)
            self._base = base, found
        return found

    def now(self, tables: Tables) -> Mapping[int, Kept]:
        """What is kept of the documents as they are now; what did not change is the same object as before.

        Raises: as `learn`.
        """
        changed, base = tables.changed(self.table)
        found = self.learn(base, changed)
        if not changed:
            return found
        fresh = self._kept((id, line) for id, line in changed.items() if line is not None)
        return {**{id: kept for id, kept in found.items() if id not in changed}, **fresh}

    def _kept(self, lines: Iterable[tuple[int, bytes]]) -> dict[int, Kept]:
        found = {}
        for id, line in lines:
            stamp, kept = self._made.get(id, (None, None))
            if stamp != hash(line):
                document = parsed(line)
                wanted = self._only is None or document.get(self._only[0]) == self._only[1]
                kept = self._make(document) if wanted else None
                self._made[id] = hash(line), kept
            if kept is not None:
                found[id] = kept
        return found
