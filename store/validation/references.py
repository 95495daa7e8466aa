"""The rules on what records say of one another: what they belong to, what they rest on, and that nothing is there twice.

Records come kind by kind in `IN_ORDER`, as rows: whatever a record rests on comes before it, except for what the group holds
across probes, of which only the end can tell whether it is there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from store.model import (
    RECORDS,
    Amendment,
    Guideline,
    Moment,
    NonNegotiables,
    Participant,
    Pattern,
    Placement,
    Probe,
    Record,
    RecurringPattern,
    Row,
    Session,
)
from store.validation.records import Mistake, Path
from store.words.names import fold
from store.words.text import clipped

IN_ORDER: tuple[type[Record], ...] = (
    Probe,
    Session,
    Moment,
    *(kind for kind in RECORDS if kind not in (Probe, Session, Moment)),
)
"""Every kind of record, in the order in which the rules want them. Moments tell whether a session came with its names."""

RowsByKind = Mapping[type[Record], Sequence[Row]]

_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""What an id is made of: it is shown in a terminal, and typed in a shell."""

_UNIQUE_NAMES: dict[type[Record], tuple[str, str, str]] = {
    Placement: ("probe", "round", "by"),
    Participant: ("session", "session", "alias"),
}
"""Nobody places twice in a round, and nobody is in a roster twice: the owner, what it is counted within, and the name."""

_ACROSS = frozenset((Probe, Session, Pattern, Amendment, Guideline, NonNegotiables, RecurringPattern))
"""Kinds that matter across probes."""

_EVIDENCE: dict[type[Record], tuple[str, type[Record], str]] = {
    Pattern: ("moments", Moment, "moment"),
    Amendment: ("because", Pattern, "pattern"),
}
"""What a record rests on: the field with the numbers, their kind, and what that is called."""


Key = tuple[object, ...]

_Wrong = tuple[int, str, str]
"""Which of some rows is wrong, in which field (perhaps none), and what is wrong."""


class ProbeRules:
    """The rules within a probe; for an archive, within each of its probes.

    A session that came without names has no moments either. Nobody misses those, and in it many appear under one name.
    """

    def __init__(self, named: bool | None = None, aloud: bool = False) -> None:
        """Begin with no record.

        Args:
            named: whether all has its names and moments; None where each session's moments tell.
            aloud: whether what is wrong is handed on, and therefore names nobody.
        """
        self._named, self._aloud = named, aloud
        self._keys: dict[type[Record], set[Key]] = {}
        self._ids: dict[str, set[str]] = {"probe": set(), "session": set()}
        self._probe_of: dict[str, str] = {}
        self._with_moments: set[str] = set()
        self._names: set[Key] = set()

    def allow(self, kind: type[Record], id: object) -> None:
        """Take a probe or session as there though it isn't valid itself: that is said once, not again for all it holds."""
        self._ids["probe" if kind is Probe else "session"].add(str(id))

    def add(self, kind: type[Record], rows: Sequence[Row], first: int = 0) -> Iterator[Mistake]:
        """What is wrong with some rows of a kind, the first of which has the number `first`; paths begin with the table."""
        for at, name, what in self._wrong(kind, rows) if rows else ():
            yield Mistake((kind.table, first + at, *([name] if name else [])), what)

    def _wrong(self, kind: type[Record], rows: Sequence[Row]) -> Iterator[_Wrong]:
        yield from self._twice(kind, rows)
        if kind in (Probe, Session):
            yield from self._identity(kind, rows)
        if kind is not Probe:
            yield from self._owners(kind, rows)
        if kind is Moment:
            sessions = {row["session"] for row in rows if not row["added_later"]}
            self._with_moments |= sessions | {self._probe_of.get(session, "") for session in sessions}
        if kind in _UNIQUE_NAMES:
            yield from self._named_twice(kind, rows)
        if kind in _EVIDENCE:
            yield from self._evidence(kind, rows)

    def _is_named(self, owner: str) -> bool:
        """Whether a session, or a probe in any of its sessions, has its names."""
        return owner in self._with_moments if self._named is None else self._named

    def _twice(self, kind: type[Record], rows: Sequence[Row]) -> Iterator[_Wrong]:
        if kind not in self._keys:  # the kind before is done with, unless something rests on it
            self._keys = {each: keys for each, keys in self._keys.items() if each in (Moment, Pattern)}
        keys = list(map(itemgetter(*kind.key_fields), rows))
        for at in _repeated(keys, self._keys.setdefault(kind, set())):
            yield at, "", f"the same {kind.key_fields[-1]} is there already"

    def _identity(self, kind: type[Record], rows: Sequence[Row]) -> Iterator[_Wrong]:
        for at, row in enumerate(rows):
            id, differs = row["id"], row.get("conflicts_with", "")
            if not _ID.fullmatch(id):
                yield at, "id", f"an id is letters and digits, 40 at the most, as {kind.table[0]}1"
            if differs and not _ID.fullmatch(differs):
                yield at, "conflicts_with", "it should be an id, as p1"
            elif differs and differs == id:
                yield at, "conflicts_with", "a probe can't differ from itself"
            self.allow(kind, id)
            if kind is Session:
                self._probe_of[id] = row["probe"]

    def _owners(self, kind: type[Record], rows: Sequence[Row]) -> Iterator[_Wrong]:
        field = "probe" if kind is Session else kind.key_fields[0]
        known = self._ids.get(field)
        if known is None or {row[field] for row in rows} <= known:
            return
        for at, row in enumerate(rows):
            if row[field] not in known:
                yield at, "", f"there is no {field} {clipped(row[field], 20)}"

    def _named_twice(self, kind: type[Record], rows: Sequence[Row]) -> Iterator[_Wrong]:
        owner, within, name = _UNIQUE_NAMES[kind]
        who = [(kind, row[owner], row[within], fold(row[name])) for row in rows]
        for at in _repeated(who, self._names):
            if self._is_named(rows[at][owner]):
                called = "the same name" if self._aloud else clipped(rows[at][name], 40)
                yield at, "", f"{called} is there twice"

    def _evidence(self, kind: type[Record], rows: Sequence[Row]) -> Iterator[_Wrong]:
        field, on, called = _EVIDENCE[kind]
        known = self._keys.get(on, set())
        for at, row in enumerate(rows):
            session = row["session"]
            if on is Moment and not self._is_named(session):
                continue
            for number in row[field]:
                if (session, number) not in known:
                    yield at, field, f"there is no {called} {number} in {clipped(session, 20)}"


