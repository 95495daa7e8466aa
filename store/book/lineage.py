"""Where the wordings of a guideline came from: the amendment, its patterns and moments, the probe and its gap."""

from dataclasses import dataclass
from typing import TypeVar

from store.archive.archive import Archive
from store.model import Amendment, Gap, Guideline, Moment, Pattern, SessionRecord, Version

R = TypeVar("R", bound=SessionRecord)


@dataclass(frozen=True, slots=True)
class WordingOrigin:
    """One wording of a guideline, and where it came from.

    Attributes:
        version: the wording, since when.
        before: the wording that it replaced; None where it was new.
        amendment: how it was decided; None where the wording is older than the archive, or its record is missing.
        probe, title: the probe in whose debrief it was decided; empty where that isn't known.
        gap: the gap that it answers.
        patterns: what it rests on.
        moments: what those patterns rest on; written only for one room.
    """

    version: Version
    before: str | None = None
    amendment: Amendment | None = None
    probe: str = ""
    title: str = ""
    gap: Gap | None = None
    patterns: tuple[Pattern, ...] = ()
    moments: tuple[Moment, ...] = ()


def lineage(archive: Archive, number: int) -> tuple[WordingOrigin, ...]:
    """Each wording of a guideline and its origin, oldest first; empty where no guideline has that number.

    Only the records of its sessions are read.
    """
    with archive.intact("guidelines"):
        history = next((each.history for each in archive.group_records(Guideline) if each.number == number), ())
        before = (None, *(version.text for version in history))
        return tuple(_step(archive, number, version, old) for version, old in zip(history, before, strict=False))


def _step(archive: Archive, number: int, version: Version, before: str | None) -> WordingOrigin:
    if version.session is None:
        return WordingOrigin(version, before)
    session = next(iter(archive.where("sessions", "id", version.session)), None)
    probe = next(iter(archive.where("probes", "id", session["probe"])), None) if session else None
    decided = [
        each
        for each in _of(archive, Amendment, version.session)
        if each.guideline == number and each.principle == version.text
    ]
    amendment = next((each for each in decided if each.at == version.since), decided[-1] if decided else None)
    because = amendment.because if amendment else ()
    patterns = _of(archive, Pattern, version.session, because) if because else ()
    wanted = tuple(dict.fromkeys(moment for pattern in patterns for moment in pattern.moments))
    gap = session.get("gap") if session else None
    return WordingOrigin(
        version,
        before,
        amendment,
        probe=probe["id"] if probe else "",
        title=probe["title"] if probe else "",
        gap=Gap.model_validate(gap) if gap else None,
        patterns=patterns,
        moments=_of(archive, Moment, version.session, wanted) if wanted else (),
    )


def _of(archive: Archive, kind: type[R], session: str, numbers: tuple[int, ...] | None = None) -> tuple[R, ...]:
    """The records of a session; only those with the given numbers, in their order, where there are some."""
    rows = {row["number"]: row for row in archive.where(kind.table, "session", session)}
    wanted = sorted(rows) if numbers is None else [number for number in numbers if number in rows]
    return tuple(kind.model_validate(rows[number]) for number in wanted)
