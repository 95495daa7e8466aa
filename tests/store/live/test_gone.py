"""Everything that is said is taken back once and mended once, in every phase of both sessions, and is gone after the close."""

from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest

from store import entries
from store.archive.archive import Archive
from store.archive.disk.calls import Disk
from store.live.beside import HalfTyped
from store.live.live import NOTES, Step
from store.live.news import Happening
from store.model import Felt
from store.notes.spool import Note, Spool
from store.session import decisions, dissent, flow
from tests.helpers.gone import DEBRIEF, DISSENT, Saying, killed, marker, standing, type_in
from tests.helpers.rooms import NOW
from tests.store.live.test_live import FrontEnd

EARLIER = {"", ".backup-1", ".backup-2", ".backup-3"}
"""The archive as it was when it was last closed, and before."""


def started(path: Path, time: float = NOW) -> FrontEnd:
    """Redraw is started; of the news it keeps only what they are."""
    front = FrontEnd(path, time)
    front.live.listeners[:] = [front.heard.append]
    return front


class Room:
    """Somebody who runs a room, and looks at every byte of every file beside its archive."""

    def __init__(self, path: Path, copies: Path) -> None:
        self.path, self._copies, self._numbers = path, copies, count()
        self.front = started(path)
        self.gone: set[str] = set()
        """What was taken back or mended, as it can be told in a file."""
        self.stays: dict[Saying, list[str]] = {}
        """What one run says and the next takes back and mends."""

    @property
    def where(self) -> dict[str, set[str]]:
        """Where something stands that was taken back."""
        return standing(self.path.parent, self.path.name, self.gone)

    def check(self, *may: str) -> None:
        """What was taken back stands in these files at most."""
        astray = {trace: files - {*may} for trace, files in self.where.items() if files - {*may}}
        assert not astray

    def say(self, sayings: Sequence[Saying]) -> None:
        """Say each thing four times: one is taken back at once, one is mended at once, two stay until the next run."""
        live = self.front.live
        for each in sayings:
            back, mended, *stay = (marker() for _ in range(3 if each.single else 4))
            self.half_type(each, back)
            each.enter(live, back)
            each.take_back(live, back)
            each.enter(live, mended)
            each.mend(live, mended)
            self.gone |= {each.trace(back), each.trace(mended)}
            for said in stay:
                each.enter(live, said)
            self.stays[each] = stay
        self.check(".journal")

    def half_type(self, each: Saying, said: str) -> None:
        """Type it and don't enter it: then it is a draft, and nothing else, until it is entered."""
        live = self.front.live
        self.front.typed = [HalfTyped((live.debrief.session.id, each.phase), {"field": said})]
        live.drafts.touch()
        live.keep_drafts()
        assert standing(self.path.parent, self.path.name, [said]) == {said: {".draft"}}
        self.front.typed = [HalfTyped((live.debrief.session.id, each.phase), {})]
        live.drafts.touch()
        live.keep_drafts()
        assert not standing(self.path.parent, self.path.name, [said])

    def take_back(self, sayings: Sequence[Saying]) -> None:
        """Take back and mend what an earlier run said, whatever rests on something first."""
        live = self.front.live
        for each in reversed(sayings):
            back, *mended = self.stays.pop(each)
            each.take_back(live, back)
            for said in mended:
                each.mend(live, said)
            self.gone |= {each.trace(said) for said in (back, *mended)}
        self.check(".journal", *EARLIER)

    def end_the_run(self) -> None:
        """Leave and close. Were Redraw killed just before, the next close would do the same."""
        copy = killed(self.path, self._copies / f"{next(self._numbers)}")
        assert started(copy, self.front.time).live.writer.close() == ""
        assert standing(copy.parent, copy.name, self.gone) == {}
        assert Archive(copy).check()[1] == []
        self.front.live.leave()
        self.check(".journal", *EARLIER)
        assert self.front.live.writer.close() == ""
        assert self.where == {}
        for number in (1, 2, 3):
            backup = self.path.with_name(f"{self.path.name}.backup-{number}")
            assert not backup.exists() or Archive(backup).check()[1] == []
        self.front = started(self.path, self.front.time + 1)

    def seal(self, rule: Step) -> None:
        """Seal the session; the checkpoint that is due then takes everything out of the files before anybody leaves."""
        self.front.live.change(rule)
        assert self.front.heard[-1] is Happening.CHECKPOINT_DUE
        self.front.live.writer.checkpoint()
        assert self.where == {}


