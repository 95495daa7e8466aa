"""An archive after twenty years: two hundred sessions, copied from two real rooms."""

import time
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.exchange.incoming.one_debrief import read, take_in
from tests.conftest import find_room

SESSIONS = 200


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of `SESSIONS` sessions."""
    path = tmp_path_factory.mktemp("large") / "logbook.json"
    rooms = [
        read(find_room(name).read_text(encoding="utf-8"), time.time()) for name in ("noise-protest", "tenants-canvass")
    ]
    archive = Archive(path)
    for at in range(SESSIONS):
        take_in(archive, rooms[at % len(rooms)])
    archive.close()
    assert len(list(Archive(path).rows("sessions"))) == SESSIONS
    print(f"\nan archive of {SESSIONS} sessions: {path.stat().st_size / 2**20:.1f} MiB")
    return path
