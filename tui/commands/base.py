"""What commands share: how they open the archive, print, and are declared."""

import sys
from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.commands.plain_note import default_archive
from tui.output import complain, say

if TYPE_CHECKING:
    from store.archive.archive import Archive


_OPENED = f"{__name__}.opened"
"""Under which a command keeps the archive that it has opened."""


def open_archive(context: click.Context, may_begin: bool = False, salvage: bool = False) -> "Archive":
    """Open the archive that is meant until the command ends.

    Args:
        context: the command's.
        may_begin: whether the command may begin a new one; otherwise one that isn't there is a failure.
        salvage: whether to open one that a crash has left unreadable as well.
    """
    from store.archive.archive import Archive
    from store.archive.errors import absent

    if (opened := context.meta.get(_OPENED)) is not None:
        return opened  # type: ignore[no-any-return]
    archive = context.meta[_OPENED] = Archive(context.obj or default_archive(), salvage)
    context.call_on_close(partial(_close, archive))
    if not may_begin and not archive.exists:
        raise click.ClickException(absent(archive.path, named=context.obj is not None))
    return archive


def _close(archive: "Archive") -> None:
    """Close an archive. If it can't be brought into one file, what was saved is safe, and that is said."""
    if hindrance := archive.close_or_say():
        complain(f"redraw: {hindrance}")


def take_in_notes(archive: "Archive") -> None:
    """Take in what waits in the spool, if we can write; otherwise it keeps waiting."""
    from contextlib import suppress

    from store.archive.archive import ArchiveError
    from store.notes import take_in

    with suppress(ArchiveError, OSError):
        take_in.take_in_all(archive)


def print_json(value: object, how: Callable[[str], object] = say) -> None:
    """Print JSON by `say` or `report`, with escapes for what the output's encoding can't hold."""
    from store.words.json_text import encoded

    text = encoded(value, indent=1)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = encoded(value, indent=1, ascii=True)
    how(text)


def _use(context: click.Context, _parameter: click.Parameter, archive: Path | None) -> None:
    if archive is not None:
        context.obj = archive


def command(
    name: str | None = None, kind: type[click.Command] = click.Command, reads: bool = False
) -> Callable[[Callable[..., Any]], click.Command]:
    """Declare a command that takes --archive after its name as well; it is called like the function unless a name is given.

    `kind` is the class of the command. The function gets the click context first. One that only `reads`, and prints nothing before
    it has read all, leaves out damaged records that are in its way, and says so.
    """
    after = click.Option(
        ["--archive"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The archive to use: here, or before the command.",
        expose_value=False,
        callback=_use,
    )

    def declare(function: Callable[..., Any]) -> click.Command:
        @wraps(function)
        def run(context: click.Context, /, *arguments: Any, **options: Any) -> Any:
            try:
                return function(context, *arguments, **options)
            except Exception as error:
                archive: Archive | None = context.meta.get(_OPENED)
                if archive is None or not reads:
                    raise
                found = archive.again(lambda: function(context, *arguments, **options), error)
                complain(f"redraw: {archive.damage}")
                return found

        declared = click.command(name, kind)(click.pass_context(run))
        declared.params.append(after)
        return declared

    return declare
