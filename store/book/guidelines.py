"""The alliance guidelines: what was held on any day, where each wording came from, and how long nothing has changed.

“Over time, this gap analysis reveals patterns” (the essay): a guideline is as good as what it was learned from, so its
lineage goes back to the room.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from store.debrief import Held
from store.model import Amendment, Gap, Guideline, Moment, Pattern, Version
from store.refused import Refused
from store.session.verdicts import found_by
from store.words import dates
from store.words.dates import day
from store.words.names import bare
from store.words.question import keywords

STILL = 90
"""Days without an amendment after which it is said that a framework that stops changing fossilises."""

STILL_DEBRIEFS = 3
"""Debriefs without an amendment after which the same is said."""

_YEAR = re.compile("(?:19|20)[0-9]{2}")
_NUMBERED = re.compile("([0-9]{4})[-./]([0-9]{1,2})|([0-9]{1,2})[-./]([0-9]{4})")
_NAMED = re.compile(r"([a-z]{3,9})\.?,? ([0-9]{4})")
_FILLING = re.compile(
    "what|which|did|do|we|us|our|hold|held|have|had|stand|stood|were|was|is|are|the|guidelines|principles|in|on|at|by|of|end|last|back"
    "|then|during"
)
"""Words of a question for a day, which tell no day from another."""


@dataclass(frozen=True, slots=True)
class WordingOrigin:
    """One wording of a guideline, and where it came from.

    Attributes:
        version: the wording, since when.
        before: the wording that it took the place of; None where it was new.
        amendment: how it was decided; None for a wording that is older than the archive, or whose record is missing.
        probe, title: the probe in whose debrief that was; empty where it isn't known.
        gap: the gap that it answers.
        patterns: what it rests on.
        moments: what those rest on; written for one room alone.
    """

    version: Version
    before: str | None = None
    amendment: Amendment | None = None
    probe: str = ""
    title: str = ""
    gap: Gap | None = None
    patterns: tuple[Pattern, ...] = ()
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldGuideline:
    """A guideline as it stood on some day: its number, its wording then, and how often it had been worded before."""

    number: int
    version: Version
    earlier: int


def date_of(stamp: str) -> date:
    """The day of a point in time, where this computer is."""
    return datetime.fromisoformat(stamp).astimezone().date()


def book_at(guidelines: Sequence[Guideline], when: date | None = None) -> tuple[HeldGuideline, ...]:
    """What was held at the end of a day, by number; what is held now by default.

    A wording without a date is older than the archive, and so was held on every day before the next.
    """
    book = []
    for each in guidelines:
        held = [
            version
            for version in each.history
            if when is None or version.since is None or date_of(version.since) <= when
        ]
        if held:
            book.append(HeldGuideline(each.number, held[-1], len(held) - 1))
    return tuple(book)


def matching(book: Sequence[HeldGuideline], typed: str) -> tuple[HeldGuideline, ...]:
    """Those that hold every word of what was typed, or have the number that was; where none does, every word of what it is about.

    “Did it work?” is about all of them.
    """
    asked = typed.strip().lstrip("#")
    return _holding(book, bare(typed), asked) or _holding(book, keywords(typed))


def _holding(book: Sequence[HeldGuideline], words: str, number: str = "") -> tuple[HeldGuideline, ...]:
    wanted = words.split()
    return tuple(
        each for each in book if number == str(each.number) or all(word in bare(each.version.text) for word in wanted)
    )


def day_meant(typed: str, today: date) -> date | None:
    """The day, or the last day of the month or year, that is meant: `2026-03-15`, `03/2026`, `2025`, `what did we hold in March?`.

    Without a year it is the latest that has begun by `today`. None where it is anything else: then it is words to look for.
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
    for year in ("", f" {today.year}", f" {today.year - 1}"):
        with suppress(Refused):
            if (day := dates.read(text + year)) <= today or not year:
                return day
    return None


def _end(year: int, month: int) -> date | None:
    """The last day of a month, if there is such a month."""
    with suppress(ValueError):
        return date(year, month, monthrange(year, month)[1])
    return None


def last_amended(guidelines: Sequence[Guideline]) -> Version | None:
    """The youngest wording of all; None where none has a date."""
    dated = [version for each in guidelines for version in each.history if version.since is not None]
    return max(dated, key=lambda version: datetime.fromisoformat(str(version.since)).astimezone(), default=None)


def stillness(guidelines: Sequence[Guideline], debriefs: Sequence[Held], now: float) -> tuple[str, bool]:
    """How long since the last amendment, in words, and whether it has been so long that the framework may fossilise.

    Args:
        guidelines: the book.
        debriefs: those that were sealed, oldest first.
        now: seconds since the epoch.
    """
    last = last_amended(guidelines)
    if last is None:
        return ("nothing was ever amended here", bool(guidelines) and len(debriefs) >= STILL_DEBRIEFS)
    today = datetime.fromtimestamp(now).astimezone().date()
    since = date_of(str(last.since))
    days = max(0, (today - since).days)
    later = sum(
        each.session != last.session
        and datetime.fromisoformat(each.at).astimezone() > datetime.fromisoformat(str(last.since)).astimezone()
        for each in debriefs
    )
    ago = "today" if not days else "yesterday" if days == 1 else f"{days} days ago"
    said = f"last amended {ago}"
    if later:
        said += f", {later} debrief{'' if later == 1 else 's'} since"
    return said, days >= STILL or later >= STILL_DEBRIEFS


FOSSIL = "A framework that stops changing fossilises: what has the room learned that no guideline says yet?"
"""What is said where `stillness` says that it has been long."""


def since(version: Version) -> str:
    """Since when a wording stands, in words."""
    return f"since {day(date_of(version.since))}" if version.since else "older than this archive"


@dataclass(frozen=True, slots=True)
class GuidelineVerdict:
    """What a later debrief said of a guideline: whether its wording of then, by its place from 1, had worked."""

    held: Held
    worked: str
    wording: int


def verdicts(guideline: Guideline, debriefs: Sequence[Held], when: date | None = None) -> tuple[GuidelineVerdict, ...]:
    """What later debriefs said of a guideline, oldest first; by the end of a day, where one is given.

    A debrief that revised it spoke of the wording that it had found.
    """
    return tuple(
        GuidelineVerdict(held, verdict.worked, _found_by(held, guideline))
        for held in debriefs
        if when is None or date_of(held.at) <= when
        for verdict in held.verdicts
        if verdict.guideline == guideline.number
    )


def _found_by(held: Held, guideline: Guideline) -> int:
    """The number of the wording that a debrief found, from 1; 0 where there was none yet."""
    found = found_by(guideline, held.session, held.at)
    return guideline.history.index(found) + 1 if found else 0
