"""A storage with documents of one text each, and what is in it."""

import json
from pathlib import Path

from store.archive.disk.changes import Changes
from store.archive.storage import DurableStorage


def put(kept: DurableStorage, id: int, text: str = "x", table: str = "moments") -> None:
    """Save one document."""
    kept.change(Changes(tables={table: {id: json.dumps({"text": text}).encode()}}))


def ids(kept: DurableStorage, table: str = "moments") -> list[int]:
    """The documents that are there."""
    return [id for id, _ in kept.tables.lines(table)]


def seen(path: Path) -> list[int]:
    """The documents that somebody finds who opens the archive now."""
    return ids(DurableStorage(path))


def everything(path: Path) -> dict[str, bytes]:
    """All files in an archive's folder, with their content."""
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}
