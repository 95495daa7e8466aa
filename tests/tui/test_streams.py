"""What goes to standard output and error: harmless, whole, and one sentence where it can't."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.archive.disk.calls import Disk
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.notes.take_in import count
from tests.conftest import Shell, beside
from tests.helpers.command_line import needs_posix, room_bytes
from tests.helpers.damage import spoil
from tests.helpers.sweeps import swept
from tests.helpers.texts import harmless, room, telling
from tui.cli import redraw as commands

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


READS = [
    ["list"],
    ["list", "--json"],
    ["show", "p1"],
    ["show", "p1", "--json"],
    ["matrix", "p1"],
    ["pact", "p1"],
    ["trends"],
    ["check"],
    ["export", "--format", "md", "--output", "-"],
    ["--help"],
    ["--version"],
]
"""Commands whose work is what they print."""

WORKS = [
    ["note", "the gate", "--probe", "p1"],
    ["note", "--probe=p1", "--", "the gate"],
    ["import", "-"],
    ["import", "-", "--json"],
    ["import", "-", "--keep", "theirs"],
    ["import", "-", "--keep", "theirs", "--json"],
    ["backup", "copy.json"],
    ["export", "--format", "json", "--output", "out.json"],
    ["check", "--repair"],
]
"""Commands that do something and then say what."""


@contextmanager
def seen() -> Iterator[int]:
    """An output that works."""
    with open(os.devnull, "wb") as found:
        yield found.fileno()


@contextmanager
def full() -> Iterator[int]:
    """An output on a disk without room."""
    with open("/dev/full", "wb") as found:
        yield found.fileno()


@contextmanager
def closed() -> Iterator[int]:
    """A pipe that nobody reads."""
    reads, writes = os.pipe()
    os.close(reads)
    yield writes
    os.close(writes)


@contextmanager
def absent() -> Iterator[None]:
    """No output at all, as after `>&-`."""
    yield None


def outcome(redraw: Shell, arguments: list[str], stdout: int | None, stdin: bytes) -> tuple[int, str]:
    """The exit status of a command with such an output, and what it says on standard error."""
    shut = ["sh", "-c", 'exec "$0" "$@" >&-'] if stdout is None else []
    done = subprocess.run(
        [*shut, sys.executable, "-m", "tui", *arguments],
        input=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        cwd=redraw.path.parent,
        env=redraw.environment(),
        check=False,
    )
    return done.returncode, done.stderr.decode()


def there(path: Path) -> dict[str, object]:
    """What an archive and its folder hold: probes that have come in, notes that wait, copies."""
    archive = Archive(path)
    probes = [(row["title"], row.get("conflicts_with", "")) for row in archive.rows("probes")]
    files = {each.name for each in path.parent.iterdir()} - {f"{path.name}.{what}" for what in ("lock", "backup-1")}
    return {"probes": probes, "notes": count(archive), "files": files}


def test_every_command_that_prints_is_tried_on_outputs_that_fail() -> None:
    tried = {each[0] for each in (*READS, *WORKS)}
    assert tried - {"--help", "--version"} == set(commands.commands) - {"demo", "wall"}


@needs_posix
@pytest.mark.parametrize("arguments", [READS[0], *swept(*[[each] for each in READS[1:]])], ids=str)
def test_an_output_that_fails_is_a_sentence(redraw: Shell, filled: Archive, arguments: list[str]) -> None:
    with full() as output:
        assert outcome(redraw, arguments, output, b"") == (1, "redraw: The output: no space left on device.\n")
    with closed() as output:
        code, said = outcome(redraw, arguments, output, b"")
        assert (code, said) in ((0, ""), (1, "")), "a reader who leaves early is no failure"
    with absent() as output:
        assert outcome(redraw, arguments, output, b"") == (0, "")


@needs_posix
@pytest.mark.parametrize("arguments", [WORKS[0], *swept(*[[each] for each in WORKS[1:]])], ids=str)
def test_what_is_done_is_no_failure_though_it_can_not_be_shown(tmp_path: Path, arguments: list[str]) -> None:
    found = []
    for output, why in ((seen, ""), (full, "no space left on device"), (closed, "broken pipe"), (absent, "")):
        redraw = Shell(tmp_path / output.__name__ / "logbook.json")
        archive = Archive(redraw.path)
        take_in(archive, read_room(room("Weekend canvass"), AT))
        archive.close()
        stdin = room_bytes("y")  # a probe that isn't there, or one that is there and differs
        if "--keep" in arguments:
            stdin = redraw("show", "p1", "--json").out.replace("Weekend canvass", "Another canvass").encode()
        if "--repair" in arguments:
            beside(redraw.path, "new").write_bytes(b"half written")
        before = there(redraw.path)
        with output() as stdout:
            sentence = f"redraw: It is done, so don't repeat it, but it can't be shown here ({why}).\n" if why else ""
            assert outcome(redraw, arguments, stdout, stdin) == (0, sentence)
        found.append(there(redraw.path))
        assert found[-1] != before
    assert found == [found[0]] * len(found)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=errno.errorcode.get)
@pytest.mark.parametrize(
    "arguments", [["import", "-"], ["import", "-", "--json"], ["backup", "{folder}/copy.json"]], ids=str
)
def test_what_is_saved_is_no_failure_though_it_can_not_be_brought_into_one_file(
    redraw: Shell, filled: Archive, path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], number: int
) -> None:
    assert redraw("note", "the gate", "--probe", "p1").code == 0
    stdin, opened = room_bytes("y"), Disk.open

    def open_(disk: Disk, path: Path, flags: int) -> int:
        if path.name == f"{redraw.path.name}.new":
            raise OSError(number, os.strerror(number), str(path))
        return opened(disk, path, flags)

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "open", open_)
        done = redraw(*(each.format(folder=path.parent) for each in arguments), stdin=stdin)
    why = os.strerror(number).lower()
    said = f"What was saved is kept, but not in one file yet ({why}): the next start goes on from there."
    assert (done.code, done.err) == (0, f"redraw: {said}\n")
    assert redraw("check").out.startswith(f"{path}: ")
    assert [row["text"] for row in Archive(path).rows("observations")][-1] == "the gate"
    if arguments[0] == "import":
        assert [row["title"] for row in Archive(path).rows("probes")] == ["Weekend canvass", "y"]
        assert "is here already" in redraw("import", "-", stdin=stdin).out


def test_a_room_comes_in_from_a_file_and_from_a_pipe(redraw: Shell, tmp_path: Path) -> None:
    (tmp_path / "room.json").write_bytes(room_bytes())
    assert redraw("import", str(tmp_path / "room.json")).out.startswith("Took in p1 x: 3 participants, 2 moments")
    assert json.loads(redraw("import", "-", "--json", stdin=room_bytes("y")).out)["probe"] == "p2"
    assert redraw.process("import", "-", stdin=room_bytes("z")).out.startswith("Took in p3 z: ")
