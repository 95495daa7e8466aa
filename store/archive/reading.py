"""An archive as it is read: its tables as rows, and the debriefs that they make up."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from store.archive import errors
from store.archive.digest import Digest
from store.archive.disk.changes import Changes
from store.archive.disk.tables import Tables
from store.archive.errors import ArchiveError, Damaged, InUse, NotFound
from store.archive.storage import DurableStorage
from store.refused import Refused

if TYPE_CHECKING:
    from store.debrief import Debrief, GroupHistory
    from store.earlier_probes import EarlierProbes, ProbeDigest, SessionDigest
    from store.model import Record

    R = TypeVar("R", bound=Record)

T = TypeVar("T")

_BY_DAMAGE = (ArchiveError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError)
"""What reading a record can end with that isn't as Redraw writes it."""


class Reading:
    """An archive to be read. Every method may raise `ArchiveError`."""

    def __init__(self, path: Path, salvage: bool = False) -> None:
        """Open the archive at `path`; one that doesn't exist yet is made by the first save.

        With `salvage` lines of a damaged journal are left out rather than refused; `repair` says so.

        Raises:
            ArchiveError: it is a folder, can't be read, is no Redraw archive or a newer one. The file is left untouched.
        """
        self.path = Path(os.path.expanduser(path)).absolute()
        with errors.reading(self.path):
            if self.path.is_symlink():
                self.path = Path(os.path.realpath(self.path))
            if self.path.is_dir():
                raise ArchiveError(f"{self.path} is a folder: name a file in it, such as {self.path / 'logbook.json'}.")
            with suppress(FileNotFoundError):
                if not stat.S_ISREG(self.path.stat().st_mode):
                    raise ArchiveError(f"{self.path} is not a file: name one with --archive.")
            self._storage = DurableStorage(
                self.path, check=partial(errors.check_schema, self.path), create_dirs=True, salvage=salvage
            )
            self._storage.automatic = False
        self._next: dict[str, int] = {}  # the number that the next document of a table gets
        self._places: dict[tuple[str, str | int], dict[tuple[object, ...], int]] = {}
        self._generation = self._storage.generation  # for which those two are right
        self._hidden = Changes()
        self._hidden_ids: set[str] = set()
        self._digests: dict[str, Digest[Any]] = {}
        self._earlier: EarlierProbes | None = None

    @contextmanager
    def intact(self, what: str) -> Iterator[None]:
        """Say of a record that isn't as Redraw writes it that it is damaged, as an ArchiveError."""
        try:
            yield
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Damaged(f"A record of {what} in {self.path} is damaged: “redraw check” says which.") from error

    # ------------------------------------------------------------------------------------------------ damaged records

    @property
    def _tables(self) -> Tables:
        """What is read: all there is, but for damaged records that were found in the way."""
        tables = self._storage.tables
        return tables.under(self._hidden) if self._hidden else tables

    @property
    def left_out(self) -> int:
        """How many records are left out of all that is read, since they aren't as Redraw writes them."""
        return sum(map(len, self._hidden.tables.values()))

    @property
    def damage(self) -> str:
        """That damaged records are left out and what to do, as a sentence; empty while there are none."""
        n = self.left_out
        records = "One damaged record is" if n == 1 else f"{n} damaged records are"
        return (
            f"{records} left out: “redraw check” says which, and “redraw check --repair” moves them away." if n else ""
        )

    def sound(self, read: Callable[[], T]) -> T:
        """What `read` gives; where a damaged record is in its way, what it gives without all that are damaged.

        Raises: as `read`, where nothing is damaged, or as `again`.
        """
        try:
            return read()
        except Exception as error:
            return self.again(read, error)

    def again(self, read: Callable[[], T], error: Exception) -> T:
        """What `read` gives without damaged records, after it has failed with an error.

        Raises:
            Damaged: it is about a damaged record itself.
            Exception: that error, where nothing is damaged that wasn't left out.
        """
        if isinstance(error, (NotFound, InUse, Refused)) or not self.leave_out_damaged(error):
            raise error
        try:
            return read()
        except NotFound:
            raise Damaged(f"That record in {self.path} is damaged: “redraw check” says how.") from error

    def leave_out_damaged(self, error: Exception) -> bool:
        """Look for damaged records after an error that they can bring, and leave them out from now on; whether there were more."""
        if not isinstance(error, _BY_DAMAGE):
            return False
        from store.archive.check import damaged

        before = self.left_out
        try:
            found = list(damaged(self._tables))
        except ValueError:  # it isn't a record that is damaged but its table
            return False
        for table, number, id in found:
            self._hidden.put(table, number, None)
            self._hidden_ids |= {id} if id else set()
        self._digests.clear()
        self._places.clear()
        self._earlier = None
        return self.left_out > before

    # --------------------------------------------------------------------------------------------------------- rows

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The documents of a table as they are in the file, for lists that must be quick."""
        return list(self.each(table))

    def each(self, table: str) -> Iterator[dict[str, Any]]:
        """The same, one after another: a large table is not in memory whole."""
        with errors.intact_table(self.path, table):
            for _, row in self._tables.documents(table):
                yield row

    def where(self, table: str, field: str, value: str | int) -> Iterator[dict[str, Any]]:
        """Those in which a field has a value, one after another; only they are parsed."""
        with errors.intact_table(self.path, table):
            for _, row in self._tables.find(table, field, value):
                yield row

    def lines(self, table: str) -> Iterator[bytes]:
        """The documents of a table, each as its JSON, in the order in which they came: for whoever takes all of them."""
        with errors.intact_table(self.path, table):
            for _, line in self._tables.lines(table):
                yield line

    def _of(self, kind: type[Record], value: str | int) -> list[dict[str, Any]]:
        """The rows of the records whose first key is a value, and keep in mind where they stand."""
        with errors.intact_table(self.path, kind.table):
            found = dict(self._tables.find(kind.table, kind.key_fields[0], value))
        with self.intact(kind.table):
            self._places[kind.table, value] = {
                tuple(row[field] for field in kind.key_fields): id for id, row in found.items()
            }
        return list(found.values())

    # ---------------------------------------------------------------------------------------------------- debriefs

    @property
    def exists(self) -> bool:
        """Whether anything was ever saved in it."""
        return self._storage.exists

    @property
    def demo(self) -> bool:
        """Whether it was made by `redraw demo`."""
        with errors.intact_table(self.path, "meta"):
            return bool((self._storage.tables.get("meta", 1) or {}).get("demo"))

    def follow(self) -> bool:
        """Take in what another process has saved since; True if there was anything."""
        with errors.reading(self.path):
            return self._storage.follow()

    def glance(self) -> bool:
        """The same, for whoever looks many times a second and never writes."""
        with errors.reading(self.path):
            return self._storage.glance()

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
            for _, row in self._tables.find("sessions", "probe", probe_id):
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

            lists: dict[str, Any] = {
                kind.table: self.group_records(kind) if kind in OF_THE_GROUP else of(kind) for kind in KINDS
            }
            return Debrief(
                probe=Probe.model_validate(probe_row),
                session=session,
                **lists,
                dissent_session=Session.model_validate(before) if before else None,
                past=self._earlier_probes().past(probe_id, session.id, session.sealed),
            )

    def new_debrief(self, now: float) -> Debrief:
        """A debrief of a probe that is not in the archive yet, with what the group holds and what earlier probes tell."""
        from store.debrief import OF_THE_GROUP, Debrief
        from store.model import Probe, Session, stamp

        created = stamp(now)
        lists: dict[str, Any] = {kind.table: self.group_records(kind) for kind in OF_THE_GROUP}
        return Debrief(
            Probe(id="", created=created, title=""),
            Session(id="", probe="", created=created),
            **lists,
            past=self.past(),
        )

    def group_records(self, kind: type[R]) -> tuple[R, ...]:
        """The records of a kind in `store.debrief.OF_THE_GROUP`, in the order of their numbers."""
        with self.intact(kind.table.replace("_", "-")):
            return tuple(
                sorted(self._now(self._digest(kind.table, kind.model_validate)).values(), key=lambda record: record.key)
            )

    def past(self) -> GroupHistory:
        """What our earlier debriefs have to tell."""
        with self.intact("earlier probes"):
            return self._earlier_probes().past()

    # ------------------------------------------------------------------------------------------ what is kept in memory

    def prepare(self) -> None:
        """Do ahead what the first session and the first save would have to do; may run in another thread."""
        from store.debrief import OF_THE_GROUP
        from store.earlier_probes import EarlierProbes
        from store.model import RECORDS

        base = self._storage.tables.base
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):  # whoever needs it says what is wrong
            probes, sessions, facilitators = self._of_probes()
            earlier = EarlierProbes()
            earlier.update(probes.learn(base), sessions.learn(base), facilitators.learn(base))
            self._earlier = self._earlier or earlier
            for kind in OF_THE_GROUP:
                self._digest(kind.table, kind.model_validate).learn(base)
            self._storage.prepare()
            for table, field in (*((kind.table, kind.key_fields[0]) for kind in RECORDS), ("sessions", "probe")):
                if field != "number":
                    base.index(table, field)

    def _earlier_probes(self) -> EarlierProbes:
        from store.earlier_probes import EarlierProbes

        found = self._earlier = self._earlier or EarlierProbes()
        probes, sessions, facilitators = self._of_probes()
        found.update(self._now(probes), self._now(sessions), self._now(facilitators))
        return found

    def _of_probes(self) -> tuple[Digest[ProbeDigest], Digest[SessionDigest], Digest[tuple[str, str]]]:
        """What is kept of all probes, sessions and facilitators."""
        from store.earlier_probes import ProbeDigest, SessionDigest

        facilitator = ("role", "facilitator")
        return (
            self._digest("probes", ProbeDigest.of),
            self._digest("sessions", SessionDigest.of),
            self._digest("participants", lambda row: (row["session"], row["alias"]), facilitator),
        )

    def _digest(
        self, table: str, make: Callable[[dict[str, Any]], Any], only: tuple[str, str] | None = None
    ) -> Digest[Any]:
        return self._digests.setdefault(table, Digest(table, make, only))

    def _now(self, digest: Digest[T]) -> Mapping[int, T]:
        try:
            return digest.now(self._tables)
        except (ValueError, KeyError, TypeError, AttributeError):
            for _ in self.each(digest.table):  # raises where it isn't a record but the table that is damaged
                pass
            raise
