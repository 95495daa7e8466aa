"""A small room with names and texts that differ from everything Redraw itself says."""

import copy
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from store.archive.archive import Archive
from store.debrief import Debrief
from store.exchange.incoming.importing import import_file, take_in
from store.exchange.incoming.rooms import read_room
from store.model import stamp

NOW = datetime(2026, 11, 7, 19, 0, tzinfo=UTC).timestamp()
"""A Saturday evening, three and a half hours after the action ended."""

PEOPLE = ("Ayzel", "Brannoc", "Cuthwin", "Dagny", "Eluned", "Fenwick", "Gudrun", "Hesper", "Ijeoma")
ORGANISATIONS = ("Breathers of Pellan", "Harrowmere Trust", "Cold-Chain League")

ROOM: dict[str, Any] = {
    "title": "Noise protest at Gate 2",
    "issue": "night flights",
    "our_organisation": ORGANISATIONS[0],
    "partners": [
        {"name": ORGANISATIONS[1], "kind": "NGO", "power": "has the money"},
        {"name": ORGANISATIONS[2], "kind": "union", "power": "has the gate"},
    ],
    "pact": {
        "purpose": "be heard",
        "starts": "2026-11-06",
        "ends": "2026-11-07",
        "ends_at": "15:30",
        "sunset": "2026-11-20",
        "red_lines": ["never without the nightshift"],
    },
    "participants": [
        {
            "alias": name,
            "organisation": ORGANISATIONS[0] if at < 4 else ORGANISATIONS[1] if at < 7 else ORGANISATIONS[2],
            "role": "facilitator" if at == 1 else "participant",
        }
        for at, name in enumerate(PEOPLE)
    ],
    "moments": [
        {"felt": "strengthened", "text": "the tannoy was ours until dawn"},
        {"felt": "compromised", "text": "a lanyard decided who may speak"},
        {"felt": "compromised", "by": "Dagny", "text": "our banner went under theirs"},
    ],
    "patterns": [
        {"group": 1, "felt": "compromised", "text": "lanyards decide", "from": [1, 2]},
        {"group": 2, "felt": "strengthened", "text": "loudness is shared", "from": [0], "paper_maps": 2},
    ],
    "expected": [{"by": name, "autonomy": 6, "benefit": 5} for name in PEOPLE[:3]],
    "actual": [
        {"by": name, "autonomy": at, "benefit": 10 - at}
        for name, at in zip(PEOPLE, (2, 3, 3, 4, 7, 8, 8, 5, 5), strict=True)
    ],
    "amendments": [
        {
            "principle": "whoever stands at the gate speaks first",
            "because": [0],
            "decision": "consensus",
            "reservations": ["slows the megaphone"],
        }
    ],
    "sovereignty": {"skills": {"change": 1, "note": "rigged the amplifier alone"}},
    "turnout": 138,
    "feelings": {"jittery": 2, "elated": 1},
}

PRIVATE = (
    *PEOPLE,
    *ORGANISATIONS,
    *(moment["text"] for moment in ROOM["moments"]),
    *(pattern["text"] for pattern in ROOM["patterns"]),
    ROOM["amendments"][0]["principle"],
    "slows the megaphone",
    "rigged the amplifier",
    "jittery",
    "elated",
    "never without the nightshift",
    "nobody had the strength",
)
"""What people said, and who they are. The last is the reason for having no amendment."""


def room(**fields: Any) -> dict[str, Any]:
    """The room with some fields changed; None leaves a field out."""
    changed = {**copy.deepcopy(ROOM), **fields}
    return {name: value for name, value in changed.items() if value is not None}


def taken_in(path: Path, file: dict[str, Any], **session: object) -> Debrief:
    """A room imported into an archive at `path`, with the fields in `session` and by default not sealed or revealed."""
    archive = Archive(path)
    found = read_room(file, stamp(NOW - 86400))
    if found.begun:
        found = found.with_session(**{"sealed": None, "revealed": 0, "phase": "opening", **session})
    taken = take_in(archive, found)
    archive.close()
    return taken


def empty_of_entries(file: dict[str, Any]) -> dict[str, Any]:
    """The room as the debrief begins: with its people and its pact, and without anything said in the debrief."""
    said = ("moments", "patterns", "actual", "amendments", "sovereignty", "turnout", "feelings")
    return {name: value for name, value in file.items() if name not in said}


def closed(path: Path, **fields: Any) -> Debrief:
    """A debrief of the room that was sealed two days ago, saved in an archive at `path`."""
    close = {"sunset": "lapse", "rhythm": "pause", "next_facilitator": "Hesper"}
    found = read_room(room(close=close, **fields), stamp(NOW - 2 * 86400))
    archive = Archive(path)
    taken = take_in(archive, replace(found, events=()))
    archive.close()
    return taken


def imported(archive: Archive, text: str, now: float) -> Debrief:
    """The debrief that a file with one brings into an archive."""
    (only,) = import_file(archive, BytesIO(text.encode()).read, now).probes
    return archive.debrief(only.probe)
