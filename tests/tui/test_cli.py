"""The command line: its contracts, its exit status, one sentence for every failure and a traceback for none."""

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from store import demo
from store.archive.archive import Archive
from store.archive.disk.calls import Disk
from store.archive.disk.source import Source
from store.exchange.incoming.one_debrief import take_in
from store.exchange.incoming.rooms import read_room
from store.logbook import listing
from store.model import Probe
from tests.conftest import ROOT, Shell, beside, fails, files, saves
from tests.helpers.damage import BAD_FILES, DAMAGE, spoil
from tests.helpers.texts import HOSTILE, harmless, room

NOW = 1_794_060_000.0
AT = "2026-11-07T19:00:00"
COMMANDS = ("list", "show", "note", "matrix", "pact", "trends", "export", "import", "check", "backup", "demo")

needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell's streams")


def room_bytes(text: str = "x") -> bytes:
    return json.dumps(room(text)).encode()


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """An archive with one whole debrief."""
    take_in(archive, read_room(room("Weekend canvass"), AT))
    archive.close()
    return archive


# --------------------------------------------------------------------------------------------------- the command line


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


# ----------------------------------------------------------------------------------------------------- list and show


def test_an_empty_logbook_lists_nothing_and_says_what_to_do(redraw: Shell, path: Path) -> None:
    done = redraw("list")
    assert (done.code, done.out) == (0, "")
    assert "redraw demo" in done.err
    done = redraw("list", "--json")
    assert (done.code, json.loads(done.out), done.err) == (0, [], "")
    assert not path.exists()


def test_a_list_has_a_line_for_each_probe_what_is_due_first(redraw: Shell, archive: Archive) -> None:
    now = datetime.now().astimezone()
    demo.fill(archive, now.timestamp())
    found = listing.entries(archive, now)
    lines = redraw("list").out.splitlines()
    assert len(lines) == len(found) == 12
    for line, entry in zip(lines, found, strict=True):
        assert line.split()[0] == entry.probe
        assert entry.state in line
        assert entry.title in line
        assert all(partner in line for partner in entry.partners)
    assert lines[0].split()[2] == "due"
    rows = json.loads(redraw("list", "--json").out)
    assert [(row["probe"], row["session"], row["state"], row["title"]) for row in rows] == [
        (entry.probe, entry.session, str(entry.state), entry.title) for entry in found
    ]
    assert all((row["gap"] is None) == (entry.gap is None) for row, entry in zip(rows, found, strict=True))


def test_a_session_is_shown_whole_by_its_own_id_and_by_its_probes(redraw: Shell, filled: Archive) -> None:
    done = redraw("show", "p1")
    assert (done.code, done.err) == (0, "")
    assert redraw("show", "s1").out == done.out
    for title in ("PROBE", "WHO WAS THERE", "MOMENTS", "PATTERNS", "MATRIX", "AMENDMENTS", "SOVEREIGNTY", "CLOSE"):
        assert f"\n{title}\n" in f"\n{done.out}"
    assert "  2 − Weekend canvass" in done.out
    exact = redraw("show", "s1", "--format", "json").out
    assert exact == redraw("show", "p1", "--json").out
    assert json.loads(exact)["redraw"] == 1


def test_a_probe_that_nobody_has_debriefed_is_shown(redraw: Shell) -> None:
    assert redraw("import", "-", stdin=b'{"title": "Bare"}').out == "Took in p1 Bare: a probe without a debrief.\n"
    assert redraw("show", "p1").out.startswith("Bare\n\nPROBE\n  kept as: p1\n")
    assert json.loads(redraw("show", "p1", "--json").out)["session"] is None
    found = json.loads(redraw("matrix", "p1", "--json").out)
    nothing = {"n": 0, "median": None, "q1": None, "q3": None, "agreement": None}
    assert found["expected"] == found["actual"] == {"autonomy": nothing, "benefit": nothing}
    assert (found["gap"], found["by_organisation"], found["reconstructed"]) == (None, {}, False)
    assert "No gap yet" in redraw("matrix", "p1").out
    assert json.loads(redraw("import", "-", "--json", stdin=b'{"title": "Bare"}').out)["session"] is None


@pytest.mark.parametrize("command", ["show", "matrix"])
@pytest.mark.parametrize("name", ["p9", "s9", "", "P1", "\x1b[31m", "\u202ep1", "\udcff"])
def test_an_unknown_id_is_a_sentence(redraw: Shell, filled: Archive, command: str, name: str) -> None:
    sentence = redraw(command, name).sentence
    assert "redraw list" in sentence
    assert harmless(sentence)


