"""Which of the probes that come in are here already, whether they say the same, and whose the others are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from uuid import NAMESPACE_OID, uuid5

from store.archive.archive import Archive
from store.exchange.bundle import Bundle, Row
from store.exchange.by_probe import Shelf, our_group
from store.exchange.incoming.differences import content
from store.exchange.incoming.reading import Incoming
from store.exchange.outgoing.nameless import anonymous, nameless
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
    """

    how: str
    here: str
    uid: str
    origin: str = ""
    foreign: bool = False
    id: str = ""
    sessions: Mapping[str, str] = field(default_factory=dict)


class _Digests:
    """What a probe says, as digests that are made only when somebody asks."""

    def __init__(self, bundle: Callable[[], Bundle]) -> None:
        self.bundle = bundle

    @cached_property
    def whole(self) -> str:
        return content(self.bundle())

    @cached_property
    def nameless(self) -> str:
        return content(nameless(self.bundle()))

    @cached_property
    def bare(self) -> bool:
        """Whether it has no names and no raw notes."""
        bundle = self.bundle()
        notes = bundle.lists["moments"] or bundle.lists["observations"]
        return not notes and content(anonymous(bundle)) == self.whole


class KnownProbes:
    """The probes of an archive by uid: those that were there, and those that have come in since."""

    def __init__(self, archive: Archive, file: Incoming, fill: bool, fresh: Callable[[str], Bundle]) -> None:
        """Look at what is here.

        Args:
            archive: where probes come in.
            file: what the file says of itself.
            fill: whether names and raw notes come into what is here without them.
            fresh: gives a probe that has come in, by the id that it got.
        """
        archive.follow()
        self._archive, self._file, self._fill, self._fresh = archive, file, fill, fresh
        with archive.intact("probes"):
            self.rows: dict[str, Row] = {row["id"]: row for row in archive.rows("probes")}
            self._last_number = _last_numbers([*self.rows, *(row["id"] for row in archive.rows("sessions"))])
            self._own = our_group(self.rows.values())
            self.ours = not whose("", file.group, self._own)
            """Whether the group that exported the file is ours."""
            self._by_uid: dict[str, dict[str, _Digests]] = {}
            for id, row in sorted(self.rows.items(), key=lambda each: bool(each[1].get("conflicts_with"))):
                uid = row.get("uid") or _made_uid(self.bundle(id))
                self._by_uid.setdefault(uid, {})[id] = _Digests(partial(self.bundle, id))

    @cached_property
    def _by_probe(self) -> Shelf:
        return Shelf(self._archive)

    def bundle(self, id: str) -> Bundle:
        """All of a probe that was there before."""
        return self._by_probe.bundle(id)

    def match(self, bundle: Bundle) -> Match:
        """What a probe that comes in is to this archive; from here on it is known as well."""
        uid = bundle.probe.get("uid") or _made_uid(bundle)
        here, theirs = self._by_uid.setdefault(uid, {}), _Digests(lambda: bundle)
        if same := self._same(here, theirs):
            return Match("same", same, uid)
        if bare := self._without_names(here, theirs):
            if self._fill:
                here[bare] = _Digests(partial(self._fresh, bare))
            return Match("filled" if self._fill else "fuller", bare, uid)
        differs, origin = next(iter(here), ""), bundle.probe.get("origin", "")
        if origin or differs or self._file.whole:  # one debrief by itself is ours, unless it says otherwise
            origin = whose(origin, self._file.group, self._own)
        foreign = bool(origin or differs)
        id, sessions = self._new_id("p", foreign), {row["id"]: self._new_id("s", foreign) for row in bundle.sessions}
        here[id] = _Digests(partial(self._fresh, id))
        return Match("conflict" if differs else "new", differs, uid, origin, foreign, id, sessions)

    def _new_id(self, letter: str, foreign: bool) -> str:
        """An id that no probe and no session has: `p12`, `s12`; for those of other groups `px12`, `sx12`."""
        prefix = f"{letter}x" if foreign else letter
        self._last_number[prefix] += 1
        return f"{prefix}{self._last_number[prefix]}"

    def _same(self, here: dict[str, _Digests], theirs: _Digests) -> str | None:
        if self._file.room:  # it is known by its file, whatever was changed here since
            return next(iter(here), None)
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


def _last_numbers(ids: Iterable[str]) -> dict[str, int]:
    """The highest number of an id with each prefix."""
    last = {"p": 0, "s": 0, "px": 0, "sx": 0}
    for id in ids:
        prefix = id.rstrip("0123456789")
        if prefix in last and id != prefix:
            last[prefix] = max(last[prefix], int(id.removeprefix(prefix)))
    return last


def _made_uid(bundle: Bundle) -> str:
    """A uid for a probe from before there were uids, the same for the same content."""
    return str(uuid5(NAMESPACE_OID, content(bundle)))
