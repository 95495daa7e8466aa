"""Where an error came from: for a projector without a value of anything, and whole only in a file that is its owner's alone."""

import os
import traceback
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import gettempdir

_ROOTS = (Path(__file__).parent.parent, Path(os.__file__).parent)
"""Where Redraw's own code is, and Python's."""

_WARNING = """\
A fault in Redraw, whole. It holds what Redraw had at hand: names, ballots and what people wrote.
Look through it before you send it to anybody, and remove it when it is no longer needed.

"""


def wanted() -> bool:
    """Whether somebody has asked to see where a fault was, by REDRAW_DEBUG."""
    return bool(os.environ.get("REDRAW_DEBUG"))


def places(error: BaseException) -> Iterator[str]:
    """The places in the code that led to an error, oldest first: files, lines and types, and no value.

    An error's own words and its notes are left out, since they may hold what somebody wrote. Files are named from their package on,
    so that no folder of a person shows.
    """
    chain: list[BaseException] = []
    found: BaseException | None = error
    while found is not None and found not in chain:
        chain.append(found)
        found = found.__cause__ or found.__context__
    for each in reversed(chain):
        yield f"{type(each).__name__}:"
        for frame, line in traceback.walk_tb(each.__traceback__):
            yield f"  {_named(Path(frame.f_code.co_filename))}:{line} in {frame.f_code.co_name}"
        for part in each.exceptions if isinstance(each, BaseExceptionGroup) else ():
            yield from places(part)


def _named(file: Path) -> str:
    parts = file.parts
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    return next((file.relative_to(root).as_posix() for root in _ROOTS if file.is_relative_to(root)), file.name)


def whole(error: BaseException) -> str:
    """All that can be said of an error, with the values at each place, which are what people wrote; only for a file of their own."""
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    return _WARNING + "".join(told.format())


def free(folder: Path) -> Path:
    """A name for a report that is still free in a folder."""
    names = (f"redraw-fault-{n}.txt" for n in count(1))
    return next(folder / name for name in names if not os.path.lexists(folder / name))


def put(path: Path, text: str) -> None:
    """Write a new file that only its owner can read.

    Raises:
        OSError: it can't be written, or something is there already, if only a link that somebody has planted.
    """
    from store.archive.disk.calls import FRESH, Disk, write_all

    disk = Disk()
    fd = disk.open(path, FRESH)
    try:
        write_all(disk, fd, text.encode("utf-8", "backslashreplace"))
    finally:
        disk.close(fd)


def kept(text: str) -> Path | None:
    """Where a report now is, among other temporary files; None where it can't be written."""
    with suppress(OSError):
        path = free(Path(gettempdir()))
        put(path, text)
        return path
    return None


def kept_whole(error: BaseException) -> str:
    """Keep all of an error in a file, where REDRAW_DEBUG asks for it, and say where it is and what is in it; mostly empty."""
    if not wanted():
        return ""
    path = kept(whole(error))
    if path is None:
        return "The whole report can't be written."
    return (
        f"The whole report is in {path}, readable by you alone. It holds names and what people wrote: look through it before you"
        " send it to anybody."
    )
