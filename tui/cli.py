"""The command line. It is parsed before anything heavy is imported, and no traceback reaches a person.

Exit status: 0 well, 1 a failure said in one line on standard error, 2 a wrong command line.
"""

import gc
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from tui import noting
from tui.noting import ARCHIVE_NAME, default_archive
from tui.saying import fail as _fail
from tui.saying import failed, put
from tui.saying import say as _print

if TYPE_CHECKING:
    from store.archive import Archive
    from store.exchange.incoming import Taken

VERSION = "0.1.0"

F = TypeVar("F", bound=Callable[..., Any])


def _open(context: click.Context, must_exist: bool = False, salvage: bool = False) -> "Archive":
    from store.archive import Archive

    archive = Archive(context.obj or default_archive(), salvage)
    context.call_on_close(archive.close)
    if must_exist and not archive.exists:
        raise click.ClickException(f"There is no archive at {archive.path}: name one with --archive.")
    return archive


def _texts(options: Mapping[str, tuple[str, str]]) -> Callable[[F], F]:
    """Options that take a text, each with what it takes and its help."""

    def add(command: F) -> F:
        for name, (takes, help) in reversed(list(options.items())):
            command = click.option(name, default="", metavar=takes, help=help)(command)
        return command

    return add


def _print_json(value: object) -> None:
    from store.disk.jsontext import encoded

    text = encoded(value, indent=1)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = encoded(value, indent=1, ascii=True)
    _print(text)


