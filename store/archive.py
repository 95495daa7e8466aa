"""The archive: everything that a group keeps, in one TinyDB file. Nothing outside this module knows TinyDB.

Opening it and listing the logbook need neither pydantic nor the records' models, which is most of what importing
`store` costs; they are imported when a session is opened, so that the first screen does not wait for them.
"""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.table import Document

from store.layout import Tables
from store.storage import AtomicStorage

if TYPE_CHECKING:
    from store.debrief import Debrief, Past
    from store.model import Guideline, Probe, Record

SCHEMA = 1
"""The form of the records that this version writes."""


class ArchiveError(Exception):
    """The archive can't be opened or saved. The text is one sentence for a person, and says what to do."""


class NotFound(ArchiveError):
    """No probe and no session has that id."""


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


_ADVICE = {
    errno.ENOSPC: "Make room and try again.",
    errno.EDQUOT: "Make room and try again.",
    errno.EACCES: "Check the permissions of its folder and try again.",
    errno.EPERM: "Check the permissions of its folder and try again.",
    errno.EROFS: "Check the permissions of its folder and try again.",
}


def _seconds(stamp: str) -> float:
    try:
        return datetime.fromisoformat(stamp).timestamp()
    except (ValueError, OverflowError):  # a year that the computer's clock can't hold
        return 0.0


