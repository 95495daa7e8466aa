"""The archive's file: TinyDB's JSON with one document per line, so that a small query reads little of it.

    {
    "moments":
    {
    "1": {"session": "s1", …},
    "2": {"session": "s1", …}
    },
    "probes":
    {
    …
    }
    }

Numbers ascend within a table, so a binary search finds a document, and the last line has the highest number. JSON escapes
newlines and quotes inside strings, so a newline always ends a line, and `"session": "s1"` is always a field. A file that another
program wrote with a different layout is read whole. The newline before a table's brace tells the layouts apart, since no other
JSON writer puts one there.
"""

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping

from store.archive.disk.changes import Changes, document_in, line_of, strictly_parsed
from store.archive.disk.index import Index, Run
from store.archive.disk.source import PIECE, Source
from store.words.json_text import encoded

BEGIN, _END = b"{\n", b"\n}\n}\n"
_HEADER, _TABLE_ENDS = b'":\n{\n', b"\n},\n"
_LONGEST_HEADER = 80
_NEXT = b",\n"
_NEAR = 4096
"""Bytes searched first for the end of a line."""

_TOGETHER = 1024
"""New documents that are written in one call."""

_NUMBER = 24
"""Bytes that are enough to hold a line's number."""

Lines = Iterator[tuple[int, bytes]]


