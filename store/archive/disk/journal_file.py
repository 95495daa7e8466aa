"""The journal's file, for the process that writes it and for those that follow it.

The file is filled ahead with spaces that each new line overwrites. As long as the file's size and blocks don't change, a sync
writes only the line and no metadata, which takes two thirds of the time. On file systems that never write in place (btrfs, ZFS)
this gains nothing, and on a full disk the file isn't filled. Only blanks ever follow the last line: after a failed write the file
is truncated to the last line, and a journal left by another process is never written to.
"""

import weakref
from contextlib import suppress
from pathlib import Path
from typing import Any

from store.archive.disk import journal
from store.archive.disk.calls import FULL, WRITE, Disk, Sign, write_all, write_file
from store.archive.disk.source import Source

AHEAD = 1 << 18
"""The file is filled to a multiple of this many bytes, unless the disk is full."""


class JournalFile:
    """A journal that we write. A line is either on the disk, or truncated again, or in doubt."""

    def __init__(self, disk: Disk, fd: int, size: int, chain: journal.Chain) -> None:
        self._disk, self._fd = disk, fd
        self.size = self._end = size
        """Bytes of lines. From there to the end there are only blanks."""
        self._chain = chain
        self.lost = False
        self._closes = weakref.finalize(self, disk.close, fd)

    @classmethod
    def new(cls, path: Path, disk: Disk, contents: list[bytes]) -> "JournalFile":
        """Write a new journal and atomically replace any old one."""
        chain = journal.Chain()
        lines = b""
        for content in contents:
            line, chain = chain.line(content)
            lines += line
        aside = path.with_name(f"{path.name}.new")
        write_file(disk, aside, lambda put: put(lines))
        disk.rename(aside, path)
        disk.sync_folder(path.parent)
        return cls(disk, disk.open(path, WRITE), len(lines), chain)

    @property
    def inode(self) -> int:
        """The number by which the file system knows the file, whatever its name is."""
        return self._disk.sign_of(self._fd).inode

    def append(self, content: bytes) -> None:
        """Write one line and sync it. A failed line is truncated again; if even that may have failed, `lost` is True."""
        line, chain = self._chain.line(content)
        size = self.size + len(line)
        self.lost = True
        try:
            if size <= self._end:
                write_all(self._disk, self._fd, line, self.size)
            else:
                self._end = self._write_beyond(line)
        except OSError:
            with suppress(OSError):
                self._disk.truncate(self._fd, self.size)
                self._end = self.size
                self.lost = False
            raise
        self._disk.sync(self._fd)
        self.size, self._chain = size, chain
        self.lost = False

    def _write_beyond(self, line: bytes) -> int:
        """Write a line beyond the end of the file, followed by blanks if there is room. Returns the new end of the file."""
        end = self.size + len(line)
        end += -end % AHEAD
        try:
            write_all(self._disk, self._fd, line.ljust(end - self.size), self.size)
        except OSError as error:
            if error.errno not in FULL:
                raise
            write_all(self._disk, self._fd, line, self.size)
            return self.size + len(line)
        return end

    def close(self) -> None:
        """Close the file."""
        with suppress(OSError):
            self._closes()


class FollowedJournal:
    """A journal that we read: first all of it, then what its writer adds.

    New lines are found by reading after the last one. The file's size and time don't show them: the size stays the same while
    blanks are overwritten, and two lines may be written within one tick of the time.
    """

    def __init__(self, path: Path, disk: Disk, salvage: bool = False) -> None:
        """Read the journal; see `journal.read`."""
        self._path, self._disk = path, disk
        data = b""
        while True:
            before = data
            self._source = Source.of(path, disk)
            data = self._source.whole()
            try:
                self.read = journal.read(data, salvage)
            except journal.Damaged:
                if data == before:
                    raise
                continue  # perhaps it was being written while we read
            if not self.read.left_out or data == before:
                return

    def is_at(self, sign: Sign | None) -> bool:
        """Whether the file that now has the journal's name is the one we read."""
        return sign is not None and self._source.sign is not None and sign.inode == self._source.sign.inode

    @property
    def inode(self) -> int:
        """The number of the file that we read."""
        return self._source.sign.inode if self._source.sign else 0

    @property
    def grows(self) -> bool:
        """Whether more lines can follow. A journal without a header or with skipped lines is replaced by the next writer."""
        return bool(self.read.bases) and not self.read.left_out

    def gained(self, size: int) -> list[dict[str, Any]] | None:
        """The changes saved since the last call, given the file's size. None if earlier content has changed."""
        good = self.read.good
        if size < good:
            return None
        try:
            source = self._source if self._disk.keeps_open_files else Source.of(self._path, self._disk)
            if not self.read.torn and not source.read(good, good + 1).strip(journal.BLANK):
                return []
            self.read.follow(source.read(good, size))
        except (FileNotFoundError, journal.Damaged):
            return None
        found, self.read.changes = self.read.changes, []
        return found
