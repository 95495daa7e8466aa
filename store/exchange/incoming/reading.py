"""Reading a file for import: a whole export, one debrief or a room file, all as checked bundles, one after another."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NoReturn
from uuid import NAMESPACE_OID, uuid5

from pydantic import ValidationError

from store.debrief import OF_THE_GROUP, Debrief
from store.exchange.bundle import LISTS, Bundle
from store.exchange.incoming.json_stream import members
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.json_document import FORM, GROUPS, HEAD
from store.matrix import figures
from store.matrix.shown import ALONE, left_over
from store.model import Moment, NonNegotiables, Placement, Probe, Record, RecurringPattern, Row, Session, stamp
from store.model.uids import of_row
from store.refused import Refused
from store.session.impulses import tally
from store.validation.limits import too_much
from store.validation.records import Mistake, Path, dotted, first_problem, validated
from store.validation.references import GroupRules
from store.words.dates import day
from store.words.json_text import encoded
from store.words.names import fold
from store.words.text import clipped

UNNUMBERED = 0
"""The number of a revision of which only the words are known: those that a probe quotes."""

GroupRows = dict[str, list[Row]]
"""What a group holds across probes, by table."""

_EXPORT = (*HEAD, *GROUPS, "probes")
_SESSIONS = ("session", "dissent_session")
_DEBRIEF = ("redraw", "probe", *_SESSIONS, *(kind.table for kind in LISTS), *GROUPS)


@dataclass(slots=True)
class Incoming:
    """What a file says of itself, as far as it has been read.

    Attributes:
        whole: whether it is an export of any number of probes, rather than one debrief.
        room: whether it is a room file.
        group: who exported it; for one debrief, the organisation it calls ours.
        anonymous: whether names and raw notes were left out.
        copy: whether it is a copy of one session of our own, as it was in hand; see `store.exchange.outgoing.session_copy`.
        held: what that group holds across probes, by table.
        lacks: what a sealed debrief doesn't say of its end, a sentence each.
    """

    whole: bool = False
    room: bool = False
    group: str = ""
    anonymous: bool = False
    copy: bool = False
    held: GroupRows = field(default_factory=dict)
    lacks: tuple[str, ...] = ()


@dataclass
class Reader:
    """A file on its way in; for the arguments see `import_file`.

    What it says of itself, `says`, is complete once all its bundles have been read.
    """

    read: Callable[[int], bytes]
    now: float
    progress: Callable[[int], None] | None = None
    says: Incoming = field(default_factory=Incoming)
    _rules: GroupRules = field(default_factory=GroupRules)
    _ids: set[str] = field(default_factory=set)
    _sessions: Sequence[str] = ()  # what the sessions of one debrief are called in its file

    def bundles(self) -> Iterator[Bundle]:
        """The probes in the file.

        Raises:
            Refused: the file can't be imported; one sentence that names the place and what is wrong there.
        """
        head: dict[str, Any] = {}
        for name, at, value in members(self.read, ("probes",), self.progress):
            if name != "probes":
                if self.says.whole and name in HEAD[1:]:
                    _refuse(name, "it has to stand before the probes")
                head[name] = value
                continue
            if not self.says.whole:
                self._begin(head)
            if at is not None:
                yield self._from_export(value, ("probes", at))
            elif value != []:
                _refuse("probes", "it should be a list")
        if self.says.whole:
            _know(head, _EXPORT)
            self._hold(head)
        elif "redraw" in head:
            yield self._from_debrief(head)
        else:
            yield self._from_room(head)

    # -------------------------------------------------------------------------------------------------- a whole export

    def _begin(self, head: Mapping[str, Any]) -> None:
        group, anonymous, copy = head.get("group", ""), head.get("anonymous", False), head.get("copy", False)
        if not isinstance(group, str) or not isinstance(anonymous, bool):
            _refuse("group and anonymous", "one should be a text, the other true or false")
        if not isinstance(copy, bool):
            _refuse("copy", "it should be true or false")
        self.says.whole, self.says.group, self.says.anonymous, self.says.copy = True, group, anonymous, copy

    def _from_export(self, data: object, path: Path) -> Bundle:
        bundle = self._checked(data, path)
        ids = {bundle.probe["id"], *(row["id"] for row in bundle.sessions)}
        if twice := min(ids & self._ids, default=None):
            _refuse(dotted(path), f"the id {clipped(twice, 20)} is there already")
        self._ids |= ids
        return bundle

    # ---------------------------------------------------------------------------------------------- a debrief by itself

    def _from_debrief(self, head: Mapping[str, Any]) -> Bundle:
        """What `redraw show --json` prints. What recurs is left out: the debriefs it was seen in aren't in the file."""
        _know(head, _DEBRIEF)
        self._sessions = [name for name in _SESSIONS if head.get(name) is not None]
        if "session" not in self._sessions and (found := next(filter(head.get, _OF_A_SESSION), None)):
            _refuse("session", f"it is missing, and there are {found}")
        lists = {kind.table: head[kind.table] for kind in LISTS if kind.table in head}
        sessions = [head[name] for name in self._sessions]
        bundle = self._checked({"probe": head.get("probe"), "sessions": sessions, **lists}, ())
        self._hold({name: rows for name, rows in head.items() if name != RecurringPattern.table})
        self.says.group, self.says.lacks = bundle.probe["our_organisation"], tuple(lacks(bundle))
        bundle, self.says.held = with_revision(bundle, self.says.held)
        return bundle

    def _from_room(self, head: Mapping[str, Any]) -> Bundle:
        found = read_room(head, stamp(self.now))
        own = {"uid": of_row(found.probe.row()), "file_digest": str(uuid5(NAMESPACE_OID, encoded(head)))}
        bundle, held = bundled(replace(found, probe=found.probe.but(**own)))
        self.says.room, self.says.held, self.says.lacks = True, held, tuple(lacks(bundle))
        return bundle

    # ------------------------------------------------------------------------------------------------------- all of them

    def _checked(self, data: object, inside: Path) -> Bundle:
        """A probe whose every record is valid and of the present form, and rests on nothing that isn't there."""
        if not isinstance(data, dict):
            _refuse(dotted(inside), "it should be an object")
        if "probe" not in data:
            self._refuse_first([Mistake((*inside, "probe"), "it is missing")])
        self._refuse_first(filter(None, [too_much(data, inside)]))
        rows: dict[type[Record], list[Row]] = {}
        for kind in _IN_A_PROBE:
            try:
                rows[kind] = validated(kind, [data["probe"]] if kind is Probe else data.get(kind.table, []))
            except ValidationError as error:
                path, what = first_problem(error)
                self._refuse_first([Mistake((*inside, kind.table, *path), what)])
        if unknown := next((name for name in data if name not in _NAMES_IN_A_PROBE), None):
            self._refuse_first([Mistake((*inside, unknown), "there is no such name here")])
        # A file with names can hold a probe of another group that came without them: then it has no moments either.
        self._refuse_first(self._rules.within(rows, inside, named=False if self.says.anonymous else None))
        told = {row["session"] for row in rows[Moment] if not row["added_later"]} if not self.says.anonymous else ()
        self._refuse_first(_twice_in_groups(rows[Session], inside, told))
        if not self.says.copy:
            rows[Session] = [_with_what_may_be_told(row, rows[Placement]) for row in rows[Session]]
        return Bundle(rows[Probe][0], rows[Session], {kind.table: rows[kind] for kind in LISTS})

    def _hold(self, head: Mapping[str, Any]) -> None:
        """Check and keep what the group holds across probes, and all that the probes say of it."""
        rows: dict[type[Record], list[Row]] = {}
        for kind in OF_THE_GROUP:
            try:
                rows[kind] = validated(kind, head.get(kind.table, []))
            except ValidationError as error:
                path, what = first_problem(error)
                _refuse(dotted((kind.table, *path)), what)
        self._refuse_first(self._rules.across(rows, conflicts=self.says.whole))
        self.says.held = {kind.table: of_kind for kind, of_kind in rows.items()}

    def _refuse_first(self, problems: Iterable[Mistake]) -> None:
        """Refuse the file for the first of some problems, if there is any."""
        for path, what in problems:
            inside = path[:2] if self.says.whole and path[0] == "probes" else ()
            record, at, *rest = (*path[len(inside) :], "", "")
            if record == Probe.table:
                path = (*inside, "probe", *rest)
            elif record == Session.table and isinstance(at, int) and self._sessions:
                path = (self._sessions[at], *rest)
            _refuse(dotted(path), what)


