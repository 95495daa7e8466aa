"""What the tests of exports share: archives with rooms in them, and an export as one text."""

import csv
import io
import json
from pathlib import Path
from random import Random
from typing import Any

from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.export import export
from tests.conftest import find_room

NOW = 1_794_060_000.0
AT = "2026-11-07T19:00:00"
ROOMS = ("noise-protest", "tenants-canvass")

SLUICE, COPPER = "Sluice Street Assembly", "Copper Kitchen"
LONG = "Kiln and Process Workers' Union of Ostrey, Branch 40"

SLUICES = {
    "title": "x",
    "our_organisation": SLUICE,
    "partners": [{"name": COPPER, "kind": "NGO"}, {"name": LONG, "kind": "union"}],
    "participants": [
        *({"alias": each, "organisation": SLUICE} for each in ("Hettie", "Ana Kovač", "Colm", "Zoë")),
        *({"alias": each, "organisation": COPPER, "role": "facilitator"} for each in ("Dov", "Ruth")),
    ],
}


def with_room(archive: Archive, file: dict[str, Any]) -> Archive:
    take_in(archive, read_room(file, AT))
    return archive


def both(archive: Archive) -> dict[str, dict[str, Any]]:
    """Both rooms in the archive; their files."""
    files = {name: json.loads(find_room(name).read_text("utf-8")) for name in ROOMS}
    for file in files.values():
        with_room(archive, file)
    return files


def out(archive: Archive, folder: Path, form: str, *names: str, raw: bool = False) -> str:
    """An export as one text; of tables all of them. Without names it is shuffled alike each time."""
    path = folder / f"out-{len(list(folder.iterdir()))}.{form}"
    place = export(archive, names, form, path, raw=raw, chance=Random(0))
    files = sorted(place.iterdir()) if place.is_dir() else [place]
    return "\n".join(file.read_text("utf-8-sig") for file in files)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))
