"""In what two records of the same probe differ, whatever ids and numbers they have where they are."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from store.exchange.bundle import LISTS, Bundle, Row
from store.model import Amendment, Record
from store.words.json_text import encoded

_OF_THE_ARCHIVE = ("id", "uid", "origin", "conflicts_with", "statement")
"""The fields of a probe that depend on the archive that holds it."""


def content(bundle: Bundle) -> str:
    """A digest of what people said and decided in a probe. It is the same in every archive: ids and guidelines' numbers don't count."""
    places = {row["id"]: at for at, row in enumerate(bundle.sessions)}
    digest = hashlib.sha256(_json([bundle.probe], *_OF_THE_ARCHIVE))
    digest.update(_sessions(bundle.sessions))
    for kind in LISTS:
        rows = bundle.lists[kind.table]
        if "session" in kind.key_fields:
            digest.update(bytes(str([places[row["session"]] for row in rows]), "ascii"))
        digest.update(_records(kind, rows))
    return digest.hexdigest()


def _sessions(rows: Sequence[Row]) -> bytes:
    """What sessions say: of guidelines whether they worked, but not their numbers."""
    return _json([{**row, "verdicts": [each["worked"] for each in row["verdicts"]]} for row in rows], "id", "probe")


def _records(kind: type[Record], rows: Sequence[Row]) -> bytes:
    return _json(rows, kind.key_fields[0], *(("guideline",) if kind is Amendment else ()))


def _json(rows: Sequence[Row], *leave: str) -> bytes:
    return encoded([{name: value for name, value in row.items() if name not in leave} for row in rows]).encode()


_PARTS: Mapping[str, Iterable[str]] = {
    "the title": ("title",),
    "who and what about": ("issue", "scope", "scope_reason", "place", "context", "our_organisation", "partners"),
    "roles": ("facilitators", "spokespeople", "observers"),
    "the pact": ("pact", "non_negotiables"),
    "the choice": ("choice",),
    "the three answers": ("independence",),
}


def differences(ours: Bundle, theirs: Bundle) -> tuple[str, ...]:
    """In what two records of a probe differ, in words."""
    found = [
        what for what, names in _PARTS.items() if any(ours.probe.get(name) != theirs.probe.get(name) for name in names)
    ]
    if _sessions(ours.sessions) != _sessions(theirs.sessions):
        found.append("the session")
    for kind in LISTS:
        here, there = ours.lists[kind.table], theirs.lists[kind.table]
        if _records(kind, here) != _records(kind, there):
            found.append(_counts(kind, len(here), len(there)) if len(here) != len(there) else kind.table)
    return tuple(found)


def fewer(ours: Bundle, theirs: Bundle) -> tuple[str, ...]:
    """What theirs has less of than ours, in words: what would be lost if it took our place."""
    found = [f"the {row['kind']} session" for row in ours.sessions if theirs.of_kind(row["kind"]) is None]
    for kind in LISTS:
        here, there = len(ours.lists[kind.table]), len(theirs.lists[kind.table])
        if there < here:
            found.append(_counts(kind, here, there))
    return tuple(found)


def _counts(kind: type[Record], here: int, there: int) -> str:
    return f"{kind.table} ({here} here, {there} there)"
