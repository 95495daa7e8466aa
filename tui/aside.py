"""Reading in a thread of its own, so that the screens don't wait for it."""

from pathlib import Path
from time import monotonic, sleep

from textual.widget import Widget

from screens.frame.host import Finished, Progress, Work
from store.archive.archive import Archive, ArchiveError
from store.words.text import visible

TELL_AFTER = 0.1
"""Seconds between two reports of progress."""


def read_aside(path: Path, work: Work, asker: Widget) -> None:
    """Do some work on the archive as it is on the disk; it is opened again, so that nothing is shared with the writer."""
    told = 0.0
    try:
        for found in work(Archive(path)):
            if not isinstance(found, float):
                asker.post_message(Finished(found))
            elif (now := monotonic()) - told >= TELL_AFTER:
                told = now
                if not asker.post_message(Progress(found)):  # the asker was left
                    return
            sleep(0)  # gives the screens their turn
    except ArchiveError as error:
        asker.post_message(Finished(None, visible(str(error))))
