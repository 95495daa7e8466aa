"""Reading a file for import: a whole export, one debrief or a room file, all as checked bundles, one after another."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, NoReturn
from uuid import NAMESPACE_OID, uuid5

from pydantic import ValidationError, create_model

from store.debrief import OF_THE_GROUP
from store.exchange.bundle import LISTS, Bundle
from store.exchange.incoming.debrief_bundle import Held, bundled, lacks, with_revision
from store.exchange.incoming.json_stream import members
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.debrief_json import FORM
from store.exchange.outgoing.json_document import GROUPS, HEAD
from store.model import Probe, RecurringPattern, Session, stamp
from store.model.base import Value
from store.refused import Refused
from store.validation.problems import Problem, dotted, first_problem
from store.validation.records import dumped, validated
from store.validation.references import IN_ORDER, GroupRules, ProbeRules, Where
from store.words.json_text import encoded
from store.words.text import clipped

_EXPORT = (*HEAD, *GROUPS, "probes")
_SESSIONS = {"session": "debrief", "dissent_session": "dissent"}
_DEBRIEF = ("redraw", "probe", *_SESSIONS, *(kind.table for kind in LISTS), *GROUPS)


@dataclass(slots=True)
class Incoming:
    """What a file says of itself, as far as it has been read.

    Attributes:
        whole: whether it is an export of any number of probes, rather than one debrief.
        room: whether it is a room file.
        group: who exported it; for one debrief, the organisation it calls ours.
        anonymous: whether names and raw notes were left out.
        held: what that group holds across probes, by table.
        lacks: what a sealed debrief doesn't say of its end, a sentence each.
    """

    whole: bool = False
    room: bool = False
    group: str = ""
    anonymous: bool = False
    held: Held = field(default_factory=lambda: {name: [] for name in GROUPS})
    lacks: tuple[str, ...] = ()


@cache
def _probe_in_a_file() -> type[Any]:
    """A probe with all that belongs to it, as an export holds it."""
    lists: dict[str, Any] = {kind.table: (list[kind], []) for kind in LISTS}  # type: ignore[valid-type]
    return create_model("ProbeInAFile", __base__=Value, probe=(Probe, ...), sessions=(list[Session], []), **lists)


class Reader:
    """A file on its way in. What it says of itself, `says`, is complete once all its bundles have been read."""

    def __init__(self, read: Callable[[int], bytes], now: float, progress: Callable[[int], None]) -> None:
        """Begin a file; for the arguments see `import_file`."""
        self.says = Incoming()
        self._members = members(read, ("probes",), progress)
        self._now = now
        self._group = GroupRules()
        self._ids: set[str] = set()

    def bundles(self) -> Iterator[Bundle]:
        """The probes in the file.

        Raises:
            Refused: the file can't be imported; one sentence that names the place and what is wrong there.
        """
        head: dict[str, Any] = {}
        for name, at, value in self._members:
            if name != "probes":
                if self.says.whole and name in HEAD[1:]:
                    _refuse(name, "it has to stand before the probes")
                head[name] = value
                continue
            if not self.says.whole:
                self._begin(head)
            if at is not None:
                yield self._from_export(value, f"probes.{at}")
            elif value != []:
                _refuse("probes", "it should be a list")
        if self.says.whole:
            self._end(head)
        elif "redraw" in head:
            yield self._from_debrief(head)
        else:
            yield self._from_room(head)

    # -------------------------------------------------------------------------------------------------- a whole export

    def _begin(self, head: Mapping[str, Any]) -> None:
        group, anonymous = head.get("group", ""), head.get("anonymous", False)
        if not isinstance(group, str) or not isinstance(anonymous, bool):
            _refuse("group and anonymous", "one should be a text, the other true or false")
        self.says.whole, self.says.group, self.says.anonymous = True, group, anonymous

    def _from_export(self, data: object, place: str) -> Bundle:
        bundle = self._checked(data, place)
        ids = {bundle.id, *(row["id"] for row in bundle.sessions)}
        if twice := min(ids & self._ids, default=None):
            _refuse(place, f"the id {clipped(twice, 20)} is there already")
        self._ids |= ids
        return bundle

    def _end(self, head: Mapping[str, Any]) -> None:
        _know(head, _EXPORT)
        self._hold(head)
        _refuse_first((*self._group.problems(), *self._group.conflicts()))

    # ---------------------------------------------------------------------------------------------- a debrief by itself

    def _from_debrief(self, head: Mapping[str, Any]) -> Bundle:
        """What `redraw show --json` prints. What recurs is left out: the debriefs it was seen in aren't in the file."""
        _know(head, _DEBRIEF)
        sessions = {f"sessions.{at}": name for at, name in enumerate(_sessions_in(head))}
        data = {kind.table: head[kind.table] for kind in LISTS if kind.table in head}
        bundle = self._checked(
            {"probe": head.get("probe"), "sessions": [head[name] for name in sessions.values()], **data}, "", sessions
        )
        self._hold({name: rows for name, rows in head.items() if name != RecurringPattern.table})
        _refuse_first(self._group.problems(), sessions)
        self.says.group, self.says.lacks = bundle.probe["our_organisation"], tuple(lacks(bundle))
        bundle, self.says.held = with_revision(bundle, self.says.held)
        return bundle

    def _from_room(self, head: Mapping[str, Any]) -> Bundle:
        found = read_room(head, stamp(self._now))
        uid = str(uuid5(NAMESPACE_OID, encoded(head)))
        bundle, held = bundled(replace(found, probe=found.probe.but(uid=uid)))
        self.says.room, self.says.held, self.says.lacks = True, held, tuple(lacks(bundle))
        return bundle

    # ------------------------------------------------------------------------------------------------------- all of them

    def _checked(self, data: object, place: str, names: Mapping[str, str] | None = None) -> Bundle:
        """A probe whose every record is valid and of the present form, and rests on nothing that isn't there."""
        try:
            found = _probe_in_a_file().model_validate(data)
        except ValidationError as error:
            path, what = first_problem(error)
            _refuse_first([Problem(".".join(filter(None, (place, dotted(path)))), what)], names)
        bundle = Bundle(
            found.probe.row(),
            [each.row() for each in found.sessions],
            {kind.table: dumped(kind, getattr(found, kind.table)) for kind in LISTS},
        )
        where = _where(place)
        rules = ProbeRules(where, named=not self.says.anonymous)
        for kind in IN_ORDER:
            rows = bundle.rows(kind)
            _refuse_first(rules.add(kind, rows), names)
            self._group.add(kind, rows, where)
        return bundle

    def _hold(self, head: Mapping[str, Any]) -> None:
        """Check and keep what the group holds across probes."""
        where = _where("")
        rules = ProbeRules(where)
        held = {}
        for kind in OF_THE_GROUP:
            try:
                held[kind.table] = rows = validated(kind, head.get(kind.table, []))
            except ValidationError as error:
                path, what = first_problem(error)
                _refuse(dotted((kind.table, *path)), what)
            _refuse_first(rules.add(kind, rows))
            self._group.add(kind, rows, where)
        self.says.held = held


