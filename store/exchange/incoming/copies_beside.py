"""Copies of sessions that lie beside an archive: what they hold that isn't in it, and how to bring that in."""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

from store.archive.archive import Archive
from store.archive.disk.calls import Disk
from store.archive.disk.source import Source
from store.exchange.incoming.importing import Import
from store.exchange.incoming.reading import Reader
from store.exchange.incoming.session_copies import taken_up
from store.exchange.outgoing.session_copy import NAME
from store.refused import Refused


def to_import(archive: Archive, now: float) -> Iterator[str]:
    """How to bring in each copy that holds something which isn't in the archive, a sentence each.

    Raises:
        ArchiveError: a record of the archive is damaged.
    """
    for path in sorted(archive.path.parent.glob(f"{NAME}*.json")):
        with suppress(OSError):  # it is none of ours, or it can't be read
            try:
                new = _brings(archive, Source.of(path, Disk()).whole(), now)
            except Refused as why:
                yield f"{path.name} looks like a copy of a session and can't be imported: {why}"
            else:
                if new:
                    yield f"{path.name} holds what isn't in the archive: “redraw import {path}” brings it in."


def _brings(archive: Archive, data: bytes, now: float) -> bool:
    reader = Reader(BytesIO(data).read, now)
    bundles = list(reader.bundles())
    if reader.says.copy and (found := taken_up(archive, reader.says, bundles)) is not None:
        return bool(found.fresh)
    trial = Import(archive, reader.says)
    for bundle in bundles:
        trial.add(bundle)
    return trial.brings
