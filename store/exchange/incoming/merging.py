"""Bringing what is new in one record of a probe into the other: what is there stays as it is, and only what is missing comes in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from store.debrief import Debrief
from store.exchange.bundle import LISTS, Bundle
from store.matrix import figures
from store.model import (
    Amendment,
    Dissent,
    Event,
    Moment,
    Observation,
    Participant,
    Pattern,
    Placement,
    Probe,
    Proposal,
    Record,
    Row,
    Session,
)
from store.session.impulses import tally
from store.words.names import fold
from store.words.numbers import counted

_TOLD_BY: Mapping[type[Record], Sequence[str]] = {
    Participant: ("alias",),
    Moment: ("text", "by"),
    Pattern: ("text",),
    Amendment: ("principle",),
    Dissent: ("text", "voice"),
    Proposal: ("title",),
    Observation: ("text", "by"),
    Placement: ("round", "by"),
}
"""The fields that tell a record from the others of its kind. An event is told by none: it belongs to the session in which it happened."""

_WRITTEN = (Moment, Pattern, Amendment, Dissent, Observation)
"""What can be worded anew and is still the same record."""

_CALLED: Mapping[type[Record], str] = {Dissent: "position", Participant: "participant"}

_ALIKE = 0.6
"""From here on two texts in the same place are two wordings of one; by difflib's ratio."""

_OF_PROBE = (
    "id",
    "uid",
    "file_digest",
    "created",
    "origin",
    "conflicts_with",
    "statement",
    "earlier_pacts",
    "choice",
    "agenda",
)
_OF_SESSION = (
    *("id", "probe", "kind", "created", "phase", "began", "sealed", "action_ended", "clocks", "rate"),
    *("groups", "round", "keep_feelings", "gap", "impulses", "verdicts", "agenda", "resting", "ready"),
)
"""Fields that stay as they are."""

_OF_RECORD = ("number", "probe", "session", "guideline", "note")
"""Fields of a record that say where it is kept, as `at` does of one that was typed in a debrief."""

_JOINED = ("tags", "partners", "facilitators", "spokespeople", "observers")
"""Lists whose parts stand for themselves; another list that says anything stays as it is."""

Place = tuple[str | None, int | None, int]
"""Where a record stands: its session and round, where it has one, and its number there."""

Numbers = Mapping[Place, int]
"""The numbers that records of theirs have here, by where they stand there."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A probe with what is new.

    Attributes:
        bundle: the probe.
        brought: how many of what came in, in words; nothing where nothing is new.
        amended: the new amendments.
        known: whether ours says all that theirs says, and says it alike; then nothing is new either.
    """

    bundle: Bundle
    brought: tuple[str, ...]
    amended: Sequence[Row]
    known: bool


def merged(ours: Bundle, theirs: Bundle) -> Merged:
    """Ours with all that only theirs holds.

    Of a record that is worded otherwise ours stays, as does every field that says anything here. A session that hasn't begun gives
    way to one that was held.
    """
    sessions, ids, filled = _sessions(ours, theirs)
    lists: dict[str, Sequence[Row]] = {Event.table: ours.lists[Event.table]}
    numbers: dict[type[Record], Numbers] = {}
    fresh: dict[type[Record], list[Row]] = {}
    owned = [[{**row, **_owner(ours, row, ids)} for row in theirs.lists[kind.table]] for kind in LISTS]
    theirs = replace(theirs, lists={kind.table: rows for kind, rows in zip(LISTS, owned, strict=True)})
    for kind in (each for each in LISTS if each is not Event):
        numbers[kind], fresh[kind] = _new(kind, ours.lists[kind.table], theirs.lists[kind.table])
    fresh = {kind: [_resting(kind, row, numbers) for row in rows] for kind, rows in fresh.items()}
    for kind, rows in fresh.items():
        lists[kind.table] = [*ours.lists[kind.table], *rows]
    lists[Proposal.table], marks = _with_marks(lists[Proposal.table], theirs.lists[Proposal.table], numbers[Proposal])
    probe = _filled(ours.probe, theirs.probe, _OF_PROBE)
    if probe["choice"] is None and (choice := theirs.probe["choice"]):
        number = choice["proposal"]
        probe["choice"] = {**choice, "proposal": numbers[Proposal].get((None, None, number), number)}
    probe = Probe.model_validate(probe).row()
    filled += sum(probe[name] != ours.probe.get(name) for name in probe)
    bundle = _with_figures(Bundle(probe, sessions, {kind.table: lists[kind.table] for kind in LISTS}), ours)
    brought = tuple(_brought(ours, bundle, fresh, marks, filled))
    return Merged(bundle, brought, fresh[Amendment], not brought and _known(ours, theirs, numbers))


