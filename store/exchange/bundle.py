"""All that an archive holds of one probe, as rows: what an export writes and an import takes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store.debrief import KINDS, OF_THE_GROUP, Debrief
from store.model import Amendment, Guideline, Probe, Record, Session, SessionRecord

Row = dict[str, Any]

LISTS: tuple[type[Record], ...] = tuple(kind for kind in KINDS if kind not in OF_THE_GROUP)
"""The kinds of record that belong to one probe or to one of its sessions."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A probe with its sessions, and the lists of what was entered, by the names of their tables."""

    probe: Row
    sessions: Sequence[Row]
    lists: Mapping[str, Sequence[Row]]

    @property
    def id(self) -> str:
        """The probe's id."""
        return str(self.probe["id"])

    def tables(self) -> dict[type[Record], Sequence[Row]]:
        """All of its rows by the kind of record."""
        return {Probe: [self.probe], Session: self.sessions, **{kind: self.lists[kind.table] for kind in LISTS}}

    def of_kind(self, kind: str) -> Row | None:
        """Its session of a kind, `debrief` or `dissent`."""
        return next((row for row in self.sessions if row["kind"] == kind), None)

    def guidelines(self) -> Iterator[tuple[str, int]]:
        """The numbers of the guidelines that it made, changed or judged, each with where it stands; 0 is the number of none."""
        for at, row in enumerate(self.lists[Amendment.table]):
            yield f"{Amendment.table}.{at}.guideline", row["guideline"]
        for at, row in enumerate(self.sessions):
            for place, each in enumerate(row["verdicts"]):
                yield f"sessions.{at}.verdicts.{place}.guideline", each["guideline"]

    def row(self) -> Row:
        """As it stands in an export."""
        return {"probe": self.probe, "sessions": self.sessions, **self.lists}

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
