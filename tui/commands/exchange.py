"""Commands that hand records on, and take them in."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from store.exchange.outgoing.formats import FORMATS
from tui.commands.base import command, open_archive, print_json, take_in_notes
from tui.output import complain, put, report

if TYPE_CHECKING:
    from store.archive.archive import Archive
    from store.exchange.incoming.importing import Imported, ImportedProbe

_FEW = 5
"""Sentences that are listed unless all are asked for."""

_FOLDERS = " and ".join(each.name for each in FORMATS.values() if each.folder)


@command(reads=True)
@click.argument("ids", nargs=-1, metavar="[ID …]")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    required=True,
    help="; ".join(f"{each.name}: {each.about}" for each in FORMATS.values()) + ".",
)
@click.option(
    "--output",
    "-o",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PATH",
    help=f"A file, or - for standard output; for {_FOLDERS} a folder.",
)
@click.option("--with-raw-notes", "raw", is_flag=True, help="With moments, observations and names.")
@click.option("--force", is_flag=True, help="Write over what is there.")
@click.option(
    "--list-named", "listed", is_flag=True, help="List every sentence in which a name still stands, not only a few."
)
def export(
    context: click.Context, ids: tuple[str, ...], form: str, path: Path, raw: bool, force: bool, listed: bool
) -> None:
    """Write a record to hand on: of all probes, or of those named by ID, as in “redraw list”.

    With the ID “guidelines” the alliance guidelines go out, with their history, as a document of their own.

    Moments, observations, the words of decompression and names stay out unless --with-raw-notes: people appear as
    their organisations, and as somebody where fewer than three of theirs were in the room. Names that any probe of the
    archive knows are replaced where somebody does, decides or says something. Sentences stay as they were written; those
    that still hold a name are listed on standard error, so read it through before you hand it on. JSON is lossless only
    with --with-raw-notes.
    """
    from store.exchange.outgoing.export import export as write
    from store.words.text import visible

    archive = open_archive(context)
    stream = put if str(path) == "-" else None
    with _progress("exporting") as progress:
        written = write(
            archive,
            ids,
            form,
            path,
            raw,
            force,
            progress,
            stream=stream,
            still_named=partial(_warn, listed),
            hidden=_say_hidden,
        )
    if stream is None:
        report(f"Exported to {visible(str(written))}" + ("." if raw else ", without names and raw notes."))


class Incoming(click.File):
    """A file to read, or standard input by `-`; nothing that would keep the program waiting for somebody else."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value != "-" and os.path.exists(value) and not os.path.isfile(value) and not os.path.isdir(value):
            raise click.ClickException(f"{value} is not a file: name one, or pipe into “redraw import -”.")
        return super().convert(value, param, ctx)


def _warn(all_of_them: bool, sentences: Sequence[str]) -> None:
    """Say on standard error in which sentences somebody still stands."""
    from store.words.numbers import counted
    from store.words.text import clipped

    shown = sentences if all_of_them else sentences[:_FEW]
    one = len(sentences) == 1
    hold = "holds a name: read it" if one else "hold names: read them"
    lines = [f"{counted(len(sentences), 'sentence')} still {hold} before you hand this on."]
    lines += [f"  {clipped(text, 160)}" for text in shown]
    if len(shown) < len(sentences):
        lines.append(f"  and {len(sentences) - len(shown)} more: --list-named lists them all.")
    complain("\n".join(lines))


def _say_hidden(organisations: Sequence[str]) -> None:
    """Say on standard error which organisations are called as a person is, and were taken out for that."""
    from store.words.text import clipped

    for name in organisations:
        complain(
            f"“{clipped(name, 40)}” is a person and an organisation here: where it could be the person, “somebody” stands in its place."
        )


@command("import")
@click.argument("file", type=Incoming("rb"))
@click.option(
    "--with-raw-notes",
    "raw",
    is_flag=True,
    help="With the names and raw notes of other groups' probes, also of those that are here already without them.",
)
@click.option(
    "--keep",
    type=click.Choice(["ours", "theirs", "both", "new"]),
    help="What stays of a probe that is here already and differs; new: ours, with what is new in the file. Without it a terminal is asked, and nothing is replaced otherwise.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what came in as JSON.")
