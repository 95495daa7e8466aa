"""Disks for tests: one in memory that can lose power, and one that fails on demand."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from functools import partial
from itertools import count, zip_longest
from pathlib import Path
from typing import Any, cast

from store.archive.disk.calls import FRESH, PRIVATE, PRIVATE_FOLDER, READ, WRITE, Disk, Sign

SECTOR = 64
"""Bytes that the disk writes at once. Few, so that a short line spans several sectors."""


class Bytes(Enum):
    """What a power cut does to written but unsynced bytes, whether they were appended or overwrote others."""

    LOST = auto()
    KEPT = auto()
    HALVED = auto()
    """The first half is kept, followed by the earlier bytes, if any."""
    ZEROED = auto()
    EVEN_SECTORS = auto()
    """Every second sector is kept. The others have their earlier bytes, or zeros."""
    ODD_SECTORS = auto()


class Names(Enum):
    """What a power cut does to unsynced changes of names."""

    LOST = auto()
    KEPT = auto()
    FIRST = auto()
    """The first half of the changes is kept, as on a journaling file system."""
    EVERY_SECOND = auto()
    """Every second change is kept, as may happen on other file systems."""
    NEWEST = auto()
    """Only the last change is kept, the worst case on those."""


TICK = 8
"""After this many writes a file's time changes."""


class Inode:
    """A file's bytes, or a folder, apart from its name."""

    _numbers = count(1)

    def __init__(self, data: bytes | None = b"") -> None:
        self.number = next(self._numbers)
        self.is_folder = data is None
        self.data = bytearray(data or b"")
        self.durable = data or b""
        self.changed = 0
        self.lost_a_sync = False
        self.locked_by: int | None = None

    def sync(self) -> None:
        """Make the bytes durable. Bytes present at a failed sync never become durable, whatever later syncs report."""
        if not self.lost_a_sync:
            self.durable = bytes(self.data)

    def after_power_cut(self, how: Bytes) -> bytes:
        """The bytes found after the power is back."""
        now, before = bytes(self.data), self.durable
        if now == before:
            return now
        differ = [at for at, (one, other) in enumerate(zip_longest(now, before)) if one != other]
        begin, end = differ[0], min(differ[-1] + 1, len(now))
        match how:
            case Bytes.LOST:
                return before
            case Bytes.KEPT:
                return now
            case Bytes.HALVED:
                half = begin + (end - begin) // 2
                return now[:half] + before[half:]
            case Bytes.ZEROED:
                return now[:begin] + bytes(end - begin) + now[end:]
            case Bytes.EVEN_SECTORS | Bytes.ODD_SECTORS:
                kept = 0 if how is Bytes.EVEN_SECTORS else 1
                under = before[: len(now)].ljust(len(now), b"\0")
                pieces = enumerate(range(0, len(now), SECTOR))
                return b"".join((now if n % 2 == kept else under)[at : at + SECTOR] for n, at in pieces)


class Opened:
    """What a descriptor refers to. It outlives the file's name."""

    def __init__(self, inode: Inode) -> None:
        self.inode, self.at = inode, 0


Change = dict[str, Inode | None]

_folder = os.path.dirname


