"""A small debrief, and what an archive holds of it."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from store.archive.archive import Archive, new_uid
from store.debrief import Debrief
from store.model import Felt, Moment, Participant, Placement, Probe, Session, stamp

NOW = 1_794_060_000.0


AT = "2026-11-07T19:00:00"


def debrief_of(**changes: Any) -> Debrief:
    """A small debrief with its probe `p1` and session `s1`."""
    found = Debrief(
        probe=Probe(id="p1", created=AT, title="Weekend canvass"),
        session=Session(id="s1", probe="p1", created=AT),
        participants=(Participant(session="s1", number=1, alias="Ana", organisation="Kettle"),),
        moments=(moment(1), moment(2)),
    )
    return replace(found, **changes)


def moment(number: int, text: str = "a moment", session: str = "s1") -> Moment:
    return Moment(session=session, number=number, at=AT, felt=Felt.STRENGTHENED, text=text)


def ballot(number: int, by: str = "Ana", round: int = 1, probe: str = "p1") -> Placement:
    return Placement(probe=probe, round=round, number=number, by=by, autonomy=3, benefit=7)


def new_probe(archive: Archive, title: str, now: float) -> Probe:
    """A probe with a title and nothing else, saved."""
    probe = Probe(id=archive.new_id("probes"), uid=new_uid(), created=stamp(now), title=title)
    archive.save([probe])
    return probe


def kept(path: Path, table: str) -> list[dict[str, Any]]:
    """The documents of a table as plain TinyDB reads them in a copy of the archive."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.json"
        Archive(path).copy_to(copy)
        with TinyDB(copy) as db:
            return [dict(document) for document in db.table(table)]


def same(found: Debrief, wanted: Debrief) -> bool:
    """Whether both hold the same records, whatever their order in the archive."""
    return set(map(repr, found.records())) == set(map(repr, wanted.records()))
