"""What commands share: how they open the archive, print, and are declared."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.commands.plain_note import default_archive
from tui.output import say

if TYPE_CHECKING:
    from store.archive.archive import Archive


def open_archive(context: click.Context, may_begin: bool = False, salvage: bool = False) -> "Archive":
    """Open the archive that is meant until the command ends.

    Args:
        context: the command's.
        may_begin: whether the command may begin a new one; otherwise one that isn't there is a failure.
        salvage: whether to open one that a crash has left unreadable as well.
    """
    from store.archive.archive import Archive
    from store.archive.errors import absent

    archive = Archive(context.obj or default_archive(), salvage)
    context.call_on_close(archive.close)
    if not may_begin and not archive.exists:
        raise click.ClickException(absent(archive.path, named=context.obj is not None))
    return archive


def take_in_notes(archive: "Archive") -> None:
    """Take in what waits in the spool, if we can write; otherwise it keeps waiting."""
    from contextlib import suppress

    from store.archive.archive import ArchiveError
    from store.notes import take_in

    with suppress(ArchiveError, OSError):
        take_in.take_in_all(archive)


def print_json(value: object) -> None:
    """Print JSON, with escapes for what the output's encoding can't hold."""
    from store.words.json_text import encoded

    text = encoded(value, indent=1)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = encoded(value, indent=1, ascii=True)
    say(text)


def _use(context: click.Context, _parameter: click.Parameter, archive: Path | None) -> None:
    if archive is not None:
        context.obj = archive


def command(
    name: str | None = None, kind: type[click.Command] = click.Command
) -> Callable[[Callable[..., Any]], click.Command]:
    """Declare a command that takes --archive after its name as well; it is called like the function unless a name is given.

    `kind` is the class of the command. The function gets the click context first.
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
        declared = click.command(name, kind)(click.pass_context(function))
        declared.params.append(after)
        return declared

    return declare
