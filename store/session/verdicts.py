"""Did it work? What a debrief says about the guidelines that the previous one added or revised."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from store.debrief import Debrief
from store.model import WORKED, Guideline, Verdict, Version
from store.refused import Refused
from store.session.flow import live
from store.words.dates import local
from store.words.names import fold

SIGNS: Mapping[str | None, str] = {"yes": "✓", "partly": "~", "no": "✗", "too early": "…", None: "·"}
"""The sign for each answer, and for a guideline without one."""


@dataclass(frozen=True, slots=True)
class JudgedGuideline:
    """A guideline that the room is asked about.

    Attributes:
        number: of the guideline.
        text: the wording in question, the one from before this session.
        worked: one of `WORKED`; None until the room has said.
    """

    number: int
    text: str
    worked: str | None


def asked(debrief: Debrief) -> tuple[JudgedGuideline, ...]:
    """The guidelines that the last debrief added or revised, and those for which it was too early to say.

    Empty in another group's debrief, whose numbers belong to another book.
    """
    if debrief.probe.origin:
        return ()
    last = debrief.past.debriefs[-1] if debrief.past.debriefs else None
    said = {each.guideline: each.worked for each in debrief.session.verdicts}
    early = {each.guideline for each in last.verdicts if each.worked == "too early"} if last else set()
    found = []
    for guideline in debrief.guidelines:
        before = found_by(guideline, debrief.session.id, debrief.session.sealed)
        fresh = last is not None and any(version.session == last.session for version in guideline.history)
        if before is not None and (fresh or guideline.number in early or guideline.number in said):
            found.append(JudgedGuideline(guideline.number, before.text, said.get(guideline.number)))
    return tuple(found)


def found_by(guideline: Guideline, session: str, sealed: str | None) -> Version | None:
    """The wording that a session started with, before it or a later session changed it; None if there was none yet.

    `session` is its id, `sealed` when it was sealed, as ISO time; None while it is live.
    """
    earlier = [version for version in guideline.history if version.session != session]
    if sealed is not None:
        end = local(sealed)
        earlier = [version for version in earlier if version.since is None or local(version.since) <= end]
    return earlier[-1] if earlier else None


def once_worded(guidelines: Iterable[Guideline], text: str) -> Guideline | None:
    """The guideline that has, or once had, this wording; among several, the one that has it now."""
    wanted = fold(text)
    known = [each for each in guidelines if wanted and any(fold(version.text) == wanted for version in each.history)]
    return next((each for each in known if fold(each.text) == wanted), known[0] if known else None)


def say(debrief: Debrief, number: int, worked: str | None) -> Debrief:
    """Record what the room says about a guideline; None takes it back.

    Raises:
        Refused: the session is sealed, or the room is not asked about that guideline.
    """
    live(debrief)
    if worked is not None and worked not in WORKED:
        raise Refused(f"Say whether it worked: {', '.join(WORKED)}.")
    about = asked(debrief)
    if number not in (each.number for each in about):
        raise Refused("That guideline is no longer asked about: choose another.")
    said = ((each.number, worked if each.number == number else each.worked) for each in about)
    return debrief.with_session(verdicts=tuple(Verdict(guideline=n, worked=w) for n, w in said if w))  # type: ignore[arg-type]


def in_words(debrief: Debrief) -> str:
    """How many worked: “Of 3 guidelines 2 yes, 1 too early.”; empty if the room is asked about none."""
    about = asked(debrief)
    if not about:
        return ""
    n: Counter[str | None] = Counter(each.worked for each in about)
    several = "the one guideline" if len(about) == 1 else f"{len(about)} guidelines"
    if n[None] == len(about):
        return f"{several[0].upper()}{several[1:]}, nothing said yet."
    counted = ", ".join(f"{n[worked]} {worked}" for worked in WORKED if n[worked])
    return f"Of {several} {counted}{f'; {n[None]} not said' if n[None] else ''}."


@dataclass(frozen=True, slots=True)
class NamedVerdict:
    """What a debrief said about a guideline.

    Attributes:
        name: “guideline 4”, “their guideline 4”, or “an earlier guideline” if it is in no book here.
        text: the wording that it was about; empty if unknown.
        worked: one of `WORKED`.
    """

    name: str
    text: str
    worked: str


def said(debrief: Debrief) -> Iterator[NamedVerdict]:
    """All that the debrief said about guidelines, in the order in which it was recorded."""
    session = debrief.session
    book = {} if debrief.probe.origin else {each.number: each for each in debrief.guidelines}
    for each in session.verdicts:
        found = found_by(book[each.guideline], session.id, session.sealed) if each.guideline in book else None
        name = f"{'their ' if debrief.probe.origin else ''}guideline {each.guideline}"
        yield NamedVerdict(
            name if each.guideline else "an earlier guideline", found.text if found else each.wording, each.worked
        )
