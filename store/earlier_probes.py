"""What earlier probes and sessions tell a new one, from the rows as they stand in the archive."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any

from store.debrief import Earlier, Held, Past
from store.model import Change, Verdict
from store.words.names import fold

Row = Mapping[str, Any]


def past(
    probes: Sequence[Row], sessions: Sequence[Row], facilitators: Iterable[Row], present: str, present_session: str
) -> Past:
    """What all but the present probe and session have to tell. Other groups' probes tell nothing: they are no past of ours.

    Args:
        probes, sessions: all rows.
        facilitators: the rows of those participants who facilitated.
        present, present_session: the ids of those in hand; empty where there are none.
    """
    probes = [row for row in probes if not row.get("origin") and not row.get("conflicts_with")]
    own = {row["id"] for row in probes}
    earlier = sorted(
        (
            row
            for row in sessions
            if row["id"] != present_session
            and row.get("sealed")
            and row.get("kind", "debrief") == "debrief"
            and row["probe"] in own
        ),
        key=lambda row: row.get("began") or _seconds(row["created"]),
    )
    by_probe = {row["probe"]: row for row in earlier}
    titles = {row["id"]: row["title"] for row in probes}
    led: dict[str, list[str]] = {}
    for row in facilitators:
        led.setdefault(row["session"], []).append(row["alias"])
    others = (row for row in probes if row["id"] != present)
    return Past(
        probes=tuple(
            sorted((_earlier(row, by_probe.get(row["id"]), led) for row in others), key=lambda each: each.began)
        ),
        pairs=Counter(
            frozenset(pair)
            for row in earlier
            for group in row.get("groups", ())
            for pair in combinations(map(fold, group), 2)
        ),
        sovereignty=tuple(
            (titles.get(row["probe"], ""), {name: Change.model_validate(c) for name, c in measured.items()})
            for row in earlier
            if (measured := row.get("sovereignty"))
        ),
        debriefs=_debriefs(probes, sessions, earlier, present_session),
    )


def _debriefs(probes: Sequence[Row], sessions: Sequence[Row], sealed: Sequence[Row], present: str) -> tuple[Held, ...]:
    """Those debriefs of ours that were sealed before the present one; what others learned is in their book, not in ours."""
    titles = {row["id"]: row["title"] for row in probes}
    until = next((row.get("sealed") for row in sessions if row["id"] == present), None)
    end = _seconds(until) if until else math.inf
    held = [
        (
            at,
            Held(
                session=row["id"],
                probe=row["probe"],
                title=titles[row["probe"]],
                at=row["sealed"],
                verdicts=tuple(Verdict.model_validate(each) for each in row.get("verdicts", ())),
                impulses={pull: (n, of) for pull, (n, of) in (row.get("impulses") or {}).items()},
            ),
        )
        for row in sealed
        if (at := _seconds(row["sealed"])) < end
    ]
    return tuple(each for _, each in sorted(held, key=lambda pair: pair[0]))


def _earlier(probe: Row, session: Row | None, led: Mapping[str, Sequence[str]]) -> Earlier:
    pact = probe.get("pact") or {}
    gap = session.get("gap") if session else None
    people = (*probe.get("facilitators", ()), *(led.get(session["id"], ()) if session else ()))
    return Earlier(
        id=probe["id"],
        title=probe["title"],
        scope=probe.get("scope", ""),
        began=pact.get("starts") or pact.get("ends") or probe["created"],
        partners=tuple((each["name"], each.get("kind", "")) for each in probe.get("partners", ())),
        facilitators=tuple({fold(name): name for name in people}.values()),
        spokespeople=tuple(probe.get("spokespeople", ())),
        debriefed=session is not None,
        gap=(gap["autonomy"], gap["benefit"]) if gap else None,
        red_lines=Counter(line["state"] for line in session.get("red_lines", ())) if session else {},
    )


def _seconds(stamp: str) -> float:
    try:
        return datetime.fromisoformat(stamp).timestamp()
    except (ValueError, OverflowError):  # a year that the computer's clock can't hold
        return 0.0
