"""What a fault and a crash of Redraw tell: to a hall, where in the code it was; whole only in a file that is its owner's alone."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.logbook import listing
from store.model import Moment
from tests.conftest import Done, Shell
from tests.helpers.command_line import needs_posix
from tests.helpers.terminal import Terminal
from tui import trace
from tui.output import crashed

NEVER = "Zwentibold"
"""Stands wherever an error can hold what somebody wrote."""


def plain() -> None:
    name = NEVER  # noqa: F841  # a local variable
    raise RuntimeError(f"{NEVER} 9 8")


def with_a_note() -> None:
    error = RuntimeError("x")
    error.add_note(f"{NEVER} placed 9 8")
    raise error


def caused() -> None:
    try:
        plain()
    except RuntimeError as error:
        raise KeyError(NEVER) from error


def in_a_group() -> None:
    raise ExceptionGroup(NEVER, [ValueError(NEVER), ExceptionGroup(NEVER, [TypeError(NEVER)])])


def of_pydantic() -> None:
    Moment.model_validate({"session": "s1", "number": NEVER, "by": NEVER, "text": [NEVER]})


def in_a_file_of_somebody() -> None:
    for inside in ("", "site-packages/redraw/"):
        try:
            exec(compile("raise RuntimeError", f"/home/{NEVER}/{inside}x.py", "exec"))
        except RuntimeError:
            if inside:
                raise


WAYS: tuple[Callable[[], None], ...] = (
    plain,
    with_a_note,
    caused,
    in_a_group,
    of_pydantic,
    in_a_file_of_somebody,
)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def fallen(redraw: Shell, monkeypatch: pytest.MonkeyPatch, way: Callable[[], None], *command: str) -> Done:
    """How a command ends in a fault with REDRAW_DEBUG set."""
    monkeypatch.setattr(listing, "entries", lambda *_: way())
    monkeypatch.setattr(trace, "wanted", lambda: True)
    return redraw(*command)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_with_redraw_debug_files_and_lines_and_types_are_told_and_no_value(
    redraw: Shell,
    filled: Archive,
    monkeypatch: pytest.MonkeyPatch,
    temporary: Path,
    way: Callable[[], None],
) -> None:
    done = fallen(redraw, monkeypatch, way, "list")
    assert done.code == 1
    assert NEVER not in done.out + done.err
    assert f"in {way.__name__}" in done.err
    assert "test_keeps_to_itself.py:" in done.err
    (file,) = temporary.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert NEVER in file.read_text()
    assert f"The whole report is in {file}, readable by you alone." in done.err
    assert "look through it before you send it to anybody" in done.err
    assert "names, ballots and what people wrote" in file.read_text().splitlines()[0]


def test_without_redraw_debug_nothing_is_left_and_what_it_says_to_do_is_safe(
    redraw: Shell, filled: Archive, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    monkeypatch.setattr(listing, "entries", lambda *_: plain())
    said = redraw("list").err
    assert said.count("\n") == 1
    assert "set REDRAW_DEBUG=1 to see where" in said
    assert list(temporary.iterdir()) == []


@needs_posix
def test_a_report_follows_no_link_that_was_planted_under_its_name(
    redraw: Shell, filled: Archive, monkeypatch: pytest.MonkeyPatch, temporary: Path, tmp_path: Path
) -> None:
    (temporary / "redraw-fault-1.txt").symlink_to(tmp_path / "nowhere")
    fallen(redraw, monkeypatch, plain, "list")
    assert not (tmp_path / "nowhere").exists()
    assert (temporary / "redraw-fault-2.txt").exists()
    (temporary / "redraw-fault-3.txt").symlink_to(tmp_path / "nowhere")
    with pytest.raises(OSError, match="fault-3"):
        trace.put(temporary / "redraw-fault-3.txt", "x")


def test_a_fault_that_nothing_caught_is_told_likewise(
    capsys: pytest.CaptureFixture[str], temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDRAW_DEBUG", "1")
    try:
        caused()
    except KeyError as error:
        crashed(error)
    said = capsys.readouterr().err
    assert NEVER not in said
    assert "KeyError" in said


FALLS = """
import sys
from screens.logbook import LogbookScreen

class Told(Exception):
    def __rich__(self):
        return "Zwentibold 9 8"

kind = sys.argv.pop(1)

def falls(screen):
    held = list(screen.app.live.archive.rows("participants"))
    raise (Told if kind == "with a picture" else RuntimeError)(f"Zwentibold {held}")

