"""Records without names and raw notes: organisations in place of people, and nothing that one person wrote for the room alone.

What a field holds is written in the model (`store.model.privacy`). This module walks a record by those marks and nothing else, so a
field or a kind of record that says nothing stays out. Sentences are handed on as they were written, also where they mention
somebody.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from pydantic import BaseModel

from store.exchange.bundle import LISTS, Bundle
from store.exchange.outgoing.listed import only, only_all
from store.exchange.outgoing.names import GROUPS, Everybody, Words, columns, named, parts
from store.exchange.outgoing.people import Both, People, PrivateError
from store.matrix.expectation import as_chosen, as_expected
from store.matrix.figures import OTHERS
from store.matrix.shown import marks_shown, round_shown
from store.model import Mark, Participant, Placement, Probe, Proposal, Record, Row, Session
from store.model.privacy import Marked, Privacy, fields
from store.words.names import fold

_EXPECTED = 0
"""The round of what was expected."""

_BEFORE = -1
"""The round of a ballot that has none: proposals are placed before the action."""

_AS_IT_IS = frozenset((Privacy.PUBLIC, Privacy.ORGANISATION, Privacy.SPOKEN))


def of_the_group(kind: type[Record], rows: Iterable[Row], known: Everybody, hidden: set[str]) -> list[Row]:
    """What our group holds across probes as it may be handed on: its name stands for those of it who were asked.

    `hidden` gains what is taken out because it is a person and an organisation.
    """
    group, both = known.group, Both(known.both_here, hidden)
    walks = (
        (row, _Walk(People((), (group,), named({kind: [row]}), known.people, group=group, both=both))) for row in rows
    )
    return [new for row, walk in walks for new in walk.rows(kind, [row])]


def anonymous(bundle: Bundle, known: frozenset[Words] | None = None, both: Both | None = None) -> Bundle:
    """A probe as it may be handed on. What is anonymous already stays as it is.

    Args:
        bundle: the probe.
        known: who is named in all of its archive; by default who is named in the probe.
        both: what is a person and an organisation in its group; by default nothing.
    """
    return _Walk(_people(bundle, known, both), bundle.sessions).bundle(bundle)


def of_archive(bundle: Bundle, known: Everybody, hidden: set[str]) -> Bundle:
    """The same of a probe in an archive; `hidden` is as for `of_the_group`."""
    return anonymous(bundle, known.people, Both(known.both_in(bundle.probe), hidden))


def nameless(bundle: Bundle) -> Bundle:
    """What is the same in a record with names and in one without, whichever names were known where it was made.

    Texts that are only searched for names stay out: of sentences that may begin with a name only their number is kept.
    """
    return _Walk(_people(bundle, of=_Alike), bundle.sessions).bundle(bundle)


def _people(
    bundle: Bundle, known: frozenset[Words] | None = None, both: Both | None = None, of: type[People] = People
) -> People:
    tables = of_bundle(bundle)
    found = [columns(kind, rows, GROUPS) for kind, rows in tables.items()]
    organisations = [text for each in found for _, texts in each for text in texts]
    return of(tables[Participant], organisations, named(tables) if known is None else known, both=both)


_TEXTS = frozenset((Privacy.PUBLIC, Privacy.SPOKEN, Privacy.HOLDER, Privacy.SAID))
_DATED = re.compile(r"\d{4}-\d\d-\d\d")


def sentences(kind: type[BaseModel], rows: Sequence[Row]) -> Iterator[str]:
    """Every text in records that are handed on without names, other than names of organisations, roles and times."""
    for field in fields(kind):
        values = [value for row in rows if (value := row.get(field.name))]
        if field.part is not None:
            yield from sentences(field.part, list(parts(values, field.keyed)))
        elif field.mark in _TEXTS:
            yield from (text for text in _strings(values) if not _DATED.match(text))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def of_bundle(bundle: Bundle) -> Mapping[type[Record], Sequence[Row]]:
    """The records of a probe by their kind."""
    return {Probe: [bundle.probe], Session: bundle.sessions, **{kind: bundle.lists[kind.table] for kind in LISTS}}


@cache
def handed_on(kind: type[BaseModel]) -> bool:
    """Whether anything is left of such a record: not where a field that it can't do without stays in the room."""
    return all(
        each.optional or not (each.unmarked or each.mark in (Privacy.RAW, Privacy.WITHHELD)) for each in fields(kind)
    )


@cache
def _private(kind: type[BaseModel]) -> tuple[Marked, ...]:
    """The fields that aren't handed on just as they are, or have parts, of which only what is listed is."""
    return tuple(each for each in fields(kind) if each.mark not in _AS_IT_IS)


@cache
def _voter(kind: type[BaseModel]) -> str:
    """The field that says whose ballot it is; empty in what is no ballot."""
    return next((each.name for each in fields(kind) if each.mark is Privacy.VOTER), "")


