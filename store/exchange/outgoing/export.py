"""Exporting: which probes, in which form, with names or without, to which place."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from store.archive.archive import Archive
from store.archive.disk.calls import Disk
from store.debrief import OF_THE_GROUP, Debrief
from store.exchange.bundle import Bundle, Row
from store.exchange.by_probe import Shelf, our_group
from store.exchange.outgoing import csv_tables, json_document, markdown
from store.exchange.outgoing.files import Fill, put_file, put_folder
from store.exchange.outgoing.guidelines import guidelines
from store.exchange.outgoing.markdown_text import bullets, document, inline, linked
from store.exchange.outgoing.nameless import anonymous, of_the_group
from store.exchange.outgoing.people import Words, named, naming
from store.matrix import figures
from store.model import RECORDS
from store.refused import Refused

FORMS = ("md", "csv", "json")

GUIDELINES = "guidelines"
"""Stands among the ids for the alliance guidelines with their history."""

Progress = Callable[[int, int], None]
"""Is told how much is done, and of how much."""

Rounds = tuple[figures.Figures, ...]


def export(
    archive: Archive,
    names: Sequence[str],
    form: str,
    path: Path,
    raw: bool = False,
    force: bool = False,
    progress: Progress = lambda done, of: None,
    disk: Disk | None = None,
    stream: Callable[[bytes], object] | None = None,
    now: float | None = None,
) -> Path:
    """Write an export, and answer with where it is.

    Args:
        archive: what is exported.
        names: ids of probes and sessions, and `GUIDELINES`; empty for all there is.
        form: one of `FORMS`.
        path: a file, or a folder to put one into; for tables a folder.
        raw: whether with moments, observations and names.
        force: whether to write over what is there.
        progress: is told of each probe.
        disk: what calls the operating system.
        stream: takes the bytes, once they are whole, in place of a file at `path`; there is none for tables.
        now: seconds since the epoch, from which the document counts back; by default the present.

    Raises:
        ArchiveError: an id is not there, or a record is damaged.
        Refused: the place can't be written to, as a sentence; nothing of an export stays there.
    """
    shelf = Shelf(archive)
    only_guidelines = list(names) == [GUIDELINES]
    ids = shelf.named(name for name in names if name != GUIDELINES) if names else list(shelf.probes)
    if stream is not None and form == "csv":
        raise Refused("Tables are several files, which can't go to standard output: name a folder for them.")
    if stream is None and form != "csv" and path.is_dir():
        path = path / f"{GUIDELINES if only_guidelines else ids[0] if len(ids) == 1 else 'probes'}.{form}"
    if stream is None:
        _spare_the_archive(archive, path)
    found = _Export(archive, shelf, ids, raw, all=not names, book=not names or GUIDELINES in names, progress=progress)
    if form == "csv":
        put_folder(path, found.tables(only_guidelines), force, disk)
        return path
    book = GUIDELINES in names
    fill = (
        found.json
        if form == "json"
        else lambda put: put(found.markdown(book, now or time.time()).encode("utf-8", "replace"))
    )
    if stream is None:
        put_file(path, fill, force, disk)
    else:
        parts: list[bytes] = []
        fill(parts.append)
        stream(b"".join(parts))
    return path


def _spare_the_archive(archive: Archive, path: Path) -> None:
    real = Path(os.path.realpath(path))
    ours = Path(os.path.realpath(archive.path))
    if real == ours or (real.parent == ours.parent and real.name.startswith(f"{ours.name}.") and real.exists()):
        raise Refused(f"{path} belongs to the archive itself: name another file.")


class _Export:
    """What is exported."""

    def __init__(
        self, archive: Archive, shelf: Shelf, ids: Sequence[str], raw: bool, all: bool, book: bool, progress: Progress
    ) -> None:
        self._shelf, self._ids, self._raw = shelf, ids, raw
        self._progress = progress
        self._all, self._book = all, book
        self._guidelines = archive.guidelines()
        self._debriefs = archive.past().debriefs if book else ()
        self._known: frozenset[Words] = frozenset()
        if not raw:
            with archive.intact("an export"):
                self._known = named({kind: archive.rows(kind.table) for kind in RECORDS if naming(kind)})
        self.group = our_group(shelf.probes.values())
        held = (self._guidelines, archive.non_negotiables(), archive.recurring_patterns())
        self._rows = {
            kind.table: [record.row() for record in rows] for kind, rows in zip(OF_THE_GROUP, held, strict=True)
        }

    def _bundle(self, id: str) -> Bundle:
        """A probe as it is in the archive; that it differs from one that stays behind is left out."""
        found = self._shelf.bundle(id)
        if found.probe.get("conflicts_with", "") in ("", *self._ids):
            return found
        row = {name: value for name, value in found.probe.items() if name != "conflicts_with"}
        return Bundle(row, found.sessions, found.lists)

    def _bundles(self) -> Iterator[Bundle]:
        for at, id in enumerate(self._ids, 1):
            found = self._bundle(id)
            yield found if self._raw else anonymous(found, self._known)
            self._progress(at, len(self._ids))

    def _measured(self) -> Iterator[tuple[Bundle, Rounds]]:
        """The probes with their figures, which are made where the names are known and hold none."""
        for at, id in enumerate(self._ids, 1):
            found = self._bundle(id)
            debrief = found.debrief(self._guidelines)
            yield found if self._raw else anonymous(found, self._known), figures.rounds(debrief)
            self._progress(at, len(self._ids))

    def _held(self) -> dict[str, list[Row]]:
        """What the group holds: all of it, or what the probes touched."""
        found = dict(self._rows)
        if not self._all:
            sessions, numbers, statements = self._touched()
            found = {
                "guidelines": [row for row in found["guidelines"] if self._book or row["number"] in numbers],
                "non_negotiables": [row for row in found["non_negotiables"] if row["number"] in statements],
                "recurring_patterns": [
                    row
                    for row in found["recurring_patterns"]
                    if any(seen["session"] in sessions for seen in row["seen"])
                ],
            }
        if not self._raw:
            found = {
                kind.table: of_the_group(kind, found[kind.table], self.group, self._known) for kind in OF_THE_GROUP
            }
        return found

    def _touched(self) -> tuple[set[str], set[int], set[int | None]]:
        bundles = [self._shelf.bundle(id) for id in self._ids]
        ours = [bundle for bundle in bundles if not bundle.probe.get("origin")]
        return (
            {row["id"] for bundle in bundles for row in bundle.sessions},
            {number for bundle in ours for _, number in bundle.guidelines()},
            {bundle.probe["statement"] for bundle in bundles},
        )

    def json(self, put: Callable[[bytes], None]) -> None:
        """Write it as JSON."""
        json_document.write(put, self.group, not self._raw, self._held(), self._bundles())

    def tables(self, only_guidelines: bool) -> dict[str, Fill]:
        """Its tables by the names of their files."""
        kept = [] if only_guidelines else [*self._measured()]
        found = csv_tables.tables(lambda: kept, self._held(), self._raw)
        return {"guidelines.csv": found["guidelines.csv"]} if only_guidelines else found

    def markdown(self, book: bool, now: float) -> str:
        """It as a document; the guidelines stand in it where they were asked for."""
        parts: list[str] = []
        note = markdown.RAW if self._raw else markdown.NAMELESS
        several = len(self._ids) > 1
        contents: list[str] = []
        chapters: list[str] = []
        for at, (bundle, rounds) in enumerate(self._measured(), 1):
            debrief = bundle.debrief(self._guidelines)
            contents.append(linked(at, markdown.title(debrief)))
            chapters += markdown.probe(debrief, rounds, self._raw, at if several else None)
        if several:
            whose = f" of {inline(self.group)}" if self.group else ""
            parts += [f"# {len(self._ids)} probes{whose}", bullets(contents)]
        parts += chapters
        if book:
            alone = not self._ids
            heading = "#" if alone else "##"
            parts += guidelines(self.group, self._guidelines, self._deciders(), self._debriefs, now, heading)
        if not self._ids and not book:
            parts.append("# No probes\n\nThe logbook is empty.")
        return document([*parts, "---", f"*{note}*"])

    def _deciders(self) -> dict[str, Debrief]:
        """The debriefs that decided a wording of a guideline, by the ids of their sessions."""
        wanted = {version.session for each in self._guidelines for version in each.history if version.session}
        found = {}
        for id in self._shelf.probes:
            if any(row["id"] in wanted for row in self._shelf.sessions(id)):
                bundle = self._bundle(id)
                debrief = (bundle if self._raw else anonymous(bundle, self._known)).debrief()
                found[debrief.session.id] = debrief
        return found
