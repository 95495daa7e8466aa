"""What earlier probes and sessions tell a new one.

An archive may hold thousands. So little is kept of each row, and when one changes only what follows from it is made again.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from store.debrief import EarlierDebrief, EarlierProbe, GroupHistory, pairs_in
from store.model import Agenda, Change, Verdict
from store.words.names import fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ProbeDigest:
    """What is kept of a probe's row.

    Attributes:
        ours: whether it is our own; other groups' probes tell nothing, they are no past of ours.
        alone: the probe without a debrief.
    """

    ours: bool
    alone: EarlierProbe

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "ProbeDigest":
        """The digest of a row as the archive holds it."""
        pact = row.get("pact") or {}
        alone = EarlierProbe(
            id=row["id"],
            title=row["title"],
            scope=row.get("scope", ""),
            began=pact.get("starts") or pact.get("ends") or row["created"],
            partners=tuple((each["name"], each.get("kind", "")) for each in row.get("partners", ())),
            facilitators=_once(row.get("facilitators", ())),
            spokespeople=tuple(row.get("spokespeople", ())),
            tags=tuple(row.get("tags", ())),
        )
        return cls(not row.get("origin") and not row.get("conflicts_with"), alone)


@dataclass(frozen=True, slots=True)
class SessionDigest:
    """What is kept of a session's row; of one that isn't a sealed debrief only its id, its probe and its agenda.

    Attributes:
        kind: which kind of session it is.
        agenda: its agenda, if it is sealed and has one.
        began: seconds by which debriefs stand in order.
        sealed: when it was sealed, in seconds since the epoch; 0 where it wasn't, or in a year that no clock holds.
    """

    id: str
    probe: str
    counts: bool = False
    began: float = 0.0
    sealed: float = 0.0
    gap: Mapping[str, Any] | None = None
    red_lines: Mapping[str, int] | None = None
    groups: Sequence[Sequence[str]] = ()
    sovereignty: Mapping[str, Change] | None = None
    held: EarlierDebrief | None = None
    kind: str = "debrief"
    agenda: Agenda | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "SessionDigest":
        """The digest of a row as the archive holds it."""
        kind = row.get("kind", "debrief")
        if not row.get("sealed"):
            return cls(row["id"], row["probe"])
        agenda = Agenda.model_validate(row["agenda"]) if row.get("agenda") else None
        if kind != "debrief":
            return cls(row["id"], row["probe"], sealed=_seconds(row["sealed"]), kind=kind, agenda=agenda)
        gap = row.get("gap")
        measured = row.get("sovereignty")
        closing = row.get("closing") or {}
        return cls(
            id=row["id"],
            probe=row["probe"],
            counts=True,
            began=row.get("began") or _seconds(row["created"]),
            sealed=_seconds(row["sealed"]),
            agenda=agenda,
            gap=gap,
            red_lines=Counter(line["state"] for line in row.get("red_lines", ())),
            groups=row.get("groups", ()),
            sovereignty={name: Change.model_validate(c) for name, c in measured.items()} if measured else None,
            held=EarlierDebrief(
                session=row["id"],
                probe=row["probe"],
                title="",
                at=row["sealed"],
                verdicts=tuple(Verdict.model_validate(each) for each in row.get("verdicts", ())),
                impulses={pull: (n, of) for pull, (n, of) in (row.get("impulses") or {}).items()},
                joined=row.get("joined"),
                sound=row.get("sound"),
                rhythm=closing.get("rhythm") or "",
                paused_until=date.fromisoformat(until) if (until := closing.get("paused_until")) else None,
            ),
        )

    def pairs(self) -> Counter[frozenset[str]]:
        """Who was in one small group with whom."""
        return pairs_in(self.groups)


class EarlierProbes:
    """All probes and sessions of an archive, as far as a debrief learns from them."""

    def __init__(self) -> None:
        self._given: tuple[object, ...] = ()
        self._agendas: dict[str, Agenda] = {}
        self._counted: dict[str, SessionDigest] = {}  # whose pairs are in `_pairs`
        self._pairs: Counter[frozenset[str]] = Counter()
        self._probes: dict[str, tuple[tuple[object, ...], EarlierProbe]] = {}  # with what each was made of
        self._held: dict[str, tuple[tuple[object, ...], EarlierDebrief]] = {}
        self._in_order: tuple[EarlierProbe, ...] = ()
        self._sovereignty: tuple[tuple[str, Mapping[str, Change]], ...] = ()
        self._debriefs: tuple[EarlierDebrief, ...] = ()
        self._places: tuple[dict[str, int], ...] = ({}, {}, {})  # of each probe or session in those three
        self._sealed: list[float] = []  # when each of those was

    def update(
        self,
        probes: Mapping[int, ProbeDigest],
        sessions: Mapping[int, SessionDigest],
        facilitators: Mapping[int, tuple[str, str]],
    ) -> None:
        """Take in what there is now, each by the number of its document.

        Args:
            probes, sessions: all of them.
            facilitators: a session and a name for each participant who facilitated.
        """
        if self._given == (probes, sessions, facilitators):
            return
        ours = {each.alone.id: each.alone for _, each in sorted(probes.items()) if each.ours}
        found = [each for _, each in sorted(sessions.items()) if each.counts and each.probe in ours]
        found.sort(key=lambda each: each.began)
        by_probe = {each.probe: each for each in found}
        led: dict[str, tuple[str, ...]] = {}
        for _, (session, name) in sorted(facilitators.items()):
            led[session] = (*led.get(session, ()), name)
        self._probes = {id: self._earlier(probe, by_probe.get(id), led) for id, probe in ours.items()}
        self._in_order = tuple(sorted((each for _, each in self._probes.values()), key=lambda each: each.began))
        measured = [(each.id, ours[each.probe].title, each.sovereignty) for each in found if each.sovereignty]
        self._sovereignty = tuple((title, changes) for _, title, changes in measured)
        self._held = {each.id: self._named(each, ours[each.probe].title) for each in found}
        debriefs = sorted(((each.sealed, self._held[each.id][1]) for each in found), key=lambda pair: pair[0])
        self._sealed, self._debriefs = [at for at, _ in debriefs], tuple(held for _, held in debriefs)
        self._places = (
            {each.id: at for at, each in enumerate(self._in_order)},
            {id: at for at, (id, _, _) in enumerate(measured)},
            {each.session: at for at, each in enumerate(self._debriefs)},
        )
        self._agendas = _latest_agendas(each for each in sessions.values() if each.probe in ours)
        self._count_pairs({each.id: each for each in found})
        self._given = probes, sessions, facilitators

    def past(self, probe: str = "", session: str = "", sealed: str | None = None) -> GroupHistory:
        """What all but one probe and session have to tell.

        Args:
            probe, session: the ids of those in hand; empty where there are none.
            sealed: when the session in hand was sealed, in ISO form: debriefs that were sealed later are left out.
        """
        pairs = self._pairs
        if session in self._counted:
            pairs = pairs - self._counted[session].pairs()
        debriefs = self._debriefs
        if sealed:
            debriefs = debriefs[: bisect_left(self._sealed, _seconds(sealed))]
        in_order, measured, held = self._places
        return GroupHistory(
            probes=_without(self._in_order, in_order.get(probe)),
            pairs=pairs,
            sovereignty=_without(self._sovereignty, measured.get(session)),
            debriefs=_without(debriefs, held.get(session)),
            agendas=self._agendas,
        )

    def _earlier(
        self, probe: EarlierProbe, session: SessionDigest | None, led: Mapping[str, tuple[str, ...]]
    ) -> tuple[tuple[object, ...], EarlierProbe]:
        names = led.get(session.id, ()) if session else ()
        made_of = (probe, session, names)
        known = self._probes.get(probe.id)
        if known is not None and known[0] == made_of:
            return known
        if session is None:
            return made_of, probe
        found = replace(
            probe,
            facilitators=_once((*probe.facilitators, *names)),
            debriefed=True,
            gap=session.gap,
            red_lines=session.red_lines or {},
        )
        return made_of, found

    def _named(self, session: SessionDigest, title: str) -> tuple[tuple[object, ...], EarlierDebrief]:
        """The debrief with its probe's title."""
        made_of = (session, title)
        known = self._held.get(session.id)
        if known is not None and known[0] == made_of:
            return known
        assert session.held is not None
        return made_of, replace(session.held, title=title)

    def _count_pairs(self, sessions: dict[str, SessionDigest]) -> None:
        """Count how often two people were together; a new count, for whoever was given the one before keeps it."""
        if sessions == self._counted:
            return
        pairs = self._pairs.copy()
        for id, session in self._counted.items():
            if sessions.get(id) is not session:
                pairs.subtract(session.pairs())
        for id, session in sessions.items():
            if self._counted.get(id) is not session:
                pairs.update(session.pairs())
        self._pairs, self._counted = +pairs, sessions


def _latest_agendas(sessions: Iterable[SessionDigest]) -> dict[str, Agenda]:
    """The agenda of the last sealed session of each kind; a session that kept to the plan leaves none."""
    latest: dict[str, SessionDigest] = {}
    for each in sessions:
        if each.sealed and each.sealed >= latest.get(each.kind, each).sealed:
            latest[each.kind] = each
    return {kind: each.agenda for kind, each in latest.items() if each.agenda is not None}


def _without(values: tuple[T, ...], place: int | None) -> tuple[T, ...]:
    return values if place is None else values[:place] + values[place + 1 :]


def _once(names: Sequence[str]) -> tuple[str, ...]:
    """Names without those that fold alike; of these the last way of writing stays."""
    return tuple({fold(name): name for name in names}.values())


def _seconds(stamp: str) -> float:
    try:
        return datetime.fromisoformat(stamp).timestamp()
    except (ValueError, OverflowError):  # a year that the computer's clock can't hold
        return 0.0
