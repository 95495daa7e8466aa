"""Redraw in a real terminal: what a terminal, a shell and a computer that sleeps do to it, and how it leaves them."""

import base64
import json
import random
import re
import signal
import sys
import termios
import time
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from store.timekeeper import AWAY_AFTER
from tests.conftest import CASES, Shell, beside
from tests.helpers.terminal import DUE, Terminal, begin, launch

pytestmark = pytest.mark.sweep  # real terminals, real seconds; .ci/run has them

BREAK = """
import sys
from screens.logbook import LogbookScreen
from screens.phases.silent_mapping import SilentMappingScreen

def broken(*_):
    raise RuntimeError("array[/0] [b]")

where, place = sys.argv.pop(1).split(".")
setattr({"logbook": LogbookScreen, "mapping": SilentMappingScreen}[where], place, broken)
from tui.cli import main
main()
"""
"""Redraw with a bug in a method of its first screen, which the first argument names."""


def session(path: Path) -> dict[str, Any]:
    """The one session in the archive that has begun and isn't sealed."""
    archive = Archive(path)
    (found,) = (row for row in archive.rows("sessions") if row["began"] and not row["sealed"])
    return dict(found)


def texts(path: Path, table: str = "moments") -> list[str]:
    """The texts of that session's records."""
    id = session(path)["id"]
    return [row["text"] for row in Archive(path).rows(table) if row["session"] == id]


def assert_left_sane(terminal: Terminal) -> None:
    """The terminal is as a shell needs it: its own screen, a cursor, lines that are echoed, no mouse, no marked pastes."""
    written = terminal.written
    for mode in (b"1049", b"2004", b"1000", b"1003", b"1004", b"1006", b"1015"):
        assert written.rfind(b"\x1b[?%bl" % mode) > written.rfind(b"\x1b[?%bh" % mode) >= 0, mode
    assert written.rfind(b"\x1b[<u") > max(written.rfind(b"\x1b[>"), written.rfind(b"\x1b[=4;2u")) >= 0
    assert written.rfind(b"\x1b[?25h") > written.rfind(b"\x1b[?25l") >= 0
    assert terminal.modes[3] & (termios.ECHO | termios.ICANON | termios.ISIG) == (
        termios.ECHO | termios.ICANON | termios.ISIG
    )


def farewell(terminal: Terminal) -> str:
    """What stands on the terminal's own screen after the program has left."""
    _, _, after = terminal.written.decode().rpartition("\x1b[?1049l")
    return re.sub(r"\x1b\[[0-9;<=>?]*[a-zA-Z]", "", after).strip()


# --------------------------------------------------------------------------------------------------------- how it ends


