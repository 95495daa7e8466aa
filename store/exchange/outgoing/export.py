"""Exporting: which probes, in which format, with names or without, to which place."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from random import Random, SystemRandom

from store.archive import outside
from store.archive.archive import Archive
from store.archive.disk.calls import Disk
from store.debrief import OF_THE_GROUP, Debrief, EarlierDebrief
from store.exchange.bundle import Bundle, Progress, Shelf
from store.exchange.outgoing.formats import FORMATS
from store.exchange.outgoing.listed import with_names
from store.exchange.outgoing.nameless import handed_on, of_archive, of_bundle, of_the_group, sentences
from store.exchange.outgoing.names import Naming, Words, everybody
from store.exchange.outgoing.orders import made_anew, rows_made_anew
from store.matrix import figures
from store.model import Guideline, NonNegotiables, Probe, Record, RecurringPattern, Row, Session
from store.refused import Refused

GUIDELINES = "guidelines"
"""Stands among the ids for the alliance guidelines with their history."""

Rounds = tuple[figures.MatrixFigures, ...]


def export(
    archive: Archive,
    names: Sequence[str],
    form: str,
    path: Path,
    raw: bool = False,
    force: bool = False,
    progress: Progress | None = None,
    disk: Disk | None = None,
    stream: Callable[[bytes], object] | None = None,
    now: float | None = None,
    still_named: Callable[[Sequence[str]], object] | None = None,
    hidden: Callable[[Sequence[str]], object] | None = None,
    chance: Random | None = None,
) -> Path:
    """Write an export, and answer with where it is.

    Args:
        archive: what is exported.
        names: ids of probes and sessions, and `GUIDELINES`; empty for all there is.
        form: the name of one of `FORMATS`.
        path: a file, or a folder to put one into; for a format of several files their folder.
        raw: whether with moments, observations and names.
        force: whether to write over what is there.
        progress: is told of each probe.
        disk: what calls the operating system.
        stream: takes the bytes, once all are made, in place of a file at `path`; not for a format of several files.
        now: seconds since the epoch, from which a document counts back; by default the present.
        chance: makes the order of people anew in an export without names; by default nobody can foretell it.
        still_named: is told, before anything is written, of the sentences in which a known name still stands, if there are any.
        hidden: is told then of the organisations that are called as a person is, if any was taken out for that.

    Raises:
        ArchiveError: an id is not there, or a record is damaged.
        Refused: the place can't be written to, as a sentence; nothing of an export stays there.
    """
    format = FORMATS[form]
    contents = Contents(archive, names, raw, now or time.time(), progress, chance or SystemRandom())
    module = import_module(format.module)
    if still_named is not None or hidden is not None:
        found = contents.still_named()
        if still_named is not None and found:
            still_named(found)
        if hidden is not None and contents.hidden:
            hidden(sorted(contents.hidden))
    if stream is not None:
        if format.folder:
            raise Refused("Tables are several files, which can't go to standard output: name a folder for them.")
        stream(b"".join(module.file(contents)))
        return path
    if not format.folder and path.is_dir():
        path = path / f"{contents.name}.{form}"
    if format.folder:
        files = {name: partial(_write, parts) for name, parts in module.files(contents).items()}
        outside.put_folder(archive.path, path, files, force, disk)
    else:
        outside.put_file(archive.path, path, partial(_write, module.file(contents)), force, disk)
    return path


def _write(parts: Iterable[bytes], put: Callable[[bytes], object]) -> None:
    for part in parts:
        put(part)


def _with_names(bundle: Bundle) -> Bundle:
    """A probe as it goes out with names and raw notes."""
    tables = {kind: with_names(kind, rows) for kind, rows in of_bundle(bundle.seen()).items()}
    return Bundle(
        tables[Probe][0], tables[Session], {kind.table: tables[kind] for kind in tables if kind not in (Probe, Session)}
    )


class Contents:
    """What an export contains: some probes and what the group holds, with names or without.

    Attributes:
        ids: the probes, in the order in which they go out.
        raw: whether with names, moments and observations.
        now: seconds since the epoch, from which a document counts back.
        group: what the group calls itself; may be empty.
        guidelines: those in force, with their history.
        with_guidelines: whether they were asked for by name.
        only_guidelines: whether nothing else was asked for.
        name: what a file with all of it is called, without its ending.
        held: what the group holds across probes, by table: all of it, or what the probes touched.
        bundles: the probes, one after another, once.
        hidden: the organisations that were taken out where somebody of that name could be meant, once all has been walked.
    """

    def __init__(
        self,
        archive: Archive,
        names: Sequence[str],
        raw: bool,
        now: float,
        progress: Progress | None,
        chance: Random,
    ) -> None:
        """Read what is needed first; for the arguments and what is raised see `export`."""
        self._archive, self._shelf = archive, Shelf(archive)
        self.ids = self._shelf.named(name for name in names if name != GUIDELINES) if names else [*self._shelf.probes]
        self.raw, self.now, self.group = raw, now, self._shelf.group
        self.with_guidelines = GUIDELINES in names
        self.only_guidelines = self.with_guidelines and not self.ids
        self.name = GUIDELINES if self.only_guidelines else self.ids[0] if len(self.ids) == 1 else "probes"
        self.guidelines = archive.group_records(Guideline)
        held = {kind: [each.row() for each in archive.group_records(kind)] for kind in OF_THE_GROUP}
        if names:
            held = self._touched(held)
        self._whole = partial(
            self._shelf.bundles, self.ids, (lambda kind: True) if raw else handed_on, progress=progress
        )
        self._handed_on: Callable[[Bundle], Bundle] = _with_names
        self._known: frozenset[Words] = frozenset()
        self.hidden: set[str] = set()
        if not raw:
            known = everybody(self._shelf)
            self._known = known.people
            held = {
                kind: rows_made_anew(kind, of_the_group(kind, rows, known, self.hidden), chance)
                for kind, rows in held.items()
            }
            self._handed_on = lambda bundle: made_anew(of_archive(bundle, known, self.hidden), chance)
        else:
            held = {kind: with_names(kind, rows) for kind, rows in held.items()}
        self.held = {kind.table: rows for kind, rows in held.items()}
        self.bundles: Iterable[Bundle] = map(self._handed_on, self._whole())

    def _touched(self, held: Mapping[type[Record], list[Row]]) -> dict[type[Record], list[Row]]:
        """What the group holds, as far as the probes touched it."""
        bundles = [self._shelf.bundle(id) for id in self.ids]
        sessions = {row["id"] for bundle in bundles for row in bundle.sessions}
        statements = {bundle.probe["statement"] for bundle in bundles}
        ours = [bundle for bundle in bundles if not bundle.probe.get("origin")]
        numbers = {number for bundle in ours for number in bundle.guidelines()}
        wanted: dict[type[Record], Callable[[Row], bool]] = {
            Guideline: lambda row: self.with_guidelines or row["number"] in numbers,
            NonNegotiables: lambda row: row["number"] in statements,
            RecurringPattern: lambda row: any(seen["session"] in sessions for seen in row["seen"]),
        }
        return {kind: list(filter(wanted[kind], rows)) for kind, rows in held.items()}

    def still_named(self) -> Sequence[str]:
        """The sentences in which somebody still stands whom the archive names elsewhere; none in an export with names."""
        naming = Naming(self._known)
        texts = chain.from_iterable(sentences(kind, rows) for kind, rows in self._all_rows()) if self._known else ()
        return [text for text in dict.fromkeys(texts) if naming.in_sentence(text)]

    def _all_rows(self) -> Iterator[tuple[type[Record], Sequence[Row]]]:
        """All records that are handed on, by kind, first what the group holds and then probe by probe."""
        yield from ((kind, self.held[kind.table]) for kind in OF_THE_GROUP)
        for whole in self._whole(progress=None):
            yield from of_bundle(self._handed_on(whole)).items()

    def measured(self) -> Iterator[tuple[Bundle, Rounds]]:
        """The probes with their figures, which are made where the names are known and hold none."""
        for whole in self._whole():
            yield self._handed_on(whole), figures.rounds(whole.debrief(self.guidelines))

    def debriefs(self) -> Sequence[EarlierDebrief]:
        """The debriefs of the group that were sealed."""
        return self._archive.past().debriefs

    def deciders(self) -> dict[str, Debrief]:
        """The debriefs that decided a wording of a guideline, by the ids of their sessions."""
        wanted = {version.session for each in self.guidelines for version in each.history}
        probes = {probe for session, probe in self._shelf.owner.items() if session in wanted}
        found = [self._handed_on(self._shelf.bundle(id)).debrief() for id in probes]
        return {debrief.session.id: debrief for debrief in found}
