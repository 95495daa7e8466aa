"""What can go wrong with an archive, each in one sentence for a person that says what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.archive.disk.calls import FULL, NotAFile
from store.archive.disk.lock import Held
from store.archive.disk.tables import Tables
from store.archive.following import Changed, JournalDamaged, Moved, SeveralNames
from store.refused import Refused

SCHEMA = 1
"""The form of the records that this version writes."""


def absent(path: Path, named: bool) -> str:
    """Says that there is no archive at `path`, which somebody named, or which is the default one."""
    if named:
        return f"There is no archive at {path}: name one with --archive."
    return "There is no logbook yet: start redraw to begin one, or name an archive with --archive."


class ArchiveError(Exception):
    """The archive can't be opened or saved. The text is one sentence for a person, and says what to do."""


class NotFound(ArchiveError):
    """No probe and no session has that id."""


class Damaged(ArchiveError):
    """A record isn't as Redraw writes it."""


class InUse(ArchiveError):
    """Another Redraw writes this archive; it can be read meanwhile."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(
            f"{path} is open in another Redraw ({holder}), and only one can write: close that one, or go on there."
        )
        self.holder = holder


_ADVICE = {
    **dict.fromkeys(FULL, "Make room and try again."),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "Check the permissions of its folder and try again."),
}


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _foreign(path: Path, why: str) -> ArchiveError:
    return ArchiveError(
        f"{path} is not a Redraw archive ({why}): name another file with --archive, or put a good copy in its place. It was"
        " left untouched."
    )


def check_schema(path: Path, tables: Tables) -> None:
    """Refuse a file that isn't an archive, or is one that a newer version wrote.

    Raises:
        ArchiveError: it is.
    """
    if not tables:
        raise _foreign(path, "it is empty")
    schema = (tables.get("meta", 1) or {}).get("schema")
    if type(schema) is not int or schema < 1:
        raise _foreign(path, "it doesn't say which schema it has")
    if schema > SCHEMA:
        raise ArchiveError(
            f"{path} was written by a newer Redraw (schema {schema}; this one knows {SCHEMA}): update Redraw to open it. It was"
            " left untouched."
        )


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Say what hinders reading the archive at `path`, as an ArchiveError."""
    try:
        yield
    except SeveralNames as error:
        raise ArchiveError(displaced(path, error)) from error
    except Changed as error:
        raise ArchiveError(
            f"{path} was changed by another program, or removed, while there were saves in {path.name}.journal that belong to"
            f" what it was. Both were left untouched: put the right file back (perhaps {path.name}.backup-1), or move"
            " the journal away to go on without what is in it."
        ) from error
    except JournalDamaged as error:
        raise ArchiveError(
            f"{path.name}.journal, which holds the latest saves of {path}, is damaged ({str(error).rpartition(': ')[2]}): “redraw"
            " check --repair” takes over all that can be read. It was left untouched."
        ) from error
    except NotAFile as error:
        raise not_a_file(error) from error
    except OSError as error:
        raise ArchiveError(
            f"{path} can't be read ({_why(error)}): check its permissions or name another file with --archive."
        ) from error
    except ValueError as error:
        raise _foreign(path, "it isn't JSON as Redraw writes it") from error


def not_a_file(error: NotAFile) -> ArchiveError:
    """Say what stands where a file of the archive should be."""
    return ArchiveError(
        f"{error.filename} is a link, a pipe or something else that Redraw didn't make, so it was left alone: move it away and"
        " try again."
    )


def displaced(path: Path, error: Changed) -> str:
    """Say that the archive isn't where it was while somebody writes it, and what to do."""
    if isinstance(error, SeveralNames):
        return (
            f"{path} has another name as well (a hard link), and Redraw would write only to one of them: copy it with “redraw"
            " backup”, and open the copy."
        )
    if isinstance(error, Moved):
        return (
            f"The folder {path.parent} was moved or renamed while Redraw had it open. What you entered is in {path.name}.journal,"
            " in the folder where it is now: move it back, or open the logbook there next time."
        )
    return (
        f"{path} was changed by another program while Redraw had it open. It was left as it is, and what you entered"
        f" is in {path.name}.journal: put the file back as it was (perhaps {path.name}.backup-1)."
    )


def not_saved(path: Path, error: OSError | Changed) -> ArchiveError:
    """Say what hindered saving."""
    if isinstance(error, Changed):
        return ArchiveError(displaced(path, error))
    if isinstance(error, Held):
        return InUse(path, str(error.strerror))
    if isinstance(error, NotAFile):
        return not_a_file(error)
    advice = _ADVICE.get(error.errno or 0, "Try again.")
    return ArchiveError(f"Not saved ({_why(error)}): what {path} held before is still there. {advice}")


def not_kept(error: OSError) -> ArchiveError:
    """Say what hindered keeping what is typed and not entered."""
    if isinstance(error, NotAFile):
        return not_a_file(error)
    advice = _ADVICE.get(error.errno or 0, "It is tried again: don't wait long before you enter it.")
    return ArchiveError(f"What you are typing isn't kept on the disk until you enter it ({_why(error)}). {advice}")


@contextmanager
def saving(path: Path) -> Iterator[None]:
    """Say what hinders saving, as an ArchiveError."""
    try:
        yield
    except (OSError, Changed) as error:
        raise not_saved(path, error) from error


@contextmanager
def writing_whole(path: Path) -> Iterator[None]:
    """Say what hinders writing the whole file, as an ArchiveError."""
    with saving(path):
        try:
            yield
        except (Changed, Refused):
            raise
        except ValueError as error:
            raise ArchiveError(
                f"A table in {path} is damaged: “redraw check” says where. It was left as it is, and what you entered is"
                f" in {path.name}.journal."
            ) from error


@contextmanager
def intact_table(path: Path, table: str) -> Iterator[None]:
    """Say of a table that can't be parsed that it is damaged, as an ArchiveError."""
    try:
        yield
    except (ValueError, KeyError) as error:
        raise Damaged(
            f"The table “{table}” in {path} is damaged: put a good copy of the file in its place. It was left untouched."
        ) from error
