"""What a save changes: whole documents by table and number, as bytes like those in the archive's lines."""

import json
from functools import lru_cache
from typing import Any

from store.words.json_text import encoded, unrepeated

Document = dict[str, Any]


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


_read = json.JSONDecoder(parse_constant=_no_constant).decode


def parsed(data: bytes) -> Any:
    """Parse JSON. Raises ValueError for invalid JSON, including NaN and infinities."""
    try:
        return _read(data.decode())
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def strictly_parsed(data: bytes) -> Any:
    """Like `parsed`, but rejects duplicate names, since one of the two would be lost silently. Takes half as long again."""
    try:
        return json.loads(data, object_pairs_hook=unrepeated, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


class Changes:
    """The changes of one save, or of several combined.

    First the names in `dropped` are removed, then `tables` and `values` are applied. `tables` holds each table's documents by
    number, or None for a removed document. A table may be empty. `values` holds anything that TinyDB was given instead of a table.
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
        """Add later changes."""
        for name in later.dropped:
            self.tables.pop(name, None)
            self.values.pop(name, None)
        self.dropped |= later.dropped
        for name, documents in later.tables.items():
            self.tables.setdefault(name, {}).update(documents)
        self.values.update(later.values)

    def content(self) -> bytes:
        """The changes as the content of a journal line. What may be large is copied only twice."""
        parts = []
        if self.dropped:
            parts.append(b'"drop": %b' % encoded(sorted(self.dropped)).encode())
        if self.tables:
            tables = []
            for name, documents in self.tables.items():
                entries = [b'"%d": %b' % (id, sealed or b"null") for id, sealed in documents.items()]
                tables += [b"}, ", _name(name), b": {", b", ".join(entries)]
            parts.append(b"".join([b'"tables": {', *tables[1:], b"}}"]))
        if self.values:
            values = (b"%b: %b" % (_name(name), value) for name, value in self.values.items())
            parts.append(b'"values": {%b}' % b", ".join(values))
        return b"{%b}" % b", ".join(parts)

    @classmethod
    def of(cls, content: dict[str, Any]) -> "Changes":
        """The changes in the content of a journal line."""
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


def line_of(id: int, document: bytes) -> bytes:
    """The line, without the comma and the newline behind it."""
    return b'"%d": %b' % (id, document)


def document_in(line: bytes) -> tuple[int, bytes]:
    """The number and the document of a line, which is without its newline.

    Raises:
        ValueError: it is no such line.
    """
    number, colon, document = line.partition(b'": ')
    if not colon or number[:1] != b'"' or not number[1:].isdigit():
        raise ValueError("a line that is no document")
    return int(number[1:]), document.removesuffix(b",")
