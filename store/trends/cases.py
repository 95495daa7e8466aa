"""The debriefed probes as cases: of each what can be counted across probes, from the rows as they stand in the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Protocol

from store.archive.archive import ArchiveError
from store.matrix.statistics import POINTS, agreement
from store.phases import NAMES
from store.probe_state import DEBRIEF_WITHIN, ended
from store.words.names import SOMEBODY, fold

if TYPE_CHECKING:
    from store.model import Pull

OURS = ""
"""Whose probes are our own."""

MEASURES = ("decision-making capacity", "skills", "infrastructure", "narrative clarity")
"""The four measures of sovereignty, as the records name them."""

WORST_FIRST = ("crossed", "strained", "held")

PIECE = 1000
"""Rows after which the work is laid down for a moment: some milliseconds."""

Row = Mapping[str, Any]
Mark = tuple[int, int]


class Rows(Protocol):
    """What this needs of an archive."""

    def each(self, table: str) -> Iterable[Row]:
        """The documents of a table, one after another."""

    def where(self, table: str, field: str, value: str | int) -> Iterable[Row]:
        """Those of them in which a field has a value."""


@dataclass(frozen=True, slots=True)
class Case:
    """A probe that was debriefed. What isn't known is None, or left out.

    Attributes:
        probe, session, title, day: which one, and the day of its debrief in ISO form.
        whose: the group whose probe it is; empty for ours.
        groups: where it is counted, as pairs of dimension and value: `("kind", "party")`.
        expected, actual: medians, autonomy and benefit.
        gap: actual less expected.
        sovereignty: the change of each measure that was said, −2 to +2.
        turnout: how many came; it is never added in.
        agreement: van der Eijk's A of the first round on autonomy and on benefit.
        times: seconds planned and used, of each phase by its name.
        in_time: whether the debrief began within 24 hours of the action.
        decompressed: whether the room took time for its feelings.
        facilitators: who led it, folded; only ever counted. Empty where that isn't known.
        rhythm: what was to come next: act, reflect or pause.
        impulses: of the positions of dissent for each pull, how many were borne out, and of how many that was said.
    """

    probe: str
    session: str
    title: str
    day: str
    whose: str
    groups: tuple[tuple[str, str], ...]
    expected: tuple[float, float] | None
    actual: tuple[float, float] | None
    gap: tuple[float, float] | None
    sovereignty: Mapping[str, int]
    turnout: int | None
    agreement: tuple[float, float] | None
    times: Mapping[str, tuple[float, float]]
    in_time: bool | None
    decompressed: bool | None
    facilitators: tuple[str, ...]
    rhythm: str | None
    impulses: Mapping[Pull, tuple[int, int]]


def read(archive: Rows) -> Iterator[float | tuple[Case, ...]]:
    """Read all cases, oldest first, a piece at a time: how much of it is done, 0 to 1, again and again, and at last the cases.

    A probe from elsewhere that differs from the same probe here is no case until that is decided.

    Raises:
        ArchiveError: a record isn't as Redraw writes it.
    """
    try:
        probes = {row["id"]: row for row in archive.each("probes") if not row.get("conflicts_with")}
        yield 0.1
        sessions = [
            row
            for row in archive.each("sessions")
            if row.get("sealed") and row.get("kind", "debrief") == "debrief" and row["probe"] in probes
        ]
        yield 0.2
        marks: dict[tuple[str, bool], list[Mark]] = {}
        for at, row in enumerate(archive.each("placements"), 1):
            if row["round"] < 2:
                marks.setdefault((row["probe"], row["round"] > 0), []).append((row["autonomy"], row["benefit"]))
            if at % PIECE == 0:
                yield 0.8 - 0.6 * 10 * PIECE / (at + 10 * PIECE)
        led: dict[str, list[Row]] = {}
        for row in archive.where("participants", "role", "facilitator"):
            led.setdefault(row["session"], []).append(row)
        found: list[Case] = []
        for at, row in enumerate(sessions, 1):
            id = row["probe"]
            expected, actual = marks.get((id, False), ()), marks.get((id, True), ())
            found.append(_case(probes[id], row, expected, actual, led.get(row["id"], ())))
            if at % 50 == 0:
                yield 0.8 + 0.2 * at / len(sessions)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArchiveError("A record in the archive is damaged: “redraw check” says which.") from error
    yield tuple(sorted(found, key=lambda case: case.day))


def cases(archive: Rows) -> tuple[Case, ...]:
    """The same at once."""
    (found,) = (each for each in read(archive) if isinstance(each, tuple))
    return found


def of_ours(found: Iterable[Case]) -> tuple[Case, ...]:
    """Those that are our own."""
    return tuple(case for case in found if case.whose == OURS)


def whose(found: Iterable[Case]) -> Mapping[str, int]:
    """How many are of which group; ours under an empty name, if there are any."""
    counted: dict[str, int] = {}
    for case in found:
        counted[case.whose] = counted.get(case.whose, 0) + 1
    return counted


def _case(probe: Row, session: Row, expected: Sequence[Mark], ballots: Sequence[Mark], led: Sequence[Row]) -> Case:
    gap, clocks = session.get("gap"), session.get("clocks") or {}
    return Case(
        probe=probe["id"],
        session=session["id"],
        title=probe["title"],
        day=session["sealed"][:10],
        whose=probe.get("origin", OURS),
        groups=tuple(_groups(probe, session)),
        expected=_centre(expected),
        actual=_centre(ballots),
        gap=(gap["autonomy"], gap["benefit"]) if gap else None,
        sovereignty={name: said["change"] for name, said in (session.get("sovereignty") or {}).items()},
        turnout=session.get("turnout"),
        agreement=(_agreement([x for x, _ in ballots]), _agreement([y for _, y in ballots])) if ballots else None,
        times={name: (clocks[name]["planned"], clocks[name]["banked"]) for name in NAMES if name in clocks},
        in_time=_in_time(probe, session),
        decompressed=_decompressed(session, clocks),
        facilitators=_facilitators(probe, led),
        rhythm=(session.get("closing") or {}).get("rhythm"),
        impulses={pull: _share(*said) for pull, said in (session.get("impulses") or {}).items()},
    )


def _share(count: int, of: int) -> tuple[int, int]:
    if not 0 <= count <= of:
        raise ValueError("more than there are")
    return count, of


def _centre(marks: Sequence[Mark]) -> tuple[float, float] | None:
    if not marks:
        return None
    xs, ys = sorted(x for x, _ in marks), sorted(y for _, y in marks)
    low, high = (len(marks) - 1) // 2, len(marks) // 2
    return (xs[low] + xs[high]) / 2, (ys[low] + ys[high]) / 2


def _agreement(values: Sequence[int]) -> float:
    counts = [0] * POINTS
    for value in values:
        counts[value] += 1
    return agreement(counts)


def _groups(probe: Row, session: Row) -> Iterator[tuple[str, str]]:
    partners = probe.get("partners", ())
    for name in {fold(each["name"]): each["name"] for each in partners}.values():
        yield "partner", name
    for kind in {fold(each["kind"]): each["kind"] for each in partners if each.get("kind", "").strip()}.values():
        yield "kind", kind
    for dimension in ("issue", "scope"):
        if (value := probe.get(dimension, "")).strip():
            yield dimension, value
    states = {line["state"] for line in session.get("red_lines", ())}
    if states:
        yield "red lines", next(state for state in WORST_FIRST if state in states)


def _facilitators(probe: Row, led: Iterable[Row]) -> tuple[str, ...]:
    """Who led it. A record without names has organisations in their place: then that isn't known."""
    names = {fold(name) for name in (*(row["alias"] for row in led), *probe.get("facilitators", ()))}
    organisations = (
        probe.get("our_organisation", ""),
        *(each["name"] for each in probe.get("partners", ())),
        *(row.get("organisation", "") for row in led),
    )
    return tuple(sorted(names - {fold(SOMEBODY), *map(fold, organisations)}))


def _in_time(probe: Row, session: Row) -> bool | None:
    """As `store.session.flow.lateness` reckons: a debrief is as late as it began, or where only its seal is known, as that."""
    pact = probe.get("pact") or {}
    day, hour = pact.get("ends"), pact.get("ends_at")
    over = ended(datetime.fromisoformat(day).date() if day else None, time.fromisoformat(hour) if hour else None)
    if over is None:
        return None
    began = session.get("began")
    try:
        at = datetime.fromisoformat(session["sealed"]) if began is None else datetime.fromtimestamp(began, UTC)
        at = at.astimezone()
    except (ValueError, OverflowError):  # a year that the computer's clock can't hold
        return None
    since = at - over
    if since.total_seconds() < 0:
        return True if not hour and at.date().isoformat() == day else None
    return since <= DEBRIEF_WITHIN


def _decompressed(session: Row, clocks: Row) -> bool | None:
    """Words were said, or left unsaved on purpose, or time was used; not known of a record without clocks."""
    if session.get("feelings") or session.get("keep_feelings") is False:
        return True
    return clocks["decompression"]["banked"] > 0 if "decompression" in clocks else False if clocks else None
