"""Where somebody's name stands in what a probe holds: in fields for names, and in sentences that begin with who says them."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import chain, count, product
from string import ascii_uppercase
from typing import Any, TypeAlias, TypeVar

from store.debrief import KINDS, OF_THE_GROUP, Debrief
from store.model import NonNegotiables, Participant, Signature
from store.model.base import Value
from store.model.privacy import NAMES, Marked, Privacy, fields
from store.refused import Refused
from store.words.names import SOMEBODY, fold
from store.words.text import clipped

V = TypeVar("V", bound=Value)

_Stands: TypeAlias = Callable[[Privacy | None, str, Value], str]
"""What stands in the place of a text: by the mark of its field, and the record or part that holds it."""

_BETWEEN = re.compile(r"(\s*(?:[,;/&+:()–—]|\s-\s|\b(?:and|with)\b)\s*)", re.IGNORECASE)
"""What stands between names in a short text: “Ana and Pip”, “Ana/Pip (both)”."""

_SAYS = re.compile(r"\s*[:：]|\s+[-–—]+\s+")
"""What stands between who says something and what is said."""


def in_holder(text: str, name: str, instead: str) -> str:
    """A short text that may name several, with one name replaced; “Ana” isn't found in “Ana Silva”."""
    return "".join(instead if fold(each) == fold(name) else each for each in _BETWEEN.split(text))


def in_said(text: str, name: str, instead: str) -> str:
    """A sentence, with a name replaced in what says whose it is: “Ana: too late”, “Ana and Pip - too late”, “Ana says no”.

    A capital after the name is another word of it: “Ana Silva says no” isn't Ana's.
    """
    says = _SAYS.search(text)
    head = text[: says.start()] if says else ""
    if (named := in_holder(head, name, instead)) != head:
        return named + text[len(head) :]
    words = re.match(rf"\s*(?:\S+\s+){{{len(name.split())}}}(?=\S)", text)
    leading = words[0].rstrip(" \t,;.") if words else ""
    if words and fold(leading) == fold(name) and not text[words.end()].isupper():
        return instead + text[len(leading) :]
    return text


def says(text: str, name: str) -> bool:
    """Whether a sentence begins with somebody who says it."""
    return in_said(text, name, f"{name}?") != text


def renamed(debrief: Debrief, person: Participant, new: str) -> Debrief:
    """The debrief with a name that was mended in the roster mended in every other field for names.

    A signature counts only where it is for the same organisation, and what the group holds across probes only for one of our own:
    there somebody else may have that name.

    Raises:
        Refused: somebody else has placed under the new name.
    """
    old = person.alias
    if old == new:
        return debrief
    if fold(old) != fold(new):
        _refuse_two_of_a_name(debrief, old, new)
    ours = fold(person.organisation) == fold(debrief.probe.our_organisation)

    def stands(mark: Privacy | None, text: str, record: Value) -> str:
        if isinstance(record, Signature) and fold(record.organisation) != fold(person.organisation):
            return text
        if mark in NAMES:
            return new if fold(text) == fold(old) else text
        return in_holder(text, old, new) if mark is Privacy.HOLDER else in_said(text, old, new)

    lists: dict[str, Any] = {}
    for kind in KINDS:
        if kind is Participant or (kind in OF_THE_GROUP and not ours):
            continue
        records = getattr(debrief, kind.table)
        lists[kind.table] = tuple(
            each if isinstance(each, NonNegotiables) and each.source else _with_names(each, stands) for each in records
        )
    before = debrief.dissent_session
    return replace(
        debrief,
        probe=_with_names(debrief.probe, stands),
        session=_with_names(debrief.session, stands),
        dissent_session=before and _with_names(before, stands),
        **lists,
    )


def _refuse_two_of_a_name(debrief: Debrief, old: str, new: str) -> None:
    rounds = {each.round for each in debrief.placements}
    placed = [[each.by for each in debrief.ballots(turn)] for turn in rounds]
    placed += [[mark.by for mark in each.placements] for each in debrief.proposals]
    for voters in placed:
        if {fold(old), fold(new)} <= set(map(fold, voters)):
            raise Refused(
                f"{clipped(old, 40)} and {clipped(new, 40)} have both placed: add a letter to tell them apart."
            )


def _with_names(record: V, stands: _Stands) -> V:
    """A record with what stands in each of its fields for names; the very same where nothing changes."""
    changes: dict[str, Any] = {}
    for field in fields(type(record)):
        if field.part is not None or field.mark in NAMES | {Privacy.HOLDER, Privacy.SAID}:
            value = getattr(record, field.name)
            if (now := _value(field, value, stands, record)) != value:
                changes[field.name] = now
    return record.but(**changes) if changes else record


def _value(field: Marked, value: Any, stands: _Stands, record: Value) -> Any:
    match value:
        case str():
            return stands(field.mark, value, record)
        case Value():
            return _with_names(value, stands)
        case tuple():
            return tuple(_value(field, each, stands, record) for each in value)
        case dict():
            return {key: _value(field, each, stands, record) for key, each in value.items()}
    return value


def stand_in(debrief: Debrief) -> str:
    """A name for nobody that no placement has yet: “somebody”, “somebody B” … It has no digit, which would be read as a place."""
    placed = {fold(each.by) for each in debrief.placements}
    placed |= {fold(mark.by) for each in debrief.proposals for mark in each.placements}
    lettered = (f"{SOMEBODY} {''.join(each)}" for n in count(1) for each in product(ascii_uppercase, repeat=n))
    return next(name for name in chain((SOMEBODY,), lettered) if name[-2:] != " A" and fold(name) not in placed)
