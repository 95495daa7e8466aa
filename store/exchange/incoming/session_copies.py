"""Taking up a copy of a session: what the archive could not save comes in where it left off, without a question.

That holds as long as nothing that is here is missing in the copy. Otherwise both have gone on since, and the copy comes in as any
other file does: beside what is here, as a conflict that somebody decides.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from store.archive.archive import Archive
from store.debrief import OF_THE_GROUP
from store.exchange.bundle import LISTS, Bundle, Shelf
from store.exchange.incoming.conflicts import places
from store.exchange.incoming.reading import Incoming
from store.model import Event, Record, Row
from store.phases import PASSING
from store.words.json_text import encoded

_PASSING = PASSING | {"round", "revealed", "sealed", "gap", "impulses"}
"""Fields of a session that its way through the phases changes; its events tell which of two states is the later one."""


class TakenUp:
    """What a copy brings: the documents that come and the places of those that go, as `Archive.exchange` takes them.

    Attributes:
        probe: the probe as the copy has it; None where it holds none.
        counts: how many more records of each kind there are with it, of ballots only those that may be shown.
    """

    def __init__(self, probe: Bundle | None = None) -> None:
        self.probe = probe
        self.fresh: dict[str, list[bytes]] = {}
        self.gone: list[tuple[str, str, str | int]] = []
        self.counts: dict[str, int] = {}

    def replace(self, here: Bundle, there: Bundle) -> None:
        """Put a probe in place of what is here of it."""
        self.gone += places(here)
        for name, rows in there.tables():
            self.add(name, rows)
        before, after = here.seen().lists, there.seen().lists
        counted = (kind.table for kind in LISTS if kind is not Event)
        self.counts = {name: max(0, len(after[name]) - len(before[name])) for name in counted}

    def add(self, table: str, rows: Sequence[Row]) -> None:
        """Take in some records."""
        if rows:
            self.fresh.setdefault(table, []).extend(encoded(row).encode() for row in rows)


def taken_up(archive: Archive, file: Incoming, bundles: Sequence[Bundle]) -> TakenUp | None:
    """What a copy, read whole, brings; None where the probe isn't here, or something that is here isn't in the copy.

    Raises:
        ArchiveError: a record here is damaged.
    """
    archive.follow()
    shelf, found = Shelf(archive), TakenUp()
    for there in bundles:  # one, or none
        row = shelf.probes.get(there.probe["id"], {})
        if not there.probe["uid"] or row.get("uid") != there.probe["uid"] or row.get("conflicts_with"):
            return None
        here, found = shelf.bundle(row["id"]), TakenUp(there)
        if _later(there, here):
            if not _later(here, there):  # it was taken up before, and this went on
                return found
        elif _later(here, there):
            found.replace(here, there)
        else:
            return None
    for kind in OF_THE_GROUP:
        known = {record.row()["number"]: record.row() for record in archive.group_records(kind)}
        for row in file.held[kind.table]:
            old = known.get(row["number"])
            if old is None:
                found.add(kind.table, [row])
            elif _grown(row, old):
                continue
            elif _grown(old, row):
                found.gone.append((kind.table, "number", row["number"]))
                found.add(kind.table, [row])
            else:
                return None
    return found


def _later(here: Bundle, there: Bundle) -> bool:
    """Whether nothing that is here of a probe is missing there."""
    sessions = {row["id"]: row for row in there.sessions}
    return (
        _grown(here.probe, there.probe)
        and all(row["id"] in sessions and _grown(row, sessions[row["id"]], _PASSING) for row in here.sessions)
        and all(_kept(kind, here.lists[kind.table], there.lists[kind.table]) for kind in LISTS)
    )


def _kept(kind: type[Record], here: Sequence[Row], there: Sequence[Row]) -> bool:
    found = {tuple(row[name] for name in kind.key_fields): row for row in there}
    return all(_grown(row, found.get(tuple(row[name] for name in kind.key_fields))) for row in here)


def _grown(here: Any, there: Any, but: frozenset[str] = frozenset()) -> bool:
    """Whether a value has only gained: lists hold what they held, and what was said is said still."""
    if isinstance(here, Mapping) and isinstance(there, Mapping):
        return all(_grown(value, there.get(name)) for name, value in here.items() if name not in but)
    if isinstance(here, list | tuple):
        return set(map(encoded, here)) <= set(map(encoded, there or ()))
    return here is None or here is False or here == "" or bool(here == there)