def test_a_demo_leaves_neither_a_file_nor_a_trace_in_the_terminal(tmp_path: Path) -> None:
    folders = {
        name: tmp_path / name for name in ("TMPDIR", "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    }
    for folder in folders.values():
        folder.mkdir()
    with launch("demo", **{name: str(folder) for name, folder in folders.items()}) as terminal:
        begin(terminal)
        (made,) = folders["TMPDIR"].iterdir()
        assert made.stat().st_mode & 0o077 == 0
        terminal.type("Zora, 2", "enter")
        terminal.wait("Zora")
        terminal.keys("ctrl+q")
        terminal.wait("Ctrl+Q again")
        terminal.keys("ctrl+q")
        terminal.wait("LIVE")
        terminal.keys("ctrl+q")
        assert terminal.finish() == 0
        assert_left_sane(terminal)
        assert farewell(terminal) == ""
    assert [file for folder in folders.values() for file in folder.rglob("*")] == []


@pytest.mark.parametrize("place", ["logbook.compose", "logbook.on_mount", "logbook.on_screen_resume"])
def test_a_bug_at_the_start_ends_it_with_one_sentence_in_a_sane_terminal(path: Path, place: str) -> None:
    temporary = path.parent / "temporary"
    temporary.mkdir()
    broken = Terminal(
        [sys.executable, "-c", BREAK, place, "--archive", str(path), "demo"], environment={"TMPDIR": str(temporary)}
    )
    with broken as terminal:
        assert terminal.finish() == 1
        assert_left_sane(terminal)
        said = farewell(terminal)
    assert said.startswith("redraw: something in Redraw went wrong (RuntimeError).")
    assert str(path) in said
    assert "\n" not in said
    assert "Traceback" not in said
    (report,) = temporary.glob("redraw-fault-*")
    assert str(report) in said
    assert "RuntimeError" in report.read_text()
    assert "array" not in report.read_text(), "an error's own words may hold what somebody wrote"
    assert Archive(path).check()[1] == []


@pytest.mark.parametrize("place", ["logbook.tick", "logbook.action_new", "mapping.body"])
def test_a_bug_in_what_a_key_does_is_told_and_it_goes_on(path: Path, place: str) -> None:
    environment = {"HOME": str(path.parent)}
    with Terminal(
        [sys.executable, "-c", BREAK, place, "--archive", str(path), "demo"], environment=environment
    ) as terminal:
        terminal.wait("Ctrl+N New")
        if place == "logbook.action_new":
            terminal.keys("ctrl+n")
        if place == "mapping.body":
            begin(terminal)
            terminal.keys("f8", "f8")
            terminal.wait("LIVE")
        terminal.wait("Something went wrong (RuntimeError)")
        terminal.wait("F12")
        terminal.send(b"\x1b[24~")
        terminal.wait("Save it as")
        terminal.type("2")
        terminal.wait("The report is in")
        if place != "mapping.body":
            begin(terminal)
            terminal.type("Zora, 2", "enter")
            terminal.wait("Zora")
            terminal.keys("ctrl+q", "ctrl+q")
            terminal.wait("LIVE")
        terminal.keys("ctrl+q")
        assert terminal.finish() == 0
        assert_left_sane(terminal)
    assert Archive(path).check()[1] == []
    report = (path.parent / "redraw-fault-1.txt").read_text()
    assert "in broken" in report
    for piece in ("textual 8", "Python 3", "120 × 40", "TERM=xterm-256color"):
        assert piece in report
    for piece in ("array", str(path.parent), "Bay 4"):
        assert piece not in report


def test_an_archive_that_is_none_is_said_in_the_app_and_afterwards(path: Path) -> None:
    path.write_text("dear diary")
    with launch("--archive", str(path)) as terminal:
        terminal.wait("Enter leaves; nothing was changed.")
        terminal.keys("enter")
        assert terminal.finish() == 1
        assert_left_sane(terminal)
        assert farewell(terminal).startswith("redraw: ")
        assert "is not a Redraw archive" in farewell(terminal)
    assert path.read_text() == "dear diary"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL, None], ids=str)
def test_whatever_ends_it_the_session_is_there_again(path: Path, redraw: Shell, number: int | None) -> None:
    with launch("--archive", str(path), "demo") as terminal:
        begin(terminal, phases=1)
        terminal.type("- it ended in the middle", "enter")
        terminal.wait("1 moment in the room")
        terminal.keys("f5")  # so that nobody is asked later whether the time away counts
        terminal.wait("PAUSED")
        if number is None:
            terminal.hang_up()
        else:
            terminal.signal(number)
        assert terminal.process.wait(30) != 0
    assert redraw("check").code == 0
    assert texts(path) == ["it ended in the middle"]
    with launch("--archive", str(path), "demo") as terminal:
        terminal.wait("goes on with the session, at silent mapping")
        terminal.keys("enter")
        terminal.wait("▸SILENT MAPPING◂")
        terminal.wait("1 moment in the room")


ENDING = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT]


