"""Failing calls put under the real process by strace: what was said to be saved is there, what was said to have failed is not.

strace counts the calls that touch one file (`-P`), makes one or more of them fail, and writes down which it was.
"""

import json
import re
import shutil
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.demo import fill
from tests.conftest import Shell, beside, find_room

pytestmark = pytest.mark.sweep

SAVES = """
import sys
from store.archive.archive import Archive, ArchiveError
from tests.helpers.small_archives import new_probe

archive = Archive(sys.argv[1])
for number in range(12):
    try:
        new_probe(archive, f"probe {number}", 0.0)
        print("saved", number, flush=True)
    except ArchiveError as error:
        print("failed", number, error, flush=True)
try:
    archive.close()
    print("closed")
except ArchiveError as error:
    print("open still:", error)
"""
"""A process that saves twelve probes one after another, and says of each how that went."""


@cache
def hindrance() -> str:
    """Why strace can't be used here; empty where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    try:
        tried = subprocess.run(
            ["strace", "-e", "inject=fdatasync:error=EIO", "true"], capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"strace does not run: {error}"
    return f"strace may not trace: {tried.stderr.decode(errors='replace').strip()}" if tried.returncode else ""


class Faulty:
    """Runs processes with calls that fail."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.log = path.with_name("strace.log")

    def __call__(
        self, command: list[str], fault: str, *files: Path, environment: dict[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command with a fault in its calls on some files, and see to it that the fault came about."""
        if why := hindrance():
            pytest.skip(why)
        calls = fault.partition(":")[0]
        only = [word for file in files for word in ("-P", str(file))]
        traced = ["strace", "-f", "-o", str(self.log), *only, "-e", f"trace={calls}", "-e", f"inject={fault}"]
        done = subprocess.run(
            [*traced, sys.executable, *command],
            capture_output=True,
            text=True,
            env=environment or Shell(self.path).environment(),
            timeout=120,
            check=False,
        )
        assert "(INJECTED)" in self.log.read_text(), (done.stdout, done.stderr)
        return done

    def saves(self, fault: str, *files: Path) -> tuple[set[int], dict[int, str], str]:
        """Let a process save: which saves it said to be done, which failed with what sentence, and its last line."""
        done = self(["-c", SAVES, str(self.path)], fault, *files)
        assert (done.returncode, done.stderr) == (0, "")
        *lines, last = done.stdout.splitlines()
        said = [line.split(" ", 2) for line in lines]
        return (
            {int(each[1]) for each in said if each[0] == "saved"},
            {int(each[1]): each[2] for each in said if each[0] == "failed"},
            last,
        )


@pytest.fixture
def faulty(path: Path) -> Faulty:
    """What runs them, upon the sample year."""
    archive = Archive(path)
    fill(archive, time.time())
    archive.close()
    return Faulty(path)


def probes(path: Path) -> list[str]:
    """The titles of the probes that were saved here, in their order."""
    archive = Archive(path)
    assert archive.check()[1] == []
    return [row["title"] for row in archive.rows("probes") if row["title"].startswith("probe ")]


def close(path: Path) -> None:
    """Bring all that was saved into the one file, now that nothing fails any more."""
    archive = Archive(path)
    archive.claim()
    archive.close()


def titles(numbers: set[int]) -> list[str]:
    """What they should be."""
    return [f"probe {number}" for number in sorted(numbers)]


@pytest.mark.parametrize("when", ["2", "3", "5", "7+2"])
@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        ("fdatasync", "EIO", "input/output error"),
        ("pwrite64", "EIO", "input/output error"),
        ("pwrite64", "ENOSPC", "no space"),
    ],
)
def test_a_save_that_fails_says_so_and_is_not_there_and_those_around_it_are(
    path: Path, faulty: Faulty, call: str, error: str, said: str, when: str
) -> None:
    journal = (beside(path, "journal"), beside(path, "journal.new"))
    done, failed, last = faulty.saves(f"{call}:error={error}:when={when}", *journal)
    assert done | failed.keys() == set(range(12))
    if error == "EIO":
        assert failed
    for sentence in failed.values():
        assert sentence.startswith("Not saved (")
        assert said in sentence
    assert probes(path) == titles(done)
    if last != "closed":  # the fault came about in the checkpoint too
        assert last.startswith("open still: ")
        close(path)
    assert not beside(path, "journal").exists()
    plain = json.loads(path.read_text())["probes"].values()
    assert [row["title"] for row in plain if row["title"].startswith("probe ")] == titles(done)


def test_with_every_sync_of_the_journal_failing_nothing_is_said_to_be_saved(path: Path, faulty: Faulty) -> None:
    before = path.read_bytes()
    done, failed, _ = faulty.saves("fdatasync:error=EIO:when=1+", beside(path, "journal"), beside(path, "journal.new"))
    assert not done
    assert len(failed) == 12
    assert probes(path) == []
    assert path.read_bytes() == before


@pytest.mark.parametrize("call", ["rename", "write", "fdatasync"])
def test_a_checkpoint_that_fails_leaves_all_saves_in_the_journal(path: Path, faulty: Faulty, call: str) -> None:
    before = path.read_bytes()
    done, failed, last = faulty.saves(f"{call}:error=ENOSPC:when=1+", beside(path, "new"))
    assert done == set(range(12))
    assert not failed
    assert last.startswith("open still: ")
    assert path.read_bytes() == before
    assert probes(path) == titles(done)
    close(path)
    assert probes(path) == titles(done)
    assert not beside(path, "journal").exists()


@pytest.mark.parametrize("when", [1, 2, 3])
def test_a_folder_that_can_not_be_synced_costs_no_save_that_was_acknowledged(
    path: Path, faulty: Faulty, when: int
) -> None:
    done, failed, _ = faulty.saves(f"fsync:error=EIO:when={when}", path.parent)
    assert done | failed.keys() == set(range(12))
    assert probes(path) == titles(done)


@pytest.mark.parametrize(
    "fault",
    [
        "fdatasync:error=EIO:when=1",
        "fdatasync:error=EIO:when=1+",
        "write:error=ENOSPC:when=1+",
        "write:error=EIO:when=1",
        "pwrite64:error=EIO:when=1",
        "rename:error=EACCES:when=1",
        "fsync:error=EIO:when=1",
    ],
)
def test_the_command_line_says_in_one_sentence_that_it_could_not_save(
    path: Path, faulty: Faulty, redraw: Shell, fault: str
) -> None:
    room = find_room("noise-protest")
    before = json.loads(redraw("list", "--json").out)
    files = [path.parent] if fault.startswith("fsync") else [beside(path, "journal"), beside(path, "journal.new")]
    done = faulty(["-m", "tui", "import", str(room)], fault, *files)
    assert done.returncode == 1
    assert re.fullmatch(r"redraw: [^\n]+\.\n", done.stderr), done.stderr
    assert "Not saved" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert redraw("check").code == 0
    assert json.loads(redraw("list", "--json").out) == before
    assert redraw("import", str(room)).code == 0
    assert len(json.loads(redraw("list", "--json").out)) == len(before) + 1