_IN_A_PROBE: tuple[type[Record], ...] = (Probe, Session, *LISTS)
_NAMES_IN_A_PROBE = ("probe", Session.table, *(kind.table for kind in LISTS))
_OF_A_SESSION = tuple(kind.table for kind in LISTS if kind.key_fields[0] == "session")


def _with_what_may_be_told(session: Row, placements: Sequence[Row]) -> Row:
    """A session without the gap that it says it kept, where that would be one or two people's."""
    if (gap := session.get("gap")) is None:
        return session
    expected, actual = (sum(row["round"] == turn for row in placements) for turn in (0, 1))
    if min(expected, actual) < ALONE or not session["revealed"]:
        return {**session, "gap": None}
    same = (gap.get("paired") or {}).get("n", ALONE)
    if same < ALONE or same > min(expected, actual) or left_over(actual - same):
        return {**session, "gap": {name: value for name, value in gap.items() if name != "paired"}}
    return session


def _twice_in_groups(sessions: Sequence[Row], inside: Path, named: Collection[str]) -> Iterator[Mistake]:
    """Who is in two groups of a session, or in one of them twice; in one that isn't among those `named` many appear under one."""
    for at, session in enumerate(sessions):
        if session["id"] not in named:
            continue
        people = Counter(fold(name) for group in session["groups"] for name in group)
        for name, times in people.most_common(1):
            if times > 1:
                yield Mistake((*inside, Session.table, at, "groups"), f"{clipped(name, 40)} is there twice")


