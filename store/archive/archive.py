"""The archive: everything that a group keeps, in one TinyDB file. Nothing outside `store.archive` knows how it is stored.

Opening it and listing the logbook need neither pydantic nor the records' models, which is most of what importing
`store` costs; they are imported when a session is opened, so that the first screen does not wait for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.archive import errors
from store.archive.disk.calls import write_file
from store.archive.disk.changes import Changes, parsed
from store.archive.disk.source import Source
from store.archive.errors import SCHEMA, ArchiveError, InUse, NotFound
from store.archive.following import Changed
from store.archive.outside import put_file
from store.archive.reading import Reading
from store.words.json_text import encoded

if TYPE_CHECKING:
    from store.archive.signs import SignOfLife
    from store.debrief import Debrief
    from store.model import Probe, Record

    _Places = dict[tuple[object, ...], int]

__all__ = ["Archive", "ArchiveError", "Drafts", "InUse", "NotFound", "new_uid"]

Drafts = dict[tuple[str, str], dict[str, str]]
"""What is typed and not entered: a text for each field, by session and phase."""


def new_uid() -> str:
    """A name for a probe that no other probe in the world has."""
    from uuid import uuid4

    return str(uuid4())


class Archive(Reading):
    """One archive. Every method may raise `ArchiveError`; what was saved before stays as it was."""

    # ------------------------------------------------------------------------------------------------------- saving

    def commit(self, old: Debrief | None, new: Debrief) -> None:
        """Save what differs between two states of a debrief, all of it or nothing.

        Raises:
            ArchiveError: it could not be saved, and the file is as it was; the sentence says why.
        """
        if old is not None and old.probe.id and not self._storage.settled:
            self._refuse_another_archive(old.probe)
        before = {id(record): record for record in old.records()} if old else {}
        after = {id(record): record for record in new.records()}  # most are the very same as before
        stale = {(record.table, record.key): record for each, record in before.items() if each not in after}
        fresh = {(record.table, record.key): record for each, record in after.items() if each not in before}
        saved = [record for place, record in fresh.items() if stale.get(place) != record]
        self.save(saved, gone=[record for place, record in stale.items() if place not in fresh])

    def _refuse_another_archive(self, probe: Probe) -> None:
        """Write nothing of a probe into an archive that has taken the place of ours: there its id is another probe's or nobody's."""
        from store.model.uids import without_digest

        self.claim()
        self.follow()
        found = without_digest(next(iter(self._of(type(probe), probe.id)), {}))
        if found.get("uid", probe.uid if found else None) != probe.uid:
            raise ArchiveError(
                f"Not saved: {self.path} is another archive than the one that was opened, and was left as it is. Put the right"
                " file back and try again."
            )

    def save(self, records: Iterable[Record], gone: Iterable[Record] = (), demo: bool = False) -> None:
        """Save some records and remove others, all of it or nothing; the same errors as `commit`."""
        saved, gone = list(records), list(gone)
        if not saved and not gone and not demo:
            return
        done: list[tuple[_Places, tuple[object, ...], int | None]] = []
        try:
            changes = Changes()
            if not self._storage.settled:
                self._begin(changes, demo)
            for record in gone:
                places, key = self._places_beside(record)
                if (number := places.get(key)) is not None:
                    changes.put(record.table, number, None)
                    done.append((places, key, None))
            for record in saved:
                places, key = self._places_beside(record)
                if (number := places.get(key)) is None:
                    number = self._take_number(record.table)
                    done.append((places, key, number))
                changes.put(record.table, number, encoded(record.row()).encode())
            self._storage.change(changes)
        except (OSError, Changed) as error:
            raise errors.not_saved(self.path, error) from error
        for places, key, number in done:
            if number is None:
                places.pop(key, None)
            else:
                places[key] = number

    def exchange(self, fresh: Mapping[str, Sequence[bytes]], gone: Iterable[tuple[str, str, str | int]] = ()) -> None:
        """Take in whole probes and take out others as one save, all of it or nothing; the same errors as `commit`.

        `save` looks for each record in its table, which is right for what a room enters and too slow for a thousand sessions.

        Args:
            fresh: new documents by table, each as its JSON.
            gone: a table, a field and a value for the documents that go.
        """
        changes = Changes()
        with errors.saving(self.path):
            self._begin(changes)
            for table, field, value in gone:
                with errors.intact_table(self.path, table):
                    for number, _ in self._storage.tables.find(table, field, value):
                        changes.put(table, number, None)
            for table, lines in fresh.items():
                changes.tables.setdefault(table, {}).update(enumerate(lines, self._take_number(table, len(lines))))
            self._storage.change(changes)
        self._places.clear()

    def _begin(self, changes: Changes, demo: bool = False) -> None:
        """Become the one who writes, and begin the changes of a first save."""
        self.claim()
        self.follow()
        if self._generation != self._storage.generation:
            self._generation = self._storage.generation
            self._next.clear()
            self._places.clear()
        if not self._storage.tables:
            meta = {"schema": SCHEMA, **({"demo": True} if demo else {})}
            changes.put("meta", 1, encoded(meta).encode())

    def _places_beside(self, record: Record) -> tuple[_Places, tuple[Any, ...]]:
        """The numbers of the records that share a record's first key, by their keys, and its own key.

        They are looked up once, and again when the file has changed from outside.
        """
        key = record.key
        place = record.table, key[0]
        if place not in self._places:
            self._of(type(record), key[0])
        return self._places[place], key

    def _take_number(self, table: str, count: int = 1) -> int:
        if table not in self._next:
            with errors.intact_table(self.path, table):
                self._next[table] = self._storage.tables.highest(table) + 1
        self._next[table] += count
        return self._next[table] - count

    # ------------------------------------------------------------------------------------------------ the one writer

    @property
    def writes(self) -> bool:
        """Whether this archive is ours to write; until the first save or `claim` nobody has asked."""
        return self._storage.writes

    @property
    def warning(self) -> str:
        """What a person should know although all is saved: that the last room on the disk is being used. Mostly empty."""
        return self._storage.warning

    @property
    def displaced(self) -> str:
        """That the archive isn't where it was at the last save, as a sentence. Mostly empty."""
        found = self._storage.displaced
        return errors.displaced(self.path, found) if found else ""

    @property
    def large(self) -> bool:
        """Whether the journal has become so large that a checkpoint is due."""
        return self._storage.large

    def claim(self) -> None:
        """Become the one who writes.

        Raises:
            InUse: another Redraw is; the sentence says who, and since when.
            ArchiveError: nobody can write here.
        """
        with errors.reading(self.path), errors.saving(self.path):
            self._storage.claim()

    def checkpoint(self) -> None:
        """Bring all saves into the one file; what was saved is safe without it, and also where it fails."""
        with errors.writing_whole(self.path):
            self._storage.checkpoint()

    def repair(self) -> list[str]:
        """Bring everything into the one file and tidy up after a crash; a sentence for each thing that was done."""
        from store.archive.check import repair

        with errors.reading(self.path), errors.saving(self.path):
            return repair(self._storage)

    def copy_to(self, path: Path, force: bool = False) -> None:
        """Write a copy of what is saved now, also while another process goes on saving.

        Raises:
            Refused: it can't be written there, or not without `force`; see `store.archive.outside`.
        """
        with errors.writing_whole(self.path):
            put_file(self.path, path, self._storage.tables.write, force, self._storage.disk)

    def close(self) -> None:
        """Bring all saves into the one file, and let others write. Where that fails everything is in the journal still."""
        with errors.writing_whole(self.path):
            self._storage.close()

    def close_or_say(self) -> str:
        """Close it. Where no room or no permission hinders the one file, what was saved is safe all the same; says so then.

        Raises:
            ArchiveError: the archive isn't as we left it, so that somebody has to look after it.
        """
        try:
            self.close()
        except ArchiveError as error:
            if not isinstance(why := error.__cause__, OSError):
                raise
            reason = (why.strerror or str(why)).lower()
            return f"What was saved is kept, but not in one file yet ({reason}): the next start goes on from there."
        return ""

    def loose(self) -> list[Path]:
        """The files of this archive that others than you may read or change."""
        return self._storage.loose()

    def new_id(self, table: str) -> str:
        """An id that no record of `table` (`probes` or `sessions`) has: `p12`, `s12`."""
        self.follow()
        with self.intact(table):
            probes, sessions, _ = self._of_probes()
            if table == "probes":
                ids = {each.alone.id for each in self._now(probes).values()}
            else:
                ids = {each.id for each in self._now(sessions).values()}
            numbers = [int(id[1:]) for id in ids | self._hidden_ids if id[:1] == table[0] and id[1:].isdecimal()]
        return f"{table[0]}{max(numbers, default=0) + 1}"

    def with_id(self, debrief: Debrief, id: str = "") -> Debrief:
        """The debrief of a probe that is not in the archive yet, with an id: one of its own unless another is given."""
        from dataclasses import replace

        from store.debrief import KINDS

        id = id or self.new_id("probes")
        lists: dict[str, Any] = {
            kind.table: tuple(record.but(probe=id) for record in getattr(debrief, kind.table))
            for kind in KINDS
            if "probe" in kind.model_fields
        }
        named = debrief.probe.but(id=id, uid=new_uid())
        return replace(debrief, probe=named, session=debrief.session.but(probe=id), **lists)

    def open_session(self, name: str, now: float, rate: float = 1.0) -> Debrief:
        """The debrief of a probe, with a session made and saved if it has none yet."""
        from dataclasses import replace

        from store.model import Session, stamp
        from store.model.agenda import AS_USUAL

        found = self.debrief(name)
        if found.begun:
            return found
        plan = found.agenda if found.agenda != AS_USUAL else None
        session = Session(id=self.new_id("sessions"), probe=found.probe.id, created=stamp(now), rate=rate, agenda=plan)
        begun = replace(found, session=session)
        self.commit(found, begun)
        return begun

    # ------------------------------------------------------------------------------------ beside the archive's records

    def sign(self, session: str, sign: SignOfLife) -> None:
        """Leave a sign of life of a session beside the archive; not synced, and failing that is no harm."""
        from store.archive.signs import written

        others = {id: each for id, each in self.signs().items() if id != session}
        disk, path, aside = self._storage.disk, self._storage.beside("alive"), self._storage.beside("alive.new")
        with suppress(OSError):
            write_file(disk, aside, lambda put: put(written({**others, session: sign})), sync=False)
            disk.rename(aside, path)
        self.beat(sign.at)

    def beat(self, now: float) -> None:
        """Leave the same sign once more at `now`, as the time of its file. Failing that is no harm."""
        with suppress(OSError):
            self._storage.disk.touch(self._storage.beside("alive"), now)

    def signs(self) -> dict[str, SignOfLife]:
        """The last sign of life of each session, by its id."""
        from store.archive.signs import read

        path, disk = self._storage.beside("alive"), self._storage.disk
        try:
            touched = disk.sign(path)
            return read(Source.of(path, disk).whole(), touched.changed / 1e9) if touched else {}
        except OSError:
            return {}

    def last_beat(self) -> float | None:
        """When the last sign of life was left, in seconds since the epoch."""
        try:
            found = self._storage.disk.sign(self._storage.beside("alive"))
        except OSError:
            return None
        return found.changed / 1e9 if found else None

    def keep_drafts(self, drafts: Drafts) -> None:
        """Keep what was typed and not entered, so that it survives a crash; not synced.

        Raises:
            ArchiveError: it could not be kept; the sentence says why.
        """
        found = [[*place, fields] for place, fields in drafts.items() if any(fields.values())]
        disk, path, aside = self._storage.disk, self._storage.beside("draft"), self._storage.beside("draft.new")
        try:
            if found:
                write_file(disk, aside, lambda put: put(encoded(found).encode()), sync=False)
                disk.rename(aside, path)
            elif disk.exists(path):
                disk.remove(path)
        except OSError as error:
            raise errors.not_kept(error) from error

    def drafts(self) -> Drafts:
        """What was kept so; nothing where it can't be read."""
        try:
            return {
                (str(session), str(phase)): {str(field): str(text) for field, text in fields.items()}
                for session, phase, fields in parsed(
                    Source.of(self._storage.beside("draft"), self._storage.disk).whole()
                )
            }
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    # ----------------------------------------------------------------------------------------------------- checking

    def check(self) -> tuple[dict[str, int], list[str]]:
        """Read every record: how many there are by table, and what is wrong, a sentence each."""
        from store.archive.check import check

        return check(self._storage.tables)
