"""The storage: a save is one synced line of the journal, a checkpoint one file, and others follow."""

import errno
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.archive import saving
from store.archive.disk.calls import Disk
from store.archive.disk.changes import Changes
from store.archive.disk.journal import Chain
from store.archive.disk.lock import Held
from store.archive.disk.tables import Tables
from store.archive.following import JournalDamaged
from store.archive.storage import DurableStorage
from tests.conftest import beside, fails, lines, saves
from tests.helpers.storages import everything, ids, put, seen
from tests.helpers.texts import ANY


class Watched(Disk):
    """A disk that notes what is called."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.names: dict[int, str] = {}

    def open(self, path: Path, flags: int) -> int:
        fd = super().open(path, flags)
        self.names[fd] = path.name.removeprefix("logbook.json")
        return fd

    def write(self, fd: int, data: bytes, at: int | None = None) -> int:
        self.calls.append(f"write {self.names[fd]}")
        return super().write(fd, data, at)

    def sync(self, fd: int) -> None:
        self.calls.append(f"sync {self.names[fd]}")
        super().sync(fd)

    def sync_folder(self, path: Path) -> None:
        self.calls.append("sync folder")
        super().sync_folder(path)

    def rename(self, source: Path, target: Path) -> None:
        assert source.parent == target.parent, "another folder may be another file system"
        self.calls.append(f"rename {source.name} {target.name}".replace("logbook.json", ""))
        super().rename(source, target)

    def link(self, source: Path, target: Path) -> None:
        self.calls.append(f"link {source.name} {target.name}".replace("logbook.json", ""))
        super().link(source, target)

    def remove(self, path: Path) -> None:
        super().remove(path)
        self.calls.append(f"remove {path.name.removeprefix('logbook.json')}")


def test_opening_and_reading_touch_nothing(tmp_path: Path) -> None:
    path = tmp_path / "logbook.json"
    kept = DurableStorage(path)
    assert (kept.read(), kept.exists, kept.writes, kept.follow()) == (None, False, False, False)
    kept.change(Changes())
    kept.close()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FileNotFoundError):
        DurableStorage(tmp_path / "nowhere" / "logbook.json")


def test_the_first_save_makes_a_journal_and_each_later_one_is_one_write_and_one_sync(path: Path) -> None:
    disk = Watched()
    kept = DurableStorage(path, disk=disk)
    put(kept, 1)
    calls = disk.calls[disk.calls.index("write .journal.new") :]
    assert [call for call in calls if "journal" in call or "folder" in call] == [
        "write .journal.new",
        "sync .journal.new",
        "rename .journal.new .journal",
        "sync folder",
        "write .journal",
        "sync .journal",
    ]
    for id in (2, 3):
        disk.calls.clear()
        put(kept, id)
        assert disk.calls == ["write .journal", "sync .journal"]
    assert not path.exists()
    assert seen(path) == [1, 2, 3]


def test_a_checkpoint_is_on_the_disk_and_in_the_journal_before_it_has_its_name(path: Path) -> None:
    disk = Watched()
    kept = DurableStorage(path, disk=disk)
    put(kept, 1)
    kept.checkpoint()
    put(kept, 2)
    disk.calls.clear()
    kept.checkpoint()
    calls = [call for call in disk.calls if not call.startswith("rename .backup") and "reserve" not in call]
    assert calls == [
        "write .new",
        "sync .new",
        "write .journal",
        "sync .journal",
        "link  .backup-1",
        "rename .new ",
        "sync folder",
        "remove .journal",
        "sync folder",
    ]
    assert ids(kept) == seen(path) == [1, 2]
    disk.calls.clear()
    kept.checkpoint()
    assert disk.calls == [], "nothing is new"


def test_a_transaction_is_one_save_and_seen_by_nobody_else_before_it_ends(path: Path) -> None:
    kept, other = DurableStorage(path), DurableStorage(path)
    put(kept, 1)
    with kept.transaction():
        put(kept, 2)
        with kept.transaction():
            put(kept, 3, table="probes")
        kept.change(Changes(tables={"moments": {1: None}}))
        assert (ids(kept), ids(kept, "probes")) == ([2], [3])
        other.follow()
        assert (ids(other), ids(other, "probes")) == ([1], [])
        assert saves(path) == 1
    assert saves(path) == 2
    assert other.follow()
    assert (ids(other), ids(other, "probes")) == ([2], [3])
    with kept.transaction():
        kept.read()
    assert saves(path) == 2


@pytest.mark.parametrize("fault", ["inside", "in saving"])
def test_what_went_wrong_in_a_transaction_never_happened(
    path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    kept = DurableStorage(path)
    put(kept, 1)

    def half() -> None:
        with kept.transaction():
            put(kept, 2)
            put(kept, 1, "changed")
            if fault == "inside":
                raise OSError

    with monkeypatch.context() as broken:
        if fault != "inside":
            broken.setattr(Disk, "write", fails(errno.EIO))
        with pytest.raises(OSError):  # noqa: PT011
            half()
    assert kept.read() == DurableStorage(path).read() == {"moments": {"1": {"text": "x"}}}
    put(kept, 3)
    assert seen(path) == [1, 3]


@settings(max_examples=40)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from("ab") | ANY,
            st.dictionaries(st.integers(1, 9).map(str), st.dictionaries(ANY, ANY, max_size=1), max_size=3)
            | st.none()
            | ANY
            | st.lists(st.integers(), max_size=2),
            max_size=3,
        ),
        max_size=4,
    ),
    st.sets(st.integers(0, 3)),
)
def test_whatever_tinydb_writes_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, Any]], checkpoints: set[int]
) -> None:
    path = tmp_path_factory.mktemp("storage") / "logbook.json"
    kept = DurableStorage(path)
    for number, state in enumerate(states):
        kept.write(state)
        if number in checkpoints:
            kept.checkpoint()
        assert kept.read() == (state or None)
        assert DurableStorage(path).read() == (state or None)
    kept.close()
    if path.exists():
        assert json.loads(path.read_bytes()) == states[-1]


def test_a_save_makes_a_checkpoint_when_the_journal_is_large_unless_somebody_else_says_when(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "LARGE", 1000)
    for automatic in (True, False):
        path = tmp_path / f"{automatic}.json"
        kept = DurableStorage(path)
        kept.automatic = automatic
        for id in range(1, 30):
            put(kept, id, "x" * 100)
        assert (path.exists(), kept.large) == (automatic, not automatic)
        assert ids(kept) == seen(path) == list(range(1, 30))


def test_the_hash_may_be_computed_ahead(path: Path) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    kept.close()
    kept.prepare()
    put(kept, 2)
    assert seen(path) == [1, 2]


def test_a_reader_follows_saves_checkpoints_and_new_journals(path: Path) -> None:
    writer, reader = DurableStorage(path), DurableStorage(path)
    generations = {reader.generation}
    for id in range(1, 12):
        put(writer, id)
        if id % 3 == 0:
            writer.checkpoint()
        assert reader.follow()
        assert ids(reader) == ids(writer)
        assert not reader.follow()
        generations.add(reader.generation)
    assert len(generations) == 12
    with pytest.raises(Held):
        put(reader, 99)
    assert not reader.writes
    writer.close()
    put(reader, 12)
    assert writer.follow()
    assert ids(writer) == list(range(1, 13))
    with pytest.raises(Held):
        put(writer, 99)


def test_a_reader_takes_in_half_a_line_only_when_it_is_whole(path: Path) -> None:
    writer = DurableStorage(path)
    put(writer, 1)
    put(writer, 2)
    journal = beside(path, "journal")
    data = lines(path)
    reader = None
    for length in range(len(data) - 60, len(data) + 1):
        journal.write_bytes(data[:length])
        reader = reader or DurableStorage(path)
        reader.follow()
        assert ids(reader) == ([1, 2] if length == len(data) else [1])


def test_a_file_that_is_not_accepted_is_not_taken_and_never_becomes_so(path: Path) -> None:
    def check(tables: Tables) -> None:
        if "probes" not in tables.names:
            raise KeyError("probes")

    kept = DurableStorage(path, check)
    put(kept, 1, table="probes")
    kept.close()
    good = path.read_bytes()
    for bad in (b"", b"{}", b"not JSON", b'{"moments": {}}'):
        path.rename(path.with_name("good.json"))
        path.write_bytes(bad)
        for _ in range(2):
            with pytest.raises((KeyError, ValueError)):
                kept.follow()
            with pytest.raises((KeyError, ValueError)):
                put(kept, 2)
        assert ids(kept, "probes") == [1]
        assert path.read_bytes() == bad
        assert not kept.writes
    path.write_bytes(good)
    put(kept, 2, table="probes")
    assert ids(DurableStorage(path, check), "probes") == [1, 2]


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_every_file_is_made_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, int] = {}
    opens = Disk.open

    def noted(disk: Disk, path: Path, flags: int) -> int:
        fd = opens(disk, path, flags)
        made[path.name] = stat.S_IMODE(os.fstat(fd).st_mode)
        return fd

    monkeypatch.setattr(Disk, "open", noted)
    path = tmp_path / "new" / "logbook.json"
    umask = os.umask(0)
    try:
        kept = DurableStorage(path, create_dirs=True)
        for id in range(3):
            put(kept, id + 1)
            kept.checkpoint()
    finally:
        os.umask(umask)
    assert {"logbook.json.new", "logbook.json.journal.new", "logbook.json.lock"} <= made.keys()
    assert set(made.values()) == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert kept.loose() == []


def test_a_journal_that_is_written_in_another_way_is_refused(path: Path) -> None:
    header, chain = Chain().line(b'{"journal": 1, "bases": [""], "codec": "hidden"}')
    save, _ = chain.line(b'{"tables": {"moments": {"1": "c2VjcmV0"}}}')
    beside(path, "journal").write_bytes(header + save)
    before = everything(path)
    with pytest.raises(JournalDamaged, match="hidden"):
        DurableStorage(path)
    assert everything(path) == before


def test_what_somebody_reads_while_a_checkpoint_is_made_stays_whole(path: Path) -> None:
    kept = DurableStorage(path)
    kept.change(Changes(tables={"moments": {1: b'{"text": "first"}'}}))
    kept.checkpoint()
    kept.change(Changes(tables={"moments": {2: b'{"text": "second"}'}}))
    reading = kept.tables
    kept.checkpoint()
    for tables in (reading, kept.tables):
        assert [document["text"] for _, document in tables.documents("moments")] == ["first", "second"]
