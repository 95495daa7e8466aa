"""Conflicts: the same probe has come in again and differs. What differs, and deciding which of the two stays."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from store.archive.archive import Archive, NotFound
from store.exchange.bundle import LISTS, Bundle, Shelf
from store.exchange.incoming.differing import Differing, values
from store.exchange.incoming.group_book import GroupBook
from store.exchange.incoming.known_probes import differences, fewer, without_names
from store.exchange.incoming.merging import merged
from store.model import (
    Amendment,
    Guideline,
    NonNegotiables,
    Pattern,
    Probe,
    RecurringPattern,
    Row,
    Seen,
    Session,
)
from store.refused import Refused
from store.words.json_text import encoded


class Keep(StrEnum):
    """What can be decided about a conflict."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    NEW = "new"
    """Ours, with what only theirs holds."""


def undecided(archive: Archive, id: str) -> tuple[str, ...]:
    """In what a probe in conflict differs from the one here; raises as `settle`."""
    ours, theirs = _both(Shelf(archive), id)
    return differences(ours, theirs) if ours else ()


def side_by_side(archive: Archive, id: str) -> tuple[Differing, ...]:
    """The same with both values, so that one can tell which to keep."""
    ours, theirs = _both(Shelf(archive), id)
    return values(ours, theirs) if ours else ()


def brought(archive: Archive, id: str) -> tuple[str, ...]:
    """What a probe in conflict would bring into the one here that isn't there yet, in words; raises as `settle`.

    Nothing from a record without names: its people can't be told from those here.
    """
    ours, theirs = _both(Shelf(archive), id)
    return merged(ours, theirs).brought if ours and not without_names(theirs) else ()


