"""What tells a probe from any other in the world. It goes out with every export, so nothing that isn't shown there is in it.

It is random for a probe that was entered here. One that came from a file without a uid, such as a room file, gets one that is made
from fields that every export shows, so that the same file taken in elsewhere is known as the same probe. Until November 2026 it was
computed from the whole file, and whoever had it could try ballots until they fitted. Such a uid is told by its version, 5, and stays
at home from then on, where it recognises the file.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from json import dumps
from typing import Any
from uuid import UUID

SHOWN = ("created", "title", "our_organisation")
"""The fields of a probe from which its uid is made: public, and the same with names and without."""

_COMPUTED = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


def made(*shown: str) -> str:
    """A uid from some texts, the same for the same ones; of no version that `without_digest` takes for computed."""
    return str(UUID(bytes=sha256(dumps(shown).encode()).digest()[:16], version=4))


def of_row(row: Mapping[str, Any]) -> str:
    """The uid of a probe that came without one."""
    return made(*(str(row.get(name, "")) for name in SHOWN))


def without_digest(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row of a probe with a uid that gives nothing away, and with the digest of its file, if it had that for a uid."""
    uid = row.get("uid")
    if not isinstance(uid, str) or not _COMPUTED.fullmatch(uid):
        return row
    return {**row, "uid": of_row(row), "file_digest": row.get("file_digest") or uid}
