"""The archive: everything that a group keeps, in one TinyDB file. Nothing outside this module and the storage knows TinyDB.

Opening it and listing the logbook need neither pydantic nor the records' models, which is most of what importing
`store` costs; they are imported when a session is opened, so that the first screen does not wait for them.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tinydb import TinyDB
from tinydb.table import Document

from store.archive.disk.calls import write_file
from store.archive.disk.changes import Changes, parsed
from store.archive.disk.layout import Tables
from store.archive.disk.source import Source
from store.archive.schema import SCHEMA
from store.archive.storage import Changed, DurableStorage, DurableTable, Held, JournalDamaged
from store.words.json_text import encoded

if TYPE_CHECKING:
    from store.debrief import Debrief, Past
    from store.model import Guideline, NonNegotiables, Probe, Record, RecurringPattern

    R = TypeVar("R", bound=Record)

Drafts = dict[tuple[str, str], dict[str, str]]
"""What is being typed: by session and phase, a text for each field."""


class ArchiveError(Exception):
    """The archive can't be opened or saved. The text is one sentence for a person, and says what to do."""


class NotFound(ArchiveError):
    """No probe and no session has that id."""


class InUse(ArchiveError):
    """Another Redraw writes this archive; it can be read meanwhile."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(
            f"{path} is open in another Redraw ({holder}), and only one can write: close that one, or go on there."
        )
        self.holder = holder


class _DB(TinyDB):
    table_class = DurableTable


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


_ADVICE = {
    errno.ENOSPC: "Make room and try again.",
    errno.EDQUOT: "Make room and try again.",
    errno.EACCES: "Check the permissions of its folder and try again.",
    errno.EPERM: "Check the permissions of its folder and try again.",
    errno.EROFS: "Check the permissions of its folder and try again.",
}


def _foreign(path: Path, why: str) -> ArchiveError:
    return ArchiveError(
        f"{path} is not a Redraw archive ({why}): name another file with --archive, or put a good copy in its place. It was"
        " left untouched."
    )


def _check_schema(path: Path, tables: Tables) -> None:
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


def _become(row: dict[str, Any], document: dict[str, Any]) -> None:
    """Make a document a row, whole: what the row doesn't hold any more goes."""
    document.clear()
    document.update(row)


def new_uid() -> str:
    """A name for a probe that no other probe in the world has."""
    from uuid import uuid4

    return str(uuid4())


