"""Every call that the archive makes to the operating system, so that tests can put a failing disk in its place."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PRIVATE, PRIVATE_FOLDER = 0o600, 0o700

READ = os.O_RDONLY
WRITE = os.O_WRONLY
FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL
SHARED = os.O_RDWR | os.O_CREAT

TOGETHER = 1 << 18
"""Bytes of a large file that are written in one call."""

FULL = {errno.ENOSPC, errno.EDQUOT}
"""What an error says where there is no room."""

_EXTRA = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

_FULL_SYNC = getattr(fcntl, "F_FULLFSYNC", None)
_SYNC: Callable[[int], object] = getattr(os, "fdatasync", os.fsync)


class Sign(NamedTuple):
    """What tells one state of a file from another without reading it."""

    inode: int
    size: int
    changed: int
    mode: int
    links: int = 1


class Disk:
    """The calls. All raise OSError; sizes and places are in bytes."""

    keeps_open_files = os.name == "posix"
    """Whether a file that is open can be renamed over and goes on to be readable."""

    def open(self, path: Path, flags: int) -> int:
        """A descriptor; a file that is made is its owner's alone."""
        return os.open(path, flags | _EXTRA, PRIVATE)

    def close(self, fd: int) -> None:
        """Give a descriptor back."""
        os.close(fd)

    def read(self, fd: int, size: int, at: int) -> bytes:
        """Up to `size` bytes from a place on."""
        if hasattr(os, "pread"):
            return os.pread(fd, size, at)
        os.lseek(fd, at, os.SEEK_SET)
        return os.read(fd, size)

    def write(self, fd: int, data: bytes, at: int | None = None) -> int:
        """Write from a place on, or behind what was written last, and say how many bytes were taken: perhaps not all."""
        if at is None:
            return os.write(fd, data)
        if hasattr(os, "pwrite"):
            return os.pwrite(fd, data, at)
        os.lseek(fd, at, os.SEEK_SET)
        return os.write(fd, data)

    def truncate(self, fd: int, size: int) -> None:
        """Cut a file back."""
        os.ftruncate(fd, size)

    def sync(self, fd: int) -> None:
        """Return when the data, and what is needed to find it again, is on the disk."""
        if _FULL_SYNC is not None:  # macOS, where the others leave the data in the drive's cache
            fcntl.fcntl(fd, _FULL_SYNC)
        else:
            _SYNC(fd)

    def sync_folder(self, path: Path) -> None:
        """Return when the names in a folder are on the disk; where a folder can't be opened it needs no sync."""
        if os.name != "posix":
            return
        fd = os.open(path, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def lock(self, fd: int) -> bool:
        """Lock an open file for as long as it is open; False where another process has done so."""
        from filelock import lock_descriptor  # imported when the first lock is taken: after the first screen is there

        return lock_descriptor(fd, blocking=False)

    def unlock(self, fd: int) -> None:
        """Take the lock off an open file that we have locked."""
        from filelock import unlock_descriptor

        unlock_descriptor(fd)

    def rename(self, source: Path, target: Path) -> None:
        """Give a file another name, in place of what had it."""
        os.replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name."""
        os.link(source, target)

    def remove(self, path: Path) -> None:
        """Take a name away."""
        os.unlink(path)

    def make_folder(self, path: Path) -> None:
        """Make a folder, its owner's alone."""
        path.mkdir(mode=PRIVATE_FOLDER)

    def touch(self, path: Path, now: float) -> None:
        """Give a file a time, in seconds since the epoch; make it, empty, where it isn't there."""
        self.close(self.open(path, SHARED))
        os.utime(path, (now, now))

    def make_private(self, path: Path) -> None:
        """Make a file or a folder its owner's alone."""
        os.chmod(path, PRIVATE_FOLDER if path.is_dir() else PRIVATE)

    def exists(self, path: Path) -> bool:
        """Whether a name is there. Where it is, the file isn't asked for its times; see `sign`."""
        return os.access(path, os.F_OK) or self.sign(path) is not None

    def has_name(self, fd: int) -> bool:
        """Whether an open file has a name still, if perhaps another one."""
        return os.fstat(fd).st_nlink > 0

    def listing(self, folder: Path) -> dict[str, bool]:
        """What is in a folder: by its name, whether it is a plain file, and neither a folder nor a link to anything."""
        with os.scandir(folder) as found:
            return {each.name: each.is_file(follow_symlinks=False) for each in found}

    def sign(self, path: Path) -> Sign | None:
        """What a name stands for now; None where it is not there.

        Not to be asked of a file before each write to it: a Linux that keeps times finely (from 6.13 on) must then note a new
        one with that write, and the sync takes half as long again.
        """
        try:
            found = os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return Sign(found.st_ino, found.st_size, found.st_mtime_ns, stat.S_IMODE(found.st_mode), found.st_nlink)

    def sign_of(self, fd: int) -> Sign:
        """The same of an open file."""
        found = os.fstat(fd)
        return Sign(found.st_ino, found.st_size, found.st_mtime_ns, stat.S_IMODE(found.st_mode), found.st_nlink)


def make_folders(disk: Disk, path: Path) -> None:
    """Make a folder, and those above it that are missing; return when its name is on the disk, also where it was there."""
    if not disk.exists(path):
        if not disk.exists(path.parent):
            make_folders(disk, path.parent)
        with suppress(FileExistsError):  # another process was quicker
            disk.make_folder(path)
    with suppress(PermissionError):  # of a folder above, which is somebody else's
        disk.sync_folder(path.parent)


def write_all(disk: Disk, fd: int, data: bytes, at: int | None = None) -> None:
    """Write all of it, from a place on or behind what was written last, in as many calls as it takes."""
    while data:
        taken = disk.write(fd, data, at)
        if taken <= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        data = data[taken:]
        at = None if at is None else at + taken


def write_file(disk: Disk, path: Path, fill: Callable[[Callable[[bytes], None]], object], sync: bool = True) -> str:
    """Write a new file, in place of a leftover of that name; on failing nothing stays.

    Args:
        fill: is called with what takes the bytes, as many times as it likes.
        sync: whether to return only when it is on the disk.

    Returns:
        The SHA-256 of what was written, hexadecimal.
    """
    with suppress(FileNotFoundError):
        disk.remove(path)
    hashed = hashlib.sha256()
    held = bytearray()

    def flush() -> None:
        data = bytes(held)
        held.clear()
        hashed.update(data)
        write_all(disk, fd, data)

    def put(data: bytes) -> None:
        held.extend(data)
        if len(held) >= TOGETHER:
            flush()

    fd = disk.open(path, FRESH)
    try:
        fill(put)
        flush()
        if sync:
            disk.sync(fd)
    except BaseException:
        disk.close(fd)
        with suppress(OSError):
            disk.remove(path)
        raise
    disk.close(fd)
    return hashed.hexdigest()
