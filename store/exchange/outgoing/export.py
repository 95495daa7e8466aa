"""Exporting: which probes, in which format, with names or without, to which place."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from store.archive.archive import Archive
from store.archive.disk.calls import Disk
from store.exchange.outgoing.contents import Contents, Progress
from store.exchange.outgoing.files import put_file, put_folder
from store.exchange.outgoing.formats import FORMATS
from store.refused import Refused


def export(
    archive: Archive,
    names: Sequence[str],
    form: str,
    path: Path,
    raw: bool = False,
    force: bool = False,
    progress: Progress = lambda done, of: None,
    disk: Disk | None = None,
    stream: Callable[[bytes], object] | None = None,
    now: float | None = None,
) -> Path:
    """Write an export, and answer with where it is.

    Args:
        archive: what is exported.
        names: ids of probes and sessions, and `contents.GUIDELINES`; empty for all there is.
        form: the name of one of `FORMATS`.
        path: a file, or a folder to put one into; for a format of several files their folder.
        raw: whether with moments, observations and names.
        force: whether to write over what is there.
        progress: is told of each probe.
        disk: what calls the operating system.
        stream: takes the bytes, once all are made, in place of a file at `path`; not for a format of several files.
        now: seconds since the epoch, from which a document counts back; by default the present.

    Raises:
        ArchiveError: an id is not there, or a record is damaged.
        Refused: the place can't be written to, as a sentence; nothing of an export stays there.
    """
    format = FORMATS[form]
    contents = Contents(archive, names, raw, now or time.time(), progress)
    if stream is not None and format.folder:
        raise Refused("Tables are several files, which can't go to standard output: name a folder for them.")
    files = format.files(contents)
    if format.folder:
        _spare_the_archive(archive, path)
        put_folder(path, files, force, disk)
        return path
    ((name, fill),) = files.items()
    if stream is not None:
        parts: list[bytes] = []
        fill(parts.append)
        stream(b"".join(parts))
        return path
    if path.is_dir():
        path = path / name
    _spare_the_archive(archive, path)
    put_file(path, fill, force, disk)
    return path


def _spare_the_archive(archive: Archive, path: Path) -> None:
    real = Path(os.path.realpath(path))
    ours = Path(os.path.realpath(archive.path))
    if real == ours or (real.parent == ours.parent and real.name.startswith(f"{ours.name}.") and real.exists()):
        raise Refused(f"{path} belongs to the archive itself: name another file.")
