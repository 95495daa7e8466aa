"""Reads an archive's bytes from its file piece by piece, so the file is never in memory as a whole."""

import hashlib
import weakref
from pathlib import Path

from store.archive.disk.calls import READ, Disk, Sign

PIECE = 1 << 18
"""Bytes read at a time."""


class Source:
    """Bytes in memory, or an open file that keeps its content even if another file takes its name."""

    def __init__(self, data: bytes = b"") -> None:
        self._data = data
        self._size = len(data)
        self._fd: int | None = None
        self._disk = Disk()
        self.sign: Sign | None = None
        self._hash: str | None = None

    @classmethod
    def of(cls, path: Path, disk: Disk) -> "Source":
        """The content of a file. On Windows, where an open file can't be renamed over, it is read at once.

        Raises:
            OSError: it can't be read.
        """
        found = cls()
        found._disk, found._fd = disk, disk.open(path, READ)
        closes = weakref.finalize(found, disk.close, found._fd)
        found.sign = disk.sign_of(found._fd)
        found._size = found.sign.size
        if not disk.keeps_open_files:
            found._data, found._fd = found.read(0, found._size), None
            closes()
        return found

    def read(self, start: int, stop: int) -> bytes:
        """The bytes from `start` up to `stop`, or fewer at the end."""
        if self._fd is None:
            return self._data[start:stop]
        parts = []
        while start < stop and (part := self._disk.read(self._fd, stop - start, start)):
            parts.append(part)
            start += len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def whole(self) -> bytes:
        """All bytes."""
        return self.read(0, len(self))

    def find(self, wanted: bytes, start: int, stop: int, piece: int = PIECE) -> int:
        """Where `wanted` begins between `start` and `stop`, or −1. Searches piece by piece."""
        while start < stop:
            at = self.read(start, min(start + piece, stop)).find(wanted)
            if at >= 0:
                return start + at
            start += max(piece - len(wanted) + 1, 1)
        return -1

    def hash(self) -> str:
        """The SHA-256 of all bytes, in hexadecimal. The first call takes a while for a large file."""
        if self._hash is None:
            found = hashlib.sha256()
            for start in range(0, len(self), PIECE):
                found.update(self.read(start, start + PIECE))
            self._hash = found.hexdigest()
        return self._hash

    def __len__(self) -> int:
        return self._size
