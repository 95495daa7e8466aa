"""The commands that only look."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from store import demo
from store.archive.archive import Archive
from store.logbook import listing
from tests.conftest import Shell
from tests.helpers.texts import harmless


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
