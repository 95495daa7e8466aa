"""Did it work? What a debrief says of the guidelines that the one before it added or revised."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from store.debrief import Debrief
from store.model import WORKED, Guideline, Verdict, Version
from store.refused import Refused
from store.session.flow import live
from store.words.text import visible

SIGNS: Mapping[str | None, str] = {"yes": "✓", "partly": "~", "no": "✗", "too early": "…", None: "·"}
"""The mark of each answer, and of a guideline of which nothing is said."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A guideline that is asked about.

    Attributes:
        number: of the guideline.
        text: the wording that is asked about: the one before this session.
        worked: one of `WORKED`; None while the room has not said.
    """

    number: int
    text: str
    worked: str | None


def asked(debrief: Debrief) -> tuple[Asked, ...]:
    """The guidelines that the last debrief added or revised, and those of which it said that it was too early to say."""
    last = debrief.past.debriefs[-1] if debrief.past.debriefs else None
    said = {each.guideline: each.worked for each in debrief.session.verdicts}
    early = {each.guideline for each in last.verdicts if each.worked == "too early"} if last else set()
    found = []
    for guideline in debrief.guidelines:
        before = _before(guideline, debrief.session.id)
        fresh = last is not None and any(version.session == last.session for version in guideline.history)
        if before is not None and (fresh or guideline.number in early or guideline.number in said):
            found.append(Asked(guideline.number, before.text, said.get(guideline.number)))
    return tuple(found)


def _before(guideline: Guideline, session: str) -> Version | None:
    """The wording that a session found, before it changed it or any later one did."""
    at = next((at for at, version in enumerate(guideline.history) if version.session == session), None)
    earlier = guideline.history if at is None else guideline.history[:at]
    return earlier[-1] if earlier else None


def say(debrief: Debrief, number: int, worked: str | None) -> Debrief:
    """Keep what the room says of a guideline; None takes it back.

    Raises:
        Refused: the session is sealed, or that guideline is not asked about.
    """
    live(debrief)
    if worked is not None and worked not in WORKED:
        raise Refused(f"Say whether it worked: {', '.join(WORKED)}.")
    about = asked(debrief)
    if number not in (each.number for each in about):
        raise Refused("That guideline is not asked about any more: choose another with the arrows.")
    said = ((each.number, worked if each.number == number else each.worked) for each in about)
    return debrief.with_session(verdicts=tuple(Verdict(guideline=n, worked=w) for n, w in said if w))  # type: ignore[arg-type]


def in_words(debrief: Debrief) -> str:
    """How many worked: “Of 3 guidelines 2 yes, 1 too early.”; empty where none is asked about."""
    about = asked(debrief)
    if not about:
        return ""
    n: Counter[str | None] = Counter(each.worked for each in about)
    several = "the one guideline" if len(about) == 1 else f"{len(about)} guidelines"
    if n[None] == len(about):
        return f"{several[0].upper()}{several[1:]}, nothing said yet."
    counted = ", ".join(f"{n[worked]} {worked}" for worked in WORKED if n[worked])
    return f"Of {several} {counted}{f'; {n[None]} not said' if n[None] else ''}."


def lines(debrief: Debrief) -> Iterator[str]:
    """What was said, a guideline a line, for the report."""
    for each in asked(debrief):
        if each.worked:
            yield f"guideline {each.number} worked: {each.worked}"
            yield f"    {visible(each.text)}"
