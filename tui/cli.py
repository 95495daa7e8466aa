"""The command line, parsed before anything heavy is imported. No traceback reaches a person.

Exit status: 0 all is well, 1 a failure, in one line on standard error, 2 a wrong command line.
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from tui.commands import exchange, plain_note, run, show, upkeep, wall
from tui.commands.base import command
from tui.commands.plain_note import default_archive
from tui.output import believe_the_terminal, complain, fail, failed

VERSION = "0.1.0"


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without a command, redraw opens the logbook. To see it first: redraw demo",
)
@click.option(
    plain_note.ARCHIVE,
    type=click.Path(path_type=Path),
    envvar=plain_note.VARIABLE,
    metavar="FILE",
    help="The archive to use (or set REDRAW_ARCHIVE); by default the one in your data folder.",
)
@click.version_option(VERSION, prog_name="redraw")
@click.pass_context
def redraw(context: click.Context, archive: Path | None) -> None:
    """Run the debrief of a small, time-boxed alliance, live, and keep what the group learned."""
    context.obj = archive
    if context.invoked_subcommand is None:
        run.run(context.obj or default_archive())


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for name, (takes, help) in reversed(plain_note.OPTIONS.items()):
        command = click.option(name, default="", metavar=takes, help=help)(command)
    return command


class _Note(click.Command):
    """Takes a text that begins with a dash."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        return super().parse_args(context, plain_note.texts_last(arguments))


@command(kind=_Note)
@click.argument("text", metavar="-|TEXT")
@_options
def note(context: click.Context, /, text: str, **options: str) -> None:
    """Note what you see during the action, from any shell, even while a session is live.

    Best as “redraw note -”: it reads what you type, until Ctrl+D, or what is piped in. Everybody on this computer can read a
    TEXT in the list of processes while the command runs, and the name after --by likewise.

    Lines that begin with a time become separate notes, as in “14:05 @Tilda f: two stewards”. The command never waits for a
    session: an open Redraw takes the note in within a second, otherwise the next one to open does.
    """
    plain_note.note(str(context.obj or ""), text, **options)


for _command in (
    run.demo,
    wall.wall,
    show.list_,
    show.show,
    show.matrix,
    show.pact,
    show.trends,
    note,
    upkeep.check,
    upkeep.backup,
    exchange.export,
    exchange.import_,
):
    redraw.add_command(_command)


def main() -> NoReturn:
    """Run the command line, and turn every failure into one line and an exit status."""
    believe_the_terminal()
    try:
        redraw.main(prog_name="redraw", standalone_mode=False)
        sys.exit(0)
    except click.UsageError as error:
        told = io.StringIO()
        error.show(told)  # it repeats what was typed
        complain(told.getvalue().rstrip("\n"))
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except click.ClickException as error:
        fail(error.format_message())
    except Exception as error:
        failed(error)
