"""`redraw note`: its options, and a parser for its plain forms that does without click.

Twenty people may note something at once on a small computer while a session is live, and each should be done within a second.
Loading click takes as long as everything else that a note needs, so the plain forms of the command are parsed here. Click
gets any other form, requests for help and mistakes. Both use the options below, and a test compares what they read.
"""

import gc
import os
import sys
import time
from pathlib import Path

from tui.output import report

ARCHIVE_NAME = "logbook.json"

ARCHIVE, VARIABLE = "--archive", "REDRAW_ARCHIVE"
"""The option and the variable that name the archive."""

OPTIONS = {
    "--kind": ("KIND", "friction, narrative shift, synergy, autonomy erosion; or f, n, s, a."),
    "--probe": ("ID", "Its probe; by default the one that is running, else due."),
    "--by": ("ALIAS", "Who saw it; by default nobody's name is kept."),
}
"""The options of a note: for each, what to call its text, which is empty by default, and its help."""


def default_archive() -> Path:
    """The archive in the platform's data folder."""
    from platformdirs import user_data_path

    return user_data_path("redraw") / ARCHIVE_NAME


def is_text(argument: str) -> bool:
    """Whether an argument that begins with a dash is a text all the same: “- the gate”, “-5 degrees”, “--> they left”."""
    return argument != "--" and (not argument.lstrip("-")[:1].isalpha() or len(argument.split()) > 1)


def texts_last(arguments: list[str]) -> list[str]:
    """The arguments of a note as click reads them: texts that begin with a dash go behind a `--`."""
    kept, texts, rest = list[str](), list[str](), list(reversed(arguments))
    while rest and rest[-1] != "--":
        argument = rest.pop()
        name, has_value, _ = argument.partition("=")
        if name in (ARCHIVE, *OPTIONS):
            kept += [argument, *([rest.pop()] if rest and not has_value else [])]
        else:
            (texts if argument.startswith("-") and is_text(argument) and argument != "-" else kept).append(argument)
    return [*kept, "--", *texts, *reversed(rest[:-1])] if texts else arguments


def read(arguments: list[str]) -> dict[str, str] | None:
    """Read archive, text, kind, probe and by from a command line; None if it needs click.

    Args:
        arguments: what comes after `redraw`.
    """
    found = {"archive": os.environ.get(VARIABLE, ""), **{name[2:]: "" for name in OPTIONS}}
    known, texts, rest = {ARCHIVE}, [], list(reversed(arguments))
    while rest:
        argument = rest.pop()
        name, has_value, value = argument.partition("=")
        if name in known:
            if not has_value and not rest:
                return None
            found[name[2:]] = value = value if has_value else rest.pop()
            if name == ARCHIVE and not value:
                return None
        elif argument.startswith("-") and argument != "-" and not is_text(argument):
            return None
        else:
            texts.append(argument)
            if texts == ["note"]:
                known |= set(OPTIONS)
    command, *noted = texts or [""]
    return {**found, "text": noted[0]} if command == "note" and len(noted) == 1 else None


def note(archive: str, text: str, kind: str, probe: str, by: str) -> None:
    """Leave what was seen in the spool of an archive, and say so. An empty path means the default archive.

    Raises:
        Refused, ArchiveError: one sentence, and nothing is noted.
    """
    gc.disable()  # it will be over in a moment
    from store.notes.leave import note as leave
    from store.words.text import clipped, visible

    where = Path(archive) if archive else default_archive()
    words = _piped if text == "-" else lambda: text
    for noted, title, stands in leave(where, words, kind, probe, by, now=time.time(), named=bool(archive)):
        said = ", ".join(visible(part) for part in (noted.kind, noted.by or "") if part)
        about = f"{said}: " if said else ""
        which = f"{clipped(title, 40)}{f' ({stands})' if stands else ''}"
        report(f"{noted.at[11:16]} noted for {noted.probe} {which}: {about}{clipped(noted.text, 200)}")


def _piped() -> str:
    """Standard input whole, without the line end that closes it.

    Raises:
        Refused: it is no text.
    """
    from store.refused import Refused
    from store.words.text import decoded

    text = decoded(sys.stdin.buffer.read()).removesuffix("\n")
    if "\0" in text:
        raise Refused(
            "Nothing is noted, because what is piped in is no text (it holds NULs): save it as UTF-8 and pipe it again."
        )
    return text
