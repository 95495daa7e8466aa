"""kill -9 at random moments of the real app in a real terminal: what was on the screen is in the archive, once.

What counts as said to be saved is what a person could see: the number of entries on the wall, the phase, the seal.
"""

import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import accumulate
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.demo import fill
from store.entries import MANY
from store.phases import PHASES, phase
from tests.conftest import Shell, beside
from tests.helpers.terminal import Terminal, begin, launch
from tests.tui.test_terminal import texts

ASKED_ABOUT_TIME = "Does that time count"

COUNT = re.compile(r"(\d+) (?:person|people|moments?|patterns?) (?:from \d|in the room)")
"""What the wall says of how much was entered."""

ENTERED = {
    "opening": ("participants", "alias"),
    "silent_mapping": ("moments", "text"),
    "small_groups": ("patterns", "text"),
}
"""The phases that are typed in here: where what is typed goes."""

ARCHIVES, KILLS, SEALS = 9, 10, 10
"""How many archives, how often the app is killed on each, and how often while it seals: 100 times in all."""


class Life:
    """One archive, the app that runs on it, and somebody who types without a pause until it is killed."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self.chance = random.Random(seed)
        self.kills = self.closed = 0
        self.terminal: Terminal
        self._next = 0
        archive = Archive(path)
        fill(archive, time.time())
        archive.close()

    # ------------------------------------------------------------------------------------------- what has been saved

    @property
    def phase(self) -> str:
        """The phase that the live session is in; the first before it has begun."""
        live = [row["phase"] for row in Archive(self.path).rows("sessions") if not row["sealed"]]
        return str(live[0]) if live else PHASES[0].name

    def entries(self, name: str) -> list[str]:
        """What was entered in a phase, as the archive has it."""
        archive = Archive(self.path)
        table, field = ENTERED[name]
        live = {row["id"] for row in archive.rows("sessions") if not row["sealed"]}
        found = sorted((row for row in archive.rows(table) if row["session"] in live), key=lambda row: row["number"])
        return [row[field] for row in found]

    def assert_sound(self) -> None:
        """The archive opens, and nothing in it is wrong."""
        assert Archive(self.path).check()[1] == []

    # ------------------------------------------------------------------------------------------------------- acting

    @contextmanager
    def running(self) -> Iterator[Terminal]:
        """The app, until it is left or killed."""
        with launch("--archive", str(self.path)) as self.terminal:
            self.terminal.wait("type to find")
            yield self.terminal

    @property
    def shown(self) -> int:
        """How many entries the screen speaks of; −1 where it says nothing."""
        found = COUNT.search(self.terminal.text)
        return int(found[1]) if found else -1

    def resume(self) -> None:
        """Go on with the session that is live, or due, in the wall view: it says how much there is."""
        terminal, here = self.terminal, self.phase
        terminal.keys("enter")
        terminal.wait(lambda: ASKED_ABOUT_TIME in terminal.text or f"▸{phase(here).title.upper()}◂" in terminal.text)
        terminal.keys("f6")
        terminal.wait(lambda: ASKED_ABOUT_TIME in terminal.text or "One minute more" in terminal.text)
        if ASKED_ABOUT_TIME in terminal.text:
            terminal.answer("2")
            terminal.gone(ASKED_ABOUT_TIME)
        terminal.keys("ctrl+u")  # what was half typed, and came back
        terminal.wait(lambda: here not in [phase for _, phase in Archive(self.path).drafts()])
        if here != "silent_mapping":  # which begins on the wall
            terminal.keys("f2")
        wanted = len(self.entries(here))
        terminal.wait(lambda: self.shown == wanted)

    def line(self, name: str) -> tuple[str, str]:
        """Something to enter in a phase, unlike all else: as it is typed, and as it is kept."""
        self._next += 1
        text = f"{'so it went ' * self.chance.randrange(4)}number {self._next}"
        return {"opening": f"{text}, 2", "silent_mapping": f"- {text}", "small_groups": f"1+ {text} # p1"}[name], text

    def type_until(self, end: float, name: str) -> list[list[str]]:
        """Type and paste until a time; answers with what was given to the app, that together which is entered together."""
        given = []
        while time.monotonic() < end:
            match self.chance.choice(("slowly", "burst", "paste", "minute")):
                case "slowly":
                    line, text = self.line(name)
                    given.append([text])
                    for letter in f"{line}\r":
                        self.terminal.type(letter)
                        self.terminal.read(0.005)
                        if time.monotonic() > end:
                            return given
                case "burst":
                    lines = [self.line(name) for _ in range(self.chance.randint(2, 12))]
                    given += [[text] for _, text in lines]
                    self.terminal.type("".join(f"{line}\r" for line, _ in lines))
                case "paste":
                    lines = [self.line(name) for _ in range(self.chance.randint(2, 40))]
                    given.append([text for _, text in lines])
                    self.terminal.paste("\r".join(line for line, _ in lines))
                    if name == "opening" and len(lines) > MANY:  # so many people are said first
                        self.terminal.type("\r")
                case "minute":
                    self.terminal.keys("f6")
            rest = min(end, time.monotonic() + self.chance.uniform(0.0, 0.3))
            while time.monotonic() < rest:
                self.terminal.read(0.01)
        return given

    def type_and_die(self) -> None:
        """Type, be killed, and compare: all that was shown is there, once, in its order, and nothing by halves."""
        name = self.phase
        with self.running():
            self.resume()
            before = self.entries(name)
            given = self.type_until(time.monotonic() + self.chance.uniform(0.02, 1.2), name)
            self.kill()
            shown = self.shown
        self.assert_sound()
        found = self.entries(name)
        assert found[: len(before)] == before
        fresh = found[len(before) :]
        assert fresh == [text for together in given for text in together][: len(fresh)]
        assert len(fresh) in (0, *accumulate(map(len, given)))
        assert len(found) >= shown

    def go_on_and_die(self) -> None:
        """Be killed on the way to the next phase."""
        here = self.phase
        following = PHASES[PHASES.index(phase(here)) + 1]
        with self.running() as terminal:
            self.resume()
            terminal.keys("f8")
            terminal.wait("F8 again")
            terminal.keys("f8")
            self.read_for(0.2)
            self.kill()
            shown = f"▸{following.title.upper()}◂" in terminal.text
        self.assert_sound()
        assert self.phase in ((following.name,) if shown else (here, following.name))

    def leave_and_die(self) -> None:
        """Be killed while all that was entered is brought into the one file; unless that was done sooner."""
        name = self.phase
        with self.running() as terminal:
            self.resume()
            wanted = len(self.entries(name)) + 3
            terminal.paste("\r".join(self.line(name)[0] for _ in range(3)))
            terminal.wait(lambda: self.shown >= wanted)
            before = self.entries(name)
            terminal.keys("ctrl+q")
            terminal.wait("Ctrl+Q again")
            terminal.keys("ctrl+q")
            terminal.wait("type to find")
            terminal.keys("ctrl+q")
            terminal.wait(lambda: b"\x1b[?1049l" in terminal.written)
            self.read_for(0.05)
            self.kill()
        self.assert_sound()
        assert self.entries(name) == before

    def read_for(self, most: float) -> None:
        """Look on for a random time, up to so many seconds."""
        end = time.monotonic() + self.chance.uniform(0.0, most)
        while time.monotonic() < end:
            self.terminal.read(0.002)

    def kill(self) -> None:
        """kill -9; it is counted where it came before the end."""
        self.terminal.kill()
        if self.terminal.process.returncode == -signal.SIGKILL:
            self.kills += 1
        else:
            assert self.terminal.process.returncode == 0
            self.closed += 1


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(ARCHIVES))
def test_what_was_shown_is_there_once_whenever_the_app_is_killed(path: Path, redraw: Shell, seed: int) -> None:
    life = Life(path, seed)
    ways: tuple[Callable[[], None], ...] = (
        life.type_and_die,
        life.type_and_die,
        life.go_on_and_die,
        life.type_and_die,
        life.type_and_die,
        life.leave_and_die,
    )
    while life.kills < KILLS:
        way = ways[(life.kills + life.closed) % len(ways)]
        if way == life.go_on_and_die and life.phase == "small_groups":
            way = life.type_and_die
        way()
    assert redraw("check").code == 0


@pytest.mark.sweep
def test_a_session_is_sealed_or_not_though_the_app_is_killed_while_it_seals(path: Path, redraw: Shell) -> None:
    life = Life(path, ARCHIVES)
    name = next(row["id"] for row in Archive(path).rows("sessions") if row["sealed"])
    whole = Archive(path).debrief(name)
    sealed = 0
    while life.kills < SEALS:
        archive = Archive(path)
        found = archive.debrief(name)
        if found.sealed:
            archive.commit(found, found.with_session(sealed=None, phase=PHASES[-1].name))
            archive.close()
        with life.running() as terminal:
            terminal.keys("enter")
            terminal.wait("▸CLOSE◂")
            terminal.keys("f4")
            terminal.wait("F4 again seals")
            terminal.keys("f4")
            life.read_for(0.25)
            life.kill()
            shown = "as it was left" in terminal.text
        life.assert_sound()
        found = Archive(path).debrief(name)
        assert found.sealed or not shown
        assert (found.moments, found.patterns, found.placements) == (whole.moments, whole.patterns, whole.placements)
        sealed += found.sealed
    assert sealed
    assert redraw("check").code == 0


@pytest.mark.sweep
def test_what_was_half_typed_when_the_app_was_killed_stands_in_the_field_again(path: Path) -> None:
    with launch("--archive", str(path), "demo") as terminal:
        begin(terminal)
        terminal.type("Zora, the second, facil")
        terminal.wait("› Zora, the second, facil")
        terminal.wait(lambda: beside(path, "draft").exists() and "facil" in beside(path, "draft").read_text(), 2)
        terminal.kill()
    with launch("--archive", str(path), "demo") as terminal:
        terminal.wait("goes on with the session, at opening")
        terminal.keys("enter")
        terminal.wait("› Zora, the second, facil")
        terminal.type("itator", "enter")
        terminal.wait("Zora (facilitator)")
        terminal.kill()
    (zora,) = (row for row in Archive(path).rows("participants") if row["alias"] == "Zora")
    assert (zora["organisation"], zora["role"]) == ("the second", "facilitator")
    with launch("--archive", str(path), "demo") as terminal:
        terminal.wait("goes on with the session, at opening")
        terminal.keys("enter")
        terminal.wait("› name, organisation or its number, role")


@pytest.mark.sweep
def test_a_second_redraw_reads_along_and_writes_only_after_the_first_has_gone(path: Path) -> None:
    with ExitStack() as both:
        first = both.enter_context(launch("--archive", str(path), "demo"))
        begin(first, phases=1)
        second = both.enter_context(launch("--archive", str(path)))

        def follows(text: str, seconds: float = 10.0) -> None:
            second.wait(lambda: (first.read(), text in second.text)[1], seconds)

        follows("READ ONLY")
        second.keys("enter")
        follows("read only")
        second.keys(*["down"] * 4)  # past what was said and proposed before the action, and who was there
        follows("Nothing was recorded.")
        second.keys("f3")
        first.type("- both of us see this", "enter")
        follows("both of us see this")
        first.type("- and this too", "enter")
        follows("and this too")
        before = texts(path)
        second.keys("tab")
        second.type("- but I can't say this")
        second.keys("ctrl+t")
        follows("Nothing can be entered here")
        assert "but I can't say this" not in second.text  # there is no field to type it in
        second.keys("escape")
        follows("Enter shows it")
        second.keys("ctrl+n", "ctrl+o")
        follows("Nothing can be entered here")
        second.type("nothing to find")
        follows("nothing to find")
        assert "The probe and its pact" not in second.text
        assert texts(path) == before == ["both of us see this", "and this too"]
        first.keys("ctrl+q")
        first.wait("Ctrl+Q again")
        first.keys("ctrl+q")
        first.wait("type to find")
        first.keys("ctrl+q")
        assert first.finish() == 0
        second.keys("escape")
        follows("LIVE")
        second.keys("enter")
        follows("2 moments in the room")
        second.type("- now it is my turn", "enter")
        follows("3 moments in the room")
        second.kill()
    assert texts(path) == [*before, "now it is my turn"]
