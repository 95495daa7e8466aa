"""An archive as its one writer has it: a save is one line of the journal, on the disk before `change` returns."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from store.archive.disk import journal
from store.archive.disk.calls import Sign, make_folders, write_file
from store.archive.disk.changes import Changes
from store.archive.disk.journal_file import JournalFile
from store.archive.disk.layout import Base
from store.archive.disk.lock import Lock
from store.archive.disk.source import Source
from store.archive.disk.tables import Tables
from store.archive.following import Changed, Follower, Moved, SeveralNames
from store.archive.reserve import Reserve

LARGE = 4 << 20
"""Bytes of lines in the journal from which a checkpoint is due."""


class Writer(Follower):
    """An archive to which changes can be saved; the first save takes the lock, or `claim` does.

    Until then, and where another process holds the lock, `follow` brings what the writer has saved since. A folder that is
    missing is made by the first save.
    """

    _journal: JournalFile | None = None  # once we write it
    _pending: Changes | None = None  # in a transaction
    _foreign: Sign | None = None  # of a file that another program has put in place of ours

    displaced: Changed | None = None
    """What the last save found: that the archive's file or its folder isn't where it was, though everything is saved."""

    @cached_property
    def _lock(self) -> Lock:
        return Lock(self.beside("lock"), self.disk)

    @cached_property
    def _reserve(self) -> Reserve:
        return Reserve(self.beside("reserve"), self.disk)

    @property
    def warning(self) -> str:
        """What a person should know while all is well: that the last room on the disk is being used. Mostly empty."""
        return self._reserve.warning

    @property
    def writes(self) -> bool:
        """Whether we hold the lock."""
        return self._lock.held

    @property
    def settled(self) -> bool:
        """Whether we have saved something since the file was written: then nothing that others do is taken in any more."""
        return self._journal is not None and bool(self._since)

    @property
    def large(self) -> bool:
        """Whether a checkpoint is due."""
        return self._journal is not None and self._journal.size > LARGE

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
            if self._journal is None:
                self.claim()
            if self._reserve.warning:  # perhaps somebody has made room
                self._reserve.keep()
            content = changes.content()
            try:
                self._append(content)
            except OSError as error:
                if not self._reserve.give(error):
                    raise
                self._append(content)
            self._since.add(changes)

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
            SeveralNames: the file has another name, under which another process could write it.
            OSError: the lock can't be made.
        """
        if self._lock.held:
            return
        with self._guard:
            self._refuse_several_names()
            self._make_folder()
            self._take_lock()
            try:
                self.follow()
            except BaseException:
                self._lock.release()
                raise
            self._reserve.keep()
            if self._since:  # found in the journal, perhaps never synced; if this fails the first save does it
                with suppress(OSError):
                    self._begin_journal()

    def _refuse_several_names(self) -> None:
        found, backup = self.disk.sign(self.path), self.disk.sign(self.beside("backup-1"))
        own = backup is not None and found is not None and backup.inode == found.inode  # a checkpoint that was cut off
        if found is not None and found.links > (2 if own else 1):
            raise SeveralNames(f"{self.path} has {found.links} names")

    def follow(self) -> bool:
        """Take in what another process has saved since; True if there was anything.

        The writer takes in a file that another program has changed, unless it has saved something since.
        """
        with self._guard:
            if self._pending is not None:
                return False
            if self._journal is not None:
                if self.settled or self.disk.sign(self.path) in (None, self._signs[0]):
                    return False
                self._remove_journal()  # it holds nothing that was saved, perhaps something that could not be
            return super().follow()

    def _take(self, source: Source | None, base: Base, since: Changes) -> None:
        super()._take(source, base, since)
        self._lay_down_journal()

    def _make_folder(self) -> None:
        if not self.exists:
            make_folders(self.disk, self.path.parent)

    def _append(self, content: bytes) -> None:
        found = self._journal
        if found is None or found.lost or self._must_begin():
            found = self._begin_journal()
        found.append(content)

    def _must_begin(self) -> bool:
        """Whether our files, or their folder, were removed while we had them open, so that a journal has to be begun anew.

        Where another file has taken the archive's place, or the folder is somewhere else, the journal goes on, and `displaced`
        says so: nothing of either is lost.
        """
        self.displaced = None
        if not self._lock.is_in_place:
            self.displaced = Moved(f"{self.path.parent} was moved") if self._lock.was_moved else None
            return self.displaced is None
        there = self.disk.exists(self._journal_path)
        try:
            return self._is_gone() or not there
        except Changed as error:
            if not there:
                raise
            self.displaced = error
            return False

    def _is_gone(self) -> bool:
        """Whether the file under the journal was removed.

        Raises:
            Changed: another program has put another file there, or changed it; nothing is touched.
        """
        found, source = self.disk.sign(self.path), self._source
        if found is None:
            return source is not None
        if source is None or source.sign is None or found[:3] != source.sign[:3]:
            if found != self._foreign and Source.of(self.path, self.disk).hash() not in (self._bases or ()):
                self._foreign = found  # so that it is read once
            if found == self._foreign:
                raise Changed(f"{self.path} was changed by another program")
            if source is not None:
                source.sign = found  # touched, and the same
        return False

    def _refuse_moved(self) -> None:
        if self._lock.was_moved:
            raise Moved(f"{self.path.parent} was moved")

    def _take_lock(self) -> None:
        """Lock the archive; again where our lock was removed, and then not without a look at what another has saved meanwhile.

        Raises:
            Held: another process writes.
            Changed, Moved: another process has written, or the folder is somewhere else. Nothing is touched.
        """
        self._refuse_moved()
        self._lock.release()
        self._lock.take()
        try:
            there = self.disk.sign(self._journal_path)
            if self._journal is not None and there is not None and there.inode != self._journal.inode:
                if self._since:
                    raise Changed(f"{self._journal_path} was written by another program")
                self._lay_down_journal()  # it holds nothing
            if self.settled:
                self._is_gone()
        except BaseException:
            self._lock.release()
            raise

    def _begin_journal(self) -> JournalFile:
        """Begin a new journal with all changes since the file was written: at first, and whenever the old one is in doubt.

        Nothing is ever written again to a file whose sync has failed.
        """
        self._make_folder()
        if self._bases is None:
            self._bases = [self._source.hash() if self._source else journal.NOTHING]
        if not self._lock.is_in_place:
            self._take_lock()
        if self._is_gone():
            restored = self._write_base(self.beside("restored"))
            self._bases.append(restored)  # another file than before, if another program had laid that out
            self.disk.rename(self.beside("restored"), self.path)
        self._keep_torn()
        contents = [journal.header(self._bases)]
        if self._since:
            contents.append(self._since.content())
        fresh = JournalFile.new(self._journal_path, self.disk, contents)
        self._lay_down_journal()
        self._journal, self._followed = fresh, None
        return fresh

    def _write_base(self, path: Path) -> str:
        return write_file(self.disk, path, Tables(self.tables.base).write)

    def _keep_torn(self) -> None:
        if torn := self.torn:
            write_file(self.disk, self.beside("torn"), lambda put: put(torn))

    def _lay_down_journal(self) -> None:
        found, self._journal = self._journal, None  # first, for a close that is interrupted has closed it
        if found is not None:
            found.close()

    def _remove_journal(self) -> None:
        self._lay_down_journal()
        self.disk.remove(self._journal_path)
        self.disk.sync_folder(self.path.parent)
