"""The archive's one file, written anew with everything that the journal holds."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from store.archive.backups import taken_back, without
from store.archive.disk import journal
from store.archive.disk.calls import NotAFile, write_file
from store.archive.disk.changes import Changes
from store.archive.disk.layout import Base
from store.archive.disk.source import Source
from store.archive.following import BACKUPS, BESIDE, LEFTOVERS
from store.archive.saving import Writer


class Checkpointer(Writer):
    """An archive whose journal is brought into its file: by `checkpoint`, and in the end by `close`."""

    _kept: int | None = None  # the inode of the file that a checkpoint has made backup 1 before it failed

    def checkpoint(self) -> None:
        """Write everything into the one file; the next save begins a new journal.

        Raises:
            Changed: another program has written the file meanwhile. It is left as it is; everything is in the journal.
            OSError: it could not be written; everything is in the journal.
        """
        with self._guard:
            self.claim()
            if not self._since:
                return
            self._refuse_moved()
            self._is_gone()  # or changed: then nothing is written
            self._make_folder()
            written = write_file(self.disk, self.beside("new"), self.tables.write)
            try:
                self._append(journal.mark(written))
                assert self._bases is not None
                self._bases.append(written)
                self._keep_backups()
                self.disk.rename(self.beside("new"), self.path)
            except (OSError, ValueError):
                with suppress(OSError):
                    self.disk.remove(self.beside("new"))
                raise
            self.disk.sync_folder(self.path.parent)
            # From here on the new file is the base: it is on the disk under its name, and the journal knows it.
            source = Source.of(self.path, self.disk)
            base = Base(source)
            base.take_over(self.tables.base, self._since)
            self._take(source, base, Changes())
            self._bases, self._kept = [written], None
            with suppress(OSError):  # an old journal does no harm: it knows the new file, which holds all its lines
                self._remove_journal()
            self._signs, self._followed = self._look(), None
            self._reserve.keep()

    def _tidy_up(self) -> None:
        """Remove what a crash has left half written: it may hold what was taken back since. Failing that is no harm.

        Not before the close: drafts and signs of life are written at any time.
        """
        for path in map(self.beside, LEFTOVERS):
            with suppress(OSError):
                if self.disk.exists(path):
                    self.disk.remove(path)

    def settle(self) -> None:
        """Make a checkpoint if anything is new, and remove the journal; an end that can't be read is kept aside.

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

    def _keep_backups(self) -> None:
        """Make the file that is about to be replaced backup 1, and move the older ones on; none keeps what was taken back.

        All of it is on the disk before the file is replaced: until then the journal knows what has to go, and after that nothing.
        """
        first = self.beside("backup-1")
        replaced, last = self.disk.sign(self.path), self.disk.sign(first)
        if replaced is None:
            return
        done = last is not None and replaced.inode in (last.inode, self._kept)  # by a checkpoint that failed after it
        if not done:
            if last is not None:
                for number in range(BACKUPS, 1, -1):
                    with suppress(FileNotFoundError):
                        self.disk.rename(self.beside(f"backup-{number - 1}"), self.beside(f"backup-{number}"))
            self._link(first)
            self._kept = replaced.inode
        if taken := taken_back(self.tables.base, self._since):
            for number in range(1, BACKUPS + 1):
                self._take_out(taken, self.beside(f"backup-{number}"))
            self.disk.sync_folder(self.path.parent)

    def _link(self, backup: Path) -> None:
        try:
            self.disk.link(self.path, backup)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK):
                raise
            self._write_base(backup)

    def _take_out(self, taken: Changes, backup: Path) -> None:
        """Write a backup anew without what was taken back; one that can't be read can't be searched either, and goes."""
        aside = self.beside("backup.new")
        try:
            write = without(Base(Source.of(backup, self.disk)), self.tables.base, taken)
            if write is None:
                return
            write_file(self.disk, aside, write)
        except (FileNotFoundError, NotAFile):
            return
        except ValueError:
            self.disk.remove(backup)
            return
        try:
            self.disk.rename(aside, backup)
        except OSError:
            with suppress(OSError):
                self.disk.remove(aside)
            raise

    def close(self) -> None:
        """Bring everything into the one file, and release the lock. If that fails everything is still in the journal."""
        with self._guard:
            try:
                if self._lock.held and self._since:
                    self.checkpoint()
                if self._lock.held:
                    self._tidy_up()
            finally:
                self._lay_down_journal()
                if self._lock.held:
                    self._reserve.remove()
                self._lock.release()

    def loose(self) -> list[Path]:
        """The files of the archive, and its folder, that others than their owner may read or change."""
        if os.name != "posix":
            return []
        files = (self.path, *map(self.beside, BESIDE), self.path.parent)
        return [path for path in files if (sign := self.disk.sign(path)) is not None and sign.mode & 0o077]
