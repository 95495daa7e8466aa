"""Importing a file: a room, one debrief, or a whole export of our own or of another group.

An export into an empty archive comes back as it was, ids and all. Into any other its probes come in beside ours, marked with
whose they are, and what another group holds across its probes stays theirs: our guidelines and non-negotiables don't
change. A probe that is here already and says the same changes nothing; one that is here and differs is kept as a conflict.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from store.archive.archive import Archive, new_uid
from store.archive.disk.changes import parsed
from store.debrief import KINDS, OF_THE_GROUP, Debrief
from store.exchange.bundle import Bundle
from store.exchange.incoming.conflicts import Keep, decided, places
from store.exchange.incoming.group_book import Fresh, GroupBook
from store.exchange.incoming.known_probes import KnownProbes, Match
from store.exchange.incoming.reading import Incoming, Reader, bundled
from store.exchange.incoming.session_copies import TakenUp, taken_up
from store.exchange.outgoing.json_document import GROUPS
from store.exchange.outgoing.nameless import anonymous
from store.model import Event, Guideline, Placement, Probe, RecurringPattern, Row, Session
from store.words.json_text import encoded


@dataclass(frozen=True, slots=True)
class ImportedProbe:
    """A probe of a file, and what became of it.

    Attributes:
        probe, session: the ids that it has here; `session` is empty where there is none.
        title: as typed.
        how: `new`; `same` if it was here already; `continued` if a copy of a session went on from what was here; `fuller` if it was,
            without the names and raw notes that the file has; `filled` if those have come in; or `conflict`.
        ours: the id of the probe that it differs from.
        shorn: whether the file has names and raw notes of it that stayed there, since it is another group's and nobody asked for them.
    """

    probe: str
    session: str
    title: str
    how: str
    ours: str = ""
    shorn: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in.

    Attributes:
        probes: in the order of the file.
        counts: how many records of each kind came in.
        whole: whether the file was an export of any number of probes.
        group: who exported it.
        own: whether that group is ours.
        theirs: how many guidelines stayed with their group.
        held: how many records came in of what a group holds across probes, by kind.
        lacks: what a debrief that came by itself doesn't say of its end, a sentence each.
        named: whether an export with names and raw notes came into an empty archive, as it was.
    """

    probes: tuple[ImportedProbe, ...]
    counts: Mapping[str, int]
    whole: bool = False
    group: str = ""
    own: bool = True
    theirs: int = 0
    held: Mapping[str, int] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    named: bool = False


def import_file(
    archive: Archive,
    read: Callable[[int], bytes],
    now: float,
    progress: Callable[[int], None] | None = None,
    fill: bool = False,
) -> Imported:
    """Import a file, whole or not at all.

    Args:
        archive: where to.
        read: gives up to so many more bytes of the file; none at its end.
        now: seconds since the epoch.
        progress: is told how many bytes have been read.
        fill: whether names and raw notes of other groups' probes come in, also into what is here without them.

    Raises:
        Refused: the file can't be imported; one sentence that names the place.
        ArchiveError: it could not be saved.
    """
    reader = Reader(read, now, progress)
    bundles: Iterator[Bundle] = reader.bundles()
    first = next(bundles, None)  # a file that is none is refused before anything else is looked at
    if reader.says.copy:
        read_whole = [first, *bundles] if first is not None else []
        if (found := taken_up(archive, reader.says, read_whole)) is not None:
            return _take_up(archive, reader.says, found)
        bundles = iter(read_whole[1:])
    importing = Import(archive, reader.says, fill)
    if first is not None:
        importing.add(first)
    for bundle in bundles:
        importing.add(bundle)
    return importing.save()


def _take_up(archive: Archive, file: Incoming, found: TakenUp) -> Imported:
    if found.fresh:
        archive.exchange(found.fresh, found.gone)
    probes: tuple[ImportedProbe, ...] = ()
    if found.probe is not None:
        row, how = found.probe.probe, "continued" if found.fresh else "same"
        probes = (ImportedProbe(row["id"], _debrief(found.probe.sessions), row["title"], how),)
    held = {name: len(found.fresh[name]) for name in GROUPS if name in found.fresh}
    return Imported(probes, found.counts, whole=True, group=file.group, held=held)


def take_in(archive: Archive, found: Debrief) -> Debrief:
    """Save a debrief from elsewhere under ids of its own, whole or not at all; answers with it as it came in."""
    named = replace(found, probe=found.probe.but(uid=found.probe.uid or new_uid()))
    bundle, held = bundled(named)
    importing = Import(archive, Incoming(held=held))
    importing.add(bundle)
    (only,) = importing.save().probes
    return archive.debrief(only.probe)