@pytest.mark.parametrize("arguments", [["show", "p1"], ["matrix", "p1"], ["check"]], ids=str)
def test_an_archive_that_is_not_there_is_said_and_not_made(redraw: Shell, path: Path, arguments: list[str]) -> None:
    assert redraw(*arguments).sentence == f"There is no archive at {path}: name one with --archive."
    assert not path.exists()


# ------------------------------------------------------------------------------------------------------ no terminal


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


# ------------------------------------------------------------------------------------------------------ bad archives

EVERY: tuple[list[str], ...] = (
    ["list"],
    ["list", "--json"],
    ["show", "p1"],
    ["show", "s1", "--json"],
    ["matrix", "p1"],
    ["matrix", "p1", "--json"],
    ["import", "-"],
    ["check"],
    ["backup", "no such folder/copy.json"],
    ["demo"],
)


@pytest.mark.parametrize("name", BAD_FILES)
def test_every_command_refuses_a_file_that_is_no_archive_and_leaves_it_alone(
    redraw: Shell, path: Path, name: str
) -> None:
    data, why = BAD_FILES[name]
    path.write_bytes(data)
    path.chmod(0o640)
    before = path.stat()
    for arguments in EVERY:
        done = redraw(*arguments, stdin=room_bytes())
        assert why in done.sentence, arguments
        assert done.out == ""
    assert path.read_bytes() == data
    assert (path.stat().st_ino, path.stat().st_mtime_ns, path.stat().st_mode) == (
        before.st_ino,
        before.st_mtime_ns,
        before.st_mode,
    )
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("arguments", EVERY, ids=str)
def test_every_command_refuses_a_folder(redraw: Shell, path: Path, arguments: list[str]) -> None:
    path.mkdir()
    assert "is a folder: name a file in it" in redraw(*arguments, stdin=room_bytes()).sentence
    assert list(path.iterdir()) == []


