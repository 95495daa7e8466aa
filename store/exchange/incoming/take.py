"""Taking files into an archive: a room, one debrief, or a whole export of our own or of another group.

An export into an empty archive comes back as it was, ids and all. Into any other its probes come in beside ours, marked with
whose they are, and what another group holds across its probes stays theirs: our guidelines and non-negotiables are as
they were. One that is here already and the same changes nothing; one that is here and differs is kept as a conflict.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from store.archive.archive import Archive, NotFound
from store.archive.disk.changes import parsed
from store.debrief import KINDS, OF_THE_GROUP, Debrief
from store.exchange.bundle import LISTS, Bundle, Row
from store.exchange.by_probe import Shelf, our_group
from store.exchange.incoming import reading, renumbering
from store.exchange.incoming.conflicts import (
    Keep,
    content,
    decided,
    differences,
    fewer,
    followed,
    renamed,
    whose,
    without_conflict,
)
from store.exchange.incoming.debrief_json import read_export
from store.exchange.incoming.json_stream import members
from store.exchange.incoming.one_debrief import counts, lacks, take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.debrief_json import FORM
from store.exchange.outgoing.json_document import GROUPS, HEAD
from store.exchange.outgoing.nameless import anonymous, nameless
from store.model import Amendment, Event, Guideline, NonNegotiables, Probe, RecurringPattern, Session, Verdict, stamp
from store.probe.non_negotiables import quoted
from store.refused import Refused
from store.words.json_text import encoded
from store.words.text import clipped

_KNOWN = (*HEAD, *GROUPS, "probes")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A probe of a file, and what became of it.

    Attributes:
        probe, session: the ids that it has here; `session` is empty where there is none.
        title: as typed.
        how: `new`; `same` where it was here already; `fuller` where it was, without the names and raw notes that the file has;
            `filled` where those have come in; or `conflict`.
        ours: the id of the probe that it differs from.
    """

    probe: str
    session: str
    title: str
    how: str
    ours: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came in.

    Attributes:
        arrivals: the probes, in the order of the file.
        counts: how many records of each kind came in with those that are new or a conflict.
        whole: whether the file was an export of many probes.
        group: whose that was.
        own: whether they are our own.
        theirs: how many guidelines stayed with the group that they belong to.
        held: how many came in of what a group holds across probes, by kind.
        lacks: what a debrief that came by itself doesn't say of its end, a sentence each.
    """

    arrivals: tuple[Arrival, ...]
    counts: Mapping[str, int]
    whole: bool = False
    group: str = ""
    own: bool = True
    theirs: int = 0
    held: Mapping[str, int] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()


def take(
    archive: Archive,
    read: Callable[[int], bytes],
    now: float,
    progress: Callable[[int], None] = lambda done: None,
    fill: bool = False,
) -> Taken:
    """Take a file in, whole or not at all.

    Args:
        archive: where to.
        read: gives up to so many more bytes of the file; none at its end.
        now: seconds since the epoch.
        progress: is told how many bytes have been read.
        fill: whether names and raw notes come into what is here without them.

    Raises:
        Refused: the file can't be taken in; one sentence that names the place.
        ArchiveError: it could not be saved.
    """
    head: dict[str, Any] = {}
    arrivals: _Arrivals | None = None
    for name, at, value in members(read, ("probes",), progress):
        if name != "probes":
            if arrivals is not None and name in HEAD[1:]:
                raise Refused(f"Mend the file at {name}: it has to stand before the probes.")
            head[name] = value
            continue
        if arrivals is None:
            arrivals = _Arrivals(archive, head, fill)
        if at is not None:
            arrivals.add(reading.probe(value, at, arrivals.anonymous))
        elif value != []:
            raise Refused("Mend the file at probes: it should be a list.")
    if arrivals is not None:
        return arrivals.save(head)
    if "redraw" in head:
        return _take_one(archive, read_export(head), fill)
    found = read_room(head, stamp(now))
    uid = str(uuid5(NAMESPACE_OID, encoded(head)))
    if here := _of_uid(archive, uid):
        ours = archive.debrief(here[0])
        return Taken((Arrival(here[0], ours.session.id, ours.probe.title, "same"),), {})
    return _take_new(archive, replace(found, probe=found.probe.but(uid=uid)))


def _of_uid(archive: Archive, uid: str) -> list[str]:
    """The probes here that are the one of a name in the world."""
    return [row["id"] for row in archive.rows(Probe.table) if uid and row.get("uid") == uid]


def _take_new(archive: Archive, found: Debrief) -> Taken:
    taken = take_in(archive, found)
    arrival = Arrival(taken.probe.id, taken.session.id, taken.probe.title, "new")
    return Taken((arrival,), counts(taken), lacks=tuple(lacks(taken)))


def _take_one(archive: Archive, found: Debrief, fill: bool) -> Taken:
    """Take in one debrief by itself. Where it is here already it comes as any other that does."""
    here = _of_uid(archive, found.probe.uid)
    if not here:
        return _take_new(archive, found)
    theirs = Bundle.of(found)
    for id in here:
        ours = archive.debrief(id)
        if content(Bundle.of(ours)) == content(theirs):
            return Taken((Arrival(id, ours.session.id, ours.probe.title, "same"),), {})
    group = found.probe.origin or found.probe.our_organisation
    arrivals = _Arrivals(archive, {"group": group, "anonymous": False}, fill)
    arrivals.add(theirs)
    held = {kind.table: [each.row() for each in getattr(found, kind.table)] for kind in (Guideline, NonNegotiables)}
    done = arrivals.save({"redraw": FORM, **held})
    return Taken(done.arrivals, done.counts)


@dataclass
class _Ids:
    """Ids that nothing has yet. Those of other groups have a letter more, so that the numbers of ours go on as before."""

    taken: set[str]
    last: dict[str, int] = field(default_factory=dict)

    def new(self, kind: str, foreign: bool) -> str:
        prefix = f"{kind}x" if foreign else kind
        if prefix not in self.last:
            numbers = (id.removeprefix(prefix) for id in self.taken if id.startswith(prefix))
            self.last[prefix] = max((int(number) for number in numbers if number.isdecimal()), default=0)
        self.last[prefix] += 1
        return f"{prefix}{self.last[prefix]}"


@dataclass(frozen=True, slots=True)
class _Came:
    """A probe that has come in and is not saved yet; its lists are among the lines that will be.

    `quotes` is the revision of its group's non-negotiables that it quotes, where that is to be found here; `was` are the ids that
    its sessions have in the file, where the guidelines of the file are those of its group;
    None where what was said of guidelines has their numbers already.
    """

    probe: Row
    sessions: list[Row]
    places: Mapping[str, slice]
    quotes: int | None
    was: Sequence[str] | None

    def bundle(self, fresh: Mapping[str, Sequence[bytes]]) -> Bundle:
        lists = {name: [parsed(line) for line in fresh[name][place]] for name, place in self.places.items()}
        return Bundle(self.probe, self.sessions, lists)


class _Told:
    """What a probe says, as digests: of all of it, and of what it would say without names."""

    def __init__(self, bundle: Callable[[], Bundle]) -> None:
        self._bundle = bundle

    @cached_property
    def whole(self) -> str:
        return content(self._bundle())

    @cached_property
    def nameless(self) -> str:
        return content(nameless(self._bundle()))

    @cached_property
    def bare(self) -> bool:
        """Whether it has no names and no raw notes."""
        return content(anonymous(self._bundle())) == self.whole


class _Arrivals:
    """The probes of an export on their way into an archive, all of which are saved at the end."""

    def __init__(self, archive: Archive, head: Mapping[str, Any], fill: bool = False) -> None:
        group, self.anonymous = head.get("group", ""), head.get("anonymous", False)
        if not isinstance(group, str) or not isinstance(self.anonymous, bool):
            raise Refused("Mend the file at group and anonymous: one should be a text, the other true or false.")
        self._group, self._fill = group, fill
        self._archive = archive
        archive.follow()
        self._shelf = Shelf(archive)
        self._own = our_group(self._shelf.probes.values())
        self._book, self._revisions = archive.guidelines(), archive.non_negotiables()
        self._empty = not (self._shelf.probes or self._book or self._revisions or archive.recurring_patterns())
        self._held = (*self._book, *self._revisions)
        self._fresh: dict[str, list[bytes]] = {}
        self._arrivals: list[Arrival] = []
        self._ids = _Ids({*self._shelf.probes, *self._shelf.session_ids})
        self._here: dict[str, dict[str, _Told]] = {}  # by uid, the probes of that uid
        self._gone: list[tuple[str, str, str | int]] = []
        self._came: dict[str, _Came] = {}  # by id
        self._refers = reading.References()
        for id, row in sorted(self._shelf.probes.items(), key=lambda each: bool(each[1].get("conflicts_with"))):
            if not self._empty:
                told = _Told(partial(self._shelf.bundle, id))
                self._here.setdefault(row["uid"] or self._named(self._shelf.bundle(id)), {})[id] = told

    @staticmethod
    def _named(bundle: Bundle) -> str:
        """A uid for a probe of a time when there were none, the same for the same content."""
        return str(uuid5(NAMESPACE_OID, content(bundle)))

    def add(self, bundle: Bundle) -> None:
        """Take up one more."""
        self._refers.add(bundle, len(self._arrivals))
        if self._empty:
            self._keep(bundle)
        else:
            self._merge(bundle)

    def _keep(self, bundle: Bundle) -> None:
        ids = {bundle.id, *(row["id"] for row in bundle.sessions)}
        if twice := next((id for id in sorted(ids) if id in self._ids.taken), None):
            raise Refused(
                f"Mend the file at probes.{len(self._arrivals)}: the id {clipped(twice, 20)} is there already."
            )
        self._ids.taken |= ids
        self._arrive(bundle, "new")

    def _merge(self, bundle: Bundle) -> None:
        uid = bundle.probe["uid"] or self._named(bundle)
        here = self._here.setdefault(uid, {})
        theirs = _Told(lambda: bundle)
        for id, ours in here.items():
            if theirs.whole == ours.whole or (self.anonymous and theirs.nameless == ours.nameless):
                self._arrivals.append(self._known(id))
                return
        for id, ours in here.items():
            if self._fuller(id, theirs, ours):
                here[id] = self._filled(id, bundle)
                return
        origin = whose(bundle.probe.get("origin", ""), self._group, self._own)
        differs = next(iter(here), "")
        foreign = bool(origin or differs)
        id = self._ids.new("p", foreign)
        here[id] = _Told(lambda: self._came[id].bundle(self._fresh))
        moved = renamed(
            bundle,
            id,
            {row["id"]: self._ids.new("s", foreign) for row in bundle.sessions},
            uid=uid,
            origin=origin,
            conflicts_with=differs,
            statement=None,
        )
        if not origin:
            moved = self._numbered(moved, joins=not differs)
        self._arrive(
            moved,
            "conflict" if differs else "new",
            differs,
            quotes=None if foreign else bundle.probe["statement"],
            was=() if bundle.probe.get("origin") else [row["id"] for row in bundle.sessions],
        )

    def _fuller(self, id: str, theirs: _Told, ours: _Told) -> bool:
        """Whether the file says the same as a probe that is here, and has the names and raw notes that it hasn't."""
        row = self._shelf.probes.get(id)
        if self.anonymous or row is None or row.get("conflicts_with") or theirs.nameless != ours.nameless:
            return False
        return ours.bare and not theirs.bare

    def _filled(self, id: str, theirs: Bundle) -> _Told:
        """Have what is fuller take the place of a probe that is here, where that is wanted; what that says now."""
        ours = self._shelf.bundle(id)
        if not self._fill:
            self._arrivals.append(replace(self._known(id), how="fuller"))
            return _Told(lambda: ours)
        (taken,) = decided(ours, theirs, Keep.THEIRS)
        self._gone += _places(ours)
        self._arrive(taken, "filled", was=None)
        return _Told(lambda: taken)

    def _known(self, id: str) -> Arrival:
        row = self._shelf.probes.get(id)
        if row is None:  # it stands in the file twice
            return replace(next(each for each in self._arrivals if each.probe == id), how="same")
        session = next((each["id"] for each in self._shelf.sessions(id) if each["kind"] == "debrief"), "")
        return Arrival(id, session, row["title"], "same")

    def _numbered(self, bundle: Bundle, joins: bool) -> Bundle:
        """A probe of our own group: its amendments find their guidelines by the wording, as those of a room file do.

        They join our book only where the probe itself joins ours.
        """
        rows = bundle.lists[Amendment.table]
        if joins:
            self._book, rows = renumbering.amended(self._book, rows)
        else:
            rows = renumbering.known(self._book, rows)
        return Bundle(bundle.probe, bundle.sessions, {**bundle.lists, Amendment.table: rows})

    def _arrive(
        self, bundle: Bundle, how: str, ours: str = "", quotes: int | None = None, was: Sequence[str] | None = ()
    ) -> None:
        own = bundle.of_kind("debrief")
        self._arrivals.append(Arrival(bundle.id, own["id"] if own else "", bundle.probe["title"], how, ours))
        places = {name: self._put(name, rows) for name, rows in bundle.lists.items()}
        self._came[bundle.id] = _Came(bundle.probe, list(bundle.sessions), places, quotes, was)

    def _put(self, table: str, rows: Iterable[Row]) -> slice:
        lines = self._fresh.setdefault(table, [])
        start = len(lines)
        lines.extend(encoded(row).encode() for row in rows)
        return slice(start, len(lines))

    def save(self, head: Mapping[str, Any]) -> Taken:
        """Save all of them."""
        if head.get("redraw") != FORM:
            raise Refused(
                f"The file is of a form that this Redraw doesn't know (it knows {FORM}): update Redraw to import it."
            )
        if unknown := next((name for name in head if name not in _KNOWN), None):
            raise Refused(f"Mend the file at {clipped(unknown, 60)}: an export holds only {', '.join(_KNOWN)}.")
        held = reading.held(head)
        self._refers.check(held)
        gone = [*self._gone]
        if self._empty:
            for name in GROUPS:
                self._put(name, held[name])
        else:
            self._quote(held[NonNegotiables.table])
            self._judge(held[Guideline.table])
            changed: tuple[Guideline | NonNegotiables, ...] = (*self._book, *self._revisions)
            for record in changed:
                if record not in self._held:
                    gone.append((record.table, "number", record.number))
                    self._put(record.table, [record.row()])
        for came in self._came.values():
            self._put(Probe.table, [came.probe])
            self._put(Session.table, came.sessions)
        fresh = {name: rows for name, rows in self._fresh.items() if rows}
        if fresh:
            self._archive.exchange(fresh, gone)
        own = self._empty or not whose("", self._group, self._own)
        return Taken(
            arrivals=tuple(self._arrivals),
            counts={
                kind.table: len(self._fresh.get(kind.table, ())) for kind in KINDS if kind not in (*OF_THE_GROUP, Event)
            },
            whole=True,
            group=self._group,
            own=own,
            theirs=0 if own else len(held[Guideline.table]),
            held={name: len(held[name]) for name in GROUPS if self._empty and held[name]},
        )

    def _quote(self, theirs: Iterable[Row]) -> None:
        """Have the probes of our own group quote the revision of the non-negotiables that has the words here."""
        by_number = {row["number"]: NonNegotiables.model_validate(row) for row in theirs}
        for came in self._came.values():
            revision = by_number.get(came.quotes) if came.quotes is not None else None
            if revision is not None:
                self._revisions, came.probe["statement"] = quoted(self._revisions, revision)

    def _judge(self, theirs: Iterable[Row]) -> None:
        """Have what debriefs said of guidelines stand on ours, or with its wording where it is of another group's."""
        book = tuple(map(Guideline.model_validate, theirs))
        for came in self._came.values():
            if came.was is None:
                continue
            ours = None if came.probe.get("origin") else self._book
            for at, row in enumerate(came.sessions):
                if verdicts := tuple(map(Verdict.model_validate, row["verdicts"])):
                    told = renumbering.wordings(
                        book if came.was else (), came.was[at] if came.was else "", row["sealed"]
                    )
                    found = renumbering.judged(verdicts, told, ours)
                    came.sessions[at] = {**row, "verdicts": [each.model_dump(mode="json") for each in found]}


