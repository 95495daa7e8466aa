"""What a group does with an archive while the disk fails, and what must then be in it."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from tinydb import TinyDB, where

from store.archive import checkpoint
from store.archive.storage import DurableStorage
from store.archive.table import DurableTable
from tests.helpers.disks import Bytes, Fault, FaultyDisk, Interrupted, Killed, Names, SimulatedDisk

ARCHIVE = Path("/simulated/group/logbook.json")
"""Neither folder is there: the first save makes them."""

JOURNAL = ARCHIVE.with_name(f"{ARCHIVE.name}.journal")

Edit = tuple[str, str | None, str | None]
"""A table, the text of a document before, or None for a new one, and its text after, or None for one that goes.

Twice None: the table goes.
"""

Save = tuple[Edit, ...]
"""One is a plain call of TinyDB, more are a transaction."""

State = Counter[tuple[str, str]]
"""How often each text is in each table: all are to be there once."""

AFTER_A_CLOSE, NOT_REMOVED = {".lock", ".torn"}, {".journal", ".journal.new", ".reserve"}
BACKUPS = {f".backup-{number}" for number in range(1, checkpoint.BACKUPS + 1)}

Result = TypeVar("Result")


class Database(TinyDB):
    """TinyDB with the table that goes with the storage."""

    table_class = DurableTable


@contextmanager
def small() -> Iterator[None]:
    """Sizes with which little data takes the ways of much."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.archive.disk.calls.TOGETHER", 100)
        patch.setattr("store.archive.reserve.RESERVE", 10)
        patch.setattr("store.archive.disk.journal_file.AHEAD", 500)
        yield


def opened(disk: FaultyDisk | SimulatedDisk) -> Database:
    """The archive on a disk."""
    return Database(ARCHIVE, storage=DurableStorage, create_dirs=True, disk=disk)


def storage_of(database: TinyDB) -> DurableStorage:
    """What is under it."""
    assert isinstance(database.storage, DurableStorage)
    return database.storage


def do(database: Database, save: Save) -> None:
    """Save it; either all of it is saved or an error is raised."""
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
    """The state when it is saved."""
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
    """What is in an archive, as it is read or as its file says."""
    return Counter((name, row["text"]) for name, rows in (tables or {}).items() for row in rows.values())


class Group:
    """Uses an archive, and knows what must be in it. After an error it tries the same again."""

    def __init__(self, disk: FaultyDisk) -> None:
        self.disk = disk
        self.saved = State()
        """What was acknowledged."""
        self.shown = State()
        """What is seen. After a kill that may be more: what was written, and could not be acknowledged any more."""
        self.in_flight: Save = ()
        """What is being saved on top of that."""
        self._had_power = True
        self._saves = True  # since it was killed: only then what the kill may have left is replaced
        self._faults_to_come = len(disk.faults)
        self._database: Database | None = None

    def work(self) -> None:
        """A first evening, a second that ends with a kill and half a line in the journal, and a third."""
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
        """What must go in any archive, whatever has happened to it."""
        self.open()
        number = self.shown.total()
        self.save(("probes", None, f"probe {number}"))
        self.checkpoint()
        self.save(("moments", None, f"moment {number}"))
        self.close_and_open()

    def killed(self) -> "Group":
        """The group when the program runs again."""
        return self._on(self.disk.disk.crashed())

    def without_power(self, bytes: Bytes, names: Names) -> "Group":
        """The group when the computer runs again."""
        group = self._on(self.disk.disk.power_cut(bytes, names))
        group._had_power = False
        return group

    def _on(self, disk: SimulatedDisk) -> "Group":
        group = Group(self.disk.again(disk))
        group.saved, group.shown, group.in_flight = self.saved, self.shown, self.in_flight
        group._had_power, group._saves = self._had_power, False  # the one until it is open
        return group

    def open(self) -> None:
        """Open the archive, and see that all is there, and what was in flight either wholly or not at all."""
        self._database, self._faults_to_come = None, len(self.disk.faults)
        self._database = self._try(lambda: opened(self.disk))
        found = self.look()
        possible = [self.shown, after(self.shown, self.in_flight), *([] if self._had_power else [self.saved])]
        assert found in possible
        self.shown, self.in_flight, self._had_power = found, (), True

    def have_a_fault(self, ahead: int, fault: Fault) -> None:
        """Let a fault happen so many calls from now."""
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
        """Go home, and come back."""
        self.close()
        self.open()

    def close(self) -> None:
        """Close the archive; where that fails, open it, and bring everything into its file."""
        wrote = self.storage.writes
        try:
            self.storage.close()
        except Interrupted as error:
            raise Killed from error  # who interrupts it again is rid of it
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
        """The archive as it is open."""
        assert self._database is not None
        return self._database

    @property
    def storage(self) -> DurableStorage:
        """What is under it."""
        return storage_of(self.database)

    def look(self) -> State:
        """What the archive says that it holds."""
        with self.disk.spared():
            self.storage.follow()
            return state_of(self.storage.read())

    def _try(self, act: Callable[[], Result]) -> Result:
        while True:
            waiting = len(self.disk.faults)
            try:
                return act()
            except (OSError, Interrupted):
                assert len(self.disk.faults) < waiting, "failed although the disk did not"
                assert self._database is None or self.look() == self.shown, "it was to be as before"

    def _check_files(self, expected: set[str]) -> None:
        files = {name.removeprefix(ARCHIVE.name): data for name, data in self.disk.disk.files().items()}
        assert state_of(json.loads(files.get("", "{}"))) == self.shown
        assert files.keys() <= {"", *expected, *BACKUPS}
        for backup in BACKUPS & files.keys():
            json.loads(files[backup])


def run(faults: dict[int, Fault]) -> list[str]:
    """The whole workload with some faults; each that kills is followed by a new process, and at the end all must be well.

    Returns:
        The names of the calls that were made.
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
