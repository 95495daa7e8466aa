"""What goes to standard output and error: harmless, whole, and one sentence where it can't."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from tests.conftest import Shell
from tests.helpers.command_line import needs_posix, room_bytes
from tests.helpers.damage import spoil
from tests.helpers.sweeps import swept
from tests.helpers.texts import harmless, room, telling

AT = "2026-11-07T19:00:00"


@pytest.mark.parametrize("text", telling(), ids=lambda text: ascii(text[:16]))
def test_no_command_prints_what_a_terminal_acts_on(redraw: Shell, text: str) -> None:
    people = [{"by": f"{n}{text}", "autonomy": n, "benefit": 10 - n} for n in range(4)]
    data = {
        **room(text),
        "participants": [{"alias": mark["by"], "organisation": text} for mark in people],
        "actual": people,
    }
    stdin = json.dumps(data).encode()
    for arguments in (
        ["import", "-"],
        ["import", "-", "--json"],
        ["list"],
        ["list", "--json"],
        ["show", "p1"],
        ["show", "p1", "--json"],
        ["matrix", "p1"],
        ["matrix", "p1", "--json"],
        ["check"],
    ):
        for encoding in ("utf-8", "ascii"):
            done = redraw(*arguments, stdin=stdin, encoding=encoding)
            assert (done.code, done.err) == (0, ""), (arguments, encoding)
            assert harmless(done.out), (arguments, encoding)
            if "--json" in arguments:
                json.loads(done.out)


def test_control_characters_in_a_title_are_visible(redraw: Shell) -> None:
    stdin = json.dumps({"title": "\x1b[31mred\nline\u202e\ud800"}).encode()
    shown = "␛[31mred␊line↔\N{REPLACEMENT CHARACTER}"
    assert shown in redraw("import", "-", stdin=stdin).out
    assert redraw("list").out.count("\n") == 1
    for arguments in (["list"], ["show", "p1"]):
        assert shown in redraw(*arguments).out


def test_a_path_with_control_characters_is_shown_visibly(tmp_path: Path) -> None:
    redraw = Shell(tmp_path / "a\x1b[31mb.json")
    assert harmless(redraw("check").sentence)
    assert redraw("import", "-", stdin=room_bytes()).code == 0
    assert harmless(redraw("check").out)


def test_damaged_records_are_named_visibly(redraw: Shell, filled: Archive, path: Path) -> None:
    spoil(path, lambda tables: tables["moments"]["1"].update({"\x1b[31m\u202e": "\x9b", "session": "\x1b[0m"}))
    done = redraw("check")
    assert done.sentence
    assert harmless(done.out)


@pytest.mark.sweep
@pytest.mark.slow
@pytest.mark.parametrize("variables", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}], ids=str)
def test_an_output_that_holds_only_ascii_gets_escapes(
    redraw: Shell, archive: Archive, variables: dict[str, str]
) -> None:
    taken = take_in(archive, read_room(room("Zoë ● 👩\u200d👩 \ud800"), AT))
    for arguments in (["list"], ["show", "p1"]):
        assert redraw.process(*arguments, environment=variables).code == 0
    done = redraw.process("show", "p1", "--json", environment=variables)
    assert json.loads(done.out)["probe"]["title"] == taken.probe.title
    sentence = redraw.process("show", "Zoë", environment=variables).sentence
    assert "redraw list" in sentence


@needs_posix
@pytest.mark.parametrize("arguments", [["show", "p1"], *swept([["show", "p1", "--json"]], [["list"]])], ids=str)
def test_a_pipe_that_closes_early_is_no_failure(redraw: Shell, archive: Archive, arguments: list[str]) -> None:
    take_in(archive, read_room(room("x" * 99_990), AT))
    command = [sys.executable, "-m", "tui", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=redraw.environment()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_output_that_is_full_is_a_sentence(redraw: Shell, filled: Archive) -> None:
    for arguments in (["list"], ["show", "p1", "--json"]):
        command = [sys.executable, "-m", "tui", *arguments]
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                command, stdout=full, stderr=subprocess.PIPE, check=False, env=redraw.environment(), text=True
            )
        assert (done.returncode, done.stderr) == (1, "redraw: The output: no space left on device.\n")


def test_a_room_comes_in_from_a_file_and_from_a_pipe(redraw: Shell, tmp_path: Path) -> None:
    (tmp_path / "room.json").write_bytes(room_bytes())
    assert redraw("import", str(tmp_path / "room.json")).out.startswith("Took in p1 x: 3 participants, 2 moments")
    assert json.loads(redraw("import", "-", "--json", stdin=room_bytes("y")).out)["probe"] == "p2"
    assert redraw.process("import", "-", stdin=room_bytes("z")).out.startswith("Took in p3 z: ")
