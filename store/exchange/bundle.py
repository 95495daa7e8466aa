"""All that an archive holds of one probe, as rows: what an export writes and an import takes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain, combinations
from typing import Any

from pydantic import ValidationError

from store.archive.archive import Archive, ArchiveError, NotFound
from store.archive.disk.changes import parsed
from store.debrief import KINDS, OF_THE_GROUP, Debrief
from store.matrix.shown import ALONE, round_shown
from store.model import Amendment, Guideline, Placement, Probe, Proposal, Record, Row, Session, SessionRecord
from store.words.names import fold

Progress = Callable[[int, int], None]
"""Is told how much is done, and of how much."""

LISTS: tuple[type[Record], ...] = tuple(kind for kind in KINDS if kind not in OF_THE_GROUP)
"""The kinds of record that belong to one probe or to one of its sessions."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A probe with its sessions, and the lists of what was entered, by the names of their tables."""

    probe: Row
    sessions: Sequence[Row]
    lists: Mapping[str, Sequence[Row]]

    def of_kind(self, kind: str) -> Row | None:
        """Its session of a kind, `debrief` or `dissent`."""
        return next((row for row in self.sessions if row["kind"] == kind), None)

    def tables(self) -> Iterator[tuple[str, Sequence[Row]]]:
        """All its rows, by the names of their tables."""
        yield Probe.table, [self.probe]
        yield Session.table, self.sessions
        yield from self.lists.items()

    def guidelines(self) -> set[int]:
        """The numbers of the guidelines that it made, changed or judged; 0 is the number of none."""
        made = {row["guideline"] for row in self.lists[Amendment.table]}
        return made | {each["guideline"] for row in self.sessions for each in row["verdicts"]}

    def seen(self) -> "Bundle":
        """The same without what is blind: ballots of rounds that weren't revealed, and of fewer than three people."""
        debrief, before = self.of_kind("debrief"), self.of_kind("dissent")
        ballots = seen_ballots(self.lists[Placement.table], debrief["revealed"] if debrief else 0)
        blind = before is not None and not before["sealed"] and not before["revealed"]
        return replace(
            self,
            lists={
                **self.lists,
                Placement.table: ballots,
                Proposal.table: [seen_proposal(row, blind) for row in self.lists[Proposal.table]],
            },
        )

    def without_conflict(self) -> "Bundle":
        """The same, no longer in conflict."""
        row = {name: value for name, value in self.probe.items() if name != "conflicts_with"}
        return Bundle(row, self.sessions, self.lists)

    def renamed(self, id: str, sessions: Mapping[str, str], **probe: object) -> "Bundle":
        """The same under other ids, with some fields of its probe changed."""

        def moved(row: Row) -> Row:
            return {**row, "session": sessions[row["session"]]} if "session" in row else {**row, "probe": id}

        return Bundle(
            Probe.model_validate({**self.probe, **probe, "id": id}).row(),
            [{**row, "id": sessions[row["id"]], "probe": id} for row in self.sessions],
            {name: list(map(moved, rows)) for name, rows in self.lists.items()},
        )

    @classmethod
    def of(cls, found: Debrief) -> "Bundle":
        """What one session's screens have in hand of a probe; the records of its other session are not among that."""
        return cls(
            probe=found.probe.row(),
            sessions=[each.row() for each in (found.session, found.dissent_session) if each is not None and each.id],
            lists={kind.table: [record.row() for record in getattr(found, kind.table)] for kind in LISTS},
        )

    def debrief(self, guidelines: tuple[Guideline, ...] = ()) -> Debrief:
        """Its debrief, for the rules that go by records."""
        own, before = self.of_kind("debrief"), self.of_kind("dissent")
        probe = Probe.model_validate(self.probe)
        session = Session.model_validate(own) if own else Session(id="", probe=probe.id, created=probe.created)

        def all_of(kind: type[Record]) -> tuple[Record, ...]:
            rows = self.lists[kind.table]
            if issubclass(kind, SessionRecord):
                rows = [row for row in rows if row["session"] == session.id]
            return tuple(sorted(map(kind.model_validate, rows), key=lambda record: record.key))

        lists: dict[str, Any] = {kind.table: all_of(kind) for kind in LISTS}
        return Debrief(
            probe=probe,
            session=session,
            dissent_session=Session.model_validate(before) if before else None,
            guidelines=guidelines,
            **lists,
        )


def seen_ballots(rows: Sequence[Row], revealed: int) -> list[Row]:
    """What was expected, and the ballots of the rounds that were revealed: of each only where three people or more placed."""
    placed = Counter(row["round"] for row in rows)
    return [row for row in rows if round_shown(row["round"], revealed, placed[row["round"]])]


def seen_proposal(row: Row, blind: bool) -> Row:
    """A proposal with its placements, if they have been revealed and are three or more."""
    return {**row, "placements": []} if blind or len(row["placements"]) < ALONE else row


