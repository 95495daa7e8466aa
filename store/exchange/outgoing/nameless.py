"""Records without names and raw notes: organisations in place of people, and nothing that one person wrote for the room alone.

What a field holds is written in the model (`store.model.privacy`). This module walks a record by those marks and nothing else, so a
field or a kind of record that says nothing stays out. Sentences are handed on as they were written, also where they mention
somebody.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from pydantic import BaseModel

from store.exchange.bundle import LISTS, Bundle, Row
from store.exchange.outgoing.people import People, Words, named
from store.matrix.figures import ALONE, OTHERS
from store.model import Probe, Record, Session
from store.model.privacy import Marked, Privacy, fields
from store.words.names import SOMEBODY, fold

WORDS = "words said"
"""Stands for the words of decompression, which are only counted."""

_AS_IT_IS = frozenset((Privacy.PUBLIC, Privacy.ORGANISATION, Privacy.SPOKEN))

Rule = Callable[[Any, Row], Any]
"""What stands for the value of a field; it may look at the row that holds the field."""


def anonymous(bundle: Bundle, known: frozenset[Words] | None = None) -> Bundle:
    """A probe as it may be handed on. What is anonymous already stays as it is.

    Args:
        bundle: the probe.
        known: who is named in all of its archive (`store.exchange.outgoing.people.named`): a pact names people long before there is
            a roster. By default who is named in the probe.
    """
    return _Walk(People.of(bundle, known), bundle).bundle(bundle)


def nameless(bundle: Bundle) -> Bundle:
    """What is the same in a record with names and in one without, whichever names were known where it was made.

    Texts that are only searched for names stay out: of sentences that may begin with a name only their number is kept.
    """
    same: dict[Privacy, Rule] = {Privacy.HOLDER: _each(lambda text: ""), Privacy.SAID: lambda said, row: len(said)}
    return _Walk(People.of(bundle), bundle, same).bundle(bundle)


def of_the_group(kind: type[Record], rows: Iterable[Row], group: str, known: frozenset[Words]) -> list[Row]:
    """Records that the group holds across probes, without names: the group stands for those who were asked."""
    found = []
    for row in rows:
        people = People((), (group,), named({kind: [row]}), known)
        found += _Walk(people, group=group).rows(kind, [row])
    return found


@cache
def handed_on(kind: type[BaseModel]) -> bool:
    """Whether anything is left of such a record: not where a field that it can't do without stays in the room."""
    return all(
        each.optional or not (each.unmarked or each.mark in (Privacy.RAW, Privacy.WITHHELD)) for each in fields(kind)
    )


class _PrivateError(Exception):
    """A value that no rule allows to be handed on."""


def _each(stands: Callable[[str], str]) -> Rule:
    """The same for each text in a value."""

    def rule(value: Any, row: Row) -> Any:
        if value is None:
            return None
        if isinstance(value, str):
            return stands(value)
        if isinstance(value, list | tuple):
            return [rule(each, row) for each in value]
        raise _PrivateError

    return rule


def _counted(words: Mapping[str, int], _: Row) -> dict[str, int]:
    count = sum(words.values())
    return {WORDS: count} if count else {}


@cache
def _private(kind: type[BaseModel]) -> tuple[Marked, ...]:
    """The fields that aren't handed on just as they are."""
    return tuple(
        each for each in fields(kind) if each.mark not in _AS_IT_IS and (each.part is None or _private(each.part))
    )


@cache
def _voter(kind: type[BaseModel]) -> str:
    """The field that says whose ballot it is; empty in what is no ballot."""
    return next((each.name for each in fields(kind) if each.mark is Privacy.VOTER), "")