def import_(context: click.Context, file: Any, raw: bool, keep: str | None, as_json: bool) -> None:
    """Import a JSON export or a room file into the archive. FILE may be - for standard input.

    Imported into an empty archive, an export brings everything back as it was. In any other archive, the probes of another
    group stand beside yours, marked with whose they are. A probe that is here already changes nothing; one that is here and
    differs is never replaced without being asked about: at a terminal both values are shown, --keep decides, and otherwise the
    logbook asks. Names and raw notes of another group stay in the file, and that is said, until you ask for them with
    --with-raw-notes or at a terminal; then they are filled in too where a probe is here without them.

    A room file that holds anything of a debrief comes in as a finished one, even if it doesn't say how it closed. Importing
    the same file again changes nothing; one to which something was added since can bring that into the probe that is here.
    """
    from store.exchange.incoming.conflicts import Keep, settle
    from store.exchange.incoming.importing import import_file
    from store.words.text import visible

    archive = open_archive(context, may_begin=True)
    began = not archive.exists
    with _progress("reading") as progress:
        size = _size(file)
        done = import_file(archive, file.read, time.time(), lambda bytes_read: progress(bytes_read, size), raw)
    take_in_notes(archive)
    differs = {row["id"]: row["conflicts_with"] for row in archive.each("probes") if row.get("conflicts_with")}
    waiting = [each.probe for each in done.probes if each.probe in differs]
    if as_json:
        if keep is not None:
            for id in waiting:
                settle(archive, [id], Keep(keep))
            if keep != Keep.BOTH:
                done = _in_place(archive, done, differs)
        print_json(_as_json(done), report)
        return
    if began and archive.exists and sys.stderr is not None and sys.stderr.isatty():
        click.echo(f"Began a new archive at {visible(str(archive.path))}.", err=True)
    for line in _in_words(done):
        report(line)
    for each in done.probes if not done.whole else ():
        if each.how == "new" and (others := _called_alike(archive, each.probe, each.title)):
            report(
                f"{others} {'has' if ' ' not in others else 'have'} the same title, and nothing else that shows it is the same probe."
            )
    for id in waiting:
        _decide(archive, id, differs[id], keep)
    if any(each.shorn or each.how == "fuller" for each in done.probes) and _wants_names(file):
        file.seek(0)
        for line in _in_words(import_file(archive, file.read, time.time(), fill=True)):
            report(line)


def _wants_names(file: Any) -> bool:
    """Whether a person at a terminal asks for the names and raw notes that stayed in a file; where nobody can be asked it is a no."""
    if not (_asked() and file.seekable()):
        return False
    return click.confirm("Take in those names and raw notes?", default=False)


def _asked() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _in_place(archive: "Archive", done: "Imported", differs: Mapping[str, str]) -> "Imported":
    """What came in, with each probe that went into another one, or gave way to it, by the ids of that one."""
    sessions = {row["probe"]: row["id"] for row in archive.each("sessions") if row.get("kind", "debrief") == "debrief"}
    found = (
        replace(each, probe=ours, session=sessions.get(ours, ""), ours="")
        if (ours := differs.get(each.probe))
        else each
        for each in done.probes
    )
    return replace(done, probes=tuple(found))


def _called_alike(archive: "Archive", id: str, title: str) -> str:
    """The other probes with a title, by their ids."""
    from store.words.names import fold

    alike = (row["id"] for row in archive.each("probes") if row["id"] != id and fold(row["title"]) == fold(title))
    return " and ".join(alike)


def _decide(archive: "Archive", id: str, ours: str, keep: str | None) -> None:
    """Show both values of a probe that differs from `ours`, and decide which stays: as `keep` says, or as a person answers.

    Where nobody can be asked nothing is replaced, and the conflict waits in the logbook.
    """
    from store.exchange.incoming.conflicts import Keep, brought, settle, side_by_side

    for each in side_by_side(archive, id):
        report(f"  {each.what}")
        here, there = each.clipped(_LONGEST)
        report(f"    here: {here}")
        report(f"    in the file: {there}")
    new = ", ".join(brought(archive, id))
    if new:
        report(f"New in the file: {new}.")
    if keep is None and _asked():
        which = click.Choice([*(str(each) for each in Keep if new or each is not Keep.NEW), "later"])
        if new:
            report(f"“new” brings that into {ours} and changes nothing else there.")
        answer = click.prompt("Which stays?", type=which, default="later")
        keep = None if answer == "later" else answer
    if keep is None:
        if new:
            report(f"--keep new brings that into {ours} and changes nothing else there.")
        report(f"Nothing was replaced: --keep ours, theirs or both decides, or open {id} in the logbook.")
        return
    settle(archive, [id], Keep(keep))
    stays = {
        "new": f"{ours} now has what is new in the file."
        if new
        else f"{ours} stays as it was: nothing was new in the file.",
        "ours": f"{ours} stays as it was.",
        "theirs": f"What came in took the place of {ours}.",
    }
    report(stays.get(keep, f"Both stay: {ours} and {id}."))


