"""`redraw wall` beside a Redraw that runs, each in a terminal of its own."""

import re
import signal
import time
from pathlib import Path

import pytest

from tests.conftest import Shell
from tests.helpers.terminal import Terminal, begin, launch

pytestmark = pytest.mark.sweep  # two programs start


def wall(path: Path) -> Terminal:
    """The wall of an archive, in a terminal."""
    return launch("wall", "--archive", str(path))


def test_the_wall_follows_the_session_beside_it_to_its_end(path: Path) -> None:
    with wall(path) as shown:
        shown.wait("is not there yet")
        with launch("demo", "--archive", str(path)) as redraw:
            begin(redraw)
            shown.wait("Opening")
            shown.wait("18 people from")
            redraw.keys("f8", "f8")
            shown.wait("Silent mapping")
            shown.wait("0 moments in the room")
            redraw.type("+ the drums began by themselves", "enter")
            shown.wait("1 moment in the room")
            assert "drums" not in shown.text
            before = re.findall(r"ends at \d\d:\d\d", shown.text)
            assert before
            written = len(shown.written)
            time.sleep(1.2)
            shown.read()
            shown.wait(lambda: len(shown.written) > written)  # the clock runs by itself
            shown.resize(60, 18)
            shown.wait("1 moment in the room")
            redraw.kill()
            shown.wait("1 moment in the room")
        with launch("--archive", str(path)) as redraw:
            redraw.wait("live")
            redraw.keys("enter")
            redraw.wait("MAPPING")
            redraw.answer("1")
            redraw.keys("f8", "f8")
            shown.wait("Small groups")
            assert "Group 1" not in shown.text
            redraw.keys("f2", "f3")
            shown.wait("Group 1")
            redraw.keys("f3")
            shown.gone("Group 1")
        shown.keys("f3", "f8", "enter")
        shown.type("q")
        assert shown.finish() == 0


@pytest.mark.parametrize("ends", ["ctrl+q", "signal"])
def test_the_wall_can_be_left_and_gives_the_terminal_back(path: Path, ends: str) -> None:
    with wall(path) as shown:
        shown.wait("is not there yet")
        if ends == "signal":
            shown.signal(signal.SIGTERM)
            assert shown.finish() == 128 + signal.SIGTERM
        else:
            shown.keys(ends)
            assert shown.finish() == 0
        assert not path.exists()
        assert list(path.parent.iterdir()) == []


def test_a_file_that_is_no_archive_is_said_in_one_line(redraw: Shell) -> None:
    redraw.path.write_text("no archive")
    with wall(redraw.path) as shown:
        assert shown.finish() == 1
        assert "is not a Redraw archive" in shown.text or "redraw: " in shown.text


def test_the_wall_needs_a_terminal(redraw: Shell) -> None:
    done = redraw("wall")
    assert (done.code, done.out) == (1, "")
    assert "needs a terminal" in done.err
