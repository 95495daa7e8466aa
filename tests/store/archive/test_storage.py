"""The storage: a save is one synced line of the journal, and whatever is found at opening is put together or refused."""

import errno
import json
import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
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
from store.archive.following import Changed, JournalDamaged
from store.archive.reserve import RESERVE
from store.archive.storage import DurableStorage
from tests.conftest import beside, fails, files, lines, saves
from tests.helpers.texts import ANY


def put(kept: DurableStorage, id: int, text: str = "x", table: str = "moments") -> None:
    """Save one document."""
    kept.change(Changes(tables={table: {id: json.dumps({"text": text}).encode()}}))


def ids(kept: DurableStorage, table: str = "moments") -> list[int]:
    """The documents that are there."""
    return [id for id, _ in kept.tables.lines(table)]


def seen(path: Path) -> list[int]:
    """The documents that somebody finds who opens the archive now."""
    return ids(DurableStorage(path))


def everything(path: Path) -> dict[str, bytes]:
    """All files in an archive's folder, with their content."""
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}


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


# -------------------------------------------------------------------------------------------------------- what is done


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
        kept = DurableStorage(path, automatic=automatic)
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


# ------------------------------------------------------------------------------------------------ what others have done


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


# ------------------------------------------------------------------------------------------------- what stands there


@pytest.fixture
def left(path: Path) -> Path:
    """An archive with two documents in its file and three in its journal, that nobody has closed."""
    kept = DurableStorage(path)
    for id in range(1, 6):
        put(kept, id)
        if id == 2:
            kept.checkpoint()
    return path


def test_a_journal_cut_off_anywhere_gives_what_was_whole_and_keeps_the_rest_aside(left: Path) -> None:
    journal, torn = beside(left, "journal"), beside(left, "torn")
    data = lines(left)
    for length in range(0, len(data), 11):
        journal.write_bytes(data[:length])
        whole = list(range(1, max(data[:length].count(b"\n"), 1) + 2))
        before = everything(left)
        assert seen(left) == whole
        assert everything(left) == before, "looking changes nothing"
        kept = DurableStorage(left)
        put(kept, 9)
        assert ids(kept) == seen(left) == [*whole, 9]
        tail = data[:length].rpartition(b"\n")[2].rstrip(b" ")
        assert (torn.read_bytes() if torn.exists() else b"") == tail
        torn.unlink(missing_ok=True)
        del kept


@pytest.mark.parametrize("line", [0, 1, 2])
def test_damage_in_the_middle_of_a_journal_is_refused_and_nothing_is_touched(left: Path, line: int) -> None:
    journal = beside(left, "journal")
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[line] = lines[line].replace(b'"', b"'", 1)
    journal.write_bytes(b"".join(lines))
    before = everything(left)
    with pytest.raises(JournalDamaged, match=f"line {line + 1} "):
        DurableStorage(left)
    assert everything(left) == before


def test_a_journal_that_becomes_damaged_is_written_anew_by_whoever_has_read_it_before(left: Path) -> None:
    kept = DurableStorage(left)
    journal = beside(left, "journal")
    journal.write_bytes(journal.read_bytes().replace(b'"3"', b'"7"'))
    with pytest.raises(JournalDamaged):
        DurableStorage(left)
    put(kept, 9)
    assert ids(kept) == seen(left) == [1, 2, 3, 4, 5, 9]


@pytest.mark.parametrize("begun", [b"", b"0", b"0 1234", b"\0" * 4096, b"\n"])
def test_an_empty_journal_or_half_a_header_is_as_good_as_none(path: Path, begun: bytes) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    kept.close()
    beside(path, "journal").write_bytes(begun)
    assert seen(path) == [1]
    put(kept, 2)
    assert seen(path) == [1, 2]