LogbookScreen.on_mount = falls
from tui.start import main
main()
"""
"""Redraw whose first screen raises an error that holds what people wrote; the first argument says which kind."""


@needs_posix
@pytest.mark.parametrize("kind", ["plain", "with a picture"])
def test_the_app_falls_with_redraw_debug_and_shows_nothing_that_people_wrote(
    filled: Archive, tmp_path: Path, kind: str
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {"TMPDIR": str(temporary), "REDRAW_DEBUG": "1"}
    command = [sys.executable, "-c", FALLS, kind, "--archive", str(filled.path)]
    with Terminal(command, environment=environment) as terminal:
        assert terminal.finish() == 1
        written = terminal.written.decode("utf-8", "replace")
    assert "in falls" in written
    assert NEVER not in written
    assert "'alias'" not in written, "a local variable"
    whole = [each for each in temporary.iterdir() if NEVER in each.read_text()]
    assert len(whole) == 1
    assert all(each.stat().st_mode & 0o777 == 0o600 for each in temporary.iterdir())


# ------------------------------------------------------------------------------------------------------- core dumps


def with_cores() -> None:
    """Let a process that begins here leave a core dump, as most desktops do, and end by SIGQUIT.

    Whoever runs the tests in the background of a shell has that signal ignored, and a child inherits it.
    """
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)


def core_limit(process: int) -> str:
    """The largest core dump that a process may leave, as Linux says it."""
    lines = Path(f"/proc/{process}/limits").read_text().splitlines()
    return next(line.removeprefix("Max core file size").split()[0] for line in lines if line.startswith("Max core"))


linux = pytest.mark.skipif(
    not Path("/proc/self/limits").exists() or not resource.getrlimit(resource.RLIMIT_CORE)[1],
    reason="needs what Linux says of processes, and that they may leave core dumps",
)


def until_without(process: int) -> str:
    """The limit once it is 0, or after ten seconds as it is."""
    end = time.monotonic() + 10
    while (found := core_limit(process)) != "0" and time.monotonic() < end:
        time.sleep(0.02)
    return found


@linux
@pytest.mark.parametrize("command", [("note", "-"), ("import", "-"), ("note", "-", "--kind", "f", "--by=Ana")])
def test_a_command_that_waits_and_is_aborted_leaves_no_core(
    redraw: Shell, filled: Archive, tmp_path: Path, command: tuple[str, ...]
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    environment = redraw.environment()
    started = subprocess.Popen(
        [sys.executable, "-m", "tui", *command],
        stdin=subprocess.PIPE,
        env=environment,
        cwd=folder,
        preexec_fn=with_cores,
    )
    try:
        assert until_without(started.pid) == "0"
        started.send_signal(signal.SIGQUIT)
        _, status = os.waitpid(started.pid, 0)
        assert os.WIFSIGNALED(status)
        assert not os.WCOREDUMP(status)
        assert list(folder.iterdir()) == []
    finally:
        started.returncode = -signal.SIGQUIT
        assert started.stdin is not None
        started.stdin.close()


ABORTS = """
import os, sys
from store.archive.archive import Archive

def aborts(*_, **__):
    print(next(line for line in open("/proc/self/limits") if line.startswith("Max core")), flush=True)
    os.abort()

Archive.__init__ = aborts
from tui.start import main
main()
"""

COMMANDS = (
    ("list",),
    ("show", "p1"),
    ("matrix", "p1"),
    ("pact", "p1"),
    ("trends",),
    ("check",),
    ("backup", "x"),
    ("export", "--format", "md", "-o", "-"),
)


@linux
@pytest.mark.parametrize("command", [COMMANDS[0], *(pytest.param(c, marks=pytest.mark.sweep) for c in COMMANDS[1:])])
def test_any_command_that_is_aborted_leaves_no_core(
    redraw: Shell, filled: Archive, tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ABORTS, *command],
        env=redraw.environment(),
        cwd=tmp_path,
        preexec_fn=with_cores,
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGABRT
    assert done.stdout.decode().split()[4] == "0"
    assert not list(tmp_path.glob("core*"))


@linux
def test_the_app_leaves_no_core(filled: Archive) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    with_cores()
    try:
        terminal = Terminal([sys.executable, "-m", "tui", "--archive", str(filled.path)])
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
    with terminal:
        terminal.wait("Ctrl+N New")
        assert core_limit(terminal.process.pid) == "0"
