"""Standard output, standard error and the exit status of commands; without click, which takes too long to load for `redraw note`."""

import os
import sys
from contextlib import suppress
from typing import NoReturn

from store.words.text import visible


def say(value: str) -> None:
    """Print lines to standard output: with nothing in them that a terminal acts on, and escapes for what it can't hold.

    All text that a command prints goes through here.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    put(_lines(value).encode(encoding, "backslashreplace") + b"\n")


def complain(value: str) -> None:
    """The same to standard error."""
    if sys.stderr is not None:
        sys.stderr.write(f"{_lines(value)}\n")
        sys.stderr.flush()


def _lines(value: str) -> str:
    return "\n".join(map(visible, value.split("\n")))


def put(data: bytes) -> None:
    """Write bytes to standard output as they are."""
    out = sys.stdout
    if out is None:  # it was closed
        return
    try:
        out.flush()
        out.buffer.write(data)
        out.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())  # write nothing more there, not even at exit
        if isinstance(error, BrokenPipeError):
            sys.exit(0)
        raise


def fail(sentence: str) -> NoReturn:
    """Say in one line on standard error what went wrong, and exit with status 1."""
    complain(f"redraw: {' '.join(sentence.split())}")
    sys.exit(1)


def failed(error: Exception) -> NoReturn:
    """Do the same for an error. Nobody sees a traceback unless REDRAW_DEBUG asks for it."""
    if isinstance(error, OSError):
        fail(f"{error.filename or 'The output'}: {(error.strerror or str(error)).lower()}.")
    if type(error).__name__ in ("ArchiveError", "Damaged", "InUse", "NotFound", "Refused"):  # importing them takes long
        fail(str(error))
    if os.environ.get("REDRAW_DEBUG"):
        raise error
    fail(f"Something in Redraw went wrong ({type(error).__name__}): set REDRAW_DEBUG=1 to see where, and report it.")


def believe_the_terminal() -> None:
    """Drop COLUMNS and LINES, which some shells export, where the terminal that is written to says how large it is.

    Python, Textual, Rich and click believe them first, and they stay as they are when the window is resized.
    """
    with suppress(OSError, ValueError, AttributeError):  # there is no terminal
        if all(os.get_terminal_size(sys.__stdout__.fileno())):  # type: ignore[union-attr]
            for name in ("COLUMNS", "LINES"):
                os.environ.pop(name, None)
