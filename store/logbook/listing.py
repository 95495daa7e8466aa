"""The logbook's list: every probe with its state, due ones first. Reads rows as they are in the archive, quickly.

Like everything that `redraw note` imports, it uses no dataclasses: loading them takes a sixth of the time of a note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from store.probe_state import ProbeState, RowSource, State, StoredRow, past_day, state_of
from store.words.dates import date_of
from store.words.sought import folded, wanted

if TYPE_CHECKING:
    from store.matrix.gap import GapRow

_ORDER = {
    State.LIVE: 0,
    State.OVERDUE: 1,
    State.DUE: 1,
    State.CONFLICT: 2,
    State.RUNNING: 3,
    State.PLANNED: 4,
    State.DEBRIEFED: 5,
    State.LAPSED: 6,
}
_THEIRS = 7


class LogbookEntry(NamedTuple):
    """A probe in the list.

    Attributes:
        probe, session: their ids; `session` is empty where there is none.
        state: where it stands.
        when: the state in words: “debrief within 13 h”, “sunset 2 October”; of another group's probe whose it is.
        title, partners: as typed.
        gap: against expectation, as the session keeps it, where it was debriefed and both were placed.
        phase: the phase that a live session is in.
        dissent: the phase that an unfinished open dissent session is in.
        owed: whether its debrief is due or overdue, also where the probe has lapsed meanwhile.
        origin: the group whose probe it is; empty for our own.
        conflicts_with: the probe that it differs from, as long as nobody has decided which of the two stays.
        rows: parts of the probe and its debrief, as they are in the archive, for the details.
    """

    probe: str
    session: str
    state: State
    when: str
    title: str
    partners: tuple[str, ...]
    gap: GapRow | None
    phase: str
    dissent: str = ""
    owed: bool = False
    origin: str = ""
    conflicts_with: str = ""
    rows: tuple[StoredRow, StoredRow] = ({}, {})

    def __hash__(self) -> int:
        """From what tells it apart from the others: its rows have no hash."""
        return hash((self.probe, self.state, self.when, self.title))

    @property
    def may_dissent(self) -> bool:
        """Whether an open dissent session can be begun for it or gone on with, as far as the list can tell."""
        return not self.session and (bool(self.dissent) or self.unfinished)

    @property
    def ours(self) -> bool:
        """Whether it is our own probe: others' can be looked at, but never debriefed here."""
        return not self.origin and not self.conflicts_with

    @property
    def wants_debrief(self) -> bool:
        """Whether its debrief can be started or gone on with."""
        return self.ours and (not self.session or bool(self.phase))

    @property
    def observable(self) -> bool:
        """Whether it is one of ours that is running, being debriefed or waiting for its debrief."""
        return self.ours and (self.state in (State.RUNNING, State.LIVE) or self.owed)

    @property
    def unfinished(self) -> bool:
        """Whether its action has not ended, as far as the pact says."""
        return self.ours and self.state in (State.RUNNING, State.PLANNED)

    @property
    def pressing(self) -> bool:
        """Whether somebody should debrief it now."""
        return self.owed or (self.ours and self.state is State.LIVE)

    def when_within(self, length: int) -> str:
        """`when` where it has at most so many characters; otherwise without the word sunset, or only its last and pressing part."""
        shorter = (self.when, self.when.removeprefix("sunset "), self.when.rpartition(", ")[2])
        return next((said for said in shorter if len(said) <= length), shorter[-1])

    @property
    def searched(self) -> str:
        """What typing is compared with."""
        more = *self.partners, *self.rows[0].get("tags", ())
        return _searched(self.probe, self.session, self.state, self.when, self.title, self.origin, *more)


@lru_cache(maxsize=1 << 16)  # it is asked again of each probe at every letter
def _searched(*texts: str) -> str:
    return folded(" ".join(texts))


TOLD = (
    *("probe", "session", "state", "when", "title", "partners", "gap", "phase", "dissent", "owed"),
    *("origin", "conflicts_with"),
)
"""The fields of an entry that are printed for other programs. The rows are not among them: who facilitates next stands there."""


def entries(archive: RowSource, now: datetime) -> tuple[LogbookEntry, ...]:
    """Every probe: live sessions first, then what is due, most pressing first; then running and planned ones; then, each newest
    first, debriefed and lapsed ones and those of other groups.

    Raises:
        ArchiveError: a record isn't as Redraw writes it.
    """
    try:
        sessions: dict[str, dict[str, StoredRow]] = {"debrief": {}, "dissent": {}}
        for row in archive.each("sessions"):
            sessions[row.get("kind", "debrief")][row["probe"]] = row
        debriefs, dissents = sessions["debrief"], sessions["dissent"]
        found = [_entry(row, debriefs.get(id := row["id"]), dissents.get(id), now) for row in archive.each("probes")]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        # Not before: `redraw note` looks at the states without an archive.
        from store.archive.archive import ArchiveError

        raise ArchiveError("A probe or a session in the archive is damaged: “redraw check” says which.") from error
    return tuple(entry for _, entry in sorted(found, key=lambda pair: pair[0]))


