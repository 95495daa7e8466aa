"""A copy of a session on the command line: what `redraw check` says of it, and what `redraw import` does with it."""

import json
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.exchange.outgoing.session_copy import save_copy
from tests.conftest import Shell
from tests.helpers.texts import harmless


@pytest.fixture
def copy(path: Path, filled: Archive) -> Path:
    """A copy beside the archive with an amendment more than the archive has."""
    debrief = filled.debrief("p1")
    place = path.with_name("redraw-copy-p1.json")
    save_copy(filled, debrief, place)
    filled.save([], gone=debrief.amendments[-1:])
    filled.close()
    return place


def test_check_says_how_to_bring_a_copy_in_until_it_is_in(redraw: Shell, copy: Path) -> None:
    done = redraw("check")
    assert done.code == 0, "nothing is wrong in the archive"
    assert f"{copy.name} holds what isn't in the archive: “redraw import {copy}” brings it in.\n" in done.out
    assert redraw("import", str(copy)).out == "1 probe: 0 new, 1 brought up to date (1 amendments).\n"
    assert copy.name not in redraw("check").out
    assert redraw("import", str(copy)).out == "1 probe: 0 new, 1 here already.\n"


def test_import_says_as_json_that_it_went_on(redraw: Shell, copy: Path) -> None:
    found = json.loads(redraw("import", str(copy), "--json").out)
    assert [(each["probe"], each["how"]) for each in found["probes"]] == [("p1", "continued")]
    assert found["counts"]["amendments"] == 1


def test_check_shows_the_name_of_a_copy_as_itself(redraw: Shell, copy: Path) -> None:
    copy.rename(copy.with_name("redraw-copy-\x1b[31m\u202e.json"))
    done = redraw("check")
    assert done.code == 0
    assert "redraw-copy-␛" in done.out
    assert harmless(done.out)
