"""A storage whose calls fail: what was saved is there once, and what was not is not."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from store.archive.disk.calls import Disk
from store.archive.reserve import RESERVE
from store.archive.storage import DurableStorage
from tests.conftest import beside, fails, lines
from tests.helpers.storages import ids, put, seen


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
