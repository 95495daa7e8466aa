"""Taking a debrief from a file into an archive: new ids, and amendments that find their guideline by its wording."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from store.archive.archive import Archive, new_uid
from store.debrief import KINDS, OF_THE_GROUP, Debrief
from store.exchange.incoming import renumbering
from store.exchange.incoming.debrief_json import read_export
from store.exchange.incoming.json_stream import finite
from store.exchange.incoming.rooms import read_room
from store.matrix import figures
from store.model import Amendment, Event, NonNegotiables, Record, stamp
from store.probe.non_negotiables import quoted
from store.refused import Refused
from store.session.impulses import tally
from store.words.dates import day


def read(text: str, now: float) -> Debrief:
    """The debrief in a file: a room file, or what `redraw show --format json` gives.

    Raises:
        Refused: it is neither; one sentence.
    """
    try:
        data = json.loads(text, parse_float=finite, parse_constant=finite)
    except RecursionError as error:
        raise Refused("The file is nested too deeply to be a room file.") from error
    except ValueError as error:
        raise Refused(f"The file is not JSON ({error}): export it again, or mend it there.") from error
    if not isinstance(data, dict):
        raise Refused("The file holds no room: it should be an object with a title, participants, moments and so on.")
    return read_export(data) if "redraw" in data else read_room(data, stamp(now))


def take_in(archive: Archive, found: Debrief) -> Debrief:
    """Save a debrief from elsewhere under ids of its own, whole or not at all; answers with it as it came in."""
    probe = archive.new_id("probes")
    session = archive.new_id("sessions") if found.begun else ""
    book = archive.guidelines()

    def ours(kind: type[Record]) -> tuple[Any, ...]:
        ids = {"probe": probe, "session": session}
        own = {name: id for name, id in ids.items() if name in kind.model_fields}
        return tuple(record.but(**own) for record in getattr(found, kind.table))

    lists: dict[str, Any] = {kind.table: ours(kind) for kind in KINDS}
    guidelines = book
    if not found.probe.origin:
        guidelines, rows = renumbering.amended(book, [each.row() for each in lists[Amendment.table]])
        lists[Amendment.table] = tuple(map(Amendment.model_validate, rows))
    told = renumbering.wordings(found.guidelines, found.session.id, found.session.sealed)
    verdicts = renumbering.judged(found.session.verdicts, told, None if found.probe.origin else guidelines)
    revisions = archive.non_negotiables()
    statements, statement = quoted(revisions, _statement(found, probe))
    recurring = archive.recurring_patterns()
    held = {"guidelines": guidelines, "non_negotiables": statements, "recurring_patterns": recurring}
    before = found.dissent_session
    if before is not None:
        before = before.but(id=_following(session) if session else archive.new_id("sessions"), probe=probe)
    taken = replace(
        found,
        probe=found.probe.but(id=probe, uid=found.probe.uid or new_uid(), statement=statement, conflicts_with=""),
        session=found.session.but(id=session, probe=probe, verdicts=verdicts),
        dissent_session=before,
        **{**lists, **held},
    )
    if taken.sealed:
        taken = taken.with_session(gap=figures.figures(taken).gap, impulses=tally(taken.dissent))
    known = {(record.table, record.key): record for record in (*book, *revisions, *recurring)}
    archive.save([record for record in taken.records() if known.get((record.table, record.key)) != record])
    return taken


def _statement(found: Debrief, probe: str) -> NonNegotiables:
    """The revision of the non-negotiables that a probe from elsewhere quotes; in a room file only its words are there."""
    theirs = next((each for each in found.non_negotiables if each.number == found.probe.statement), None)
    return theirs or NonNegotiables(
        number=0, at=found.probe.created, principles=found.probe.non_negotiables, source=probe
    )


def _following(id: str) -> str:
    """The id after `id`."""
    return f"{id[0]}{int(id[1:]) + 1}"


def lacks(taken: Debrief) -> Iterator[str]:
    """What a sealed debrief from elsewhere doesn't say of its end, though a room here would have to, a sentence each."""
    closing, sunset = taken.session.closing, taken.probe.pact.sunset
    if not taken.sealed:
        return
    if closing.sunset is None:
        yield "It doesn't say how it closed: it stands here as a debrief that is over."
    if closing.sunset == "renew" and closing.renewed_until is None:
        lapses = f": it lapses at its sunset, {day(sunset)}" if sunset else ""
        yield f"It says that it is renewed and not until when, which counts as no renewal{lapses}."


def counts(taken: Debrief) -> Mapping[str, int]:
    """How many records of each kind came in; what the group holds, and events, came of themselves."""
    return {kind.table: len(getattr(taken, kind.table)) for kind in KINDS if kind not in (*OF_THE_GROUP, Event)}