class SimulatedDisk(Disk):
    """Files in memory, with a record of what is durable.

    A file's bytes become durable when the file is synced, and the names in a folder when the folder is synced.
    """

    keeps_open_files = True

    def __init__(self, names: dict[str, Inode] | None = None) -> None:
        self._names = names or {_folder(os.path.abspath(os.sep)): Inode(None)}
        self._durable_names = dict(self._names)
        self._changes: list[Change] = []  # changes of names that are not durable yet
        self._opened: dict[int, Opened] = {}
        self._descriptors = count(100)
        self._times = count(1)

    # ---------------------------------------------------------------------------------------------- what Disk does

    def open(self, path: Path, flags: int) -> int:
        inode = self._names.get(str(path))
        if inode is None:
            if flags in (READ, WRITE):
                raise _error(errno.ENOENT, path)
            inode = Inode()
            self._rename({str(path): inode})
        elif flags == FRESH:
            raise _error(errno.EEXIST, path)
        fd = next(self._descriptors)
        self._opened[fd] = Opened(inode)
        return fd

    def close(self, fd: int) -> None:
        inode = self._opened.pop(fd).inode
        if inode.locked_by == fd:
            inode.locked_by = None

    def read(self, fd: int, size: int, at: int) -> bytes:
        return bytes(self._opened[fd].inode.data[at : at + size])

    def write(self, fd: int, data: bytes, at: int | None = None) -> int:
        opened = self._opened[fd]
        inode = opened.inode
        start = opened.at if at is None else at
        assert start <= len(inode.data), "that would leave a hole"
        inode.data[start : start + len(data)] = data
        if at is None:
            opened.at += len(data)
        self._change(inode)
        return len(data)

    def truncate(self, fd: int, size: int) -> None:
        inode = self._opened[fd].inode
        del inode.data[size:]
        self._change(inode)

    def sync(self, fd: int) -> None:
        self._opened[fd].inode.sync()

    def sync_folder(self, path: Path) -> None:
        if self.sign(path) is None:
            raise _error(errno.ENOENT, path)
        rest = []
        for change in self._changes:
            here = {name: inode for name, inode in change.items() if _folder(name) == str(path)}
            _apply(here, self._durable_names)
            if elsewhere := {name: inode for name, inode in change.items() if name not in here}:
                rest.append(elsewhere)  # a rename from one folder to another
        self._changes = rest

    def lock(self, fd: int) -> bool:
        inode = self._opened[fd].inode
        if inode.locked_by is None:
            inode.locked_by = fd
        return inode.locked_by == fd

    def unlock(self, fd: int) -> None:
        inode = self._opened[fd].inode
        if inode.locked_by == fd:
            inode.locked_by = None

    def rename(self, source: Path, target: Path) -> None:
        inode = self._found(source)
        if self._names.get(str(target)) is not inode:
            self._rename({str(source): None, str(target): inode})

    def link(self, source: Path, target: Path) -> None:
        inode = self._found(source)
        if str(target) in self._names:
            raise _error(errno.EEXIST, target)
        self._rename({str(target): inode})

    def remove(self, path: Path) -> None:
        self._found(path)
        self._rename({str(path): None})

    def make_folder(self, path: Path) -> None:
        if str(path) in self._names:
            raise _error(errno.EEXIST, path)
        self._rename({str(path): Inode(None)})

    def exists(self, path: Path) -> bool:
        return str(path) in self._names

    def has_name(self, fd: int) -> bool:
        return self._opened[fd].inode in self._names.values()

    def listing(self, folder: Path) -> dict[str, bool]:
        if self._found(folder).is_folder:
            return {
                Path(name).name: not of.is_folder for name, of in self._names.items() if _folder(name) == str(folder)
            }
        raise _error(errno.ENOTDIR, folder)

    def sign(self, path: Path) -> Sign | None:
        inode = self._names.get(str(path))
        return None if inode is None else self._sign(inode)

    def sign_of(self, fd: int) -> Sign:
        return self._sign(self._opened[fd].inode)

    def _sign(self, inode: Inode) -> Sign:
        mode = PRIVATE_FOLDER if inode.is_folder else PRIVATE
        links = sum(each is inode for each in self._names.values())
        return Sign(inode.number, len(inode.data), inode.changed, mode, links)

    def _change(self, inode: Inode) -> None:
        """Set a file's time, which advances only now and then, as on a real file system."""
        inode.changed = next(self._times) // TICK

    def _found(self, path: Path) -> Inode:
        if str(path) not in self._names:
            raise _error(errno.ENOENT, path)
        return self._names[str(path)]

    def _rename(self, change: Change) -> None:
        for name in change:
            if _folder(name) not in self._names:
                raise _error(errno.ENOENT, Path(name))
        _apply(change, self._names)
        self._changes.append(change)

    # ------------------------------------------------------------------------------------------- what tests do to it

    def crashed(self) -> "SimulatedDisk":
        """The disk after its process was killed. Everything written is there, and nothing is open or locked."""
        after = SimulatedDisk()
        after._names, after._durable_names = dict(self._names), dict(self._durable_names)
        after._changes = list(self._changes)
        after._descriptors, after._times = self._descriptors, self._times
        for inode in self._names.values():
            inode.locked_by = None
        return after

    def power_cut(self, bytes: Bytes, names: Names) -> "SimulatedDisk":
        """A copy of the disk after a power cut. This one doesn't change."""
        kept = dict(self._durable_names)
        for change in _kept(self._changes, names):
            _apply(change, kept)
        fresh: dict[Inode, Inode] = {}  # by the old inode, since a file may have two names
        for path, inode in kept.items():
            if all(str(above) in kept for above in Path(path).parents):
                fresh[inode] = fresh.get(inode) or Inode(None if inode.is_folder else inode.after_power_cut(bytes))
        return SimulatedDisk({path: fresh[inode] for path, inode in kept.items() if inode in fresh})

    def files(self) -> dict[str, bytes]:
        """The content of each named file, by name without its folder."""
        return {Path(path).name: bytes(inode.data) for path, inode in self._names.items() if not inode.is_folder}

    def put(self, path: Path, data: bytes) -> None:
        """Append to a file as another program does, before any trailing spaces. Creates the file if necessary."""
        if str(path) not in self._names:
            self._rename({str(path): Inode()})
        inode = self._found(path)
        end = len(inode.data.rstrip(b" "))
        inode.data[end : end + len(data)] = data
        self._change(inode)

    def lose_a_sync(self, fd: int) -> None:
        """Drop what isn't durable yet, as a system does after a failed sync. It can still be read."""
        self._opened[fd].inode.lost_a_sync = True


def _error(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))