def undecided(archive: Archive, id: str) -> tuple[str, ...]:
    """In what a probe in conflict and the one that it conflicts with differ; the same errors as `settle`."""
    shelf = Shelf(archive)
    theirs = shelf.bundle(_conflicting(shelf, id))
    ours = theirs.probe["conflicts_with"]
    return differences(shelf.bundle(ours), theirs) if ours in shelf.probes else ()


def lost(archive: Archive, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Where probes in conflict have less than what is here: of what, in words, by the id of the probe here.

    The same errors as `settle`.
    """
    shelf = Shelf(archive)
    found = {}
    for id in ids:
        theirs = shelf.bundle(_conflicting(shelf, id))
        ours = theirs.probe["conflicts_with"]
        if ours in shelf.probes and (less := fewer(shelf.bundle(ours), theirs)):
            found[str(ours)] = less
    return found


def settle(archive: Archive, id: str, keep: Keep) -> None:
    """Decide a conflict, as one save.

    Args:
        archive: where it stands.
        id: the probe that came in.
        keep: which of the two stays.

    Raises:
        NotFound: there is no such probe.
        Refused: it is in no conflict.
        ArchiveError: it could not be saved.
    """
    settle_all(archive, [id], keep)


def settle_all(archive: Archive, ids: Iterable[str], keep: Keep) -> None:
    """Decide some conflicts alike, as one save of all of them; the same errors as `settle`."""
    shelf = Shelf(archive)
    known = recurring = archive.recurring_patterns()
    fresh: dict[str, list[bytes]] = {}
    gone: list[tuple[str, str, str | int]] = []
    for id in ids:
        theirs = shelf.bundle(_conflicting(shelf, id))
        ours = theirs.probe["conflicts_with"]
        before = (theirs, *([shelf.bundle(ours)] if ours in shelf.probes else ()))
        after = decided(before[1], theirs, keep) if len(before) > 1 else (without_conflict(theirs),)  # nothing differs
        for bundle in (each for each in after if each not in before):
            for name, rows in ((Probe.table, [bundle.probe]), (Session.table, bundle.sessions), *bundle.lists.items()):
                fresh.setdefault(name, []).extend(encoded(row).encode() for row in rows)
        gone += [place for bundle in before if bundle not in after for place in _places(bundle)]
        if keep is Keep.THEIRS and len(before) > 1:
            recurring = followed(recurring, before[1], after[0])
    if recurring != known:
        gone += [(RecurringPattern.table, "number", each.number) for each in known]
        fresh[RecurringPattern.table] = [encoded(each.row()).encode() for each in recurring]
    archive.exchange({name: rows for name, rows in fresh.items() if rows}, gone)


def _conflicting(shelf: Shelf, id: str) -> str:
    if id not in shelf.probes:
        raise NotFound(f"There is no probe {id!r}: “redraw list” shows what there is.")
    if not shelf.probes[id].get("conflicts_with"):
        raise Refused(f"{id} is in no conflict: there is nothing to decide.")
    return id


def _places(bundle: Bundle) -> Iterable[tuple[str, str, str]]:
    """Where all records of a probe stand."""
    yield Probe.table, "id", bundle.id
    yield Session.table, "probe", bundle.id
    for kind in LISTS:
        field = kind.key_fields[0]
        for owner in [bundle.id] if field == "probe" else [row["id"] for row in bundle.sessions]:
            yield kind.table, field, owner
