"""`redraw note` for click: every form of it, and its help. `tui.commands.plain_note` does the work."""

from collections.abc import Callable
from typing import Any

import click

from tui.commands import plain_note
from tui.commands.base import command


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for name, (takes, help) in reversed(plain_note.OPTIONS.items()):
        command = click.option(name, default="", metavar=takes, help=help)(command)
    return command


@command()
@click.argument("text")
@_options
@click.pass_context
def note(context: click.Context, /, text: str, **options: str) -> None:
    """Note what you see during the action, from any shell, even while a session is live.

    TEXT may be - for standard input. Lines that begin with a time become separate notes, as in “14:05 @Tilda f: two
    stewards”. The command never waits: an open Redraw takes the note in within a second, otherwise the next one to open does.
    """
    plain_note.note(str(context.obj or ""), text, **options)
