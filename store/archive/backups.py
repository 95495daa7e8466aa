"""What was taken back since an archive's file was written, and its earlier files without it."""

from collections.abc import Callable, Iterator
from typing import Any

from store.archive.disk.changes import Changes, Document, parsed
from store.archive.disk.layout import Base
from store.archive.disk.tables import Tables
from store.phases import PASSING

_PASSING = {"sessions": PASSING | {"round", "revealed"}}
"""Fields, by table, that change as a session goes on: nobody said them, so a new value takes nothing back."""


def grown(old: Any, new: Any) -> bool:
    """Whether all that an old value says is in a new one too, in its order: nothing was taken back, only added."""
    if old == new or old is None or old is False or old in ("", [], {}):
        return True
    if isinstance(old, dict) and isinstance(new, dict):
        return all(name in new and grown(value, new[name]) for name, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        rest = iter(new)
        return all(any(grown(each, other) for other in rest) for each in old)
    return False


def taken_back(base: Base, since: Changes) -> Changes:
    """Those of some changes that take back anything that a file holds: what they remove, and what they put in place of a text.

    Raises:
        ValueError: a document of the file can't be read.
    """
    found = Changes()
    for name in {*since.dropped, *since.values}:
        if name in base.names or name in base.values:  # only TinyDB's own calls drop a table: Redraw removes documents
            found.dropped.add(name)
            found.tables |= {name: since.tables[name]} if name in since.tables else {}
            found.values |= {name: since.values[name]} if name in since.values else {}
    for name, id, now in _documents(since):
        if name not in since.dropped and (was := base.get(name, id)) is not None and not _grown(name, was, now):
            found.put(name, id, now)
    return found


def without(earlier: Base, base: Base, taken: Changes) -> Callable[[Callable[[bytes], object]], None] | None:
    """Writes an earlier file without what was taken back since its successor, `base`, was written; None if it holds none of it.

    A document that isn't an earlier state of the one in `base` has only its number: somebody has put another file in place.

    Raises:
        ValueError: a document of a file can't be read; so may the writing.
    """
    changes = Changes({name for name in taken.dropped if name in earlier.names or name in earlier.values})
    for name in changes.dropped:
        changes.tables |= {name: taken.tables[name]} if name in taken.tables else {}
        changes.values |= {name: taken.values[name]} if name in taken.values else {}
    for name, id, now in _documents(taken):
        was, then = (None, None) if name in taken.dropped else (earlier.get(name, id), base.get(name, id))
        if was is not None and not _grown(name, was, now) and _grown(name, was, then):
            changes.put(name, id, now)
    return Tables(earlier, (changes,)).write if changes else None


def _documents(changes: Changes) -> Iterator[tuple[str, int, bytes | None]]:
    for name, documents in changes.tables.items():
        for id, sealed in documents.items():
            yield name, id, sealed


def _grown(name: str, was: bytes, now: bytes | None) -> bool:
    """Whether a document of a table says all that it said before; one that can't be read says something else."""
    if was == now or now is None:
        return was == now
    try:
        return grown(_lasting(name, was), _lasting(name, now))
    except ValueError:
        return False


def _lasting(name: str, sealed: bytes) -> Document:
    """A document without what passes."""
    found = parsed(sealed)
    if not isinstance(found, dict):
        raise ValueError("not a document")
    return {field: value for field, value in found.items() if field not in _PASSING.get(name, ())}