def _apply(change: Change, names: dict[str, Inode]) -> None:
    for path, inode in change.items():
        if inode is None:
            names.pop(path, None)
        else:
            names[path] = inode


def _kept(changes: list[Change], names: Names) -> list[Change]:
    match names:
        case Names.LOST:
            return []
        case Names.KEPT:
            return changes
        case Names.FIRST:
            return changes[: len(changes) // 2]
        case Names.EVERY_SECOND:
            return changes[1::2]
        case Names.NEWEST:
            return changes[-1:]


class Killed(BaseException):
    """The process ended here."""


class Interrupted(BaseException):
    """Somebody pressed ctrl+c here; the process goes on."""


class Fault(Enum):
    """What goes wrong at a call."""

    KILLED_BEFORE = auto()
    KILLED_AFTER = auto()
    TORN = auto()
    """Half of the bytes are written, then the process is killed."""
    SHORT = auto()
    """Half of the bytes are written, and the call reports that."""
    FULL = auto()
    FULL_HALFWAY = auto()
    """Half of the bytes are written, then the disk is full."""
    BROKEN = auto()
    BROKEN_HALFWAY = auto()
    INTERRUPTED_BEFORE = auto()
    INTERRUPTED_AFTER = auto()

    @staticmethod
    def all_of(call: str) -> list["Fault"]:
        """The faults that can happen at a call."""
        halves = {Fault.TORN, Fault.SHORT, Fault.FULL_HALFWAY, Fault.BROKEN_HALFWAY}
        return [fault for fault in Fault if call == "write" or fault not in halves]

    @staticmethod
    def telling_of(call: str) -> list["Fault"]:
        """Like `all_of`, but without faults that are equivalent to others.

        Being killed after a call is the same as being killed before the next one, and if a call changes nothing on the disk, so is
        being killed before it.
        """
        if call in LOOKS:
            return [Fault.BROKEN]
        same = {Fault.KILLED_AFTER, Fault.INTERRUPTED_BEFORE}
        return [fault for fault in Fault.all_of(call) if fault not in same]

    @property
    def kills(self) -> bool:
        """Whether the process ends."""
        return self in (Fault.KILLED_BEFORE, Fault.KILLED_AFTER, Fault.TORN)


LOOKS = ("close", "read", "lock", "unlock", "exists", "has_name", "sign", "sign_of", "listing")
"""The calls that change nothing on the disk."""

_CALLS = (*LOOKS, "open", "write", "truncate", "sync", "sync_folder", "rename", "link", "remove", "make_folder")


class FaultyDisk(Disk):
    """A disk on which faults happen at the given call numbers. A fault is removed once it has happened."""

    keeps_open_files = True

    def __init__(self, disk: SimulatedDisk, faults: dict[int, Fault], calls: list[str] | None = None) -> None:
        self.disk, self.faults = disk, faults
        self.calls: list[str] = [] if calls is None else calls
        """The names of all calls so far, including those of earlier processes."""
        self.dead = False
        self._spared = False
        for name in _CALLS:
            setattr(self, name, partial(self._call, name, cast(Callable[..., Any], getattr(disk, name))))

    def again(self, disk: SimulatedDisk) -> "FaultyDisk":
        """The disk for the next process, on what the last one left. The count of calls and the remaining faults carry over."""
        self.dead = True
        return FaultyDisk(disk, self.faults, self.calls)

    @contextmanager
    def spared(self) -> Iterator[None]:
        """Calls inside are not counted and don't fail."""
        self._spared = True
        try:
            yield
        finally:
            self._spared = False

    def _call(self, name: str, call: Callable[..., Any], *arguments: Any) -> Any:
        if self.dead:
            if name == "close":  # from garbage collection after the end
                return None
            raise Killed
        if self._spared:
            return call(*arguments)
        fault = self.faults.pop(len(self.calls), None)
        self.calls.append(name)
        if fault is None:
            return call(*arguments)
        return self._fail(fault, name, call, *arguments)

    def _fail(self, fault: Fault, name: str, call: Callable[..., Any], *arguments: Any) -> Any:
        if fault in (Fault.KILLED_AFTER, Fault.INTERRUPTED_AFTER):
            call(*arguments)
        if fault in (Fault.TORN, Fault.SHORT, Fault.FULL_HALFWAY, Fault.BROKEN_HALFWAY):
            fd, data, *place = arguments
            taken = call(fd, data[: max(len(data) // 2, 1)], *place)
            if fault is Fault.SHORT:
                return taken
        if fault.kills:
            self.dead = True
            raise Killed
        if fault in (Fault.INTERRUPTED_BEFORE, Fault.INTERRUPTED_AFTER):
            raise Interrupted
        if name == "close":  # it fails, yet the descriptor is closed
            call(*arguments)
        if name == "sync":
            self.disk.lose_a_sync(*arguments)
        number = errno.ENOSPC if fault in (Fault.FULL, Fault.FULL_HALFWAY) else errno.EIO
        raise OSError(number, os.strerror(number))
