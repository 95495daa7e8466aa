"""`redraw note`: from any shell, at any moment, whole or not at all; and what the other commands say of it."""

import json
import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.model import OBSERVED, Pact, Probe, Session, stamp
from store.notes.spool import Note, Spool
from tests.conftest import Shell, beside, files
from tests.helpers.builders import HOSTILE_LINES
from tests.helpers.texts import harmless
from tui.cli import redraw as redraw_by_click
from tui.commands import plain_note

TODAY = datetime.now().astimezone().date()


def pact(begins: int, ends: int) -> Pact:
    return Pact(starts=TODAY + timedelta(days=begins), ends=TODAY + timedelta(days=ends))


RUNNING, DUE, PLANNED = pact(-1, 1), pact(-3, -1), pact(5, 6)


def filled(path: Path, *pacts: Pact, live: int = 0) -> None:
    """An archive with a probe for each pact; the one with the number `live` has a session that is under way."""
    archive = Archive(path)
    now = stamp(time.time() - 86400)
    probes = [Probe(id=f"p{n}", created=now, title=f"Probe {n}", pact=each) for n, each in enumerate(pacts, 1)]
    sessions = [Session(id="s1", probe=f"p{live}", created=now, began=time.time())] if live else []
    archive.save([*probes, *sessions])
    archive.close()


def waiting(path: Path) -> list[Note]:
    found = [note for _, note in Spool(path).waiting()]
    assert all(isinstance(note, Note) for note in found)
    return [note for note in found if isinstance(note, Note)]


def shown(redraw: Shell, probe: str = "p1") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(redraw("show", probe, "--format", "json").out)["observations"]
    return found


# ------------------------------------------------------------------------------------------------- what is noted


def test_a_note_says_what_was_noted_and_waits_for_whoever_writes(path: Path, redraw: Shell) -> None:
    filled(path, RUNNING)
    before = time.time()
    done = redraw("note", "Gwen hands out lanyards", "--kind", "narrative shift", "--by", "Tilda")
    assert done.code == 0
    assert done.err == ""
    assert done.out.endswith(" noted for p1 Probe 1: narrative shift, Tilda: Gwen hands out lanyards\n")
    assert done.out.count("\n") == 1
    (note,) = waiting(path)
    assert (note.probe, note.kind, note.by, note.text) == ("p1", "narrative shift", "Tilda", "Gwen hands out lanyards")
    assert stamp(before)[:16] <= note.at[:16] <= stamp(time.time())[:16]
    assert files(path) == {"logbook.json", "logbook.json.notes"}, "neither a journal nor anything else was made"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        *((kind, kind) for kind in OBSERVED),
        *((kind[0].upper(), kind) for kind in OBSERVED),
        ("Narrative", OBSERVED[1]),
        ("", ""),
    ],
)
def test_a_kind_by_its_name_or_its_beginning(path: Path, redraw: Shell, typed: str, kind: str) -> None:
    filled(path, RUNNING)
    assert redraw("note", "x", "--kind", typed).code == 0
    assert waiting(path)[0].kind == kind


@pytest.mark.parametrize(
    ("pacts", "live", "probe"),
    [
        ((DUE, RUNNING, PLANNED), 0, "p2"),
        ((PLANNED, DUE), 0, "p2"),
        ((DUE, DUE), 1, "p1"),
        ((RUNNING, PLANNED), 1, "p1"),
    ],
    ids=["running", "due", "live", "live while it runs"],
)
def test_without_a_probe_it_is_the_one_that_runs_or_is_due(
    path: Path, redraw: Shell, pacts: tuple[Pact, ...], live: int, probe: str
) -> None:
    filled(path, *pacts, live=live)
    assert redraw("note", "x").code == 0
    assert waiting(path)[0].probe == probe


@pytest.mark.parametrize(
    ("pacts", "sentence"),
    [
        ((RUNNING, RUNNING), "Several probes are under way: name one with --probe, of p1 Probe 1, p2 Probe 2."),
        ((PLANNED,), "No probe is running or due: name one with --probe, of p1 Probe 1."),
        ((), "There is no archive at"),
    ],
    ids=["several", "none", "no archive"],
)
def test_where_none_or_several_can_be_meant_it_lists_them(
    path: Path, redraw: Shell, pacts: tuple[Pact, ...], sentence: str
) -> None:
    if pacts:
        filled(path, *pacts)
    assert sentence in redraw("note", "x").sentence
    assert not waiting(path)