@pytest.mark.parametrize("what", ["gone", "backup", "edited", "another journal"])
def test_a_journal_is_put_upon_no_other_file_than_its_own(left: Path, tmp_path: Path, what: str) -> None:
    if what == "gone":
        left.unlink()
    elif what == "backup":
        kept = DurableStorage(left)
        kept.checkpoint()
        put(kept, 6)
        del kept
        os.replace(beside(left, "backup-1"), left)
    elif what == "edited":
        left.write_bytes(left.read_bytes().replace(b'"x"', b'"y"'))
    else:
        other = DurableStorage(tmp_path / "other.json")
        put(other, 1)
        other.checkpoint()
        put(other, 7)
        beside(left, "journal").write_bytes(beside(other.path, "journal").read_bytes())
        del other
    before = everything(left)
    with pytest.raises(Changed):
        DurableStorage(left)
    assert everything(left) == before


def test_a_journal_fits_upon_the_file_that_a_checkpoint_made_of_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    kept.checkpoint()
    put(kept, 2)
    kept.change(Changes(tables={"moments": {1: None}}))
    journal = lines(path)
    remove = Disk.remove

    def keeps_journals(disk: Disk, each: Path) -> None:
        fails(errno.EIO)() if each == beside(path, "journal") else remove(disk, each)

    with monkeypatch.context() as broken:
        broken.setattr(Disk, "remove", keeps_journals)
        kept.checkpoint()
    assert beside(path, "journal").read_bytes().startswith(journal)
    del kept
    assert seen(path) == [2]
    later = DurableStorage(path)
    put(later, 3)
    later.close()
    assert seen(path) == [2, 3]


def test_a_file_or_a_whole_folder_that_goes_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "logbook.json"
    kept = DurableStorage(path, create_dirs=True)
    put(kept, 1)
    kept.checkpoint()
    put(kept, 2)
    os.replace(tmp_path / "a", tmp_path / "gone")
    put(kept, 3)
    assert seen(path) == [1, 2, 3]
    assert files(path) >= {path.name, beside(path, "journal").name}
    with pytest.raises(Held):
        put(DurableStorage(path), 4)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file that is open can't be removed")
def test_who_has_taken_over_after_a_folder_was_removed_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "logbook.json"
    kept = DurableStorage(path, create_dirs=True)
    put(kept, 1)
    shutil.rmtree(path.parent)
    other = DurableStorage(path, create_dirs=True)
    put(other, 2)
    with pytest.raises(Held):
        put(kept, 3)
    put(other, 4)
    assert seen(path) == ids(other) == [2, 4]
    assert ids(kept) == [1]
    other.close()
    with pytest.raises(Changed):
        kept.checkpoint()


# ------------------------------------------------------------------------------------------------------------- failures


def after(number: int, call: Callable[..., Any], error: int) -> Callable[..., Any]:
    """A call that fails when it was called so many times."""
    left = [number]

    def called(*arguments: Any) -> Any:
        left[0] -= 1
        return call(*arguments) if left[0] >= 0 else fails(error)()

    return called


@pytest.mark.parametrize("call", ["write", "sync", "open", "rename", "sync_folder"])
@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_whichever_call_fails_what_was_saved_is_there_once_and_what_was_not_is_not(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, error: int
) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    saved, failed = [1], []
    with monkeypatch.context() as broken:
        broken.setattr(Disk, call, after(number, getattr(Disk, call), error))
        for id in range(2, 7):
            try:
                put(kept, id)
                saved.append(id)
            except OSError:
                failed.append(id)
            assert ids(kept) == saved
            if id == 4:
                with suppress(OSError):
                    kept.checkpoint()
    put(kept, 7)
    assert ids(kept) == seen(path) == [*saved, 7]
    kept.close()
    assert seen(path) == [*saved, 7]


