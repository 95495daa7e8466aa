"""One debrief as JSON, as `redraw show --json` prints it, read back and checked."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from store.debrief import KINDS, Debrief
from store.exchange.bundle import Bundle
from store.exchange.incoming.rooms import sentence
from store.exchange.outgoing.debrief_json import FORM
from store.model import Placement, Probe, RecurringPattern, Session, SessionRecord
from store.refused import Refused
from store.words.names import fold
from store.words.text import clipped


def read_export(data: Mapping[str, Any]) -> Debrief:
    """What `as_json` gave.

    Raises:
        Refused: one sentence that names the place and what is wrong with it.
    """
    if data.get("redraw") != FORM:
        raise Refused(
            f"The file is of a form that this Redraw doesn't know (it knows {FORM}): update Redraw to import it."
        )
    known = ("redraw", "probe", "session", "dissent_session", *(kind.table for kind in KINDS))
    if unknown := next((name for name in data if name not in known), None):
        raise Refused(f"Mend the file at {clipped(unknown, 60)}: an export holds only {', '.join(known)}.")
    try:
        probe = Probe.model_validate(data.get("probe"))
        session = (
            Session.model_validate(data["session"])
            if data.get("session") is not None
            else Session(id="", probe=probe.id, created=probe.created)
        )

        def all_of(kind: type[Any]) -> Any:
            rows = data.get(kind.table, [])
            if not isinstance(rows, list):
                raise Refused(f"Mend the file at {kind.table}: it should be a list.")
            return tuple(kind.model_validate(row) for row in rows)

        before = data.get("dissent_session")
        lists: dict[str, Any] = {kind.table: all_of(kind) for kind in KINDS if kind is not RecurringPattern}
        found = Debrief(
            probe=probe,
            session=session,
            dissent_session=Session.model_validate(before) if before is not None else None,
            **lists,
        )
    except ValidationError as error:
        raise Refused(f"Mend the file at {sentence(error)}.") from error
    _check_numbers(found)
    _check_guidelines(found)
    return found


def _check_guidelines(found: Debrief) -> None:
    """Raise Refused where it rests on a guideline that isn't there; those of another group are in no file of ours."""
    book = {0, *(each.number for each in found.guidelines)}
    if found.probe.origin or found.probe.conflicts_with:
        return
    for place, number in Bundle.of(found).guidelines():
        if number not in book:
            raise Refused(f"Mend the file at {place}: there is no {number} among the guidelines.")


def _check_numbers(found: Debrief) -> None:
    """Raise Refused where two records are the same one, or one rests on another that isn't there."""
    seen: set[tuple[object, ...]] = set()
    for record in found.records():
        if isinstance(record, Probe | Session):
            continue
        if isinstance(record, SessionRecord) and not found.begun:
            raise Refused(f"Mend the file at session: it is missing, and there are {record.table}.")
        own = tuple(getattr(record, name) for name in record.key_fields if name not in ("probe", "session"))
        also = (own,) if not isinstance(record, Placement) else (own, (record.round, fold(record.by)))
        for key in also:
            if (record.table, *key) in seen:
                number = ".".join(map(str, own))
                raise Refused(f"Mend the file at {record.table} {number}: the same number or name is there twice.")
            seen.add((record.table, *key))
    for table, record, numbers in (
        *(("moments", pattern, pattern.moments) for pattern in found.patterns),
        *(("patterns", amendment, amendment.because) for amendment in found.amendments),
    ):
        if missing := [number for number in numbers if (table, number) not in seen]:
            raise Refused(
                f"Mend the file at {record.table} {record.number}: there is no {missing[0]} among the {table}."
            )
