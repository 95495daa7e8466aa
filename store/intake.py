"""Taking a debrief from a file into an archive: new ids, and amendments that find their guideline by its wording."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from store import matrix
from store.archive import Archive
from store.debrief import Debrief
from store.decisions import with_principle, worded
from store.export import read_export
from store.model import Record, stamp
from store.refused import Refused
from store.rooms import read_room

R = TypeVar("R", bound=Record)


def read(text: str, now: float) -> Debrief:
    """The debrief in a file: a room file, or what `redraw show --format json` gives.

    Raises:
        Refused: it is neither; one sentence.
    """
    try:
        data = json.loads(text, parse_constant=_no_number)
    except RecursionError as error:
        raise Refused("The file is nested too deeply to be a room file.") from error
    except ValueError as error:
        raise Refused(f"The file is not JSON ({error}): export it again, or mend it there.") from error
    if not isinstance(data, dict):
        raise Refused("The file holds no room: it should be an object with a title, participants, moments and so on.")
    return read_export(data) if "redraw" in data else read_room(data, stamp(now))


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number in JSON")


def take_in(archive: Archive, found: Debrief) -> Debrief:
    """Save a debrief from elsewhere under ids of its own, whole or not at all; answers with it as it came in."""
    probe = archive.new_id("probes")
    session = archive.new_id("sessions") if found.begun else ""
    book = archive.guidelines()

    def ours(records: tuple[R, ...]) -> tuple[R, ...]:
        ids = {"probe": probe, "session": session}
        return tuple(r.but(**{name: ids[name] for name in ids if name in type(r).model_fields}) for r in records)

    amendments = []
    guidelines = book
    for amendment in ours(found.amendments):
        old = worded(guidelines, amendment.replaces or "") or amendment.replaces
        guidelines, number = with_principle(guidelines, amendment.principle, old, amendment.at, session)
        amendments.append(amendment.but(guideline=number))
    taken = replace(
        found,
        probe=found.probe.but(id=probe),
        session=found.session.but(id=session, probe=probe),
        participants=ours(found.participants),
        moments=ours(found.moments),
        patterns=ours(found.patterns),
        placements=ours(found.placements),
        observations=ours(found.observations),
        events=ours(found.events),
        amendments=tuple(amendments),
        guidelines=guidelines,
    )
    if taken.sealed:
        taken = taken.with_session(gap=matrix.figures(taken).gap)
    archive.save([record for record in taken.records() if record not in book])
    return taken


def counts(taken: Debrief) -> Mapping[str, int]:
    """How many records of each kind came in."""
    of: dict[str, Any] = {
        name: getattr(taken, name)
        for name in ("participants", "moments", "patterns", "placements", "amendments", "observations")
    }
    return {name: len(records) for name, records in of.items()}
