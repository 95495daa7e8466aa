"""A TinyDB storage that loses nothing that it has said to be saved.

The archive is a file and, while something is new, a journal beside it. A save is one line of the journal, written and synced
before `change` returns. A checkpoint writes the whole file aside, syncs it, says so in the journal, and renames it into place;
then the journal goes. After a crash the journal's lines are put upon the file again. They fit upon the file that was there
when the journal was begun and upon each that a checkpoint made since, which the journal names by their hashes; upon no other.

    logbook.json            the archive, as TinyDB reads it
    logbook.json.journal    what was saved since, and spaces for what comes; gone after a clean close
    logbook.json.lock       who writes, and since when
    logbook.json.backup-1   the file before the last checkpoint; -2 and -3 are older
    logbook.json.reserve    room that is given back when the disk is full
"""

import errno
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from store.archive.disk import journal
from store.archive.disk.calls import FULL, Disk, Sign, make_folders, write_file
from store.archive.disk.changes import Changes, Codec, Plain
from store.archive.disk.journal_file import FollowedJournal, JournalFile
from store.archive.disk.layout import Base, Tables, is_table
from store.archive.disk.lock import Held, Lock
from store.archive.disk.source import Source
from store.archive.table import ChangeStorage, DurableTable
from store.words.json_text import encoded

__all__ = ["BACKUPS", "Changed", "DurableStorage", "DurableTable", "Held", "JournalDamaged"]

BACKUPS = 3
"""How many earlier files are kept."""

LARGE = 4 << 20
"""Bytes of lines in the journal from which a checkpoint is due."""

RESERVE = 1 << 20
"""Bytes that are kept so that a session can be brought to its end on a full disk."""

_CHUNK = 1 << 16
_TRIES = 5


class Changed(ValueError):
    """The file is none of those that the journal belongs to: another program has changed it, or it is gone."""


class JournalDamaged(ValueError):
    """The journal can't be read to its end, and that is no torn end."""


Signs = tuple[Sign | None, Sign | None]