class _Walk:
    """The way through the records of one probe."""

    def __init__(
        self, people: People, bundle: Bundle | None = None, rules: Mapping[Privacy, Rule] | None = None, group: str = ""
    ) -> None:
        self._people = people
        debrief, before = (bundle.of_kind(kind) if bundle else None for kind in ("debrief", "dissent"))
        self._revealed = debrief["revealed"] if debrief else 0
        self._blind = before is not None and not before["sealed"] and not before["revealed"]
        self._rules: dict[Privacy, Rule] = {
            Privacy.PERSON: _each(people.who),
            Privacy.MEMBER: lambda alias, row: row["organisation"] if people.many(row) else SOMEBODY,
            Privacy.SIGNER: lambda name, row: row["organisation"] or SOMEBODY,
            Privacy.ASKED: _each(lambda name: group or SOMEBODY),
            Privacy.VOTER: _each(lambda name: OTHERS),
            Privacy.ROLE: self._role,
            Privacy.HOLDER: _each(people.holder),
            Privacy.SAID: _each(people.said),
            Privacy.COUNTED: _counted,
            **(rules or {}),
        }

    def bundle(self, found: Bundle) -> Bundle:
        """All of a probe."""
        return Bundle(
            self._row(Probe, found.probe),
            self.rows(Session, found.sessions),
            {kind.table: self.rows(kind, found.lists[kind.table]) for kind in LISTS},
        )

    def rows(self, kind: type[BaseModel], rows: Sequence[Row]) -> list[Row]:
        """Those of some records, or parts of one, of which anything is left."""
        if not handed_on(kind):
            return []
        if not _private(kind):
            return list(rows)
        if _voter(kind):
            return self._ballots(kind, rows)
        found = []
        for row in rows:
            with suppress(_PrivateError):
                found.append(self._row(kind, row))
        return found

    def _row(self, kind: type[BaseModel], row: Row) -> Row:
        private = _private(kind)
        if not private:
            return row
        found = dict(row)
        for field in private:
            if field.name not in row:
                continue
            try:
                found[field.name] = self._value(field, row)
            except _PrivateError:
                if not field.optional:
                    raise
                if field.sparse:
                    del found[field.name]
                else:
                    found[field.name] = field.default
        return found

    def _value(self, field: Marked, row: Row) -> Any:
        value = row[field.name]
        if field.part is not None:
            return self._parts(field.part, value, field.keyed)
        rule = self._rules.get(field.mark) if field.mark else None
        if rule is None:
            raise _PrivateError
        return rule(value, row)

    def _parts(self, part: type[BaseModel], value: Any, keyed: bool) -> Any:
        if value is None:
            return None
        if isinstance(value, list | tuple):
            return self.rows(part, value)
        return {key: self._row(part, each) for key, each in value.items()} if keyed else self._row(part, value)

    def _role(self, role: str, row: Row) -> str:
        if not self._people.many(row):
            raise _PrivateError
        return role

    def _ballots(self, kind: type[BaseModel], ballots: Sequence[Row]) -> list[Row]:
        """The ballots that are no longer blind, round by round."""
        rounds: dict[int | None, list[Row]] = {}
        for row in ballots:
            round = row.get("round")
            if not self._blind if round is None else round <= self._revealed:
                rounds.setdefault(round, []).append(row)
        return [
            {**row, "number": number} if "number" in row else row
            for together in rounds.values()
            for number, row in enumerate(self._together(kind, together), 1)
        ]

    def _together(self, kind: type[BaseModel], ballots: Sequence[Row]) -> list[Row]:
        """Ballots by organisation. One with fewer than three stands with others, as `store.matrix.figures` shows it.

        Where those who are left over would be fewer than three, all ballots stand together: subtracting the rest would tell
        who is left.
        """
        voter = _voter(kind)
        whose = [self._people.organisations.get(fold(row[voter])) or OTHERS for row in ballots]
        counted = Counter(whose)
        shown = {name for name, count in counted.items() if count >= ALONE and name != OTHERS}
        if 0 < sum(count for name, count in counted.items() if name not in shown) < ALONE:
            shown = set()
        others = {each.name for each in _private(kind)} - {voter}
        found = []
        for row, name in zip(ballots, whose, strict=True):
            with suppress(_PrivateError):
                shorn = row if others.isdisjoint(row) else self._row(kind, row)
                found.append({**shorn, voter: name if name in shown else OTHERS})
        return sorted(
            found,
            key=lambda row: (row[voter], row.get("autonomy"), row.get("benefit"), row.get("reconstructed", False)),
        )
