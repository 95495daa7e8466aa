"""Every place of a file that comes in, changed to what no room has: it is refused in one sentence, or everything works on it."""

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from tests.conftest import Shell
from tests.helpers.mutations import Mutation, a_room, full_export, mutations
from tests.helpers.texts import harmless

SLOW = 2.0
"""Seconds of the processor that no command may take on such a file."""

COMMANDS = (
    ("list",),
    ("list", "--json"),
    ("show", "p1"),
    ("show", "p1", "--json"),
    ("matrix", "p1"),
    ("matrix", "p1", "--json"),
    ("pact", "p1"),
    ("trends",),
    ("trends", "--json"),
    ("check",),
    ("export", "--format", "md", "--output", "-"),
    ("export", "--format", "json", "--output", "-"),
    ("export", "--format", "csv", "--force", "--output", "tables"),
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """An export that has something in every place."""
    return full_export(tmp_path_factory.mktemp("full"))


def tried(folder: Path, data: dict[str, Any], what: Mutation) -> bool:
    """Import a file, and where it is taken run every command; whether it was taken."""
    redraw = Shell(folder / "logbook.json")

    def run(*arguments: str, stdin: bytes = b"") -> Any:
        before = time.process_time()
        done = redraw(*arguments, stdin=stdin)
        assert time.process_time() - before < SLOW, (what, arguments)
        assert "Traceback" not in done.err, (what, arguments)
        assert "Something in Redraw went wrong" not in done.err, (what, arguments, done.err)
        assert harmless(done.err), (what, arguments)
        return done

    done = run("import", "-", stdin=json.dumps(what.of(data)).encode("utf-8", "surrogatepass"))
    if done.code:
        assert done.sentence, what
        assert Archive(redraw.path).rows("probes") == [], what
        return False
    if not (rows := Archive(redraw.path).rows("probes")):
        return True
    probe = rows[0]["id"]
    for command in COMMANDS:
        named = [probe if each == "p1" else each for each in command]
        done = run(*(str(folder / each) if each == "tables" else each for each in named))
        assert done.code == 0 or command[0] == "pact", (what, command, done)
        assert "csv" in command or harmless(done.out.replace("\t", "")), (what, command)
    return True


def all_tried(folder: Path, data: dict[str, Any], drawn: list[Mutation]) -> int:
    """How many of some changes were taken."""
    taken = 0
    for nth, what in enumerate(drawn):
        place = folder / str(nth)
        place.mkdir()
        taken += tried(place, data, what)
        shutil.rmtree(place)
    return taken


def _source(request: pytest.FixtureRequest, name: str) -> dict[str, Any]:
    found: dict[str, Any] = a_room() if name == "room" else request.getfixturevalue("full")
    return found


@pytest.mark.parametrize("name", ["room", "export"])
def test_a_changed_file_is_refused_in_a_sentence_or_works(
    tmp_path: Path, request: pytest.FixtureRequest, name: str
) -> None:
    data = _source(request, name)
    assert 0 < all_tried(tmp_path, data, mutations(data, 12, seed=1)) < 12


SWEPT = int(os.environ.get("MUTATIONS", "300"))
"""How many changes of each file the sweeps try; 0 for all of them, which takes an hour."""


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("name", ["room", "export"])
def test_many_changed_files_are_refused_in_a_sentence_or_work(
    tmp_path: Path, request: pytest.FixtureRequest, name: str, part: int
) -> None:
    data = _source(request, name)
    assert all_tried(tmp_path, data, mutations(data, SWEPT, seed=2)[part::4])
