"""TinyDB's storage for the archive: each save is a whole new file, synced and renamed into place, readable by its owner only."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

from tinydb.storages import Storage

from store.layout import Tables
from store.source import Source

Signature = tuple[int, int, int] | None


class AtomicStorage(Storage):
    """Keeps the tables of one file, and writes them all at the end of a `transaction`.

    The file never holds half a save: it is written aside, synced, renamed, and its folder synced. A failed write leaves
    the file and the tables as they were before. `check` looks at the tables of every file that is read, before any of them
    is taken; what it raises is passed on.
    """

    def __init__(self, path: Path, check: Callable[[Tables], None]) -> None:
        self._path = path
        self._check = check
        self._tables = Tables()
        self._good = Source()
        self._signature: Signature = None
        self._depth = 0
        self._dirty = False
        self._load()

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables; TinyDB takes None for an archive that has none yet."""
        return cast("dict[str, dict[str, Any]]", self._tables) if len(self._tables) else None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Take what TinyDB changed; it reaches the file at the end of the transaction."""
        if cast("object", data) is not self._tables:
            for name, table in data.items():
                self._tables[name] = table
        self._dirty = True
        if not self._depth:
            self._save()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside become one; if anything goes wrong inside or in saving, none of them happened."""
        self._depth += 1
        try:
            yield
            if self._depth == 1 and self._dirty:
                self._save()
        except BaseException:
            self._tables, self._dirty = Tables(self._good), False
            raise
        finally:
            self._depth -= 1

    def follow(self) -> bool:
        """Read the file again if another process has written it; True if so.

        Of a file that has been removed the tables stay, and the next save writes them all.
        """
        if self._sign() in (self._signature, None):
            return False
        self._load()
        return True

    def _load(self) -> None:
        signature = self._sign()
        good = Source.of(self._path) if signature is not None else Source()
        tables = Tables(good)
        if signature is not None:
            self._check(tables)
        self._good, self._tables, self._dirty, self._signature = good, tables, False, signature

    def _sign(self) -> Signature:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def _save(self) -> None:
        data = self._tables.encoded()
        write_whole(self._path, data)
        self._good, self._dirty, self._signature = Source.of(self._path), False, self._sign()


def write_whole(path: Path, data: bytes) -> None:
    """Replace the file at `path` by `data`, or leave it as it is and raise OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    if os.name == "posix":  # elsewhere a folder can't be opened, and needs no sync
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
