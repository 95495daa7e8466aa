"""Files outside the archive, where somebody has named a place: a backup, an export. One rule for all of them.

Whole files are written or none; never over something that is there, unless that is wanted; never over the archive or what belongs
to it, by whatever name; never into a link, a pipe, a device or a folder. A folder on the way may be a link, since whoever names a
path means the place that it leads to.
"""

import os
import secrets
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from store.archive.disk.calls import FULL, Disk, write_file
from store.archive.following import BESIDE
from store.refused import Refused

Fill = Callable[[Callable[[bytes], object]], object]
"""Writes the bytes of a file by what it is given, piece by piece."""


def put_file(archive: Path, path: Path, fill: Fill, force: bool = False, disk: Disk | None = None) -> None:
    """Write a file that is its owner's alone.

    Args:
        archive: the archive, which may not be written over.
        path: the file.
        fill: writes the bytes.
        force: whether to write over a file that is there.

    Raises:
        Refused: something is there already, its folder is missing, or it can't be written; what was there is there still.
    """
    _put(archive, path, {path: fill}, force, disk or Disk())


def put_folder(
    archive: Path, path: Path, files: Mapping[str, Fill], force: bool = False, disk: Disk | None = None
) -> None:
    """Write files into a folder, which is made where it isn't there; arguments and errors as of `put_file`.

    Files of a full folder that have other names stay as they are.
    """
    disk = disk or Disk()
    _refuse_missing(path.parent)
    _refuse_ours(path, archive)
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
        _put(archive, path, {path / name: fill for name, fill in files.items()}, True, disk)
    except BaseException:
        if made:
            with suppress(OSError):
                path.rmdir()
        raise


def _put(archive: Path, path: Path, files: Mapping[Path, Fill], force: bool, disk: Disk) -> None:
    for each in files:
        _refuse_missing(each.parent)
        _refuse_ours(each, archive)
        _refuse_there(each, force)
    asides = {target: target.with_name(f".redraw-{secrets.token_hex(8)}") for target in files}  # a name nobody else has
    with _told(path):
        try:
            for target, fill in files.items():
                write_file(disk, asides[target], fill)
            for target, aside in asides.items():
                disk.rename(aside, target)
        except BaseException:
            for aside in asides.values():
                with suppress(OSError):
                    disk.remove(aside)
            raise
        disk.sync_folder(next(iter(files)).parent)


def _refuse_missing(folder: Path) -> None:
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}: make it, or name another place.")


def _refuse_ours(path: Path, archive: Path) -> None:
    """Refuse the archive and what belongs to it: by name, also where nothing is there yet, and by what the system says."""
    real = Path(os.path.realpath(archive))
    ours = [real, *(real.with_name(f"{real.name}.{what}") for what in BESIDE)]
    named = Path(os.path.realpath(path.parent), path.name)
    names = {each.name.casefold() for each in ours}  # some file systems don't tell capitals from small letters
    inside = {above.name.casefold() for above in (named, *named.parents) if _same(above.parent, real.parent)}
    if names & inside or any(_same(named, each) for each in ours):
        raise Refused(f"{path} belongs to the archive itself: name another file.")


def _same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _refuse_there(path: Path, force: bool) -> None:
    try:
        found = os.lstat(path)
    except OSError:
        return  # it isn't there, or writing will say what is wrong
    if not stat.S_ISREG(found.st_mode):
        raise Refused(f"{path} is not a file that could be written over: name another one.")
    if not force:
        raise Refused(f"{path} is there already: name another file, or write over it with --force.")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        advice = "Make room and try again." if error.errno in FULL else "Name another place."
        why = (error.strerror or str(error)).lower()
        raise Refused(f"Not written ({why}): what was at {path} is as it was. {advice}") from error
