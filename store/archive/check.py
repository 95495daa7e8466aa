"""What `redraw check` does: it reads every record of an archive and says what is wrong; with --repair it tidies up after a crash."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from pydantic import ValidationError

from store.archive.checkpoint import Checkpointer
from store.archive.disk.calls import write_file
from store.archive.disk.changes import Changes
from store.archive.disk.source import Source
from store.archive.disk.tables import Tables
from store.archive.following import LEFTOVERS
from store.matrix.shown import round_shown
from store.model import Placement, Probe, Record, Session
from store.model.privacy import Privacy, fields
from store.validation.records import Mistake, Path, dotted, first_problem, validated
from store.validation.references import IN_ORDER, GroupRules, ProbeRules


def check(tables: Tables) -> tuple[dict[str, int], list[str]]:
    """How many records there are by table, without the ballots that are blind; and what is wrong, a sentence each."""
    counts: dict[str, int] = {}
    kinds = {kind.table: kind for kind in IN_ORDER}
    strange = sorted(name for name in tables.names - {"meta"} if name not in kinds or tables.value(name) is not None)
    wrong = [f"The table “{name}” is not one of Redraw's." for name in strange]
    rules, group = ProbeRules(aloud=True), GroupRules()
    for name, kind in kinds.items():
        if name in tables.names and name not in strange:
            wrong += _table(tables, kind, counts, rules, group)
    wrong += map(_sentence, group.problems())
    if counts.get(Placement.table) and not wrong:
        counts[Placement.table] = _seen(tables)
    return counts, wrong


def damaged(tables: Tables) -> Iterator[tuple[str, int, str]]:
    """The records that aren't as Redraw writes them, and all that belong to such a one: by table, number and id, if it has one."""
    rules = ProbeRules()
    gone: set[tuple[str, str]] = set()  # owners, by what they are called in what belongs to them
    for kind in IN_ORDER:
        owner = "probe" if kind is Session else kind.key_fields[0]
        for number, sealed in tables.lines(kind.table):
            id = ""
            try:
                row = tables.document(sealed, strictly=True)
                id = row["id"] if isinstance(row.get("id"), str) else ""
                rows = validated(kind, [row])
                wrong = (owner, rows[0].get(owner)) in gone or any(rules.add(kind, rows, number))
            except ValueError:
                wrong = True
            if wrong:
                gone |= {("probe" if kind is Probe else "session", id)} if kind in (Probe, Session) else set()
                yield kind.table, number, id


def _seen(tables: Tables) -> int:
    """How many placements have been shown: what was expected, and revealed rounds of three ballots and more."""
    revealed: dict[str, int] = {}
    for _, row in tables.documents(Session.table):
        if row.get("kind", "debrief") == "debrief":
            revealed[row["probe"]] = row.get("revealed", 0)
    placed = Counter((row["probe"], row["round"]) for _, row in tables.documents(Placement.table))
    seen = (n for (probe, round), n in placed.items() if not round or round_shown(round, revealed.get(probe, 0), n))
    return sum(seen)


def _sentence(problem: Mistake) -> str:
    table, id, *_ = problem.path
    return f"{table} {id}: {problem.what}."


def _table(
    tables: Tables, kind: type[Record], counts: dict[str, int], rules: ProbeRules, group: GroupRules
) -> Iterator[str]:
    """What is wrong with the records of a kind; they are counted on the way."""
    name = kind.table
    counts[name] = 0
    try:
        for id, sealed in tables.lines(name):
            row = tables.document(sealed, strictly=True)
            counts[name] += 1
            try:
                rows = validated(kind, [row])
            except ValidationError as error:
                path, what = first_problem(error)
                yield f"{name} {id}: {_told(kind, path[1:])}: {what}."
                if kind in (Probe, Session):
                    rules.allow(kind, row.get("id"))
                continue
            yield from map(_sentence, rules.add(kind, rows, id))
            group.add(kind, rows, id)
    except ValueError as error:
        yield f"{name}, after {counts[name]} records: {error}; put a good copy of the file in its place."


def _told(kind: type[Record], path: Path) -> str:
    """Where in a record something is; of the words of decompression, which are names there, only the field."""
    counted = any(each.mark is Privacy.COUNTED and each.name == path[0] for each in fields(kind)) if path else False
    return dotted(path[:1] if counted else path) or "record"


_NAMED = 12
"""Lines of a journal that a sentence names."""


def _moved_aside(storage: Checkpointer) -> int:
    """Move the damaged records out of the archive, each with its table and number to a line of a file beside it; how many."""
    tables, path = storage.tables, storage.beside("damaged")
    changes, lines = Changes(), bytearray()
    for name, number, _ in damaged(tables):
        changes.put(name, number, None)
        lines += b'{"table": "%b", "number": %d, "record": %b}\n' % (
            name.encode(),
            number,
            tables.sealed(name, number) or b"null",
        )
    if changes:
        before = Source.of(path, storage.disk).whole() if storage.disk.exists(path) else b""
        write_file(storage.disk, storage.beside("damaged.new"), lambda put: put(before + bytes(lines)))
        storage.disk.rename(storage.beside("damaged.new"), path)
        storage.change(changes)
    return lines.count(b"\n")


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
        some = ", ".join(map(str, left_out[:_NAMED])) + (" …" if len(left_out) > _NAMED else "")
        lines = "Line" if len(left_out) == 1 else "Lines"
        said.append(f"{lines} {some} of the journal can't be read; the whole of it is kept in {name}.torn.")
    elif torn:
        said.append(f"The journal's last {torn} bytes are no whole line; they are kept in {name}.torn.")
    if storage.recovered:
        said.append(f"{storage.recovered} save(s) were brought from the journal into {name}.")
    if aside := _moved_aside(storage):
        records = "One record that isn't" if aside == 1 else f"{aside} records that aren't"
        said.append(f"{records} as Redraw writes them, with what belongs to them, moved to {name}.damaged.")
    storage.settle()
    for leftover in LEFTOVERS:
        path = storage.beside(leftover)
        with suppress(FileNotFoundError):
            storage.disk.remove(path)
            said.append(f"{path.name}, which was half written, was removed.")
    for path in storage.loose():
        if path != storage.path.parent:
            storage.disk.make_private(path)
            said.append(f"{path.name} could be read by others; now it is yours alone.")
    return said
