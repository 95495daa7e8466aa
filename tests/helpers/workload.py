"""What a group does with an archive while the disk fails, and what the archive must then contain."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from tinydb import TinyDB, where

from store.archive import following
from store.archive.storage import DurableStorage
from store.archive.table import DurableTable
from tests.helpers.disks import Bytes, Fault, FaultyDisk, Interrupted, Killed, Names, SimulatedDisk

ARCHIVE = Path("/simulated/group/logbook.json")
"""Neither folder exists. The first save makes them."""

JOURNAL = ARCHIVE.with_name(f"{ARCHIVE.name}.journal")

Edit = tuple[str, str | None, str | None]
"""A table, a document's old text (None for a new document) and its new text (None to remove it).

Two Nones drop the table.
"""

Save = tuple[Edit, ...]
"""One edit is a plain TinyDB call, several are a transaction."""

State = Counter[tuple[str, str]]
"""How often each text is in each table. Each should be there once."""

AFTER_A_CLOSE, NOT_REMOVED = {".lock", ".torn"}, {".journal", ".journal.new", ".reserve"}
BACKUPS = {f".backup-{number}" for number in range(1, following.BACKUPS + 1)}

Result = TypeVar("Result")


class Database(TinyDB):
    """TinyDB with our own kind of table."""

    table_class = DurableTable


@contextmanager
def small() -> Iterator[None]:
    """Limits so small that little data takes the code paths of much data."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.archive.disk.calls.TOGETHER", 100)
        patch.setattr("store.archive.reserve.RESERVE", 10)
        patch.setattr("store.archive.disk.journal_file.AHEAD", 500)
        yield


def opened(disk: FaultyDisk | SimulatedDisk) -> Database:
    """The archive on a disk."""
    return Database(ARCHIVE, storage=DurableStorage, create_dirs=True, disk=disk)


def storage_of(database: TinyDB) -> DurableStorage:
    """The storage of a database."""
    assert isinstance(database.storage, DurableStorage)
    return database.storage


def do(database: Database, save: Save) -> None:
    """Save edits. Either all are saved or an error is raised."""
    if len(save) == 1:
        _edit(database, *save[0])
        return
    with storage_of(database).transaction():
        for edit in save:
            _edit(database, *edit)


def _edit(database: Database, table: str, before: str | None, after: str | None) -> None:
    rows = database.table(table)
    if before is None and after is None:
        database.drop_table(table)
    elif before is None:
        rows.insert({"text": after})
    elif after is None:
        rows.remove(where("text") == before)
    else:
        rows.update({"text": after}, where("text") == before)


def after(state: State, save: Save) -> State:
    """The state after a save."""
    state = state.copy()
    for table, old, new in save:
        if old is not None:
            del state[table, old]
        if new is not None:
            state[table, new] += 1
        if old is new is None:
            state = State({place: times for place, times in state.items() if place[0] != table})
    return state


def state_of(tables: dict[str, dict[str, dict[str, str]]] | None) -> State:
    """The state of an archive's tables, as read through TinyDB or from the file."""
    return Counter((name, row["text"]) for name, rows in (tables or {}).items() for row in rows.values())


