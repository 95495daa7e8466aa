"""Which of the probes that come in are here already, whether they say the same, in what they differ, and whose the others are."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from store.archive.archive import Archive, new_uid
from store.exchange.bundle import LISTS, Bundle, Shelf
from store.exchange.incoming.merging import merged
from store.exchange.incoming.reading import Incoming
from store.exchange.outgoing.nameless import anonymous, nameless
from store.exchange.outgoing.orders import sorted_out
from store.model import Amendment, Record, Row
from store.model.uids import of_row
from store.words.json_text import encoded
from store.words.names import fold

ANOTHER = "another group"
"""Whose a probe is that comes from a group without a name."""


def whose(origin: str, group: str, own: str) -> str:
    """The origin that a probe gets here; empty where it is ours.

    Args:
        origin: what the file says of the probe: empty where it belongs to the group that exported it.
        group: that group.
        own: what we call ourselves.
    """
    theirs = origin if origin.strip() else group if group.strip() else ANOTHER
    return "" if own.strip() and fold(theirs) == fold(own) else theirs


@dataclass(frozen=True, slots=True)
class Match:
    """What a probe that comes in is to this archive.

    Attributes:
        how: as of `ImportedProbe`.
        here: the id of the probe here that is the same, `fuller` in the file, or in conflict; empty where it is new.
        uid: what tells it from any other in the world.
        origin: the group whose it is; empty for our own. This and what follows is only of one that is new or in conflict.
        foreign: whether it belongs to another group or is in conflict.
        id, sessions: the ids that it gets, and each of its sessions, by those in the file.
        shorn: whether it comes in without the names and raw notes that it has in the file, since nobody has asked for those.
    """

    how: str
    here: str
    uid: str
    origin: str = ""
    foreign: bool = False
    id: str = ""
    sessions: Mapping[str, str] = field(default_factory=dict)
    shorn: bool = False


class _Digests:
    """What a probe says, as digests that are made only when somebody asks; `whole` where it was known by more than is here."""

    def __init__(self, bundle: Callable[[], Bundle], whole: str = "") -> None:
        self.bundle, self._whole = bundle, whole

    @cached_property
    def whole(self) -> str:
        return self._whole or content(self.bundle())

    @cached_property
    def with_blind(self) -> str:
        return content(self.bundle(), blind=True)

    @cached_property
    def nameless(self) -> str:
        return content(sorted_out(nameless(self.bundle())))

    @cached_property
    def in_any_order(self) -> str:
        """Of what an export without names holds, which puts people in another order each time."""
        return content(sorted_out(self.bundle()))

    @cached_property
    def bare(self) -> bool:
        """Whether it has no names and no raw notes."""
        bundle = self.bundle()
        notes = bundle.lists["moments"] or bundle.lists["observations"]
        return not notes and content(sorted_out(anonymous(bundle))) == self.in_any_order


class KnownProbes:
    """The probes of an archive by uid: those that were there, and those that have come in since."""

    def __init__(self, archive: Archive, file: Incoming, fill: bool, fresh: Callable[[str], Bundle]) -> None:
        """Look at what is here; `fresh` gives a probe that has come in, by the id that it got. For the others see `Import`."""
        archive.follow()
        self._archive, self._file, self._fill, self._fresh = archive, file, fill, fresh
        self._shelf = Shelf(archive)
        self.rows, self.bundle = self._shelf.probes, self._shelf.bundle
        self._last_number = _last_numbers([*self.rows, *self._shelf.owner])
        self.ours = file.copy or not whose("", file.group, self._shelf.group)
        """Whether the group that exported the file is ours."""
        self._by_uid: dict[str, dict[str, _Digests]] = {}
        self._by_file: dict[str, str] = {}
        """The ids of probes by the digest of the file that each came from."""
        for id, row in sorted(self.rows.items(), key=lambda each: bool(each[1].get("conflicts_with"))):
            self._by_uid.setdefault(row["uid"] or of_row(row), {})[id] = _Digests(partial(self.bundle, id))
            self._by_file.setdefault(row.get("file_digest", ""), id)

    def match(self, bundle: Bundle) -> Match:
        """What a probe that comes in is to this archive; from here on it is known as well."""
        if self._file.room:
            return self._match_room(bundle)
        uid = bundle.probe["uid"] or of_row(bundle.probe)
        here, theirs = self._by_uid.setdefault(uid, {}), _Digests(lambda: bundle)
        if same := self._same(here, theirs):
            return Match("same", same, uid)
        if bare := self._without_names(here, theirs):
            if self._fill:
                here[bare] = _Digests(partial(self._fresh, bare))
            return Match("filled" if self._fill else "fuller", bare, uid)
        differs, origin = next(iter(here), ""), bundle.probe.get("origin", "")
        alone = self._file.copy or not self._file.whole
        if origin or differs or not alone:  # one debrief by itself is ours, unless it says otherwise
            origin = whose(origin, self._file.group, self._shelf.group)
        known = all(ours.bare for id, ours in here.items() if id in self.rows)
        shorn = bool(origin) and known and not (self._fill or self._file.copy or self._file.anonymous or theirs.bare)
        found = self._beside(bundle, differs, uid, origin)
        if shorn:
            here[found.id] = _Digests(partial(self._fresh, found.id), theirs.whole)
        return replace(found, shorn=shorn)

    def _match_room(self, bundle: Bundle) -> Match:
        """The same of a room file. It is known by the file, whatever was changed here since, and otherwise by what it tells of."""
        uid, digest, origin = bundle.probe["uid"], bundle.probe["file_digest"], ""
        if same := self._by_file.get(digest):
            return Match("same", same, uid)
        if known := self._same_room(bundle):
            if merged(self.bundle(known), bundle).known:
                return Match("same", known, uid)
            origin = self.rows[known].get("origin", "")
        return self._beside(bundle, known, new_uid() if uid in self._by_uid else uid, origin)

    def _beside(self, bundle: Bundle, differs: str, uid: str, origin: str) -> Match:
        """A probe that comes in beside those here, in conflict with one that it differs from."""
        foreign = bool(origin or differs)
        id, sessions = self._new_id("p", foreign), {row["id"]: self._new_id("s", foreign) for row in bundle.sessions}
        self._by_uid.setdefault(uid, {})[id] = _Digests(partial(self._fresh, id))
        return Match("conflict" if differs else "new", differs, uid, origin, foreign, id, sessions)

    def _same_room(self, bundle: Bundle) -> str:
        """The probe here that a room file tells of, though not as it was; empty where there is none.

        It has the same title, and the same dates or something that was written there too.
        """
        title = fold(bundle.probe["title"])
        found = (id for id, row in self.rows.items() if fold(row["title"]) == title and not row.get("conflicts_with"))
        return next((id for id in found if _of_one_room(self.bundle(id), bundle)), "")

    def _new_id(self, letter: str, foreign: bool) -> str:
        """An id that no probe and no session has: `p12`, `s12`; for those of other groups `px12`, `sx12`."""
        prefix = f"{letter}x" if foreign else letter
        self._last_number[prefix] += 1
        return f"{prefix}{self._last_number[prefix]}"

    def _same(self, here: dict[str, _Digests], theirs: _Digests) -> str | None:
        if self._file.copy:
            return next((id for id, ours in here.items() if theirs.with_blind == ours.with_blind), None)
        for id, ours in here.items():
            if theirs.whole == ours.whole or (self._file.anonymous and theirs.nameless == ours.nameless):
                return id
        if self._file.whole:
            return None
        # what “redraw show --json” prints is without the roster of the other session
        shown = (id for id in here if content(Bundle.of(self._archive.debrief(id))) == theirs.whole)
        return next(shown, None)

    def _without_names(self, here: dict[str, _Digests], theirs: _Digests) -> str | None:
        """The probe here that says the same but lacks the names and raw notes that the file has."""
        for id, ours in here.items():
            row = self.rows.get(id)
            if self._file.anonymous or row is None or row.get("conflicts_with") or not ours.bare or theirs.bare:
                continue
            if theirs.nameless == ours.nameless:
                return id
        return None


def _of_one_room(ours: Bundle, theirs: Bundle) -> bool:
    here, there = (tuple(each.probe["pact"][name] for name in ("starts", "ends")) for each in (ours, theirs))
    if here == there and any(here):
        return True
    said, known = ({fold(row[field]) for table, field in _SAID for row in each.lists[table]} for each in (theirs, ours))
    if said & known:
        return True
    people, others = ({fold(row["alias"]) for row in each.lists["participants"]} for each in (theirs, ours))
    return not (any(here) and any(there)) and not (said and known) and bool(people & others)


_SAID = (
    ("moments", "text"),
    ("patterns", "text"),
    ("dissent", "text"),
    ("observations", "text"),
    ("amendments", "principle"),
)
"""What people write in their own words, which no two rooms have in common."""


def without_names(bundle: Bundle) -> bool:
    """Whether there are people in a probe but no names."""
    people = bundle.lists["participants"] or bundle.lists["placements"]
    return bool(people) and _Digests(lambda: bundle).bare


def _last_numbers(ids: Iterable[str]) -> dict[str, int]:
    """The highest number of an id with each prefix."""
    last = {"p": 0, "s": 0, "px": 0, "sx": 0}
    for id in ids:
        prefix = id.rstrip("0123456789")
        if prefix in last and id != prefix:
            last[prefix] = max(last[prefix], int(id.removeprefix(prefix)))
    return last


_OF_THE_ARCHIVE = ("id", "uid", "file_digest", "origin", "conflicts_with", "statement")
"""The fields of a probe that depend on the archive that holds it."""


def content(bundle: Bundle, blind: bool = False) -> str:
    """A digest of what people said and decided in a probe. It is the same in every archive: ids and guidelines' numbers don't count.

    What is blind goes out in no export, and counts only with `blind`.
    """
    bundle = bundle if blind else bundle.seen()
    places = {row["id"]: at for at, row in enumerate(bundle.sessions)}
    digest = hashlib.sha256(_json([bundle.probe], *_OF_THE_ARCHIVE))
    digest.update(_sessions(bundle.sessions))
    for kind in LISTS:
        rows = bundle.lists[kind.table]
        if "session" in kind.key_fields:
            digest.update(bytes(str([places[row["session"]] for row in rows]), "ascii"))
        digest.update(_records(kind, rows))
    return digest.hexdigest()


def _sessions(rows: Sequence[Row]) -> bytes:
    """What sessions say: of guidelines whether they worked, but not their numbers."""
    return _json([{**row, "verdicts": [each["worked"] for each in row["verdicts"]]} for row in rows], "id", "probe")


def _records(kind: type[Record], rows: Sequence[Row]) -> bytes:
    return _json(rows, kind.key_fields[0], *(("guideline",) if kind is Amendment else ()))


def _json(rows: Sequence[Row], *leave: str) -> bytes:
    return encoded([{name: value for name, value in row.items() if name not in leave} for row in rows]).encode()


_PARTS: Mapping[str, Iterable[str]] = {
    "the title": ("title",),
    "who and what about": (
        "issue",
        "tags",
        "scope",
        "scope_reason",
        "place",
        "debrief_place",
        "context",
        "our_organisation",
        "partners",
    ),
    "roles": ("facilitators", "spokespeople", "observers"),
    "the pact": ("pact", "non_negotiables", "earlier_pacts"),
    "the choice": ("choice",),
    "the three answers": ("independence",),
}


def differences(ours: Bundle, theirs: Bundle) -> tuple[str, ...]:
    """In what two records of a probe differ, in words."""
    found = [
        what for what, names in _PARTS.items() if any(ours.probe.get(name) != theirs.probe.get(name) for name in names)
    ]
    if _sessions(ours.sessions) != _sessions(theirs.sessions):
        found.append("the session")
    for kind in LISTS:
        here, there = ours.lists[kind.table], theirs.lists[kind.table]
        if _records(kind, here) != _records(kind, there):
            found.append(_counts(kind, len(here), len(there)) if len(here) != len(there) else kind.table)
    return tuple(found)


def fewer(ours: Bundle, theirs: Bundle) -> tuple[str, ...]:
    """What theirs has less of than ours, in words: what would be lost if it took our place."""
    gone = [f"the {row['kind']} session" for row in ours.sessions if theirs.of_kind(row["kind"]) is None]
    counts = ((kind, len(ours.lists[kind.table]), len(theirs.lists[kind.table])) for kind in LISTS)
    return (*gone, *(_counts(kind, here, there) for kind, here, there in counts if there < here))


def _counts(kind: type[Record], here: int, there: int) -> str:
    return f"{kind.table} ({here} here, {there} there)"
