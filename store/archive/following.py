"""An archive as somebody has it who reads it: opened without a trace, and brought up to date with what its writer saves."""

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from store.archive.disk import journal
from store.archive.disk.calls import Disk, Sign
from store.archive.disk.changes import Changes
from store.archive.disk.journal_file import AHEAD, FollowedJournal
from store.archive.disk.layout import Base
from store.archive.disk.source import Source
from store.archive.disk.tables import Tables

BACKUPS = 3
"""How many earlier files are kept."""

LEFTOVERS = (
    *("new", "restored"),
    *(f"{what}.new" for what in ("journal", "torn", "reserve", "draft", "alive", "damaged", "backup")),
)
"""Half-written files that a crash may leave; what was in them was never said to be saved."""

BESIDE = (
    *("journal", "lock", "reserve", "draft", "alive", "notes", "torn", "damaged"),
    *LEFTOVERS,
    *(f"backup-{number}" for number in range(1, BACKUPS + 1)),
)
"""What may stand beside an archive: files that have its name and one of these after a dot, and one folder."""

_TRIES = 5


class Changed(ValueError):
    """The journal doesn't belong to this file: another program has changed the file, or it is gone."""


class Moved(Changed):
    """The archive's folder was moved or renamed while we had it open."""


class SeveralNames(Changed):
    """The archive's file has several names (hard links), so that Redraw would write only to one of them."""


class JournalDamaged(ValueError):
    """The journal is damaged before its end: more than a last line that was cut off."""


Signs = tuple[Sign | None, Sign | None]
"""Of the archive's file and of its journal."""


class Follower:
    """An archive that is read, and followed."""

    def __init__(
        self,
        path: str | Path,
        check: Callable[[Tables], None] | None = None,
        create_dirs: bool = False,
        salvage: bool = False,
        disk: Disk | None = None,
    ) -> None:
        """Open the archive at `path`. Nothing on the disk changes, and no lock is taken.

        Args:
            path: where it is; a symbolic link is followed.
            check: checks the tables of every file before it is used; what it raises is passed on.
            create_dirs: whether its folder may be missing.
            salvage: whether to leave out lines of a damaged journal rather than to raise `JournalDamaged`.
            disk: what calls the operating system.

        Raises:
            OSError: it can't be read, or its folder isn't there.
            ValueError: it isn't an archive; `Changed`, `JournalDamaged`: see there. Nothing is touched.
        """
        self.path = Path(os.path.realpath(path))
        self.disk = disk or Disk()
        self.generation = 0
        """Grows when what was read before may be wrong: others' changes were taken in, or a transaction has failed."""
        self.recovered = 0
        """Saves found in the journal when it was last read whole."""
        self.left_out: list[int] = []
        """The lines of it that could not be read, from 1, with `salvage`."""
        self._check = check or (lambda _: None)
        self._salvage = salvage
        self._guard = threading.RLock()
        self._journal_path = self.beside("journal")
        self._source: Source | None = None
        self._bases: list[str] | None = None  # the files that the journal's lines fit; None until somebody asks
        self._since = Changes()  # since the file was written
        self._layers: list[Changes] = [self._since]
        self._followed: FollowedJournal | None = None  # as long as we don't write it
        self._signs: Signs = (None, None)
        self._around: Signs = (None, None)  # of the archive's file and of its folder, at the last glance
        self.tables = Tables(Base(), self._layers)
        if not create_dirs and not self.disk.exists(self.path.parent):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.path.parent))
        self._load()

    def beside(self, what: str) -> Path:
        """A file beside the archive."""
        return self.path.with_name(f"{self.path.name}.{what}")

    @property
    def exists(self) -> bool:
        """Whether anything was ever saved here."""
        return self.disk.exists(self.path) or self.disk.exists(self._journal_path)

    @property
    def torn(self) -> bytes:
        """The end of the journal that could not be read, until it has been kept aside."""
        return self._followed.read.torn if self._followed else b""

    def prepare(self) -> None:
        """Compute the file's hash, which the first save needs; of a large file that takes a moment."""
        if (source := self._source) is not None:
            source.hash()

    def follow(self) -> bool:
        """Take in what another process has saved since; True if there was anything."""
        with self._guard:
            signs = self._look()
            if signs == (None, None):
                return False
            gained = self._gained(signs)
            if gained is None:
                self.generation += 1
                self._load()
                return True
            self.generation += bool(gained)
            for content in gained:
                self._since.add(Changes.of(content))
            return bool(gained)

    def glance(self) -> bool:
        """Take in what the writer has saved since, as `follow` does, for whoever looks many times a second.

        It doesn't stat the journal, after which the writer's next sync would take longer (see `Disk.sign`), but reads on in it.
        """
        with self._guard:
            before, self._around = self._around, (self.disk.sign(self.path), self.disk.sign(self.path.parent))
            followed = self._followed
            if followed is None or not followed.grows or not self.disk.keeps_open_files:
                return self.follow()
            if before != self._around and (
                before[0] != self._around[0] or self.disk.inode(self._journal_path) != followed.inode
            ):
                return self.follow()
            gained = followed.gained(followed.read.good + AHEAD)
            if gained is None:
                return self.follow()
            self.generation += bool(gained)
            for content in gained:
                self._since.add(Changes.of(content))
            return bool(gained)

    def _gained(self, signs: Signs) -> list[dict[str, Any]] | None:
        """What the journal has gained; None where that isn't all that happened."""
        (main, beside), followed = signs, self._followed
        if followed is None or not followed.grows:
            return [] if signs == self._signs else None
        if main != self._signs[0] or beside is None or not followed.is_at(beside):
            return None
        return followed.gained(beside.size)

    def _look(self) -> Signs:
        return self.disk.sign(self.path), self.disk.sign(self._journal_path)

    def _load(self) -> None:
        for attempt in range(_TRIES):
            signs = self._look()
            try:
                self._load_once(signs)
                return
            except (Changed, FileNotFoundError):  # perhaps a checkpoint was made between the looks at the two files
                if attempt == _TRIES - 1 or self._look() == signs:
                    raise

    def _load_once(self, signs: Signs) -> None:
        main, beside = signs
        source = Source.of(self.path, self.disk) if main is not None else None
        followed, read = None, journal.Read()
        if beside is not None:
            try:
                followed = FollowedJournal(self._journal_path, self.disk, self._salvage)
                read = followed.read
            except (ValueError, KeyError, TypeError) as error:
                raise JournalDamaged(f"{self._journal_path}: {error}") from error
        since = Changes()
        bases = None
        if read.changes:
            bases = read.bases
            base_of_file = source.hash() if source else journal.NOTHING
            if not bases and read.left_out:  # its first line can't be read; with `salvage` it is taken as this file's
                bases = [base_of_file]
            if base_of_file not in bases:
                raise Changed(f"{self.path} is not the file that {self._journal_path.name} belongs to")
            for content in read.changes:
                since.add(Changes.of(content))
        base = Base(source)
        if source is not None or read.changes:
            self._check(Tables(base, (since,)))
        self.recovered, self.left_out = len(read.changes), read.left_out
        read.changes.clear()
        self._take(source, base, since)
        self._bases, self._followed, self._signs = bases, followed, signs

    def _take(self, source: Source | None, base: Base, since: Changes) -> None:
        self._source, self._since = source, since
        self._layers = [since]  # a new list: whoever reads in another thread still goes by the old file and its changes
        self.tables = Tables(base, self._layers)
