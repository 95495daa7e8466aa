"""The archive's file: TinyDB's JSON with one document a line, so that a table is read only when it is asked for.

The logbook's list needs two tables of ten, and after twenty years those two are a small part of the file. The others
stay bytes until somebody opens a session, and what was not changed is copied as bytes when the file is written again. A file that another
program wrote in another layout of the same JSON is read whole.
"""

import json
from collections.abc import Iterator, MutableMapping
from typing import Any

from store.jsontext import encoded, encoded_lines
from store.source import Source

Document = dict[str, Any]
Table = dict[str, Document]


_BEGIN, _END = b"{\n", b"\n}\n}\n"
_HEADER, _TABLE_ENDS = b'": {\n', b"\n},\n"
_LONGEST_HEADER = 80


class Tables(MutableMapping[str, Table]):
    """The tables of a file by name: each is parsed when it is first asked for.

    Raises:
        ValueError: the bytes are not JSON, or not tables of documents; from the constructor, or for a table that was
            still bytes from whatever asks for it.
    """

    def __init__(self, source: Source | bytes = b"") -> None:
        self._source = Source(source) if isinstance(source, bytes) else source
        self._raw: dict[str, tuple[int, int]] = {}  # where each table's documents begin and end in the source
        self._parsed: dict[str, Table] = {}
        if not len(self._source):
            return
        parts = _split(self._source)
        if parts is not None:
            self._raw = parts
            return
        whole = _read(self._source.whole())
        if not isinstance(whole, dict):
            raise ValueError("not an object of tables")
        for name, table in whole.items():
            self._parsed[name] = _checked(table)

    def __getitem__(self, name: str) -> Table:
        """The documents of a table, to be looked at: a changed table is put back with `tables[name] = table`."""
        if name not in self._parsed:
            self._parsed[name] = _checked(_read(b"".join((b"{", self._source.read(*self._raw[name]), b"}"))))
        return self._parsed[name]

    def __setitem__(self, name: str, table: Table) -> None:
        self._raw.pop(name, None)
        self._parsed[name] = table

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self._raw.pop(name, None)
        self._parsed.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._raw, *self._parsed)))

    def __len__(self) -> int:
        return len(self._raw.keys() | self._parsed.keys())

    def __contains__(self, name: object) -> bool:
        return name in self._raw or name in self._parsed

    def encoded(self) -> bytes:
        """The bytes of a file with these tables."""
        tables = [
            b"".join((encoded(name).encode(), b": {\n", body, b"\n}"))
            for name in sorted(self)
            if (body := self._body(name))
        ]
        return b"".join((b"{\n", b",\n".join(tables), b"\n}\n")) if tables else b"{}\n"

    def _body(self, name: str) -> bytes:
        if name in self._raw:
            return self._source.read(*self._raw[name])
        return encoded_lines(self._parsed[name].items()).encode()


def _split(source: Source) -> dict[str, tuple[int, int]] | None:
    """Where each table's documents begin and end, or None where the file is in another layout.

    JSON escapes newlines inside texts, so that a line that is just a brace always ends a table.
    """
    size = len(source)
    end = size - len(_END)
    if source.read(0, len(_BEGIN)) != _BEGIN or source.read(max(end, 0), size) != _END:
        return None
    parts: dict[str, tuple[int, int]] = {}
    at = len(_BEGIN)
    while at < end:
        name, colon, _ = source.read(at, at + _LONGEST_HEADER).partition(_HEADER)
        if not colon or not name.startswith(b'"') or not name[1:].isascii() or not name[1:].decode().isidentifier():
            return None
        if name[1:].decode() in parts:
            return None
        begin = at + len(name) + len(_HEADER)
        stop = source.find(_TABLE_ENDS, begin - 1, end)
        parts[name[1:].decode()] = (begin, end if stop < 0 else stop)
        at = end if stop < 0 else stop + len(_TABLE_ENDS)
    return parts


def _read(data: bytes) -> Any:
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _checked(table: object) -> Table:
    if not isinstance(table, dict) or not all(
        key.isdecimal() and isinstance(document, dict) for key, document in table.items()
    ):
        raise ValueError("not a table of numbered documents")
    return table
