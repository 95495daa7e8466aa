"""An archive in which one record is what no room has: it is named by a check, and nothing of the other probes is harmed by it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Shell
from tests.helpers.mutations import Mutation, full_export, mutations
from tests.helpers.rooms import ROOM
from tests.helpers.texts import harmless

COMMANDS = (
    ("list",),
    ("list", "--json"),
    ("trends",),
    ("trends", "--json"),
    ("show", "p2"),
    ("matrix", "p2"),
    ("pact", "p2"),
    ("export", "p2", "--format", "md", "--output", "-"),
    ("note", "the gate", "--probe", "p2"),
)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """An archive's file with two probes, the first of which has something in every place."""
    folder = tmp_path_factory.mktemp("full")
    redraw = Shell(folder / "logbook.json")
    assert redraw("import", "-", stdin=json.dumps(full_export(folder)).encode()).code == 0
    assert redraw("import", "-", stdin=json.dumps(ROOM).encode()).code == 0
    found: dict[str, Any] = json.loads(redraw.path.read_bytes())
    return {name: rows for name, rows in found.items() if rows}


def changes(tables: dict[str, Any], some: int, seed: int) -> list[Mutation]:
    """Changes of the first record of each table."""
    firsts = {name: {next(iter(rows)): next(iter(rows.values()))} for name, rows in tables.items() if name != "meta"}
    return [each for each in mutations(firsts, some, seed) if len(each.path) > 2]


def tried(folder: Path, tables: dict[str, Any], what: Mutation) -> None:
    """Run every command on an archive with a change."""
    path = folder / "logbook.json"
    data = json.dumps(what.of(tables)).encode("utf-8", "surrogatepass")
    path.write_bytes(data)
    redraw = Shell(path)
    for command in COMMANDS:
        done = redraw(*command)
        assert "Something in Redraw went wrong" not in done.err, (what, command, done.err)
        assert harmless(done.out), (what, command)
        assert done.code == 0, (what, command, done)
    checked = redraw("check")
    assert checked.code in (0, 1)
    assert "went wrong" not in checked.err, (what, checked)
    assert path.read_bytes() == data, what


@pytest.mark.sweep
def test_one_record_that_no_room_has_harms_no_other(tmp_path: Path, tables: dict[str, Any]) -> None:
    for what in changes(tables, int(os.environ.get("MUTATIONS", "14")), seed=1):
        tried(tmp_path, tables, what)
