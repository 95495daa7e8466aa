"""Commands that look after the archive: check, repair, backup."""

import time
from pathlib import Path

import click

from tui.commands.base import command, open_archive, take_in_notes
from tui.output import report, say


@command()
@click.option("--repair", is_flag=True, help="Bring what a crash left behind into the archive, and say what was done.")
def check(context: click.Context, repair: bool) -> None:
    """Read every record and every line of the journal, and say what is wrong."""
    from store.exchange.incoming.copies_beside import to_import
    from store.notes import take_in
    from store.words.text import visible

    archive = open_archive(context, salvage=repair)
    for sentence in archive.repair() if repair else ():
        report(visible(sentence))
    if repair:
        take_in_notes(archive)
    counts, wrong = archive.check()
    wrong += take_in.troubles(archive, time.time())
    say(f"{visible(str(archive.path))}: " + (", ".join(f"{n} {name}" for name, n in counts.items()) or "no records"))
    if wait := take_in.count(archive):
        say(f"{_waiting(wait)}; the next start does that.")
    for sentence in wrong:
        say(visible(sentence))
    for row in archive.rows("probes"):
        if differs := row.get("conflicts_with"):
            say(visible(f"{row.get('id')} differs from {differs}: open it in the logbook to choose which to keep."))
    for sentence in to_import(archive, time.time()) if not wrong else ():
        say(visible(sentence))
    for path in archive.loose():
        say(f"{visible(str(path))} can be read by others on this computer.")
    if wrong:
        raise click.ClickException(f"{len(wrong)} thing{'s are' if len(wrong) > 1 else ' is'} wrong in the archive.")


@command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
def backup(context: click.Context, path: Path, force: bool) -> None:
    """Copy the archive as it is now to the file PATH, even while a session runs."""
    from store.notes import take_in
    from store.words.text import visible

    archive = open_archive(context)
    if path.is_dir():
        path = path / archive.path.name
    take_in_notes(archive)  # notes that wait aren't in the file that is copied
    archive.copy_to(path, force)
    report(f"Copied {visible(str(archive.path))} to {visible(str(path))}.")
    if wait := take_in.count(archive):
        report(f"{_waiting(wait)}, and {'is' if wait == 1 else 'are'} not in the copy.")


def _waiting(count: int) -> str:
    return f"{count} observation{'s wait' if count > 1 else ' waits'} to be taken in"
