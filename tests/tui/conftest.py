"""An archive for the commands to work on."""

import pytest

from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from tests.helpers.texts import room

AT = "2026-11-07T19:00:00"


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """An archive with one whole debrief."""
    take_in(archive, read_room(room("Weekend canvass"), AT))
    archive.close()
    return archive