def _sessions_in(head: Mapping[str, Any]) -> list[str]:
    found = [name for name in _SESSIONS if head.get(name) is not None]
    if "session" not in found and (rows := next((name for name in _OF_A_SESSION if head.get(name)), None)):
        _refuse("session", f"it is missing, and there are {rows}")
    return found


_OF_A_SESSION = tuple(kind.table for kind in LISTS if kind.key_fields[0] == "session")


def _where(place: str) -> Where:
    """Where the records of a probe are in a file."""
    before = f"{place}." if place else ""

    def where(table: str, at: int, field: str) -> str:
        record = "probe" if table == Probe.table else f"{table}.{at}"
        return f"{before}{record}.{field}" if field else f"{before}{record}"

    return where


def _know(head: Mapping[str, Any], known: Iterable[str]) -> None:
    if head.get("redraw") != FORM:
        raise Refused(
            f"The file is of a form that this Redraw doesn't know (it knows {FORM}): update Redraw to import it."
        )
    if unknown := next((name for name in head if name not in known), None):
        _refuse(clipped(unknown, 60), f"an export holds only {', '.join(known)}")


def _refuse_first(problems: Iterable[Problem], names: Mapping[str, str] | None = None) -> None:
    """Refuse the file for the first of some problems, if there is any; `names` are what a beginning of a place is called."""
    for place, what in problems:
        for begin, name in (names or {}).items():
            if place == begin or place.startswith(f"{begin}."):
                place = name + place.removeprefix(begin)
        _refuse(place, what)


def _refuse(place: str, what: str) -> NoReturn:
    raise Refused(f"Fix the file at {place}: {what}.")