class _Command(click.Command):
    """A command after whose name the archive can be named too."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.params.append(
            click.Option(
                ["--archive"],
                type=click.Path(path_type=Path),
                metavar="FILE",
                help="The archive to use: here, or before the command.",
                expose_value=False,
                callback=_use,
            )
        )


def _use(context: click.Context, _parameter: click.Parameter, archive: Path | None) -> None:
    if archive is not None:
        context.obj = archive


class _Commands(click.Group):
    command_class = _Command


class _Speed(click.FloatRange):
    name = "number"


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without a command, redraw opens the logbook. To see it first: redraw demo",
)
@click.option(
    noting.ARCHIVE,
    type=click.Path(path_type=Path),
    envvar=noting.VARIABLE,
    metavar="FILE",
    help="The archive to use (or set REDRAW_ARCHIVE); otherwise the one in your data folder.",
)
@click.version_option(VERSION, prog_name="redraw")
@click.pass_context
def redraw(context: click.Context, archive: Path | None) -> None:
    """Run the debrief of a small, time-boxed alliance, live, and keep what the group learned."""
    context.obj = archive
    if context.invoked_subcommand is None:
        _run(context.obj or default_archive())


@redraw.command()
@click.option(
    "--speed",
    type=_Speed(1, 3600),
    default=1.0,
    metavar="N",
    help="Run the clocks N times as fast: with 60, ten minutes last ten seconds.",
)
@click.pass_context
def demo(context: click.Context, speed: float) -> None:
    """Try Redraw: a throwaway year of samples, a debrief due now.

    With --archive FILE the sample archive is made in FILE, where it stays.
    """
    from store.archive import Archive

    if context.obj is not None:
        archive = Archive(context.obj)
        made = archive.exists
        if made and not archive.demo:
            raise click.ClickException(f"{archive.path} is not a demo archive: name a file that doesn't exist yet.")
        _need_terminal()
        if not made:
            from store.demo import fill

            fill(archive, time.time())
        archive.close()
        _run(archive.path, speed)
        return
    _need_terminal()
    import tempfile

    from store.demo import fill

    with tempfile.TemporaryDirectory(prefix="redraw-demo-") as folder:
        path = Path(folder) / ARCHIVE_NAME
        archive = Archive(path)
        fill(archive, time.time())
        archive.close()
        _run(path, speed)


def _need_terminal() -> None:
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise click.ClickException(
            "Redraw needs a terminal to draw in; “redraw list” and “redraw show” work without one."
        )


def _run(path: Path, speed: float = 1.0) -> None:
    _need_terminal()
    gc.disable()  # until the first frame: starting makes many objects and drops few, and looking for those takes a tenth
    from tui.app import RedrawApp

    app = RedrawApp(path, speed=speed)
    app.run()
    app.close()
    if app.farewell:
        click.echo(app.farewell, err=app.return_code != 0)
    if app.return_code:
        sys.exit(app.return_code)


@redraw.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def list_(context: click.Context, as_json: bool) -> None:
    """List the probes and their sessions, what is due first."""
    from datetime import datetime

    from store.across import logbook
    from store.words.figures import signed
    from store.words.text import visible

    found = logbook.entries(_open(context), datetime.now().astimezone())
    if as_json:
        _print_json([entry._asdict() for entry in found])
        return
    widest = max((len(entry.when) for entry in found), default=0)
    for entry in found:
        gap = f"  {signed(entry.gap[0])} autonomy, {signed(entry.gap[1])} benefit" if entry.gap else ""
        ids = f"{entry.probe} {entry.session}".strip()
        partners = f"  with {', '.join(map(visible, entry.partners))}" if entry.partners else ""
        _print(f"{ids:<9} {entry.state:<9} {visible(entry.when):<{widest}} {visible(entry.title)}{partners}{gap}")
    if not found:
        click.echo("The logbook is empty: start redraw to enter a probe, or try “redraw demo”.", err=True)


@redraw.command()
@click.argument("id")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_context
def show(context: click.Context, id: str, form: str, as_json: bool) -> None:
    """Show one session or probe, whole. ID is as in “redraw list”: p3 or s3."""
    from store.notes.noted import with_waiting

    archive = _open(context, must_exist=True)
    debrief = with_waiting(archive, archive.debrief(id))
    if as_json or form == "json":
        from store.exchange.export import as_json as exported

        _print_json(exported(debrief))
    else:
        from store.session.report import as_text

        _print(as_text(debrief, time.time()))


@redraw.command()
@click.argument("text")
@_texts(noting.OPTIONS)
@click.pass_context
def note(context: click.Context, /, text: str, **options: str) -> None:
    """Note what is seen during the action, from any shell. A session may be live meanwhile.

    TEXT may be - for standard input; lines that begin with a time are noted each by itself, as in “14:05 @Tilda f: two
    stewards”. It never waits for the Redraw that writes, which takes it in within a second or, where
    none is open, as soon as one is.
    """
    noting.note(str(context.obj or ""), text, **options)


@redraw.command()
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_context
def matrix(context: click.Context, id: str, as_json: bool) -> None:
    """Draw the matrix of a probe: expected and actual. Every round that was revealed; as JSON, the first."""
    from store.session import report
    from store.session.matrix import as_json as figures_as_json
    from store.session.matrix import figures

    found = _open(context, must_exist=True).debrief(id)
    if as_json:
        _print_json(figures_as_json(figures(found)))
        return
    _print("\n".join(report.matrix_page(found)))


@redraw.command()
@click.argument("id")
@click.pass_context
def pact(context: click.Context, id: str) -> None:
    """Print the pact of a probe on one page of plain text. It has at most 60 lines of 80 columns.

    Of a pact that runs over the page only what fits is printed, and the last line says how much is missing; so does a sentence
    on standard error, and the exit status is 1.
    """
    from store.before.pact import LINES, lines, page, printed

    debrief = _open(context, must_exist=True).debrief(id)
    found = page(debrief)
    _print("\n".join(printed(debrief)))
    if len(found) > LINES:
        raise click.ClickException(
            f"The pact is {lines(len(found) - LINES)} longer than one page: shorten it in its form."
        )


@redraw.command()
@click.option("--ours", is_flag=True, help="Count our own probes alone, without those of other groups.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_context
def trends(context: click.Context, ours: bool, as_json: bool) -> None:
    """Count what repeats across probes, and with whom. Then come sovereignty, time, rhythm and the record.

    Behind each figure stand in brackets the probes that it is about.

    Probes of other groups that were imported are counted too, and it is said how many; --ours leaves them out.
    """
    from store.across import overview

    found = overview.built(_open(context), ours)
    if as_json:
        _print_json(overview.as_json(found))
        return
    lines = overview.as_text(found)
    if sys.stdout is not None and sys.stdout.isatty():  # into a pipe each figure goes whole, a line each
        lines = overview.wrapped(lines, shutil.get_terminal_size().columns)
    _print("\n".join(lines))


@redraw.command()
@click.argument("ids", nargs=-1, metavar="[ID …]")
@click.option("--format", "form", type=click.Choice(["md", "csv", "json"]), required=True, help="How to write it.")
@click.option(
    "--output",
    "-o",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PATH",
    help="A file, or - for standard output; for csv a folder.",
)
@click.option("--with-raw-notes", "raw", is_flag=True, help="With moments, observations and names.")
@click.option("--force", is_flag=True, help="Write over what is there.")
@click.pass_context
def export(context: click.Context, ids: tuple[str, ...], form: str, path: Path, raw: bool, force: bool) -> None:
    """Write a record to hand on. It is of all probes, or of those named, as in “redraw list”.

    md is a document to read, csv a folder of tables for a spreadsheet, json what “redraw import” takes. With the ID
    “guidelines” the alliance guidelines go out, with their history, as a document of their own.

    Moments, observations, the words of decompression and names stay out unless --with-raw-notes: people stand there as
    their organisations, and as somebody where fewer than three of theirs were in the room. Names that any probe of the
    archive knows are replaced where somebody does, decides or says something. What somebody wrote in a sentence stays as it
    is, also where it mentions a name: read it through before you hand it on. JSON is lossless only with --with-raw-notes.
    """
    from store.exchange.out import export as write
    from store.words.text import visible

    archive = _open(context, must_exist=True)
    stream = put if str(path) == "-" else None
    with _progress("exporting") as progress:
        written = write(archive, ids, form, path, raw, force, progress, stream=stream)
    if stream is None:
        _print(f"Exported to {visible(str(written))}" + ("." if raw else ", without names and raw notes."))


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Say on standard error how far it is, where a person is watching and it takes more than a moment."""
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


