"""Each save is a whole new file, synced and renamed into place: all of it or nothing, for its owner's eyes only."""

import errno
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.layout import Tables
from store.storage import AtomicStorage, write_whole


def storage(path: Path) -> AtomicStorage:
    return AtomicStorage(path, lambda _tables: None)


def put(kept: AtomicStorage, name: str, text: str) -> None:
    """Change one table as TinyDB does it."""
    tables = kept.read() or {}
    tables[name] = {"1": {"text": text}}
    kept.write(tables)


def fails(number: int) -> Callable[..., Any]:
    """A system call that fails."""

    def call(*_arguments: object, **_named: object) -> Any:
        raise OSError(number, os.strerror(number))

    return call


def test_the_file_and_the_one_beside_it_are_never_readable_by_others(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    rename = os.replace

    def replace(source: str, target: Path) -> None:
        seen.append(stat.S_IMODE(os.stat(source).st_mode))
        rename(source, target)

    path.write_bytes(b"old")
    path.chmod(0o644)
    monkeypatch.setattr(os, "replace", replace)
    umask = os.umask(0)
    try:
        write_whole(path, b"new")
    finally:
        os.umask(umask)
    assert seen == [0o600]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_data_is_synced_before_the_rename_and_the_folder_after_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    sync, rename = os.fsync, os.replace

    def fsync(handle: int) -> None:
        found = os.fstat(handle)
        calls.append("folder synced" if stat.S_ISDIR(found.st_mode) else f"{found.st_size} bytes synced")
        sync(handle)

    def replace(source: str, target: Path) -> None:
        assert Path(source).parent == target.parent, "another folder may be another file system"
        calls.append("renamed")
        rename(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    write_whole(path, b"x" * 100_000)
    assert calls == ["100000 bytes synced", "renamed", "folder synced"]
    assert path.read_bytes() == b"x" * 100_000


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("call", ["fsync", "replace", "fdopen", "mkstemp"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    path.write_bytes(b"old")
    with monkeypatch.context() as broken:
        broken.setattr(tempfile if call == "mkstemp" else os, call, fails(number))
        with pytest.raises(OSError, match=r"."):
            write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_disk_that_is_full_in_the_middle_of_a_write_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(b"old")
    reopen = os.fdopen

    def fdopen(handle: int, mode: str) -> Any:
        file = reopen(handle, mode, buffering=0)
        return Halfway(file)

    class Halfway:
        def __init__(self, file: Any) -> None:
            self.file = file

        def __enter__(self) -> "Halfway":
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def write(self, data: bytes) -> None:
            self.file.write(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(os, "fdopen", fdopen)
        with pytest.raises(OSError, match="No space left"):
            write_whole(path, b"new data")
    assert path.read_bytes() == b"old"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_transaction_is_one_write(path: Path, writes: list[Path]) -> None:
    kept = storage(path)
    with kept.transaction():
        put(kept, "probes", "a")
        with kept.transaction():
            put(kept, "moments", "b")
        assert not path.exists()
        put(kept, "events", "c")
    assert writes == [path]
    assert dict(storage(path).read() or {}) == {
        name: {"1": {"text": text}} for name, text in (("probes", "a"), ("moments", "b"), ("events", "c"))
    }


def test_a_transaction_without_changes_writes_nothing(path: Path) -> None:
    kept = storage(path)
    with kept.transaction():
        kept.read()
    assert not path.exists()


def test_what_went_wrong_inside_a_transaction_never_happened(path: Path) -> None:
    kept = storage(path)
    put(kept, "probes", "a")
    before = path.read_bytes()

    def half() -> None:
        with kept.transaction():
            put(kept, "probes", "b")
            put(kept, "moments", "c")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert path.read_bytes() == before
    assert dict(kept.read() or {}) == {"probes": {"1": {"text": "a"}}}
    put(kept, "events", "d")
    assert dict(storage(path).read() or {}) == {"probes": {"1": {"text": "a"}}, "events": {"1": {"text": "d"}}}


def test_what_another_process_wrote_is_read_and_ones_own_writes_are_not_read_again(path: Path) -> None:
    mine, theirs = storage(path), storage(path)
    put(mine, "probes", "a")
    assert not mine.follow()
    assert theirs.follow()
    assert not theirs.follow()
    put(theirs, "probes", "b")
    assert mine.follow()
    assert dict(mine.read() or {}) == {"probes": {"1": {"text": "b"}}}


def test_a_file_that_is_removed_is_written_again_whole_by_the_next_save(path: Path) -> None:
    kept = storage(path)
    put(kept, "probes", "a")
    path.unlink()
    assert not kept.follow()
    put(kept, "moments", "b")
    assert set(storage(path).read() or {}) == {"probes", "moments"}


def test_a_file_that_is_not_accepted_is_not_taken_and_never_becomes_so(path: Path) -> None:
    def check(tables: Tables) -> None:
        if "probes" not in tables:
            raise KeyError("probes")

    kept = AtomicStorage(path, check)
    put(kept, "probes", "a")
    for bad in (b"", b"{}", b"not JSON", b'{"moments": {}}'):
        path.write_bytes(bad)
        for _ in range(2):
            with pytest.raises((KeyError, ValueError)):
                kept.follow()
        assert dict(kept.read() or {}) == {"probes": {"1": {"text": "a"}}}
        assert path.read_bytes() == bad