def test_where_a_probe_is_named_that_is_not_under_way_it_is_said(path: Path, redraw: Shell) -> None:
    filled(path, RUNNING, DUE, PLANNED, pact(-400, -399))
    for id, stands in (("p1", ""), ("p2", ""), ("p3", " (planned, from "), ("p4", " (lapsed, never debriefed)")):
        assert f" noted for {id} Probe {id[1:]}{stands or ':'}" in redraw("note", "x", "--probe", id).out


def test_an_archive_that_holds_no_probe(path: Path, redraw: Shell) -> None:
    archive = Archive(path)
    archive.save([], demo=True)
    archive.close()
    assert "The logbook is empty" in redraw("note", "x").sentence


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("x", "--probe", "p9"), "There is no probe “p9”: “redraw list” shows what there is."),
        (("x", "--probe", "\x1b[31m"), "There is no probe “␛[31m”"),
        (
            ("x", "--kind", "gossip"),
            "There is no kind “gossip”: type one of friction, narrative shift, synergy, autonomy erosion",
        ),
        (("",), "Nothing is noted"),
        ((" \n\t ",), "Nothing is noted"),
    ],
)
def test_what_can_not_be_noted_is_said_in_one_sentence(
    path: Path, redraw: Shell, arguments: tuple[str, ...], sentence: str
) -> None:
    filled(path, RUNNING)
    assert sentence in redraw("note", *arguments).sentence
    assert files(path) == {"logbook.json"}


def test_nothing_piped_in_is_lost_to_a_wrong_probe(path: Path) -> None:
    filled(path, RUNNING)
    command = [sys.executable, "-m", "tui", "note", "-", "--probe", "p9"]
    read, write = os.pipe()
    try:
        os.write(write, b"half an hour of typing\n")
        done = subprocess.run(command, stdin=read, capture_output=True, check=False, env=Shell(path).environment())
        assert done.returncode == 1
        assert b"There is no probe" in done.stderr
        os.set_blocking(read, False)
        assert os.read(read, 100) == b"half an hour of typing\n"
    finally:
        os.close(read)
        os.close(write)


@pytest.mark.parametrize(
    ("piped", "text"),
    [
        (b"two\nlines\n", "two\nlines"),
        (b"\x1b[31mred\x1b[0m \x1b]0;title\x07\r\n", "\x1b[31mred\x1b[0m \x1b]0;title\x07"),
        (b"caf\xe9", "caf\udce9"),
        (b"two\r\nlines\r\n\r\n", "two\nlines\n"),
        ("\ufeffcafé\n".encode(), "café"),
        ("café, then\r\n東京\r\n".encode("utf-16"), "café, then\n東京"),
        ("\ufeffcafé\n".encode("utf-16-be"), "café"),
        ("cafe\n".encode("utf-16-le"), "cafe"),
        ("cafe\n".encode("utf-16-be"), "cafe"),
        ("👩\u200d👧 שלום".encode(), "👩\u200d👧 שלום"),
        (b"x" * 100_000, "x" * 100_000),
    ],
    ids=[
        "lines",
        "escapes",
        "latin-1",
        "crlf",
        "mark",
        "utf-16",
        "utf-16-be",
        "le",
        "be",
        "emoji",
        "as long as it may be",
    ],
)
def test_what_is_piped_in_is_kept_to_the_code_point_and_shown_harmlessly(
    path: Path, redraw: Shell, piped: bytes, text: str
) -> None:
    filled(path, RUNNING)
    done = redraw("note", "-", stdin=piped)
    assert done.code == 0
    assert harmless(done.out)
    assert done.out.count("\n") == 1
    assert len(done.out) < 400
    assert [each["text"] for each in shown(redraw)] == [text]
    assert harmless(redraw("show", "p1").out)


def test_what_is_no_text_is_refused_in_one_sentence(path: Path, redraw: Shell) -> None:
    filled(path, RUNNING)
    for piped in (b"a\x00bc\n", b"a\x00b", b"\x00\x00\x00\x00", "a\x00b".encode("utf-16")):
        assert "is no text (it holds NULs)" in redraw("note", "-", stdin=piped).sentence
    assert not waiting(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "utf-16-le"])
