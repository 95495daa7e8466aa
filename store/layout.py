"""The archive's file: TinyDB's JSON with one document a line, so that a table is read only when it is asked for.

The logbook's list needs two tables of ten, and after twenty years those two are a small part of the file. The others
stay bytes until somebody opens a session, and what was not changed is copied as bytes when the file is written again. A file that another
program wrote in another layout of the same JSON is read whole.
"""

import json
from collections.abc import Iterator, MutableMapping
from typing import Any

from store.jsontext import encoded, encoded_lines

Document = dict[str, Any]
Table = dict[str, Document]

_BEGIN, _END = b"{\n", b"\n}\n}\n"
_TABLE_ENDS = b"\n},\n"


class Tables(MutableMapping[str, Table]):
    """The tables of a file by name: each is parsed when it is first asked for.

    Raises:
        ValueError: the bytes are not JSON, or not tables of documents; from the constructor, or for a table that was
            still bytes from whatever asks for it.
    """

    def __init__(self, data: bytes = b"") -> None:
        self._raw: dict[str, memoryview] = {}
        self._parsed: dict[str, Table] = {}
        if not data:
            return
        parts = _split(data)
        if parts is not None:
            self._raw = parts
            return
        whole = _read(data)
        if not isinstance(whole, dict):
            raise ValueError("not an object of tables")
        for name, table in whole.items():
            self._parsed[name] = _checked(table)

    def __getitem__(self, name: str) -> Table:
        """The documents of a table, to be looked at: a changed table is put back with `tables[name] = table`."""
        if name not in self._parsed:
            self._parsed[name] = _checked(_read(b"".join((b"{", self._raw[name], b"}"))))
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
        return _BEGIN + b",\n".join(tables) + b"\n}\n" if tables else b"{}\n"

    def _body(self, name: str) -> bytes | memoryview:
        if name in self._raw:
            return self._raw[name]
        return encoded_lines(self._parsed[name].items()).encode()


def _split(data: bytes) -> dict[str, memoryview] | None:
    """The bytes of each table's documents, or None where the file is in another layout.

    JSON escapes newlines inside texts, so that a line that is just a brace always ends a table.
    """
    if not (data.startswith(_BEGIN) and data.endswith(_END)):
        return None
    parts: dict[str, memoryview] = {}
    view = memoryview(data)
    at, end = len(_BEGIN), len(data) - len(_END)
    while at < end:
        header = data.find(b": {\n", at, at + 80)
        if header < 0 or data[at : at + 1] != b'"' or data[header - 1 : header] != b'"':
            return None
        name = data[at + 1 : header - 1].decode("ascii", "replace")
        if not name.isidentifier() or name in parts:
            return None
        stop = data.find(_TABLE_ENDS, header, end)
        stop = end if stop < 0 else stop
        parts[name] = view[header + 4 : stop]
        at = stop + len(_TABLE_ENDS)
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
