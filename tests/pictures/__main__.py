"""Renews the README's pictures: `python -m tests.pictures`. With a folder, it draws every screen there instead, at every size and
in every set of colours, and the wall's window beside each phase, to be looked at: `python -m tests.pictures looks`.
"""

import asyncio
import os
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from store.archive.archive import Archive
from store.demo import fill
from store.wall.follower import WallFollower
from tests.helpers.rooms import NOW
from tests.helpers.stage import quiet, staged
from tests.pictures import story
from tests.pictures.drawing import Frame, still
from tests.pictures.film import Film
from tui.wall import WallApp

HERE = Path(__file__).parent
SIZE = (100, 30)
SECONDS = 30
TITLE = "A whole debrief in thirty seconds"
POSTER = "reposition"
STILLS = ("logbook", "reposition")

FOLLOWS = 0.1
"""Seconds after which a panel beside a list has followed what is chosen there."""

SIZES = ((60, 18), (80, 24), (100, 30), (120, 40), (200, 60))
COLOURS = {
    "dark": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "light": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "16": {"TERM": "xterm"},
    "none": {"TERM": "xterm", "NO_COLOR": "1"},
}


def coloured(colours: str) -> None:
    """Have the terminal take those colours from here on."""
    for name in ("TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR"):
        os.environ.pop(name, None)
    os.environ |= {"FORCE_COLOR": "1", **COLOURS[colours]}


def sample(folder: str) -> Path:
    """The sample year in an archive."""
    path = Path(folder, "logbook.json")
    archive = Archive(path)
    fill(archive, NOW)
    archive.close()
    return path


async def film() -> tuple[Film, dict[str, Frame]]:
    """The debrief as a film, and a still of each of its places."""
    made, stills = Film(), {}
    with TemporaryDirectory() as folder:
        async with staged(sample(folder), size=SIZE) as stage:

            async def at(place: str) -> None:
                stills[place] = story.frame(stage.app)
                if place == POSTER:
                    made.poster()

            await story.debrief(story.Scene(stage, lambda seconds: made.add(story.frame(stage.app), seconds), at))
    made.lasts(SECONDS)
    return made, stills


async def looks(folder: Path, size: tuple[int, int], colours: str) -> None:
    """Every screen of the stories at one size and in one set of colours, each as a file."""
    coloured(colours)
    name = f"{size[0]}x{size[1]}, {colours}"

    async def drawn(tell: Callable[[story.Scene], Awaitable[None]], path: Path) -> None:
        async with staged(path, size=size) as stage:

            async def at(place: str) -> None:
                await asyncio.sleep(FOLLOWS)
                await stage.settle()
                draw(folder, f"{place}, {name}", story.frame(stage.app))
                if stage.phase:
                    draw(
                        folder, f"{place}, the wall's window, {name}", await wall(path, size, colours, stage.clock.now)
                    )

            if colours == "light":
                await stage.press("ctrl+l")
            await tell(story.Scene(stage, lambda _: None, at))

    with TemporaryDirectory() as scratch:
        path = sample(scratch)
        for tell in (story.debrief, story.tour, story.dissent):
            await drawn(tell, path)


async def wall(path: Path, size: tuple[int, int], colours: str, now: float) -> Frame:
    """What the wall's window shows of a copy of an archive."""
    with TemporaryDirectory() as folder:
        for each in path.parent.iterdir():
            os.utime(shutil.copy(each, folder), (now, now))  # the sign of life is as old as its file
        app = WallApp(WallFollower(Path(folder, path.name)), light=colours == "light", now=lambda: now)
        async with app.run_test(size=size):
            app.look()
            for _ in range(3):
                await quiet(app)
                app.screen._on_timer_update()
            return story.frame(app)


def draw(folder: Path, place: str, shown: Frame) -> None:
    """Draw one picture."""
    (folder / f"{place}.svg").write_text(still(shown, place), encoding="utf-8")


def main(arguments: Iterable[str]) -> None:
    """Draw."""
    for folder in map(Path, arguments):
        folder.mkdir(exist_ok=True)
        for colours in COLOURS:
            for size in SIZES:
                asyncio.run(looks(folder, size, colours))
        return
    coloured("dark")
    made, stills = asyncio.run(film())
    (HERE / "debrief.svg").write_text(made.svg(TITLE), encoding="utf-8")
    for place in STILLS:
        draw(HERE, place, stills[place])


if __name__ == "__main__":
    main(sys.argv[1:])
