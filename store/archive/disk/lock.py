"""One writer: a lock on a file beside the archive that says who holds it and since when."""

import errno
import getpass
import json
import os
import weakref
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from store.archive.disk.calls import SHARED, Disk, write_all
from store.words.json_text import encoded

_WITHOUT_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP}
_LONGEST = 4096


class Held(OSError):
    """Another process is writing this archive. The message says which, for people."""


class Lock:
    """The lock of an archive. The system releases it when the process ends, however it ends."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path, self._disk = path, disk
        self._fd: int | None = None
        self._inode = 0
        self._closes: weakref.finalize | None = None  # type: ignore[type-arg]

    @property
    def held(self) -> bool:
        """Whether we hold it."""
        return self._fd is not None

    @property
    def is_in_place(self) -> bool:
        """Whether our lock file still has its name. If somebody removed it, another process could lock a new one."""
        found = self._disk.sign(self._path) if self.held else None
        return found is not None and found.inode == self._inode

    @property
    def was_moved(self) -> bool:
        """Whether our lock file has another name now, as where its folder was renamed."""
        return self._fd is not None and self._disk.has_name(self._fd) and not self.is_in_place

    def take(self) -> None:
        """Take the lock.

        Raises:
            Held: another process has it.
            OSError: the lock file can't be made. On a file system without locks we go on without one.
        """
        if self.held:
            return
        fd = self._disk.open(self._path, SHARED)
        closes = weakref.finalize(self, self._disk.close, fd)
        try:
            inode = self._disk.sign_of(fd).inode
            if not self._disk.lock(fd):
                raise Held(errno.EAGAIN, _holder(self._disk.read(fd, _LONGEST, 0)))
        except BaseException as error:
            if not isinstance(error, OSError) or error.errno not in _WITHOUT_LOCKS:
                closes()
                raise
        self._fd, self._closes, self._inode = fd, closes, inode
        with suppress(OSError):  # on a full disk nobody learns who holds the lock
            self._disk.truncate(fd, 0)
            write_all(self._disk, fd, _myself())

    def release(self) -> None:
        """Release the lock. Its file stays, because removing it would let two processes lock two files of the same name."""
        if self._fd is None or self._closes is None:
            return
        with suppress(OSError):
            self._disk.truncate(self._fd, 0)
        with suppress(OSError):  # a child process that is just starting also has the file open, and with it the lock
            self._disk.unlock(self._fd)
        self._fd = None
        with suppress(OSError):
            self._closes()


def _myself() -> bytes:
    import socket  # only for whoever takes the lock, which `redraw note` doesn't

    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # this user id has no name
        user = ""
    found = {
        "pid": os.getpid(),
        "user": user,
        "host": socket.gethostname(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }
    return f"\n{encoded(found)}\n".encode()  # Windows locks the first byte, so others can't read it


def _holder(data: bytes) -> str:
    try:
        found = json.loads(data)
        since = datetime.fromisoformat(found["since"]).strftime("%d %B, %H:%M")
        return f"{found['user'] or 'somebody'} on {found['host']}, process {found['pid']}, since {since}"
    except (ValueError, KeyError, TypeError):
        return "another program"