class Base:
    """The tables of a file.

    Raises:
        ValueError: the bytes are not JSON or not tables of documents. The constructor raises it, or whatever first reads the
            damaged table.
    """

    def __init__(self, source: Source | None = None) -> None:
        self._source = source or Source()
        self._regions: dict[str, tuple[int, int]] = {}  # where each table's documents begin and end
        self._values: dict[str, bytes] = {}
        self._highest: dict[str, int] = {}
        self._indexes: dict[tuple[str, str], Index] = {}
        self._guard = threading.Lock()
        size = len(self._source)
        self._at, self._end = len(BEGIN), size - len(_END)  # where the next table begins that hasn't been located yet
        if self._source.read(0, self._at) != BEGIN or self._source.read(max(self._end, 0), size) != _END:
            self._at = self._end = 0
            if size:
                self._lay_out()

    def _lay_out(self) -> None:
        """Read all of a file with another layout and convert it to ours in memory."""
        found = strictly_parsed(self._source.whole())
        if not isinstance(found, dict):
            raise ValueError("not an object of tables")
        data = bytearray()
        self._regions, self._highest = {}, {}
        for name, table in found.items():
            if not is_table(table):
                self._values[name] = encoded(table).encode()
                continue
            documents = sorted((int(id), document) for id, document in table.items())
            begin = len(data)
            data += _NEXT.join(line_of(id, encoded(document).encode()) for id, document in documents)
            self._regions[name] = begin, len(data)
        self._source, self._at, self._end = Source(bytes(data)), 0, 0

    def _region(self, name: str | None) -> tuple[int, int]:
        """Where a table begins and ends. Searches only as far into the file as necessary; with None, locates all tables.

        A missing table is empty.
        """
        if name not in self._regions and self._at < self._end:
            with self._guard:  # another thread may be making an index
                self._look_for(name)
        return (0, 0) if name is None else self._regions.get(name, (0, 0))

    def _look_for(self, name: str | None) -> None:
        while self._at < self._end and name not in self._regions:
            header, colon, _ = self._source.read(self._at, self._at + _LONGEST_HEADER).partition(_HEADER)
            found = header[1:].decode("ascii", "replace")
            if not colon or header[:1] != b'"' or not found.isidentifier() or found in self._regions:
                self._lay_out()
                break
            begin = self._at + len(header) + len(_HEADER)
            stop = self._source.find(_TABLE_ENDS, begin - 1, self._end)
            self._regions[found] = (begin, self._end if stop < 0 else stop)
            self._at = self._end if stop < 0 else stop + len(_TABLE_ENDS)

    @property
    def names(self) -> set[str]:
        """The names of the tables."""
        self._region(None)
        return set(self._regions)

    @property
    def values(self) -> Mapping[str, bytes]:
        """The values that are not tables."""
        self._region(None)
        return self._values

    def __bool__(self) -> bool:
        return self._at < self._end or bool(self._regions or self._values)

    def lines(self, name: str) -> Lines:
        """The documents of a table, numbers ascending."""
        last = 0
        for line in self._lines(name):
            id, document = document_in(line)
            if id <= last and last:
                raise ValueError(f"document {id} stands in the wrong place or twice")
            last = id
            yield id, document

    def _lines(self, name: str) -> Iterator[bytes]:
        at, end = self._region(name)
        rest = b""
        while at < end:
            data = rest + self._source.read(at, min(at + PIECE, end))
            at += PIECE
            *lines, rest = data.split(b"\n")
            yield from lines
            if at >= end:
                yield rest

    def get(self, name: str, id: int) -> bytes | None:
        """One document."""
        if id > self.highest(name):  # a new document, so there is nothing to find
            return None
        start, stop = self.place(name, id)
        return document_in(self._source.read(start, stop).rstrip(b"\n"))[1] if stop > start else None

    def highest(self, name: str) -> int:
        """The highest number in a table; 0 where it is empty."""
        if name not in self._highest:
            begin, end = self._region(name)
            self._highest[name] = self._number(self._last_start(begin, end)) if begin < end else 0
        return self._highest[name]

    def index(self, name: str, field: str) -> None:
        """Read a table once and note where each value of a field lies, so that `find` need not read the whole table again.

        May run in another thread. A reader meanwhile searches as before.
        """
        if (name, field) not in self._indexes:
            self._indexes[name, field] = Index(field, self._lines(name))

    def take_over(self, before: "Base", since: Changes) -> None:
        """Take over the indexes of the file that this one replaces, with what was changed since that one was written."""
        for (name, field), found in before._indexes.items():
            if name not in since.dropped:
                for id, line in since.tables.get(name, {}).items():
                    if line is not None:
                        found.add(id, line)
                self._indexes[name, field] = found

    def runs(self, name: str, field: str, value: str | int) -> Iterable[Run] | None:
        """The runs in which all documents with a value lie; None without an index."""
        found = self._indexes.get((name, field))
        return None if found is None else found.runs(value)

    def find(self, name: str, wanted: bytes, runs: Iterable[Run] | None = None) -> Lines:
        """The documents of a table, or of some runs in it, in whose bytes something is found, numbers ascending."""
        regions = (
            [self._region(name)]
            if runs is None
            else ((self.place(name, first)[0], self.place(name, last)[1]) for first, last in runs)
        )
        for at, end in regions:
            yield from self._find(at, end, wanted)

    def _find(self, at: int, end: int, wanted: bytes) -> Lines:
        data, seen = b"", 0  # seen: bytes of `data` already searched
        while True:
            found = data.find(wanted, seen)
            stop = -1 if found < 0 else data.find(b"\n", found)
            if stop >= 0 or (found >= 0 and at >= end):
                stop = len(data) if stop < 0 else stop
                yield document_in(data[data.rfind(b"\n", 0, found) + 1 : stop])
                seen = stop
            elif at < end:
                kept = found if found >= 0 else len(data)
                data = data[data.rfind(b"\n", 0, kept) + 1 :] + self._source.read(at, min(at + PIECE, end))
                at, seen = at + PIECE, 0
            else:
                return

    def place(self, name: str, id: int) -> tuple[int, int]:
        """Where a document's line begins and ends, including its newline. For a missing document, twice where it would begin.

        What begins at `low` comes before or is it, what begins after `high` comes later. The next look is in turns where it
        would be if all documents were of one size, and halfway.
        """
        begin, end = self._region(name)
        if begin >= end or (number := self._number(begin)) > id:
            return begin, begin
        low, high, beyond = begin, end, max(self.highest(name), id) + 1
        halfway = False
        while low < high and number != id:
            middle = (low + high) // 2 if halfway else low + (high - low) * (id - number) // (beyond - number)
            halfway = not halfway
            newline = self._source.find(b"\n", middle, end, _NEAR)
            if newline < 0 or newline + 1 > high:
                high = middle
            elif (found := self._number(newline + 1)) <= id:
                low, number = newline + 1, found
            else:
                high, beyond = middle, found
        newline = self._source.find(b"\n", low, end, _NEAR)
        after = end if newline < 0 else newline + 1
        return (low, after) if number == id else (after, after)

    def _number(self, start: int) -> int:
        number, quote, _ = self._source.read(start + 1, start + _NUMBER).partition(b'"')
        if not quote or not number.isdigit():
            raise ValueError("a line without a number")
        return int(number)

    def _last_start(self, begin: int, end: int) -> int:
        stop, size = end, _NEAR
        while stop > begin:
            start = max(begin, stop - size)
            newline = self._source.read(start, stop).rfind(b"\n")
            if newline >= 0:
                return start + newline + 1
            stop, size = start, size * 2
        return begin

    def write(self, name: str, changed: dict[int, bytes | None], write: Callable[[bytes], object]) -> None:
        """Write a table's documents with the changed ones replaced. Unchanged bytes are copied."""
        at, end = self._region(name)
        first = True

        def put(data: bytes) -> None:
            nonlocal first
            if not first:
                write(_NEXT)
            first = False
            write(data)

        def copy(start: int, stop: int) -> None:
            stop -= len(_NEXT) if stop < end else 0
            for piece in range(start, stop, PIECE):
                data = self._source.read(piece, min(piece + PIECE, stop))
                put(data) if piece == start else write(data)

        numbers = sorted(changed)
        new = bisect_right(numbers, self.highest(name))
        known, fresh = numbers[:new], numbers[new:]
        for id in known:
            start, stop = self.place(name, id)
            copy(at, start)
            sealed = changed[id]
            if sealed is not None:
                put(line_of(id, sealed))
            at = stop
        copy(at, end)
        for start in range(0, len(fresh), _TOGETHER):  # most changes add documents at the end
            lines = [line_of(id, line) for id in fresh[start : start + _TOGETHER] if (line := changed[id]) is not None]
            if lines:
                put(_NEXT.join(lines))


def is_table(value: object) -> bool:
    """Whether a value is a table of numbered documents, as TinyDB writes them."""
    return isinstance(value, dict) and all(
        id.isdecimal() and id.isascii() and str(int(id)) == id and isinstance(document, dict)
        for id, document in value.items()
    )
