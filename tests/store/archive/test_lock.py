"""The lock: one writer at a time, named, and free again however its process ended."""

import errno
import gc
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from store.archive.disk.calls import Disk
from store.archive.disk.lock import Held, Lock
from tests.conftest import Shell, fails

HOLDS = """
import sys, time
from pathlib import Path
from store.archive.disk.calls import Disk
from store.archive.disk.lock import Lock
lock = Lock(Path(sys.argv[1]), Disk())
lock.take()
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def where(tmp_path: Path) -> Path:
    """Where a lock can be made."""
    return tmp_path / "logbook.json.lock"


def test_one_holds_it_and_another_is_told_who_and_since_when(where: Path) -> None:
    first, second = Lock(where, Disk()), Lock(where, Disk())
    first.take()
    first.take()
    for _ in range(2):
        with pytest.raises(Held, match=rf"^\[.*\] .+ on .+, process {os.getpid()}, since \d\d \w+, \d\d:\d\d$"):
            second.take()
    assert (first.held, second.held) == (True, False)
    second.release()
    with pytest.raises(Held):
        second.take()
    first.release()
    first.release()
    second.take()
    assert (first.held, second.held) == (False, True)
    assert stat.S_IMODE(where.stat().st_mode) & 0o077 == 0 or os.name != "posix"


def test_it_is_given_back_when_nobody_has_it_any_more(where: Path) -> None:
    lock = Lock(where, Disk())
    lock.take()
    del lock
    gc.collect()
    other = Lock(where, Disk())
    other.take()
    assert other.held


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_another_process_is_named_and_when_it_is_killed_its_lock_is_no_obstacle(where: Path) -> None:
    command = [sys.executable, "-c", HOLDS, str(where)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=Shell(where).environment()) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        lock = Lock(where, Disk())
        with pytest.raises(Held, match=f"process {process.pid}, "):
            lock.take()
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert where.read_bytes(), "it says still who had it"
        lock.take()
        assert f'"pid": {os.getpid()},' in where.read_text()


@pytest.mark.parametrize("said", [b"", b"\xff", b"[]", b"{}", b'{"user": 1}', b"x" * 10_000, b'\n{"since": 5}'])
def test_whatever_its_file_says_somebody_is_named(where: Path, said: bytes) -> None:
    first = Lock(where, Disk())
    first.take()
    where.write_bytes(said)
    with pytest.raises(Held, match="another program"):
        Lock(where, Disk()).take()


@pytest.mark.parametrize("call", ["truncate", "write"])
def test_where_nothing_can_be_written_it_is_held_and_given_back_all_the_same(
    where: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    first, second = Lock(where, Disk()), Lock(where, Disk())
    with monkeypatch.context() as broken:
        broken.setattr(Disk, call, fails(errno.ENOSPC))
        first.take()
        with pytest.raises(Held, match="another program"):
            second.take()
        first.release()
    second.take()
    assert second.held


def test_where_a_file_system_knows_no_locks_there_is_none_and_the_work_goes_on(
    where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Disk, "lock", fails(errno.ENOLCK))
    for _ in range(2):
        lock = Lock(where, Disk())
        lock.take()
        assert lock.held


def test_it_is_free_though_a_process_that_is_being_started_has_its_file_open_too(where: Path) -> None:
    first, second = Lock(where, Disk()), Lock(where, Disk())
    first.take()
    assert first._fd is not None
    child = os.dup(first._fd)  # what a fork leaves open until it is another program
    try:
        first.release()
        second.take()
    finally:
        os.close(child)


@pytest.mark.parametrize("call", ["open", "lock"])
def test_what_keeps_it_from_being_taken_is_passed_on_and_it_can_be_tried_again(
    where: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    lock = Lock(where, Disk())
    with monkeypatch.context() as broken:
        broken.setattr(Disk, call, fails(errno.EACCES))
        with pytest.raises(PermissionError):
            lock.take()
        assert not lock.held
    lock.take()
    assert lock.held
