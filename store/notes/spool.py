"""The spool: observations from any shell, each a file beside the archive, as in a maildir, for whoever writes next.

    logbook.json.notes/tmp    notes that are being written
    logbook.json.notes/new    notes that wait to be taken in

A note is written and synced under a name of its own in `tmp`, and then renamed into `new`. So nobody ever reads half a note,
nobody waits for anybody, and no lock is needed. Names begin with the time, so they sort in the order in which notes came.
"""

import os
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from store.archive.disk.calls import Disk, NotAFile, make_folders, write_file
from store.archive.disk.changes import parsed
from store.archive.disk.source import Source
from store.words.json_text import encoded
from store.words.observation_kinds import OBSERVED

FORM = 1
"""The form of the notes that this version drops, under the name `redraw_note`."""

LARGEST = 1 << 20
"""Bytes of a note; a larger file stays unread."""

ABANDONED = 3600.0
"""Seconds after which a file in `tmp` must be left over from a crash; writing a note takes milliseconds."""


class Note(NamedTuple):
    """An observation on its way into the archive.

    Attributes:
        probe: the id of its probe.
        created: when that probe was made, which distinguishes it from a probe with the same id in another archive.
        at: when it was seen, in ISO form.
        by: who saw it; None where no name is kept.
        kind: one of `OBSERVED`, or empty.
        text: as it was typed.
    """

    probe: str
    created: str
    at: str
    by: str | None
    kind: str
    text: str


def unique_name() -> str:
    """A name that no other process and no other call produces."""
    return f"{time.time_ns():020d}.{os.getpid()}.{os.urandom(8).hex()}.json"


class Spool:
    """The spool of the archive at `path`. Every method may raise OSError, unless it says otherwise."""

    def __init__(self, path: Path, disk: Disk | None = None, name: Callable[[], str] = unique_name) -> None:
        real = Path(os.path.realpath(path))
        self.folder = real.with_name(f"{real.name}.notes")
        self._new, self._tmp = self.folder / "new", self.folder / "tmp"
        self._disk, self._name = disk or Disk(), name

    def drop(self, note: Note) -> str:
        """Leave a note, and return its name once it is on the disk. After a failure nothing is left that would be taken in."""
        disk, name = self._disk, self._name()
        self._refuse_links()
        for folder in (self.folder, self._tmp, self._new):  # even if they exist: perhaps only in memory
            make_folders(disk, folder)
        aside, dropped = self._tmp / name, self._new / name
        write_file(disk, aside, lambda put: put(f"{encoded({'redraw_note': FORM, **note._asdict()})}\n".encode()))
        try:
            disk.rename(aside, dropped)
        except OSError:
            with suppress(OSError):
                disk.remove(aside)
            raise
        try:
            disk.sync_folder(self._new)
        except OSError:
            try:
                disk.remove(dropped)
            except FileNotFoundError:  # the writer has saved it meanwhile
                return name
            raise
        return name

    def _refuse_links(self) -> None:
        """Refuse a spool that somebody has planted as a link: what it leads to is not ours to read, to fill or to empty.

        Raises:
            NotAFile: it, or a folder in it, is one.
        """
        for folder in (self.folder, self._tmp, self._new):
            if self._disk.is_link(folder):
                raise NotAFile(folder)

    def _listing(self, folder: Path) -> dict[str, bool]:
        self._refuse_links()
        return self._disk.listing(folder)

    def holds(self, passed_over: Collection[str] = ()) -> bool:
        """Whether anything waits; False if the spool can't be read."""
        try:
            return not self._listing(self._new).keys() <= set(passed_over)
        except OSError:
            return False

    def waiting(self, passed_over: Collection[str] = ()) -> list[tuple[str, Note | str]]:
        """What waits, in order, by name: the note, or why it isn't one. Nothing if there is no spool."""
        try:
            names = self._listing(self._new)
        except FileNotFoundError:
            return []
        found: list[tuple[str, Note | str]] = []
        for name in sorted(names.keys() - set(passed_over)):
            try:
                found.append((name, self._read(name) if names[name] else "it is not a file"))
            except FileNotFoundError:  # somebody else was quicker
                continue
            except OSError as error:
                found.append((name, (error.strerror or str(error)).lower()))
            except ValueError as error:
                found.append((name, str(error)))
        return found

    def _read(self, name: str) -> Note:
        source = Source.of(self._new / name, self._disk)
        if len(source) > LARGEST:
            raise ValueError("it is larger than any note")
        try:
            found = parsed(source.whole())
        except ValueError as error:
            raise ValueError("it is not JSON") from error
        if not isinstance(found, dict) or found.pop("redraw_note", None) != FORM:
            raise ValueError("it is not a note of a form that this Redraw knows")
        try:
            note = Note(**found)
            datetime.fromisoformat(note.at)
        except (TypeError, ValueError) as error:
            raise ValueError("something in it is missing or too much") from error
        texts = (note.probe, note.created, note.text, "" if note.by is None else note.by)
        if not all(isinstance(text, str) for text in texts) or note.kind not in ("", *OBSERVED):
            raise ValueError("something in it is of the wrong kind")
        return note

    def place(self, name: str) -> Path:
        """The path of a note that waits."""
        return self._new / name

    def remove(self, name: str) -> None:
        """Remove a note that is saved; it may be gone already."""
        self._refuse_links()
        with suppress(FileNotFoundError):
            self._disk.remove(self._new / name)

    def leftovers(self, now: float) -> list[Path]:
        """What crashes have left of notes that nobody was told were noted."""
        try:
            signs = [(self._tmp / name, self._disk.sign(self._tmp / name)) for name in self._listing(self._tmp)]
        except OSError:
            return []
        return sorted(path for path, sign in signs if sign is not None and now - sign.changed / 1e9 > ABANDONED)
