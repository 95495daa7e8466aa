"""What happened in earlier probes with a partner or with partners of the same kind, as single cases and as counts."""

from collections.abc import Iterator, Sequence
from datetime import date

from store.debrief import EarlierProbe, GroupHistory
from store.matrix.figures import gap_in_words
from store.model import HELD, Gap
from store.words.dates import date_of, day
from store.words.names import fold
from store.words.text import clipped

NEWEST = 3
"""The most cases described one by one. The others are only counted."""


def with_partner(past: GroupHistory, name: str) -> tuple[EarlierProbe, ...]:
    """Earlier probes with a partner of that name, newest first."""
    return tuple(each for each in reversed(past.probes) if any(fold(n) == fold(name) for n, _ in each.partners))


def with_kind(past: GroupHistory, kind: str) -> tuple[EarlierProbe, ...]:
    """Earlier probes with a partner of that kind, newest first."""
    return tuple(each for each in reversed(past.probes) if any(fold(k) == fold(kind) for _, k in each.partners))


def what_happened(past: GroupHistory, name: str, kind: str, today: date) -> tuple[str, ...]:
    """What a new probe with this partner can learn, line by line. Leaves out probes that haven't started by `today`."""
    begun = GroupHistory(probes=tuple(each for each in past.probes if each.debriefed or date_of(each.began) <= today))
    ours = with_partner(begun, name) if name.strip() else ()
    alike = with_kind(begun, kind) if kind.strip() else ()
    lines = []
    if ours:
        lines.append(f"Earlier with {clipped(name, 60)}: {_probes(len(ours))}.")
        lines += [f"- {case(each)}" for each in ours[:NEWEST]]
        lines += _landed(ours)
    elif name.strip():
        lines.append(f"No earlier probe with {clipped(name, 60)}.")
    if len(alike) > len(ours):
        lines.append(f"Earlier with any “{clipped(kind, 30)}”: {_probes(len(alike))}.")
        lines += [f"- {case(each)}" for each in alike if each not in ours][: NEWEST - min(NEWEST - 1, len(ours))]
        lines += _landed(alike)
    return tuple(lines)


def case(earlier: EarlierProbe) -> str:
    """One probe on one line: title, date, where it landed, and its red lines."""
    if not earlier.debriefed:
        learned = "not debriefed"
    elif earlier.gap is None:
        learned = "debriefed, gap unknown"
    else:
        x, y = earlier.gap
        learned = gap_in_words(Gap(autonomy=x, benefit=y, length=0)).rstrip(".")
    marked = ", ".join(f"{earlier.red_lines[state]} {state}" for state in HELD if earlier.red_lines.get(state))
    lines = f"; red lines: {marked}" if marked else ""
    return f"{clipped(earlier.title, 60)}, {day(date_of(earlier.began))}: {learned}{lines}"


def _probes(count: int) -> str:
    return "one probe" if count == 1 else f"{count} probes"


def _landed(cases: Sequence[EarlierProbe]) -> Iterator[str]:
    """How often autonomy was lower than expected, among the cases with a known gap."""
    gaps = [each.gap for each in cases if each.gap is not None]
    less = sum(autonomy < 0 for autonomy, _ in gaps)
    if len(gaps) == 1:
        yield "This is a single case."
    elif gaps:
        yield f"{less} of {len(gaps)} landed with less autonomy than expected."
