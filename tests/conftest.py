"""Fixtures that several tests share: an archive, the command line, the room files."""

import contextlib
import gc
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from store.archive.archive import Archive

# No deadline, since a slow computer is no failure. The same examples in every run, so that CI is reproducible. For new examples
# in every run: pytest --hypothesis-profile=explore
settings.register_profile("redraw", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, derandomize=False)
settings.load_profile("redraw")

# Each test leaves much to collect. Looking for it after every 700 new objects takes an eighth of the whole run.
gc.set_threshold(20_000, 10, 10)

# No test is heard: over SSH there is no player.
os.environ["SSH_CONNECTION"] = "192.0.2.1 50000 192.0.2.2 22"

ROOT = Path(__file__).parent.parent
ROOMS = Path(__file__).parent / "rooms"
CASES = Path(__file__).parent / "cases"


def beside(path: Path, what: str) -> Path:
    """A file beside an archive: `journal`, `lock`, `backup-1`."""
    return path.with_name(f"{path.name}.{what}")


def files(path: Path) -> set[str]:
    """The files in an archive's folder, without the lock and the backups, which always stay."""
    names = {each.name for each in path.parent.iterdir() if not each.name.startswith(beside(path, "backup").name)}
    return names - {beside(path, "lock").name}


def lines(path: Path) -> bytes:
    """The content of an archive's journal, without trailing spaces."""
    return beside(path, "journal").read_bytes().rstrip(b" ")


def saves(path: Path) -> int:
    """How many saves are in an archive's journal."""
    return lines(path).count(b"\n") - 1 if beside(path, "journal").exists() else 0


def fails(number: int) -> Callable[..., Any]:
    """A system call that fails."""

    def call(*_arguments: object, **_named: object) -> Any:
        raise OSError(number, os.strerror(number))

    return call


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line on standard error of a command that failed with 1, without `redraw:`."""
        assert self.code == 1, (self.code, self.out, self.err)
        assert self.err.startswith("redraw: "), self.err
        assert self.err.endswith("\n"), self.err
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        assert "Something in Redraw went wrong" not in self.err
        return self.err.removeprefix("redraw: ").rstrip("\n")


class Input(io.BytesIO):
    """Piped input."""

    name = "<stdin>"


class Shell:
    """Redraw's command line on one archive."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, *arguments: str, stdin: bytes = b"", encoding: str = "utf-8") -> Done:
        """Run a command in this process through `main`. Faster than a process, and just as exact about streams and exit status."""
        from tui.start import main

        out, err = io.BytesIO(), io.BytesIO()
        with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as stack:
            patch.setenv("REDRAW_ARCHIVE", str(self.path))
            patch.delenv("REDRAW_DEBUG", raising=False)
            patch.setattr(sys, "argv", ["redraw", *arguments])
            patch.setattr(sys, "excepthook", sys.excepthook)  # which a command replaces
            patch.setattr(sys, "stdin", io.TextIOWrapper(Input(stdin), "utf-8"))
            for name, stream in (("stdout", out), ("stderr", err)):
                errors = "strict" if name == "stdout" else "backslashreplace"
                wrapped = io.TextIOWrapper(stream, encoding, errors, newline="", write_through=True)
                stack.callback(wrapped.detach)
                patch.setattr(sys, name, wrapped)
            with pytest.raises(SystemExit) as left:
                main()
        return Done(int(left.value.code or 0), out.getvalue().decode(encoding), err.getvalue().decode(encoding))

    def process(self, *arguments: str, stdin: bytes = b"", environment: dict[str, str] | None = None) -> Done:
        """Run a command in its own process."""
        command = [sys.executable, "-m", "tui", *arguments]
        done = subprocess.run(command, input=stdin, capture_output=True, check=False, env=self.environment(environment))
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def environment(self, also: dict[str, str] | None = None) -> dict[str, str]:
        """The environment of a process that uses this archive."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("REDRAW_", "PYTHON", "LC_"))}
        return {**kept, "PYTHONPATH": str(ROOT), "REDRAW_ARCHIVE": str(self.path), **(also or {})}


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Undo what Redraw does to the garbage collector of its process: here it would keep every test's archives open for good."""
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.enable()
    gc.unfreeze()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A path for a new archive."""
    return tmp_path / "logbook.json"


@pytest.fixture
def archive(path: Path) -> Archive:
    """An empty archive. Its file exists, and others can write to it, only after `close`."""
    return Archive(path)


@pytest.fixture
def redraw(path: Path) -> Shell:
    """The command line on the archive at `path`."""
    return Shell(path)


@pytest.fixture(params=["noise-protest", "tenants-canvass"])
def room_file(request: pytest.FixtureRequest) -> Path:
    """Each of the room files."""
    return find_room(str(request.param))


def find_room(name: str) -> Path:
    """One of the room files in `tests/rooms`: whole debriefs, as they would be typed."""
    return ROOMS / f"{name}.json"


@pytest.fixture(autouse=True, scope="session")
def _nobodys_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep tests away from the archive of the person who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.delenv("REDRAW_ARCHIVE", raising=False)
        yield
