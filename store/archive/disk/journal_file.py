"""The journal's file: as its writer has it, and as those have it who read along.

It is filled ahead with spaces, and a line is written over them: while the file keeps its size and its place a sync has only the
line to bring to the disk, not what is needed to find it, and takes two thirds of the time. Where a file system writes nothing
in place (btrfs, ZFS) it takes as long as otherwise, and where there is no room one does without. Behind the last line there is
never anything but blanks: what could not be written is cut off again, with all that is behind it, and to a journal that
somebody else has left nothing is ever written.
"""

import weakref
from contextlib import suppress
from pathlib import Path
from typing import Any

from store.archive.disk import journal
from store.archive.disk.calls import FULL, WRITE, Disk, Sign, write_all, write_file
from store.archive.disk.source import Source

AHEAD = 1 << 18
"""Bytes to a multiple of which the file is filled; on a full disk it isn't."""


class JournalFile:
    """A journal that we write: a line written, a line on the disk; or cut off again, or in doubt."""

    def __init__(self, disk: Disk, fd: int, size: int, chain: journal.Chain) -> None:
        self._disk, self._fd = disk, fd
        self.size = self._end = size
        """Bytes of lines; behind them, up to the end, there are blanks."""
        self._chain = chain
        self.lost = False
        self._closes = weakref.finalize(self, disk.close, fd)

    @classmethod
    def new(cls, path: Path, disk: Disk, contents: list[bytes]) -> "JournalFile":
        """Put a journal in place of the old one, if there is one: wholly, or not at all."""
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

    def append(self, content: bytes) -> None:
        """One line, one sync. After a failure it is cut off again; where that is in doubt, `lost` says so."""
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
        """Write a line for which the file is too short, with blanks behind it where there is room; where the file ends then."""
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
        """Write no more to it."""
        with suppress(OSError):
            self._closes()


class FollowedJournal:
    """A journal that we read: once whole, and from then on what its writer adds.

    That there is more is told by what stands behind the last line. The file's size and its time don't tell: the one stays as it
    is while blanks are written over, and two lines may be written within one tick of the other.
    """

    def __init__(self, path: Path, disk: Disk, salvage: bool = False) -> None:
        """Read it; as `journal.read`."""
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
                continue  # perhaps it was written while we read
            if not self.read.left_out or data == before:
                return

    def is_at(self, sign: Sign | None) -> bool:
        """Whether a sign of the file that has the journal's name now is that of the one that we read."""
        return sign is not None and self._source.sign is not None and sign.inode == self._source.sign.inode

    @property
    def grows(self) -> bool:
        """Whether lines can follow: a journal without a header, or with lines left out, is begun anew by who writes next."""
        return bool(self.read.bases) and not self.read.left_out

    def gained(self, size: int) -> list[dict[str, Any]] | None:
        """What was saved since the last time, of a file that has a size now; None where it isn't what it was before that."""
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