class Archive:
    """One archive. Every method may raise `ArchiveError`; what was saved before stays as it was."""

    def __init__(self, path: Path, salvage: bool = False) -> None:
        """Open the archive at `path`; one that doesn't exist yet is made by the first save.

        With `salvage` lines of a damaged journal are left out rather than refused; `repair` says so.

        Raises:
            ArchiveError: it is a folder, can't be read, is no Redraw archive or a newer one. The file is left untouched.
        """
        self.path = Path(os.path.expanduser(path)).absolute()
        with self._reading():
            if self.path.is_symlink():
                self.path = Path(os.path.realpath(self.path))
            if self.path.is_dir():
                raise ArchiveError(f"{self.path} is a folder: name a file in it, such as {self.path / 'logbook.json'}.")
            with suppress(FileNotFoundError):
                if not stat.S_ISREG(self.path.stat().st_mode):
                    raise ArchiveError(f"{self.path} is not a file: name one with --archive.")
            self._db = _DB(
                self.path,
                storage=DurableStorage,
                check=partial(_check_schema, self.path),
                create_dirs=True,
                automatic=False,
                salvage=salvage,
            )
        self._storage: DurableStorage = self._db.storage  # type: ignore[assignment]
        self._ids: dict[tuple[str, object], dict[tuple[object, ...], int]] = {}
        self._generation = self._storage.generation  # of those ids

    @contextmanager
    def _reading(self) -> Iterator[None]:
        journal = f"{self.path.name}.journal"
        try:
            yield
        except Changed as error:
            raise ArchiveError(
                f"{self.path} was changed by another program, or removed, while there were saves in {journal} that belong to"
                f" what it was. Both were left untouched: put the right file back (perhaps {self.path.name}.backup-1), or move"
                " the journal away to go on without what is in it."
            ) from error
        except JournalDamaged as error:
            raise ArchiveError(
                f"{journal}, which holds the latest saves of {self.path}, is damaged ({str(error).rpartition(': ')[2]}): “redraw"
                " check --repair” takes over all that can be read. It was left untouched."
            ) from error
        except OSError as error:
            raise ArchiveError(
                f"{self.path} can't be read ({_why(error)}): check its permissions or name another file with --archive."
            ) from error
        except ValueError as error:
            raise _foreign(self.path, "it isn't JSON as Redraw writes it") from error

    @contextmanager
    def intact(self, what: str) -> Iterator[None]:
        """Say of a record that isn't as Redraw writes it that it is damaged, as an ArchiveError."""
        try:
            yield
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ArchiveError(f"A record of {what} in {self.path} is damaged: “redraw check” says which.") from error

    # ------------------------------------------------------------------------------------------------------ reading

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The documents of a table as they are in the file, for lists that must be quick."""
        with self._whole(table):
            return [row for _, row in self._storage.tables.documents(table)]

    def each(self, table: str) -> Iterator[dict[str, Any]]:
        """The same, one after another: a large table is not in memory whole."""
        with self._whole(table):
            for _, row in self._storage.tables.documents(table):
                yield row

    def where(self, table: str, field: str, value: str | int) -> Iterator[dict[str, Any]]:
        """Those in which a field has a value, one after another; only they are parsed."""
        with self._whole(table):
            for _, row in self._storage.tables.find(table, field, value):
                yield row

    def lines(self, table: str) -> Iterator[bytes]:
        """The documents of a table, each as its JSON, in the order in which they came: for whoever takes all of them."""
        with self._whole(table):
            tables = self._storage.tables
            for _, sealed in tables.lines(table):
                yield tables.codec.open(sealed)

    @contextmanager
    def _whole(self, table: str) -> Iterator[None]:
        try:
            yield
        except (ValueError, KeyError) as error:
            raise ArchiveError(
                f"The table “{table}” in {self.path} is damaged: put a good copy of the file in its place. It was left"
                " untouched."
            ) from error

    def _of(self, kind: type[Record], value: str | int) -> list[dict[str, Any]]:
        """The rows of the records whose first key is a value, and keep in mind where they stand."""
        with self._whole(kind.table):
            found = dict(self._storage.tables.find(kind.table, kind.key_fields[0], value))
        with self.intact(kind.table):
            self._ids[kind.table, value] = {
                tuple(row[field] for field in kind.key_fields): id for id, row in found.items()
            }
        return list(found.values())

    @property
    def exists(self) -> bool:
        """Whether anything was ever saved in it."""
        return self._storage.exists

    @property
    def demo(self) -> bool:
        """Whether it was made by `redraw demo`."""
        with self._whole("meta"):
            return bool((self._storage.tables.get("meta", 1) or {}).get("demo"))

    def follow(self) -> bool:
        """Take in what another process has saved since; True if there was anything."""
        with self._reading():
            return self._storage.follow()

    def debrief(self, name: str) -> Debrief:
        """The whole of a probe with its session, by the id of either.

        By the probe's id the session is its debrief; its dissent session is in hand by that session's own id.

        Raises:
            NotFound: there is no such probe or session.
        """
        from store.debrief import KINDS, OF_THE_GROUP, Debrief
        from store.model import Probe, Session, SessionRecord

        with self.intact(name):
            named = next(iter(self._of(Session, name)), None)
            probe_id = named["probe"] if named else name
            probe_row = next(iter(self._of(Probe, probe_id)), None)
            if probe_row is None:
                raise NotFound(f"There is no probe and no session {name!r}: “redraw list” shows what there is.")
            sessions = {row.get("kind", "debrief"): row for row in ([named] if named else [])}
            for _, row in self._storage.tables.find("sessions", "probe", probe_id):
                sessions.setdefault(row.get("kind", "debrief"), row)
            kind_in_hand = named.get("kind", "debrief") if named else "debrief"
            in_hand = sessions.get(kind_in_hand)
            session = (
                Session.model_validate(in_hand)
                if in_hand
                else Session(id="", probe=probe_id, created=probe_row["created"])
            )
            before = sessions.get("dissent") if kind_in_hand == "debrief" else None

            def of(kind: type[Record]) -> tuple[Record, ...]:
                owner = session.id if issubclass(kind, SessionRecord) else probe_id
                found = (kind.model_validate(row) for row in self._of(kind, owner))
                return tuple(sorted(found, key=lambda record: record.key))

            lists: dict[str, Any] = {kind.table: of(kind) for kind in KINDS if kind not in OF_THE_GROUP}
            return Debrief(
                probe=Probe.model_validate(probe_row),
                session=session,
                **lists,
                guidelines=self.guidelines(),
                non_negotiables=self.non_negotiables(),
                recurring_patterns=self.recurring_patterns(),
                dissent_session=Session.model_validate(before) if before else None,
                past=self.past(probe_id, session.id),
            )

    def new_debrief(self, now: float) -> Debrief:
        """A debrief of a probe that is not in the archive yet, with what the group holds and what earlier probes tell."""
        from store.debrief import Debrief
        from store.model import Probe, Session, stamp

        created = stamp(now)
        return Debrief(
            Probe(id="", created=created, title=""),
            Session(id="", probe="", created=created),
            guidelines=self.guidelines(),
            non_negotiables=self.non_negotiables(),
            recurring_patterns=self.recurring_patterns(),
            past=self.past(),
        )

    def guidelines(self) -> tuple[Guideline, ...]:
        """The alliance guidelines, in the order of their numbers."""
        from store.model import Guideline

        return self._all(Guideline)

    def non_negotiables(self) -> tuple[NonNegotiables, ...]:
        """The revisions of the non-negotiables, oldest first."""
        from store.model import NonNegotiables

        return self._all(NonNegotiables)

    def recurring_patterns(self) -> tuple[RecurringPattern, ...]:
        """The patterns that were seen more than once, in the order of their numbers."""
        from store.model import RecurringPattern

        return self._all(RecurringPattern)

    def _all(self, kind: type[R]) -> tuple[R, ...]:
        with self.intact(kind.table.replace("_", "-")):
            found = [kind.model_validate(row) for row in self.rows(kind.table)]
        return tuple(sorted(found, key=lambda record: record.key))

    def past(self, probe: str = "", session: str = "") -> Past:
        """What our earlier debriefs have to tell; of all but one probe and session, where those are named."""
        from store.earlier_probes import past

        return past(
            self.rows("probes"),
            self.rows("sessions"),
            (row for _, row in self._storage.tables.find("participants", "role", "facilitator")),
            probe,
            session,
        )

    # ------------------------------------------------------------------------------------------------------- saving

    def commit(self, old: Debrief | None, new: Debrief) -> None:
        """Save what differs between two states of a debrief, all of it or nothing.

        Raises:
            ArchiveError: it could not be saved, and the file is as it was; the sentence says why.
        """
        before = {(record.table, record.key): record for record in old.records()} if old else {}
        after = {(record.table, record.key): record for record in new.records()}
        saved = [record for place, record in after.items() if before.get(place) != record]
        self.save(saved, gone=[record for place, record in before.items() if place not in after])

    def save(self, records: Iterable[Record], gone: Iterable[Record] = (), demo: bool = False) -> None:
        """Save some records and remove others, all of it or nothing; the same errors as `commit`."""
        saved, gone = list(records), list(gone)
        if not saved and not gone and not demo:
            return
        try:
            with self._saving():
                self.claim()
                self.follow()
                with self._storage.transaction():
                    if not self._storage.tables:
                        meta = {"schema": SCHEMA, **({"demo": True} if demo else {})}
                        self._db.table("meta").insert(Document(meta, doc_id=1))
                    for table in {record.table for record in (*saved, *gone)}:
                        with self._whole(table):
                            self._change(
                                table,
                                [record for record in saved if record.table == table],
                                [record for record in gone if record.table == table],
                            )
        except BaseException:
            self._ids.clear()
            raise

    def exchange(self, fresh: Mapping[str, Sequence[bytes]], gone: Iterable[tuple[str, str, str | int]] = ()) -> None:
        """Take in whole probes and take out others as one save, all of it or nothing; the same errors as `commit`.

        `save` looks for each record in its table, which is right for what a room enters and too slow for a thousand sessions.

        Args:
            fresh: new documents by table, each as its JSON.
            gone: of which tables the documents go in which a field has a value.
        """
        with self._saving():
            self.claim()
            self.follow()
            tables = self._storage.tables
            changes = Changes()
            if not tables:
                changes.tables["meta"] = {1: tables.sealed_document({"schema": SCHEMA})}
            for name, field, value in gone:
                with self._whole(name):
                    found = {id: None for id, _ in tables.find(name, field, value)}
                changes.tables.setdefault(name, {}).update(found)
            for name, documents in fresh.items():
                with self._whole(name):
                    first = tables.highest(name) + 1
                sealed = (tables.codec.seal(document) for document in documents)
                changes.tables.setdefault(name, {}).update(enumerate(sealed, first))
            self._storage.change(changes)
            self._storage.generation += 1  # what a table remembers of its highest number is wrong now
            self._ids.clear()

    @contextmanager
    def _saving(self) -> Iterator[None]:
        try:
            yield
        except Held as error:
            raise InUse(self.path, str(error.strerror)) from error
        except Changed as error:
            raise ArchiveError(
                f"{self.path} was changed by another program while Redraw had it open. It was left as it is, and what you entered"
                f" is in {self.path.name}.journal: put the file back as it was (perhaps {self.path.name}.backup-1)."
            ) from error
        except OSError as error:
            advice = _ADVICE.get(error.errno or 0, "Try again.")
            raise ArchiveError(
                f"Not saved ({_why(error)}): what {self.path} held before is still there. {advice}"
            ) from error

    @contextmanager
    def _putting_together(self) -> Iterator[None]:
        with self._saving():
            try:
                yield
            except Changed:
                raise
            except ValueError as error:
                raise ArchiveError(
                    f"A table in {self.path} is damaged: “redraw check” says where. It was left as it is, and what you entered is"
                    f" in {self.path.name}.journal."
                ) from error

    def _change(self, name: str, saved: list[Record], gone: list[Record]) -> None:
        table = self._db.table(name)
        places = [(self._places(record), record) for record in gone]
        if ids := [place.pop(record.key) for place, record in places if record.key in place]:
            table.remove(doc_ids=ids)
        fresh = []
        for record in saved:
            known = self._places(record)
            if record.key in known:
                table.update(partial(_become, record.row()), doc_ids=[known[record.key]])
            else:
                fresh.append(record)
        for record, id in zip(
            fresh, table.insert_multiple(record.row() for record in fresh) if fresh else (), strict=True
        ):
            self._places(record)[record.key] = id

    def _places(self, like: Record) -> dict[tuple[object, ...], int]:
        """Where the records stand that share a record's first key; kept until the file changes from outside."""
        if self._generation != self._storage.generation:
            self._generation = self._storage.generation
            self._ids.clear()
        value = like.key[0]
        assert isinstance(value, str | int)
        if (like.table, value) not in self._ids:
            self._of(type(like), value)
        return self._ids[like.table, value]

    # ------------------------------------------------------------------------------------------------ the one writer

    @property
    def writes(self) -> bool:
        """Whether this archive is ours to write; until the first save or `claim` nobody has asked."""
        return self._storage.writes

    @property
    def warning(self) -> str:
        """What a person should know while all is well: that the last room on the disk is being used. Mostly empty."""
        return self._storage.warning

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
        with self._reading(), self._saving():
            self._storage.claim()

    def prepare(self) -> None:
        """Do ahead what the first save would have to do; may run in another thread."""
        with suppress(OSError):
            self._storage.prepare()

    def checkpoint(self) -> None:
        """Bring all saves into the one file; what was saved is safe without it, and also where it fails."""
        with self._putting_together():
            self._storage.checkpoint()

    def repair(self) -> list[str]:
        """Bring everything into the one file and tidy up after a crash; a sentence for each thing that was done."""
        from store.archive.repair import repair

        with self._reading(), self._saving():
            return repair(self._storage)

    def copy_to(self, path: Path) -> None:
        """Write a copy of what is saved now, also while another process goes on saving."""
        if Path(os.path.realpath(path)) == self._storage.path:
            raise ArchiveError(f"{path} is the archive itself: name another file.")
        with self._putting_together():
            self._storage.copy_to(path)

    def close(self) -> None:
        """Bring all saves into the one file, and let others write. Where that fails everything is in the journal still."""
        with self._putting_together():
            self._db.close()

    def loose(self) -> list[Path]:
        """The files of this archive that others than you may read or change."""
        return self._storage.loose()

    def new_id(self, table: str) -> str:
        """An id that no record of `table` (`probes` or `sessions`) has: `p12`, `s12`."""
        self.follow()
        with self.intact(table):
            numbers = [int(row["id"][1:]) for row in self.rows(table) if row["id"][1:].isdecimal()]
        return f"{table[0]}{max(numbers, default=0) + 1}"

    def with_id(self, debrief: Debrief) -> Debrief:
        """The debrief of a probe that is not in the archive yet, with an id of its own."""
        from dataclasses import replace

        from store.debrief import KINDS

        id = self.new_id("probes")
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

        found = self.debrief(name)
        if found.begun:
            return found
        session = Session(id=self.new_id("sessions"), probe=found.probe.id, created=stamp(now), rate=rate)
        begun = replace(found, session=session)
        self.commit(found, begun)
        return begun

    def new_probe(self, title: str, now: float) -> Probe:
        """A probe with a title and nothing else, saved."""
        from store.model import Probe, stamp

        probe = Probe(id=self.new_id("probes"), uid=new_uid(), created=stamp(now), title=title)
        self.save([probe])
        return probe

    # ------------------------------------------------------------------------------------ beside the archive's records

    def beat(self, now: float) -> None:
        """Leave a sign of life beside the archive; an empty file whose time is `now`. Failing that is no harm."""
        with suppress(OSError):
            self._storage.disk.touch(self._storage.beside("alive"), now)

    def last_beat(self) -> float | None:
        """When the last sign of life was left, in seconds since the epoch."""
        try:
            found = self._storage.disk.sign(self._storage.beside("alive"))
        except OSError:
            return None
        return found.changed / 1e9 if found else None

    def keep_drafts(self, drafts: Drafts) -> None:
        """Keep what was typed and not entered, so that it survives a crash; not synced, and failing that is no harm."""
        disk, path = self._storage.disk, self._storage.beside("draft")
        found = [[*place, fields] for place, fields in drafts.items() if any(fields.values())]
        aside = self._storage.beside("draft.new")
        with suppress(OSError):
            if found:
                write_file(disk, aside, lambda put: put(encoded(found).encode()), sync=False)
                disk.rename(aside, path)
            elif disk.exists(path):
                disk.remove(path)

    def drafts(self) -> Drafts:
        """What was kept so."""
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
