"""The app itself, and the demo of it."""

import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.commands.base import command
from tui.commands.plain_note import ARCHIVE_NAME

if TYPE_CHECKING:
    from store.archive.archive import Archive

_NEW_OBJECTS, _NEVER = 10_000, 1_000_000_000


def need_terminal() -> None:
    """Fail unless there is a terminal to draw in."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise click.ClickException(
            "Redraw needs a terminal to draw in; “redraw list” and “redraw show” work without one."
        )


def collect_seldom() -> None:
    """Let Python search for garbage when nobody waits for it.

    Not at all until the first frame: starting makes many objects and drops few, and searching takes a tenth of the time. Later
    new objects are searched fourteen times less often than by default, which reading thousands of records would be slowed by, and
    all of memory only when the app is idle: with a large logbook on the screen that takes some 50 ms.
    """
    gc.disable()  # the app enables it
    gc.set_threshold(_NEW_OBJECTS, 10, _NEVER)


def tell_no_values() -> None:
    """Keep quiet what Python says by itself of errors in threads and in tasks that nobody waits for: its words hold values."""
    import logging
    import threading

    from tui.output import unraised

    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = lambda found: unraised(found.exc_value)
    logging.lastResort = logging.NullHandler()  # where asyncio reports what it can't raise


def run(path: Path, speed: float = 1.0) -> None:
    """Run the app on an archive, with clocks `speed` times as fast, and exit with its status."""
    need_terminal()
    collect_seldom()
    tell_no_values()
    from tui.app import RedrawApp

    app = RedrawApp(path, speed=speed)
    app.run()
    if failed := app.fell:  # over a damaged record: the rest can be shown
        app.close()
        app = RedrawApp(path, speed=speed, failed=failed)
        app.run()
    app.close()
    if app.farewell:
        click.echo(app.farewell, err=app.exit_status != 0)
    if app.exit_status:
        sys.exit(app.exit_status)


class _Speed(click.FloatRange):
    name = "number"


@command()
@click.option(
    "--speed",
    type=_Speed(1, 3600),
    default=1.0,
    metavar="N",
    help="Run the clocks N times as fast: with 60, ten minutes last ten seconds.",
)
def demo(context: click.Context, speed: float) -> None:
    """Try Redraw: a throwaway year of samples, a debrief due now.

    With --archive FILE the samples go into FILE and stay there.
    """
    from store.archive.archive import Archive

    if context.obj is not None:
        archive = Archive(context.obj)
        if archive.exists and not archive.demo:
            raise click.ClickException(f"{archive.path} is not a demo archive: name a file that doesn't exist yet.")
        need_terminal()
        _run_demo(archive, speed)
        return
    need_terminal()
    import tempfile

    with tempfile.TemporaryDirectory(prefix="redraw-demo-") as folder:
        _run_demo(Archive(Path(folder) / ARCHIVE_NAME), speed)


def _run_demo(archive: "Archive", speed: float) -> None:
    """Run the app on an archive, with the samples in it if nothing is yet."""
    if not archive.exists:
        from store.demo import fill

        fill(archive, time.time())
    archive.close()
    run(archive.path, speed)