def _repeated(keys: Sequence[Key], known: set[Key]) -> Iterator[int]:
    """The places of the keys that were there before; from here on all of them are known."""
    fresh = set(keys)
    if len(fresh) < len(keys) or not fresh.isdisjoint(known):
        seen = set(known)
        for at, key in enumerate(keys):
            if key in seen:
                yield at
            seen.add(key)
    known |= fresh


@dataclass(slots=True)
class GroupRules:
    """The rules across the probes of a group: its guidelines, its non-negotiables, what recurs, and conflicts.

    What another group's probes say of guidelines, or those in conflict, is in another book. Sessions that stayed where a file
    came from are not missed.
    """

    _guidelines: set[int] = field(default_factory=set)
    _revisions: set[int] = field(default_factory=set)
    _probes: set[str] = field(default_factory=set)
    _sessions: dict[str, bool] = field(default_factory=dict)  # by id, whether our book counts there
    _foreign: set[str] = field(default_factory=set)
    _patterns: set[tuple[str, int]] = field(default_factory=set)
    _book: list[tuple[Path, int]] = field(default_factory=list)
    _quotes: list[tuple[Path, int]] = field(default_factory=list)
    _conflicts: list[tuple[Path, str]] = field(default_factory=list)
    _recurring: list[Mistake] = field(default_factory=list)

    def add(self, kind: type[Record], rows: Sequence[Row], first: int = 0, inside: Path = ()) -> None:
        """Keep in mind what some rows are, and what they name; their paths begin with `inside`."""
        if kind not in _ACROSS:
            return
        for at, row in enumerate(rows, first):
            path = (*inside, kind.table, at)
            if kind is Probe:
                self._probe(row, path)
            elif kind is Session:
                own = self._sessions[row["id"]] = row["probe"] not in self._foreign
                for nth, each in enumerate(row["verdicts"] if own else ()):
                    self._book.append(((*path, "verdicts", nth, "guideline"), each["guideline"]))
            elif kind is Pattern:
                self._patterns.add((row["session"], row["number"]))
            elif kind is Amendment and self._sessions.get(row["session"]):
                self._book.append(((*path, "guideline"), row["guideline"]))
            elif kind is Guideline:
                self._guidelines.add(row["number"])
            elif kind is NonNegotiables:
                self._revisions.add(row["number"])
            elif kind is RecurringPattern:
                self._recurs(row, path)

    def _probe(self, row: Row, path: Path) -> None:
        self._probes.add(row["id"])
        if differs := row.get("conflicts_with"):
            self._conflicts.append(((*path, "conflicts_with"), differs))
        if differs or row.get("origin"):
            self._foreign.add(row["id"])
        elif row["statement"] is not None:
            self._quotes.append(((*path, "statement"), row["statement"]))

    def _recurs(self, row: Row, path: Path) -> None:
        for nth, seen in enumerate(row["seen"]):
            session, number = seen["session"], seen["pattern"]
            if session in self._sessions and (session, number) not in self._patterns:
                what = f"there is no pattern {number} in {clipped(session, 20)}"
                self._recurring.append(Mistake((*path, "seen", nth, "pattern"), what))

    def problems(self) -> Iterator[Mistake]:
        """What is named and isn't there, now that all of it has come."""
        for path, number in self._book:
            if number and number not in self._guidelines:  # 0 is the number of none
                yield Mistake(path, f"there is no guideline {number}")
        for path, number in self._quotes:
            if number not in self._revisions:
                yield Mistake(path, f"there is no revision {number} of the non-negotiables")
        yield from self._recurring

    def within(self, rows: RowsByKind, inside: Path, named: bool | None) -> Iterator[Mistake]:
        """What is wrong within one probe, whose paths begin with `inside`; `named` is as for `ProbeRules`."""
        rules = ProbeRules(named)
        for kind in IN_ORDER:
            yield from (Mistake((*inside, *path), what) for path, what in rules.add(kind, rows.get(kind, ())))
            self.add(kind, rows.get(kind, ()), inside=inside)

    def across(self, rows: RowsByKind, conflicts: bool) -> Iterator[Mistake]:
        """What is wrong across the probes, and with what the group holds.

        With `conflicts` both sides of each have to be there. In an archive the other may have gone since, which is no mistake.
        """
        rules = ProbeRules()
        for kind, of_kind in rows.items():
            yield from rules.add(kind, of_kind)
            self.add(kind, of_kind)
        yield from self.problems()
        for path, id in self._conflicts if conflicts else ():
            if id not in self._probes:
                yield Mistake(path, f"there is no probe {clipped(id, 20)}")
