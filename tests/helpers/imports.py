"""Exports and the archives that they come from and go into."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

from store.archive.archive import Archive
from store.debrief import OF_THE_GROUP
from store.exchange.bundle import Bundle
from store.exchange.incoming.importing import Imported, import_file, take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.export import export
from store.exchange.outgoing.orders import sorted_out
from store.model import Verdict
from tests.helpers.builders import NOW
from tests.helpers.rooms import ROOM

AT = "2026-11-07T19:00:00"


def out(archive: Archive, place: Path, *names: str, raw: bool = True) -> bytes:
    """The export of some probes, or of all."""
    return export(archive, names, "json", place, raw=raw, force=True).read_bytes()


def taken(archive: Archive, data: bytes, fill: bool = False) -> Imported:
    """What became of an export that came in; with `fill` names and raw notes of others come in too."""
    return import_file(archive, BytesIO(data).read, NOW, fill=fill)


def holding(path: Path, *files: dict[str, Any]) -> Archive:
    """A new archive with some rooms."""
    archive = Archive(path)
    for file in files:
        take_in(archive, read_room(file, AT))
    return archive


def everything(archive: Archive) -> dict[str, list[Any]]:
    """All rows of an archive, by table."""
    return {name: archive.rows(name) for name in archive._storage.tables.names}


OURS = {**ROOM, "title": "Ours", "our_organisation": "Kettle and Key", "close": {"sunset": "lapse", "rhythm": "act"}}
THEIRS = {**ROOM, "title": "Theirs", "non_negotiables": ["Our own banner."]}


def around(folder: Path, archive: Archive) -> None:
    """See that an archive goes out, in and out again byte for byte; without its names but for the order, which is made anew."""
    for raw in (True, False):
        first = out(archive, folder / "first.json", raw=raw)
        copy = Archive(folder / f"copy-{raw}.json")
        taken(copy, first)
        assert in_order(out(copy, folder / "second.json", raw=raw), raw) == in_order(first, raw)
        copy.close()
        again = Archive(copy.path)
        assert in_order(out(again, folder / "third.json", raw=raw), raw) == in_order(first, raw)
        assert [each.how for each in taken(again, first).probes] == ["same"] * len(again.rows("probes"))
        assert again.check()[1] == []


def in_order(data: bytes, raw: bool) -> object:
    """An export to be compared: as it is, or without names in whatever order its people are."""
    if raw:
        return data
    found = json.loads(data)
    probes = (Bundle(each.pop("probe"), each.pop("sessions"), each) for each in found.pop("probes"))
    held = [_sorted(found.pop(kind.table)) for kind in OF_THE_GROUP]
    return found, held, [sorted_out(each) for each in probes]


def _sorted(value: Any) -> Any:
    """A value with every list in it sorted."""
    if isinstance(value, dict):
        return {name: _sorted(each) for name, each in value.items()}
    return sorted(map(_sorted, value), key=str) if isinstance(value, list) else value


NAMED = {
    **THEIRS,
    "facilitators": ["Brannoc"],
    "pact": {**ROOM["pact"], "responsibilities": [{"who": "Ayzel, after Zebedee", "what": "the gate"}]},
    "amendments": [{**ROOM["amendments"][0], "reservations": ["Dagny: too slow", "Zebedee would not"]}],
    "close": {"sunset": "lapse", "rhythm": "act", "decided_by": "Zebedee"},
}
"""A room with names where they are looked for, among them one that only another probe of its group knows."""


NEXT = "2026-11-14T19:00:00"


def with_a_verdict(path: Path, group: str) -> Archive:
    """An archive of a group that wrote three guidelines, and judged the second before it worded it otherwise."""

    def amended(title: str, *amendments: tuple[str, str | None]) -> dict[str, Any]:
        return {
            "title": title,
            "our_organisation": group,
            "amendments": [{"principle": new, "replaces": old, "decision": "vote"} for new, old in amendments],
            "close": {"sunset": "lapse", "rhythm": "act"},
        }

    archive = Archive(path)
    wrote = amended("wrote", ("Two observers.", None), ("Ask first.", None), ("One banner.", None))
    take_in(archive, read_room(wrote, AT))
    second = take_in(archive, read_room(amended("judged", ("Ask twice.", "Ask first.")), NEXT))
    archive.save([second.session.but(verdicts=(Verdict(guideline=2, worked="partly"),))])
    return archive