@pytest.mark.parametrize("number", ENDING, ids=str)
def test_a_signal_gives_the_terminal_back_keeps_what_is_half_typed_and_folds_in_what_is_saved(
    path: Path, number: int
) -> None:
    with launch("--archive", str(path), "demo") as terminal:
        begin(terminal, phases=1)
        terminal.type("- it ended in the middle", "enter")
        terminal.wait("1 moment in the room")
        terminal.keys("f5")  # so that nobody is asked later whether the time away counts
        terminal.wait("PAUSED")
        terminal.type("and this is half")
        terminal.wait("▒" * len("and this is half"))
        terminal.signal(number)
        assert terminal.finish() == 128 + number
        assert_left_sane(terminal)
        assert farewell(terminal) == ""
    assert not beside(path, "journal").exists()
    assert "it ended in the middle" in path.read_text(), "it is in the one file"
    assert texts(path) == ["it ended in the middle"]
    with launch("--archive", str(path), "demo") as terminal:
        terminal.wait("goes on with the session, at silent mapping")
        terminal.keys("enter")
        terminal.wait("▸SILENT MAPPING◂")
        terminal.type(" typed", "enter")
        terminal.wait("2 moments in the room")
    assert texts(path) == ["it ended in the middle", "and this is half typed"]


def test_the_end_of_the_terminal_ends_it_within_seconds_though_hang_ups_are_ignored(path: Path) -> None:
    deaf = [
        "/bin/sh",
        "-c",
        'trap \'\' HUP; exec "$0" "$@"',
        sys.executable,
        "-m",
        "tui",
        "--archive",
        str(path),
        "demo",
    ]
    with Terminal(deaf) as terminal:
        begin(terminal, phases=1)
        terminal.type("- it ended in the middle", "enter")
        terminal.wait("1 moment in the room")
        terminal.type("and this is half")
        terminal.wait("▒" * len("and this is half"))
        terminal.hang_up()
        assert terminal.process.wait(10) == 128 + signal.SIGHUP
    archive = Archive(path)
    archive.claim()
    assert "and this is half" in str(archive.drafts())
    archive.close()
    assert texts(path) == ["it ended in the middle"]


# --------------------------------------------------------------------------------------------------------- being away


def test_after_being_stopped_it_asks_whether_the_time_counts(path: Path) -> None:
    with launch("--archive", str(path), "demo", "--speed", "10") as terminal:
        begin(terminal)
        before = session(path)["clocks"]["opening"]
        # it is away since it last looked at the clock: that is to be after the clock was started
        terminal.wait(lambda: (Archive(path).last_beat() or 0.0) > before["started"])
        terminal.signal(signal.SIGSTOP)
        back = time.monotonic() + AWAY_AFTER + 1
        terminal.wait(lambda: time.monotonic() > back)
        terminal.signal(signal.SIGCONT)
        terminal.wait("Does that time count")
        terminal.answer("2")
        terminal.gone("Does that time count")
        terminal.wait(lambda: "away, not counted" in [row["what"] for row in Archive(path).rows("events")])
    (away,) = (row["seconds"] for row in Archive(path).rows("events") if row["what"] == "away, not counted")
    assert away > AWAY_AFTER
    after = session(path)["clocks"]["opening"]
    assert after == {**before, "started": pytest.approx(before["started"] + away, abs=0.001)}


def test_a_shell_gets_its_terminal_for_a_moment(path: Path) -> None:
    with Terminal(["/bin/sh", "-i"], environment={"PS1": "shell> ", "ENV": ""}) as terminal:
        terminal.wait("shell>")
        terminal.type(f"'{sys.executable}' -m tui --archive '{path}' demo", "enter")
        begin(terminal, phases=1)
        terminal.keys("ctrl+z")
        terminal.wait("Stopped")
        assert_left_sane(terminal)
        said = terminal.written.rindex(b"Redraw is paused; type fg and Enter to come back.")
        own = terminal.written[:said].rindex(b"\x1b[?1049l")
        assert b"\x1b[?1049h" not in terminal.written[own:said], "it stands on the shell's own screen"
        terminal.type("fg", "enter")
        terminal.wait("▸SILENT MAPPING◂")
        terminal.type("+ back again", "enter")
        terminal.wait("1 moment in the room")
    assert texts(path) == ["back again"]


# ----------------------------------------------------------------------------------------------- what is typed and pasted


