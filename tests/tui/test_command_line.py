"""The command line: its help, its contracts, and which archive it means."""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from store.archive.archive import Archive
from tests.conftest import ROOT, Shell
from tests.helpers.command_line import room_bytes
from tests.helpers.texts import harmless

COMMANDS = ("list", "show", "note", "matrix", "pact", "trends", "export", "import", "check", "backup", "demo")


def test_help_names_every_command_and_what_it_does(redraw: Shell) -> None:
    for flag in ("--help", "-h"):
        done = redraw(flag)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("Usage: redraw")
        assert all(f"\n  {name} " in done.out for name in COMMANDS)
        assert "REDRAW_ARCHIVE" in done.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(redraw: Shell, name: str) -> None:
    done = redraw(name, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: redraw {name}")


def test_the_version_is_the_one_of_the_distribution(redraw: Shell) -> None:
    done = redraw("--version")
    assert (done.code, done.out, done.err) == (0, f"redraw, version {version('redraw-debrief')}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nope"],
        ["--nope"],
        ["list", "--nope"],
        ["list", "p1"],
        ["show"],
        ["show", "p1", "p2"],
        ["show", "p1", "--format", "xml"],
        ["matrix"],
        ["import"],
        ["import", "no such file.json"],
        ["demo", "--speed", "0"],
        ["demo", "--speed", "fast"],
        ["--archive"],
        ["\x1b[31m"],
    ],
    ids=str,
)
def test_a_wrong_command_line_is_2_and_says_how_it_goes(redraw: Shell, path: Path, arguments: list[str]) -> None:
    done = redraw(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "Error: " in done.err
    assert "Traceback" not in done.err
    assert harmless(done.err)
    assert not path.exists()


@pytest.mark.slow
def test_a_process_ends_as_main_does(redraw: Shell, filled: Archive) -> None:
    for arguments, code in ((["show", "p1", "--json"], 0), (["show", "p9"], 1), (["nope"], 2)):
        done = redraw.process(*arguments)
        assert done.code == code
        assert done == redraw(*arguments)


def test_the_archive_is_the_one_that_is_named_else_the_one_of_the_environment(redraw: Shell, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    assert redraw("import", "-", stdin=room_bytes("here")).code == 0
    assert redraw("--archive", str(other), "import", "-", stdin=room_bytes("there")).code == 0
    assert [row["title"] for row in json.loads(redraw("list", "--json").out)] == ["here"]
    for arguments in (["--archive", str(other), "list"], ["list", "--archive", str(other)]):
        assert [row["title"] for row in json.loads(redraw(*arguments, "--json").out)] == ["there"]
    assert redraw("--archive", str(redraw.path), "show", "p1", "--archive", str(other)).out.startswith(
        "there\n\nIN SHORT\n"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_archive_after_its_name(redraw: Shell, name: str) -> None:
    assert "--archive FILE" in redraw(name, "--help").out


def test_a_speed_that_is_none_is_said_in_plain_words(redraw: Shell) -> None:
    assert "'fast' is not a valid number." in redraw("demo", "--speed", "fast").err


@pytest.mark.skipif(sys.platform != "linux", reason="the data folder is elsewhere on other platforms")
def test_without_a_name_the_archive_is_in_the_data_folder(redraw: Shell, tmp_path: Path) -> None:
    environment = {"XDG_DATA_HOME": str(tmp_path), "REDRAW_ARCHIVE": ""}
    done = redraw.process("import", "-", stdin=room_bytes(), environment=environment)
    assert done.code == 0
    assert (tmp_path / "redraw" / "logbook.json").exists()
    assert not redraw.path.exists()


def test_a_path_in_somebodys_home_is_found_by_every_command(
    redraw: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert redraw("--archive", "~/mine.json", "import", "-", stdin=room_bytes()).code == 0
    for arguments in (["list"], ["show", "p1"], ["matrix", "p1"], ["check"]):
        assert redraw("--archive", "~/mine.json", *arguments).code == 0


def test_listing_needs_neither_the_models_nor_a_screen(redraw: Shell, filled: Archive) -> None:
    code = "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); from tui.cli import main; main()"
    command = [sys.executable, "-c", code, "list"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=redraw.environment(), cwd=ROOT)
    assert "Weekend canvass" in done.stdout
    loaded = set(done.stderr.split())
    assert "store.logbook.listing" in loaded
    assert not loaded & {"textual", "plotext", "pydantic", "store.model"}
