"""What an import says of itself: each probe of the file, what became of it, and how much came in."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ImportedProbe:
    """A probe of a file, and what became of it.

    Attributes:
        probe, session: the ids that it has here; `session` is empty where there is none.
        title: as typed.
        how: `new`; `same` if it was here already; `fuller` if it was, without the names and raw notes that the file has;
            `filled` if those have come in; or `conflict`.
        ours: the id of the probe that it differs from.
    """

    probe: str
    session: str
    title: str
    how: str
    ours: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in.

    Attributes:
        probes: in the order of the file.
        counts: how many records of each kind came in.
        whole: whether the file was an export of any number of probes.
        group: who exported it.
        own: whether that group is ours.
        theirs: how many guidelines stayed with their group.
        held: how many records came in of what a group holds across probes, by kind.
        lacks: what a debrief that came by itself doesn't say of its end, a sentence each.
    """

    probes: tuple[ImportedProbe, ...]
    counts: Mapping[str, int]
    whole: bool = False
    group: str = ""
    own: bool = True
    theirs: int = 0
    held: Mapping[str, int] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