def _know(head: Mapping[str, Any], known: Iterable[str]) -> None:
    if head.get("redraw") != FORM:
        raise Refused(
            f"The file is of a form that this Redraw doesn't know (it knows {FORM}): update Redraw to import it."
        )
    if unknown := next((name for name in head if name not in known), None):
        _refuse(clipped(unknown, 60), f"an export holds only {', '.join(known)}")


def _refuse(place: str, what: str) -> NoReturn:
    raise Refused(f"Fix the file at {place}: {what}.")


def bundled(found: Debrief) -> tuple[Bundle, GroupRows]:
    """The debrief, and what its group holds. A sealed one gets the figures that the close keeps for the logbook."""
    if found.sealed:
        found = found.with_session(gap=figures.figures(found).gap, impulses=tally(found.dissent))
    held = {kind.table: [each.row() for each in getattr(found, kind.table)] for kind in OF_THE_GROUP}
    return with_revision(Bundle.of(found), held)


def with_revision(bundle: Bundle, held: GroupRows) -> tuple[Bundle, GroupRows]:
    """The same; where a pact quotes principles and not their revision, with those words as a revision of their own."""
    probe, revisions = bundle.probe, held[NonNegotiables.table]
    if not probe["non_negotiables"] or any(row["number"] == probe["statement"] for row in revisions):
        return bundle, held
    quoted = NonNegotiables(number=UNNUMBERED, at=probe["created"], principles=probe["non_negotiables"])
    return (
        Bundle({**probe, "statement": UNNUMBERED}, bundle.sessions, bundle.lists),
        {**held, NonNegotiables.table: [*revisions, quoted.row()]},
    )


def lacks(bundle: Bundle) -> Iterator[str]:
    """What a sealed debrief from elsewhere doesn't say of its end, though a room here would have to, a sentence each."""
    session, sunset = bundle.of_kind("debrief"), bundle.probe["pact"]["sunset"]
    if session is None or not session["sealed"]:
        return
    closing = session["closing"]
    if closing["sunset"] is None:
        yield "It doesn't say how it closed: it counts as a debrief that is over."
    if closing["sunset"] == "renew" and closing["renewed_until"] is None:
        lapses = f" on {day(date.fromisoformat(sunset))}" if sunset else ""
        yield f"It is marked renewed but has no new end, so it still lapses{lapses}."
