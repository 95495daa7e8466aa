"""The journal's file: filled ahead, written over in place, and followed by what stands in it rather than by its time."""

import errno
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from store.archive import saving as module
from store.archive.disk.calls import Disk
from store.archive.disk.journal_file import AHEAD
from store.archive.disk.source import Source
from store.archive.following import JournalDamaged
from store.archive.storage import DurableStorage
from tests.conftest import beside, fails, lines
from tests.helpers.storages import ids, put, seen

LONG = "x" * 1000


class Elsewhere(Disk):
    """A disk where a file that is open can't be renamed over."""

    keeps_open_files = False


def is_followed(writer: DurableStorage, reader: DurableStorage) -> bool:
    """Whether a reader sees what is saved, once."""
    return reader.follow() and ids(reader) == ids(writer) and not reader.follow()


def test_a_save_leaves_the_size_of_the_file_until_what_was_filled_ahead_is_used_up(path: Path) -> None:
    kept = DurableStorage(path)
    sizes = []
    for id in range(1, 2 * AHEAD // len(LONG)):
        put(kept, id, LONG)
        sizes.append(beside(path, "journal").stat().st_size)
    assert set(sizes) == {AHEAD, 2 * AHEAD, 3 * AHEAD}
    assert sizes == sorted(sizes)
    assert len(lines(path)) > AHEAD
    assert seen(path) == ids(kept)


def test_a_save_does_not_ask_for_the_times_of_the_file_that_it_writes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    kept.checkpoint()
    put(kept, 2)
    asked = []

    def noted(call: Callable[..., os.stat_result], of: Path | int, **how: bool) -> os.stat_result:
        found = call(of, **how)
        asked.append(found.st_ino)
        return found

    for name in ("stat", "lstat", "fstat"):
        monkeypatch.setattr(os, name, partial(noted, getattr(os, name)))
    put(kept, 3)
    monkeypatch.undo()
    assert beside(path, "lock").stat().st_ino in asked
    assert beside(path, "journal").stat().st_ino not in asked


def test_a_save_longer_than_what_is_filled_at_once_is_whole(path: Path) -> None:
    kept, reader = DurableStorage(path), DurableStorage(path)
    for id, text in enumerate(("short", "x" * (AHEAD + 5), "short", "x" * (3 * AHEAD), "short"), 1):
        put(kept, id, text)
        assert is_followed(kept, reader)
    assert seen(path) == ids(kept) == [1, 2, 3, 4, 5]


def test_a_checkpoint_is_due_by_what_was_saved_not_by_what_is_filled_ahead(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGE", AHEAD // 2)
    kept = DurableStorage(path)
    for id in range(1, AHEAD // 4 // len(LONG)):
        put(kept, id, LONG)
    assert beside(path, "journal").stat().st_size > module.LARGE
    assert (kept.large, path.exists()) == (False, False)


@pytest.mark.parametrize("disk", [Disk(), Elsewhere()], ids=["kept open", "not kept open"])
def test_saves_within_one_tick_of_the_clock_are_all_followed(path: Path, disk: Disk) -> None:
    writer, reader = DurableStorage(path), DurableStorage(path, disk=disk)
    for id in range(1, 200):
        put(writer, id, LONG)
        os.utime(beside(path, "journal"), (0, 0))
        assert is_followed(writer, reader)
        if id % 70 == 0:
            writer.checkpoint()


def test_without_calls_that_name_a_place_all_goes_as_with_them(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pread", "pwrite"):
        monkeypatch.delattr(os, name, raising=False)
    writer, reader = DurableStorage(path), DurableStorage(path)
    for id in range(1, 2 * AHEAD // len(LONG)):
        put(writer, id, LONG)
    assert is_followed(writer, reader)
    writer.close()
    assert seen(path) == ids(writer)


# ------------------------------------------------------------------------------------------------------- a full disk


def test_on_a_full_disk_saves_go_on_in_what_is_filled_ahead_and_then_take_the_reserve(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    journal, reserve, write = beside(path, "journal"), beside(path, "reserve"), Disk.write

    def in_place(disk: Disk, fd: int, data: bytes, at: int | None = None) -> int:
        if reserve.exists() and (at is None or at + len(data) > os.fstat(fd).st_size):
            fails(errno.ENOSPC)()
        return write(disk, fd, data, at)

    monkeypatch.setattr(Disk, "write", in_place)
    id = 1
    while journal.stat().st_size == AHEAD:
        assert (kept.warning, reserve.exists()) == ("", True)
        id += 1
        put(kept, id, LONG)
    assert "disk is full" in kept.warning
    assert not reserve.exists()
    assert AHEAD - 2 * len(LONG) < len(lines(path)) < AHEAD + 2 * len(LONG)
    assert seen(path) == ids(kept) == list(range(1, id + 1))


def test_where_there_is_no_room_to_fill_the_file_ahead_there_may_be_for_a_line(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Disk.write
    end = 0  # that a file can have

    def little(disk: Disk, fd: int, data: bytes, at: int | None = None) -> int:
        room = end - (os.fstat(fd).st_size if at is None else at)
        return write(disk, fd, data[:room], at) if room > 0 else fails(errno.ENOSPC)()

    monkeypatch.setattr(Disk, "write", little)
    kept, reader = DurableStorage(path), DurableStorage(path)
    for id in range(1, 30):
        end += 1500
        put(kept, id, LONG)
        assert is_followed(kept, reader)
        assert beside(path, "journal").stat().st_size <= end
    with pytest.raises(OSError, match="No space"):
        put(kept, 30, LONG * 30)
    assert seen(path) == ids(kept)
    monkeypatch.undo()
    put(kept, 30)
    assert beside(path, "journal").stat().st_size == AHEAD
    assert seen(path) == ids(kept) == list(range(1, 31))


def test_after_a_failed_write_the_file_ends_with_its_last_line_and_is_filled_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, reader = DurableStorage(path), DurableStorage(path)
    put(kept, 1)
    reader.follow()
    before, write = lines(path), Disk.write

    def torn(disk: Disk, fd: int, data: bytes, at: int | None = None) -> int:
        write(disk, fd, data[:-5], at)
        return fails(errno.EIO)()  # type: ignore[no-any-return]

    with monkeypatch.context() as broken:
        broken.setattr(Disk, "write", torn)
        with pytest.raises(OSError, match=r"."):
            put(kept, 2)
    assert beside(path, "journal").read_bytes() == before
    assert not reader.follow()
    put(kept, 3)
    assert beside(path, "journal").stat().st_size == AHEAD
    assert is_followed(kept, reader)
    assert seen(path) == [1, 3]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file that is open can't be replaced")
def test_after_a_failed_sync_nothing_more_is_written_to_that_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    with monkeypatch.context() as broken:
        broken.setattr(Disk, "sync", fails(errno.EIO))
        with pytest.raises(OSError, match=r"."):
            put(kept, 2)
    os.link(beside(path, "journal"), failed := path.with_name("failed"))
    before = failed.read_bytes()
    put(kept, 3)
    assert failed.read_bytes() == before
    assert not failed.samefile(beside(path, "journal"))
    assert seen(path) == ids(kept) == [1, 3]


# --------------------------------------------------------------------------------------------------- what stands there


@pytest.mark.parametrize("blank", [b"", b" " * 700, b"\0" * 700, b" \0" * 700])
def test_a_torn_line_before_blanks_is_kept_aside_without_them(path: Path, blank: bytes) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    put(kept, 2)
    journal, torn = beside(path, "journal"), beside(path, "torn")
    data = lines(path)
    del kept
    for cut in (1, 40, 60):
        journal.write_bytes(data[:-cut] + blank)
        again = DurableStorage(path)
        assert (ids(again), again.torn) == ([1], data[:-cut].rpartition(b"\n")[2])
        put(again, 3)
        assert torn.read_bytes() == data[:-cut].rpartition(b"\n")[2]
        assert seen(path) == [1, 3]
        del again
    journal.write_bytes(data + blank)
    torn.unlink()
    again = DurableStorage(path)
    assert again.torn == b""
    put(again, 3)
    assert seen(path) == [1, 2, 3]
    assert not torn.exists()


def test_a_reader_takes_in_a_line_that_it_has_seen_with_holes_once_it_is_whole(path: Path) -> None:
    writer = DurableStorage(path)
    put(writer, 1)
    put(writer, 2, " ".join(LONG))
    journal = beside(path, "journal")
    whole = journal.read_bytes()
    good, end = lines(path).rfind(b"\n", 0, -1), len(lines(path))
    reader = None
    for hole in range(good + 1, end, 97):
        for begin, stop in ((hole, end), (good + 1, hole), (hole, hole + 300)):
            holed = whole[:begin] + b" " * (min(stop, end) - begin) + whole[min(stop, end) :]
            journal.write_bytes(holed)
            reader = DurableStorage(path)
            assert ids(reader) == ([1] if holed != whole else [1, 2])
            journal.write_bytes(whole)
            os.utime(journal, (0, 0))
            reader.follow()
            assert ids(reader) == [1, 2]
    assert reader


def test_half_a_line_that_its_writer_has_cut_off_is_not_kept_aside(path: Path) -> None:
    writer = DurableStorage(path)
    put(writer, 1)
    whole = lines(path)
    beside(path, "journal").write_bytes(whole + b"2 0123")
    reader = DurableStorage(path)
    assert reader.torn == b"2 0123"
    beside(path, "journal").write_bytes(whole)
    assert not reader.follow()
    assert reader.torn == b""
    del writer
    put(reader, 2)
    assert not beside(path, "torn").exists()


def test_what_is_written_while_it_is_read_is_no_damage(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = DurableStorage(path)
    for id in (1, 2, 3):
        put(writer, id)
    holed: list[bytes] = []
    read = Source.read

    def too_early(source: Source, start: int, stop: int) -> bytes:
        data = read(source, start, stop)
        second, third = (data.find(b"\n%d " % number) + 1 for number in (2, 3))
        if third and not holed:  # the end of one line and another line, of which none stood there when it began to read
            holed.append(data[:second] + b" " * 40 + data[second + 40 :])
            return holed[0]
        return data

    monkeypatch.setattr(Source, "read", too_early)
    assert seen(path) == [1, 2, 3]
    monkeypatch.undo()
    beside(path, "journal").write_bytes(holed[0])
    with pytest.raises(JournalDamaged):
        seen(path)


def test_a_journal_that_has_lost_lines_is_read_anew(path: Path) -> None:
    writer, reader = DurableStorage(path), DurableStorage(path)
    for id in (1, 2):
        put(writer, id)
    assert is_followed(writer, reader)
    beside(path, "journal").write_bytes(lines(path).rpartition(b"\n2 ")[0] + b"\n")
    assert reader.follow()
    assert ids(reader) == [1]
