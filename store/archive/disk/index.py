"""Where in a table the documents with some value of a field lie, so that one debrief is read without its neighbours."""

import re
from collections.abc import Iterable

from store.archive.disk.changes import parsed

_SCALAR = rb'"[a-z_]+": (?:"[^"\\]*"|-?\d+|true|false|null), '
"""A field before the one that is wanted. Its value holds no other field, so the next one is the document's own."""

Run = tuple[int, int]
"""The first and the last number of documents that lie together."""


class Index:
    """For each value of a field the runs of numbers in which its documents lie.

    Most records of one session are saved one after another, so a value has few runs. A run may also hold other documents,
    and numbers that are gone: whoever reads it looks at each document.
    """

    def __init__(self, field: str, lines: Iterable[tuple[int, bytes]]) -> None:
        """Index some documents, numbers ascending; those without the field can't be found by it and are left out."""
        self._field = field
        self._pattern = re.compile(rb'\{(?:%b)*?"%b": (?:"([^"\\]*)"|(-?\d+))[,}]' % (_SCALAR, field.encode()))
        self._runs: dict[str | int, tuple[Run, ...]] = {}
        value: str | int | None = None
        first = last = 0
        for id, line in lines:
            found = self._value(line)
            if found != value:
                self._end_run(value, (first, last))
                value, first = found, id
            last = id
        self._end_run(value, (first, last))

    def _end_run(self, value: str | int | None, run: Run) -> None:
        if value is not None:
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
