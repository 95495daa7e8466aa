"""Files changed in one place: every path of an export or a room file with each of some values that no room has."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path as Folder
from typing import Any, NamedTuple

from tests.conftest import Shell, find_room

Path = tuple[str | int, ...]

VALUES: tuple[Any, ...] = (
    *(None, True, -1, 0, 10**9, 1e18, 1e308, -0.5, 10**400, [], {}, ""),
    *("\x1b]0;title\x07\x1b[2J\u202e\x9b31m", "0001-01-01", "9999-12-31T23:59:59-14:00", "2026-11-07", "p1", "opening"),
    *([["Ana", "Ana", "Ana", "Ana"]], ["Ana"] * 20_000, "\ud800", "x" * 100_001),
)


class Mutation(NamedTuple):
    """One change: where, and to what."""

    path: Path
    value: Any

    def of(self, data: dict[str, Any]) -> dict[str, Any]:
        """A file changed so."""
        changed = copy.deepcopy(data)
        into: Any = changed
        for step in self.path[:-1]:
            into = into[step]
        into[self.path[-1]] = self.value
        return changed

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path))} = {json.dumps(self.value)[:40]}"


def paths(data: object, inside: Path = ()) -> Iterator[Path]:
    """The paths of a file, outermost first; of the elements of a list only those of the first."""
    items: Any = data.items() if isinstance(data, dict) else enumerate(data[:1]) if isinstance(data, list) else ()
    for name, value in items:
        yield (*inside, name)
        yield from paths(value, (*inside, name))


def mutations(data: dict[str, Any], some: int = 0, seed: int = 0) -> list[Mutation]:
    """All changes of a file, or some of them, drawn with a seed."""
    every = [Mutation(path, value) for path in paths(data) for value in VALUES]
    return random.Random(seed).sample(every, some) if some else every


def a_room() -> dict[str, Any]:
    """A room file that has something in every place."""
    data: dict[str, Any] = json.loads(find_room("noise-protest").read_text("utf-8"))
    data |= {
        "independence": {"ally": "yes"},
        "independence_after": {"ally": "no"},
        "facilitators": ["Maren"],
        "observers": ["Tilda"],
        "spokespeople": ["Obi"],
        "joined": 3,
        "stayed": 1,
        "red_lines": [{"text": data["pact"]["red_lines"][0], "state": "held"}],
    }
    return data


def filled_in(export: dict[str, Any]) -> dict[str, Any]:
    """An export of `a_room`, with what only a live session leaves."""
    data = copy.deepcopy(export)
    probe = data["probes"][0]
    session = next(each for each in probe["sessions"] if each.get("kind", "debrief") == "debrief")
    at = session["created"]
    clock = {"planned": 300.0, "extended": 60.0, "banked": 310.5, "started": None, "rate": 1.0}
    session |= {
        "began": 1_794_060_000.0,
        "action_ended": "2026-10-17T16:00:00+01:00",
        "clocks": {"opening": clock, "silent_mapping": {**clock, "started": 1_794_060_400.0}},
        "groups": [[each["alias"] for each in probe["participants"][:4]]],
        "verdicts": [{"guideline": 1, "worked": "yes"}],
        "impulses": {"autonomy": [1, 2]},
    }
    own = {"session": session["id"], "at": at, "phase": "opening"}
    probe["events"] = [
        {**own, "number": 1, "what": "session began", "seconds": None},
        {**own, "number": 2, "what": "extended", "seconds": 60.0},
    ]
    return data


def full_export(folder: Folder) -> dict[str, Any]:
    """An export that has something in every place, made in a folder."""
    redraw = Shell(folder / "first.json")
    assert redraw("import", "-", stdin=json.dumps(a_room()).encode()).code == 0
    done = redraw("export", "--format", "json", "--with-raw-notes", "--output", "-")
    return filled_in(json.loads(done.out))