class Shelf:
    """All probes of an archive, as they were when the shelf was made.

    What is held are the lines of the file. A row that was written before a field was there is brought up to the present form,
    so that what goes out, comes in and goes out again is the same to the byte.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.probes: dict[str, Row] = {row["id"]: row for row in self._records(Probe)}
        self.group = self._our_group()
        """What the group calls itself; may be empty."""
        self.sessions: dict[str, list[Row]] = {}
        """Those of each probe that has any."""
        self.owner: dict[str, str] = {}
        """The probe of each session, by their ids."""
        for row in self._records(Session):
            self.sessions.setdefault(row["probe"], []).append(row)
            self.owner[row["id"]] = row["probe"]

    def _our_group(self) -> str:
        """The organisation that most of the group's own probes name as ours, of equals the latest."""
        own = [row["our_organisation"] for row in self.probes.values() if not row.get("origin")]
        counted = Counter(map(fold, own))
        return max(filter(str.strip, reversed(own)), key=lambda name: counted[fold(name)], default="")

    @cached_property
    def lines(self) -> dict[str, dict[str, list[bytes]]]:
        """The lines of each table by the id of their probe; those of none stand under an empty id."""
        found: dict[str, dict[str, list[bytes]]] = {}
        for kind in LISTS:
            field, lines = kind.key_fields[0], found.setdefault(kind.table, {})
            for line in self.archive.lines(kind.table):
                value = self._value(field, line)
                probe = value if field == "probe" else self.owner.get(value, "")
                lines.setdefault(probe if probe in self.probes else "", []).append(line)
        return found

    def _records(self, kind: type[Record]) -> list[Row]:
        try:
            return [kind.model_validate(row).row() for row in self.archive.rows(kind.table)]
        except ValidationError as error:
            raise self._damaged(kind.table) from error

    def _damaged(self, table: str) -> ArchiveError:
        return ArchiveError(f"A record of {table} in {self.archive.path} is damaged: “redraw check” says which.")

    def _value(self, field: str, line: bytes) -> str:
        """The value of a field, which in what Redraw writes is a row's first: only where it isn't the row is parsed."""
        begin = b'{"%b": "' % field.encode()
        value = line[len(begin) : line.find(b'"', len(begin))] if line.startswith(begin) else b"\\"
        if b"\\" not in value:
            return value.decode()
        try:
            return str(parsed(line)[field])
        except (ValueError, KeyError, TypeError) as error:
            raise self._damaged("an export") from error

    def bundle(self, id: str, wanted: Callable[[type[Record]], bool] = lambda kind: True) -> Bundle:
        """All rows of a probe, of the lists only those of the kinds that are wanted.

        Raises:
            ArchiveError: one of them isn't as Redraw writes it.
        """
        for table, lines in self.lines.items():
            if "" in lines:
                raise self._damaged(table)
        return Bundle(
            probe=self.probes[id],
            sessions=self.sessions.get(id, []),
            lists={
                kind.table: self._rows(kind, self.lines[kind.table].get(id, ())) if wanted(kind) else []
                for kind in LISTS
            },
        )

    def bundles(
        self, ids: Sequence[str], wanted: Callable[[type[Record]], bool], progress: Progress | None
    ) -> Iterator[Bundle]:
        """Some probes, one after another. None mentions one that it differs from and that isn't among them."""
        for at, id in enumerate(ids, 1):
            found = self.bundle(id, wanted)
            yield found if found.probe.get("conflicts_with", "") in ("", *ids) else found.without_conflict()
            if progress is not None:
                progress(at, len(ids))

    def _rows(self, kind: type[Record], lines: Sequence[bytes]) -> list[Row]:
        if not lines:
            return []
        try:
            rows: list[Row] = parsed(b"[%b]" % b",".join(lines))
            shapes = _shapes(kind)
            return [row if tuple(row) in shapes else kind.model_validate(row).row() for row in rows]
        except (ValueError, TypeError) as error:  # pydantic's own error is a ValueError
            raise self._damaged(kind.table) from error

    def named(self, names: Iterable[str]) -> list[str]:
        """The probes that some ids of probes and sessions name, each once.

        Raises:
            NotFound: there is no such probe or session.
        """
        found = []
        for name in names:
            id = name if name in self.probes else self.owner.get(name)
            if id is None:
                raise NotFound(f"There is no probe and no session {name!r}: “redraw list” shows what there is.")
            found.append(id)
        return list(dict.fromkeys(found))


@cache
def _shapes(kind: type[Record]) -> frozenset[tuple[str, ...]]:
    """The fields of a row of the present form, in their order: with any of those that a row has only where they say something."""
    fields: dict[str, Any] = dict(kind.model_fields)
    seldom = [name for name, field in fields.items() if field.exclude_if]
    absent = chain.from_iterable(combinations(seldom, n) for n in range(len(seldom) + 1))
    return frozenset(tuple(name for name in fields if name not in gone) for gone in absent)
