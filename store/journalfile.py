"""The journal as its writer has it: a line appended, a line on the disk; or cut off again, or in doubt."""

import weakref
from contextlib import suppress
from pathlib import Path

from store import journal
from store.disk import APPEND, Disk, write_all, write_file


class JournalFile:
    """A journal that we write."""

    def __init__(self, disk: Disk, fd: int, size: int, chain: journal.Chain) -> None:
        self._disk, self._fd = disk, fd
        self.size, self._chain = size, chain
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
        return cls(disk, disk.open(path, APPEND), len(lines), chain)

    @property
    def is_named(self) -> bool:
        """Whether the file that we write still has its name: a folder may be removed under a running program."""
        return self._disk.sign_of(self._fd).links > 0

    def append(self, content: bytes) -> None:
        """One line, one sync. After a failure it is cut off again; where that is in doubt, `lost` says so."""
        line, chain = self._chain.line(content)
        self.lost = True
        try:
            write_all(self._disk, self._fd, line)
        except OSError:
            with suppress(OSError):
                self._disk.truncate(self._fd, self.size)
                self.lost = False
            raise
        self._disk.sync(self._fd)
        self.size, self._chain = self.size + len(line), chain
        self.lost = False

    def close(self) -> None:
        """Write no more to it."""
        with suppress(OSError):
            self._closes()
