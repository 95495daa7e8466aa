"""Reading the debriefed probes as cases, from the rows as they are in the archive."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from itertools import accumulate
from typing import Protocol

from store.archive.archive import ArchiveError
from store.matrix.gap import step
from store.matrix.shown import ALONE
from store.matrix.statistics import POINTS, agreement
from store.phases import NAMES
from store.probe_state import DEBRIEF_WITHIN, StoredRow, ended, held_at, room_hours
from store.trends.case import OURS, Case
from store.words.names import SOMEBODY, fold

WORST_FIRST = ("crossed", "strained", "held")

PIECE = 1000
"""Placements that are read before the screens get a turn: some milliseconds."""

_SOMEBODY = fold(SOMEBODY)

Marks = tuple[list[int], list[int]]
"""How many placements of a probe stand on each point of autonomy and of benefit. All that a case needs of them, in two objects."""


def _no_marks() -> Marks:
    return [0] * POINTS, [0] * POINTS


class CaseSource(Protocol):
    """The archive methods that the cases are read with."""

    def each(self, table: str) -> Iterable[StoredRow]: ...

    def where(self, table: str, field: str, value: str | int) -> Iterable[StoredRow]: ...


def read(archive: CaseSource) -> Iterator[float | tuple[Case, ...]]:
    """Read all cases, oldest first, in pieces: yields the share that is done, 0 to 1, again and again, and last the cases.

    A probe from elsewhere that differs from the same probe here is no case until somebody decides which one stays. A session is
    dropped as soon as its case is made: thousands of nested rows would make the garbage collector stop everything.

    Raises:
        ArchiveError: a record isn't as Redraw writes it.
    """
    found: list[Case] = []
    try:
        probes = {row["id"]: row for row in archive.each("probes") if not row.get("conflicts_with")}
        yield 0.1
        expected: dict[str, Marks] = defaultdict(_no_marks)
        ballots: dict[str, Marks] = defaultdict(_no_marks)
        for at, row in enumerate(archive.each("placements"), 1):
            if row["round"] < 2:
                autonomy, benefit = (ballots if row["round"] else expected)[row["probe"]]
                autonomy[row["autonomy"]] += 1
                benefit[row["benefit"]] += 1
            if at % PIECE == 0:
                yield 0.7 - 0.6 * 10 * PIECE / (at + 10 * PIECE)
        led: dict[str, list[StoredRow]] = {}
        for row in archive.where("participants", "role", "facilitator"):
            led.setdefault(row["session"], []).append(row)
        yield 0.7
        for at, row in enumerate(archive.each("sessions"), 1):
            id = row["probe"]
            if row.get("sealed") and row.get("kind", "debrief") == "debrief" and id in probes:
                found.append(_case(probes[id], row, expected.get(id), ballots.get(id), led.get(row["id"], ())))
            if at % 20 == 0:
                yield 0.7 + 0.3 * at / (at + len(probes))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ArchiveError("A record in the archive is damaged: “redraw check” says which.") from error
    yield tuple(sorted(found, key=lambda case: case.day))


def cases(archive: CaseSource) -> tuple[Case, ...]:
    """The same at once."""
    (found,) = (each for each in read(archive) if isinstance(each, tuple))
    return found


def one(archive: CaseSource, probe: str) -> Case | None:
    """The case of one probe; None where it was not debriefed. Who led it isn't looked up.

    Raises:
        ArchiveError: a record isn't as Redraw writes it.
    """
    try:
        row = next(iter(archive.where("probes", "id", probe)))
        sessions = archive.where("sessions", "probe", probe)
        session = next(each for each in sessions if each.get("sealed") and each.get("kind", "debrief") == "debrief")
        marks: dict[int, Marks] = {}
        for each in archive.where("placements", "probe", probe):
            autonomy, benefit = marks.setdefault(each["round"], _no_marks())
            autonomy[each["autonomy"]] += 1
            benefit[each["benefit"]] += 1
        return _case(row, session, marks.get(0), marks.get(1), ())
    except StopIteration:
        return None
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ArchiveError("A record in the archive is damaged: “redraw check” says which.") from error


def _case(
    probe: StoredRow,
    session: StoredRow,
    expected: Marks | None,
    ballots: Marks | None,
    led: Sequence[StoredRow],
) -> Case:
    clocks = session.get("clocks") or {}
    before, after = _shown(expected), _shown(ballots) if session.get("revealed") else None
    hidden = (expected and not before) or (ballots and not after)
    return Case(
        probe=probe["id"],
        session=session["id"],
        title=probe["title"],
        day=session["sealed"][:10],
        whose=probe.get("origin", OURS),
        groups=tuple(_groups(probe, session)),
        expected=_expected(probe, session, before, after),
        actual=(_median(after[0]), _median(after[1])) if after else None,
        gap=None if hidden else step(session.get("gap")),
        sovereignty={name: said["change"] for name, said in (session.get("sovereignty") or {}).items()},
        turnout=session.get("turnout"),
        joined=session.get("joined"),
        stayed=session.get("stayed"),
        agreement=(agreement(after[0]), agreement(after[1])) if after else None,
        times={name: (clock["planned"], clock["banked"]) for name, clock in clocks.items() if name in NAMES},
        in_time=_in_time(probe, session),
        decompressed=_decompressed(session, clocks),
        facilitators=_facilitators(probe, led),
        rhythm=(session.get("closing") or {}).get("rhythm"),
        issue=probe.get("issue", "") if probe.get("tags") else "",
        impulses={pull: _share(*said) for pull, said in (session.get("impulses") or {}).items()},
    )


def _expected(
    probe: StoredRow, session: StoredRow, before: Marks | None, after: Marks | None
) -> tuple[float, float] | None:
    """The medians of what was expected.

    Where the room chose among proposals, what was expected later need not count in them (see `store.matrix.expectation`): then they
    follow from where it landed and from the gap between the two, which the session keeps.
    """
    if before is None:
        return None
    gap = session.get("gap") if probe.get("choice") and after else None
    if gap is not None and after is not None:
        return _median(after[0]) - gap["autonomy"], _median(after[1]) - gap["benefit"]
    return _median(before[0]), _median(before[1])


def _shown(marks: Marks | None) -> Marks | None:
    """The same; nothing where they are fewer than three, which nobody is shown."""
    return marks if marks and sum(marks[0]) >= ALONE else None


def _share(count: int, of: int) -> tuple[int, int]:
    if not 0 <= count <= of:
        raise ValueError("more than there are")
    return count, of


def _median(counts: Sequence[int]) -> float:
    up_to = list(accumulate(counts))
    n = up_to[-1]
    return (bisect(up_to, (n - 1) // 2) + bisect(up_to, n // 2)) / 2


def _groups(probe: StoredRow, session: StoredRow) -> Iterator[tuple[str, str]]:
    partners = probe.get("partners", ())
    for name in {fold(each["name"]): each["name"] for each in partners}.values():
        yield "partner", name
    for kind in {fold(each["kind"]): each["kind"] for each in partners if each.get("kind", "").strip()}.values():
        yield "kind", kind
    for issue in {fold(each): each for each in probe.get("tags") or [probe.get("issue", "")] if each.strip()}.values():
        yield "issue", issue
    if (scope := probe.get("scope", "")).strip():
        yield "scope", scope
    states = {line["state"] for line in session.get("red_lines", ())}
    if states:
        yield "red lines", next(state for state in WORST_FIRST if state in states)


def _facilitators(probe: StoredRow, led: Sequence[StoredRow]) -> tuple[str, ...]:
    """Who led it. A record without names has organisations in their place: then that isn't known."""
    names = {fold(row["alias"]) for row in led}
    if named := probe.get("facilitators"):
        names.update(map(fold, named))
    if names:
        names.discard(_SOMEBODY)
        names.discard(fold(probe.get("our_organisation", "")))
        names.difference_update([fold(each["name"]) for each in probe.get("partners", ())])
        names.difference_update([fold(row.get("organisation", "")) for row in led])
    return tuple(sorted(names))


def _in_time(probe: StoredRow, session: StoredRow) -> bool | None:
    """Reckoned as in `store.session.flow.lateness`: from when the debrief began, or where that isn't known, from its seal."""
    pact = probe.get("pact") or {}
    day, hour = pact.get("ends"), pact.get("ends_at")
    sealed, began = session["sealed"], session.get("began")
    hours = room_hours(sealed, session.get("action_ended"), began)
    over = ended(date.fromisoformat(day) if day else None, time.fromisoformat(hour) if hour else None, hours.action)
    if over is None:
        return None
    try:
        at = held_at(sealed, began, 0.0, hours)
        since = at - over
        if since.total_seconds() < 0:
            return True if not hour and at.date().isoformat() == day else None
    except (ValueError, OverflowError):  # a year that the computer's clock can't hold
        return None
    return since <= DEBRIEF_WITHIN


def _decompressed(session: StoredRow, clocks: StoredRow) -> bool | None:
    """Whether words were said, or left unsaved on purpose, or time was used; a record without clocks doesn't tell."""
    if session.get("feelings") or session.get("keep_feelings") is False:
        return True
    return clocks["decompression"]["banked"] > 0 if "decompression" in clocks else False if clocks else None