def _known(ours: Bundle, theirs: Bundle, numbers: Mapping[type[Record], Numbers]) -> bool:
    """Whether ours says all that theirs does, where `numbers` are those that their records have here."""
    sessions = ((ours.of_kind(row["kind"]) or {}, row) for row in theirs.sessions)
    if not _holds(ours.probe, theirs.probe, _OF_PROBE):
        return False
    if not all(_holds(here, there, (*_OF_SESSION, "revealed")) for here, there in sessions):
        return False
    for kind, here_by_theirs in numbers.items():
        here = {_at(row): row for row in ours.lists[kind.table]}
        apart = _OF_RECORD if kind is Observation else (*_OF_RECORD, "at")
        for row in theirs.lists[kind.table]:
            session, turn, _ = place = _at(row)
            found = here[session, turn, here_by_theirs[place]]
            if not _holds(found, _resting(kind, row, numbers), apart):
                return False
    return True


def _resting(kind: type[Record], row: Row, numbers: Mapping[type[Record], Numbers]) -> Row:
    """A record of theirs that names by our numbers what it rests on; what a record without raw notes left out isn't named."""
    for name, on in (("moments", Moment), ("because", Pattern)):
        if kind in (Pattern, Amendment) and name in row:
            found = (numbers[on].get((row["session"], None, number)) for number in row[name])
            return {**row, name: [number for number in found if number is not None]}
    return row


def _holds(here: Any, there: Any, apart: Sequence[str] = ()) -> bool:
    """Whether a value, a row or a list of ours has all that theirs has."""
    if there in (None, "", []):
        return True
    if isinstance(there, Mapping):
        return isinstance(here, Mapping) and all(
            _holds(here.get(name), value) for name, value in there.items() if name not in apart
        )
    if isinstance(there, list):
        return isinstance(here, list) and all(each in here for each in there)
    return bool(here == there)


def _with_marks(ours: Sequence[Row], theirs: Sequence[Row], numbers: Numbers) -> tuple[list[Row], int]:
    """Proposals with where people placed them who haven't here, and how many of those there are."""
    there = {numbers[_at(row)]: row["placements"] for row in theirs}
    found, count = [], 0
    for row in ours:
        known = {fold(each["by"]) for each in row["placements"]}
        more = [each for each in there.get(row["number"], ()) if fold(each["by"]) not in known]
        found.append({**row, "placements": [*row["placements"], *more]})
        count += len(more)
    return found, count


def _brought(
    ours: Bundle, after: Bundle, fresh: Mapping[type[Record], Sequence[Row]], marks: int, filled: int
) -> Iterator[str]:
    for session in after.sessions:
        before = ours.of_kind(session["kind"])
        if before is None or before["sealed"] != session["sealed"]:
            yield f"the {session['kind']} session"
    for kind, rows in fresh.items():
        if n := len(rows) + (marks if kind is Placement else 0):
            yield counted(n, _CALLED.get(kind, kind.__name__.lower()))
    if filled:
        yield counted(filled, "field") + " that " + ("is" if filled == 1 else "are") + " empty here"


def _owner(ours: Bundle, row: Row, ids: Mapping[str, str]) -> Row:
    return {"session": ids[row["session"]]} if "session" in row else {"probe": ours.probe["id"]}


def _sessions(ours: Bundle, theirs: Bundle) -> tuple[list[Row], dict[str, str], int]:
    """The sessions of both, the ids that those of theirs get, and how many fields were filled."""
    found, ids, filled = list(ours.sessions), {}, 0
    for row in theirs.sessions:
        here = ours.of_kind(row["kind"])
        if here is None:
            ids[row["id"]] = row["id"]
            found.append({**row, "probe": ours.probe["id"]})
            continue
        ids[row["id"]] = here["id"]
        if not here["sealed"] and here["began"] is None and here["phase"] == "opening" and row["sealed"]:
            new = {**row, "id": here["id"], "probe": here["probe"], "created": here["created"]}
        else:
            new = _filled(here, row, _OF_SESSION)
            new["revealed"] = max(here["revealed"], row["revealed"]) if here["sealed"] else here["revealed"]
            new = Session.model_validate(new).row()
            filled += sum(new[name] != here.get(name) for name in new if name != "revealed")
        found[found.index(here)] = new
    return found, ids, filled


