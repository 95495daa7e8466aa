"""What an export contains: some probes and what the group holds, with names or without."""

from collections.abc import Callable, Iterator, Sequence

from store.archive.archive import Archive
from store.debrief import OF_THE_GROUP, Debrief
from store.exchange.bundle import Bundle, Row
from store.exchange.by_probe import Shelf, our_group
from store.exchange.outgoing.nameless import anonymous, of_the_group
from store.exchange.outgoing.people import Words, named, naming
from store.matrix import figures
from store.model import RECORDS, Guideline, NonNegotiables, Record, RecurringPattern

GUIDELINES = "guidelines"
"""Stands among the ids for the alliance guidelines with their history."""

Progress = Callable[[int, int], None]
"""Is told how much is done, and of how much."""

Rounds = tuple[figures.MatrixFigures, ...]


class Contents:
    """All that the formats of an export write.

    Attributes:
        ids: the probes, in the order in which they go out.
        raw: whether with names, moments and observations.
        now: seconds since the epoch, from which a document counts back.
        group: what the group calls itself; may be empty.
        guidelines: those in force, with their history.
        with_guidelines: whether they were asked for by name.
        debriefs: those of the group that were sealed, where the guidelines go out.
    """

    def __init__(self, archive: Archive, names: Sequence[str], raw: bool, now: float, progress: Progress) -> None:
        """Read what is needed first.

        Args:
            archive: what is exported.
            names: ids of probes and sessions, and `GUIDELINES`; empty for all there is.
            raw: as in the attributes.
            now: as in the attributes.
            progress: is told of each probe.

        Raises:
            ArchiveError: an id is not there, or a record is damaged.
        """
        shelf = Shelf(archive)
        self.ids = shelf.named(name for name in names if name != GUIDELINES) if names else list(shelf.probes)
        self.raw, self.now = raw, now
        self.with_guidelines = GUIDELINES in names
        self._shelf, self._progress, self._all = shelf, progress, not names
        self._known: frozenset[Words] = frozenset()
        if not raw:
            with archive.intact("an export"):
                self._known = named({kind: archive.rows(kind.table) for kind in RECORDS if naming(kind)})
        self.group = our_group(shelf.probes.values())
        self.guidelines = archive.guidelines()
        self.debriefs = archive.past().debriefs if self._all or self.with_guidelines else ()
        held = (self.guidelines, archive.non_negotiables(), archive.recurring_patterns())
        self._held = {kind: [record.row() for record in rows] for kind, rows in zip(OF_THE_GROUP, held, strict=True)}

    @property
    def only_guidelines(self) -> bool:
        """Whether nothing but the guidelines was asked for."""
        return self.with_guidelines and not self.ids

    @property
    def name(self) -> str:
        """What a file with all of it is called, without its ending."""
        return GUIDELINES if self.only_guidelines else self.ids[0] if len(self.ids) == 1 else "probes"

    def bundles(self) -> Iterator[Bundle]:
        """The probes."""
        for at, id in enumerate(self.ids, 1):
            yield self._handed_on(self._whole(id))
            self._progress(at, len(self.ids))

    def measured(self) -> Iterator[tuple[Bundle, Rounds]]:
        """The probes with their figures, which are made where the names are known and hold none."""
        for at, id in enumerate(self.ids, 1):
            found = self._whole(id)
            yield self._handed_on(found), figures.rounds(found.debrief(self.guidelines))
            self._progress(at, len(self.ids))

    def held(self) -> dict[str, list[Row]]:
        """What the group holds across probes, by table: all of it, or what the probes touched."""
        found = self._held if self._all else self._touched()
        if not self.raw:
            found = {kind: of_the_group(kind, rows, self.group, self._known) for kind, rows in found.items()}
        return {kind.table: rows for kind, rows in found.items()}

    def deciders(self) -> dict[str, Debrief]:
        """The debriefs that decided a wording of a guideline, by the ids of their sessions."""
        wanted = {version.session for each in self.guidelines for version in each.history if version.session}
        found = {}
        for id in self._shelf.probes:
            if any(row["id"] in wanted for row in self._shelf.sessions(id)):
                debrief = self._handed_on(self._whole(id)).debrief()
                found[debrief.session.id] = debrief
        return found

    def _whole(self, id: str) -> Bundle:
        """A probe as it is in the archive, except that it doesn't mention one that it differs from and that isn't exported."""
        found = self._shelf.bundle(id)
        if found.probe.get("conflicts_with", "") in ("", *self.ids):
            return found
        row = {name: value for name, value in found.probe.items() if name != "conflicts_with"}
        return Bundle(row, found.sessions, found.lists)

    def _handed_on(self, bundle: Bundle) -> Bundle:
        return bundle if self.raw else anonymous(bundle, self._known)

    def _touched(self) -> dict[type[Record], list[Row]]:
        bundles = [self._shelf.bundle(id) for id in self.ids]
        sessions = {row["id"] for bundle in bundles for row in bundle.sessions}
        statements = {bundle.probe["statement"] for bundle in bundles}
        numbers = {number for bundle in bundles if not bundle.probe.get("origin") for _, number in bundle.guidelines()}
        wanted: dict[type[Record], Callable[[Row], bool]] = {
            Guideline: lambda row: self.with_guidelines or row["number"] in numbers,
            NonNegotiables: lambda row: row["number"] in statements,
            RecurringPattern: lambda row: any(seen["session"] in sessions for seen in row["seen"]),
        }
        return {kind: list(filter(wanted[kind], rows)) for kind, rows in self._held.items()}