def _entry(
    row: StoredRow, session: StoredRow | None, before: StoredRow | None, now: datetime
) -> tuple[tuple[int, int, str], LogbookEntry]:
    """A probe in the list, with its debrief and its open dissent session, and its place there."""
    pact = row.get("pact") or {}
    stands = state_of(pact, session, now)
    origin, differs = row.get("origin", ""), row.get("conflicts_with", "")
    theirs = bool(origin or differs)
    dissent = ""
    if differs:
        stands = ProbeState(State.CONFLICT, f"differs from {differs}")
    elif origin:
        stands = ProbeState(stands.state, f"of {origin}")
    elif before and not before.get("sealed") and not session and stands.state in (State.RUNNING, State.PLANNED):
        dissent = before["phase"]
        stands = ProbeState(State.LIVE, f"dissent, at {dissent}")
    gap = session.get("gap") if session else None
    entry = LogbookEntry(
        probe=row["id"],
        session=session["id"] if session else "",
        state=stands.state,
        when=stands.when,
        title=row["title"],
        partners=tuple(partner["name"] for partner in row.get("partners", ())),
        gap=gap or None,
        phase=session["phase"] if session and not session.get("sealed") and not theirs else "",
        dissent=dissent,
        owed=stands.owed and not theirs,
        origin=origin,
        conflicts_with=differs,
        rows=_seen_closer(row, session or {}),
    )
    order = _THEIRS if origin and not differs else _ORDER[State.OVERDUE if entry.owed else stands.state]
    return (order, *_place(order, row, session)), entry


def _place(order: int, row: StoredRow, session: StoredRow | None) -> tuple[int, str]:
    """Where a probe stands among those of its order: what is to come by its day and hour, the past by the day that is shown."""
    pact = row.get("pact") or {}
    last = date_of(pact.get("ends") or pact.get("starts") or row["created"])
    if order < _ORDER[State.DEBRIEFED]:
        return last.toordinal(), pact.get("ends_at") or "24:00"
    day = past_day(pact, session) if order < _THEIRS else None
    return -(day or last).toordinal(), ""


def _seen_closer(probe: StoredRow, session: StoredRow) -> tuple[StoredRow, StoredRow]:
    """What the list keeps of the rows of a probe and its debrief: short texts, since there may be thousands."""
    return {
        **_some(probe, "place", "debrief_place", "scope", "issue", "tags"),
        "partners": [_some(each, "name", "kind") for each in probe.get("partners", ())],
        "pact": _some(probe.get("pact") or {}, "starts", "ends", "sunset", "agreed", "purpose", "red_lines"),
    }, {
        **_some(session, "sealed", "sovereignty", "red_lines"),
        "closing": _some(
            session.get("closing") or {}, "sunset", "renewed_until", "rhythm", "paused_until", "next_facilitator"
        ),
    }


def _some(row: StoredRow, *fields: str) -> StoredRow:
    """The given fields that hold anything."""
    return {name: found for name in fields if (found := row.get(name))}


def under_way(found: Iterable[LogbookEntry]) -> tuple[LogbookEntry, ...]:
    """The probes that an observation can be for: those that are running; else a live debrief; else those that are due."""
    listed = tuple(entry for entry in found if entry.ours)
    running = tuple(entry for entry in listed if entry.state is State.RUNNING)
    live = tuple(entry for entry in listed if entry.state is State.LIVE)
    return running or live or tuple(entry for entry in listed if entry.owed)


def alike(shown: Iterable[LogbookEntry], theirs: bool) -> tuple[str, ...]:
    """The conflicts that can be decided alike: in favour of ours, all; in favour of theirs, those where only one probe came in,
    since only one of several can take a place.
    """
    found = [each for each in shown if each.conflicts_with]
    times = Counter(each.conflicts_with for each in found)
    return tuple(each.probe for each in found if not theirs or times[each.conflicts_with] == 1)


def matching(found: tuple[LogbookEntry, ...], typed: str) -> tuple[LogbookEntry, ...]:
    """The entries that have every word and phrase typed."""
    words = wanted(typed)
    return tuple(entry for entry in found if (text := entry.searched) and all(word in text for word in words))
