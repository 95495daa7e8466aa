"""What stands in the place of a name where records are handed on without names."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store.exchange.outgoing.names import Words, called, in_words, spans
from store.matrix.figures import OTHERS
from store.matrix.shown import ALONE
from store.model import Row
from store.model.privacy import Privacy
from store.words.names import SOMEBODY, fold

WORDS = "words said"
"""Stands for the words of decompression, which are only counted."""

_LONGEST = 6
"""Words by which somebody is looked for who is named elsewhere, at most."""

_AND = frozenset(("and", "with"))
_SAYS = re.compile(r"\s*(?<![0-9])[:：]|\s*[:：](?![0-9])|\s+[-–—]+\s+")
"""What stands between who says something and what is said: a colon that is none of a time, or a dash."""


class PrivateError(Exception):
    """A value that nothing can stand for: it isn't handed on."""


def _each(stands: Callable[[str], str], value: Any) -> Any:
    """What stands for a value, the same for each text in it."""
    if value is None:
        return None
    if isinstance(value, str):
        return stands(value)
    if isinstance(value, list | tuple):
        return [_each(stands, each) for each in value]
    raise PrivateError


@dataclass(frozen=True, slots=True)
class _Found:
    """Where some words name a person or an organisation, and what stands for those."""

    at: int
    end: int
    stands: str
    person: bool


def _joined(found: Iterable[_Found]) -> str:
    return " and ".join(dict.fromkeys(each.stands for each in found))


def _together(words: Words, found: Sequence[_Found]) -> str:
    """What stands for some words: for the names in them, or for all of it where there is more."""
    named = {at for each in found for at in range(each.at, each.end)}
    more = any(at not in named and word not in _AND for at, word in enumerate(words))
    return SOMEBODY if more else _joined(found)


def _leading(words: Words, found: Iterable[_Found]) -> Iterator[_Found]:
    """Those with whom the words begin."""
    end = 0
    for each in found:
        if any(word not in _AND for word in words[end : each.at]):
            return
        yield each
        end = each.end


@dataclass(frozen=True, slots=True)
class Both:
    """Words that are a person and an organisation in one group: nobody can tell which is meant, so they are taken out.

    Attributes:
        spelled: the name of the organisation by its words.
        hidden: gains the name of each that was taken out.
    """

    spelled: Mapping[Words, str]
    hidden: set[str]

    def holds(self, words: Words) -> bool:
        """Whether some words are among them; they are taken out then."""
        found = self.spelled.get(words)
        if found is not None:
            self.hidden.add(found)
        return found is not None


