"""What tests of the command line share."""

import json
import os

import pytest

from tests.helpers.texts import room

needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell's streams")
"""A mark for what a POSIX shell does."""


def room_bytes(text: str = "x") -> bytes:
    """A whole room file, every text of which is `text`."""
    return json.dumps(room(text)).encode()
