"""From the first phase to the last and back, by the keys: nothing is left by accident, and a return finds what was typed."""

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from store.phases import NAMES, PHASES
from tests.helpers.rooms import NOW, ROOM, taken_in
from tests.helpers.stage import Stage, armed, begun

pytestmark = pytest.mark.sweep  # every screen with every text takes minutes; .ci/run has them

FIELDS = {
    "opening": "#field",
    "silent_mapping": "#field",
    "small_groups": "#field",
    "reposition": "#field",
    "amendments": "#principle",
    "sovereignty": "#skills-note",
    "decompression": "#field",
    "close": "#until",
}
"""A field of each phase, for something half typed that can't be saved yet."""


def typed(stage: Stage, selector: str) -> str:
    """What stands in a field."""
    widget = stage.screen.query_one(selector)
    return widget.text if isinstance(widget, TextArea) else widget.value if isinstance(widget, Input) else ""


async def test_through_all_the_phases_and_back(path: Path) -> None:
    assert tuple(FIELDS) == NAMES
    taken_in(path, {**ROOM, "sovereignty": {}}, began=NOW - 60)
    async with begun(path, start=True) as stage:
        for at, phase in enumerate(PHASES[:-1]):
            following = PHASES[at + 1]
            if phase.name == "amendments":
                await stage.focus("#reservations")
                await stage.type("half a reserv")
            await stage.focus(FIELDS[phase.name])
            await stage.type(f"half {phase.name}")
            await armed(stage, "ctrl+q")
            await armed(stage, "f8")
            assert f"F8 again: on to {following.title.casefold()} (" in stage.hint
            assert stage.phase == phase.name
            await stage.press("f8")
            await stage.until(lambda at=following: stage.phase == at.name, "ends at")  # type: ignore[misc]
        await stage.focus("#until")
        await stage.type("2026-1")
        await stage.press("f8", "f8", "f8")
        await armed(stage, "ctrl+q")
        assert stage.phase == "close"
        before = stage.saved
        for name in reversed(NAMES[:-1]):
            now = stage.phase
            await armed(stage, "f9")
            assert stage.phase == now
            await stage.press("f9")
            await stage.until(
                lambda at=name: stage.phase == at and typed(stage, FIELDS[at]) == f"half {at}"  # type: ignore[misc]
            )
            if name == "amendments":
                assert typed(stage, "#reservations") == "half a reserv"
        await stage.press("f9", "f9", "f9")
        assert stage.phase == "opening"
        after = stage.saved
        assert (after.participants, after.moments, after.patterns) == (
            before.participants,
            before.moments,
            before.patterns,
        )
        moved = [(event.phase, event.what) for event in after.events if event.what in ("advanced", "returned")]
        assert moved == [
            *((name, "advanced") for name in NAMES[:-1]),
            *((name, "returned") for name in reversed(NAMES[1:])),
        ]
