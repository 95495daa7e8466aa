"""Where an export goes: whole files or none, never over something that is there unless that is wanted."""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from store.archive.disk.calls import Disk, write_file
from store.refused import Refused

Parts = Iterable[bytes]
"""The bytes of a file, piece by piece."""

_FULL = (errno.ENOSPC, errno.EDQUOT)


def put_file(path: Path, parts: Parts, force: bool = False, disk: Disk | None = None) -> None:
    """Write a file that is its owner's alone.

    Raises:
        Refused: something is there already, its folder is missing, or it can't be written; what was there is there still.
    """
    _put(path, {path: parts}, force, disk or Disk())


def put_folder(path: Path, files: Mapping[str, Parts], force: bool = False, disk: Disk | None = None) -> None:
    """Write files into a folder, which is made where it isn't there; the same errors as `put_file`.

    Files of a full folder that have other names stay as they are.
    """
    disk = disk or Disk()
    _refuse_missing(path.parent)
    made = not path.exists()
    if not made:
        if not path.is_dir():
            raise Refused(f"{path} is a file: name a folder for the tables.")
        if not force and any(path.iterdir()):
            raise Refused(f"{path} is there already: name another folder, or write into it with --force.")
    with _told(path):
        if made:
            disk.make_folder(path)
    try:
        _put(path, {path / name: parts for name, parts in files.items()}, True, disk)
    except BaseException:
        if made:
            with suppress(OSError):
                path.rmdir()
        raise


def _put(path: Path, files: Mapping[Path, Parts], force: bool, disk: Disk) -> None:
    for each in files:
        _refuse_missing(each.parent)
        _refuse_there(each, force)
    asides = {target: target.with_name(f".{target.name}.redraw-new") for target in files}
    with _told(path):
        try:
            for target, parts in files.items():
                write_file(disk, asides[target], partial(_pass_on, parts))
            for target, aside in asides.items():
                disk.rename(aside, target)
        except BaseException:
            for aside in asides.values():
                with suppress(OSError):
                    disk.remove(aside)
            raise
        disk.sync_folder(next(iter(files)).parent)


def _pass_on(parts: Parts, put: Callable[[bytes], object]) -> None:
    for part in parts:
        put(part)


def _refuse_missing(folder: Path) -> None:
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}: make it, or name another place.")


def _refuse_there(path: Path, force: bool) -> None:
    try:
        found = os.lstat(path)
    except OSError:
        return  # it isn't there, or writing will say what is wrong
    if not stat.S_ISREG(found.st_mode):
        raise Refused(f"{path} is not a file that could be written over: name another one, or - for standard output.")
    if not force:
        raise Refused(f"{path} is there already: name another file, or write over it with --force.")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        advice = "Make room and try again." if error.errno in _FULL else "Name another place."
        why = (error.strerror or str(error)).lower()
        raise Refused(f"Not exported ({why}): what was at {path} is as it was. {advice}") from error
