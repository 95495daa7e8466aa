"""How much one debrief can hold: what no room has reached is refused before any of it is checked, in one sentence."""

from collections.abc import Mapping
from typing import Any

from store.ranges import PEOPLE
from store.validation.records import Mistake, Path
from store.words.text import LETTERS

ENTRIES = 20_000
"""Entries of any other kind in a debrief."""

_OF_PEOPLE = frozenset(("participants", "expected", "actual", "partners", "proposals", "amendments"))


def too_much(data: Mapping[str, object], inside: Path = ()) -> Mistake | None:
    """The first list or text of a debrief or a room file that is larger than any room's; `inside` is where it stands."""
    left: list[tuple[Path, Any]] = [(inside, data)]
    while left:
        path, value = left.pop()
        few = path and (path[-1] in _OF_PEOPLE or path[-3:-2] == ("proposals",))
        most = PEOPLE if few else ENTRIES
        if len(value) > most:
            return Mistake(path, f"there are {len(value):,}, and a room has {most:,} at most")
        for name, part in enumerate(value) if isinstance(value, list) else value.items():
            if isinstance(part, str):
                if len(part) > LETTERS:
                    return Mistake((*path, name), f"a text has {LETTERS:,} letters at most, and this one {len(part):,}")
            elif isinstance(part, (list, dict)):
                left.append(((*path, name), part))
    return None
