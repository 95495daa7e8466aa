"""A whole room goes through the live session alone: nothing that draws can be imported."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from store.model import NonNegotiables
from store.phases import DISSENT_PHASES, PHASES
from tests.conftest import Shell, find_room
from tests.helpers.typed_room import as_room, before_the_debrief

MENDED: dict[str, Any] = {"renewed_until": "2099-11-10", "decided_by": "the room, by consensus"}
"""What a renewal in a room file that is older than the rule lacks."""


def room_of(name: str, tmp_path: Path) -> Path:
    """A room file whose renewal, if it has one, says until when and who decided it."""
    room = json.loads(find_room(name).read_text(encoding="utf-8"))
    if room["close"]["sunset"] == "renew":
        room["close"] = {**MENDED, **room["close"]}
    file = tmp_path / "room.json"
    file.write_text(json.dumps(room), encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["noise-protest", pytest.param("tenants-canvass", marks=pytest.mark.sweep)])
def test_a_room_that_is_typed_without_a_screen_comes_back_exactly(
    name: str, path: Path, tmp_path: Path, redraw: Shell
) -> None:
    file = room_of(name, tmp_path)
    command = [sys.executable, "-m", "tests.helpers.typed_room", str(path), str(file)]
    done = subprocess.run(command, env=redraw.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

    room: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    (sealed,) = (row for row in Archive(path).rows("sessions") if row.get("kind", "debrief") == "debrief")
    shown = json.loads(redraw("show", sealed["id"], "--format", "json").out)
    principles = Archive(path).group_records(NonNegotiables)[-1].principles
    assert {**as_room(shown), **before_the_debrief(shown), "non_negotiables": list(principles)} == room
    assert shown["session"]["sealed"]
    assert shown["dissent_session"]["sealed"]
    assert Archive(path).drafts() == {}
    assert redraw("check").code == 0

    told = Counter(done.stdout.split())
    back_and_forth = 2
    assert told["MOVED"] == len(DISSENT_PHASES) + len(PHASES) + back_and_forth
    assert (told["BEGAN"], told["Away"], told["CHECKPOINT_DUE"]) == (3, 1, 2)
    assert told["Status"] == told["Notice"] == 0


def test_nothing_that_draws_can_be_imported_there(redraw: Shell) -> None:
    barred = "import sys; from tests.helpers.typed_room import Barrier; sys.meta_path.insert(0, Barrier()); "
    command = [sys.executable, "-c", f"{barred}import textual.app"]
    done = subprocess.run(command, env=redraw.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "textual can't be imported here" in done.stderr