class People:
    """The people of a probe, and what stands for each: their organisation, or somebody.

    An organisation stands for its people only where each roster that it is in has `ALONE` of them: of one or two it would be as
    good as the name.
    """

    def __init__(
        self,
        rosters: Sequence[Row],
        organisations: Iterable[str],
        *names: frozenset[Words],
        group: str = "",
        both: Both | None = None,
    ) -> None:
        """Those of a probe: its rosters, the organisations that it names, and who is named in it or anywhere else.

        `group` is what the group whose archive it is calls itself, `both` what is a person and an organisation in the probe's group.
        """
        self._names, self._group, self._both = names, group, both or Both({}, set())
        self._counts = Counter((row["session"], fold(row["organisation"])) for row in rosters)
        small = {organisation for (_, organisation), count in self._counts.items() if count < ALONE}
        self._large = {organisation for _, organisation in self._counts} - small - {""}
        self._groups = {in_words(name): name for name in reversed(list(organisations)) if name.strip()}
        self._known_many: dict[tuple[str | None, str], bool] = {}
        self.organisations: dict[str, str] = {}
        """Of each alias, folded."""
        self._aliases: dict[Words, str] = {}
        self._first = {each for row in rosters for each in called(row["alias"], row["organisation"])}
        for row in rosters:
            if (alias := fold(row["alias"])) != SOMEBODY:
                self.organisations[alias] = row["organisation"]
                if alias != fold(row["organisation"]):
                    self._aliases[in_words(row["alias"])] = row["alias"]
        self._longest = max(_LONGEST, *map(len, (*self._groups, *self._aliases, ())))

    def stand_in(self, mark: Privacy | None, value: Any, row: Row) -> Any:
        """What stands for the value of a field in a row, by the mark of the field.

        Raises:
            PrivateError: nothing can.
        """
        match mark:
            case Privacy.MEMBER:
                return row["organisation"] if self._many(row) else SOMEBODY
            case Privacy.ROLE if self._many(row):
                return value
            case Privacy.PERSON:
                return _each(self._who, value)
            case Privacy.SIGNER:
                return row["organisation"] or SOMEBODY
            case Privacy.ASKED:
                return _each(lambda name: self._group or SOMEBODY, value)
            case Privacy.VOTER:
                return _each(lambda name: OTHERS, value)
            case Privacy.HOLDER:
                return _each(self._holder, value)
            case Privacy.SAID:
                return _each(self._said, value)
            case Privacy.COUNTED:
                count = sum(value.values())
                return {WORDS: count} if count else {}
        raise PrivateError

    def _who(self, name: str) -> str:
        """For a field that holds one name; an empty one stays so."""
        if not name.strip():
            return name
        organisation = self.organisations.get(fold(name)) or name
        stands = fold(organisation) in self._large and not self._both.holds(in_words(organisation))
        return organisation if stands else SOMEBODY

    def _many(self, row: Row) -> bool:
        """Whether the organisation in a row of a roster has enough people in it to stand for one of them."""
        session, organisation = key = row.get("session"), row.get("organisation") or ""
        if key not in self._known_many:
            self._known_many[key] = bool(organisation.strip()) and self._counts[session, fold(organisation)] >= ALONE
        return self._known_many[key]

    def _holder(self, text: str) -> str:
        """For a short text that may name one, several or nobody: “Ana and Pip”, “each pair”.

        Where it holds more than names it is replaced whole: what stands around a name can tell whose it was.
        """
        words = in_words(text)
        found = self._found(words)
        return _together(words, found) if any(each.person for each in found) else text

    def _said(self, text: str) -> str:
        """For a sentence that begins with who says it: “Ana: too late”, “Ana - too late”, “Ana says it was too late”."""
        says = _SAYS.search(text)
        head = text[: says.start()] if says else text
        words, places = in_words(head), [place for _, *place in spans(head)] or [[0, len(head)]]
        found = self._found(words, owners=True)
        if says is None:
            found = list(_leading(words, found))
        if not any(each.person for each in found):
            return text
        if says is not None:
            return _together(words, found) + text[says.start() :]
        start, end = places[found[0].at][0], places[found[-1].end - 1][1]
        return text[:start] + _joined(found) + text[end:]

    def _found(self, words: Words, owners: bool = False) -> list[_Found]:
        """Everybody whom some words name; of owners, who own what is said, an organisation of few is as good as a name."""
        found: list[_Found] = []
        at = 0
        while at < len(words):
            runs = (self._named(words, at, length, owners) for length in range(self._longest, 0, -1))
            each = next(filter(None, runs), None)
            if each is not None:
                found.append(each)
            at = each.end if each else at + 1
        return found

    def _named(self, words: Words, at: int, length: int, owners: bool) -> _Found | None:
        run = words[at : at + length]
        if len(run) < length:
            return None
        if self._both.holds(run):
            return _Found(at, at + length, SOMEBODY, person=True)
        if run in self._aliases:
            return _Found(at, at + length, self._who(self._aliases[run]), person=True)
        if run in self._first:  # in doubt it is the person
            return _Found(at, at + length, SOMEBODY, person=True)
        if run in self._groups:
            stands = self._who(self._groups[run]) if owners else self._groups[run]
            return _Found(at, at + length, stands, person=stands == SOMEBODY)
        if any(run in names for names in self._names):
            return _Found(at, at + length, SOMEBODY, person=True)
        return None
