"""Archives of many years: two real rooms, over and over, under other ids. The group's own book is the same in each."""

import json
import time
from pathlib import Path

from store.archive.archive import Archive
from store.archive.disk.changes import Changes
from store.archive.disk.layout import Base
from store.archive.disk.tables import Tables
from store.debrief import OF_THE_GROUP
from store.exchange.incoming.importing import import_file
from tests.conftest import find_room

SESSION, PROBE = b'"sTEMPLATE"', b'"pTEMPLATE"'
BOOK = [kind.table for kind in OF_THE_GROUP]


def years(folder: Path, size: int) -> Path:
    """Write an archive with so many sessions, of about 40 KB each."""
    sample = folder / "sample.json"
    if not sample.exists():
        archive = Archive(sample)
        for name in ("noise-protest", "tenants-canvass"):
            with find_room(name).open("rb") as file:
                import_file(archive, file.read, time.time())
        archive.close()
    changes = Changes()
    for name, table in json.loads(sample.read_bytes()).items():
        rows = [json.dumps(row).encode() for row in table.values()]
        if name in ("meta", *BOOK):
            changes.tables[name] = dict(enumerate(rows, 1))
            continue
        lines: dict[int, bytes | None] = {}
        templates = [_template(row) for row in rows[: 1 if name in ("probes", "sessions") else (len(rows) + 1) // 2]]
        for at in range(1, size + 1):
            for template in templates:
                lines[len(lines) + 1] = template.replace(SESSION, b'"s%d"' % at).replace(PROBE, b'"p%d"' % at)
        changes.tables[name] = lines
    path = folder / f"{size}.json"
    with path.open("wb") as file:
        Tables(Base(), [changes]).write(file.write)
    return path


def _template(row: bytes) -> bytes:
    for session, probe in ((b'"s1"', b'"p1"'), (b'"s2"', b'"p2"')):
        row = row.replace(session, SESSION).replace(probe, PROBE)
    return row