class Group:
    """Uses an archive and knows what must be in it. After an error it tries again."""

    def __init__(self, disk: FaultyDisk) -> None:
        self.disk = disk
        self.saved = State()
        """What was acknowledged as saved."""
        self.shown = State()
        """What is visible. After a kill this may be more: something written that could no longer be acknowledged."""
        self.in_flight: Save = ()
        """What is being saved now."""
        self._had_power = True
        self._saves = True  # whether it saved since the last kill, which replaces what the kill may have left
        self._faults_to_come = len(disk.faults)
        self._database: Database | None = None

    def work(self) -> None:
        """One evening, a second that ends with a kill and half a line in the journal, and a third."""
        self.open()
        self.save(("probes", None, "a probe"))
        self.save(("probes", "a probe", "a better probe"))
        self.save(("probes", None, "another probe"), ("moments", None, "a moment"), ("events", None, "an event"))
        self.checkpoint()
        self.save(("moments", None, "a moment after the checkpoint"))
        self.close_and_open()
        self.save(("probes", "another probe", None))
        self.save(("moments", "a moment", "the moment"), ("events", "an event", None), ("sessions", None, "a session"))
        self.disk = self.disk.again(self.disk.disk.crashed())
        self.disk.disk.put(JOURNAL, b"3 0123456789abcdef")
        self.open()
        self.save(("events", None, "an event after the kill"))
        self.checkpoint()
        self.save(("moments", None, "the last moment"))
        self.close()

    def use(self) -> None:
        """What must work in any archive, whatever happened to it."""
        self.open()
        number = self.shown.total()
        self.save(("probes", None, f"probe {number}"))
        self.checkpoint()
        self.save(("moments", None, f"moment {number}"))
        self.close_and_open()

    def killed(self) -> "Group":
        """The group after the program was killed and restarted."""
        return self._on(self.disk.disk.crashed())

    def without_power(self, bytes: Bytes, names: Names) -> "Group":
        """The group after a power cut."""
        group = self._on(self.disk.disk.power_cut(bytes, names))
        group._had_power = False
        return group

    def _on(self, disk: SimulatedDisk) -> "Group":
        group = Group(self.disk.again(disk))
        group.saved, group.shown, group.in_flight = self.saved, self.shown, self.in_flight
        group._had_power, group._saves = self._had_power, False  # `_had_power` until it is open
        return group

    def open(self) -> None:
        """Open the archive and check that everything is there, and what was in flight completely or not at all."""
        self._database, self._faults_to_come = None, len(self.disk.faults)
        self._database = self._try(lambda: opened(self.disk))
        found = self.look()
        possible = [self.shown, after(self.shown, self.in_flight), *([] if self._had_power else [self.saved])]
        assert found in possible
        self.shown, self.in_flight, self._had_power = found, (), True

    def have_a_fault(self, ahead: int, fault: Fault) -> None:
        """Inject a fault at the call `ahead` calls from now."""
        before = len(self.disk.faults)
        self.disk.faults[len(self.disk.calls) + ahead] = fault
        self._faults_to_come += len(self.disk.faults) - before

    def save(self, *save: Edit) -> None:
        """Save something."""
        self.in_flight = save
        self._try(lambda: do(self.database, save))
        self._saves = True
        self.saved = self.shown = after(self.shown, save)
        self.in_flight = ()

    def checkpoint(self) -> None:
        """Make a checkpoint."""
        self._try(self.storage.checkpoint)
        self.saved = self.shown
        assert self.look() == self.shown

    def close_and_open(self) -> None:
        """Close the archive and open it again."""
        self.close()
        self.open()

    def close(self) -> None:
        """Close the archive. If that fails, reopen it, make a checkpoint and close it again."""
        wrote = self.storage.writes
        try:
            self.storage.close()
        except Interrupted as error:
            raise Killed from error  # a second interrupt ends the program
        except OSError:
            self.open()
            self._try(self.storage.checkpoint)
            self.close()
            return
        if wrote:
            self.saved = self.shown
            undisturbed = self._saves and len(self.disk.faults) == self._faults_to_come
            self._check_files(AFTER_A_CLOSE if undisturbed else AFTER_A_CLOSE | NOT_REMOVED)

    @property
    def database(self) -> Database:
        """The open archive."""
        assert self._database is not None
        return self._database

    @property
    def storage(self) -> DurableStorage:
        """The storage of the open archive."""
        return storage_of(self.database)

    def look(self) -> State:
        """The state according to the archive."""
        with self.disk.spared():
            self.storage.follow()
            return state_of(self.storage.read())

    def _try(self, act: Callable[[], Result]) -> Result:
        while True:
            waiting = len(self.disk.faults)
            try:
                return act()
            except (OSError, Interrupted):
                assert len(self.disk.faults) < waiting, "failed although the disk didn't"
                assert self._database is None or self.look() == self.shown, "a failed save changed something"

    def _check_files(self, expected: set[str]) -> None:
        files = {name.removeprefix(ARCHIVE.name): data for name, data in self.disk.disk.files().items()}
        assert state_of(json.loads(files.get("", "{}"))) == self.shown
        assert files.keys() <= {"", *expected, *BACKUPS}
        for backup in BACKUPS & files.keys():
            json.loads(files[backup])


def run(faults: dict[int, Fault]) -> list[str]:
    """Run the whole workload with some faults. After each fault that kills, a new process goes on. Nothing may be wrong at the end.

    Returns:
        The names of the calls.
    """
    group = Group(FaultyDisk(SimulatedDisk(), dict(faults)))
    script = group.work
    while True:
        try:
            script()
        except Exception as error:
            error.add_note(f"The faults were {faults}.")
            raise
        except Killed:
            group = group.killed()
            script = group.use
        else:
            break
    assert not group.disk.faults, "a fault has not happened"
    return list(group.disk.calls)