def hold_the_dissent_session(room: Room) -> None:
    live = room.front.live
    assert live.begin_dissent(None)
    type_in(live, entries.add_proposal, "the picket", "the letter")
    room.say(DISSENT)
    id = live.debrief.probe.id
    room.end_the_run()

    live = room.front.live
    assert live.begin_dissent(id)
    room.take_back(DISSENT)
    type_in(live, entries.placing_rule(1), *(f"A: {name} {n} 5" for n, name in enumerate(("Ada", "Bo", "Cy"), 3)))
    live.change(dissent.reveal)
    for said in (marker(), marker()):
        type_in(live, entries.choice_rule, f"A because {said}")
        room.gone.add(said)
    type_in(live, entries.choice_rule, "A because we can")
    type_in(live, entries.choice_rule, f"none {(said := marker())}")
    room.check(".journal", *EARLIER)
    room.end_the_run()

    live = room.front.live
    assert live.begin_dissent(id)
    type_in(live, entries.choice_rule, "A because we can")
    room.gone.add(said)
    room.seal(dissent.seal)
    room.end_the_run()


def hold_the_debrief(room: Room) -> None:
    live = room.front.live
    assert live.begin("p1")
    type_in(live, entries.roster_rule, "Ada, Kettle", "Bo, Kettle", "Cy, Fund", "Di, Fund")
    type_in(live, entries.pattern_rule(1, Felt.COMPROMISED), "the form decides # p1")
    type_in(live, entries.ballot_rule, "Ada 3 3", "Bo 4 4", "Cy 5 5")
    note = marker()
    Spool(room.path).drop(Note("p1", live.debrief.probe.created, "2026-11-07T15:00:00+00:00", "Til", "", note))
    assert standing(room.path.parent, room.path.name, [note])[note] != {".journal"}
    room.front.wait(NOTES + 1)
    assert standing(room.path.parent, room.path.name, [note]) == {note: {".journal"}}
    room.say(DEBRIEF)
    room.end_the_run()

    live = room.front.live
    assert live.begin("p1")
    opening = max(n for n, each in enumerate(DEBRIEF) if each.phase == "opening") + 1
    room.take_back(DEBRIEF[opening:])
    live.change(decisions.reveal)
    room.take_back(DEBRIEF[:opening])  # somebody who has placed too
    room.end_the_run()

    live = room.front.live
    assert live.begin("p1")
    while live.debrief.session.phase != "close":
        live.change(flow.advance)
    live.change(lambda debrief, _: decisions.close_with(debrief, sunset="lapse", rhythm="act"))
    room.seal(flow.seal)
    room.end_the_run()
    assert note in str(room.front.live.archive.debrief("p1").observations)


def add_a_moment_later(room: Room) -> None:
    assert room.front.live.open("p1")
    type_in(room.front.live, entries.moment_rule(Felt.STRENGTHENED), f"+ {(said := marker())}")
    room.end_the_run()
    live = room.front.live
    assert live.open("p1")
    type_in(
        live,
        entries.numbered_rule("moments", entries.moment_rule(Felt.STRENGTHENED)),
        f"-{live.debrief.moments[-1].number}",
    )
    room.gone.add(said)
    room.check(".journal", *EARLIER)
    room.end_the_run()


def test_whatever_is_taken_back_or_mended_stands_nowhere_after_the_next_close(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Disk, "sync", lambda _, fd: None
    )  # which takes a third of the time, and nothing is cut off here
    room = Room(tmp_path / "in" / "logbook.json", tmp_path / "copies")
    hold_the_dissent_session(room)
    hold_the_debrief(room)
    add_a_moment_later(room)
    assert len(room.gone) > 90
    assert (room.path.parent / "logbook.json.backup-3").exists()
