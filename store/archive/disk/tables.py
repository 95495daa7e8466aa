"""The documents of an archive now: those of its file, under what was changed since."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from store.archive.disk.changes import Changes, Document, parsed, strictly_parsed
from store.archive.disk.layout import BEGIN, Base, Lines
from store.words.json_text import encoded

FIRST = ("meta", "guidelines", "probes", "sessions")
"""The tables that are written first, for they are read at each start: nobody then looks through the rest."""


class Tables:
    """The documents now: those of a file, with the changes since in layers on top, the latest last. They are handed out as copies."""

    def __init__(self, base: Base, layers: Sequence[Changes] = ()) -> None:
        self.base = base
        self._layers = layers

    def under(self, layer: Changes) -> "Tables":
        """The same under one more layer of changes."""
        return Tables(self.base, (*self._layers, layer))

    def changed(self, name: str) -> tuple[dict[int, bytes | None], Base]:
        """The changed documents of a table, and the base under them: an empty one if the table was dropped."""
        held = [layer for layer in self._layers if name in layer.tables or name in layer.dropped]
        if not held:
            return {}, self.base
        if len(held) == 1 and name not in held[0].dropped:
            return held[0].tables[name], self.base
        changed: dict[int, bytes | None] = {}
        base = self.base
        for layer in held:
            if name in layer.dropped:
                changed, base = {}, _NO_BASE
            changed = {**changed, **layer.tables.get(name, {})}
        return changed, base

    @property
    def names(self) -> set[str]:
        """The tables, and the values that are none."""
        names = self.base.names | self.base.values.keys()
        for layer in self._layers:
            names = (names - layer.dropped) | layer.tables.keys() | layer.values.keys()
        return names

    def value(self, name: str) -> bytes | None:
        """What stands under a name that is no table."""
        for layer in reversed(self._layers):
            if name in layer.values:
                return layer.values[name]
            if name in layer.dropped or name in layer.tables:
                return None
        return self.base.values.get(name)

    def get(self, name: str, id: int) -> Document | None:
        """One document."""
        sealed = self.sealed(name, id)
        return None if sealed is None else self.document(sealed)

    def sealed(self, name: str, id: int) -> bytes | None:
        """One document as it is written."""
        for layer in reversed(self._layers):
            if id in layer.tables.get(name, ()):
                return layer.tables[name][id]
            if name in layer.dropped:
                return None
        return self.base.get(name, id)

    def lines(self, name: str) -> Lines:
        """The documents of a table as they are written, numbers ascending."""
        changed, base = self.changed(name)
        yield from _merged(base.lines(name), changed) if changed else base.lines(name)

    def documents(self, name: str) -> Iterator[tuple[int, Document]]:
        """The documents of a table, numbers ascending."""
        for id, sealed in self.lines(name):
            yield id, self.document(sealed)

    def find(self, name: str, field: str, value: str | int) -> Iterator[tuple[int, Document]]:
        """The documents of a table in which a field has a value; only these are parsed."""
        wanted = f"{encoded(field)}: {encoded(value)}".encode()
        changed, base = self.changed(name)
        hits = {id: sealed for id, sealed in changed.items() if sealed is not None and wanted in sealed}
        lines = base.find(name, wanted, base.runs(name, field, value))
        for id, sealed in _merged((line for line in lines if line[0] not in changed), hits):
            document = self.document(sealed)
            if document.get(field) == value:
                yield id, document

    def highest(self, name: str) -> int:
        """The highest number in a table; 0 where it is empty. A number that was removed may count."""
        changed, base = self.changed(name)
        return max(base.highest(name), max(changed, default=0))

    def document(self, sealed: bytes, strictly: bool = False) -> Document:
        """What was written, parsed.

        Args:
            strictly: whether a name that stands twice in it is an error.

        Raises:
            ValueError: it isn't a document.
        """
        found = (strictly_parsed if strictly else parsed)(sealed)
        if not isinstance(found, dict):
            raise ValueError("not a document")
        return found

    def read(self) -> dict[str, Any]:
        """All of it, as TinyDB takes it."""
        return {
            name: {str(id): document for id, document in self.documents(name)}
            if (value := self.value(name)) is None
            else parsed(value)
            for name in sorted(self.names)
        }

    def write(self, write: Callable[[bytes], object]) -> None:
        """Write the bytes of a file that holds all of it."""
        names = sorted(self.names, key=lambda name: (name not in FIRST, name))
        write(BEGIN if names else b"{}\n")
        for at, name in enumerate(names):
            value = self.value(name)
            write(encoded(name).encode() + (b":\n{\n" if value is None else b": " + value))
            if value is None:
                changed, base = self.changed(name)
                base.write(name, changed, write)
                write(b"\n}")
            write(b",\n" if at + 1 < len(names) else b"\n}\n")

    def __bool__(self) -> bool:
        if any(layer.dropped for layer in self._layers):
            return bool(self.names)
        return bool(self.base) or any(layer.tables or layer.values for layer in self._layers)


_NO_BASE = Base()


def _merged(lines: Lines, changed: Mapping[int, bytes | None]) -> Lines:
    """Lines with some of them changed, numbers ascending."""
    pending = sorted(changed)
    at = 0
    for id, sealed in lines:
        while at < len(pending) and pending[at] <= id:
            if (fresh := changed[pending[at]]) is not None:
                yield pending[at], fresh
            at += 1
        if id not in changed:
            yield id, sealed
    for each in pending[at:]:
        if (fresh := changed[each]) is not None:
            yield each, fresh
