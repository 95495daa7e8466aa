"""Drafts: what is typed and not entered. They are kept beside the archive, so they survive a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.archive.archive import Archive

if TYPE_CHECKING:
    from store.archive.archive import Drafts

DraftPlace = tuple[str, str]
"""Where something is typed: the id of a session or a probe (empty if there is none yet), and a name."""


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """What the fields of one place hold at this moment.

    Attributes:
        place: where.
        fields: the text of each field that isn't empty.
        on_disk: whether it may be written to the disk; if not, it is kept until Redraw ends.
    """

    place: DraftPlace
    fields: dict[str, str]
    on_disk: bool = True


class KeptDrafts:
    """The drafts of one archive. A front end adds itself to `sources` and calls `touch` when something is typed."""

    def __init__(self, archive: Archive) -> None:
        self.texts: Drafts = {}
        """The text of each field, by place."""
        self.sources: list[Callable[[], Iterable[HalfTyped]]] = []
        """Each returns what is half typed on its front end now."""
        self._archive = archive
        self._written: Drafts = {}
        self._in_memory: set[DraftPlace] = set()
        self._touched = False
        self.read()

    def read(self) -> None:
        """Read the drafts that the last writer left."""
        self.texts = self._archive.drafts()
        self._written = dict(self.texts)

    def touch(self) -> None:
        """Note that something was typed or entered since the drafts were last kept."""
        self._touched = True

    def gather(self) -> None:
        """Collect what is half typed now; the next `keep` writes it to the disk."""
        for source in self.sources:
            for found in source():
                self.texts[found.place] = found.fields
                if not found.on_disk:
                    self._in_memory.add(found.place)
        self._touched = True

    def keep(self) -> None:
        """Write what is half typed to the disk, if anything was typed since the last time and we write this archive."""
        if self._touched and self._archive.writes:
            self.gather()
            self._touched = False
            self._write()

    def forget(self, owner: str) -> None:
        """Drop the drafts of a session or a probe."""
        self.texts = {place: fields for place, fields in self.texts.items() if place[0] != owner}
        self._write()

    def _write(self) -> None:
        drafts = {
            place: fields
            for place, fields in self.texts.items()
            if place not in self._in_memory and any(fields.values())
        }
        if drafts != self._written:
            self._written = drafts
            self._archive.keep_drafts(drafts)
