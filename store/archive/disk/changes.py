"""What a save changes: whole documents by table and number, as the bytes that stand in the archive's lines."""

import json
from functools import lru_cache
from typing import Any

from store.words.json_text import encoded

Document = dict[str, Any]


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


_read = json.JSONDecoder(parse_constant=_no_constant).decode


def parsed(data: bytes) -> Any:
    """The value of some JSON; ValueError where it isn't, or where it holds NaN or an infinity, which JSON has not."""
    try:
        return _read(data.decode())
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def strictly_parsed(data: bytes) -> Any:
    """The same; also that a name stands twice is an error, for one of the two would be lost silently. Takes half as long again."""
    try:
        return json.loads(data, object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


class Changes:
    """All that one save changes, or several together.

    First the names in `dropped` go, then `tables` and `values` come: each table's documents by number, None for one that is
    removed. A table may be empty. `values` are whatever else TinyDB was given in place of a table.
    """

    def __init__(
        self,
        dropped: set[str] | None = None,
        tables: dict[str, dict[int, bytes | None]] | None = None,
        values: dict[str, bytes] | None = None,
    ) -> None:
        self.dropped = set() if dropped is None else dropped
        self.tables = {} if tables is None else tables
        self.values = {} if values is None else values

    def __bool__(self) -> bool:
        return bool(self.dropped or self.tables or self.values)

    def put(self, table: str, id: int, line: bytes | None) -> None:
        """Change one document, to what is written for it; None removes it."""
        self.tables.setdefault(table, {})[id] = line

    def add(self, later: "Changes") -> None:
        """Take in what was changed after."""
        for name in later.dropped:
            self.tables.pop(name, None)
            self.values.pop(name, None)
        self.dropped |= later.dropped
        for name, documents in later.tables.items():
            self.tables.setdefault(name, {}).update(documents)
        self.values.update(later.values)

    def content(self) -> bytes:
        """What a line of the journal says of it."""
        parts = []
        if self.dropped:
            parts.append(b'"drop": %b' % encoded(sorted(self.dropped)).encode())
        if self.tables:
            tables = []
            for name, documents in self.tables.items():
                entries = [
                    b'"%d": %b' % (id, b"null" if sealed is None else sealed) for id, sealed in documents.items()
                ]
                tables.append(b"%b: {%b}" % (_name(name), b", ".join(entries)))
            parts.append(b'"tables": {%b}' % b", ".join(tables))
        if self.values:
            values = (b"%b: %b" % (_name(name), value) for name, value in self.values.items())
            parts.append(b'"values": {%b}' % b", ".join(values))
        return b"{%b}" % b", ".join(parts)

    @classmethod
    def of(cls, content: dict[str, Any]) -> "Changes":
        """What a line of the journal said."""
        return cls(
            set(content.get("drop", ())),
            {
                name: {
                    int(id): None if sealed is None else encoded(sealed).encode() for id, sealed in documents.items()
                }
                for name, documents in content.get("tables", {}).items()
            },
            {name: encoded(value).encode() for name, value in content.get("values", {}).items()},
        )


@lru_cache(maxsize=64)
def _name(name: str) -> bytes:
    return encoded(name).encode()