def test_lines_with_times_are_read_whatever_program_saved_them(path: Path, redraw: Shell, encoding: str) -> None:
    filled(path, RUNNING)
    lines = "2026-01-02 01:10 f: two stewards at the gate\r\n2026-01-02 01h12 s：they shared the megaphone\r\n"
    assert redraw("note", "-", stdin=lines.encode(encoding)).code == 0
    assert [(each.at[11:16], each.kind, each.text) for each in waiting(path)] == [
        ("01:10", "friction", "two stewards at the gate"),
        ("01:12", "synergy", "they shared the megaphone"),
    ]


@pytest.mark.parametrize("text", [each for each in HOSTILE_LINES if "\x00" not in each], ids=ascii)
def test_hostile_text_on_the_command_line(path: Path, redraw: Shell, text: str) -> None:
    filled(path, RUNNING)
    assert redraw("note", "--by", text, "--", text).code == 0
    (note,) = waiting(path)
    assert (note.text, note.by) == (text, text)


def test_nobody_is_nobody(path: Path, redraw: Shell) -> None:
    filled(path, RUNNING)
    for by in ("", "  "):
        redraw("note", "x", "--by", by)
    assert [note.by for note in waiting(path)] == [None, None]


def test_a_folder_that_can_not_be_written_to(path: Path, redraw: Shell) -> None:
    filled(path, RUNNING)
    beside(path, "notes").write_text("in the way")
    assert redraw("note", "x").sentence.startswith("Not noted (")
    beside(path, "notes").unlink()
    if os.geteuid():
        path.parent.chmod(0o500)
        try:
            assert redraw("note", "x").sentence.startswith("Not noted (permission denied)")
        finally:
            path.parent.chmod(0o700)


def test_an_archive_that_is_none_is_refused_as_ever(path: Path, redraw: Shell) -> None:
    path.write_text("this is no archive")
    assert "is not a Redraw archive" in redraw("note", "x").sentence
    path.write_text('{"meta": {"1": {"schema": 99}}}')
    assert "newer Redraw" in redraw("note", "x").sentence
    path.unlink()
    path.mkdir()
    assert "is a folder" in redraw("note", "x").sentence


# ------------------------------------------------------------------------------------------- while somebody writes


def test_it_does_not_wait_for_the_writer_and_sees_what_that_one_saved_a_moment_ago(path: Path, redraw: Shell) -> None:
    filled(path, DUE)
    writer = Archive(path)
    writer.claim()
    writer.save([Probe(id="p2", created=stamp(time.time()), title="Made just now", pact=RUNNING)])
    journal = beside(path, "journal").read_bytes()
    try:
        assert "p2 Made just now" in redraw("note", "x").out
        assert beside(path, "journal").read_bytes() == journal
        assert waiting(path)[0].probe == "p2"
    finally:
        writer.close()


LINES = b"2026-01-02 09:05 f: @tilda bin room\n\n2026-01-02 09:06 they queue with us\r\nwithout a time\n"


def test_lines_with_times_are_noted_each_by_itself(path: Path, redraw: Shell) -> None:
    filled(path, RUNNING)
    done = redraw("note", "-", "--by", "Wojtek", "--kind", "s", stdin=LINES)
    assert [(each.at[:16], each.by, each.kind, each.text) for each in waiting(path)] == [
        ("2026-01-02T09:05", "tilda", "friction", "bin room"),
        ("2026-01-02T09:06", "Wojtek", "synergy", "they queue with us"),
        (waiting(path)[2].at[:16], "Wojtek", "synergy", "without a time"),
    ]
    assert done.out.count(" noted for p1 Probe 1: ") == 3
    assert files(path) == {"logbook.json", "logbook.json.notes"}


@pytest.mark.parametrize("piped", [False, True])
def test_one_line_with_a_time_is_read_as_several_are(path: Path, redraw: Shell, piped: bool) -> None:
    filled(path, RUNNING)
    line = "2026-01-02 09:05 f: @tilda two stewards, one megaphone"
    done = redraw("note", "-", stdin=f"{line}\n".encode()) if piped else redraw("note", line)
    assert "09:05 noted for p1 Probe 1: friction, tilda: two stewards" in done.out
    (note,) = waiting(path)
    assert (note.at[:16], note.kind, note.text) == ("2026-01-02T09:05", "friction", "two stewards, one megaphone")
    assert "is still to come" in redraw("note", "2190-01-01 09:00 x").sentence
    assert "type it as 14:05, 14h05, 14.05 or 3pm" in redraw("note", "2026-01-02 2:75 pm f: x").sentence
    assert len(waiting(path)) == 1


