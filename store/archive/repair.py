"""What `redraw check --repair` does: what the next save would do anyway, reported, and tidying up after a crash."""

from contextlib import suppress

from store.archive.checkpoint import Checkpointer

_LEFTOVERS = ("new", "journal.new", "restored", "torn.new", "reserve.new", "draft.new")
"""Half-written files that a crash may leave; what was in them was never said to be saved."""


def repair(storage: Checkpointer) -> list[str]:
    """Bring an archive, opened with `salvage`, into its one file; a sentence for each thing that was done.

    Raises:
        Held: another process is the writer.
        OSError: it could not be done; what was readable still is.
    """
    name, torn, left_out = storage.path.name, len(storage.torn), storage.left_out  # before claiming keeps it aside
    storage.claim()
    said = []
    if left_out:
        said.append(f"{left_out} line(s) of the journal can't be read; the whole of it is kept in {name}.torn.")
    elif torn:
        said.append(f"The journal's last {torn} bytes are no whole line; they are kept in {name}.torn.")
    if storage.recovered:
        said.append(f"{storage.recovered} save(s) were brought from the journal into {name}.")
    storage.settle()
    for leftover in _LEFTOVERS:
        path = storage.beside(leftover)
        with suppress(FileNotFoundError):
            storage.disk.remove(path)
            said.append(f"{path.name}, which was half written, was removed.")
    for path in storage.loose():
        if path != storage.path.parent:
            storage.disk.make_private(path)
            said.append(f"{path.name} could be read by others; now it is yours alone.")
    return said