def test_a_line_that_was_written_in_part_is_cut_off_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    before = lines(path)
    write = Disk.write

    def half(disk: Disk, fd: int, data: bytes, at: int | None = None) -> int:
        if len(data) < 10:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(disk, fd, data[: len(data) // 2], at)

    with monkeypatch.context() as broken:
        broken.setattr(Disk, "write", half)
        with pytest.raises(OSError, match="No space"):
            put(kept, 2)
    assert beside(path, "journal").read_bytes() == before
    put(kept, 3)
    assert seen(path) == [1, 3]


def test_where_a_half_line_can_not_be_cut_off_a_new_journal_is_begun(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    write = Disk.write

    def torn(disk: Disk, fd: int, data: bytes, at: int | None = None) -> int:
        write(disk, fd, data[:-5], at)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as broken:
        broken.setattr(Disk, "write", torn)
        broken.setattr(Disk, "truncate", fails(errno.EIO))
        with pytest.raises(OSError, match=r"."):
            put(kept, 2)
    assert seen(path) == [1]
    put(kept, 3)
    assert ids(kept) == seen(path) == [1, 3]


def test_a_full_disk_takes_the_reserve_once_and_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    reserve = beside(path, "reserve")
    assert reserve.stat().st_size == RESERVE
    write = Disk.write

    def full(disk: Disk, fd: int, data: bytes, at: int | None = None) -> int:
        return fails(errno.ENOSPC)() if reserve.exists() else write(disk, fd, data, at)

    with monkeypatch.context() as broken:
        broken.setattr(Disk, "write", full)
        put(kept, 2)
        assert "disk is full" in kept.warning
        put(kept, 3)
        broken.setattr(Disk, "write", fails(errno.ENOSPC))
        with pytest.raises(OSError, match="No space"):
            put(kept, 4)
    assert seen(path) == [1, 2, 3]
    kept.checkpoint()
    assert (kept.warning, reserve.exists()) == ("", True)
    kept.close()
    assert not reserve.exists()


def test_without_room_for_a_reserve_saves_go_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Disk.write

    def no_large_ones(disk: Disk, fd: int, data: bytes, at: int | None = None) -> int:
        return fails(errno.ENOSPC)() if len(data) > 10_000 else write(disk, fd, data, at)

    monkeypatch.setattr(Disk, "write", no_large_ones)
    kept = DurableStorage(path)
    put(kept, 1)
    assert seen(path) == [1]
    assert not beside(path, "reserve").exists()


def test_a_failing_checkpoint_uses_up_no_backup(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = DurableStorage(path)
    for id in range(1, 5):
        put(kept, id)
        kept.checkpoint()
    put(kept, 5)
    with monkeypatch.context() as broken:
        broken.setattr(Disk, "rename", only_fails_for(path))
        for _ in range(3):
            with pytest.raises(OSError, match=r"."):
                kept.checkpoint()
    kept.close()
    assert [seen(beside(path, f"backup-{number}")) for number in (1, 2, 3)] == [[1, 2, 3, 4], [1, 2, 3], [1, 2]]


def only_fails_for(path: Path) -> Callable[..., None]:
    """A rename that fails where it would replace this file."""
    rename = Disk.rename

    def renamed(disk: Disk, source: Path, target: Path) -> None:
        if target == path:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        rename(disk, source, target)

    return renamed


@pytest.mark.parametrize("call", ["sync", "link", "rename"])
def test_a_checkpoint_that_fails_leaves_no_second_file_of_that_size(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    kept.checkpoint()
    put(kept, 2)
    with monkeypatch.context() as broken:
        broken.setattr(Disk, call, after(1 if call == "sync" else 0, getattr(Disk, call), errno.ENOSPC))
        with pytest.raises(OSError, match="No space"):
            kept.checkpoint()
    assert not beside(path, "new").exists()
    assert ids(kept) == seen(path) == [1, 2]


# -------------------------------------------------------------------------------------------------------- permissions


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
        kept.copy_to(tmp_path / "copy.json")
    finally:
        os.umask(umask)
    assert {"logbook.json.new", "logbook.json.journal.new", "logbook.json.lock", "copy.json.new"} <= made.keys()
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
