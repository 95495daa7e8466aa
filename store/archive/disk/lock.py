"""One writer: a lock on a file beside the archive, in which stands who holds it and since when."""

import errno
import getpass
import json
import os
import socket
import weakref
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from store.archive.disk.calls import SHARED, Disk, write_all
from store.words.json_text import encoded

_WITHOUT_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP}
_LONGEST = 4096


class Held(OSError):
    """Another process writes this archive. The text is a sentence for a person."""


class Lock:
    """The lock of an archive; what the system gives back when the process ends, however it ends."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path, self._disk = path, disk
        self._fd: int | None = None
        self._closes: weakref.finalize | None = None  # type: ignore[type-arg]

    @property
    def held(self) -> bool:
        """Whether we hold it."""
        return self._fd is not None

    @property
    def is_named(self) -> bool:
        """Whether its file, which we hold, has not been removed: then another process could hold a new one of that name."""
        return self._fd is not None and self._disk.has_name(self._fd)

    def take(self) -> None:
        """Take the lock.

        Raises:
            Held: another process has it.
            OSError: the lock's file can't be made. Where a file system knows no locks we go on without one.
        """
        if self.held:
            return
        fd = self._disk.open(self._path, SHARED)
        closes = weakref.finalize(self, self._disk.close, fd)
        try:
            if not self._disk.lock(fd):
                raise Held(errno.EAGAIN, _holder(self._disk.read(fd, _LONGEST, 0)))
        except BaseException as error:
            if not isinstance(error, OSError) or error.errno not in _WITHOUT_LOCKS:
                closes()
                raise
        self._fd, self._closes = fd, closes
        with suppress(OSError):  # a full disk: then nobody is told who holds it
            self._disk.truncate(fd, 0)
            write_all(self._disk, fd, _myself())

    def release(self) -> None:
        """Give the lock back. Its file stays: to remove it would let two processes lock two files of one name."""
        if self._fd is None or self._closes is None:
            return
        with suppress(OSError):
            self._disk.truncate(self._fd, 0)
        with suppress(OSError):  # a process that is just being started has the file open too, and with it the lock
            self._disk.unlock(self._fd)
        self._fd = None
        with suppress(OSError):
            self._closes()


def _myself() -> bytes:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # no name for this user's number
        user = ""
    found = {
        "pid": os.getpid(),
        "user": user,
        "host": socket.gethostname(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }
    return f"\n{encoded(found)}\n".encode()  # Windows locks the first byte, which nobody else can read then


def _holder(data: bytes) -> str:
    try:
        found = json.loads(data)
        since = datetime.fromisoformat(found["since"]).strftime("%d %B, %H:%M")
        return f"{found['user'] or 'somebody'} on {found['host']}, process {found['pid']}, since {since}"
    except (ValueError, KeyError, TypeError):
        return "another program"