def lost(archive: Archive, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What probes in conflict have less of than those here, in words, by the id of the probe here; raises as `settle`."""
    shelf = Shelf(archive)
    pairs = (_both(shelf, id) for id in ids)
    return {ours.probe["id"]: less for ours, theirs in pairs if ours and (less := fewer(ours, theirs))}


def settle(archive: Archive, ids: Iterable[str], keep: Keep) -> None:
    """Decide alike, as one save, which of the two stays of some probes that came in.

    Raises:
        NotFound: there is no such probe.
        Refused: it is in no conflict.
        ArchiveError: it could not be saved.
    """
    shelf, book = Shelf(archive), GroupBook(archive) if keep is Keep.NEW else None
    known = recurring = archive.group_records(RecurringPattern)
    fresh: dict[str, list[bytes]] = {}
    gone: list[tuple[str, str, str | int]] = []
    for id in ids:
        ours, theirs = _both(shelf, id)
        before = (ours, theirs) if ours else (theirs,)
        if ours is None:
            after: tuple[Bundle, ...] = (theirs.without_conflict(),)
        else:
            after = (_with_new(ours, theirs, book),) if book else decided(ours, theirs, keep)
        for bundle in (each for each in after if each not in before):
            for name, rows in bundle.tables():
                fresh.setdefault(name, []).extend(encoded(row).encode() for row in rows)
        gone += [place for bundle in before if bundle not in after for place in places(bundle)]
        if ours and keep is Keep.THEIRS:
            recurring = _followed(recurring, ours, after[0])
    if recurring != known:
        gone += [(RecurringPattern.table, "number", each.number) for each in known]
        fresh[RecurringPattern.table] = [encoded(each.row()).encode() for each in recurring]
    for record in book.settle((), {kind.table: [] for kind in (Guideline, NonNegotiables)}) if book else ():
        gone.append((record.table, "number", record.number))
        fresh.setdefault(record.table, []).append(encoded(record.row()).encode())
    archive.exchange({name: rows for name, rows in fresh.items() if rows}, gone)


def _with_new(ours: Bundle, theirs: Bundle, book: GroupBook) -> Bundle:
    """Ours with what is new; what that amended joins our book, unless the probe is another group's."""
    if without_names(theirs):
        return ours
    found = merged(ours, theirs)
    if not found.amended or ours.probe.get("origin"):
        return found.bundle
    joined = book.numbered(replace(ours, lists={**ours.lists, Amendment.table: found.amended}), joins=True)
    amendments = [*ours.lists[Amendment.table], *joined.lists[Amendment.table]]
    return replace(found.bundle, lists={**found.bundle.lists, Amendment.table: amendments})


def _both(shelf: Shelf, id: str) -> tuple[Bundle | None, Bundle]:
    """The probe here, unless it has gone, and the one that came in and differs from it."""
    if id not in shelf.probes:
        raise NotFound(f"There is no probe {id!r}: “redraw list” shows what there is.")
    ours = shelf.probes[id].get("conflicts_with")
    if not ours:
        raise Refused(f"{id} is in no conflict: there is nothing to decide.")
    return shelf.bundle(ours) if ours in shelf.probes else None, shelf.bundle(id)


def decided(ours: Bundle, theirs: Bundle, keep: Keep) -> tuple[Bundle, ...]:
    """What the archive holds in place of two probes that differ, once it is decided to keep ours, theirs or both.

    Where theirs is kept it takes our place whole: it gets our ids, so that what rests on the probe still finds it, and our
    numbers of the guidelines where both amended them alike or said the same of them.
    """
    if keep is Keep.OURS:
        return (ours,)
    if keep is Keep.BOTH:
        return ours, theirs.without_conflict()
    by_kind = {row["kind"]: row for row in ours.sessions}
    ids = {row["id"]: by_kind.get(row["kind"], row)["id"] for row in theirs.sessions}
    kept = {name: ours.probe.get(name, "") for name in ("uid", "file_digest", "origin")}
    taken = theirs.renamed(ours.probe["id"], ids, conflicts_with="", statement=ours.probe["statement"], **kept)
    numbers = {(row["number"], row["principle"]): row["guideline"] for row in ours.lists[Amendment.table]}
    amendments = [
        {**row, "guideline": numbers.get((row["number"], row["principle"]), row["guideline"])}
        for row in taken.lists[Amendment.table]
    ]
    sessions = [_judged_as(row, by_kind.get(row["kind"])) for row in taken.sessions]
    return (Bundle(taken.probe, sessions, {**taken.lists, Amendment.table: amendments}),)


def _judged_as(theirs: Row, ours: Row | None) -> Row:
    """A session with our verdicts where theirs say the same."""
    if ours is None or [each["worked"] for each in ours["verdicts"]] != [each["worked"] for each in theirs["verdicts"]]:
        return theirs
    return {**theirs, "verdicts": ours["verdicts"]}


def _followed(recurring: Sequence[RecurringPattern], ours: Bundle, taken: Bundle) -> tuple[RecurringPattern, ...]:
    """The recurring patterns once one record of a probe has taken the place of another.

    A pattern that was seen in ours is now seen in what took its place, if its words are there too. One that is left with a
    single place doesn't recur.
    """
    was = {Seen(session=row["session"], pattern=row["number"]): row["text"] for row in ours.lists[Pattern.table]}
    now = {(row["session"], row["text"]): row["number"] for row in reversed(taken.lists[Pattern.table])}

    def moved(seen: Seen) -> Seen | None:
        if seen not in was:
            return seen
        number = now.get((seen.session, was[seen]))
        return None if number is None else Seen(session=seen.session, pattern=number)

    found = (each.but(seen=tuple(filter(None, map(moved, each.seen)))) for each in recurring)
    return tuple(new for new, old in zip(found, recurring, strict=True) if new == old or len(new.seen) > 1)


def places(bundle: Bundle) -> Iterator[tuple[str, str, str]]:
    """Where an archive keeps the records of a probe: the table, and the field and value that they have in common."""
    probe = bundle.probe["id"]
    yield Probe.table, "id", probe
    yield Session.table, "probe", probe
    for kind in LISTS:
        field = kind.key_fields[0]
        for owner in [probe] if field == "probe" else [row["id"] for row in bundle.sessions]:
            yield kind.table, field, owner
