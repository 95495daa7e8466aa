"""An export as JSON, and one debrief by itself: every text exactly as typed.

An export is lossless with raw notes, and what `redraw import` takes:

    {
    "redraw": 1,
    "group": "Kettle and Key",
    "anonymous": false,
    "guidelines": [
    {…},
    {…}
    ],
    "non_negotiables": […],
    "recurring_patterns": […],
    "probes": [
    {"probe": {…}, "sessions": […], "participants": […], "moments": […], …},
    {…}
    ]
    }

A probe stands on one line, and the names come in an order that lets whoever reads know all that is needed before the first.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from store.debrief import KINDS, OF_THE_GROUP, Debrief
from store.exchange.bundle import Bundle, seen_ballots, seen_proposal
from store.exchange.outgoing.listed import with_names
from store.matrix import proposals
from store.model import Probe, Row, Session
from store.words.json_text import encoded

if TYPE_CHECKING:
    from store.exchange.outgoing.export import Contents

FORM = 1
"""The form of the export that this version writes, under the name `redraw`."""

HEAD = ("redraw", "group", "anonymous", "copy")
"""What stands before the lists; `copy` only in one that is made by `store.exchange.outgoing.session_copy`."""

GROUPS = tuple(kind.table for kind in OF_THE_GROUP)
"""The lists of what the group holds across probes."""


def file(contents: "Contents") -> Iterator[bytes]:
    """The file, piece by piece."""
    yield from document({"group": contents.group, "anonymous": not contents.raw}, contents.held, contents.bundles)


def document(
    head: Mapping[str, object], held: Mapping[str, Iterable[Row]], bundles: Iterable[Bundle]
) -> Iterator[bytes]:
    """The same of any probes; `head` is what stands before the lists, `held` what the group holds, by table."""
    yield b"{\n" + b"".join(
        b"%b: %b,\n" % (_json(name), _json(value)) for name, value in {"redraw": FORM, **head}.items()
    )
    for name in GROUPS:
        yield from _list(name, held[name])
        yield b",\n"
    probes = ({"probe": each.probe, "sessions": each.sessions, **each.lists} for each in bundles)
    yield from _list("probes", probes)
    yield b"\n}\n"


def _list(name: str, rows: Iterable[Row]) -> Iterator[bytes]:
    yield _json(name) + b": ["
    between = b"\n"
    for row in rows:
        yield between + _json(row)
        between = b",\n"
    yield b"]" if between == b"\n" else b"\n]"


def _json(value: object) -> bytes:
    return encoded(value).encode()


def as_json(debrief: Debrief) -> dict[str, Any]:
    """Every record of a probe and its session, without what is blind; for oneself, so that one's or two's expectation is there.

    Of what the group holds across probes: the guidelines that it made, changed or judged, and the revision of the
    non-negotiables that its pact quotes.
    """
    ours = not debrief.probe.origin
    touched: dict[str, set[int | None]] = {
        "guidelines": {*Bundle.of(debrief).guidelines()} if ours else set(),
        "non_negotiables": {debrief.probe.statement},
        "recurring_patterns": {
            each.number
            for each in debrief.recurring_patterns
            if any(seen.session == debrief.session.id for seen in each.seen)
        },
    }
    lists = {
        kind.table: with_names(
            kind,
            (
                record.row()
                for record in getattr(debrief, kind.table)
                if kind not in OF_THE_GROUP or record.number in touched[kind.table]
            ),
        )
        for kind in KINDS
    }
    held = debrief.session if debrief.begun else None, debrief.dissent_session
    session, before = (with_names(Session, [each.row()])[0] if each else None for each in held)
    expected = [row for row in lists["placements"] if not row["round"]]
    ballots = [row for row in lists["placements"] if row["round"]]
    lists["placements"] = [*expected, *seen_ballots(ballots, debrief.session.revealed)]
    lists["proposals"] = [seen_proposal(row, not proposals.revealed(debrief)) for row in lists["proposals"]]
    return {
        "redraw": FORM,
        "probe": with_names(Probe, [debrief.probe.row()])[0],
        "session": session,
        "dissent_session": before,
        **lists,
    }
