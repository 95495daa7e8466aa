"""Which of the probes that come in are here already, and whether they say the same."""

from collections.abc import Callable
from functools import cached_property, partial
from uuid import NAMESPACE_OID, uuid5

from store.archive.archive import Archive
from store.exchange.bundle import Bundle, Row
from store.exchange.by_probe import Shelf
from store.exchange.incoming.differences import content
from store.exchange.outgoing.nameless import anonymous, nameless


class Digests:
    """What a probe says, as digests that are made when somebody asks."""

    def __init__(self, bundle: Callable[[], Bundle]) -> None:
        self._bundle = bundle

    @cached_property
    def whole(self) -> str:
        """Of all that it says."""
        return content(self._bundle())

    @cached_property
    def nameless(self) -> str:
        """Of what it would say without names."""
        return content(nameless(self._bundle()))

    @cached_property
    def bare(self) -> bool:
        """Whether it has no names and no raw notes."""
        return content(anonymous(self._bundle())) == self.whole


def uid_of(bundle: Bundle) -> str:
    """What tells a probe from any other in the world; for one from before there were uids, made of what it says."""
    return bundle.probe.get("uid") or str(uuid5(NAMESPACE_OID, content(bundle)))


class KnownProbes:
    """The probes of an archive by uid: those that were there, and those that have come in since."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        with archive.intact("probes"):
            self.rows: dict[str, Row] = {row["id"]: row for row in archive.rows("probes")}
            self._by_uid: dict[str, dict[str, Digests]] = {}
            for id, row in sorted(self.rows.items(), key=lambda each: bool(each[1].get("conflicts_with"))):
                self.remember(row.get("uid") or uid_of(self.bundle(id)), id, partial(self.bundle, id))

    @cached_property
    def _by_probe(self) -> Shelf:
        return Shelf(self._archive)

    def bundle(self, id: str) -> Bundle:
        """All of a probe that was there before."""
        return self._by_probe.bundle(id)

    def remember(self, uid: str, id: str, bundle: Callable[[], Bundle]) -> None:
        """Know a probe by its uid from here on, in place of what had its id."""
        self._by_uid.setdefault(uid, {})[id] = Digests(bundle)

    def first(self, uid: str) -> str:
        """The id of the first probe with a uid; empty where there is none."""
        return next(iter(self._by_uid.get(uid, ())), "")

    def same(self, uid: str, theirs: Digests, names_left_out: bool) -> str | None:
        """The id of the probe that says the same as one that comes in, or does but for the names left out there."""
        for id, ours in self._by_uid.get(uid, {}).items():
            if theirs.whole == ours.whole or (names_left_out and theirs.nameless == ours.nameless):
                return id
        return None

    def shown_as(self, uid: str, theirs: Digests) -> str | None:
        """The id of the probe that `redraw show --json` prints as one that comes in: without the roster of its other session."""
        for id in self._by_uid.get(uid, ()):
            if content(Bundle.of(self._archive.debrief(id))) == theirs.whole:
                return id
        return None

    def without_names(self, uid: str, theirs: Digests) -> str | None:
        """The id of the probe that says the same as one that comes in, but lacks its names and raw notes."""
        for id, ours in self._by_uid.get(uid, {}).items():
            row = self.rows.get(id)
            if row is None or row.get("conflicts_with") or theirs.nameless != ours.nameless:
                continue
            if ours.bare and not theirs.bare:
                return id
        return None