@redraw.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--with-raw-notes", "raw", is_flag=True, help="With names and notes where a probe is here without them.")
@click.option("--json", "as_json", is_flag=True, help="Print what came in as JSON.")
@click.pass_context
def import_(context: click.Context, file: Any, raw: bool, as_json: bool) -> None:
    """Take a JSON export or a room file into the archive. FILE may be - for standard input.

    An export into an empty archive brings all back as it was. Into any other the probes of another group come in beside
    yours, marked with whose they are; what is here already changes nothing, and what is here and differs is kept as a
    conflict, which the logbook asks about. Where a probe was handed on without names and raw notes before, and the file has
    them, they come in with --with-raw-notes.

    A room file in which anything of a debrief is written down comes in as a finished one, also where it doesn't say how it
    closed. The same file once more changes nothing.
    """
    from store.exchange.incoming import take

    archive = _open(context)
    with _progress("reading") as progress:
        size = _size(file)
        taken = take(archive, file.read, time.time(), lambda done: progress(done, size), raw)
    _take_in_notes(archive)
    if as_json:
        _print_json(_as_json(taken))
        return
    for line in _in_words(taken):
        _print(line)


def _size(file: Any) -> int:
    """Bytes of a file; 0 where that isn't known."""
    try:
        return os.fstat(file.fileno()).st_size
    except (OSError, AttributeError):
        return 0


def _as_json(taken: "Taken") -> dict[str, Any]:
    if not taken.whole:
        (one,) = taken.arrivals
        differs = {"conflicts_with": one.ours} if one.ours else {}
        return {"probe": one.probe, "session": one.session or None, **differs, "counts": taken.counts}
    return {
        "group": taken.group,
        "probes": [
            {"probe": each.probe, "session": each.session or None, "how": each.how, "conflicts_with": each.ours or None}
            for each in taken.arrivals
        ],
        "counts": taken.counts,
    }


