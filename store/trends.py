"""What the logbook shows across probes: counts with their denominators and intervals, each with the probes behind it.

One count says of some probes (those with one partner, one kind of partner, one issue, one scope, one fate of the red lines)
in how many something happened that a room can learn from. A probe of which that isn't known is in neither number.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from store.names import fold
from store.statistics import POINTS, agreement, wilson

OURS = ""
"""Whose probes are our own."""

ENOUGH = 3
"""Cases from which on a count may be called a pattern; one is a case, two are two."""

EVERYWHERE = "all probes"
_MEASURES = ("decision-making capacity", "skills", "infrastructure", "narrative clarity")


class Rows(Protocol):
    """What this needs of an archive."""

    def rows(self, table: str) -> Any:
        """The documents of a table."""


@dataclass(frozen=True, slots=True)
class Case:
    """A probe that was debriefed.

    Attributes:
        probe, session, title, day: which one, and the day of its debrief in ISO form.
        whose: the group whose probe it is; empty for ours.
        groups: where it is counted, as pairs of dimension and value: `("kind", "party")`.
        expected, actual: medians, autonomy and benefit; None where nobody placed it.
        gap: actual less expected.
        sovereignty: the change of each measure that was said, −2 to +2.
        agreement: van der Eijk's A of the first round on autonomy and on benefit.
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
    agreement: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that did or didn't happen in a probe; `holds` answers None where that isn't known."""

    name: str
    holds: Callable[[Case], bool | None]


def _gap(axis: int, sign: int) -> Callable[[Case], bool | None]:
    return lambda case: None if case.gap is None else case.gap[axis] * sign > 0


def _measure(name: str, sign: int) -> Callable[[Case], bool | None]:
    return lambda case: None if (change := case.sovereignty.get(name)) is None else change * sign > 0


def _split(axis: int) -> Callable[[Case], bool | None]:
    return lambda case: None if case.agreement is None else case.agreement[axis] < 0


FACTS: tuple[Fact, ...] = (
    Fact("less autonomy than expected", _gap(0, -1)),
    Fact("more autonomy than expected", _gap(0, 1)),
    Fact("less benefit than expected", _gap(1, -1)),
    Fact("more benefit than expected", _gap(1, 1)),
    *(Fact(f"{name} fell", _measure(name, -1)) for name in _MEASURES),
    *(Fact(f"{name} rose", _measure(name, 1)) for name in _MEASURES),
    Fact("the room was split on autonomy", _split(0)),
    Fact("the room was split on benefit", _split(1)),
)
"""What is counted, in the order in which it is listed where the counts are equal."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One count.

    Attributes:
        dimension, value: which probes: `kind`, `party`; of all of them `all probes` and an empty text.
        fact: what happened.
        count, of: in how many of how many.
        low, high: Wilson's 95 % interval of that share, 0 to 1.
        elsewhere: the same count over the other probes, how many of how many.
        probes: the ids of those in which it happened; `cases`: of all that were counted.
    """

    dimension: str
    value: str
    fact: str
    count: int
    of: int
    low: float
    high: float
    elsewhere: tuple[int, int]
    probes: tuple[str, ...]
    cases: tuple[str, ...]

    @property
    def is_pattern(self) -> bool:
        """Whether it repeats, and more here than elsewhere: `ENOUGH` cases, and intervals that don't touch.

        Where there is no elsewhere it has to be more than half, by the whole interval.
        """
        if self.count < ENOUGH:
            return False
        there = wilson(*self.elsewhere)[1] if self.elsewhere[1] else 0.5
        return self.low > there


def cases(archive: Rows) -> tuple[Case, ...]:
    """All debriefed probes, oldest first, from the rows as they stand in the archive."""
    probes = {row["id"]: row for row in archive.rows("probes")}
    ballots: dict[str, list[tuple[int, int]]] = {}
    expected: dict[str, list[tuple[int, int]]] = {}
    for row in archive.rows("placements"):
        if row["round"] < 2:
            (ballots if row["round"] else expected).setdefault(row["probe"], []).append(
                (row["autonomy"], row["benefit"])
            )
    found = [
        _case(probes[row["probe"]], row, expected.get(row["probe"], ()), ballots.get(row["probe"], ()))
        for row in archive.rows("sessions")
        if row.get("sealed") and row.get("kind", "debrief") == "debrief" and row["probe"] in probes
    ]
    return tuple(sorted(found, key=lambda case: case.day))


def _case(
    probe: Mapping[str, Any],
    session: Mapping[str, Any],
    expected: Sequence[tuple[int, int]],
    ballots: Sequence[tuple[int, int]],
) -> Case:
    gap = session.get("gap")
    axes = tuple(zip(*ballots, strict=True))
    before, after = _centre(expected), _centre(ballots)
    return Case(
        probe=probe["id"],
        session=session["id"],
        title=probe["title"],
        day=session["sealed"][:10],
        whose=probe.get("origin", OURS),
        groups=tuple(_groups(probe, session)),
        expected=before,
        actual=after,
        gap=(gap["autonomy"], gap["benefit"]) if gap else None,
        sovereignty={name: said["change"] for name, said in (session.get("sovereignty") or {}).items()},
        agreement=(_agreement(axes[0]), _agreement(axes[1])) if axes else None,
    )


def _centre(marks: Sequence[tuple[int, int]]) -> tuple[float, float] | None:
    if not marks:
        return None
    xs, ys = sorted(x for x, _ in marks), sorted(y for _, y in marks)
    low, high = (len(marks) - 1) // 2, len(marks) // 2
    return (xs[low] + xs[high]) / 2, (ys[low] + ys[high]) / 2


def _agreement(values: Sequence[int]) -> float:
    return agreement([values.count(point) for point in range(POINTS)])


def _groups(probe: Mapping[str, Any], session: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
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
        yield "red lines", next(state for state in ("crossed", "strained", "held") if state in states)


def trends(found: Iterable[Case]) -> tuple[Trend, ...]:
    """Every count that can be made, patterns first, then by how surely it is more than elsewhere, then by how often."""
    known = tuple(found)
    names: dict[tuple[str, str], str] = {}
    members: dict[tuple[str, str], list[Case]] = {(EVERYWHERE, ""): list(known)} if known else {}
    for case in known:
        for dimension, value in case.groups:
            key = (dimension, fold(value))
            names[key] = value  # as it was typed last
            members.setdefault(key, []).append(case)
    counted: list[Trend] = []
    for fact in FACTS:
        held = {case.probe: answer for case in known if (answer := fact.holds(case)) is not None}
        total = sum(held.values())
        for key, theirs in members.items():
            of = tuple(case.probe for case in theirs if case.probe in held)
            if not of:
                continue
            those = tuple(id for id in of if held[id])
            low, high = wilson(len(those), len(of))
            counted.append(
                Trend(
                    dimension=key[0],
                    value=names.get(key, ""),
                    fact=fact.name,
                    count=len(those),
                    of=len(of),
                    low=low,
                    high=high,
                    elsewhere=(total - len(those), len(held) - len(of)),
                    probes=those,
                    cases=of,
                )
            )
    return tuple(sorted(counted, key=_rank))


def _rank(trend: Trend) -> tuple[bool, float, int]:
    count, of = trend.elsewhere
    return (not trend.is_pattern, (count / of if of else 0.0) - trend.low, -trend.count)


def in_words(trend: Trend) -> str:
    """One line as a room reads it: “narrative clarity fell in 7 of 9 probes with kind party (45 to 94 of 100), elsewhere 0 of 12”."""
    which = {
        EVERYWHERE: "of all",
        "partner": f"with {trend.value}",
        "kind": f"with partners of the kind “{trend.value}”",
        "issue": f"about “{trend.value}”",
        "scope": f"in a {trend.value}",
        "red lines": f"whose red lines were {'all held' if trend.value == 'held' else trend.value}",
    }[trend.dimension]
    count, of = trend.elsewhere
    there = f", elsewhere {count} of {of}" if of else ""
    if trend.of == 1:
        return f"{trend.fact}: {'yes' if trend.count else 'no'} in the one probe {which} (one case){there}"
    probes = "all probes" if trend.dimension == EVERYWHERE else f"probes {which}"
    return (
        f"{trend.fact} in {trend.count} of {trend.of} {probes}"
        f" ({trend.low * 100:.0f} to {trend.high * 100:.0f} of 100){there}"
    )


def as_json(counted: Iterable[Trend]) -> dict[str, object]:
    """The counts in the form of DESIGN.md's contract: each figure with its counts and the probes behind it."""
    return {
        "trends": [
            {
                "dimension": each.dimension,
                "value": each.value,
                "fact": each.fact,
                "count": each.count,
                "of": each.of,
                "interval": [each.low, each.high],
                "elsewhere": {"count": each.elsewhere[0], "of": each.elsewhere[1]},
                "pattern": each.is_pattern,
                "probes": list(each.probes),
                "cases": list(each.cases),
            }
            for each in counted
        ]
    }