def _filled(ours: Row, theirs: Row, stays: Sequence[str] = ()) -> Row:
    """A row, or a part of one, with what theirs says where ours says nothing."""
    return {
        name: ours[name] if name in stays and name in ours else _fuller(name, ours.get(name), theirs.get(name))
        for name in dict.fromkeys((*ours, *theirs))
        if name in ours or name not in stays
    }


def _fuller(name: str, here: Any, there: Any) -> Any:
    if isinstance(here, Mapping) and isinstance(there, Mapping):
        return _filled(dict(here), dict(there))
    if name in _JOINED and isinstance(here, list) and isinstance(there, list):
        known = set(map(_name, here))
        return [*here, *(each for each in there if _name(each) not in known)]
    return here if here not in (None, "", []) else there if there is not None else here


def _name(part: Any) -> str:
    return fold(part["name"] if isinstance(part, Mapping) else part)


def _at(row: Row) -> Place:
    return row.get("session"), row.get("round"), row["number"]


def _key(kind: type[Record], row: Row) -> tuple[Any, ...]:
    told = (fold(value) if isinstance(value := row.get(name), str) else value for name in _TOLD_BY[kind])
    return row.get("session"), *told


def _new(kind: type[Record], ours: Sequence[Row], theirs: Sequence[Row]) -> tuple[Numbers, list[Row]]:
    """The number that each of their records has here, and those that are new, with the numbers that follow ours."""
    left: dict[tuple[Any, ...], list[Row]] = {}
    for row in reversed(ours):
        left.setdefault(_key(kind, row), []).append(row)
    numbers: dict[Place, int] = {}
    unknown = []
    for row in theirs:
        if same := left.get(_key(kind, row)):
            numbers[_at(row)] = same.pop()["number"]
        else:
            unknown.append(row)
    reworded = _reworded(ours, theirs, unknown, [row for rows in left.values() for row in rows], kind)
    numbers |= reworded
    last: dict[Any, int] = {}
    for row in ours:
        session, turn, number = _at(row)
        last[session, turn] = max(last.get((session, turn), 0), number)
    fresh = []
    for row in unknown:
        session, turn, _ = place = _at(row)
        if place not in reworded:
            last[session, turn] = numbers[place] = last.get((session, turn), 0) + 1
            fresh.append({**row, "number": numbers[place]})
    return numbers, fresh


def _reworded(
    ours: Sequence[Row], theirs: Sequence[Row], unknown: Sequence[Row], left: Sequence[Row], kind: type[Record]
) -> dict[Place, int]:
    """Which of their records that aren't known here are other wordings of ones that are: those in the same place that read alike."""
    if kind not in _WRITTEN or not (unknown and left):
        return {}
    field = _TOLD_BY[kind][0]
    found: dict[Place, int] = {}
    here, there = ([_key(kind, row) for row in rows] for rows in (ours, theirs))
    for how, i, j, k, m in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if how != "replace":
            continue
        free = [row for row in ours[i:j] if row in left]
        for row in (each for each in theirs[k:m] if each in unknown):
            likely = SequenceMatcher(None, fold(row[field]), "", autojunk=False)
            for old in free:
                likely.set_seq2(fold(old[field]))
                if likely.quick_ratio() >= _ALIKE and likely.ratio() >= _ALIKE:
                    found[_at(row)] = old["number"]
                    free.remove(old)
                    break
    return found


def _with_figures(bundle: Bundle, ours: Bundle) -> Bundle:
    """The same with the figures that its close keeps for the logbook."""
    own = bundle.of_kind("debrief")
    if own is None or not own["sealed"] or bundle == ours:
        return bundle
    found: Debrief = bundle.debrief()
    found = found.with_session(gap=figures.figures(found).gap, impulses=tally(found.dissent))
    return replace(bundle, sessions=[found.session.row() if row is own else row for row in bundle.sessions])
