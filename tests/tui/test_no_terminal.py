"""Without a terminal nothing is drawn; and the demo, which needs one."""

import subprocess
import sys
from pathlib import Path

import pytest

from store import demo
from store.archive.archive import Archive
from tests.conftest import Shell
from tests.helpers.command_line import needs_posix

NOW = 1_794_060_000.0


@pytest.mark.parametrize("arguments", [[], ["demo"], ["demo", "--speed", "60"]], ids=str)
def test_without_a_terminal_nothing_is_drawn_and_no_file_is_made(
    redraw: Shell, tmp_path: Path, arguments: list[str]
) -> None:
    assert "needs a terminal" in redraw(*arguments).sentence
    assert list(tmp_path.iterdir()) == []
    assert redraw.process(*arguments).sentence == redraw(*arguments).sentence


@pytest.mark.slow
@needs_posix
def test_without_any_streams_at_all_there_is_no_traceback(redraw: Shell, filled: Archive) -> None:
    for arguments, code in ((["list"], 0), (["show", "p1", "--json"], 0), ([], 1)):
        command = ["sh", "-c", 'exec "$0" "$@" <&- >&-', sys.executable, "-m", "tui", *arguments]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False, env=redraw.environment())
        assert done.returncode == code, (arguments, done.stderr)
        assert "Traceback" not in done.stderr
        assert "went wrong" not in done.stderr


def test_the_demo_refuses_an_archive_of_ones_own(redraw: Shell, filled: Archive, path: Path) -> None:
    before = path.read_bytes()
    assert redraw("demo").sentence == f"{path} is not a demo archive: name a file that doesn't exist yet."
    assert path.read_bytes() == before


def test_the_demo_takes_up_a_demo_archive_again(redraw: Shell, archive: Archive, path: Path) -> None:
    demo.fill(archive, NOW)
    archive.close()
    before = path.read_bytes()
    assert "needs a terminal" in redraw("demo").sentence
    assert path.read_bytes() == before
