"""What is being typed and not entered yet, kept in a file beside the archive so that it survives a crash."""

from contextlib import suppress
from pathlib import Path

from store.archive.disk.calls import Disk, write_file
from store.archive.disk.changes import parsed
from store.archive.disk.source import Source
from store.words.json_text import encoded

Drafts = dict[tuple[str, str], dict[str, str]]
"""A text for each field, by session and phase."""


def keep_drafts(path: Path, drafts: Drafts, disk: Disk) -> None:
    """Write them, or remove the file where there are none; not synced, and failing that is no harm."""
    found = [[*place, fields] for place, fields in drafts.items() if any(fields.values())]
    aside = path.with_name(f"{path.name}.new")
    with suppress(OSError):
        if found:
            write_file(disk, aside, lambda put: put(encoded(found).encode()), sync=False)
            disk.rename(aside, path)
        elif disk.exists(path):
            disk.remove(path)


def find_drafts(path: Path, disk: Disk) -> Drafts:
    """What was kept; nothing where it can't be read."""
    try:
        return {
            (str(session), str(phase)): {str(field): str(text) for field, text in fields.items()}
            for session, phase, fields in parsed(Source.of(path, disk).whole())
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