class Import:
    """Probes on their way into an archive; all of them are saved at the end, as one save."""

    def __init__(self, archive: Archive, file: Incoming, fill: bool = False) -> None:
        """Begin, with what is here; what `file` says of what is held is needed only by `save`. For `fill` see `import_file`."""
        self._archive, self._file = archive, file
        self._here, self._book = KnownProbes(archive, file, fill, self._bundle), GroupBook(archive)
        nothing_here = not (self._here.rows or self._book or archive.rows(RecurringPattern.table))
        self._as_it_was = file.whole and nothing_here
        self._probes: list[ImportedProbe] = []
        self._lines: dict[str, list[bytes]] = {}
        self._fresh: dict[str, Fresh] = {}
        self._gone: list[tuple[str, str, str | int]] = []
        self._blind = 0  # ballots that came in and that nobody has been shown

    def add(self, bundle: Bundle) -> None:
        """Take up one more probe."""
        if self._as_it_was:
            self._put(bundle, "new")
            return
        match = self._here.match(bundle)
        if match.how in ("new", "conflict"):
            self._add_beside(bundle, match)
        elif match.how == "filled":
            self._fill_in(bundle, self._here.bundle(match.here))
        else:
            self._probes.append(self._known(match))

    def _add_beside(self, bundle: Bundle, match: Match) -> None:
        if match.shorn:
            bundle = anonymous(bundle)
        own = {"uid": match.uid, "origin": match.origin, "conflicts_with": match.here, "statement": None}
        moved = bundle.renamed(match.id, match.sessions, **own)
        if not match.origin:
            moved = self._book.numbered(moved, joins=not match.here)
        quotes = None if match.foreign else bundle.probe["statement"]
        was = () if bundle.probe.get("origin") else tuple(match.sessions)
        self._put(moved, match.how, match.here, quotes=quotes, was=was, shorn=match.shorn)

    def _fill_in(self, theirs: Bundle, ours: Bundle) -> None:
        """Put the probe with its names in place of the one here without them."""
        (filled,) = decided(ours, theirs, Keep.THEIRS)
        self._gone += places(ours)
        self._put(filled, "filled", was=None)

    def _known(self, match: Match) -> ImportedProbe:
        row = self._here.rows.get(match.here)
        if row is None:  # it is in the file twice
            return replace(next(each for each in self._probes if each.probe == match.here), how=match.how)
        session = _debrief(self._archive.where(Session.table, "probe", match.here))
        return ImportedProbe(match.here, session, row["title"], match.how)

    def _put(
        self,
        bundle: Bundle,
        how: str,
        ours: str = "",
        quotes: int | None = None,
        was: Sequence[str] | None = (),
        shorn: bool = False,
    ) -> None:
        id = bundle.probe["id"]
        self._blind += len(bundle.lists[Placement.table]) - len(bundle.seen().lists[Placement.table])
        self._probes.append(ImportedProbe(id, _debrief(bundle.sessions), bundle.probe["title"], how, ours, shorn))
        lines = {name: self._add_lines(name, rows) for name, rows in bundle.lists.items()}
        self._fresh[id] = Fresh(bundle.probe, list(bundle.sessions), lines, quotes, was)

    def _add_lines(self, table: str, rows: Iterable[Row]) -> slice:
        lines = self._lines.setdefault(table, [])
        start = len(lines)
        lines += [encoded(row).encode() for row in rows]
        return slice(start, len(lines))

    def _bundle(self, id: str) -> Bundle:
        """A probe that isn't saved yet."""
        fresh = self._fresh[id]
        lists = {name: [parsed(line) for line in self._lines[name][place]] for name, place in fresh.lines.items()}
        return Bundle(fresh.probe, fresh.sessions, lists)

    @property
    def brings(self) -> bool:
        """Whether anything has come in that isn't here."""
        return bool(self._fresh)

    def save(self) -> Imported:
        """Save all of it; raises ArchiveError where that can't be done."""
        if self._as_it_was:
            for name in GROUPS:
                self._add_lines(name, self._file.held[name])
        else:
            for record in self._book.settle(self._fresh.values(), self._file.held):
                self._gone.append((record.table, "number", record.number))
                self._add_lines(record.table, [record.row()])
        for fresh in self._fresh.values():
            self._add_lines(Probe.table, [fresh.probe])
            self._add_lines(Session.table, fresh.sessions)
        lines = {name: rows for name, rows in self._lines.items() if rows}
        if lines:
            self._archive.exchange(lines, self._gone)
        return self._result()

    def _result(self) -> Imported:
        file = self._file
        counts = {
            kind.table: len(self._lines.get(kind.table, ())) for kind in KINDS if kind not in (*OF_THE_GROUP, Event)
        }
        counts[Placement.table] -= self._blind
        probes = tuple(self._probes)
        if not file.whole:
            new = any(each.how == "new" for each in probes)
            return Imported(probes, counts if self._fresh else {}, lacks=file.lacks if new else ())
        own = self._as_it_was or self._here.ours
        theirs = 0 if own else len(file.held[Guideline.table])
        held = {name: len(file.held[name]) for name in GROUPS if self._as_it_was and file.held[name]}
        named = self._as_it_was and not (file.anonymous or file.copy)
        return Imported(probes, counts, whole=True, group=file.group, own=own, theirs=theirs, held=held, named=named)


def _debrief(sessions: Iterable[Row]) -> str:
    """The id of the debrief among a probe's sessions; empty where there is none."""
    return next((each["id"] for each in sessions if each.get("kind", "debrief") == "debrief"), "")
