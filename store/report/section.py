"""A page of the report about a session."""

from dataclasses import dataclass

from store.model import Record
from store.model.privacy import of_one_room
from store.report.lines import Line
from store.words import numbers

_HOLDS = {
    "Dissent": "Every position, word for word,",
    "Proposals": "What the room could try next, placed on the matrix,",
    "Who was there": "Who is in the room, by organisation,",
    "Moments": "What people write in the silent mapping",
    "Observations": "What observers note during the action",
    "Patterns": "What the small groups see across moments",
    "Matrix": "Where the room places the action, before it and after it,",
    "Amendments": "What the group adds or revises in its guidelines",
    "Sovereignty": "What the action changed in four measures",
    "Decompression": "How people feel, a word at a time,",
    "Close": "Whether the probe lapses, and what comes next,",
    "Time": "How long each phase was planned and took",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the report. It is `raw` if the model says so of the records that it shows.

    Attributes:
        title, lines: what is on it.
        of: the kinds of record whose texts it shows.
        count, counted: how many entries it lists, and what they are, in the singular; 0 where it is no list.
    """

    title: str
    lines: tuple[Line, ...]
    of: tuple[type[Record], ...]
    count: int = 0
    counted: str = "entry"

    @property
    def raw(self) -> bool:
        """Whether it holds what people wrote or said only for one room."""
        return any(map(of_one_room, self.of))

    @property
    def waiting(self) -> str:
        """What the page says while the curtain is drawn."""
        return f"{numbers.counted(self.count, self.counted)} wait{'s' if self.count == 1 else ''} behind the curtain"

    @property
    def holds(self) -> str:
        """What is kept on such a page, as a sentence, for one that is empty."""
        said = _HOLDS.get(self.title)
        return f"{said} is kept here." if said else ""