def _expectation(bundle: Bundle) -> Sequence[Row]:
    """The placements of a probe, of what was expected those that are shown; see `store.matrix.expectation`."""
    placements, choice = bundle.lists[Placement.table], bundle.probe.get("choice")
    number = choice["proposal"] if choice else None
    chosen = next((row["placements"] for row in bundle.lists[Proposal.table] if row["number"] == number), ())
    expected = [row for row in placements if row["round"] == _EXPECTED]
    if not expected or not as_chosen(*(list(map(_mark, rows)) for rows in (expected, chosen))):
        return placements
    late = {fold(row["by"]) for row in expected if row["reconstructed"]}
    shown = as_expected(bundle.probe["id"], map(Mark.model_validate, chosen), late)
    return [*(each.row() for each in shown), *(row for row in placements if row["round"] != _EXPECTED)]


def _mark(row: Row) -> tuple[str, int, int]:
    return row["by"], row["autonomy"], row["benefit"]


class _Walk:
    """The way through the records of one probe."""

    def __init__(self, people: People, sessions: Sequence[Row] = ()) -> None:
        self._people = people
        by_kind = {row["kind"]: row for row in reversed(sessions)}
        debrief, before = by_kind.get("debrief"), by_kind.get("dissent")
        self._revealed = debrief["revealed"] if debrief else 0
        self._blind = before is not None and not before["sealed"] and not before["revealed"]

    def bundle(self, found: Bundle) -> Bundle:
        """All of a probe. How many of the expected placements were reconstructed is said of them together, not at a mark."""
        placements = _expectation(found)
        lists = {kind.table: found.lists[kind.table] for kind in LISTS} | {Placement.table: placements}
        lists = {kind.table: self.rows(kind, lists[kind.table]) for kind in LISTS}
        late = sum(row["reconstructed"] for row in placements if row["round"] == _EXPECTED)
        late += found.probe.get("reconstructed") or 0
        shown = sum(row["round"] == _EXPECTED for row in lists[Placement.table])
        probe = {name: value for name, value in self._row(Probe, found.probe).items() if name != "reconstructed"}
        if shown and late:
            probe["reconstructed"] = min(late, shown)
        return Bundle(probe, self.rows(Session, found.sessions), lists)

    def rows(self, kind: type[BaseModel], rows: Sequence[Row]) -> list[Row]:
        """Those of some records, or parts of one, of which anything is left."""
        if not handed_on(kind):
            return []
        if not _private(kind):
            return only_all(kind, rows)
        if _voter(kind):
            return self._ballots(kind, rows)
        found = []
        for row in rows:
            with suppress(PrivateError):
                found.append(self._row(kind, row))
        return found

    def _row(self, kind: type[BaseModel], row: Row) -> Row:
        found = dict(only(kind, row))
        for field in _private(kind):
            if field.name not in row:
                continue
            try:
                found[field.name] = self._value(field, row)
            except PrivateError:
                if not field.optional:
                    raise
                if field.sparse:
                    del found[field.name]
                else:
                    found[field.name] = field.default
        return found

    def _value(self, field: Marked, row: Row) -> Any:
        value, part = row[field.name], field.part
        if part is None:
            return self._people.stand_in(field.mark, value, row)
        if value is None:
            return None
        if isinstance(value, list | tuple):
            return self.rows(part, value)
        return {key: self._row(part, each) for key, each in value.items()} if field.keyed else self._row(part, value)

    def _ballots(self, kind: type[BaseModel], ballots: Sequence[Row]) -> list[Row]:
        """The ballots that are no longer blind and may be shown, round by round."""
        rounds: dict[int, list[Row]] = {}
        for row in ballots:
            rounds.setdefault(row.get("round", _BEFORE), []).append(row)
        people = {round: [row[_voter(kind)] for row in together] for round, together in rounds.items()}
        return [
            {**row, "number": number} if "number" in row else row
            for round, together in rounds.items()
            if not (self._blind and round == _BEFORE)
            and round_shown(round, self._revealed, len(together))
            and marks_shown((people[turn] for turn in people if 0 < turn < round), people[round])
            for number, row in enumerate(self._together(kind, together), 1)
        ]

    def _together(self, kind: type[BaseModel], ballots: Sequence[Row]) -> list[Row]:
        """Ballots without whose they are, of which organisation, and in which order they came (DESIGN.md, rules of the room)."""
        voter = _voter(kind)
        others = {each.name for each in _private(kind)} - {voter}
        found = []
        for row in ballots:
            with suppress(PrivateError):
                shorn = only(kind, row) if others.isdisjoint(row) else self._row(kind, row)
                found.append({**shorn, voter: OTHERS})
        return sorted(found, key=lambda row: (row.get("autonomy"), row.get("benefit")))


class _Alike(People):
    """For what is the same with names and without: texts that may hold names stay out, or only their number is kept."""

    def stand_in(self, mark: Privacy | None, value: Any, row: Row) -> Any:
        if mark is Privacy.HOLDER:
            return ""
        return len(value) if mark is Privacy.SAID else super().stand_in(mark, value, row)
