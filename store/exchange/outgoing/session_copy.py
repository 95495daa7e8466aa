"""A session as it is in hand, saved or not, as a file outside the archive: the way out where the archive can't be saved.

It is an export with names and notes, and besides holds what is blind. `redraw import` takes it up where the archive left off; see
`store.exchange.incoming.session_copies`.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from store.archive import outside
from store.archive.archive import Archive, ArchiveError
from store.archive.disk.calls import Disk
from store.debrief import OF_THE_GROUP, Debrief
from store.exchange.bundle import LISTS, Bundle
from store.exchange.outgoing.json_document import document
from store.model import Probe, Session, SessionRecord

NAME = "redraw-copy-"
"""How the names of such files begin."""

_UNNAMED = "p1"
"""The id in the file of a probe that has none yet."""


def save_copy(archive: Archive, debrief: Debrief, path: Path, disk: Disk | None = None) -> None:
    """Write the debrief in hand to a new file.

    Args:
        archive: where it belongs; only what is in memory of it is read.
        debrief: the debrief in hand.
        path: the file; nothing may be there.
        disk: what calls the operating system.

    Raises:
        Refused: it can't be written there, as a sentence; see `store.archive.outside`.
    """
    held = {kind.table: [each.row() for each in getattr(debrief, kind.table)] for kind in OF_THE_GROUP}
    bundles = [_whole(archive, debrief)] if debrief.probe.id or debrief.probe.title.strip() else []
    head = {"group": debrief.probe.our_organisation, "anonymous": False, "copy": True}

    def fill(put: Callable[[bytes], object]) -> None:
        for part in document(head, held, bundles):
            put(part)

    outside.put_file(archive.path, path, fill, disk=disk)


def _whole(archive: Archive, debrief: Debrief) -> Bundle:
    """The probe in hand with both of its sessions; what was entered in the other one is as it is saved."""
    if not debrief.probe.id:
        debrief = archive.with_id(debrief, _UNNAMED)
    found = Bundle.of(debrief)
    lists = {name: list(rows) for name, rows in found.lists.items()}
    sessions = list(found.sessions)
    there = {row["id"] for row in sessions}
    with suppress(ArchiveError, ValueError, LookupError, TypeError):  # what is in hand goes out all the same
        (ours,) = archive.where(Probe.table, "id", debrief.probe.id)
        if ours["uid"] == debrief.probe.uid:
            others = [Session.model_validate(row).row() for row in archive.where(Session.table, "probe", ours["id"])]
            sessions += [row for row in others if row["id"] not in there]
            for other in (row["id"] for row in sessions if row["id"] != debrief.session.id):
                for kind in (each for each in LISTS if issubclass(each, SessionRecord)):
                    rows = archive.where(kind.table, "session", other)
                    lists[kind.table] += [kind.model_validate(row).row() for row in rows]
    return Bundle(found.probe, sessions, lists).without_conflict()


def places(home: Path) -> Iterator[Path]:
    """The folders in which a copy may be kept, the likeliest first: the person's own, where they are, a medium, and a temporary one."""
    import tempfile

    yield home
    yield Path.cwd()
    for root in (Path("/media"), Path("/run/media"), Path("/Volumes")):
        for pattern in ("*", "*/*"):
            with suppress(OSError):
                yield from sorted(each for each in root.glob(pattern) if each.is_mount())
    yield Path(tempfile.gettempdir())


_ROOM = 1 << 22
"""Bytes that a place should have free."""


def offered(archive: Archive, debrief: Debrief) -> list[Path]:
    """Free names for a copy in places that can be written to and have room, the likeliest first."""
    import shutil

    called = f"{NAME}{debrief.probe.id or 'new'}-{time.strftime('%Y-%m-%d-%H%M')}"
    found: dict[Path, None] = {}
    for place in places(Path.home()):
        with suppress(OSError):
            if os.access(place, os.W_OK) and place.is_dir() and shutil.disk_usage(place).free >= _ROOM:
                found[place.resolve()] = None
    return [_free(place, called) for place in found]


def _free(folder: Path, called: str) -> Path:
    names = (f"{called}{f'-{n}' if n else ''}.json" for n in count())
    return next(folder / name for name in names if not os.path.lexists(folder / name))