@pytest.mark.parametrize("arguments", EVERY, ids=str)
def test_every_command_says_that_an_archive_can_not_be_read(
    redraw: Shell, filled: Archive, path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setattr(Source, "of", fails(errno.EACCES))
    assert redraw(*arguments, stdin=room_bytes()).sentence == (
        f"{path} can't be read (permission denied): check its permissions or name another file with --archive."
    )


def test_a_full_disk_is_said_and_leaves_the_archive_alone(
    redraw: Shell, filled: Archive, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    monkeypatch.setattr(Disk, "write", fails(errno.ENOSPC))
    assert redraw("import", "-", stdin=room_bytes()).sentence == (
        f"Not saved (no space left on device): what {path} held before is still there. Make room and try again."
    )
    assert path.read_bytes() == before
    assert files(path) == {path.name}


def test_what_another_program_has_open_is_read_and_not_written(redraw: Shell, archive: Archive, path: Path) -> None:
    archive.save([Probe(id="p1", created=AT, title="Weekend canvass")])
    assert "Weekend canvass" in redraw("list").out
    assert redraw("check").code == 0
    sentence = redraw("import", "-", stdin=room_bytes()).sentence
    assert sentence.startswith(f"{path} is open in another Redraw (")
    assert f"process {os.getpid()}, since " in sentence
    assert (saves(path), files(path)) == (1, {beside(path, each).name for each in ("journal", "reserve")})
    archive.close()
    assert redraw("import", "-", stdin=room_bytes()).out.startswith("Took in p2 x: ")


def test_a_backup_is_whole_while_a_session_runs_and_replaces_nothing_unasked(
    redraw: Shell, archive: Archive, path: Path, tmp_path: Path
) -> None:
    archive.save([Probe(id="p1", created=AT, title="Weekend canvass")])
    (tmp_path / "folder").mkdir()
    for target in (tmp_path / "copy.json", tmp_path / "folder"):
        assert redraw("backup", str(target)).code == 0
        assert "is there already" in redraw("backup", str(target)).sentence
    archive.save([Probe(id="p2", created=AT, title="Later")])
    assert redraw("backup", "--force", str(tmp_path / "copy.json")).code == 0
    assert "Later" in Shell(tmp_path / "copy.json")("list").out
    assert "Later" not in Shell(tmp_path / "folder" / path.name)("list").out
    assert redraw("backup", str(tmp_path / "no" / "copy.json")).sentence


@pytest.mark.parametrize("closed", [True, False])
def test_a_backup_is_never_written_over_the_archive_itself(
    redraw: Shell, archive: Archive, path: Path, tmp_path: Path, closed: bool
) -> None:
    archive.save([Probe(id="p1", created=AT, title="Weekend canvass")])
    if closed:
        archive.close()
    (tmp_path / "link.json").symlink_to(path)
    for target in (path, tmp_path / "link.json", tmp_path):
        assert redraw("backup", "--force", str(target)).sentence
    assert path.exists() == closed
    assert "Weekend canvass" in redraw("list").out


def test_a_repair_takes_over_what_can_be_read_and_says_what_it_did(redraw: Shell, path: Path) -> None:
    archive = Archive(path)
    for number in range(1, 6):
        archive.save([Probe(id=f"p{number}", created=AT, title=f"Probe {number}")])
    del archive
    journal = beside(path, "journal")
    damaged = journal.read_bytes().replace(b"Probe 2", b"Probe 7")
    journal.write_bytes(damaged)
    assert "redraw check --repair" in redraw("check").sentence
    done = redraw("check", "--repair")
    assert (done.code, done.err) == (0, ""), done
    assert "4 probes" in done.out
    assert beside(path, "torn").read_bytes() == damaged.rstrip(b" ")
    assert not journal.exists()
    assert "Probe 5" in redraw("list").out
    assert redraw("check", "--repair").code == 0


def test_every_command_says_that_the_journal_is_damaged_and_leaves_it_alone(redraw: Shell, path: Path) -> None:
    archive = Archive(path)
    for number in range(1, 5):
        archive.save([Probe(id=f"p{number}", created=AT, title=f"Probe {number}")])
    del archive
    journal = beside(path, "journal")
    damaged = journal.read_bytes().replace(b"Probe 2", b"Probe 7")
    journal.write_bytes(damaged)
    for arguments in EVERY:
        sentence = redraw(*arguments, stdin=room_bytes()).sentence
        assert sentence.startswith(f"{journal.name}, which holds the latest saves of {path}, is damaged (line 3 ")
        assert "redraw check --repair" in sentence
    assert journal.read_bytes() == damaged
    assert files(path) == {journal.name, beside(path, "reserve").name}


def test_a_damaged_table_stops_what_needs_it_and_nothing_else(redraw: Shell, filled: Archive, path: Path) -> None:
    damaged = path.read_bytes().replace(b'"felt": "strengthened"', b'"felt": strengthened')
    path.write_bytes(damaged)
    assert redraw("list").code == 0
    for arguments in (["show", "p1"], ["show", "p1", "--json"], ["matrix", "s1"]):
        done = redraw(*arguments)
        assert "The table “moments” in " in done.sentence
        assert "is damaged" in done.sentence
    done = redraw("check")
    assert "moments, after 0 records: " in done.out
    assert done.sentence == "1 thing is wrong in the archive."
    assert path.read_bytes() == damaged
    assert redraw("import", "-", stdin=room_bytes("Another")).code == 0
    assert "Another" in redraw("show", "p2").out
    kept = {line.rstrip(b",") for line in path.read_bytes().splitlines()}
    assert {line.rstrip(b",") for line in damaged.splitlines() if b"strengthened" in line} <= kept
    assert redraw("check").sentence == "1 thing is wrong in the archive."


@pytest.mark.parametrize("name", DAMAGE)
def test_a_check_is_1_and_names_what_is_wrong(redraw: Shell, filled: Archive, path: Path, name: str) -> None:
    change, wanted = DAMAGE[name]
    spoil(path, change)
    before = path.read_bytes()
    done = redraw("check")
    assert "wrong in the archive." in done.sentence
    assert any(line.startswith(wanted) for line in done.out.splitlines()), done.out
    for arguments in EVERY:
        done = redraw(*arguments, stdin=room_bytes()) if arguments[0] != "import" else redraw("list")
        assert done.code in (0, 1)
        if done.code:
            assert done.sentence
    assert path.read_bytes() == before


def test_a_check_of_a_good_archive_counts_and_is_0(redraw: Shell, filled: Archive, path: Path) -> None:
    done = redraw("check")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{path}: ")
    assert all(words in done.out for words in ("1 probes", "1 sessions", "2 moments", "4 placements"))


# ------------------------------------------------------------------------------------------------------------ streams


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:16]))
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
@pytest.mark.parametrize("arguments", [["show", "p1"], ["show", "p1", "--json"], ["list"]], ids=str)
def test_a_pipe_that_closes_early_is_no_failure(redraw: Shell, archive: Archive, arguments: list[str]) -> None:
    take_in(archive, read_room(room("x" * 100_000), AT))
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
    assert redraw("import", str(tmp_path / "room.json")).out.startswith("Took in p1 x: 2 participants, 2 moments")
    assert json.loads(redraw("import", "-", "--json", stdin=room_bytes("y")).out)["probe"] == "p2"
    assert redraw.process("import", "-", stdin=room_bytes("z")).out.startswith("Took in p3 z: ")


