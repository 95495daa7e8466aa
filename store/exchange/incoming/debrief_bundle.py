"""A debrief that comes by itself as a bundle to import: with the figures and the principles that its group would have kept."""

from collections.abc import Iterator
from datetime import date

from store.debrief import OF_THE_GROUP, Debrief
from store.exchange.bundle import Bundle, Row
from store.matrix import figures
from store.model import NonNegotiables
from store.session.impulses import tally
from store.words.dates import day

UNNUMBERED = 0
"""The number of a revision of which only the words are known: those that a probe quotes."""

Held = dict[str, list[Row]]
"""What a group holds across probes, by table."""


def bundled(found: Debrief) -> tuple[Bundle, Held]:
    """The debrief, and what its group holds. A sealed one gets the figures that the close keeps for the logbook."""
    if found.sealed:
        found = found.with_session(gap=figures.figures(found).gap, impulses=tally(found.dissent))
    held = {kind.table: [each.row() for each in getattr(found, kind.table)] for kind in OF_THE_GROUP}
    return with_revision(Bundle.of(found), held)


def with_revision(bundle: Bundle, held: Held) -> tuple[Bundle, Held]:
    """The same; where a pact quotes principles and not their revision, with those words as a revision of their own."""
    probe, revisions = bundle.probe, held[NonNegotiables.table]
    if not probe["non_negotiables"] or any(row["number"] == probe["statement"] for row in revisions):
        return bundle, held
    quoted = NonNegotiables(number=UNNUMBERED, at=probe["created"], principles=probe["non_negotiables"])
    return (
        Bundle({**probe, "statement": UNNUMBERED}, bundle.sessions, bundle.lists),
        {**held, NonNegotiables.table: [*revisions, quoted.row()]},
    )


def lacks(bundle: Bundle) -> Iterator[str]:
    """What a sealed debrief from elsewhere doesn't say of its end, though a room here would have to, a sentence each."""
    session, sunset = bundle.of_kind("debrief"), bundle.probe["pact"]["sunset"]
    if session is None or not session["sealed"]:
        return
    closing = session["closing"]
    if closing["sunset"] is None:
        yield "It doesn't say how it closed: it counts as a debrief that is over."
    if closing["sunset"] == "renew" and closing["renewed_until"] is None:
        lapses = f" on {day(date.fromisoformat(sunset))}" if sunset else ""
        yield f"It is marked renewed but has no new end, so it still lapses{lapses}."
