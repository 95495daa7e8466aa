"""A last megabyte, so that a session on a full disk can be brought to its end."""

import os
from contextlib import suppress
from pathlib import Path

from store.archive.disk.calls import FULL, Disk, write_file

RESERVE = 1 << 20
"""Bytes that are kept free for a full disk."""


class Reserve:
    """Room that is kept on the disk and given back when it is full, so that a session can be brought to its end."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path, self._disk = path, disk
        self.warning = ""
        """What a person should know while it is given away; otherwise empty."""

    def keep(self) -> None:
        """Make the file where it isn't there. Failing that is no harm."""
        with suppress(OSError):
            if not self._disk.exists(self._path):
                write_file(self._disk, self._path, lambda put: put(os.urandom(RESERVE)), sync=False)  # not compressible
            self.warning = ""

    def give(self, error: OSError) -> bool:
        """Give the room back if the disk is full; whether that was done, and trying again makes sense."""
        if error.errno not in FULL:
            return False
        try:
            self._disk.remove(self._path)
        except OSError:
            return False
        self.warning = (
            "The disk is full. What you enter goes into a last megabyte that was kept free for this: make room."
        )
        return True

    def remove(self) -> None:
        """Remove the file: nobody writes any more."""
        with suppress(OSError):
            self._disk.remove(self._path)
