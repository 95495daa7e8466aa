"""Amendments: a guideline is added or revised from what the room has lived through."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.debrief import Debrief, next_number
from store.model import DECISIONS, Amendment, Guideline, Version, stamp
from store.refused import Refused
from store.session.flow import live
from store.words.names import fold
from store.words.text import lines_of


@dataclass(frozen=True, slots=True)
class AmendmentForm:
    """An amendment as its form has it.

    Attributes:
        principle: the new wording.
        replaces: empty, the number of a guideline, or the wording of one that is not in the archive yet.
        because: numbers of patterns.
        decision: one of `DECISIONS`.
        reservations: one a line.
    """

    principle: str = ""
    replaces: str = ""
    because: str = ""
    decision: str = DECISIONS[0]
    reservations: str = ""


def replaced(guidelines: Sequence[Guideline], typed: str) -> Guideline | None:
    """The guideline that `typed` names by its number or wording; None for no text, or for a wording that is not in the book.

    Raises:
        Refused: no guideline has that number.
    """
    wanted = typed.strip()
    if re.fullmatch(r"#?\d{1,6}", wanted):
        number = int(wanted.lstrip("#"))
        if found := next((each for each in guidelines if each.number == number), None):
            return found
        highest = max((each.number for each in guidelines), default=0)
        raise Refused(
            f"There is no guideline {number}: they go from 1 to {highest}."
            if highest
            else "There are no guidelines yet: leave it empty, or type the old wording."
        )
    return worded(guidelines, typed)


def worded(guidelines: Sequence[Guideline], text: str) -> Guideline | None:
    """The guideline whose wording in force is `text`, or None."""
    return next((each for each in guidelines if text.strip() and fold(each.text) == fold(text)), None)


def with_principle(
    guidelines: Sequence[Guideline], principle: str, replaces: Guideline | str | None, at: str, session: str
) -> tuple[tuple[Guideline, ...], int]:
    """The guidelines with a new wording, in force since `at` (ISO time), and the number of the guideline that has it.

    `replaces` is the guideline to revise, a wording that was never in the archive, or None for a new principle.
    """
    version = Version(text=principle, since=at, session=session)
    if isinstance(replaces, Guideline):
        changed = replaces.but(history=(*replaces.history, version))
        return tuple(changed if each is replaces else each for each in guidelines), changed.number
    number = next_number(guidelines)
    earlier = (Version(text=replaces),) if replaces else ()
    return (*guidelines, Guideline(number=number, history=(*earlier, version))), number


def amend(debrief: Debrief, form: AmendmentForm, now: float) -> Debrief:
    """Add a guideline or revise one, with the patterns it rests on, how it was decided and the reservations.

    Raises:
        Refused: there is no wording, an unknown guideline or pattern, or no pattern although some were entered.
    """
    live(debrief)
    if not form.principle.strip():
        raise Refused("Write the new principle as one sentence.")
    because = _numbers(form.because)
    known = {pattern.number for pattern in debrief.patterns}
    if unknown := [number for number in because if number not in known]:
        raise Refused(
            f"There is no pattern {unknown[0]}: they go from 1 to {max(known)}."
            if known
            else "There are no patterns: leave that empty."
        )
    if known and not because:
        raise Refused("Say which patterns it rests on, by their numbers: “1 4”.")
    if form.decision not in DECISIONS:
        raise Refused(f"Say how it was decided: {', '.join(DECISIONS)}.")
    old = replaced(debrief.guidelines, form.replaces)
    replaces = (old.text if old else form.replaces) if form.replaces.strip() else None
    guidelines, number = with_principle(
        debrief.guidelines, form.principle, old or replaces, stamp(now), debrief.session.id
    )
    amendment = Amendment(
        session=debrief.session.id,
        number=next_number(debrief.amendments),
        at=stamp(now),
        guideline=number,
        principle=form.principle,
        replaces=replaces,
        because=because,
        decision=form.decision,
        reservations=lines_of(form.reservations),
    )
    return replace(debrief, amendments=(*debrief.amendments, amendment), guidelines=guidelines)


def take_back_amendment(debrief: Debrief) -> Debrief:
    """The debrief without its last amendment, its guideline restored."""
    live(debrief)
    if not debrief.amendments:
        raise Refused("There is nothing to take back.")
    last = debrief.amendments[-1]
    guidelines = []
    for each in debrief.guidelines:
        if each.number != last.guideline:
            guidelines.append(each)
            continue
        history = each.history[:-1]
        if any(version.since for version in history):
            guidelines.append(each.but(history=history))
    return replace(debrief, amendments=debrief.amendments[:-1], guidelines=tuple(guidelines))


def form_of(amendment: Amendment) -> AmendmentForm:
    """An amendment as its form had it."""
    return AmendmentForm(
        principle=amendment.principle,
        replaces=amendment.replaces or "",
        because=" ".join(map(str, amendment.because)),
        decision=amendment.decision,
        reservations="\n".join(amendment.reservations),
    )


def _numbers(typed: str) -> tuple[int, ...]:
    words = [word for word in re.split(r"[\s,;#]+", typed) if word]
    if bad := next((word for word in words if not re.fullmatch(r"\d{1,6}", word)), None):
        raise Refused(f"“{bad[:20]}” is not the number of a pattern: type numbers, as in “1 4”.")
    return tuple(dict.fromkeys(int(word) for word in words))