def test_keys_that_come_faster_than_they_are_read_act_in_their_turn(path: Path) -> None:
    with launch("--archive", str(path), "demo") as terminal:
        begin(terminal, phases=1)
        terminal.send(b"first\r\tsecond\r\tthird\r\tfourth\rfifth\r\x1b[A and more\rsixth\r")
        terminal.wait("6 moments in the room")
        for title in ("SMALL GROUPS", "BREAK", "REPOSITION", "AMENDMENTS"):
            terminal.keys("f8", "f8")
            terminal.wait(f"▸{title}◂")
        form = "we will do {0} together\t\t\t\tnobody objected to {0}, really nobody\x1bOS"
        terminal.type("".join(form.format(what) for what in ("this", "that", "more")))
        terminal.wait("3 amendments")
    id = session(path)["id"]
    moments = [row for row in Archive(path).rows("moments") if row["session"] == id]
    assert [(row["felt"][0], row["text"]) for row in moments] == [
        ("s", "first"),
        ("c", "second"),
        ("s", "third"),
        ("c", "fourth"),
        ("c", "fifth and more"),
        ("c", "sixth"),
    ]
    amendments = [row for row in Archive(path).rows("amendments") if row["session"] == id]
    assert [(row["principle"], row["reservations"]) for row in amendments] == [
        (f"we will do {what} together", [f"nobody objected to {what}, really nobody"])
        for what in ("this", "that", "more")
    ]


def test_a_paste_is_kept_as_it_is_whatever_is_in_it(path: Path, redraw: Shell) -> None:
    pasted = (
        b"caf\xe9 \xe2\x82 \xff",
        b"\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1bOS \x1b[19~",
        b"nul \x00, bell \x07, tab \t, delete \x7f, csi \xc2\x9b31m",
        "שלום \u202eevil\u202c 👩\u200d👩\u200d👧 e\u0301\u2028\u2029 \ufeff".encode(),
        b"array[/0] [click=app.exit]go[/] [todo]",
        b"x" * 10_000,
    )
    with launch("--archive", str(path), "demo") as terminal:
        begin(terminal, phases=1)
        terminal.paste(b"\r".join(b"- " + line for line in pasted))
        terminal.wait(f"{len(pasted)} moments in the room")
        terminal.keys("f2", "f3")  # out of the wall view and behind the curtain: all of it is drawn
        terminal.wait("café"[:3])
        terminal.paste(b"one line \x1b[19~\x1b[19~ stays in the field \xe9")
        terminal.keys("enter")
        terminal.wait(lambda: len(texts(path)) == len(pasted) + 1)
        terminal.keys("ctrl+o")
        terminal.wait("The probe and its pact")
        terminal.keys(*["tab"] * 18)
        terminal.paste(b"no \x1b[31mred\x1b[0m \x00 \xe9\nno second\ttab\n")
        terminal.keys("f4")
        terminal.gone("The probe and its pact")
        assert not terminal.ended
    shown = json.loads(redraw("show", session(path)["id"], "--format", "json").out)
    lines = [*pasted, b"one line \x1b[19~\x1b[19~ stays in the field \xe9"]
    assert [each["text"] for each in shown["moments"]] == [line.decode("utf-8", "surrogateescape") for line in lines]
    *_, first, second = shown["probe"]["pact"]["red_lines"]
    assert first.endswith("no \x1b[31mred\x1b[0m \x00 \udce9")
    assert second == "no second\ttab"
    assert redraw("check").code == 0


def test_key_reports_of_the_kitty_protocol_end_nothing_and_ctrl_works_in_any_layout(path: Path) -> None:
    with launch("--archive", str(path), "demo") as terminal:
        begin(terminal, phases=1)
        for n, file in enumerate(sorted(CASES.glob("1[23]-*.bytes"))):
            terminal.type(f"- number {n}", "enter")
            terminal.wait("1 moment in the room")
            terminal.send(file.read_bytes())
            terminal.wait("0 moments in the room")
        dice = random.Random(11)
        reports = (
            "".join(dice.choices("0123456789:;", k=dice.randrange(24))) + dice.choice("u~ABCDEFHPQRS")
            for _ in range(1_000)
        )
        terminal.send("".join(f"\x1b[{each}" for each in reports).encode())
        terminal.resize(100, 30)
        terminal.wait(lambda: terminal.screen.display[29].startswith("F1 Help"))
        assert not terminal.ended


