"""An archive after twenty years: two hundred sessions, copied from two real rooms."""

import gc
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import stamp
from tests.conftest import find_room
from tui.commands.run import collect_seldom

SESSIONS = 200


@pytest.fixture
def collected_seldom() -> Iterator[None]:
    """Search for garbage as the app does, on both sides of a comparison."""
    before = gc.get_threshold()
    collect_seldom()
    gc.enable()
    yield
    gc.set_threshold(*before)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of `SESSIONS` sessions."""
    path = tmp_path_factory.mktemp("large") / "logbook.json"
    rooms = [
        read_room(json.loads(find_room(name).read_bytes()), stamp(time.time()))
        for name in ("noise-protest", "tenants-canvass")
    ]
    archive = Archive(path)
    for at in range(SESSIONS):
        take_in(archive, rooms[at % len(rooms)])
    archive.close()
    assert len(list(Archive(path).rows("sessions"))) == SESSIONS
    print(f"\nan archive of {SESSIONS} sessions: {path.stat().st_size / 2**20:.1f} MiB")
    return path
