"""The alliance guidelines as they were held on any day, whether they worked, and how long since one was amended.

“Over time, this gap analysis reveals patterns” (the essay): a guideline is as good as what it was learned from, so its
lineage goes back to the room.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from store.debrief import EarlierDebrief
from store.model import Guideline, Version
from store.refused import Refused
from store.session.verdicts import found_by
from store.words import dates
from store.words.numbers import counted
from store.words.question import keywords
from store.words.sought import folded, has_phrase, wanted

STILL, STILL_DEBRIEFS = 90, 3
"""Days and debriefs without an amendment after which the framework may fossilise."""

FOSSIL = "A framework that stops changing fossilises: what has the room learned that no guideline says yet?"
"""The warning where `stillness` finds that it has been too long."""

_YEAR = re.compile("(?:19|20)[0-9]{2}")
_NUMBERED = re.compile("([0-9]{4})[-./]([0-9]{1,2})|([0-9]{1,2})[-./]([0-9]{4})")
_NAMED = re.compile(r"([a-z]{3,9})\.?,? ([0-9]{4})")
_FILLING = re.compile(
    "what|which|did|do|we|us|our|hold|held|have|had|stand|stood|were|was|is|are|the|guidelines|principles|in|on|at|by|of|end|last|back"
    "|then|during"
)
"""Words of a question that don't tell which day is meant."""


@dataclass(frozen=True, slots=True)
class HeldGuideline:
    """A guideline as it was on some day: its number, its wording then, and how many wordings it had had before."""

    number: int
    version: Version
    earlier: int


def book_at(guidelines: Sequence[Guideline], when: date | None = None) -> tuple[HeldGuideline, ...]:
    """The guidelines held at the end of a day, by number; those held now by default. A day is one of the room that decided.

    A wording without a date is older than the archive, so it was held on every day before the next one.
    """
    book = []
    for each in guidelines:
        held = [
            version
            for version in each.history
            if when is None or version.since is None or dates.date_of(version.since) <= when
        ]
        if held:
            book.append(HeldGuideline(each.number, held[-1], len(held) - 1))
    return tuple(book)


def matching(book: Sequence[HeldGuideline], typed: str) -> tuple[HeldGuideline, ...]:
    """The guidelines that have the number or every word and phrase typed; where there are none, those with every keyword of the
    question.

    “Did it work?” has no keyword and finds all of them.
    """
    asked = typed.strip().lstrip("#")
    found = _holding(book, wanted(typed), asked)
    return found if found or has_phrase(typed) else _holding(book, keywords(typed).split())


def _holding(book: Sequence[HeldGuideline], words: Sequence[str], number: str = "") -> tuple[HeldGuideline, ...]:
    return tuple(
        each for each in book if number == str(each.number) or all(word in folded(each.version.text) for word in words)
    )


def since(version: Version) -> str:
    """Since when a wording has been held, in words."""
    return f"since {dates.day(dates.date_of(version.since))}" if version.since else "older than this archive"


def day_meant(typed: str, today: date) -> date | None:
    """The day that is meant, or the last day of a month or year: `2026-03-15`, `03/2026`, `2025`, `what did we hold in March?`.

    Without a year it is the latest that has begun by `today`. None where the text names no day: then it is words to find.
    """
    text = " ".join(word for word in typed.casefold().rstrip(" ?!.").split() if not _FILLING.fullmatch(word))
    if _YEAR.fullmatch(text):
        return date(int(text), 12, 31)
    if found := _NUMBERED.fullmatch(text):
        return _end(int(found[1] or found[4]), int(found[2] or found[3]))
    if (found := _NAMED.fullmatch(text)) and (month := dates.month(found[1])):
        return _end(int(found[2]), month)
    if text in dates.MONTHS:  # in full: fewer letters begin a word
        month = dates.month(text)
        return _end(today.year - (month > today.month), month)
    with suppress(Refused):
        return dates.read(text, today, past=True) if any(map(str.isdigit, text)) else None
    return None


def _end(year: int, month: int) -> date | None:
    """The last day of a month, if there is such a month."""
    with suppress(ValueError):
        return date(year, month, monthrange(year, month)[1])
    return None


@dataclass(frozen=True, slots=True)
class GuidelineVerdict:
    """A later debrief's answer: whether a wording of a guideline, by its place from 1, had worked; 0 where there was none yet."""

    held: EarlierDebrief
    worked: str
    wording: int


def verdicts(
    guideline: Guideline, debriefs: Sequence[EarlierDebrief], when: date | None = None
) -> tuple[GuidelineVerdict, ...]:
    """What later debriefs said about a guideline, oldest first; only up to the end of a day, where one is given.

    A debrief that revised it spoke about the wording before.
    """
    said = []
    for held in debriefs:
        if when is None or dates.date_of(held.at) <= when:
            found = found_by(guideline, held.session, held.at)
            wording = guideline.history.index(found) + 1 if found else 0
            for verdict in held.verdicts:
                if verdict.guideline == guideline.number:
                    said.append(GuidelineVerdict(held, verdict.worked, wording))
    return tuple(said)


def last_amended(guidelines: Sequence[Guideline]) -> Version | None:
    """The latest wording of all; None where none has a date."""
    dated = [version for each in guidelines for version in each.history if version.since is not None]
    return max(dated, key=lambda version: datetime.fromisoformat(str(version.since)).astimezone(), default=None)


def stillness(guidelines: Sequence[Guideline], debriefs: Sequence[EarlierDebrief], now: float) -> tuple[str, bool]:
    """How long since the last amendment, in words, and whether it has been so long that the framework may fossilise.

    `debriefs` are those that were sealed, `now` is in seconds since the epoch.
    """
    last = last_amended(guidelines)
    if last is None:
        return ("nothing was ever amended here", bool(guidelines) and len(debriefs) >= STILL_DEBRIEFS)
    since = datetime.fromisoformat(str(last.since)).astimezone()
    days = max(0, (datetime.fromtimestamp(now).astimezone().date() - since.date()).days)
    later = sum(
        each.session != last.session and datetime.fromisoformat(each.at).astimezone() > since for each in debriefs
    )
    ago = "today" if not days else "yesterday" if days == 1 else f"{days} days ago"
    since_then = f", {counted(later, 'debrief')} since" if later else ""
    return f"last amended {ago}{since_then}", days >= STILL or later >= STILL_DEBRIEFS
