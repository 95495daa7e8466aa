"""An open dissent session for the tests of its screens: its positions, its proposals and their placements."""

from dataclasses import replace
from pathlib import Path

from store import entries
from store.archive.archive import Archive
from store.debrief import Debrief
from store.model import Session
from store.session import dissent, flow
from tests.helpers.builders import AT, debrief, entered
from tests.helpers.rooms import NOW

SAID = (
    "@Ayzel by Sunday it is their canvass and we are the local colour",
    "@Brannoc b> half the stairwell speaks something that we don't",
    "a> I don't want to be grateful",
    "@Dagny b> my aunt's ceiling is black",
)
PROPOSED = (
    "Weekend canvass in one stairwell",
    "Advice drop-in at the Trust's office, six weeks",
    "Rent school in the bin room, no partner",
)
PLACED = ("Ayzel 6 6 2 7 9 3", "Brannoc 5 7 3 7 9 2", "Dagny 7 4 1 6 10 4", "Cuthwin 3 8 4 9 8 1")
PRIVATE = ("Ayzel", "Brannoc", "Dagny", "Cuthwin", "local colour", "stairwell", "grateful", "ceiling", "bin room")
"""What the wall may not show."""


def prepared(phase: str, *, revealed: bool = False, choice: str = "") -> Debrief:
    """A new probe in its open dissent session, with everything entered before `phase`."""
    archive = Archive(Path("nowhere") / "logbook.json")
    found = dissent.opened(archive.new_debrief(NOW - 600), archive.new_id("sessions"), NOW - 600)
    found = flow.start_or_pause(flow.start_or_pause(found, NOW - 600), NOW - 300)
    at = ("positions", "proposals", "placing", "choice").index(phase)
    found = entered(entries.position_rule("autonomy"), found, *SAID)
    if at > 0:
        found = entered(entries.add_proposal, found, *PROPOSED)
    if at > 1:
        found = entered(entries.placing_rule(1), found, *PLACED)
    if revealed:
        found = dissent.reveal(found, NOW)
    if choice:
        found = entries.choice_rule(found, choice, NOW)
    return found.with_session(phase=phase)


def kept(path: Path, phase: str, *, revealed: bool = False, choice: str = "", sealed: bool = False) -> Debrief:
    """Like `prepared`, but saved in an archive at `path`."""
    found = prepared(phase, revealed=revealed, choice=choice)
    archive = Archive(path)
    found = archive.with_id(dissent.seal(found, NOW) if sealed else found)
    archive.commit(None, found)
    archive.close()
    return found


def session(phase: str = "positions", proposals: int = 0, **fields: object) -> Debrief:
    """A probe in its open dissent session, with proposals by their number."""
    found = replace(debrief(), session=Session(id="", probe="p1", created=AT))
    begun = dissent.opened(found, "s1", NOW).with_session(phase=phase, **fields)
    return entered(entries.add_proposal, begun, *(f"proposal {n}" for n in range(1, proposals + 1)))


def marks(found: Debrief) -> list[dict[str, tuple[int, int]]]:
    """Who placed each proposal where."""
    return [{mark.by: (mark.autonomy, mark.benefit) for mark in each.placements} for each in found.proposals]
