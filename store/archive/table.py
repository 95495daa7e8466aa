"""TinyDB's table for a durable storage: it reads the documents that are asked for, and saves only those that changed."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

from tinydb.queries import QueryLike
from tinydb.table import Document as TinyDocument
from tinydb.table import Table

from store.archive.disk.changes import Changes, Document
from store.archive.disk.tables import Tables
from store.archive.saving import Writer
from store.words.json_text import encoded


class DurableTable(Table):
    """A table that hands out copies, and saves each change by itself.

    `TinyDB.table_class = DurableTable` or a class attribute of a subclass makes TinyDB use it. With another storage it is
    TinyDB's own table.
    """

    _generation = 0
    _next_id: int | None  # type: ignore[assignment]  # TinyDB declares it as it begins

    def _durable(self, writes: bool = False) -> Writer | None:
        """The storage, claimed if we write, and with what others have saved since."""
        if not isinstance(self._storage, Writer):
            return None
        if writes:  # before anything is looked up, or somebody else could claim it before we write
            self._storage.claim()
        self._storage.follow()
        if self._generation != self._storage.generation:
            self._generation, self._next_id = self._storage.generation, None
            self.clear_cache()
        return self._storage

    def search(self, cond: QueryLike) -> list[TinyDocument]:
        """The documents for which a condition holds, as copies, even from TinyDB's cache."""
        self._durable()  # clears the cache if anything has changed since
        return copy.deepcopy(super().search(cond))

    def insert(self, document: Any) -> int:
        """Save a new document, and return its number. Done most often, so it takes the shortest way."""
        storage = self._durable(writes=True) if type(document) is dict else None
        if storage is None:
            return super().insert(document)
        id = self._take_number(storage)
        if storage.tables.sealed(self._name, id) is not None:
            raise ValueError(f"there is a document {id} already")
        storage.change(Changes(tables={self._name: {id: encoded(document).encode()}}))
        self.clear_cache()
        return id

    def _get_next_id(self) -> int:
        storage = self._durable(writes=True)
        if storage is None:
            return super()._get_next_id()  # type: ignore[no-any-return, no-untyped-call]
        return self._take_number(storage)

    def _take_number(self, storage: Writer) -> int:
        """The next number, which nobody else gets."""
        found = self._next_id or storage.tables.highest(self._name) + 1
        self._next_id = found + 1
        return found

    def _read_table(self) -> Mapping[str, Mapping[Any, Any]]:  # type: ignore[override]
        storage = self._durable()
        if storage is None:
            return super()._read_table()
        return _View(storage.tables, self.name)

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        storage = self._durable(writes=True)
        if storage is None:
            super()._update_table(updater)
            return
        edited = _Edited(storage.tables, self.name)
        updater(edited)  # type: ignore[arg-type]
        storage.change(edited.changes())
        self.clear_cache()


class _View(Mapping[str, Document]):
    """A table to read: each document is parsed when it is asked for."""

    def __init__(self, tables: Tables, name: str) -> None:
        self._tables, self._name = tables, name

    def __getitem__(self, id: str) -> Document:
        found = self._tables.get(self._name, int(id)) if str(id).isdecimal() else None
        if found is None:
            raise KeyError(id)
        return found

    def __iter__(self) -> Iterator[str]:
        return (str(id) for id, _ in self._tables.lines(self._name))

    def items(self) -> Any:
        """Numbers and documents, in one go through the file."""
        return [(str(id), document) for id, document in self._tables.documents(self._name)]

    def __len__(self) -> int:
        return sum(1 for _ in self._tables.lines(self._name))


class _Edited(MutableMapping[int, Document]):
    """A table while TinyDB changes it."""

    def __init__(self, tables: Tables, name: str) -> None:
        self._tables, self._name = tables, name
        self._cleared = False
        self._seen: dict[int, Document | None] = {}  # what was handed out may have been changed in place
        self._before: dict[int, bytes | None] = {}

    def _sealed(self, id: int) -> bytes | None:
        """What is written of a document before it is changed, looked up once."""
        if self._cleared:
            return None
        if id not in self._before:
            self._before[id] = self._tables.sealed(self._name, id)
        return self._before[id]

    def __getitem__(self, id: int) -> Document:
        if id not in self._seen:
            sealed = self._sealed(id)
            self._seen[id] = None if sealed is None else self._tables.document(sealed)
        found = self._seen[id]
        if found is None:
            raise KeyError(id)
        return found

    def __setitem__(self, id: int, document: Document) -> None:
        self._seen[id] = document

    def __delitem__(self, id: int) -> None:
        if id not in self:
            raise KeyError(id)
        self._seen[id] = None

    def __contains__(self, id: object) -> bool:
        if isinstance(id, int) and id in self._seen:
            return self._seen[id] is not None
        return isinstance(id, int) and self._sealed(id) is not None

    def __iter__(self) -> Iterator[int]:
        kept = () if self._cleared else (id for id, _ in self._tables.lines(self._name))
        yield from (id for id in kept if id not in self._seen)
        yield from [id for id, document in self._seen.items() if document is not None]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove all at once."""
        self._cleared, self._seen = True, {}

    def changes(self) -> Changes:
        """What is to be saved."""
        changed: dict[int, bytes | None] = {}
        for id, document in self._seen.items():
            before = self._sealed(id)
            after = None if document is None else encoded(document).encode()
            if before != after:
                changed[id] = after
        if self._cleared:
            return Changes({self._name}, {self._name: changed})
        if changed or self._name not in self._tables.names:
            return Changes(tables={self._name: changed})
        return Changes()