_LONGEST = 300
"""Characters of a value in which two records of a probe differ."""


def _size(file: Any) -> int:
    """The size of a file in bytes; 0 if nobody knows."""
    try:
        return os.fstat(file.fileno()).st_size
    except (OSError, AttributeError):
        return 0


def _as_json(done: "Imported") -> dict[str, Any]:
    if not done.whole:
        (one,) = done.probes
        differs = {"conflicts_with": one.ours} if one.ours else {}
        return {"probe": one.probe, "session": one.session or None, **differs, **_shorn(one), "counts": done.counts}
    return {
        "group": done.group,
        "probes": [
            {
                "probe": each.probe,
                "session": each.session or None,
                "how": each.how,
                "conflicts_with": each.ours or None,
                **_shorn(each),
            }
            for each in done.probes
        ],
        "counts": done.counts,
    }


def _shorn(probe: "ImportedProbe") -> dict[str, bool]:
    return {"without_names": True} if probe.shorn else {}


def _in_words(done: "Imported") -> Iterator[str]:
    from store.words.text import visible

    counts = ", ".join(f"{count} {name}" for name, count in done.counts.items() if count)
    fresh, same, fuller, filled, conflicts, continued = (
        [each for each in done.probes if each.how == how]
        for how in ("new", "same", "fuller", "filled", "conflict", "continued")
    )
    if not done.whole:
        for each in fresh:
            yield f"Took in {each.probe} {visible(each.title)}: {counts or 'a probe without a debrief'}."
        yield from done.lacks
        for each in same:
            yield f"{each.probe} {visible(each.title)} is here already: nothing changed."
        for each in filled:
            yield f"{each.probe} {visible(each.title)} was here already, and now has its names and raw notes."
        for each in fuller:
            yield f"{each.probe} {visible(each.title)} is here already, but without names and raw notes: nothing changed."
    elif not done.probes:
        held = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in done.held.items())
        yield f"There is no probe in the file: {f'{held} came in' if held else 'nothing changed'}."
        if not held:
            yield "Guidelines come in with the debriefs that decided them, or into an empty archive."
    else:
        whose = f" of {visible(done.group)}" if done.group and not done.own else ""
        total = len(done.probes)
        yield (
            f"{total} probe{'' if total == 1 else 's'}{whose}: {len(fresh)} new"
            + (f", {len(same)} here already" if same else "")
            + (f", {len(fuller)} here already, but without names and raw notes" if fuller else "")
            + (f", {len(filled)} now with names and raw notes" if filled else "")
            + (f", {len(conflicts)} in conflict" if conflicts else "")
            + (f", {len(continued)} brought up to date" if continued else "")
            + (f" ({counts})." if counts else ".")
        )
        if done.theirs:
            yield "Their guidelines stay theirs: each of their debriefs keeps what it amended."
    for each in done.probes:
        if each.shorn:
            yield f"{each.probe} {visible(each.title)} came in without the names and raw notes that the file has."
    if fuller or any(each.shorn for each in done.probes):
        yield "The file has those names and notes: --with-raw-notes fills them in."
    if done.named and done.probes:
        yield "Its names and raw notes came in too, since nothing was here before."
    yield from (
        f"{each.probe} {visible(each.title)} differs from {each.ours}: nothing of {each.ours} was changed. Open"
        f" {each.probe} in the logbook to choose which to keep."
        for each in conflicts
    )


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show progress on standard error, if a person is watching and it takes more than a moment."""
    shown, last = sys.stderr is not None and sys.stderr.isatty(), time.monotonic() + 0.3
    said = False

    def progress(done: int, of: int) -> None:
        nonlocal last, said
        if shown and of and time.monotonic() - last > 0.1:
            last, said = time.monotonic(), True
            click.echo(f"\r{what} {done * 100 // of:>3} %", err=True, nl=False)

    try:
        yield progress
    finally:
        if said:
            click.echo("\r" + " " * (len(what) + 6) + "\r", err=True, nl=False)
