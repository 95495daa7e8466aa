"""The rows of an archive, put together by probe, each probe parsed when it is asked for."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from pydantic import ValidationError

from store.archive.archive import Archive, ArchiveError, NotFound
from store.archive.disk.changes import parsed
from store.exchange.bundle import LISTS, Bundle, Row
from store.model import Probe, Record, Session
from store.words.names import fold


class Shelf:
    """All probes of an archive, as they were when the shelf was made.

    What is held are the lines of the file. A row that was written before a field was there is brought up to the present form,
    so that what goes out, comes in and goes out again is the same to the byte.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.probes: dict[str, Row] = {row["id"]: row for row in self._records(Probe)}
        self._sessions: dict[str, list[Row]] = {}
        self._owner: dict[str, str] = {}
        for row in self._records(Session):
            self._sessions.setdefault(row["probe"], []).append(row)
            self._owner[row["id"]] = row["probe"]
        self._lines: dict[tuple[str, str], list[bytes]] = {}
        for kind in LISTS:
            field = kind.key_fields[0]
            for line in archive.lines(kind.table):
                value = self._value(field, line)
                probe = value if field == "probe" else self._owner.get(value, "")
                if probe not in self.probes:
                    raise self._damaged(kind.table)
                self._lines.setdefault((probe, kind.table), []).append(line)

    def _records(self, kind: type[Record]) -> list[Row]:
        try:
            return [kind.model_validate(row).row() for row in self._archive.rows(kind.table)]
        except ValidationError as error:
            raise self._damaged(kind.table) from error

    def _damaged(self, table: str) -> ArchiveError:
        return ArchiveError(f"A record of {table} in {self._archive.path} is damaged: “redraw check” says which.")

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

    @property
    def session_ids(self) -> Iterable[str]:
        """The ids of all sessions."""
        return self._owner

    def sessions(self, id: str) -> Sequence[Row]:
        """The sessions of a probe."""
        return self._sessions.get(id, ())

    def bundle(self, id: str) -> Bundle:
        """All rows of a probe.

        Raises:
            ArchiveError: one of them isn't as Redraw writes it.
        """
        return Bundle(
            probe=self.probes[id],
            sessions=self._sessions.get(id, []),
            lists={kind.table: self._rows(kind, self._lines.get((id, kind.table), ())) for kind in LISTS},
        )

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
            id = name if name in self.probes else self._owner.get(name)
            if id is None:
                raise NotFound(f"There is no probe and no session {name!r}: “redraw list” shows what there is.")
            found.append(id)
        return list(dict.fromkeys(found))


@cache
def _shapes(kind: type[Record]) -> frozenset[tuple[str, ...]]:
    """The fields of a row of the present form, in their order: with those that a row has only where they say something."""
    fields: dict[str, Any] = dict(kind.model_fields)
    always = tuple(name for name, field in fields.items() if field.exclude_if is None)
    return frozenset((tuple(fields), always))


def our_group(probes: Iterable[Row]) -> str:
    """What a group calls itself: the organisation that most of its own probes name as ours, of equals the latest."""
    said = [row["our_organisation"] for row in probes if not row.get("origin") and row["our_organisation"].strip()]
    counted = Counter(map(fold, said))
    return str(max(reversed(said), key=lambda name: counted[fold(name)], default=""))