def _in_words(taken: "Taken") -> Iterator[str]:
    from store.words.text import visible

    counts = ", ".join(f"{count} {name}" for name, count in taken.counts.items() if count)
    fresh, same, fuller, filled, conflicts = (
        [each for each in taken.arrivals if each.how == how] for how in ("new", "same", "fuller", "filled", "conflict")
    )
    if not taken.whole:
        for each in fresh:
            yield f"Took in {each.probe} {visible(each.title)}: {counts or 'a probe without a debrief'}."
        yield from taken.lacks
        for each in same:
            yield f"{each.probe} {visible(each.title)} is here already: nothing changed."
        for each in filled:
            yield f"{each.probe} {visible(each.title)} was here already, and has its names and raw notes now."
        for each in fuller:
            yield f"{each.probe} {visible(each.title)} is here already, but without names and raw notes: nothing changed."
    elif not taken.arrivals:
        held = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in taken.held.items())
        yield f"There is no probe in the file: {f'{held} came in' if held else 'nothing changed'}."
        if not held:
            yield "Guidelines come in with the debriefs that decided them, or into an empty archive."
    else:
        whose = f" of {visible(taken.group)}" if taken.group and not taken.own else ""
        total = len(taken.arrivals)
        yield (
            f"{total} probe{'' if total == 1 else 's'}{whose}: {len(fresh)} new"
            + (f", {len(same)} here already" if same else "")
            + (f", {len(fuller)} here already, but without names and raw notes" if fuller else "")
            + (f", {len(filled)} now with names and raw notes" if filled else "")
            + (f", {len(conflicts)} in conflict" if conflicts else "")
            + (f" ({counts})." if counts else ".")
        )
        if taken.theirs:
            yield "Their guidelines stay theirs: what each of their debriefs amended is kept with it."
    if fuller:
        yield "The file has those names and notes: with --with-raw-notes they come in."
    yield from (
        f"{each.probe} {visible(each.title)} differs from {each.ours}: nothing of {each.ours} was changed. In the logbook Enter on"
        f" {each.probe} asks which to keep."
        for each in conflicts
    )


def _waiting(count: int) -> str:
    return f"{count} observation{'s wait' if count > 1 else ' waits'} to be taken in"


def _take_in_notes(archive: "Archive") -> None:
    """Take in what waits in the spool, if we can write; failing that it waits on."""
    from contextlib import suppress

    from store.archive import ArchiveError
    from store.notes import noted

    with suppress(ArchiveError, OSError):
        noted.take_in_all(archive)


@redraw.command()
@click.option("--repair", is_flag=True, help="Bring what a crash left behind into the archive, and say what was done.")
@click.pass_context
def check(context: click.Context, repair: bool) -> None:
    """Read all that is kept, and say what is wrong. That is every record and every line of the journal."""
    from store.notes import noted
    from store.words.text import visible

    archive = _open(context, must_exist=True, salvage=repair)
    for sentence in archive.repair() if repair else ():
        _print(visible(sentence))
    if repair:
        _take_in_notes(archive)
    counts, wrong = archive.check()
    wrong += noted.troubles(archive, time.time())
    _print(f"{visible(str(archive.path))}: " + (", ".join(f"{n} {name}" for name, n in counts.items()) or "no records"))
    if wait := noted.count(archive):
        _print(f"{_waiting(wait)}; the next start does that.")
    for sentence in wrong:
        _print(visible(sentence))
    for row in archive.rows("probes"):
        if differs := row.get("conflicts_with"):
            _print(f"{row.get('id')} differs from {differs}: in the logbook Enter on it asks which to keep.")
    for path in archive.loose():
        _print(f"{visible(str(path))} can be read by others on this computer.")
    if wrong:
        raise click.ClickException(f"{len(wrong)} thing{'s are' if len(wrong) > 1 else ' is'} wrong in the archive.")


@redraw.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_context
def backup(context: click.Context, path: Path, force: bool) -> None:
    """Copy the archive as it is now into the file PATH. A session may run meanwhile."""
    from store.notes import noted
    from store.words.text import visible

    archive = _open(context, must_exist=True)
    if path.is_dir():
        path = path / archive.path.name
    if path.exists() and not force:
        raise click.ClickException(f"{path} is there already: name another file, or write over it with --force.")
    _take_in_notes(archive)  # what waits is not in the file that is copied
    archive.copy_to(path)
    _print(f"Copied {visible(str(archive.path))} to {visible(str(path))}.")
    if wait := noted.count(archive):
        _print(f"{_waiting(wait)}, and {'is' if wait == 1 else 'are'} not in the copy.")


def main() -> NoReturn:
    """Run the command line, and turn every failure into one line and an exit status."""
    try:
        redraw.main(prog_name="redraw", standalone_mode=False)
        sys.exit(0)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except click.ClickException as error:
        _fail(error.format_message())
    except Exception as error:
        failed(error)
