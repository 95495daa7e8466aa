"""What was agreed before the action, as pictures: the non-negotiables, the red lines, the questions. At two sizes, with a real room."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import NonNegotiables, RedLine, stamp
from tests.conftest import find_room
from tests.helpers.pictures import Before, Snap, app_on, opened, turned_to, until
from tests.helpers.rooms import NOW
from tests.helpers.stage import at_both_sizes
from tests.helpers.sweeps import swept

PRINCIPLES = (
    "Tenants in a building decide what happens in that building. Nobody else gets a vote.",
    "No tenant's name, number or rent goes to another organisation without that tenant's own tick.",
    "Our own literature, with our own name on it, at every door we knock.",
    "Our own spokespeople. Nobody speaks for us and we speak for nobody else.",
    "No endorsement of any candidate, and no photographs with one.",
)
PEOPLE = ("Maren", "Tilda", "Wojtek", "Obi", "Yusuf", "Ruth", "Callum", "Noor", "Dez")

IN_FORCE = NonNegotiables(
    number=1,
    at=stamp(NOW - 60 * 86400),
    principles=PRINCIPLES,
    asked=PEOPLE,
    consents=PEOPLE[:7],
    open=("Do photographs of the meeting itself count?",),
    adopted=stamp(NOW - 50 * 86400),
)
DRAFT = IN_FORCE.but(
    number=2,
    at=stamp(NOW - 86400),
    principles=(
        PRINCIPLES[0],
        "No tenant's name, phone number or rent is written down by another organisation without that tenant's own tick.",
        *PRINCIPLES[2:4],
        "Whoever lives in the building knocks first.",
    ),
    consents=PEOPLE[:3],
    adopted=None,
)
ADOPTED = DRAFT.but(consents=PEOPLE[:8], adopted=stamp(NOW - 3600))


def _statement(*keys: str) -> Before:
    async def run(pilot: Pilot[None]) -> None:
        app: Any = pilot.app
        await until(pilot, lambda: app.screen.query("#probes"))
        await pilot.press("f7")
        await until(pilot, lambda: type(app.screen).__name__ == "PrinciplesScreen")
        await pilot.press(*keys)

    return run


def _held(path: Path, *revisions: NonNegotiables) -> None:
    archive = Archive(path)
    archive.save(revisions)
    archive.close()


@at_both_sizes
@pytest.mark.parametrize(
    ("name", "revisions", "keys"),
    [
        ("draft", (IN_FORCE, DRAFT), ()),
        ("wall", (IN_FORCE, ADOPTED), ("f2",)),
        *swept(
            ["nothing", (), ()],
            ["consents", (IN_FORCE, DRAFT), ("tab", "tab")],
            ["in force", (IN_FORCE, ADOPTED), ()],
            ["what changed", (IN_FORCE, ADOPTED), ("f3",)],
            ["earlier", (IN_FORCE, ADOPTED), ("f5",)],
            ["adopting", (IN_FORCE, DRAFT), ("f4",)],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_statement(
    snap_compare: Snap,
    path: Path,
    size: tuple[int, int],
    name: str,
    revisions: tuple[NonNegotiables, ...],
    keys: tuple[str, ...],
) -> None:
    _held(path, *revisions)
    assert snap_compare(app_on(path), terminal_size=size, run_before=_statement(*keys))


def _canvass(path: Path, **session: object) -> None:
    """The real room in an archive, with answers from before, after three debriefs that Maren led."""
    file = json.loads(find_room("tenants-canvass").read_text(encoding="utf-8"))
    archive = Archive(path)
    for n in range(3):
        earlier = {**file, "title": f"Stairwell {n}", "non_negotiables": []}
        dates = {"starts": f"2026-0{n + 6}-01", "ends": f"2026-0{n + 6}-02", "sunset": f"2026-0{n + 6}-03"}
        take_in(archive, read_room({**earlier, "pact": {**file["pact"], **dates}}, stamp(NOW)))
    dates = {"starts": "2026-11-06", "ends": "2026-11-07", "ends_at": "15:30", "sunset": "2026-11-20"}
    found = read_room({**file, "pact": {**file["pact"], **dates}}, stamp(NOW))
    answers = {
        "ally": "No: the van, the interpreters and the printer go with them.",
        "language": "Yes, and we'd say so the same day.",
    }
    lines = found.probe.pact.red_lines
    marks = tuple(
        RedLine(text=text, state=state)  # type: ignore[arg-type]
        for text, state in zip(lines, ("strained", "crossed", "held", "held"), strict=False)
    )
    placed = tuple(p if p.round else p.but(at="2026-10-11T19:00:00") for p in found.placements)
    changed = replace(found, probe=found.probe.but(independence=answers), placements=placed)
    take_in(archive, changed.with_session(**{"sealed": None, "revealed": 1, "red_lines": marks, **session}))
    archive.close()


@at_both_sizes
@pytest.mark.parametrize(
    ("phase", "keys"),
    [
        ("opening", ("f4",)),
        *swept(["opening", ()], ["sovereignty", ("tab",) * 9], ["close", ()]),
    ],
    ids=["red lines", "opening", "sovereignty", "close"],
)
def test_in_the_debrief(
    snap_compare: Snap, path: Path, size: tuple[int, int], phase: str, keys: tuple[str, ...]
) -> None:
    answered = {"ally": "Yes: the bin room is ours on Thursdays.", "funding": "We had none of it."}
    _canvass(path, phase=phase, independence=answered)
    assert snap_compare(app_on(path), terminal_size=size, run_before=opened(*keys))


@pytest.mark.sweep
@at_both_sizes
def test_the_reviews_page_of_sovereignty(snap_compare: Snap, path: Path, size: tuple[int, int]) -> None:
    answered = {"ally": "Yes: the bin room is ours on Thursdays.", "funding": "We had none of it."}
    _canvass(path, phase="close", sealed="2026-11-07T21:00:00+00:00", independence=answered)
    turned = opened(name="ReviewScreen", wait=turned_to("Sovereignty"))
    assert snap_compare(app_on(path), terminal_size=size, run_before=turned)
