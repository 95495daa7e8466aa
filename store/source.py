"""Where an archive's bytes are read from, piece by piece: its file, which is never held in memory whole."""

import os
import weakref
from pathlib import Path

PIECE = 1 << 20
"""Bytes that are looked at together."""


class Source:
    """Bytes in memory, or an open file that keeps its content even when another file takes its name."""

    def __init__(self, data: bytes = b"", fd: int | None = None) -> None:
        self._data, self._fd = data, fd
        if fd is not None:
            weakref.finalize(self, os.close, fd)

    @classmethod
    def of(cls, path: Path) -> "Source":
        """The content of a file. Where an open file can't be renamed over (Windows) it is read at once.

        Raises:
            OSError: it can't be read.
        """
        if os.name != "posix":
            return cls(path.read_bytes())
        return cls(fd=os.open(path, os.O_RDONLY | os.O_CLOEXEC))

    def read(self, start: int, stop: int) -> bytes:
        """The bytes from `start` to before `stop`; fewer where there are fewer."""
        if self._fd is None:
            return self._data[start:stop]
        parts = []
        while start < stop and (part := os.pread(self._fd, stop - start, start)):
            parts.append(part)
            start += len(part)
        return b"".join(parts)

    def whole(self) -> bytes:
        """All of it."""
        return self.read(0, len(self))

    def find(self, wanted: bytes, start: int, stop: int) -> int:
        """Where `wanted` begins between `start` and `stop`, or −1; looked for in pieces."""
        while start < stop:
            at = self.read(start, min(start + PIECE, stop)).find(wanted)
            if at >= 0:
                return start + at
            start += PIECE - len(wanted) + 1
        return -1

    def __len__(self) -> int:
        return len(self._data) if self._fd is None else os.fstat(self._fd).st_size