@pytest.mark.parametrize(("by", "whose"), [("til", "Tilda"), ("TOM", "Tom"), ("Tomas", "Tomas"), ("Zoe", "Zoe")])
def test_an_observer_is_known_by_the_beginning_of_the_name(path: Path, redraw: Shell, by: str, whose: str) -> None:
    archive = Archive(path)
    observers = ("Tilda", "Tom", "Tomi")
    archive.save([Probe(id="p1", created=stamp(time.time()), title="Probe 1", pact=RUNNING, observers=observers)])
    archive.close()
    redraw("note", "x", "--by", by)
    assert [note.by for note in waiting(path)] == [whose]
    assert redraw("note", "x", "--by", "t").sentence.startswith("“t” fits Tilda, Tom, Tomi: write enough of the name")
    assert len(waiting(path)) == 1


@pytest.mark.parametrize("line", ["2026-01-02 09:76 x", "2190-01-01 09:00 x", "09:00 f:"])
def test_of_lines_with_times_all_are_noted_or_none(path: Path, redraw: Shell, line: str) -> None:
    filled(path, RUNNING)
    sentence = redraw("note", "-", stdin=LINES + line.encode()).sentence
    assert sentence.startswith("Nothing is noted, because “") or "can't be read" in sentence
    assert not waiting(path)


@pytest.mark.parametrize(
    "typed",
    [
        "note x",
        "note -",
        "note x --kind f --by Ana --probe p1",
        "note --kind=f x --by= --by=Ana=Bo",
        "note --by -x x",
        "note --by note note",
        "--archive other.json note x",
        "--archive=other.json note --kind s x",
        "--archive one.json note --archive other.json x",
        "note --probe p1 --probe p2 x",
        "note -5",
        "note --> --by Ana",
        ["note", "- the gate"],
        ["note", "-the gate", "--kind", "f"],
        ["note", "--by", "- x", "--help us at the gate"],
        ["--archive", "- a.json", "note", "-- they left", "--archive=other.json"],
        ["note", "--byline=x y"],
    ],
)
def test_the_short_way_reads_as_click_does(monkeypatch: pytest.MonkeyPatch, typed: str | list[str]) -> None:
    arguments = typed.split() if isinstance(typed, str) else typed
    monkeypatch.setenv("REDRAW_ARCHIVE", "named.json")
    given: list[dict[str, str]] = []

    def leave(archive: str, text: str, kind: str, probe: str, by: str) -> None:
        given.append({"archive": archive, "text": text, "kind": kind, "probe": probe, "by": by})

    monkeypatch.setattr(plain_note, "note", leave)
    redraw_by_click.main(arguments, standalone_mode=False)
    assert plain_note.read(arguments) == given[0]


@pytest.mark.parametrize(
    "typed",
    ["", "list", "note", "note x y", "note --help", "note -h x", "note x --kin f", "note x --kind", "note -- x", "note -x",
     "--version note x", "list note x", "note --archive= x"],
)  # fmt: skip
def test_whatever_else_is_typed_is_left_to_click(typed: str) -> None:
    assert plain_note.read(typed.split()) is None


def test_what_is_loaded_is_light(path: Path) -> None:
    filled(path, RUNNING)
    code = "import sys\nsys.argv = ['redraw', 'note', 'x']\nfrom tui.start import main\ntry: main()\nexcept SystemExit: print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=Shell(path).environment()
    )
    loaded = set(done.stdout.split())
    assert "store.notes.spool" in loaded
    assert not loaded & {
        "click",
        "platformdirs",
        "pydantic",
        "textual",
        "rich",
        "plotext",
        "tinydb",
        "filelock",
        "socket",
        "store.model",
        "store.archive.archive",
    }


# ---------------------------------------------------------------------------------------------- the other commands


