"""A probe with its session as JSON, every text exactly as typed, and the way back."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from store.debrief import Debrief
from store.model import (
    Amendment,
    Event,
    Guideline,
    Moment,
    Observation,
    Participant,
    Pattern,
    Placement,
    Probe,
    Record,
    Session,
)
from store.refused import Refused
from store.rooms import sentence

FORM = 1
"""The form of the export that this version writes, under the name `redraw`."""

KINDS: tuple[type[Record], ...] = (
    Participant,
    Moment,
    Pattern,
    Placement,
    Amendment,
    Event,
    Observation,
    Guideline,
)


def as_json(debrief: Debrief) -> dict[str, Any]:
    """Every record of a probe and its session; of the guidelines those that its amendments made or changed."""
    touched = {amendment.guideline for amendment in debrief.amendments}
    lists: dict[str, list[dict[str, Any]]] = {kind.table: [] for kind in KINDS}
    for record in debrief.records():
        if isinstance(record, Probe | Session) or (isinstance(record, Guideline) and record.number not in touched):
            continue
        lists[record.table].append(record.model_dump(mode="json"))
    return {
        "redraw": FORM,
        "probe": debrief.probe.model_dump(mode="json"),
        "session": debrief.session.model_dump(mode="json") if debrief.begun else None,
        **lists,
    }


def read_export(data: Mapping[str, Any]) -> Debrief:
    """What `as_json` gave.

    Raises:
        Refused: one sentence that names the place and what is wrong with it.
    """
    if data.get("redraw") != FORM:
        raise Refused(
            f"The file is of a form that this Redraw doesn't know (it knows {FORM}): update Redraw to import it."
        )
    try:
        probe = Probe.model_validate(data.get("probe"))
        session = (
            Session.model_validate(data["session"])
            if data.get("session")
            else Session(id="", probe=probe.id, created=probe.created)
        )

        def all_of(kind: type[Any]) -> Any:
            rows = data.get(kind.table, [])
            if not isinstance(rows, list):
                raise Refused(f"Mend the file at {kind.table}: it should be a list.")
            return tuple(kind.model_validate(row) for row in rows)

        return Debrief(
            probe=probe,
            session=session,
            participants=all_of(Participant),
            moments=all_of(Moment),
            patterns=all_of(Pattern),
            placements=all_of(Placement),
            amendments=all_of(Amendment),
            events=all_of(Event),
            observations=all_of(Observation),
        )
    except ValidationError as error:
        raise Refused(f"Mend the file at {sentence(error)}.") from error
