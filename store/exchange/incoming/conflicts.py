"""Other groups' probes beside our own: whose they are, which are here already, and what to do where two differ."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from store.exchange.bundle import LISTS, Bundle, Row
from store.model import Amendment, Pattern, Probe, Record, RecurringPattern, Seen
from store.words.json_text import encoded
from store.words.names import fold

ANOTHER = "another group"
"""Whose a probe is that comes from a group without a name."""

_OF_THE_ARCHIVE = ("id", "uid", "origin", "conflicts_with", "statement")
"""What of a probe belongs to the archive it stands in."""


def content(bundle: Bundle) -> str:
    """A digest of what people said and decided in a probe, the same in every archive: ids and numbers of the guidelines are none of it."""
    places = {row["id"]: at for at, row in enumerate(bundle.sessions)}
    told = hashlib.sha256(_told([bundle.probe], *_OF_THE_ARCHIVE))
    told.update(_held(bundle.sessions))
    for kind in LISTS:
        rows = bundle.lists[kind.table]
        told.update(
            bytes(str([places[row["session"]] for row in rows]), "ascii") if "session" in kind.key_fields else b""
        )
        told.update(_said(kind, rows))
    return told.hexdigest()


def _held(sessions: Sequence[Row]) -> bytes:
    """What sessions say, whatever archive they stand in: of guidelines whether they worked, and not which numbers they have."""
    return _told([{**row, "verdicts": [each["worked"] for each in row["verdicts"]]} for row in sessions], "id", "probe")


def _said(kind: type[Record], rows: Sequence[Row]) -> bytes:
    """What some records say, whatever archive they stand in."""
    return _told(rows, kind.key_fields[0], *(("guideline",) if kind is Amendment else ()))


def _told(rows: Sequence[Row], *leave: str) -> bytes:
    return encoded([{name: value for name, value in row.items() if name not in leave} for row in rows]).encode()


def whose(origin: str, group: str, own: str) -> str:
    """The origin that a probe gets here; empty where it is ours.

    Args:
        origin: what the file says of the probe: empty where it is of the group that exported it.
        group: that group.
        own: what we call ourselves.
    """
    theirs = origin if origin.strip() else group if group.strip() else ANOTHER
    return "" if own.strip() and fold(theirs) == fold(own) else theirs


def renamed(bundle: Bundle, id: str, sessions: Mapping[str, str], **probe: object) -> Bundle:
    """The probe under other ids, and with some of its own fields changed."""

    def moved(row: Row) -> Row:
        return {**row, "session": sessions[row["session"]]} if "session" in row else {**row, "probe": id}

    return Bundle(
        Probe.model_validate({**bundle.probe, **probe, "id": id}).row(),
        [{**row, "id": sessions[row["id"]], "probe": id} for row in bundle.sessions],
        {name: list(map(moved, rows)) for name, rows in bundle.lists.items()},
    )


class Keep(StrEnum):
    """What can be decided where the same probe has come in again and differs."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


def decided(ours: Bundle, theirs: Bundle, keep: Keep) -> tuple[Bundle, ...]:
    """What stands in the archive in place of a probe and one that differs from it, when that is decided.

    What is taken from them takes our place whole: our ids, so that what rests on the probe still finds it, and our numbers
    of the guidelines where what was amended or said of them is the same.
    """
    if keep is Keep.OURS:
        return (ours,)
    if keep is Keep.BOTH:
        return ours, without_conflict(theirs)
    by_kind = {row["kind"]: str(row["id"]) for row in ours.sessions}
    ids = {str(row["id"]): by_kind.get(row["kind"], str(row["id"])) for row in theirs.sessions}
    kept = {"uid": ours.probe["uid"], "origin": ours.probe.get("origin", ""), "statement": ours.probe["statement"]}
    taken = renamed(without_conflict(theirs), ours.id, ids, **kept)
    numbers = {(row["number"], row["principle"]): row["guideline"] for row in ours.lists[Amendment.table]}
    amendments = [
        {**row, "guideline": numbers.get((row["number"], row["principle"]), row["guideline"])}
        for row in taken.lists[Amendment.table]
    ]
    sessions = [_judged_as(row, ours.of_kind(row["kind"])) for row in taken.sessions]
    return (Bundle(taken.probe, sessions, {**taken.lists, Amendment.table: amendments}),)


def _judged_as(theirs: Row, ours: Row | None) -> Row:
    """A session with our verdicts where theirs say the same."""
    if ours is None or [each["worked"] for each in ours["verdicts"]] != [each["worked"] for each in theirs["verdicts"]]:
        return theirs
    return {**theirs, "verdicts": ours["verdicts"]}


def fewer(ours: Bundle, theirs: Bundle) -> tuple[str, ...]:
    """Of what theirs has less than ours, in words: what would be lost if it took our place."""
    found = [f"the {row['kind']} session" for row in ours.sessions if theirs.of_kind(row["kind"]) is None]
    for kind in LISTS:
        here, there = len(ours.lists[kind.table]), len(theirs.lists[kind.table])
        if there < here:
            found.append(_counts(kind, here, there))
    return tuple(found)


def followed(recurring: Sequence[RecurringPattern], ours: Bundle, taken: Bundle) -> tuple[RecurringPattern, ...]:
    """The recurring patterns where one record of a probe has taken the place of another.

    One that was seen in ours was seen in what was taken where its words stand there too. What was seen but once then doesn't
    recur.
    """
    was = {Seen(session=row["session"], pattern=row["number"]): row["text"] for row in ours.lists[Pattern.table]}
    now = {(row["session"], row["text"]): row["number"] for row in reversed(taken.lists[Pattern.table])}

    def moved(seen: Seen) -> Seen | None:
        if seen not in was:
            return seen
        number = now.get((seen.session, was[seen]))
        return None if number is None else Seen(session=seen.session, pattern=number)

    found = (each.but(seen=tuple(filter(None, map(moved, each.seen)))) for each in recurring)
    return tuple(new for new, old in zip(found, recurring, strict=True) if new == old or len(new.seen) > 1)


def without_conflict(bundle: Bundle) -> Bundle:
    """A probe that differs from none any more."""
    row = {name: value for name, value in bundle.probe.items() if name != "conflicts_with"}
    return Bundle(row, bundle.sessions, bundle.lists)


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
    if _held(ours.sessions) != _held(theirs.sessions):
        found.append("the session")
    for kind in LISTS:
        here, there = ours.lists[kind.table], theirs.lists[kind.table]
        if _said(kind, here) != _said(kind, there):
            found.append(_counts(kind, len(here), len(there)) if len(here) != len(there) else kind.table)
    return tuple(found)


def _counts(kind: type[Record], here: int, there: int) -> str:
    return f"{kind.table} ({here} here, {there} there)"
