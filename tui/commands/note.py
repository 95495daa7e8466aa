"""`redraw note` as click has it: every form of it, and its help. `tui.commands.plain_note` has what it does."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from tui.commands import plain_note
from tui.commands.base import command

F = TypeVar("F", bound=Callable[..., Any])


def _texts(options: Mapping[str, tuple[str, str]]) -> Callable[[F], F]:
    """Options that take a text, each with what it takes and its help."""

    def add(command: F) -> F:
        for name, (takes, help) in reversed(list(options.items())):
            command = click.option(name, default="", metavar=takes, help=help)(command)
        return command

    return add


@command()
@click.argument("text")
@_texts(plain_note.OPTIONS)
@click.pass_context
def note(context: click.Context, /, text: str, **options: str) -> None:
    """Note what is seen during the action, from any shell. A session may be live meanwhile.

    TEXT may be - for standard input; lines that begin with a time are noted each by itself, as in “14:05 @Tilda f: two
    stewards”. It never waits for the Redraw that writes, which takes it in within a second or, where
    none is open, as soon as one is.
    """
    plain_note.note(str(context.obj or ""), text, **options)
