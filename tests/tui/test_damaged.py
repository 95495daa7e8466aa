"""An archive in which a record is damaged opens all the same, says so, and shows the rest. In a real terminal."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.rooms import room, taken_in
from tests.helpers.sweeps import swept
from tests.helpers.terminal import launch

DAMAGE: dict[str, tuple[str, dict[str, Any]]] = {
    "no title": ("probes", {"title": None}),
    "a gap that is a text": ("sessions", {"gap": {"autonomy": "x", "benefit": 1, "length": 1}}),
    "a pact that is a number": ("probes", {"pact": 5}),
    "began after the end of time": ("sessions", {"began": 1e308}),
    "no history": ("guidelines", {"history": []}),
    "a clock that is a day": ("sessions", {"clocks": {"opening": {"planned": "2026-11-07"}}}),
}


@pytest.mark.parametrize("name", [*list(DAMAGE)[:2], *swept(*list(DAMAGE)[2:])])
def test_every_screen_shows_what_is_not_damaged(path: Path, name: str) -> None:
    taken_in(path, room(title="Harmed by it"))
    taken_in(path, room(title="Wholly sound"))
    table, change = DAMAGE[name]
    data = json.loads(path.read_bytes())
    next(iter(data[table].values())).update(change)
    path.write_text(json.dumps(data))
    with launch("--archive", str(path)) as terminal:
        terminal.wait("Wholly sound")
        for key, there in (("f8", "Trends"), ("f9", "Guidelines")):
            terminal.keys(key)
            terminal.wait(there)
            terminal.keys("escape")
            terminal.wait("Wholly sound")
        terminal.keys("ctrl+f")
        terminal.type("wholly")
        terminal.wait("Wholly sound")
        assert "went wrong" not in terminal.text
    assert json.loads(path.read_bytes())[table] == data[table]
