"""Every call the archive makes to the operating system, in one class that tests replace with a failing disk."""

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
"""Bytes of a large file written in one call."""

FULL = {errno.ENOSPC, errno.EDQUOT}
"""The error numbers for a full disk."""

_EXTRA = sum(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_BINARY", "O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY"))
"""What else each file is opened with: no link is followed, no pipe is waited for, no terminal is taken."""

_NO_FILE = {errno.ELOOP, errno.EMLINK, errno.ENXIO, errno.EOPNOTSUPP, errno.ENODEV}
"""The error numbers for opening a link so, or a pipe, a socket or a device."""

_FULL_SYNC = getattr(fcntl, "F_FULLFSYNC", None)
_SYNC: Callable[[int], object] = getattr(os, "fdatasync", os.fsync)


class NotAFile(OSError):
    """What has the name of a file of ours is a link, a pipe, a socket, a device, a folder or a second name of another file."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "it is not a file of its own", str(path))


class Sign(NamedTuple):
    """Identifies one state of a file without reading it."""

    inode: int
    size: int
    changed: int
    mode: int
    links: int = 1


class Disk:
    """The system calls. All raise OSError. Sizes and positions are in bytes."""

    keeps_open_files = os.name == "posix"
    """Whether an open file stays readable after another file was renamed over it."""

    def open(self, path: Path, flags: int) -> int:
        """Open a file and return its descriptor. A new file is private to its owner.

        Raises:
            NotAFile: somebody else has put something there that is no regular file, or to be written, a second name of one.
        """
        try:
            fd = os.open(path, flags | _EXTRA, PRIVATE)
        except OSError as error:
            if error.errno in _NO_FILE:
                raise NotAFile(path) from error
            raise
        found = os.fstat(fd)
        if not stat.S_ISREG(found.st_mode) or (flags != READ and found.st_nlink > 1):
            os.close(fd)
            raise NotAFile(path)
        return fd

    def close(self, fd: int) -> None:
        """Close a descriptor."""
        os.close(fd)

    def read(self, fd: int, size: int, at: int) -> bytes:
        """Read up to `size` bytes at a position."""
        if hasattr(os, "pread"):
            return os.pread(fd, size, at)
        os.lseek(fd, at, os.SEEK_SET)
        return os.read(fd, size)

    def write(self, fd: int, data: bytes, at: int | None = None) -> int:
        """Write at a position, or after the last write. Returns how many bytes were written, perhaps not all."""
        if at is None:
            return os.write(fd, data)
        try:
            return os.pwrite(fd, data, at)
        except AttributeError:  # on Windows
            os.lseek(fd, at, os.SEEK_SET)
            return os.write(fd, data)

    def truncate(self, fd: int, size: int) -> None:
        """Truncate a file."""
        os.ftruncate(fd, size)

    def sync(self, fd: int) -> None:
        """Return when the data and the metadata needed to find it are on the disk."""
        if _FULL_SYNC is not None:  # macOS, where the other calls leave the data in the drive's cache
            fcntl.fcntl(fd, _FULL_SYNC)
        else:
            _SYNC(fd)

    def sync_folder(self, path: Path) -> None:
        """Return when the names in a folder are on the disk. Systems that can't open a folder don't need this."""
        if os.name != "posix":
            return
        fd = os.open(path, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def lock(self, fd: int) -> bool:
        """Lock an open file until it is closed. False if another process has locked it."""
        from filelock import lock_descriptor  # imported on first use, to keep the start fast

        return lock_descriptor(fd, blocking=False)

    def unlock(self, fd: int) -> None:
        """Unlock an open file that we locked."""
        from filelock import unlock_descriptor

        unlock_descriptor(fd)

    def rename(self, source: Path, target: Path) -> None:
        """Rename a file, replacing any file of the new name."""
        os.replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name."""
        os.link(source, target)

    def remove(self, path: Path) -> None:
        """Remove a name."""
        os.unlink(path)

    def make_folder(self, path: Path) -> None:
        """Make a folder that is private to its owner."""
        path.mkdir(mode=PRIVATE_FOLDER)

    def touch(self, path: Path, now: float) -> None:
        """Set a file's times, in seconds since the epoch. Creates an empty file if there is none."""
        fd = self.open(path, SHARED)
        try:
            # By the open file: by its name it would be that of a link which somebody has put there meanwhile.
            os.utime(fd if os.utime in os.supports_fd else path, (now, now))
        finally:
            self.close(fd)

    def make_private(self, path: Path) -> None:
        """Make a file or a folder private to its owner; a link, and what it leads to, stays as it is."""
        if not self.is_link(path):
            os.chmod(path, PRIVATE_FOLDER if path.is_dir() else PRIVATE)

    def exists(self, path: Path) -> bool:
        """Whether a name exists. Avoids a stat of an existing file; see `sign`."""
        return os.access(path, os.F_OK) or self.sign(path) is not None

    def is_link(self, path: Path) -> bool:
        """Whether a name is a symbolic link."""
        return path.is_symlink()

    def has_name(self, fd: int) -> bool:
        """Whether an open file still has a name, perhaps a different one."""
        return os.fstat(fd).st_nlink > 0

    def listing(self, folder: Path) -> dict[str, bool]:
        """The names in a folder, each with whether it is a regular file rather than a folder or a symbolic link.

        Raises:
            NotAFile: the folder is a link.
        """
        if self.is_link(folder):
            raise NotAFile(folder)
        with os.scandir(folder) as found:
            return {each.name: each.is_file(follow_symlinks=False) for each in found}

    def sign(self, path: Path) -> Sign | None:
        """The current state of the file with a name; None if there is none. A link is not followed.

        Don't stat a file before each write. Linux with multigrain timestamps (6.13 and later) must then record a new time with
        the write, and the sync takes half as long again.
        """
        try:
            found = os.lstat(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return Sign(found.st_ino, found.st_size, found.st_mtime_ns, stat.S_IMODE(found.st_mode), found.st_nlink)

    def inode(self, path: Path) -> int | None:
        """The number of the file with a name, without a stat of it: see `sign`. None if there is none."""
        try:
            with os.scandir(path.parent) as found:
                return next((each.inode() for each in found if each.name == path.name), None)
        except FileNotFoundError:
            return None

    def sign_of(self, fd: int) -> Sign:
        """The current state of an open file."""
        found = os.fstat(fd)
        return Sign(found.st_ino, found.st_size, found.st_mtime_ns, stat.S_IMODE(found.st_mode), found.st_nlink)


def make_folders(disk: Disk, path: Path) -> None:
    """Make a folder and its missing parents. Return when its name is on the disk, even if it already existed."""
    if not disk.exists(path):
        if not disk.exists(path.parent):
            make_folders(disk, path.parent)
        with suppress(FileExistsError):  # another process was quicker
            disk.make_folder(path)
    with suppress(PermissionError):  # for a parent folder that belongs to somebody else
        disk.sync_folder(path.parent)


def write_all(disk: Disk, fd: int, data: bytes, at: int | None = None) -> None:
    """Write all of `data`, at a position or after the last write, in as many calls as it takes."""
    while data:
        taken = disk.write(fd, data, at)
        if taken <= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        data = data[taken:]
        at = None if at is None else at + taken


def write_file(disk: Disk, path: Path, fill: Callable[[Callable[[bytes], None]], object], sync: bool = True) -> str:
    """Write a new file, replacing any leftover of that name. After a failure no file remains.

    Args:
        fill: called with a function that takes bytes and that it may call any number of times.
        sync: whether to return only when the file is on the disk.

    Returns:
        The SHA-256 of the file, in hexadecimal.
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