def test_what_is_selected_with_the_mouse_goes_to_the_clipboard_of_the_terminal(path: Path) -> None:
    with launch("--archive", str(path), "demo") as terminal:
        begin(terminal)
        row = next(y for y, text in enumerate(terminal.screen.display, 1) if DUE in text)
        first = terminal.screen.display[row - 1].index(DUE) + 1
        last = first + len(DUE) - 1
        terminal.send(
            f"\x1b[<0;{first};{row}M\x1b[<32;{first + 3};{row}M\x1b[<32;{last};{row}M\x1b[<0;{last};{row}m".encode()
        )
        terminal.keys("ctrl+c")
        copied = f"\x1b]52;c;{base64.b64encode(DUE.encode()).decode()}\a".encode()
        terminal.wait(lambda: copied in terminal.written)
        terminal.keys("f8")
        terminal.wait("F8 again")


# ------------------------------------------------------------------------------------------------ sizes and colours


@pytest.mark.parametrize(("columns", "rows"), [(200, 60), (80, 24), (10, 3)])
def test_the_size_is_the_terminals_own_whatever_the_shell_exports(path: Path, columns: int, rows: int) -> None:
    with launch("--archive", str(path), "demo", COLUMNS=str(columns), LINES=str(rows)) as terminal:
        terminal.wait(DUE)
        terminal.wait(lambda: terminal.screen.display[38].startswith("F1 Help"))  # in two rows
        terminal.resize(100, 30)
        terminal.wait(lambda: terminal.screen.display[28].startswith("F1 Help"))
        assert DUE in terminal.text


def test_a_storm_of_sizes_does_no_harm(path: Path) -> None:
    with launch("--archive", str(path), "demo") as terminal:
        begin(terminal, phases=1)
        terminal.type("+ still here", "enter")
        terminal.wait("1 moment in the room")
        for _ in range(4):
            for turn in range(60):
                terminal.resize(1 + turn * 37 % 210, 1 + turn * 23 % 70)
                terminal.read(0.01)
            terminal.resize(50, 12)
            terminal.wait("50 × 12")
            terminal.resize(100, 30)
            terminal.gone("Make it larger")
            terminal.wait("▸MAPPING◂")
        terminal.wait("1 moment in the room")
        terminal.type("+ and here", "enter")
        terminal.wait("2 moments in the room")
        assert not terminal.ended
    assert texts(path) == ["still here", "and here"]


@pytest.mark.parametrize(
    "environment",
    [
        {"NO_COLOR": "1"},
        {"TERM": "xterm", "COLORTERM": ""},
        {"TERM": "xterm", "COLORTERM": "", "NO_COLOR": "1", "LANG": "C"},
    ],
    ids=lambda each: " ".join(map("=".join, each.items())),
)
def test_few_colours_or_none_are_enough(path: Path, environment: dict[str, str]) -> None:
    with launch("--archive", str(path), "demo", **environment) as terminal:
        begin(terminal)
        terminal.keys("f1")
        terminal.wait("What the room does now")
        terminal.keys("escape")
        terminal.gone("What the room does now")
        terminal.keys("ctrl+l", "f2")
        terminal.wait("Who is here, and for whom?")
        terminal.keys("ctrl+q")
        terminal.wait("Ctrl+Q again")
        terminal.keys("ctrl+q")
        terminal.wait("LIVE")
        terminal.keys("ctrl+q")
        assert terminal.finish() == 0
        if "COLORTERM" in environment:
            assert b"38;2;" not in terminal.written
            assert b"48;2;" not in terminal.written
        assert farewell(terminal) == ""