class Archive:
    """One archive. Every method may raise `ArchiveError`; what was saved before stays as it was."""

    def __init__(self, path: Path) -> None:
        """Open the archive at `path`; one that doesn't exist yet is made by the first save.

        Raises:
            ArchiveError: it is a folder, can't be read, is no Redraw archive or a newer one. The file is left untouched.
        """
        self.path = Path(os.path.expanduser(path)).absolute()
        with self._reading():
            if self.path.is_symlink():
                self.path = Path(os.path.realpath(self.path))
            if self.path.is_dir():
                raise ArchiveError(f"{self.path} is a folder: name a file in it, such as {self.path / 'logbook.json'}.")
            if self.path.exists() and not self.path.is_file():
                raise ArchiveError(f"{self.path} is not a file: name one with --archive.")
            self._db = TinyDB(self.path, storage=AtomicStorage, check=self._check_schema)
        self._storage: AtomicStorage = self._db.storage  # type: ignore[assignment]
        self._index: dict[str, dict[tuple[object, ...], int]] = {}

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ArchiveError(
                f"{self.path} can't be read ({_why(error)}): check its permissions or name another file with --archive."
            ) from error
        except ValueError as error:
            raise self._foreign("it isn't JSON as Redraw writes it") from error

    @contextmanager
    def _intact(self, what: str) -> Iterator[None]:
        try:
            yield
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ArchiveError(f"A record of {what} in {self.path} is damaged: “redraw check” says which.") from error

    def _foreign(self, why: str) -> ArchiveError:
        return ArchiveError(
            f"{self.path} is not a Redraw archive ({why}): name another file with --archive, or put a good copy in its"
            " place. It was left untouched."
        )

    def _check_schema(self, tables: Tables) -> None:
        if not tables:
            raise self._foreign("it is empty")
        schema = tables.get("meta", {}).get("1", {}).get("schema")
        if type(schema) is not int or schema < 1:
            raise self._foreign("it doesn't say which schema it has")
        if schema > SCHEMA:
            raise ArchiveError(
                f"{self.path} was written by a newer Redraw (schema {schema}; this one knows {SCHEMA}): update Redraw to"
                " open it. It was left untouched."
            )

    # ------------------------------------------------------------------------------------------------------ reading

    @property
    def _tables(self) -> Mapping[str, dict[str, dict[str, Any]]] | None:
        return self._storage.read()

    def _table(self, name: str) -> dict[str, dict[str, Any]]:
        try:
            return (self._tables or {}).get(name, {})
        except ValueError as error:
            raise ArchiveError(
                f"The table “{name}” in {self.path} is damaged: put a good copy of the file in its place. It was left"
                " untouched."
            ) from error

    def rows(self, table: str) -> Iterable[Mapping[str, Any]]:
        """The documents of a table as they are in the file, for lists that must be quick; treat them as read-only."""
        return self._table(table).values()

    @property
    def demo(self) -> bool:
        """Whether it was made by `redraw demo`."""
        return bool(self._table("meta").get("1", {}).get("demo"))

    def follow(self) -> bool:
        """Take in what another process has written since; True if there was anything."""
        with self._reading():
            changed = self._storage.follow()
        if changed:
            self._index.clear()
        return changed

    def debrief(self, name: str) -> Debrief:
        """The whole of a probe with its session, by the id of either.

        Raises:
            NotFound: there is no such probe or session.
        """
        from store.debrief import KINDS, Debrief
        from store.model import Guideline, Probe, Session, SessionRecord

        with self._intact(name):
            session_row = next((row for row in self.rows("sessions") if name in (row["id"], row["probe"])), None)
            probe_id = session_row["probe"] if session_row else name
            probe_row = next((row for row in self.rows("probes") if row["id"] == probe_id), None)
            if probe_row is None:
                raise NotFound(f"There is no probe and no session {name!r}: “redraw list” shows what there is.")
            session = (
                Session.model_validate(session_row)
                if session_row
                else Session(id="", probe=probe_id, created=probe_row["created"])
            )

            def of(kind: type[Record]) -> tuple[Record, ...]:
                owner, id = ("session", session.id) if issubclass(kind, SessionRecord) else ("probe", probe_id)
                found = (kind.model_validate(row) for row in self.rows(kind.table) if row[owner] == id)
                return tuple(sorted(found, key=lambda record: record.key))

            lists: dict[str, Any] = {kind.table: of(kind) for kind in KINDS if kind is not Guideline}
            return Debrief(
                probe=Probe.model_validate(probe_row),
                session=session,
                **lists,
                guidelines=self.guidelines(),
                past=self._past(session.id),
            )

    def guidelines(self) -> tuple[Guideline, ...]:
        """The alliance guidelines, in the order of their numbers."""
        from store.model import Guideline

        with self._intact("the guidelines"):
            found = [Guideline.model_validate(row) for row in self.rows(Guideline.table)]
        return tuple(sorted(found, key=lambda guideline: guideline.number))

    def _past(self, present: str) -> Past:
        from store.debrief import Past
        from store.model import Change
        from store.names import fold

        earlier = sorted(
            (row for row in self.rows("sessions") if row["id"] != present and row.get("sealed")),
            key=lambda row: row.get("began") or _seconds(row["created"]),
        )
        ids = {row["id"] for row in earlier}
        titles = {row["id"]: row["title"] for row in self.rows("probes")}
        return Past(
            facilitated=Counter(
                fold(row["alias"])
                for row in self.rows("participants")
                if row["role"] == "facilitator" and row["session"] in ids
            ),
            pairs=Counter(
                frozenset(pair)
                for row in earlier
                for group in row.get("groups", ())
                for pair in combinations(map(fold, group), 2)
            ),
            sovereignty=tuple(
                (titles.get(row["probe"], ""), {name: Change.model_validate(c) for name, c in measured.items()})
                for row in earlier
                if (measured := row.get("sovereignty"))
            ),
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
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.follow()
            with self._storage.transaction():
                if self._tables is None:
                    meta = {"schema": SCHEMA, **({"demo": True} if demo else {})}
                    self._db.table("meta").insert(Document(meta, doc_id=1))
                for table in {record.table for record in (*saved, *gone)}:
                    self._change(
                        table,
                        [record for record in saved if record.table == table],
                        [record for record in gone if record.table == table],
                    )
        except OSError as error:
            self._index.clear()
            advice = _ADVICE.get(error.errno or 0, "Try again.")
            raise ArchiveError(
                f"Not saved ({_why(error)}): what {self.path} held before is still there. {advice}"
            ) from error
        except BaseException:
            self._index.clear()
            raise

    def _change(self, name: str, saved: list[Record], gone: list[Record]) -> None:
        table = self._db.table(name)
        index = self._index_of(name, (*saved, *gone)[0])
        if ids := [index.pop(record.key) for record in gone if record.key in index]:
            table.remove(doc_ids=ids)
        fresh = []
        free = max(index.values(), default=0) + 1
        for record in saved:
            row = record.row()
            if record.key in index:
                table.update(row, doc_ids=[index[record.key]])
            else:
                index[record.key] = free
                fresh.append(Document(row, doc_id=free))
                free += 1
        if fresh:
            table.insert_multiple(fresh)

    def _index_of(self, name: str, like: Record) -> dict[tuple[object, ...], int]:
        """Where each record of a table stands, by its key; kept until the file changes from outside."""
        if name not in self._index:
            rows = self._table(name)
            with self._intact(name):
                self._index[name] = {
                    tuple(row[field] for field in like.key_fields): int(id) for id, row in rows.items()
                }
        return self._index[name]

    def new_id(self, table: str) -> str:
        """An id that no record of `table` (`probes` or `sessions`) has: `p12`, `s12`."""
        self.follow()
        with self._intact(table):
            numbers = [int(row["id"][1:]) for row in self.rows(table) if row["id"][1:].isdecimal()]
        return f"{table[0]}{max(numbers, default=0) + 1}"

    def with_id(self, debrief: Debrief) -> Debrief:
        """The debrief of a probe that is not in the archive yet, with an id of its own."""
        from dataclasses import replace

        id = self.new_id("probes")
        return replace(
            debrief,
            probe=debrief.probe.but(id=id),
            session=debrief.session.but(probe=id),
            placements=tuple(placement.but(probe=id) for placement in debrief.placements),
        )

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

        probe = Probe(id=self.new_id("probes"), created=stamp(now), title=title)
        self.save([probe])
        return probe

    # ------------------------------------------------------------------------------------------------ signs of life

    @property
    def _alive(self) -> Path:
        return self.path.with_name(self.path.name + ".alive")

    def beat(self, now: float) -> None:
        """Leave a sign of life beside the archive; an empty file whose time is `now`. Failing that is no harm."""
        try:
            self._alive.touch(mode=0o600)
            os.utime(self._alive, (now, now))
        except OSError:
            pass

    def last_beat(self) -> float | None:
        """When the last sign of life was left, in seconds since the epoch."""
        try:
            return self._alive.stat().st_mtime
        except OSError:
            return None

    # ----------------------------------------------------------------------------------------------------- checking

    def check(self) -> tuple[dict[str, int], list[str]]:
        """Read every record: how many there are by table, and what is wrong, a sentence each."""
        from pydantic import ValidationError

        from store.model import RECORDS

        counts: dict[str, int] = {}
        wrong: list[str] = []
        kinds = {kind.table: kind for kind in RECORDS}
        probes = [row.get("id") for row in self.rows("probes")]
        sessions = [row.get("id") for row in self.rows("sessions")]
        for name in sorted(self._tables or Tables()):
            if name == "meta":
                continue
            if name not in kinds:
                wrong.append(f"The table “{name}” is not one of Redraw's.")
                continue
            try:
                table = self._table(name)
            except ArchiveError as error:
                wrong.append(str(error))
                continue
            counts[name] = len(table)
            seen: set[tuple[object, ...]] = set()
            for id, row in table.items():
                try:
                    record = kinds[name].model_validate(row)
                except ValidationError as error:
                    first = error.errors()[0]
                    wrong.append(f"{name} {id}: {'.'.join(map(str, first['loc'])) or 'record'}: {first['msg']}.")
                    continue
                if record.key in seen:
                    wrong.append(f"{name} {id}: a record with the same number is there already.")
                seen.add(record.key)
                if (owner := row.get("session")) is not None and owner not in sessions:
                    wrong.append(f"{name} {id}: its session {owner} is missing.")
                if (owner := row.get("probe")) is not None and owner not in probes:
                    wrong.append(f"{name} {id}: its probe {owner} is missing.")
        return counts, wrong
