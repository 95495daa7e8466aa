"""The commands that only look."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest

from store import demo
from store.archive.archive import Archive
from store.logbook import listing
from store.model import NonNegotiables
from tests.conftest import ROOT, Shell
from tests.helpers.command_line import needs_posix
from tests.helpers.texts import harmless


def test_an_empty_logbook_lists_nothing_and_says_what_to_do(redraw: Shell, archive: Archive) -> None:
    archive.save([NonNegotiables(number=1, at="2026-11-07T19:00:00")])
    archive.close()
    done = redraw("list")
    assert (done.code, done.out) == (0, "")
    assert "redraw demo" in done.err
    done = redraw("list", "--json")
    assert (done.code, json.loads(done.out), done.err) == (0, [], "")


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


ON_AN_ARCHIVE = (
    ["list"],
    ["list", "--json"],
    ["show", "p1"],
    ["note", "two stewards"],
    ["note", "14:05 two stewards", "--probe", "p1"],
    ["matrix", "p1"],
    ["pact", "p1"],
    ["trends"],
    ["trends", "--json"],
    ["export", "--format", "json", "--output", "-"],
    ["check"],
    ["check", "--repair"],
    ["backup", "copy.json"],
)
"""Every command that needs an archive."""


@pytest.mark.parametrize("arguments", ON_AN_ARCHIVE, ids=str)
def test_an_archive_that_is_not_there_is_said_and_not_made(redraw: Shell, path: Path, arguments: list[str]) -> None:
    said = f"There is no archive at {path}: name one with --archive."
    done = redraw(*arguments)
    assert (done.sentence, done.out) == (said, "")
    typo = path.parent / "no such folder" / "logbok.json"
    assert redraw(*arguments, "--archive", str(typo)).sentence == said.replace(str(path), str(typo))
    assert not list(path.parent.iterdir())


@pytest.mark.parametrize("arguments", ON_AN_ARCHIVE, ids=str)
def test_without_a_logbook_in_the_data_folder_every_command_says_how_one_begins(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda _: tmp_path)
    done = Shell(cast(Path, ""))(*arguments)  # an empty REDRAW_ARCHIVE names none
    assert done.sentence == "There is no logbook yet: start redraw to begin one, or name an archive with --archive."
    assert done.out == ""
    assert not list(tmp_path.iterdir())


@pytest.mark.sweep
@needs_posix
def test_an_import_says_to_a_person_that_it_began_an_archive_and_a_second_one_does_not(
    redraw: Shell, path: Path, tmp_path: Path
) -> None:
    for title, said in (("Bare", f"Began a new archive at {path}.\n"), ("Another", "")):
        file = tmp_path / f"{title}.json"
        file.write_text(json.dumps({"title": title}))
        shown, terminal = os.openpty()
        command = [sys.executable, "-m", "tui", "import", str(file)]
        subprocess.run(command, stdout=subprocess.PIPE, stderr=terminal, check=True, env=redraw.environment(), cwd=ROOT)
        os.write(terminal, b"end")
        told = b""
        while not told.endswith(b"end"):
            told += os.read(shown, 1000)
        assert told.decode().replace("\r\n", "\n") == f"{said}end"
    assert redraw("import", "-", stdin=b'{"title": "Third"}').err == "", "a pipe gets nothing that is no trouble"


def test_an_import_that_is_refused_begins_no_archive(redraw: Shell, path: Path) -> None:
    assert redraw("import", "-", stdin=b"no room").sentence
    assert not path.exists()
