"""Where `redraw` starts: the short way for `redraw note`, otherwise the command line of `tui.cli`."""

import sys
from contextlib import suppress
from typing import NoReturn

from tui.commands import plain_note
from tui.output import crashed, failed, unraised


def main() -> NoReturn:
    """Do what the command line says, and exit with its status."""
    keep_to_itself()
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


def keep_to_itself() -> None:
    """Let nothing that this process has in memory get out if it ends badly: no core dump, and no traceback of Python's own.

    A core dump holds every record and what is half typed, and lies wherever the system puts it. The limit is the soft one, which no
    program but this one raises again. PR_SET_DUMPABLE stays as it is: it would also hide the process from its own user's tools, and
    a crash handler that the system pipes dumps into is told of the limit.
    """
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit, and makes no such file
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = lambda _kind, error, _where: crashed(error)
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = lambda found: unraised(found.exc_value)