# ------------------------------------------------------------------------------------------------------------ surprises


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[BaseException], None]]:
    """Make the logbook raise something."""

    def with_(error: BaseException) -> None:
        def entries(*_: object) -> Any:
            raise error

        monkeypatch.setattr(listing, "entries", entries)

    yield with_
    monkeypatch.undo()


@pytest.mark.parametrize("error", [RuntimeError("x"), RecursionError(), MemoryError(), UnicodeError("x")], ids=repr)
def test_a_bug_is_one_line_that_says_how_to_see_more(
    redraw: Shell, filled: Archive, broken: Callable[[BaseException], None], error: Exception
) -> None:
    broken(error)
    done = redraw("list")
    assert done.code == 1
    assert done.err == (
        f"redraw: Something in Redraw went wrong ({type(error).__name__}): set REDRAW_DEBUG=1 to see where, and report it.\n"
    )


def test_a_failing_system_call_is_one_line(
    redraw: Shell, filled: Archive, broken: Callable[[BaseException], None]
) -> None:
    broken(OSError(5, "Input/output error", "/some/where"))
    assert redraw("list").sentence == "/some/where: input/output error."


def test_an_interrupt_is_130_and_silent(
    redraw: Shell, filled: Archive, broken: Callable[[BaseException], None]
) -> None:
    broken(KeyboardInterrupt())
    done = redraw("list")
    assert (done.code, done.out, done.err.strip()) == (128 + signal.SIGINT, "", "")


# ---------------------------------------------------------------------------------------------------------- the pact


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if text.strip()] + ["連盟 " * 300], ids=lambda text: ascii(text)[1:20]
)
def test_a_pact_prints_at_most_60_lines_of_80_columns_whatever_it_holds(
    redraw: Shell, archive: Archive, text: str
) -> None:
    from store.words.cells import width

    taken = take_in(archive, read_room(room(text), AT))
    archive.close()
    done = redraw("pact", taken.probe.id)
    lines = done.out.splitlines()
    assert 0 < len(lines) <= 60
    assert all(width(line) <= 80 for line in lines)
    assert harmless(done.out)
    if done.code:
        assert done.code == 1
        assert done.err.count("\n") == 1
        assert "longer than one page: shorten it in its form." in done.err


def test_a_pact_that_runs_over_says_by_how_much(redraw: Shell, archive: Archive) -> None:
    file = {"title": "Long", "pact": {"red_lines": [f"line {at}" for at in range(100)]}}
    take_in(archive, read_room(file, AT))
    archive.close()
    done = redraw("pact", "p1")
    assert done.code == 1
    assert len(done.out.splitlines()) == 60
    over = done.err.removeprefix("redraw: The pact is ").partition(" ")[0]
    assert done.err == f"redraw: The pact is {over} lines longer than one page: shorten it in its form.\n"
    assert int(over) > 50


def test_the_pact_of_an_unknown_probe_is_said_in_one_sentence(redraw: Shell, filled: Archive) -> None:
    done = redraw("pact", "p99")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("redraw: There is no probe and no session 'p99'")


def test_what_is_owed_past_its_sunset_is_listed_as_lapsed_with_its_debrief(redraw: Shell, archive: Archive) -> None:
    today = datetime.now().astimezone().date()
    days = {name: (today - timedelta(days)).isoformat() for name, days in (("starts", 5), ("ends", 4), ("sunset", 3))}
    take_in(archive, read_room({"title": "Choir", "pact": days}, AT))
    archive.close()
    (entry,) = json.loads(redraw("list", "--json").out)
    assert entry["state"] == "lapsed"
    assert "sunset" in entry["when"]
    assert "debrief" in entry["when"]
    assert "late" in redraw("list").out