def test_show_holds_what_waits_and_check_counts_it(path: Path, redraw: Shell) -> None:
    filled(path, RUNNING)
    redraw("note", "second floor", "--kind", "f", "--by", "Tilda")
    (found,) = shown(redraw)
    assert (found["number"], found["kind"], found["by"], found["text"]) == (1, "friction", "Tilda", "second floor")
    text = redraw("show", "p1").out
    assert "OBSERVATIONS" in text
    assert "friction  Tilda" in text
    assert "second floor" in text
    done = redraw("check")
    assert done.code == 0
    assert "1 observation waits to be taken in" in done.out
    assert len(waiting(path)) == 1


def test_check_tells_of_what_can_not_be_taken_in(path: Path, redraw: Shell) -> None:
    filled(path, RUNNING)
    redraw("note", "x")
    (beside(path, "notes") / "new" / "stray").write_text("{")
    done = redraw("check")
    assert done.code == 1
    assert "stray can't be taken in (it is not JSON)" in done.out
    assert "1 thing is wrong" in done.err
    assert len(shown(redraw)) == 1


def test_an_import_takes_in_what_waits_and_so_does_a_repair(path: Path, redraw: Shell) -> None:
    filled(path, RUNNING)
    redraw("note", "before the import")
    assert redraw("import", "-", stdin=b'{"title": "another"}').code == 0
    assert not waiting(path)
    redraw("note", "before the repair")
    assert redraw("check", "--repair").code == 0
    assert not waiting(path)
    assert [each["text"] for each in shown(redraw)] == ["before the import", "before the repair"]
    assert [row["text"] for row in Archive(path).rows("observations")] == ["before the import", "before the repair"]


def test_a_probe_that_has_gone_since_leaves_its_note_where_it_is(path: Path, redraw: Shell) -> None:
    filled(path, RUNNING, PLANNED)
    redraw("note", "x")
    archive = Archive(path)
    archive.save([], gone=[archive.debrief("p1").probe])
    archive.close()
    assert redraw("import", "-", stdin=b'{"title": "another"}').code == 0
    assert len(waiting(path)) == 1
    assert "is a note for p1, which is no probe here" in redraw("check").out


def test_twenty_processes_at_once_lose_none_and_double_none(path: Path, redraw: Shell) -> None:
    filled(path, RUNNING)
    command = [sys.executable, "-m", "tui", "note"]
    running = [
        subprocess.Popen([*command, f"note {n}"], env=redraw.environment(), stdout=subprocess.DEVNULL)
        for n in range(20)
    ]
    assert [each.wait() for each in running] == [0] * 20
    assert sorted(each["text"] for each in shown(redraw)) == sorted(f"note {n}" for n in range(20))


def test_a_room_that_came_in_with_observations_goes_on_with_their_numbers(path: Path, redraw: Shell) -> None:
    from store.exchange.incoming.rooms import read_room

    archive = Archive(path)
    seen = [{"at": "2026-10-17T10:05", "by": "Tilda", "kind": "synergy", "text": "room"}]
    take_in(archive, read_room({"title": "x", "observations": seen}, stamp(time.time())))
    archive.close()
    assert redraw("note", "later", "--probe", "p1").code == 0
    assert [(each["number"], each["text"]) for each in shown(redraw)] == [(1, "room"), (2, "later")]


def test_a_note_that_is_too_long_is_refused(path: Path, redraw: Shell) -> None:
    filled(path, RUNNING)
    done = redraw("note", "-", stdin=b"x" * 100_001)
    assert done.sentence == "Nothing is noted: a note may have 100,000 letters, and this one has 100,001."
    assert shown(redraw) == []


def test_a_backup_holds_what_waited_to_be_taken_in_or_says_that_it_does_not(
    path: Path, redraw: Shell, tmp_path: Path
) -> None:
    filled(path, RUNNING)
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert redraw("note", "the van left early").code == 0
    assert "to be taken in" not in redraw("backup", str(first)).out
    assert [each["text"] for each in shown(Shell(first))] == ["the van left early"]
    assert not waiting(path)
    writer = Archive(path)
    writer.claim()
    assert redraw("note", "and came back").code == 0
    assert redraw("backup", str(second)).out.endswith("1 observation waits to be taken in, and is not in the copy.\n")
    assert [each["text"] for each in shown(Shell(second))] == ["the van left early"]
    assert [each.text for each in waiting(path)] == ["and came back"]
    writer.close()
