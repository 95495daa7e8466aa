"""Where in a table the documents with some value of a field lie, so that one debrief is read without its neighbours."""

import re
from collections.abc import Iterable

from store.archive.disk.changes import document_in, parsed

_SCALAR = rb'"[a-z_]+": (?:"[^"\\]*"|-?\d+|true|false|null), '
"""A field before the one that is wanted. Its value holds no other field, so the next one is the document's own."""

Run = tuple[int, int]
"""The first and the last number of documents that lie together."""


class Index:
    """For each value of a field the runs of numbers in which its documents lie.

    Most records of one session are saved one after another, so a value has few runs. A run may also hold other documents,
    and numbers that are gone: whoever reads it looks at each document.
    """

    def __init__(self, field: str, lines: Iterable[bytes]) -> None:
        """Index the lines of a table; documents without the field can't be found by it and are left out.

        Raises:
            ValueError: a line is no document.
        """
        self._field = field
        self._pattern = re.compile(rb'\{(?:%b)*?"%b": (?:"([^"\\]*)"|(-?\d+))[,}]' % (_SCALAR, field.encode()))
        self._runs: dict[str | int, tuple[Run, ...]] = {}
        value: str | int | None = None
        first = before = b""
        begin, at = b"?", 0  # how a document with the same value begins, and where in its line
        for line in lines:
            if not line.startswith(begin, at):  # most are of the same session as the one before
                document = document_in(line)[1]
                found = self._value(document)
                if found != value:
                    self._end_run(value, first, before)
                    value, first = found, line
                match = self._pattern.match(document)
                begin, at = match[0] if match else b"?", line.index(document)
            before = line
        self._end_run(value, first, before)

    def _end_run(self, value: str | int | None, first: bytes, last: bytes) -> None:
        if value is not None:
            run = document_in(first)[0], document_in(last)[0]
            self._runs[value] = (*self._runs.get(value, ()), run)

    def _value(self, line: bytes) -> str | int | None:
        try:
            if found := self._pattern.match(line):
                text, number = found.groups()
                return int(number) if text is None else text.decode()
            document = parsed(line)
        except ValueError:
            return None
        value = document.get(self._field) if isinstance(document, dict) else None
        return value if isinstance(value, str | int) else None

    def add(self, id: int, line: bytes) -> None:
        """Take in a document that was changed or added."""
        value = self._value(line)
        runs = self._runs.get(value, ()) if value is not None else ()
        if value is None or any(first <= id <= last for first, last in runs):
            return
        if runs and runs[-1][1] + 1 == id:
            self._runs[value] = (*runs[:-1], (runs[-1][0], id))
        else:
            self._runs[value] = (*runs, (id, id))

    def runs(self, value: str | int) -> list[Run]:
        """The runs for a value, in the order of the table."""
        return sorted(self._runs.get(value, ()))
