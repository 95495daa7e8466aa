"""Disks for tests: one in memory that can lose its power, and one that fails when it is told to."""

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
"""Bytes that a disk writes at once; few, so that a short line lies in several."""


class Bytes(Enum):
    """What a power cut does to bytes that were written and not synced, whether behind what was there or over it."""

    LOST = auto()
    KEPT = auto()
    HALVED = auto()
    """The first half is kept; behind it stands what stood there before, if anything did."""
    ZEROED = auto()
    EVEN_SECTORS = auto()
    """Every second sector is kept; in the others stands what stood there before, or zeros."""
    ODD_SECTORS = auto()


class Names(Enum):
    """What a power cut does to names that were given or taken and not synced."""

    LOST = auto()
    KEPT = auto()
    FIRST = auto()
    """The first half of the changes is kept: what a file system with a log does."""
    EVERY_SECOND = auto()
    """Every second change is kept: what one without a log may do."""
    NEWEST = auto()
    """Only the last change is kept: the same at its worst."""


TICK = 8
"""Writes for which a file may keep its time."""


class Inode:
    """A file's bytes, or a folder, without a name."""

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
        """Make the bytes durable; what was there when a sync failed never becomes so, whatever later ones say."""
        if not self.lost_a_sync:
            self.durable = bytes(self.data)

    def after_power_cut(self, how: Bytes) -> bytes:
        """The bytes that are found when the power is back."""
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
    """What a descriptor stands for; it outlives the file's name."""

    def __init__(self, inode: Inode) -> None:
        self.inode, self.at = inode, 0


Change = dict[str, Inode | None]

_folder = os.path.dirname


class SimulatedDisk(Disk):
    """Files in memory, which knows what of them is durable.

    The bytes of a file become durable when it is synced, the names in a folder when the folder is.
    """

    keeps_open_files = True

    def __init__(self, names: dict[str, Inode] | None = None) -> None:
        self._names = names or {_folder(os.path.abspath(os.sep)): Inode(None)}
        self._durable_names = dict(self._names)
        self._changes: list[Change] = []  # of names, since they were durable
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
                rest.append(elsewhere)  # of a rename from one folder into another
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
        """Give a file the time, which goes on only now and then, as that of a real file system does."""
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
        """The disk after its process was killed: everything written is there, nothing is open or locked."""
        after = SimulatedDisk()
        after._names, after._durable_names = dict(self._names), dict(self._durable_names)
        after._changes = list(self._changes)
        after._descriptors, after._times = self._descriptors, self._times
        for inode in self._names.values():
            inode.locked_by = None
        return after

    def power_cut(self, bytes: Bytes, names: Names) -> "SimulatedDisk":
        """The disk after its power was cut; this one is left as it is."""
        kept = dict(self._durable_names)
        for change in _kept(self._changes, names):
            _apply(change, kept)
        fresh: dict[Inode, Inode] = {}  # by what they were: a file may have two names
        for path, inode in kept.items():
            if all(str(above) in kept for above in Path(path).parents):
                fresh[inode] = fresh.get(inode) or Inode(None if inode.is_folder else inode.after_power_cut(bytes))
        return SimulatedDisk({path: fresh[inode] for path, inode in kept.items() if inode in fresh})

    def files(self) -> dict[str, bytes]:
        """What is in the files that have names, by these without their folders."""
        return {Path(path).name: bytes(inode.data) for path, inode in self._names.items() if not inode.is_folder}

    def put(self, path: Path, data: bytes) -> None:
        """Add to a file, which needn't be there, before the spaces that it may be filled ahead with, as another program does."""
        if str(path) not in self._names:
            self._rename({str(path): Inode()})
        inode = self._found(path)
        end = len(inode.data.rstrip(b" "))
        inode.data[end : end + len(data)] = data
        self._change(inode)

    def lose_a_sync(self, fd: int) -> None:
        """Give up what isn't durable yet, as a system does of which a sync failed: it can still be read."""
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
    """What happens at a call."""

    KILLED_BEFORE = auto()
    KILLED_AFTER = auto()
    TORN = auto()
    """Half of the bytes are written, then the process is killed."""
    SHORT = auto()
    """Half of the bytes are written, and the call says so."""
    FULL = auto()
    FULL_HALFWAY = auto()
    """Half of the bytes are written, then there is no space."""
    BROKEN = auto()
    BROKEN_HALFWAY = auto()
    INTERRUPTED_BEFORE = auto()
    INTERRUPTED_AFTER = auto()

    @staticmethod
    def all_of(call: str) -> list["Fault"]:
        """Those that can befall a call."""
        halves = {Fault.TORN, Fault.SHORT, Fault.FULL_HALFWAY, Fault.BROKEN_HALFWAY}
        return [fault for fault in Fault if call == "write" or fault not in halves]

    @staticmethod
    def telling_of(call: str) -> list["Fault"]:
        """The same without those that are as good as another one.

        To be killed after a call is to be killed before the next, and where a call changes nothing on the disk, also to be
        killed before it is.
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
    """A disk on which faults happen at the calls whose numbers are given; those that have happened are taken away."""

    keeps_open_files = True

    def __init__(self, disk: SimulatedDisk, faults: dict[int, Fault], calls: list[str] | None = None) -> None:
        self.disk, self.faults = disk, faults
        self.calls: list[str] = [] if calls is None else calls
        """The names of the calls so far, also those of the lives before."""
        self.dead = False
        self._spared = False
        for name in _CALLS:
            setattr(self, name, partial(self._call, name, cast(Callable[..., Any], getattr(disk, name))))

    def again(self, disk: SimulatedDisk) -> "FaultyDisk":
        """For the next process on what the last one left; calls are counted on, and the faults to come stay."""
        self.dead = True
        return FaultyDisk(disk, self.faults, self.calls)

    @contextmanager
    def spared(self) -> Iterator[None]:
        """Calls within are neither counted nor fail."""
        self._spared = True
        try:
            yield
        finally:
            self._spared = False

    def _call(self, name: str, call: Callable[..., Any], *arguments: Any) -> Any:
        if self.dead:
            if name == "close":  # what is collected after the end
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
        if name == "close":  # it says that it failed, and yet the descriptor is gone
            call(*arguments)
        if name == "sync":
            self.disk.lose_a_sync(*arguments)
        number = errno.ENOSPC if fault in (Fault.FULL, Fault.FULL_HALFWAY) else errno.EIO
        raise OSError(number, os.strerror(number))
