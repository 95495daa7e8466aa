"""Where `redraw` starts: the short way for `redraw note`, otherwise the command line of `tui.cli`."""

import sys
from typing import NoReturn

from tui.commands import plain_note
from tui.output import failed


def main() -> NoReturn:
    """Do what the command line says, and exit with its status."""
    typed = plain_note.read(sys.argv[1:])
    if typed is None:
        from tui.cli import main as any_command

        any_command()
    try:
        plain_note.note(**typed)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        failed(error)
    sys.exit(0)
