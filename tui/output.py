"""Standard output, standard error and the exit status of commands; without click, which takes too long to load for `redraw note`."""

import os
import sys
from contextlib import suppress
from typing import NoReturn

from store.words.text import visible


def say(value: str) -> None:
    """Print lines to standard output: with nothing in them that a terminal acts on, and escapes for what it can't hold.

    All text that a command prints goes through here or through `report`.
    """
    put(_encoded(value))


def report(value: str) -> None:
    """Print lines that tell what was done. Where they can't be printed it is done all the same, and standard error says so, once."""
    try:
        _put(_encoded(value))
    except OSError as error:
        complain(f"redraw: It is done, so don't repeat it, but it can't be shown here ({_why(error)}).")


def complain(value: str) -> None:
    """The same to standard error; where that can't be written to either, there is nobody to tell."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"{_lines(value)}\n")
            sys.stderr.flush()


def _encoded(value: str) -> bytes:
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return _lines(value).encode(encoding, "backslashreplace") + b"\n"


def _lines(value: str) -> str:
    return "\n".join(map(visible, value.split("\n")))


def put(data: bytes) -> None:
    """Write bytes to standard output as they are; a reader who has closed it wants no more."""
    try:
        _put(data)
    except BrokenPipeError:
        sys.exit(0)


def _put(data: bytes) -> None:
    out = sys.stdout
    if out is None:  # it was closed
        return
    try:
        out.flush()
        out.buffer.write(data)
        out.flush()
    except OSError:
        _give_up()
        raise


def _give_up() -> None:
    """Write nothing more to standard output, not even what Python still holds for it at exit."""
    if sys.stdout is not None:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def fail(sentence: str) -> NoReturn:
    """Say in one line on standard error what went wrong, and exit with status 1."""
    complain(f"redraw: {' '.join(sentence.split())}")
    sys.exit(1)


def failed(error: Exception) -> NoReturn:
    """Do the same for an error. With REDRAW_DEBUG the places in the code that led to it stand above, without a value."""
    if isinstance(error, OSError):
        if not error.filename:
            _give_up()  # where click's own words could not be written
        fail(f"{error.filename or 'The output'}: {_why(error)}.")
    if type(error).__name__ in ("ArchiveError", "Damaged", "InUse", "NotFound", "Refused"):  # importing them takes long
        fail(str(error))
    crashed(error)
    sys.exit(1)


def crashed(error: BaseException) -> None:
    """Tell of a fault in Redraw: people may read this on a projector, so nothing of what an error says or holds is in it."""
    from tui import trace

    said = f"redraw: Something in Redraw went wrong ({type(error).__name__})"
    if not trace.wanted():
        complain(f"{said}: set REDRAW_DEBUG=1 to see where, and report it.")
        return
    complain("\n".join((*trace.places(error), f"{said}. {trace.kept_whole(error)}")))


def unraised(error: BaseException | None) -> None:
    """Tell of an error that nobody could catch, as in a thread or while memory is freed, only where REDRAW_DEBUG asks for it."""
    from tui import trace

    if error is not None and trace.wanted():
        complain("\n".join(trace.places(error)))


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def believe_the_terminal() -> None:
    """Drop COLUMNS and LINES, which some shells export, where the terminal that is written to says how large it is.

    Python, Textual, Rich and click believe them first, and they stay as they are when the window is resized.
    """
    with suppress(OSError, ValueError, AttributeError):  # there is no terminal
        if all(os.get_terminal_size(sys.__stdout__.fileno())):  # type: ignore[union-attr]
            for name in ("COLUMNS", "LINES"):
                os.environ.pop(name, None)