class DurableStorage(ChangeStorage):
    """Use it as `TinyDB(path, storage=DurableStorage)`, best with `DurableTable`.

    Opening changes nothing on the disk, and takes no lock: the first save does, or `claim`. Until then, and where another
    process holds the lock, `follow` brings what the writer has saved since.
    """

    def __init__(
        self,
        path: str | Path,
        check: Callable[[Tables], None] | None = None,
        create_dirs: bool = False,
        automatic: bool = True,
        salvage: bool = False,
        disk: Disk | None = None,
        codec: Codec | None = None,
    ) -> None:
        """Open the archive at `path`; one that doesn't exist yet is made by the first save.

        Args:
            path: where it is; a symbolic link is followed.
            check: looks at the tables of every file that is read before it is taken; what it raises is passed on.
            create_dirs: whether its folder may be missing; then the first save makes it.
            automatic: whether a save makes a checkpoint when the journal has become large.
            salvage: whether to leave out lines of a damaged journal rather than to raise `JournalDamaged`.
            disk: what calls the operating system.
            codec: what stands between a document and its line.

        Raises:
            OSError: it can't be read, or its folder isn't there.
            ValueError: it isn't an archive; `Changed`, `JournalDamaged`: see there. Nothing is touched.
        """
        self.path = Path(os.path.realpath(path))
        self.disk = disk or Disk()
        self.warning = ""
        self.generation = 0
        """Grows when what was read before may be wrong: others' changes were taken in, or a transaction has failed."""
        self._check = check or (lambda _: None)
        self._automatic, self._salvage = automatic, salvage
        self.recovered = 0
        """Saves that were found in the journal when it was last read whole."""
        self.left_out = 0
        """Lines of it that could not be read then, with `salvage`."""
        self._codec: Codec = codec or Plain()
        self._guard = threading.RLock()
        self._journal_path, self._lock_path = self.beside("journal"), self.beside("lock")
        self._lock = Lock(self._lock_path, self.disk)
        self._source: Source | None = None
        self._bases: list[str] | None = None  # what the journal's lines can be put upon; None while nobody has asked
        self._since = Changes()  # since the file was written
        self._pending: Changes | None = None  # in a transaction
        self._layers: list[Changes] = [self._since]
        self._followed: FollowedJournal | None = None  # as long as we don't write it
        self._journal: JournalFile | None = None  # once we do
        self._signs: Signs = (None, None)
        self.tables = Tables(Base(), self._layers, self._codec)
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
    def writes(self) -> bool:
        """Whether we hold the lock."""
        return self._lock.held

    @property
    def torn(self) -> bytes:
        """What could not be read of the journal, as long as it has not been kept aside."""
        return self._followed.read.torn if self._followed else b""

    @property
    def large(self) -> bool:
        """Whether a checkpoint is due."""
        return self._journal is not None and self._journal.size > LARGE

    # -------------------------------------------------------------------------------------------- what TinyDB calls

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables, as copies; None for an archive that has none yet."""
        self.follow()
        return self.tables.read() or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Save what differs between the tables and `data`."""
        names = self.tables.names
        changes = Changes({name for name in names if name not in data})
        for name, given in data.items():
            before = self.tables.value(name)
            known = name in names
            if not is_table(given):
                sealed = encoded(given).encode()
                if sealed != before:
                    changes.dropped |= {name} if known else set()
                    changes.values[name] = sealed
                continue
            if before is not None:
                changes.dropped.add(name)
            old = dict(self.tables.lines(name)) if known and before is None else {}
            new = {int(id): self.tables.sealed_document(document) for id, document in given.items()}
            changed: dict[int, bytes | None] = {id: sealed for id, sealed in new.items() if old.get(id) != sealed}
            changed |= {id: None for id in old if id not in new}
            if changed or not known or before is not None:
                changes.tables[name] = changed
        self.change(changes)

    def close(self) -> None:
        """Bring everything into the one file, and give the lock back; on failing that all is still in the journal."""
        with self._guard:
            try:
                if self._lock.held and self._since:
                    self.checkpoint()
            finally:
                self._lay_down_journal()
                if self._lock.held:
                    with suppress(OSError):
                        self.disk.remove(self.beside("reserve"))
                self._lock.release()

    # ------------------------------------------------------------------------------------------------------- saving

    def change(self, changes: Changes) -> None:
        """Save changes: all of them, on the disk, or none.

        Raises:
            Held: another process is the writer.
            Changed: another program has written the file meanwhile.
            OSError: they could not be saved; everything is as it was before.
        """
        with self._guard:
            if not changes:
                return
            if self._pending is not None:
                self._pending.add(changes)
                return
            self.claim()
            if self.warning:  # perhaps somebody has made room
                self._keep_reserve()
            content = changes.content()
            try:
                self._append(content)
            except OSError as error:
                if not self._give_reserve(error):
                    raise
                self._append(content)
            self._since.add(changes)
            if self._automatic and self.large:
                with suppress(OSError, Changed):  # it is saved; the next save tries again
                    self.checkpoint()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes inside become one save; if anything goes wrong inside or in saving, none of them happened."""
        with self._guard:
            if self._pending is not None:
                yield
                return
            pending, layers = Changes(), self._layers
            self._pending = pending
            layers.append(pending)
            try:
                try:
                    yield
                finally:
                    layers.pop()
                    self._pending = None
                self.change(pending)
            except BaseException:
                self.generation += 1  # a table may remember what has not happened
                raise

    def claim(self) -> None:
        """Become the writer, if we aren't yet.

        Raises:
            Held: another process is.
            OSError: the lock can't be made.
        """
        if self._lock.held:
            return
        with self._guard:
            self._make_folder()
            self._lock.take()
            try:
                self.follow()
            except BaseException:
                self._lock.release()
                raise
            self._keep_reserve()
            if self._since:  # found in the journal, though perhaps never synced; failing this the first save does it
                with suppress(OSError):
                    self._begin_journal()

    def _make_folder(self) -> None:
        if not self.exists:
            make_folders(self.disk, self.path.parent)

    def prepare(self) -> None:
        """Compute the file's hash, which the first save needs; of a large file that takes a moment."""
        if (source := self._source) is not None:
            source.hash()

    def _append(self, content: bytes) -> None:
        found = self._journal
        if found is None or found.lost or self._are_gone():
            found = self._begin_journal()
        found.append(content)

    def _are_gone(self) -> bool:
        """Whether one of our files, or their folder, was removed under us."""
        return not self.disk.exists(self._journal_path) or self._is_gone() or not self._lock.is_named

    def _is_gone(self) -> bool:
        """Whether the file that the journal belongs to was removed under us."""
        return self._source is not None and not self.disk.exists(self.path)

    def _begin_journal(self) -> JournalFile:
        """A new journal with all that was changed since the file was written: at first, and whenever the old one is in doubt.

        Nothing is ever written again to a file of which a sync has failed.
        """
        self._make_folder()
        if self._bases is None:
            self._bases = [self._source.hash() if self._source else journal.NOTHING]
        if not self._lock.is_named or not self.disk.exists(self._lock_path):  # the folder was removed under us
            self._lock.release()
            self._lock.take()
        if self._is_gone():
            restored = self._write_base(self.beside("restored"))
            self._bases.append(restored)  # another file than before, if another program had laid that out
            self.disk.rename(self.beside("restored"), self.path)
        self._keep_torn()
        contents = [journal.header(self._bases, self._codec.name)]
        if self._since:
            contents.append(self._since.content())
        fresh = JournalFile.new(self._journal_path, self.disk, contents)
        self._lay_down_journal()
        self._journal, self._followed = fresh, None
        return fresh

    def _keep_torn(self) -> None:
        if torn := self.torn:
            write_file(self.disk, self.beside("torn"), lambda put: put(torn))

    def _lay_down_journal(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _remove_journal(self) -> None:
        self._lay_down_journal()
        self.disk.remove(self._journal_path)
        self.disk.sync_folder(self.path.parent)

    # --------------------------------------------------------------------------------------------------- checkpoint

    def checkpoint(self) -> None:
        """Write everything into the one file, and begin the journal anew.

        Raises:
            Changed: another program has written the file meanwhile. It is left as it is; everything is in the journal.
            OSError: it could not be written; everything is in the journal.
        """
        with self._guard:
            self.claim()
            if not self._since:
                return
            self._refuse_changed()
            self._make_folder()
            written = write_file(self.disk, self.beside("new"), self.tables.write)
            try:
                self._append(journal.mark(written))
                assert self._bases is not None
                self._bases.append(written)
                self._keep_backups()
                self.disk.rename(self.beside("new"), self.path)
            except OSError:
                with suppress(OSError):
                    self.disk.remove(self.beside("new"))
                raise
            self.disk.sync_folder(self.path.parent)
            # From here on the new file is the base: it is on the disk under its name, and the journal knows it.
            source = Source.of(self.path, self.disk)
            self._take(source, Base(source), Changes())
            self._bases = [written]
            with suppress(OSError):  # an old journal does no harm: it knows the new file, which holds all its lines
                self._remove_journal()
            self._signs, self._followed = self._look(), None
            self._keep_reserve()

    def settle(self) -> None:
        """A checkpoint if anything is new, and no journal in any case; what is torn of it is kept aside.

        Raises: as `checkpoint`.
        """
        with self._guard:
            self.claim()
            if self._since:
                self.checkpoint()
            elif self.disk.exists(self._journal_path):
                self._keep_torn()
                self._remove_journal()
                self._signs, self._followed = self._look(), None

    def copy_to(self, path: Path) -> None:
        """Write what is saved now into another file, as a checkpoint would.

        Raises:
            OSError: it could not be written; no half of a file stays there.
        """
        aside = path.with_name(f"{path.name}.new")
        write_file(self.disk, aside, self.tables.write)
        self.disk.rename(aside, path)
        self.disk.sync_folder(path.parent)

    def _refuse_changed(self) -> None:
        sign = self.disk.sign(self.path)
        known = self._source.sign if self._source else None
        if sign is None or (known is not None and sign[:3] == known[:3]):
            return
        if Source.of(self.path, self.disk).hash() not in (self._bases or ()):
            raise Changed(f"{self.path} was changed by another program")

    def _keep_backups(self) -> None:
        """The file that is about to be replaced becomes backup 1, and the older ones move on."""
        first = self.beside("backup-1")
        replaced, last = self.disk.sign(self.path), self.disk.sign(first)
        if replaced is None:
            return
        if last is not None and last.inode == replaced.inode:  # a checkpoint that failed has done it
            return
        if last is not None:
            for number in range(BACKUPS, 1, -1):
                with suppress(FileNotFoundError):
                    self.disk.rename(self.beside(f"backup-{number - 1}"), self.beside(f"backup-{number}"))
        try:
            self.disk.link(self.path, first)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK):
                raise
            self._write_base(first)

    def _write_base(self, path: Path) -> str:
        return write_file(self.disk, path, Tables(self.tables.base, (), self._codec).write)

    # ------------------------------------------------------------------------------------------------------ reserve

    def _keep_reserve(self) -> None:
        path = self.beside("reserve")
        with suppress(OSError):
            if not self.disk.exists(path):
                write_file(self.disk, path, _incompressible, sync=False)
            self.warning = ""

    def _give_reserve(self, error: OSError) -> bool:
        if error.errno not in FULL:
            return False
        try:
            self.disk.remove(self.beside("reserve"))
        except OSError:
            return False
        self.warning = (
            "The disk is full. What you enter goes into a last megabyte that was kept free for this: make room."
        )
        return True

    # ------------------------------------------------------------------------------------------------------ reading

    def follow(self) -> bool:
        """Take in what another process has saved since; True if there was anything.

        The writer takes in a file that another program has changed as long as it has itself saved nothing upon it.
        """
        with self._guard:
            if self._pending is not None:
                return False
            if self._journal is not None:
                if self._since or self.disk.sign(self.path) in (None, self._signs[0]):
                    return False
                self._remove_journal()  # nothing that was saved stands in it, perhaps something that could not be
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
            if (source.hash() if source else journal.NOTHING) not in bases:
                raise Changed(f"{self.path} is not the file that {self._journal_path.name} belongs to")
            if read.codec != self._codec.name:
                raise JournalDamaged(f"{self._journal_path}: written as {read.codec}, not as {self._codec.name}")
            for content in read.changes:
                since.add(Changes.of(content))
        base = Base(source)
        if source is not None or read.changes:
            self._check(Tables(base, (since,), self._codec))
        self.recovered, self.left_out = len(read.changes), read.left_out
        read.changes.clear()
        self._lay_down_journal()
        self._take(source, base, since)
        self._bases, self._followed, self._signs = bases, followed, signs

    def _take(self, source: Source | None, base: Base, since: Changes) -> None:
        self._source, self._since = source, since
        self._layers = [since]  # a new list: whoever reads in another thread still goes by the old file and its changes
        self.tables = Tables(base, self._layers, self._codec)

    # -------------------------------------------------------------------------------------------------- permissions

    def loose(self) -> list[Path]:
        """The files of the archive, and its folder, that others than their owner may read or change."""
        if os.name != "posix":
            return []
        beside = (
            "journal",
            "lock",
            "torn",
            "reserve",
            "draft",
            "alive",
            "notes",
            *(f"backup-{number}" for number in range(1, BACKUPS + 1)),
        )
        files = (self.path, *map(self.beside, beside), self.path.parent)
        return [path for path in files if (sign := self.disk.sign(path)) is not None and sign.mode & 0o077]


def _incompressible(put: Callable[[bytes], None]) -> None:
    for _ in range(0, RESERVE, _CHUNK):
        put(os.urandom(_CHUNK))
