"""Taking in what waits in the spool: each note becomes one observation, even if a process is killed on the way.

The observation carries the note's name. It is saved first, and then the note is removed. A note whose name is already in the
archive is only removed.
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace

from store.archive.archive import Archive
from store.debrief import Debrief
from store.model import Observation
from store.notes.spool import Note, Spool


def observed(debrief: Debrief, notes: Collection[tuple[str, Note]]) -> Debrief:
    """The debrief with notes, given by name, added as observations; those that it has already are left out."""
    known = {each.note for each in debrief.observations}
    last = max((each.number for each in debrief.observations), default=0)
    fresh = [(name, note) for name, note in notes if name not in known]
    found = tuple(
        Observation(
            probe=debrief.probe.id, number=number, at=note.at, by=note.by, kind=note.kind, text=note.text, note=name
        )
        for number, (name, note) in enumerate(fresh, last + 1)
    )
    return replace(debrief, observations=(*debrief.observations, *found)) if found else debrief


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in a spool: notes with their names, by probe, and a sentence for each file that has to stay there."""

    notes: dict[str, list[tuple[str, Note]]]
    left: dict[str, str]


def waiting(archive: Archive, passed_over: Collection[str] = ()) -> Waiting:
    """What waits to be taken in, apart from the names in `passed_over`.

    Raises:
        OSError: the spool can't be read.
    """
    spool = Spool(archive.path)
    found = spool.waiting(passed_over)
    notes: dict[str, list[tuple[str, Note]]] = {}
    left: dict[str, str] = {}
    if not found:
        return Waiting(notes, left)
    created = {row.get("id"): str(row.get("created")) for row in archive.rows("probes")}
    for name, note in found:
        if isinstance(note, str):
            left[name] = f"{spool.place(name)} can't be taken in ({note}): move it away. It was left as it is."
        elif note.probe not in created:
            left[name] = (
                f"{spool.place(name)} is a note for {note.probe}, which is no probe here. It was left as it is."
            )
        elif created[note.probe] != note.created:
            left[name] = f"{spool.place(name)} is a note for another archive's {note.probe}. It was left as it is."
        else:
            notes.setdefault(note.probe, []).append((name, note))
    return Waiting(notes, left)


def take_in(archive: Archive, notes: Collection[tuple[str, Note]], before: Debrief) -> Debrief:
    """Save the notes of one probe, and then remove them.

    Args:
        archive: where they go; it is ours to write afterwards.
        notes: with their names, as `waiting` gives them.
        before: the debrief of that probe as it is saved.

    Returns:
        The debrief as it is saved now.

    Raises:
        ArchiveError: they could not be saved, and keep waiting.
    """
    after = observed(before, notes)
    archive.commit(before, after)
    spool = Spool(archive.path)
    for name, _ in notes:
        with suppress(OSError):  # it is saved: the next look recognises it and removes it
            spool.remove(name)
    return after


def take_in_all(archive: Archive) -> None:
    """Take in what waits for any probe.

    Raises: as `waiting` and `take_in`.
    """
    for probe, notes in waiting(archive).notes.items():
        take_in(archive, notes, archive.debrief(probe))


def with_waiting(archive: Archive, debrief: Debrief) -> Debrief:
    """A debrief to read, with what waits for it, under the numbers that it would get now."""
    try:
        found = waiting(archive)
    except OSError:
        return debrief
    return observed(debrief, found.notes.get(debrief.probe.id, ()))


def count(archive: Archive) -> int:
    """How many notes wait."""
    try:
        return sum(map(len, waiting(archive).notes.values()))
    except OSError:
        return 0


def troubles(archive: Archive, now: float) -> list[str]:
    """What is wrong in the spool, a sentence each."""
    spool = Spool(archive.path)
    try:
        found = list(waiting(archive).left.values())
    except OSError as error:
        return [f"{spool.folder} can't be read ({(error.strerror or str(error)).lower()}): nothing can be noted."]
    return found + [
        f"{path} is left over from a note that was never finished: look into it, and remove it."
        for path in spool.leftovers(now)
    ]
