"""A probe with its session as JSON, every text exactly as typed."""

from typing import Any

from store.debrief import KINDS, OF_THE_GROUP, Debrief
from store.exchange.bundle import Bundle

FORM = 1
"""The form of the export that this version writes, under the name `redraw`."""


def as_json(debrief: Debrief) -> dict[str, Any]:
    """Every record of a probe and its session.

    Of what the group holds across probes: the guidelines that it made, changed or judged, and the revision of the
    non-negotiables that its pact quotes.
    """
    ours = not debrief.probe.origin
    touched: dict[str, set[int | None]] = {
        "guidelines": {number for _, number in Bundle.of(debrief).guidelines()} if ours else set(),
        "non_negotiables": {debrief.probe.statement},
        "recurring_patterns": {
            each.number
            for each in debrief.recurring_patterns
            if any(seen.session == debrief.session.id for seen in each.seen)
        },
    }
    lists = {
        kind.table: [
            record.row()
            for record in getattr(debrief, kind.table)
            if kind not in OF_THE_GROUP or record.number in touched[kind.table]
        ]
        for kind in KINDS
    }
    before = debrief.dissent_session
    return {
        "redraw": FORM,
        "probe": debrief.probe.row(),
        "session": debrief.session.row() if debrief.begun else None,
        "dissent_session": before.row() if before else None,
        **lists,
    }
